"""The rows of a table, and of one in a cell, until it is whole."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from askdossier.load.grid import Cell, Grid, texts

_MOST_CELLS = 1000
"""Cells of a row."""


@dataclass(slots=True)
class _Row:
    """The row that is being read."""

    ends: list[int] = field(default_factory=list)
    """The right borders of its cells, in twips."""
    merged: list[set[str]] = field(default_factory=list)
    header: bool = False
    texts: list[str] = field(default_factory=list)
    inner: list[tuple[Grid, ...]] = field(default_factory=list)
    """Of each cell the tables in it."""


class Tables:
    """The table that is being read."""

    def __init__(self) -> None:
        self._row = _Row()
        self._marks: set[str] = set()
        self._rows: list[_Row] = []
        self._nested: list[list[str]] = [[]]
        """Rows of the table in this cell; the last is being read."""
        self._around = ""
        """What stands above that table in its cell."""
        self._inside = False  # whether that table has begun

    def word(self, word: str, number: int | None, take: Callable[[], str]) -> None:
        """A word of the body, which may be none of a table; ``take`` gives the text before it."""
        match word:
            case "trowd":
                self._row = _Row(texts=self._row.texts, inner=self._row.inner)
                self._marks = set()
            case "trhdr":
                self._row.header = True
            case "clmgf" | "clmrg" | "clvmgf" | "clvmrg":
                self._marks.add(word)
            case "cellx" if len(self._row.ends) < _MOST_CELLS:
                self._row.ends.append(number or 0)
                self._row.merged.append(self._marks)
                self._marks = set()
            case "itap" if (number or 0) > 1 and not self._inside:
                self._around, self._inside = take(), True
            case "nestcell":
                self._nested[-1].append(take().strip())
            case "cell":
                self._row.texts.append((self._around + take()).strip())
                self._row.inner.append((texts(self._nested),) if any(self._nested) else ())
                self._nested, self._around, self._inside = [[]], "", False
            case "row":
                self._rows.append(self._row)
                self._row = replace(self._row, texts=[], inner=[])

    def end_nested_row(self) -> None:
        """A row of the table in a cell is whole."""
        self._nested.append([])

    def whole(self) -> Grid | None:
        """The table that ends here; None where there is none."""
        rows, self._rows = self._rows, []
        return _placed(rows) if rows else None


def _placed(rows: Sequence[_Row]) -> Grid:
    """The cells of rows, in columns that all their borders make together."""
    borders = sorted({end for row in rows for end in row.ends})
    placed: list[Cell] = []
    above: dict[int, int] = {}
    for i, row in enumerate(rows):
        here: dict[int, int] = {}
        column = 0
        for at, text in enumerate(row.texts):
            marks = row.merged[at] if at < len(row.merged) else set()
            end = bisect_left(borders, row.ends[at]) + 1 if at < len(row.ends) else column + 1
            wide = max(1, end - column)
            if "clvmrg" in marks and column in above:
                here[column] = above[column]
                placed[above[column]] = placed[above[column]].reaching(i)
            elif "clmrg" in marks and placed and placed[-1].row == i:
                placed[-1] = replace(placed[-1], columns=column + wide - placed[-1].column)
            else:
                here[column] = len(placed)
                placed.append(Cell(text, i, column, 1, wide, row.header, row.inner[at]))
            column += wide
        above = here
    return Grid(tuple(placed))
