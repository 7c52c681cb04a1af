"""Check that a sentence answers this question, and not something else."""

from __future__ import annotations

from askdossier import text
from askdossier.lang.forms import Forms
from askdossier.verify.records import Asked, Problem, Sources, Statement, in_words

_REASONS = {
    "fr": "cette phrase ne répond pas à la question",
    "en": "this sentence does not answer the question",
}

_FURTHER = 0.06
"""On the sample questions, right answers lay within 0.036 of the nearest sentence (short ones are
the farthest), sentences that answered something else 0.065 and more below it."""
_OF_EXCERPTS = Forms(lambda known: known.replies.of_excerpts)
"""A sentence about the excerpts that the writer was given answers nothing."""


def check(statement: Statement, question: Asked | None, sources: Sources) -> Problem | None:
    """An answer is about as near to its question as the words it could be made from."""
    if question is None:
        return None
    closest = max(
        (
            relevance
            for one, relevance in zip(sources.extracts, sources.relevances, strict=True)
            if not text.asks(one.quote)
        ),
        default=0.0,
    )
    if _OF_EXCERPTS.search(statement.text) or question.relevance < closest - _FURTHER:
        return Problem("relevance", "elsewhere", in_words(_REASONS, statement.language))
    return None
