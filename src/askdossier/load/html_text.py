"""The visible text of a web page or of a part of it, line by line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from askdossier.core import Block
from askdossier.load.folded import is_folded
from askdossier.load.looks import NUMBERED
from askdossier.load.numbering import formatted
from askdossier.text import normalise

Node = Any
"""An element of lxml, which has no type information."""

_EDGE = "\x01"
"""Stands at the edges of elements within a line, until the line is whole; no page has it."""
_EDGES = re.compile("\x01+")
_ORDINALS = frozenset({"ième", "ieme", "èmes"})
_NO_TEXT = frozenset("script style noscript template svg math head iframe object canvas".split())
_INVISIBLE = _NO_TEXT | frozenset("select option button textarea datalist nav".split())
_BLOCKS = frozenset(
    "address article aside blockquote body center dd details dialog div dl dt fieldset figcaption "
    "figure footer form h1 h2 h3 h4 h5 h6 header hr legend li main ol p pre section summary table "
    "tbody td tfoot th thead tr ul html".split()
)


_UNNUMBERED = re.compile(
    r"comment|unstyled|list-none|no-?bullet|list-style(?:-type)?:\s*none", re.I
)
"""What is a numbered list in the source only."""
_COUNTED = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_APART = frozenset({"navigation", "search", "menu", "dialog", "alertdialog"})
"""Roles of what is no part of the text."""


def visible_blocks(tree: Node, *, frame: bool = False, quotes: bool = False) -> Iterator[Block]:
    """Every visible line of the page, without the parts that are never text.

    With ``frame``, menus, buttons and what is hidden are among them. With
    ``quotes``, the lines of what a message answers to are marked ``>``.
    """
    unseen = _NO_TEXT if frame else _INVISIBLE
    body = tree.find("body")
    parts: list[str] = []
    level = 0
    marker = ""
    quoted = 0
    numbers: dict[Node, int] = {}

    def flush() -> Iterator[Block]:
        nonlocal marker
        text = re.sub(r"[ \t\n\r\f]+", " ", _EDGES.sub(_gap, "".join(parts)))
        parts.clear()
        for line in normalise(text.replace("\x00", "\n")).split("\n"):
            if line.strip() and quoted:
                yield Block(f"{'>' * quoted} {marker}{line.strip()}")
            elif line.strip():
                yield Block(marker + line.strip(), level)
            marker = marker if not line.strip() else ""

    stack: list[tuple[Any, bool]] = [(body if body is not None else tree, False)]
    while stack:
        node, closing = stack.pop()
        tag = node.tag if isinstance(node.tag, str) else None
        if closing:
            if tag in _BLOCKS:
                yield from flush()
                level = 0
                quoted -= quotes and _is_quoted(node)
            if tag == "li":
                marker = ""
            if tag in {"td", "th"} or (tag == "a" and not node.tail):
                parts.append(" ")  # links side by side are apart on the screen
            if tag not in _BLOCKS and tag != "wbr":
                parts.append(_EDGE)
            parts.append(node.tail or "")
            continue
        hidden = tag is None or tag in unseen or (not frame and _is_hidden(node))
        if hidden:
            parts.append(node.tail or "")
            continue
        if tag in _BLOCKS:
            yield from flush()
            level = int(tag[1]) if re.fullmatch(r"h[1-6]", tag) else 0
            quoted += quotes and _is_quoted(node)
            if tag == "li":
                marker = _item_marker(node, numbers)
        if tag == "br":
            parts.append("\x00")
        if tag not in _BLOCKS and tag != "wbr":
            parts.append(_EDGE)
        parts.append(node.text or "")
        stack.append((node, True))
        stack.extend((child, False) for child in reversed(node))
    yield from flush()


def _gap(edges: re.Match[str]) -> str:
    """A space where styles alone set apart what meets at the edge of an element.

    A word and a figure ("Bus" and "2,50 €"), a figure and a word, and between two elements two
    words ("Roux" and "Diaz"); not "1" and "er", "CO" and "2", "You" and "Tube" in one word.
    """
    before = edges.string[max(0, edges.start() - 3) : edges.start()]
    after = edges.string[edges.end() : edges.end() + 4]
    word = before.isalpha() and len(before) == 3 and before[-1].islower()
    apart = (
        (word and after[:1].isdecimal())
        or (before[-1:].isdecimal() and after.isalpha() and len(after) == 4
            and after.lower() not in _ORDINALS)
        or (before[-1:] in {"€", "%", "$", "£"} and after[:1].isalpha())
        or (len(edges[0]) > 1 and word and after[:1].isupper() and after[1:2].islower())
    )  # fmt: skip
    return " " if apart else ""


def _is_quoted(node: Node) -> bool:
    """True for what a mail program quotes; others only set a paragraph in."""
    return node.tag == "blockquote" and (
        node.get("type") == "cite" or node.get("cite") is not None
        or "quote" in (node.get("class") or "").lower()
    )  # fmt: skip


def _item_marker(item: Node, numbers: dict[Node, int]) -> str:
    """The number of an item of a numbered list, or a dash; ``numbers`` holds the last of each."""
    items = item.getparent()
    if items is None or items.tag != "ol":
        return "- "
    looks = f"{items.get('class') or ''} {items.get('style') or ''}"
    if _UNNUMBERED.search(looks):
        return "- "
    step = -1 if items.get("reversed") is not None else 1
    try:
        if items not in numbers:
            first = items.get("start") or (1 if step > 0 else len(items.findall("li")))
            numbers[items] = int(first) - step
        number = int(item.get("value") or numbers[items] + step)
    except ValueError:
        return "- "
    numbers[items] = number
    how = items.get(NUMBERED) or _COUNTED.get(items.get("type") or "", "decimal")
    return f"{formatted(number, how)}. "


def shown(node: Node) -> str:
    """The visible text of a part of the page, its blocks one a line."""
    return "\n".join(block.text for block in visible_blocks(node))


def _is_hidden(node: Node) -> bool:
    return node.get("role") in _APART or is_folded(node)


def text_of(node: Node) -> str:
    """All text of an element, seen or not, as one line."""
    parts: list[str] = []

    def walk(element: Node) -> None:
        if element.tag == "br":
            parts.append("\x00")
        elif isinstance(element.tag, str):
            parts.append(element.text or "")
            for child in element:
                walk(child)
        if element is not node:
            parts.append(element.tail or "")

    walk(node)
    text = re.sub(r"[ \t\n\r\f]+", " ", "".join(parts))
    return normalise(text.replace("\x00", " "))
