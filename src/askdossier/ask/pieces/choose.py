"""Choose the sentences that belong to an answer, by what the writer looks at as it begins one.

That tells what answers by itself, as the members of a list do. Of an explanation no sentence does;
there the nearness to the question tells more.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from askdossier.ask import reading
from askdossier.ask.case import Case
from askdossier.ask.pieces.vectors import vector
from askdossier.ask.policy.signals import Signals
from askdossier.core import Evidence

MOST = 16
"""Sentences that the writer reads at first, and of those like the ones chosen."""
MORE = 8
"""Sentences that it reads next, where the first seem to answer."""
SURE = math.log(0.15)
"""Odds against the likeliest sentence from which another surely belongs to the answer as well, as a
logarithm; chosen on ``questions/several_dev.jsonl`` and MultiSpanQA (``benchmarks/pieces.py``)."""
TOGETHER = 0.1
"""Share of the strictness below which what was read does not answer: a writer that answers in one
sentence hardly believes in one that takes several."""
DOUBTFUL = math.log(0.05)
"""From which it may belong."""
_LOOKED, _NEAR = 0.28, 35.0
"""What the log-odds by which a sentence is looked at count in an explanation, and its cosine with
the question. Fitted as a conditional logit on LFQA, MDS, questions of FAQs and several_dev, in a
script that was not kept (``benchmarks/pieces.py`` measures what they give), and scaled so that
``SURE`` stays what it is."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence, and how likely it belongs to the answer."""

    evidence: Evidence
    odds: float
    """Log-odds, but for a constant of the question."""
    listed: bool = False
    """It is an item of a list that belongs as a whole."""


@dataclass(frozen=True, slots=True)
class Choosing:
    """What was made of the sentences that may belong to an answer."""

    pieces: tuple[Piece, ...]
    """Those that were read, the likeliest first."""
    confidence: float
    """Probability that what was read answers."""
    signals: Signals | None = None
    """Of the prompt that says so; None where nothing was read."""

    def answers(self, strictness: float) -> bool:
        """Whether what was read seems to answer."""
        return bool(self.pieces) and self.confidence >= strictness * TOGETHER

    @property
    def sure(self) -> tuple[Piece, ...]:
        """Those that surely belong, if what was read answers; always one if there is any."""
        return self._within(0.0, SURE)

    @property
    def doubtful(self) -> tuple[Piece, ...]:
        """Those that may belong."""
        return self._within(SURE, DOUBTFUL)

    def joined(self, other: Choosing) -> Choosing:
        """Both together."""
        pieces = sorted((*self.pieces, *other.pieces), key=lambda piece: -piece.odds)
        surest = max(self, other, key=lambda one: one.confidence)
        return replace(surest, pieces=tuple(pieces))

    def _within(self, above: float, least: float) -> tuple[Piece, ...]:
        best = self.pieces[0].odds if self.pieces else 0.0
        return tuple(
            piece
            for piece in self.pieces
            if least <= piece.odds - best and (not above or piece.odds - best < above)
        )


def chosen(case: Case, found: Sequence[Evidence]) -> Choosing:
    """Judge the sentences ``found``, which come best first.

    Ends early when nobody waits any more.
    """
    return _chosen(case, found, lambda item, odds: odds)


def explaining(case: Case, found: Sequence[Evidence]) -> Choosing:
    """Judge them as parts of an explanation; otherwise as ``chosen``."""

    def weighed(item: Evidence, odds: float) -> float:
        return _LOOKED * odds + _NEAR * float(vector(case.index, item) @ case.query.vector)

    return _chosen(case, found, weighed)


def _chosen(
    case: Case, found: Sequence[Evidence], weighed: Callable[[Evidence, float], float]
) -> Choosing:
    pieces: list[Piece] = []
    surest = Choosing((), 0.0)
    at_once = case.policy.at_once
    for start in range(0, len(found), at_once):
        if case.stopped():
            break
        together = found[start : start + at_once]
        judged = reading.judge(case, together)
        signals = Signals.of(judged, together, case.language)
        confidence = case.policy.probability(signals)
        if surest.signals is None or confidence > surest.confidence:
            surest = Choosing((), confidence, signals)
        odds = map(weighed, together, case.policy.belonging(judged, together))
        pieces += map(Piece, together, odds)
    return replace(surest, pieces=tuple(sorted(pieces, key=lambda piece: -piece.odds)))
