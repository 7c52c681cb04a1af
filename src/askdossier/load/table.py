"""Tables as text files (CSV, TSV): each row becomes a line that can be read by itself."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

from askdossier.core import UnreadableDocument
from askdossier.load.decode import read_text
from askdossier.load.grid import blocks_of, texts
from askdossier.load.metadata import Metadata
from askdossier.load.reader import LONGEST_TEXT, Content, bounded, too_large
from askdossier.text import normalise

SUFFIXES = (".csv", ".tsv")

_STATED = re.compile(r"\ufeff?\"?sep=(.)\"?[ \t;,]*\n", re.IGNORECASE)
"""The first line that spreadsheets write for one another: no row, but the separator."""
_SAMPLE = 20_000
_LARGEST_CELL = 1_000_000


def read(path: Path) -> Content:
    """Read a table whose first full row holds the column names, unless it holds values."""
    text = normalise(read_text(path))
    if len(text) > LONGEST_TEXT:
        raise too_large(path.name, "it holds more text than is indexed", "10 million characters")
    stated = _STATED.match(text)
    if stated:
        text = text[stated.end() :]
        delimiter = stated[1]
    else:
        delimiter = "\t" if path.suffix.lower() == ".tsv" else _delimiter(text[:_SAMPLE])
    csv.field_size_limit(_LARGEST_CELL)
    try:
        rows = csv.reader(io.StringIO(text), delimiter=delimiter)
        table = texts([[" ".join(cell.split()) for cell in row] for row in rows], named=True)
    except csv.Error as error:
        raise UnreadableDocument(
            f"{path.name} is not a regular table ({error}). Export it again as CSV."
        ) from error
    # The first row names the columns, not the document.
    return Content(tuple(bounded(blocks_of(table), path.name)), Metadata(title=path.stem))


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
