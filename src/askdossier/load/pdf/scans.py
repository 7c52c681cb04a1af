"""Pages that are pictures, or whose text layer is no text: what a program recognises on them."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from askdossier.core import UnreadableDocument
from askdossier.load import recognition
from askdossier.load.pdf.engine import PDFIUM, drawable
from askdossier.load.pdf.glyphs import WIDE_GAP
from askdossier.load.pdf.line import Line, Word
from askdossier.load.reader import Step, too_large

_MOST_SCANS = 2_000
"""Pages to recognise in one file, some two seconds each."""
_FEW_WORDS = 30
"""Words of a page that may lie on its side: of these hardly any is read."""
_MOST_PIXELS = 20_000_000
"""Of the picture of a page that is recognised; A3 at 300 dots per inch has 17 million."""


@dataclass(slots=True)
class Recognised:
    """What became of the pages that are pictures."""

    lines: dict[int, list[Line]] = field(default_factory=dict)
    """Of each page that was read, by its index."""
    corners: dict[int, tuple[float, float, float, float]] = field(default_factory=dict)
    """Of each page that was read, as it was drawn, in points."""
    lost: list[int] = field(default_factory=list)
    """The pages that could not be drawn, or on which the program failed twice."""
    failure: OSError | None = None
    """Why the program failed on the last of them."""


def recognised(document: Any, name: str, pages: Sequence[int], step: Step) -> Recognised:
    """What is on those pages; nothing where no program can recognise them.

    The lock is not held meanwhile, so that others can read their PDFs.
    """
    program = recognition.recogniser() if pages else None
    if program is None:
        return Recognised()
    if len(pages) > _MOST_SCANS:
        raise too_large(name, f"{len(pages)} scanned pages", f"{_MOST_SCANS}")
    result = Recognised()
    for done, i in enumerate(pages):
        step(done, len(pages))
        with PDFIUM:
            drawn = _drawn(document, i)
        if drawn is None:
            result.lost.append(i)
            continue
        picture, scale = drawn
        try:
            lines = _lines_of(program, picture, scale)
            if sum(len(line.words) for line in lines) < _FEW_WORDS:
                upright = program.upright(picture)
                if upright is not picture:
                    picture, lines = upright, _lines_of(program, upright, scale)
        except OSError as error:
            result.lost.append(i)
            result.failure = error
        else:
            result.lines[i] = [cell for line in lines for cell in _cells(line, i + 1)]
            height, width = picture.shape
            result.corners[i] = (0.0, 0.0, width / scale, height / scale)
    step(len(pages), len(pages))
    return result


def recognised_page(
    document: Any, i: int
) -> tuple[list[recognition.Line], tuple[float, float]] | None:
    """The lines of one page of an open document, and its width and height, in points.

    None where there is nothing to draw, or no program that recognises it.
    """
    program = recognition.recogniser()
    with PDFIUM:
        drawn = _drawn(document, i) if program is not None else None
    if program is None or drawn is None:
        return None
    picture, scale = drawn
    height, width = picture.shape
    try:
        return program.lines(picture, scale), (width / scale, height / scale)
    except OSError:
        return None


def _lines_of(
    program: recognition.Recogniser, picture: NDArray[np.uint8], scale: float
) -> list[recognition.Line]:
    """The lines of a page; a second try, since memory may have been short or the machine busy."""
    try:
        return program.lines(picture, scale)
    except OSError:
        return program.lines(picture, scale)


def _drawn(document: Any, i: int) -> tuple[NDArray[np.uint8], float] | None:
    """A page as a grey picture, and its pixels to a point; None when it cannot be drawn."""
    import pypdfium2

    try:
        page = document[i]
        if not drawable(page):
            return None
        width, height = page.get_size()
        scale = min(
            recognition.DOTS_PER_INCH / 72, math.sqrt(_MOST_PIXELS / max(width * height, 1.0))
        )
        if min(width, height) * scale < 10:
            return None
        bitmap = page.render(scale=scale, grayscale=True)
        picture = np.array(bitmap.to_numpy(), dtype=np.uint8).reshape(bitmap.height, bitmap.width)
        bitmap.close()
        page.close()
    except pypdfium2.PdfiumError:
        return None
    return picture, scale


def _cells(line: recognition.Line, page: int) -> Iterator[Line]:
    """A recognised line, cut at its wide gaps."""
    words: list[recognition.Word] = []
    for word, following in pairwise((*line.words, None)):
        assert word is not None
        words.append(word)
        if following is not None and following.left - word.right <= WIDE_GAP * line.size:
            continue
        text = " ".join(word.text for word in words)
        hyphen = re.search(r"[^\W\d_]-$", text) is not None
        placed = tuple(Word(w.text, w.left, w.right, line.baseline) for w in words)
        yield Line(text, words[0].left, word.right, line.baseline, line.size, hyphen, page=page,
                   words=placed)  # fmt: skip
        words = []


def refused(name: str, failure: OSError | None, *, garbled: bool) -> UnreadableDocument:
    """The error for a file none of whose pages gives text; ``garbled`` where it holds signs."""
    if garbled and failure is None and recognition.recogniser() is None:
        return UnreadableDocument(
            f"{name} has a text layer that is no text: its characters stand for others. "
            f"{recognition.INSTALL} and index again, or print it to a new PDF with recognised text."
        )
    if failure is not None:
        return UnreadableDocument(
            f"{name} is a scan, and Tesseract fails on it: {failure}. Run text recognition (OCR) "
            "on it with another program."
        )
    if recognition.recogniser() is None:
        return UnreadableDocument(
            f"{name} is a scan: it holds pictures of pages and no text. {recognition.INSTALL} and "
            "index again, or run another program for text recognition (OCR) on it."
        )
    return UnreadableDocument(
        f"{name} is a scan, and no text could be recognised in it. Scan it again upright, at "
        "300 dots per inch."
    )
