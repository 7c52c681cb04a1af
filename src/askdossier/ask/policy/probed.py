"""When to answer with the default writer: what was learned to be read in it.

Asked, a small writer says Yes too readily; its hidden state knows better (Slobodkin et al. 2023,
arXiv:2310.11877). A linear head reads it there, and a second one once a sentence is drafted and
checked, when the writer is asked again with only the words that it cites. As it begins to answer,
some of its attention heads look at the words that hold the answer, more often than its reply is
made from them ("retrieval heads": Wu et al. 2024, arXiv:2404.15574).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from askdossier.ask.policy.plain import FOR_OTHERS, Plain
from askdossier.ask.policy.signals import (
    Signals,
    Vector,
    features,
    log_odds,
    logistic,
    sure_from,
    unit,
)
from askdossier.core import Choice, Evidence

HEAD = Path(__file__).with_name("answerability.npz")
"""Written by ``benchmarks/fit_abstention.py``; its card stands in docs/notebook.md."""

FURTHER = 0.5
"""Probability below which the writer reads what comes next as well; chosen on PIAF."""

LEAST_LOOK = 1e-3
"""Added to shares of attention before their logarithm is taken."""
AS_MUCH = 0.4
"""Odds against the likeliest that count as much; chosen on PIAF by cross-validation."""


@dataclass(frozen=True, slots=True)
class Head:
    """A logistic regression over a writer's states."""

    weights: Vector
    """Shape ``(2, d)``, for states of unit length: see ``core.Choice``."""
    bias: float

    def log_odds(self, states: Vector) -> float:
        """Log-odds that what was read answers, from states of shape ``(2, d)``."""
        return float((unit(states) * self.weights).sum()) + self.bias


@dataclass(frozen=True, slots=True)
class Looking:
    """A conditional logit over the evidence of a question: which of it answers, if any does.

    McFadden, "Conditional logit analysis of qualitative choice behavior", 1974.
    """

    heads: NDArray[np.int64]
    """Layer and number of the attention heads that find what answers, shape ``(k, 2)``."""
    weights: Vector
    """For their looks, and then for the score of the evidence: shape ``(k + 1,)``."""

    def log_odds(self, attention: Vector, scores: Sequence[float]) -> Vector:
        """Log-odds of each part, but for a constant; attention as in ``core.Choice``."""
        return looks(attention, scores, self.heads) @ self.weights


@dataclass(frozen=True, slots=True)
class Trained:
    """What has been learned of one writer.

    On the data it was trained on, what the writer says adds nothing to it.
    """

    writer: str
    """Name of the writer, without its precision."""
    prompts: str
    """``prompts.fingerprint`` of those behind which it was trained."""
    evidence: Head
    """For the states behind the evidence."""
    quotes: Head
    """For those behind the words that the answer's first sentence cites."""
    joined: Vector
    """Intercept, and the coefficients of the best score above its centre and of ``evidence``."""
    confirmed: Vector
    """The same with a coefficient of ``quotes`` behind them."""
    looking: Looking

    def reads(self, writer: str) -> bool:
        """Whether it was trained for the writer of that name, in whatever precision."""
        return writer.split(" ", 1)[0] == self.writer


class Probed:
    """The policy for a writer of which something was learned: see ``Discerning``.

    Where its states cannot be looked at, it is a writer like any other.
    """

    calibrated = True
    at_once = 8

    def __init__(self, own: Trained) -> None:
        self._own, self._otherwise = own, Plain()

    def probability(self, signals: Signals) -> float:
        """Calibrated by logistic regression: ``benchmarks/fit_abstention.py``."""
        if signals.state is None:
            return self._otherwise.probability(signals)
        best, read = features(signals)[1], self._own.evidence.log_odds(signals.state)
        return logistic(self._own.joined, (best, read))

    def may_change(self, signals: Signals, strictness: float) -> bool:
        """Where the state leaves a doubt."""
        return signals.state is not None and self.probability(signals) < sure_from(strictness)

    def confirmed(self, signals: Signals, quotes: Choice) -> float:
        """Both heads and the best score."""
        if signals.state is None or quotes.state is None:
            return self.probability(signals)
        own = self._own
        read = own.evidence.log_odds(signals.state), own.quotes.log_odds(quotes.state)
        return logistic(own.confirmed, (features(signals)[1], *read))

    def reads_on(self, signals: Signals) -> bool:
        """Where the doubt is great."""
        return signals.state is not None and self.probability(signals) < FURTHER

    def looked_at(self, judged: Choice, evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
        """Ask its attention."""
        if judged.attention is None:
            return ()
        odds = self._own.looking.log_odds(judged.attention, [item.score for item in evidence])
        least = odds.max() + math.log(AS_MUCH)
        return tuple(evidence[i] for i in np.argsort(-odds) if odds[i] >= least)

    def belonging(self, judged: Choice, evidence: Sequence[Evidence]) -> tuple[float, ...]:
        """Ask its attention, piece by piece.

        Where that cannot be looked at, what it says of all tells nothing of one against another.
        Its language is not asked for then, since that is compared with nothing but itself.
        """
        if judged.attention is None:
            said = logistic(FOR_OTHERS, features(Signals.of(judged, evidence, "")))
            return (log_odds(said),) * len(evidence)
        odds = self._own.looking.log_odds(judged.attention, [item.score for item in evidence])
        return tuple(map(float, odds))


def looks(attention: Vector, scores: Sequence[float], heads: NDArray[np.int64]) -> Vector:
    """Log attention of some heads to each part, and its score: shape ``(parts, k + 1)``."""
    layers, numbers = heads.T
    seen = np.log(attention[layers, numbers] + LEAST_LOOK)
    return np.column_stack([seen.T, np.asarray(scores, np.float32)])


@cache
def trained() -> Trained:
    """Read what comes with the package."""
    with np.load(HEAD, allow_pickle=False) as stored:
        return Trained(
            str(stored["writer"]),
            str(stored["prompts"]),
            Head(stored["evidence"], float(stored["evidence_bias"])),
            Head(stored["quotes"], float(stored["quotes_bias"])),
            stored["joined"],
            stored["confirmed"],
            Looking(stored["looking"], stored["looks"]),
        )
