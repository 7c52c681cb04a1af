"""Months, weekdays and dates in digits, as numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from askdossier.lang import LEXICONS

DAY, MONTH, WEEKDAY, CENTURY = "day of the month", "month of the year", "weekday", "century"
UNITS = frozenset((DAY, MONTH, WEEKDAY, CENTURY))
"""Units of figures that are parts of dates."""
YEARS = frozenset(map(Decimal, range(1000, 2101)))
"""Values of figures without a unit that are years, most likely."""


@dataclass(frozen=True, slots=True)
class Found:
    """A figure before what stands round it has been looked at."""

    start: int
    end: int
    values: frozenset[Decimal]
    unit: str = ""
    bound: str = ""
    factor: Decimal = Decimal(1)


def only(value: str | int | Decimal) -> frozenset[Decimal]:
    """Give the one value that something may mean."""
    return frozenset({Decimal(value)})


_MONTHS = {
    name: number for lexicon in LEXICONS.values() for number, name in enumerate(lexicon.months, 1)
}
_SHORT_MONTHS = {
    short: number for lexicon in LEXICONS.values() for short, number in lexicon.short_months.items()
}
BEFORE_DAY = frozenset(
    [
        *_SHORT_MONTHS,
        *(name for lexicon in LEXICONS.values() if lexicon.month_first for name in lexicon.months),
    ]
)
"""Months that the day may stand behind: May 12."""
_WEEKDAYS = {
    name: number for lexicon in LEXICONS.values() for number, name in enumerate(lexicon.weekdays, 1)
}
_CALENDAR = re.compile(rf"(?<!\w)(?:{'|'.join((*_MONTHS, *_WEEKDAYS))})(?!\w)")
_SHORT_MONTH = "|".join(sorted(_SHORT_MONTHS, key=len, reverse=True))
_SHORT = re.compile(  # 12 sept. · 12 sept 2025 · Nov. 12 · nov. 2025
    rf"(?<!\w)(?:(?<=\d )(?<!\d{{3}} )(?P<after>{_SHORT_MONTH})(?:\.|(?= \d{{4}}(?!\d)))"
    rf"|(?P<before>{_SHORT_MONTH})(?:\.(?= \d)|(?= \d{{4}}(?!\d))))"
)
_CAPITALISED = frozenset[str]().union(*(lexicon.capital_months for lexicon in LEXICONS.values()))
_DATE = re.compile(
    r"(?<![\w.,/-])(?:(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})"
    r"|(?P<first>\d{1,2})(?P<mark>[/.-])(?P<second>\d{1,2})(?P=mark)(?P<year>\d{4}))(?![\d/-])"
)


def calendar(text: str, folded: str) -> Iterator[Found]:
    """Months, weekdays and dates in digits."""
    for match in _CALENDAR.finditer(folded):
        word, (start, end) = match[0], match.span()
        if word in _WEEKDAYS:
            yield Found(start, end, only(_WEEKDAYS[word]), WEEKDAY)
            continue
        capital = text[start].isupper()
        planet = word == "mars" and capital and not _beside_digit(folded, start, end)
        if not planet and (capital or word not in _CAPITALISED):
            yield Found(start, end, only(_MONTHS[word]), MONTH)
    for match in _SHORT.finditer(folded):
        yield Found(*match.span(), only(_SHORT_MONTHS[match["after"] or match["before"]]), MONTH)
    for match in _DATE.finditer(folded):
        if match["y"]:
            year, day, month = match.span("y"), match.span("d"), match.span("m")
            days, months = only(match["d"]), only(match["m"])
        else:  # the day comes first in French, the month in American English
            year, day, month = match.span("year"), match.span("first"), match.span("second")
            either = {Decimal(match["first"]), Decimal(match["second"])}
            months = frozenset(value for value in either if value <= 12)
            days = frozenset(either)
            if not months:
                continue
            if Decimal(match["second"]) > 12:
                day, month, days = month, day, only(match["second"])
            elif Decimal(match["first"]) > 12:
                days = only(match["first"])
        yield Found(*year, only(folded[slice(*year)]))
        yield Found(*day, days, DAY)
        yield Found(*month, months, MONTH)


def _beside_digit(folded: str, start: int, end: int) -> bool:
    near = f"{folded[max(0, start - 2) : start]}|{folded[end : end + 2]}"
    return any(character.isdigit() for character in near)
