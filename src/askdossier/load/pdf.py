"""PDF: text in reading order, lines joined to paragraphs, running heads and page numbers out.

PDFium gives the characters with their boxes and sizes. It keeps the order of the file, which for
nearly all producers is that of reading, columns included. Headings are told by their size. Pages
that hold no text but show something are given to a program that recognises it, if there is one.
"""

from __future__ import annotations

import ctypes
import math
import re
import threading
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
from numpy.typing import NDArray

from askdossier.load import recognition
from askdossier.load.metadata import Metadata, plain
from askdossier.load.reader import Content, Step, no_step, too_large
from askdossier.records import Block, PageStart, Removal, UnreadableDocument
from askdossier.text import fold, normalise

SUFFIXES = (".pdf",)

PDFIUM = threading.Lock()
"""PDFium is not thread-safe."""

_HYPHENS = frozenset({0x2, 0xAD, 0xFFFE})
"""What PDFium gives for a hyphen that ends a line."""
_SYMBOL = re.compile("^[\ue000-\uf8ff](?=\\s)")
"""A bullet of Word or LibreOffice: a private code of a font such as Symbol."""
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_ITEM = re.compile(r"(?:[-*•·–▪◦‣►●○■]|\(?(?:\d{1,2}|[a-z])[.)])\s+\S|[⁰¹²³⁴-⁹]{1,3}\s?\S")
_ENDS_SENTENCE = re.compile(r"[.!?…:;][»”\"')\]⁰-⁹¹²³\s]*$")
_PAGE_NUMBER = re.compile(
    r"(?:page |p\. ?)?[-–—]? ?(?:\d{1,4}|[ivxlc]{1,7}) ?[-–—]?(?: ?(?:/|sur|of|de) ?\d{1,4})?"
)
_MOST_PAGES = 20_000
_LONGEST_PAGE = 200_000
"""Characters; a page of a newspaper has 20,000."""
_MOST_SCANS = 2_000
"""Pages to recognise in one file, some two seconds each."""
_MOST_PIXELS = 20_000_000
"""Of the picture of a page that is recognised; A3 at 300 dots per inch has 17 million."""
_LARGEST_IMAGE = 150_000_000
"""Pixels of the images on a page: they are unpacked to draw it."""
_WIDE_GAP = 2.5
"""Character sizes between two words that belong to different cells or columns."""
_CELLS = " | "
_RECURS = 3
"""Pages on which a line must recur to be a running head; both, of two."""
_EDGE = 3
"""Lines at the top and bottom of a page that may be running heads."""
_BOLD = re.compile(rb"bold|black|heavy", re.IGNORECASE)
_PRINTED = re.compile(
    r"(?:https?|file|about)://?\S+|\d{1,4} ?(?:/|sur|of) ?\d{1,4}|"
    r"\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4},? (?:à )?\d{1,2}[:h]\d{2}(?: ?[ap]m)?"
)
"""What a browser prints above and below a page, beside its title: address, page, date and time."""
_NOTE_NUMBER = re.compile(r"^\d{1,3}(?=[^\W\d_])")
_LEADERS = re.compile(r"(?:\. ?){5}")
"""The dots of a table of contents."""
_CLITICS = frozenset(
    "je tu il elle on nous vous ils elles ce moi toi lui leur y en là ci même mêmes t sur sous de "
    "la le les du des à au aux et en".split()
)
_NO_TITLE = re.compile(
    r"untitled|sans titre|document\d*|microsoft word.*|.*\.(?:docx?|odt|pdf|indd|tex|dvi|pptx?)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a page. Coordinates in points from the bottom left corner."""

    text: str
    left: float
    right: float
    bottom: float
    """Of the characters' baseline."""
    size: float
    hyphen: bool
    """True when its last word goes on in the next line."""
    bold: bool
    page: int
    """From 1."""


def read(path: Path, step: Step = no_step) -> Content:
    """Read a PDF; ``step`` is called before each page that is recognised, and may raise.

    A scan in which no text is found raises; pages that could not be read beside others that could
    are named among the losses.
    """
    document = _opened(path)
    try:
        with PDFIUM:
            pages = _pages(document, path.name)
            facts = _facts(document)
            shown = [i for i, page in enumerate(pages) if not page and _shows(document, i)]
        found = _recognised(document, path.name, shown, step) if shown else _Recognised()
    finally:
        with PDFIUM:
            document.close()
    for i, lines in found.lines.items():
        pages[i] = lines
    if shown and not any(pages):
        raise _scan(path.name, found.failure) from found.failure
    pages = _without_running_lines(pages)
    blocks = tuple(_blocks([line for page in pages for line in page]))
    return Content(
        blocks,
        _metadata(facts, blocks),
        recognised=any(found.lines.values()),
        lost=tuple(Removal(f"p. {i + 1}", "text recognition failed") for i in found.lost),
    )


def _opened(path: Path) -> Any:
    import pypdfium2

    try:
        with PDFIUM:
            return pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise UnreadableDocument(
                f"{path.name} is protected by a password. Open it, print it to a new PDF, and put "
                "that one into the corpus."
            ) from error
        raise UnreadableDocument(
            f"{path.name} is damaged or no PDF. Open it in a PDF viewer and save it again."
        ) from error


# --- pages that are pictures ----------------------------------------------------------------------


def _shows(document: Any, i: int) -> bool:
    """True for a page with something on it, whatever it is."""
    import pypdfium2

    try:
        page = document[i]
    except pypdfium2.PdfiumError:
        return False
    shows = next(page.get_objects(max_depth=1), None) is not None
    page.close()
    return shows


@dataclass(slots=True)
class _Recognised:
    """What became of the pages that are pictures."""

    lines: dict[int, list[_Line]] = field(default_factory=dict)
    """Of each page that was read, by its index."""
    lost: list[int] = field(default_factory=list)
    """The pages that could not be drawn, or on which the program failed twice."""
    failure: OSError | None = None
    """Why the program failed on the last of them."""


def _recognised(document: Any, name: str, pages: Sequence[int], step: Step) -> _Recognised:
    """What is on those pages; nothing where no program can recognise them.

    The lock is not held meanwhile, so that others can read their PDFs.
    """
    program = recognition.recogniser()
    if program is None:
        return _Recognised()
    if len(pages) > _MOST_SCANS:
        raise too_large(name, f"{len(pages)} scanned pages", f"{_MOST_SCANS}")
    result = _Recognised()
    for done, i in enumerate(pages):
        step(done, len(pages))
        with PDFIUM:
            drawn = _drawn(document, i)
        if drawn is None:
            result.lost.append(i)
            continue
        try:
            lines = _lines_of(program, *drawn)
        except OSError as error:
            result.lost.append(i)
            result.failure = error
        else:
            result.lines[i] = _rows_joined([cell for line in lines for cell in _cells(line, i + 1)])
    step(len(pages), len(pages))
    return result


def _lines_of(
    program: recognition.Recogniser, picture: NDArray[np.uint8], scale: float
) -> list[recognition.Line]:
    """The lines of a page; a second try, since memory may have been short or the machine busy."""
    try:
        return program.lines(picture, scale)
    except OSError:
        return program.lines(picture, scale)


def drawable(page: Any) -> bool:
    """False for a page of PDFium's whose images would fill the memory; takes the lock as read."""
    from pypdfium2 import raw

    images = page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE])
    pixels: int = sum(math.prod(image.get_px_size()) for image in images)
    return pixels <= _LARGEST_IMAGE


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


