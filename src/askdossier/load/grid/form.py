"""Forms laid out as tables: names and what they stand for, side by side in each row.

``Nom | Durand | Prénom | Luc`` has no names of columns: what stands above is another value.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from askdossier.load.grid.cells import INNER, Cell
from askdossier.load.values import has_digit, kind

_LONGEST_NAME = 60
_COLONS = (":", "：")


def is_form(rows: Sequence[Sequence[Cell]]) -> bool:
    """True for rows of filled cells, each of which gives names and their values in turn."""
    if any(cell.header for row in rows for cell in row):
        return _is_marked(rows)
    if _has_colons(rows):
        return True
    names = [cell for row in rows for cell in row[::2]]
    values = [cell for row in rows for cell in row[1::2]]
    if len(rows) < 2 or any(len(row) % 2 or row[0].column for row in rows):
        return False
    if not {cell.column for cell in names}.isdisjoint(cell.column for cell in values):
        return False
    if any(has_digit(cell.text) or len(cell.text) > _LONGEST_NAME for cell in names):
        return False
    return len({cell.label for cell in names}) == len(names) and _is_mixed(rows)


def _has_colons(rows: Sequence[Sequence[Cell]]) -> bool:
    """True for names with colons, most of which a value stands behind, and titles between them."""
    body = [row for row in rows if not _is_title(row)]
    if len(body) < 2 or any(row[0].column or not _is_name(row[0]) for row in body):
        return False
    filled = sum(not _is_name(cell) for row in body for cell in row)
    in_turn = all(
        _is_name(before) or _is_name(cell) for row in body for before, cell in pairwise(row)
    )
    return in_turn and 2 * filled > sum(_is_name(cell) for row in body for cell in row)


def _is_name(cell: Cell) -> bool:
    return cell.text.rstrip().endswith(_COLONS) and len(cell.text) <= _LONGEST_NAME


def _is_title(row: Sequence[Cell]) -> bool:
    return len(row) == 1 and row[0].column == 0 and row[0].columns > 1


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
    """The values of a row, each with its name; a name that has none stands alone."""
    if not any(cell.header for cell in row):
        if not _is_name(row[0]) and len(row) % 2 == 0:
            yield from ((name.label, cell) for name, cell in zip(row[::2], row[1::2], strict=True))
            return
        waiting: Cell | None = None  # a name whose value has not come yet
        for cell in row:
            if not _is_name(cell):
                yield (waiting.label if waiting is not None else "", cell)
                waiting = None
            else:
                if waiting is not None:
                    yield ("", waiting)
                waiting = cell
        if waiting is not None:
            yield ("", waiting)
        return
    name = ""
    for header, cells in groupby(row, key=lambda cell: cell.header):
        if header:
            name = INNER.join(filter(None, (cell.label for cell in cells)))
        else:
            yield from ((name, cell) for cell in cells)
