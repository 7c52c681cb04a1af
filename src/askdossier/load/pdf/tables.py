"""Tables: told by the lines drawn between their cells, or by columns that several rows keep to.

What stands side by side without being a table is joined: words of a justified line with a space,
what is set far apart in one line as cells; two columns of prose are read one after the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise
from statistics import median

from askdossier.load.grid import Cell, Grid, numbered
from askdossier.load.pdf.glyphs import WIDE_GAP, main_turn
from askdossier.load.pdf.labels import beside_labels
from askdossier.load.pdf.line import CELLS, Line, Point, Word, joined, side_by_side, turned
from askdossier.load.pdf.line import rows as rows_of
from askdossier.load.pdf.rulings import Frame, Rulings, frames
from askdossier.load.values import is_value

_ROWS_APART = 2.6
"""Character sizes between the baselines of two rows of a table, at most."""
_CELL_GAP = 0.7
"""Character sizes between words of different cells, at least."""
_FAR = 1.8
"""Of the other gaps of a line: wider, a gap parts cells."""
_LEVELS = 3
"""Lines drawn above, in and below a table without upright ones."""
_SAME = 3.0
"""Points between places that are one."""
_MARKER = re.compile(
    r"[^\w\s]|\(?(?:\w{1,2}|[IVXLC]{3,6})[.)]|\d{1,2}°|(?:\d{1,3}|[IVXLC]{1,6}|[A-Z])(?:\.\d{1,3}){1,4}\.?"
    r"|\w+ (?:[IVXLC]{1,6}|\d{1,3}) ?[.:–—-]"
)
"""Of the item of a list: "2.1", "III.2", "Titre IV –"."""
_FIGURES = re.compile(r"\d+(?:\.\d+)+\.?")
"""A marker such as "2.1", which may as well be a quantity, or a date."""
_LONGEST_MARKER = 20
_OVERLAP = 0.8
"""Character sizes: lines that are nearer stand in cells of one row."""
_JUMP = 8.0
"""Character sizes upwards to the next column; a table's next cell is nearer."""
_PROSE = 25
"""Characters: columns of such lines are prose."""


def laid_out(lines: Sequence[Line], drawn: Rulings) -> list[Line]:
    """The lines of a page in reading order, rows of tables as one line each."""
    rest = beside_labels(lines)
    turn = main_turn(lines)
    for frame in frames(drawn):
        rest = _with_framed(rest, frame, turn)
    return [line for flow in _flows(rest) for line in _rows_joined(_with_aligned(flow, drawn))]