def _cells(line: recognition.Line, page: int) -> Iterator[_Line]:
    """A recognised line, cut at its wide gaps."""
    words: list[recognition.Word] = []
    for word, following in pairwise((*line.words, None)):
        assert word is not None
        words.append(word)
        if following is not None and following.left - word.right <= _WIDE_GAP * line.size:
            continue
        text = " ".join(word.text for word in words)
        hyphen = re.search(r"[^\W\d_]-$", text) is not None
        yield _Line(text, words[0].left, word.right, line.baseline, line.size, hyphen, False, page)
        words = []


def _scan(name: str, failure: OSError | None) -> UnreadableDocument:
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


# --- characters to lines --------------------------------------------------------------------------


def _pages(document: Any, name: str) -> list[list[_Line]]:
    """The lines of each page, from the text layer."""
    import pypdfium2

    pages: list[list[_Line]] = []
    if len(document) > _MOST_PAGES:
        raise too_large(name, f"{len(document)} pages", f"{_MOST_PAGES}")
    for number in range(len(document)):
        try:
            page = document[number]
            text = page.get_textpage()
        except pypdfium2.PdfiumError:
            pages.append([])  # a broken page; the others are read
            continue
        if text.count_chars() > _LONGEST_PAGE:
            raise too_large(
                name, f"page {number + 1} holds {text.count_chars()} characters",
                f"{_LONGEST_PAGE} on a page",
            )  # fmt: skip
        pages.append(_lines(text, number + 1))
        text.close()
        page.close()
    return pages


