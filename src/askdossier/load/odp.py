"""OpenDocument presentations (ODP), slide by slide."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from askdossier.core import Block
from askdossier.load.archive import Node, opened
from askdossier.load.metadata import Metadata
from askdossier.load.odt import Reader, metadata
from askdossier.load.odt_styles import DRAW, OFFICE, STYLE, Styles
from askdossier.load.reader import Content, bounded
from askdossier.load.slides import Slide, slide_blocks

SUFFIXES = (".odp", ".otp")

_SHOWN = "{urn:oasis:names:tc:opendocument:xmlns:presentation:1.0}"


def read(path: Path) -> Content:
    """Read a presentation."""
    with opened(path) as archive:
        content = archive.xml("content.xml")
        styles = archive.xml("styles.xml") if "styles.xml" in archive.names else None
        looks = Styles(root for root in (styles, content) if root is not None)
        reader = Reader(looks, path.name, archive)
        body = content.find(f"{OFFICE}body/{OFFICE}presentation")
        slides = list(_slides(body, reader, _hidden(content))) if body is not None else []
        blocks = tuple(bounded(slide_blocks(slides, reader.gone), path.name))
        first = next((slide.title for slide in slides if slide.title), None)
        about = metadata(archive, ()).over(Metadata(title=first))
        return Content(blocks, about, lost=reader.gone.removals)


def _slides(body: Node, reader: Reader, hidden: frozenset[str | None]) -> Iterator[Slide]:
    for page in body.iterchildren(f"{DRAW}page"):
        titles: list[Block] = []
        shown: list[Block] = []
        notes: list[Block] = []
        for child in page:
            if child.tag == f"{_SHOWN}notes":
                notes += reader.blocks(child, margin=True)
            elif child.get(f"{_SHOWN}class") == "title":
                titles += reader.blocks(child, margin=True)
            elif child.get(f"{_SHOWN}class") != "page-number":
                shown += reader.blocks([child], margin=True)
        title = " ".join(block.text for block in titles)
        yield Slide(title, (*shown, *notes), page.get(f"{DRAW}style-name") in hidden)


def _hidden(content: Node) -> frozenset[str | None]:
    return frozenset(
        style.get(f"{STYLE}name")
        for style in content.iter(f"{STYLE}style")
        if (about := style.find(f"{STYLE}drawing-page-properties")) is not None
        and about.get(f"{_SHOWN}visibility") == "hidden"
    )
