"""The numbers of a text, as values rather than as spellings."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from functools import lru_cache
from itertools import pairwise

from askdossier.core import Span
from askdossier.lang import LEXICONS
from askdossier.lang.forms import table, union
from askdossier.lang.lexicon import Bound, Lexicon
from askdossier.text import fold
from askdossier.verify.facts.dates import (
    BEFORE_DAY,
    CENTURY,
    DAY,
    MONTH,
    UNITS,
    WEEKDAY,
    YEARS,
    Found,
    calendar,
    only,
)
from askdossier.verify.facts.numerals import numerals

_LAST_DAY = 31
_NAMED = frozenset({MONTH, WEEKDAY})
"""Written as words: a bare number never stands for one."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of the text, as value rather than as spelling."""

    values: frozenset[Decimal]
    """What it may mean: ``1,600`` is 1600 in English and 1.6 in French."""
    unit: str
    """``%``, ``euro``, ``year``…; empty when no known unit follows."""
    bound: str
    """``more``, ``less`` or ``about``; empty for a bare number."""
    span: Span
    text: str

    def agrees(self, other: Figure) -> bool:
        """Whether ``other``, a figure of a source, holds this one: the same value and unit.

        A claim may leave a unit out (``500`` for ``500 €``), but not add one.
        """
        if not self.values & other.values and not self.rounds(other):
            return False
        if self.unit == other.unit:
            return True
        if not other.unit:
            return self.unit == CENTURY
        return not self.unit and other.unit not in _NAMED

    def rounds(self, other: Figure) -> bool:
        """Whether it puts an exact figure roundly, and says so: "près de 500" for 487."""
        if not self.bound or other.bound or self._is_date() or other._is_date():
            return False
        return any(
            _is_rounder(mine, theirs) and _lies(self.bound, mine, theirs)
            for mine in self.values
            for theirs in other.values
        )

    def _is_date(self) -> bool:
        return self.unit in UNITS or (not self.unit and not self.values.isdisjoint(YEARS))


_ROUNDLY = Decimal("0.05")
"""How far from an exact figure, as a share of it, one may lie that stands for it roundly."""


def _is_rounder(value: Decimal, exact: Decimal) -> bool:
    """Whether a number has fewer digits before its zeros than another one about as great."""
    near = value != exact and abs(value - exact) <= _ROUNDLY * abs(exact)
    digits = (len(one.normalize().as_tuple().digits) for one in (value, exact))
    return near and next(digits) < next(digits)


def _lies(bound: str, value: Decimal, exact: Decimal) -> bool:
    """Whether an exact figure is on the side of a rounded one that its bound tells."""
    return bound == "about" or (exact > value if bound == "more" else exact < value)


@lru_cache(maxsize=2048)  # a claim is compared with the same sentences again and again
def figures(text: str) -> tuple[Figure, ...]:
    """All numbers of ``text`` in order, and the names of months and weekdays as numbers.

    Digits, scales (``3 millions``), number words, ordinals (``1er``, ``XXIe``), fractions. Not:
    numbers inside words (``GPT4``, ``4o``), ``un`` and ``one`` alone.
    """
    folded = fold(text)
    found = [*calendar(text, folded)]
    dated = _Taken(found)
    digits = [figure for figure in _digits(text, folded, found) if not dated.covers(figure.start)]
    found += digits
    taken = _Taken(found)
    found += [figure for figure in _spelled(text, folded) if not taken.covers(figure.start)]
    found.sort(key=lambda figure: (figure.start, figure.end))
    return tuple(
        Figure(
            figure.values,
            figure.unit,
            _bound(folded, figure) or figure.bound,
            Span(figure.start, figure.end),
            text[figure.start : figure.end],
        )
        for figure in _distributed(folded, found)
    )


class _Taken:
    """Tells whether an offset lies in one of a set of figures."""

    def __init__(self, found: list[Found]) -> None:
        spans = sorted((figure.start, figure.end) for figure in found)
        self._starts = [start for start, _ in spans]
        self._ends = [end for _, end in spans]

    def covers(self, offset: int) -> bool:
        before = bisect_right(self._starts, offset) - 1
        return before >= 0 and offset < self._ends[before]


# --- digits ---------------------------------------------------------------------------------------

