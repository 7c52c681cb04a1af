"""Dense search with FAISS and lexical search with BM25, over rows.

Knows nothing about the corpus, documents or models.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property, reduce
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from askdossier.index.arrays import open_array

if TYPE_CHECKING:
    import faiss

Rows = NDArray[np.int64]
"""Rows of passages, in any order, without repeats."""

Scored = list[tuple[int, float]]
"""Rows with their scores, best first; equal scores in the order of the rows."""


def _best(rows: NDArray[np.int64], scores: NDArray[np.float32], k: int) -> Scored:
    order = np.lexsort((rows, -scores))[:k]
    return [(int(rows[i]), float(scores[i])) for i in order]


# --- dense ----------------------------------------------------------------------------------------

FLAT_UP_TO = 20_000
_TRAINED_ON = 100_000
"""Vectors from which the range of each dimension is learnt, before it is cut into 256 steps."""
_AT_ONCE = 50_000
"""Vectors brought to single precision at a time."""


class Dense:
    """Nearest vectors by cosine, with FAISS."""

    def __init__(self, vectors: NDArray[np.floating[Any]]) -> None:
        """Keep unit vectors, shape ``(n, d)``; they may be memory-mapped.

        They are indexed at the first search, if not before.
        """
        self.vectors = vectors

    def prepare(self) -> None:
        """Index them now."""
        self._indexed  # noqa: B018

    @cached_property
    def _indexed(self) -> tuple[faiss.Index, bool]:
        return _faiss_index(self.vectors)

    def search(self, question: NDArray[np.float32], k: int, allowed: Rows | None = None) -> Scored:
        """Find the ``k`` rows of highest cosine, among ``allowed`` if given; fewer if there are."""
        if k <= 0 or not len(self.vectors):
            return []
        index, compressed = self._indexed
        query = np.ascontiguousarray(question, dtype=np.float32)
        if allowed is None:
            # Rounded scores order the best a little differently, so more are taken than wanted.
            wanted = 2 * k + 50 if compressed else k
            with _one_thread():
                scores, rows = index.search(query[np.newaxis], min(wanted, len(self.vectors)))
            found = rows[0] >= 0  # FAISS pads with −1
            if not compressed:
                return _best(rows[0][found], scores[0][found], k)
            allowed = rows[0][found]
        parts = (allowed[i : i + _AT_ONCE] for i in range(0, len(allowed), _AT_ONCE))
        cosines = [_single(self.vectors[rows]) @ query for rows in parts]
        return _best(allowed, np.concatenate([np.empty(0, dtype=np.float32), *cosines]), k)


@contextmanager
def _one_thread() -> Iterator[None]:
    """For one question; more wait for each other, and take twice the processor.

    The number is that of the calling thread, and PyTorch's as well, so it is put back.
    """
    import faiss

    before = faiss.omp_get_max_threads()
    faiss.omp_set_num_threads(1)
    try:
        yield
    finally:
        faiss.omp_set_num_threads(before)


def _single(vectors: NDArray[np.floating[Any]]) -> NDArray[np.float32]:
    return np.ascontiguousarray(vectors, dtype=np.float32)


def _faiss_index(vectors: NDArray[np.floating[Any]]) -> tuple[faiss.Index, bool]:
    """Choose and fill a FAISS index for unit vectors; says whether it holds them rounded.

    The inner product of unit vectors is their cosine. Exact search is best while it costs a few
    milliseconds. Beyond, all vectors are still looked at, but rounded to 8 bits a dimension, and
    the best are scored again exactly: a quarter of the time and of the memory, and no loss, whereas
    HNSW and IVF lose some of the nearest and, for 100,000, take 11 to 31 s of processor time to
    build, at every sync (``benchmarks/index_scale.py``, docs/benchmarks.md). Time grows with the
    number of passages: some 6 ms per 100,000 of 384 dimensions, little beside an answer.

    Vectors are half-precision on disk. Only FAISS's own copy is in memory: single precision in the
    one case, a byte a dimension in the other.
    """
    import faiss

    dimension = vectors.shape[1]
    index: faiss.Index
    compressed = len(vectors) > FLAT_UP_TO
    if compressed:
        kind = faiss.ScalarQuantizer.QT_8bit
        index = faiss.IndexScalarQuantizer(dimension, kind, faiss.METRIC_INNER_PRODUCT)
        size = min(len(vectors), _TRAINED_ON)
        sample = np.random.default_rng(0).choice(len(vectors), size, replace=False)
        index.train(_single(vectors[np.sort(sample)]))
    else:
        index = faiss.IndexFlatIP(dimension)
    for start in range(0, len(vectors), _AT_ONCE):
        index.add(_single(vectors[start : start + _AT_ONCE]))
    return index, compressed


# --- lexical --------------------------------------------------------------------------------------


class _Tokenized:
    """What ``bm25s.BM25.index`` takes; passages are made one at a time, not all in memory."""

    def __init__(
        self, first_token: NDArray[np.int64], tokens: NDArray[np.int32], words: Sequence[str]
    ) -> None:
        self.ids = _Ids(first_token, tokens)
        self.vocab = {word: number for number, word in enumerate(words)}


class _Ids:
    def __init__(self, first_token: NDArray[np.int64], tokens: NDArray[np.int32]) -> None:
        self._first, self._tokens = first_token.tolist(), tokens

    def __len__(self) -> int:
        return len(self._first) - 1

    def __iter__(self) -> Iterator[list[int]]:
        for start, end in zip(self._first[:-1], self._first[1:], strict=True):
            yield self._tokens[start:end].tolist()


def save_bm25(
    first_token: NDArray[np.int64],
    tokens: NDArray[np.int32],
    vocabulary: Sequence[str],
    folder: Path,
) -> None:
    """Build a BM25 index over the tokens of all passages and save it into ``folder``.

    The formula is Lucene's with ``k1 = 1.5`` and ``b = 0.75`` (Kamphuis et al., 2020).
    Nothing is written when there are no tokens.
    """
    import bm25s

    if not len(tokens):
        return
    bm25 = bm25s.BM25(method="lucene", k1=1.5, b=0.75)
    corpus = _Tokenized(first_token, tokens, vocabulary)
    bm25.index(corpus, create_empty_token=False, show_progress=False)
    bm25.save(folder, show_progress=False)


class Lexical:
    """BM25 scores, opened from where ``save_bm25`` put them.

    bm25s itself, with SciPy, is needed to compute them and takes long to import; what is left for a
    question is to add them up.
    """

    def __init__(self, folder: Path, passages: int) -> None:
        self._passages = passages
        self._vocabulary: dict[str, int] = {}
        self._scores = np.empty(0, np.float32)
        """For each token the scores that it gives to passages, one token after the other."""
        self._rows = np.empty(0, np.int32)
        """The rows of these passages."""
        self._first = np.zeros(1, np.int32)
        """Where each token's begin; last, where all end."""
        if folder.is_dir():
            self._vocabulary = json.loads((folder / "vocab.index.json").read_bytes())
            self._scores, self._rows, self._first = (
                open_array(folder / f"{part}.csc.index.npy")
                for part in ("data", "indices", "indptr")
            )

    def _postings(self, token: str) -> slice:
        number = self._vocabulary[token]
        return slice(int(self._first[number]), int(self._first[number + 1]))

    def idf(self, token: str) -> float:
        """Inverse document frequency over passages, as in the BM25 formula; most when unknown."""
        frequency = 0
        if token in self._vocabulary:
            postings = self._postings(token)
            frequency = postings.stop - postings.start
        return math.log(1 + (self._passages - frequency + 0.5) / (frequency + 0.5))

    def holding(self, tokens: Sequence[str]) -> Rows:
        """Find all rows that hold every one of the tokens, in order; none for no tokens."""
        if not tokens or not all(token in self._vocabulary for token in tokens):
            return np.empty(0, dtype=np.int64)
        rows = (self._rows[self._postings(token)] for token in tokens)
        return np.asarray(reduce(np.intersect1d, rows), dtype=np.int64)

    def search(self, tokens: Sequence[str], k: int, allowed: Rows | None = None) -> Scored:
        """Find the ``k`` rows of highest score, none of score zero, among ``allowed`` if given."""
        known = [token for token in tokens if token in self._vocabulary]
        if not known or k <= 0:
            return []
        scores = np.zeros(self._passages, np.float32)
        for token in known:
            postings = self._postings(token)
            scores[self._rows[postings]] += self._scores[postings]
        rows = np.flatnonzero(scores > 0) if allowed is None else allowed[scores[allowed] > 0]
        kept = scores[rows]
        if len(rows) > k:
            # Every row as good as the k-th stays, so that ties are settled by row, not by chance.
            limit = np.partition(kept, len(rows) - k)[len(rows) - k]
            rows, kept = rows[kept >= limit], kept[kept >= limit]
        return _best(rows, kept, k)
