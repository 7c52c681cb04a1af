"""What is read of a file, and the documents and passages made of it."""

from __future__ import annotations

import bisect
from dataclasses import dataclass
from typing import Literal

from askdossier.core.spans import Language, Span


@dataclass(frozen=True, slots=True)
class Source:
    """Where a document comes from. ``path`` is relative to the corpus, with forward slashes."""

    path: str
    sha256: str
    url: str | None = None
    author: str | None = None
    publisher: str | None = None
    date: str | None = None
    """ISO 8601: a year, a month or a day (``2025``, ``2025-11``, ``2025-11-07``)."""
    licence: str | None = None
    recognised: bool = False
    """True when some of the text was recognised in pictures of pages (OCR), so may have errors."""
    within: str | None = None
    """What it came with, which says what it is about: the subject of its mail."""


Leaf = Literal["page", "sheet", "slide"]
"""What a document is leafed through by: pages, the sheets of a workbook, slides."""


@dataclass(frozen=True, slots=True)
class Locator:
    """A page, sheet or slide of a document, as a reference names it."""

    number: int
    """From 1, as a viewer counts them."""
    kind: Leaf = "page"
    name: str = ""
    """What a sheet is called; empty for others."""


@dataclass(frozen=True, slots=True)
class PageStart:
    """Where the text of a page, sheet or slide begins in a text of characters."""

    offset: int
    number: int
    """The page, from 1, as a viewer counts them."""
    kind: Leaf = "page"
    name: str = ""
    """What a sheet is called."""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, list item, table row or heading of a file, before cleaning."""

    text: str
    level: int = 0
    """1–6 for a heading, 0 for running text."""
    pages: tuple[PageStart, ...] = ()
    """The page on which it begins, at offset 0, and those on which it goes on; empty in a format
    without pages."""


@dataclass(frozen=True, slots=True)
class Removal:
    """A piece of a file that cleaning took out, or that could not be read, and why."""

    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class RawDocument:
    """What a reader gives: the blocks of one file in reading order, and its metadata."""

    title: str | None
    blocks: tuple[Block, ...]
    source: Source
    lost: tuple[Removal, ...] = ()
    """What the file shows but could not be read, or was left out as the frame of a page."""
    web: bool = False
    """True for a web page, whose text is cleaned of what the page says about itself."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a document: its characters and its level, 1 to 6."""

    span: Span
    level: int


@dataclass(frozen=True, slots=True)
class Document:
    """A cleaned document. ``text`` never changes afterwards: all offsets refer to it."""

    id: str
    """The path relative to the corpus, with forward slashes (the same as ``source.path``)."""
    title: str
    text: str
    language: Language
    source: Source
    headings: tuple[Heading, ...] = ()
    pages: tuple[PageStart, ...] = ()
    """In the order of their offsets in ``text``; empty in a format without pages. The numbers fall
    where a footnote stands behind the paragraph that it interrupted."""

    def locator(self, offset: int) -> Locator | None:
        """The page, sheet or slide with the character at ``offset``; None without any."""
        at = bisect.bisect_right(self.pages, offset, key=lambda start: start.offset)
        if not at:
            return None
        start = self.pages[at - 1]
        return Locator(start.number, start.kind, start.name)

    def page(self, offset: int) -> int | None:
        """The number of that page, sheet or slide, from 1."""
        found = self.locator(offset)
        return found.number if found is not None else None


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on an image, as fractions of its width and height from the top left corner."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class PageImage:
    """A page as it looks, with some words of the document located on it."""

    number: int
    """From 1."""
    width: int
    height: int
    """In pixels, as ``width``."""
    webp: bytes
    """The image file."""
    boxes: tuple[Box, ...]
    """One for each line that the words take up; empty where they could not be located for sure."""


HEADING_SEPARATOR = " › "


@dataclass(frozen=True, slots=True)
class Passage:
    """Whole sentences of one document, under one heading, that fit the embedder's window."""

    id: str
    document: str
    span: Span
    heading: str
    """The headings above it, outermost first, joined with ``HEADING_SEPARATOR``; empty without
    any."""
    sentences: tuple[Span, ...]
    """Offsets in the document; in order, not overlapping, all inside ``span``."""
    language: Language = ""
    """Its own, which may not be the document's; empty where nobody has looked."""
