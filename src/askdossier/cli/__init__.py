"""The command line: ``askdossier index | ask | search | chat | mcp | docs | eval | models | …``.

A file for each group of commands. Every command turns a :class:`DossierError` into one line on
standard error and exit status 1; Ctrl-C ends with status 130 and leaves the index as it was. The
façade and what it needs are imported inside the commands, so that ``askdossier --help`` does not
wait for torch.
"""

from __future__ import annotations

import typer

from askdossier.cli import ask, calibrate, chat, docs, doctor, evaluate, index, models, search

app = typer.Typer(
    help="Ask a folder of documents a question; every sentence of the answer points at its words.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
for command in (
    index.index,
    ask.ask,
    search.search,
    chat.chat,
    chat.mcp,
    calibrate.calibrate,
    doctor.doctor,
):
    app.command()(command)
for name, group in (("models", models.app), ("docs", docs.app), ("eval", evaluate.app)):
    app.add_typer(group, name=name)
