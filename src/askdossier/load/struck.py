"""Words of a web page that are struck through: shown, but no longer valid."""

from __future__ import annotations

from typing import Any

from askdossier.core import Removal
from askdossier.load.css import declared
from askdossier.load.withdrawn import STRUCK, Withdrawn

Node = Any
"""An element of lxml, which has no type information."""


def without_struck(tree: Node) -> tuple[Removal, ...]:
    """Take out the words that are struck through, and tell them.

    Crossed out by an element (``del``, ``s``, ``strike``), its style, or a rule of the page for
    its element, class or id.
    """
    through = declared(tree, {"text-decoration", "text-decoration-line"}, {"line-through"})
    struck = [
        node for node in tree.iter()
        if isinstance(node.tag, str) and node.getparent() is not None
        and (node.tag in {"del", "s", "strike"} or through(node))
    ]  # fmt: skip
    gone = Withdrawn()
    for node in struck:
        gone.add("".join(node.itertext()), STRUCK)
        for inner in node.iterdescendants():
            inner.text = inner.tail = None  # told with this one
        node.drop_tree()
    return gone.removals
