"""Slides: each stands for itself, under its title; a key figure belongs to its caption."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from statistics import median

from askdossier.core import Block, PageStart
from askdossier.load.pdf.line import CELLS, Line
from askdossier.load.pdf.paragraphs import blocks

_LARGE_PRINT = 13.5
"""Points of the usual characters of a slide, at least."""
_MOST_TEXT = 700
"""Characters of a usual slide."""
_FEW = 4
"""Lines of a slide that says one thing: a key figure with its caption."""
_FEW_WORDS = 160
_FIGURE = re.compile(r"[^\w\s]{0,2}\s?\d[\d\s.,/:]{0,20}(?:[^\W\d_]{1,3}\b\.?|[%€$£°]|\s){0,6}")
_LONGEST_TITLE = 150
_CLOSE = 1.9
"""Character sizes between the lines of a paragraph, at most."""
_ALIKE = 0.15
"""Of the character size: lines that differ by less are printed in one."""


def are_slides(pages: Sequence[Sequence[Line]], shapes: Sequence[tuple[float, float]]) -> bool:
    """True for several pages, wider than high, of little text in large print.

    ``shapes`` are the width and height of each page in the direction in which it is read.
    """
    written = [(page, shape) for page, shape in zip(pages, shapes, strict=True) if page]
    if len(written) < 2 or not all(width > height for _, (width, height) in written):
        return False
    lengths = [sum(len(line.text) for line in page) for page, _ in written]
    sizes = [line.size for page, _ in written for line in page]
    return median(lengths) <= _MOST_TEXT and median(sizes) >= _LARGE_PRINT


def slide_blocks(pages: Sequence[Sequence[Line]]) -> Iterator[Block]:
    """The blocks of slides, page by page."""
    first = True
    for page in pages:
        lines = [line for line in page if not line.aside]
        title = _title(lines)
        if title is not None and not first and _says_one_thing(lines):
            ordered = sorted(lines, key=lambda line: -line.bottom)
            yield Block(CELLS.join(line.text for line in ordered), 0, (PageStart(0, title.page),))
        else:
            if title is not None:
                yield Block(title.text, 1 if first else 2, (PageStart(0, title.page),))
                first = False
            rest = _captioned([line for line in lines if line != title])
            yield from (replace(block, level=0) for block in blocks(rest))
    yield from blocks([line for page in pages for line in page if line.aside])


def _title(lines: Sequence[Line]) -> Line | None:
    """The highest line with words, or the first of the file's where it is as high.

    None where the next line follows it closely and looks the same: running text has no title.
    """
    worded = [line for line in lines if not line.row and not _FIGURE.fullmatch(line.text)
              and len(line.text) <= _LONGEST_TITLE]  # fmt: skip
    highest = max(worded, key=lambda line: line.bottom, default=None)
    larger = [line for line in worded if highest and line.size > 1.2 * highest.size
              and line.bottom > highest.bottom - 4 * line.size]  # fmt: skip
    title = larger[0] if larger else highest
    return None if title is not None and any(_goes_on(title, line) for line in lines) else title


def _goes_on(line: Line, other: Line) -> bool:
    """True for a line close below another that looks the same."""
    return (
        0 < line.bottom - other.bottom < _CLOSE * line.size
        and abs(other.left - line.left) < line.size
        and abs(other.size - line.size) < _ALIKE * line.size
        and (other.bold, other.turn) == (line.bold, line.turn)
    )


def _says_one_thing(lines: Sequence[Line]) -> bool:
    return (
        1 < len(lines) <= _FEW
        and sum(len(line.text) for line in lines) <= _FEW_WORDS
        and not any(line.row for line in lines)
    )


def _captioned(lines: Sequence[Line]) -> list[Line]:
    """The lines, a figure that stands alone joined with what it is about, below or above it."""
    result = list(lines)
    for figure in [line for line in lines if not line.row and _FIGURE.fullmatch(line.text)]:
        near = [line for line in result if line is not figure and not line.row
                and line.left < figure.right and line.right > figure.left
                and abs(line.bottom - figure.bottom) < 2.5 * max(figure.size, line.size)
                and not _FIGURE.fullmatch(line.text)]  # fmt: skip
        below = [line for line in near if line.bottom < figure.bottom]
        caption = max(below, key=lambda ln: ln.bottom, default=None) or min(
            near, key=lambda ln: ln.bottom, default=None)  # fmt: skip
        if caption is None:
            continue
        above = caption.bottom > figure.bottom
        ordered = (caption, figure) if above else (figure, caption)
        result[result.index(caption)] = replace(
            caption, text=CELLS.join(line.text for line in ordered), row=True)  # fmt: skip
        result.remove(figure)
    return result
