"""The files of an index: tables of documents and passages, manifest, atomic save, checked open.

An index folder holds::

    current.json            which generation is in use, and the size of each of its files
    stats.json              size, times and hash of the corpus files; only a short cut for the sync
    lock                    held while a process writes
    generations/g000007/    one whole index, never changed once it is in use
    building/               what a sync is working on, and the vectors an interrupted one has kept

A new generation is written and flushed completely before ``current.json`` is replaced, which is
one atomic rename. A process killed at any moment therefore leaves the previous index whole.

This module knows nothing about models, embedding or searching.
"""

from __future__ import annotations

import hashlib
import json
import mmap
import os
import shlex
import shutil
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar, overload

import filelock
import numpy as np
from numpy.typing import NDArray

from askdossier.index.arrays import ArrayWriter, open_array
from askdossier.records import (
    Document,
    Heading,
    IndexBusy,
    IndexMismatch,
    IndexMissing,
    Passage,
    Removal,
    Source,
    Span,
)

SCHEMA = 1
"""Raised whenever the files of a generation change their meaning; there are no upgrades, an index
of another schema is built again."""

KEY_BYTES = 16
LOCK_WAIT_SECONDS = 5.0

_POINTER = "current.json"
_STATS = "stats.json"
_GENERATIONS = "generations"
_BUILDING = "building"
_MANIFEST = "manifest.json"
_VECTORS = "passages.npy"
_SENTENCES = "sentences.npy"
_BM25 = "bm25"


# --- what the user is told ------------------------------------------------------------------------


def index_command(folder: Path, corpus: str | None = None) -> str:
    """Give the command that builds the index in ``folder``, ready to paste into a shell."""
    what = shlex.quote(corpus) if corpus else "CORPUS"
    return f"askdossier index {what} --index {shlex.quote(str(folder))}"


# --- manifest -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FileEntry:
    """One file of the corpus as the index knows it."""

    size: int
    sha256: str
    """Of its bytes. Empty when the content was not read or is not to blame (format not supported,
    permission denied, out of memory…): such a file is looked at again by every sync."""
    sidecar: str
    """SHA-256 of the sidecar file beside it, empty without one."""
    reason: str = ""
    """Why it could not be indexed, in words for the user; empty when it is indexed."""

    @property
    def indexed(self) -> bool:
        """True when the file's document is in the index."""
        return not self.reason

    def as_dict(self) -> dict[str, int | str]:
        """Name the fields; ``dataclasses.asdict`` takes a second for some ten thousand files."""
        return {
            "size": self.size,
            "sha256": self.sha256,
            "sidecar": self.sidecar,
            "reason": self.reason,
        }


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
    """By path relative to the corpus, with forward slashes, sorted."""
    documents: int
    passages: int
    sentences: int

    def numbers(self) -> dict[str, int]:
        """Give the documents' numbers in the tables, by id."""
        indexed = (path for path, entry in self.files.items() if entry.indexed)
        return {path: number for number, path in enumerate(indexed)}

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


# --- byte records ---------------------------------------------------------------------------------


class Records(Sequence[bytes]):
    """Byte strings kept one after the other in a file, opened memory-mapped.

    ``NAME`` holds the bytes and ``NAME.offsets.npy`` the ``n + 1`` offsets where they begin and
    end.
    The file stays readable when it is deleted after having been opened.
    """

    def __init__(self, folder: Path, name: str) -> None:
        self.offsets = open_array(folder / f"{name}.offsets.npy")
        with (folder / name).open("rb") as file:
            empty = self.offsets[-1] == 0
            self._bytes = b"" if empty else mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)

    def __len__(self) -> int:
        return len(self.offsets) - 1

    @overload
    def __getitem__(self, index: int) -> bytes: ...
    @overload
    def __getitem__(self, index: slice) -> list[bytes]: ...
    def __getitem__(self, index: int | slice) -> bytes | list[bytes]:
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(len(self)))]
        if index < 0:
            index += len(self)
        if not 0 <= index < len(self):
            raise IndexError(index)
        return self.joined(index, index + 1)

    def joined(self, first: int, last: int) -> bytes:
        """Give the bytes of the records ``first`` to ``last``, the end exclusive, in one piece."""
        return bytes(self._bytes[int(self.offsets[first]) : int(self.offsets[last])])


