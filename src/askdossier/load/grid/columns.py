"""What the columns of a table are called."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from askdossier.load.grid.cells import BETWEEN, INNER, Cell
from askdossier.load.grid.rows import LOOKED_AT, Row
from askdossier.load.values import is_value

Path = tuple[str, ...]
"""The names of a column, the widest first."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The names of the columns, from the rows that give them up to the next that do."""

    paths: Mapping[int, Path] = field(default_factory=dict)
    """By column, in their order."""
    given: bool = False
    """False as long as no row has named any."""
    figures: frozenset[int] = frozenset()
    """Columns most of whose cells are values, in rows that have a name."""
    _places: Sequence[int] = ()
    """The columns in ``paths``."""
    _labels: dict[tuple[int, int], str] = field(default_factory=dict)
    """What was asked of ``label`` before: the cells of a column all have the same."""

    def label(self, cell: Cell) -> str:
        """The names of the columns that a cell covers, what they share said once."""
        place = (cell.column, cell.columns)
        if place not in self._labels:
            # A cell may cover very many columns of which few have a name.
            first, last = (bisect_left(self._places, end) for end in (place[0], sum(place)))
            self._labels[place] = _joined([self.paths[at] for at in self._places[first:last]])
        return self._labels[place]

    def unsaid(self, said: Iterable[Iterable[int]]) -> Iterator[str]:
        """A line of all names, where one is not ``said``: the columns that a row names, by row."""
        unsaid = set(self.paths)
        for named in said:
            unsaid.difference_update(named)
            if not unsaid:
                return
        if unsaid:
            yield BETWEEN.join(dict.fromkeys(INNER.join(path) for path in self.paths.values()))


def named_by(rows: Sequence[Row], header: slice, before: Columns) -> Columns:
    """The columns as the rows of a header call them: ``before`` itself where nothing is new."""
    paths = _paths(rows[header])
    if paths == before.paths:
        return before
    body = rows[header.stop : header.stop + LOOKED_AT]
    return Columns(paths, given=True, figures=_figures(body), _places=list(paths))


def _paths(header: Sequence[Row]) -> dict[int, Path]:
    names: dict[int, list[str]] = {}
    for row in header:
        named: set[int] = set()
        for cell in row.filled:
            for column in set(cell.span) - named:
                above = names.setdefault(column, [])
                if cell.label and cell.label not in above[-1:]:
                    above.append(cell.label)
            named.update(cell.span)
    width = header[0].width if header else 0
    return {at: tuple(names[at]) for at in range(width) if names.get(at)}


def _figures(rows: Sequence[Row]) -> frozenset[int]:
    count = Counter[int]()
    for row in rows:
        for cell in row.filled if row.filled[0].column == 0 else ():
            count[cell.column] += 1 if is_value(cell.text) else -1
    return frozenset(column for column, more in count.items() if more > 0)


def _joined(paths: Sequence[Path]) -> str:
    if not paths:
        return ""
    first, shared = paths[0], 0
    while all(len(path) > shared and path[shared] == first[shared] for path in paths):
        shared += 1
    rest = dict.fromkeys(INNER.join(path[shared:]) for path in paths)
    return INNER.join(filter(None, (*first[:shared], ", ".join(filter(None, rest)))))
