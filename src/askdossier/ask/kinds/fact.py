"""Any other question: the writer puts into words what it finds."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from functools import partial

from askdossier.ask import reading, writing
from askdossier.ask.case import Case, Decision, Reading, cites
from askdossier.ask.citable import Citable
from askdossier.ask.weighing import WEIGHED, Seen, holds, put, unseen, weigh
from askdossier.core import Claim, Evidence


def matches(question: str) -> bool:
    """Every question is one."""
    del question
    return True


def answer(
    case: Case, readings: Sequence[Reading], citable: Citable, confidence: float
) -> Decision:
    """Draft, check, judge again."""
    first = readings[0]
    seen: list[Seen] = [(one.signals, item) for one in readings for item in one.looked[:WEIGHED]]
    say = partial(put, case, citable)
    if len(readings) > 1:
        return weigh(case, (), seen, say, confidence)
    doubted = case.policy.may_change(first.signals, case.task.strictness)
    drafted = writing.drafted(case, first.evidence, citable, whole=doubted, complete=True)
    claim = next(drafted, None)
    if claim is not None and _settled(claim, first.looked):
        if doubted:
            confidence = reading.checked(case, claim, first.signals)
        if holds(case, confidence):
            return Decision(confidence, _all(claim, drafted))
        drafted.close()
        return Decision(confidence)
    claims = [] if claim is None else [claim, *drafted]
    if case.stopped():
        return Decision(confidence)
    if first.looked:
        return weigh(case, claims, seen, say, confidence)
    return unseen(case, citable, first, confidence)


def _all(first: Claim, others: Generator[Claim]) -> Generator[Claim]:
    """The claims as they come."""
    yield first
    yield from others


def _settled(claim: Claim, looked: Sequence[Evidence]) -> bool:
    """Whether a first claim is made from what the writer looks at.

    Where it stands as a quote for a sentence that failed, it leaves out nothing that is weighed.
    """
    there = [cites(claim, item) for item in looked]
    return all(there[:WEIGHED]) or (any(there) and claim.support != "quoted")
