"""Check that a sentence reaches no farther than its source."""

from __future__ import annotations

from askdossier.verify.belonging.compared import compared
from askdossier.verify.belonging.extent import overreach
from askdossier.verify.records import Asked, Problem, Sources, Statement, in_words

_FARTHER = {"fr": "la source ne dit pas « {} »", "en": "the source does not say “{}”"}
_LIMITED = {"fr": "la source dit : « {} »", "en": "the source says “{}”"}


def check(statement: Statement, question: Asked | None, sources: Sources) -> Problem | None:
    """It says "all", "only", "in total" or "more than" where the source does not."""
    del question
    both = compared(statement, sources)
    found = overreach(both.claim, both.cited) if both else None
    if found is None:
        return None
    reasons = _FARTHER if found.claimed else _LIMITED
    reason = in_words(reasons, statement.language).format(found.claimed or found.found)
    return Problem("extent", "partly", reason)
