"""Check that a sentence reaches no farther than its source."""

from __future__ import annotations

from askdossier import text
from askdossier.verify.belonging.compared import compared
from askdossier.verify.belonging.extent import Overreach, overreach
from askdossier.verify.belonging.scope import narrowed
from askdossier.verify.records import Asked, Problem, Sources, Statement, in_words

_FARTHER = {"fr": "la source ne dit pas « {} »", "en": "the source does not say “{}”"}
_LIMITED = {"fr": "la source dit : « {} »", "en": "the source says “{}”"}


def check(statement: Statement, question: Asked | None, sources: Sources) -> Problem | None:
    """It says "all", "only", "in total" or "more than" where the source does not.

    Or it leaves out in which case, when, where or for whom alone the source says so, and neither
    the question nor a title tells.
    """
    both = compared(statement, sources)
    if both is None:
        return None
    found = overreach(both.claim, both.cited)
    if found is None:
        titles = " ".join(one.title for one in sources.cited)
        known = text.stems(f"{question.text if question else ''} {titles}")
        limit = narrowed(both.claim, both.cited, known)
        found = Overreach("", limit) if limit else None
    if found is None:
        return None
    reasons = _FARTHER if found.claimed else _LIMITED
    reason = in_words(reasons, statement.language).format(found.claimed or found.found)
    return Problem("extent", "partly", reason)
