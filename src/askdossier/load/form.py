"""Forms laid out as tables: names and what they stand for, side by side in each row.

``Nom | Durand | Prénom | Luc`` has no names of columns: what stands above is another value.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import Protocol, TypeVar

from askdossier.load.values import has_digit, kind

_LONGEST_NAME = 60
_COLONS = (":", "：")


class _Cell(Protocol):
    """What is asked of a filled cell."""

    @property
    def text(self) -> str: ...
    @property
    def column(self) -> int: ...
    @property
    def columns(self) -> int: ...
    @property
    def header(self) -> bool: ...
    @property
    def label(self) -> str: ...


C = TypeVar("C", bound=_Cell)


def is_form(rows: Sequence[Sequence[_Cell]]) -> bool:
    """True for rows of filled cells, each of which gives names and their values in turn."""
    if any(cell.header for row in rows for cell in row):
        return _is_marked(rows)
    if all(cell.text.rstrip().endswith(_COLONS) for cell in _names(rows)):
        return _has_colons(rows)
    if len(rows) < 2 or not all(map(_is_complete, rows)):
        return False
    names = list(_names(rows))
    if any(has_digit(cell.text) or len(cell.text) > _LONGEST_NAME for cell in names):
        return False
    return len({cell.label for cell in names}) == len(names) and _is_mixed(rows)


def _names(rows: Sequence[Sequence[C]]) -> Iterator[C]:
    """The cells that stand where names do; not titles of parts of a form."""
    return (cell for row in rows if not _is_title(row) for cell in row if not cell.column % 2)


def _is_title(row: Sequence[_Cell]) -> bool:
    return len(row) == 1 and row[0].column == 0 and row[0].columns > 1


def _is_complete(row: Sequence[_Cell]) -> bool:
    """True for names and values in turn, none of which is missing."""
    turns = [cell.column % 2 for cell in row]
    return not row[0].column and turns == [0, 1] * (len(row) // 2)


def _has_colons(rows: Sequence[Sequence[_Cell]]) -> bool:
    """Whether rows whose names all end with a colon are a form, some of it not filled in."""
    body = [row for row in rows if not _is_title(row)]
    values = [[cell for cell in row if cell.column % 2] for row in body]
    placed = all(
        before.column % 2 == 0
        for row in body for before, cell in pairwise(row) if cell.column % 2
    )  # fmt: skip
    return (
        len(body) > 1 and sum(map(bool, values)) > len(body) / 2 and placed
        and all(row[0].column == 0 for row in body)
        and all(len(cell.text) <= _LONGEST_NAME for cell in _names(rows))
    )  # fmt: skip


def _is_marked(rows: Sequence[Sequence[_Cell]]) -> bool:
    """True where marked names begin every row, and stand behind a value in one."""
    behind = any(
        not before.header and cell.header and not after.header
        for row in rows
        for before, cell, after in zip(row, row[1:], row[2:], strict=False)
    )
    return behind and all(row[0].header and not row[-1].header for row in rows)


def _is_mixed(rows: Sequence[Sequence[_Cell]]) -> bool:
    """True where each column of values holds several sorts of them: a date, an amount, a name."""
    kinds: dict[int, set[str]] = {}
    for row in rows[1:]:
        for cell in row[1::2]:
            kinds.setdefault(cell.column, set()).add(kind(cell.text))
    if list(kinds) == [1]:
        return len(kinds[1] - {""}) > 1
    return bool(kinds) and all(len(found) > 1 for found in kinds.values())


def named(row: Sequence[C]) -> Iterator[tuple[str, C]]:
    """The values of a row, each with its name; a name that has none stands alone."""
    if not any(cell.header for cell in row):
        waiting: C | None = None  # a name whose value has not come yet
        for cell in row:
            if cell.column % 2:
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
            name = " › ".join(filter(None, (cell.label for cell in cells)))
        else:
            yield from ((name, cell) for cell in cells)
