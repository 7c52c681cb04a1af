"""The characters of a page with their places, put together to words and lines.

PDFium keeps the order of the file, which for nearly all producers is that of reading, columns
included, and says where words and lines end. What it does not know is seen to here: accents that
are glyphs of their own, gaps behind ligatures, raised figures, pages and tables that are turned.
"""

from __future__ import annotations

import ctypes
import math
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from statistics import median
from typing import Any, NamedTuple

from askdossier.load.pdf.line import Line, Word, turned
from askdossier.load.pdf.struck import Crossing, Through
from askdossier.load.reader import too_large
from askdossier.text import normalise

WIDE_GAP = 2.5
"""Character sizes between two words that belong to different cells or columns."""

_HYPHENS = frozenset({0x2, 0xAD, 0xFFFE})
"""What PDFium gives for a hyphen that ends a line."""
_SYMBOL = re.compile("^[\ue000-\uf8ff](?=\\s)")
"""A bullet of Word or LibreOffice: a private code of a font such as Symbol."""
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_BOLD = re.compile(rb"bold|black|heavy", re.IGNORECASE)
_LIGATURES = ("ffi", "ffl", "ff", "fi", "fl", "ﬀ", "ﬁ", "ﬂ", "ﬃ", "ﬄ")
_NO_GAP = 0.08
"""Of the character size: less than this between two letters is no space."""
_LETTER = 0.25
"""Of the character size: the least width of a letter in a ligature."""
_RAISED = 0.15
"""Of the character size: above the baseline of the characters beside it."""
_SMALLER = 0.86
"""Of the character size: a raised figure is smaller than this."""
_SKEWED = 6.0
"""Degrees up to which text is upright but askew; beyond, it is turned."""
_LONGEST_PAGE = 200_000
"""Characters; a page of a newspaper has 20,000."""
_LONG = 8.0
"""Character sizes of a line from which its slope is measured."""
_STRAIGHT = 0.0005
"""A slope that is none: half a point on a page's width."""
_ACCENTS = {
    "`": "\u0300", "´": "\u0301", "^": "\u0302", "ˆ": "\u0302", "~": "\u0303", "˜": "\u0303",
    "¯": "\u0304", "˘": "\u0306", "˙": "\u0307", "¨": "\u0308", "˚": "\u030a", "˝": "\u030b",
    "ˇ": "\u030c", "¸": "\u0327", "˛": "\u0328", "ˊ": "\u0301", "ˋ": "\u0300",
}  # fmt: skip
"""Signs that old fonts draw over or under a letter, and the mark that joins one."""
_ACCENT = re.compile(f"[{re.escape(''.join(_ACCENTS))}\u0300-\u036f]")
_PLACED = (
    frozenset(map(ord, (*"0123456789", *_ACCENTS))) | frozenset(range(0x300, 0x370)) | _HYPHENS
)
"""Characters whose own place is asked: it tells what they mean."""
_FEWEST_APART = 5
"""Letters set apart that make a line of such letters."""
_MOSTLY = 0.6
"""Of the words of that line: these letters."""
_APART = 0.8
"""Of the character size: the most that parts letters of a word."""
_WIDER = 1.5
"""Of that: the least that parts words."""
_EDGE = 0.2
"""Of the character size: a stroke that crosses words out ends as near to a character's edge."""
_SPACE = 0.45
"""Of the character size: or behind the space after it."""
_DOTLESS = {"ı": "i", "ȷ": "j"}


_NOTHING = Through(())


