"""Embed passages: each text once, in batches, with what is known already left out."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from askdossier.core import Document, DossierError, Embedder, Passage, Progress, Report, Span
from askdossier.index.journal import Journal
from askdossier.index.store import Generation
from askdossier.index.tables import KEY_BYTES, Prepared, Tables

BATCH = 64
"""Passages embedded between two looks at ``check``: seconds on a CPU, enough for a GPU."""


@dataclass(frozen=True, slots=True)
class Work:
    """What long work needs to know."""

    embedder: Embedder
    report: Report
    check: Callable[[], None]
    """Raises when the work is to be stopped."""


# --- what is embedded -----------------------------------------------------------------------------


def embedding_key(text: str, parts: Sequence[Span]) -> bytes:
    """Hash what an embedder is given for one passage: equal keys, equal vectors."""
    offsets = np.asarray([(part.start, part.end) for part in parts], dtype="<i8").tobytes()
    hashed = hashlib.blake2b(offsets, digest_size=KEY_BYTES)
    hashed.update(b"\0")
    hashed.update(text.encode())
    return hashed.digest()


def keys_of(prepared: Prepared) -> list[bytes]:
    """Give the embedding keys of a document's passages."""
    return [
        embedding_key(*embedding_input(prepared.document, passage, context))
        for passage, context in zip(prepared.passages, prepared.contexts, strict=True)
    ]


def embedding_input(document: Document, passage: Passage, context: str) -> tuple[str, list[Span]]:
    """Give what is embedded for a passage: its text under its context, and its sentences."""
    above = f"{context}\n" if context else ""
    shift = len(above) - passage.span.start
    parts = [sentence.shifted(shift) for sentence in passage.sentences]
    return above + passage.span.of(document.text), parts


# --- vectors that are there -----------------------------------------------------------------------


def _all_keys(tables: Tables) -> list[bytes]:
    """List the keys of all passages, by row."""
    joined = tables.keys.tobytes()
    return [joined[i : i + KEY_BYTES] for i in range(0, len(joined), KEY_BYTES)]


class KnownVectors:
    """Where the vectors of each passage are: in earlier generations or in the journal."""

    def __init__(self, embedder: Embedder, earlier: Sequence[Generation], journal: Journal) -> None:
        """Of ``earlier``, the first that has a passage gives its vectors."""
        self.journal = journal
        self._rows: dict[bytes, tuple[Generation, int]] = {}
        for generation in reversed(earlier):
            manifest = generation.manifest
            if (manifest.embedder, manifest.dimension) == (embedder.name, embedder.dimension):
                for row, key in enumerate(_all_keys(generation.tables)):
                    self._rows[key] = (generation, row)

    def __contains__(self, key: bytes) -> bool:
        return key in self._rows or key in self.journal

    def read(self, key: bytes) -> tuple[NDArray[np.float16], NDArray[np.float16]]:
        """Read the vector ``(d,)`` of a passage and those ``(n, d)`` of its sentences."""
        place = self._rows.get(key)
        if place is None:
            return self.journal.read(key)
        generation, row = place
        first = generation.tables.first_sentence
        return generation.vectors[row], generation.sentences[first[row] : first[row + 1]]


# --- embedding ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A passage to embed."""

    key: bytes
    text: str
    parts: list[Span]


def embed(work: Work, staged: Tables, vectors: KnownVectors) -> dict[int, str]:
    """Embed what has no vectors yet into the journal of ``vectors``.

    Gives the numbers of the documents that cannot be embedded, with the reason. Raises
    DossierError when nothing can, and what ``work.check`` raises; what has been embedded is kept.
    """
    unknown = dict.fromkeys(key for key in _all_keys(staged) if key not in vectors)
    total, done = len(unknown), 0
    bad: dict[bytes, str] = {}
    try:
        for batch in _batches(staged, set(unknown)):
            work.check()
            work.report(Progress("embedding", done, total, "passages"))
            bad.update(_embed_batch(work, batch, vectors.journal, done, total))
            done += len(batch)
    finally:
        vectors.journal.flush()
    work.report(Progress("embedding", total, total, "passages"))
    failed: dict[int, str] = {}
    if bad:
        for number in range(staged.document_count):
            rows = staged.rows(number)
            keys = (staged.keys[row].tobytes() for row in rows)
            reason = next((bad[key] for key in keys if key in bad), None)
            if reason is not None:
                failed[number] = reason
    return failed


def _batches(staged: Tables, wanted: set[bytes]) -> Iterator[list[_Wanted]]:
    """Yield the passages under the keys ``wanted``, each once, one document in memory at a time."""
    batch: list[_Wanted] = []
    for number in range(staged.document_count):
        rows = [row for row in staged.rows(number) if staged.keys[row].tobytes() in wanted]
        document = staged.document(number) if rows else None
        for row in rows:
            key = staged.keys[row].tobytes()
            if document is None or key not in wanted:
                continue  # the same words twice in this document
            wanted.remove(key)
            passage, context = staged.passage(row), staged.context(row)
            batch.append(_Wanted(key, *embedding_input(document, passage, context)))
            if len(batch) == BATCH:
                yield batch
                batch = []
    if batch:
        yield batch


def _embed_batch(
    work: Work, batch: Sequence[_Wanted], journal: Journal, done: int, total: int
) -> dict[bytes, str]:
    """Embed a batch into the journal; gives the keys that cannot be embedded, with the reason."""

    def within(progress: Progress) -> None:
        if progress.total:
            share = len(batch) * progress.done // progress.total
            work.report(Progress("embedding", done + share, total, "passages"))

    try:
        _embed_into(work.embedder, batch, journal, within)
    except DossierError:
        raise
    except Exception as error:
        # One passage may be to blame: they are embedded one by one. If a plain word fails as well,
        # it is the embedder.
        _probe(work.embedder, error)
        bad: dict[bytes, str] = {}
        for wanted in batch:
            work.check()
            try:
                _embed_into(work.embedder, [wanted], journal, None)
            except Exception as alone:
                bad[wanted.key] = f"it cannot be embedded: {named(alone)}"
        return bad
    return {}


def _probe(embedder: Embedder, error: Exception) -> None:
    """Raise DossierError when not even one word can be embedded."""
    try:
        embedder.embed_passages(["word"], [[Span(0, 4)]])
    except Exception:
        raise DossierError(
            f"The embedder {embedder.name} fails on every text ({named(error)}). The index in use "
            "is as it was. Free some memory or name another embedder, then run the same command "
            "again; what has been embedded is kept."
        ) from error


def _embed_into(
    embedder: Embedder, batch: Sequence[_Wanted], journal: Journal, report: Report | None
) -> None:
    parts = [wanted.parts for wanted in batch]
    passages, sentences = embedder.embed_passages([w.text for w in batch], parts, report)
    counts = [len(spans) for spans in parts]
    shapes = (passages.shape, sentences.shape)
    wanted_shapes = ((len(batch), embedder.dimension), (sum(counts), embedder.dimension))
    if shapes != wanted_shapes:
        raise ValueError(f"the embedder gave vectors of shapes {shapes}, not {wanted_shapes}")
    if not (np.isfinite(passages).all() and np.isfinite(sentences).all()):
        raise ValueError("the embedder gave vectors that are not numbers")
    ends = np.cumsum(counts)
    for wanted, vector, start, end in zip(batch, passages, ends - counts, ends, strict=True):
        journal.add(wanted.key, vector.astype(np.float16), sentences[start:end].astype(np.float16))


def named(error: Exception) -> str:
    """Say what an unexpected error is."""
    return f"{type(error).__name__}: {error}".rstrip(": ")
