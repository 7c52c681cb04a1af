"""What a browser draws that is not in the text of a page: raised figures, quotes, lines, numbers.

The tree of the page is changed so that all of this is in its elements and its text.
"""

from __future__ import annotations

from typing import Any

from askdossier.load import plain
from askdossier.load.css import declared

Node = Any
"""An element of lxml, which has no type information."""

NUMBERED = "data-askdossier-numbered"
"""An attribute of a list: the format of its numbers, where its style tells it."""
_FORMATS = {
    "lower-alpha": "lowerLetter", "lower-latin": "lowerLetter", "upper-alpha": "upperLetter",
    "upper-latin": "upperLetter", "lower-roman": "lowerRoman", "upper-roman": "upperRoman",
    "decimal": "decimal", "decimal-leading-zero": "decimalZero",
}  # fmt: skip
_RAISED = {"super": "sup", "sub": "sub"}


_CENTS = frozenset(
    "cent cents centime centimes decimal decimals decimale decimales fraction".split()
)


def write_looks(tree: Node) -> None:
    """Write out what a browser draws."""
    place = declared(tree, {"vertical-align"}, _RAISED.keys())
    for node in tree.iter("span", "small", "font"):
        node.tag = _RAISED.get(place(node) or "", node.tag)
    for node in tree.iter("span", "small", "sup"):
        if _are_cents(node):
            node.tag, node.text = "span", "," + node.text.strip()
    format_ = declared(tree, {"list-style", "list-style-type"}, _FORMATS.keys())
    for node in tree.iter("ol"):
        if (said := format_(node)) is not None:
            node.set(NUMBERED, _FORMATS[said])
    opening, closing = ("« ", " »") if _is_french(tree) else ("“", "”")
    for node in tree.iter("q"):
        node.text = opening + (node.text or "")
        if len(node):
            node[-1].tail = (node[-1].tail or "") + closing
        else:
            node.text += closing
    for node in list(tree.iter("pre")):
        _write_lines(node)


def _are_cents(node: Node) -> bool:
    """True for two figures that the page calls cents, right behind others without a comma."""
    text = (node.text or "").strip()
    names = (node.get("class") or "").lower().replace("_", "-").split()
    called = not _CENTS.isdisjoint(name.rpartition("-")[2] for name in names)
    if len(text) != 2 or not text.isdecimal() or len(node) or not called:
        return False
    before = node.getprevious()
    if before is None:
        shown = node.getparent().text or ""
    else:
        shown = "".join(before.itertext()) + (before.tail or "")
    return shown.rstrip()[-1:].isdecimal()


def _is_french(tree: Node) -> bool:
    return str(tree.get("lang") or "").lower().startswith("fr")


def _write_lines(node: Node) -> None:
    """The lines of preformatted text as lines, its tables lined up with spaces as rows."""
    for line_break in node.iter("br"):
        line_break.tail = "\n" + (line_break.tail or "")
    blocks = plain.from_text("".join(node.itertext())).blocks
    for child in list(node):
        node.remove(child)
    node.text = None
    for block in blocks:
        line = node.makeelement("div")
        line.text = block.text
        node.append(line)
