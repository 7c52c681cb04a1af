"""Where a browser's files stay until they are taken into the dossier."""

from __future__ import annotations

import shutil
import stat
import time
import weakref
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import mkdtemp

MOST = 2 << 30
"""Bytes of files that nobody has taken over yet, and of those on their way."""
_ABANDONED = 3600.0
"""Seconds after which a file is not waited for any more."""


class Uploads:
    """A folder that only this user can open, which is gone when the program ends."""

    def __init__(self) -> None:
        self.folder = Path(mkdtemp(prefix="askdossier-")).resolve()
        self.clear = weakref.finalize(self, shutil.rmtree, self.folder, ignore_errors=True)
        """Remove everything, now rather than at the end."""

    def find(self, path: str) -> Path | None:
        """The file that was uploaded to ``path``; None when there is none."""
        try:
            found = Path(path).resolve(strict=True)
        except (OSError, ValueError):
            return None
        return found if found.is_relative_to(self.folder) and found.is_file() else None


class Room:
    """How much still fits into a folder of uploads. For one thread."""

    def __init__(self, folder: Path, most: int = MOST) -> None:
        self._folder, self._most = folder, most
        self._coming = 0

    @contextmanager
    def take(self, size: int) -> Iterator[bool]:
        """Whether ``size`` more bytes may come, which are set aside while the block runs."""
        enough = self._held() + self._coming + size <= self._most
        self._coming += size if enough else 0
        try:
            yield enough
        finally:
            self._coming -= size if enough else 0

    def _held(self) -> int:
        """Bytes in the folder, after what was abandoned is removed."""
        held, old = 0, time.time() - _ABANDONED
        for path in self._folder.rglob("*"):
            with suppress(OSError):
                known = path.lstat()
                if not stat.S_ISREG(known.st_mode):
                    continue
                if known.st_mtime < old:
                    path.unlink()
                else:
                    held += known.st_size
        return held
