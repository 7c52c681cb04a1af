"""Files written so that nothing is lost and nothing is followed out of its folder.

A file that is written is whole or not there, also after a kill or a power cut: it is written beside
its final name, flushed, and renamed. The file beside is made anew each time, so that a link that
somebody planted there is not written through. What takes long to check is checked whole once after
each boot or change, and `Checked` remembers that.
"""

from __future__ import annotations

import errno
import filecmp
import hashlib
import json
import os
import shutil
import stat
import sys
import threading
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO, Literal

from askdossier.names import file_named

REMOVED = ".removed"
"""The folder of a corpus where files go that are taken out on purpose; indexing passes it over."""

_NO_FOLLOW = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _NO_FOLLOW
_SHARED, _PRIVATE = 0o666, 0o600
"""Modes of new files, less what the user's mask takes away."""
_UNFLUSHED = {errno.EINVAL, errno.ENOTSUP}
"""What file systems say that cannot flush a folder."""
_BLOCK = 1 << 20


# --- writing --------------------------------------------------------------------------------------


def write(path: Path, content: bytes, *, private: bool = False) -> None:
    """Write a file so that readers see the old content or the new, even after a power cut.

    A link at ``path`` is replaced, not followed. What is ``private`` is for no other user of the
    machine. Raises OSError; then the old content is there.
    """
    with _beside(path.parent, _PRIVATE if private else _SHARED) as (temporary, file):
        file.write(content)
        _finish(file)
        settle(temporary, path)


@contextmanager
def _beside(folder: Path, mode: int = _SHARED) -> Iterator[tuple[Path, BinaryIO]]:
    """A new hidden file that is of this thread alone, which is gone afterwards or has moved."""
    temporary = folder / f".{os.getpid()}-{threading.get_ident()}.new"
    try:
        temporary.unlink(missing_ok=True)  # of a process that was killed, or planted
        handle = os.open(temporary, _NEW, mode)
        with os.fdopen(handle, "wb") as file:
            yield temporary, file
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def _finish(file: BinaryIO) -> None:
    """Put on disk what was written, and close it, as Windows wants before it can be renamed."""
    file.flush()
    os.fsync(file.fileno())
    file.close()


def append(path: Path, line: bytes) -> None:
    """Add a line to a private file, or leave it as it was. No link is followed. Raises OSError."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | _NO_FOLLOW, _PRIVATE)
    before = os.fstat(handle).st_size
    try:
        with os.fdopen(handle, "ab") as file:
            file.write(line)
            file.flush()
            os.fsync(handle)
    except OSError:
        with suppress(OSError):
            os.truncate(path, before)
        raise


def take_in(source: Path, folder: Path, name: str) -> Path | None:
    """Copy a file into ``folder`` under ``name``, or with a number where another has that.

    It is there whole or not at all, and overwrites nothing. None where the one that has the name
    is the same. Raises OSError.
    """
    with _beside(folder) as (temporary, file):
        with source.open("rb") as read:
            shutil.copyfileobj(read, file)
        _finish(file)
        for candidate in numbered(name):
            target = folder / candidate
            try:
                _name(temporary, target)
            except FileExistsError:
                if target.is_file() and filecmp.cmp(temporary, target, shallow=False):
                    return None
                continue
            flush_folder(folder)
            return target
    raise AssertionError("there is always a next number")


def _name(temporary: Path, target: Path) -> None:
    """Give a file that is flushed a name that nothing has. Raises FileExistsError."""
    try:
        os.link(temporary, target)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links
        os.close(os.open(target, _NEW, 0o600))  # takes the name
        try:
            temporary.replace(target)
        except OSError:
            with suppress(OSError):
                target.unlink()
            raise


@contextmanager
def passing(name: str, content: bytes) -> Iterator[Path]:
    """A file for what reads only files, in a new folder that nobody else may enter.

    Both are gone afterwards, so nothing is flushed. Raises OSError.
    """
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        yield path


def settle(temporary: Path, path: Path) -> None:
    """Give a file or folder that is flushed its final name, over a file that has it."""
    _move(temporary, path)
    flush_folder(path.parent)


def _move(temporary: Path, path: Path) -> None:
    for attempt in range(50):
        try:
            temporary.replace(path)
            break
        except PermissionError:
            # Windows refuses while another process has the file open, which is a matter of moments.
            if os.name != "nt" or attempt == 49:
                raise
            time.sleep(0.02)


def make_folder(folder: Path) -> None:
    """Make a folder for good, and those above it that are missing. Raises OSError."""
    if not folder.is_dir():
        make_folder(folder.parent)
        folder.mkdir(exist_ok=True)
        flush_folder(folder.parent)


def flush(path: Path) -> None:
    """Put on disk what was written to a file."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def flush_folder(folder: Path) -> None:
    """Put on disk which files a folder holds."""
    if os.name == "nt":
        return  # Windows cannot flush a folder
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in _UNFLUSHED:
            raise
    finally:
        os.close(handle)


def remove(path: Path) -> None:
    """Remove a file for good, if it is there; of a link, the link. Raises OSError."""
    try:
        path.unlink()
    except FileNotFoundError:
        return
    flush_folder(path.parent)


def remove_folder(folder: Path) -> None:
    """Remove a folder with all that is in it, as far as that can be; links are not followed."""
    shutil.rmtree(folder, ignore_errors=True)