def _lines(page: Any, number: int) -> list[_Line]:
    """The lines of a page in the order of the file; cells of a table row joined with ``|``."""
    segments: list[_Line] = []
    row = _Row(page, number)
    for i in range(page.count_chars()):
        code = row.code(i)
        if code in {10, 13} or code in _HYPHENS:
            segments += row.end(hyphen=code in _HYPHENS)
            continue
        if row.starts_elsewhere(i):
            segments += row.end(hyphen=False)
        row.add(i, code)
    segments += row.end(hyphen=False)
    return _rows_joined(segments)


class _Row:
    """Collects the characters of a line until it ends or jumps to another place."""

    def __init__(self, page: Any, number: int) -> None:
        from pypdfium2 import raw

        self._raw = raw
        self._page = page
        self._number = number
        self._clear()

    def _clear(self) -> None:
        self._text: list[str] = []
        self._shown: list[int] = []
        self._sizes: Counter[float] = Counter()
        self._baseline = 0.0

    def code(self, i: int) -> int:
        return int(self._raw.FPDFText_GetUnicode(self._page, i))

    def _origin(self, i: int) -> float:
        x, y = ctypes.c_double(), ctypes.c_double()
        self._raw.FPDFText_GetCharOrigin(self._page, i, x, y)
        return y.value

    def _size(self) -> float:
        return self._sizes.most_common(1)[0][0] if self._sizes else 0.0

    def _is_bold(self, i: int) -> bool:
        if self._raw.FPDFText_GetFontWeight(self._page, i) >= 600:
            return True
        name = ctypes.create_string_buffer(200)
        self._raw.FPDFText_GetFontInfo(self._page, i, name, len(name), ctypes.c_int())
        return _BOLD.search(name.value) is not None

    def _is_raised(self, i: int, size: float) -> bool:
        """True for a figure that does not stand on the line: "10³" must not become "103"."""
        return bool(self._page.get_charbox(i)[1] > self._baseline + 0.2 * size)

    def starts_elsewhere(self, i: int) -> bool:
        """True for the first character of a word on another baseline or behind a wide gap."""
        if not self._shown or self._text[-1] != " " or self.code(i) == 32:
            return False
        size = self._size()
        if abs(self._origin(i) - self._baseline) > 0.6 * size:
            return True
        left = self._page.get_charbox(i, loose=True)[0]
        right = self._page.get_charbox(self._shown[-1], loose=True)[2]
        return bool(left - right > _WIDE_GAP * size or left < right - 2 * size)

    def add(self, i: int, code: int) -> None:
        character = chr(code) if 0 < code < 0x110000 else " "
        if character.isspace():
            self._text.append(" ")
            return
        size = round(self._raw.FPDFText_GetFontSize(self._page, i), 1)
        if not self._shown:
            self._baseline = self._origin(i)
        if character.isdigit() and self._is_raised(i, self._size() or size):
            character = character.translate(_SUPERSCRIPTS)
        self._shown.append(i)
        self._sizes[size] += 1
        self._text.append(character)

    def end(self, *, hyphen: bool) -> Iterator[_Line]:
        text = _SYMBOL.sub("•", " ".join(normalise("".join(self._text)).split()))
        if text:
            ends = (self._shown[0], self._shown[-1])
            first, last = (self._page.get_charbox(i, loose=True) for i in ends)
            bold = all(map(self._is_bold, ends))
            yield _Line(
                text, first[0], last[2], self._baseline, self._size(), hyphen, bold, self._number
            )
        self._clear()


