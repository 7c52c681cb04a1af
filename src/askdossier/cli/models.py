"""The commands below ``askdossier models``."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from askdossier import settings as settings_module
from askdossier.cli.terminal import bars, err, out, told

app = typer.Typer(help="Fetch, list and verify the model files.", no_args_is_help=True)


@app.command("pull")
@told
def models_pull(
    name: Annotated[
        str | None,
        typer.Argument(help="A name or id from `askdossier models list`, or default or light."),
    ] = None,
) -> None:
    """Fetch and convert a model; without a name, the default writer and embedder."""
    from askdossier import models

    with bars() as report:
        folders = models.pull(name, settings_module.load().models, report)
    for folder in folders:
        out.print(f"ready: {escape(str(folder))}")


@app.command("list")
@told
def models_list() -> None:
    """Say which models there are, their licence, size and source, and whether they are on disk."""
    from askdossier import models

    table = Table(box=None, pad_edge=False)
    for column in ("name", "role", "model", "licence", "download", "source", "state"):
        table.add_column(column, overflow="fold")
    for status in models.statuses(settings_module.load().models):
        table.add_row(
            status.name,
            f"{status.role} ({status.tier})",
            status.title,
            status.licence,
            f"{status.size / 1e6:.0f} MB",
            status.source,
            status.state,
        )
    out.print(table)
    out.print(
        "\nOther open writers, by the memory of a GPU. In 4 bits behind Ollama: ollama pull NAME, "
        "then writer = ollama:NAME. In this process: askdossier models pull ID, then writer = ID."
    )
    others = Table(box=None, pad_edge=False)
    for column in ("memory", "id", "licence", "download", "Ollama", "tried"):
        others.add_column(column, overflow="fold")
    for one in models.suggested.SUGGESTED:
        others.add_row(
            one.memory,
            one.id,
            one.licence,
            f"{one.bytes / 1e9:.0f} GB",
            one.ollama,
            one.tried or "not yet",
        )
    out.print(others)
    _print_cards()


def _print_cards() -> None:
    """Print what `askdossier calibrate` has fitted, a line for each writer."""
    from askdossier.ask.policy import calibrated
    from askdossier.lang import notes

    for card in calibrated.cards():
        about = notes.calibrated(calibrated.told(card), "en")
        out.print(f"\n{escape(card.writer)}: {escape(about)}")


@app.command("allow")
@told
def models_allow(
    server: Annotated[str, typer.Argument(help="Its address: https://HOST:PORT")],
) -> None:
    """Let a server on another machine have questions and what they find in the documents."""
    from askdossier import models

    origin = models.origin(server)
    models.allow(origin)
    out.print(f"allowed: {escape(origin)}")


@app.command("verify")
@told
def models_verify() -> None:
    """Check every byte of the models on disk."""
    from askdossier import models

    problems = models.verify(settings_module.load().models)
    for problem in problems:
        err.print(f"[red]{escape(problem)}[/red]")
    if problems:
        raise typer.Exit(1)
    out.print("All models on disk are whole.")
