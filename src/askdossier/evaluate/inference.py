"""What the figures of a sample are worth: bootstrap intervals, a paired test, agreement.

Sources: percentile bootstrap (Efron & Tibshirani 1993); paired permutation test, the test that
Smucker et al. (CIKM 2007) recommend for two systems on the same questions; Cohen's kappa (1960).
Everything is drawn with a seed, so that the same answers give the same report. SciPy and
scikit-learn are imported where they compute: making and reading questions needs neither.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

Statistic = Callable[..., ArrayLike]
"""Like ``numpy.mean``: takes an array and ``axis``."""

_RESAMPLES = 2000
_LEVEL = 0.95


def interval(
    values: Sequence[float], seed: int, statistic: Statistic = np.mean
) -> tuple[float, float] | None:
    """The 95 % interval of a statistic over the questions; None for fewer than two."""
    if len(values) < 2:
        return None
    from scipy import stats

    found = stats.bootstrap(
        (np.asarray(values, np.float64),),
        statistic,
        n_resamples=_RESAMPLES,
        confidence_level=_LEVEL,
        method="percentile",
        rng=np.random.default_rng(seed),
    ).confidence_interval
    return float(found.low), float(found.high)


def share_interval(values: Sequence[float], seed: int) -> tuple[float, float] | None:
    """The 95 % interval of a mean of values from 0 to 1; None for fewer than two.

    Where all are 0, or all are 1, resampling them says nothing: Wilson's interval (1927) then, so
    that three questions out of three do not look like certainty.
    """
    if len(values) >= 2 and set(values) in ({0.0}, {1.0}):
        from scipy import stats

        found = stats.binomtest(round(sum(values)), len(values)).proportion_ci(_LEVEL, "wilson")
        return float(found.low), float(found.high)
    return interval(values, seed)


@dataclass(frozen=True, slots=True)
class Difference:
    """How two runs differ on the questions that both have answered: the second minus the first."""

    questions: int
    mean: float
    low: float
    high: float
    p: float
    """Probability of a difference at least as large if the runs were the same (two-sided)."""


def difference(before: Sequence[float], after: Sequence[float], seed: int) -> Difference | None:
    """Compare paired values; None for fewer than two pairs."""
    if len(before) < 2:
        return None
    changes = np.asarray(after, np.float64) - np.asarray(before, np.float64)
    limits = interval(list(changes), seed)
    if limits is None:
        raise AssertionError("two pairs have an interval")
    p = 1.0
    if changes.any():
        from scipy import stats

        p = float(
            stats.permutation_test(
                (np.asarray(after, np.float64), np.asarray(before, np.float64)),
                lambda x, y, axis: np.mean(x - y, axis=axis),
                permutation_type="samples",
                n_resamples=_RESAMPLES,
                vectorized=True,
                rng=np.random.default_rng(seed),
            ).pvalue
        )
    return Difference(len(changes), float(changes.mean()), *limits, p)


def kappa(first: Sequence[str], second: Sequence[str], labels: Sequence[str]) -> float | None:
    """Cohen's kappa, linearly weighted by the order of ``labels`` when there are more than two.

    None when it is not defined: no items, or both gave every item the same single label.
    """
    if not first or len({*first, *second}) < 2:
        return None
    from sklearn.metrics import cohen_kappa_score

    weights = "linear" if len(labels) > 2 else None
    return float(cohen_kappa_score(first, second, labels=list(labels), weights=weights))
