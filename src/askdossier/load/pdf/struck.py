"""What crosses words of a page out: lines drawn through them, and remarks that say so."""

from __future__ import annotations

import ctypes
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import Any

from askdossier.load.pdf.line import Stroke, turned

_THROUGH = (0.12, 0.5)
"""Of the character size, above the baseline: where a line goes through words, also a double one."""
_SHORTEST = 0.3
"""Of the character size: the width of a narrow letter."""
_STEEPEST = 0.05
_MOST = 5_000
"""Annotations of a page that are looked at."""


class Through:
    """The strokes of a page, looked up by the lines of text that they go through."""

    def __init__(self, drawn: Iterable[Stroke]) -> None:
        self._drawn = tuple(drawn)
        self._level: dict[int, list[tuple[float, float, float]]] = {}
        """By the direction of the text: height, start and end of the strokes that are level."""

    def across(
        self, turn: int, left: float, right: float, base: float, size: float
    ) -> list[tuple[float, float]]:
        """Where strokes begin and end that go through a line of text, in its frame."""
        if not self._drawn:
            return []
        if turn not in self._level:
            self._level[turn] = sorted(_level(self._drawn, turn))
        strokes = self._level[turn]
        first, last = (
            bisect_left(strokes, (base + part * size, 0.0, 0.0)) for part in _THROUGH
        )  # fmt: skip
        return [
            (start, end) for _, start, end in strokes[first:last]
            if start < right and end > left and end - start > _SHORTEST * size
        ]  # fmt: skip


def _level(drawn: Iterable[Stroke], turn: int) -> Iterator[tuple[float, float, float]]:
    for ends in drawn:
        (x0, y0), (x1, y1) = sorted(turned(x, y, turn) for x, y in ends)
        if abs(y1 - y0) < _STEEPEST * (x1 - x0):
            yield (y0 + y1) / 2, x0, x1


def strikeouts(page: Any) -> Iterator[Stroke]:
    """The remarks on PDFium's page that cross words out, as the lines that they show."""
    from pypdfium2 import raw

    quad = raw.FS_QUADPOINTSF()
    for i in range(min(raw.FPDFPage_GetAnnotCount(page.raw), _MOST)):
        annotation = raw.FPDFPage_GetAnnot(page.raw, i)
        if not annotation:
            continue
        try:
            if raw.FPDFAnnot_GetSubtype(annotation) != raw.FPDF_ANNOT_STRIKEOUT:
                continue
            for at in range(min(raw.FPDFAnnot_CountAttachmentPoints(annotation), _MOST)):
                if raw.FPDFAnnot_GetAttachmentPoints(annotation, at, ctypes.byref(quad)):
                    # The first two points are the upper corners, the others the lower ones.
                    yield (
                        ((quad.x1 + quad.x3) / 2, (quad.y1 + quad.y3) / 2),
                        ((quad.x2 + quad.x4) / 2, (quad.y2 + quad.y4) / 2),
                    )
        finally:
            raw.FPDFPage_CloseAnnot(annotation)
