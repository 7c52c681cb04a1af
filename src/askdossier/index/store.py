"""The folder of an index: its manifest, atomic save, checked open, lock.

An index folder holds::

    current.json            which generation is in use, size and SHA-256 of each of its files; the
                            same of the generation before it
    stats.json              size, times and hash of the corpus files; only a short cut for the sync
    dates.json              when each document was indexed; only to be shown
    lock                    held while a process writes
    generations/g000007/    one whole index, never changed once it is in use; beside it, in
                            g000007.checked.json, which of its files were read whole and found
                            right since the last boot
    building/               what a sync is working on, and the vectors an interrupted one has kept

A new generation is written and flushed completely before ``current.json`` is replaced, which is
one atomic rename. A process killed at any moment therefore leaves the previous index whole. The
generation before the one in use stays: what left the index by mistake has its vectors there, and
where the one in use is damaged, a sync begins from it.

This module knows nothing about models, embedding or searching.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Container, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

import filelock
import numpy as np
from numpy.typing import NDArray

from askdossier import files
from askdossier.core import Failure, IndexBusy, IndexMismatch, IndexMissing
from askdossier.index.arrays import ArrayWriter, open_array
from askdossier.index.damage import damaged, index_command
from askdossier.index.tables import Tables, TablesWriter

SCHEMA = 5
"""Raised whenever the files of a generation change their meaning; there are no upgrades, an index
of another schema is built again."""

LOCK_WAIT_SECONDS = 5.0

_POINTER = "current.json"
_CHECKED = "checked.json"
_STATS = "stats.json"
_DATES = "dates.json"
_GENERATIONS = "generations"
_BUILDING = "building"
_MANIFEST = "manifest.json"
_VECTORS = "passages.npy"
_SENTENCES = "sentences.npy"
_BM25 = "bm25"


# --- manifest -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FileEntry:
    """One file of the corpus, or a document inside one, as the index knows it."""

    size: int
    """In bytes; 0 for a document inside a file."""
    sha256: str
    """Of its bytes. Empty when the content was not read or is not to blame (format not supported,
    permission denied, out of memory…): such a file is looked at again by every sync."""
    sidecar: str
    """SHA-256 of the sidecar file beside it, empty without one."""
    reason: str = ""
    """Why it could not be indexed, in words for the user; empty when it is indexed."""
    stale: bool = False
    """True when the index keeps the document of an earlier version, which ``reason`` forbids to
    read again."""
    document: bool = True
    """False for a file that is none itself and only holds some, such as an archive."""

    @property
    def indexed(self) -> bool:
        """True when the file's document is in the index."""
        return self.document and (self.stale or not self.reason)

    def as_dict(self) -> dict[str, int | str | bool]:
        """Name the fields; ``dataclasses.asdict`` takes a second for some ten thousand files."""
        return {
            "size": self.size,
            "sha256": self.sha256,
            "sidecar": self.sidecar,
            "reason": self.reason,
            "stale": self.stale,
            "document": self.document,
        }


def file_of(name: str, known: Container[str]) -> str:
    """The file of the corpus in which a document lies: itself, where it is one.

    ``known`` holds the ids of all files. A document inside a file has an id as if the file were a
    folder, and no folder is called like a file.
    """
    at = name.find("/")
    while at >= 0:
        if name[:at] in known:
            return name[:at]
        at = name.find("/", at + 1)
    return name


