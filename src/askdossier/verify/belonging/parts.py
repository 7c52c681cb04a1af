"""A part told as its whole, or a whole as its part.

"214 000 euros, dont 96 000 d'aides" are no takings of 96 000; where "40 élus sur 120" agree, 120 do
not.
"""

from __future__ import annotations

from dataclasses import dataclass

from askdossier.lang.labels import NOUNS, VERBS
from askdossier.verify.belonging.stretch import Mention, Stretch
from askdossier.verify.facts import Figure

_DETERMINERS = frozenset(("DET", "PRON"))
"""Parts of speech that may stand before a whole: "12 of its 40 boats"."""
_BETWEEN = 4
"""Words between a part and its whole."""


@dataclass(frozen=True, slots=True)
class Part:
    """A figure of the claim, and that of the whole in the source."""

    claimed: str
    found: str


def whole_for_part(claim: Stretch, source: Stretch) -> Part | None:
    """A figure that something is said of in the claim, of whose part the source says it."""
    if len(claim.figures) > 1:
        return None
    for mention in claim.figures:
        there = [one for one in source.figures if mention.fact.agrees(one.fact)]
        parts = [_part(source, one) for one in there]
        said = claim.stems_of(_verbs(claim, mention))
        if there and all(
            part and not said.isdisjoint(source.stems_of(_verbs(source, part))) for part in parts
        ):
            part = next(one for one in parts if one)
            return Part(mention.fact.text, part.fact.text)
    return None


def _verbs(stretch: Stretch, mention: Mention[Figure]) -> list[int]:
    """The verb over a figure."""
    above = (i for i in stretch.above(min(mention.words)) if stretch.words[i].part in VERBS)
    return list(above)[:1]


def _part(source: Stretch, whole: Mention[Figure]) -> Mention[Figure] | None:
    """The figure right before "sur" in front of another one, which is greater."""
    first = min(whole.words)
    for one in source.figures:
        between = list(range(max(one.words) + 1, first))
        near = 0 < len(between) <= _BETWEEN and one.fact.unit == whole.fact.unit
        if near and max(one.fact.values) < max(whole.fact.values):
            if len(between) > 1 and source.words[between[-1]].part in _DETERMINERS:
                between.pop()
            said = " ".join(source.words[i].form for i in between)
            if any(said == of or said.endswith(f" {of}") for of in source.grammar.out_of):
                return one
    return None


def part_for_whole(claim: Stretch, source: Stretch) -> Part | None:
    """A figure that only counts a part in the source, which the claim does not name."""
    if any(any(claim.occurrences(phrase)) for phrase in claim.grammar.parting):
        return None
    for mention in claim.figures:
        there = [one for one in source.figures if mention.fact.agrees(one.fact)]
        wholes = [_whole(source, one) for one in there]
        if there and all(wholes) and not any(_named(claim, source, one) for one in there):
            whole = next(one for one in wholes if one)
            return Part(mention.fact.text, whole.fact.text)
    return None


def _whole(source: Stretch, part: Mention[Figure]) -> Mention[Figure] | None:
    """The figure before "dont" that another one behind it is a part of."""
    first = min(part.words)
    for phrase in source.grammar.parting:
        for at in source.occurrences(phrase):
            if at.stop > first or source.sentences[at.start] != source.sentences[first]:
                continue
            for one in source.figures:
                alike = one.fact.unit == part.fact.unit
                before = at.start - max(one.words)
                if alike and 0 < before <= _BETWEEN:
                    return one
    return None


def _named(claim: Stretch, source: Stretch, part: Mention[Figure]) -> bool:
    """Whether the claim says what the part is of, or the source does not."""
    stems = source.stems_of(
        [i for i in _behind(source, part) if source.words[i].part in NOUNS | {"ADJ"}]
    )
    return not stems or bool(claim.places(stems))


def _behind(source: Stretch, part: Mention[Figure]) -> list[int]:
    """The words behind a figure, up to the next mark or "and"."""
    found = []
    for i in source.of_sentence(source.sentences[min(part.words)]):
        if i > max(part.words):
            if source.words[i].part in {"PUNCT", "CCONJ"}:
                break
            found.append(i)
    return found
