"""The frame of a web page: menus, sharing, consent, boxes of links, what stands beside the text.

An element is frame by what the page calls it and by what it holds: a menu is made of links, a box
for sharing is small. A name alone is not enough, since a restaurant calls its menu so as well, and
nothing that holds much of what the page says is frame.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

Node = Any
"""An element of lxml, which has no type information."""

_MUCH = 0.3
"""Share of the page's sentences that no part of the frame holds."""
_MOST = 0.75
"""Share of them that the main part of a page holds."""
_LINKS = 0.5
"""Share of an element's characters that are links, from which it is a menu."""
_ALL_LINKS = 0.9
_FEWEST_LINKS = 2
_SMALL = 400
"""Characters of a box for sharing, subscribing, answering."""
_PROSE = 80
"""Characters of a line that is rather a sentence than a link."""

_START = r"(?:[a-z]+[-_]{1,2}){0,2}?"
_END = (
    r"(?:[-_]{1,2}(?:wrapper|container|bar|box|block|list|links?|buttons?|area|item|inner|section|"
    r"form|content))*"
)
_ALWAYS = re.compile(
    rf"{_START}(?:cookies?|consent|gdpr|rgpd|modal|popin|popup|skip(?:-?links?)?|adverts?|"
    rf"advertisement|publicite|sponsored?|toast|offcanvas){_END}(?:-\w+)?"
)
_OF_LINKS = re.compile(
    rf"{_START}(?:menus?|nav|navbar|navigation|navbox|breadcrumbs?|ariane|topbar|masthead|"
    r"sidebar|aside|related|similar|recommend(?:ed|ations?)|suggestions?|popular|trending|"
    r"most-?read|plus-?lus|pagination|pager|tags?|catlinks|archives?|categories|footer|colophon|"
    rf"toc|onglets|tablist|post-controls|secondary){_END}"
    r"|(?:site|page|main|top|global)[-_]?header|(?:sidebar[-_])?widgets?(?:[-_]area)?"
)
_SMALL_BOX = re.compile(
    rf"{_START}(?:share|sharing|sharedaddy|partage|socials?|newsletter|infolettre|"
    r"subscri(?:be|ption)|subscription-widget|feedback|satisfaction|login|search|"
    r"back-?(?:2|to)-?top|action-bar|postprofile|user-?info|stat-block|mini-?cart|cart|panier|"
    rf"paywall|toolbar|page-footer|mw-panel|post-footer){_END}"
)
_ANSWER_BOX = re.compile(rf"{_START}(?:respond|reply){_END}")
_CONTROLS = ("form", "input", "textarea")
_ROLES = frozenset({"navigation", "search", "menu", "menubar", "dialog", "alertdialog"})
_WHOLE = frozenset({"html", "head", "body", "main", "article"})
_BLOCKS = frozenset(
    "p li dd dt td th blockquote div section article aside header footer main figcaption h1 h2 h3 "
    "h4 h5 h6 ul ol dl table tr tbody pre details summary form fieldset figure".split()
)
_UNSEEN = frozenset("script style noscript template svg head".split())
_MAIN = ("//main", "//*[@role='main']", "//article", "//*[@id='content']")
_SENTENCE = re.compile(r"\S+(?:\s+\S+){2,}[.!?…»”]\W*", re.DOTALL)


@dataclass(slots=True)
class _Size:
    """Characters below an element: all, those of links, those of sentences."""

    all: int = 0
    links: int = 0
    sentences: int = 0
    blocks: bool = False
    """Whether there are blocks below."""


def without_frame(tree: Node) -> Node:
    """Take the frame out of the tree; gives the element that holds the text of the page."""
    sizes = _sizes(tree)
    total = sizes[tree].sentences
    for node in [*tree.iter()]:
        inside = node.getroottree().getroot() is tree and node is not tree
        if inside and node in sizes and _is_frame(node, sizes[node], total):
            _drop(node, sizes)
    enough = _MOST * sizes[tree].sentences
    for path in _MAIN:
        for node in tree.xpath(path):
            if sizes[node].all and sizes[node].sentences >= enough:
                return node
    _drop_lists_beside(tree, sizes)
    return tree


def _sizes(tree: Node) -> dict[Node, _Size]:
    sizes: dict[Node, _Size] = {}
    for node in reversed([*tree.iter()]):  # what is inside comes before what is around
        if not isinstance(node.tag, str):
            continue
        size = sizes[node] = _Size()
        if node.tag in _UNSEEN:
            continue
        size.all = len((node.text or "").strip())
        for child in node:
            size.all += len((child.tail or "").strip())
            if inner := sizes.get(child):
                size.all += inner.all
                size.links += inner.links
                size.sentences += inner.sentences
                size.blocks |= inner.blocks or child.tag in _BLOCKS
        if node.tag in {"a", "button"}:
            size.links = size.all
        if node.tag in _BLOCKS and not size.blocks and size.links < _ALL_LINKS * size.all:
            text = "".join(node.itertext()).strip()
            if len(text) > _PROSE or _SENTENCE.fullmatch(text):
                size.sentences = size.all
    return sizes


def _drop(node: Node, sizes: dict[Node, _Size]) -> None:
    gone = sizes[node]
    for around in node.iterancestors():
        size = sizes[around]
        size.all -= gone.all
        size.links -= gone.links
        size.sentences -= gone.sentences
    node.drop_tree()


def _is_frame(node: Node, size: _Size, total: int) -> bool:
    if node.tag in _WHOLE or size.sentences > _MUCH * total > 0:
        return False
    if node.tag == "nav" or node.get("role") in _ROLES:
        return True
    names = f"{node.get('class') or ''} {node.get('id') or ''}".lower().split()
    # Those that blogs make of an article's subjects say nothing of its parts.
    names = [name for name in names if not name.startswith(("category-", "tag-"))]
    if any(_ALWAYS.fullmatch(name) for name in names):
        return True
    many_links = size.links >= _LINKS * size.all
    if node.tag == "footer" and not _inside(node, "article", "main", "blockquote"):
        return True
    if node.tag == "aside" and (many_links or _holds(node, *_CONTROLS)):
        return True
    if any(_OF_LINKS.fullmatch(name) for name in names) and many_links:
        return True
    if size.all > _SMALL or _holds(node, "h1"):
        return False
    mute = size.sentences == 0
    if any(_SMALL_BOX.fullmatch(name) for name in names):
        return mute or _holds(node, *_CONTROLS, "button")
    return any(_ANSWER_BOX.fullmatch(name) for name in names) and (mute or _holds(node, *_CONTROLS))


def _holds(node: Node, *tags: str) -> bool:
    return next(node.iter(*tags), None) is not None


def _inside(node: Node, *tags: str) -> bool:
    return next(node.iterancestors(*tags), None) is not None


def _drop_lists_beside(tree: Node, sizes: dict[Node, _Size]) -> None:
    """On a page that says nothing of its parts: lists of links that stand beside the text."""
    inner, enough = tree, _MOST * sizes[tree].sentences
    while (
        deeper := next((c for c in inner if c in sizes and sizes[c].sentences >= enough), None)
    ) is not None and enough > 0:
        inner = deeper
    around = {inner, *inner.iterancestors()}
    for node in [*tree.iter("ul", "ol", "div", "p", "td")]:
        if node.getroottree().getroot() is not tree or node in around:
            continue
        size = sizes[node]
        links = sum(1 for _ in node.iter("a"))
        all_links = size.all > 0 and size.links >= _ALL_LINKS * size.all
        if all_links and links >= _FEWEST_LINKS and inner not in node.iterancestors():
            _drop(node, sizes)
