"""Pivot tables of Excel: each row says all the labels that it stands under.

On the screen a label stands once, above or beside the rows that it names; only the description of
the table says of each row how many labels it shares with the one above.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from askdossier.load.archive import Node
from askdossier.load.grid import Cell

_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_INNER = " › "


@dataclass(frozen=True, slots=True)
class Pivot:
    """Where a pivot table stands, from 0, and how its rows are labelled."""

    top: int
    left: int
    right: int
    """Its last column."""
    heads: int
    """Rows that name columns."""
    labels: int
    """Columns that hold labels of rows."""
    shared: tuple[tuple[int, bool], ...]
    """Of each row: the labels that it shares with the one above, and whether it is a sum."""


def pivot(root: Node, begin: tuple[int, int], end: tuple[int, int]) -> Pivot | None:
    """What a part says of its table, between two cells; None where it says too little."""
    place = root.find(f"{_S}location")
    counts = [place.get(name) or "" for name in ("firstDataRow", "firstDataCol")]
    if not all(count.isdecimal() and len(count) < 5 for count in counts):
        return None
    heads, labels = map(int, counts)
    return Pivot(begin[0], begin[1], end[1], heads, labels, tuple(_shared(root)))


def _shared(root: Node) -> Iterator[tuple[int, bool]]:
    for item in root.iterfind(f"{_S}rowItems/{_S}i"):
        shared = item.get("r") or "0"
        yield (
            int(shared) if shared.isdecimal() and len(shared) < 4 else 0,
            item.get("t") is not None,
        )


def labelled(cells: Iterable[Cell], pivots: Sequence[Pivot]) -> tuple[Cell, ...]:
    """The cells of a sheet, its pivot tables with their labels on every row."""
    heads: dict[int, list[Pivot]] = {}
    for table in pivots:
        for row in range(table.top, table.top + table.heads):
            heads.setdefault(row, []).append(table)
    placed = {
        (cell.row, cell.column): replace(cell, header=any(
            table.left <= cell.column <= table.right for table in heads.get(cell.row, ())
        ))
        for cell in cells
    }  # fmt: skip
    for table in pivots:
        placed.update(_nested(placed, table) if table.labels == 1 else _repeated(placed, table))
    return tuple(placed.values())


def _nested(placed: Mapping[tuple[int, int], Cell], table: Pivot) -> dict[tuple[int, int], Cell]:
    """Labels of all levels in one column: each with those that it is set in below."""
    found: dict[tuple[int, int], Cell] = {}
    above: list[str] = []
    for row, (shared, is_sum) in enumerate(table.shared, table.top + table.heads):
        cell = placed.get((row, table.left))
        if cell is None:
            continue
        above[shared:] = [cell.text]
        if shared and not is_sum:
            found[row, table.left] = replace(cell, text=_INNER.join(above))
    return found


def _repeated(placed: Mapping[tuple[int, int], Cell], table: Pivot) -> dict[tuple[int, int], Cell]:
    """Labels of each level in a column of its own: they reach down to the next."""
    found: dict[tuple[int, int], Cell] = {}
    begun: dict[int, tuple[int, int]] = {}
    for row, (shared, _) in enumerate(table.shared, table.top + table.heads):
        for column in range(table.left, table.left + table.labels):
            at = (row, column)
            if at in placed:
                begun[column] = at
            elif column - table.left < shared and column in begun:
                first = begun[column]
                found[first] = (found.get(first) or placed[first]).reaching(row)
    return found
