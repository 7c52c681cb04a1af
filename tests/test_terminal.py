"""What reaches a terminal."""

from __future__ import annotations

import io
import logging
import os
import pty
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.markup import escape
from rich.table import Table

from askdossier.cli import terminal
from askdossier.cli.terminal import harmless

NASTY = "\x1b]0;moi\x07\x1b[2J\x9b31m\x7f\r\u202eabc"


@given(st.text())
def test_nothing_that_steers_a_terminal_is_left(words: str) -> None:
    left = harmless(words)
    assert len(left) == len(words)
    assert all(unicodedata.category(letter) != "Cc" or letter in "\n\t" for letter in left)
    assert harmless(left) == left


@pytest.mark.parametrize("console", ["out", "err"])
def test_consoles_show_controls_as_text(console: str, monkeypatch: pytest.MonkeyPatch) -> None:
    shown, file = getattr(terminal, console), io.StringIO()
    monkeypatch.setattr(shown, "_file", file)
    table = Table("name")
    table.add_row(escape(NASTY))
    shown.print(f"[red]{escape(NASTY)}[/red]")
    shown.print(table)
    assert file.getvalue().count("]0;moi") == 2
    assert not [c for c in file.getvalue() if unicodedata.category(c) == "Cc" and c != "\n"]


def test_warnings_show_controls_as_text() -> None:
    assert logging.lastResort is not None
    record = logging.LogRecord("x", logging.WARNING, "", 0, "%s", (NASTY,), None)
    assert logging.lastResort.format(record) == harmless(NASTY)


SCRIPT = "from askdossier.cli import terminal; terminal.write({!r})"


def test_a_document_is_written_whole_to_a_pipe_and_harmless_to_a_terminal() -> None:
    env = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1] / "src")}
    command = [sys.executable, "-c", SCRIPT.format(NASTY)]
    piped = subprocess.run(command, capture_output=True, check=True, env=env)
    assert piped.stdout.decode() == NASTY
    ours, theirs = pty.openpty()
    subprocess.run(command, stdout=theirs, check=True, env=env)
    os.close(theirs)
    shown = os.read(ours, 4096).decode()
    os.close(ours)
    assert shown == harmless(NASTY)