class Glyph(NamedTuple):
    """A character, or letters of a word, in points in the direction of reading."""

    text: str
    left: float
    right: float
    base: float
    size: float
    place: int
    """Of the first character on PDFium's page."""


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
    return _straight(found), struck


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
        if glyph.text in _ACCENTS:  # it may be drawn when its line is done, and higher
            inside = first.left - size < glyph.left < previous.right + size
            return not (inside and abs(glyph.base - previous.base) < size)
        if previous.text in _ACCENTS and len(self._glyphs) > 3:
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
            abs(glyph.base - previous.base) < _NO_GAP * glyph.size
            and abs(glyph.left - previous.right) < _NO_GAP * glyph.size
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
        size = _main_size(shown)
        text = "".join(glyph.text for glyph in shown)
        if _ACCENT.search(text):
            glyphs = _accents_joined(
                [single for glyph in glyphs for single in self._singles(glyph)]
            )
        glyphs = _letters_closed(glyphs, self._is_space)
        if any(ligature in text for ligature in _LIGATURES):
            glyphs = _ligatures_closed([g for glyph in glyphs for g in self._singles(glyph)])
        if any(glyph.size < _SMALLER * size for glyph in shown):
            glyphs = _figures_raised(_figures_closed(glyphs), size)
        words = tuple(_words(glyphs))
        line = _SYMBOL.sub("•", " ".join(word.text for word in words))
        if line:
            base = next(
                (g.base for g in shown if g.size == size and g.text not in _ACCENTS), shown[0].base
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
        size, first = _main_size(shown), shown[0]
        strokes = self._through.across(self._turn, first.left, shown[-1].right, first.base, size)
        if not strokes:
            return glyphs
        singles = [single for glyph in glyphs for single in self._singles(glyph)]
        left, gone = _without_struck(singles, strokes, size)
        self.struck += gone
        return left

    def _singles(self, glyph: Glyph | None) -> Iterator[Glyph | None]:
        """The letters of a glyph one by one, each in its place."""
        if glyph is None or len(glyph.text) < 2:
            yield glyph
            return
        for i, letter in enumerate(glyph.text, start=glyph.place):
            yield self._glyph(i, letter)[0]


def _main_size(glyphs: Sequence[Glyph]) -> float:
    """The size of most of the characters."""
    sizes: Counter[float] = Counter()
    for glyph in glyphs:
        sizes[glyph.size] += len(glyph.text)
    return max(sizes, key=sizes.__getitem__)


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


def _without_struck(
    glyphs: Sequence[Glyph | None], strokes: Sequence[Crossing], size: float
) -> tuple[list[Glyph | None], list[str]]:
    """The characters that stay of a line that strokes go through, and the words that do not."""
    crossed = {i for stroke in strokes for i in _crossed(glyphs, stroke, size)}
    result: list[Glyph | None] = []
    gone = [""]
    for i, glyph in enumerate((*glyphs, None)):
        if glyph is None:
            gone[-1] += " "
            if result and result[-1] is not None:
                result.append(None)
        elif i in crossed:
            gone[-1] += glyph.text
        else:
            gone.append("")
            result.append(glyph)
    return result[:-1], [" ".join(normalise(words).split()) for words in gone if words.strip()]


def _crossed(glyphs: Sequence[Glyph | None], stroke: Crossing, size: float) -> set[int]:
    """The places of the characters that a stroke goes through, if it ends where they do.

    Each is looked at on its own baseline: under the numerator of a fraction the stroke is its bar.
    What is raised goes with the character beside it.
    """
    along = {
        i: glyph for i, glyph in enumerate(glyphs)
        if glyph is not None and stroke.start <= (glyph.left + glyph.right) / 2 <= stroke.end
    }  # fmt: skip
    found = {i for i, glyph in along.items() if stroke.strikes(glyph.base, glyph.size)}
    for i in (*along, *reversed(along)):
        if not found.isdisjoint({i - 1, i + 1}):
            found.add(i)
    crossed = [along[i] for i in found]
    ends = (
        any(abs(glyph.left - stroke.start) < _EDGE * size for glyph in crossed)
        and any(-_EDGE * size < stroke.end - glyph.right < _SPACE * size for glyph in crossed)
    )  # fmt: skip
    return found if ends else set()


def _letters_closed(
    glyphs: Sequence[Glyph | None], is_space: Callable[[int], bool]
) -> list[Glyph | None]:
    """A line whose letters are set apart ("L E  T I T R E") as words: the file has their spaces.

    ``is_space`` tells of a place on PDFium's page whether it has one. Figures alone stay apart, and
    so do letters in which nothing shows words, such as the names of weekdays or of columns.
    """
    shown = [glyph for glyph in glyphs if glyph is not None]
    words = "".join(" " if glyph is None else glyph.text for glyph in glyphs).split()
    letters = sum(len(word) == 1 and word.isalpha() for word in words)
    if letters < max(_FEWEST_APART, _MOSTLY * len(words)):
        return list(glyphs)
    triples = list(zip(glyphs, glyphs[1:], glyphs[2:], strict=False))
    gaps = [after.left - before.right for before, space, after in triples
            if before is not None and space is None and after is not None]  # fmt: skip
    size = _main_size(shown)
    usual = median(gaps) if gaps else math.inf
    if usual > _APART * size:
        return list(glyphs)
    result = [glyphs[0]]
    for before, glyph, after in triples:
        if before is not None and glyph is None and after is not None:
            between = range(before.place + len(before.text), after.place)
            wide = after.left - before.right > _WIDER * usual + _NO_GAP * size
            if not wide and not any(map(is_space, between)):
                continue
        result.append(glyph)
    result.append(glyphs[-1])
    return result if None in result else list(glyphs)


def _ligatures_closed(glyphs: Sequence[Glyph | None]) -> list[Glyph | None]:
    """The characters without the spaces behind ligatures where the next letter follows closely.

    A ligature is read as several letters, for which the file gives one width, or none.
    """
    result: list[Glyph | None] = []
    for i, glyph in enumerate(glyphs):
        if glyph is None:
            before, after = glyphs[i - 1], glyphs[i + 1]
            assert before is not None and after is not None  # no two spaces, none at an end
            letters = _ligature(glyphs[max(0, i - 3) : i]) if after.text.islower() else 0
            right = max(before.right, before.left + letters * _LETTER * before.size)
            if letters and after.left - right < _NO_GAP * before.size:
                continue
        result.append(glyph)
    return result


def _figures_closed(glyphs: Sequence[Glyph | None]) -> list[Glyph | None]:
    """The characters without spaces round small figures where what is beside them is close."""
    result: list[Glyph | None] = []
    for i, glyph in enumerate(glyphs):
        if glyph is None:
            before, after = glyphs[i - 1], glyphs[i + 1]
            assert before is not None and after is not None
            close = after.left - before.right < _NO_GAP * max(before.size, after.size)
            if close and _changes_size(before, after):
                continue
        result.append(glyph)
    return result


def _changes_size(before: Glyph, after: Glyph) -> bool:
    """True where a smaller figure begins ("10³", "1er"), or ends before a sign."""
    if after.text.isdigit() or (before.text[-1:].isdigit() and after.text.isalpha()):
        return after.size < _SMALLER * before.size
    return (
        before.text[-1:].isalnum()
        and before.size < _SMALLER * after.size
        and not after.text[:1].isalpha()
    )


def _ligature(glyphs: Sequence[Glyph | None]) -> int:
    """How many letters the ligature has that ends these characters; 0 when none does.

    Its letters share a place: those of two glyphs stand side by side.
    """
    last = glyphs[-1]
    assert last is not None
    if unicodedata.normalize("NFKC", last.text) in _LIGATURES and last.text not in "fil":
        return len(unicodedata.normalize("NFKC", last.text))
    same = [g for g in glyphs if g is not None and abs(g.left - last.left) < 0.02 * g.size]
    text = "".join(glyph.text for glyph in same)
    return len(text) if text in _LIGATURES else 0


def _accents_joined(glyphs: Sequence[Glyph | None]) -> list[Glyph | None]:
    """Accents that are glyphs of their own, put on the letter that they overlap."""
    result: list[Glyph | None] = list(glyphs)
    for i, glyph in enumerate(glyphs):
        if glyph is None:
            continue
        mark = _ACCENTS.get(glyph.text, glyph.text if unicodedata.combining(glyph.text) else "")
        if not mark:
            continue
        share, _, j = max((_shared(glyph, other), -abs(j - i), j) for j, other in enumerate(result))
        letter = result[j]
        if share < 0.5 or letter is None:
            continue
        composed = unicodedata.normalize("NFC", _DOTLESS.get(letter.text, letter.text) + mark)
        if len(composed) != 1 and glyph.text != mark:
            continue  # a sign such as "^" that stands for itself
        result[j] = letter._replace(text=composed)
        result[i] = letter._replace(text="")
        if abs(i - j) == 2 and result[(i + j) // 2] is None:
            result[(i + j) // 2] = letter._replace(text="")  # the way back to the letter
        before = result[i - 2] if i > 1 and result[i - 1] is None and j > i else None
        if before and letter.left - before.right < _NO_GAP * letter.size:
            result[i - 1] = letter._replace(text="")
    return result


def _shared(accent: Glyph, letter: Glyph | None) -> float:
    """Which part of an accent's width stands over or under a letter; 0 for what is no letter."""
    if letter is None or letter.text in _ACCENTS or not letter.text.isalpha():
        return 0.0
    overlap = min(accent.right, letter.right) - max(accent.left, letter.left)
    return overlap / max(min(accent.right - accent.left, letter.right - letter.left), 0.01)


def _figures_raised(glyphs: Sequence[Glyph | None], size: float) -> list[Glyph | None]:
    """The characters, small raised figures as such: "10³" must not become "103".

    Raised is what stands higher than the usual characters beside it, so that a line may be askew.
    """
    usual = [g for g in glyphs if g is not None and g.size >= _SMALLER * size and g.text]
    result: list[Glyph | None] = []
    before: Glyph | None = None
    following = iter([*usual, None])
    after = next(following)
    for glyph in glyphs:
        if glyph is not None and glyph is after:
            before, after = glyph, next(following)
        elif glyph is not None and glyph.text.isdigit() and glyph.size < _SMALLER * size:
            beside = [g.base for g in (before, after) if g is not None]
            if beside and all(glyph.base > base + _RAISED * size for base in beside):
                result.append(glyph._replace(text=glyph.text.translate(_SUPERSCRIPTS)))
                continue
        result.append(glyph)
    return result


def _straight(found: Sequence[Line]) -> list[Line]:
    """The lines of a page that is a little askew, as if it were not.

    The slope is that from word to word, in the middle of all the longer lines of one direction.
    """
    slopes: dict[int, list[float]] = {}
    for line in found:
        first, last = line.words[0], line.words[-1]
        if last.left - first.left > _LONG * abs(line.size):
            slope = median((word.base - first.base) / (word.left - first.left)
                           for word in line.words if word.left > first.left)  # fmt: skip
            slopes.setdefault(line.turn, []).append(slope)
    askew = {
        turn: slope
        for turn, of_lines in slopes.items()
        if abs(slope := median(of_lines)) > _STRAIGHT
    }
    return [_set_straight(line, askew[line.turn]) if line.turn in askew else line for line in found]


def _set_straight(line: Line, slope: float) -> Line:
    by = slope * line.bottom
    return replace(
        line,
        left=line.left + by,
        right=line.right + by,
        bottom=line.bottom - slope * line.left,
        words=tuple(
            Word(word.text, word.left + by, word.right + by, word.base - slope * word.left)
            for word in line.words
        ),
    )
