"""Old Excel workbooks (XLS): every sheet with its cells as they are shown."""

from __future__ import annotations

import io
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

from askdossier.load.archive import damaged
from askdossier.load.grid import Cell
from askdossier.load.metadata import Metadata
from askdossier.load.number_format import shown, truth
from askdossier.load.numbering import lowered, raised
from askdossier.load.reader import Content, bounded
from askdossier.load.sheets import Sheet, sheet_blocks
from askdossier.load.withdrawn import COMMENT, STRUCK, Withdrawn
from askdossier.text import language, normalise

SUFFIXES = (".xls", ".xlt")

_RAISED = 1
"""What the file says of a font that stands above the line; 2 for below it."""
_SAMPLE = 20_000
"""Characters from which the language of a workbook is told."""


def read(path: Path) -> Content:
    """Read a workbook; formulas give what they last came to."""
    import xlrd

    gone = Withdrawn()
    try:
        book = xlrd.open_workbook(
            path, formatting_info=True, ragged_rows=True, logfile=io.StringIO()
        )
        sheets = [_sheet(book, sheet, gone) for sheet in book.sheets()]
    except (OSError, MemoryError):
        raise
    except Exception as error:  # a damaged file ends the library in many ways
        raise damaged(path.name, "the workbook") from error
    blocks = tuple(bounded(sheet_blocks(sheets, gone), path.name))
    about = Metadata(title=path.stem, author=normalise(book.user_name).strip() or None)
    return Content(blocks, about, lost=gone.removals)


def _sheet(book: Any, sheet: Any, gone: Withdrawn) -> Sheet:
    if sheet.visibility:
        return Sheet(sheet.name, (), hidden=True)
    words = " ".join(str(v) for row in range(min(sheet.nrows, 500)) for v in sheet.row_values(row))
    cells = tuple(_cells(book, sheet, gone, french=language(words[:_SAMPLE]) == "fr"))
    for place, note in sorted(sheet.cell_note_map.items()):
        gone.add(f"{_name(*place)}: {note.text}", COMMENT)
    # Which rows a filter hides is not said: with one, all that are hidden count as shown.
    rows = frozenset() if _has_filter(book, sheet) else _hidden(sheet.rowinfo_map)
    return Sheet(sheet.name, cells, False, rows, _hidden(sheet.colinfo_map))


def _has_filter(book: Any, sheet: Any) -> bool:
    return any(
        name.builtin and name.name == "_FilterDatabase" and name.scope == sheet.number
        for name in book.name_obj_list
    )


def _hidden(about: dict[int, Any]) -> frozenset[int]:
    """The rows or columns that somebody has hidden, not those of a group that is folded."""
    return frozenset(
        place for place, info in about.items() if info.hidden and not info.outline_level
    )


def _cells(book: Any, sheet: Any, gone: Withdrawn, *, french: bool) -> Iterator[Cell]:
    spans = {
        (top, left): (bottom - top, right - left) for top, bottom, left, right in sheet.merged_cells
    }
    for row in range(sheet.nrows):
        for column, cell in enumerate(sheet.row(row)):
            look = book.xf_list[cell.xf_index]
            text = normalise(_text(book, cell, look, french)).strip()
            if text and (runs := sheet.rich_text_runlist_map.get((row, column))):
                text, struck = _apart(book, look, cell.value, runs)
                gone.add(struck, STRUCK)
                if text:
                    yield Cell(text, row, column, *spans.get((row, column), (1, 1)))
                continue
            if text and book.font_list[look.font_index].struck_out:
                gone.add(text, STRUCK)
            elif text:
                yield Cell(text, row, column, *spans.get((row, column), (1, 1)))


def _apart(book: Any, look: Any, text: str, runs: list[tuple[int, int]]) -> tuple[str, str]:
    """The words of a cell in several fonts that stay, and those that are struck through."""
    parts = {False: "", True: ""}
    starts = [(0, look.font_index), *runs]
    for (begin, at), (end, _) in pairwise([*starts, (len(text), 0)]):
        font, piece = book.font_list[at], text[begin:end]
        if font.escapement == _RAISED:
            piece = raised(piece)
        elif font.escapement:
            piece = lowered(piece, parts[False])
        parts[bool(font.struck_out)] += piece
    return normalise(parts[False]).strip(), parts[True]


def _text(book: Any, cell: Any, look: Any, french: bool) -> str:
    import xlrd

    match cell.ctype:
        case xlrd.XL_CELL_TEXT:
            return str(cell.value)
        case xlrd.XL_CELL_NUMBER | xlrd.XL_CELL_DATE:
            code = book.format_map[look.format_key].format_str
            return shown(cell.value, code, french=french, from_1904=bool(book.datemode))
        case xlrd.XL_CELL_BOOLEAN:
            return truth(bool(cell.value), french=french)
        case xlrd.XL_CELL_ERROR:
            return str(xlrd.error_text_from_code.get(cell.value, ""))
        case _:
            return ""


def _name(row: int, column: int) -> str:
    """The name of a cell, such as ``B7``."""
    letters = ""
    column += 1
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return f"{letters}{row + 1}"
