"""Word documents (DOCX): paragraphs, headings, lists, tables, footnotes, properties."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from askdossier.load.archive import Archive, Node, opened
from askdossier.load.grid import Cell, Grid
from askdossier.load.metadata import Metadata, iso_date, plain
from askdossier.load.reader import Content, bounded
from askdossier.records import Block
from askdossier.text import normalise

SUFFIXES = (".docx", ".docm")

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_DCTERMS = "{http://purl.org/dc/terms/}"
_HEADING = re.compile(r"(?:heading|titre|überschrift|título)\s?([1-9])", re.IGNORECASE)
_TITLE = frozenset({"title", "titre"})


def read(path: Path) -> Content:
    """Read a Word document; text marked as deleted is left out, comments are not read."""
    with opened(path) as archive:
        levels = _style_levels(archive)
        body = archive.xml("word/document.xml").find(f"{_W}body")
        blocks = list(bounded(_blocks(body, levels), path.name)) if body is not None else []
        if "word/footnotes.xml" in archive.names:
            notes = archive.xml("word/footnotes.xml")
            blocks += [
                Block(text) for note in notes for text in filter(None, [_text(note).strip()])
            ]
        return Content(tuple(blocks), _metadata(archive, blocks))


def _style_levels(archive: Archive) -> dict[str, int]:
    """Heading levels of the paragraph styles, by style id."""
    levels: dict[str, int] = {}
    if "word/styles.xml" not in archive.names:
        return levels
    for style in archive.xml("word/styles.xml").iter(f"{_W}style"):
        identifier = style.get(f"{_W}styleId") or ""
        name = style.find(f"{_W}name")
        shown = (name.get(f"{_W}val") or "") if name is not None else ""
        outline = style.find(f"{_W}pPr/{_W}outlineLvl")
        if shown.lower() in _TITLE:
            levels[identifier] = 1
        elif match := _HEADING.fullmatch(shown):
            levels[identifier] = min(int(match[1]), 6)
        elif outline is not None and (outline.get(f"{_W}val") or "9").isdigit():
            level = int(outline.get(f"{_W}val") or "9") + 1
            if level <= 6:
                levels[identifier] = level
    return levels


def _blocks(parent: Node, levels: Mapping[str, int]) -> Iterator[Block]:
    for child in parent:
        if child.tag == f"{_W}p":
            yield from _paragraph(child, levels)
        elif child.tag == f"{_W}tbl":
            yield from _grid(child).blocks()
        elif child.tag in {f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}customXml"}:
            yield from _blocks(child, levels)


def _grid(table: Node) -> Grid:
    """The cells of a table where they stand: rows may begin later, cells span both ways."""
    placed: list[Cell] = []
    above: dict[int, int] = {}  # column → the cell of the row above that begins there
    for i, row in enumerate(table.iterchildren(f"{_W}tr")):
        header = row.find(f"{_W}trPr/{_W}tblHeader") is not None
        column = _number(row.find(f"{_W}trPr/{_W}gridBefore"), 0)
        here: dict[int, int] = {}
        for cell in row.iterchildren(f"{_W}tc"):
            columns = _number(cell.find(f"{_W}tcPr/{_W}gridSpan"), 1)
            merge = cell.find(f"{_W}tcPr/{_W}vMerge")
            if merge is not None and merge.get(f"{_W}val") != "restart" and column in above:
                here[column] = above[column]
                top = placed[above[column]]
                placed[above[column]] = replace(top, rows=i + 1 - top.row)
            else:
                here[column] = len(placed)
                placed.append(Cell(_text(cell), i, column, columns=columns, header=header))
            column += columns
        above = here
    return Grid(tuple(placed))


def _number(node: Node, default: int) -> int:
    value = node.get(f"{_W}val") if node is not None else None
    return min(int(value), 1000) if value and value.isdecimal() else default


def _paragraph(node: Node, levels: Mapping[str, int]) -> Iterator[Block]:
    style = node.find(f"{_W}pPr/{_W}pStyle")
    level = levels.get(style.get(f"{_W}val") or "", 0) if style is not None else 0
    marker = "- " if node.find(f"{_W}pPr/{_W}numPr") is not None and not level else ""
    for line in _text(node).split("\n"):
        if line.strip():
            yield Block(marker + line.strip(), level)


def _text(node: Node) -> str:
    parts: list[str] = []
    for part in node.iter():
        if part.tag == f"{_W}t":
            parts.append((part.text or "").replace("\n", " "))
        elif part.tag == f"{_W}tab":
            parts.append(" ")
        elif part.tag in {f"{_W}br", f"{_W}cr"} or (part.tag == f"{_W}p" and parts):
            parts.append("\n")
        elif part.tag == f"{_W}noBreakHyphen":
            parts.append("-")
    return normalise("".join(parts))


def _metadata(archive: Archive, blocks: list[Block]) -> Metadata:
    heading = next((block.text for block in blocks[:10] if block.level == 1), None)
    if "docProps/core.xml" not in archive.names:
        return Metadata(title=heading)
    core = archive.xml("docProps/core.xml")
    created = core.findtext(f"{_DCTERMS}modified") or core.findtext(f"{_DCTERMS}created")
    return Metadata(
        title=heading or plain(core.findtext(f"{_DC}title")),
        author=plain(core.findtext(f"{_DC}creator")),
        publisher=plain(core.findtext(f"{_DC}publisher")),
        date=iso_date(created or ""),
        licence=plain(core.findtext(f"{_DC}rights")),
    )
