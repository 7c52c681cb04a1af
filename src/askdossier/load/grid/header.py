"""How many rows at the top of a table are its title, and how many name its columns."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise, takewhile

from askdossier.load.grid.cells import LONGEST_LABEL, Cell
from askdossier.load.grid.rows import LOOKED_AT, Row
from askdossier.load.values import counts, has_digit, is_value, is_year, kind

_LABELLED = re.compile(r"[^\W\d][^:\n]{1,40}(?<!\d) ?: ?\S")


def title_rows(rows: Sequence[Row]) -> int:
    """Rows above the table proper: its title, where an export comes from."""
    most = max((len(row.filled) for row in rows[:LOOKED_AT]), default=0)
    count = 0
    for row, following in pairwise(rows):
        cells = row.filled
        columns = {cell.column for cell in following.filled}
        sparse = (
            2 * len(cells) <= most
            and cells[0].column == 0
            and all(cell.columns == cell.rows == 1 and not cell.header for cell in cells)
            and (len(cells) > 1 or most > 2)
            and (len(columns) < most or {cell.column for cell in cells} <= columns)
        )
        if not row.is_full_width and not sparse:
            break
        count += 1
    return count if count < len(rows) else 0


def header_rows(rows: Sequence[Row], *, named: bool | None) -> int:
    """Rows that name the columns, of those below the title; ``named`` as in ``Grid``."""
    marked = list(takewhile(lambda row: row.is_header, rows))
    if marked:
        return len(marked) if len(marked) < len(rows) or len(marked) == 1 else 1
    if len(rows) < 2 or named is False or not _looks_headed(rows, named=named):
        return 0
    depth = 1
    while depth < len(rows) - 1 and _goes_on(rows[depth - 1], rows[depth]):
        depth += 1
    return depth


def _looks_headed(rows: Sequence[Row], *, named: bool | None) -> bool:
    """True for names of columns above figures, or a full row of short names.

    Two columns of words are rather names and values, row by row.
    """
    first = rows[0].filled
    if any(is_value(cell.text) or len(cell.text) > LONGEST_LABEL for cell in first):
        return False
    if named:
        return True
    if any(cell.header for cell in rows[0].cells) and not first[0].header:
        return False
    if len(first) < 2 or not counts([cell.text for cell in first]):
        return False
    if {cell.rows > 1 for cell in first} == {True, False} and all(
        cell.columns == 1 for cell in first
    ):
        return False  # what stands for several rows names them
    if _holds_labels(rows):
        return False
    return _names_what_is_below(first, rows)


def _holds_labels(rows: Sequence[Row]) -> bool:
    """True where cells below the first row bring labels of their own, or may be labels.

    "Date : 4 mars" is no value of what stands above it; of two rows of four cells nothing
    tells whether the first names the second.
    """
    body = [row.filled for row in rows[1:LOOKED_AT]]
    cells = [cell for row in body for cell in row]
    if 3 * sum(_LABELLED.match(cell.text) is not None for cell in cells) > len(cells):
        return True
    names, values = body[0][::2], body[0][1::2]
    return (
        len(body) == 1 and len(names) == len(values) > 1
        and not any(has_digit(cell.text) for cell in names)
        and any(kind(cell.text) for cell in values)
    )  # fmt: skip


def _names_what_is_below(first: Sequence[Cell], rows: Sequence[Row]) -> bool:
    """True where the first row differs from its columns as names differ from values."""
    below = Counter[tuple[int, str]]()
    figures: dict[int, bool] = {}
    years: dict[int, bool] = {}
    for row in rows[1:LOOKED_AT]:
        for cell in row.filled:
            if cell.row != rows[0].number:
                below[cell.column, cell.text.strip()] += 1
                figures[cell.column] = figures.get(cell.column, True) and has_digit(cell.text)
                years[cell.column] = years.get(cell.column, True) and is_year(cell.text)
    if any(below[cell.column, cell.text.strip()] for cell in first):
        return False  # what comes again in its column is a value of it
    if any(is_year(cell.text) and years.get(cell.column) for cell in first):
        return False
    covered = {column for cell in first for column in cell.span}
    filled = Counter(column for column, _ in below.elements())
    unnamed = [column for column in filled if column and column not in covered]
    above = any(not has_digit(cell.text) and figures.get(cell.column) for cell in first)
    if unnamed:  # remarks beside the table
        most = max(filled[column] for column in unnamed)
        words = not any(has_digit(cell.text) for cell in first)
        return above and words and 2 * most < len(rows)
    return rows[0].width > 2 or above


def _goes_on(above: Row, row: Row) -> bool:
    """True when ``row`` names the columns below names that stretch over several of them."""
    spread = {column for cell in above.filled if cell.columns > 1 for column in cell.span}
    reaching = {
        column for cell in above.filled if cell.row + cell.rows > row.number for column in cell.span
    }
    own = [cell for cell in row.filled if cell.row == row.number]
    if not own or any(is_value(cell.text) for cell in own):
        return False
    places = {column for cell in own for column in cell.span}
    if reaching:
        return not places & reaching
    named = {column for cell in above.filled for column in cell.span}
    if spread:
        return not places & (named - spread)
    return not places & named  # each fills what the other leaves empty
