"""The words of the dossier that a failed draft was made from.

A small writer often finds the right sentence and then puts it badly. Where the draft fails, what it
adds to its question tells which words to quote instead.
"""

from __future__ import annotations

from collections.abc import Sequence

from askdossier import text
from askdossier.verify import facts
from askdossier.verify.attribution import share
from askdossier.verify.checks.added import what_it_adds
from askdossier.verify.holding import added_figures, holds, told_names
from askdossier.verify.records import Extract, Sources, Statement, near

_MADE_OF = 0.5
"""Share of what the draft adds that a sentence holds for the draft to be made from it."""
_FAR = 0.06
"""Cosine with the question by which it may lie below the nearest sentence."""


def intended(statement: Statement, question: str, sources: Sources) -> Extract | None:
    """Find the sentence that a draft was made from, by what the draft adds to the question.

    It holds at least half of that, a figure if any was added, asks nothing, names nobody else
    where no name of the question stands, and is about as near to the question as any. None when
    there is none.
    """
    words = what_it_adds(statement, question)
    if not words:
        return None
    figures = added_figures(statement.text, question)
    least = max(sources.relevances) - _FAR
    best, found = 0.0, None
    for candidate, cosine, relevance in zip(
        sources.extracts, sources.cosines, sources.relevances, strict=True
    ):
        if relevance < least or text.asks(candidate.quote):
            continue
        own = facts.figures(candidate.quote)
        if figures and not any(f.agrees(other) for f in figures for other in own):
            continue
        if not _is_about(question, candidate, sources.extracts):
            continue
        held = share(words, statement.language, [candidate])
        if figures and candidate.language != statement.language:
            held = 1.0
        if held >= _MADE_OF and held + cosine + relevance > best:
            best, found = held + cosine + relevance, candidate
    return found


def _is_about(question: str, candidate: Extract, candidates: Sequence[Extract]) -> bool:
    """Whether it names nobody, or somebody of the question is named there or near it."""
    named = told_names(question)
    if not named or not told_names(candidate.quote):
        return True
    around = [other for other in candidates if near(candidate, other)]
    return any(holds(name, other) for name in named for other in around)
