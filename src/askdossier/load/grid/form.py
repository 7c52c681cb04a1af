"""Forms laid out as tables: names and what they stand for, side by side in each row.

``Nom | Durand | Prénom | Luc`` has no names of columns: what stands above is another value.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from askdossier.load.grid.cells import INNER, Cell
from askdossier.load.values import has_digit, kind

_LONGEST_NAME = 60


def is_form(rows: Sequence[Sequence[Cell]]) -> bool:
    """True for rows of filled cells, each of which gives names and their values in turn."""
    if any(cell.header for row in rows for cell in row):
        return _is_marked(rows)
    if len(rows) < 2 or any(len(row) % 2 or row[0].column for row in rows):
        return False
    names = [cell for row in rows for cell in row[::2]]
    values = [cell for row in rows for cell in row[1::2]]
    if {cell.column % 2 for cell in names} != {0} or {cell.column % 2 for cell in values} != {1}:
        return False
    if any(has_digit(cell.text) or len(cell.text) > _LONGEST_NAME for cell in names):
        return False
    if len({cell.label for cell in names}) < len(names):
        return False
    return all(cell.text.rstrip().endswith((":", "：")) for cell in names) or _is_mixed(rows)


def _is_marked(rows: Sequence[Sequence[Cell]]) -> bool:
    """True where marked names begin every row, and stand behind a value in one."""
    behind = any(
        not before.header and cell.header and not after.header
        for row in rows
        for before, cell, after in zip(row, row[1:], row[2:], strict=False)
    )
    return behind and all(row[0].header and not row[-1].header for row in rows)


def _is_mixed(rows: Sequence[Sequence[Cell]]) -> bool:
    """True where each column of values holds several sorts of them: a date, an amount, a name."""
    kinds: dict[int, set[str]] = {}
    for row in rows[1:]:
        for cell in row[1::2]:
            kinds.setdefault(cell.column, set()).add(kind(cell.text))
    if list(kinds) == [1]:
        return len(kinds[1] - {""}) > 1
    return bool(kinds) and all(len(found) > 1 for found in kinds.values())


def named(row: Sequence[Cell]) -> Iterator[tuple[str, Cell]]:
    """The values of a row, each with its name."""
    if not any(cell.header for cell in row):
        yield from ((name.label, value) for name, value in zip(row[::2], row[1::2], strict=True))
        return
    name = ""
    for header, cells in groupby(row, key=lambda cell: cell.header):
        if header:
            name = INNER.join(filter(None, (cell.label for cell in cells)))
        else:
            yield from ((name, cell) for cell in cells)
