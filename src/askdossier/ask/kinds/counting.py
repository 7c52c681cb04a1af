"""Questions for how many rows of a table there are, or what a column comes to.

Counted and added up here, over all rows: a ranking would give the best few, and a writer a figure
of one of them.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from askdossier import lang, text, verify
from askdossier.ask.kinds.several import groups
from askdossier.ask.kinds.whole import MOST_DOCUMENTS, Told, and_shown
from askdossier.ask.tabulated import Row, Table, tables
from askdossier.core import Language
from askdossier.index import Index
from askdossier.lang.forms import Forms, union
from askdossier.verify import facts

_TITLE = 3
"""Words of a title, at most, that still say what the rows of its table are."""
_FOREIGN = 1
"""Words of a question that no cell has: its verb."""


@dataclass(frozen=True, slots=True)
class Counting:
    """Asks how many there are, or what they come to."""

    what: str
    """As the question writes it, with the conditions behind it."""
    adds: bool
    """Asks for a sum, not for a number of rows."""


def matches(message: str) -> Counting | None:
    """Tell by its form; None for any other question."""
    for form, adds in ((_TOTAL, True), (_COUNT, False)):
        found = groups(form, message)
        if found is not None:
            return Counting(found["what"], adds)
    return None


def answer(
    asked: Counting, index: Index, names: Collection[str], language: Language
) -> Told | None:
    """Count or add up; None where no table, or more than one, is of what is asked."""
    of_it = [
        (table, rows)
        for name in sorted(names)
        for table in tables(index, name)
        if (rows := _chosen(table, asked))
    ]
    if len(of_it) != 1:
        return None
    table, rows = of_it[0]
    said = _added(table, rows, asked, language) if asked.adds else _counted(table, rows, language)
    if said is None:
        return None
    shown = rows[:MOST_DOCUMENTS]
    numbers = verify.Numbering()
    claims = tuple(numbers.quote(table.document, row.span, language) for row in shown)
    return Told(claims, and_shown(said, len(rows), len(shown), language))


def _chosen(table: Table, asked: Counting) -> tuple[Row, ...]:
    """The rows that the question is about; none where the table is about something else."""
    words = [stems for word in asked.what.split() if (stems := text.stems(word))]
    if not words:
        return ()
    title = text.stems(f"{table.document.title} {table.heading}")
    path = text.stems(table.document.id.replace("/", " ").replace("-", " ").rpartition(".")[0])
    own = path | (title if len(title) <= _TITLE else frozenset()) | text.stems(table.columns[0])
    head, *others = words
    if asked.adds:
        if _column(table, asked) is None:
            return ()
        others = [word for word in words if not word & text.stems(" ".join(table.columns))]
    elif not head & own:
        return ()
    conditions, foreign = [], 0
    for word in others:
        if any(word & _said(row) for row in table.rows):
            conditions.append(word)
        elif not word & (own | title):
            foreign += 1
    if foreign > _FOREIGN:
        return ()
    return tuple(row for row in _entries(table) if all(word & _said(row) for word in conditions))


def _entries(table: Table) -> tuple[Row, ...]:
    """The rows without those that sum up the others."""
    return tuple(row for row in table.rows if text.fold(row.cells[0][1]).rstrip(" :") not in _SUMS)


def _counted(table: Table, rows: Sequence[Row], language: Language) -> str:
    words = lang.of(language).several
    title = text.in_quotes(table.document.title, language)
    return words.counted.format(count=len(rows), total=len(_entries(table)), title=title)


def _added(table: Table, rows: Sequence[Row], asked: Counting, language: Language) -> str | None:
    """The sum of a column; None where a row has no number there, or their units differ."""
    column = _column(table, asked)
    values = [value for row in rows for name, value in row.cells if name == column]
    read = [_number(value) for value in values]
    known = [one for one in read if one is not None]
    units = {unit for _, unit in known}
    if column is None or len(known) != len(rows) or len(units) != 1:
        return None
    total = sum((number for number, _ in known), Decimal(0))
    words = lang.of(language).several
    shown = f"{total.normalize():f} {units.pop()}".strip().replace(".", words.decimal)
    return words.added.format(total=shown, count=len(rows), column=text.in_quotes(column, language))


def _column(table: Table, asked: Counting) -> str | None:
    """The column that a question for a sum names first, if it is one."""
    head = next((stems for word in asked.what.split() if (stems := text.stems(word))), frozenset())
    named = [name for name in table.columns if head & text.stems(name)]
    return named[0] if len(named) == 1 else None


def _number(value: str) -> tuple[Decimal, str] | None:
    """A value that is one exact number, and what stands behind it."""
    figures = facts.figures(value)
    if len(figures) == 1 and len(figures[0].values) == 1 and not figures[0].bound:
        unit = value.lstrip("0123456789., \u00a0\u202f-").strip()
        return Decimal(str(min(figures[0].values))), unit
    try:
        return Decimal(value.replace(",", ".")), ""
    except InvalidOperation:
        return None


def _said(row: Row) -> frozenset[str]:
    return text.stems(" ".join(value for _, value in row.cells))


_SUMS = union(lambda known: known.several.sums)
_COUNT = Forms(lambda known: known.several.counting)
_TOTAL = Forms(lambda known: known.several.total)
