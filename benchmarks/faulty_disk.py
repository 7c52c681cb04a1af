"""A disk that fails at the n-th call, that is full, or that loses what was not flushed."""

from __future__ import annotations

import os
import random
import shutil
import signal
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from sys import addaudithook
from typing import Any, Literal

CALLS = ("open", "fsync", "rename", "remove", "mkdir", "rmdir", "link", "truncate")
"""That change the disk; ``open`` where it is for writing. Writing itself is between them."""
Outcome = Literal["done", "told", "killed", "not told"]
"""What became of something that was tried: ``told`` is an error that is meant for its caller."""


class Watched:
    """The calls that change the disk below a folder. Only one, as long as the process lives."""

    def __init__(self, folder: Path) -> None:
        self._folder = str(folder)
        self._left = 0
        self._error: int | None = None
        self._log: Log | None = None
        self.least_free = -1
        """Bytes that were free at a call, at the least; -1 while nobody wants to know."""
        os.fsync = self._flushing
        addaudithook(self._heard)

    def arm(self, n: int, error: int | None) -> None:
        """Let the n-th call from now on fail so, or end the process."""
        self._left, self._error = n, error

    def record(self, log: Log | None) -> None:
        """Write down from now on what each call finds, or no more."""
        self._log = log

    def _flushing(self, fd: Any) -> None:
        # Nothing is put on a disk: whoever kills a process leaves what it has written.
        self._happens(flushed=os.fstat(fd).st_ino)

    def _heard(self, event: str, arguments: tuple[object, ...]) -> None:
        name = event.removeprefix("os.")
        if name not in CALLS or not _path(name, arguments).startswith(self._folder):
            return
        if name == "open" and not int(str(arguments[2])) & (os.O_WRONLY | os.O_RDWR):
            return
        self._happens()

    def _happens(self, flushed: int = 0) -> None:
        if self._log is not None:
            log, self._log = self._log, None  # which opens files itself
            log.add(flushed)
            self._log = log
        if self.least_free >= 0:
            self.least_free = min(self.least_free, shutil.disk_usage(self._folder).free)
        self._left -= 1
        if self._left != 0:
            return
        if self._error is None:
            os.kill(os.getpid(), signal.SIGKILL)
        else:
            raise OSError(self._error, os.strerror(self._error))

    @property
    def left(self) -> int:
        """How many calls the one that was to fail is still away; none or less when it was there."""
        return self._left


def _path(name: str, arguments: tuple[object, ...]) -> str:
    """What a call is about; removing a tree of folders goes by open folders."""
    path = str(arguments[0])
    folder = arguments[-1]
    if name in ("remove", "rmdir", "mkdir") and isinstance(folder, int) and folder >= 0:
        return str(Path(f"/proc/self/fd/{folder}").readlink() / path)
    return path


# --- power cuts -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Moment:
    """What the folder held before a call."""

    names: Mapping[PurePosixPath, int]
    """The number of each file and folder, which stays when it is renamed."""
    contents: Mapping[int, bytes | None]
    """By number; None for a folder."""
    flushed: int
    """The number of what the call flushes; 0 for any other call."""


class Log:
    """What a folder held before each call, and so what a power cut might leave of it.

    Journalling file systems put renames and the like of one folder on disk in their order, those
    of two folders in any; and the content of a file may be missing, cut or zeros although its name
    is there, until it has been flushed. What was flushed is there.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._moments: list[_Moment] = []
        self._inodes: dict[int, int] = {}
        self._count = 0
        self.add()

    def __len__(self) -> int:
        return len(self._moments)

    def add(self, flushed: int = 0) -> None:
        """Note what there is; ``flushed`` is the inode that is about to be."""
        names: dict[PurePosixPath, int] = {}
        contents: dict[int, bytes | None] = {}
        inodes = {}
        for path in (self._folder, *sorted(self._folder.rglob("*"))):
            with suppress(FileNotFoundError):
                inode = path.stat().st_ino
                if inode not in inodes:
                    self._count += inode not in self._inodes
                    inodes[inode] = self._inodes.get(inode, self._count)
                number = inodes[inode]
                names[PurePosixPath(path.relative_to(self._folder))] = number
                contents[number] = path.read_bytes() if path.is_file() else None
        self._inodes = inodes
        at = 0 if flushed == 0 else self._inodes.get(flushed, 0)
        self._moments.append(_Moment(names, contents, at))

    def cut(self, moment: int, chance: random.Random, folder: Path) -> None:
        """Write into an empty ``folder`` what a power cut before the call ``moment`` may leave."""
        names = dict(self._moments[0].names)
        stopped: set[PurePosixPath] = set()
        for change, flushed in self._changes(moment):
            around = {path.parent for path in change}
            if not flushed and (around & stopped or chance.random() < 0.3):
                stopped |= around
                continue
            for path, number in change.items():
                names.pop(path, None)
                if number is not None:
                    names[path] = number
        left = self._left_of(moment, chance)
        for path in sorted(names)[1:]:
            target = folder / path
            if not target.parent.is_dir():
                continue
            content = left[names[path]]
            target.mkdir() if content is None else target.write_bytes(content)

    def _changes(self, moment: int) -> Iterator[tuple[dict[PurePosixPath, int | None], bool]]:
        """What happened to names before a moment, each with whether a flush made it last."""
        for at in range(1, moment + 1):
            old, new = self._moments[at - 1].names, self._moments[at].names
            gone = dict.fromkeys(sorted(old.keys() - new.keys(), reverse=True))
            come = {path: new[path] for path in sorted(new) if old.get(path) != new[path]}
            moved = bool(gone) and bool(come)
            parts = [{**gone, **come}] if moved else [{p: n} for p, n in {**gone, **come}.items()]
            for part in parts:
                yield part, self._lasts(part, at, moment)

    def _lasts(self, change: Mapping[PurePosixPath, object], since: int, until: int) -> bool:
        return any(
            now.flushed and now.names.get(path.parent) == now.flushed
            for now in self._moments[since:until]
            for path in change
        )

    def _left_of(self, moment: int, chance: random.Random) -> dict[int, bytes | None]:
        """What may be found in each file that there ever was."""
        flushed = dict(self._moments[0].contents)
        latest: dict[int, bytes | None] = {}
        for now in self._moments[:moment]:
            latest |= now.contents
            if now.flushed:
                flushed[now.flushed] = now.contents[now.flushed]
        latest |= self._moments[moment].contents
        return {number: _torn(flushed.get(number, b""), content, chance)
                for number, content in latest.items()}  # fmt: skip


def _torn(flushed: bytes | None, content: bytes | None, chance: random.Random) -> bytes | None:
    if content is None or flushed is None or flushed == content:
        return content
    return chance.choice((flushed, content, content[: len(content) // 2], bytes(len(content)), b""))
