"""OpenDocument texts (ODT): all that a reader sees on the page, and the properties.

What is written and then withdrawn (tracked deletions, words struck through or hidden) and what
people remark on it (comments) is told beside the text, not in it.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from askdossier.core import Block, UnreadableDocument
from askdossier.load.archive import Archive, Node, opened
from askdossier.load.grid import Cell, Grid, blocks_of
from askdossier.load.margins import margins, watermarks
from askdossier.load.mathml import formula
from askdossier.load.metadata import Metadata, iso_date, plain
from askdossier.load.numbering import BULLET, Numbers, lowered, raised
from askdossier.load.odf_charts import CHART, rows, titles
from askdossier.load.odf_forms import filled_in, value
from askdossier.load.odt_styles import DC, DRAW, OFFICE, STYLE, TABLE, TEXT, Styles
from askdossier.load.reader import LONGEST_TEXT, Content, bounded, too_large
from askdossier.load.withdrawn import COMMENT, DELETED, HIDDEN, NOT_READ, Withdrawn
from askdossier.text import normalise

SUFFIXES = (".odt", ".ott")

_META = "{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}"
_SVG = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"

_LEFT_OUT = frozenset(
    {f"{TEXT}note-citation", f"{TEXT}table-of-content", f"{TEXT}sequence-decls",
     f"{TEXT}variable-decls", f"{TEXT}user-field-decls", f"{TEXT}bookmark", f"{OFFICE}forms",
     f"{_SVG}title", f"{_SVG}desc", f"{OFFICE}event-listeners", f"{TEXT}ruby-text"}
)  # fmt: skip
_PAGES = frozenset({f"{TEXT}page-number", f"{TEXT}page-count"})
_ROW_GROUPS = frozenset(
    f"{TABLE}{name}" for name in ("table-header-rows", "table-rows", "table-row-group")
)
_FOLDING = (f"{TABLE}table-row-group", f"{TABLE}table-column-group")
"""Groups that can be opened with a click."""
_WATERMARK = "PowerPlusWaterMarkObject"
"""What Word and LibreOffice call the shape of a watermark."""
_NOTHING: Mapping[str | None, str] = {}
_MOST_REPEATED = 1000
_MOST_CELLS = LONGEST_TEXT // 8
"""Of one table; with the names of their columns more would be too much text."""


def read(path: Path) -> Content:
    """Read an OpenDocument text."""
    with opened(path) as archive:
        content = archive.xml("content.xml")
        styles = archive.xml("styles.xml") if "styles.xml" in archive.names else None
        looks = Styles(root for root in (styles, content) if root is not None)
        reader = Reader(looks, path.name, archive, filled_in(content))
        blocks = tuple(bounded(_all(reader, content, styles), path.name))
        blocks += tuple(watermarks(reader.watermarks, blocks))
        return Content(blocks, metadata(archive, blocks), lost=reader.gone.removals)


def _all(reader: Reader, content: Node, styles: Node) -> Iterator[Block]:
    body = content.find(f"{OFFICE}body/{OFFICE}text")
    if body is not None:
        yield from reader.blocks(body)
    parts = styles.find(f"{OFFICE}master-styles") if styles is not None else None
    if parts is not None:
        yield from margins(
            block
            for kind in ("header", "footer")
            for variant in (kind, f"{kind}-first", f"{kind}-left")
            for part in parts.iter(f"{STYLE}{variant}")
            for block in reader.blocks(part, margin=True)
        )


@dataclass(frozen=True, slots=True)
class _Item:
    """The list item that a paragraph stands in."""

    numbers: Numbers
    depth: int
    counted: bool = True
    """False where its paragraph goes on with an item, or only heads the list."""
    start: int | None = None
    """The number that the file gives it."""


class Reader:
    """One way through a document."""

    def __init__(
        self, styles: Styles, name: str, archive: Archive | None = None,
        filled: Mapping[str | None, str] = _NOTHING,
    ) -> None:  # fmt: skip
        """``name`` is that of the file, for errors; formulas and charts are parts of ``archive``.

        ``filled`` gives what the fields of its forms show.
        """
        self._filled = filled
        self._archive = archive
        self._styles = styles
        self._name = name
        self.gone = Withdrawn()
        self.watermarks: dict[str, None] = {}
        """Words that are drawn across the pages."""
        self._lists: dict[str, Numbers] = {}
        """By their ids, and the last one by the name of its style."""
        self._notes: list[Node] = []
        """Those named since the last full paragraph or table."""

    def blocks(
        self, parent: Node, item: _Item | None = None, *, margin: bool = False
    ) -> Iterator[Block]:
        """The lines of a body, a text box, a note; notes stand behind what names them."""
        for child in parent:
            if child.tag in _LEFT_OUT or not isinstance(child.tag, str):
                continue
            if child.tag in {f"{TEXT}h", f"{TEXT}p"}:
                yield from self._paragraph(child, item, margin)
                yield from self._due(margin)
                item = _gone_on(item)
            elif child.tag == f"{TEXT}list":
                yield from self._list(child, item, margin)
            elif child.tag == f"{TABLE}table":
                yield from blocks_of(self.grid(child))
                yield from self._due(margin)
            elif child.tag == f"{TEXT}tracked-changes":
                for deleted in child.iter(f"{TEXT}deletion"):
                    self.gone.add(_characters(deleted), DELETED)
            elif child.tag == f"{OFFICE}annotation":
                self._comment(child)
            elif margin and (child.get(f"{DRAW}name") or "").startswith(_WATERMARK):
                self.watermarks[" ".join(_characters(child).split())] = None
            elif child.get(f"{TEXT}display") == "none":
                self.gone.add(_characters(child), HIDDEN)
            elif child.tag == f"{DRAW}object":
                yield from self._object(child)
            else:
                yield from self.blocks(child, item, margin=margin)

    def _due(self, margin: bool) -> Iterator[Block]:
        notes, self._notes = self._notes, []
        for note in notes:
            yield from self.blocks(note, margin=margin)

    def _list(self, node: Node, outer: _Item | None, margin: bool) -> Iterator[Block]:
        style = node.get(f"{TEXT}style-name")
        goes_on = node.get(f"{TEXT}continue-list")
        if goes_on is None and node.get(f"{TEXT}continue-numbering") == "true":
            goes_on = style
        if outer is not None:
            numbers, depth = outer.numbers, outer.depth + 1
        else:
            numbers = self._lists.get(goes_on or "") or self._styles.numbers(style)
            depth = 0
        name = node.get("{http://www.w3.org/XML/1998/namespace}id")
        self._lists.update({key: numbers for key in (name, style) if key})
        for child in node:
            if child.tag not in {f"{TEXT}list-item", f"{TEXT}list-header"}:
                continue
            start = child.get(f"{TEXT}start-value") or ""
            item = _Item(
                numbers, depth, child.tag == f"{TEXT}list-item",
                int(start) if start.isdecimal() and len(start) < 7 else None,
            )  # fmt: skip
            yield from self.blocks(child, item, margin=margin)

    def _paragraph(self, node: Node, item: _Item | None, margin: bool) -> Iterator[Block]:
        text = _Text(node, self._styles, self.gone, self._formula, self._filled, pages=not margin)
        for box in text.boxes:
            yield from self.blocks(box, margin=margin)
        for comment in text.comments:
            self._comment(comment)
        self._notes += text.notes
        style = node.get(f"{TEXT}style-name")
        level = 1 if self._styles.is_title(style) else 0
        outline = node.get(f"{TEXT}outline-level") or "1"
        if node.tag == f"{TEXT}h":
            level = min(int(outline), 6) if outline.isdecimal() else 1
        marker = self._marker(node, item, level)
        for line in filter(str.strip, normalise(text.shown).split("\n")):
            yield Block(marker + line.strip(), level)
            marker = ""

    def _marker(self, node: Node, item: _Item | None, level: int) -> str:
        """Count a paragraph in its list, or a heading among the headings."""
        marker = ""
        if item is not None and item.counted:
            if item.start is not None:
                item.numbers.begin(item.depth, item.start)
            marker = item.numbers.next(item.depth)
        elif item is None and node.tag == f"{TEXT}h":
            outline = self._styles.outline
            if level - 1 in outline.levels and node.get(f"{TEXT}is-list-header") != "true":
                marker = outline.next(level - 1)
        return "" if marker == BULLET and level else marker

    def _formula(self, frame: Node) -> str:
        """The formula in a frame; empty where it holds something else."""
        root = self._held(frame.find(f"{DRAW}object"))
        is_formula = root is not None and root.tag.rpartition("}")[2] == "math"
        return formula(root) if is_formula else ""

    def _object(self, node: Node) -> Iterator[Block]:
        """The titles of a chart and its values."""
        root = self._held(node)
        chart = next(root.iter(f"{CHART}chart"), None) if root is not None else None
        table = chart.find(f"{TABLE}table") if chart is not None else None
        if table is None:
            self.gone.add("an embedded object", NOT_READ)
            return
        yield from (Block(title) for title in titles(chart))
        yield from blocks_of(rows(self.grid(table), french=self._styles.french))

    def drawn_beside(self, table: Node) -> Iterator[str]:
        """What is drawn upon a sheet: its text boxes, and the titles of charts of its cells."""
        kinds = (f"{DRAW}{name}" for name in ("object", "text-box", "custom-shape", "control"))
        for node in table.iter(*kinds):
            if node.tag == f"{DRAW}control":
                yield self._filled.get(node.get(node.tag), "")
            elif node.tag != f"{DRAW}object":
                yield from (block.text for block in self.blocks(node, margin=True))
            elif (root := self._held(node)) is not None:
                for chart in root.iter(f"{CHART}chart"):
                    yield from titles(chart)

    def _held(self, node: Node) -> Node:
        """The root of what stands in a frame as a document of its own; None where it is missing."""
        place = node.get("{http://www.w3.org/1999/xlink}href") if node is not None else None
        part = posixpath.normpath(f"{place}/content.xml")
        if self._archive is None or not place or part not in self._archive.names:
            return None
        with suppress(UnreadableDocument):
            return self._archive.xml(part)
        return None

    def _comment(self, node: Node) -> None:
        name = node.findtext(f"{DC}creator") or ""
        said = " ".join(_characters(part) for part in node if part.tag.startswith(TEXT))
        self.gone.add(f"{name}: {said}" if name else said, COMMENT)

    def grid(self, table: Node) -> Grid:
        """The cells of a table where they stand; of repeated empty ones only the place counts."""
        placed: list[Cell] = []
        for i, (row, header) in enumerate(_rows(table)):
            column = 0
            for node in row.iterchildren(f"{TABLE}table-cell", f"{TABLE}covered-table-cell"):
                repeated = _number(node, "number-columns-repeated")
                if node.tag == f"{TABLE}table-cell":
                    cell = self._cell(node, i, header)
                    columns = range(column, column + (repeated if cell.filled else 1))
                    placed.extend(replace(cell, column=place) for place in columns)
                    if len(placed) > _MOST_CELLS:
                        raise too_large(self._name, "a table of more cells", f"{_MOST_CELLS:,}")
                column += repeated
        return Grid(tuple(placed))

    def _cell(self, node: Node, row: int, header: bool) -> Cell:
        inner = tuple(self.grid(table) for table in node.iterchildren(f"{TABLE}table"))
        if gone := self._styles.look("table-cell", node.get(f"{TABLE}style-name")).gone:
            self.gone.add(_characters(node), gone)
            return Cell("", row)
        lines: list[str] = []
        for child in node:
            if child.tag in {f"{TEXT}p", f"{TEXT}h"}:
                lines += [block.text for block in self._paragraph(child, None, margin=False)]
            elif child.tag == f"{TEXT}list":
                lines += [block.text for block in self._list(child, None, margin=False)]
            elif child.tag == f"{OFFICE}annotation":
                self._comment(child)
        if not lines:  # some programs leave it to the reader to write out the value
            lines = [value(node, french=self._styles.french)]
        return Cell(
            "\n".join(lines), row, 0, _number(node, "number-rows-spanned"),
            _number(node, "number-columns-spanned"), header, inner,
        )  # fmt: skip


class _Text:
    """What a paragraph shows, and what hangs from it."""

    def __init__(
        self, node: Node, styles: Styles, gone: Withdrawn, formula_of: Callable[[Node], str],
        filled: Mapping[str | None, str], *, pages: bool,
    ) -> None:  # fmt: skip
        self._formula_of = formula_of
        self._filled = filled
        self.boxes: list[Node] = []
        self.notes: list[Node] = []
        self.comments: list[Node] = []
        self._styles = styles
        self._gone = gone
        self._pages = pages
        self._parts: list[str] = []
        self._reason = ""
        look = styles.look("paragraph", node.get(f"{TEXT}style-name"))
        hidden = node.find(f".//{TEXT}hidden-paragraph[@{TEXT}is-hidden='true']") is not None
        self._walk(node, HIDDEN if hidden else look.gone or "", look.line or 0)
        self.shown = re.sub(" {2,}", " ", "".join(self._parts))

    def _walk(self, node: Node, gone: str, line: int, after: str = "") -> None:
        """White space collapses except where it is spelled as an element.

        ``after`` stands right behind the node.
        """
        self._say(node.text, gone, line, "" if len(node) else after)
        for child in node:
            tag = child.tag
            if tag == f"{TEXT}line-break":
                self._say("\x00", gone, line)
            elif tag in {f"{TEXT}tab", f"{TEXT}s"}:
                self._say(" ", gone, line)
            elif tag == f"{TEXT}note" and gone:
                self._gone.add(_characters(child), gone)
            elif tag == f"{TEXT}note":
                self.notes += child.iterchildren(f"{TEXT}note-body")
            elif tag == f"{OFFICE}annotation":
                self.comments.append(child)
            elif tag == f"{TEXT}hidden-text" and child.get(f"{TEXT}is-hidden") == "true":
                self._say(child.get(f"{TEXT}string-value"), HIDDEN, 0)
            elif tag == f"{TEXT}span":
                look = self._styles.look("text", child.get(f"{TEXT}style-name"))
                self._walk(
                    child, gone if look.gone is None else look.gone,
                    line if look.line is None else look.line, child.tail or "",
                )  # fmt: skip
            elif tag == f"{DRAW}frame" and (shown := self._formula_of(child)):
                self._say(shown, gone, line)
            elif tag == f"{DRAW}control":
                self._say(f" {self._filled.get(child.get(tag), '')} ", gone, line)
            elif isinstance(tag, str) and tag.startswith(DRAW) and tag != f"{DRAW}a":
                self.boxes.append([child])
            elif (
                tag not in _LEFT_OUT and isinstance(tag, str) and (self._pages or tag not in _PAGES)
            ):
                self._walk(child, gone, line)
            self._say(child.tail, gone, line)

    def _say(self, text: str | None, gone: str, line: int, after: str = "") -> None:
        if not text:
            return
        text = " ".join(text.replace("\t", " ").split("\n")).replace("\x00", "\n")
        if gone:
            self._gone.add(text, gone, goes_on=gone == self._reason)
        else:
            before = self._parts[-1][-1:] if self._parts else ""
            text = lowered(text, before, after) if line < 0 else text
            self._parts.append(raised(text) if line > 0 else text)
        self._reason = gone


def _gone_on(item: _Item | None) -> _Item | None:
    return None if item is None else _Item(item.numbers, item.depth, counted=False)


def _characters(node: Node) -> str:
    return " ".join("".join(part.itertext()) for part in node.iter(f"{TEXT}p", f"{TEXT}h"))


def hidden_rows(table: Node) -> Iterator[int]:
    """The rows of a table that somebody has hidden, from 0; not what a filter or a group hides."""
    for i, (row, _) in enumerate(_rows(table)):
        if _is_hidden(row):
            yield i


def hidden_columns(table: Node) -> Iterator[int]:
    """The columns of a table that somebody has hidden, from 0."""
    column = 0
    for node in table.iter(f"{TABLE}table-column"):
        repeated = _number(node, "number-columns-repeated")
        if _is_hidden(node):
            yield from range(column, column + repeated)
        column += repeated


def _is_hidden(node: Node) -> bool:
    return node.get(f"{TABLE}visibility") == "collapse" and (
        next(node.iterancestors(*_FOLDING), None) is None
    )


def _rows(table: Node, header: bool = False) -> Iterator[tuple[Node, bool]]:
    for child in table:
        if child.tag == f"{TABLE}table-row":
            yield from [(child, header)] * _number(child, "number-rows-repeated")
        elif child.tag in _ROW_GROUPS:
            yield from _rows(child, header or child.tag == f"{TABLE}table-header-rows")


def _number(node: Node, name: str) -> int:
    value = node.get(f"{TABLE}{name}") or "1"
    return min(int(value), _MOST_REPEATED) if value.isdecimal() and len(value) < 9 else 1


def metadata(archive: Archive, blocks: tuple[Block, ...]) -> Metadata:
    """What an OpenDocument file says about itself."""
    heading = next((block.text for block in blocks[:10] if block.level == 1), None)
    if "meta.xml" not in archive.names:
        return Metadata(title=heading)
    meta = archive.xml("meta.xml").find(f"{OFFICE}meta")
    if meta is None:
        return Metadata(title=heading)
    author = meta.findtext(f"{_META}initial-creator") or meta.findtext(f"{DC}creator")
    date = meta.findtext(f"{DC}date") or meta.findtext(f"{_META}creation-date")
    return Metadata(
        title=plain(meta.findtext(f"{DC}title")) or heading,
        author=plain(author),
        date=iso_date(date or ""),
    )
