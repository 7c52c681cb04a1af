"""Whether the evidence answers the question, and which: what can be read in the writer.

Asked, a small writer says Yes too readily; its hidden state knows better (Slobodkin et al. 2023,
arXiv:2310.11877). A linear head reads it there, and a second one once a sentence is drafted and
checked, when the writer is asked again with only the words that it cites. As it begins to answer,
some of its attention heads look at the words that hold the answer, more often than its reply is
made from them ("retrieval heads": Wu et al. 2024, arXiv:2404.15574). All this is trained for the
default writer; for others what they say has to do.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from askdossier.records import Choice, Evidence, Language

Vector = NDArray[np.float32]

HEAD = Path(__file__).with_name("answerability.npz")
"""Written by ``benchmarks/fit_abstention.py``; its card stands in docs/answering.md."""
EAGERNESS = {"en": 1.2}
"""Log-odds by which a writer says Yes more readily in English than in French; the default one's."""
BEST_CENTRE = 0.89
"""About the score of a good sentence, so that the coefficient is for what is above or below it."""
QUOTE_FROM = 0.6
"""Probability from which evidence may be quoted for a writer of which nothing was learned, when no
drafted sentence holds at all; chosen on the sample questions."""

HOPELESS = 0.5
"""Share of the strictness below which evidence is not worth a draft; above it, what the draft cites
may still tell."""
FURTHER = 0.5
"""Probability below which the writer reads what comes next as well; chosen on PIAF."""
UNSURE = 0.25
"""Share of what the strictness leaves to certainty that still counts as a doubt: the wider, the
more questions wait for a second look; chosen on PIAF."""

LEAST_LOOK = 1e-3
"""Added to shares of attention before their logarithm is taken."""
AS_MUCH = 0.4
"""Odds against the likeliest that count as much; chosen on PIAF by cross-validation."""

FOR_OTHERS = (-0.93, 0.81, 8.21)
"""Intercept and coefficients of ``features`` for other writers: fitted on what the default one said
on PIAF and NoMIRACL under an earlier prompt; docs/answering.md says what they cost today."""


@dataclass(frozen=True, slots=True)
class Signals:
    """What tells whether the evidence answers a question."""

    judgement: float
    """The writer's P(yes), uncalibrated."""
    best: float
    """Score of the best evidence sentence."""
    language: Language
    """Of the question."""
    writer: str = ""
    """Its name."""
    state: Vector | None = None
    """See ``records.Choice``."""

    @classmethod
    def of(
        cls, judged: Choice, evidence: Sequence[Evidence], language: Language, writer: str
    ) -> Signals:
        """Put together what the writer says, shows and has read."""
        best = max(item.score for item in evidence)
        return cls(judged.probabilities[0], best, language, writer, judged.state)


@dataclass(frozen=True, slots=True)
class Head:
    """A logistic regression over a writer's states."""

    weights: Vector
    """Shape ``(2, d)``, for states of unit length: see ``records.Choice``."""
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
        """Log-odds of each part, but for a constant; attention as in ``records.Choice``."""
        return looks(attention, scores, self.heads) @ self.weights


@dataclass(frozen=True, slots=True)
class Trained:
    """What has been learned of one writer.

    On the data it was trained on, what the writer says adds nothing to it.
    """

    writer: str
    """Name of the writer, without its precision."""
    prompts: str
    """``answer.fingerprint`` of those behind which it was trained."""
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


def probability(signals: Signals) -> float:
    """Calibrated probability that the evidence answers, by logistic regression.

    Coefficients fitted by ``benchmarks/fit_abstention.py``; see docs/answering.md.
    """
    known, own = features(signals), trained()
    if signals.state is None or not own.reads(signals.writer):
        return _logistic(FOR_OTHERS, known)
    return _logistic(own.joined, (known[1], own.evidence.log_odds(signals.state)))


def may_change(signals: Signals, strictness: float) -> bool:
    """Whether ``confirmed`` is worth asking the writer again, if only for the figure it gives."""
    return _is_read(signals) and probability(signals) < sure_from(strictness)


def reads_on(signals: Signals) -> bool:
    """Whether further evidence is to be read: only a trained writer can tell which is better."""
    return _is_read(signals) and probability(signals) < FURTHER


def _is_read(signals: Signals) -> bool:
    return signals.state is not None and trained().reads(signals.writer)


def sure_from(strictness: float) -> float:
    """Give the probability from which no second look is taken at what is cited."""
    return 1 - UNSURE * (1 - strictness)


def confirmed(signals: Signals, quotes: Choice) -> float:
    """Calibrated probability that words of the evidence answer, or a sentence that cites them.

    ``signals`` are those of all the evidence; ``quotes`` is what the writer then makes of these
    words alone. For a writer without a head they add nothing.
    """
    own = trained()
    if signals.state is None or quotes.state is None or not own.reads(signals.writer):
        return probability(signals)
    read = own.evidence.log_odds(signals.state), own.quotes.log_odds(quotes.state)
    return _logistic(own.confirmed, (features(signals)[1], *read))


def looked_at(judged: Choice, evidence: Sequence[Evidence], writer: str) -> tuple[Evidence, ...]:
    """Give the evidence that likeliest answers by what the writer looks at, the likeliest first.

    ``judged`` is what it made of this evidence. What is nearly as likely comes along. Empty for a
    writer of which nothing was learned.
    """
    own = trained()
    if judged.attention is None or not own.reads(writer):
        return ()
    odds = own.looking.log_odds(judged.attention, [item.score for item in evidence])
    least = odds.max() + math.log(AS_MUCH)
    return tuple(evidence[i] for i in np.argsort(-odds) if odds[i] >= least)


def looks(attention: Vector, scores: Sequence[float], heads: NDArray[np.int64]) -> Vector:
    """Log attention of some heads to each part, and its score: shape ``(parts, k + 1)``."""
    layers, numbers = heads.T
    seen = np.log(attention[layers, numbers] + LEAST_LOOK)
    return np.column_stack([seen.T, np.asarray(scores, np.float32)])


def _logistic(coefficients: Sequence[float] | Vector, known: Sequence[float]) -> float:
    intercept, *weights = map(float, coefficients)
    z = intercept + sum(weight * value for weight, value in zip(weights, known, strict=True))
    return 1 / (1 + math.exp(-z))


def features(signals: Signals) -> tuple[float, ...]:
    """Give what is known of every writer: its judgement's log-odds, and the best score."""
    eagerness = EAGERNESS.get(signals.language, 0.0)
    return log_odds(signals.judgement) - eagerness, signals.best - BEST_CENTRE


def log_odds(probability: float) -> float:
    """Bounded at ±9, so that a writer that is too sure of itself does not decide alone."""
    bounded = min(max(probability, 1e-4), 1 - 1e-4)
    return math.log(bounded / (1 - bounded))


def unit(states: Vector) -> Vector:
    """Scale states, shape ``(…, d)``, to unit length."""
    scaled: Vector = states / np.linalg.norm(states, axis=-1, keepdims=True)
    return scaled


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