class RecordsWriter:
    """Writes what ``Records`` reads; ``files`` closes the file when writing is given up."""

    def __init__(self, folder: Path, name: str, files: ExitStack) -> None:
        self._file = files.enter_context((folder / name).open("wb"))
        self._offsets_path = folder / f"{name}.offsets.npy"
        self._offsets: list[int] = [0]

    def append(self, record: bytes) -> None:
        """Add one record."""
        self._file.write(record)
        self._offsets.append(self._offsets[-1] + len(record))

    def copy(self, source: Records, first: int, last: int) -> None:
        """Add the records ``first`` to ``last``, the end exclusive, of another file."""
        self._file.write(source.joined(first, last))
        shift = self._offsets[-1] - int(source.offsets[first])
        self._offsets.extend((source.offsets[first + 1 : last + 1] + shift).tolist())

    def close(self) -> None:
        """Write the offsets; the records cannot be read before."""
        self._file.close()
        np.save(self._offsets_path, np.asarray(self._offsets, dtype=np.int64))


# --- documents and passages as bytes --------------------------------------------------------------


def _dump(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _document_record(document: Document) -> bytes:
    source = {k: v for k, v in asdict(document.source).items() if v is not None}
    headings = [[h.span.start, h.span.end, h.level] for h in document.headings]
    return _dump([document.id, document.title, document.language, source, headings])


def _passage_record(passage: Passage, context: str) -> bytes:
    sentences = [offset for span in passage.sentences for offset in (span.start, span.end)]
    span = passage.span
    return _dump(
        [passage.id, passage.document, span.start, span.end, passage.heading, sentences, context]
    )


def _passage(record: bytes) -> tuple[Passage, str]:
    name, document, start, end, heading, flat, context = json.loads(record)
    sentences = tuple(Span(s, e) for s, e in zip(flat[::2], flat[1::2], strict=True))
    return Passage(name, document, Span(start, end), heading, sentences), context


# --- tables ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Prepared:
    """One file, read, cleaned and cut into passages."""

    document: Document
    passages: tuple[Passage, ...]
    contexts: tuple[str, ...]
    """For each passage, the line put before its text when it is embedded (``title › heading``);
    may be empty."""
    removals: tuple[Removal, ...] = ()


class Tables:
    """Documents and passages without their vectors, opened read-only; texts are parsed on demand.

    Documents are numbered from 0 in the order of their ids; the passages of one document follow
    one another, and so do the sentences and the search tokens of one passage.
    """

    def __init__(self, folder: Path) -> None:
        self._documents = Records(folder, "documents.jsonl")
        self._texts = Records(folder, "texts.txt")
        self._removals = Records(folder, "removals.jsonl")
        self._passages = Records(folder, "passages.jsonl")
        self.first_passage: NDArray[np.int64] = open_array(folder / "first_passage.npy")
        """Row of the first passage of each document, and the number of passages."""
        self.first_sentence: NDArray[np.int64] = open_array(folder / "first_sentence.npy")
        """Row of the first sentence of each passage, and the number of sentences."""
        self.first_token: NDArray[np.int64] = open_array(folder / "first_token.npy")
        """Position of the first search token of each passage, and the number of tokens."""
        self.tokens: NDArray[np.int32] = open_array(folder / "tokens.npy")
        """Search tokens of all passages, as positions in ``vocabulary``."""
        self.keys: NDArray[np.uint8] = open_array(folder / "keys.npy")
        """Hash of what was embedded for each passage, shape ``(passages, 16)``."""
        self.vocabulary: list[str] = json.loads((folder / "vocabulary.json").read_bytes())
        """The distinct search tokens, sorted."""

    @property
    def document_count(self) -> int:
        """Number of documents."""
        return len(self.first_passage) - 1

    @property
    def passage_count(self) -> int:
        """Number of passages."""
        return len(self.first_sentence) - 1

    @property
    def sentence_count(self) -> int:
        """Number of sentences, over all passages."""
        return int(self.first_sentence[-1])

    def header(self, number: int) -> Document:
        """Read a document without its text: cheap, for its title, language and source."""
        return self._with_text(number, "")

    def document(self, number: int) -> Document:
        """Read a document with its text."""
        return self._with_text(number, self._texts[number].decode())

    def _with_text(self, number: int, text: str) -> Document:
        name, title, language, source, headings = json.loads(self._documents[number])
        marks = tuple(Heading(Span(start, end), level) for start, end, level in headings)
        return Document(name, title, text, language, Source(**source), marks)

    def removals(self, number: int) -> tuple[Removal, ...]:
        """Read what cleaning took out of a document."""
        return tuple(Removal(text, why) for text, why in json.loads(self._removals[number]))

    def passage(self, row: int) -> Passage:
        """Read the passage in a row."""
        return _passage(self._passages[row])[0]

    def context(self, row: int) -> str:
        """Read the line that was put before the passage when it was embedded."""
        return _passage(self._passages[row])[1]

    def rows(self, number: int) -> range:
        """Give the rows of a document's passages."""
        return range(int(self.first_passage[number]), int(self.first_passage[number + 1]))


@dataclass(frozen=True, slots=True)
class Encoded:
    """A document as it is written down, one item of each list per passage."""

    document: bytes
    text: bytes
    removals: bytes
    passages: list[bytes]
    sentence_counts: list[int]
    keys: Sequence[bytes]
    tokens: list[NDArray[np.int32]]


class TablesWriter:
    """Writes what ``Tables`` reads. Documents must come in the order of their ids.

    ``files`` closes the files when writing is given up.
    """

    def __init__(self, folder: Path, files: ExitStack) -> None:
        self._folder = folder
        self._documents = RecordsWriter(folder, "documents.jsonl", files)
        self._texts = RecordsWriter(folder, "texts.txt", files)
        self._removals = RecordsWriter(folder, "removals.jsonl", files)
        self._passages = RecordsWriter(folder, "passages.jsonl", files)
        self._first_passage = [0]
        self._first_sentence = [0]
        self._first_token = [0]
        self._tokens: list[NDArray[np.int32]] = []
        self._keys: list[bytes] = []
        self._vocabulary: dict[str, int] = {}
        self._renumbered: dict[int, NDArray[np.int32]] = {}

    def encode(
        self, prepared: Prepared, keys: Sequence[bytes], tokens: Iterable[Sequence[str]]
    ) -> Encoded:
        """Make a document ready for ``add``; nothing is written yet.

        ``keys`` and ``tokens`` hold the embedding key and the search tokens of each passage.
        Raises ValueError when their numbers differ, and UnicodeEncodeError, which is one, when a
        text holds half a surrogate pair.
        """
        passages, contexts = prepared.passages, prepared.contexts
        encoded = Encoded(
            document=_document_record(prepared.document),
            text=prepared.document.text.encode(),
            removals=_dump([[removal.text, removal.reason] for removal in prepared.removals]),
            passages=[_passage_record(*pair) for pair in zip(passages, contexts, strict=True)],
            sentence_counts=[len(passage.sentences) for passage in passages],
            keys=keys,
            tokens=[self._numbered(words) for words in tokens],
        )
        if not len(encoded.passages) == len(encoded.keys) == len(encoded.tokens):
            raise ValueError("keys or tokens are missing")
        return encoded

    def _numbered(self, words: Sequence[str]) -> NDArray[np.int32]:
        ours = self._vocabulary
        numbers = (ours.setdefault(word, len(ours)) for word in words)
        return np.fromiter(numbers, dtype=np.int32, count=len(words))

    def add(self, encoded: Encoded) -> None:
        """Add a document."""
        self._documents.append(encoded.document)
        self._texts.append(encoded.text)
        self._removals.append(encoded.removals)
        for record in encoded.passages:
            self._passages.append(record)
        for count in encoded.sentence_counts:
            self._first_sentence.append(self._first_sentence[-1] + count)
        for tokens in encoded.tokens:
            self._first_token.append(self._first_token[-1] + len(tokens))
        self._tokens.extend(encoded.tokens)
        self._keys.extend(encoded.keys)
        self._first_passage.append(self._first_passage[-1] + len(encoded.passages))

    def copy(self, source: Tables, number: int) -> None:
        """Add a document of other tables, byte for byte."""
        self._documents.copy(source._documents, number, number + 1)
        self._texts.copy(source._texts, number, number + 1)
        self._removals.copy(source._removals, number, number + 1)
        rows = source.rows(number)
        first, last = rows.start, rows.stop
        self._passages.copy(source._passages, first, last)
        self._extend(self._first_sentence, source.first_sentence[first : last + 1])
        self._extend(self._first_token, source.first_token[first : last + 1])
        self._keys.append(source.keys[first:last].tobytes())
        self._first_passage.append(self._first_passage[-1] + len(rows))
        start, end = int(source.first_token[first]), int(source.first_token[last])
        self._tokens.append(self._renumbering(source)[source.tokens[start:end]])

    @staticmethod
    def _extend(offsets: list[int], more: NDArray[np.int64]) -> None:
        offsets.extend((more[1:] - more[0] + offsets[-1]).tolist())

    def _renumbering(self, source: Tables) -> NDArray[np.int32]:
        """Positions in our vocabulary by position in the vocabulary of ``source``."""
        known = self._renumbered.get(id(source))
        if known is None:
            ours = self._vocabulary
            numbers = [ours.setdefault(token, len(ours)) for token in source.vocabulary]
            known = self._renumbered[id(source)] = np.asarray(numbers, dtype=np.int32)
        return known

    def close(self) -> None:
        """Write the arrays. The vocabulary holds the tokens in use, sorted: no trace of history."""
        for records in (self._documents, self._texts, self._removals, self._passages):
            records.close()
        folder = self._folder
        for name, offsets in (
            ("first_passage", self._first_passage),
            ("first_sentence", self._first_sentence),
            ("first_token", self._first_token),
        ):
            np.save(folder / f"{name}.npy", np.asarray(offsets, dtype=np.int64))
        keys = np.frombuffer(b"".join(self._keys), dtype=np.uint8).reshape(-1, KEY_BYTES)
        np.save(folder / "keys.npy", keys)
        tokens = np.concatenate([np.empty(0, dtype=np.int32), *self._tokens])
        used = np.zeros(len(self._vocabulary), dtype=bool)
        used[tokens] = True
        words = list(self._vocabulary)
        vocabulary = sorted(words[number] for number in np.flatnonzero(used))
        position = np.zeros(len(words), dtype=np.int32)
        for new, word in enumerate(vocabulary):
            position[self._vocabulary[word]] = new
        np.save(folder / "tokens.npy", position[tokens])
        (folder / "vocabulary.json").write_bytes(_dump(vocabulary))


# --- generations ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Generation:
    """One whole index, opened. Everything stays readable after its files have been deleted."""

    manifest: Manifest
    corpus: str
    """Path of the corpus when it was built: for messages only."""
    tables: Tables
    vectors: NDArray[np.float32]
    """Passage vectors, memory-mapped, shape ``(passages, dimension)``."""
    sentences: NDArray[np.float16]
    """Sentence vectors, memory-mapped, shape ``(sentences, dimension)``."""
    folder: Path


_Made = TypeVar("_Made")


def open_generation(folder: Path, make: Callable[[Generation], _Made]) -> _Made:
    """Give what ``make`` makes of the index in use in ``folder``; sizes of all files are checked.

    A sync may delete the generation while we open it, as soon as it has saved a newer one; then
    that one is opened. So ``make`` must open all files that it wants, and may be called again.

    Raises IndexMissing when there is none, IndexMismatch when it has another schema or is damaged.
    """
    while True:
        pointer = _read_pointer(folder)
        try:
            return make(_open(folder, pointer))
        except FileNotFoundError as error:
            if _read_pointer(folder)["generation"] == pointer["generation"]:
                name = Path(error.filename or "").name or str(error)
                raise _damaged(folder, pointer, f"{name} is missing") from error


def exists(folder: Path) -> bool:
    """Tell whether there is an index in ``folder``, in whatever state."""
    return (folder / _POINTER).exists()


def current_name(folder: Path) -> str | None:
    """Name of the generation in use, None when there is none that can be opened."""
    try:
        return str(_read_pointer(folder)["generation"])
    except (IndexMissing, IndexMismatch):
        return None


def _read_pointer(folder: Path) -> dict[str, Any]:
    try:
        pointer: dict[str, Any] = json.loads((folder / _POINTER).read_bytes())
        schema = pointer["schema"]
    except (FileNotFoundError, NotADirectoryError):
        raise IndexMissing(
            f"There is no index in {folder}. Build it with: {index_command(folder)}"
        ) from None
    except (ValueError, KeyError, TypeError) as error:
        raise _damaged(folder, {}, f"{_POINTER} cannot be read") from error
    if schema != SCHEMA:
        raise IndexMismatch(
            f"The index in {folder} was made by another version of askdossier (index format "
            f"{schema}, this version reads {SCHEMA}). "
            f"Build it again with: {index_command(folder, pointer.get('corpus'))}"
        )
    return pointer


def _damaged(folder: Path, pointer: Mapping[str, Any], what: str) -> IndexMismatch:
    command = index_command(folder, pointer.get("corpus"))
    return IndexMismatch(
        f"The index in {folder} is damaged: {what}. Build it again with: {command}"
    )


def _open(folder: Path, pointer: Mapping[str, Any]) -> Generation:
    home = folder / _GENERATIONS / pointer["generation"]
    for name, size in pointer["files"].items():
        actual = (home / name).stat().st_size
        if actual != size:
            raise _damaged(folder, pointer, f"{name} has {actual} bytes instead of {size}")
    manifest_bytes = (home / _MANIFEST).read_bytes()
    if hashlib.sha256(manifest_bytes).hexdigest() != pointer["manifest_sha256"]:
        raise _damaged(folder, pointer, f"{_MANIFEST} is not the one that was written")
    try:
        return Generation(
            manifest=Manifest.from_json(manifest_bytes.decode()),
            corpus=pointer["corpus"],
            tables=Tables(home),
            vectors=open_array(home / _VECTORS),
            sentences=open_array(home / _SENTENCES),
            folder=home,
        )
    except (ValueError, KeyError, TypeError, EOFError) as error:
        raise _damaged(folder, pointer, str(error)) from error


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
        self.vectors = ArrayWriter(self.folder / _VECTORS, shape, np.float32, self._files)
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

    def commit(self, manifest: Manifest, corpus: Path) -> None:
        """Flush everything to disk, then put this generation in use, in one atomic step."""
        manifest_bytes = manifest.to_json().encode()
        (self.folder / _MANIFEST).write_bytes(manifest_bytes)
        files = sorted(path for path in self.folder.rglob("*") if path.is_file())
        for path in files:
            with path.open("rb+") as file:
                os.fsync(file.fileno())
        for path in (*(p for p in self.folder.rglob("*") if p.is_dir()), self.folder):
            _sync_folder(path)
        _sync_folder(self.folder.parent)
        pointer = {
            "schema": SCHEMA,
            "generation": self.folder.name,
            "corpus": str(corpus),
            "manifest_sha256": hashlib.sha256(manifest_bytes).hexdigest(),
            "files": {
                path.relative_to(self.folder).as_posix(): path.stat().st_size for path in files
            },
        }
        replace(self._index / _POINTER, json.dumps(pointer, ensure_ascii=False, indent=1).encode())
        remove_old_generations(self._index, keep=self.folder.name)


def bm25_folder(generation: Path) -> Path:
    """Where a generation keeps its BM25 index."""
    return generation / _BM25


def building_folder(folder: Path) -> Path:
    """Where a sync keeps what it is working on."""
    return folder / _BUILDING


def remove_old_generations(folder: Path, keep: str | None) -> None:
    """Delete all generations but one; on Windows, files that are open are left for next time."""
    for path in (folder / _GENERATIONS).glob("g*"):
        if path.name != keep:
            shutil.rmtree(path, ignore_errors=True)


def replace(path: Path, content: bytes) -> None:
    """Write a file so that readers see the old content or the new, even after a power cut."""
    temporary = path.with_name(path.name + ".new")
    with temporary.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    for attempt in range(50):
        try:
            temporary.replace(path)
            break
        except PermissionError:
            # Windows refuses while another process has the file open, which is a matter of moments.
            if os.name != "nt" or attempt == 49:
                raise
            time.sleep(0.02)
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":
        return  # Windows cannot flush a folder
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


# --- stats of corpus files ------------------------------------------------------------------------

Stat = tuple[int, int, int, str]
"""Size in bytes, modification time and change time in nanoseconds, SHA-256."""


def read_stats(folder: Path) -> dict[str, Stat]:
    """Read what the last sync knew about the files; when that is lost, all are hashed."""
    try:
        plain = json.loads((folder / _STATS).read_bytes())
        return {path: (stat[0], stat[1], stat[2], stat[3]) for path, stat in plain.items()}
    except (OSError, ValueError, AttributeError, TypeError, IndexError, KeyError):
        return {}


def write_stats(folder: Path, stats: Mapping[str, Stat]) -> None:
    """Keep what is known about the corpus files for the next sync."""
    replace(folder / _STATS, json.dumps(stats, ensure_ascii=False).encode())


# --- lock -----------------------------------------------------------------------------------------


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Hold the index for writing. Raises IndexBusy when another process does so for too long."""
    folder.mkdir(parents=True, exist_ok=True)
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
