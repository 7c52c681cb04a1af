"""Documents and passages in files: written once, opened memory-mapped, parsed on demand."""

from __future__ import annotations

import hashlib
import json
import mmap
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import overload

import numpy as np
from numpy.typing import NDArray

from askdossier.core import Document, Heading, PageStart, Passage, Removal, Source, Span
from askdossier.index.arrays import open_array
from askdossier.index.damage import damaged
from askdossier.text.likeness import BANDS, Fingerprints, fingerprints

KEY_BYTES = 16

# --- byte records ---------------------------------------------------------------------------------


class Records(Sequence[bytes]):
    """Byte strings kept one after the other in a file, opened memory-mapped.

    ``NAME`` holds the bytes, ``NAME.offsets.npy`` the ``n + 1`` offsets where they begin and end,
    and ``NAME.sums.npy`` a checksum of each, which is looked at whenever one is read: what changes
    on the disk under an open index is never taken for what was written.
    The file stays readable when it is deleted after having been opened.
    """

    def __init__(self, folder: Path, name: str) -> None:
        self._path = folder / name
        self.offsets = open_array(folder / f"{name}.offsets.npy")
        self.sums: NDArray[np.uint64] = open_array(folder / f"{name}.sums.npy")
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
        record = self.joined(index, index + 1)
        if _checksum(record) != self.sums[index]:
            what = f"{self._path.name} is not the one that was written"
            raise damaged(self._path.parents[2], None, what)
        return record

    def joined(self, first: int, last: int) -> bytes:
        """Give the bytes of the records ``first`` to ``last``, the end exclusive, in one piece."""
        return bytes(self._bytes[int(self.offsets[first]) : int(self.offsets[last])])


def _checksum(record: bytes) -> int:
    return int.from_bytes(hashlib.blake2b(record, digest_size=8).digest(), "little")


class RecordsWriter:
    """Writes what ``Records`` reads; ``files`` closes the file when writing is given up."""

    def __init__(self, folder: Path, name: str, files: ExitStack) -> None:
        self._file = files.enter_context((folder / name).open("wb"))
        self._path = folder / name
        self._offsets: list[int] = [0]
        self._sums: list[int] = []

    def append(self, record: bytes) -> None:
        """Add one record."""
        self._file.write(record)
        self._offsets.append(self._offsets[-1] + len(record))
        self._sums.append(_checksum(record))

    def copy(self, source: Records, first: int, last: int) -> None:
        """Add the records ``first`` to ``last``, the end exclusive, of another file."""
        self._file.write(source.joined(first, last))
        shift = self._offsets[-1] - int(source.offsets[first])
        self._offsets.extend((source.offsets[first + 1 : last + 1] + shift).tolist())
        self._sums.extend(source.sums[first:last].tolist())

    def close(self) -> None:
        """Write offsets and checksums; the records cannot be read before."""
        self._file.close()
        np.save(f"{self._path}.offsets.npy", np.asarray(self._offsets, dtype=np.int64))
        np.save(f"{self._path}.sums.npy", np.asarray(self._sums, dtype=np.uint64))


# --- documents and passages as bytes --------------------------------------------------------------


def _dump(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _document_record(document: Document) -> bytes:
    source = {k: v for k, v in asdict(document.source).items() if v not in (None, False)}
    headings = [[h.span.start, h.span.end, h.level] for h in document.headings]
    pages = [[page.offset, page.number, page.kind, page.name] for page in document.pages]
    return _dump([document.id, document.title, document.language, source, headings, pages])


def _passage_record(passage: Passage, context: str) -> bytes:
    sentences = [offset for span in passage.sentences for offset in (span.start, span.end)]
    span = passage.span
    return _dump(
        [passage.id, passage.document, span.start, span.end, passage.heading, sentences,
         passage.language, context]
    )  # fmt: skip


def _passage(record: bytes) -> tuple[Passage, str]:
    name, document, start, end, heading, flat, language, context = json.loads(record)
    sentences = tuple(Span(s, e) for s, e in zip(flat[::2], flat[1::2], strict=True))
    return Passage(name, document, Span(start, end), heading, sentences, language), context


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
        self.fingerprints: Fingerprints = open_array(folder / "fingerprints.npy")
        """Of all sentences, to find those that are alike."""
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
        name, title, language, source, headings, pages = json.loads(self._documents[number])
        marks = tuple(Heading(Span(start, end), level) for start, end, level in headings)
        starts = tuple(PageStart(*page) for page in pages)
        return Document(name, title, text, language, Source(**source), marks, starts)

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
    fingerprints: list[Fingerprints]


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
        self._fingerprints: list[Fingerprints] = [np.empty((0, BANDS), dtype=np.uint32)]
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
            fingerprints=[
                fingerprints(
                    [span.of(prepared.document.text) for span in passage.sentences],
                    passage.language or prepared.document.language,
                )
                for passage in passages
            ],
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
        self._fingerprints.extend(encoded.fingerprints)
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
        start, end = int(source.first_sentence[first]), int(source.first_sentence[last])
        self._fingerprints.append(source.fingerprints[start:end])
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
        np.save(folder / "fingerprints.npy", np.concatenate(self._fingerprints))
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
