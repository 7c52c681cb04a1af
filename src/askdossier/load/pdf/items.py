"""Markers of the items of a list, told from the cells that figures are."""

from __future__ import annotations

import re
from collections.abc import Iterable

from askdossier.load.pdf.line import Line

_MARKER = re.compile(
    r"[^\w\s]|\(?(?:\w{1,2}|[IVXLC]{3,6})[.)]|\d{1,2}°|(?:\d{1,3}|[IVXLC]{1,6}|[A-Z])(?:\.\d{1,3}){1,4}\.?"
    r"|\w+ (?:[IVXLC]{1,6}|\d{1,3}) ?[.:–—-]"
)
"""Of the item of a list: "2.1", "III.2", "Titre IV –"."""
_FIGURES = re.compile(r"\d+(?:\.\d+)+\.?")
"""A marker such as "2.1", which may as well be a quantity, or a date."""
_LONGEST_MARKER = 20


def counted(lines: Iterable[Line]) -> frozenset[str]:
    """The figures at the beginning of lines that count on, as items do: "2.1", "2.2"."""
    found = {
        text: tuple(map(int, text.rstrip(".").split(".")))
        for line in lines
        if _FIGURES.fullmatch(text := line.text.split(" ", 1)[0]) and len(text) < _LONGEST_MARKER
    }
    numbers = set(found.values())
    parents = {number[:-1] for number in numbers}

    def counts_on(number: tuple[int, ...]) -> bool:
        *above, last = number
        beside = ((*above, last - 1), (*above, last + 1), tuple(above), (*number, 1))
        before = (*above[:-1], above[-1] - 1)
        return not numbers.isdisjoint(beside) or (last == 1 and before in parents)

    return frozenset(
        text for text, number in found.items() if 0 not in number and counts_on(number)
    )


def is_marker(text: str, beside: str, known: frozenset[str] | None = None) -> bool:
    """True for the marker of an item; of figures those alone that are ``known``, if given.

    They are none where what is ``beside`` them are figures too: of a table, a dose and its effect.
    """
    if not _MARKER.fullmatch(text):
        return False
    return not _FIGURES.fullmatch(text) or (
        (known is None or text in known) and any(map(str.isalpha, beside))
    )
