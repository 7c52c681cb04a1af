"""The parts of a web page in which its readers comment."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from askdossier import lang
from askdossier.core import Block
from askdossier.load.html_text import shown, visible_blocks
from askdossier.text import heads_comments, language

Node = Any
"""An element of lxml, which has no type information."""

_COMMENTS = re.compile(r"(?:^|[\s_-])(?:comments?|commentaires?|discussion)(?:$|[\s_-])", re.I)


_READERS = re.compile(
    r"(?:[a-z]+[-_])?(?:comments|commentaires|reactions|disqus_thread"
    r"|(?:comment|commentaire|reaction)s?[-_](?:list|area|section|wrapper|container|thread|block))",
    re.I,
)
"""What pages call the part where readers comment."""
_REMARK = 15
"""Characters from which a line with an end is something that somebody says."""
_TOP = 3
"""Lines of such a part among which its heading stands."""


def comments(tree: Node) -> list[Node]:
    """The parts that hold what readers say."""
    return [
        node
        for node in tree.iter("div", "section", "ol", "ul")
        if _COMMENTS.search(f"{node.get('id')} {node.get('class')}")
    ]


def head_comments(tree: Node) -> None:
    """Put a heading above readers' comments that have none, so that they are told from the page."""
    for node in tree.iter("div", "section", "ol", "ul", "aside"):
        names = f"{node.get('id') or ''} {node.get('class') or ''}".split()
        own = any(_READERS.fullmatch(name) for name in names)
        around = own or any("Comment" in (child.get("itemtype") or "") for child in node)
        if not around or next(node.iter("h1"), None) is not None:
            continue
        lines = shown(node).split("\n")
        if not any(len(line) > _REMARK and line[-1] in ".!?…»" for line in lines):
            continue
        before = node.getprevious()
        near = [*lines[:_TOP], *(shown(before).split("\n")[-1:] if before is not None else ())]
        if not any(map(heads_comments, near)):
            heading = tree.makeelement("h2")
            heading.text = lang.of(language("\n".join(lines))).speech.comments_heading
            if node.tag in {"ol", "ul"}:
                node.addprevious(heading)
            else:
                node.insert(0, heading)
        return


def comments_outside(sections: Sequence[Node], main: Node) -> Iterator[Block]:
    """The lines of those parts that do not lie in the main one."""
    inside = set(main.iter())
    for node in sections:
        if node not in inside and main not in set(node.iter()):
            inside.update(node.iter())
            yield from visible_blocks(node)
