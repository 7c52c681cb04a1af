"""The one place where the cells of a page become lines of its text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from askdossier.load.grid import Cell, Grid, numbered
from askdossier.load.pdf.line import Line, Word


def as_lines(cells: Iterable[Cell], heads: int | None, like: Sequence[Line]) -> list[Line]:
    """A table as lines of the text; ``like`` gives each row's place.

    ``heads`` is the number of rows with names of columns, None where nothing tells them.
    """
    grid = Grid(
        tuple(replace(cell, header=heads is not None and cell.row < heads) for cell in cells),
        named=None if heads is None else heads > 0,
    )
    return [
        replace(like[row], text=text, row=True, hyphen=False, words=())
        for row, text in numbered(grid)
    ]


def cell_text(parts: Sequence[Line]) -> str:
    """The lines of a cell from the top down, words that hyphens cut joined."""
    size = max((line.size for line in parts), default=1.0)
    ordered = sorted(parts, key=lambda line: (-round(line.bottom / size * 3), line.left))
    text = ""
    for i, line in enumerate(ordered):
        glued = i > 0 and ordered[i - 1].hyphen
        text += line.text if glued or not text else " " + line.text
    return text


def of_words(line: Line, words: Sequence[Word]) -> Line:
    """Some words of a line, as a line of their own."""
    text = " ".join(word.text for word in words)
    last = words[-1] is line.words[-1]
    return replace(line, text=text, left=words[0].left, right=words[-1].right,
                   hyphen=line.hyphen and last, words=tuple(words))  # fmt: skip
