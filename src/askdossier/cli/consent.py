"""What the commands ask and tell about a writer that is behind a server."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import typer
from rich.markup import escape

from askdossier.cli.terminal import err

if TYPE_CHECKING:
    from askdossier.dossier import Dossier


def consented(writer: str, allow: bool) -> None:
    """Let the server of a writer on another machine be used, if somebody agrees.

    With ``allow``, or a yes on the terminal; else nothing is done, and loading the writer tells
    what to do. Raises InvalidSettings.
    """
    from askdossier import models

    origin = models.elsewhere(writer)
    if not origin or models.allowed(origin):
        return
    if not allow:
        if not (sys.stdin.isatty() and err.is_terminal):
            return
        err.print(
            escape(
                f"The writer {writer} is at {origin}, which is not this machine: questions and "
                "what they find in the documents would be sent there."
            )
        )
        if not typer.confirm("Send them there, now and from now on?", err=True):
            return
    models.allow(origin)


def writer_known(dossier: Dossier) -> None:
    """Tell what was found out about a writer behind a server. Raises as ``Dossier.profile``."""
    from askdossier import models
    from askdossier.lang import notes

    if not models.is_served(dossier.settings.writer):
        return
    writer = dossier.profile
    err.print(f"[dim]{escape(writer.name)}: {escape('; '.join(notes.about(writer, 'en')))}[/dim]")