_SPACES = " \u00a0\u202f\u2009"
_NUMBER = re.compile(
    rf"(?<!\w)(?<!\d[.,'’])[+−-]?"
    rf"(?:\d{{1,3}}(?:[{_SPACES}]\d{{3}})+(?!\d)|\d{{1,3}}(?:['’]\d{{3}})+(?!\d)|\d+)(?:[.,]\d+)*"
)
_MOST_DIGITS = 30
"""A longer run of digits is a key or a checksum, not a quantity."""
_SCALES = table(lambda known: known.measures.scales)
_SIGNS = {"€": "euro", "$": "dollar", "£": "pound", "¥": "yen"}
_MONEY = table(lambda known: known.measures.money) | _SIGNS | {
    "eur": "euro", "usd": "dollar", "gbp": "pound", "chf": "franc",
}  # fmt: skip
_UNITS = _MONEY | table(lambda known: known.measures.units) | {
    "%": "%", "h": "hour", "min": "minute", "km": "km", "km/h": "km/h", "m": "metre", "m²": "m²",
    "cm": "cm", "mm": "mm", "ha": "hectare", "kg": "kg", "g": "gram", "°": "degree",
    "°c": "degree", "w": "watt", "kw": "kw", "mw": "mw", "gw": "gw", "wh": "wh", "kwh": "kwh",
    "mwh": "mwh", "gwh": "gwh", "twh": "twh",
}  # fmt: skip


