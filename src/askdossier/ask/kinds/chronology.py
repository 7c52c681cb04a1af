"""Questions for what happened when: "fais une chronologie de…", "timeline of…"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import groupby

from askdossier import lang, text, verify
from askdossier.ask import dating, pieces
from askdossier.ask.case import Case
from askdossier.ask.dating import Dated
from askdossier.ask.kinds.several import Part, asking_of, given, groups, holds, placed, sought_where
from askdossier.ask.pieces.choose import Piece
from askdossier.core import Evidence, Form
from askdossier.index import Index
from askdossier.lang.forms import Forms

form: Form = "list"

_MOST = 15
"""Sentences that are told."""
_OF_ONE = 2
"""Of one date."""


def matches(question: str) -> str | None:
    """Tell by its form of what, empty for all that the dossier tells; None for other questions."""
    found = groups(_FORM, question)
    return None if found is None else found.get("topic", "")


def parts(asked: str, case: Case, documents: frozenset[str] | None) -> Iterator[Part]:
    """One for each date, earliest first."""
    words = lang.of(case.language).several
    if asked:
        own = asking_of(case, words.happened, asked)
        found = sought_where(
            own, documents, lambda item: dating.dated(case.index, item) is not None
        )
        # A question that is its own topic says more than what its sentences are about.
        every, confidence = ([] if own is case else _on(case.index, found, asked)), 1.0
        if not every:
            choice = pieces.chosen(own, found)
            confidence = choice.confidence
            if choice.answers(case.task.strictness):
                every = _dated(case.index, [piece.evidence for piece in choice.sure])
    else:
        names = case.index.documents if documents is None else documents
        every, confidence = dating.of_all(case.index, names), 1.0
    shown = _told(case.index, every)
    if not shown:
        lacking = words.nothing_on.format(side=text.in_quotes(asked, case.language))
        yield Part(
            "",
            case,
            (),
            partial(given, (), 0.0),
            lacking=lacking if asked not in ("", case.query.text) else "",
        )
    remark = words.dated.format(count=len(shown), total=len(every))
    for iso, same in groupby(shown, key=lambda one: one.moment.iso):
        ones = list(same)
        evidence = tuple(one.evidence for one in ones)
        chosen = tuple(Piece(item, 0.0) for item in evidence)
        yield Part(
            dating.said(ones[0].moment, case.language),
            case,
            evidence,
            partial(given, chosen, confidence),
            remark=remark if iso == shown[-1].moment.iso else "",
            verbatim=True,
        )


def _on(index: Index, found: Sequence[Evidence], topic: str) -> list[Dated]:
    """Those that have all words of the topic, with their title and heading, which name it."""
    own = [item for item in found if holds(placed(index, item), topic)]
    return _dated(index, own)


def _dated(index: Index, found: Sequence[Evidence]) -> list[Dated]:
    return [one for item in found if (one := dating.dated(index, item)) is not None]


def _told(index: Index, found: Sequence[Dated]) -> list[Dated]:
    """The first of those found, a few of one date, in the order of their dates."""
    taken: list[Dated] = []
    for one in found:
        same = sum(other.moment.iso == one.moment.iso for other in taken)
        language = index.header(one.evidence.document).language
        if same < _OF_ONE and verify.tells(one.evidence.quote, language):
            taken.append(one)
        if len(taken) == _MOST:
            break
    return sorted(taken, key=lambda one: one.moment.iso)


_FORM = Forms(lambda known: known.several.chronology)
