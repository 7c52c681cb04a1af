"""Check that there is anything that a sentence could cite."""

from __future__ import annotations

from askdossier.verify.records import Asked, Problem, Sources, Statement, in_words

_REASONS = {"fr": "aucune source", "en": "no source"}


def check(statement: Statement, question: Asked | None, sources: Sources) -> Problem | None:
    """Something must be told that a sentence can be held against."""
    del question
    if sources.cited:
        return None
    return Problem("sourced", "unsupported", in_words(_REASONS, statement.language))
