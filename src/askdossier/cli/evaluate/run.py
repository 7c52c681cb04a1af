"""``askdossier eval QUESTIONS``: ask the questions of a file and score the answers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from askdossier import settings as settings_module
from askdossier.cli.evaluate.options import (
    JudgeOption,
    LangOption,
    SeedOption,
    chosen_words,
    named_judge,
)
from askdossier.cli.terminal import (
    EmbedderOption,
    IndexOption,
    StrictnessOption,
    WriterOption,
    bars,
    err,
    out,
    told,
)
from askdossier.core import DossierError

BELOW = 3
"""Exit status when a bound is missed."""


@told
def run(
    questions: Annotated[Path, typer.Argument(help="JSON Lines or CSV: docs/evaluation.md.")],
    index: IndexOption = None,
    folder: Annotated[
        Path | None,
        typer.Option(
            "--out",
            help="The folder of the run (default: evaluation/NAME). A run that was interrupted "
            "goes on there.",
        ),
    ] = None,
    baseline: Annotated[
        Path | None, typer.Option(help="The folder of an earlier run to compare with.")
    ] = None,
    fail_under: Annotated[
        list[str] | None,
        typer.Option(
            metavar="METRIC=VALUE",
            help="End with status 3 when the metric is worse: below VALUE, or above it for "
            "hallucination, error and seconds. Shares go from 0 to 1. May be repeated.",
        ),
    ] = None,
    judge: JudgeOption = "check",
    limit: Annotated[int | None, typer.Option(min=1, help="Only the first questions.")] = None,
    seed: SeedOption = 0,
    lang: LangOption = None,
    writer: WriterOption = None,
    embedder: EmbedderOption = None,
    strictness: StrictnessOption = None,
) -> None:
    """Ask the questions of a file and score the answers."""
    bounds = _bounds(fail_under or [])
    words = chosen_words(lang)
    from askdossier.dossier import Dossier
    from askdossier.evaluate import Report, evaluate, html, read_questions, table

    earlier = Report.load(baseline) if baseline else None
    asked = read_questions(questions)[:limit]
    dossier = Dossier.open(
        settings=settings_module.load(
            index=index, writer=writer, embedder=embedder, strictness=strictness
        )
    )
    folder = folder or Path("evaluation") / questions.stem
    with bars() as progress:
        report = evaluate(
            dossier,
            asked,
            out=folder,
            judge=named_judge(judge, dossier),
            seed=seed,
            report=progress,
        )
    report.save(folder / "report.json")
    page = html.page(report, words, earlier, str(baseline or ""))
    (folder / "report.html").write_text(page, encoding="utf-8")
    out.print(table.tables(report, words, earlier))
    out.print(escape(words["saved"].format(folder / "report.html")))
    _end_below(list(table.missed(report, bounds, words)))


def _end_below(missed: Sequence[str]) -> None:
    """End with another status where bounds were missed, and say which."""
    for line in missed:
        err.print(f"[red]{escape(line)}[/red]")
    if missed:
        raise typer.Exit(BELOW)


def _bounds(spelled: Sequence[str]) -> dict[str, float]:
    from askdossier.evaluate.metrics import METRICS

    bounds = {}
    for item in spelled:
        name, _, value = item.partition("=")
        if name not in METRICS:
            raise DossierError(
                f"--fail-under {item}: there is no metric {name}. Known: {', '.join(METRICS)}."
            )
        try:
            bounds[name] = float(value)
        except ValueError as error:
            raise DossierError(
                f"--fail-under {item}: write it as {name}=0.8; shares go from 0 to 1."
            ) from error
        if METRICS[name].unit == "share" and not 0 <= bounds[name] <= 1:
            raise DossierError(f"--fail-under {item}: {name} is a share; it goes from 0 to 1.")
    return bounds
