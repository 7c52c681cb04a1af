"""Tables that are drawn: what stands between the lines of a frame."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from askdossier.load.grid import Cell
from askdossier.load.pdf.cells import as_lines, cell_text, of_words
from askdossier.load.pdf.line import Line, Point, Word, turned
from askdossier.load.pdf.rulings import Frame
from askdossier.load.values import is_value

Place = tuple[int, int]
"""The first row and column of the frame that a cell covers."""


@dataclass(frozen=True, slots=True)
class _Sorted:
    """The lines of a page, or parts of them, by where they stand."""

    cells: Mapping[Place, Sequence[Line]]
    before: Sequence[Line]
    """Outside the frame, and ahead of what is in it in the order of the file."""
    after: Sequence[Line]


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of the frame."""

    texts: Sequence[str]
    """By column; a cell over several is in each."""
    wide: bool
    """Whether a cell that begins in it covers several columns."""
    like: Line | None
    """Where it stands; None where no cell begins in it."""


def with_framed(lines: Sequence[Line], frame: Frame, turn: int) -> list[Line]:
    """The lines, those between the lines of a frame as rows of its table.

    ``turn`` is the direction of the frame; names of its columns may stand upright.
    """
    found = _sorted(lines, frame, turn)
    rows = _rows(found.cells, frame, turn)
    kept = [i for i, row in enumerate(rows) if any(row.texts)]
    if sum(len(set(filter(None, rows[i].texts))) > 1 for i in kept) < 2:
        return list(lines)  # a box round text
    return [*found.before, *_table(found.cells, rows, kept, frame), *found.after]


def _sorted(lines: Sequence[Line], frame: Frame, turn: int) -> _Sorted:
    placed: dict[Place, list[Line]] = {}
    outside: list[tuple[int, Line]] = []
    start = len(lines)
    for i, line in enumerate(lines):
        parts = list(_parted(line, frame, turn)) if not line.row else []
        if not parts:
            outside.append((i, line))
        for part in parts:
            place = frame.place(*_middle(part, turn))
            if place is None:
                outside.append((i, part))
                continue
            rows, columns = frame.extent(*place)
            placed.setdefault((rows.start, columns.start), []).append(part)
            start = min(start, i)
    before = [line for i, line in outside if i < start]
    after = [line for i, line in outside if i >= start]
    return _Sorted(placed, before, after)


def _rows(placed: Mapping[Place, Sequence[Line]], frame: Frame, turn: int) -> list[_Row]:
    height, width = len(frame.ys) - 1, len(frame.xs) - 1
    texts = [[""] * width for _ in range(height)]
    like: list[Line | None] = [None] * height
    wide: set[int] = set()
    for (row, column), parts in placed.items():
        text = cell_text(parts)
        rows, columns = frame.extent(row, column)
        for r in rows:
            for c in columns:
                texts[r][c] = text
        if like[row] is None:
            like[row] = replace(parts[0], turn=turn, left=frame.xs[0], right=frame.xs[-1],
                                bottom=frame.ys[row + 1])  # fmt: skip
        if len(columns) > 1:
            wide.add(row)
    return [_Row(texts[i], i in wide, like[i]) for i in range(height)]


def _table(
    placed: Mapping[Place, Sequence[Line]], rows: Sequence[_Row], kept: Sequence[int], frame: Frame
) -> list[Line]:
    """The rows that are ``kept`` as lines: titles, then the cells below them."""
    first = next(row.like for row in rows if row.like is not None)
    shown = (rows[i].like for i in kept)
    places = list(accumulate(shown, lambda last, line: line or last, initial=first))[1:]
    titles = _titles([rows[i] for i in kept])
    body = kept[titles:]
    filled = [c for c in range(len(frame.xs) - 1) if any(rows[i].texts[c] for i in body)]
    cells = (
        Cell(rows[place[0]].texts[place[1]], down[0], across[0], len(down), len(across))
        for place in sorted(placed)
        if (down := _within(body, frame.extent(*place)[0]))
        and (across := _within(filled, frame.extent(*place)[1]))
    )
    heads = _heads([rows[i] for i in body])
    above = [replace(place, text=rows[i].texts[0], row=True)
             for i, place in zip(kept[:titles], places, strict=False)]  # fmt: skip
    return above + as_lines(cells, heads if heads > 1 else None, places[titles:])


def _titles(rows: Sequence[_Row]) -> int:
    """How many rows at the top are titles: over the whole width, they name no column."""
    titles = 0
    while titles < len(rows) - 1 and len(set(rows[titles].texts)) == 1:
        titles += 1
    return titles


def _heads(rows: Sequence[_Row]) -> int:
    """How many rows below the titles may name columns: below wide names come narrow ones."""
    heads = 1
    while (
        heads < len(rows) - 1 and rows[heads - 1].wide
        and not any(map(is_value, rows[heads].texts))
    ):  # fmt: skip
        heads += 1
    return heads


def _within(kept: Sequence[int], extent: range) -> list[int]:
    """Which of the rows or columns that are kept a cell takes."""
    return [i for i, place in enumerate(kept) if place in extent]


def _middle(line: Line, turn: int) -> Point:
    """The middle of a line in the frame of text that is turned by so many degrees."""
    x, y = (line.left + line.right) / 2, line.bottom + 0.3 * line.size
    return (x, y) if line.turn == turn else turned(*turned(x, y, (360 - line.turn) % 360), turn)


def _parted(line: Line, frame: Frame, turn: int) -> Iterator[Line]:
    """A line cut where an upright line of the frame stands between two of its words."""
    if line.turn != turn:
        if frame.place(*_middle(line, turn)) is not None:
            yield line
        return
    if not line.words or frame.place(line.left, line.bottom + 0.3 * line.size) is None:
        return
    part: list[Word] = []
    for word in line.words:
        if part and any(
            part[-1].right - 1 <= ruling.at <= word.left + 1
            and ruling.start <= line.bottom + 0.3 * line.size <= ruling.end
            for ruling in frame.rulings.upright
        ):
            yield of_words(line, part)
            part = []
        part.append(word)
    yield of_words(line, part)
