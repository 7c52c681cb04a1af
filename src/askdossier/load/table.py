"""Tables as text files (CSV, TSV): each row becomes a line that can be read by itself."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from askdossier.load.decode import read_text
from askdossier.load.metadata import Metadata
from askdossier.load.reader import Content, bounded
from askdossier.load.rows import table_row
from askdossier.records import Block, UnreadableDocument
from askdossier.text import normalise

SUFFIXES = (".csv", ".tsv")

_SAMPLE = 20_000
_LARGEST_CELL = 1_000_000


def read(path: Path) -> Content:
    """Read a table whose first row holds the column names."""
    text = normalise(read_text(path))
    delimiter = "\t" if path.suffix.lower() == ".tsv" else _delimiter(text[:_SAMPLE])
    csv.field_size_limit(_LARGEST_CELL)
    try:
        # The first row names the columns, not the document.
        return Content(tuple(bounded(_rows(text, delimiter), path.name)), Metadata(title=path.stem))
    except csv.Error as error:
        raise UnreadableDocument(
            f"{path.name} is not a regular table ({error}). Export it again as CSV."
        ) from error


def _delimiter(sample: str) -> str:
    """The separator that splits the most lines into the same number of cells."""
    lines = [line for line in sample.split("\n")[:50] if line.strip()]

    def regularity(delimiter: str) -> tuple[int, int]:
        counts = [len(row) for row in csv.reader(lines, delimiter=delimiter)]
        usual = max(set(counts), key=counts.count) if counts else 1
        return (counts.count(usual) if usual > 1 else 0, usual)

    try:
        return max(";,\t|", key=regularity)
    except csv.Error:
        return ","


def _rows(text: str, delimiter: str) -> Iterator[Block]:
    header: list[str] | None = None
    for row in csv.reader(io.StringIO(text), delimiter=delimiter):
        cells = [" ".join(cell.split()) for cell in row]
        if not any(cells):
            continue
        if header is None:
            header = cells
            yield Block(" | ".join(filter(None, cells)))
        else:
            yield Block(table_row(header, cells))
