"""Tables of all formats as one grid of cells, its rows as lines that can be quoted by themselves.

A reader says where each cell stands and how far it reaches; the grid finds the names of the columns
and gives lines in which every value stands beside its own labels:
``Bâtiment: Aubépine | Étage: 2 | Loyer › 2025: 655``.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from askdossier.core import Block
from askdossier.load.form import is_form, named
from askdossier.load.values import counts, has_digit, is_value, is_year, kind

_BETWEEN = " | "
_INNER = " › "
_WIDEST = 1000
"""Columns that a cell may span, as in browsers."""
_LONGEST_LINE = 600
"""Characters; a longer row becomes several lines that begin with the same row label."""
_LONGEST_LABEL = 100
_MOST_PLACES = 2_000_000
"""Places that all spans of a table together may cover; beyond, cells stand where they begin."""
_LOOKED_AT = 50
"""Rows from which the names of columns are guessed where no cell is marked."""


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

    def blocks(self) -> Iterator[Block]:
        """One block for each line of `lines`."""
        return map(Block, self.lines())

    def lines(self) -> Iterator[str]:
        """The table as text, row by row."""
        return (line for _, line in self.numbered())

    def numbered(self) -> Iterator[tuple[int, str]]:
        """The lines, each with the row that it says, from 0."""
        return _Reading(self).lines()


def texts(rows: Iterable[Sequence[str]], *, named: bool | None = None) -> Grid:
    """A grid of plain rows without spans; empty cells are left out."""
    cells = (
        Cell(text, i, j) for i, row in enumerate(rows) for j, text in enumerate(row) if text.strip()
    )
    return Grid(tuple(cells), named)


def laid_out(rows: Iterable[Sequence[Cell]]) -> Grid:
    """A grid of rows as HTML writes them: each cell takes the next place that is free.

    The places that the cells bring are ignored; spans of 0 rows reach to the end of the table.
    """
    placed: list[Cell] = []
    taken: dict[int, int] = {}  # column → first row in which it is free again
    given = [list(row) for row in rows]
    for i, row in enumerate(given):
        column = 0
        for cell in row:
            while taken.get(column, 0) > i:
                column += 1
            columns = max(1, min(cell.columns, _WIDEST))
            down = len(given) - i if cell.rows == 0 else max(1, min(cell.rows, len(given) - i))
            placed.append(replace(cell, row=i, column=column, rows=down, columns=columns))
            if down > 1 and column < _WIDEST:
                taken.update(dict.fromkeys(range(column, column + columns), i + down))
            column += columns
    return Grid(tuple(placed))


Path = tuple[str, ...]
"""The names of a column, the widest first."""


class _Reading:
    """One way through a grid from top to bottom."""

    def __init__(self, grid: Grid) -> None:
        self.width = grid.width
        self.named = grid.named
        self.rows: dict[int, list[Cell]] = {}
        places = 0
        for cell in grid.cells:
            places += cell.rows
            last = cell.row + (cell.rows if places <= _MOST_PLACES else 1)
            for row in range(cell.row, last):
                self.rows.setdefault(row, []).append(cell)
        for row, cells in list(self.rows.items()):
            if any(cell.filled for cell in cells):
                cells.sort(key=lambda cell: cell.column)
            else:
                del self.rows[row]
        self.order = sorted(self.rows)
        self.header = False
        self.paths: dict[int, Path] = {}
        """By column, in their order, which ``columns`` has too."""
        self.columns: list[int] = []
        self.labels: dict[tuple[int, int], str] = {}
        self.figures = frozenset[int]()
        """Columns most of whose cells are values, in rows that have a name."""

    def lines(self) -> Iterator[tuple[int, str]]:
        if self.width <= 1:
            for row in self.order:
                yield from ((row, line) for line in self._alone(row))
            return
        start = self._titles()
        if self.named is None and is_form([self._filled(row) for row in self.order[start:]]):
            yield from self._form(start)
            return
        depth = self._header_depth(start)
        section = self._first_section(start, start + depth)
        for row in self.order[: start - bool(section)]:
            yield from ((row, line) for line in self._plain(row))
        header = self.order[start : start + depth]
        yield from ((header[0], line) for line in self._use(header))
        end = self._end()
        for at in range(start + depth, len(self.order)):
            row = self.order[at]
            if at >= end:
                yield from ((row, line) for line in self._plain(row))
            elif self._is_full_width(row):
                section = self._section(at)
                if not section:
                    yield from ((row, line) for line in self._plain(row))
            elif self.header and self._is_header(row):
                yield from ((row, line) for line in self._use([row]))
            else:
                yield from ((row, line) for line in self._row(row, section))

    def _use(self, header: Sequence[int]) -> Iterator[str]:
        """Take the names of the columns from these rows; told here where no row below says them."""
        paths = self._paths(header)
        if not header or paths == self.paths:
            return
        self.header, self.paths, self.columns = True, paths, list(paths)
        self.figures = self._figures(self.order[self.order.index(header[-1]) + 1 :])
        self.labels.clear()
        unsaid = set(paths)
        for row in self.order[self.order.index(header[-1]) + 1 :]:
            if not unsaid or self._is_header(row):
                break
            if not self._is_full_width(row):
                unsaid.difference_update(*(cell.span for cell in self._filled(row)))
        if unsaid:
            yield _BETWEEN.join(dict.fromkeys(_INNER.join(path) for path in paths.values()))

    def _form(self, start: int) -> Iterator[tuple[int, str]]:
        for row in self.order[:start]:
            yield from ((row, line) for line in self._plain(row))
        for row in self.order[start:]:
            pairs = list(named(self._filled(row)))
            yield from ((row, line) for line in _divided((), pairs))
            for name, cell in pairs:
                for grid in cell.inner:
                    yield from ((row, f"{name}: {line}") for line in grid.lines())

    # --- what the rows are ---

    def _titles(self) -> int:
        """Rows above the table proper: its title, where an export comes from."""
        filled = [len(self._filled(row)) for row in self.order[:_LOOKED_AT]]
        most = max(filled, default=0)
        count = 0
        for row, following in zip(self.order, self.order[1:], strict=False):
            cells = self._filled(row)
            alone = len(cells) == 1 and self._is_full_width(row)
            columns = {cell.column for cell in self._filled(following)}
            sparse = (
                2 * len(cells) <= most
                and cells[0].column == 0
                and all(cell.columns == cell.rows == 1 and not cell.header for cell in cells)
                and (len(cells) > 1 or most > 2)
                and (len(columns) < most or {cell.column for cell in cells} <= columns)
            )
            if not alone and not sparse:
                break
            count += 1
        return count if count < len(self.order) else 0

    def _header_depth(self, start: int) -> int:
        """Rows that name the columns."""
        order = self.order[start:]
        marked = list(takewhile(self._is_header, order))
        if marked:
            return len(marked) if len(marked) < len(order) or len(marked) == 1 else 1
        if len(order) < 2 or self.named is False or not self._looks_headed(order):
            return 0
        depth = 1
        while depth < len(order) - 1 and self._goes_on(order[depth - 1], order[depth]):
            depth += 1
        return depth

    def _is_header(self, row: int) -> bool:
        """True where all cells are marked; the corner may be empty."""
        cells = self.rows[row]
        shown = [cell for cell in cells if cell.filled or cell.column > cells[0].column]
        return all(cell.header for cell in shown) and any(cell.row == row for cell in cells)

    def _looks_headed(self, order: Sequence[int]) -> bool:
        """True for names of columns above figures, or a full row of short names.

        Two columns of words are rather names and values, row by row.
        """
        first = self._filled(order[0])
        if any(is_value(cell.text) or len(cell.text) > _LONGEST_LABEL for cell in first):
            return False
        if self.named:
            return True
        if any(cell.header for cell in self.rows[order[0]]) and not first[0].header:
            return False
        if len(first) < 2 or not counts([cell.text for cell in first]):
            return False
        if {cell.rows > 1 for cell in first} == {True, False} and all(
            cell.columns == 1 for cell in first
        ):
            return False  # what stands for several rows names them
        if self._holds_labels(order):
            return False
        below = Counter[tuple[int, str]]()
        figures: dict[int, bool] = {}
        years: dict[int, bool] = {}
        for row in order[1:_LOOKED_AT]:
            for cell in self._filled(row):
                if cell.row != order[0]:
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
            return above and words and 2 * most < len(order)
        return self.width > 2 or above

    def _holds_labels(self, order: Sequence[int]) -> bool:
        """True where cells below the first row bring labels of their own, or may be labels.

        "Date : 4 mars" is no value of what stands above it; of two rows of four cells nothing
        tells whether the first names the second.
        """
        body = [self._filled(row) for row in order[1:_LOOKED_AT]]
        cells = [cell for row in body for cell in row]
        if 3 * sum(_LABELLED.match(cell.text) is not None for cell in cells) > len(cells):
            return True
        names, values = body[0][::2], body[0][1::2]
        return (
            len(body) == 1 and len(names) == len(values) > 1
            and not any(has_digit(cell.text) for cell in names)
            and any(kind(cell.text) for cell in values)
        )  # fmt: skip

    def _goes_on(self, above: int, row: int) -> bool:
        """True when ``row`` names the columns below names that stretch over several of them."""
        spread = {
            column for cell in self._filled(above) if cell.columns > 1 for column in cell.span
        }
        reaching = {
            column for cell in self._filled(above) if cell.row + cell.rows > row
            for column in cell.span
        }  # fmt: skip
        own = [cell for cell in self._filled(row) if cell.row == row]
        if not own or any(is_value(cell.text) for cell in own):
            return False
        places = {column for cell in own for column in cell.span}
        if reaching:
            return not places & reaching
        named = {column for cell in self._filled(above) for column in cell.span}
        if spread:
            return not places & (named - spread)
        return not places & named  # each fills what the other leaves empty

    def _is_full_width(self, row: int) -> bool:
        cells = self._filled(row)
        return (
            len(cells) == 1 and cells[0].row == row
            and cells[0].columns >= max(2, self.width - cells[0].column)
            and cells[0].column <= 1
        )  # fmt: skip

    def _section(self, at: int) -> str:
        """The text of a row over the whole width, where it names the rows that follow."""
        cell = self._filled(self.order[at])[0]
        following = self.order[at + 1 : at + 2]
        names = following and len(self._filled(following[0])) > 1 and not cell.inner
        return cell.value if names and _names_rows(cell.value) else ""

    def _first_section(self, start: int, body: int) -> str:
        """The last title, where rows that name others follow: it names those up to the next."""
        if not 0 < start <= body < len(self.order) or self._is_full_width(self.order[body]):
            return ""
        cell = self._filled(self.order[start - 1])[0]
        others = range(body, len(self.order) - 1)
        named = self._is_full_width(self.order[start - 1]) and not cell.inner and any(
            self._is_full_width(self.order[at]) and self._section(at) for at in others
        )  # fmt: skip
        return cell.value if named and _names_rows(cell.value) else ""

    def _end(self) -> int:
        """Where the rows end, below which only notes stand: behind a gap, in the first column."""
        end = len(self.order)
        while end > 1 and self._is_note(self.order[end - 1]):
            end -= 1
            if self.order[end] > self.order[end - 1] + 1:
                return end
        return len(self.order)

    def _is_note(self, row: int) -> bool:
        cells = self._filled(row)
        return len(cells) == 1 and cells[0].column == 0 and _NOTE.match(cells[0].text) is not None

    def _filled(self, row: int) -> list[Cell]:
        return [cell for cell in self.rows[row] if cell.filled]

    # --- labels ---

    def _paths(self, header: Sequence[int]) -> dict[int, Path]:
        names: dict[int, list[str]] = {}
        for row in header:
            named: set[int] = set()
            for cell in self._filled(row):
                for column in set(cell.span) - named:
                    above = names.setdefault(column, [])
                    if cell.label and cell.label not in above[-1:]:
                        above.append(cell.label)
                named.update(cell.span)
        return {at: tuple(names[at]) for at in range(self.width) if names.get(at)}

    def _label(self, cell: Cell) -> str:
        """The names of the columns that a cell covers, what they share said once."""
        place = (cell.column, cell.columns)
        if place not in self.labels:
            # A cell may cover very many columns of which few have a name.
            first, last = (bisect_left(self.columns, end) for end in (place[0], sum(place)))
            self.labels[place] = _joined([self.paths[at] for at in self.columns[first:last]])
        return self.labels[place]

    def _figures(self, rows: Sequence[int]) -> frozenset[int]:
        count = Counter[int]()
        for row in rows[:_LOOKED_AT]:
            cells = self._filled(row)
            for cell in cells if cells[0].column == 0 else ():
                count[cell.column] += 1 if is_value(cell.text) else -1
        return frozenset(column for column, more in count.items() if more > 0)

    # --- rows as lines ---

    def _alone(self, row: int) -> Iterator[str]:
        for cell in self._filled(row):
            if cell.row == row:
                yield from filter(None, (" ".join(line.split()) for line in cell.text.split("\n")))
                for grid in cell.inner:
                    yield from grid.lines()

    def _plain(self, row: int) -> Iterator[str]:
        line = _BETWEEN.join(cell.value for cell in self._filled(row) if cell.value)
        if line:
            yield line
        for cell in self._filled(row):
            for grid in cell.inner:
                yield from grid.lines()

    def _row(self, row: int, section: str) -> Iterator[str]:
        cells = self._filled(row)
        if not self.paths and self.rows[row][0].header and not any(c.header for c in cells[1:]):
            yield from self._named_row(cells, section)
            return
        parts = [("" if self._names_row(cell, i) else self._label(cell), cell)
                 for i, cell in enumerate(cells)]  # fmt: skip
        shown = [(label if label != cell.value else "", cell) for label, cell in parts]
        keys = [i for i, cell in enumerate(cells) if cell.header and i < len(cells) - 1]
        if not keys and len(cells) > 1:
            first = next((i for i, cell in enumerate(cells) if cell.rows == 1), 0)
            keys = list(range(min(first + 1, len(cells) - 1)))
        head = [section] if section else []
        head += [_beside(*shown[i]) for i in keys if shown[i][1].text.strip()]
        yield from _divided(head, [shown[i] for i in range(len(shown)) if i not in keys])
        for label, cell in parts:
            for grid in cell.inner:
                for line in grid.lines():
                    yield _BETWEEN.join((*head, f"{label}: {line}" if label else line))

    def _names_row(self, cell: Cell, place: int) -> bool:
        """True for the words of a sum ("Total HT"), set in a column of figures or over several."""
        words = any(character.isalpha() for character in cell.text)
        if place or cell.inner or not words or is_value(cell.text):
            return False
        return cell.column in self.figures if cell.column else cell.columns > 1

    def _named_row(self, cells: Sequence[Cell], section: str) -> Iterator[str]:
        """A name in the first column and its values."""
        name = cells[0].label if cells[0].header else ""
        values = cells[1:] if cells[0].header else cells
        shown = _BETWEEN.join(cell.value for cell in values if cell.value)
        if name or shown:
            line = ": ".join(filter(None, (name, shown)))
            yield f"{section}{_BETWEEN}{line}" if section else line
        for cell in cells:
            for grid in cell.inner:
                for line in grid.lines():
                    yield f"{name}: {line}" if name else line


def _names_rows(text: str) -> bool:
    """True for a name; "Pause : 12 h" says something itself."""
    return len(text) <= _LONGEST_LABEL and text[-1:] not in ".!?" and ": " not in text


def _joined(paths: Sequence[Path]) -> str:
    if not paths:
        return ""
    first, shared = paths[0], 0
    while all(len(path) > shared and path[shared] == first[shared] for path in paths):
        shared += 1
    rest = dict.fromkeys(_INNER.join(path[shared:]) for path in paths)
    return _INNER.join(filter(None, (*first[:shared], ", ".join(filter(None, rest)))))


def _beside(label: str, cell: Cell) -> str:
    return f"{label}: {cell.value}" if label and cell.value else cell.value


def _divided(head: Sequence[str], parts: Sequence[tuple[str, Cell]]) -> Iterator[str]:
    """A row as a line, or as several that all begin with ``head`` when it is long."""
    line = list(head)
    for label, cell in parts:
        shown = _beside(label, cell)
        if not shown:
            continue
        if sum(map(len, line)) + len(shown) <= _LONGEST_LINE:
            line.append(shown)
            continue
        if len(line) > len(head):
            yield _BETWEEN.join(line)
        line = list(head)
        if len(shown) <= _LONGEST_LINE:
            line.append(shown)
            continue
        for paragraph in filter(str.strip, cell.text.split("\n")):
            yield _BETWEEN.join((*head, _beside(label, replace(cell, text=paragraph))))
    if len(line) > len(head) or (head and not parts):
        yield _BETWEEN.join(line)


_LABELLED = re.compile(r"[^\W\d][^:\n]{1,40}(?<!\d) ?: ?\S")
_NOTE = re.compile(r"[*(]|[^\W\d_]+ ?:\s|.{40}")
"""What stands below a table: "Source : …", "* estimate", a sentence."""
