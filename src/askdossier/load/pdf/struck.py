"""What crosses words of a page out: lines drawn through them, and remarks that say so."""

from __future__ import annotations

import ctypes
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from askdossier.load.pdf.line import Drawn, Glyph, turned
from askdossier.text import normalise

_THROUGH = (0.12, 0.5)
"""Of the character size, above the baseline: where a line goes through words, also a double one."""
_SHORTEST = 0.3
"""Of the character size: the width of a narrow letter."""
_STEEPEST = 0.05
_THICKEST = 0.15
"""Of the character size: what is thicker is a ground, as that of a marker."""
_HATCHING = 200
"""Strokes beside one line of text; words that are crossed out one by one have 50."""
_MOST = 5_000
"""Annotations of a page that are looked at, and words that they strike out, all together."""
_EDGE = 0.2
"""Of the character size: a stroke that crosses words out ends as near to a character's edge."""
_SPACE = 0.45
"""Of the character size: or behind the space after it."""


class Crossing(NamedTuple):
    """A level line in the frame of a text, in points."""

    height: float
    start: float
    end: float
    thick: float

    def strikes(self, base: float, size: float) -> bool:
        """Whether it goes through characters of a size on a baseline: under others it is a bar."""
        low, high = _THROUGH
        return low * size <= self.height - base < high * size and self.thick <= _THICKEST * size


class Through:
    """The strokes of a page, looked up by the lines of text that they go through."""

    def __init__(self, drawn: Iterable[Drawn]) -> None:
        self._drawn = tuple(drawn)
        self._level: dict[int, list[Crossing]] = {}
        """By the direction of the text: the strokes that are level, from the lowest up."""

    def across(
        self, turn: int, left: float, right: float, base: float, size: float
    ) -> list[Crossing]:
        """The strokes near a line of text, in its frame; none where so many are hatching."""
        if not self._drawn:
            return []
        if turn not in self._level:
            self._level[turn] = sorted(set(_level(self._drawn, turn)))
        strokes = self._level[turn]
        first, last = (bisect_left(strokes, (base + part * size,)) for part in (-1, 2))
        found = [
            stroke for stroke in strokes[first:last]
            if stroke.start < right and stroke.end > left
            and stroke.end - stroke.start > _SHORTEST * size
        ]  # fmt: skip
        return found if len(found) <= _HATCHING else []


def _level(drawn: Iterable[Drawn], turn: int) -> Iterator[Crossing]:
    for line in drawn:
        (x0, y0), (x1, y1) = sorted(turned(x, y, turn) for x, y in line.ends)
        if abs(y1 - y0) < _STEEPEST * (x1 - x0):
            yield Crossing((y0 + y1) / 2, x0, x1, line.thick)


def strikeouts(page: Any) -> Iterator[Drawn]:
    """The remarks on PDFium's page that cross words out, as the lines that they show."""
    from pypdfium2 import raw

    quad = raw.FS_QUADPOINTSF()
    left_over = _MOST
    for i in range(min(raw.FPDFPage_GetAnnotCount(page.raw), _MOST)):
        annotation = raw.FPDFPage_GetAnnot(page.raw, i)
        if not annotation:
            continue
        try:
            if raw.FPDFAnnot_GetSubtype(annotation) != raw.FPDF_ANNOT_STRIKEOUT:
                continue
            places = min(raw.FPDFAnnot_CountAttachmentPoints(annotation), left_over)
            left_over -= places
            for at in range(places):
                if raw.FPDFAnnot_GetAttachmentPoints(annotation, at, ctypes.byref(quad)):
                    # The first two points are the upper corners, the others the lower ones.
                    left = ((quad.x1 + quad.x3) / 2, (quad.y1 + quad.y3) / 2)
                    right = ((quad.x2 + quad.x4) / 2, (quad.y2 + quad.y4) / 2)
                    yield Drawn((left, right), 0.0)
        finally:
            raw.FPDFPage_CloseAnnot(annotation)


def without_struck(
    glyphs: Sequence[Glyph | None], strokes: Sequence[Crossing], size: float
) -> tuple[list[Glyph | None], list[str]]:
    """The characters that stay of a line that strokes go through, and the words that do not."""
    crossed = {i for stroke in strokes for i in _crossed(glyphs, stroke, size)}
    result: list[Glyph | None] = []
    gone = [""]
    for i, glyph in enumerate((*glyphs, None)):
        if glyph is None:
            gone[-1] += " "
            if result and result[-1] is not None:
                result.append(None)
        elif i in crossed:
            gone[-1] += glyph.text
        else:
            gone.append("")
            result.append(glyph)
    return result[:-1], [" ".join(normalise(words).split()) for words in gone if words.strip()]


def _crossed(glyphs: Sequence[Glyph | None], stroke: Crossing, size: float) -> set[int]:
    """The places of the characters that a stroke goes through, if it ends where they do.

    Each is looked at on its own baseline: under the numerator of a fraction the stroke is its bar.
    What is raised goes with the character beside it.
    """
    along = {
        i: glyph for i, glyph in enumerate(glyphs)
        if glyph is not None and stroke.start <= (glyph.left + glyph.right) / 2 <= stroke.end
    }  # fmt: skip
    found = {i for i, glyph in along.items() if stroke.strikes(glyph.base, glyph.size)}
    for i in (*along, *reversed(along)):
        if not found.isdisjoint({i - 1, i + 1}):
            found.add(i)
    crossed = [along[i] for i in found]
    ends = (
        any(abs(glyph.left - stroke.start) < _EDGE * size for glyph in crossed)
        and any(-_EDGE * size < stroke.end - glyph.right < _SPACE * size for glyph in crossed)
    )  # fmt: skip
    return found if ends else set()
