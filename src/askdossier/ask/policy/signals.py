"""What tells whether the evidence answers a question."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from askdossier.core import Choice, Evidence, Language

Vector = NDArray[np.float32]

EAGERNESS = {"en": 1.2}
"""Log-odds by which a writer says Yes more readily in English than in French; the default one's."""
BEST_CENTRE = 0.89
"""About the score of a good sentence, so that the coefficient is for what is above or below it."""


UNSURE = 0.25
"""Share of what the strictness leaves to certainty that still counts as a doubt: the wider, the
more questions wait for a second look; chosen on PIAF."""


@dataclass(frozen=True, slots=True)
class Signals:
    """What tells whether the evidence answers a question."""

    judgement: float
    """The writer's P(yes), uncalibrated."""
    best: float
    """Score of the best evidence sentence."""
    language: Language
    """Of the question."""
    state: Vector | None = None
    """See ``core.Choice``."""

    @classmethod
    def of(cls, judged: Choice, evidence: Sequence[Evidence], language: Language) -> Signals:
        """Put together what the writer says, shows and has read."""
        best = max(item.score for item in evidence)
        return cls(judged.probabilities[0], best, language, judged.state)


def features(signals: Signals) -> tuple[float, ...]:
    """Give what is known of every writer: its judgement's log-odds, and the best score."""
    eagerness = EAGERNESS.get(signals.language, 0.0)
    return log_odds(signals.judgement) - eagerness, signals.best - BEST_CENTRE


def unit(states: Vector) -> Vector:
    """Scale states, shape ``(…, d)``, to unit length."""
    scaled: Vector = states / np.linalg.norm(states, axis=-1, keepdims=True)
    return scaled


def sure_from(strictness: float) -> float:
    """Give the probability from which no second look is taken at what is cited."""
    return 1 - UNSURE * (1 - strictness)


def logistic(coefficients: Sequence[float] | Vector, known: Sequence[float]) -> float:
    """Probability, from the intercept and the coefficients of what is known."""
    intercept, *weights = map(float, coefficients)
    z = intercept + sum(weight * value for weight, value in zip(weights, known, strict=True))
    return 1 / (1 + math.exp(-z))


def log_odds(probability: float) -> float:
    """Bounded at ±9, so that a writer that is too sure of itself does not decide alone."""
    bounded = min(max(probability, 1e-4), 1 - 1e-4)
    return math.log(bounded / (1 - bounded))
