"""EPUB books: the chapters in the order of the spine, each read as a web page."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import unquote

from askdossier.core import Block, Removal
from askdossier.load import html
from askdossier.load.archive import Archive, Node, damaged, opened
from askdossier.load.metadata import Metadata, iso_date, plain
from askdossier.load.reader import Content, bounded

SUFFIXES = (".epub",)

_CONTAINER = "{urn:oasis:names:tc:opendocument:xmlns:container}"
_OPF = "{http://www.idpf.org/2007/opf}"
_DC = "{http://purl.org/dc/elements/1.1/}"


def read(path: Path) -> Content:
    """Read an EPUB; its navigation page and covers without text give nothing."""
    with opened(path) as archive:
        root = archive.xml("META-INF/container.xml").find(f".//{_CONTAINER}rootfile")
        if root is None:
            raise damaged(path.name, "the table of contents")
        package_path = root.get("full-path") or ""
        package = archive.xml(package_path)
        chapters = _spine(package, posixpath.dirname(package_path))
        lost: list[Removal] = []
        blocks = tuple(bounded(_blocks(archive, chapters, path.name, lost), path.name))
        return Content(blocks, _metadata(package), lost=tuple(lost))


def _blocks(
    archive: Archive, chapters: Sequence[str], name: str, lost: list[Removal]
) -> Iterator[Block]:
    for chapter in dict.fromkeys(chapters):  # each once, whatever the spine says
        if chapter in archive.names:
            page = html.visible(html.source_text(archive.read(chapter), name), name)
            lost += page.lost
            yield from page.blocks


def _spine(package: Node, folder: str) -> list[str]:
    """Paths of the chapters in reading order."""
    items = {
        item.get("id"): item
        for item in package.iter(f"{_OPF}item")
        if "nav" not in (item.get("properties") or "").split()
    }
    chapters = [items.get(ref.get("idref")) for ref in package.iter(f"{_OPF}itemref")]
    return [
        posixpath.normpath(posixpath.join(folder, unquote(item.get("href") or "")))
        for item in chapters
        if item is not None and "html" in (item.get("media-type") or "html")
    ]


def _metadata(package: Node) -> Metadata:
    def first(name: str) -> str | None:
        return next(
            (plain(node.text) for node in package.iter(f"{_DC}{name}") if plain(node.text)), None
        )

    authors = [plain(node.text) for node in package.iter(f"{_DC}creator")]
    return Metadata(
        title=first("title"),
        author=", ".join(filter(None, authors)) or None,
        publisher=first("publisher"),
        date=iso_date(first("date") or ""),
        licence=first("rights"),
    )
