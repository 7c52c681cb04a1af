"""The numbers that word processors count by themselves: "Article 2", "2.1", "b)", "IV."."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

BULLET = "- "
"""What stands for any bullet."""
RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
"""Makes superscripts of figures, so that 10³ is not read 103."""

_LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_SIGNS = str.maketrans("-–−+", "⁻⁻⁻⁺")
_POWER = re.compile(r"(\s*[(\[]?)([-–−+]?)(\d+(?: ?[,;] ?\d+)*)(?:/(\d+))?([)\]]?\s*)")

_LEAST_RAISED = 4
"""Half points above the line of a superscript that these alone tell."""

_PLACE = re.compile(r"%([1-9])")
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_LARGEST_ROMAN = 4000
_LONGEST_LETTERS = 10


@dataclass(frozen=True, slots=True)
class Level:
    """How a level of a list is numbered."""

    format: str = "decimal"
    """As in Word: ``decimal``, ``lowerRoman``, ``upperLetter``, …, ``bullet`` or ``none``."""
    template: str = "%1."
    """The text, with ``%1`` for the number of the first level, ``%2`` for the second, …"""
    start: int = 1
    restart: int | None = None
    """The level, from 0, whose numbers make this one begin again with all above it; None for the
    level just above, -1 for never."""
    legal: bool = False
    """True where the numbers of the levels above are decimal, whatever they are there."""


class Numbers:
    """Counts the items of one list, on all its levels."""

    def __init__(self, levels: Mapping[int, Level]) -> None:
        self.levels = dict(levels)
        self._counts: dict[int, int] = {}

    def begin(self, level: int, at: int) -> None:
        """Let the next item of a level have the number ``at``."""
        self._counts[level] = at - 1

    def next(self, level: int) -> str:
        """What stands before the next item of a level, with a space behind it; may be empty."""
        mine = self.levels.get(level, Level(format="bullet"))
        self._counts[level] = self._counts.get(level, mine.start - 1) + 1
        for lower in list(self._counts):
            if lower > level:
                restart = self.levels.get(lower, mine).restart
                if level <= (lower - 1 if restart is None else restart):
                    del self._counts[lower]
        if mine.format == "bullet":
            return BULLET
        shown = _PLACE.sub(lambda place: self._number(int(place[1]) - 1, mine), mine.template)
        return f"{shown.strip()} " if shown.strip() else ""

    def _number(self, level: int, shown_in: Level) -> str:
        own = self.levels.get(level, Level())
        count = self._counts.get(level, own.start)
        return formatted(count, "decimal" if shown_in.legal else own.format)


def formatted(count: int, how: str) -> str:
    """A number as Word writes it in the format ``how``."""
    match how:
        case "upperRoman" | "lowerRoman" if 0 < count < _LARGEST_ROMAN:
            letters = _roman(count)
        case "upperLetter" | "lowerLetter" if 0 < count <= 26 * _LONGEST_LETTERS:
            letters = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)
        case "none" | "bullet":
            return ""
        case "decimalZero":
            return f"{count:02d}"
        case _:
            return str(count)
    return letters.upper() if how.startswith("upper") else letters


def _roman(count: int) -> str:
    parts = []
    for value, letters in _ROMAN:
        parts.append(letters * (count // value))
        count %= value
    return "".join(parts)


def raised(text: str) -> str:
    """Figures as superscripts, with their sign: 10⁻³ is not 10-3, and 5¹⁄₂ not 51/2.

    What is raised and no number stays as it is ("1er").
    """
    found = _POWER.fullmatch(text)
    if found is None:
        return text
    before, sign, over, under, after = found.groups()
    below = f"⁄{under.translate(_LOWERED)}" if under else ""
    return f"{before}{sign.translate(_SIGNS)}{over.translate(RAISED)}{below}{after}"


def lowered(text: str, before: str, after: str = "") -> str:
    """Figures that stand lower right beside others: 10₂ is not 102, nor log₁₀2 log102."""
    beside = before[-1:].isdecimal() or after[:1].isdecimal()
    return text.translate(_LOWERED) if beside and text.isdecimal() else text


def lifts(half_points: int, before: str) -> bool:
    """Whether so much above the line makes superscripts of figures, right behind ``before``.

    Less than that, or behind anything but a letter or digit, only sets a line.
    """
    return before.isalnum() and half_points >= _LEAST_RAISED
