"""Read files of any known format into blocks and metadata.

Each format is one module with the two names of `reader.Reader`. To add a format, write such a
module and name it in ``formats``. Nothing here cleans or judges the text.

A file may hold several documents: a mailbox, an archive, a message with what is attached to it.
Each is a document of its own, whose id is that of the file with a name behind it, as if the file
were a folder (`names.inside`): ``bilan.zip/2024/notes.txt``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from askdossier.core import Failure, RawDocument, UnreadableDocument
from askdossier.load import legacy, recognition
from askdossier.load.formats import SUFFIXES, opened, supported
from askdossier.load.page_image import page_image
from askdossier.load.reader import LONGEST_TEXT, Begin, Content, Step, no_step, nothing_begun
from askdossier.load.sidecar import edit, sidecar
from askdossier.load.unpacking import Unpacking, failure, no_text, raw, unpacked

__all__ = [
    "LONGEST_TEXT", "SUFFIXES", "conditions", "documents", "edit", "failure", "page_image", "read",
    "supported", "unpacked",
]  # fmt: skip


def conditions() -> str:
    """Name what the texts depend on beside the files; empty without any.

    The program that reads scans, and that which converts old documents.
    """
    program = recognition.recogniser()
    names = (program.name if program is not None else "", legacy.converter() and "LibreOffice")
    return ", ".join(filter(None, names))


def read(path: Path, relative: str, step: Step = no_step) -> RawDocument:
    """Read the text of one file; ``relative`` is its path in the corpus, with forward slashes.

    ``step`` is called between the pages of a scan, which takes seconds for each; what it raises
    ends the reading. Raises `UnreadableDocument` with the reason and what to do about it.
    """
    content = _read(path, step)
    if not content.has_text:
        raise no_text(path.name)
    return _own(path, relative, content)


def documents(
    path: Path,
    relative: str,
    step: Step = no_step,
    *,
    begin: Begin = nothing_begun,
    without: frozenset[str] = frozenset(),
) -> Iterator[RawDocument | Failure]:
    """Read a file and all that it holds: itself, where it has a text, then what is inside it.

    What cannot be read inside it comes as a failure. ``begin`` is told the id of each document
    inside before it is read; those named in ``without`` are left out. For the file itself, raises
    as `read`.
    """
    content = _read(path, step)
    found = content.has_text
    if found:
        yield _own(path, relative, content)
    # What is stated about an archive goes for all that it holds, except what it is called.
    unpacking = Unpacking(step, begin, without, replace(sidecar(path), title=None))
    for one in unpacking.members(content.members, relative):
        found = True
        yield one
    if not found:
        raise no_text(path.name)


def _read(path: Path, step: Step) -> Content:
    try:
        return opened(path, step)
    except OSError as error:
        raise _cannot_be_opened(path, error) from error


def _own(path: Path, relative: str, content: Content) -> RawDocument:
    """The document that the file itself is."""
    try:
        with path.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise _cannot_be_opened(path, error) from error
    return raw(content, sidecar(path).over(content.metadata), relative, sha256)


def _cannot_be_opened(path: Path, error: OSError) -> UnreadableDocument:
    return UnreadableDocument(
        f"{path.name} cannot be opened ({error.strerror or error}). Check that it still exists and "
        "that you may read it."
    )
