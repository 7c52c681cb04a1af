"""Rows of tables as lines that can be read, found and cited one by one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from askdossier.records import Block


def table_row(header: Sequence[str], row: Sequence[str]) -> str:
    """A row as ``header: value | header: value``; empty cells are left out."""
    cells = []
    for i, value in enumerate(row):
        name = header[i] if i < len(header) else ""
        if value:
            cells.append(f"{name}: {value}" if name and name != value else value)
    return " | ".join(cells)


def table_blocks(
    rows: Sequence[Sequence[str]], *, has_header: bool | None = None
) -> Iterator[Block]:
    """One block per row, with the names of the first row when that one is a header.

    ``has_header`` is None where the file does not say.
    """
    cleaned = [[" ".join(cell.split()) for cell in row] for row in rows]
    cleaned = [row for row in cleaned if any(row)]
    if has_header is None:
        has_header = _looks_headed(cleaned)
    if has_header and len(cleaned) > 1:
        for row in cleaned[1:]:
            yield Block(table_row(cleaned[0], row))
    else:
        for row in cleaned:
            yield Block(" | ".join(filter(None, row)))


def _looks_headed(rows: Sequence[Sequence[str]]) -> bool:
    """True for three columns with full names, or a column of figures under a word.

    Two columns of words are rather names and values, row by row.
    """
    if len(rows) < 2 or len(rows[0]) < 2 or not all(rows[0][1:]):
        return False
    if len(rows[0]) > 2:
        return True
    return any(
        not _has_digit(rows[0][i]) and all(_has_digit(row[i]) for row in rows[1:] if len(row) > i)
        for i in range(len(rows[0]))
    )


def _has_digit(cell: str) -> bool:
    return any(character.isdigit() for character in cell)
