"""Choose between what was said and what the writer looks at, if any of it answers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing

from askdossier.ask import policy, reading, writing
from askdossier.ask.case import Case, Decision, Reading, cited, cites, each
from askdossier.ask.citable import Citable
from askdossier.ask.policy.signals import Signals
from askdossier.core import Claim, Evidence

WEIGHED = 2
"""Pieces of evidence at which the writer looks that get a second judgement each."""

Seen = tuple[Signals, Evidence]
"""A piece of evidence, with the signals of the evidence it was read in."""


def weigh(
    case: Case,
    claims: Sequence[Claim],
    seen: Sequence[Seen],
    said_of: Callable[[Evidence], Sequence[Claim]],
    otherwise: float,
) -> Decision:
    """Choose between claims and evidence that they do not cite, if any of it answers.

    What is likeliest to answer is shown: the claims, which are from the evidence of the first that
    was ``seen``, or what is ``said_of`` one piece of evidence alone. Where there is nothing to
    weigh, the confidence is the one before, ``otherwise``.
    """
    options: list[tuple[float, Evidence | None]] = []
    if claims:
        options.append((reading.confirmed(case, cited(claims[0]), seen[0][0]), None))
    # What was judged last is put into words without being read again: most often the first.
    others = [(of, item) for of, item in seen if not (claims and cites(claims[0], item))]
    options += [(reading.confirmed(case, (item,), of), item) for of, item in reversed(others)]
    options.sort(key=lambda option: -option[0])
    best = options[0][0] if options else otherwise
    for confidence, chosen in options:
        if confidence < case.task.strictness or case.stopped():
            break
        said = claims if chosen is None else said_of(chosen)
        if said:
            return Decision(confidence, each(said))
    return Decision(best)


def put(case: Case, citable: Citable, item: Evidence) -> Sequence[Claim]:
    """Let the writer put one sentence of the evidence into words, or quote it."""
    with closing(writing.drafted(case, (item,), citable, whole=True)) as drafted:
        said = list(drafted)
    if said and cites(said[0], item):
        return said
    return () if case.stopped() else writing.quoted(case, citable, item)


def unseen(case: Case, citable: Citable, read: Reading, confidence: float) -> Decision:
    """Let the best evidence speak for itself where nothing is known of what the writer looks at.

    Where it could not be sure of that, it takes a second look, or must be the surer.
    """
    doubted = case.policy.may_change(read.signals, case.task.strictness)
    if confidence < policy.QUOTE_FROM and not doubted:
        return Decision(confidence)
    claims = writing.quoted(case, citable, *read.evidence)
    if claims and doubted:
        confidence = reading.checked(case, claims[0], read.signals)
    return Decision(confidence, each(claims if holds(case, confidence) else ()))


def holds(case: Case, confidence: float) -> bool:
    """Whether that is sure enough, and somebody waits."""
    return confidence >= case.task.strictness and not case.stopped()
