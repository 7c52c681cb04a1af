"""Rows that say something of others: names of those below them, and notes at the end."""

from __future__ import annotations

import re
from collections.abc import Sequence

from askdossier.load.grid.cells import LONGEST_LABEL
from askdossier.load.grid.rows import Row

_NOTE = re.compile(r"[*(]|[^\W\d_]+ ?:\s|.{40}")
"""What stands below a table: "Source : …", "* estimate", a sentence."""


def section(rows: Sequence[Row], at: int) -> str:
    """The text of a row over the whole width, where it names the rows that follow; else empty."""
    cell = rows[at].filled[0]
    following = rows[at + 1 : at + 2]
    names = following and len(following[0].filled) > 1 and not cell.inner
    return cell.value if names and _names_rows(cell.value) else ""


def first_section(rows: Sequence[Row], start: int, body: int) -> str:
    """The last title, where rows that name others follow: it names those up to the next.

    ``start`` is the row below the titles, ``body`` that below the header.
    """
    if not 0 < start <= body < len(rows) or rows[body].is_full_width:
        return ""
    title = rows[start - 1]
    others = range(body, len(rows) - 1)
    named = title.is_full_width and not title.filled[0].inner and any(
        rows[at].is_full_width and section(rows, at) for at in others
    )  # fmt: skip
    value = title.filled[0].value
    return value if named and _names_rows(value) else ""


def _names_rows(text: str) -> bool:
    """True for a name; "Pause : 12 h" says something itself."""
    return len(text) <= LONGEST_LABEL and text[-1:] not in ".!?" and ": " not in text


def end_of_body(rows: Sequence[Row]) -> int:
    """Where the rows end, below which only notes stand: behind a gap, in the first column."""
    end = len(rows)
    while end > 1 and _is_note(rows[end - 1]):
        end -= 1
        if rows[end].number > rows[end - 1].number + 1:
            return end
    return len(rows)


def _is_note(row: Row) -> bool:
    first = row.filled[0]
    return len(row.filled) == 1 and first.column == 0 and _NOTE.match(first.text) is not None
