"""Sentences as one graph of words: which stand close to one another, in grammar or in a table."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Generic, TypeVar

from askdossier.lang.grammar import Grammar
from askdossier.lang.labels import NOUNS, RELATIVE_CLAUSES, VERBS
from askdossier.lang.parse import Word
from askdossier.verify.facts import Figure, Name

Fact = TypeVar("Fact", Figure, Name)

_OF_TREE = 0.25
"""Part of a distance that is counted along the tree, the rest along the line."""
_FAR = 12.0
"""Steps between words that nothing joins."""
_NEXT = 4.0
"""Steps from one sentence to the next."""
_ROW = 2.5
"""Steps from one cell of a row to another."""
_CELL = 1.0
"""Steps between words of one cell."""
_CLAUSE = 2.5
"""Steps from a clause to that which it depends on."""
_JOINED = 2.0
"""Steps between joined clauses, and what stands in brackets."""
_LISTED = 0.5
"""Steps between nouns and names of an enumeration: they stand side by side."""
_BETWEEN = 0.7
"""Steps for each word that says something between two, where they are counted along the line."""
_BORDER = 2.0
"""Steps along the line across a comma, a semicolon or an "and"."""
_BORDERS = frozenset(",;:—–")
_PERSON = "PER"
_CLAUSES = RELATIVE_CLAUSES | {"conj", "parataxis", "advcl", "ccomp", "dep", "appos"}


@dataclass(frozen=True, slots=True)
class Mention(Generic[Fact]):
    """A figure or a name, and the words it is made of."""

    fact: Fact
    words: frozenset[int]


@dataclass(frozen=True)
class Stretch:
    """Words of one or several sentences of a language, numbered through."""

    grammar: Grammar
    words: tuple[Word, ...]
    """Their heads and spans are those within their sentence."""
    stems: tuple[frozenset[str], ...]
    """Of each word; empty for one that says nothing by itself."""
    heads: tuple[int, ...]
    sentences: tuple[int, ...]
    """In which sentence each word stands."""
    cells: tuple[int, ...]
    """In which cell of its row, from 1; 0 where no row is."""
    figures: tuple[Mention[Figure], ...]
    names: tuple[Mention[Name], ...]
    speakers: tuple[frozenset[int], ...]
    """Of each sentence, the words that name who speaks it, if a label does."""

    @cached_property
    def children(self) -> tuple[tuple[int, ...], ...]:
        """Of each word those that depend on it."""
        found: list[list[int]] = [[] for _ in self.words]
        for i, head in enumerate(self.heads):
            if head != i:
                found[head].append(i)
        return tuple(tuple(one) for one in found)

    @cached_property
    def attributing(self) -> frozenset[int]:
        """The words that begin a phrase before whom something is told by, such as "selon"."""
        phrases = self.grammar.standing.attributing
        named = frozenset(at.start for phrase in phrases for at in self.occurrences(phrase))
        return named | frozenset(self._viewing())

    def _viewing(self) -> Iterator[int]:
        """Where a sentence opens with whose view it is: "Pour Anne Roy, le pont est sûr"."""
        for i, word in enumerate(self.words[:-1]):
            opens = i == 0 or self.sentences[i - 1] != self.sentences[i]
            if not opens or word.form not in self.grammar.standing.viewing:
                continue
            inside = self.of_sentence(self.sentences[i])
            verb = next((j for j in inside if self.words[j].part in VERBS | {"AUX"}), i)
            if self.words[i + 1].entity == _PERSON and any(
                self.words[j].form == "," for j in range(i, verb)
            ):
                yield i

    def above(self, i: int) -> Iterator[int]:
        """The words it depends on, from the nearest to the root."""
        while self.heads[i] != i:
            i = self.heads[i]
            yield i

    def under(self, i: int) -> frozenset[int]:
        """A word and all that hangs from it."""
        found = [i]
        for at in found:
            found.extend(self.children[at])
        return frozenset(found)

    def is_under(self, i: int, others: Collection[int]) -> bool:
        """Whether a word hangs from one of the others without a verb between them."""
        while self.heads[i] != i and self.words[i].part not in VERBS:
            i = self.heads[i]
            if i in others:
                return True
        return False

    def is_joined(self, i: int) -> bool:
        """Whether a noun stands right behind "and" or a comma, but for its article."""
        at = i - 2 if i and self.words[i - 1].part == "DET" else i - 1
        return at >= 0 and (self.words[at].part == "CCONJ" or self.words[at].form == ",")

    def is_fact(self, i: int) -> bool:
        """Whether a word is part of a figure or a name."""
        return self.is_name(i) or any(i in one.words for one in self.figures)

    def titled(self, name: frozenset[int]) -> str:
        """The gender that a title in or before a name tells; else empty."""
        near = (i for i in sorted({min(name) - 1, *name}) if i >= 0)
        return next(filter(None, (self.grammar.titles.get(self.words[i].form) for i in near)), "")

    def is_name(self, i: int) -> bool:
        """Whether a word is part of a name."""
        return any(i in one.words for one in self.names)

    def places(self, stems: Collection[str]) -> list[int]:
        """The words that have one of these stems."""
        return [i for i, own in enumerate(self.stems) if not own.isdisjoint(stems)]

    def of_sentence(self, number: int) -> list[int]:
        """The words of one sentence."""
        return [i for i, own in enumerate(self.sentences) if own == number]

    def stems_of(self, words: Collection[int]) -> frozenset[str]:
        """What these words say, by their stems."""
        return frozenset[str]().union(*(self.stems[i] for i in words))

    def occurrences(self, phrase: str) -> Iterator[range]:
        """Where a phrase stands, whose words are apart and in lower case."""
        wanted = phrase.split()
        for i in range(len(self.words) - len(wanted) + 1):
            if all(self.words[i + at].form == form for at, form in enumerate(wanted)):
                yield range(i, i + len(wanted))

    def said(self, words: Collection[int]) -> str:
        """The words as they stand, in order."""
        return " ".join(self.words[i].text for i in sorted(words))

    def distance(self, i: int, j: int) -> float:
        """Steps from one word to another, ``_FAR`` at most.

        Most of them along the line: parsers fail where verbs are left out ("à Sedan le 7 et à Givet
        le 19").
        """
        if self.cells[i] or self.cells[j]:
            if self.sentences[i] != self.sentences[j]:
                return _FAR
            return _CELL if self.cells[i] == self.cells[j] else _ROW
        along = min(_FAR, abs(self._line[i] - self._line[j]))
        return _OF_TREE * self._tree(i, j) + (1 - _OF_TREE) * along

    def _tree(self, i: int, j: int) -> float:
        there = dict(self._paths[j])
        for at, steps in self._paths[i]:
            if at in there:
                return min(_FAR, steps + there[at])
        apart = abs(self.sentences[i] - self.sentences[j])
        roots = (self._paths[i][-1][1] + self._paths[j][-1][1]) / 2
        # A parser may take one sentence for two.
        return min(_FAR, roots + _NEXT * max(apart, 0.5))

    @cached_property
    def _paths(self) -> list[list[tuple[int, float]]]:
        """Of each word, those above it up to its root, and how many steps off."""
        found = []
        for i in range(len(self.words)):
            path, steps, below = [(i, 0.0)], 0.0, i
            for above in self.above(i):
                steps += _step(self.words[below], self.words[above])
                path.append((above, steps))
                below = above
            found.append(path)
        return found

    @cached_property
    def _line(self) -> list[float]:
        """Of each word, how many steps along the line it stands from the beginning."""
        found, steps = [], 0.0
        for word, stems in zip(self.words, self.stems, strict=True):
            if (word.part == "PUNCT" and word.text in _BORDERS) or word.part == "CCONJ":
                steps += _BORDER * (2 if word.text == ";" else 1)
            found.append(steps)
            steps += _BETWEEN * bool(stems)
        return found


def _step(word: Word, head: Word) -> float:
    """Steps from a word to that which it depends on."""
    if word.relation in _CLAUSES and (word.part in VERBS or head.part in VERBS):
        return _CLAUSE
    if word.relation == "conj":
        return _LISTED if word.part in NOUNS and head.part in NOUNS else _JOINED
    return _JOINED if word.relation == "parataxis" else 1.0
