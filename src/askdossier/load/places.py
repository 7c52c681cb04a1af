"""The order in which what stands freely on a slide is read: column by column, row by row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

_MOST = 300
"""Shapes of a slide whose places are compared; a drawing has more."""
_LAPPED = 0.1
"""Of a shape's extent: so far frames may lap over the next, whose text is apart."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a shape stands, in any unit, downwards from the top."""

    left: float
    top: float
    width: float
    height: float


def in_reading_order(places: Sequence[Place | None]) -> list[int]:
    """The numbers of the shapes as they are read.

    A slide is cut where the widest gap runs through all of it, and so are its parts. Where a place
    is not known, or shapes lie over one another, the order in which they are drawn stays.
    """
    known = [place for place in places if place is not None]
    if len(known) < len(places) or len(places) > _MOST:
        return list(range(len(places)))
    order: list[int] = []
    rest = [list(range(len(known)))]
    while rest:
        part = rest.pop()
        cuts = [_cut([(known[i].left, known[i].width) for i in part]),
                _cut([(known[i].top, known[i].height) for i in part])]  # fmt: skip
        (_, across), (_, down) = cuts
        best = across if cuts[0][0] > cuts[1][0] else down
        if best is None:
            order += part
            continue
        rest.append([i for i, before in zip(part, best, strict=True) if not before])
        rest.append([i for i, before in zip(part, best, strict=True) if before])
    return order


def _cut(extents: Sequence[tuple[float, float]]) -> tuple[float, list[bool] | None]:
    """The widest gap between extents (start and length), and which of them lie before it.

    It is negative where they lap a little, and minus infinity, with None, where there is none.
    """
    ordered = sorted(extents)
    widest, at, end, last = float("-inf"), 0.0, float("-inf"), 0.0
    for start, length in ordered:
        gap = start - end
        if start > ordered[0][0] and gap > widest and gap >= -_LAPPED * min(length, last):
            widest, at = gap, start
        if start + length > end:
            end, last = start + length, length
    if widest == float("-inf"):
        return widest, None
    return widest, [start < at for start, _ in extents]
