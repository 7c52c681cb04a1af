"""OpenDocument texts (ODT): paragraphs, headings, lists, tables, notes, properties."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from askdossier.load.archive import Archive, Node, opened
from askdossier.load.grid import Cell, Grid
from askdossier.load.metadata import Metadata, iso_date, plain
from askdossier.load.reader import Content, bounded
from askdossier.records import Block
from askdossier.text import normalise

SUFFIXES = (".odt", ".ott")

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_META = "{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}"
_DC = "{http://purl.org/dc/elements/1.1/}"

_LEFT_OUT = frozenset(
    {f"{_TEXT}tracked-changes", f"{_OFFICE}annotation", f"{_TEXT}note-citation",
     f"{_TEXT}table-of-content", f"{_TEXT}sequence-decls", f"{_TEXT}bookmark"}
)  # fmt: skip
_ROW_GROUPS = frozenset(
    f"{_TABLE}{name}" for name in ("table-header-rows", "table-rows", "table-row-group")
)


def read(path: Path) -> Content:
    """Read an OpenDocument text; comments and deleted text are left out."""
    with opened(path) as archive:
        body = archive.xml("content.xml").find(f"{_OFFICE}body/{_OFFICE}text")
        blocks = tuple(bounded(_blocks(body), path.name)) if body is not None else ()
        return Content(blocks, _metadata(archive, blocks))


def _blocks(parent: Node, marker: str = "") -> Iterator[Block]:
    for child in parent:
        if child.tag in _LEFT_OUT:
            continue
        if child.tag == f"{_TEXT}h":
            level = child.get(f"{_TEXT}outline-level") or "1"
            yield from _lines(child, min(int(level), 6) if level.isdigit() else 1, "")
        elif child.tag == f"{_TEXT}p":
            yield from _lines(child, 0, marker)
            marker = ""
        elif child.tag in {f"{_TEXT}list-item", f"{_TEXT}list-header"}:
            yield from _blocks(child, "- ")
        elif child.tag == f"{_TABLE}table":
            yield from _grid(child).blocks()
        else:
            yield from _blocks(child, marker)


def _lines(node: Node, level: int, marker: str) -> Iterator[Block]:
    for line in _text(node).split("\n"):
        if line.strip():
            yield Block(marker + line.strip(), level)
            marker = ""
    for note in node.iter(f"{_TEXT}note-body"):
        yield from _blocks(note)


def _grid(table: Node) -> Grid:
    placed: list[Cell] = []
    for i, (row, header) in enumerate(_rows(table)):
        column = 0
        for cell in row:
            repeated = _number(cell, "number-columns-repeated")
            if cell.tag == f"{_TABLE}table-cell":
                text = "\n".join(_text(part) for part in cell)
                names = ("number-rows-spanned", "number-columns-spanned")
                rows, wide = (_number(cell, name) for name in names)
                columns = range(column, column + repeated)
                placed.extend(Cell(text, i, at, rows, wide, header) for at in columns)
            column += repeated
    return Grid(tuple(placed))


def _rows(table: Node, header: bool = False) -> Iterator[tuple[Node, bool]]:
    for child in table:
        if child.tag == f"{_TABLE}table-row":
            yield from [(child, header)] * _number(child, "number-rows-repeated")
        elif child.tag in {
            f"{_TABLE}table-header-rows",
            f"{_TABLE}table-rows",
            f"{_TABLE}table-row-group",
        }:
            yield from _rows(child, header or child.tag == f"{_TABLE}table-header-rows")


def _number(node: Node, name: str) -> int:
    value = node.get(f"{_TABLE}{name}") or "1"
    return min(int(value), 1000) if value.isdecimal() else 1


def _text(node: Node) -> str:
    """The text of a paragraph: white space collapses except where spelled as an element."""
    parts: list[str] = []

    def walk(element: Node) -> None:
        parts.append((element.text or "").replace("\n", " "))
        for child in element:
            if child.tag == f"{_TEXT}line-break":
                parts.append("\n")
            elif child.tag in {f"{_TEXT}tab", f"{_TEXT}s"}:
                parts.append(" ")
            elif child.tag not in _LEFT_OUT and child.tag != f"{_TEXT}note":
                walk(child)
            parts.append((child.tail or "").replace("\n", " "))

    walk(node)
    return normalise("".join(parts))


def _metadata(archive: Archive, blocks: tuple[Block, ...]) -> Metadata:
    heading = next((block.text for block in blocks[:10] if block.level == 1), None)
    if "meta.xml" not in archive.names:
        return Metadata(title=heading)
    meta = archive.xml("meta.xml").find(f"{_OFFICE}meta")
    if meta is None:
        return Metadata(title=heading)
    author = meta.findtext(f"{_META}initial-creator") or meta.findtext(f"{_DC}creator")
    date = meta.findtext(f"{_DC}date") or meta.findtext(f"{_META}creation-date")
    return Metadata(
        title=plain(meta.findtext(f"{_DC}title")) or heading,
        author=plain(author),
        date=iso_date(date or ""),
    )