def indexed_files(entries: Mapping[str, FileEntry]) -> dict[str, str]:
    """The SHA-256 of each file that has a document in the index, or inside it one."""
    names = {file_of(name, entries) for name, entry in entries.items() if entry.indexed}
    return {name: entries[name].sha256 for name in names}


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an index holds. Same files, same settings, same embedder: an equal manifest.

    That is why nothing in it depends on time, place or history.
    """

    schema: int
    version: str
    """Of askdossier."""
    embedder: str
    dimension: int
    settings: str
    """Whatever changes how a file is read, cleaned and cut, as one string."""
    files: Mapping[str, FileEntry]
    """By path relative to the corpus, with forward slashes, sorted; what is inside a file too."""
    documents: int
    passages: int
    sentences: int

    def numbers(self) -> dict[str, int]:
        """Give the documents' numbers in the tables, by id."""
        indexed = (path for path, entry in self.files.items() if entry.indexed)
        return {path: number for number, path in enumerate(indexed)}

    def failures(self, *, stale: bool) -> tuple[Failure, ...]:
        """The files that could not be read: with an earlier version in the index, or without."""
        return tuple(
            Failure(path, entry.reason)
            for path, entry in self.files.items()
            if entry.reason and entry.stale == stale
        )

    def to_json(self) -> str:
        """Write the manifest as text; equal manifests give equal text."""
        plain = {
            "schema": self.schema,
            "version": self.version,
            "embedder": self.embedder,
            "dimension": self.dimension,
            "settings": self.settings,
            "documents": self.documents,
            "passages": self.passages,
            "sentences": self.sentences,
            "files": {path: entry.as_dict() for path, entry in self.files.items()},
        }
        return json.dumps(plain, ensure_ascii=False, indent=1)

    @classmethod
    def from_json(cls, text: str) -> Manifest:
        """Read what ``to_json`` has written."""
        plain = json.loads(text)
        files = {path: FileEntry(**entry) for path, entry in plain.pop("files").items()}
        return cls(files=MappingProxyType(files), **plain)


# --- generations ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Generation:
    """One whole index, opened. Everything stays readable after its files have been deleted."""

    manifest: Manifest
    corpus: str
    """Path of the corpus when it was built."""
    tables: Tables
    vectors: NDArray[np.float16]
    """Passage vectors, memory-mapped, shape ``(passages, dimension)``."""
    sentences: NDArray[np.float16]
    """Sentence vectors, memory-mapped, shape ``(sentences, dimension)``."""
    folder: Path
    pointer: Mapping[str, Any]
    """What names it in ``current.json``."""


_Made = TypeVar("_Made")


def open_generation(folder: Path, make: Callable[[Generation], _Made]) -> _Made:
    """Give what ``make`` makes of the index in use in ``folder``, after checking its files.

    Each is read whole once after each boot or change. A sync may delete the generation while we
    open it, as soon as it has saved two newer ones; then the newest is opened. So ``make`` must
    open all files that it wants, and may be called again.

    Raises IndexMissing when there is none, IndexMismatch when it has another schema or is damaged.
    """
    while True:
        pointer = _read_pointer(folder)
        try:
            return make(_open(folder, pointer))
        except (FileNotFoundError, IndexMismatch) as error:
            if _read_pointer(folder)["generation"] == pointer["generation"]:
                if isinstance(error, IndexMismatch):
                    raise
                name = Path(error.filename or "").name or str(error)
                raise damaged(folder, pointer["corpus"], f"{name} is missing") from error


def open_before(folder: Path) -> Generation | None:
    """Open the generation before the one in use; None when there is none that is whole."""
    try:
        before = _read_pointer(folder)["before"]
        return _open(folder, before) if before else None
    except (IndexMissing, IndexMismatch, OSError):
        return None


def follow(folder: Path, corpus: Path) -> None:
    """Note that the index in use is that of another folder, which holds the same files."""
    pointer = _read_pointer(folder)
    files.write(folder / _POINTER, files.sealed({**pointer, "corpus": str(corpus)}))


def verify(folder: Path) -> None:
    """Read every byte of the index in use. Raises as `open_generation`."""
    pointer = _read_pointer(folder)
    _check(folder, pointer, whole=True)


def exists(folder: Path) -> bool:
    """Tell whether there is an index in ``folder``, in whatever state."""
    return (folder / _POINTER).exists()


def version(folder: Path) -> object:
    """What differs once another generation is in use; None when that cannot be told. Cheap."""
    try:
        known = (folder / _POINTER).stat()
    except OSError:
        return None
    return known.st_ino, known.st_mtime_ns, known.st_size


def current_name(folder: Path) -> str | None:
    """Name of the generation in use, be it of another schema or damaged; None without one."""
    return next(iter(_names(folder)), None)


