"""Tables of web pages: which of them hold data, and their grids."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence, Set
from typing import Any

from askdossier.load.folded import is_folded
from askdossier.load.grid import Cell, Grid, blocks_of, laid_out
from askdossier.load.reader import bounded

Node = Any
"""An element of lxml, which has no type information."""
Text = Callable[[Node], str]
"""The visible text of a cell, its paragraphs one a line."""

_LONGEST_CELL = 500
"""Characters; a longer cell means a table used for layout, where nothing is marked as a header."""
_LONGEST_NAME = 60
_FEWEST_NAMED = 3
_TABLES = frozenset({"table", "grid", "treegrid"})
_HEADED = frozenset({"columnheader", "rowheader"})
_CELLS = _HEADED | {"cell", "gridcell"}


def settle(tree: Node, text: Text, name: str) -> None:
    """Put the lines of its grid in the place of every table of data, one a row of one cell.

    A table that only lays out the page stays, and what is in its cells. ``name`` is that of the
    file, for errors.
    """
    _spelled_out(tree)
    for table in list(tree.iter("table")):
        if table.getroottree().getroot() is not tree.getroottree().getroot():
            continue  # inside a table that has been read
        if _lays_out(table, text):
            continue
        captions = [text(caption) for caption in table.iterchildren("caption")]
        lines = [*captions, *(block.text for block in bounded(blocks_of(_grid(table, text)), name))]
        for child in list(table):
            table.remove(child)
        table.text = None
        for line in filter(str.strip, lines):
            row = table.makeelement("tr")
            cell = row.makeelement("td")
            cell.text = line
            row.append(cell)
            table.append(row)


def _spelled_out(tree: Node) -> None:
    """Put a table where the rows stand of what only its roles tell to be one.

    What is around the rows stays; so does all where a row shows something outside its cells.
    """
    for table in list(tree.iter("*")):
        if table.get("role") not in _TABLES or table.tag == "table":
            continue
        rows = [(row, list(_nearest(row, _CELLS))) for row in _nearest(table, {"row"})]
        if any(_bare(row) != "".join(map(_bare, cells)) for row, cells in rows) or not any(
            cell.get("role") in _HEADED for _, cells in rows for cell in cells
        ):
            continue
        spelled = table.makeelement("table")
        rows[0][0].addprevious(spelled)
        for row, cells in rows:
            row.drop_tree()
            line = spelled.makeelement("tr")
            spelled.append(line)
            for cell in cells:
                cell.tag, cell.tail = "td", None
                line.append(cell)


def _nearest(node: Node, roles: Set[str]) -> Iterator[Node]:
    """The elements of these roles in one, not those inside them or inside another table."""
    for child in node.iterchildren("*"):
        role = child.get("role")
        if role in roles:
            yield child
        elif role not in _TABLES and not is_folded(child):
            yield from _nearest(child, roles)


def _bare(node: Node) -> str:
    return "".join(node.text_content().split())


def _lays_out(table: Node, text: Text) -> bool:
    if table.get("role") in {"presentation", "none"}:
        return True
    rows = [list(_cells(row)) for row in _rows(table)]
    if max((sum(_span(cell, "colspan") for cell in row) for row in rows), default=0) <= 1:
        return True
    cells = [cell for row in rows for cell in row]
    if any(_is_label(cell) for cell in cells):
        return False
    headed = any(next(cell.iter("h1", "h2", "h3"), None) is not None for cell in cells)
    nested = any(next(cell.iter("table"), None) is not None for cell in cells)
    if headed or (nested and not _holds_names(table, rows, text)):
        return True
    return any(len(text(cell)) > _LONGEST_CELL for cell in cells)


def _holds_names(table: Node, rows: Sequence[Sequence[Node]], text: Text) -> bool:
    """True for a table with borders, or most of whose rows are a name and what it stands for."""
    if (table.get("border") or "0").strip() not in {"", "0"}:
        return True
    named = sum(
        len(row) > 1 and 0 < len(text(row[0])) < _LONGEST_NAME
        and next(row[0].iter("table", "img"), None) is None for row in rows
    )  # fmt: skip
    return named >= max(_FEWEST_NAMED, len(rows) / 2)


def _rows(table: Node) -> Iterator[Node]:
    """The rows of a table, not of those inside it."""
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in {"thead", "tbody", "tfoot"}:
            yield from child.iterchildren("tr")


def _cells(row: Node) -> Iterator[Node]:
    return row.iterchildren("td", "th")  # type: ignore[no-any-return]


def _is_label(cell: Node) -> bool:
    in_head = cell.getparent().getparent().tag == "thead"
    return cell.tag == "th" or in_head or cell.get("role") in _HEADED


def _grid(table: Node, text: Text) -> Grid:
    return laid_out([[_cell(cell, text) for cell in _cells(row)] for row in _rows(table)])


def _cell(node: Node, text: Text) -> Cell:
    """A cell; the tables in it are taken out of the tree and read apart."""
    label = _is_label(node)
    inner = []
    while (table := next(node.iter("table"), None)) is not None:
        inner.append(_grid(table, text))
        table.drop_tree()
    return Cell(
        text(node), rows=_span(node, "rowspan"), columns=_span(node, "colspan"),
        header=label, inner=tuple(inner),
    )  # fmt: skip


def _span(cell: Node, name: str) -> int:
    written = (cell.get(name) or "1").strip()
    return int(written) if written.isdecimal() and len(written) < 6 else 1
