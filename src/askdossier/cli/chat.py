"""The commands ``askdossier chat`` and ``askdossier mcp``: for people, and for their programs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from askdossier import settings as settings_module
from askdossier.cli.consent import consented
from askdossier.cli.syncing import print_sync
from askdossier.cli.terminal import (
    AllowOption,
    EmbedderOption,
    IndexOption,
    StrictnessOption,
    WriterOption,
    bars,
    told,
)
from askdossier.core import Progress, Report, Stop
from askdossier.settings import Settings


@told
def chat(
    corpus: Annotated[
        Path | None, typer.Argument(help="Indexed first when there is no index yet.")
    ] = None,
    index: IndexOption = None,
    writer: WriterOption = None,
    embedder: EmbedderOption = None,
    strictness: StrictnessOption = None,
    allow_server: AllowOption = False,
    port: Annotated[int, typer.Option(help="The port to listen on.")] = 7860,
    open_browser: Annotated[bool, typer.Option("--open", help="Open the browser.")] = False,
    host: Annotated[
        str, typer.Option(help="The address to listen on; others than this machine need a password")
    ] = "127.0.0.1",
    api: Annotated[
        bool, typer.Option("--api", help="Let other programs call search, ask and read.")
    ] = False,
    url: Annotated[
        str, typer.Option(help="Behind a proxy: the address that people open, https://…")
    ] = "",
) -> None:
    """Open the web chat on http://127.0.0.1:7860.

    Where $ASKDOSSIER_PASSWORD is set, the user askdossier signs in with it. With --host 0.0.0.0
    other machines can reach the chat, with --url a proxy: then there is always a password, and a
    new one is printed where none is set. docs/security.md shows how.
    """
    from askdossier.dossier import Dossier
    from askdossier.web import page, preferences

    settings = settings_module.load(
        corpus=corpus, index=index, writer=writer, embedder=embedder, strictness=strictness
    )
    settings = preferences.chosen(settings, {"strictness": strictness, "writer": writer})
    consented(settings.writer, allow_server)
    dossier = Dossier(settings)

    def prepare(tell_page: Report, stop: Stop) -> None:
        """What may take minutes at the first start, told on the page and on the terminal."""
        with bars() as tell_terminal:

            def report(progress: Progress) -> None:
                tell_page(progress)
                tell_terminal(progress)

            _fetch_missing(settings, report)
            if not dossier.indexed:
                print_sync(dossier.sync(report=report, stop=stop))

    page.serve(dossier, host, port, open_browser, prepare, api, url)


def _fetch_missing(settings: Settings, report: Report) -> None:
    """Fetch the chosen models of the catalogue that are not on disk yet."""
    from askdossier import models
    from askdossier.models import catalogue, installed

    chosen = (
        catalogue.find(settings.embedder, "embedder"),
        catalogue.find(settings.writer, "writer"),
    )
    for artifact in filter(None, chosen):
        if installed.state(artifact, settings.models) != "ready":
            models.pull(artifact.name, settings.models, report)


@told
def mcp(
    index: IndexOption = None,
    writer: WriterOption = None,
    embedder: EmbedderOption = None,
    strictness: StrictnessOption = None,
    allow_server: AllowOption = False,
) -> None:
    """Give a language model the tools search, ask and read (MCP, over standard input and output).

    The program that uses them starts this command; docs/chat.md shows how.
    """
    from askdossier.dossier import Dossier
    from askdossier.web import preferences, tools

    settings = settings_module.load(
        index=index, writer=writer, embedder=embedder, strictness=strictness
    )
    settings = preferences.chosen(settings, {"strictness": strictness, "writer": writer})
    consented(settings.writer, allow_server)
    tools.serve_tools(Dossier(settings))