def _names(folder: Path) -> list[str]:
    """The generations to keep: the one in use and the one before, whatever state they are in."""
    try:
        pointer = json.loads((folder / _POINTER).read_bytes())
        before = pointer.get("before")
        return [str(known["generation"]) for known in (pointer, before) if known]
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return []


def remembered(folder: Path) -> tuple[str, dict[str, str]]:
    """Give the corpus and the indexed files, with their SHA-256, of an index that cannot be opened.

    It may be damaged or of another schema: both are empty where they cannot be told.
    """
    try:
        pointer = json.loads((folder / _POINTER).read_bytes())
        manifest = folder / _GENERATIONS / pointer["generation"] / _MANIFEST
        known = json.loads(manifest.read_bytes())["files"]
        entries = {str(name): FileEntry(**entry) for name, entry in known.items()}
        return str(pointer["corpus"]), indexed_files(entries)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return "", {}


def _read_pointer(folder: Path) -> dict[str, Any]:
    try:
        text = (folder / _POINTER).read_bytes()
        pointer: dict[str, Any] = json.loads(text)
        schema = pointer["schema"]
    except (FileNotFoundError, NotADirectoryError):
        raise IndexMissing(
            f"There is no index in {folder}. Build it with: {index_command(folder)}"
        ) from None
    except (ValueError, KeyError, TypeError) as error:
        raise damaged(folder, None, f"{_POINTER} cannot be read") from error
    if schema != SCHEMA:
        raise IndexMismatch(
            f"The index in {folder} was made by another version of askdossier (index format "
            f"{schema}, this version reads {SCHEMA}). "
            f"Build it again with: {index_command(folder, pointer.get('corpus'))}"
        )
    try:
        return files.unsealed(text)
    except ValueError as error:
        what = f"{_POINTER} is not the one that was written"
        raise damaged(folder, pointer.get("corpus"), what) from error


def _check(folder: Path, pointer: Mapping[str, Any], *, whole: bool = False) -> Path:
    """The folder of a generation whose files are as they were written. Raises IndexMismatch."""
    home = folder / _GENERATIONS / str(pointer["generation"])
    parts = [files.Part(name, size, digest) for name, (size, digest) in pointer["files"].items()]
    memory = files.Checked(home.with_name(f"{home.name}.{_CHECKED}"))
    fault = memory.fault(home, parts, whole=whole)
    if fault is None:
        return home
    name = fault.path.relative_to(home).as_posix()
    if fault.what == "missing":
        raise damaged(folder, pointer["corpus"], f"{name} is missing")
    if fault.what == "size":
        found, expected = fault.found, fault.expected
        what = f"{name} has {found} bytes instead of {expected}"
        raise damaged(folder, pointer["corpus"], what)
    raise damaged(folder, pointer["corpus"], f"{name} is not the one that was written")


def _open(folder: Path, pointer: Mapping[str, Any]) -> Generation:
    home = _check(folder, pointer)
    try:
        return Generation(
            manifest=Manifest.from_json((home / _MANIFEST).read_text("utf-8")),
            corpus=pointer["corpus"],
            tables=Tables(home),
            vectors=open_array(home / _VECTORS),
            sentences=open_array(home / _SENTENCES),
            folder=home,
            pointer=pointer,
        )
    except (ValueError, KeyError, TypeError, EOFError) as error:
        raise damaged(folder, pointer["corpus"], str(error)) from error


