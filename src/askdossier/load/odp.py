"""OpenDocument presentations (ODP), slide by slide."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from askdossier.core import Block
from askdossier.load.archive import Node, opened
from askdossier.load.metadata import Metadata
from askdossier.load.odt import Reader, metadata
from askdossier.load.odt_styles import DRAW, OFFICE, STYLE, Styles
from askdossier.load.places import Place, in_reading_order
from askdossier.load.reader import Content, bounded
from askdossier.load.slides import Slide, slide_blocks

SUFFIXES = (".odp", ".otp")

_LENGTH = re.compile(r"(-?\d{1,6}(?:\.\d{1,9})?)(cm|mm|in|pt)")
_UNITS = {"cm": 28.35, "mm": 2.835, "in": 72.0, "pt": 1.0}
_SVG = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"
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
        free: list[Node] = []
        for child in page:
            if child.tag == f"{_SHOWN}notes":
                notes += reader.blocks(child, margin=True)
            elif child.get(f"{_SHOWN}class") == "title":
                titles += reader.blocks(child, margin=True)
            elif child.get(f"{_SHOWN}class") != "page-number":
                free.append(child)
        free = [
            child for child in free
            if any(text.strip() for text in child.itertext())
            or next(child.iter(f"{DRAW}object"), None) is not None
        ]  # fmt: skip
        for i in in_reading_order(list(map(_place, free))):
            shown += reader.blocks([free[i]], margin=True)
        title = " ".join(block.text for block in titles)
        yield Slide(title, (*shown, *notes), page.get(f"{DRAW}style-name") in hidden)


def _place(shape: Node) -> Place | None:
    """Where a shape stands, in points; a group from its first shape to its last."""
    if shape.tag == f"{DRAW}g":
        inner = list(map(_place, shape.iterchildren("{*}*")))
        known = [place for place in inner if place is not None]
        if not known or len(known) < len(inner):
            return None
        left, top = min(place.left for place in known), min(place.top for place in known)
        right = max(place.left + place.width for place in known)
        bottom = max(place.top + place.height for place in known)
        return Place(left, top, right - left, bottom - top)
    lengths = [_points(shape.get(f"{_SVG}{name}") or "") for name in ("x", "y", "width", "height")]
    known_lengths = [length for length in lengths if length is not None]
    return Place(*known_lengths) if len(known_lengths) == len(lengths) else None


def _points(length: str) -> float | None:
    found = _LENGTH.fullmatch(length)
    return float(found[1]) * _UNITS[found[2]] if found else None


def _hidden(content: Node) -> frozenset[str | None]:
    return frozenset(
        style.get(f"{STYLE}name")
        for style in content.iter(f"{STYLE}style")
        if (about := style.find(f"{STYLE}drawing-page-properties")) is not None
        and about.get(f"{_SHOWN}visibility") == "hidden"
    )