def set_aside(path: Path, folder: Path, beside: str) -> Path:
    """Move a file into ``folder`` and give its new place; whatever is there stays.

    What lies beside it, under its name with ``beside`` behind, comes along. The name gets a number
    when another has it, also when two are moved at the same moment: the name is taken first, by an
    empty file, and only then moved onto. Raises OSError.
    """
    for name in numbered(path.name):
        target = folder / name
        if (folder / f"{name}{beside}").exists():  # of a file that is not there any more
            continue
        try:
            os.close(os.open(target, _NEW, 0o600))
        except FileExistsError:
            continue
        try:
            _move(path, target)
        except OSError:
            with suppress(OSError):
                target.unlink()  # the empty one
            raise
        flush_folder(folder)
        companion = file_named(path.parent, f"{path.name}{beside}")
        if companion.is_file():
            settle(companion, target.with_name(f"{target.name}{beside}"))
        return target
    raise AssertionError("there is always a next number")


def numbered(name: str) -> Iterator[str]:
    """``report.pdf``, ``report (2).pdf``, ``report (3).pdf``… without end."""
    stem, dot, ending = name.rpartition(".")
    if not stem:
        stem, dot, ending = name, "", ""
    yield name
    yield from (f"{stem} ({number}){dot}{ending}" for number in count(2))


# --- reading --------------------------------------------------------------------------------------


def read_own(path: Path, most: int) -> bytes:
    """Read a file that must not be a link, up to ``most`` bytes and one more.

    Raises OSError; FileNotFoundError when there is none.
    """
    if path.is_symlink():  # Windows has no flag for it
        raise OSError("it is a link; put the file itself there")
    with os.fdopen(os.open(path, os.O_RDONLY | _NO_FOLLOW), "rb") as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise OSError("it is not a regular file")
        return file.read(most + 1)


def sha256(path: Path, start: int = 0, size: int | None = None) -> str:
    """Compute the SHA-256 of a file, or of ``size`` bytes of it, in hexadecimal. Raises OSError."""
    with path.open("rb") as file:
        if not start and size is None:
            return hashlib.file_digest(file, "sha256").hexdigest()
        digest = hashlib.sha256()
        file.seek(start)
        left = os.fstat(file.fileno()).st_size - start if size is None else size
        while left > 0 and (block := file.read(min(_BLOCK, left))):
            digest.update(block)
            left -= len(block)
        return digest.hexdigest()


# --- JSON that tells when it is damaged -----------------------------------------------------------


def sealed(content: Mapping[str, Any]) -> bytes:
    """JSON text with the SHA-256 of what it says, which `unsealed` checks."""
    plain = dict(content)
    return json.dumps({**plain, "sha256": _seal(plain)}, ensure_ascii=False, indent=1).encode()


def unsealed(text: bytes) -> dict[str, Any]:
    """What `sealed` was given. Raises ValueError when a bit of it has changed."""
    plain = json.loads(text)
    if not isinstance(plain, dict) or plain.pop("sha256", None) != _seal(plain):
        raise ValueError("it is not what was written")
    return plain


def _seal(plain: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(plain, sort_keys=True).encode()).hexdigest()


# --- checked once after each boot or change -------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Part:
    """A file of a folder as it was written."""

    name: str
    """Relative to the folder, with forward slashes."""
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a file."""

    path: Path
    what: Literal["missing", "size", "content"]
    found: int = 0
    """Bytes it has, and those that it should have, where that differs."""
    expected: int = 0


class Checked:
    """Remembers in a file which files were read whole and found right, since the last boot.

    What is remembered holds as long as the machine runs and size, times and place of a file stay as
    they were: what has been read since then may come from memory, but damage on the disk is seen
    by the next boot.
    """

    def __init__(self, memory: Path) -> None:
        self._memory = memory

    def fault(
        self, folder: Path, parts: Iterable[Part], *, whole: bool = False, most: int | None = None
    ) -> Fault | None:
        """Find the first part that is not as it was written.

        With ``whole`` every byte is read, whatever is remembered; of files larger than ``most``
        bytes, only the size is looked at. Raises OSError when a file is
        there and cannot be read.
        """
        known = {} if whole else self._read()
        seen = dict(known)
        for part in parts:
            path = folder / part.name
            try:
                state = path.stat()
                if state.st_size != part.size:
                    return Fault(path, "size", state.st_size, part.size)
                if most is not None and part.size > most:
                    continue
                mark = _mark(state, part.sha256)
                if known.get(part.name) != mark and sha256(path) != part.sha256:
                    self.forget()
                    return Fault(path, "content")
            except (FileNotFoundError, IsADirectoryError):
                return Fault(path, "missing")
            seen[part.name] = mark
        if known != seen:
            self._write(seen)
        return None

    def forget(self) -> None:
        """Have everything read again next time."""
        with suppress(OSError):
            self._memory.unlink(missing_ok=True)

    def _read(self) -> dict[str, list[int | str]]:
        try:
            plain = unsealed(self._memory.read_bytes())
            known: dict[str, list[int | str]] = plain["files"] if plain["boot"] == _boot() else {}
            return known
        except (OSError, ValueError, KeyError, TypeError):
            return {}

    def _write(self, seen: Mapping[str, list[int | str]]) -> None:
        # A folder that may not be written to is checked each time.
        with suppress(OSError):
            write(self._memory, sealed({"boot": _boot(), "files": seen}))


def _mark(state: os.stat_result, digest: str) -> list[int | str]:
    return [state.st_size, state.st_mtime_ns, state.st_ctime_ns, state.st_ino, digest]


def _boot() -> str:
    """What names this run of the machine; at worst, everything is read again too often."""
    if sys.platform == "linux":
        with suppress(OSError):
            return Path("/proc/sys/kernel/random/boot_id").read_text("ascii").strip()
    import psutil

    return str(round(psutil.boot_time() / 60))
