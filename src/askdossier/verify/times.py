"""Words that say a time only to whoever knows the day on which they were written.

"L'an dernier" of a document of 2023 is 2022. The expressions are data of the languages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from askdossier import lang, text
from askdossier.core import Language
from askdossier.lang import LEXICONS
from askdossier.lang.forms import Forms
from askdossier.lang.lexicon import Lexicon
from askdossier.lang.parse import parsed
from askdossier.verify.records import Extract

_MONTHS = 12
_WRITTEN = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")


@dataclass(frozen=True, slots=True)
class _Day:
    """A date as exact as it is known."""

    day: date
    exact: int
    """0 to the day, 1 to the month, 2 to the year."""

    def written(self, forms: Sequence[str]) -> str:
        """In the form for how exact it is."""
        return self.day.strftime(forms[self.exact]) if forms else self.day.isoformat()


def dated(sentence: str, cited: Sequence[Extract], language: Language, *, older: bool) -> str:
    """Give a sentence with the date of its document, where it or what it cites needs that.

    A time that can be worked out stands beside it: "(document du 12/03/2023 : 2022)". ``older``
    says that a newer document differs. As it is where the document has no date.
    """
    known = lang.of(language).times
    for extract in cited:
        written = _day(extract.date)
        meant = list(_meant(f"{sentence} {extract.quote}", written))
        if written is None or not known.document or not (meant or older):
            continue
        said = written.written(known.document)
        if said in sentence:
            break
        said += known.older if older else ""
        times = dict.fromkeys(time.written(known.forms) for time in meant if time is not None)
        note = text.after_colon(said, ", ".join(times), language) if times else said
        end = re.search(r"[.!]?\Z", sentence)
        at = end.start() if end else len(sentence)
        return f"{sentence[:at]} ({note}){sentence[at:]}"
    return sentence


def asks_now(question: str, language: Language) -> bool:
    """Whether a question is about how things stand today: by its words, or by its tense alone."""
    if _NOW.search(text.fold(question)):
        return True
    if re.search(r"\b\d{4}\b", question):
        return False
    words = parsed(question, language) or ()
    features = [word.features for word in words]
    past = any("Tense=Past" in one or "Tense=Imp" in one for one in features)
    past = past or any(word.relation == "aux:tense" for word in words)
    return not past and any({"Tense=Pres", "VerbForm=Fin"} <= one for one in features)


def _meant(words: str, written: _Day | None) -> Iterator[_Day | None]:
    """The times that the words mean; None for each that cannot be told."""
    folded = text.fold(words)
    for known in LEXICONS.values():
        for pattern, unit, offset in known.times.relative:
            for match in re.finditer(pattern, folded):
                month = match.groupdict().get("month")
                if month is None:
                    yield _moved(written, unit, offset)
                else:
                    yield _next_named(written, _number_of(month, known), offset)


def _number_of(month: str, known: Lexicon) -> int:
    return known.months.index(month) + 1 if month in known.months else 0


def _moved(written: _Day | None, unit: str, offset: int) -> _Day | None:
    """A date so many units on, as exact as the unit; None where the document's is less so."""
    exact = {"day": 0, "month": 1, "year": 2}.get(unit)
    if written is None or exact is None or written.exact > exact:
        return None
    day = written.day
    if unit == "day":
        return _Day(day + timedelta(days=offset), exact)
    months = day.year * _MONTHS + day.month - 1 + offset * (_MONTHS if unit == "year" else 1)
    return _Day(date(months // _MONTHS, months % _MONTHS + 1, 1), exact)


def _next_named(written: _Day | None, month: int, offset: int) -> _Day | None:
    """The next month of that name, or the last one."""
    if written is None or not month or written.exact > 1:
        return None
    day = written.day
    passed = month <= day.month if offset > 0 else month >= day.month
    return _Day(date(day.year + (offset if passed else 0), month, 1), 1)


def _day(written: str) -> _Day | None:
    """A date of a document, ISO 8601, whole or in part."""
    match = _WRITTEN.match(written)
    if match is None:
        return None
    year, month, day = match.groups()
    try:
        exact = 0 if day else 1 if month else 2
        return _Day(date(int(year), int(month or 1), int(day or 1)), exact)
    except ValueError:
        return None


_NOW = Forms(lambda known: known.times.now)
