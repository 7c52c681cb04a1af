"""What the commands below ``askdossier eval`` share: options, and what these name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from askdossier.cli.terminal import environment_language
from askdossier.core import DossierError

if TYPE_CHECKING:
    from askdossier.dossier import Dossier
    from askdossier.evaluate.judges import Judge
    from askdossier.evaluate.texts import Words

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


def chosen_words(lang: str | None) -> Words:
    """What the report says, in the language of ``--lang`` or of the system."""
    from askdossier.evaluate.texts import WORDS

    chosen = lang or environment_language()
    for language, words in WORDS.items():
        if language == chosen:
            return words
    raise DossierError(f"--lang {lang}: choose {' or '.join(WORDS)}.")


def named_judge(name: str, dossier: Dossier) -> Judge:
    """The judge of that name. Raises ModelMissing when it is a model that is not there."""
    from askdossier.ask.entailment import WriterEntailment
    from askdossier.evaluate.judges import EntailmentJudge, SupportCheck

    if name == "check":
        return SupportCheck(dossier.embedder)
    if name == "writer":
        return EntailmentJudge(WriterEntailment(dossier.writer))
    from askdossier import models

    return EntailmentJudge(models.load_entailment(name))
