"""Word documents (DOCX): all that a reader sees on the page, and the properties.

What is written and then withdrawn (tracked deletions, the old place of moved text, words struck
through or hidden) and what people remark on it (comments) is told beside the text, not in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from askdossier.core import Block
from askdossier.load.archive import Archive, Node, opened
from askdossier.load.charts import DIAGRAM, drawn
from askdossier.load.docx_styles import Styles, W, number
from askdossier.load.docx_text import Text, contents
from askdossier.load.grid import Cell, Grid, blocks_of
from askdossier.load.margins import margins, watermarks
from askdossier.load.metadata import Metadata
from askdossier.load.ooxml import core_properties
from askdossier.load.reader import Content, bounded
from askdossier.load.withdrawn import COMMENT, CONTENTS, DELETED, HIDDEN, NOT_READ, Withdrawn
from askdossier.text import normalise

SUFFIXES = (".docx", ".docm", ".dotx", ".dotm")

_BODY = "word/document.xml"
_MARGIN = re.compile(r"word/(header|footer)\d*\.xml")


def read(path: Path) -> Content:
    """Read a Word document."""
    with opened(path) as archive:
        reader = _Reader(archive)
        blocks = tuple(bounded(reader.blocks(), path.name))
        blocks += tuple(watermarks(reader.watermarks, blocks))
        reader.tell_the_rest()
        return Content(blocks, _metadata(archive, blocks), lost=reader.gone.removals)


class _Reader:
    """One way through a document."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._styles = Styles(self._part("styles"), self._part("numbering"))
        self.gone = Withdrawn()
        self._notes = {
            kind: {note.get(f"{W}id"): note for note in self._part(f"{kind}s") if _is_shown(note)}
            for kind in ("footnote", "endnote")
        }
        self._at = _BODY
        """The part that is read."""
        self.watermarks: dict[str, None] = {}
        """Words that are drawn across the pages."""
        self._named: list[tuple[str, str | None]] = []
        self._begun = ""
        """Text of a paragraph whose end was deleted: the next one goes on with it."""

    def blocks(self) -> Iterator[Block]:
        """The body with the notes behind the paragraphs they belong to, then heads and feet."""
        body = self._archive.xml(_BODY).find(f"{W}body")
        if body is not None:
            yield from self._blocks(body)
        yield from self._margins()

    def tell_the_rest(self) -> None:
        """Tell the notes that only withdrawn text names, and what people remark on the text."""
        for notes in self._notes.values():
            while notes:
                note = notes.pop(next(iter(notes)))
                self.gone.add(" ".join(block.text for block in self._blocks(note)), HIDDEN)
        for comment in self._part("comments"):
            name = comment.get(f"{W}author") or ""
            text = " ".join(block.text for block in self._blocks(comment))
            self.gone.add(f"{name}: {text}" if name else text, COMMENT)

    def _part(self, name: str) -> Node:
        part = f"word/{name}.xml"
        return self._archive.xml(part) if part in self._archive.names else ()

    def _margins(self) -> Iterator[Block]:
        """The lines of heads and feet."""
        names = sorted(filter(_MARGIN.fullmatch, self._archive.names), reverse=True)
        return margins(block for name in names for block in self._margin(name))

    def _margin(self, name: str) -> Iterator[Block]:
        self._at = name
        yield from self._blocks(self._archive.xml(name), margin=True)

    def _blocks(self, parent: Node, *, margin: bool = False) -> Iterator[Block]:
        for child in contents(parent):
            if child.tag == f"{W}p":
                yield from self._paragraph(child, margin)
                yield from self._due()
                continue
            yield from self._ended()
            if child.tag == f"{W}tbl":
                yield from self._table(child, margin)
                yield from self._due()
            elif child.tag in {f"{W}del", f"{W}moveFrom"}:
                self.gone.add("".join(child.itertext()), DELETED)
            elif child.tag == f"{W}altChunk":
                self.gone.add("an embedded document", NOT_READ)
        yield from self._ended()

    def _due(self) -> Iterator[Block]:
        """The notes that were named since the last full paragraph or table."""
        named, self._named = self._named, []
        for kind, name in named:
            note = self._notes[kind].pop(name, None)
            if note is not None:
                yield from self._blocks(note)

    def _ended(self) -> Iterator[Block]:
        """What a paragraph began that nothing went on with."""
        if self._begun.strip():
            yield Block(normalise(self._begun).strip())
        self._begun = ""

    def _paragraph(self, node: Node, margin: bool) -> Iterator[Block]:
        style = self._styles.paragraph(node)
        text = Text(node, self._styles, self.gone, pages=not margin)
        for box in text.boxes:
            yield from self._blocks(box, margin=margin)
        self._named += text.notes
        for words in filter(None, (" ".join(normalise(art).split()) for art in text.art)):
            if margin:
                self.watermarks[words] = None
            else:
                yield Block(words)
        shown = normalise(self._begun + text.shown)
        if style.contents:
            self.gone.add(shown, CONTENTS)
        elif text.goes_on:
            self._begun += text.shown
            return
        else:
            # A paragraph that was deleted as a whole does not count.
            marker = self._styles.marker(style) if shown.strip() or not text.withdrawn else ""
            for line in filter(str.strip, shown.split("\n")):
                yield Block(marker + line.strip(), style.level)
                marker = ""
        self._begun = ""
        for picture in text.drawn:
            yield from self._drawn(picture)

    def _drawn(self, node: Node) -> Iterator[Block]:
        """The values of a chart or the texts of a diagram, behind its paragraph."""
        blocks = drawn(self._archive, self._at, node)
        if blocks is None:
            self.gone.add("diagram" if node.tag == DIAGRAM else "chart", NOT_READ)
        yield from blocks or ()

    # --- tables ---

    def _table(self, table: Node, margin: bool) -> Iterator[Block]:
        """The rows; or, of a table that only lays out the page, what is in its cells."""
        rows = [(row, list(contents(row, f"{W}tc"))) for row in contents(table, f"{W}tr")]
        if any(self._has_heading(cell) for _, cells in rows for cell in cells):
            for _, cells in rows:
                for cell in cells:
                    yield from self._blocks(cell, margin=margin)
        else:
            yield from blocks_of(self._grid(table))

    def _has_heading(self, cell: Node) -> bool:
        return any(
            child.tag == f"{W}p" and self._styles.paragraph(child).level
            for child in contents(cell)
        )  # fmt: skip

    def _grid(self, table: Node) -> Grid:
        """The cells where they stand: rows may begin later, and cells span both ways."""
        placed: list[Cell] = []
        above: dict[int, int] = {}  # column → the cell that begins there in the row above
        i = 0
        for row in contents(table, f"{W}tr"):
            about = row.find(f"{W}trPr")
            if about is not None and about.find(f"{W}del") is not None:
                self.gone.add(" ".join("".join(c.itertext()) for c in row), DELETED)
                continue
            header = about is not None and about.find(f"{W}tblHeader") is not None
            column = number(about, "gridBefore", 0)
            here: dict[int, int] = {}
            for cell in contents(row, f"{W}tc"):
                known = cell.find(f"{W}tcPr")
                wide = min(number(known, "gridSpan", 1), 1000)
                merge = known.find(f"{W}vMerge") if known is not None else None
                goes_on = merge is not None and merge.get(f"{W}val") != "restart"
                if goes_on and column in above:
                    here[column] = above[column]
                    placed[above[column]] = placed[above[column]].reaching(i)
                else:
                    here[column] = len(placed)
                    placed.append(self._cell(cell, Cell("", i, column, 1, wide, header)))
                column += wide
            above = here
            i += 1
        return Grid(tuple(placed))

    def _cell(self, node: Node, place: Cell) -> Cell:
        inner: list[Grid] = []
        lines: list[str] = []
        for child in contents(node):
            if child.tag == f"{W}tbl":
                inner.append(self._grid(child))
            elif child.tag == f"{W}p":
                lines += [block.text for block in self._paragraph(child, margin=False)]
        return replace(place, text="\n".join(lines), inner=tuple(inner))


def _is_shown(note: Node) -> bool:
    """Not the lines that Word draws between text and notes."""
    return note.get(f"{W}type") in {None, "normal"}


def _metadata(archive: Archive, blocks: tuple[Block, ...]) -> Metadata:
    heading = next((block.text for block in blocks[:10] if block.level == 1), None)
    known = core_properties(archive)
    # The file's own title is often that of the document it was copied from.
    first = heading if heading and blocks[0].level == 1 else None
    return Metadata(title=first).over(known).over(Metadata(title=heading))
