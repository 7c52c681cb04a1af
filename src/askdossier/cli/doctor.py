"""The command ``askdossier doctor``."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from askdossier import settings as settings_module
from askdossier.cli.terminal import (
    EmbedderOption,
    IndexOption,
    WriterOption,
    environment_language,
    err,
    out,
    told,
)
from askdossier.core import DossierError, InvalidSettings
from askdossier.settings import Settings


@told
def doctor(
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    quick: Annotated[
        bool,
        typer.Option("--quick", help="Measure no speed, and don't read every byte of the models."),
    ] = False,
    index: IndexOption = None,
    writer: WriterOption = None,
    embedder: EmbedderOption = None,
    port: Annotated[int, typer.Option(help="The port that the chat is to listen on.")] = 7860,
    lang: Annotated[
        str | None,
        typer.Option("--lang", help="fr or en: the language of the report (default: yours)."),
    ] = None,
) -> None:
    """Say what works on this machine, how fast, what is wrong, and what mends it.

    Ends with status 1 when something is broken. Begin the report of a fault with it: it names no
    document but those that cannot be read.
    """
    from askdossier import doctor as examining
    from askdossier.doctor import report
    from askdossier.doctor.texts import WORDS

    language = lang or environment_language()
    words = next((words for name, words in WORDS.items() if name == language), None)
    if words is None:
        raise DossierError(f"--lang {lang}: choose {' or '.join(WORDS)}.")
    settings, problem = Settings(), ""
    try:
        settings = settings_module.load(index=index, writer=writer, embedder=embedder)
    except InvalidSettings as error:
        problem = str(error)
    with err.status("…"):
        diagnosis = examining.examine(settings, port=port, quick=quick, problem=problem)
    if as_json:
        shown = report.as_json(diagnosis, Path.home())
        sys.stdout.write(json.dumps(shown, ensure_ascii=False) + "\n")
    else:
        out.print(report.lines(diagnosis, words, Path.home()))
    if diagnosis.state == "broken":
        raise typer.Exit(1)
