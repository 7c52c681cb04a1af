"""The characters of a page with their places, put together to words and lines.

PDFium keeps the order of the file, which for nearly all producers is that of reading, columns
included, and says where words and lines end. What it does not know is seen to: here pages and
tables that are turned, by ``mending`` the characters of a line, by ``askew`` the lines of a scan.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from askdossier.load.pdf.askew import straight
from askdossier.load.pdf.line import Glyph, Line, Word, main_size, turned
from askdossier.load.pdf.mending import ACCENTS, NO_GAP, mended
from askdossier.load.pdf.struck import Through, without_struck
from askdossier.load.reader import too_large
from askdossier.text import normalise

WIDE_GAP = 2.5
"""Character sizes between two words that belong to different cells or columns."""

_HYPHENS = frozenset({0x2, 0xAD, 0xFFFE})
"""What PDFium gives for a hyphen that ends a line."""
_SYMBOL = re.compile("^[\ue000-\uf8ff](?=\\s)")
"""A bullet of Word or LibreOffice: a private code of a font such as Symbol."""
_BOLD = re.compile(rb"bold|black|heavy", re.IGNORECASE)
_SKEWED = 6.0
"""Degrees up to which text is upright but askew; beyond, it is turned."""
_LONGEST_PAGE = 200_000
"""Characters; a page of a newspaper has 20,000."""
_PLACED = frozenset(map(ord, (*"0123456789", *ACCENTS))) | frozenset(range(0x300, 0x370)) | _HYPHENS
"""Characters whose own place is asked: it tells what they mean."""
_NOTHING = Through(())


def read_lines(
    page: Any, number: int, name: str, through: Through = _NOTHING
) -> tuple[list[Line], list[str]]:
    """The lines of PDFium's page in the order of the file, askew ones set straight.

    The page is turned so that most of its text is upright, the direction in which PDFium looks for
    lines. ``number`` is the page's, from 1, in the file called ``name``. Beside them what the
    strokes cross out, which is in no line. Raises `UnreadableDocument` for more text than
    a page can hold.
    """
    found, struck = _lines(page, number, name, through)
    turn = main_turn(found)
    if turn % 90 == 0 and found and turn != page.get_rotation():
        page.set_rotation(turn)
        found, struck = _lines(page, number, name, through)
    return straight(found), struck


def main_turn(lines: Sequence[Line]) -> int:
    """The direction of most characters of these lines, in degrees against the clock."""
    turns: Counter[int] = Counter()
    for line in lines:
        turns[line.turn] += len(line.text)
    return turns.most_common(1)[0][0] if turns else 0


def _lines(page: Any, number: int, name: str, through: Through) -> tuple[list[Line], list[str]]:
    text = page.get_textpage()
    if text.count_chars() > _LONGEST_PAGE:
        raise too_large(
            name, f"page {number} holds {text.count_chars()} characters",
            f"{_LONGEST_PAGE} on a page",
        )  # fmt: skip
    reading = _Reading(text, number, through)
    found = reading.lines()
    text.close()
    return found, reading.struck


class _Reading:
    """The characters of one page on their way to lines."""

    def __init__(self, page: Any, number: int, through: Through) -> None:
        from pypdfium2 import raw

        self._raw = raw
        self._page = page
        self._handle = page.raw
        self._number = number
        self._through = through
        self.struck: list[str] = []
        """The words that are crossed out, in their order."""
        # One record each, which PDFium fills again and again: characters are many.
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._box, self._matrix = raw.FS_RECTF(), raw.FS_MATRIX()
        self._found: list[Line] = []
        self._glyphs: list[Glyph | None] = []
        self._turn = 0
        self._broken = False

    def lines(self) -> list[Line]:
        """The lines of the page in the order of the file."""
        unicode, handle = self._raw.FPDFText_GetUnicode, self._handle
        letters: list[str] = []
        for i in range(self._page.count_chars()):
            code = unicode(handle, i)
            character = chr(code) if 0 < code < 0x110000 else " "
            if letters and code not in _PLACED and not character.isspace():
                letters.append(character)  # where it stands is not asked: that would take long
                continue
            if len(letters) > 1:
                self._close("".join(letters))
            letters.clear()
            if code in _HYPHENS:
                self._end(hyphen=True)
            elif character.isspace():
                self._space(broken=code in {10, 13})
            else:
                self._begin(i, character)
                if code not in _PLACED:
                    letters.append(character)
        if len(letters) > 1:
            self._close("".join(letters))
        self._end(hyphen=False)
        return self._found

    def _close(self, letters: str) -> None:
        """Give the last glyph all its letters; it ends where the last of them does."""
        first = self._glyphs[-1]
        assert first is not None
        last = first.place + len(letters) - 1
        self._raw.FPDFText_GetLooseCharBox(self._handle, last, self._box)
        right = _along(self._box, self._turn)[1] if self._turn else self._box.right
        _, left, _, base, size, place = first
        self._glyphs[-1] = Glyph(letters, left, right, base, size, place)

    def _space(self, *, broken: bool) -> None:
        """Words end here; a line that PDFium ends may go on, as round a raised figure."""
        if self._glyphs and self._glyphs[-1] is not None:
            self._glyphs.append(None)
        self._broken = self._broken or (broken and bool(self._glyphs))

    def _begin(self, i: int, character: str) -> None:
        """Begin a glyph, and a line where it stands elsewhere."""
        glyph, turn = self._glyph(i, character)
        if self._glyphs and (turn != self._turn or self._is_elsewhere(glyph)):
            self._end(hyphen=False)
        elif self._broken and self._is_close(glyph):
            self._glyphs.pop()  # PDFium took a line for one that runs down the page
        self._turn = turn
        self._broken = False
        self._glyphs.append(glyph)

    def _glyph(self, i: int, character: str) -> tuple[Glyph, int]:
        raw, x, y, box, matrix = self._raw, self._x, self._y, self._box, self._matrix
        raw.FPDFText_GetMatrix(self._handle, i, matrix)
        raw.FPDFText_GetCharOrigin(self._handle, i, x, y)
        raw.FPDFText_GetLooseCharBox(self._handle, i, box)
        size = raw.FPDFText_GetFontSize(self._handle, i)
        left, right, base, turn = box.left, box.right, y.value, 0
        if matrix.b == 0 and matrix.c == 0 and matrix.a >= 0:
            size = round(size * abs(matrix.d), 1)
        else:
            size = round(size * math.hypot(matrix.c, matrix.d), 1)
            angle = math.degrees(math.atan2(matrix.b, matrix.a))
            turn = 90 * round(angle / 90)
            if abs(angle - turn) > _SKEWED:
                turn = round(angle)
            turn %= 360
            left, right = _along(box, turn)
            base = turned(x.value, y.value, turn)[1]
        return Glyph(character, left, right, base, size, i), turn

    def _is_elsewhere(self, glyph: Glyph) -> bool:
        """True for the first character of a word on another baseline or behind a wide gap."""
        if self._glyphs[-1] is not None:
            return False
        first, previous = self._glyphs[0], self._glyphs[-2]
        assert first and previous  # no line begins with a space, and none has two in a row
        size = max(previous.size, glyph.size)
        if glyph.text in ACCENTS:  # it may be drawn when its line is done, and higher
            inside = first.left - size < glyph.left < previous.right + size
            return not (inside and abs(glyph.base - previous.base) < size)
        if previous.text in ACCENTS and len(self._glyphs) > 3:
            previous = self._glyphs[-3] or self._glyphs[-4] or previous
        gap = glyph.left - previous.right
        if self._broken:
            apart = not -0.3 * size < gap < size
            return apart or abs(glyph.base - previous.base) > 0.5 * size
        return (
            abs(glyph.base - previous.base) > 0.6 * size or gap > WIDE_GAP * size or gap < -2 * size
        )

    def _is_close(self, glyph: Glyph) -> bool:
        """True for a character that goes on with the word before it, on its baseline."""
        previous = self._glyphs[-2] if len(self._glyphs) > 1 else None
        return previous is not None and self._glyphs[-1] is None and (
            abs(glyph.base - previous.base) < NO_GAP * glyph.size
            and abs(glyph.left - previous.right) < NO_GAP * glyph.size
        )  # fmt: skip

    def _is_bold(self, i: int) -> bool:
        if self._raw.FPDFText_GetFontWeight(self._handle, i) >= 600:
            return True
        name = ctypes.create_string_buffer(200)
        self._raw.FPDFText_GetFontInfo(self._handle, i, name, len(name), ctypes.c_int())
        return _BOLD.search(name.value) is not None

    def _end(self, *, hyphen: bool) -> None:
        if self._glyphs and self._glyphs[-1] is None:
            self._glyphs.pop()
        glyphs, self._glyphs, self._broken = self._glyphs, [], False
        glyphs = self._standing(glyphs)
        shown = [glyph for glyph in glyphs if glyph is not None]
        if not shown:
            return
        bold = all(map(self._is_bold, (shown[0].place, shown[-1].place)))
        size = main_size(shown)
        words = tuple(_words(mended(glyphs, size, self._singles, self._is_space)))
        line = _SYMBOL.sub("•", " ".join(word.text for word in words))
        if line:
            base = next(
                (g.base for g in shown if g.size == size and g.text not in ACCENTS), shown[0].base
            )
            self._found.append(
                Line(line, shown[0].left, shown[-1].right, base, size, hyphen, bold, self._number,
                     self._turn, words)
            )  # fmt: skip

    def _is_space(self, place: int) -> bool:
        """True for a space that the file has; PDFium adds others."""
        return not self._raw.FPDFText_IsGenerated(self._handle, place)

    def _standing(self, glyphs: list[Glyph | None]) -> list[Glyph | None]:
        """The characters of a line that no stroke crosses out; the others are noted."""
        shown = [glyph for glyph in glyphs if glyph is not None]
        if not shown:
            return glyphs
        size, first = main_size(shown), shown[0]
        strokes = self._through.across(self._turn, first.left, shown[-1].right, first.base, size)
        if not strokes:
            return glyphs
        singles = [single for glyph in glyphs for single in self._singles(glyph)]
        left, gone = without_struck(singles, strokes, size)
        self.struck += gone
        return left

    def _singles(self, glyph: Glyph | None) -> Iterator[Glyph | None]:
        """The letters of a glyph one by one, each in its place."""
        if glyph is None or len(glyph.text) < 2:
            yield glyph
            return
        for i, letter in enumerate(glyph.text, start=glyph.place):
            yield self._glyph(i, letter)[0]


def _along(box: Any, turn: int) -> tuple[float, float]:
    """Where a box of PDFium's begins and ends in the direction of turned text."""
    places = [turned(x, y, turn)[0] for x in (box.left, box.right) for y in (box.bottom, box.top)]
    return min(places), max(places)


def _words(glyphs: Sequence[Glyph | None]) -> Iterator[Word]:
    word: list[Glyph] = []
    for glyph in (*glyphs, None):
        if glyph is not None:
            word.append(glyph)
        elif word:
            # Normalising may give more than one word, or none.
            text = "".join([glyph.text for glyph in word])
            if not (text.isascii() and text.isprintable()):
                text = " ".join(normalise(text).split())
            if text:
                yield Word(text, word[0].left, word[-1].right, word[0].base)
            word = []
