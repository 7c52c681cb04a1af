"""Old binary documents (DOC, PPT): LibreOffice turns them into newer ones, where installed."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from functools import cache
from pathlib import Path

from askdossier.core import UnreadableDocument
from askdossier.load import docx, html, pptx, rtf
from askdossier.load.archive import damaged
from askdossier.load.reader import Content, Reader

_NEWER: dict[str, tuple[str, Reader]] = {
    ".doc": ("docx", docx), ".dot": ("docx", docx), ".ppt": ("pptx", pptx), ".pps": ("pptx", pptx),
}  # fmt: skip
SUFFIXES = tuple(_NEWER)

_PATIENCE = 120
"""Seconds that one conversion may take."""
_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:/Program Files/LibreOffice/program/soffice.exe",
)
# What is often saved under the old name, and which reader knows it.
_DISGUISES: tuple[tuple[bytes, Reader], ...] = (
    (rtf.SIGNATURE, rtf), (b"PK\x03\x04", docx), (b"<html", html), (b"<!doctype html", html),
)  # fmt: skip


@cache
def converter() -> str | None:
    """LibreOffice's program; None where it is not installed."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    return found or next((place for place in _PLACES if Path(place).exists()), None)


def read(path: Path) -> Content:
    """Read an old document, or what was only given such a name."""
    with path.open("rb") as file:
        begin = file.read(200).lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    for signature, reader in _DISGUISES:
        if begin.startswith(signature.lower()):
            return reader.read(path)
    kind, reader = _NEWER[path.suffix.lower()]
    program = converter()
    if program is None:
        raise UnreadableDocument(
            f"{path.name} is in an old format that LibreOffice has to convert. Install LibreOffice "
            "(apt install libreoffice-writer libreoffice-impress, or from libreoffice.org) and "
            f"index again, or save the file as {kind.upper()}."
        )
    with tempfile.TemporaryDirectory() as folder:
        # A name of our own: LibreOffice takes one that begins with a dash for an option.
        copy = Path(folder) / f"document{path.suffix.lower()}"
        shutil.copyfile(path, copy)
        newer = copy.with_suffix(f".{kind}")
        _convert(program, copy, kind)
        if not newer.exists():
            raise damaged(path.name, "the document")
        return reader.read(newer)


def _convert(program: str, file: Path, kind: str) -> None:
    """Run LibreOffice with a profile of its own, so that one that is open is not in the way."""
    command = [
        program, f"-env:UserInstallation={(file.parent / 'profile').as_uri()}", "--headless",
        "--norestore", "--convert-to", kind, "--outdir", str(file.parent), str(file),
    ]  # fmt: skip
    with subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:  # fmt: skip
        try:
            process.wait(_PATIENCE)
        except BaseException as error:
            if hasattr(os, "killpg"):  # it starts another program, which does the work
                os.killpg(process.pid, signal.SIGKILL)
            else:
                process.kill()
            if not isinstance(error, subprocess.TimeoutExpired):
                raise
