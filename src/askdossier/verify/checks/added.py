"""Check that what a sentence cites holds what it adds to its question.

Most of a sentence repeats the question; what counts is the rest.
"""

from __future__ import annotations

from collections.abc import Sequence

from askdossier import text
from askdossier.verify import facts, holding
from askdossier.verify.attribution import share, stems
from askdossier.verify.records import Asked, Extract, Problem, Sources, Statement, in_words

_REASONS = {
    "fr": "la source ne dit pas ce que la phrase ajoute à la question",
    "en": "the source does not say what the sentence adds to the question",
}

_HELD = 0.6
"""Share of what a sentence adds to the question that its citations hold at least."""
_SURE = 0.88
"""Cosine across languages from which a sentence is supported that adds no figure and no name."""


def check(statement: Statement, question: Asked | None, sources: Sources) -> Problem | None:
    """Too little of what it adds stands there."""
    if question is None or not sources.cited:
        return None
    if any(one.language != statement.language for one in sources.cited):
        held = sources.score >= _SURE or anchored(statement.text, question.text, sources.cited)
    else:
        words = what_it_adds(statement, question.text)
        held = not words or share(words, statement.language, sources.cited) >= _HELD
    if held:
        return None
    return Problem("added", "unsupported", in_words(_REASONS, statement.language))


def what_it_adds(statement: Statement, question: str) -> frozenset[str]:
    """Give the stems of a sentence that its question has not."""
    return stems(statement) - frozenset(text.search_tokens(question, {statement.language}))


def anchored(sentence: str, question: str, cited: Sequence[Extract]) -> bool:
    """Whether a figure or a name that a sentence adds to its question stands in the extracts.

    Across languages words do not match, and vectors alone tell little.
    """
    figures = holding.added_figures(sentence, question)
    there = [figure for one in cited for figure in facts.figures(one.quote)]
    if any(figure.agrees(other) for figure in figures for other in there):
        return True
    asked = {word for name in facts.names(question) for word in name.words}
    names = [name for name in holding.told_names(sentence) if not name.words & asked]
    return any(holding.holds(name, one) for name in names for one in cited)