def _any_of(words: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


def _either(part: Callable[[Lexicon], str]) -> str:
    return "|".join(filter(None, map(part, LEXICONS.values())))


_ORDINAL = re.compile(rf"(?:{_either(lambda known: known.measures.ordinal_endings)})(?!\w)")
_UNIT_JOINS = [join for known in LEXICONS.values() for join in known.measures.unit_joins]
_UNIT = re.compile(rf"[ -]?(?:{_any_of(_UNIT_JOINS)})?({_any_of(_UNITS)})(?!\w)")
_MONEY_BEFORE = re.compile(r"(?:(?<!\w)(usd|eur|gbp|chf)|([€$£¥])) ?$")
_SCALE = re.compile(rf"[ -]?({_any_of(_SCALES)})(?!\w)")
_LETTER_SCALE = re.compile(r"( ?)([kKmM])(?!\w)")
_HALF = re.compile(rf"(?:{_either(lambda known: known.measures.and_a_half)})(?!\w)")
_CLOCK = re.compile(r" ?h(?= ?(\d\d)(?!\w))")
_DECADE = re.compile(rf"(?:{_either(lambda known: known.measures.decade)})$")


def _digits(text: str, folded: str, dates: Sequence[Found]) -> Iterator[Found]:
    """The numbers in digits, with the scale and the unit that follow them."""
    months = [date for date in dates if date.unit == MONTH]
    before_month = {month.start - 1 for month in months}
    after_month = {
        month.end + 1
        for month in months
        if folded[month.start : month.end].rstrip(".") in BEFORE_DAY
    }
    taken = 0
    for match in _NUMBER.finditer(text):
        start, end = match.span()
        if start < taken or sum(map(str.isdigit, match[0])) > _MOST_DIGITS:
            continue
        values = _values(match[0])
        if not values:  # 3.2.1 · 192.168.0.1 · 01.23.45.67.89
            yield from (
                Found(start + part.start(), start + part.end(), only(part[0]))
                for part in re.finditer(r"\d+", match[0])
            )
            continue
        if clock := _CLOCK.match(folded, end):
            yield Found(start, clock.end(), values, "hour")
            yield Found(*clock.span(1), only(clock[1]), "minute")
            taken = clock.end(1)
            continue
        factor, after = _scaled(text, folded, start, end, taken)
        figure = _measured(text, folded, Found(start, after, values, factor=factor), taken)
        if figure.end == end and (text[end : end + 1].isalnum() or text[end : end + 1] == "_"):
            continue  # 3D, 4o
        if _DECADE.search(folded[max(0, start - 7) : start]):
            figure = replace(figure, values=values | {v + 1900 for v in values if v < 100})
        if (figure.end in before_month or start in after_month) and max(values) <= _LAST_DAY:
            figure = replace(figure, unit=DAY)
        taken = figure.end
        yield figure


def _scaled(text: str, folded: str, start: int, end: int, taken: int) -> tuple[Decimal, int]:
    """The scale behind a number in digits, or its ordinal ending, and where that ends."""
    if ordinal := _ORDINAL.match(folded, end):
        return Decimal(1), ordinal.end()
    if scale := _SCALE.match(folded, end):
        return Decimal(10) ** _SCALES[scale[1]], scale.end()
    money = _MONEY_BEFORE.search(folded, max(taken, start - 5), start)
    return _letter_scale(text, end, money is not None) or (Decimal(1), end)


def _measured(text: str, folded: str, number: Found, taken: int) -> Found:
    """The number with the half and the unit that follow it, and times its scale.

    ``taken`` is where the figure before ends: a currency sign ahead of that belongs to it.
    """
    end = number.end
    money = _MONEY_BEFORE.search(folded, max(taken, number.start - 5), number.start)
    unit = _MONEY[money[1] or money[2]] if money else ""
    half = _HALF.match(folded, end)
    if half:
        end = half.end()
    if not unit and (named := _UNIT.match(folded, end)) and _is_unit(text, named, number.values):
        unit, end = _UNITS[named[1]], named.end()
        if not half and (half := _HALF.match(folded, end)):  # deux ans et demi
            end = half.end()
    more = Decimal("0.5") if half else Decimal(0)
    values = frozenset((value + more) * number.factor for value in number.values)
    return replace(number, end=end, values=values, unit=unit)


def _letter_scale(text: str, end: int, money: bool) -> tuple[Decimal, int] | None:
    """``3 M€``, ``$3m``, ``100k``, ``5 M d'euros``; not ``5 m``, nor ``en 2024 M. Dupont``."""
    match = _LETTER_SCALE.match(text, end)
    if match is None:
        return None
    letter, after = match[2], fold(text[match.end() : match.end() + 4])
    if not (
        money
        or after.lstrip(" ")[:1] in {"€", "$", "£"}
        or (letter != "m" and not match[1])
        or (letter == "M" and after.startswith((" d'", " de ")))
    ):
        return None
    return Decimal(1000 if letter in "kK" else 10**6), match.end()


def _is_unit(text: str, unit: re.Match[str], values: frozenset[Decimal]) -> bool:
    """Not the English article in ``5 an hour``, nor the M. of Monsieur."""
    if unit[1] == "an":
        return min(values) < 2
    return len(unit[1]) > 1 or text[unit.start(1)] not in "MGH"


def _values(number: str) -> frozenset[Decimal]:
    """The values that a number in digits may have in French or English; none for ``3.2.1``."""
    bare = re.sub(f"[{_SPACES}'’]", "", number).replace("−", "-")
    parts = re.split(r"[.,]", bare)
    if len(parts) == 1:
        return only(bare)
    separators = re.findall(r"[.,]", bare)
    values: set[Decimal] = set()
    groups = all(len(part) == 3 for part in parts[1:]) and 1 <= len(parts[0].lstrip("+-")) <= 3
    if groups and len(set(separators)) == 1:  # 1,600 or 1.600.000
        values.add(Decimal("".join(parts)))
    if len(parts) == 2:  # 3,5 or 3.5
        values.add(Decimal(".".join(parts)))
    elif len(set(separators)) == 2 and separators[-1] not in separators[:-1]:  # 1,600.50
        values.add(Decimal("".join(parts[:-1]) + "." + parts[-1]))
    return frozenset(values)


# --- words ----------------------------------------------------------------------------------------

_ROMAN = re.compile(r"(?<!\w)(?P<number>[IVX]+)(?:er|re|e|ᵉʳ|ᵉ|ème)(?!\w)")
_ROMAN_DIGITS = {"I": 1, "V": 5, "X": 10}
_ROUNDINGS = (ROUND_FLOOR, ROUND_CEILING)
_ONE = re.compile(
    rf"(?<!\w)(?:{_any_of(union(lambda known: known.numbers.ones))}) "
    rf"({_any_of(union(lambda known: known.measures.counted_as_one))})(?!\w)"
)


def _spelled(text: str, folded: str) -> Iterator[Found]:
    """The numbers in words, with their unit, and the Roman ordinals (``XXIe``)."""
    taken = 0
    for numeral in numerals(folded):
        if numeral.start < taken:  # the cent of "cinq pour cent"
            continue
        found = Found(numeral.start, numeral.end, frozenset({numeral.value}))
        if numeral.kind == "fraction":
            rounded = {numeral.value, *(numeral.value.to_integral(how) for how in _ROUNDINGS)}
            yield replace(found, values=frozenset(rounded), unit="%")
        elif numeral.kind == "ordinal":
            unit = _UNIT.match(folded, found.end)
            century = unit is not None and _UNITS[unit[1]] == CENTURY
            yield replace(found, unit=CENTURY if century else "")
        else:
            scale = Decimal(numeral.scale)
            bare = replace(found, values=only(numeral.value / scale), factor=scale)
            bound = "about" if numeral.kind == "about" else ""
            measured = _measured(text, folded, bare, found.start)
            taken = measured.end
            yield replace(measured, bound=bound)
    for match in _ONE.finditer(folded):
        yield Found(*match.span(), only(1), _UNITS[match[1]])
    for match in _ROMAN.finditer(text):
        yield Found(*match.span(), only(_roman(match["number"])), CENTURY)


def _roman(number: str) -> int:
    digits = [_ROMAN_DIGITS[digit] for digit in number]
    return sum(
        -digit if digit < following else digit
        for digit, following in zip(digits, [*digits[1:], 0], strict=True)
    )


# --- ranges and bounds ----------------------------------------------------------------------------

_RANGE = union(lambda known: known.measures.ranges) | {"-", " - "}
_LIST = union(lambda known: known.measures.lists) | {", ", "/"}
_BETWEEN = table(lambda known: known.measures.between)
_BETWEEN_BOUNDS = re.compile(rf"(?<!\w)({_any_of(_BETWEEN)}) [€$£¥]?$")


def _distributed(folded: str, found: Sequence[Found]) -> list[Found]:
    """Give the first number of ``10 à 70 millions d'euros`` the scale and the unit too."""
    figures = list(found)
    for i in reversed(range(len(figures) - 1)):
        left, right = figures[i], figures[i + 1]
        if right.start - left.end > _LONGEST_GAP:
            continue
        gap = folded[left.end : right.start].rstrip("€$£¥")
        if gap in _RANGE and right.unit == "" and left.unit in _MONEY.values():
            right = replace(right, unit=left.unit)  # $5-10 million
        elif (
            gap not in _RANGE | _LIST
            or right.unit in _NAMED
            or left.unit not in {"", right.unit}
            or (right.unit == DAY and max(left.values) > _LAST_DAY)
            or (gap in _LIST and right.unit != DAY and _is_year(left))
        ):
            continue
        values = left.values
        if left.factor == 1 < right.factor and max(values) < min(right.values) / right.factor:
            scaled = frozenset(value * right.factor for value in values)
            ranged = gap in _RANGE or _is_between(folded, left, gap)
            values = scaled if ranged else scaled | values
        figures[i : i + 2] = [replace(left, values=values, unit=right.unit), right]
    for i, (left, right) in enumerate(pairwise(figures)):
        gap = folded[left.end : min(right.start, left.end + _LONGEST_GAP)].rstrip("€$£¥")
        if _is_between(folded, left, gap) and not _is_year(left) and left.unit != DAY:
            figures[i] = replace(left, bound="more")
            figures[i + 1] = replace(figures[i + 1], bound="less")
    return figures


def _is_between(folded: str, left: Found, gap: str) -> bool:
    """Whether "entre" stands before a number and "et" behind it."""
    before = _BETWEEN_BOUNDS.search(folded, max(0, left.start - 10), left.start)
    return before is not None and gap in _BETWEEN.values()


_LONGEST_GAP = 6


def ranges(text: str) -> Iterator[tuple[Figure, Figure]]:
    """The two ends of each range: "de cinq à sept", "entre cinq et sept"."""
    folded = fold(text)
    for left, right in pairwise(figures(text)):
        gap = folded[left.span.end : min(right.span.start, left.span.end + _LONGEST_GAP)]
        between = (left.bound, right.bound) == ("more", "less")
        if gap.rstrip("€$£¥") in _RANGE or (between and gap in _BETWEEN.values()):
            yield left, right


def _is_year(figure: Found) -> bool:
    return not figure.unit and all(1000 <= value <= 2100 for value in figure.values)


_BOUND_OF: dict[str, Bound] = {
    ">": "more", "≥": "more", "<": "less", "≤": "less", "~": "about", "≈": "about",
}  # fmt: skip
_BOUND_OF |= {
    before: bound
    for known in LEXICONS.values()
    for bound, written in known.measures.bounds.items()
    for before in written
}
_LONGEST_FIRST = sorted(_BOUND_OF, key=len, reverse=True)
_BOUND_ENDS = tuple(_BOUND_OF)
_ARTICLES = [article for known in LEXICONS.values() for article in known.measures.articles]
_BEHIND: dict[str, Bound] = {"+": "more"}
_BEHIND |= table(lambda known: known.measures.bounds_behind)
_AFTER = re.compile(rf"\+(?!\w)| (?:[a-z'-]{{4,20}} )?({_any_of(_BEHIND)})(?! ?[\d~])(?!\w)")
_LONGEST_BOUND = 32


def _bound(folded: str, figure: Found) -> str:
    before = folded[max(0, figure.start - _LONGEST_BOUND) : figure.start].rstrip("€$£¥ ")
    return (
        _bound_at_end(before)
        or next(
            (_bound_at_end(before.removesuffix(a)) for a in _ARTICLES if before.endswith(a)), ""
        )
        or _bound_behind(folded, figure.end)
    )


def _bound_at_end(before: str) -> str:
    if not before.endswith(_BOUND_ENDS):
        return ""
    for words in _LONGEST_FIRST:
        if before.endswith(words):
            ahead = before[: -len(words)][-1:]
            if not (ahead.isalnum() or ahead in {"_", "-"}) or not words[0].isalnum():
                return _BOUND_OF[words]
    return ""


def _bound_behind(folded: str, end: int) -> str:
    after = _AFTER.match(folded, end)
    return _BEHIND[after[1] or "+"] if after else ""
