"""The dates of a sentence, put together of its figures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from askdossier import text
from askdossier.core import Span
from askdossier.lang.forms import union
from askdossier.verify.facts.dates import DAY, MONTH
from askdossier.verify.facts.figures import Figure, figures

_YEAR = re.compile(r"\d{4}")
_YEARS = range(1500, 2101)
_GAP = re.compile(r"[\s,./-]{0,2}(?:[a-z']{1,3}\b ?)?")
"""Between the figures of one date, folded: "12 mars 2026", "12th of March, 2026"."""
_NUMBERING = ("/", "-")
_NEXT = re.compile(r"\W{0,2}([a-z][\w-]*)")


@dataclass(frozen=True, slots=True)
class Moment:
    """A day, a month or a year; what is not said is None."""

    year: int | None
    month: int | None
    day: int | None
    span: Span
    """In characters of the sentence."""

    @property
    def iso(self) -> str:
        """ISO 8601 as far as it is known; empty without a year."""
        if self.year is None:
            return ""
        said = [f"{self.year:04}"]
        if self.month is not None:
            said.append(f"{self.month:02}")
            if self.day is not None:
                said.append(f"{self.day:02}")
        return "-".join(said)

    def near(self, date: str) -> Moment:
        """The moment with the year in which it lies nearest to an ISO date, if it has none."""
        if self.year is not None or self.month is None or not date[:4].isdigit():
            return self
        year, month = int(date[:4]), int(date[5:7] or 6)
        away = self.month - month
        return replace(self, year=year - (away > _HALF_YEAR) + (away < -_HALF_YEAR))


_HALF_YEAR = 6


def moments(sentence: str) -> tuple[Moment, ...]:
    """All dates of a sentence, in order; not a day or a weekday alone.

    A number of four digits is a year where what follows is nothing that it could count.
    """
    folded = text.fold(sentence)
    found: list[Moment] = []
    for part, value, span in _parts(sentence, folded):
        last = found[-1] if found else None
        if (
            last is not None
            and getattr(last, part) is None
            and _joins(last, folded[last.span.end : span.start])
        ):
            joined = {part: value}
            found[-1] = replace(last, **joined, span=Span(last.span.start, span.end))
        else:
            given: dict[str, int | None] = {"year": None, "month": None, "day": None, part: value}
            found.append(Moment(**given, span=span))
    return tuple(
        one
        for one in found
        if one.month is not None or (one.year and not one.day and not _counts(folded, one.span))
    )


def _joins(last: Moment, gap: str) -> bool:
    """Whether a date goes on; behind a year only in digits: 2025-11-07."""
    if last.year is not None:
        return gap == "-"
    return _GAP.fullmatch(gap) is not None


def _parts(sentence: str, folded: str) -> Iterator[tuple[str, int, Span]]:
    for figure in figures(sentence):
        value = int(figure.text if figure.text.isdecimal() else min(figure.values))
        if figure.unit in (DAY, MONTH):
            yield ("day" if figure.unit == DAY else "month"), value, figure.span
        elif _is_year(figure, folded):
            yield "year", value, figure.span


def _is_year(figure: Figure, folded: str) -> bool:
    said = _YEAR.fullmatch(folded, figure.span.start, figure.span.end)
    return not figure.unit and said is not None and int(said[0]) in _YEARS


def _counts(folded: str, span: Span) -> bool:
    """Whether a word follows that a number could count, or it is part of one: 2019/790."""
    if folded[span.end : span.end + 1] in _NUMBERING or folded[: span.start][-1:] in _NUMBERING:
        return True
    after = _NEXT.match(folded, span.end)
    return after is not None and folded[span.end] == " " and after[1] not in _empty()


@cache
def _empty() -> frozenset[str]:
    return frozenset(map(text.fold, union(lambda known: known.stop_words)))
