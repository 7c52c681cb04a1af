"""Which figures and names of a sentence stand in words of the dossier."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from askdossier.verify import facts
from askdossier.verify.facts import Figure, Name
from askdossier.verify.facts.dates import UNITS, YEARS
from askdossier.verify.records import Extract, Statement


def missing_figures(figures: Sequence[Figure], cited: Sequence[Extract]) -> list[Figure]:
    """Give the figures that no extract holds, nor its document's date."""
    held = [figure for extract in cited for figure in _figures_of(extract.quote)]
    dates = [figure for extract in cited for figure in facts.figures(extract.date)]
    return [
        figure for figure in figures if not any(figure.agrees(other) for other in [*held, *dates])
    ]


def _figures_of(quote: str) -> Iterator[Figure]:
    """The figures of a quote, and those whose unit is left out: "22 minutes on foot, by bus 31"."""
    unit = ""
    for figure in facts.figures(quote):
        yield figure
        if figure.unit:
            unit = "" if figure.unit in UNITS else figure.unit
        elif unit and quote[figure.span.end :][:1] in _ENDS and not figure.values & YEARS:
            yield replace(figure, unit=unit)


_ENDS = frozenset(("", ".", ",", ";", ")"))


def missing_names(
    names: Sequence[Name], cited: Sequence[Extract], known: Collection[Name]
) -> list[Name]:
    """Give the names that no extract holds; ``known`` are those of all candidates."""
    return [name for name in names if not any(holds(name, one, known) for one in cited)]


def holds(name: Name, extract: Extract, known: Collection[Name] = ()) -> bool:
    """Whether a name stands in an extract, or in what stands above it."""
    parts = (extract.quote, extract.title)
    return any(facts.stands_in(name, part, extract.language, known) for part in parts)


def known_names(candidates: Sequence[Extract]) -> frozenset[Name]:
    """Give the names of all candidates."""
    return frozenset(name for one in candidates for name in facts.names(one.quote))


def certain_names(statement: Statement, known: Collection[Name]) -> list[Name]:
    """Give the names that must be found.

    A single capitalised word that opens the sentence counts only if the dossier writes it with a
    capital elsewhere than at a beginning.
    """
    words = {word for name in known if not name.opens for word in name.words}
    return [
        name
        for name in facts.names(statement.text)
        if not name.opens or len(name.words) > 1 or name.words <= words
    ]


def told_names(words: str) -> list[Name]:
    """Give the names that a capital proves, for they open no sentence."""
    return [name for name in facts.names(words) if not name.opens]


def added_figures(sentence: str, question: str) -> list[Figure]:
    """Give the figures of a sentence that its question has not."""
    asked = facts.figures(question)
    return [f for f in facts.figures(sentence) if not any(f.agrees(other) for other in asked)]
