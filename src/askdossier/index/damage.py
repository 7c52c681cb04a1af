"""What the user is told of an index that cannot be used."""

from __future__ import annotations

import shlex
from pathlib import Path

from askdossier.core import IndexMismatch


def index_command(folder: Path, corpus: str | None = None) -> str:
    """Give the command that builds the index in ``folder``, ready to paste into a shell."""
    what = shlex.quote(corpus) if corpus else "CORPUS"
    return f"askdossier index {what} --index {shlex.quote(str(folder))}"


def damaged(folder: Path, corpus: str | None, what: str) -> IndexMismatch:
    """Make the error for an index in which something is not as it was written."""
    command = index_command(folder, corpus)
    return IndexMismatch(
        f"The index in {folder} is damaged: {what}. Build it again with: {command}"
    )
