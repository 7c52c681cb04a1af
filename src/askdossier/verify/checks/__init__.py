"""The checks that a sentence goes through before it is shown, in order.

Each is a function ``(statement, question, sources) -> Problem | None`` in a file of its own, with
its reasons in words; ``tests/checks/`` holds a table of cases for each. The answer, the judge of
the evaluation and any text that is checked go through this list and no other. Of several problems
the gravest decides and, of those, the first. A check that is about the question has nothing to say
where none is asked.
"""

from __future__ import annotations

from collections.abc import Callable

from askdossier.verify.checks import (
    added,
    belonging,
    extent,
    figures,
    kind,
    meaning,
    names,
    negation,
    relevance,
    sourced,
    standing,
    worded,
)
from askdossier.verify.records import Asked, Problem, Sources, Statement

Check = Callable[[Statement, Asked | None, Sources], Problem | None]

CHECKS: tuple[Check, ...] = (
    relevance.check,
    kind.check,
    sourced.check,
    figures.check,
    names.check,
    negation.check,
    belonging.check,
    standing.check,
    extent.check,
    figures.check_bounds,
    meaning.check,
    names.check_opening,
    added.check,
    worded.check,
)
