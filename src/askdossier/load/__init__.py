"""Read files of any known format into blocks and metadata.

Each format is one module with the two names of `reader.Reader`. To add a format, write such a
module and name it in ``_READERS``. Nothing here cleans or judges the text.
"""

from __future__ import annotations

import hashlib
from functools import partial
from pathlib import Path

from askdossier import files
from askdossier.core import RawDocument, Source, UnreadableDocument
from askdossier.load import (
    docx,
    epub,
    html,
    legacy,
    mail,
    markdown,
    mht,
    odp,
    ods,
    odt,
    pdf,
    plain,
    pptx,
    recognition,
    rtf,
    subtitles,
    table,
    xls,
    xlsx,
)
from askdossier.load.page_image import page_image
from askdossier.load.reader import LONGEST_TEXT, Content, Reader, Step, no_step, too_large
from askdossier.load.sidecar import edit, sidecar

__all__ = ["LONGEST_TEXT", "SUFFIXES", "conditions", "edit", "page_image", "read", "supported"]

_READERS: tuple[Reader, ...] = (
    plain, markdown, html, mht, pdf, docx, odt, rtf, legacy, epub, mail, subtitles, table,
    xlsx, xls, ods, pptx, odp,
)  # fmt: skip
_BY_SUFFIX = {suffix: reader for reader in _READERS for suffix in reader.SUFFIXES}

SUFFIXES = frozenset(_BY_SUFFIX)
"""File name endings that can be read, in lower case, with the dot."""

_BARE_TEXT = frozenset(
    suffix for reader in (plain, markdown, html, subtitles, table) for suffix in reader.SUFFIXES
)

LARGEST_FILE = 200_000_000
"""Bytes of a file that is opened at all, so that one file cannot fill the memory."""


def supported(path: Path) -> bool:
    """True for a file name that `read` accepts; looks at the name only."""
    return path.suffix.lower() in SUFFIXES and not path.name.startswith((".", "~$"))


def conditions() -> str:
    """Name what the texts depend on beside the files; empty without any.

    The program that reads scans, and that which converts old documents.
    """
    program = recognition.recogniser()
    names = (program.name if program is not None else "", legacy.converter() and "LibreOffice")
    return ", ".join(filter(None, names))


def read(path: Path, relative: str, step: Step = no_step) -> RawDocument:
    """Read one file; ``relative`` is its path in the corpus, with forward slashes.

    ``step`` is called between the pages of a scan, which takes seconds for each; what it raises
    ends the reading. Raises `UnreadableDocument` with the reason and what to do about it.
    """
    reader = _BY_SUFFIX.get(path.suffix.lower())
    if reader is None:
        known = " ".join(sorted(SUFFIXES))
        raise UnreadableDocument(
            f"{path.name} is of a kind that cannot be read. Convert it to one of: {known}"
        )
    try:
        size = path.stat().st_size
        if size > LARGEST_FILE:
            raise too_large(path.name, f"{size / 1e6:.0f} MB", f"{LARGEST_FILE / 1e6:.0f} MB")
        if path.suffix.lower() in _BARE_TEXT and size > 4 * LONGEST_TEXT:  # bytes of a character
            most = f"{4 * LONGEST_TEXT / 1e6:.0f} MB"
            raise too_large(path.name, f"{size / 1e6:.0f} MB", most)
        content = _content(path, reader, step)
        known_facts = sidecar(path).over(content.metadata)
        with path.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise UnreadableDocument(
            f"{path.name} cannot be opened ({error.strerror or error}). Check that it still "
            "exists and that you may read it."
        ) from error
    except RecursionError as error:
        raise UnreadableDocument(
            f"{path.name} is nested more deeply than any document should be. Check where it comes "
            "from, or open it and save its text alone."
        ) from error
    length = sum(len(block.text) for block in content.blocks)
    if length > LONGEST_TEXT:
        most = f"{LONGEST_TEXT / 1e6:.0f} million"
        raise too_large(path.name, f"{length / 1e6:.0f} million characters", most)
    if not any(block.text.strip() for block in content.blocks):
        raise UnreadableDocument(f"{path.name} holds no text: there is nothing to index in it.")
    return RawDocument(
        title=known_facts.title,
        blocks=content.blocks,
        lost=content.lost,
        web=content.web,
        source=Source(
            path=relative,
            sha256=sha256,
            url=known_facts.url,
            author=known_facts.author,
            publisher=known_facts.publisher,
            date=known_facts.date,
            licence=known_facts.licence,
            recognised=content.recognised,
        ),
    )


def _content(path: Path, reader: Reader, step: Step) -> Content:
    if reader is pdf:
        return pdf.read(path, step)
    if reader is mail:
        return mail.read(path, partial(_attached, step))
    return reader.read(path)


def _attached(step: Step, name: str, data: bytes) -> Content | None:
    """What a file attached to a message holds, read as if it lay in the corpus; None if nothing."""
    suffix = Path(name).suffix.lower()
    reader = _BY_SUFFIX.get(suffix)
    if reader is None or (suffix in _BARE_TEXT and len(data) > 4 * LONGEST_TEXT):
        return None
    with files.passing(f"attached{suffix}", data) as path:
        try:
            content = _content(path, reader, step)
        except UnreadableDocument:
            return None
    return content if any(block.text.strip() for block in content.blocks) else None
