"""A report as tables in the terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from rich.console import Group, RenderableType
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from askdossier.core import Support
from askdossier.evaluate.judging import Agreement, Shares
from askdossier.evaluate.labelling import LABELS, Kappa
from askdossier.evaluate.report import Figure, Report, Result, summary
from askdossier.evaluate.texts import Words

BRIEFLY = (
    "right",
    "cites_gold",
    "gold_precision",
    "gold_recall",
    "points_covered",
    "on_point",
    "hallucination",
    "error",
)
"""The metrics of the tables by kind and by language."""


def tables(report: Report, words: Words, baseline: Report | None = None) -> RenderableType:
    """The figures with their intervals, by kind and language, and against ``baseline``."""
    parts: list[RenderableType] = [_figures(report, words)]
    kinds = slices(report, lambda result: result.question.kind or words["no_kind"], BRIEFLY)
    languages = slices(report, lambda result: result.question.language, BRIEFLY)
    parts += [_slices(report, words, words["kind"], kinds)] if len(kinds) > 1 else []
    parts += [_slices(report, words, words["language"], languages)] if len(languages) > 1 else []
    if baseline is not None:
        parts.append(_comparison(report, baseline, words))
    mix = ", ".join(f"{words.support[kind]} {n}" for kind, n in report.support.items())
    if mix:
        parts.append(Text(f"{words['support']}: {mix}."))
    parts.append(Text(cost(report, words)))
    if report.judge_is_checker:
        parts.append(Text(words["same_judge"], style="yellow"))
    return Group(*parts)


def cost(report: Report, words: Words) -> str:
    """What scoring took beyond the answers."""
    answers, scoring = report.answer_seconds, report.scoring_seconds
    return words["cost"].format(
        answers=words.number(answers, 1),
        scoring=words.number(scoring, 1),
        share=words.number(100 * scoring / answers if answers else 0.0, 0),
    )


def slices(
    report: Report, key: Callable[[Result], str], metrics: Sequence[str]
) -> dict[str, dict[str, Figure]]:
    """Those of ``metrics`` that apply, for the results of each value of ``key``."""
    return {
        name: {metric: figure for metric in metrics if (figure := report.figure(metric, results))}
        for name, results in report.slices(key).items()
    }


def limits(figure: Figure, words: Words) -> str:
    """The interval of a figure, or nothing."""
    if figure.low is None or figure.high is None:
        return ""
    low, high = (words.value(figure.metric, limit) for limit in (figure.low, figure.high))
    return f"{low} – {high}"


def _figures(report: Report, words: Words) -> Table:
    table = _table(words["metric"], words["value"], words["interval"], words["questions"])
    for group, figures in summary(report).items():
        table.add_row(f"[bold]{words.groups[group]}[/bold]")
        for figure in figures:
            table.add_row(
                words.metrics[figure.metric][0],
                words.value(figure.metric, figure.value),
                limits(figure, words),
                str(figure.questions),
            )
    return table


def _slices(
    report: Report, words: Words, title: str, found: Mapping[str, Mapping[str, Figure]]
) -> Table:
    shown = [metric for metric in BRIEFLY if report.figure(metric, bounds=False)]
    table = _table(title, *(words.metrics[metric][0] for metric in shown))
    for name, figures in found.items():
        cells = (figures.get(metric) for metric in shown)
        table.add_row(
            escape(name),
            *(
                f"{words.value(cell.metric, cell.value)} ({cell.questions})" if cell else "–"
                for cell in cells
            ),
        )
    return table


def _comparison(report: Report, baseline: Report, words: Words) -> Table:
    columns = ("before", "after", "change", "verdict", "interval")
    table = _table(words["metric"], *(words[column] for column in columns), "p", words["questions"])
    for change in report.changes(baseline):
        found = change.difference
        low, high = (words.value(change.metric, v, signed=True) for v in (found.low, found.high))
        verdict = {True: words["better"], False: words["worse"], None: words["no_difference"]}
        colour = {True: "green", False: "red", None: "dim"}[change.better]
        table.add_row(
            words.short(change.metric),
            words.value(change.metric, change.before),
            words.value(change.metric, change.after),
            words.value(change.metric, found.mean, signed=True),
            f"[{colour}]{verdict[change.better]}[/{colour}]",
            f"{low} … {high}",
            words.number(found.p, 3),
            str(found.questions),
        )
    return table


def missed(report: Report, bounds: Mapping[str, float], words: Words) -> Iterator[str]:
    """Say which bounds are missed."""
    for metric, value, bound in report.missed(bounds):
        spelled = words.value(metric.name, bound)
        if value is None:
            yield words["missed_without"].format(metric=metric.name, bound=spelled)
        else:
            yield words["missed"].format(
                metric=metric.name, value=words.value(metric.name, value), bound=spelled
            )


def _table(first: str, *others: str) -> Table:
    table = Table(box=None, pad_edge=False)
    table.add_column(first, overflow="fold")
    for name in others:
        table.add_column(name, justify="right")
    return table


def judged(
    name: str,
    pairs: Sequence[tuple[str, Agreement]],
    changed: Sequence[Shares],
    words: Words,
) -> RenderableType:
    """What a judge is worth, on labelled pairs and on sentences with a changed fact."""
    parts: list[RenderableType] = [Text(f"{words['judge']}: {name}")]
    if pairs:
        columns = ("pairs", "entailed", "accuracy", "interval", "macro_f1", "precision", "recall")
        found = _table(words["file"], *(words[column] for column in (*columns, "auc")))
        for file, item in pairs:
            shares = (item.macro_f1, item.precision, item.recall)
            found.add_row(
                escape(file),
                str(item.pairs),
                str(item.entailed),
                words.share(item.accuracy),
                f"{words.share(item.low)} – {words.share(item.high)}",
                *map(words.share, shares),
                words.number(item.auc, 3),
            )
        parts.append(found)
    if changed:
        statuses: tuple[Support, ...] = ("supported", "partly", "unsupported")
        found = _table(
            words["changed"], words["sentences"], *(words.support[status] for status in statuses)
        )
        for change in changed:
            total = max(change.sentences, 1)
            cells = (words.share(change.support.get(status, 0) / total) for status in statuses)
            found.add_row(words[change.change], str(change.sentences), *cells)
        parts += [found, Text(words["changed_note"])]
    return Group(*parts)


def kappa(found: Kappa, words: Words) -> RenderableType:
    """How far the judge agrees with the labels of a person."""
    spelled = (
        words["undefined"] if value is None else words.number(value, 2)
        for value in (found.weighted, found.binary)
    )
    weighted, binary = spelled
    counts = _table(words["person"], *LABELS)
    for label, row in zip(LABELS, found.table, strict=True):
        counts.add_row(label, *map(str, row))
    sentence = words["agreement"].format(
        n=found.sentences,
        left=found.unlabelled,
        same=words.share(found.agreement),
        weighted=weighted,
        binary=binary,
    )
    return Group(Text(sentence), counts)
