"""The two sides that a question puts beside each other, whatever its form."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from askdossier import lang, text
from askdossier.ask.asked import Asked, Named, asked, called, holds, inner, places, telling
from askdossier.core import Span
from askdossier.lang.lexicon import Asking


@dataclass(frozen=True, slots=True)
class Sides:
    """Two sides, as the question writes them, with the noun for which a pronoun stands."""

    one: str
    other: str
    topic: str
    """What else it names: in what they are put beside each other. Often empty."""
    said: str
    """Its other words that say something, but for those of the comparison itself."""
    noun: str
    """That of the first side, without what goes with it; empty for a name."""


def sides(question: str) -> Sides | None:
    """The two; None where they cannot be told.

    By words that set one against the other ("par rapport à", "plus grand que"), by a conjunction,
    by a preposition ("se démarque de"), or by "of" ("sépare la fondation de la faillite").
    """
    read = asked(question)
    asking = lang.of(read.language).asking
    # "la somme des dons": what is added up is the donations.
    named = tuple(inner(one) if called(one, asking.weighing) else one for one in read.named)
    read = replace(read, named=named)
    for way in (_opposed, _joined, _set_beside):
        for at, other in enumerate(read.named):
            if not at or not _able(other, asking) or not way(read, at, asking):
                continue
            one = _counterpart(read.named[:at], other, asking)
            if one is not None and (found := _put(read, one, other, asking)).one != found.other:
                return found
    return _parted(read, asking)


def chooses(question: str) -> bool:
    """Whether it asks which of two is more: "lequel est le plus haut, du col ou du pic ?"."""
    asking = lang.of(text.answer_language(question)).asking
    said = frozenset(re.findall(r"\w+", question.lower()))
    if said.isdisjoint(asking.choosing) or said.isdisjoint(asking.either):
        return False  # most questions need not be parsed for it
    read = asked(question)
    either = any(not asking.either.isdisjoint(one.before) for one in read.named)
    more = not said.isdisjoint(asking.comparing)
    return either and (more or any("Degree=Cmp" in word.features for word in read.words))


def whole(question: str, side: str) -> str:
    """A side with whose it is in place of "its": "dissolution de la coopérative"."""
    read = asked(question)
    article, _, noun = side.partition(" ")
    if article.lower() not in lang.of(read.language).asking.its:
        return side
    owners = (one for one in read.named if len(one.links) > 1)
    return next((f"{noun}{one.text[len(one.links[0].text) :]}" for one in owners), side)


def _able(one: Named, asking: Asking) -> bool:
    return not one.wanted and not called(one, asking.weighing)


def _opposed(read: Asked, at: int, asking: Asking) -> bool:
    one, other = read.named[at - 1], read.named[at]
    if any(
        one.span.end <= place.start <= other.span.start for place in places(read, asking.against)
    ):
        return True
    compares = asking.comparing.intersection(read.between(0, other.span.start))
    than = asking.than.intersection(other.before)
    return bool(than) and (bool(compares) or not asking.comparing)


def _joined(read: Asked, at: int, asking: Asking) -> bool:
    return not asking.joining.isdisjoint(read.named[at].before)


def _set_beside(read: Asked, at: int, asking: Asking) -> bool:
    one, other = read.named[at - 1], read.named[at]
    if other.links[0].time:
        return one.links[0].time
    names = one.links[0].named and other.links[0].named and not other.preposition
    parts = other.preposition in asking.beside and holds(read, asking.parting)
    exceeds = not (one.preposition or other.preposition) and holds(read, asking.exceeding)
    return other.same or names or parts or exceeds


def _counterpart(before: Sequence[Named], other: Named, asking: Asking) -> Named | None:
    """What a side stands beside: what is joined to it, or else the first that is like it."""
    able = [one for one in before if _able(one, asking)]
    if asking.joining.intersection(other.before):
        return before[-1] if before[-1] in able else None
    if other.links[0].time:
        return next((one for one in able if one.links[0].time), None)
    alike = [one for one in able if one.preposition == other.preposition]
    return next(iter(alike or able), None)


def _put(read: Asked, one: Named, other: Named, asking: Asking) -> Sides:
    noun, span = one.noun, one.span
    if one.same or one.lacks:
        # "quelle offre est la plus haute, celle de l'atelier ou celle du musée ?"
        nouns = (each.noun for each in read.named if not (each.same or each.lacks))
        noun = next(filter(None, nouns), "")
    first, second = _completed(one, noun), whole(read.question, _completed(other, noun))
    if len(one.links) > 1 and not (other.same or other.lacks) and _like_last(one, other):
        # "les subventions du théâtre et de l'orchestre"
        first, span = one.links[-1].text, one.links[-1].span
    return _with_rest(read, asking, (first, span), (second, other.span), noun)


def _completed(side: Named, noun: str) -> str:
    """With the noun that it leaves out: "celui de Valcourt", "the curator's", "la première"."""
    if side.same:
        return f"{noun} {side.text}".strip()
    return f"{side.text} {noun}".strip() if side.lacks else side.text


def _like_last(one: Named, other: Named) -> bool:
    """Whether the other is joined to what is behind "of", and not to the noun before it."""
    first, last, new = one.links[0], one.links[-1], other.links[0]
    if new.preposition:
        return new.preposition == last.preposition != first.preposition
    return bool(first.article) and not new.article and not last.article


def _parted(read: Asked, asking: Asking) -> Sides | None:
    """What a verb parts from each other by "of", where nothing else is named."""
    able = [one for one in read.named if _able(one, asking)]
    if len(able) != 1 or len(able[0].links) == 1 or not holds(read, asking.parting):
        return None
    last = able[0].links[-1]
    span = Span(able[0].span.start, able[0].links[-2].span.end)
    head = able[0].text[: span.end - able[0].span.end]
    return _with_rest(read, asking, (head, span), (last.text, last.span), able[0].noun)


def _with_rest(
    read: Asked, asking: Asking, one: tuple[str, Span], other: tuple[str, Span], noun: str
) -> Sides:
    taken = (one[1], other[1])
    topic = [
        named.bare if not named.span.overlaps(one[1]) else named.noun
        for named in read.named
        if not called(named, asking.weighing)
        and named.span not in taken
        and not named.span.overlaps(other[1])
    ]
    said = telling(read, taken, asking.weighing | asking.parting)
    return Sides(one[0], other[0], ", ".join(topic), said, noun)
