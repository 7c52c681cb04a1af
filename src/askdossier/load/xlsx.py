"""Excel workbooks (XLSX): every sheet with its cells as they are shown.

Read from the parts themselves: a cell of 0.725 shows "72,5 %", and only its style says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from askdossier.load.archive import Archive, Node, opened
from askdossier.load.grid import Cell
from askdossier.load.metadata import Metadata
from askdossier.load.number_format import shown, truth
from askdossier.load.numbering import lowered, raised
from askdossier.load.ooxml import core_properties, related
from askdossier.load.pivots import Pivot, labelled, pivot
from askdossier.load.reader import Content, bounded
from askdossier.load.sheets import Sheet, sheet_blocks
from askdossier.load.withdrawn import COMMENT, STRUCK, UNCALCULATED, Withdrawn
from askdossier.load.xlsx_drawn import drawn_upon
from askdossier.text import language, normalise

SUFFIXES = (".xlsx", ".xlsm", ".xltx")

_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_BOX = "{http://schemas.microsoft.com/office/spreadsheetml/2022/featurepropertybag}xfComplement"
"""Part of the style of a cell that draws its truth value as a box."""
_WORKBOOK = "xl/workbook.xml"
_PLACE = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")
_BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 5: "#,##0", 6: "#,##0", 7: "#,##0.00",
    8: "#,##0.00", 9: "0%", 10: "0.00%", 14: "d/m/y", 15: "d/m/y", 16: "d/m", 17: "m/y",
    18: "h:m", 19: "h:m:s", 20: "h:m", 21: "h:m:s", 22: "d/m/y h:m", 37: "#,##0", 38: "#,##0",
    39: "#,##0.00", 40: "#,##0.00", 41: "#,##0", 42: "#,##0", 43: "#,##0.00", 44: "#,##0.00",
    45: "m:s", 46: "[h]:m:s", 47: "m:s",
}  # fmt: skip
_TRUE = frozenset({"1", "true"})
_MOST_COLUMNS = 16_384
_MOST_TABLES = 100
"""Of one sheet, whose filters are looked at."""
_NAMED = 10
"""Cells of one sheet that are named in a report."""
_SAMPLE = 20_000
"""Characters from which the language of a workbook is told."""


def read(path: Path) -> Content:
    """Read a workbook; formulas give what they last came to."""
    with opened(path) as archive:
        workbook = archive.xml(_WORKBOOK)
        reader = _Reader(archive, workbook)
        blocks = tuple(bounded(sheet_blocks(reader.sheets(), reader.gone), path.name))
        reader.tell_comments()
        about = core_properties(archive)
        return Content(blocks, about.over(Metadata(title=path.stem)), lost=reader.gone.removals)


@dataclass(frozen=True, slots=True)
class _Look:
    format: str = "General"
    struck: bool = False
    box: bool = False
    """Whether a truth value is drawn as a box."""


class _Reader:
    """One way through a workbook."""

    def __init__(self, archive: Archive, workbook: Node) -> None:
        self._archive = archive
        self._workbook = workbook
        self.gone = Withdrawn()
        self._parts = related(archive, _WORKBOOK)
        self._strings = [self._rich(node) for node in self._part("xl/sharedStrings.xml")]
        self._looks = list(_looks(self._part("xl/styles.xml")))
        about = workbook.find(f"{_S}workbookPr")
        self._from_1904 = about is not None and about.get("date1904") in {"1", "true"}
        words = " ".join(text for text, _ in self._strings[:2000])[:_SAMPLE]
        self._french = language(words) == "fr"

    def sheets(self) -> Iterator[Sheet]:
        """The sheets in the order of their tabs."""
        for node in self._workbook.iter(f"{_S}sheet"):
            part = self._parts.get(node.get(f"{_R}id") or "")
            if part is None or part not in self._archive.names:
                continue
            name = node.get("name") or ""
            if node.get("state") in {"hidden", "veryHidden"}:
                yield Sheet(name, (), hidden=True)
                continue
            if "chartsheet" in part:
                yield Sheet(name, (), beside=tuple(drawn_upon(self._archive, part)))
                continue
            sheet = self._archive.xml(part)
            cells = labelled(self._cells(sheet), list(self._pivots(part)))
            self._tell_uncalculated(sheet, name)
            rows = frozenset(_hidden_rows(sheet, self._filtered(part, sheet)))
            yield Sheet(name, cells, False, rows, frozenset(_hidden_columns(sheet)),
                        tuple(drawn_upon(self._archive, part)))  # fmt: skip

    def _pivots(self, part: str) -> Iterator[Pivot]:
        for name in sorted(set(related(self._archive, part).values()))[:_MOST_TABLES]:
            if "/pivotTables/" not in name or name not in self._archive.names:
                continue
            root = self._archive.xml(name)
            location = root.find(f"{_S}location")
            if location is None:
                continue
            first, _, last = (location.get("ref") or "").partition(":")
            begin, end = _place(first), _place(last or first)
            found = pivot(root, begin, end) if begin and end else None
            if found is not None:
                yield found

    def _filtered(self, part: str, sheet: Node) -> list[range] | None:
        """The rows that filters choose from: the sheet's own and its tables'; None for unknown."""
        parts = sorted(set(related(self._archive, part).values()))
        tables = [name for name in parts if "/tables/" in name][:_MOST_TABLES]
        roots = [sheet, *map(self._part, tables)]
        ranges = [rows for root in roots if len(root) for rows in _filter_ranges(root)]
        about = sheet.find(f"{_S}sheetPr")
        is_filtered = about is not None and about.get("filterMode") in _TRUE
        return None if is_filtered and not ranges else ranges

    def tell_comments(self) -> None:
        """Tell what people remark on cells."""
        for name in sorted(self._archive.names):
            if re.fullmatch(r"xl/(?:comments\d*|comments/comment\d+)\.xml", name):
                for comment in self._archive.xml(name).iter(f"{_S}comment"):
                    place = comment.get("ref") or ""
                    self.gone.add(f"{place}: {self._rich(comment)[0]}", COMMENT)

    def _tell_uncalculated(self, sheet: Node, name: str) -> None:
        """Tell the formulas that no program has worked out: their cells show nothing here."""
        empty = [
            formula.getparent().get("r") or "?" for formula in sheet.iter(f"{_S}f")
            if not formula.getparent().findtext(f"{_S}v")
            and formula.getparent().get("t") != "str"
        ]  # fmt: skip
        if empty:
            more = f" … ({len(empty)})" if len(empty) > _NAMED else ""
            self.gone.add(f"{name}: {', '.join(empty[:_NAMED])}{more}", UNCALCULATED)

    def _part(self, name: str) -> Node:
        return self._archive.xml(name) if name in self._archive.names else ()

    def _cells(self, sheet: Node) -> Iterator[Cell]:
        spans: dict[tuple[int, int], tuple[int, int]] = {}
        for merge in sheet.iter(f"{_S}mergeCell"):
            first, _, last = (merge.get("ref") or "").partition(":")
            begin, end = _place(first), _place(last)
            if begin and end and begin <= end:
                spans[begin] = (end[0] - begin[0] + 1, max(1, end[1] - begin[1] + 1))
        for row, line in _rows(sheet):
            column = -1
            for node in line.iterchildren(f"{_S}c"):
                place = _place(node.get("r") or "")
                column = place[1] if place else column + 1
                text = self._text(node)
                if text:
                    rows, columns = spans.get((row, column), (1, 1))
                    yield Cell(text, row, column, rows, columns)

    def _text(self, node: Node) -> str:
        style = node.get("s") or ""
        known = int(style) if style.isdecimal() and len(style) < 7 else -1
        look = self._looks[known] if 0 <= known < len(self._looks) else _Look()
        kind = node.get("t") or "n"
        value = node.findtext(f"{_S}v") or ""
        struck = ""
        if kind == "s":
            at = int(value) if value.isdecimal() and len(value) < 9 else -1
            text, struck = self._strings[at] if 0 <= at < len(self._strings) else ("", "")
        elif kind == "inlineStr":
            inline = node.find(f"{_S}is")
            text, struck = self._rich(inline) if inline is not None else ("", "")
        elif kind == "b":
            is_true = value == "1"
            text = "☐☒"[is_true] if look.box else truth(is_true, french=self._french)
        elif kind == "n":
            try:
                number = float(value)
                text = shown(number, look.format, french=self._french, from_1904=self._from_1904)
            except (ValueError, OverflowError):
                text = value
        else:
            text = value
        text = normalise(text).strip()
        if look.struck or struck:
            self.gone.add(text if look.struck else struck, STRUCK)
        return "" if look.struck else text

    def _rich(self, node: Node) -> tuple[str, str]:
        """The characters of a string without phonetic hints, and those struck through in it."""
        parts: list[str] = []
        struck: list[str] = []
        for text in node.iter(f"{_S}t"):
            run = text.getparent()
            if run.tag == f"{_S}rPh":
                continue
            strike = run.find(f"{_S}rPr/{_S}strike")
            gone = strike is not None and strike.get("val") not in {"0", "false"}
            shown_as = run.find(f"{_S}rPr/{_S}vertAlign")
            line = shown_as.get("val") if shown_as is not None else None
            said = text.text or ""
            if line == "superscript":
                said = raised(said)
            elif line == "subscript":
                said = lowered(said, parts[-1] if parts else "")
            (struck if gone else parts).append(said)
        return "".join(parts), "".join(struck)


def _rows(sheet: Node) -> Iterator[tuple[int, Node]]:
    """The rows of a sheet with their numbers, from 0."""
    row = -1
    for line in sheet.iter(f"{_S}row"):
        number = line.get("r") or ""
        row = int(number) - 1 if number.isdecimal() and len(number) < 8 else row + 1
        yield row, line


def _filter_ranges(root: Node) -> Iterator[range]:
    """The rows among which the filter of a sheet or of a table chooses, where it does."""
    filters = root.find(f"{_S}autoFilter")
    if filters is not None and filters.find(f"{_S}filterColumn") is not None:
        first, _, last = (filters.get("ref") or "").partition(":")
        begin, end = _place(first), _place(last)
        if begin and end:
            yield range(begin[0], end[0] + 1)


def _hidden_rows(sheet: Node, filtered: list[range] | None) -> Iterator[int]:
    """The rows that somebody has hidden, not what a filter hides or a group folds."""
    for row, line in _rows(sheet):
        if (
            line.get("hidden") in _TRUE and not _is_folded(line)
            and filtered is not None and not any(row in rows for rows in filtered)
        ):  # fmt: skip
            yield row


def _hidden_columns(sheet: Node) -> Iterator[int]:
    for node in sheet.iter(f"{_S}col"):
        ends = [node.get("min") or "", node.get("max") or ""]
        if node.get("hidden") in _TRUE and not _is_folded(node) and all(
            end.isdecimal() and len(end) < 6 for end in ends
        ):  # fmt: skip
            yield from range(int(ends[0]) - 1, min(int(ends[1]), _MOST_COLUMNS))


def _is_folded(node: Node) -> bool:
    """True for a row or columns of a group, which can be opened with a click."""
    return (node.get("outlineLevel") or "0") != "0"


def _place(reference: str) -> tuple[int, int] | None:
    """Row and column, from 0, of a reference such as ``B7``."""
    match = _PLACE.fullmatch(reference.replace("$", ""))
    if match is None:
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match[2]) - 1, column - 1


def _looks(styles: Node) -> Iterator[_Look]:
    if not len(styles):
        return
    codes = {
        node.get("numFmtId"): node.get("formatCode") or "General"
        for node in styles.iter(f"{_S}numFmt")
    }
    fonts = [
        (strike := font.find(f"{_S}strike")) is not None
        and strike.get("val") not in {"0", "false"}
        for font in styles.iterfind(f"{_S}fonts/{_S}font")
    ]  # fmt: skip
    for node in styles.iterfind(f"{_S}cellXfs/{_S}xf"):
        name = node.get("numFmtId") or "0"
        font = node.get("fontId") or "0"
        built_in = _BUILT_IN.get(int(name), "General") if name.isdecimal() else "General"
        at = int(font) if font.isdecimal() and len(font) < 7 else -1
        struck = 0 <= at < len(fonts) and fonts[at]
        yield _Look(codes.get(name, built_in), struck, next(node.iter(_BOX), None) is not None)
