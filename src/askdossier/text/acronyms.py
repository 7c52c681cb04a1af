"""What an acronym stands for, where a sentence spells it out."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from askdossier.core import Span
from askdossier.text.normal import fold

_CAPITAL = "[A-ZÀ-ÖØ-Þ]"
ACRONYM = re.compile(rf"(?<![\w.])(?:{_CAPITAL}{{2,10}}|(?:{_CAPITAL}\.){{2,10}})(?!\w)")
"""Two capitals and more, with full stops or without."""
_WORD = re.compile(r"[^\W\d_]+")
_MOST_WORDS = 16
"""Words that a name may have, the small ones counted."""
_BORDER = re.compile(r"[.!?;:()\[\]«»“”|]")
_BETWEEN = r"[\s\u00a0]*(?:[(\[,:=–—-]|\b\w{2,8}\b)[\s\u00a0«“\"]*"
"""A bracket, a comma, or a word such as "ou", "or", "signifie"."""


def expansion(acronym: str, sentence: str, minor: Collection[str]) -> Span | None:
    """Find the words of a sentence that an acronym in it is made of; None where there are none.

    They stand before it, with the acronym in brackets or behind a comma, or behind it so ("l'Office
    national des forêts (ONF)", "ONF : Office national des forêts"). Every word gives its first
    letters, in order; ``minor`` ones, folded ("de", "et"), may give none. As in Schwartz and Hearst
    2003, "A simple algorithm for identifying abbreviation definitions in biomedical text", with
    whole words.
    """
    letters = re.sub(r"[\W\d_]", "", fold(acronym))
    for most in (1, len(letters)):  # letters that a word gives: one if that will do
        for found in re.finditer(rf"(?<!\w){re.escape(acronym)}(?!\w)", sentence):
            for words in _beside(sentence, found.start(), found.end()):
                if _spells([fold(word.of(sentence)) for word in words], letters, minor, most):
                    return Span(words[0].start, words[-1].end)
    return None


def _beside(sentence: str, start: int, end: int) -> Iterator[Sequence[Span]]:
    """Runs of words right before an acronym and right behind it, from the shortest."""
    if opened := re.search(rf"{_BETWEEN}\Z", sentence[:start]):
        borders = [match.end() for match in _BORDER.finditer(sentence, 0, opened.start())]
        words = list(_words(sentence, max(borders, default=0), opened.start()))[-_MOST_WORDS:]
        yield from (words[first:] for first in reversed(range(len(words))))
    if opened := re.compile(_BETWEEN).match(sentence, end):
        border = _BORDER.search(sentence, opened.end())
        last = border.start() if border else len(sentence)
        words = list(_words(sentence, opened.end(), last))[:_MOST_WORDS]
        yield from (words[: count + 1] for count in range(len(words)))


def _words(text: str, start: int, end: int) -> Iterator[Span]:
    for match in _WORD.finditer(text, start, end):
        yield Span(*match.span())


def _spells(words: Sequence[str], letters: str, minor: Collection[str], most: int) -> bool:
    """Whether folded words give the letters in order, the first and the last of them too."""
    if len(words) < 2 or words[0] in minor or words[-1] in minor:
        return False
    reached = {0}
    for word in words:
        reached = {
            at + taken
            for at in reached
            for taken in range(0 if word in minor else 1, min(len(word), most) + 1)
            if letters.startswith(word[:taken], at)
        }
    return len(letters) in reached
