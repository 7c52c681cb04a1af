"""Check that the figures of a sentence, as values with their units, stand in what it cites."""

from __future__ import annotations

from collections.abc import Sequence

from askdossier import text
from askdossier.verify import facts, holding
from askdossier.verify.facts import Figure
from askdossier.verify.records import Asked, Extract, Problem, Sources, Statement, in_words

_REASONS = {"fr": "{} n’est pas dans la source", "en": "{} is not in the source"}
_SIGNS = {"more": "> ", "less": "< ", "about": "≈ ", "": ""}


def check(statement: Statement, question: Asked | None, sources: Sources) -> Problem | None:
    """A figure that is found nowhere, or stands for another one."""
    del question
    missing = holding.missing_figures(facts.figures(statement.text), sources.cited)
    if not missing:
        return None
    reason = _replaced(missing[0], sources.cited[:1])
    quoted = text.in_quotes(missing[0].text, statement.language)
    absent = in_words(_REASONS, statement.language).format(quoted)
    return Problem("figures", "unsupported", reason or absent)


def _replaced(missing: Figure, best: Sequence[Extract]) -> str:
    """Say what stands there instead, such as ``700 ≠ 500``; empty where that is not certain."""
    others = [
        figure
        for extract in best
        for figure in facts.figures(extract.quote)
        if figure.unit == missing.unit or not (figure.unit and missing.unit)
    ]
    return f"{missing.text} ≠ {others[0].text}" if len(others) == 1 else ""


def check_bounds(statement: Statement, question: Asked | None, sources: Sources) -> Problem | None:
    """A figure whose "plus de", "moins de" or "environ" differs from the cited words."""
    del question
    ranged = _ranged(statement.text, sources.cited)
    for figure in facts.figures(statement.text):
        if figure in ranged:
            continue
        others = [
            other
            for extract in sources.cited
            for other in facts.figures(extract.quote)
            if figure.agrees(other)
        ]
        if others and not any(o.bound == figure.bound or figure.rounds(o) for o in others):
            return Problem("figures", "partly", f"{_bounded(figure)} ≠ {_bounded(others[0])}")
    return None


def _ranged(sentence: str, cited: Sequence[Extract]) -> frozenset[Figure]:
    """The ends of ranges that stand there in whatever words: "de 5 à 7", "entre 5 et 7"."""
    there = [ends for one in cited for ends in facts.ranges(one.quote)]
    return frozenset(
        figure
        for low, high in facts.ranges(sentence)
        if any(low.agrees(left) and high.agrees(right) for left, right in there)
        for figure in (low, high)
    )


def _bounded(figure: Figure) -> str:
    return _SIGNS[figure.bound] + figure.text
