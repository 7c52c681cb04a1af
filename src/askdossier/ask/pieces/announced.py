"""Sentences that only announce a list: "Ses auteurs présentent trois demandes" and no more.

They seem to answer as nothing else does, and name no item. What follows them in their document
does.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from askdossier import text
from askdossier.ask.asked import asked
from askdossier.ask.case import Case
from askdossier.ask.pieces.choose import DOUBTFUL, NEVER, SURE, Choosing, Piece, chosen
from askdossier.ask.pieces.items import completed, is_item, like, section, unit
from askdossier.core import Evidence, Span
from askdossier.index import Index
from askdossier.lang.forms import Forms
from askdossier.verify import facts

_FEWEST, _MOST = 2, 12
"""Items that are announced."""
_BESIDE = 2
"""Words from a number to the noun that it counts: "trois grandes demandes"."""
_ENUMERATES = re.compile(r":[^:\w]*\w|;|,[^,]*,")
"""What names the items at once."""
_WORD = re.compile(r"[^\W_]+")
_MANY = Forms(lambda known: known.several.many)


@dataclass(frozen=True, slots=True)
class _List:
    """What follows a sentence that announces it."""

    items: tuple[Evidence, ...]
    whole: bool
    """They are all of what is announced, and nothing else."""


def choosing_items(case: Case, found: Sequence[Evidence]) -> Choosing:
    """Judge what may be items of a list, and what a sentence among it announces without that."""
    choosing = chosen(case, found)
    followers = followed(case, choosing)
    if not followers or choosing.by == "order" or case.stopped():
        return choosing
    more = chosen(case, followers)
    if more.by == "order":  # nothing but how near it is speaks for it
        return choosing
    both = choosing.joined(more)
    return replace(choosing, pieces=both.pieces, unread=both.unread)


def followed(case: Case, choosing: Choosing) -> tuple[Evidence, ...]:
    """What may be the items that a sentence announces, where it is to be judged which are.

    Read before or not: beside the sentence that announces it, an item is hardly looked at.
    """
    nouns = _nouns(case.query.text)
    for piece in choosing.sure:
        announced = _announced(case.index, piece.evidence, nouns)
        if announced is not None and not announced.whole:
            return announced.items
    return ()


def listed(question: str) -> Callable[[Index, Choosing], Choosing]:
    """Lets the items belong that surely belong by a list, or by the sentence that announces them.

    That sentence is left with the doubtful ones, and so is what else its document says where it
    announces how many items there are and these are there.
    """

    def finish(index: Index, choosing: Choosing) -> Choosing:
        nouns = _nouns(question)
        known = _once(choosing.pieces)
        for piece in replace(choosing, pieces=known).sure:
            announced = _announced(index, piece.evidence, nouns)
            if announced is not None:
                known = _put(known, piece, announced)
        return completed(index, replace(choosing, pieces=known))

    return finish


def _once(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """Each sentence as it was read best."""
    found: dict[tuple[str, Span], Piece] = {}
    for piece in pieces:
        found.setdefault((piece.evidence.document, piece.evidence.span), piece)
    return tuple(found.values())


def _put(pieces: Sequence[Piece], by: Piece, announced: _List) -> tuple[Piece, ...]:
    places = {(one.document, one.span) for one in announced.items}
    read = {
        (one.evidence.document, one.evidence.span): one
        for one in pieces
        if (one.evidence.document, one.evidence.span) in places
    }
    best = max((one.odds for one in read.values()), default=by.odds)
    if best == NEVER and not announced.whole:
        return tuple(pieces)
    items = []
    for item in announced.items:
        own = read.get((item.document, item.span))
        odds = by.odds if announced.whole else by.odds + (own.odds - best if own else DOUBTFUL)
        belongs = announced.whole or odds - by.odds >= SURE
        items.append(Piece(own.evidence if own else item, odds, listed=belongs))
    if sum(one.listed for one in items) < _FEWEST:
        return tuple(pieces)
    others = []
    for one in pieces:
        if (one.evidence.document, one.evidence.span) in places:
            continue
        beside = announced.whole and one.evidence.document == by.evidence.document
        leaves = one == by or (beside and not one.listed)
        doubtful = min(one.odds, by.odds + (SURE + DOUBTFUL) / 2)
        others.append(replace(one, odds=doubtful) if leaves else one)
    return tuple(sorted((*items, *others), key=lambda one: -one.odds))


def _nouns(question: str) -> frozenset[str]:
    """The stems of what is asked for: "demandes"."""
    named = asked(question).named
    return text.stems(named[0].links[0].head) if named else frozenset()


def _announced(index: Index, evidence: Evidence, nouns: frozenset[str]) -> _List | None:
    """The list that a sentence announces; None where it does not, or where none follows."""
    if is_item(index, evidence) or not nouns:
        return None
    count = _counted(evidence.quote, nouns)
    opens = evidence.quote.rstrip().endswith(":")
    if count is None and not (opens and not nouns.isdisjoint(text.stems(evidence.quote))):
        return None
    if _ENUMERATES.search(evidence.quote):
        return None
    items, marked = _behind(index, evidence)
    if not _FEWEST <= len(items) <= _MOST:
        return None
    whole = len(items) == count or (marked and (opens or not count))
    return None if marked and not whole else _List(items, whole)


def _counted(sentence: str, nouns: frozenset[str]) -> int | None:
    """How many of what is asked for a sentence announces, 0 for several; None where it does not."""
    folded = text.fold(sentence)
    counts = {
        figure.span: int(min(figure.values))
        for figure in facts.figures(sentence)
        if not figure.unit and _FEWEST <= min(figure.values) <= _MOST
    }
    counts |= {Span(*one.span()): 0 for one in _MANY.finditer(folded)}
    words = [Span(*one.span()) for one in _WORD.finditer(sentence)]
    for at, word in enumerate(words):
        if nouns.isdisjoint(text.stems(word.of(sentence))):
            continue
        near = words[max(0, at - _BESIDE - 1) : at + _BESIDE]
        for span, count in counts.items():
            if any(span.overlaps(one) for one in near):
                return count
    return None


def _behind(index: Index, evidence: Evidence) -> tuple[tuple[Evidence, ...], bool]:
    """What follows a sentence: the items of a list or its paragraph's rest; whether a list."""
    body = index.documents[evidence.document].text
    rest = [span for span in section(index, evidence) if span.start >= evidence.span.end]
    if rest and rest[0].of(body).rstrip().endswith(":"):
        rest = rest[1:]
    found = [like(index, evidence, span) for span in rest]
    if found and is_item(index, found[0]):
        return tuple(_items(index, found)), True
    last = evidence.span.end
    beside = []
    for one in found:
        if "\n" in body[last : one.span.start].strip(" "):
            break
        beside.append(one)
        last = one.span.end
    return tuple(beside), False


def _items(index: Index, found: Sequence[Evidence]) -> Iterator[Evidence]:
    """The first sentence of each item, with its heading, up to the end of the list."""
    line = -1
    body = index.documents[found[0].document].text
    for one in found:
        start = body.rfind("\n", 0, one.span.start)
        if start == line:
            continue
        line = start
        if not is_item(index, one):
            return
        yield unit(index, one)
