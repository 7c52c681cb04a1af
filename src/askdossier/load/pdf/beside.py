"""Lines side by side that are no table: words of a justified line, columns of prose, mere cells."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from askdossier.load.pdf.items import is_marker
from askdossier.load.pdf.line import CELLS, Line, joined, side_by_side

FAR = 1.8
"""Of the other gaps of a line: wider, a gap parts cells."""
PROSE = 25
"""Characters: columns of such lines are prose."""


def rows_joined(lines: Sequence[Line]) -> list[Line]:
    """Lines side by side in the order of the file: one line, or lines of two columns."""
    rows: list[list[Line]] = []
    for line in lines:
        previous = rows[-1][-1] if rows else None
        if (
            previous is not None
            and side_by_side(previous, line)
            and line.left >= previous.right - 0.5 * line.size
            and not previous.hyphen
        ):
            rows[-1].append(line)
        else:
            rows.append([line])
    pairs = [row for row in rows if len(row) == 2]
    lengths = [len(line.text) for row in pairs for line in row]
    if len(pairs) >= 8 and median(lengths) >= PROSE:
        left = [row[0] for row in rows]
        return [*left, *(line for row in rows for line in row[1:])]
    result = []
    for i, row in enumerate(rows):
        around = [*rows[max(0, i - 1) : i], *rows[i + 1 : i + 2]]
        marked = len(row) > 1 and is_marker(row[0].text, row[1].text)
        one = marked or is_justified(row) or _is_framed(row, around)
        result.append(joined(row, " " if one else CELLS))
    return result


def _is_framed(row: Sequence[Line], around: Sequence[Sequence[Line]]) -> bool:
    """True for a line that begins and ends where the running text above or below it does."""
    left, right, size = row[0].left, row[-1].right, row[0].size
    return any(
        len(other) == 1
        and len(other[0].words) > 2
        and abs(other[0].left - left) < 0.2 * size
        and abs(other[0].right - right) < 0.2 * size
        for other in around
    )


def is_justified(row: Sequence[Line]) -> bool:
    """True for a line whose gaps are all about as wide: it is stretched, and holds no cells."""
    words = [word for line in row for word in line.words]
    if len(row) < 2:
        return False
    gaps = [b.left - a.right for a, b in pairwise(words)]
    between = min((b.left - a.right for a, b in pairwise(row)), default=0.0)
    inside = sorted(gaps)[: max(1, len(gaps) - (len(row) - 1))]
    if len(words) == len(row):  # single words: nothing to compare with but one another
        return len(row) > 2 and max(gaps) < FAR * min(gaps)
    return between < FAR * median(inside)
