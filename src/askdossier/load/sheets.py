"""The sheets of a spreadsheet as blocks: each a leaf, with the tables that stand on it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from askdossier.core import Block, PageStart
from askdossier.load.grid import Cell, Grid, lines_of
from askdossier.load.values import is_value
from askdossier.load.withdrawn import HIDDEN, Withdrawn


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its filled cells in reading order."""

    name: str
    cells: tuple[Cell, ...]
    hidden: bool = False
    rows_hidden: frozenset[int] = frozenset()
    columns_hidden: frozenset[int] = frozenset()
    beside: tuple[str, ...] = ()
    """What is drawn upon it: text boxes, ticks, the titles of charts."""

    def shown(self, gone: Withdrawn) -> tuple[Cell, ...]:
        """The cells of the rows and columns that are not hidden, moved together; others are told.

        A cell that reaches beyond what is hidden is shown.
        """
        if not self.rows_hidden and not self.columns_hidden:
            return self.cells
        rows, columns = sorted(self.rows_hidden), sorted(self.columns_hidden)
        result: list[Cell] = []
        last = -1
        for cell in self.cells:
            down, across = (_left(cell.row, cell.rows, rows), _left(cell.column, cell.columns,
                                                                    columns))  # fmt: skip
            if down and across:
                result.append(replace(
                    cell, row=cell.row - bisect_left(rows, cell.row), rows=down, columns=across,
                    column=cell.column - bisect_left(columns, cell.column),
                ))  # fmt: skip
            elif cell.filled:
                goes_on = cell.row == last
                gone.add(f" | {cell.value}" if goes_on else cell.value, HIDDEN, goes_on=goes_on)
                last = cell.row
        return tuple(result)


def _left(first: int, count: int, hidden: Sequence[int]) -> int:
    """How many of ``count`` rows or columns from ``first`` on are not hidden."""
    return count - (bisect_left(hidden, first + count) - bisect_left(hidden, first))


def sheet_blocks(sheets: Iterable[Sheet], gone: Withdrawn) -> Iterator[Block]:
    """The name of each sheet as a heading and its rows as lines; hidden sheets are told."""
    page = 0
    for sheet in sheets:
        if sheet.hidden:
            gone.add(sheet.name, HIDDEN)
            continue
        page += 1
        name = " ".join(sheet.name.split())
        starts = (PageStart(0, page, "sheet", name),)
        cells = sheet.shown(gone)
        if cells:
            yield Block(name, 2, starts)
        for grid in tables(cells):
            for line in lines_of(grid):
                yield Block(line, 0, starts)
        beside = [line for line in sheet.beside if line.strip()]
        if beside and not cells:
            yield Block(name, 2, starts)
        for line in beside:
            yield Block(line, 0, starts)


def tables(cells: Sequence[Cell]) -> Iterator[Grid]:
    """The tables of a sheet, which empty rows and columns part.

    Rows of values behind an empty row go on with the table above, whose names they need.
    """
    bands: list[list[Cell]] = []
    end = -1
    for cell in sorted(cells, key=lambda cell: (cell.row, cell.column)):
        if cell.row > end + 1 or not bands:
            bands.append([])
        bands[-1].append(cell)
        end = max(end, cell.row + cell.rows - 1)
    joined: list[list[Cell]] = []
    for band in bands:
        if joined and _goes_on(joined[-1], band):
            joined[-1] += band
        else:
            joined.append(band)
    for band in joined:
        for part in _beside(band):
            yield Grid(tuple(part))


def _goes_on(above: Sequence[Cell], band: Sequence[Cell]) -> bool:
    first = [cell for cell in band if cell.row == band[0].row]
    columns = {cell.column for cell in band}
    return (
        any(is_value(cell.text) for cell in first)
        and len({cell.column for cell in above}) > 1
        and columns <= {column for cell in above for column in cell.span}
    )


def _beside(band: Sequence[Cell]) -> Iterator[list[Cell]]:
    """Tables side by side: with an empty column between, and labels of its own in the second."""
    taken = sorted({column for cell in band for column in cell.span})
    borders = [0]
    for left, right in pairwise(taken):
        column = [cell.text for cell in band if cell.column == right]
        width = sum(right <= other for other in taken)
        labels = len(column) > 1 and not any(is_value(text) or text.isdecimal() for text in column)
        if right > left + 1 and width > 1 and labels:
            borders.append(right)
    for begin, end in pairwise((*borders, taken[-1] + 1)):
        part = [cell for cell in band if begin <= cell.column < end]
        left = min(cell.column for cell in part)
        yield [replace(cell, column=cell.column - left) for cell in part]
