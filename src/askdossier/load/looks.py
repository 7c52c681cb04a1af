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
_OF_LINES = ("li", "table", "br", "dl", "pre", "h1", "h2", "h3", "h4", "h5", "h6", "dt")
_LONGEST_NAME = 60
_LONGEST_VALUE = 80
"""Characters of what is said beside its name; a longer one is a text of its own."""
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
    for node in tree.iter("meter", "progress"):
        if node.get("value") is not None:
            node.text = None  # for browsers that draw no bar
    for node in list(tree.iter("dl")):
        _join_pairs(node)
    for node in list(tree.iter("pre")):
        _write_lines(node)


def _join_pairs(listed: Node) -> None:
    """Put a short value on the line of its name: ``À vélo: 21 %``. Questions keep their answers."""
    for term in list(listed.iter("dt")):
        value = term.getnext()
        if value is None or value.tag != "dd" or (
            value.getnext() is not None and value.getnext().tag == "dd"
        ):  # fmt: skip
            continue
        before = term.getprevious()
        name, said = (_flat(node) for node in (term, value))
        if (
            (before is not None and before.tag == "dt")
            or not 0 < len(name) <= _LONGEST_NAME or not 0 < len(said) <= _LONGEST_VALUE
            or name.endswith(("?", ".", "!")) or next(value.iter(*_OF_LINES), None) is not None
            or sum(1 for _ in value.iter("p")) > 1
        ):  # fmt: skip
            continue
        for node in [*value.iter("p", "div"), *term.iter("p", "div")]:
            node.tag = "span"
        colon = term.makeelement("span")
        colon.text = " " if name.endswith((":", "：")) else ": "
        term.tag, value.tag, value.tail = "div", "span", None
        term.extend([colon, value])


def _flat(node: Node) -> str:
    return " ".join("".join(node.itertext()).split())


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
