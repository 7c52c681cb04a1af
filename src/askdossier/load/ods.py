"""OpenDocument spreadsheets (ODS), whose cells hold the very text that they show."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from askdossier.load.archive import Node, opened
from askdossier.load.metadata import Metadata
from askdossier.load.odf_forms import filled_in
from askdossier.load.odt import Reader, hidden_columns, hidden_rows, metadata
from askdossier.load.odt_styles import OFFICE, STYLE, TABLE, Styles
from askdossier.load.reader import Content, bounded
from askdossier.load.sheets import Sheet, sheet_blocks

SUFFIXES = (".ods", ".ots")


def read(path: Path) -> Content:
    """Read a spreadsheet."""
    with opened(path) as archive:
        content = archive.xml("content.xml")
        styles = archive.xml("styles.xml") if "styles.xml" in archive.names else None
        looks = Styles(root for root in (styles, content) if root is not None)
        reader = Reader(looks, path.name, archive, filled_in(content))
        body = content.find(f"{OFFICE}body/{OFFICE}spreadsheet")
        sheets = _sheets(body, reader, _hidden(content)) if body is not None else ()
        blocks = tuple(bounded(sheet_blocks(sheets, reader.gone), path.name))
        about = metadata(archive, ())
        return Content(blocks, about.over(Metadata(title=path.stem)), lost=reader.gone.removals)


def _sheets(body: Node, reader: Reader, hidden: frozenset[str | None]) -> Iterator[Sheet]:
    for table in body.iterchildren(f"{TABLE}table"):
        name = table.get(f"{TABLE}name") or ""
        if table.get(f"{TABLE}style-name") in hidden:
            yield Sheet(name, (), hidden=True)
        else:
            filled = (cell for cell in reader.grid(table).cells if cell.filled)
            yield Sheet(
                name,
                tuple(filled),
                False,
                frozenset(hidden_rows(table)),
                frozenset(hidden_columns(table)),
                tuple(reader.drawn_beside(table)),
            )


def _hidden(content: Node) -> frozenset[str | None]:
    """The styles of sheets that are not shown."""
    return frozenset(
        style.get(f"{STYLE}name")
        for style in content.iter(f"{STYLE}style")
        if (about := style.find(f"{STYLE}table-properties")) is not None
        and about.get(f"{TABLE}display") == "false"
    )
