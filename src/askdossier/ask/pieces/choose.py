"""Choose the sentences that belong to an answer, by what the writer looks at as it begins one.

That tells what answers by itself, as the members of a list do. Of an explanation no sentence does;
there the nearness to the question tells more. A writer into which nobody can look says itself which
belong, in one reply, of a list as of an explanation.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from askdossier.ask import reading
from askdossier.ask.case import Case
from askdossier.ask.pieces.numbers import numbered
from askdossier.ask.pieces.vectors import vector
from askdossier.ask.policy import Discerning
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
_JUDGED = 8
"""Sentences that are judged at once, where the writer is asked which it needs: the best."""
_STAND_IN = 5
"""The best sentences, which belong where a writer does not say which do."""
NEVER = -math.inf
"""Log-odds of a sentence of which was asked whether it belongs, and which does not."""

Teller = Literal["looks", "words", "order"]
"""What tells which sentences belong: what the writer looks at, what it says, or the order in which
they were found."""


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
    """Of the prompt that says so; None where a piece that is read alone would tell nothing more."""
    by: Teller = "looks"
    """Else than by looks, pieces belong or not, and none of them more than another."""
    unread: int = 0
    """Pieces that the writer was not given: see ``core.Choice``."""

    def answers(self, strictness: float) -> bool:
        """Whether what was read seems to answer."""
        return bool(self.pieces) and self.confidence >= strictness * TOGETHER

    @property
    def sure(self) -> tuple[Piece, ...]:
        """Those that surely belong, if what was read answers; by looks, one if there is any."""
        return self._within(0.0, SURE)

    @property
    def doubtful(self) -> tuple[Piece, ...]:
        """Those that may belong."""
        return self._within(SURE, DOUBTFUL)

    def joined(self, other: Choosing) -> Choosing:
        """Both together."""
        pieces = sorted((*self.pieces, *other.pieces), key=lambda piece: -piece.odds)
        surest = max(self, other, key=lambda one: one.confidence)
        return replace(surest, pieces=tuple(pieces), unread=self.unread + other.unread)

    def _within(self, above: float, least: float) -> tuple[Piece, ...]:
        best = self.pieces[0].odds if self.pieces else NEVER
        if best == NEVER:
            return ()
        return tuple(
            piece
            for piece in self.pieces
            if least <= piece.odds - best and (not above or piece.odds - best < above)
        )


def chosen(case: Case, found: Sequence[Evidence]) -> Choosing:
    """Judge the sentences ``found``, which come best first.

    Ends early when nobody waits any more.
    """
    policy = case.policy
    if not isinstance(policy, Discerning):
        return named(case, found)
    return _looked_at(case, policy, found, lambda item, odds: odds)


def explaining(case: Case, found: Sequence[Evidence]) -> Choosing:
    """Judge them as parts of an explanation; otherwise as ``chosen``."""
    policy = case.policy
    if not isinstance(policy, Discerning):
        return named(case, found)

    def weighed(item: Evidence, odds: float) -> float:
        return _LOOKED * odds + _NEAR * float(vector(case.index, item) @ case.query.vector)

    return _looked_at(case, policy, found, weighed)


def named(case: Case, found: Sequence[Evidence]) -> Choosing:
    """Ask whether the best of the sentences ``found`` answer, and if so which of all belong.

    Those that do keep the order in which they were found: a writer mostly gives their numbers as
    they come, and where it does not, nothing says that it means the likelier first.
    """
    if not found or case.stopped():
        return Choosing((), 0.0, by="words")
    best = found[:_JUDGED]
    judged = reading.judge(case, best)
    signals = Signals.of(judged, best, case.language)
    none = tuple(Piece(item, NEVER) for item in found)
    confidence = case.policy.probability(signals)
    choosing = Choosing(none, confidence, by="words", unread=judged.unread)
    if case.stopped() or not choosing.answers(case.task.strictness):
        return choosing
    told = numbered(case, found)
    needed, by = told.sentences, choosing.by
    if needed is None:
        needed, by = tuple(found[:_STAND_IN]), "order"
    choosing = replace(choosing, by=by, unread=told.unread)
    pieces = [Piece(item, 0.0 if item in needed else NEVER) for item in found]
    return replace(choosing, pieces=tuple(sorted(pieces, key=lambda piece: -piece.odds)))


def _looked_at(
    case: Case,
    policy: Discerning,
    found: Sequence[Evidence],
    weighed: Callable[[Evidence, float], float],
) -> Choosing:
    pieces: list[Piece] = []
    surest = Choosing((), 0.0)
    at_once = policy.at_once
    for start in range(0, len(found), at_once):
        if case.stopped():
            break
        together = found[start : start + at_once]
        judged = reading.judge(case, together)
        signals = Signals.of(judged, together, case.language)
        confidence = policy.probability(signals)
        if surest.signals is None or confidence > surest.confidence:
            surest = Choosing((), confidence, signals)
        odds = map(weighed, together, policy.belonging(judged, together))
        pieces += map(Piece, together, odds)
    return replace(surest, pieces=tuple(sorted(pieces, key=lambda piece: -piece.odds)))
