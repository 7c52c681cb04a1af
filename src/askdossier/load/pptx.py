"""PowerPoint presentations (PPTX), slide by slide."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from askdossier.core import Block
from askdossier.load.archive import Archive, Node, opened
from askdossier.load.charts import CHARTS, DIAGRAM, drawn
from askdossier.load.grid import Cell, Grid, blocks_of
from askdossier.load.margins import margins
from askdossier.load.metadata import Metadata
from askdossier.load.numbering import BULLET, Level, Numbers, lowered, raised
from askdossier.load.ooxml import (
    ALTERNATIVES,
    FORMULA,
    alternative,
    core_properties,
    formula,
    related,
)  # fmt: skip
from askdossier.load.places import Place, in_reading_order
from askdossier.load.reader import Content, bounded
from askdossier.load.slides import Slide, slide_blocks
from askdossier.load.withdrawn import COMMENT, NOT_READ, STRUCK, Withdrawn
from askdossier.text import normalise

SUFFIXES = (".pptx", ".pptm", ".ppsx", ".potx")

_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_TITLES = frozenset({"title", "ctrTitle"})
_NOWHERE: Mapping[str, Place] = {}
_FRAME = frozenset({"ftr", "dt", "hdr"})
_NUMBERS = {
    "alphaLc": "lowerLetter", "alphaUc": "upperLetter", "romanLc": "lowerRoman",
    "romanUc": "upperRoman",
}  # fmt: skip


def read(path: Path) -> Content:
    """Read a presentation: what the slides show, and the notes of the speaker."""
    with opened(path) as archive:
        reader = _Reader(archive)
        slides = list(reader.slides())
        blocks = list(bounded(slide_blocks(slides, reader.gone), path.name))
        blocks += margins(reader.frame)
        reader.tell_comments()
        first = next((slide.title for slide in slides if slide.title), None)
        about = core_properties(archive)
        if about.title in {None, "PowerPoint Presentation", "Présentation PowerPoint"}:
            about = Metadata(title=first).over(about)
        return Content(tuple(blocks), about, lost=reader.gone.removals)


class _Reader:
    """One way through a presentation."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self.gone = Withdrawn()
        self.frame: list[Block] = []
        """Dates and feet of the slides."""

    def slides(self) -> Iterator[Slide]:
        """The slides in their order."""
        main = "ppt/presentation.xml"
        parts = related(self._archive, main)
        for node in self._archive.xml(main).iter(f"{_P}sldId"):
            part = parts.get(node.get(f"{_R}id") or "")
            if part is not None and part in self._archive.names:
                yield self._slide(part)

    def tell_comments(self) -> None:
        """Tell what people remark on slides."""
        for name in sorted(self._archive.names):
            if posixpath.dirname(name) == "ppt/comments":
                comments = self._archive.xml(name)
                for text in [*comments.iter(f"{_P}text"), *comments.iter(f"{_A}t")]:
                    self.gone.add(text.text or "", COMMENT)

    def _slide(self, part: str) -> Slide:
        slide = self._archive.xml(part)
        titles: list[Block] = []
        blocks: list[Block] = []
        for shape in _shapes(slide.find(f"{_P}cSld/{_P}spTree"), self._layout(part)):
            kind = _placeholder(shape)
            if kind == "sldNum":
                continue
            found = self._shape(shape, part)
            (titles if kind in _TITLES else self.frame if kind in _FRAME else blocks).extend(found)
        for notes in related(self._archive, part).values():
            if notes.startswith("ppt/notesSlides/") and notes in self._archive.names:
                tree = self._archive.xml(notes).find(f"{_P}cSld/{_P}spTree")
                bodies = (shape for shape in _shapes(tree) if _placeholder(shape) == "body")
                blocks += (block for body in bodies for block in self._shape(body, notes))
        title = " ".join(block.text for block in titles)
        return Slide(title, tuple(blocks), slide.get("show") in {"0", "false"})

    def _layout(self, part: str) -> dict[str, Place]:
        """Where placeholders stand that do not say so themselves: by number, and by kind."""
        places: dict[str, Place] = {}
        for folder in ("ppt/slideLayouts/", "ppt/slideMasters/"):
            parts = related(self._archive, part).values()
            part = next((name for name in parts if name.startswith(folder)), "")
            if part not in self._archive.names:
                break
            for shape in self._archive.xml(part).iter(f"{_P}sp"):
                place = _place(shape)
                if place is not None:
                    places = dict.fromkeys(_names(shape), place) | places
        return places

    def _shape(self, shape: Node, part: str) -> Iterator[Block]:
        table = next(shape.iter(f"{_A}tbl"), None)
        if table is not None:
            yield from blocks_of(self._grid(table))
        elif shape.tag == f"{_P}graphicFrame":
            found = [drawn(self._archive, part, node) for node in shape.iter(*CHARTS, DIAGRAM)]
            if not any(found):
                self.gone.add("chart or diagram", NOT_READ)
            yield from (block for blocks in found for block in blocks or ())
        else:
            body = shape.find(f"{_P}txBody")
            yield from map(Block, self._lines(body) if body is not None else ())

    def _lines(self, body: Node) -> Iterator[str]:
        numbers = Numbers({})
        for paragraph in body.iterchildren(f"{_A}p"):
            lines = [line.strip() for line in self._text(paragraph).split("\n") if line.strip()]
            marker = self._marker(paragraph, numbers) if lines else ""
            for line in lines:
                yield marker + line
                marker = ""

    def _marker(self, paragraph: Node, numbers: Numbers) -> str:
        about = paragraph.find(f"{_A}pPr")
        counted = about.find(f"{_A}buAutoNum") if about is not None else None
        if counted is None:
            bullet = about is not None and about.find(f"{_A}buChar") is not None
            return BULLET if bullet else ""
        depth = int(about.get("lvl") or "0") if (about.get("lvl") or "0").isdecimal() else 0
        kind = counted.get("type") or "arabicPeriod"
        how = next((how for name, how in _NUMBERS.items() if kind.startswith(name)), "decimal")
        end = ")" if "Paren" in kind else "." if "Period" in kind else ""
        start = counted.get("startAt") or "1"
        template = f"({{}}{end}" if kind.endswith("ParenBoth") else f"{{}}{end}"
        numbers.levels[depth] = Level(
            how, template.format(f"%{min(depth, 8) + 1}"),
            int(start) if start.isdecimal() and len(start) < 7 else 1,
        )  # fmt: skip
        return numbers.next(depth)

    def _text(self, paragraph: Node) -> str:
        parts: list[str] = []
        struck = ""
        for part in paragraph:
            if part.tag == f"{_A}br":
                parts.append("\n")
            elif part.tag in {f"{_A}r", f"{_A}fld"} and part.get("type") != "slidenum":
                text = (part.findtext(f"{_A}t") or "").replace("\n", " ").replace("\v", "\n")
                look = part.find(f"{_A}rPr")
                if look is not None and look.get("strike") in {"sngStrike", "dblStrike"}:
                    self.gone.add(text, STRUCK, goes_on=bool(struck))
                    struck = text
                    continue
                line = (look.get("baseline") or "0")[:1] if look is not None else "0"
                before = parts[-1][-1:] if parts else ""
                following = part.getnext()
                after = following.findtext(f"{_A}t") or "" if following is not None else ""
                text = lowered(text, before, after) if line == "-" else text
                parts.append(raised(text) if line in "123456789" else text)
                struck = ""
            else:
                inner = alternative(part) if part.tag == ALTERNATIVES else [part]
                parts.extend(formula(math) for child in inner for math in child.iter(FORMULA))
        return normalise(re.sub(" {2,}", " ", "".join(parts)))

    def _grid(self, table: Node) -> Grid:
        placed = []
        about = table.find(f"{_A}tblPr")
        headed = about is not None and about.get("firstRow") in {"1", "true"}
        for i, row in enumerate(table.iterchildren(f"{_A}tr")):
            for column, cell in enumerate(row.iterchildren(f"{_A}tc")):
                if {cell.get("hMerge"), cell.get("vMerge")} & {"1", "true"}:
                    continue
                body = cell.find(f"{_A}txBody")
                text = "\n".join(self._lines(body)) if body is not None else ""
                down, wide = (_span(cell, name) for name in ("rowSpan", "gridSpan"))
                placed.append(Cell(text, i, column, down, wide, headed and i == 0))
        return Grid(tuple(placed))


