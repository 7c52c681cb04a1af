"""The commands below ``askdossier eval``."""

from __future__ import annotations

import itertools
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer
from rich.markup import escape
from rich.prompt import Prompt
from typer.core import TyperGroup

from askdossier import settings as settings_module
from askdossier.core import DossierError
from askdossier.settings import Settings
from askdossier.terminal import (
    EmbedderOption,
    IndexOption,
    StrictnessOption,
    WriterOption,
    bars,
    err,
    out,
    told,
)

if TYPE_CHECKING:
    from typer._click import Context

    from askdossier.dossier import Dossier
    from askdossier.evaluate import Question
    from askdossier.evaluate.judges import Judge
    from askdossier.evaluate.texts import Words

BELOW = 3
"""Exit status when a bound is missed."""


class _RunByDefault(TyperGroup):
    """``eval FILE`` is ``eval run FILE``."""

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """Put ``run`` before anything that is neither a command nor a plea for help."""
        if args and args[0] not in {*self.commands, "--help"}:
            args = ["run", *args]
        return super().parse_args(ctx, args)


app = typer.Typer(
    cls=_RunByDefault,
    no_args_is_help=True,
    help="Ask the questions of a file and score the answers: askdossier eval QUESTIONS.jsonl",
)

JudgeOption = Annotated[
    str,
    typer.Option(
        "--judge",
        help="Who says what a citation supports: check (the program's own support check), writer, "
        "or a cross-encoder for natural language inference (folder or hub id).",
    ),
]
LangOption = Annotated[
    str | None,
    typer.Option("--lang", help="fr or en: the language of the report (default: your system's)."),
]
SeedOption = Annotated[int, typer.Option(help="For whatever is drawn by lot.")]


@app.command("run")
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
    words = _words(lang)
    from askdossier.evaluate import Report, evaluate, html, read_questions, table

    earlier = Report.load(baseline) if baseline else None
    asked = read_questions(questions)[:limit]
    dossier = _dossier(
        settings_module.load(index=index, writer=writer, embedder=embedder, strictness=strictness)
    )
    folder = folder or Path("evaluation") / questions.stem
    with bars() as progress:
        report = evaluate(
            dossier,
            asked,
            out=folder,
            judge=_judge(judge, dossier),
            seed=seed,
            report=progress,
        )
    report.save(folder / "report.json")
    page = html.page(report, words, earlier, str(baseline or ""))
    (folder / "report.html").write_text(page, encoding="utf-8")
    out.print(table.tables(report, words, earlier))
    out.print(escape(words["saved"].format(folder / "report.html")))
    missed = list(table.missed(report, bounds, words))
    for line in missed:
        err.print(f"[red]{escape(line)}[/red]")
    if missed:
        raise typer.Exit(BELOW)


@app.command("new")
@told
def new(
    questions: Annotated[Path, typer.Argument(help="The question file to add to.")],
    count: Annotated[int, typer.Option("--count", "-n", min=0, help="How many to propose.")] = 10,
    feedback: Annotated[
        Path | None,
        typer.Option(help="Reports of the chat's readers (default: INDEX/feedback.jsonl)."),
    ] = None,
    review: Annotated[
        bool | None,
        typer.Option(
            "--review/--no-review",
            help="Ask about each one here (default in a terminal), or mark all as proposed.",
        ),
    ] = None,
    index: IndexOption = None,
    seed: SeedOption = 0,
    lang: LangOption = None,
    writer: WriterOption = None,
) -> None:
    """Propose questions on the dossier, for you to accept or correct."""
    words = _words(lang)
    from askdossier.evaluate import propose
    from askdossier.evaluate.questions import ids_in, write_questions

    dossier = _dossier(settings_module.load(index=index, writer=writer))
    taken = ids_in(questions)
    reports = propose.read_feedback(feedback or dossier.settings.index / "feedback.jsonl")
    proposals = itertools.chain(
        propose.from_feedback(dossier, reports), propose.from_documents(dossier, count, seed)
    )
    asks = sys.stdin.isatty() if review is None else review
    number = 0
    for proposal in proposals:
        (question,) = propose.numbered([proposal], taken)
        decided = _reviewed(question, words) if asks else question
        if decided == "stop":
            break
        if isinstance(decided, str):
            continue
        write_questions(questions, [decided])
        number += 1
    if not number and not asks:
        raise DossierError(words["nothing_proposed"])
    out.print(escape(words["accepted" if asks else "proposed"].format(n=number, file=questions)))