def _flows(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """The lines from each jump up to the next: columns of the page, read one after the other."""
    flow: list[Line] = []
    for line in lines:
        if flow and line.bottom - flow[-1].bottom > _JUMP * line.size:
            yield flow
            flow = []
        flow.append(line)
    yield flow


# --- the one place where cells become lines -------------------------------------------------------


def _as_lines(cells: Iterable[Cell], heads: int | None, like: Sequence[Line]) -> list[Line]:
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


# --- tables that are drawn ------------------------------------------------------------------------


def _with_framed(lines: Sequence[Line], frame: Frame, turn: int) -> list[Line]:
    """The lines, those between the lines of a frame as rows of its table.

    ``turn`` is the direction of the frame; names of its columns may stand upright.
    """
    placed: dict[tuple[int, int], list[Line]] = {}
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
    height, width = len(frame.ys) - 1, len(frame.xs) - 1
    cells = [[""] * width for _ in range(height)]
    like: list[Line | None] = [None] * height
    heads = 1
    wide: set[int] = set()
    for (row, column), parts in placed.items():
        text = _cell_text(parts)
        rows, columns = frame.extent(row, column)
        for r in rows:
            for c in columns:
                cells[r][c] = text
        if like[row] is None:
            like[row] = replace(parts[0], turn=turn, left=frame.xs[0], right=frame.xs[-1],
                                bottom=frame.ys[row + 1])  # fmt: skip
        if len(columns) > 1:
            wide.add(row)
    kept = [i for i in range(height) if any(cells[i])]
    if sum(len(set(filter(None, cells[i]))) > 1 for i in kept) < 2:
        return list(lines)  # a box round text
    table: list[Line] = []
    first = next(line for line in like if line is not None)
    shown = (like[i] for i in kept)
    places = list(accumulate(shown, lambda last, line: line or last, initial=first))[1:]
    # A title over the whole width names no column.
    titles = 0
    while titles < len(kept) - 1 and len(set(cells[kept[titles]])) == 1:
        table.append(replace(places[titles], text=cells[kept[titles]][0], row=True))
        titles += 1
    while (
        heads < len(kept) - titles - 1 and kept[titles + heads - 1] in wide
        and not any(map(is_value, cells[kept[titles + heads]]))
    ):  # fmt: skip
        heads += 1
    body = kept[titles:]
    filled = [c for c in range(width) if any(cells[i][c] for i in body)]
    found = (
        Cell(cells[place[0]][place[1]], down[0], across[0], len(down), len(across))
        for place in sorted(placed)
        if (down := _within(body, frame.extent(*place)[0]))
        and (across := _within(filled, frame.extent(*place)[1]))
    )
    table += _as_lines(found, heads if heads > 1 else None, places[titles:])
    before = [line for i, line in outside if i < start]
    after = [line for i, line in outside if i >= start]
    return [*before, *table, *after]


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
            yield _of_words(line, part)
            part = []
        part.append(word)
    yield _of_words(line, part)


def _of_words(line: Line, words: Sequence[Word]) -> Line:
    text = " ".join(word.text for word in words)
    last = words[-1] is line.words[-1]
    return replace(line, text=text, left=words[0].left, right=words[-1].right,
                   hyphen=line.hyphen and last, words=tuple(words))  # fmt: skip


def _cell_text(parts: Sequence[Line]) -> str:
    """The lines of a cell from the top down, words that hyphens cut joined."""
    size = max((line.size for line in parts), default=1.0)
    ordered = sorted(parts, key=lambda line: (-round(line.bottom / size * 3), line.left))
    text = ""
    for i, line in enumerate(ordered):
        glued = i > 0 and ordered[i - 1].hyphen
        text += line.text if glued or not text else " " + line.text
    return text


# --- tables that keep to columns ------------------------------------------------------------------


@dataclass(slots=True)
class _Region:
    """Rows on their way to a table, and the columns they keep to."""

    rows: list[list[Line]]
    columns: list[tuple[float, float]]

    def takes(self, row: Sequence[Line]) -> bool:
        """Whether a row keeps to the columns; if so it is added."""
        last = self.rows[-1][0]
        if last.bottom - row[0].bottom > _ROWS_APART * max(last.size, row[0].size):
            return False
        if abs(last.size - row[0].size) > 0.15 * last.size:
            return False
        met = [[i for i, column in enumerate(self.columns) if _overlap(line, column)]
               for line in row]  # fmt: skip
        if len(row) == 1:
            line = row[0]
            alone = len(met[0]) == 1 and self._fits(line, met[0][0])
            if alone:
                self.rows.append(list(row))
            return alone
        if len(row) == len(self.columns) and all(m in ([], [i]) for i, m in enumerate(met)):
            places = list(range(len(row)))  # one cell for each column, however far it is set
        elif any(len(columns) > 1 for columns in met) or sum(map(bool, met)) < 2:
            return False
        else:
            places = [columns[0] if columns else -1 for columns in met]
            if any(a == b >= 0 for a, b in pairwise(places)):
                return False  # what stands above are names of several columns
        self.rows.append(list(row))
        for line, i in zip(row, places, strict=True):
            if i >= 0:
                left, right = self.columns[i]
                self.columns[i] = (min(left, line.left), max(right, line.right))
        self.columns += [
            (line.left, line.right) for line, i in zip(row, places, strict=True) if i < 0
        ]
        self.columns.sort()
        return True

    def _fits(self, line: Line, i: int) -> bool:
        left, right = self.columns[i]
        end = self.columns[i + 1][0] if i + 1 < len(self.columns) else right + line.size
        return line.left > left - line.size and line.right < end - 0.5 * line.size


def _overlap(line: Line, column: tuple[float, float]) -> bool:
    return line.left < column[1] and line.right > column[0]


def _with_aligned(lines: Sequence[Line], drawn: Rulings) -> list[Line]:
    """The lines, those that keep to columns as rows of a table."""
    result = list(lines)
    whole: dict[int, Line] = {}
    split: list[Line] = []
    counted = _counted(lines)
    for line in lines:
        ruled = _is_ruled(line, drawn)
        for part in [] if line.row else _split(line, counted, ruled=ruled):
            whole[id(part)] = line
            split.append(part)
    for region in _regions(split, counted):
        order = [part for part in split if any(part is cell for row in region.rows for cell in row)]
        if _is_prose(order, region):
            continue
        above = _names_above(region, split, drawn)
        if above:
            region.rows.insert(0, above)
            order += above
        members = {id(whole[id(part)]) for part in order}
        table = _aligned_lines(region, drawn)
        start = next(i for i, line in enumerate(result) if id(line) in members)
        rest = [line for line in result[start:] if id(line) not in members]
        result = [*result[:start], *table, *rest]
    return result


def _is_ruled(line: Line, drawn: Rulings) -> bool:
    """True between the level lines of a table: three or more of one width, one over the other."""
    over = [rule for rule in drawn.level if rule.covers(line.left) and rule.covers(line.right)]
    widths = (
        [other.at for other in over
         if abs(other.start - rule.start) < _SAME and abs(other.end - rule.end) < _SAME]
        for rule in over
    )  # fmt: skip
    return any(
        len(heights) >= _LEVELS and min(heights) < line.bottom < max(heights) for heights in widths
    )


def _counted(lines: Iterable[Line]) -> frozenset[str]:
    """The figures at the beginning of lines that count on, as items do: "2.1", "2.2"."""
    found = {
        text: tuple(map(int, text.rstrip(".").split(".")))
        for line in lines
        if _FIGURES.fullmatch(text := line.text.split(" ", 1)[0]) and len(text) < _LONGEST_MARKER
    }
    numbers = set(found.values())
    parents = {number[:-1] for number in numbers}

    def counts_on(number: tuple[int, ...]) -> bool:
        *above, last = number
        beside = ((*above, last - 1), (*above, last + 1), tuple(above), (*number, 1))
        before = (*above[:-1], above[-1] - 1)
        return not numbers.isdisjoint(beside) or (last == 1 and before in parents)

    return frozenset(
        text for text, number in found.items() if 0 not in number and counts_on(number)
    )


def _is_marker(text: str, beside: str, counted: frozenset[str] | None = None) -> bool:
    """True for the marker of an item; of figures those alone that are ``counted``, if given.

    They are none where what is ``beside`` them are figures too: of a table, a dose and its effect.
    """
    if not _MARKER.fullmatch(text):
        return False
    return not _FIGURES.fullmatch(text) or (
        (counted is None or text in counted) and any(map(str.isalpha, beside))
    )


def _split(line: Line, counted: frozenset[str], *, ruled: bool) -> Iterator[Line]:
    """A line cut at gaps that are wider than a space, and than the others of the line.

    In a table that is ``ruled`` no line is stretched, and the first is enough.
    """
    gaps = [b.left - a.right for a, b in pairwise(line.words)]
    usual = sorted(gaps)[len(gaps) // 4] if len(gaps) > 1 else 0.0
    start = 0
    for i, gap in enumerate(gaps, start=1):
        if i == 1 and _is_marker(line.words[0].text, line.words[1].text, counted):
            continue
        if gap > max(_CELL_GAP * line.size, 0.0 if ruled else _FAR * usual):
            yield _of_words(line, line.words[start:i])
            start = i
    yield _of_words(line, line.words[start:]) if start else line


def _regions(lines: Sequence[Line], counted: frozenset[str]) -> Iterator[_Region]:
    region: _Region | None = None
    for row in rows_of(lines):
        if region is not None and region.takes(row):
            continue
        if region is not None and _is_table(region, counted):
            yield region
        region = None
        if len(row) > 1:
            region = _Region([row], [(line.left, line.right) for line in row])
    if region is not None and _is_table(region, counted):
        yield region


def _is_table(region: _Region, counted: frozenset[str]) -> bool:
    """True for columns that two rows keep to: at their left, their right or their middle."""
    while len(region.rows[-1]) == 1 and not _wraps(region.rows[-1][0], region.rows[:-1]):
        region.rows.pop()
    rows = [row for row in region.rows if len(row) > 1]
    if len(region.columns) == 2 and all(
        _is_marker(row[0].text, row[1].text, counted) for row in rows
    ):
        return False  # a list
    doubtful = all(map(_is_justified, rows)) or any(
        b.left - a.right < WIDE_GAP * a.size for row in rows for a, b in pairwise(row)
    )
    if len(rows) < (3 if doubtful else 2):
        return False
    aligned = 0
    for column in region.columns:
        cells = [line for row in rows for line in row if _overlap(line, column)]
        aligned += any(
            min(abs(a.left - b.left), abs(a.right - b.right),
                abs(a.left + a.right - b.left - b.right) / 2) < 0.5 * a.size
            for a, b in pairwise(cells)
        )  # fmt: skip
    return aligned >= (len(region.columns) if doubtful else 2)


def _wraps(line: Line, rows: Sequence[Sequence[Line]]) -> bool:
    """True for a line close below another in its column."""
    return any(
        0 < other.bottom - line.bottom < 1.4 * line.size and abs(other.left - line.left) < line.size
        for row in rows[-2:]
        for other in row
    )


def _is_prose(order: Sequence[Line], region: _Region) -> bool:
    """True for columns of prose: the file gives one after the other, or their lines are long."""
    stacks = 1 + sum(
        not (a.bottom > b.bottom and min(a.right, b.right) > max(a.left, b.left))
        for a, b in pairwise(order)
    )
    if len(order) >= 4 * stacks:
        return True
    return len(region.columns) == 2 and len(region.rows) >= 8 and (
        median(len(line.text) for line in order) >= _PROSE
    )  # fmt: skip


def _aligned_lines(region: _Region, drawn: Rulings) -> list[Line]:
    parts = [[_in_column(row, column) for column in region.columns] for row in region.rows]
    borders = _borders(region, drawn)
    # A line that is drawn under the first rows alone parts the names of the columns from the rest.
    inner = borders - {0, len(region.rows)}
    heads = min(inner) if len(inner) == 1 else 0
    groups: list[list[int]] = []
    for i, together in enumerate([False, *_wrapped(region, parts, borders)]):
        if together and i >= heads:
            groups[-1].append(i)
        else:
            groups.append([i])
    cells = [Cell(_cell_text([line for i in group for line in parts[i][c]]), row, c)
             for row, group in enumerate(groups) for c in range(len(region.columns))]  # fmt: skip
    places = [region.rows[group[0]][0] for group in groups]
    if heads:
        return _as_lines(cells, heads, places)
    # Else names are told by their look: bold, or wrapped. Where nothing tells them, the rows stay
    # as they are seen, since a wrong name would change what a cell says.
    first = [line for i in groups[0] for line in region.rows[i]]
    others = [line for row in region.rows[len(groups[0]) :] for line in row]
    bold = all(line.bold for line in first) and not all(line.bold for line in others)
    named = bold or any(len(group) > 1 for group in groups)
    return _as_lines(cells, None if named else 0, places)


def _names_above(region: _Region, lines: Sequence[Line], drawn: Rulings) -> list[Line]:
    """The row above a table that a drawn line shows to be part of it: names of several columns."""
    first = region.rows[0][0]
    near = [row for row in rows_of(lines)
            if 0.5 * first.size < row[0].bottom - first.bottom < 1.8 * first.size]  # fmt: skip
    left, right = region.columns[0][0], region.columns[-1][1]
    if len(near) != 1 or near[0][0].left < left or near[0][-1].right > right:
        return []
    if not all(any(_overlap(line, column) for column in region.columns) for line in near[0]):
        return []
    base, high = near[0][0].bottom, near[0][0].bottom + 2 * first.size
    return near[0] if _ruled(drawn, left, right, base, high) else []


def _ruled(drawn: Rulings, left: float, right: float, low: float, high: float) -> bool:
    """Whether a level line is drawn over most of a width, between two heights."""
    return any(
        low < ruling.at < high
        and min(ruling.end, right) - max(ruling.start, left) > 0.6 * (right - left)
        for ruling in drawn.level
    )


def _in_column(row: Sequence[Line], column: tuple[float, float]) -> list[Line]:
    return [line for line in row if _overlap(line, column)]


def _borders(region: _Region, drawn: Rulings) -> set[int]:
    """The rows that have a line drawn right above them; the number of rows for one below all."""
    left, right = region.columns[0][0], region.columns[-1][1]
    first, last = region.rows[0][0], region.rows[-1][0]
    heights = [first.bottom + 2 * first.size, *(row[0].bottom for row in region.rows),
               last.bottom - 2 * last.size]  # fmt: skip
    return {
        i for i, (above, below) in enumerate(pairwise(heights))
        if _ruled(drawn, left, right, below, above)
    }  # fmt: skip


def _wrapped(
    region: _Region, parts: Sequence[Sequence[Sequence[Line]]], borders: set[int]
) -> Iterator[bool]:
    """For each row but the first whether it goes on with the cells of the row above it."""
    steps = [a[0].bottom - b[0].bottom for a, b in pairwise(region.rows)]
    beside = _OVERLAP * min(row[0].size for row in region.rows)
    # Values at half the height of a wrapped cell tell how far apart its lines are.
    halves = [a + b for a, b in pairwise(steps) if max(a, b) < beside]
    tight = min(halves or [step for step in steps if step >= beside], default=0.0)
    parted = len(borders & set(range(1, len(region.rows)))) >= 2
    spaced = max(steps) > 1.2 * tight
    for i, step in enumerate(steps, start=1):
        filled = [c for c, cell in enumerate(parts[i]) if cell]
        above = [c for c, cell in enumerate(parts[i - 1]) if cell]
        if step < beside:
            yield True
        elif parted:
            yield i not in borders
        elif spaced:
            yield step < 1.1 * tight and (len(filled) < len(region.columns) or len(above) < len(
                region.columns))  # fmt: skip
        else:
            texts = [cell[0].text for cell in parts[i] if cell]
            yield (
                len(filled) < len(region.columns)
                and (0 not in filled or len(filled) == 1)
                and all(text[:1].islower() for text in texts)
            )


# --- no tables ------------------------------------------------------------------------------------


def _rows_joined(lines: Sequence[Line]) -> list[Line]:
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
    if len(pairs) >= 8 and median(lengths) >= _PROSE:
        left = [row[0] for row in rows]
        return [*left, *(line for row in rows for line in row[1:])]
    result = []
    for i, row in enumerate(rows):
        around = [*rows[max(0, i - 1) : i], *rows[i + 1 : i + 2]]
        marked = len(row) > 1 and _is_marker(row[0].text, row[1].text)
        one = marked or _is_justified(row) or _is_framed(row, around)
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


def _is_justified(row: Sequence[Line]) -> bool:
    """True for a line whose gaps are all about as wide: it is stretched, and holds no cells."""
    words = [word for line in row for word in line.words]
    if len(row) < 2:
        return False
    gaps = [b.left - a.right for a, b in pairwise(words)]
    between = min((b.left - a.right for a, b in pairwise(row)), default=0.0)
    inside = sorted(gaps)[: max(1, len(gaps) - (len(row) - 1))]
    if len(words) == len(row):  # single words: nothing to compare with but one another
        return len(row) > 2 and max(gaps) < _FAR * min(gaps)
    return between < _FAR * median(inside)
