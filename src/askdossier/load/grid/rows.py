"""The rows of a grid, each with all cells that cover it."""

from __future__ import annotations

from dataclasses import dataclass

from askdossier.load.grid.cells import Cell, Grid

LOOKED_AT = 50
"""Rows from which is guessed what is nowhere marked: names of columns, columns of figures."""

_MOST_PLACES = 2_000_000
"""Places that all spans of a table together may cover; beyond, cells stand where they begin."""


@dataclass(frozen=True, slots=True)
class Row:
    """The cells that begin in a row or reach into it, from left to right."""

    number: int
    """From 0, rows that show nothing counted."""
    width: int
    """Columns of the whole table."""
    cells: tuple[Cell, ...]
    filled: tuple[Cell, ...]
    """Of these, the ones that show something; there is one at least."""

    @property
    def is_header(self) -> bool:
        """True where all cells are marked; the corner may be empty."""
        shown = [cell for cell in self.cells if cell.filled or cell.column > self.cells[0].column]
        return all(cell.header for cell in shown) and any(
            cell.row == self.number for cell in self.cells
        )

    @property
    def is_full_width(self) -> bool:
        """True for one cell over the whole width, or all of it but the first column."""
        first = self.filled[0]
        return (
            len(self.filled) == 1 and first.row == self.number
            and first.columns >= max(2, self.width - first.column)
            and first.column <= 1
        )  # fmt: skip


def rows_of(grid: Grid) -> tuple[Row, ...]:
    """The rows that show something, from top to bottom."""
    covering: dict[int, list[Cell]] = {}
    places = 0
    for cell in grid.cells:
        places += cell.rows
        last = cell.row + (cell.rows if places <= _MOST_PLACES else 1)
        for number in range(cell.row, last):
            covering.setdefault(number, []).append(cell)
    width = grid.width
    rows = (_row(number, width, cells) for number, cells in sorted(covering.items()))
    return tuple(row for row in rows if row.filled)


def _row(number: int, width: int, cells: list[Cell]) -> Row:
    cells.sort(key=lambda cell: cell.column)
    return Row(number, width, tuple(cells), tuple(cell for cell in cells if cell.filled))
