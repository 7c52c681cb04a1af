"""The command ``askdossier calibrate``: fit when a writer is to answer."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape
from rich.table import Table

from askdossier import settings as settings_module
from askdossier.cli.consent import consented, writer_known
from askdossier.cli.terminal import (
    AllowOption,
    EmbedderOption,
    IndexOption,
    WriterOption,
    bars,
    out,
    told,
)
from askdossier.core import DossierError

if TYPE_CHECKING:
    from askdossier.ask.policy.calibrated import Card

_LITTLE = 0.65
"""Area under the ROC curve below which a writer hardly tells whether evidence answers."""


@told
def calibrate(
    questions: Annotated[
        Path | None,
        typer.Option(
            "--questions",
            help="Questions on your own index instead: JSON Lines or CSV (docs/evaluation.md).",
        ),
    ] = None,
    index: IndexOption = None,
    writer: WriterOption = None,
    embedder: EmbedderOption = None,
    allow_server: AllowOption = False,
) -> None:
    """Fit when a writer is to answer and when to abstain, on questions whose answers are known.

    Asks it some 220 times whether passages answer, lets it answer, and asks it once more of the
    words that the answer cites: minutes on a GPU, an hour on a processor. Interrupted, it goes on
    where it was. Without --questions they are on invented documents that come with the program.
    """
    if index is not None and questions is None:
        raise DossierError(
            "--index names documents of your own: name questions on them too, with --questions."
        )
    from askdossier import calibration
    from askdossier.dossier import Dossier
    from askdossier.evaluate.questions import read_questions

    settings = settings_module.load(index=index, writer=writer, embedder=embedder)
    asked = read_questions(questions or calibration.QUESTIONS)
    consented(settings.writer, allow_server)
    if questions is None:
        settings = calibration.own_dossier(settings)
    dossier = Dossier(settings)
    with bars() as report:
        if questions is None:
            dossier.sync(report=report, confirmed=True)
        dossier.listing()  # an index that is missing is told before a writer is loaded
        writer_known(dossier)
        card = calibration.calibrate(dossier, asked, report)
    _print(card)


def _print(card: Card) -> None:
    """Print what was found, and what it means."""
    heading = f"{card.writer}: {card.readings} readings, {card.answered} of evidence that answers"
    out.print(escape(f"{heading}; prompts {card.prompts}, {card.date}"))
    read = "its Yes and its hidden state" if card.head else "its Yes"
    out.print(
        f"Judged by {read}, and the best score. Area under the ROC curve, by cross-validation: "
        f"{card.auc:.2f}"
    )
    if card.second:
        out.print("In doubt it is asked again, of the words alone that an answer cites.")
    table = Table(box=None, pad_edge=False)
    for column in ("strictness", "hallucination", "error"):
        table.add_column(column, justify="right")
    for rates in card.rates:
        table.add_row(
            f"{rates.strictness:g}",
            f"{100 * rates.hallucination:.0f} %",
            f"{100 * rates.error:.0f} %",
        )
    out.print(table)
    out.print(
        "Hallucination: evidence that does not answer, taken to answer. Error: evidence that "
        "answers, not taken to. What is then written is checked all the same."
    )
    if card.auc < _LITTLE:
        out.print(
            "This writer hardly tells whether evidence answers: it will abstain from nearly "
            "everything, or must be let through by a lower strictness. Better take another."
        )
