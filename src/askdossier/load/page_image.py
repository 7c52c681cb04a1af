"""A page of a PDF or a picture as an image, and where words of the document stand on it.

The text of a document is not that of its pages: lines are joined, hyphens taken out, spaces made
one. Letters and figures stay, in their order, and by these the words are found again. What stands
at several places of a page, or at none, is not marked. A page without a text layer is recognised
once more, since nobody keeps where its words stand.
"""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from askdossier import files
from askdossier.core import Box, PageImage, Span, UnreadableDocument
from askdossier.load import picture
from askdossier.load.pdf import PDFIUM, SUFFIXES, drawable, recognised_page

_WIDTH = 1400
"""Pixels of a page across: sharp on a screen, some 200 KB."""
_MOST_PIXELS = 6_000_000
_QUALITY = 80
_ENOUGH = 20
"""Letters by which a part of the words is told from any other place."""
_ASCENT, _DESCENT = 0.85, 0.25
"""Of a recognised word above and below its baseline, in sizes of its line."""


def page_image(
    path: Path, number: int, words: str, before: str = "", after: str = ""
) -> PageImage | None:
    """Page ``number`` (from 1) of the file at ``path``, with ``words`` located on it.

    ``before`` and ``after`` are some of what stands around the words in the document, to tell apart
    places that say the same. None for a file that is no PDF and no picture. Raises
    `UnreadableDocument` when the page cannot be shown.
    """
    suffix = path.suffix.lower()
    if suffix in picture.SUFFIXES:
        with files.passing("page.pdf", picture.as_pdf(path, number)) as made:
            return replace(_pdf_page(made, 1, words, before, after), number=number)
    return _pdf_page(path, number, words, before, after) if suffix in SUFFIXES else None


def _pdf_page(path: Path, number: int, words: str, before: str, after: str) -> PageImage:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(path)
    except (pypdfium2.PdfiumError, OSError) as error:
        raise _unreadable(path) from error
    try:
        with PDFIUM:
            page = document[number - 1]
            if not drawable(page):
                raise _unreadable(path)
            width, height = page.get_size()
            scale = min(_WIDTH / width, (_MOST_PIXELS / (width * height)) ** 0.5)
            bitmap = page.render(scale=scale)
            written = io.BytesIO()
            bitmap.to_pil().save(written, "WEBP", quality=_QUALITY)
            image = PageImage(number, bitmap.width, bitmap.height, written.getvalue(), ())
            text = page.get_textpage()
            try:
                count = text.count_chars()
                to_image = bitmap.get_posconv(page).to_bitmap
                boxes = _boxes(
                    [_character(text, i) for i in range(count)],
                    lambda i: _on_image(text.get_charbox(i, loose=True), to_image),
                    (bitmap.width, bitmap.height), words, before, after,
                )  # fmt: skip
            finally:
                text.close()
        if not count:
            boxes = _recognised(document, number - 1, words, before, after)
        return replace(image, boxes=boxes)
    except (pypdfium2.PdfiumError, IndexError, ZeroDivisionError, ValueError) as error:
        raise _unreadable(path) from error
    finally:
        with PDFIUM:
            document.close()


def _unreadable(path: Path) -> UnreadableDocument:
    return UnreadableDocument(
        f"{path.name} cannot be shown as an image. Its text is still there; open the file itself "
        "to see the page."
    )


def _recognised(document: Any, i: int, words: str, before: str, after: str) -> tuple[Box, ...]:
    """Where ``words`` stand on a page that is a picture."""
    found = recognised_page(document, i)
    if found is None:
        return ()
    lines, (width, height) = found
    placed = [(word, line) for line in lines for word in line.words]

    def rectangle(at: int) -> _Rectangle:
        word, line = placed[at]
        top = height - line.baseline - _ASCENT * line.size
        bottom = height - line.baseline + _DESCENT * line.size
        return word.left, max(top, 0.0), word.right, min(bottom, height)

    texts = [word.text for word, _ in placed]
    return _boxes(texts, rectangle, (width, height), words, before, after)


def _boxes(
    pieces: Sequence[str],
    rectangle: Callable[[int], _Rectangle],
    size: tuple[float, float],
    words: str,
    before: str,
    after: str,
) -> tuple[Box, ...]:
    """Where ``words`` stand, one box for each line, as fractions of the image of that ``size``.

    ``pieces`` are the characters or words of the page, and ``rectangle`` says where each stands.
    """
    shown = [(i, c) for i, piece in enumerate(pieces) for c in _letters(piece)]
    found = _places(
        "".join(c for _, c in shown),
        *("".join(_letters(part)) for part in (before, words, after)),
    )
    marked = dict.fromkeys(i for span in found for i, _ in shown[span.start : span.end])
    width, height = size
    return tuple(
        Box(left / width, top / height, right / width, bottom / height)
        for left, top, right, bottom in _lines(rectangle(i) for i in marked)
    )


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


_Rectangle = tuple[float, float, float, float]
"""Left, top, right, bottom, from the top left corner of the image."""


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
