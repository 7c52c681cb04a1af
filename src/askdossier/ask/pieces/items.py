"""Items of lists: lines that begin with a dash, a bullet, a number or a letter.

One reads a list whole: what an item leaves unsaid, the others and the line above them say.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import groupby

from askdossier import retrieve
from askdossier.ask.pieces.choose import Choosing, Piece
from askdossier.core import Evidence, Span
from askdossier.index import Index

_MARK = re.compile(r"\s*+(?:[-–—•*◦▪]|\(?(?:\d{1,3}|[a-z]|[ivx]{1,4})[.)°])\s")
_FEWEST = 2
"""Items of a list, and of these that may belong, from which all of it does."""
_LONGEST = 30
"""Items of a list that is completed."""
_HEADING = 60
"""Characters under which the first sentence of an item may be no more than its heading."""

Items = tuple[tuple[Span, ...], ...]
"""The sentences of each item of a list."""


def completed(index: Index, choosing: Choosing) -> Choosing:
    """Let all items of a list belong of which one surely does, and half of them may.

    They belong as surely as the one that does.
    """
    pieces = {(piece.evidence.document, piece.evidence.span): piece for piece in choosing.pieces}
    likely = {(one.evidence.document, one.evidence.span.start) for one in choosing.doubtful}
    found: dict[tuple[str, Items], Piece] = {}
    for piece in choosing.sure:
        likely.add((piece.evidence.document, piece.evidence.span.start))
        items = _list_around(index, piece.evidence)
        if _FEWEST <= len(items) <= _LONGEST:
            found.setdefault((piece.evidence.document, items), piece)
    for (document, items), sure in found.items():
        taken = sum((document, item[0].start) in likely for item in items)
        if taken < max(_FEWEST, len(items) / 2):
            continue
        for item in items:
            alone = unit(index, like(index, sure.evidence, item[0]))
            own = pieces.get((document, alone.span))
            evidence = own.evidence if own else alone
            pieces[document, evidence.span] = Piece(evidence, sure.odds, listed=True)
    ordered = sorted(pieces.values(), key=lambda piece: -piece.odds)
    return replace(choosing, pieces=tuple(ordered))


def unit(index: Index, evidence: Evidence) -> Evidence:
    """The sentence, together with the one beside it where one is but the heading of its item.

    "1. Le consentement préalable." says little without the sentence that explains it.
    """
    for item in _list_around(index, evidence):
        beside = len(item) > 1 and len(item[0]) < _HEADING
        if beside and evidence.span in item[:2]:
            return like(index, evidence, Span(item[0].start, item[1].end))
    return evidence


def is_item(index: Index, evidence: Evidence) -> bool:
    """Whether the line of a sentence has the mark of an item."""
    body = index.documents[evidence.document].text
    return _MARK.match(body, _line_in(body)(evidence.span)) is not None


def _list_around(index: Index, evidence: Evidence) -> Items:
    """The list in which a sentence stands, none where its line has no mark."""
    if not is_item(index, evidence):
        return ()
    body = index.documents[evidence.document].text
    lines = [tuple(line) for _, line in groupby(section(index, evidence), _line_in(body))]
    marked = [bool(_MARK.match(body, _line_in(body)(line[0]))) for line in lines]
    start = evidence.span.start
    here = next((i for i, line in enumerate(lines) if any(s.start == start for s in line)), None)
    if here is None:
        return ()
    first = last = here
    while first > 0 and marked[first - 1]:
        first -= 1
    while last + 1 < len(lines) and marked[last + 1]:
        last += 1
    return tuple(lines[first : last + 1])


def section(index: Index, evidence: Evidence) -> Iterator[Span]:
    """All sentences of the section in which a sentence stands."""
    row = index.row_at(evidence.document, evidence.span.start)
    while row is not None and (before := retrieve.next_in_section(index, row, -1)) is not None:
        row = before
    while row is not None:
        yield from index.passages[row].sentences
        row = retrieve.next_in_section(index, row, 1)


def _line_in(body: str) -> Callable[[Span], int]:
    """Gives where the line of a sentence begins."""
    return lambda span: body.rfind("\n", 0, span.start) + 1


def like(index: Index, evidence: Evidence, span: Span) -> Evidence:
    """Evidence of other words of the same document."""
    row = index.row_at(evidence.document, span.start)
    passage = index.passages[row].id if row is not None else evidence.passage
    quote = span.of(index.documents[evidence.document].text)
    return replace(evidence, span=span, quote=quote, passage=passage, also=())
