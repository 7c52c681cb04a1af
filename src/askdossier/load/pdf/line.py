"""A line of a page, as it is seen: what the steps of the reader pass on to one another."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

CELLS = " | "
"""Between cells that stand side by side."""

Point = tuple[float, float]
Stroke = tuple[Point, Point]
"""The ends of a straight line that is drawn on a page, in points."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A straight line of what is drawn on a page."""

    ends: Stroke
    thick: float
    """Points across: of the line itself, or of the box whose edge it is."""


class Glyph(NamedTuple):
    """A character, or letters of a word, in points in the direction of reading."""

    text: str
    left: float
    right: float
    base: float
    size: float
    place: int
    """Of the first character on PDFium's page."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word and where it stands, in points along its line."""

    text: str
    left: float
    right: float
    base: float
    """Of its baseline, where it begins."""


@dataclass(frozen=True, slots=True)
class Line:
    """Words on one baseline without a wide gap, or a row of a table.

    Coordinates in points in the direction of reading, ``bottom`` growing upwards: those of the page
    where it is upright, turned with the text where it is not.
    """

    text: str
    left: float
    right: float
    bottom: float
    """Of the characters' baseline, where the line begins."""
    size: float
    """Of most of its characters."""
    hyphen: bool = False
    """True when its last word goes on in the next line."""
    bold: bool = False
    page: int = 1
    """From 1."""
    turn: int = 0
    """The direction in which it is read, in degrees against the clock; 0 for upright text."""
    words: tuple[Word, ...] = ()
    row: bool = False
    """True for a row of a table, which stands alone."""
    aside: bool = False
    """True for what is not part of the running text: it goes to the end."""


def joined(lines: Sequence[Line], joint: str) -> Line:
    """Lines side by side as one."""
    first, last = lines[0], lines[-1]
    if len(lines) == 1:
        return first
    return replace(
        first,
        text=joint.join(line.text for line in lines),
        right=max(line.right for line in lines),
        hyphen=last.hyphen,
        words=tuple(word for line in lines for word in line.words),
    )


def side_by_side(line: Line, other: Line) -> bool:
    """True for two lines on one baseline."""
    return (
        line.turn == other.turn
        and not line.row
        and not other.row
        and abs(line.bottom - other.bottom) < 0.3 * max(line.size, other.size)
    )


def rows(lines: Iterable[Line]) -> list[list[Line]]:
    """Lines side by side from left to right, from the top down, direction by direction."""
    found: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: (line.turn, -line.bottom)):
        if found and side_by_side(found[-1][0], line):
            found[-1].append(line)
        else:
            found.append([line])
    return [sorted(row, key=lambda line: line.left) for row in found]


def turned(x: float, y: float, turn: int) -> tuple[float, float]:
    """A point of the page, in the frame of text that is turned by so many degrees."""
    match turn:
        case 0:
            return x, y
        case 90:
            return y, -x
        case 180:
            return -x, -y
        case 270:
            return -y, x
    cos, sin = math.cos(math.radians(turn)), math.sin(math.radians(turn))
    return x * cos + y * sin, y * cos - x * sin


def main_size(glyphs: Sequence[Glyph]) -> float:
    """The size of most of the characters."""
    sizes: Counter[float] = Counter()
    for glyph in glyphs:
        sizes[glyph.size] += len(glyph.text)
    return max(sizes, key=sizes.__getitem__)
