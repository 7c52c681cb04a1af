"""File names, in which the same characters may be written in several ways (Unicode normal forms).

What went through macOS, a zip or a cloud folder has its accents apart from their letters; what one
types has them composed.
"""

from __future__ import annotations

import unicodedata
from contextlib import suppress
from pathlib import Path, PurePosixPath


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
