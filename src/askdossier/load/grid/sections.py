"""Rows that say something of others: names of those below them, and notes at the end."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from askdossier.lang.forms import Forms
from askdossier.load.grid.cells import LONGEST_LABEL
from askdossier.load.grid.rows import Row
from askdossier.load.values import kind

_NOTE = re.compile(r"[*(]|[^\W\d_]+ ?:\s|.{40}")
"""What stands below a table: "Source : …", "* estimate", a sentence."""
_TOTAL = Forms(lambda known: known.total, re.IGNORECASE)
_LAST_TOTAL = Forms(lambda known: known.last_total, re.IGNORECASE)
_LEAST = 2
"""Sections that a table has where nothing but empty cells tells them, and rows for each."""
_WIDE = 3
"""Columns from which empty cells tell them: in two, a single value is often missing."""


# --- where sections begin -------------------------------------------------------------------------


def _merged(rows: Sequence[Row], at: int) -> str:
    """The text of a row over the whole width, where it names the rows that follow; else empty."""
    cell = rows[at].filled[0]
    following = rows[at + 1 : at + 2]
    names = following and len(following[0].filled) > 1 and not cell.inner
    return cell.value if names and _names_rows(cell.value) else ""


def sections(rows: Sequence[Row], start: int, body: int, end: int) -> dict[int, str]:
    """The rows that stand alone in theirs, with what each calls the rows below it; empty for none.

    ``start`` is the row below the titles, of which the last may be the first of them, ``body`` that
    below the header, ``end`` that below the last.
    """
    found = {at: _merged(rows, at) for at in range(body, end) if rows[at].is_full_width}
    if any(found.values()):
        title = rows[start - 1]
        above = start > 0 and body not in found and title.is_full_width
        if above and not title.filled[0].inner and _names_rows(title.filled[0].value):
            found[start - 1] = title.filled[0].value
        return found
    return found | {at: rows[at].filled[0].value for at in apart(rows, start, body, end)}


def apart(rows: Sequence[Row], start: int, body: int, end: int) -> list[int]:
    """Rows that name others, of a label in the first column and no value in any other.

    A value may as well be missing in each. So they are marked, or tell by all of this: the first
    one stands above all rows, another comes later, and figures stand below both; the other rows
    have most of their values.
    """
    single = [at for at in range(body, end) if _is_alone(rows[at])]
    alone = [at for at in single if _is_followed(rows, at, end)]
    others = [
        row for row in rows[body:end] if not (_is_alone(row) or row.is_full_width or _is_note(row))
    ]
    if marked := _marked(rows, alone, others):
        return [at for at in marked if _is_followed(rows, at, end, _LEAST)]
    if start == body == 1 and _is_alone(rows[0]) and _is_followed(rows, 0, end):
        alone, single = [0, *alone], [0, *single]
    told = (
        len(alone) >= _LEAST and alone[0] <= body and single == alone
        and len(others) >= _LEAST * len(alone)
        and rows[body].width >= _WIDE
        and all(2 * len(row.filled) >= row.width for row in others)
        and 2 * sum(map(_has_amount, others)) > len(others)
    )  # fmt: skip
    return alone if told else []


def _marked(rows: Sequence[Row], alone: Sequence[int], others: Sequence[Row]) -> list[int]:
    """Those that reach over several columns, or that are marked as labels where no others are."""
    plain = not any(row.filled[0].header for row in others)
    whole = not any(all(cell.header for cell in row.cells) for row in others)
    return [
        at
        for at in alone
        if (cells := rows[at].cells)[0].columns > 1
        or (cells[0].header and plain)
        or (len(cells) > 1 and whole and all(cell.header for cell in cells))
    ]


def _is_alone(row: Row) -> bool:
    """True for a label in the first column that is all that its row says."""
    cell = row.filled[0]
    return (
        len(row.filled) == 1 and not row.is_full_width
        and cell.column == 0 and cell.row == row.number and cell.rows == 1 and not cell.inner
        and any(character.isalpha() for character in cell.text) and not kind(cell.text)
        and _names_rows(cell.value)
    )  # fmt: skip


def _is_followed(rows: Sequence[Row], at: int, end: int, least: int = 1) -> bool:
    """Whether so many rows right below have a label and values beside it."""
    below = rows[at + 1 : min(at + 1 + least, end)]
    return len(below) == least and all(
        row.number == rows[at].number + i and len(row.filled) > 1 and row.filled[0].column == 0
        for i, row in enumerate(below, start=1)
    )


def _has_amount(row: Row) -> bool:
    return any(kind(cell.text).startswith("amount") for cell in row.filled if cell.column)


def _names_rows(text: str) -> bool:
    """True for a name; "Pause : 12 h" says something itself."""
    return len(text) <= LONGEST_LABEL and text[-1:] not in ".!?" and ": " not in text


# --- where they end -------------------------------------------------------------------------------


def named_rows(rows: Sequence[Row], begun: Mapping[int, str], body: int) -> dict[int, str]:
    """By row, the section in which it stands: up to the next, an empty row, a total or a last note.

    A total is one of its section where others follow, or where one above has the like.
    """
    found: dict[int, str] = {}
    totals: set[str] = set()
    last = max((at for at, name in begun.items() if name), default=-1)
    above = "".join(name for at, name in begun.items() if at < body)
    for at in range(body, len(rows)):
        if at in begun:
            above = begun[at]
            continue
        if not above:
            continue
        label = rows[at].filled[0].label
        behind_gap = at - 1 not in begun and _is_behind_gap(rows, at)
        note = at == len(rows) - 1 and _is_note(rows[at])
        if behind_gap or note or _LAST_TOTAL.match(label):
            above = ""
            continue
        is_total = len(rows[at].filled) > 1 and _TOTAL.match(label) is not None
        if not is_total or at < last or label in totals:
            found[at] = above
        if is_total:
            totals.add(label)
            above = ""
    return found


def _is_behind_gap(rows: Sequence[Row], at: int) -> bool:
    """Whether an empty row parts a row from that above, and none that from the one before."""
    before, above, row = (rows[max(0, i)].number for i in (at - 2, at - 1, at))
    return row > above + 1 and above <= before + 1


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
