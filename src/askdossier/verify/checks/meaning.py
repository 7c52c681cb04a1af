"""Check that what a sentence cites says what it says."""

from __future__ import annotations

from askdossier.verify.records import Asked, Problem, Sources, Statement, in_words

_REASONS = {
    "fr": "la source ne le dit pas entièrement",
    "en": "the source does not say all of it",
}

# Tuned on RTE3-FR and on PIAF sentences with a changed fact: benchmarks/support.py.
SUPPORTED, PARTLY = 0.60, 0.45
_FOREIGN_SUPPORTED, _FOREIGN_PARTLY = 0.86, 0.83


def check(statement: Statement, question: Asked | None, sources: Sources) -> Problem | None:
    """The share of its words that the cited words hold, moved by the cosine of their vectors."""
    del question
    if not sources.cited:
        return None
    foreign = sources.cited[0].language != statement.language
    supported, partly = (_FOREIGN_SUPPORTED, _FOREIGN_PARTLY) if foreign else (SUPPORTED, PARTLY)
    if sources.score >= supported:
        return None
    reason = in_words(_REASONS, statement.language)
    return Problem("meaning", "partly" if sources.score >= partly else "unsupported", reason)
