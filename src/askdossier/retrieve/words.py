"""How well a passage or sentence holds the words of a question."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import pairwise, takewhile

from askdossier.index import Index
from askdossier.retrieve.query import Word

_PREFIX = 4
"""Letters that related words share at least: *fond*ateur, *fond*ation."""
_RELATED = 0.6
"""Share of the longer word that the common beginning makes up at least."""


class Words:
    """The words of a question in one language, weighed by their rarity in an index.

    Weights are the idf of BM25 over passages. Dividing by the sum over the question's words puts
    coverage on one scale, whatever the question: scores compare across questions.
    """

    def __init__(self, index: Index, words: Sequence[Word]) -> None:
        self.tokens = [word.token for word in words]
        self._written = {word.token: word.written for word in words}
        self._idf = {token: index.idf(token) for token in self.tokens}
        self._total = sum(self._idf.values()) or 1.0
        self._related: dict[str, list[tuple[str, float]]] = {}
        for token in self.tokens:
            for other, share in _related(token, index.vocabulary):
                self._related.setdefault(other, []).append((token, share))
        self._pairs = {
            frozenset(pair): min(self._idf[token] for token in pair)
            for pair in pairwise(self.tokens)
        }

    def coverage(self, tokens: Iterable[str]) -> float:
        """Share of the question's words, by rarity, among ``tokens``, from 0 to 1.

        A word with the same beginning counts for the square of what it shares of the longer one.
        """
        best: dict[str, float] = {}
        for found in self._related.keys() & set(tokens):
            for token, share in self._related[found]:
                best[token] = max(best.get(token, 0.0), share)
        return sum(self._idf[token] * share for token, share in best.items()) / self._total

    def adjacency(self, tokens: Sequence[str]) -> float:
        """Share of the question's neighbouring words that are neighbours here, in either order.

        Each pair weighs as much as its less rare word; stop words do not come between.
        """
        there = {frozenset(pair) for pair in pairwise(tokens)}
        return sum(weight for pair, weight in self._pairs.items() if pair in there) / self._total

    def found(self, tokens: Iterable[str]) -> tuple[str, ...]:
        """The question's words, as written there, that stand among ``tokens`` themselves."""
        there = set(tokens)
        return tuple(dict.fromkeys(self._written[token] for token in self.tokens if token in there))


def _related(token: str, vocabulary: Sequence[str]) -> list[tuple[str, float]]:
    """The words of a sorted vocabulary that begin as ``token`` does, and how much they count."""
    if len(token) < _PREFIX or any(map(str.isdigit, token)):
        return [(token, 1.0)]
    beginning = token[:_PREFIX]
    first = bisect_left(vocabulary, beginning)
    last = bisect_left(vocabulary, beginning + "\U0010ffff")
    shares = (
        (other, _common(token, other) / max(len(token), len(other)))
        for other in vocabulary[first:last]
    )
    return [(other, share**2) for other, share in shares if share >= _RELATED]


def _common(one: str, other: str) -> int:
    """Letters that two words have in common at their beginning."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
