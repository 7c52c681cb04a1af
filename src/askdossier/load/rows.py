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


def table_blocks(rows: Sequence[Sequence[str]]) -> Iterator[Block]:
    """The rows below a full first row with its names; else each row as it is."""
    cleaned = [[" ".join(cell.split()) for cell in row] for row in rows]
    cleaned = [row for row in cleaned if any(row)]
    if len(cleaned) > 1 and len(cleaned[0]) > 1 and all(cleaned[0]):
        for row in cleaned[1:]:
            yield Block(table_row(cleaned[0], row))
    else:
        for row in cleaned:
            yield Block(" | ".join(filter(None, row)))
