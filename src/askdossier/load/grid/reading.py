"""A table from top to bottom, as lines of text."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from itertools import takewhile

from askdossier.core import Block
from askdossier.load.grid import rendering
from askdossier.load.grid.cells import Grid
from askdossier.load.grid.columns import Columns, named_by
from askdossier.load.grid.form import is_form
from askdossier.load.grid.header import header_rows, title_rows
from askdossier.load.grid.rendering import Inside, Line
from askdossier.load.grid.rows import Row, rows_of
from askdossier.load.grid.sections import apart, end_of_body, named_rows, sections


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
    body = start + header_rows(rows[start:], named=named)
    if body > start + 1 and len(apart(rows, start, body - 1, len(rows))) > 1:
        body -= 1  # what looked like a name of the first column names the rows below it
    yield from _table(rows, start, body)


def _table(rows: Sequence[Row], start: int, body: int) -> Iterator[tuple[Row, Line]]:
    """A table below its titles: names of the columns from ``start`` on, values from ``body``."""
    end = end_of_body(rows)
    begun = sections(rows, start, body, end)
    above = named_rows(rows, begun, body)
    for row in rows[: start - (start - 1 in begun and body in above)]:
        yield from _of(row, rendering.plain(row))
    columns = named_by(rows, slice(start, body), Columns())
    if columns.given:
        yield from _of(rows[start], _unsaid(columns, rows, range(body, end), begun))
    for at, row in enumerate(rows[body:], start=body):
        if at >= end:
            yield from _of(row, rendering.plain(row))
        elif at in begun:
            if at + 1 not in above:
                yield from _of(row, rendering.plain(row))
        elif columns.given and row.is_header:
            before, columns = columns, named_by(rows, slice(at, at + 1), columns)
            if columns is not before:
                yield from _of(row, _unsaid(columns, rows, range(at + 1, end), begun))
        else:
            yield from _of(row, rendering.of_table(row, above.get(at, ""), columns))


def _unsaid(
    columns: Columns, rows: Sequence[Row], below: range, begun: Container[int]
) -> Iterator[str]:
    """The names of the columns, where rows up to the next header do not say them all."""
    body = takewhile(lambda at: not rows[at].is_header, below)
    return columns.unsaid(rendering.names_said(rows[at], columns) for at in body if at not in begun)


def _of(row: Row, lines: Iterable[Line]) -> Iterator[tuple[Row, Line]]:
    return ((row, line) for line in lines)
