"""Some passages, and the sentences in them, compared with a question one by one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from askdossier.core import Vectors
from askdossier.index.whitening import Whitening


class Comparing:
    """The vectors of an index, by row of their passages. Safe to use from several threads."""

    def __init__(
        self,
        passages: NDArray[np.float16],
        sentences: NDArray[np.float16],
        first_sentence: NDArray[np.int64],
    ) -> None:
        """Of passages ``(n, d)``, of all their sentences, and where those of each begin."""
        self._passages = passages
        self._sentences = sentences
        self._first = first_sentence

    def prepare(self) -> None:
        """Do now what the first question would wait for."""
        self._whitening  # noqa: B018

    @cached_property
    def _whitening(self) -> Whitening:
        return Whitening(self._passages)

    def passages(self, rows: Sequence[int], question: NDArray[np.float32]) -> NDArray[np.float32]:
        """Cosines of passages with a question's vector ``(d,)``."""
        cosines: NDArray[np.float32] = self._passages[rows].astype(np.float32) @ question
        return cosines

    def whitened(self, rows: Sequence[int], question: NDArray[np.float32]) -> NDArray[np.float32]:
        """The same, what all passages have in common counting for little."""
        return self._whitening.cosines(self._passages[rows], question)

    def sentences(
        self, rows: Sequence[int], question: NDArray[np.float32]
    ) -> list[NDArray[np.float32]]:
        """Cosines of the sentences of each of some passages."""
        numbers = [np.arange(self._first[row], self._first[row + 1]) for row in rows]
        if not numbers:
            return []
        cosines = self._sentences[np.concatenate(numbers)].astype(np.float32) @ question
        return np.split(cosines, np.cumsum([len(some) for some in numbers])[:-1])

    def of_sentences(self, row: int) -> Vectors:
        """The vectors of the sentences of a passage."""
        between = slice(self._first[row], self._first[row + 1])
        return np.asarray(self._sentences[between], dtype=np.float32)
