"""``askdossier eval new``: propose questions on the dossier, for a person to accept."""

from __future__ import annotations

import itertools
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer
from rich.markup import escape
from rich.prompt import Prompt

from askdossier import settings as settings_module
from askdossier.cli.evaluate.options import LangOption, SeedOption, chosen_words
from askdossier.cli.terminal import IndexOption, WriterOption, out, told
from askdossier.core import DossierError

if TYPE_CHECKING:
    from askdossier.evaluate import Question
    from askdossier.evaluate.texts import Words


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
    words = chosen_words(lang)
    from askdossier.dossier import Dossier
    from askdossier.evaluate import propose
    from askdossier.evaluate.questions import ids_in, write_questions

    dossier = Dossier.open(settings=settings_module.load(index=index, writer=writer))
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
    if question.answers or not question.points:
        out.print(escape(f"  → {' | '.join(question.answers) or words['unanswerable']}"))
    for gold in question.gold:
        out.print(f"  [dim]« {escape(gold.quote)} » — {escape(gold.document)}[/dim]")
    for number, point in enumerate(question.points, 1):
        out.print(f"  {number}. {escape(point.name)}")
        for quote in point.quotes:
            out.print(f"     [dim]« {escape(quote.quote)} » — {escape(quote.document)}[/dim]")
    if question.note:
        out.print(f"  [yellow]{escape(question.note)}[/yellow]")
    answer = Prompt.ask(escape(words["review"]), choices=["y", "e", "n", "q"], console=out)
    if answer in {"n", "q"}:
        return "drop" if answer == "n" else "stop"
    if answer == "e":
        asked = Prompt.ask(words["new_question"], default=question.text, console=out)
        question = _corrected(replace(question, text=asked), words)
    return replace(question, proposed=False)


def _corrected(question: Question, words: Words) -> Question:
    """Ask which answers are right, or which points belong to it; without any it has no answer."""
    if question.points:
        every = ",".join(str(number) for number in range(1, len(question.points) + 1))
        said = Prompt.ask(words["new_points"], default=every, console=out)
        kept = {part.strip() for part in said.split(",")}
        points = tuple(
            point for number, point in enumerate(question.points, 1) if str(number) in kept
        )
        return replace(question, points=points, answerable=bool(points))
    said = Prompt.ask(words["new_answers"], default=" | ".join(question.answers), console=out)
    answers = tuple(part.strip() for part in said.split("|") if part.strip())
    return replace(
        question,
        answers=answers,
        answerable=bool(answers),
        gold=question.gold if answers else (),
    )
