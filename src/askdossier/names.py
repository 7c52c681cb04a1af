"""File names, in which the same characters may be written in several ways (Unicode normal forms).

What went through macOS, a zip or a cloud folder has its accents apart from their letters; what one
types has them composed.
"""

from __future__ import annotations

import unicodedata
from contextlib import suppress
from pathlib import Path, PurePosixPath

_CLUTTER = frozenset({"thumbs.db", "desktop.ini", "ehthumbs.db", "icon\r", "__macosx"})
_LONGEST = 150
"""Characters of a part of a path inside a file."""
_DEEPEST = 12


def composed(name: str) -> str:
    """The name in the form in which it is typed (NFC)."""
    return unicodedata.normalize("NFC", name)


def file_named(folder: Path, name: str) -> Path:
    """The file below ``folder`` with this name, in whatever form; ``name`` has forward slashes."""
    path = folder
    for part in PurePosixPath(name).parts:
        inner = path / part
        if not inner.exists():
            with suppress(OSError):
                same = (entry for entry in path.iterdir() if composed(entry.name) == composed(part))
                inner = next(same, inner)
        path = inner
    return path


def is_clutter(name: str) -> bool:
    """True for a file or folder that holds nothing of its owner's: hidden, a lock, a cache."""
    # "~$" begins the lock files of Microsoft Office, ".~lock." those of LibreOffice.
    return name.startswith((".", "~$")) or name.lower() in _CLUTTER


def inside(file: str, name: str) -> str:
    """The id of a document inside a file: ``bilan.zip/2024/notes.txt``, as if that were a folder.

    ``name`` is what the file calls it. It may be hostile, and is only ever shown and compared: what
    leads elsewhere, cannot be shown or has no end is taken out of it. No other file can have such
    an id, since none lies in a file.
    """
    parts = (_shown(part) for part in composed(name.replace("\\", "/")).split("/"))
    kept = [part for part in parts if part.strip(".")][-_DEEPEST:]
    return "/".join((file, *(kept or ["?"])))


def _shown(part: str) -> str:
    """A part of a path as it can be shown; its ending, which tells the format, stays."""
    part = " ".join("".join(c if c.isprintable() else " " for c in part).split())
    stem, dot, ending = part.rpartition(".")
    return f"{stem[: _LONGEST - len(ending)]}{dot}{ending}" if len(ending) < 10 else part[:_LONGEST]
