"""Sentences that say the same as another, found by their fingerprints."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from askdossier.core import Document, Language, Passage, Place, Span
from askdossier.index.tables import Tables
from askdossier.text import says_the_same
from askdossier.text.likeness import AGREEING

_MOST_COMPARED = 200
"""Sentences that may be copies of one and are compared with it, word by word."""


class Copies:
    """The sentences of an index, numbered from 0 over all passages."""

    def __init__(
        self, tables: Tables, passages: Sequence[Passage], documents: Mapping[str, Document]
    ) -> None:
        self._tables, self._passages, self._documents = tables, passages, documents

    def of(self, row: int, span: Span) -> tuple[Place, ...]:
        """The other sentences that say the same as the one of passage ``row`` that holds ``span``.

        In the order of the documents; none where no sentence holds it.
        """
        number = self._sentence(row, span)
        if number is None:
            return ()
        here, language = self._place(number)
        others = (self._place(other)[0] for other in self._alike(number)[:_MOST_COMPARED].tolist())
        return tuple(
            place
            for place in others
            if says_the_same(self._words(here), self._words(place), language)
        )

    def _alike(self, number: int) -> NDArray[np.int64]:
        """The other sentences whose fingerprint agrees with that of one in enough bands."""
        mark = self._tables.fingerprints[number]
        if not mark.any():
            return np.empty(0, dtype=np.int64)
        agreeing = []
        for band, order, own in zip(self._tables.fingerprints.T, self._by_mark, mark, strict=True):
            first = bisect_left(order, own, key=band.__getitem__)
            last = bisect_right(order, own, key=band.__getitem__)
            agreeing.append(order[first:last])
        others, bands = np.unique(np.concatenate(agreeing), return_counts=True)
        kept: NDArray[np.int64] = others[(bands >= AGREEING) & (others != number)]
        return kept

    @cached_property
    def _by_mark(self) -> list[NDArray[np.int32]]:
        """For each band of the fingerprints, the sentences in the order of their numbers in it."""
        marks = self._tables.fingerprints
        return [np.argsort(band, kind="stable").astype(np.int32) for band in marks.T]

    def _sentence(self, row: int, span: Span) -> int | None:
        for position, sentence in enumerate(self._passages[row].sentences):
            if sentence.contains(span):
                return int(self._tables.first_sentence[row]) + position
        return None

    def _place(self, number: int) -> tuple[Place, Language]:
        """Where a sentence stands, and the language of its passage."""
        first = self._tables.first_sentence
        row = int(np.searchsorted(first, number, side="right")) - 1
        passage = self._passages[row]
        span = passage.sentences[number - int(first[row])]
        return Place(passage.document, span), passage.language

    def _words(self, place: Place) -> str:
        return place.span.of(self._documents[place.document].text)
