"""The commands below ``askdossier eval``."""

from __future__ import annotations

from typing import Any

import typer
from typer.core import TyperGroup

from askdossier.cli.evaluate import judge, new, run


class _RunByDefault(TyperGroup):
    """``eval FILE`` is ``eval run FILE``."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put ``run`` before anything that is neither a command nor a plea for help."""
        if args and args[0] not in {*self.commands, "--help"}:
            args = ["run", *args]
        return super().parse_args(ctx, args)


app = typer.Typer(
    cls=_RunByDefault,
    no_args_is_help=True,
    help="Ask the questions of a file and score the answers: askdossier eval QUESTIONS.jsonl",
)

for name, command in (
    ("run", run.run),
    ("new", new.new),
    ("label", judge.label),
    ("judge", judge.judge),
):
    app.command(name)(command)
