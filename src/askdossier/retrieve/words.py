"""How well passages and sentences hold the words of a question."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import takewhile

import numpy as np
from numpy.typing import NDArray

from askdossier.core import Language
from askdossier.index import Index
from askdossier.retrieve.query import Query

_PREFIX = 4
"""Letters that related words share at least: *fond*ateur, *fond*ation."""
_RELATED = 0.6
"""Share of the longer word that the common beginning makes up at least."""

Tokens = NDArray[np.int32]
"""Search tokens as positions in the vocabulary of an index, in order."""
Shares = NDArray[np.float64]
"""From 0 to 1, one for each text."""


class Words:
    """The words of a question in one language, weighed by their rarity in an index.

    Weights are the idf of BM25 over passages. Dividing by the sum over the question's words puts
    coverage on one scale, whatever the question: scores compare across questions.
    """

    def __init__(self, index: Index, query: Query, language: Language) -> None:
        words = query.words(language)
        self.language = language
        self.tokens = [word.token for word in words]
        self._written = [word.written for word in words]
        self._idf = np.array([index.idf(token) for token in self.tokens])
        self._total = float(self._idf.sum()) or 1.0
        self._vocabulary = index.vocabulary
        related = [
            (number, place, share)
            for place, token in enumerate(self.tokens)
            for number, share in _related(token, index.vocabulary)
        ]
        self._numbers = np.unique(np.array([number for number, _, _ in related], dtype=np.int64))
        """The words of the vocabulary that are those of the question, or like them."""
        self._shares = np.zeros((len(self._numbers), len(self.tokens)))
        """How much each of them counts for each word of the question."""
        self._exact = np.full(len(self._numbers), -1)
        """Which word of the question each of them is; −1: none, it is only like some."""
        for number, place, share in related:
            row = int(np.searchsorted(self._numbers, number))
            self._shares[row, place] = share
            if share == 1:
                self._exact[row] = place

    def coverage(self, texts: Sequence[Tokens]) -> Shares:
        """Share of the question's words, by rarity, in each text.

        A word with the same beginning counts for the square of what it shares of the longer one.
        """
        owners, _, found = self._found(texts)
        best = np.zeros((len(texts), len(self.tokens)))
        np.maximum.at(best, owners, self._shares[found])
        covered: Shares = best @ self._idf / self._total
        return covered

    def adjacency(self, texts: Sequence[Tokens]) -> Shares:
        """Share of the question's neighbouring words that are neighbours in each text.

        In either order; each pair weighs as much as its less rare word. Stop words do not come
        between.
        """
        owners, places, found = self._found(texts)
        words = self._exact[found]
        beside = (
            (np.diff(places) == 1)
            & (np.diff(owners) == 0)
            & (np.abs(np.diff(words)) == 1)
            & (np.minimum(words[:-1], words[1:]) >= 0)
        )
        there = np.zeros((len(texts), max(len(self.tokens) - 1, 0)))
        there[owners[:-1][beside], np.minimum(words[:-1], words[1:])[beside]] = 1
        kept: Shares = there @ np.minimum(self._idf[:-1], self._idf[1:]) / self._total
        return kept

    def found(self, text: Tokens) -> tuple[str, ...]:
        """The question's words, as written there, that stand in a text themselves."""
        _, _, found = self._found([text])
        there = set(self._exact[found].tolist())
        return tuple(
            dict.fromkeys(word for place, word in enumerate(self._written) if place in there)
        )

    def numbers(self, tokens: Sequence[str]) -> Tokens:
        """Search tokens as positions in the vocabulary; unknown ones are left out."""
        places = ((token, bisect_left(self._vocabulary, token)) for token in tokens)
        known = [
            place
            for token, place in places
            if place < len(self._vocabulary) and self._vocabulary[place] == token
        ]
        return np.array(known, dtype=np.int32)

    def _found(
        self, texts: Sequence[Tokens]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
        """Where words of the question stand: number of the text, place, number of the word."""
        if not len(self._numbers) or not texts:
            return (np.empty(0, dtype=np.int64),) * 3
        tokens = np.concatenate(texts)
        owners = np.repeat(np.arange(len(texts)), [len(some) for some in texts])
        near = np.searchsorted(self._numbers, tokens)
        near[near == len(self._numbers)] = 0
        places = np.flatnonzero(self._numbers[near] == tokens)
        return owners[places], places, near[places]


def _related(token: str, vocabulary: Sequence[str]) -> Iterator[tuple[int, float]]:
    """The words of a sorted vocabulary that begin as ``token`` does, and how much they count."""
    if len(token) < _PREFIX or any(map(str.isdigit, token)):
        beginning, end = token, token + "\0"
    else:
        beginning, end = token[:_PREFIX], token[:_PREFIX] + "\U0010ffff"
    for number in range(bisect_left(vocabulary, beginning), bisect_left(vocabulary, end)):
        other = vocabulary[number]
        share = _common(token, other) / max(len(token), len(other))
        if share >= _RELATED:
            yield number, share**2


def _common(one: str, other: str) -> int:
    """Letters that two words have in common at their beginning."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
