"""What a source leaves out: "tous les jours sauf le mardi" says nothing good of Tuesdays."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from askdossier.lang.labels import NOUNS, VERBS
from askdossier.verify.belonging.stretch import Stretch


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Words of the source, with what leaves them out."""

    found: str


def left_out(claim: Stretch, source: Stretch) -> LeftOut | None:
    """What the source leaves out by "sauf", where the claim tells it of that too.

    A claim that leaves something out or denies something itself is not looked at, nor is a source
    that denies: "aucun chien, sauf les chiens guides" lets these in.
    """
    if any(_phrases(claim)) or _denies(claim, range(len(claim.words))):
        return None
    said = claim.stems_of(range(len(claim.words)))
    for opening in _phrases(source):
        inside = source.of_sentence(source.sentences[opening.start])
        behind = _behind(source, [i for i in inside if i >= opening.stop])
        rest = [i for i in inside if i not in behind]
        named = source.stems_of([i for i in behind if source.words[i].part in NOUNS])
        if not named or not named <= said or _denies(source, rest):
            continue
        elsewhere = any(i not in behind for i in source.places(named))
        if not elsewhere and not said.isdisjoint(source.stems_of(rest)):
            return LeftOut(source.said({*opening, *behind}))
    return None


def exclusions(stretch: Stretch) -> Iterator[frozenset[int]]:
    """The words that leave something out, each time with what they leave out."""
    for opening in _phrases(stretch):
        inside = stretch.of_sentence(stretch.sentences[opening.start])
        behind = _behind(stretch, [i for i in inside if i >= opening.stop])
        if behind:
            yield behind.union(opening)


def _phrases(stretch: Stretch) -> Iterator[range]:
    for phrase in stretch.grammar.excluding:
        yield from stretch.occurrences(phrase)


def _behind(stretch: Stretch, words: list[int]) -> frozenset[int]:
    """What such a phrase governs: up to the next mark or verb; nothing if it opens a condition."""
    clause = stretch.grammar.standing.supposing | stretch.grammar.that
    if words and stretch.words[words[0]].form in clause:
        return frozenset()
    found = []
    for i in words:
        if stretch.words[i].part in VERBS | {"PUNCT", "AUX"}:
            break
        found.append(i)
    return frozenset(found)


def _denies(stretch: Stretch, words: range | list[int]) -> bool:
    standing = stretch.grammar.standing
    denying = standing.negating | standing.lacking | standing.none | stretch.grammar.reach["only"]
    return any(stretch.words[i].form in denying for i in words)
