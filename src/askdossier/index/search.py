"""Dense search with FAISS and lexical search with BM25, over rows.

Knows nothing about the corpus, documents or models.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

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


def build_dense(vectors: NDArray[np.float32]) -> faiss.Index:
    """Make a FAISS index of unit vectors under the inner product, which then is the cosine.

    The one place that chooses its type. Exact search costs 0.4 µs a passage of 384 dimensions, so
    it is the right one up to some 100,000 passages, and filling it from the memory-mapped vectors
    is as quick as reading it from a file.
    """
    import faiss

    index = faiss.IndexFlatIP(vectors.shape[1])
    index.add(np.ascontiguousarray(vectors))
    return index


def search_dense(
    index: faiss.Index, question: NDArray[np.float32], k: int, allowed: Rows | None = None
) -> Scored:
    """Find the ``k`` rows of highest cosine, among ``allowed`` if given; fewer if there are."""
    import faiss

    k = min(k, index.ntotal if allowed is None else len(allowed))
    if k <= 0:
        return []
    parameters = None
    if allowed is not None:
        mask = np.zeros(index.ntotal, dtype=bool)
        mask[allowed] = True
        bits = np.packbits(mask, bitorder="little")
        selector = faiss.IDSelectorBitmap(bits)  # type: ignore[call-arg, arg-type]  # its stub
        parameters = faiss.SearchParameters(sel=selector)  # type: ignore[call-arg]  # errs
    query = np.ascontiguousarray(question, dtype=np.float32).reshape(1, -1)
    scores, rows = index.search(query, k, params=parameters)
    found = rows[0] >= 0  # FAISS pads with −1
    return _best(rows[0][found], scores[0][found], k)


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
    """BM25 scores, opened from where ``save_bm25`` put them."""

    def __init__(self, folder: Path, passages: int) -> None:
        self._passages = passages
        self._bm25: Any = None
        self._vocabulary: Mapping[str, int] = {}
        if folder.is_dir():
            import bm25s

            self._bm25 = bm25s.BM25.load(folder, mmap=True, show_progress=False)
            self._vocabulary = self._bm25.vocab_dict

    def idf(self, token: str) -> float:
        """Inverse document frequency over passages, as in the BM25 formula; most when unknown."""
        number = self._vocabulary.get(token)
        frequency = 0
        if number is not None:
            first = self._bm25.scores["indptr"]
            frequency = int(first[number + 1] - first[number])
        return math.log(1 + (self._passages - frequency + 0.5) / (frequency + 0.5))

    def search(self, tokens: Sequence[str], k: int, allowed: Rows | None = None) -> Scored:
        """Find the ``k`` rows of highest score, none of score zero, among ``allowed`` if given."""
        known = [token for token in tokens if token in self._vocabulary]
        if not known or k <= 0:
            return []
        scores: NDArray[np.float32] = self._bm25.get_scores(known)
        rows = np.flatnonzero(scores > 0) if allowed is None else allowed[scores[allowed] > 0]
        kept = scores[rows]
        if len(rows) > k:
            # Every row as good as the k-th stays, so that ties are settled by row, not by chance.
            limit = np.partition(kept, len(rows) - k)[len(rows) - k]
            rows, kept = rows[kept >= limit], kept[kept >= limit]
        return _best(rows, kept, k)
