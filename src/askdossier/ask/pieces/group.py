"""Put together the pieces that say the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from askdossier import text
from askdossier.ask.pieces.choose import Choosing, Piece
from askdossier.ask.pieces.vectors import vector
from askdossier.core import Evidence
from askdossier.index import Index
from askdossier.verify import facts

_ALIKE = 0.92
"""Cosine from which two sentences say the same if they share their figures and their words."""
_SHARED = 0.5
"""Share of the shorter one's stems that they must share."""


@dataclass(frozen=True, slots=True)
class Group:
    """Sentences that say the same, the likeliest first."""

    pieces: tuple[Piece, ...]

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """The sentences."""
        return tuple(piece.evidence for piece in self.pieces)


def parted(index: Index, choosing: Choosing) -> tuple[list[Group], list[Group]]:
    """Group those that surely belong, and those that may and say something else."""
    groups = grouped(index, (*choosing.sure, *choosing.doubtful))
    sure = [group for group in groups if group.pieces[0] in choosing.sure]
    return sure, [group for group in groups if group not in sure]


def grouped(index: Index, pieces: Sequence[Piece]) -> list[Group]:
    """Groups of pieces, document by document, that of the likeliest first, as they stand there.

    A piece joins the first group whose likeliest says the same.
    """
    groups: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda one: -one.odds):
        same = next((group for group in groups if _same(index, group[0], piece)), None)
        if same is None:
            groups.append([piece])
        else:
            same.append(piece)
    first = list(dict.fromkeys(group[0].evidence.document for group in groups))
    groups.sort(key=lambda group: (first.index(group[0].evidence.document), group[0].evidence.span))
    return [Group(tuple(group)) for group in groups]


def _same(index: Index, one: Piece, other: Piece) -> bool:
    here, there = one.evidence, other.evidence
    if float(vector(index, here) @ vector(index, there)) < _ALIKE:
        return False
    ours, theirs = facts.figures(here.quote), facts.figures(there.quote)
    if not (_within(ours, theirs) and _within(theirs, ours)):
        return False
    known = (text.stems(item.quote) for item in (here, there))
    few, many = sorted(known, key=len)
    return len(few & many) >= _SHARED * max(len(few), 1)


def _within(some: Sequence[facts.Figure], others: Sequence[facts.Figure]) -> bool:
    return all(any(figure.agrees(other) for other in others) for figure in some)