def _rows_joined(segments: Sequence[_Line]) -> list[_Line]:
    """Segments on one baseline: cells of a table, or lines of two columns set row by row."""
    rows: list[list[_Line]] = []
    for segment in segments:
        previous = rows[-1][-1] if rows else None
        if (
            previous is not None
            and abs(segment.bottom - previous.bottom) < 0.3 * previous.size
            and segment.left >= previous.right
            and not previous.hyphen
        ):
            rows[-1].append(segment)
        else:
            rows.append([segment])
    pairs = [row for row in rows if len(row) == 2]
    lengths = [len(segment.text) for row in pairs for segment in row]
    if len(pairs) >= 8 and median(lengths) >= 25:
        left = [row[0] for row in rows]
        return [*left, *(segment for row in rows for segment in row[1:])]
    return [
        _joined_row(row, _CELLS if _is_table_row(row, rows[max(0, i - 1) : i + 2]) else " ")
        for i, row in enumerate(rows)
    ]


def _is_table_row(row: Sequence[_Line], around: Sequence[Sequence[_Line]]) -> bool:
    """False for a justified line of few words far apart, without cells above or below them."""
    if any(" " in segment.text or _PRINTED.fullmatch(segment.text) for segment in row):
        return True
    lefts = [segment.left for segment in row[1:]]
    return any(
        abs(segment.left - left) < row[0].size
        for other in around
        if other is not row
        for segment in other[1:]
        for left in lefts
    )


def _joined_row(row: Sequence[_Line], joint: str) -> _Line:
    if len(row) == 1:
        return row[0]
    text = joint.join(segment.text for segment in row)
    return replace(row[0], text=text, right=row[-1].right, hyphen=row[-1].hyphen)


# --- running heads --------------------------------------------------------------------------------


def _without_running_lines(pages: Sequence[Sequence[_Line]]) -> list[list[_Line]]:
    """The pages without page numbers and running heads.

    A running head is a line that recurs at the same place at the edge of other pages, or that
    begins or ends with a figure which grows with the pages.
    """
    lines: Counter[tuple[str, int]] = Counter()
    offsets: Counter[int] = Counter()
    for page in pages:
        edges = _edges(page)
        lines.update({_place(line) for line in edges})
        offsets.update({offset for line in edges for offset in _page_offsets(line)})
    offset, times = offsets.most_common(1)[0] if offsets else (0, 0)
    recurs = _RECURS if len(pages) != 2 else 2
    numbered = times >= max(recurs, 0.5 * len(pages))
    result = []
    for page in pages:
        running = {
            id(line)
            for line in _edges(page)
            if lines[_place(line)] >= recurs
            or _is_printed(line)
            or (numbered and offset in _page_offsets(line) and len(line.text) < 100)
            or _PAGE_NUMBER.fullmatch(fold(line.text))
        }
        result.append([line for line in page if id(line) not in running])
    return result


def _is_printed(line: _Line) -> bool:
    """True for a line that a browser has put around the page."""
    parts = fold(line.text).split(_CELLS)
    return len(parts) > 1 and any(map(_PRINTED.fullmatch, parts))


def _page_offsets(line: _Line) -> set[int]:
    """Differences between the first or last figure of a line and the number of its page."""
    figures = re.findall(r"^\d{1,4}\b|\b\d{1,4}$", line.text)
    return {int(figure) - line.page for figure in figures}


def _edges(page: Sequence[_Line]) -> list[_Line]:
    """The highest and lowest lines of a page."""
    by_height = sorted(page, key=lambda line: line.bottom)
    return [*by_height[:_EDGE], *by_height[-_EDGE:]]


