"""Lines of a page that is a little askew, set straight."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from statistics import median

from askdossier.load.pdf.line import Line, Word

_LONG = 8.0
"""Character sizes of a line from which its slope is measured."""
_STRAIGHT = 0.0005
"""A slope that is none: half a point on a page's width."""


def straight(found: Sequence[Line]) -> list[Line]:
    """The lines of a page that is a little askew, as if it were not.

    The slope is that from word to word, in the middle of all the longer lines of one direction.
    """
    slopes: dict[int, list[float]] = {}
    for line in found:
        first, last = line.words[0], line.words[-1]
        if last.left - first.left > _LONG * abs(line.size):
            slope = median((word.base - first.base) / (word.left - first.left)
                           for word in line.words if word.left > first.left)  # fmt: skip
            slopes.setdefault(line.turn, []).append(slope)
    askew = {
        turn: slope
        for turn, of_lines in slopes.items()
        if abs(slope := median(of_lines)) > _STRAIGHT
    }
    return [_set_straight(line, askew[line.turn]) if line.turn in askew else line for line in found]


def _set_straight(line: Line, slope: float) -> Line:
    by = slope * line.bottom
    return replace(
        line,
        left=line.left + by,
        right=line.right + by,
        bottom=line.bottom - slope * line.left,
        words=tuple(
            Word(word.text, word.left + by, word.right + by, word.base - slope * word.left)
            for word in line.words
        ),
    )
