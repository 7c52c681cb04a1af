"""Explanations go on where they began: what stands near a sentence that belongs may belong too.

A list is not like that: its items say which of them belong.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from askdossier import retrieve
from askdossier.ask.case import Case
from askdossier.ask.pieces.choose import MORE, Choosing, Piece
from askdossier.ask.pieces.items import like
from askdossier.ask.pieces.seek import says_something
from askdossier.core import Evidence, Span
from askdossier.index import Index

_BESIDE = 0.65
"""What the log-odds of the surest one near a sentence count beside its own."""
_APART = 0.01
"""What they lose for each character between the two."""
_ALONE = -6.0
"""Log-odds, against the likeliest, of what a sentence has near it that has nothing near it. All
three by a conditional logit on LFQA, MDS, questions of FAQs and several_dev, cross-validated, in a
script that was not kept; ``benchmarks/pieces.py`` measures what they give."""
_AROUND = 3
"""Sentences before and behind one that belongs which are read as well."""


def continued(index: Index, choosing: Choosing) -> Choosing:
    """Let sentences belong the likelier, the nearer they stand to others that do.

    Not where the writer was asked which do: it has read what stands near.
    """
    del index
    if not choosing.pieces or choosing.by != "looks":
        return choosing
    best = choosing.pieces[0].odds
    near = (_near(piece, choosing.pieces, best) for piece in choosing.pieces)
    pieces = [
        replace(piece, odds=piece.odds - best + _BESIDE * beside)
        for piece, beside in zip(choosing.pieces, near, strict=True)
    ]
    return replace(choosing, pieces=tuple(sorted(pieces, key=lambda piece: -piece.odds)))


def _near(piece: Piece, pieces: Sequence[Piece], best: float) -> float:
    """The most that another sentence of the same document gives it."""
    own = piece.evidence
    given = (
        other.odds - best - _APART * _between(own.span, other.evidence.span)
        for other in pieces
        if other is not piece and other.evidence.document == own.document
    )
    return max((_ALONE, *given))


def _between(one: Span, other: Span) -> int:
    return max(one.start - other.end, other.start - one.end, 0)


def beside_chosen(case: Case, choosing: Choosing) -> tuple[Evidence, ...]:
    """What stands around the sentences that surely belong and was not read: see ``Further``."""
    read = {(one.evidence.document, one.evidence.span.start) for one in choosing.pieces}
    found: dict[tuple[str, int], Evidence] = {}
    for piece in continued(case.index, choosing).sure:
        for span in _around(case.index, piece.evidence):
            place = piece.evidence.document, span.start
            beside = like(case.index, piece.evidence, span)
            if place not in read and says_something(case.index, beside):
                found.setdefault(place, beside)
    return tuple(found.values())[:MORE]


def _around(index: Index, evidence: Evidence) -> list[Span]:
    """The sentences before and behind one in its section, the nearest first."""
    row = index.row_at(evidence.document, evidence.span.start)
    assert row is not None, "evidence stands in a passage"
    rows = [retrieve.next_in_section(index, row, -1), row, retrieve.next_in_section(index, row, 1)]
    spans = sorted({s for one in rows if one is not None for s in index.passages[one].sentences})
    here = next(i for i, span in enumerate(spans) if span.end > evidence.span.start)
    near = [i for i in range(here - _AROUND, here + _AROUND + 1) if 0 <= i < len(spans)]
    # What follows explains more often than what comes before.
    order = sorted(near, key=lambda i: (abs(i - here), i < here))
    return [spans[i] for i in order if not spans[i].overlaps(evidence.span)]
