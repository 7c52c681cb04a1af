"""An index opened for questions."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import overload

import numpy as np
from numpy.typing import NDArray

from askdossier.core import (
    Document,
    IndexMismatch,
    Passage,
    Place,
    Removal,
    Span,
    Vectors,
)
from askdossier.index import search, store
from askdossier.index.comparing import Comparing
from askdossier.index.copies import Copies
from askdossier.index.damage import index_command
from askdossier.index.search import Rows, Scored
from askdossier.index.tables import Tables

_DOCUMENTS_IN_MEMORY = 64
_HEADERS_IN_MEMORY = 10_000
_PASSAGES_IN_MEMORY = 2_000


class Index:
    """Documents, passages and their vectors, read-only.

    Passages are numbered by *row*, from 0. Texts are read from disk when they are asked for. An
    index stays as it was opened, and usable, when a sync saves a new one. Safe to use from several
    threads.
    """

    def __init__(self, generation: store.Generation) -> None:
        tables = generation.tables
        self.manifest = generation.manifest
        """What the index holds, file by file."""
        self.corpus = generation.corpus
        """Path of the corpus folder when it was indexed; only for messages."""
        self.passages: Sequence[Passage] = _Passages(tables)
        """By row."""
        self.documents: Mapping[str, Document] = _Documents(tables, generation.manifest)
        """By id, in the order of the ids; texts are read when a document is looked up."""
        self.failures = generation.manifest.failures(stale=False)
        """The files that could not be indexed."""
        self.stale = generation.manifest.failures(stale=True)
        """The documents of an earlier version of their file, which cannot be read now."""
        self._tables = tables
        self._numbers = generation.manifest.numbers()
        self._copies = Copies(tables, self.passages, self.documents)
        self._header = lru_cache(_HEADERS_IN_MEMORY)(tables.header)
        self._dense = search.Dense(generation.vectors)
        self._comparing = Comparing(generation.vectors, generation.sentences, tables.first_sentence)
        self._lexical = search.Lexical(store.bm25_folder(generation.folder), tables.passage_count)

    @classmethod
    def open(cls, folder: Path, embedder_name: str | None) -> Index:
        """Open the index in ``folder`` for use with the embedder of that name.

        ``embedder_name`` is None when only lexical search or listing is wanted. Raises
        IndexMissing when there is no index, IndexMismatch when it was made with another embedder
        or in another format, or is damaged.
        """

        def make(generation: store.Generation) -> Index:
            made_by = generation.manifest.embedder
            if embedder_name is not None and made_by != embedder_name:
                raise IndexMismatch(
                    f"The index in {folder} was made with the embedder {made_by}, not "
                    f"{embedder_name}: their vectors cannot be compared. Build it again with: "
                    f"{index_command(folder, generation.corpus)}"
                )
            index = cls(generation)
            if embedder_name is not None:  # else nobody waits for nearest vectors, most likely
                index._dense.prepare()
                index._comparing.prepare()
            return index

        return store.open_generation(folder, make)

    @staticmethod
    def verify(folder: Path) -> None:
        """Read every byte of the index. Raises IndexMissing; IndexMismatch when one is wrong."""
        store.verify(folder)

    @staticmethod
    def exists(folder: Path) -> bool:
        """Tell whether there is an index in ``folder``, in whatever state."""
        return store.exists(folder)

    @staticmethod
    def version(folder: Path) -> object:
        """What differs once another index is in use in ``folder``; None when that is not known."""
        return store.version(folder)

    # --- looking up ---

    def header(self, document: str) -> Document:
        """Look up a document without its text: title, language, source, headings.

        ``text`` is empty. Cheap, for lists and filters. Raises KeyError when it does not exist.
        """
        return self._header(self._numbers[document])

    def file_of(self, document: str) -> str:
        """The file of the corpus in which a document lies: itself, where it is one."""
        return store.file_of(document, self.manifest.files)

    def removals(self, document: str) -> tuple[Removal, ...]:
        """List what cleaning took out of a document. Raises KeyError."""
        return self._tables.removals(self._numbers[document])

    def rows_of(self, document: str) -> range:
        """Give the rows of a document's passages. Raises KeyError."""
        return self._tables.rows(self._numbers[document])

    def row_at(self, document: str, offset: int) -> int | None:
        """Find the last passage of a document that begins at that offset or before it.

        None before its first. Raises KeyError.
        """
        rows = self.rows_of(document)
        after = bisect_right(rows, offset, key=lambda row: self.passages[row].span.start)
        return rows[after - 1] if after else None

    def rows_touching(self, document: str, span: Span) -> range:
        """Find the passages of a document that share a character with a span. Raises KeyError."""
        first = self.row_at(document, span.start)
        last = self.row_at(document, max(span.start, span.end - 1))
        start = self.rows_of(document).start if first is None else first
        if first is not None and self.passages[first].span.end <= span.start:
            start += 1
        return range(start, start if last is None else last + 1)

    def passages_of(self, document: str) -> tuple[Passage, ...]:
        """List the passages of a document, in reading order. Raises KeyError."""
        return tuple(self.passages[row] for row in self.rows_of(document))

    def rows_among(self, documents: Iterable[str]) -> Rows:
        """Give the rows of several documents, for the ``allowed`` of a search. Raises KeyError."""
        rows = [np.arange(r.start, r.stop, dtype=np.int64) for r in map(self.rows_of, documents)]
        return np.unique(np.concatenate([np.empty(0, dtype=np.int64), *rows]))

    def copies(self, document: str, span: Span) -> tuple[Place, ...]:
        """Find the other sentences that say the same as the one in which ``span`` lies.

        Figures, names and negations agree, and nearly all words. In the order of the documents;
        empty for a span that no sentence holds. Raises KeyError.
        """
        row = self.row_at(document, span.start)
        return () if row is None else self._copies.of(row, span)

    # --- searching ---

    def dense(self, question: NDArray[np.float32], k: int, allowed: Rows | None = None) -> Scored:
        """Find the ``k`` passages nearest to a question's vector ``(d,)``, as ``(row, cosine)``."""
        return self._dense.search(question, k, allowed)

    def lexical(self, tokens: Sequence[str], k: int, allowed: Rows | None = None) -> Scored:
        """Find the ``k`` passages best by BM25, as ``(row, score)``, all sharing a token with it.

        ``tokens`` come from ``text.search_tokens`` with the languages of the dossier. Scores are
        computed over the whole index, whatever ``allowed`` says.
        """
        return self._lexical.search(tokens, k, allowed)

    def holding(self, tokens: Sequence[str]) -> Rows:
        """Find the rows of all passages that hold every one of the search tokens, in order."""
        return self._lexical.holding(tokens)

    @property
    def vectors(self) -> NDArray[np.float16]:
        """The vectors of all passages, by row, shape ``(passages, d)``; memory-mapped."""
        return self._dense.vectors

    def cosines(self, rows: Sequence[int], question: NDArray[np.float32]) -> NDArray[np.float32]:
        """Compare a question's vector ``(d,)`` with some passages, by row."""
        return self._comparing.passages(rows, question)

    def whitened_cosines(
        self, rows: Sequence[int], question: NDArray[np.float32]
    ) -> NDArray[np.float32]:
        """Compare as ``cosines`` does, what the passages have in common counting for little."""
        return self._comparing.whitened(rows, question)

    def sentence_vectors(self, row: int) -> Vectors:
        """One vector per sentence of a passage, shape ``(len(passages[row].sentences), d)``."""
        return self._comparing.of_sentences(row)

    def sentence_cosines(
        self, rows: Sequence[int], question: NDArray[np.float32]
    ) -> list[NDArray[np.float32]]:
        """Compare a question's vector ``(d,)`` with the sentences of each of some passages."""
        return self._comparing.sentences(rows, question)

    @property
    def vocabulary(self) -> Sequence[str]:
        """The distinct search tokens of all passages, sorted."""
        return self._tables.vocabulary

    def tokens(self, row: int) -> NDArray[np.int32]:
        """Give the search tokens of a passage, in order, those of its title and headings first.

        They are positions in ``vocabulary``.
        """
        first = self._tables.first_token
        return np.asarray(self._tables.tokens[first[row] : first[row + 1]])

    def idf(self, token: str) -> float:
        """How rare a search token is among the passages, in nats; the most for an unknown one."""
        return self._lexical.idf(token)


class _Documents(Mapping[str, Document]):
    def __init__(self, tables: Tables, manifest: store.Manifest) -> None:
        self._numbers = manifest.numbers()
        self._read = lru_cache(_DOCUMENTS_IN_MEMORY)(tables.document)

    def __getitem__(self, name: str) -> Document:
        return self._read(self._numbers[name])

    def __contains__(self, name: object) -> bool:
        return name in self._numbers

    def __iter__(self) -> Iterator[str]:
        return iter(self._numbers)

    def __len__(self) -> int:
        return len(self._numbers)


class _Passages(Sequence[Passage]):
    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._read = lru_cache(_PASSAGES_IN_MEMORY)(tables.passage)

    def __len__(self) -> int:
        return self._tables.passage_count

    @overload
    def __getitem__(self, row: int) -> Passage: ...
    @overload
    def __getitem__(self, row: slice) -> tuple[Passage, ...]: ...
    def __getitem__(self, row: int | slice) -> Passage | tuple[Passage, ...]:
        if isinstance(row, slice):
            return tuple(self[i] for i in range(*row.indices(len(self))))
        return self._read(row + len(self) if row < 0 else row)
