"""Tables without lines: columns that several rows keep to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from askdossier.load.grid import Cell
from askdossier.load.pdf.beside import FAR, PROSE, is_justified
from askdossier.load.pdf.cells import as_lines, cell_text, of_words
from askdossier.load.pdf.glyphs import WIDE_GAP
from askdossier.load.pdf.items import counted, is_marker
from askdossier.load.pdf.line import Line
from askdossier.load.pdf.line import rows as rows_of
from askdossier.load.pdf.rulings import Rulings

_ROWS_APART = 2.6
"""Character sizes between the baselines of two rows of a table, at most."""
_CELL_GAP = 0.7
"""Character sizes between words of different cells, at least."""
_LEVELS = 3
"""Lines drawn above, in and below a table without upright ones."""
_SAME = 3.0
"""Points between places that are one."""
_OVERLAP = 0.8
"""Character sizes: lines that are nearer stand in cells of one row."""


def with_aligned(lines: Sequence[Line], drawn: Rulings) -> list[Line]:
    """The lines, those that keep to columns as rows of a table."""
    result = list(lines)
    whole: dict[int, Line] = {}
    split: list[Line] = []
    items = counted(lines)
    for line in lines:
        ruled = _is_ruled(line, drawn)
        for part in [] if line.row else _split(line, items, ruled=ruled):
            whole[id(part)] = line
            split.append(part)
    for region in _regions(split, items):
        order = [part for part in split if any(part is cell for row in region.rows for cell in row)]
        if _is_prose(order, region):
            continue
        above = _names_above(region, split, drawn)
        if above:
            region.rows.insert(0, above)
            order += above
        members = {id(whole[id(part)]) for part in order}
        table = _aligned_lines(region, drawn)
        start = next(i for i, line in enumerate(result) if id(line) in members)
        rest = [line for line in result[start:] if id(line) not in members]
        result = [*result[:start], *table, *rest]
    return result


@dataclass(slots=True)
class _Region:
    """Rows on their way to a table, and the columns they keep to."""

    rows: list[list[Line]]
    columns: list[tuple[float, float]]

    def takes(self, row: Sequence[Line]) -> bool:
        """Whether a row keeps to the columns; if so it is added."""
        last = self.rows[-1][0]
        if last.bottom - row[0].bottom > _ROWS_APART * max(last.size, row[0].size):
            return False
        if abs(last.size - row[0].size) > 0.15 * last.size:
            return False
        met = [[i for i, column in enumerate(self.columns) if _overlap(line, column)]
               for line in row]  # fmt: skip
        if len(row) == 1:
            line = row[0]
            alone = len(met[0]) == 1 and self._fits(line, met[0][0])
            if alone:
                self.rows.append(list(row))
            return alone
        if len(row) == len(self.columns) and all(m in ([], [i]) for i, m in enumerate(met)):
            places = list(range(len(row)))  # one cell for each column, however far it is set
        elif any(len(columns) > 1 for columns in met) or sum(map(bool, met)) < 2:
            return False
        else:
            places = [columns[0] if columns else -1 for columns in met]
            if any(a == b >= 0 for a, b in pairwise(places)):
                return False  # what stands above are names of several columns
        self.rows.append(list(row))
        for line, i in zip(row, places, strict=True):
            if i >= 0:
                left, right = self.columns[i]
                self.columns[i] = (min(left, line.left), max(right, line.right))
        self.columns += [
            (line.left, line.right) for line, i in zip(row, places, strict=True) if i < 0
        ]
        self.columns.sort()
        return True

    def _fits(self, line: Line, i: int) -> bool:
        left, right = self.columns[i]
        end = self.columns[i + 1][0] if i + 1 < len(self.columns) else right + line.size
        return line.left > left - line.size and line.right < end - 0.5 * line.size


def _overlap(line: Line, column: tuple[float, float]) -> bool:
    return line.left < column[1] and line.right > column[0]


def _is_ruled(line: Line, drawn: Rulings) -> bool:
    """True between the level lines of a table: three or more of one width, one over the other."""
    over = [rule for rule in drawn.level if rule.covers(line.left) and rule.covers(line.right)]
    widths = (
        [other.at for other in over
         if abs(other.start - rule.start) < _SAME and abs(other.end - rule.end) < _SAME]
        for rule in over
    )  # fmt: skip
    return any(
        len(heights) >= _LEVELS and min(heights) < line.bottom < max(heights) for heights in widths
    )


def _split(line: Line, items: frozenset[str], *, ruled: bool) -> Iterator[Line]:
    """A line cut at gaps that are wider than a space, and than the others of the line.

    In a table that is ``ruled`` no line is stretched, and the first is enough.
    """
    gaps = [b.left - a.right for a, b in pairwise(line.words)]
    usual = sorted(gaps)[len(gaps) // 4] if len(gaps) > 1 else 0.0
    start = 0
    for i, gap in enumerate(gaps, start=1):
        if i == 1 and is_marker(line.words[0].text, line.words[1].text, items):
            continue
        if gap > max(_CELL_GAP * line.size, 0.0 if ruled else FAR * usual):
            yield of_words(line, line.words[start:i])
            start = i
    yield of_words(line, line.words[start:]) if start else line


def _regions(lines: Sequence[Line], items: frozenset[str]) -> Iterator[_Region]:
    region: _Region | None = None
    for row in rows_of(lines):
        if region is not None and region.takes(row):
            continue
        if region is not None and _is_table(region, items):
            yield region
        region = None
        if len(row) > 1:
            region = _Region([row], [(line.left, line.right) for line in row])
    if region is not None and _is_table(region, items):
        yield region


def _is_table(region: _Region, items: frozenset[str]) -> bool:
    """True for columns that two rows keep to: at their left, their right or their middle."""
    while len(region.rows[-1]) == 1 and not _wraps(region.rows[-1][0], region.rows[:-1]):
        region.rows.pop()
    rows = [row for row in region.rows if len(row) > 1]
    if len(region.columns) == 2 and all(is_marker(row[0].text, row[1].text, items) for row in rows):
        return False  # a list
    doubtful = all(map(is_justified, rows)) or any(
        b.left - a.right < WIDE_GAP * a.size for row in rows for a, b in pairwise(row)
    )
    if len(rows) < (3 if doubtful else 2):
        return False
    aligned = 0
    for column in region.columns:
        cells = [line for row in rows for line in row if _overlap(line, column)]
        aligned += any(
            min(abs(a.left - b.left), abs(a.right - b.right),
                abs(a.left + a.right - b.left - b.right) / 2) < 0.5 * a.size
            for a, b in pairwise(cells)
        )  # fmt: skip
    return aligned >= (len(region.columns) if doubtful else 2)


def _wraps(line: Line, rows: Sequence[Sequence[Line]]) -> bool:
    """True for a line close below another in its column."""
    return any(
        0 < other.bottom - line.bottom < 1.4 * line.size and abs(other.left - line.left) < line.size
        for row in rows[-2:]
        for other in row
    )


def _is_prose(order: Sequence[Line], region: _Region) -> bool:
    """True for columns of prose: the file gives one after the other, or their lines are long."""
    stacks = 1 + sum(
        not (a.bottom > b.bottom and min(a.right, b.right) > max(a.left, b.left))
        for a, b in pairwise(order)
    )
    if len(order) >= 4 * stacks:
        return True
    return len(region.columns) == 2 and len(region.rows) >= 8 and (
        median(len(line.text) for line in order) >= PROSE
    )  # fmt: skip


def _aligned_lines(region: _Region, drawn: Rulings) -> list[Line]:
    parts = [[_in_column(row, column) for column in region.columns] for row in region.rows]
    borders = _borders(region, drawn)
    # A line that is drawn under the first rows alone parts the names of the columns from the rest.
    inner = borders - {0, len(region.rows)}
    heads = min(inner) if len(inner) == 1 else 0
    groups: list[list[int]] = []
    for i, together in enumerate([False, *_wrapped(region, parts, borders)]):
        if together and i >= heads:
            groups[-1].append(i)
        else:
            groups.append([i])
    cells = [Cell(cell_text([line for i in group for line in parts[i][c]]), row, c)
             for row, group in enumerate(groups) for c in range(len(region.columns))]  # fmt: skip
    places = [region.rows[group[0]][0] for group in groups]
    if heads:
        return as_lines(cells, heads, places)
    # Else names are told by their look: bold, or wrapped. Where nothing tells them, the rows stay
    # as they are seen, since a wrong name would change what a cell says.
    first = [line for i in groups[0] for line in region.rows[i]]
    others = [line for row in region.rows[len(groups[0]) :] for line in row]
    bold = all(line.bold for line in first) and not all(line.bold for line in others)
    named = bold or any(len(group) > 1 for group in groups)
    return as_lines(cells, None if named else 0, places)


def _names_above(region: _Region, lines: Sequence[Line], drawn: Rulings) -> list[Line]:
    """The row above a table that a drawn line shows to be part of it: names of several columns."""
    first = region.rows[0][0]
    near = [row for row in rows_of(lines)
            if 0.5 * first.size < row[0].bottom - first.bottom < 1.8 * first.size]  # fmt: skip
    left, right = region.columns[0][0], region.columns[-1][1]
    if len(near) != 1 or near[0][0].left < left or near[0][-1].right > right:
        return []
    if not all(any(_overlap(line, column) for column in region.columns) for line in near[0]):
        return []
    base, high = near[0][0].bottom, near[0][0].bottom + 2 * first.size
    return near[0] if _ruled(drawn, left, right, base, high) else []


def _ruled(drawn: Rulings, left: float, right: float, low: float, high: float) -> bool:
    """Whether a level line is drawn over most of a width, between two heights."""
    return any(
        low < ruling.at < high
        and min(ruling.end, right) - max(ruling.start, left) > 0.6 * (right - left)
        for ruling in drawn.level
    )


def _in_column(row: Sequence[Line], column: tuple[float, float]) -> list[Line]:
    return [line for line in row if _overlap(line, column)]


def _borders(region: _Region, drawn: Rulings) -> set[int]:
    """The rows that have a line drawn right above them; the number of rows for one below all."""
    left, right = region.columns[0][0], region.columns[-1][1]
    first, last = region.rows[0][0], region.rows[-1][0]
    heights = [first.bottom + 2 * first.size, *(row[0].bottom for row in region.rows),
               last.bottom - 2 * last.size]  # fmt: skip
    return {
        i for i, (above, below) in enumerate(pairwise(heights))
        if _ruled(drawn, left, right, below, above)
    }  # fmt: skip


def _wrapped(
    region: _Region, parts: Sequence[Sequence[Sequence[Line]]], borders: set[int]
) -> Iterator[bool]:
    """For each row but the first whether it goes on with the cells of the row above it."""
    steps = [a[0].bottom - b[0].bottom for a, b in pairwise(region.rows)]
    beside = _OVERLAP * min(row[0].size for row in region.rows)
    # Values at half the height of a wrapped cell tell how far apart its lines are.
    halves = [a + b for a, b in pairwise(steps) if max(a, b) < beside]
    tight = min(halves or [step for step in steps if step >= beside], default=0.0)
    parted = len(borders & set(range(1, len(region.rows)))) >= 2
    spaced = max(steps) > 1.2 * tight
    for i, step in enumerate(steps, start=1):
        filled = [c for c, cell in enumerate(parts[i]) if cell]
        above = [c for c, cell in enumerate(parts[i - 1]) if cell]
        if step < beside:
            yield True
        elif parted:
            yield i not in borders
        elif spaced:
            yield step < 1.1 * tight and (len(filled) < len(region.columns) or len(above) < len(
                region.columns))  # fmt: skip
        else:
            texts = [cell[0].text for cell in parts[i] if cell]
            yield (
                len(filled) < len(region.columns)
                and (0 not in filled or len(filled) == 1)
                and all(text[:1].islower() for text in texts)
            )
