"""What an evaluation found: plain records, which ``report.json`` holds and gives back whole."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import TypeAdapter, ValidationError

from askdossier.core import Answer, DossierError, Support
from askdossier.evaluate.inference import Difference, difference, interval, share_interval
from askdossier.evaluate.journal import Identity, Reply
from askdossier.evaluate.metrics import METRICS, Group, Metric
from askdossier.evaluate.questions import Question

Fault = Literal[
    "hallucination",
    "abstained",
    "wrong",
    "language",
    "invalid",
    "uncited",
    "unsupported",
    "gold_not_cited",
    "gold_partly_cited",
    "beyond",
    "speaker_lost",
    "point_missed",
    "gold_not_retrieved",
    "gold_not_in_evidence",
]
Mark = Literal["", "cited", "gold", "both"]


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters of a document that are all cited or not, and all gold or not."""

    text: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class Shown:
    """A stretch of a document round citations and gold, in pieces; ``text`` is their sum."""

    document: str
    start: int
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """The characters of the document from ``start`` on."""
        return "".join(piece.text for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Judged:
    """A sentence of an answer, and what the judge says of its citations together."""

    text: str
    support: Support
    """As the reader was told."""
    judgement: Support
    score: float
    premise: str
    """What the judge read."""


@dataclass(frozen=True, slots=True)
class Result:
    """One question with its answer and scores. A score is missing where it does not apply."""

    question: Question
    reply: Reply
    scores: Mapping[str, float]
    judged: tuple[Judged, ...]
    faults: tuple[Fault, ...]
    shown: tuple[Shown, ...]
    missed: tuple[str, ...] = ()
    """The names of the points that no citation shows."""

    @property
    def answer(self) -> Answer:
        """The answer as it was given."""
        return self.reply.answer


@dataclass(frozen=True, slots=True)
class Figure:
    """A metric over some questions; ``low`` and ``high`` bound the 95 % interval, if it has one."""

    metric: str
    value: float
    low: float | None
    high: float | None
    questions: int


@dataclass(frozen=True, slots=True)
class Trade:
    """What abstention would cost at another strictness, both shares of questions."""

    strictness: float
    hallucination: float
    error: float


@dataclass(frozen=True, slots=True)
class Change:
    """A metric in two runs: its means over the questions of both."""

    metric: str
    before: float
    after: float
    difference: Difference

    @property
    def better(self) -> bool | None:
        """Whether the second run is better; None when chance may explain it (p > 0.05)."""
        if self.difference.p > 0.05 or not self.difference.mean:
            return None
        return (self.difference.mean > 0) == METRICS[self.metric].higher


@dataclass(frozen=True, slots=True)
class Report:
    """An evaluation, complete: everything else is computed from it."""

    made_with: Identity
    judge: str
    judge_is_checker: bool
    """Whether the judge of the ALCE figures is the check that let the sentences through."""
    seed: int
    time: str
    """When it was made: ISO 8601, UTC."""
    scoring_seconds: float
    """What this took beyond the answers themselves."""
    results: tuple[Result, ...]

    # --- figures ----------------------------------------------------------------------------------

    def figure(
        self, name: str, of: Sequence[Result] | None = None, *, bounds: bool = True
    ) -> Figure | None:
        """A metric over some of the results, or all; None when it applies to none of them."""
        metric = METRICS[name]
        chosen = [result.scores for result in (self.results if of is None else of)]
        values = [scores[metric.score] for scores in chosen if metric.score in scores]
        if not values:
            return None
        limits = None
        if bounds and metric.unit == "share":
            limits = share_interval(values, self.seed)
        elif bounds:
            limits = interval(values, self.seed, metric.statistic)
        value = float(metric.statistic(values, axis=0))  # type: ignore[arg-type]
        low, high = limits or (None, None)
        return Figure(name, value, low, high, len(values))

    def slices(self, key: Callable[[Result], str]) -> dict[str, list[Result]]:
        """The results by ``key``, in the order in which its values occur."""
        found: dict[str, list[Result]] = {}
        for result in self.results:
            found.setdefault(key(result), []).append(result)
        return found

    def figures(self) -> tuple[Figure, ...]:
        """Every metric that applies, in the order of ``METRICS``."""
        return tuple(filter(None, (self.figure(name) for name in METRICS)))

    @property
    def support(self) -> dict[Support, int]:
        """How many sentences were shown under each status."""
        said = [claim.support for r in self.results for claim in r.answer.claims]
        kinds: tuple[Support, ...] = ("supported", "quoted", "partly", "unsupported")
        return {kind: said.count(kind) for kind in kinds if kind in said}

    @property
    def memory(self) -> int:
        """Most bytes that the process held after an answer."""
        return max((result.reply.memory for result in self.results), default=0)

    @property
    def answer_seconds(self) -> float:
        """Seconds that all answers took together."""
        return sum(result.scores["total_s"] for result in self.results)

    @property
    def codes(self) -> tuple[str, ...]:
        """The versions of the program that gave the answers."""
        return tuple(sorted({result.reply.code for result in self.results}))

    def trade(self) -> tuple[Trade, ...]:
        """Hallucination and error at the strictness of the run and above, least strict first.

        Below it nothing is known: what a refused question would have been answered was not
        written. Run with ``--strictness 0`` to see the whole curve. Above it, answers to questions
        that would then be asked twice count by their first probability, and others by their second
        alone. Empty without questions of both kinds.
        """
        strictness = float(self.made_with.settings.get("strictness") or 0.0)
        sure = [
            (r.question.answerable, -1.0 if r.answer.abstained else r.answer.confidence or 0.0)
            for r in self.results
        ]
        answerable = [s for ok, s in sure if ok]
        others = [s for ok, s in sure if not ok]
        if not answerable or not others:
            return ()
        steps = sorted({strictness, *(s + 1e-9 for _, s in sure if s >= strictness)})
        return tuple(
            Trade(
                min(step, 1.0),
                sum(s >= step for s in others) / len(others),
                sum(s < step for s in answerable) / len(answerable),
            )
            for step in steps
        )

    # --- bounds and comparison --------------------------------------------------------------------

    def missed(self, bounds: Mapping[str, float]) -> tuple[tuple[Metric, float | None, float], ...]:
        """The bounds that are missed: metric, its value, bound. One without a value is missed."""
        found = []
        for name, bound in bounds.items():
            figure = self.figure(name, bounds=False)
            if figure is None or METRICS[name].worse(figure.value, bound):
                found.append((METRICS[name], figure.value if figure else None, bound))
        return tuple(found)

    def changes(self, baseline: Report) -> tuple[Change, ...]:
        """Compare with an earlier run, question by question, on those that both hold.

        Times are compared by their means, since a paired test needs one number for each question.
        """
        before = {r.question.id: r for r in baseline.results}
        pairs = [(before[r.question.id], r) for r in self.results if r.question.id in before]
        found = []
        for metric in METRICS.values():
            if metric.how == "p95":
                continue
            scores = [
                (old.scores[metric.score], new.scores[metric.score])
                for old, new in pairs
                if metric.score in old.scores and metric.score in new.scores
            ]
            olds, news = [old for old, _ in scores], [new for _, new in scores]
            changed = difference(olds, news, self.seed)
            if changed:
                count = len(scores)
                found.append(Change(metric.name, sum(olds) / count, sum(news) / count, changed))
        return tuple(found)

    # --- on disk ----------------------------------------------------------------------------------

    def save(self, file: Path) -> None:
        """Write ``report.json``."""
        file.write_bytes(_REPORT.dump_json(self, indent=1, by_alias=True) + b"\n")

    @classmethod
    def load(cls, path: Path) -> Report:
        """Read a run folder or its ``report.json``. Raises DossierError when it is neither."""
        file = path / "report.json" if path.is_dir() else path
        try:
            return _REPORT.validate_json(file.read_bytes())
        except OSError as error:
            raise DossierError(
                f"{file} cannot be read: {error.strerror}. Name the folder of a finished run."
            ) from error
        except ValidationError as error:
            raise DossierError(f"{file} is not a report of this version; run it again.") from error


_REPORT = TypeAdapter(Report)


def summary(report: Report) -> Mapping[Group, Sequence[Figure]]:
    """The figures by group, for showing."""
    groups: dict[Group, list[Figure]] = {}
    for figure in report.figures():
        groups.setdefault(METRICS[figure.metric].group, []).append(figure)
    return groups
