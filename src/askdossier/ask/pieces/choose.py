"""Choose the sentences that belong to an answer, by what the writer looks at as it begins one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from askdossier.ask import reading
from askdossier.ask.case import Case
from askdossier.ask.policy.signals import Signals
from askdossier.core import Evidence

MOST = 16
"""Sentences that the writer reads at first, and once more at most."""
SURE = 0.4
"""Probability from which a sentence belongs to the answer."""
DOUBTFUL = 0.2
"""From which it is shown as what may belong to it."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence, and how likely it belongs to the answer."""

    evidence: Evidence
    probability: float


@dataclass(frozen=True, slots=True)
class Choosing:
    """What was made of the sentences that may belong to an answer."""

    pieces: tuple[Piece, ...]
    """Those that were read, the likeliest first."""
    confidence: float
    """Probability that what was read answers."""

    def joined(self, other: Choosing) -> Choosing:
        """Both together."""
        pieces = sorted((*self.pieces, *other.pieces), key=lambda piece: -piece.probability)
        return Choosing(tuple(pieces), max(self.confidence, other.confidence))


def chosen(case: Case, found: Sequence[Evidence]) -> Choosing:
    """Judge the sentences ``found``, which come best first.

    Ends early when nobody waits any more.
    """
    pieces: list[Piece] = []
    confidence = 0.0
    at_once = case.policy.at_once
    for start in range(0, len(found), at_once):
        if case.stopped():
            break
        together = found[start : start + at_once]
        judged = reading.judge(case, together)
        likely = case.policy.belonging(judged, together)
        signals = Signals.of(judged, together, case.language)
        confidence = max(confidence, case.policy.probability(signals))
        pieces += map(Piece, together, likely)
    return Choosing(tuple(sorted(pieces, key=lambda piece: -piece.probability)), confidence)