def _place(line: _Line) -> tuple[str, int]:
    return fold(line.text), round(line.bottom / line.size) if line.size else 0


# --- lines to paragraphs --------------------------------------------------------------------------

_SMALL = 0.92
"""Of the body's size: below, a line is a note or a caption."""
_LARGE = 1.15
"""Of the body's size: above, a line is a heading."""
_LONGEST_HEADING = 250


def _blocks(lines: Sequence[_Line]) -> Iterator[Block]:
    if not lines:
        return
    body = _body_size(lines)
    text, notes = _without_notes(lines, body)
    groups = [*_paragraphs(text), *_paragraphs(notes)]
    levels = _heading_levels(groups, body)
    known = Counter(word for line in lines for word in _WORD.findall(line.text.lower()))
    for group in groups:
        first = group[0]
        if first.size < _SMALL * body:
            first = _note_number_apart(first)
        joined, pages = _joined([first, *group[1:]], known)
        yield Block(joined, _level(group, levels), pages)


def _body_size(lines: Sequence[_Line]) -> float:
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.text)
    return sizes.most_common(1)[0][0]


def _without_notes(lines: Sequence[_Line], body: float) -> tuple[list[_Line], list[_Line]]:
    """Footnotes that stand between two halves of a sentence are taken out, for the end."""
    text: list[_Line] = []
    notes: list[_Line] = []
    i = 0
    while i < len(lines):
        end = i
        while end < len(lines) and lines[end].size < _SMALL * body:
            end += 1
        if end == i:
            text.append(lines[i])
            i += 1
            continue
        interrupts = bool(text) and _is_open(text[-1]) and text[-1].size >= _SMALL * body
        (notes if interrupts and end < len(lines) else text).extend(lines[i:end])
        i = end
    return text, notes


def _note_number_apart(line: _Line) -> _Line:
    """Set a footnote's number apart from its text: "1Le devis" is "1 Le devis"."""
    return replace(line, text=_NOTE_NUMBER.sub(r"\g<0> ", line.text))


def _is_open(line: _Line) -> bool:
    return line.hyphen or not _ENDS_SENTENCE.search(line.text[-20:])


def _paragraphs(lines: Sequence[_Line]) -> Iterator[list[_Line]]:
    leading = _leading(lines)
    group: list[_Line] = []
    edges = list(_right_edges(lines))
    for i, line in enumerate(lines):
        if group and not _goes_on(group[-1], line, leading, edges[i - 1]):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _right_edges(lines: Sequence[_Line]) -> Iterator[float]:
    """For each line the right edge of its column: of the lines of its size above and below it."""
    by_page: dict[int, list[_Line]] = {}
    for line in lines:
        by_page.setdefault(line.page, []).append(line)
    for line in lines:
        beside = (
            other.right
            for other in by_page[line.page]
            if other.left <= line.right and other.right >= line.left
            and abs(other.size - line.size) < 0.5
        )  # fmt: skip
        yield max(beside, default=line.right)  # a damaged font may end before it begins


def _leading(lines: Sequence[_Line]) -> float:
    """The usual distance between two lines of a paragraph, as a multiple of the character size."""
    steps = [
        (first.bottom - second.bottom) / first.size
        for first, second in pairwise(lines)
        if first.size > 0 and 0 < first.bottom - second.bottom < 3 * first.size
    ]
    return median(steps) if steps else 1.2


def _goes_on(line: _Line, following: _Line, leading: float, edge: float) -> bool:
    """Whether the following line belongs to the same paragraph; ``edge`` is its column's right."""
    if line.hyphen:
        return True
    if abs(line.size - following.size) > 0.5 or line.bold != following.bold:
        return False
    if _ITEM.match(following.text) or (_CELLS in line.text and _CELLS in following.text):
        return False
    step = line.bottom - following.bottom
    if line.page != following.page or step <= 0:  # the next column or page
        return _is_open(line) and not line.bold
    if step > 1.35 * leading * line.size:
        return False
    room = (edge - line.right) / max(edge - line.left, 1.0)
    if _is_open(line):
        return room < 0.3  # a line of a list, without a full stop
    indented = 0.7 * line.size < following.left - line.left < 6 * line.size
    return not indented and room < 0.12


