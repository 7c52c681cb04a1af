"""PDF: text in reading order, lines joined to paragraphs, running heads and page numbers out.

Data flows through the modules of this package in this order: ``glyphs`` (characters to lines, but
for what is ``struck`` through), ``annotations`` (what has been written onto them), ``legible`` and
``scans`` (pages that are read by a program that recognises text), ``heads`` (running lines),
``tables`` with ``rulings``, ``paragraphs`` or ``slides``, and ``title``.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from askdossier.core import Removal
from askdossier.load.pdf import glyphs, scans
from askdossier.load.pdf.annotations import with_written
from askdossier.load.pdf.engine import PDFIUM, drawable, opened, shows
from askdossier.load.pdf.heads import Corners, without_running_lines
from askdossier.load.pdf.legible import is_legible, is_odd
from askdossier.load.pdf.line import Line
from askdossier.load.pdf.paragraphs import blocks
from askdossier.load.pdf.rulings import Rulings, rulings, strokes
from askdossier.load.pdf.scans import recognised_page
from askdossier.load.pdf.slides import are_slides, slide_blocks
from askdossier.load.pdf.struck import Through, strikeouts
from askdossier.load.pdf.tables import laid_out
from askdossier.load.pdf.title import facts, metadata
from askdossier.load.reader import Content, Member, Step, no_step, too_large
from askdossier.load.withdrawn import STRUCK

__all__ = ["PDFIUM", "SUFFIXES", "drawable", "read", "recognised_page"]

SUFFIXES = (".pdf",)

_MOST_PAGES = 20_000
_NO_TEXT = "unreadable text layer"


@dataclass(frozen=True, slots=True)
class _Page:
    """A page as it is read: its lines, what is drawn between them, and its corners in points."""

    lines: Sequence[Line] = ()
    drawn: Rulings = field(default_factory=Rulings)
    corners: Corners = (0.0, 0.0, 0.0, 0.0)
    struck: tuple[str, ...] = ()

    @property
    def shape(self) -> tuple[float, float]:
        """Width and height in the direction of reading, in points."""
        left, bottom, right, top = self.corners
        lying = bool(self.lines) and glyphs.main_turn(self.lines) in {90, 270}
        return (top - bottom, right - left) if lying else (right - left, top - bottom)


def read(path: Path, step: Step = no_step) -> Content:
    """Read a PDF; ``step`` is called before each page that is recognised, and may raise.

    A scan in which no text is found raises; pages that could not be read beside others that could
    are named among the losses, as are running lines that were left out. Files attached to it are
    its members.
    """
    document = opened(path)
    try:
        with PDFIUM:
            pages = _pages(document, path.name)
            information = facts(document)
            attached = _attached(document)
            garbled = {
                i
                for i, page in enumerate(pages)
                if not is_legible([line.text for line in page.lines])
            }
            shown = [i for i, page in enumerate(pages)
                     if i in garbled or (not page.lines and shows(document, i))]  # fmt: skip
        found = scans.recognised(document, path.name, shown, step)
    finally:
        with PDFIUM:
            document.close()
    for i in shown:
        rest = [line for line in pages[i].lines if not is_odd(line.text)]
        if not is_legible([line.text for line in rest]):
            rest = []
        pages[i] = _Page(found.lines.get(i, rest), corners=found.corners.get(i, pages[i].corners))
    if shown and not any(page.lines for page in pages):
        raise scans.refused(path.name, found.failure, garbled=bool(garbled))
    kept = without_running_lines([page.lines for page in pages], [page.corners for page in pages])
    read_pages = [laid_out(lines, page.drawn)
                  for page, lines in zip(pages, kept.pages, strict=True)]  # fmt: skip
    if are_slides(read_pages, [page.shape for page in pages]):
        found_blocks = tuple(slide_blocks(read_pages))
    else:
        found_blocks = tuple(blocks([line for page in read_pages for line in page]))
    unread = [i for i in garbled if i not in found.lines and i not in found.lost]
    return Content(
        found_blocks,
        metadata(information, found_blocks, path),
        recognised=any(found.lines.values()),
        lost=(
            *(Removal(f"p. {i + 1}", "text recognition failed") for i in found.lost),
            *(Removal(f"p. {i + 1}", _NO_TEXT) for i in sorted(unread)),
            *(Removal(text, STRUCK) for page in pages for text in page.struck),
            *kept.removed,
        ),
        members=attached,
    )


def _attached(document: Any) -> tuple[Member, ...]:
    """The files that are packed into the document."""
    import pypdfium2

    members = []
    for i in range(document.count_attachments()):
        with suppress(pypdfium2.PdfiumError, UnicodeDecodeError):
            attachment = document.get_attachment(i)
            members.append(Member(attachment.get_name(), _data(attachment)))
    return tuple(members)


def _data(attachment: Any) -> bytes:
    import pypdfium2

    try:
        return bytes(attachment.get_data())
    except pypdfium2.PdfiumError:  # it holds nothing
        return b""


def _pages(document: Any, name: str) -> list[_Page]:
    """The pages, from the text layer."""
    import pypdfium2

    pages: list[_Page] = []
    if len(document) > _MOST_PAGES:
        raise too_large(name, f"{len(document)} pages", f"{_MOST_PAGES}")
    document.init_forms()
    for number in range(len(document)):
        try:
            page = document[number]
            drawn = list(strokes(page))
            through = Through((*drawn, *strikeouts(page)))
            lines, struck = glyphs.read_lines(page, number + 1, name, through)
        except pypdfium2.PdfiumError:
            pages.append(_Page())  # a broken page; the others are read
            continue
        lines = with_written(lines, page, document.formenv, number + 1)
        ruled = rulings(drawn, glyphs.main_turn(lines), lines)
        pages.append(_Page(lines, ruled, page.get_bbox(), tuple(struck)))
        page.close()
    return pages
