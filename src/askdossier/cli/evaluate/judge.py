"""``askdossier eval label`` and ``judge``: what the figures of a judge are worth."""

from __future__ import annotations

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
from askdossier.cli.terminal import EmbedderOption, IndexOption, WriterOption, bars, out, told
from askdossier.core import DossierError


@told
def label(
    folder: Annotated[Path, typer.Argument(help="The folder of a finished run.")],
    count: Annotated[int, typer.Option("--count", "-n", min=1)] = 50,
    seed: SeedOption = 0,
    lang: LangOption = None,
) -> None:
    """Write a table of answers to label by hand; once it is filled in, report Cohen's kappa."""
    words = chosen_words(lang)
    from askdossier.evaluate import Report, labelling, table

    report = Report.load(folder)
    file = (folder if folder.is_dir() else folder.parent) / "labels.csv"
    if not file.exists():
        number = labelling.write_table(report, file, count, seed)
        out.print(escape(words["to_label"].format(n=number, file=file)))
        return
    out.print(table.kappa(labelling.agreement(report, labelling.read_table(file)), words))


@told
def judge(
    pairs: Annotated[
        list[Path] | None,
        typer.Argument(help="Labelled pairs, such as RTE3-FR (.tsv) or FEVER (.jsonl)."),
    ] = None,
    judged: JudgeOption = "check",
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
    words = chosen_words(lang)
    from askdossier.dossier import Dossier
    from askdossier.evaluate import judging, table

    read = [(file, judging.read_pairs(file)) for file in pairs or []]
    dossier = Dossier(settings_module.load(index=index, writer=writer, embedder=embedder))
    if not read and not dossier.indexed:
        raise DossierError(words["nothing_to_judge"])
    chosen = named_judge(judged, dossier)
    found, changed = [], None
    with bars() as progress:
        for file, content in read:
            drawn = judging.drawn(content, limit, seed)
            found.append((file.name, judging.on_pairs(chosen, drawn, seed, progress)))
        if dossier.indexed and sentences:
            some = judging.sample(dossier, sentences, seed)
            changed = judging.on_changed_facts(chosen, some, progress)
    out.print(table.judged(chosen.name, found, changed or (), words))
