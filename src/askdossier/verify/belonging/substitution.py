"""A claim that is its source almost word for word, with one fact put where another stands.

Both are laid side by side by their longest common runs of words (gestalt matching, Ratcliff and
Metzener 1988, as in ``difflib``). Where all round it is equal and a name, a
figure or what it counts stands in the place of another, the claim has exchanged it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from askdossier.verify.belonging.stretch import Stretch

_ALIKE = 0.7
"""Share of the claim's words that stand in the source in the same order."""
_LONGEST = 4
"""Words on either side of an exchange."""

Exchange = tuple[range, list[int]]
"""Words of the claim, and of the source in their place."""
Read = Callable[[Stretch, Collection[int]], frozenset[str]]
"""Gives the facts of a kind among some words."""


@dataclass(frozen=True, slots=True)
class Substitution:
    """What the claim says, and what stands in its place."""

    claimed: str
    found: str


def substituted(claim: Stretch, source: Stretch, around: Stretch) -> Substitution | None:
    """A fact of the claim in the place of another one of the source.

    It is told of somewhere ``around`` the source: else it may be another word for the same.

    Where several are, and none of them is what another replaces, or it is from a part of the
    sentence that is left out, the claim rather tells the second of two things that share their
    verb: "part de Corbigny à 9 heures", of a bus that leaves "de Lormes à 7 heures et de Corbigny à
    9 heures". Then how near they stand decides: see ``binding``.
    """
    everywhere = range(len(around.words))
    kinds: tuple[tuple[Read, frozenset[str]], ...] = (
        (_names, _names(around, everywhere)),
        (_letters, _letters(around, everywhere)),
        (_figures, _figures(around, everywhere)),
        (_counted, _nouns(around, everywhere)),
    )
    for exchanges, left_out in _exchanges(claim, source):
        found: list[Substitution] = []
        puts: set[str] = set()
        stoods: set[str] = set()
        for mine, theirs in exchanges:
            for read, known in kinds:
                put, stood = read(claim, mine), read(source, theirs)
                if put and stood and not put & stood and put <= known:
                    found.append(Substitution(claim.said(mine), source.said(theirs)))
                    puts |= put
                    stoods |= stood
        elsewhere = {words for read, _ in kinds for words in read(source, left_out)}
        if found and (puts & stoods or (len(found) == 1 and not puts <= elsewhere)):
            return found[0]
    return None


def _exchanges(claim: Stretch, source: Stretch) -> Iterator[tuple[list[Exchange], list[int]]]:
    """Of each sentence that is nearly the same as the claim, where that has other words.

    And the words of the sentence that the claim leaves out.
    """
    own = [word.form for word in claim.words]
    for number in range(len(source.speakers)):
        there = source.of_sentence(number)
        if not there or source.cells[there[0]]:
            continue
        matcher = SequenceMatcher(None, own, [source.words[i].form for i in there], False)
        equal = sum(block.size for block in matcher.get_matching_blocks())
        if equal >= _ALIKE * len(own):
            codes = matcher.get_opcodes()
            exchanges = [
                (range(a, b), there[c:d])
                for tag, a, b, c, d in codes
                if tag == "replace" and b - a <= _LONGEST and d - c <= _LONGEST
            ]
            yield exchanges, [i for tag, _, _, c, d in codes if tag == "insert" for i in there[c:d]]


def _names(stretch: Stretch, words: Collection[int]) -> frozenset[str]:
    """Stems of names, or their words where these have none."""
    return frozenset(
        stem
        for mention in stretch.names
        for i in mention.words
        if i in words
        for stem in stretch.stems[i] or {stretch.words[i].form}
    )


def _letters(stretch: Stretch, words: Collection[int]) -> frozenset[str]:
    """Capitals that tell one thing from another: "le bâtiment B"."""
    return frozenset(
        stretch.words[i].text
        for i in words
        if i and len(stretch.words[i].text) == 1 and stretch.words[i].text.isupper()
    )


def _figures(stretch: Stretch, words: Collection[int]) -> frozenset[str]:
    return frozenset(
        str(value)
        for mention in stretch.figures
        if not mention.words.isdisjoint(words)
        for value in mention.fact.values
    )


def _counted(stretch: Stretch, words: Collection[int]) -> frozenset[str]:
    """Stems of nouns that a figure counts, or is made with."""
    figures = {i for mention in stretch.figures for i in mention.words}
    counted = figures | {stretch.heads[i] for i in figures}
    return _nouns(stretch, counted.intersection(words))


def _nouns(stretch: Stretch, words: Collection[int]) -> frozenset[str]:
    return stretch.stems_of([i for i in words if stretch.words[i].part == "NOUN"])