def _shapes(parent: Node, layout: Mapping[str, Place] = _NOWHERE) -> Iterator[Node]:
    """What stands on a slide, through groups, in the order in which it is read out.

    ``layout`` says where placeholders stand that do not say so.
    """
    found = list(_standing(parent))
    free = [shape for shape in found if _placeholder(shape) not in _TITLES | _FRAME]
    yield from (shape for shape in found if _placeholder(shape) in _TITLES | _FRAME)
    for i in in_reading_order([_place(shape, layout) for shape in free]):
        yield from _shapes(free[i]) if free[i].tag == f"{_P}grpSp" else (free[i],)


def _standing(parent: Node) -> Iterator[Node]:
    for child in parent if parent is not None else ():
        if child.tag == ALTERNATIVES:
            yield from _standing(alternative(child))
        elif child.tag == f"{_P}graphicFrame" or (
            child.tag in {f"{_P}grpSp", f"{_P}sp", f"{_P}cxnSp"}
            and any(text.strip() for text in child.itertext())
        ):
            yield child


def _place(shape: Node, layout: Mapping[str, Place] = _NOWHERE) -> Place | None:
    own = next(shape.iterfind(f"{_P}spPr/{_A}xfrm"), None)
    if own is None:
        own = next((found for name in (f"{_P}grpSpPr/{_A}xfrm", f"{_P}xfrm")
                    if (found := shape.find(name)) is not None), None)  # fmt: skip
    start, size = (own.find(f"{_A}off"), own.find(f"{_A}ext")) if own is not None else (None, None)
    if start is None or size is None:
        return next((layout[name] for name in _names(shape) if name in layout), None)
    try:
        return Place(*(float(node.get(name) or "") for node, name in (
            (start, "x"), (start, "y"), (size, "cx"), (size, "cy"))))  # fmt: skip
    except ValueError:
        return None


def _names(shape: Node) -> Iterator[str]:
    """What a placeholder is called in its layout: its number, then its kind."""
    found = shape.find(f"{_P}nvSpPr/{_P}nvPr/{_P}ph")
    if found is not None:
        yield from filter(None, (found.get("idx") and f"#{found.get('idx')}", _placeholder(shape)))


def _placeholder(shape: Node) -> str:
    """What a shape stands for: ``title``, ``body``, ``ftr``, …; empty for a free one."""
    found = shape.find(f"{_P}nvSpPr/{_P}nvPr/{_P}ph")
    return (found.get("type") or "body") if found is not None else ""


def _span(cell: Node, name: str) -> int:
    value = cell.get(name) or "1"
    return min(int(value), 1000) if value.isdecimal() and len(value) < 6 else 1