_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_LAST_WORD = re.compile(r"(?<![^\W_])(?<![^\W_]-)[^\W_]++(?:-[^\W_]++)*$")
_FIRST_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")


def _joined(group: Sequence[_Line], known: Counter[str]) -> tuple[str, tuple[PageStart, ...]]:
    """The text of a paragraph, and where in it each of its pages begins."""
    parts = [group[0].text]
    pages = [PageStart(0, group[0].page)]
    for line, following in pairwise(group):
        ends_in_hyphen = re.search(r"[^\W\d_]-$", line.text)
        if line.hyphen or ends_in_hyphen:
            if ends_in_hyphen:
                parts[-1] = parts[-1][:-1]
            parts.append("-" if _keeps_hyphen(parts[-1], following.text, known) else "")
        else:
            parts.append(" ")
        if following.page != line.page:
            pages.append(PageStart(sum(map(len, parts)), following.page))
        parts.append(following.text)
    return "".join(parts), tuple(pages)


def _keeps_hyphen(before: str, after: str, known: Counter[str]) -> bool:
    """Whether a hyphen at a line's end belongs to the word: the document's other words tell."""
    head = _LAST_WORD.search(before[-60:])
    tail = _FIRST_WORD.match(after)
    if head is None or tail is None:
        return True
    first, second = head[0].lower(), tail[0].lower()
    whole, compound = known[first + second], known[f"{first}-{second}"]
    if whole or compound:
        return compound > whole
    return (
        "-" in first
        or second.partition("-")[0] in _CLITICS
        or not tail[0][0].islower()
        or first[-1].isdigit()
    )


# --- headings -------------------------------------------------------------------------------------


def _heading_levels(
    groups: Sequence[Sequence[_Line]], body: float
) -> dict[tuple[float, bool], int]:
    """Levels of the looks that headings have: larger ones first, then bold in the body's size."""
    lines = sum(map(len, groups))
    bold = sum(line.bold for group in groups for line in group)
    looks = {
        (group[0].size, False) for group in groups if _could_be_heading(group)
        and group[0].size >= _LARGE * body
    }  # fmt: skip
    ordered = sorted(looks, reverse=True)
    if bold < 0.3 * lines:
        ordered.append((body, True))
    return {look: min(level, 6) for level, look in enumerate(ordered, start=1)}


def _could_be_heading(group: Sequence[_Line]) -> bool:
    text = " ".join(line.text for line in group)
    return len(text) <= _LONGEST_HEADING and any(c.isalpha() for c in text) and len(group) <= 4


def _level(group: Sequence[_Line], levels: Mapping[tuple[float, bool], int]) -> int:
    first = group[0]
    if not _could_be_heading(group) or _LEADERS.search(first.text):
        return 0
    if level := levels.get((first.size, False)):
        return level
    ends = group[-1].text.endswith((".", ",", ";", ":"))
    if first.bold and len(group) <= 2 and not ends and not _ITEM.match(first.text):
        body, level = next(((size, n) for (size, bold), n in levels.items() if bold), (0.0, 0))
        return level if first.size >= _SMALL * body else 0
    return 0


# --- metadata -------------------------------------------------------------------------------------


def _facts(document: Any) -> dict[str, str]:
    """What the file says about itself, as far as it can be decoded."""
    facts = {}
    for key in ("Title", "Author"):
        with suppress(UnicodeDecodeError):
            facts[key] = str(document.get_metadata_value(key))
    return facts


def _metadata(information: Mapping[str, str], blocks: Sequence[Block]) -> Metadata:
    """Title and author; the file's own dates are left out, they tell when it was printed."""
    title = plain(information.get("Title"))
    if title is not None and _NO_TITLE.fullmatch(title):
        title = None
    top = blocks[:5]
    heading = next((block.text for block in top if block.level == 1), None)
    if title is None or (heading and not any(fold(title) in fold(block.text) for block in top)):
        title = heading or title
    return Metadata(title=title, author=plain(information.get("Author")))
