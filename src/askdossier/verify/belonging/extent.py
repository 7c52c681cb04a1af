"""How far a statement reaches: all, only, most, in total, more than.

A claim may not reach farther than its source: "tous" for "la plupart", a part for the total, a
comparison that nobody made.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from askdossier.lang.grammar import Reach
from askdossier.verify.belonging.stretch import Stretch

_NARROW = frozenset[Reach](("some", "among", "main"))
"""What reaches no farther than a bare statement."""
_PLURAL = "Number=Plur"


@dataclass(frozen=True, slots=True)
class Overreach:
    """Words of a claim that reach farther than the source, or of the source which limit it."""

    claimed: str
    """Empty where the claim leaves a limit out."""
    found: str
    """Empty where the source does not reach so far."""


def overreach(claim: Stretch, source: Stretch) -> Overreach | None:
    """What a claim says of more than its source does."""
    return _farther(claim, source) or _unlimited(claim, source)


def _farther(claim: Stretch, source: Stretch) -> Overreach | None:
    """A word of the claim by which it reaches farther."""
    said = dict(_reaching(claim))
    there = {reach for reach, _ in _reaching(source)}
    if there & {"all", "total"}:
        there |= {"all", "total", "each"}
    elif "each" in there:
        there.add("all")  # and no total: "8 000 euros chacun" are not 8 000 in all
    for reach, at in said.items():
        if reach == "first" and "among" in there and "among" not in said:
            return Overreach(claim.said(at), "")
        if reach not in there | _NARROW and _is_new(claim, reach, at, source):
            return Overreach(claim.said(at), "")
    return None


def _is_new(claim: Stretch, reach: Reach, at: range, source: Stretch) -> bool:
    """Whether the source neither has these words nor others for the same."""
    if reach in ("all", "each"):
        # "chaque année" for "annuel" reaches no farther: what is told of must stand there.
        return bool(source.places(claim.stems[claim.heads[at[-1]]]))
    lemmas = {word.lemma for word in source.words}
    return any(claim.words[i].lemma not in lemmas for i in at)


def _unlimited(claim: Stretch, source: Stretch) -> Overreach | None:
    """A limit that the claim leaves out: "la plupart des commerçants" is not "les commerçants"."""
    said = {reach for reach, _ in _reaching(claim)}
    for reach, at in _reaching(source):
        if reach == "some" and not said & {"all", "each", "some"}:
            limited = source.stems_of({source.heads[at[-1]], *_parts_of(source, at[-1])})
            if any(_is_definite(claim, i) for i in claim.places(limited)):
                return Overreach("", source.said(at))
        several = _several(source, at) if reach == "main" and "main" not in said else frozenset()
        if any(_is_definite(claim, i) for i in claim.places(source.stems_of(several))):
            return Overreach("", source.said({*at, *several}))
    return None


def _several(source: Stretch, at: range) -> frozenset[int]:
    """The plural noun right behind a word: a parser may take "principales" for a noun itself."""
    behind = source.words[at.stop] if at.stop < len(source.words) else None
    plural = behind and behind.part == "NOUN" and _PLURAL in behind.features
    return frozenset((at.stop,)) if plural else frozenset()


def _parts_of(source: Stretch, i: int) -> Iterator[int]:
    """What hangs from a word, and behind a preposition: "the majority of the parents"."""
    for j in source.children[i]:
        yield j
        if source.words[j].form in source.grammar.of:
            yield from source.children[j]


def _is_definite(claim: Stretch, i: int) -> bool:
    """Whether all of them are meant: "les lecteurs", but not "58 % des lecteurs"."""
    share = any(claim.heads[i] in one.words for one in claim.figures)
    return not share and any("Definite=Def" in claim.words[j].features for j in claim.children[i])


def _reaching(stretch: Stretch) -> Iterator[tuple[Reach, range]]:
    """The phrases that say how far it reaches, the longest of each kind last, and their places."""
    for reach, phrases in stretch.grammar.reach.items():
        for phrase in sorted(phrases, key=lambda one: (len(one), one)):
            for at in stretch.occurrences(phrase):
                yield reach, at