def _reviewed(question: Question, words: Words) -> Question | Literal["drop", "stop"]:
    """Show a proposal and ask what to do with it."""
    out.print(f"\n[bold]{escape(question.text)}[/bold]  ({question.kind}, {question.language})")
    out.print(escape(f"  → {' | '.join(question.answers) or words['unanswerable']}"))
    for gold in question.gold:
        out.print(f"  [dim]« {escape(gold.quote)} » — {escape(gold.document)}[/dim]")
    if question.note:
        out.print(f"  [yellow]{escape(question.note)}[/yellow]")
    answer = Prompt.ask(escape(words["review"]), choices=["y", "e", "n", "q"], console=out)
    if answer in {"n", "q"}:
        return "drop" if answer == "n" else "stop"
    if answer == "e":
        asked = Prompt.ask(words["new_question"], default=question.text, console=out)
        said = Prompt.ask(words["new_answers"], default=" | ".join(question.answers), console=out)
        answers = tuple(part.strip() for part in said.split("|") if part.strip())
        question = replace(
            question,
            text=asked,
            answers=answers,
            answerable=bool(answers),
            gold=question.gold if answers else (),
        )
    return replace(question, proposed=False)


@app.command("label")
@told
def label(
    folder: Annotated[Path, typer.Argument(help="The folder of a finished run.")],
    count: Annotated[int, typer.Option("--count", "-n", min=1)] = 50,
    seed: SeedOption = 0,
    lang: LangOption = None,
) -> None:
    """Write a table of answers to label by hand; once it is filled in, report Cohen's kappa."""
    words = _words(lang)
    from askdossier.evaluate import Report, labelling, table

    report = Report.load(folder)
    file = (folder if folder.is_dir() else folder.parent) / "labels.csv"
    if not file.exists():
        number = labelling.write_table(report, file, count, seed)
        out.print(escape(words["to_label"].format(n=number, file=file)))
        return
    out.print(table.kappa(labelling.agreement(report, labelling.read_table(file)), words))


@app.command("judge")
@told
def judge_judges(
    pairs: Annotated[
        list[Path] | None,
        typer.Argument(help="Labelled pairs, such as RTE3-FR (.tsv) or FEVER (.jsonl)."),
    ] = None,
    judge: JudgeOption = "check",
    index: IndexOption = None,
    sentences: Annotated[
        int, typer.Option(min=0, help="Sentences of the index to change a fact of.")
    ] = 100,
    limit: Annotated[int | None, typer.Option(min=2, help="Only so many pairs, by lot.")] = None,
    seed: SeedOption = 0,
    lang: LangOption = None,
    writer: WriterOption = None,
    embedder: EmbedderOption = None,
) -> None:
    """Measure a judge of citations, so that you know what its figures are worth."""
    words = _words(lang)
    from askdossier.dossier import Dossier
    from askdossier.evaluate import judging, table

    read = [(file, judging.read_pairs(file)) for file in pairs or []]
    dossier = Dossier(settings_module.load(index=index, writer=writer, embedder=embedder))
    if not read and not dossier.indexed:
        raise DossierError(words["nothing_to_judge"])
    chosen = _judge(judge, dossier)
    found, changed = [], None
    with bars() as progress:
        for file, content in read:
            drawn = judging.drawn(content, limit, seed)
            found.append((file.name, judging.on_pairs(chosen, drawn, seed, progress)))
        if dossier.indexed and sentences:
            some = judging.sample(dossier, sentences, seed)
            changed = judging.on_changed_facts(chosen, some, progress)
    out.print(table.judged(chosen.name, found, changed or (), words))


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


def _words(lang: str | None) -> Words:
    from askdossier.evaluate.texts import WORDS, environment_language

    chosen = lang or environment_language()
    for language, words in WORDS.items():
        if language == chosen:
            return words
    raise DossierError(f"--lang {lang}: choose {' or '.join(WORDS)}.")


def _dossier(settings: Settings) -> Dossier:
    from askdossier.dossier import Dossier

    return Dossier.open(settings=settings)


def _judge(name: str, dossier: Dossier) -> Judge:
    """The judge of that name. Raises ModelMissing when it is a model that is not there."""
    from askdossier.ask.entailment import WriterEntailment
    from askdossier.evaluate.judges import EntailmentJudge, SupportCheck

    if name == "check":
        return SupportCheck(dossier.embedder)
    if name == "writer":
        return EntailmentJudge(WriterEntailment(dossier.writer))
    from askdossier import models

    return EntailmentJudge(models.load_entailment(name))
