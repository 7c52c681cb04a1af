"""Rows that do not say where their cells stand, as a grid that does."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from askdossier.load.grid.cells import Cell, Grid

_WIDEST = 1000
"""Columns that a cell may span, as in browsers."""


def texts(rows: Iterable[Sequence[str]], *, named: bool | None = None) -> Grid:
    """A grid of plain rows without spans; empty cells are left out."""
    cells = (
        Cell(text, i, j) for i, row in enumerate(rows) for j, text in enumerate(row) if text.strip()
    )
    return Grid(tuple(cells), named)


def laid_out(rows: Iterable[Sequence[Cell]]) -> Grid:
    """A grid of rows as HTML writes them: each cell takes the next place that is free.

    The places that the cells bring are ignored; spans of 0 rows reach to the end of the table.
    """
    placed: list[Cell] = []
    taken: dict[int, int] = {}  # column → first row in which it is free again
    given = [list(row) for row in rows]
    for i, row in enumerate(given):
        column = 0
        for cell in row:
            while taken.get(column, 0) > i:
                column += 1
            columns = max(1, min(cell.columns, _WIDEST))
            down = len(given) - i if cell.rows == 0 else max(1, min(cell.rows, len(given) - i))
            placed.append(replace(cell, row=i, column=column, rows=down, columns=columns))
            if down > 1 and column < _WIDEST:
                taken.update(dict.fromkeys(range(column, column + columns), i + down))
            column += columns
    return Grid(tuple(placed))
