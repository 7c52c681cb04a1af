"""A table from top to bottom, as lines of text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from askdossier.core import Block
from askdossier.load.grid import rendering
from askdossier.load.grid.cells import Grid
from askdossier.load.grid.columns import Columns, named_by
from askdossier.load.grid.form import is_form
from askdossier.load.grid.header import header_rows, title_rows
from askdossier.load.grid.rendering import Inside, Line
from askdossier.load.grid.rows import Row, rows_of
from askdossier.load.grid.sections import end_of_body, first_section, section


def blocks_of(grid: Grid) -> Iterator[Block]:
    """One block for each line of `lines_of`."""
    return map(Block, lines_of(grid))


def lines_of(grid: Grid) -> Iterator[str]:
    """The table as text, row by row."""
    return (line for _, line in numbered(grid))


def numbered(grid: Grid) -> Iterator[tuple[int, str]]:
    """The lines, each with the row that it says, from 0."""
    for row, line in _read(rows_of(grid), grid.named):
        if isinstance(line, Inside):
            yield from ((row.number, line.before + inner) for inner in lines_of(line.grid))
        else:
            yield row.number, line


def _read(rows: Sequence[Row], named: bool | None) -> Iterator[tuple[Row, Line]]:
    if not rows or rows[0].width <= 1:
        for row in rows:
            yield from _of(row, rendering.alone(row))
        return
    start = title_rows(rows)
    if named is None and is_form([row.filled for row in rows[start:]]):
        for row in rows[:start]:
            yield from _of(row, rendering.plain(row))
        for row in rows[start:]:
            yield from _of(row, rendering.of_form(row))
        return
    yield from _table(rows, start, start + header_rows(rows[start:], named=named))


def _table(rows: Sequence[Row], start: int, body: int) -> Iterator[tuple[Row, Line]]:
    """A table below its titles: names of the columns from ``start`` on, values from ``body``."""
    above = first_section(rows, start, body)
    for row in rows[: start - bool(above)]:
        yield from _of(row, rendering.plain(row))
    columns = named_by(rows, slice(start, body), Columns())
    if columns.given:
        yield from _of(rows[start], columns.unsaid(rows[body:]))
    end = end_of_body(rows)
    for at, row in enumerate(rows[body:], start=body):
        if at >= end:
            yield from _of(row, rendering.plain(row))
        elif row.is_full_width:
            above = section(rows, at)
            if not above:
                yield from _of(row, rendering.plain(row))
        elif columns.given and row.is_header:
            before, columns = columns, named_by(rows, slice(at, at + 1), columns)
            if columns is not before:
                yield from _of(row, columns.unsaid(rows[at + 1 :]))
        else:
            yield from _of(row, rendering.of_table(row, above, columns))


def _of(row: Row, lines: Iterable[Line]) -> Iterator[tuple[Row, Line]]:
    return ((row, line) for line in lines)
