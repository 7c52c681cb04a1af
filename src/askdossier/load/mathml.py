"""Formulas in MathML, as web pages, EPUB and OpenDocument have them, in one line."""

from __future__ import annotations

from typing import Any

from askdossier.load.numbering import RAISED

Node = Any
"""An element of lxml, which has no type information."""

_NOT_SHOWN = frozenset({"annotation", "annotation-xml", "mphantom", "none", "mprescripts"})


def formula(node: Node) -> str:
    """A formula in one line: fractions with a stroke, powers raised."""
    parts = [formula(child) for child in node if _kind(child) not in _NOT_SHOWN]
    match _kind(node), parts:
        case "mfrac", [over, under]:
            return f"{_enclosed(over)}/{_enclosed(under)}"
        case "msup", [base, power]:
            raised = power.translate(RAISED) if power.isdecimal() else f"^{_enclosed(power)}"
            return base + raised
        case "msqrt", _:
            return f"√{_enclosed(''.join(parts))}"
        case "mroot", [base, _]:
            return f"√{_enclosed(base)}"
        case "mtr", _:
            return ", ".join(parts) + "; "
    return " ".join((node.text or "").split()) + "".join(parts)


def write_out(tree: Node) -> None:
    """Put the text of its formulas in a page, but for those that it shows in another way too."""
    for node in list(tree.iter("math")):
        if any(_is_second(above) for above in node.iterancestors()):
            continue
        text, tail = formula(node), node.tail
        node.clear()
        node.tag, node.text, node.tail = "span", text, tail


def _is_second(node: Node) -> bool:
    """True for what KaTeX and MathJax add for readers who listen to the page."""
    return node.tag == "mjx-assistive-mml" or any(
        name in (node.get("class") or "") for name in ("katex-mathml", "MJX_Assistive")
    )


def _kind(node: Node) -> str:
    return node.tag.rpartition("}")[2] if isinstance(node.tag, str) else "annotation"


def _enclosed(shown: str) -> str:
    return shown if shown.isalnum() else f"({shown})"
