"""Read files of any known format into blocks and metadata.

Each format is one module with the two names of `reader.Reader`. To add a format, write such a
module and name it in ``_READERS``. Nothing here cleans or judges the text.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from askdossier.load import html, markdown, plain
from askdossier.load.metadata import sidecar, sidecar_path
from askdossier.load.reader import Reader
from askdossier.records import RawDocument, Source, UnreadableDocument

__all__ = ["SUFFIXES", "fingerprint", "read", "supported"]

_READERS: tuple[Reader, ...] = (plain, markdown, html)
_BY_SUFFIX = {suffix: reader for reader in _READERS for suffix in reader.SUFFIXES}

SUFFIXES = frozenset(_BY_SUFFIX)
"""File name endings that can be read, in lower case, with the dot."""


def supported(path: Path) -> bool:
    """True for a file name that `read` accepts; looks at the name only."""
    return path.suffix.lower() in SUFFIXES and not path.name.startswith((".", "~$"))


def fingerprint(path: Path) -> str:
    """SHA-256 (hex) of what `read` depends on: the file, and its sidecar if there is one."""
    own = _sha256(path)
    beside = sidecar_path(path)
    if not beside.is_file():
        return own
    return hashlib.sha256(f"{own} {_sha256(beside)}".encode()).hexdigest()


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def read(path: Path, relative: str) -> RawDocument:
    """Read one file; ``relative`` is its path in the corpus, with forward slashes.

    Raises `UnreadableDocument` with the reason and what to do about it.
    """
    reader = _BY_SUFFIX.get(path.suffix.lower())
    if reader is None:
        known = " ".join(sorted(SUFFIXES))
        raise UnreadableDocument(
            f"{path.name} is of a kind that cannot be read. Convert it to one of: {known}"
        )
    try:
        content = reader.read(path)
        known_facts = sidecar(path).over(content.metadata)
        sha256 = fingerprint(path)
    except OSError as error:
        raise UnreadableDocument(
            f"{path.name} cannot be opened ({error.strerror or error}). Check that it still "
            "exists and that you may read it."
        ) from error
    if not any(block.text.strip() for block in content.blocks):
        raise UnreadableDocument(
            f"{path.name} holds no text. If it is a scan, run text recognition (OCR) on it first."
        )
    return RawDocument(
        title=known_facts.title,
        blocks=content.blocks,
        source=Source(
            path=relative,
            sha256=sha256,
            url=known_facts.url,
            author=known_facts.author,
            publisher=known_facts.publisher,
            date=known_facts.date,
            licence=known_facts.licence,
        ),
    )