class NewGeneration:
    """A generation being written; it comes into use with ``commit``.

    A context manager: when left, its files are closed, written to the end or not.
    """

    def __init__(self, folder: Path, dimension: int, passages: int, sentences: int) -> None:
        self._files = ExitStack()
        self._index = folder
        generations = folder / _GENERATIONS
        generations.mkdir(parents=True, exist_ok=True)
        numbers = [int(p.name[1:]) for p in generations.glob("g*") if p.name[1:].isdigit()]
        self.folder = generations / f"g{max(numbers, default=0) + 1:06d}"
        self.folder.mkdir()
        self.bm25_folder = bm25_folder(self.folder)
        self.tables = TablesWriter(self.folder, self._files)
        shape = (passages, dimension)
        self.vectors = ArrayWriter(self.folder / _VECTORS, shape, np.float16, self._files)
        shape = (sentences, dimension)
        self.sentences = ArrayWriter(self.folder / _SENTENCES, shape, np.float16, self._files)

    def __enter__(self) -> NewGeneration:
        return self

    def __exit__(self, *_: object) -> None:
        self._files.close()

    def close(self) -> None:
        """Finish tables and vectors, so that they can be opened."""
        self.tables.close()
        self.vectors.close()
        self.sentences.close()

    def commit(self, manifest: Manifest, corpus: Path, before: Generation | None) -> None:
        """Flush everything to disk, then put this generation in use, in one atomic step.

        ``before`` is the one that it takes the place of, which stays beside it.
        """
        (self.folder / _MANIFEST).write_bytes(manifest.to_json().encode())
        written = sorted(path for path in self.folder.rglob("*") if path.is_file())
        for path in written:
            files.flush(path)
        for path in (*(p for p in self.folder.rglob("*") if p.is_dir()), self.folder):
            files.flush_folder(path)
        files.flush_folder(self.folder.parent)
        pointer = {
            "schema": SCHEMA,
            "generation": self.folder.name,
            "corpus": str(corpus),
            "files": {
                path.relative_to(self.folder).as_posix(): [path.stat().st_size, files.sha256(path)]
                for path in written
            },
            "before": {**before.pointer, "before": None} if before is not None else None,
        }
        files.write(self._index / _POINTER, files.sealed(pointer))
        remove_old_generations(self._index)


def bm25_folder(generation: Path) -> Path:
    """Where a generation keeps its BM25 index."""
    return generation / _BM25


def building_folder(folder: Path) -> Path:
    """Where a sync keeps what it is working on."""
    return folder / _BUILDING


def remove_old_generations(folder: Path) -> None:
    """Delete all but two; on Windows, files that are open are left for next time."""
    kept = _names(folder)
    for path in (folder / _GENERATIONS).glob("g*"):
        if path.name.partition(".")[0] not in kept:
            files.remove_folder(path) if path.is_dir() else files.remove(path)


# --- stats of corpus files ------------------------------------------------------------------------

Stat = tuple[int, int, int, str]
"""Size in bytes, modification time and change time in nanoseconds, SHA-256."""


def read_stats(folder: Path) -> dict[str, Stat]:
    """Read what the last sync knew about the files; when that is lost, all are hashed."""
    try:
        plain = files.unsealed((folder / _STATS).read_bytes())["files"]
        return {path: (stat[0], stat[1], stat[2], stat[3]) for path, stat in plain.items()}
    except (OSError, ValueError, AttributeError, TypeError, IndexError, KeyError):
        return {}


def write_stats(folder: Path, stats: Mapping[str, Stat]) -> None:
    """Keep what is known about the corpus files for the next sync."""
    files.write(folder / _STATS, files.sealed({"files": dict(stats)}))


# --- dates of documents ---------------------------------------------------------------------------


def read_dates(folder: Path) -> dict[str, datetime]:
    """Read when each document was indexed, as far as that is known."""
    try:
        plain = files.unsealed((folder / _DATES).read_bytes())["files"]
        return {name: datetime.fromisoformat(date) for name, date in plain.items()}
    except (OSError, ValueError, AttributeError, TypeError):
        return {}


def write_dates(folder: Path, dates: Mapping[str, datetime]) -> None:
    """Keep when each document was indexed."""
    plain = {name: date.isoformat(timespec="seconds") for name, date in sorted(dates.items())}
    files.write(folder / _DATES, files.sealed({"files": plain}))


# --- lock -----------------------------------------------------------------------------------------


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Hold the index for writing. Raises IndexBusy when another process does so for too long."""
    files.make_folder(folder)
    lock = filelock.FileLock(folder / "lock", timeout=LOCK_WAIT_SECONDS)
    try:
        lock.acquire()
    except filelock.Timeout:
        raise IndexBusy(
            f"Another process is writing the index in {folder}. Wait until it has finished and try "
            "again; questions can be asked meanwhile."
        ) from None
    try:
        yield
    finally:
        lock.release()
