"""Formulas in MathML, as web pages, EPUB and OpenDocument have them, in one line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from askdossier.load.numbering import RAISED

Node = Any
"""An element of lxml, which has no type information."""

_NOT_SHOWN = frozenset({"annotation", "annotation-xml", "mphantom", "none", "mprescripts"})
_WIKI = "mwe-math-mathml"
"""Hidden in pages of MediaWiki, which show a picture of the formula."""
_ROWS = frozenset(
    "math mrow mstyle semantics mpadded menclose merror mtable mtd mi mn mo ms".split()
)
_SCRIPTS = frozenset({"msub", "msup", "msubsup", "mmultiscripts"})
_APART = frozenset({"mfrac", "msqrt", "mroot", "munder", "mover", "munderover"})
"""What no letter or figure stands right behind."""
_TIMES = re.compile("(?<=\\d)\u2062(?=\\d)")
_SIGNS = str.maketrans({"\u2061": " ", "\u2062": None, "\u2063": ",", "\u2064": " "})
"""Signs that are not seen: of a function, a product, a list, a number with its fraction."""


def formula(node: Node) -> str:
    """A formula in one line: fractions with a stroke, powers raised, indices behind ``_``."""
    return " ".join(_TIMES.sub("·", _said(node)).translate(_SIGNS).split())


def _said(node: Node) -> str:
    pieces = [(_kind(child), "" if _kind(child) in _NOT_SHOWN else _said(child)) for child in node]
    match _kind(node), [piece for kind, piece in pieces if kind not in _NOT_SHOWN]:
        case "mfrac", [over, under]:
            return f"{_enclosed(over)}/{_enclosed(under)}"
        case "msup" | "mover", [base, high]:
            return base + _raised(high)
        case "msub" | "munder", [base, low]:
            return base + _lowered(low)
        case "msubsup" | "munderover", [base, low, high]:
            return base + _lowered(low) + _raised(high)
        case "mmultiscripts", [base, *_]:
            return _with_scripts(base, pieces[1:])
        case "msqrt", _:
            return f"√{_enclosed(_row(pieces))}"
        case "mroot", [base, degree]:
            return f"{_raised(degree)}√{_enclosed(base)}"
        case "mfenced", parts:
            return f"{node.get('open', '(')}{', '.join(parts)}{node.get('close', ')')}"
        case "mtr", parts:
            return ", ".join(part.strip() for part in parts) + "; "
        case "mtext" | "mspace", _:
            return f" {node.xpath('string()')} "
        case kind, _ if kind in _ROWS:
            return " ".join((node.text or "").split()) + _row(pieces)
        case _, parts:
            return " ".join([*(node.text or "").split(), *parts])


def _row(pieces: Sequence[tuple[str, str]]) -> str:
    """What stands in a row, each piece with its kind: 2½ is "2 1/2"."""
    shown, before = "", ""
    for kind, piece in pieces:
        if not piece:
            continue
        if shown and _are_apart(shown, before, piece, kind):
            shown += " "
        shown, before = shown + piece, "word" if kind == "mi" and len(piece) > 1 else kind
    return shown


def _are_apart(shown: str, before: str, piece: str, kind: str) -> bool:
    last, first = shown[-1], piece[0]
    if not first.isalnum() or before in _APART:
        return first.isalnum()
    if before == "word" or (kind == "mi" and len(piece) > 1):
        return last.isalnum()
    if before in _SCRIPTS and last.isalpha() and first.isalpha():
        return True
    return last.isdigit() and first.isdigit() and not before == kind == "mn"


def _with_scripts(base: str, others: Sequence[tuple[str, str]]) -> str:
    """A sign with what stands around it, low and high by turns: ¹⁴_6 C."""
    scripts: tuple[list[str], list[str]] = ([], [])
    side = 1
    for kind, piece in others:
        if kind == "mprescripts":
            side = 0
        else:
            scripts[side].append(piece)
    before, after = (
        "".join(map(_raised, pairs[1::2])) + "".join(map(_lowered, pairs[::2])) for pairs in scripts
    )
    return f"{before} {base}{after}" if before else base + after


def _raised(shown: str) -> str:
    """A power; a prime and what is drawn above a letter as they are."""
    shown = shown.strip()
    if shown.isdecimal():
        return shown.translate(RAISED)
    return f"^{_enclosed(shown)}" if any(map(str.isalnum, shown)) or len(shown) > 1 else shown


def _lowered(shown: str) -> str:
    return f"_{_enclosed(shown)}" if shown.strip() else ""


def write_out(tree: Node) -> None:
    """Put the text of its formulas in a page, but for those that it shows in another way too."""
    for node in list(tree.iter("math")):
        around = list(node.iterancestors())
        if any(map(_is_second, around)):
            continue
        for above in around:
            if _WIKI in (above.get("class") or ""):
                above.attrib.pop("style", None)
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
    shown = shown.strip()
    return shown if shown.isalnum() else f"({shown})"
