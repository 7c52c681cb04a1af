"""The straight lines that are drawn on a page, and the cells of tables between them."""

from __future__ import annotations

import ctypes
import math
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from askdossier.load.pdf.line import Drawn, Line, Point, Stroke, turned

_THIN = 3.0
"""Points: what is drawn no wider is a line."""
_SHORTEST = 8.0
"""Points of a line that may border a cell."""
_NEAR = 3.0
"""Points between lines that are one, or meet."""
_TALLEST = 120.0
"""Points of a row without a ground between two that have one."""
_TOGETHER = 3
"""Lines that stop together there: two columns at least."""
_SPACE = 0.35
"""Of the character size: no more parts words of one text."""
_MOST = 4_000
"""Strokes of a page that are looked at: a drawing has more."""


@dataclass(frozen=True, slots=True)
class Ruling:
    """A line on a page: at ``at`` across, from ``start`` to ``end`` along."""

    at: float
    start: float
    end: float

    def covers(self, place: float) -> bool:
        """True for a place along the line, or nearly."""
        return self.start - _NEAR <= place <= self.end + _NEAR


@dataclass(frozen=True, slots=True)
class Rulings:
    """The level and upright lines of a page, in the frame of its text."""

    level: tuple[Ruling, ...] = ()
    upright: tuple[Ruling, ...] = ()


def rulings(drawn: Iterable[Drawn], turn: int, lines: Iterable[Line] = ()) -> Rulings:
    """Strokes of a page as lines, in the frame of text turned by ``turn`` degrees.

    ``lines`` is the text of the page.
    """
    level: list[Ruling] = []
    upright: list[Ruling] = []
    for line in drawn:
        (x0, y0), (x1, y1) = line.ends
        a, b = turned(x0, y0, turn), turned(x1, y1, turn)
        (left, right), (low, high) = sorted((a[0], b[0])), sorted((a[1], b[1]))
        if high - low <= _THIN and right - left >= _SHORTEST:
            level.append(Ruling((low + high) / 2, left, right))
        elif right - left <= _THIN and high - low >= _SHORTEST:
            upright.append(Ruling((left + right) / 2, low, high))
    across = _merged(level)
    upright_text = sorted(
        (line for line in lines if line.turn == turn), key=lambda line: line.bottom
    )
    return Rulings(across, _bridged(_merged(upright), across, upright_text))


def strokes(page: Any) -> Iterator[Drawn]:
    """The straight pieces of the paths on PDFium's page, and the edges of its boxes."""
    from pypdfium2 import raw

    count = 0
    for shape in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=2):
        left, bottom, right, top = shape.get_bounds()
        pen = _pen(shape)
        if min(right - left, top - bottom) <= _THIN:
            count += 1
            middle, height = (left + right) / 2, (bottom + top) / 2
            level = right - left > top - bottom
            alone = pen and raw.FPDFPath_CountSegments(shape.raw) == 2  # it may be askew
            yield Drawn(
                ((left, height), (right, height)) if level else ((middle, bottom), (middle, top)),
                pen if alone else min(right - left, top - bottom),
            )
        else:
            for edges, across in _pieces(shape, _MOST - count):
                count += len(edges) + 1
                for ends in edges:
                    yield Drawn(ends, across + pen)
        if count >= _MOST:
            return


def _pen(shape: Any) -> float:
    """How thick the lines of a path are, in points; 0 where it is filled alone."""
    from pypdfium2 import raw

    fill, stroked, width = ctypes.c_int(), ctypes.c_int(), ctypes.c_float()
    raw.FPDFPath_GetDrawMode(shape.raw, fill, stroked)
    raw.FPDFPageObj_GetStrokeWidth(shape.raw, width)
    matrix = shape.get_matrix()
    return width.value * math.hypot(matrix.c, matrix.d) if stroked.value else 0.0


def _pieces(shape: Any, most: int) -> Iterator[tuple[list[Stroke], float]]:
    """The straight edges of each unbroken piece of a path, and how far it goes across, in points.

    That is its width or its height, the less of them; 0 for a single line, which may be askew.
    """
    from pypdfium2 import raw

    x, y = ctypes.c_float(), ctypes.c_float()
    matrix = shape.get_matrix()
    corners: list[Point] = []
    edges: list[Stroke] = []
    for i in range(min(raw.FPDFPath_CountSegments(shape.raw), most)):
        segment = raw.FPDFPath_GetPathSegment(shape.raw, i)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            yield edges, _across(corners)
            corners, edges = [], []
        corners.append(matrix.on_point(x.value, y.value))
        if kind == raw.FPDF_SEGMENT_LINETO and len(corners) > 1:
            edges.append((corners[-2], corners[-1]))
        if raw.FPDFPathSegment_GetClose(segment):
            edges.append((corners[-1], corners[0]))
    yield edges, _across(corners)


def _across(corners: Sequence[Point]) -> float:
    """The width or the height of what has these corners, the less of them; 0 for a line."""
    if len(corners) <= 2:
        return 0.0
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return min(max(xs) - min(xs), max(ys) - min(ys))


def _merged(lines: Sequence[Ruling]) -> tuple[Ruling, ...]:
    """Pieces of one line put together."""
    places: list[list[Ruling]] = []
    for line in sorted(lines, key=lambda ruling: ruling.at):
        if places and line.at - places[-1][0].at <= _NEAR:
            places[-1].append(line)
        else:
            places.append([line])
    result: list[Ruling] = []
    for place in places:
        first = len(result)
        for line in sorted(place, key=lambda ruling: ruling.start):
            last = result[-1] if len(result) > first else None
            if last and line.start <= last.end + _NEAR:
                result[-1] = Ruling(last.at, last.start, max(last.end, line.end))
            else:
                result.append(line)
    return tuple(result)


