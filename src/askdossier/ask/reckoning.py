"""The sum of two facts, done by code; or why it is not done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from askdossier import lang
from askdossier.core import Evidence, Language
from askdossier.verify.facts import Figure, Moment


@dataclass(frozen=True, slots=True)
class Fact:
    """What a sentence gives for a side."""

    evidence: Evidence
    value: Moment | Figure | None
    """None where it gives several, and does not say which is meant."""
    written: str = ""
    """When its document was, as far as a figure depends on that."""


def reckoned(told: Sequence[Fact], language: Language, *, adds: bool = False) -> str:
    """How far two facts are apart or, if it ``adds``, what they come to; else why not."""
    words = lang.of(language).several
    one, other = told
    first, second = one.value, other.value
    if first is None or second is None:
        return words.unclear
    if isinstance(first, Moment) and isinstance(second, Moment):
        same = one.evidence == other.evidence and first.span == second.span
        return words.unclear if same else _between(first, second, language)
    if isinstance(first, Figure) and isinstance(second, Figure):
        if one.evidence == other.evidence:
            return words.unclear
        if _alike(first, second) and one.written == other.written:
            return _of_figures(first, second, language, adds=adds)
    return words.unlike


def _of_figures(first: Figure, second: Figure, language: Language, *, adds: bool) -> str:
    words = lang.of(language).several
    one, other = min(first.values), min(second.values)
    unit = first.text.lstrip("0123456789., \u00a0\u202f")
    if adds:
        result = _n(one + other)
        return words.together.format(one=_n(one), other=_n(other), result=result, unit=unit)
    low, high = sorted((one, other))
    return words.apart.format(high=_n(high), low=_n(low), result=_n(high - low), unit=unit)


def _between(first: Moment, second: Moment, language: Language) -> str:
    words = lang.of(language).several
    early, late = sorted((first.iso, second.iso))
    low, high = int(early[:4]), int(late[:4])
    if len(early) == len(late) == len("2025-11-07"):
        days = (date.fromisoformat(late) - date.fromisoformat(early)).days
        years = high - low - (late[5:] < early[5:])
        form = words.years_apart if years else words.days_apart
        return form.format(low=early, high=late, result=days, years=years)
    return words.apart.format(high=high, low=low, result=high - low, unit=words.years)


def _alike(first: Figure, second: Figure) -> bool:
    exact = len(first.values) == len(second.values) == 1 and not (first.bound or second.bound)
    return exact and first.unit == second.unit


def _n(value: Decimal) -> str:
    return f"{value.normalize():f}"
