"""The words of pictures that a page draws itself (SVG): charts, plans, diagrams.

The tree of the page is changed so that they are its text, row by row as they are seen. Values that
stand above or in the columns of a chart come behind the name below: ``2024: 37``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from askdossier.load.folded import is_folded
from askdossier.load.values import has_digit, is_value, is_year

Node = Any
"""An element of lxml, which has no type information."""

_BETWEEN = " | "
_UNSEEN = frozenset("defs symbol clippath mask pattern marker style script metadata".split())
_TRANSFORM = re.compile(
    r"(?P<name>translate|scale|matrix)\s*+\((?P<values>[^()]*)\)", re.IGNORECASE
)
_NUMBER = re.compile(r"[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[-+]?\d+)?", re.IGNORECASE)
_WHITE = re.compile(r"[ \t\n\r\f]+")
_ROW = 4.0
"""Units by which the texts of one row may stand higher or lower."""
_BESIDE = 12.0
"""Units by which a value may stand beside the middle of the name below it."""
_LETTER = 7.0
"""Units of an average letter, to find the middle of what begins or ends at a point."""
_MOST = 500
"""Texts of one picture whose places are compared; a map has more."""
_ANCHORED = {"start": 0.5, "middle": 0.0, "end": -0.5}
_Matrix = tuple[float, float, float, float, float, float]
_SAME: _Matrix = (1, 0, 0, 1, 0, 0)


@dataclass(frozen=True, slots=True)
class _Word:
    """A text of a picture, and the middle of where it stands."""

    text: str
    across: float
    down: float


def write_pictures(tree: Node) -> None:
    """Put the words of each picture in its place, one row a line."""
    for picture in list(tree.iter("svg")):
        if any(part.tag == "svg" for part in picture.iterancestors()) or _is_folded_away(picture):
            continue
        lines = _titles(picture)
        lines += _lines(list(_words(picture, _SAME)))
        if lines:
            shown = picture.makeelement("div" if len(lines) > 1 else "span")
            if len(lines) == 1:
                shown.text = f" {lines[0]} "
            for line in lines if len(lines) > 1 else ():
                shown.append(picture.makeelement("div"))
                shown[-1].text = line
            shown.tail, picture.tail = picture.tail, None
            picture.addnext(shown)


def _is_folded_away(picture: Node) -> bool:
    """True for a picture that is hidden from all, not from voices only."""
    return picture.get("aria-hidden") != "true" and is_folded(picture)


def _titles(picture: Node) -> list[str]:
    """What a picture with words, or with figures in its titles, is called."""
    own = [_plain(child) for child in picture if child.tag == "title"]
    words = any(_plain(text) for text in picture.iter("text", "foreignobject"))
    shapes = [
        _plain(title) for title in picture.iter("title")
        if title.getparent() is not picture and has_digit(_plain(title))
    ]  # fmt: skip
    if not words and not shapes:
        return []
    return [text for text in own if text] + (shapes if not words else [])


def _words(node: Node, placed: _Matrix) -> Iterator[_Word]:
    for child in node:
        if not isinstance(child.tag, str) or child.tag in _UNSEEN or _is_hidden(child):
            continue
        here = _times(placed, _matrix(child.get("transform") or ""))
        if child.tag == "text":
            yield from _text(child, here)
        elif child.tag == "foreignobject":
            text = _flat(" ".join(child.itertext()))
            if text:
                size = [(_first(child.get(name)) or 0.0) / 2 for name in ("width", "height")]
                at = [(_first(child.get(name)) or 0.0) for name in ("x", "y")]
                yield _Word(text, *_at(here, at[0] + size[0], at[1] + size[1]))
        else:
            yield from _words(child, here)


def _text(node: Node, placed: _Matrix) -> Iterator[_Word]:
    """A text, or each of its pieces that is set at a place of its own."""
    across, down = (_first(node.get(name)) or 0.0 for name in ("x", "y"))
    anchor = _anchor(node)
    pieces: list[tuple[str, float, float, str]] = [(node.text or "", across, down, anchor)]
    for child in node:
        if not isinstance(child.tag, str) or child.tag in {"title", "desc"}:
            pieces[-1] = (pieces[-1][0] + (child.tail or ""), *pieces[-1][1:])
            continue
        inner = "".join(child.itertext())
        left, top = (_first(child.get(name)) for name in ("x", "y"))
        lower = _lower(child)
        if top is not None or lower:  # on a line of its own
            down = (down if top is None else top) + lower
            across = across if left is None else left
            pieces.append((inner, across, down, _anchor(child) or anchor))
        elif left is not None and left != across:
            across = left
            pieces.append((inner, across, down, _anchor(child) or anchor))
        else:
            pieces[-1] = (pieces[-1][0] + inner, *pieces[-1][1:])
        pieces[-1] = (pieces[-1][0] + (child.tail or ""), *pieces[-1][1:])
    for text, left, top, how in pieces:
        shown = _flat(text)
        if shown:
            middle = left + _ANCHORED.get(how, 0.5) * _LETTER * len(shown)
            yield _Word(shown, *_at(placed, middle, top))


def _lines(words: Sequence[_Word]) -> list[str]:
    rows: list[list[_Word]] = []
    for word in sorted(words, key=lambda word: word.down):
        if rows and word.down - rows[-1][0].down <= _ROW:
            rows[-1].append(word)
        else:
            rows.append([word])
    for row in rows:
        row.sort(key=lambda word: word.across)
    below = range(len(rows) - 1, -1, -1) if len(words) <= _MOST else ()
    at = next((i for i in below if _names_columns(rows, i)), None)
    if at is None:
        return [_BETWEEN.join(word.text for word in row) for row in rows]
    names = rows[at]
    held: dict[int, list[str]] = {}
    lines: list[str] = []
    for row in rows[:at]:
        rest = []
        for word in row:
            under = _below(word, names)
            if under is None:
                rest.append(word.text)
            else:
                held.setdefault(under, []).append(word.text)
        if rest:
            lines.append(_BETWEEN.join(rest))
    for i, name in enumerate(names):
        values = _BETWEEN.join(held.get(i, ()))
        lines.append(f"{name.text}: {values}" if values else name.text)
    return lines + [_BETWEEN.join(word.text for word in row) for row in rows[at + 1 :]]


def _names_columns(rows: Sequence[Sequence[_Word]], at: int) -> bool:
    """True for a row of names, each with a value in line with it above."""
    names = rows[at]
    if len(names) < 2 or any(is_value(name.text) and not is_year(name.text) for name in names):
        return False
    under = [_below(word, names) for row in rows[:at] for word in row]
    return set(range(len(names))) <= set(under)


def _below(word: _Word, names: Sequence[_Word]) -> int | None:
    """The number of the name that a value stands above; None for none, and for words."""
    if not (is_value(word.text) or word.text.strip().isdecimal()):
        return None
    nearest = min(range(len(names)), key=lambda i: abs(names[i].across - word.across))
    return nearest if abs(names[nearest].across - word.across) <= _BESIDE else None


# --- places ---------------------------------------------------------------------------------------


def _anchor(node: Node) -> str:
    """Which part of a text stands at its place; empty where nothing says it."""
    for around in [node, *node.iterancestors()]:
        style = (around.get("style") or "").lower()
        said = around.get("text-anchor") or style.partition("text-anchor:")[2].partition(";")[0]
        if said.strip() or around.tag == "svg":
            return str(said.strip())
    return ""


def _is_hidden(node: Node) -> bool:
    style = "".join((node.get("style") or "").split())
    return node.get("display") == "none" or "display:none" in style or (
        node.get("visibility") == "hidden" or "visibility:hidden" in style
    )  # fmt: skip


def _lower(node: Node) -> float:
    """How far a piece stands below the one before it, in units; ``em`` are those of 16."""
    said = node.get("dy") or ""
    number = _first(said) or 0.0
    return number * 16 if said.strip().endswith("em") and node.get("x") is not None else (
        0.0 if said.strip().endswith("em") else number
    )  # fmt: skip


def _first(said: str | None) -> float | None:
    found = _NUMBER.search((said or "")[:100])
    return float(found[0]) if found else None


def _matrix(said: str) -> _Matrix:
    """What a ``transform`` does to a point; turns are left out, which move a text little."""
    result = _SAME
    for found in _TRANSFORM.finditer(said[:500]):
        values = [float(number) for number in _NUMBER.findall(found["values"])]
        match found["name"].lower(), values:
            case "translate", [x, *rest]:
                step: _Matrix = (1, 0, 0, 1, x, rest[0] if rest else 0)
            case "scale", [x, *rest]:
                step = (x, 0, 0, rest[0] if rest else x, 0, 0)
            case "matrix", [a, b, c, d, e, f]:
                step = (a, b, c, d, e, f)
            case _:
                continue
        result = _times(result, step)
    return result


def _times(outer: _Matrix, inner: _Matrix) -> _Matrix:
    a, b, c, d, e, f = outer
    g, h, i, j, k, m = inner
    return (a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j,
            a * k + c * m + e, b * k + d * m + f)  # fmt: skip


def _at(placed: _Matrix, across: float, down: float) -> tuple[float, float]:
    a, b, c, d, e, f = placed
    return a * across + c * down + e, b * across + d * down + f


def _plain(node: Node) -> str:
    return _flat("".join(node.itertext()))


def _flat(text: str) -> str:
    """A text on one line; spaces that keep a figure with its unit stay."""
    return _WHITE.sub(" ", text).strip(" ")