def _bridged(
    upright: Sequence[Ruling], level: Sequence[Ruling], lines: Sequence[Line]
) -> tuple[Ruling, ...]:
    """Upright lines that stop at one row together go on: every other row has a ground.

    ``lines`` from the lowest up: between two tables they are no row.
    """
    gaps: dict[tuple[int, int], list[tuple[Ruling, Ruling]]] = {}
    for a, b in pairwise(upright):
        if abs(a.at - b.at) <= _NEAR < b.start - a.end < _TALLEST:
            gaps.setdefault((round(a.end), round(b.start)), []).append((a, b))
    return _merged([
        *upright,
        *(Ruling(a.at, a.end, b.start) for pairs in gaps.values()
          if len(pairs) >= _TOGETHER and any(_is_one_row(piece, level) for piece in pairs[0])
          and _holds_row(pairs, lines) for a, b in pairs),
    ])  # fmt: skip


def _is_one_row(upright: Ruling, level: Sequence[Ruling]) -> bool:
    """True for a line that crosses no other between its ends."""
    return not any(
        upright.start + _NEAR < line.at < upright.end - _NEAR and line.covers(upright.at)
        for line in level
    )


def _holds_row(pairs: Sequence[tuple[Ruling, Ruling]], lines: Sequence[Line]) -> bool:
    """Whether the text between upright lines stands in several cells and runs over none of them."""
    low, high = pairs[0][0].end, pairs[0][1].start
    places = [a.at for a, _ in pairs]
    first, last = (bisect_left(lines, height, key=lambda line: line.bottom)
                   for height in (low, high))  # fmt: skip
    cells: set[int] = set()
    for line in lines[first:last]:
        words = [word for word in line.words
                 if word.right > places[0] and word.left < places[-1]]  # fmt: skip
        columns = [(bisect_left(places, word.left + 1), bisect_left(places, word.right - 1))
                   for word in words]  # fmt: skip
        beside = zip(pairwise(words), pairwise(columns), strict=True)
        if any(begins != ends for begins, ends in columns) or any(
            before[1] != after[0] and b.left - a.right < _SPACE * line.size
            for (a, b), (before, after) in beside
        ):
            return False
        cells.update(column for column, _ in columns)
    return len(cells) > 1


@dataclass(frozen=True, slots=True)
class Frame:
    """The cells of a table that is drawn with lines.

    ``xs`` grow to the right and ``ys`` fall to the bottom; a cell takes more than one place where
    no line parts them.
    """

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    rulings: Rulings

    def place(self, x: float, y: float) -> tuple[int, int] | None:
        """Row and column of a point; None outside."""
        column = sum(edge <= x for edge in self.xs) - 1
        row = sum(edge >= y for edge in self.ys) - 1
        inside = 0 <= column < len(self.xs) - 1 and 0 <= row < len(self.ys) - 1
        return (row, column) if inside else None

    def extent(self, row: int, column: int) -> tuple[range, range]:
        """The rows and columns of the cell at a place."""
        height, width = len(self.ys) - 1, len(self.xs) - 1
        first, last, left, right = row, row, column, column
        while left > 0 and not self._upright(left, row):
            left -= 1
        while right < width - 1 and not self._upright(right + 1, row):
            right += 1
        while first > 0 and not self._level(first, column):
            first -= 1
        while last < height - 1 and not self._level(last + 1, column):
            last += 1
        return range(first, last + 1), range(left, right + 1)

    def _upright(self, x: int, row: int) -> bool:
        middle = (self.ys[row] + self.ys[row + 1]) / 2
        return any(abs(r.at - self.xs[x]) <= _NEAR and r.start <= middle <= r.end
                   for r in self.rulings.upright)  # fmt: skip

    def _level(self, y: int, column: int) -> bool:
        middle = (self.xs[column] + self.xs[column + 1]) / 2
        return any(abs(r.at - self.ys[y]) <= _NEAR and r.start <= middle <= r.end
                   for r in self.rulings.level)  # fmt: skip


def frames(lines: Rulings) -> Iterator[Frame]:
    """The tables whose cells are drawn: lines that cross, of two columns and two rows at least."""
    rest = [*((True, line) for line in lines.level), *((False, line) for line in lines.upright)]
    while rest:
        group = [rest.pop()]
        for level, line in group:
            crossing = [(other_level, other) for other_level, other in rest
                        if other_level != level and _cross(line, other)]  # fmt: skip
            group += crossing
            rest = [item for item in rest if item not in crossing]
        found = Rulings(
            tuple(line for level, line in group if level),
            tuple(line for level, line in group if not level),
        )
        xs = _distinct([line.at for line in found.upright])
        ys = _distinct([line.at for line in found.level])[::-1]
        if len(xs) >= 3 and len(ys) >= 3:
            yield Frame(tuple(xs), tuple(ys), found)


def _cross(line: Ruling, other: Ruling) -> bool:
    return line.covers(other.at) and other.covers(line.at)


def _distinct(places: Sequence[float]) -> list[float]:
    ordered = sorted(places)
    return [ordered[0]] + [b for a, b in pairwise(ordered) if b - a > _NEAR] if ordered else []
