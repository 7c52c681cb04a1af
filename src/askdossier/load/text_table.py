"""Tables of plain text: columns that a rule of dashes, tabs or gaps before figures show.

Rules are those of pandoc and psql; gaps those of lists that somebody lined up with spaces.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from askdossier.load.grid import Grid, texts
from askdossier.load.values import is_value

_RULE = re.compile(r"[\s|+]*(?:[-=]{2,}[\s|+]+)+[-=]{2,}[\s|+]*")
_DASHES = re.compile(r"[-=]{2,}")
_BETWEEN = frozenset(" |+\t")
_LINE = re.compile(r"\s*(?:-{3,}|={3,}|_{3,})\s*")
"""Dashes from one end to the other."""
GAP = re.compile(r" {3,}|\t")
"""Inside a line: what nobody writes between two words of a sentence."""
_GAP_RUN = re.compile(r"(?: {3,}|\t)[ \t]*+")
"""All of such a gap."""
MARKER = re.compile(r"(?:[-*•·–—−▪◦‣►]|\(?(?:\d{1,3}|[a-zA-Z])[.)])\s+")
"""What begins an item of a list."""
_GUTTER = 2
"""Spaces that no line of a table fills, between two columns of it."""
_ALIGNED = 3
"""Rows of a table that nothing but its gaps shows."""
_FEWEST = 2
"""Rows of a table, names of columns among them; one line below dashes is a line of text."""


@dataclass(frozen=True, slots=True)
class Found:
    """A table and the lines that it takes."""

    lines: range
    grid: Grid


def tables(lines: Sequence[str]) -> Iterator[Found]:
    """The tables among lines of a text, from the top down."""
    done = 0
    for found in _ruled(lines):
        yield from _aligned(lines, range(done, found.lines.start))
        yield found
        done = found.lines.stop
    yield from _aligned(lines, range(done, len(lines)))


def _aligned(lines: Sequence[str], among: range) -> Iterator[Found]:
    """Tables whose columns are parted by tabs, or by gaps that all rows have in one place."""
    start = among.start
    for i in (*among, among.stop):
        if i < among.stop and GAP.search(_behind_marker(lines[i])):
            continue
        if i < among.stop and start < i and _LINE.fullmatch(lines[i]):
            continue  # a line under the names of the columns
        stop = i
        while stop > start and _LINE.fullmatch(lines[stop - 1]):
            stop -= 1
        yield from _set_out(lines, start, stop)
        start = i + 1


def _set_out(lines: Sequence[str], start: int, stop: int) -> Iterator[Found]:
    """The table of these lines; sums below a last line that leave its columns, apart from it."""
    rows, cells = _rows(lines, start, stop)
    last = max((i for i in range(start + 2, stop) if _LINE.fullmatch(lines[i])), default=stop)
    upper, narrower = _rows(lines, start, last)
    sums: list[list[str]] = []
    if last < stop and narrower and len(narrower[0]) > len(cells[0] if cells else ()):
        sums = [_GAP_RUN.split(row.strip()) for row in rows[len(upper) :]]
        if {len(row) for row in sums} != {2}:
            sums = []
    if sums:
        cells, end = narrower, last + 1
    else:
        end = stop
    if cells and not all(MARKER.fullmatch(f"{row[0]} ") for row in cells):
        lined = _LINE.fullmatch(lines[start + 1]) is not None
        yield Found(range(start, end), texts(cells, named=lined or _is_headed(cells)))
        if sums:
            yield Found(range(end, stop), texts(sums, named=False))


def _rows(lines: Sequence[str], start: int, stop: int) -> tuple[list[str], list[list[str]]]:
    """The lines that are rows, and their cells; none where they keep to no columns."""
    rows = [line for line in lines[start:stop] if not _LINE.fullmatch(line)]
    return rows, _tabbed(rows) or _columned(rows)


def _behind_marker(line: str) -> str:
    """A line without the spaces around it and what makes it an item."""
    text = line.lstrip().rstrip(" ")
    marker = MARKER.match(text)
    return text[marker.end() :] if marker else text


def _is_headed(rows: Sequence[Sequence[str]]) -> bool:
    """True with words above two columns of figures; one may be a row like the others."""
    columns = list(zip(*rows, strict=True))
    below = [[cell for cell in column[1:] if cell] for column in columns]
    return sum(
        any(map(str.isalpha, head)) and not is_value(head)
        and len(cells) >= _FEWEST and all(is_value(cell) or cell.isdigit() for cell in cells)
        for (head, *_), cells in zip(columns, below, strict=True)
    ) >= _FEWEST  # fmt: skip


def _tabbed(rows: Sequence[str]) -> list[list[str]]:
    cells = [[cell.strip() for cell in row.split("\t")] for row in rows]
    even = len({len(row) for row in cells}) == 1 and len(rows) >= _ALIGNED
    return cells if even and _is_filled(cells) else []


def _columned(rows: Sequence[str]) -> list[list[str]]:
    """The cells of rows whose gaps stand over one another, where figures stand behind one."""
    if len(rows) < _ALIGNED or any("\t" in row for row in rows):
        return []
    taken = {at for row in rows for at, character in enumerate(row) if character != " "}
    starts = [0] + [
        at for at in sorted(taken)
        if at >= _GUTTER and taken.isdisjoint(range(at - _GUTTER, at))
    ]  # fmt: skip
    if len(starts) * len(rows) > sum(map(len, rows)):
        return []  # far more places than anything stands in
    borders = [*starts, None]
    # What a gap parts within a column is not one figure: "3" and "450,00" are not "3 450,00".
    cells = [[_GAP_RUN.sub(" / ", row[a:b].strip()) for a, b in pairwise(borders)] for row in rows]
    figures = any(
        sum(is_value(row[column]) or row[column].isdigit() for row in cells) >= _ALIGNED - 1
        for column in range(1, len(starts))
    )
    return cells if figures and _is_filled(cells) else []


def _is_filled(rows: Sequence[Sequence[str]]) -> bool:
    return sum(sum(map(bool, row)) > 1 for row in rows) > len(rows) / 2


def _ruled(lines: Sequence[str]) -> Iterator[Found]:
    done = 0
    for i, line in enumerate(lines):
        if i < done or not _RULE.fullmatch(line):
            continue
        columns = _columns(line)
        start = _end(lines, columns, i - 1, -1, done - 1) + 1
        end = _end(lines, columns, i + 1, 1, len(lines))
        closed = end < len(lines) and _RULE.fullmatch(lines[end]) is not None
        if closed and start == i and _end(lines, columns, end + 1, 1, len(lines)) > end + 1:
            continue  # the rule above the names of the columns: that below them shows the table
        rows = _cells(lines[i + 1 : end], columns)
        if _goes_on(lines, end):  # a rule below each row, which may be wrapped
            rows = [_together(rows)]
            while _goes_on(lines, end):
                first, end = end + 1, _end(lines, columns, end + 1, 1, len(lines))
                rows.append(_together(_cells(lines[first:end], columns)))
            closed = end < len(lines) and _RULE.fullmatch(lines[end]) is not None
        head = [_together(_cells(lines[start:i], columns))] if start < i else []
        if not rows or len(head) + len(rows) < _FEWEST:
            continue
        if start > done and _RULE.fullmatch(lines[start - 1]):
            start -= 1
        end += closed
        yield Found(range(start, end), texts([*head, *rows], named=bool(head)))
        done = end


def _goes_on(lines: Sequence[str], rule: int) -> bool:
    """Whether a row of a table with borders follows a rule."""
    return rule + 1 < len(lines) and lines[rule].lstrip()[:1] == "+" and (
        lines[rule + 1].lstrip()[:1] == "|"
    )  # fmt: skip


def _together(rows: Sequence[Sequence[str]]) -> list[str]:
    """The lines of a row, cell by cell."""
    return [" ".join(filter(None, cell)) for cell in zip(*rows, strict=True)]


def _columns(rule: str) -> list[int]:
    """Where each column begins."""
    return [found.start() for found in _DASHES.finditer(rule)]


def _end(lines: Sequence[str], columns: Sequence[int], start: int, step: int, stop: int) -> int:
    """The first line from ``start`` on that is no row of these columns."""
    i = start
    while i != stop and lines[i].strip() and not _RULE.fullmatch(lines[i]) and all(
        lines[i][column - 1 : column] in {"", *_BETWEEN} for column in columns[1:]
    ):  # fmt: skip
        i += step
    return i


def _cells(rows: Sequence[str], columns: Sequence[int]) -> list[list[str]]:
    borders = [0, *columns[1:], None]
    return [[row[a:b].strip(" |+\t") for a, b in pairwise(borders)] for row in rows]
