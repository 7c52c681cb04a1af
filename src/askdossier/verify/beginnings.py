"""The dates at which a sentence tells that somebody was born, or something began."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from askdossier import text
from askdossier.core import Language, Span
from askdossier.lang.forms import Forms
from askdossier.lang.labels import NOUNS, PASSIVE_SUBJECTS, VERBS
from askdossier.lang.parse import Word, parsed
from askdossier.verify import facts
from askdossier.verify.facts import Moment

_BEGUN = Forms(lambda known: known.several.begun)
_LIFE = re.compile(r"(?<=\w) \((?P<from>\d{4}) ?[-–—] ?(?:\d{4})?\)")
"""A year of birth, maybe of death, behind a name."""
_APART = 90
"""Characters between a beginning and its date, at most."""
_CELL = " | "
_STARTS = re.compile(r"(?:\A|[.;:] |\| )\W*(?:(?:en|in|le|on|des|the) )?\Z")
"""Before a date with which a clause begins, folded."""
_SUBJECTS = PASSIVE_SUBJECTS | {"nsubj"}
_BESIDE = frozenset("acl amod appos".split())
_CASES = frozenset("case prep".split())


@dataclass(frozen=True, slots=True)
class Beginning:
    """A date, and where the sentence says that something begins then."""

    moment: Moment
    said: Span


def beginnings(sentence: str, language: Language) -> tuple[Beginning, ...]:
    """Each date told as a beginning: "née en 1938", "Naissance: 1938", "Anne Roy (1931-2004)".

    The first behind the word, with no other verb between, or else the one with which its clause
    begins ("En 1931 naquit Jehan").
    """
    return tuple(_found(sentence, language))


def _found(sentence: str, language: Language) -> Iterator[Beginning]:
    folded = text.fold(sentence)
    dates = [moment for moment in facts.moments(sentence) if moment.iso]
    taken: set[str] = set()
    for life in _LIFE.finditer(sentence):
        year = int(life["from"])
        moment = Moment(year, None, None, Span(*life.span("from")))
        taken.add(moment.iso)
        yield Beginning(moment, Span(life.start(), life.start() + 1))
    for word in _BEGUN.finditer(folded):
        said = Span(*word.span())
        behind = (one for one in dates if one.span.start >= said.end)
        ahead = (one for one in reversed(dates) if one.span.end <= said.start)
        found = next((one for one in behind if _near(sentence, said, one.span, language)), None)
        if found is None:
            found = next(
                (one for one in ahead if _opens(sentence, folded, one, said, language)), None
            )
        if found is not None and found.iso not in taken:
            taken.add(found.iso)
            yield Beginning(found, said)


def _opens(sentence: str, folded: str, one: Moment, said: Span, language: Language) -> bool:
    clause = _STARTS.search(folded[: one.span.start]) is not None
    return clause and _near(sentence, one.span, said, language)


def _near(sentence: str, first: Span, second: Span, language: Language) -> bool:
    """Whether nothing between two places tells of something else."""
    between = sentence[first.end : second.start]
    if len(between) > _APART or _CELL in between or any(sign in between for sign in ".;!?"):
        return False
    words = parsed(sentence, language)
    if words is None:
        return "," not in between
    inside = (w for w in words if first.end <= w.span.start and w.span.end <= second.start)
    return not any(word.part in VERBS or facts.moments(word.text) for word in inside)


def begins(one: Beginning, sentence: str, side: str, rival: str, language: Language) -> bool | None:
    """Whether it is a side that begins then, not its rival or another; None where neither is named.

    By the subject of the word that says so or what it stands beside, or else by the nearest name.
    """
    own, theirs = text.stems(side) - text.stems(rival), text.stems(rival) - text.stems(side)
    words = parsed(sentence, language) or ()
    stems = [text.stems(word.text) for word in words]
    if _CELL in sentence or not words:
        named = text.stems(sentence)
        if named.isdisjoint(own | theirs):
            return None
        return not named.isdisjoint(own) and named.isdisjoint(theirs)
    at = next((i for i, word in enumerate(words) if one.said.overlaps(word.span)), None)
    if at is not None and (subject := _subject(words, at)) is not None:
        whole = not stems[subject].isdisjoint(text.stems(side))
        said = frozenset[str]().union(*(stems[i] for i in _group(words, subject, whole=whole)))
        if words[subject].part in NOUNS:
            return not said.isdisjoint(own)
    named_at = [i for i in range(len(words)) if not stems[i].isdisjoint(own | theirs)]
    ahead = [i for i in named_at if words[i].span.start < one.said.start]
    nearest = next(iter([*reversed(ahead), *named_at]), None)
    return None if nearest is None else not stems[nearest].isdisjoint(own)


def _subject(words: Sequence[Word], at: int) -> int | None:
    """What a word tells of: its subject, or the noun that it stands beside."""
    word = words[at]
    for i, other in enumerate(words):
        if other.head == at and i != at and other.relation in _SUBJECTS:
            return i
    return word.head if word.relation in _BESIDE and word.head != at else None


def _group(words: Sequence[Word], top: int, *, whole: bool) -> Iterator[int]:
    """A noun and what names it further; ``whole``, also what a preposition joins to it."""
    yield top
    for i, word in enumerate(words):
        if word.head != top or i == top or word.part in VERBS:
            continue
        joined = any(other.head == i and other.relation in _CASES for other in words)
        if whole or not joined:
            yield from _group(words, i, whole=whole)
