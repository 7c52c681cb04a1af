"""Rows as lines of text, by what sort of row they are.

A table inside a cell is only named where its lines are to stand: ``reading`` reads it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from askdossier.load.grid.cells import BETWEEN, Cell, Grid
from askdossier.load.grid.columns import Columns
from askdossier.load.grid.form import named
from askdossier.load.grid.rows import Row
from askdossier.load.values import is_value

_LONGEST_LINE = 600
"""Characters; a longer row becomes several lines that begin with the same row label."""


@dataclass(frozen=True, slots=True)
class Inside:
    """The lines of a table in a cell, each of which begins with the same words."""

    before: str
    grid: Grid


Line = str | Inside


def alone(row: Row) -> Iterator[Line]:
    """A row of a table of one column: its paragraphs, said once however far it reaches."""
    for cell in row.filled:
        if cell.row == row.number:
            yield from filter(None, (" ".join(line.split()) for line in cell.text.split("\n")))
            yield from _inside(cell)


def plain(row: Row) -> Iterator[Line]:
    """A row to which no names belong: a title, a note."""
    line = BETWEEN.join(cell.value for cell in row.filled if cell.value)
    if line:
        yield line
    for cell in row.filled:
        yield from _inside(cell)


def of_form(row: Row) -> Iterator[Line]:
    """A row of names and values in turn."""
    pairs = list(named(row.filled))
    yield from _divided((), pairs)
    for name, cell in pairs:
        yield from _inside(cell, f"{name}: ")


def of_table(row: Row, section: str, columns: Columns) -> Iterator[Line]:
    """A row of values, each beside the names of its columns; behind its ``section`` if any."""
    cells = row.filled
    if not columns.paths and row.cells[0].header and not any(c.header for c in cells[1:]):
        yield from _named_row(cells, section)
        return
    parts = [("" if _names_row(cell, i, columns) else columns.label(cell), cell)
             for i, cell in enumerate(cells)]  # fmt: skip
    shown = [(label if label != cell.value else "", cell) for label, cell in parts]
    keys = [i for i, cell in enumerate(cells) if cell.header and i < len(cells) - 1]
    if not keys and len(cells) > 1:
        first = next((i for i, cell in enumerate(cells) if cell.rows == 1), 0)
        keys = list(range(min(first + 1, len(cells) - 1)))
    head = [section] if section else []
    head += [_beside(*shown[i]) for i in keys if shown[i][1].text.strip()]
    yield from _divided(head, [shown[i] for i in range(len(shown)) if i not in keys])
    for label, cell in parts:
        yield from _inside(cell, *(f"{part}{BETWEEN}" for part in head), label and f"{label}: ")


def names_said(row: Row, columns: Columns) -> Iterator[int]:
    """The columns whose names stand beside a value where ``of_table`` says the row."""
    for place, cell in enumerate(row.filled):
        if not _names_row(cell, place, columns):
            yield from cell.span


def _names_row(cell: Cell, place: int, columns: Columns) -> bool:
    """True for the words of a sum ("Total HT"), set in a column of figures or over several."""
    words = any(character.isalpha() for character in cell.text)
    if place or cell.inner or not words or is_value(cell.text):
        return False
    return cell.column in columns.figures if cell.column else cell.columns > 1


def _named_row(cells: Sequence[Cell], section: str) -> Iterator[Line]:
    """A name in the first column and its values."""
    name = cells[0].label if cells[0].header else ""
    values = cells[1:] if cells[0].header else cells
    shown = BETWEEN.join(cell.value for cell in values if cell.value)
    if name or shown:
        line = ": ".join(filter(None, (name, shown)))
        yield f"{section}{BETWEEN}{line}" if section else line
    for cell in cells:
        yield from _inside(cell, name and f"{name}: ")


def _inside(cell: Cell, *before: str) -> Iterator[Inside]:
    """The tables in a cell."""
    return (Inside("".join(before), grid) for grid in cell.inner)


def _beside(label: str, cell: Cell) -> str:
    return f"{label}: {cell.value}" if label and cell.value else cell.value


def _divided(head: Sequence[str], parts: Sequence[tuple[str, Cell]]) -> Iterator[str]:
    """A row as a line, or as several that all begin with ``head`` when it is long."""
    line = list(head)
    for label, cell in parts:
        shown = _beside(label, cell)
        if not shown:
            continue
        if sum(map(len, line)) + len(shown) <= _LONGEST_LINE:
            line.append(shown)
            continue
        if len(line) > len(head):
            yield BETWEEN.join(line)
        line = list(head)
        if len(shown) <= _LONGEST_LINE:
            line.append(shown)
            continue
        for paragraph in filter(str.strip, cell.text.split("\n")):
            yield BETWEEN.join((*head, _beside(label, replace(cell, text=paragraph))))
    if len(line) > len(head) or (head and not parts):
        yield BETWEEN.join(line)
