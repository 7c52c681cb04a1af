"""A report as one HTML file that needs nothing else: no network, no script."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from askdossier.evaluate import plots
from askdossier.evaluate.metrics import METRICS
from askdossier.evaluate.report import Report, Result, summary
from askdossier.evaluate.table import cost, limits, slices
from askdossier.evaluate.texts import Words

_QUALITY = ("right", "cites_gold", "points_covered", "hallucination", "error")
_CITATIONS = ("gold_precision", "gold_recall", "on_point", "alce_precision", "alce_recall")


@dataclass(frozen=True, slots=True)
class _Plot:
    title: str
    svg: Markup
    note: str = ""


def page(report: Report, words: Words, baseline: Report | None = None, name: str = "") -> str:
    """The whole page. ``name`` says what ``baseline`` is."""
    environment = Environment(
        loader=PackageLoader("askdossier.evaluate", "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    before = {result.question.id: result for result in baseline.results} if baseline else {}
    return environment.get_template("report.html.jinja").render(
        report=report,
        words=words,
        metrics=METRICS,
        summary=summary(report),
        limits=limits,
        cost=cost(report, words),
        plots=_plots(report, words),
        changes=report.changes(baseline) if baseline else (),
        baseline=name if baseline else "",
        before=before,
        moved=_moved(report, before),
    )


def _plots(report: Report, words: Words) -> Sequence[_Plot]:
    def kind(result: Result) -> str:
        return result.question.kind or words["no_kind"]

    kinds = slices(report, kind, _QUALITY)
    languages = slices(report, lambda result: result.question.language, _QUALITY)
    citations = slices(report, lambda _: words["all"], _CITATIONS)
    citations |= slices(report, kind, _CITATIONS)
    found = [
        (words["by_kind"], plots.by_slice(kinds, _QUALITY, words), ""),
        (words["by_language"], plots.by_slice(languages, _QUALITY, words), ""),
        (
            words["citation_figures"],
            plots.by_slice({n: f for n, f in citations.items() if f}, _CITATIONS, words),
            "",
        ),
        (words["latency"], plots.latency(report, words), ""),
        (words["trade"], plots.trade(report, words), words["trade_note"]),
    ]
    # Nothing in these comes from a document: names of kinds are escaped by matplotlib.
    return [_Plot(title, Markup(svg), note) for title, svg, note in found if svg]


def _moved(report: Report, before: dict[str, Result]) -> dict[str, list[Result]]:
    """The questions that got better or worse: fewer or more faults, the gravest counting first."""
    moved: dict[str, list[Result]] = {"better": [], "worse": []}
    for result in report.results:
        old = before.get(result.question.id)
        if old is None or old.faults == result.faults:
            continue
        gone, new = set(old.faults) - set(result.faults), set(result.faults) - set(old.faults)
        weight = [fault for fault in _GRAVITY if fault in gone | new]
        moved["better" if weight[0] in gone else "worse"].append(result)
    return moved


_GRAVITY = (
    "hallucination",
    "wrong",
    "invalid",
    "uncited",
    "abstained",
    "language",
    "unsupported",
    "gold_not_cited",
    "gold_partly_cited",
    "beyond",
    "speaker_lost",
    "point_missed",
    "gold_not_retrieved",
    "gold_not_in_evidence",
)
