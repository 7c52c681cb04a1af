"""What PDFium does not know of the characters of a line, seen to.

Accents that are glyphs of their own, letters set apart, gaps behind ligatures, raised figures.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from statistics import median

from askdossier.load.pdf.line import Glyph, main_size

_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_LIGATURES = ("ffi", "ffl", "ff", "fi", "fl", "ﬀ", "ﬁ", "ﬂ", "ﬃ", "ﬄ")
NO_GAP = 0.08
"""Of the character size: less than this between two letters is no space."""
_LETTER = 0.25
"""Of the character size: the least width of a letter in a ligature."""
_RAISED = 0.15
"""Of the character size: above the baseline of the characters beside it."""
_SMALLER = 0.86
"""Of the character size: a raised figure is smaller than this."""
ACCENTS = {
    "`": "\u0300", "´": "\u0301", "^": "\u0302", "ˆ": "\u0302", "~": "\u0303", "˜": "\u0303",
    "¯": "\u0304", "˘": "\u0306", "˙": "\u0307", "¨": "\u0308", "˚": "\u030a", "˝": "\u030b",
    "ˇ": "\u030c", "¸": "\u0327", "˛": "\u0328", "ˊ": "\u0301", "ˋ": "\u0300",
}  # fmt: skip
"""Signs that old fonts draw over or under a letter, and the mark that joins one."""
_ACCENT = re.compile(f"[{re.escape(''.join(ACCENTS))}\u0300-\u036f]")
_FEWEST_APART = 5
"""Letters set apart that make a line of such letters."""
_MOSTLY = 0.6
"""Of the words of that line: these letters."""
_APART = 0.8
"""Of the character size: the most that parts letters of a word."""
_WIDER = 1.5
"""Of that: the least that parts words."""
_DOTLESS = {"ı": "i", "ȷ": "j"}


Glyphs = Sequence[Glyph | None]
"""Characters from left to right; None for a space."""


def mended(
    glyphs: Glyphs,
    size: float,
    singles: Callable[[Glyph | None], Iterator[Glyph | None]],
    is_space: Callable[[int], bool],
) -> Glyphs:
    """The glyphs of a line as they are meant; ``size`` is that of most.

    ``singles`` gives the letters of one, each in its place; ``is_space`` tells of a place on
    PDFium's page whether the file has a space there.
    """
    shown = [glyph for glyph in glyphs if glyph is not None]
    text = "".join(glyph.text for glyph in shown)
    if _ACCENT.search(text):
        glyphs = _accents_joined([single for glyph in glyphs for single in singles(glyph)])
    glyphs = _letters_closed(glyphs, is_space)
    if any(ligature in text for ligature in _LIGATURES):
        glyphs = _ligatures_closed([single for glyph in glyphs for single in singles(glyph)])
    if any(glyph.size < _SMALLER * size for glyph in shown):
        glyphs = _figures_raised(_figures_closed(glyphs), size)
    return glyphs


def _letters_closed(glyphs: Glyphs, is_space: Callable[[int], bool]) -> list[Glyph | None]:
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
    size = main_size(shown)
    usual = median(gaps) if gaps else math.inf
    if usual > _APART * size:
        return list(glyphs)
    result = [glyphs[0]]
    for before, glyph, after in triples:
        if before is not None and glyph is None and after is not None:
            between = range(before.place + len(before.text), after.place)
            wide = after.left - before.right > _WIDER * usual + NO_GAP * size
            if not wide and not any(map(is_space, between)):
                continue
        result.append(glyph)
    result.append(glyphs[-1])
    return result if None in result else list(glyphs)


def _ligatures_closed(glyphs: Glyphs) -> list[Glyph | None]:
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
            if letters and after.left - right < NO_GAP * before.size:
                continue
        result.append(glyph)
    return result


def _figures_closed(glyphs: Glyphs) -> list[Glyph | None]:
    """The characters without spaces round small figures where what is beside them is close."""
    result: list[Glyph | None] = []
    for i, glyph in enumerate(glyphs):
        if glyph is None:
            before, after = glyphs[i - 1], glyphs[i + 1]
            assert before is not None and after is not None
            close = after.left - before.right < NO_GAP * max(before.size, after.size)
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


def _ligature(glyphs: Glyphs) -> int:
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


def _accents_joined(glyphs: Glyphs) -> list[Glyph | None]:
    """Accents that are glyphs of their own, put on the letter that they overlap."""
    result: list[Glyph | None] = list(glyphs)
    for i, glyph in enumerate(glyphs):
        if glyph is None:
            continue
        mark = ACCENTS.get(glyph.text, glyph.text if unicodedata.combining(glyph.text) else "")
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
        if before and letter.left - before.right < NO_GAP * letter.size:
            result[i - 1] = letter._replace(text="")
    return result


def _shared(accent: Glyph, letter: Glyph | None) -> float:
    """Which part of an accent's width stands over or under a letter; 0 for what is no letter."""
    if letter is None or letter.text in ACCENTS or not letter.text.isalpha():
        return 0.0
    overlap = min(accent.right, letter.right) - max(accent.left, letter.left)
    return overlap / max(min(accent.right - accent.left, letter.right - letter.left), 0.01)


def _figures_raised(glyphs: Glyphs, size: float) -> list[Glyph | None]:
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
