"""The rows of tables as they stand in the text of documents: "Column: value | Column: value"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from askdossier.core import Document, Span
from askdossier.index import Index

_BETWEEN = " | "
_FEWEST = 2
"""Rows of a table."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table."""

    span: Span
    cells: tuple[tuple[str, str], ...]
    """Name of the column and value, in order."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows that follow one another and have the same columns."""

    document: Document
    heading: str
    """Above it; empty where there is none."""
    rows: tuple[Row, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of its columns."""
        return tuple(dict.fromkeys(name for row in self.rows for name, _ in row.cells))


def tables(index: Index, name: str) -> Iterator[Table]:
    """Give the tables of a document, in order.

    An empty cell is not in the text, so that rows belong together where one has no column that
    another, below the same heading, has not.
    """
    document = index.documents[name]
    lines = (
        (index.passages[row].heading, span)
        for row in index.rows_of(name)
        for span in index.passages[row].sentences
    )
    read = ((heading, _row(document, span)) for heading, span in lines)
    for (heading, is_row), group in groupby(read, key=lambda one: (one[0], one[1] is not None)):
        rows = tuple(row for _, row in group if row is not None)
        if is_row and len(rows) >= _FEWEST:
            yield Table(document, heading, rows)


def _row(document: Document, span: Span) -> Row | None:
    cells = tuple(
        (name.strip(), value.strip())
        for cell in span.of(document.text).split(_BETWEEN)
        for name, colon, value in [cell.partition(": ")]
        if colon
    )
    return Row(span, cells) if len(cells) >= _FEWEST else None
