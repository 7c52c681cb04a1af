"""The day of which a web page says that it was published, where its head says nothing of it.

A page shows many dates: of what else there is to read, of what readers answer, of what it tells.
Its own is marked as such, or stands beside its title.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from typing import Any

from askdossier.load.metadata import iso_date

Node = Any
"""An element of lxml, which has no type information."""

_PROSE = 120
"""Characters of a paragraph from which a date in it is one that the text tells."""
_NEAR = 700
"""Characters of text between the title of a page and its date: a subtitle, an author, a summary."""
_ELSEWHERE = frozenset({"aside", "nav", "blockquote", "table", "ul", "ol", "dl"})
_OTHERS = re.compile(
    r"(?:^|[\s_-])(?:related|teasers?|recommend\w*|similar|also|aussi|comments?|commentaires?|"
    r"replies|reponses?|events?|evenements?|agenda|calendar|calendrier|sidebar|widget|popular)"
    r"(?:$|[\s_-])"
)
"""What pages call the parts whose dates are those of something else."""
_BYLINES = re.compile(
    r"(?:^|[\s_-])(?:by-?line|published|pubdate|publication|entry-(?:date|meta)|post-(?:date|meta)|"
    r"article-(?:date|meta)|dateline|publie|signature|posted-on)(?:$|[\s_-])"
)
_KINDS = re.compile("Comment|Event|Person|Review")
_SAY_NOTHING = ("category-", "tag-", "has-", "with-", "no-", "type-", "format-")
_CHANGED = re.compile(r"(?:^|[\s_-])(?:updated|modified|maj|modification)(?:$|[\s_-])")


def shown_date(tree: Node) -> str | None:
    """The date of the page in ISO 8601; None where it shows none of its own."""
    title = _title(tree)
    own = _own(tree, title)
    marked = [
        node for node in tree.iter("*")
        if "datepublished" in (node.get("itemprop") or "").lower().split()
        or (node.tag == "time" and node.get("pubdate") is not None)
    ]  # fmt: skip
    times = [node for node in tree.iter("time") if not _is_told(node)]
    by = [node for node in times if any(_BYLINES.search(_names(part)) for part in
                                        [node, *_around(node, own)])]  # fmt: skip
    near = list(_near(title, times)) if title is not None else times if own else []
    changed = [node for node in (*by, *near) if _CHANGED.search(_names(node))
               and not _BYLINES.search(_names(node))]  # fmt: skip
    ordered = [*marked, *(node for node in (*by, *near) if node not in set(changed)), *changed]
    inside = (node for node in ordered if not _of_others(node, own))
    return next(filter(None, map(_date, inside)), None)


def _date(node: Node) -> str | None:
    said = node.get("datetime") or node.get("content") or "".join(node.itertext())
    return iso_date(" ".join(said.split()))


def _title(tree: Node) -> Node | None:
    headings = [node for node in tree.iter("h1") if not _of_others(node, frozenset())]
    headings = headings or list(tree.iter("h1"))
    inside = [node for node in headings if any(True for _ in node.iterancestors("article"))]
    return next(iter([*inside, *headings]), None)


def _own(tree: Node, title: Node | None) -> Set[Node]:
    """What holds the title, or else the text: the first article, unless it leads to another page.

    Of an article that only leads on, the heading is a link.
    """
    own = set() if title is None else {title, *title.iterancestors()}
    if not any(node.tag == "article" for node in own):
        first = next(tree.iter("article"), None)
        if first is not None and not any(
            True for heading in first.iter("h2", "h3", "h4")
            if heading.find(".//a") is not None or heading.getparent().tag == "a"
        ):  # fmt: skip
            own |= {first, *first.iterancestors()}
    return own


def _around(node: Node, own: Set[Node]) -> Iterator[Node]:
    """The elements around one, up to those that hold the text of the page."""
    for around in node.iterancestors():
        if around in own or around.tag in {"body", "html"}:
            return
        yield around


def _of_others(node: Node, own: Set[Node]) -> bool:
    """True for what stands in a part that is about something else."""
    for around in [node, *_around(node, own)]:
        names = _names(around)
        if around.tag in _ELSEWHERE and not _BYLINES.search(names):
            return True
        kind = around.get("itemtype") or ""
        if (around.tag == "article" and own) or _KINDS.search(kind) or _OTHERS.search(names):
            return True
    return False


def _is_told(node: Node) -> bool:
    """True for a date in running text."""
    around = next(node.iterancestors("p", "li", "dd", "h1", "h2", "h3", "h4"), None)
    length = 0
    for text in around.itertext() if around is not None else ():
        length += len(text)
        if length > _PROSE:
            return True
    return False


def _near(title: Node, times: Sequence[Node]) -> Iterator[Node]:
    """The dates that stand beside a title: right above it, or some lines below."""
    wanted = set(times)
    before: list[Node] = []
    root = title.getroottree().getroot()
    inside = set(title.iter())
    passed = found = 0
    for node in root.iter("*"):
        if node is title:
            yield from before[-1:]
            found = 1
        elif node in wanted and not found:
            header = next(node.iterancestors("header", "hgroup"), None)
            if header is not None and header in title.iterancestors():
                before.append(node)
        elif found and node not in inside:
            if node in wanted:
                yield node
            passed += len((node.text or "").strip())
            if passed > _NEAR:
                return


def _names(node: Node) -> str:
    """What a page calls an element, without the subjects of an article and what is beside it."""
    names = f"{node.get('class') or ''} {node.get('id') or ''}".lower().split()
    return " ".join(name for name in names if not name.startswith(_SAY_NOTHING))
