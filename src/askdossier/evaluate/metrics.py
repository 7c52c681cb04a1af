"""The metrics by name: where each comes from, which way is better, how questions are summed up.

A metric gives one number for each question that it applies to; a figure of a report is the mean,
median or 95th percentile of those.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from askdossier.evaluate.inference import Statistic

Group = Literal["answers", "abstention", "citations", "points", "retrieval", "speed"]
Unit = Literal["share", "seconds", "count", "bytes"]


def _percentile_95(values: Any, axis: int = 0) -> Any:
    return np.percentile(values, 95, axis=axis)


_STATISTICS: dict[str, Callable[..., Any]] = {
    "mean": np.mean,
    "p50": np.median,
    "p95": _percentile_95,
}


@dataclass(frozen=True, slots=True)
class Metric:
    """What a figure means."""

    name: str
    group: Group
    score: str
    """The score of a question that it sums up."""
    higher: bool = True
    """Whether a higher value is better."""
    unit: Unit = "share"
    how: Literal["mean", "p50", "p95"] = "mean"
    source: str = ""
    """Where it is defined, when not here."""

    @property
    def statistic(self) -> Statistic:
        """How the scores of the questions become one figure."""
        return _STATISTICS[self.how]

    def worse(self, value: float, than: float) -> bool:
        """Whether ``value`` misses the bound: below it, or above it where lower is better."""
        return value < than if self.higher else value > than


def _share(name: str, group: Group, source: str = "", *, higher: bool = True) -> Metric:
    return Metric(name, group, name, higher, source=source)


def _speed(score: str, unit: Unit = "seconds") -> tuple[Metric, ...]:
    return (
        Metric(f"{score}_p50", "speed", score, False, unit, "p50"),
        Metric(f"{score}_p95", "speed", score, False, unit, "p95"),
    )


_NOMIRACL = "NoMIRACL (Thakur et al. 2024)"
_ALCE = "ALCE (Gao et al. 2023)"
_TREC = "trec_eval"
_NUGGETS = "nugget recall (Voorhees 2003)"

METRICS: dict[str, Metric] = {
    metric.name: metric
    for metric in (
        _share("right", "answers", "SQuAD, ALCE: containment"),
        _share("token_f1", "answers", "SQuAD (Rajpurkar et al. 2016)"),
        _share("trigram_recall", "answers", "Chirkova et al. 2024"),
        _share("language", "answers"),
        _share("hallucination", "abstention", _NOMIRACL, higher=False),
        _share("error", "abstention", _NOMIRACL, higher=False),
        _share("valid", "citations"),
        _share("cites_gold", "citations"),
        _share("gold_precision", "citations"),
        _share("gold_recall", "citations"),
        _share("alce_precision", "citations", _ALCE),
        _share("alce_recall", "citations", _ALCE),
        _share("points_covered", "points", _NUGGETS),
        _share("on_point", "points"),
        _share("speakers_kept", "points"),
        _share("redundant", "points", higher=False),
        _share("beyond", "points", higher=False),
        _share("points_read", "retrieval"),
        _share("evidence_recall", "retrieval"),
        _share("recall@5", "retrieval", _TREC),
        _share("recall@20", "retrieval", _TREC),
        _share("mrr", "retrieval", _TREC),
        _share("ndcg@10", "retrieval", _TREC),
        *_speed("evidence_s"),
        *_speed("first_sentence_s"),
        *_speed("total_s"),
        *_speed("check_s"),
        *_speed("prompt_tokens", "count")[:1],
        *_speed("written_tokens", "count")[:1],
    )
}
