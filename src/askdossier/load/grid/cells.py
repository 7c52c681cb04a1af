"""The cells of a table, each with its place."""

from __future__ import annotations

from dataclasses import dataclass, replace

BETWEEN = " | "
"""Between the cells of a row, as a line of text says it."""
INNER = " › "
"""Between a name over several others and those."""
LONGEST_LABEL = 100
"""Characters of what names something."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell with its place, from 0, and how many rows and columns it covers."""

    text: str
    """Its paragraphs, one a line."""
    row: int = 0
    column: int = 0
    rows: int = 1
    columns: int = 1
    header: bool = False
    """True where the file marks it as a label of its column or row."""
    inner: tuple[Grid, ...] = ()
    """Tables inside it, whose text is not in ``text``."""

    @property
    def filled(self) -> bool:
        """True for a cell that shows something."""
        return bool(self.text.strip() or self.inner)

    def reaching(self, row: int) -> Cell:
        """The same cell, down to a row."""
        return replace(self, rows=row + 1 - self.row)

    @property
    def span(self) -> range:
        """The columns it covers."""
        return range(self.column, self.column + self.columns)

    @property
    def value(self) -> str:
        """The text as one line, its paragraphs apart."""
        paragraphs = (" ".join(line.split()) for line in self.text.split("\n"))
        return " / ".join(filter(None, paragraphs))

    @property
    def label(self) -> str:
        """The text as a name of something: a colon behind it says nothing more."""
        return " ".join(self.text.split()).rstrip(":：").rstrip()


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells of one table, in reading order; no two of them cover the same place."""

    cells: tuple[Cell, ...]
    named: bool | None = None
    """Whether the first full row names the columns; None where the file does not say."""

    @property
    def width(self) -> int:
        """Columns up to the last in which something begins, or as far as that reaches."""
        filled = [cell for cell in self.cells if cell.filled]
        last = max((cell.column for cell in filled), default=0)
        return max((cell.span.stop for cell in filled if cell.column == last), default=0)
