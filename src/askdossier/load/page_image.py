"""A page of a PDF as an image, and where words of the document stand on it.

The text of a document is not that of its pages: lines are joined, hyphens taken out, spaces made
one. Letters and figures stay, in their order, and by these the words are found again. What stands
at several places of a page, or at none, is not marked.
"""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from askdossier.core import Box, PageImage, Span, UnreadableDocument
from askdossier.load.pdf import PDFIUM, SUFFIXES, drawable

_WIDTH = 1400
"""Pixels of a page across: sharp on a screen, some 200 KB."""
_MOST_PIXELS = 6_000_000
_QUALITY = 80
_ENOUGH = 20
"""Letters by which a part of the words is told from any other place."""


def page_image(
    path: Path, number: int, words: str, before: str = "", after: str = ""
) -> PageImage | None:
    """Page ``number`` (from 1) of the PDF at ``path``, with ``words`` located on it.

    ``before`` and ``after`` are some of what stands around the words in the document, to tell apart
    places that say the same. None for a file that is no PDF. Raises `UnreadableDocument` when the
    page cannot be shown.
    """
    if path.suffix.lower() not in SUFFIXES:
        return None
    import pypdfium2

    with PDFIUM:
        try:
            document = pypdfium2.PdfDocument(path)
        except (pypdfium2.PdfiumError, OSError) as error:
            raise _unreadable(path) from error
        try:
            page = document[number - 1]
            if not drawable(page):
                raise _unreadable(path)
            width, height = page.get_size()
            scale = min(_WIDTH / width, (_MOST_PIXELS / (width * height)) ** 0.5)
            bitmap = page.render(scale=scale)
            boxes = _boxes(page, bitmap, words, before, after)
            written = io.BytesIO()
            bitmap.to_pil().save(written, "WEBP", quality=_QUALITY)
            return PageImage(number, bitmap.width, bitmap.height, written.getvalue(), boxes)
        except (pypdfium2.PdfiumError, IndexError, ZeroDivisionError, ValueError) as error:
            raise _unreadable(path) from error
        finally:
            document.close()


def _unreadable(path: Path) -> UnreadableDocument:
    return UnreadableDocument(
        f"{path.name} cannot be shown as an image. Its text is still there; open the file itself "
        "to see the page."
    )


def _boxes(page: Any, bitmap: Any, words: str, before: str, after: str) -> tuple[Box, ...]:
    """Where ``words`` stand, one box for each line, as fractions of the image."""
    text = page.get_textpage()
    try:
        shown = [(i, c) for i in range(text.count_chars()) for c in _letters(_character(text, i))]
        found = _places(
            "".join(c for _, c in shown),
            *("".join(_letters(part)) for part in (before, words, after)),
        )
        marked = dict.fromkeys(i for span in found for i, _ in shown[span.start : span.end])
        to_image = bitmap.get_posconv(page).to_bitmap
        lines = _lines(_on_image(text.get_charbox(i, loose=True), to_image) for i in marked)
        width, height = bitmap.width, bitmap.height
        return tuple(
            Box(left / width, top / height, right / width, bottom / height)
            for left, top, right, bottom in lines
        )
    finally:
        text.close()


def _character(text: Any, i: int) -> str:
    from pypdfium2 import raw

    code = raw.FPDFText_GetUnicode(text, i)
    return chr(code) if 0 < code < 0x110000 else ""


def _letters(words: str) -> Iterator[str]:
    """The letters and figures of ``words``, without accents, ligatures taken apart."""
    return (c for c in unicodedata.normalize("NFKD", words) if c.isalnum())


def _places(page: str, before: str, words: str, after: str) -> tuple[Span, ...]:
    """Where ``words`` stand on the page: of several places, the one with most of its context.

    In two parts where something interrupts them, such as a note below a column.
    """
    places = []
    for at in _all(words, page):
        end = at + len(words)
        alike = _alike(reversed(before), reversed(page[:at])) + _alike(after, page[end:])
        places.append((alike, Span(at, end)))
    places.sort(reverse=True)
    if len(places) > 1 and places[0][0] == places[1][0]:
        return ()
    return (places[0][1],) if places else _two_parts(page, before, words, after)


def _two_parts(page: str, before: str, words: str, after: str) -> tuple[Span, ...]:
    """Where the first of ``words`` end what stands before them, and the others begin the rest."""
    before, after = before[-_ENOUGH:], after[:_ENOUGH]
    for length in range(len(words) - 1, 0, -1):
        first, rest = before + words[:length], words[length:] + after
        ats = _all(first, page)
        if not ats:
            continue
        begins = ats[0] + len(before)
        goes_on = [at for at in _all(rest, page) if at >= begins + length]
        if len(ats) > 1 or len(goes_on) != 1 or min(len(first), len(rest)) < _ENOUGH:
            return ()
        at = goes_on[0]
        return Span(begins, begins + length), Span(at, at + len(words) - length)
    return ()


def _all(words: str, page: str) -> list[int]:
    found = []
    at = page.find(words) if words else -1
    while at >= 0:
        found.append(at)
        at = page.find(words, at + 1)
    return found


def _alike(some: Iterable[str], others: Iterable[str]) -> int:
    """How many characters two texts have in common at their beginning."""
    count = 0
    for one, other in zip(some, others, strict=False):
        if one != other:
            break
        count += 1
    return count


_Rectangle = tuple[int, int, int, int]
"""Left, top, right, bottom, in pixels."""


def _on_image(box: Sequence[float], to_image: Any) -> _Rectangle:
    """A box in the page's coordinates as one on the image, however the page is turned."""
    left, bottom, right, top = box
    corners = (to_image(left, top), to_image(right, bottom))
    (x0, x1), (y0, y1) = (sorted(values) for values in zip(*corners, strict=True))
    return x0, y0, x1, y1


def _lines(boxes: Iterable[_Rectangle]) -> list[_Rectangle]:
    """Boxes of characters in reading order, joined where they stand side by side."""
    lines: list[_Rectangle] = []
    for left, top, right, bottom in boxes:
        if lines:
            last = lines[-1]
            shared = min(bottom, last[3]) - max(top, last[1])
            if shared > 0.5 * min(bottom - top, last[3] - last[1]) and left >= last[0]:
                lines[-1] = (
                    last[0],
                    min(top, last[1]),
                    max(right, last[2]),
                    max(bottom, last[3]),
                )
                continue
        lines.append((left, top, right, bottom))
    return lines
