"""A span-preserving sentence splitter.

One pass over the text, each character looked at a bounded number of times: linear on any input.
It prefers to leave two sentences together over cutting one, because a citation that is cut
misquotes, and one that is a little long does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from askdossier.core import Span
from askdossier.lang.forms import union

LONGEST = 1500
"""Characters. A longer sentence (a table flattened to one line, a text without full stops) is cut
at its best clause border."""

# What ends a sentence: "...", "?!", " !" after a closing mark; and the full stops of Chinese,
# Japanese, Hindi, Arabic and Urdu.
_END = re.compile(r"[.!?…]+(?:[ \u00a0\u202f]?[!?]+)*|[。！？｡।؟۔]+")
_NO_SPACE_NEEDED = frozenset("。！？｡")
# What closes along with it: quotes, brackets and footnote marks.
_CLOSER = re.compile(r"[ \u00a0\u202f]?»|[”\"’')\]}*]|\[\d{1,3}\]|[¹²³⁰-⁹]+")
_BLANK = re.compile(r"[^\S\n]+")
# What may stand before the first letter of a sentence.
_OPENING = re.compile(r"(?:[«“„\"'‘(\[{¿¡*_•·–—―−-][ \u00a0\u202f]{0,2}){1,4}")
_NEXT_WORD = re.compile(r"[^\W\d_]{1,30}(?:['’](?=[^\W\d_]))?")
_LONGEST_WORD = 30
"""Characters looked at to find the word before a full stop."""
_WORD_CHARACTERS = frozenset("-.'’")
_CONTINUING = frozenset(",;:)]}»”.!?…/%=+&|")
_NESTING = frozenset("«“„\"'‘([{")
_QUOTING = frozenset("»”\"’')]}   ")

_TITLES = union(lambda known: known.spelling.titles)
_NEVER_LAST = union(lambda known: known.spelling.never_last)
_BEFORE_NUMBER = union(lambda known: known.spelling.before_number)
_MAYBE = union(lambda known: known.spelling.abbreviations)
_STARTERS = union(lambda known: known.spelling.starters)
_ARTICLES_IN_NAMES = union(lambda known: known.spelling.name_articles)
_ROMAN = re.compile(r"(?:[IVXLCDM]{2,7}|[IVX])(?:er|re|e|ᵉ)?\b(?!['’])|[LRD]\. ?\d")
_ENUMERATOR = re.compile(r"\(?(?:\d{1,3}(?:\.\d{1,3}){0,4}|[A-Za-z]|[IVXivx]{1,6})\.")
_MISSING_SPACE = re.compile(r"[A-ZÀÂÇÉÈÊËÎÏÔÙÛŒ](?:[’'][a-zà-ÿ]|[a-zà-ÿœ]+[ ,’'\u00a0])")


def sentences(text: str, span: Span | None = None) -> tuple[Span, ...]:
    """The sentences of ``text`` (or of its part ``span``), as offsets into ``text``.

    A line break always ends a sentence. Spans are in order, do not overlap, have no white space
    at either end, and together cover every character that is not white space. None is longer
    than `LONGEST` characters.
    """
    begin, end = (0, len(text)) if span is None else (span.start, span.end)
    found: list[Span] = []
    while begin < end:
        line_end = text.find("\n", begin, end)
        if line_end < 0:
            line_end = end
        start = begin
        for border in _borders(_Line(text, begin, line_end)):
            found.extend(pieces(text, Span(start, border), LONGEST))
            start = border
        found.extend(pieces(text, Span(start, line_end), LONGEST))
        begin = line_end + 1
    return tuple(found)


# Clause borders, best first; a sentence is cut after the match.
_CLAUSES = (
    re.compile(r"[.!?…;][»”\")\]]*(?=\s)"),
    re.compile(r":(?=\s)|(?=\s[–—|-]\s)|\s\|(?=\s)"),
    re.compile(r"[,،、，；](?=\s|[^\W\d_])"),
    re.compile(r"(?=\s)"),
)


def pieces(text: str, span: Span, longest: int) -> Iterator[Span]:
    """Cut a span into pieces of at most ``longest`` characters, at the best clause borders.

    Nothing but white space is lost. Cuts inside a word only when the word alone is too long.
    """
    start, end = _strip(text, span.start, span.end)
    while end - start > longest:
        low, high = start + longest // 2, start + longest
        border = next(filter(None, (_last(clause, text, low, high) for clause in _CLAUSES)), high)
        yield Span(*_strip(text, start, border))
        start, end = _strip(text, border, end)
    if start < end:
        yield Span(start, end)


def _last(pattern: re.Pattern[str], text: str, low: int, high: int) -> int | None:
    border = None
    for match in pattern.finditer(text, low, high):
        border = match.end()
    return border


def _strip(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end


class _Line(NamedTuple):
    """One line of a text: what a border decision may look at."""

    text: str
    begin: int
    end: int

    def word_before(self, end: int) -> str:
        """The word that ends at ``end``, with its inner full stops, dashes and apostrophes."""
        start = end
        floor = max(self.begin, end - _LONGEST_WORD)
        while start > floor and (
            self.text[start - 1].isalnum() or self.text[start - 1] in _WORD_CHARACTERS
        ):
            start -= 1
        return self.text[start:end]

    def character(self, at: int) -> str:
        """The character there, or a space outside the line."""
        return self.text[at] if self.begin <= at < self.end else " "


def _borders(line: _Line) -> Iterator[int]:
    """Offsets in a line where a sentence ends and another begins."""
    text, begin, end = line
    first = begin
    while first < end and text[first].isspace():
        first += 1
    enumerator = _ENUMERATOR.match(text, first, end)
    position = enumerator.end() if enumerator else begin
    while mark := _END.search(text, position, end):
        position = mark.end()
        while closer := _CLOSER.match(text, position, end):
            position = closer.end()
        if position >= end:
            return
        if _is_border(line, mark, position):
            yield position


def _is_border(line: _Line, mark: re.Match[str], closed: int) -> bool:
    """Whether a sentence ends at ``closed``, after the mark and what closes along with it."""
    text, _, end = line
    if mark[0][0] in _NO_SPACE_NEEDED:
        return True
    blank = _BLANK.match(text, closed, end)
    if blank is None:
        return _space_is_missing(line, mark, closed)
    following = blank.end()
    opening = _OPENING.match(text, following, end)
    after = opening.end() if opening else following
    if after >= end or text[following] in _CONTINUING:
        return False
    word = _NEXT_WORD.match(text, after, end)
    lower = word is not None and word[0][0].islower() and not _is_camel(word[0])
    if mark[0] != ".":  # ! ? … ...
        return not lower and not _is_ellipsis_in_brackets(line, mark, closed)
    if lower:
        return opening is not None and opening[0][0] in _NESTING
    if closed > mark.end() and text[mark.end()] in _QUOTING:
        return True  # the end of a quotation is no abbreviation
    return not _is_abbreviation(line, mark.start(), after, word)


def _is_camel(word: str) -> bool:
    """True for iPhone and eBay, which begin sentences although in lower case."""
    return len(word) > 2 and word[0].islower() and word[1].isupper()


def _is_ellipsis_in_brackets(line: _Line, mark: re.Match[str], closed: int) -> bool:
    """True for (...) and […], which stand for words left out; the sentence may go on."""
    inside = line.character(mark.start() - 1) in "([" and line.character(mark.end()) in ")]"
    return inside and closed > mark.end()


def _is_abbreviation(line: _Line, stop: int, after: int, word: re.Match[str] | None) -> bool:
    """Whether the full stop at ``stop`` belongs to an abbreviation inside a sentence.

    ``after`` is where the next word stands, behind blanks and opening marks.
    """
    last = line.word_before(stop).replace("’", "'").rpartition("'")[2].lstrip("-.")
    if not last or last.isdigit():
        return False
    key = last.lower()
    before = line.character(stop - len(last) - 1)
    if key in _TITLES and last[0].isupper() and before not in "&+/%":
        return True
    if key in _NEVER_LAST or (key == "ex" and line.word_before(stop - 3).lower() in {"p.", "par"}):
        return True
    number = line.character(after).isdigit() or _ROMAN.match(line.text, after, line.end)
    initial = len(last) == 1 and last.isalpha()
    if number and (initial or key in _BEFORE_NUMBER):
        return True  # art. 5, L. 121-1
    if initial and last.islower() and line.character(stop - 3).isdigit():
        return False  # a wall of 5 m.
    if key == "me" and last == "me":
        return False  # English; Me. is a French advocate
    dotted = "." in last and all(len(part) <= 3 for part in last.split("."))  # U.S, not tuto.com
    if not (initial or dotted or key in _MAYBE):
        return False
    return not _starts_sentence(line, word, named=initial or dotted)


def _starts_sentence(line: _Line, word: re.Match[str] | None, *, named: bool) -> bool:
    """Whether the next word begins a sentence; after an initial (``named``) it may be a name."""
    if word is None:
        return not named
    first = word[0].lower().replace("’", "'")
    if first not in _STARTERS or line.character(word.end()) == ".":
        return False  # the A of "T. A. Hall" is no article
    if not named or first not in _ARTICLES_IN_NAMES:
        return True
    # "J. Le Goff" against "plan B. Le gouvernement"
    blank = line.character(word.end()) == " "
    return not line.character(word.end() + blank).isupper()


def _space_is_missing(line: _Line, mark: re.Match[str], closed: int) -> bool:
    """True for "la fin.Le début", false for tuto.com, System.out and Node.Js."""
    if mark[0] not in {".", "!", "?"} or not _MISSING_SPACE.match(line.text, closed, line.end):
        return False
    last = line.word_before(mark.start())
    return len(last) >= 3 and last.isalpha() and last.islower()


def asks(sentence: str) -> bool:
    """Whether a sentence is a question, quoted or not."""
    return sentence.rstrip(' »”"\u00a0\u202f').endswith("?")
