"""When what a sentence of the dossier tells took place."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from askdossier import lang, text
from askdossier.core import Evidence, Language
from askdossier.index import Index
from askdossier.verify import facts
from askdossier.verify.facts import Moment

_LOOKED = 3000
"""Sentences with digits that are looked at, those nearest to what their document says first."""
_OPENS = 10
"""Characters within which a sentence begins with a year that those behind it are told in."""
_CELLS = " | "
_PRECISE = 0.5
"""What a month is worth, and once more a day, in standard deviations of that nearness."""


@dataclass(frozen=True, slots=True)
class Dated:
    """A sentence, and the first date in it that can be told."""

    evidence: Evidence
    moment: Moment


def dated(index: Index, evidence: Evidence) -> Dated | None:
    """Date a sentence; None where it has no date, or is a row of a table.

    What is without a year has that with which a sentence before it in its passage begins, or else
    lies near the date of the document.
    """
    found = facts.moments(evidence.quote)
    if not found or _CELLS in evidence.quote:
        return None
    first = found[0]
    if first.year is None:
        told = _said_before(index, evidence) or index.header(evidence.document).source.date or ""
        first = first.near(told)
    return Dated(evidence, first) if first.iso else None


def of_all(index: Index, names: Collection[str]) -> list[Dated]:
    """The dated sentences of documents, those first that say the most of what they are about."""
    places, near = [], []
    for name in names:
        rows = index.rows_of(name)
        if not rows:
            continue
        mean = index.vectors[rows.start : rows.stop].astype(np.float32).mean(axis=0)
        body = index.documents[name].text
        for row in rows:
            passage = index.passages[row]
            cosines = index.sentence_vectors(row) @ mean
            for span, cosine in zip(passage.sentences, cosines, strict=True):
                quote = span.of(body)
                if any(map(str.isdigit, quote)) and not text.asks(quote):
                    places.append(Evidence(name, span, quote, float(cosine), passage.id))
                    near.append(float(cosine))
    order = sorted(places, key=lambda item: -item.score)[:_LOOKED]
    found = [one for item in order if (one := dated(index, item)) is not None]
    spread = float(np.std(near)) if near else 1.0

    def worth(one: Dated) -> float:
        return one.evidence.score + _PRECISE * spread * one.moment.iso.count("-")

    return sorted(found, key=worth, reverse=True)


def said(moment: Moment, language: Language) -> str:
    """A date as it is told in a language."""
    words = lang.of(language).several
    if moment.month is None or not words.months:
        return moment.iso
    form = words.of_month if moment.day is None else words.of_day
    month = words.months[moment.month - 1]
    return form.format(day=moment.day, month=month, year=moment.year)


def _said_before(index: Index, evidence: Evidence) -> str:
    row = index.row_at(evidence.document, evidence.span.start)
    assert row is not None, "evidence stands in a passage"
    body = index.documents[evidence.document].text
    before = (s.of(body) for s in index.passages[row].sentences if s.start < evidence.span.start)
    opening = (one for each in before for one in facts.moments(each)[:1])
    years = [one.iso for one in opening if one.span.start <= _OPENS and one.iso]
    return years[-1] if years else ""
