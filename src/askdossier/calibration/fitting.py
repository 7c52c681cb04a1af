"""Make of readings what tells whether evidence answers: a logistic regression, cross-validated.

It weighs the writer's Yes, the best score and the language, and its hidden state if that tells
more; and, over that, its Yes at a second look, ``draft.right``. Both kinds of readings count the
same in all, however many there are of each.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from askdossier.ask import policy
from askdossier.ask.policy.calibrated import SHIFT, Rates
from askdossier.ask.policy.signals import BEST_CENTRE, log_odds, sure_from, unit
from askdossier.calibration.collecting import Row
from askdossier.core import Language

STRICTNESS = (0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7)
"""At which it is told what it costs."""
FOLDS = 10
PARTITIONS = 3
"""Ways to part the questions into folds, over which held-out log-odds are averaged."""
WEIGHTS = (0.0, 1.0, 2.0, 4.0)
"""What the state may weigh beside what the writer says: about the log-odds that it may add. More
than none only where that is better by more than chance."""

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Fitted:
    """Coefficients as in ``policy.calibrated.Card``, and how they do on what was held out."""

    intercept: float
    judgement: float
    best: float
    languages: Mapping[Language, float]
    head: tuple[tuple[float, ...], ...]
    second: tuple[float, ...]
    auc: float
    rates: tuple[Rates, ...]


@dataclass(frozen=True)
class _Data:
    """Readings as arrays, ``n`` of them."""

    known: Numbers
    """Log-odds of Yes, best score above its centre, one column for each language."""
    states: Numbers
    """Two of unit length side by side, shape ``(n, 2d)``; ``d`` is 0 where there are none."""
    answers: NDArray[np.bool_]
    groups: NDArray[np.str_]
    """Readings of a group belong into one fold."""
    languages: tuple[Language, ...]

    @classmethod
    def of(cls, rows: Sequence[Row]) -> _Data:
        languages = tuple(sorted({row.signals.language for row in rows}))
        known = [
            [
                log_odds(row.signals.judgement),
                row.signals.best - BEST_CENTRE,
                *(float(row.signals.language == one) for one in languages),
            ]
            for row in rows
        ]
        shown = [row.signals.state for row in rows]
        states = [unit(state).ravel() for state in shown if state is not None]
        return cls(
            np.array(known, float),
            np.array(states, float) if len(states) == len(rows) else np.zeros((len(rows), 0)),
            np.array([row.answers for row in rows]),
            np.array([row.question for row in rows]),
            languages,
        )

    def only(self, these: NDArray[np.bool_]) -> _Data:
        """Some of the readings."""
        return replace(
            self,
            known=self.known[these],
            states=self.states[these],
            answers=self.answers[these],
            groups=self.groups[these],
        )

    def folds(self, seed: int) -> NDArray[np.int_]:
        """Fold of each reading, whatever others there are."""
        digests = [hashlib.sha256(f"{seed} {group}".encode()).digest() for group in self.groups]
        return np.array([int.from_bytes(digest[:4]) % FOLDS for digest in digests])


@dataclass(frozen=True)
class _Model:
    """A linear one over ``known`` and ``states`` as they are."""

    intercept: float
    known: Numbers
    states: Numbers

    def log_odds(self, data: _Data) -> Numbers:
        return self.intercept + data.known @ self.known + data.states @ self.states

    def scaled(self, slope: float, intercept: float) -> _Model:
        """The same with other log-odds: a line of what they were."""
        return _Model(slope * self.intercept + intercept, slope * self.known, slope * self.states)


def fit(rows: Sequence[Row]) -> Fitted:
    """Fit on readings of both kinds."""
    data = _Data.of(rows)
    held = {weight: _held_out(data, weight) for weight in WEIGHTS if not weight or data.states.size}
    weight = _worth(held, data.answers)
    # Held-out log-odds say too much or too little: a line makes them agree with what is seen.
    line = _regression(held[weight][:, None], data.answers, 100.0)
    slope, intercept = float(line.coef_[0, 0]), float(line.intercept_[0])
    if slope <= 0:  # it tells nothing: nothing is better than the wrong way round
        slope, intercept = 0.0, 0.0
    model = _fitted(data, weight).scaled(slope, intercept)
    first = slope * held[weight] + intercept
    second, both = _second(rows, data, first)
    d = data.states.shape[1] // 2
    head = np.round(model.states, 6).reshape(2, d).tolist() if weight else ()
    judgement, best, *languages = map(float, model.known)
    return Fitted(
        model.intercept,
        judgement,
        best,
        dict(zip(data.languages, languages, strict=True)),
        tuple(map(tuple, head)),
        second,
        float(roc_auc_score(data.answers, held[weight])),
        tuple(_rates(first, both, data.answers)),
    )


def _second(
    rows: Sequence[Row], data: _Data, first: Numbers
) -> tuple[tuple[float, ...], Numbers | None]:
    """Coefficients of a second look, as in ``Card``, and held-out log-odds of both.

    These are those of an answer that cannot be where there was nothing to look at; with no
    coefficients there are none, since a second look tells no more than chance would.
    """
    looked = np.array([row.again is not None for row in rows])
    again = np.array([log_odds(0.5 if row.again is None else row.again) for row in rows])
    told = np.array([row.told for row in rows])[looked]
    columns = np.column_stack([first, again])[looked]
    groups = data.only(looked)
    if not _parts(told, groups):
        return (), None
    alone, both = (_parted(known, told, groups) for known in (columns[:, :1], columns))
    gain = _losses(alone, told) - _losses(both, told)
    model = _regression(columns, told, 100.0)
    if gain.mean() <= gain.std() / np.sqrt(len(gain)) or model.coef_[0, 1] <= 0:
        return (), None
    held = np.full(len(rows), -np.inf)
    held[looked] = both
    return (float(model.intercept_[0]), *map(float, model.coef_[0])), held


def _parts(told: NDArray[np.bool_], groups: _Data) -> bool:
    """Whether readings of both kinds are left whichever fold is held out."""
    all_folds = [groups.folds(seed) for seed in range(PARTITIONS)]
    return len(told) > 0 and all(
        len(set(told[folds != fold])) == 2 for folds in all_folds for fold in np.unique(folds)
    )


def _parted(columns: Numbers, told: NDArray[np.bool_], groups: _Data) -> Numbers:
    """Held-out log-odds of a regression over columns: their mean over partitions."""
    odds = np.zeros(len(told))
    for seed in range(PARTITIONS):
        folds = groups.folds(seed)
        for fold in np.unique(folds):
            left = folds == fold
            model = _regression(columns[~left], told[~left], 100.0)
            odds[left] += model.decision_function(columns[left]) / PARTITIONS
    return odds


def _worth(held: Mapping[float, Numbers], answers: NDArray[np.bool_]) -> float:
    """What the state is to weigh: that which loses least, or nothing if that is chance."""
    losses = {weight: _losses(odds, answers) for weight, odds in held.items()}
    best = min(losses, key=lambda weight: losses[weight].mean())
    gain = losses[0.0] - losses[best]
    chance = gain.std() / np.sqrt(len(gain))
    return best if gain.mean() > chance else 0.0


def _losses(odds: Numbers, answers: NDArray[np.bool_]) -> Numbers:
    """Logarithmic loss of each reading."""
    return np.logaddexp(0.0, np.where(answers, -odds, odds))


def _held_out(data: _Data, weight: float) -> Numbers:
    """Log-odds of each reading by models that have not seen its question: their mean."""
    odds = np.zeros(len(data.answers))
    for seed in range(PARTITIONS):
        folds = data.folds(seed)
        for fold in np.unique(folds):
            left = folds == fold
            odds[left] += _fitted(data.only(~left), weight).log_odds(data.only(left)) / PARTITIONS
    return odds


def _fitted(data: _Data, weight: float) -> _Model:
    """Fit with the state weighing so much.

    What is told apart by a state of many numbers could be told by chance; what it may add is
    bounded as if all its numbers were one of that standard deviation.
    """
    means, scales = data.known.mean(0), data.known.std(0)
    means[2:], scales[2:] = 0.0, 1.0
    scales = np.where(scales > 0, scales, 1.0)
    columns = [(data.known - means) / scales]
    centres = data.states.mean(0)
    deviations = data.states.std(0)
    stretch = np.zeros_like(deviations)
    if weight:
        there = deviations > 0
        stretch[there] = weight / deviations[there] / np.sqrt(there.sum())
        columns.append((data.states - centres) * stretch)
    model = _regression(np.hstack(columns), data.answers, 1.0)
    known = model.coef_[0, : len(scales)] / scales
    states = model.coef_[0, len(scales) :] * stretch if weight else np.zeros_like(stretch)
    intercept = float(model.intercept_[0] - known @ means - states @ centres)
    return _Model(intercept, known, states)


def _regression(columns: Numbers, answers: NDArray[np.bool_], strength: float) -> Any:
    """Fit with an L2 penalty of that inverse strength, both kinds of readings weighing alike."""
    model = LogisticRegression(C=strength, class_weight="balanced", max_iter=2000)
    return model.fit(columns, answers)


def _rates(first: Numbers, both: Numbers | None, answers: NDArray[np.bool_]) -> Iterator[Rates]:
    """What comes of log-odds at each strictness, where ``both`` are those of two looks."""
    likely = expit(first + SHIFT)
    for one in STRICTNESS:
        taken = likely >= one
        if both is not None:
            doubted = (likely >= one * policy.HOPELESS) & (likely < sure_from(one))
            again = expit(both + SHIFT)
            taken = np.where(doubted, again >= one, taken & np.isfinite(both))
        yield Rates(one, float(taken[~answers].mean()), float((~taken[answers]).mean()))
