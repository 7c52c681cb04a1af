"""Takes out what a web page says about itself and not about its subject, then fixes the text.

Only web pages are cleaned: those that were saved, and those that were pasted or printed into
another format and give themselves away. In any other document all lines are what its author wrote.

Two degrees of certainty: a phrase that nobody writes in an article goes wherever it stands; words
that may also be a heading, a step or a price ("Commentaires", "Télécharger l’application") go only
as part of a run of such lines. Sentences of the article and of its readers stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from pathlib import PurePosixPath

from askdossier.clean.boilerplate import (
    certain,
    contents_entry,
    is_button_bar,
    is_duration,
    is_language_name,
    is_likely,
    is_related_label,
    is_related_pointer,
)
from askdossier.clean.context import labels
from askdossier.clean.marks import is_edited, without_marks
from askdossier.core import Block, Document, Heading, PageStart, RawDocument, Removal, Span
from askdossier.text import fold, heads_comments, language

__all__ = ["clean"]

_ITEM = re.compile(r"(?:[-*•·–—−▪◦‣►]|\(?\d{1,3}[.)])\s")
_BULLET = re.compile(r"[-*•·▪◦‣►]\s+")
_LABEL_LEVEL = 6
_COMMENTS_LEVEL = 2
_STEP = re.compile(r"\(?\d{1,3}[.)]\s")
_ENDS_SENTENCE = re.compile(r"[.!?…][»”\"')\]\s]*$")
_LEFT_OUT = re.compile(
    r"\s*(?:\(\.\.\.\)|\[\.\.\.\]|\(…\)|\[…\]|\.\.\.|…)\s*(?:lire la suite|read more)?\s*$", re.I
)
_TAIL = 60
"""Characters looked at to see how a line ends: bounds the work on a line of a million spaces."""
_LONGEST_KEY = 2000
_LONGEST_TITLE = 250
"""Characters of a first line that is taken for the title."""
_MOST_RELATED = 12
"""Headlines that one related block holds at most."""
_SHORTEST_TEASER = 40
"""Characters of a beginning by which the whole is known again."""
_REPEAT = (3, 200)
"""Lines and characters that stand there twice where a page holds its text twice. Less may be said
several times, each time of something else."""
_FEWEST_ENTRIES = 3
"""Lines of a table of contents."""
_FEWEST_SIGNS = 2
"""Phrases that a page alone says of itself, by which a text is known for one."""
_TOP = 10
"""Lines at the top where a bare duration is a reading time."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A block on its way through the steps."""

    text: str
    level: int
    key: str
    """Folded, without list marker: what the patterns see."""
    why: str = ""
    """Reason for its removal; empty while it stays."""
    pages: tuple[PageStart, ...] = ()

    @property
    def ends_sentence(self) -> bool:
        return _ENDS_SENTENCE.search(self.text[-_TAIL:]) is not None

    @property
    def is_prose(self) -> bool:
        """True for what reads like a sentence or a paragraph, not like a button or a headline."""
        return len(self.text) > 300 or (len(self.text) > 40 and self.ends_sentence)

    @property
    def is_bare(self) -> bool:
        """True for a short line that is no sentence and no heading."""
        return len(self.text) <= 60 and not self.level and not self.ends_sentence


def clean(raw: RawDocument) -> tuple[Document, tuple[Removal, ...]]:
    """Clean a document; returns it with what could not be read and what was taken out.

    Pure: the same blocks always give the same text. A file that is boilerplate throughout gives
    an empty text.
    """
    marks: list[Removal] = []
    lines = _lines(raw.blocks)
    if raw.web or _gives_itself_away(lines):
        blocks, marks = without_marks(raw.blocks)
        lines = _lines(blocks)
        for step in _WEB_STEPS:
            lines = step(lines)
    lines = _contents(lines)
    kept = _labelled([line for line in lines if not line.why])
    title = raw.title or _title(kept) or PurePosixPath(raw.source.path).stem
    removals = (*raw.lost, *marks, *(Removal(line.text, line.why) for line in lines if line.why))
    return _document(raw, " ".join(title.split()), kept), removals


def _lines(blocks: Sequence[Block]) -> list[_Line]:
    return [
        _line(text, block.level, _moved(block)) for block in blocks if (text := block.text.strip())
    ]


def _gives_itself_away(lines: Sequence[_Line]) -> bool:
    """Whether a text is that of a web page: it says several things that only a page says."""
    said = {line.key for line in lines if certain(line.text, line.key) or is_edited(line.text)}
    # Newsletters on paper point at other articles too, so all of these are one sign.
    pointing = any(is_related_pointer(line.key, prose=line.is_prose) for line in lines)
    return len(said) + pointing >= _FEWEST_SIGNS


def _line(text: str, level: int, pages: tuple[PageStart, ...] = ()) -> _Line:
    key = fold(text[:_LONGEST_KEY]).strip()
    marker = _ITEM.match(key)
    key = " ".join(key[marker.end() if marker else 0 :].split())
    return _Line(text, level, key, pages=pages)


def _moved(block: Block) -> tuple[PageStart, ...]:
    """The pages of a block whose leading white space goes."""
    indent = len(block.text) - len(block.text.lstrip())
    return tuple(replace(page, offset=max(0, page.offset - indent)) for page in block.pages)


# --- steps: each marks lines with the reason for which they go ------------------------------------


def _phrases(lines: Sequence[_Line]) -> list[_Line]:
    """Lines that are boilerplate wherever they stand."""
    result = []
    for line in lines:
        why = certain(line.text, line.key) or ("menu" if is_button_bar(line.key) else "")
        if (line.level and " " not in line.key) or _STEP.match(line.text):
            why = ""  # a heading "Partager" may begin a section about sharing; steps are numbered
        result.append(replace(line, why=why) if why else line)
    return result


def _durations(lines: Sequence[_Line]) -> list[_Line]:
    """A bare "5 min" at the top, beside a line with a year: a reading time."""
    result = list(lines)
    for i, line in enumerate(lines[:_TOP]):
        beside = " ".join(near.key[:100] for near in lines[max(0, i - 2) : i + 3])
        if not line.why and is_duration(line.key) and re.search(r"\b(?:19|20)\d\d\b", beside):
            result[i] = replace(line, why="reading time")
    return result


def _languages(lines: Sequence[_Line]) -> list[_Line]:
    """Language switchers: three or more lines in a row that are names of languages."""
    result = list(lines)
    for start, end in _stretches([is_language_name(line.key) for line in lines]):
        if end - start >= 3:
            for i in range(start, end):
                result[i] = replace(lines[i], why="language switcher")
    return result


def _related(lines: Sequence[_Line]) -> list[_Line]:
    """Pointers to other articles: a label with its headlines, up to the next prose."""
    result = list(lines)
    _, last = _prose_range(lines)
    for i, line in enumerate(lines):
        if line.why:
            continue
        if is_related_pointer(line.key, prose=line.is_prose):
            result[i] = replace(line, why="related articles")
        if not is_related_label(line.key, heading=line.level > 0):
            continue
        # In the middle of an article one pointer is usual, after its end a whole list.
        most = _MOST_RELATED if i > last else 1
        following = i + 1
        while following < min(len(lines), i + 1 + most):
            candidate = lines[following]
            if candidate.is_prose or candidate.why or candidate.level:
                break
            result[following] = replace(candidate, why="related articles")
            following += 1
        if following > i + 1 or i > last:
            result[i] = replace(line, why="related articles")
    return result


def _runs(lines: Sequence[_Line]) -> list[_Line]:
    """Buttons and menu words next to one another, or next to sure boilerplate."""
    result = list(lines)
    first, last = _prose_range(lines)
    flags = [bool(line.why) or (is_likely(line.key) and not _heads_comments(line))
             for line in lines]  # fmt: skip
    for start, end in _stretches(flags):
        likely = [i for i in range(start, end) if not lines[i].why]
        sure = len(likely) < end - start
        announced = start > 0 and lines[start - 1].text.endswith(":")
        listed = any(_ITEM.match(lines[i].text) for i in likely)
        if any(_STEP.match(lines[i].text) for i in range(start, end)):
            continue  # steps again
        inside = first < start and end <= last
        # A list of three networks inside an article is what the article says.
        many = len(likely) >= 3 and last >= 0 and not announced and not (listed and inside)
        if likely and (sure or many):
            for i in likely:
                result[i] = replace(lines[i], why="menu")
    return result


def _heads_comments(line: _Line) -> bool:
    """True for the heading of readers' comments, which goes only where none follow."""
    return line.level > 0 and heads_comments(line.key)


def _enclosed(lines: Sequence[_Line]) -> list[_Line]:
    """One or two bare lines between removed ones, before the article begins or after it ends."""
    result = list(lines)
    first, last = _prose_range(lines)
    if last < 0:
        return result
    for start, end in _stretches([not line.why for line in lines]):
        between = start > 0 and end < len(lines) and end - start <= 2
        outside = end <= first or start > last
        if between and outside and all(line.is_bare for line in lines[start:end]):
            for i in range(start, end):
                result[i] = replace(lines[i], why="menu")
    return result


def _teasers(lines: Sequence[_Line]) -> list[_Line]:
    """Beginnings of a text, cut with (...), whose whole stands elsewhere."""
    result = list(lines)
    by_start: dict[str, list[int]] = {}
    for i, line in enumerate(lines):
        if not line.why:
            by_start.setdefault(line.key[:_SHORTEST_TEASER], []).append(i)
    for i, line in enumerate(lines):
        cut = _LEFT_OUT.search(line.text, max(0, len(line.text) - _TAIL)) if not line.why else None
        if cut is None:
            continue
        begun = _line(line.text[: cut.start()], 0).key
        if len(begun) < _SHORTEST_TEASER:
            continue
        whole = next(
            (
                j
                for j in by_start.get(begun[:_SHORTEST_TEASER], ())
                if j != i and lines[j].key.startswith(begun) and len(lines[j].text) > cut.start()
                and not (_LEFT_OUT.search(lines[j].text[-_TAIL:]) and j > i)
            ),
            None,
        )  # fmt: skip
        if whole is None:
            continue
        result[i] = replace(line, why="teaser")
        # The paragraphs before it that also stand before the whole belong to the teaser.
        for before, same in zip(range(i - 1, -1, -1), range(whole - 1, i, -1), strict=False):
            if lines[before].key != lines[same].key:
                break
            result[before] = replace(lines[before], why="teaser")
    return result


def _repeats(lines: Sequence[_Line]) -> list[_Line]:
    """What a page shows twice: its whole text for two sizes of screen, a byline below itself."""
    result = list(lines)
    kept = [i for i, line in enumerate(lines) if not line.why]
    first: dict[str, int] = {}  # where each text stands first in ``kept``
    at = 0
    while at < len(kept):
        line = lines[kept[at]]
        length = _common(lines, kept, first.get(line.text, at), at)
        size = sum(len(lines[i].text) for i in kept[at : at + length])
        beside = at > 0 and lines[kept[at - 1]].text == line.text and not _is_row(line)
        if length >= _REPEAT[0] and size >= _REPEAT[1]:
            for i in kept[at : at + length]:
                result[i] = replace(lines[i], why="repeat")
        elif beside and (line.is_bare or line.is_prose):
            result[kept[at]] = replace(line, why="repeat")
            length = 1
        else:
            first.setdefault(line.text, at)
            length = 1
        at += length
    return result


def _common(lines: Sequence[_Line], kept: Sequence[int], first: int, second: int) -> int:
    """How many lines from ``second`` on are those from ``first`` on, before it; rows end it."""
    length = 0
    while (
        first + length < second
        and second + length < len(kept)
        and lines[kept[first + length]].text == lines[kept[second + length]].text
        and not _is_row(lines[kept[second + length]])
    ):
        length += 1
    return length


def _contents(lines: Sequence[_Line]) -> list[_Line]:
    """Lines of a table of contents: entry, dots and page, where the entry stands again below.

    A price list has the same dots, but its entries stand nowhere else.
    """
    result = list(lines)
    entries = {i: entry for i, line in enumerate(lines) if (entry := contents_entry(line.key))}
    elsewhere = {line.key for i, line in enumerate(lines) if i not in entries}
    repeated = [i for i, entry in entries.items() if entry in elsewhere and not lines[i].why]
    if len(repeated) >= max(_FEWEST_ENTRIES, len(entries) / 2):
        for i in repeated:
            result[i] = replace(lines[i], why="table of contents")
    return result


def _comment_sections(lines: Sequence[_Line]) -> list[_Line]:
    """Labels of comment sections become headings when comments follow, and go when none do."""
    result = list(lines)
    kept = [i for i, line in enumerate(lines) if not line.why]
    for i, following in zip_longest(kept, kept[1:]):
        line = lines[i]
        if not heads_comments(line.key) or _ITEM.match(line.text):
            continue
        if following is None or heads_comments(lines[following].key):
            result[i] = replace(line, why="comment form")
        else:  # above the headings that name who comments
            result[i] = replace(line, level=min(line.level or _COMMENTS_LEVEL, _COMMENTS_LEVEL))
    return result


_WEB_STEPS = (
    _phrases,
    _durations,
    _languages,
    _related,
    _runs,
    _enclosed,
    _teasers,
    _repeats,
    _comment_sections,
)


def _prose_range(lines: Sequence[_Line]) -> tuple[int, int]:
    """Indices of the first and last line that is prose and stays; ``(len, -1)`` without any."""
    prose = [i for i, line in enumerate(lines) if not line.why and line.is_prose]
    return (prose[0], prose[-1]) if prose else (len(lines), -1)


def _stretches(flags: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """The maximal runs of true values, as half-open ranges."""
    start = None
    for i, flag in enumerate((*flags, False)):
        if flag and start is None:
            start = i
        elif not flag and start is not None:
            yield start, i
            start = None


def _labelled(lines: Sequence[_Line]) -> list[_Line]:
    """Questions and speakers as headings, below all that are marked as such."""
    texts = [line.text[len(_bullet(line.text)) :] for line in lines]
    found = labels(texts, headings=[line.level > 0 for line in lines])
    return [
        replace(line, text=texts[i], level=_LABEL_LEVEL) if i in found else line
        for i, line in enumerate(lines)
    ]


def _bullet(text: str) -> str:
    marker = _BULLET.match(text)
    return marker[0] if marker else ""


# --- assembly -------------------------------------------------------------------------------------


def _title(lines: Sequence[_Line]) -> str | None:
    """A first-level heading near the top, or the first line if it can be a title."""
    main = next((line.text for line in lines[:4] if line.level == 1), None)
    if main is None and lines and len(lines[0].text) <= _LONGEST_TITLE:
        main = lines[0].text
        # A letterhead: the sender in capitals, and what the paper is on the next line.
        if main.isupper() and len(lines) > 1 and lines[1].is_bare and len(lines[1].text) > 15:
            main = lines[1].text
    return main or next((line.text for line in lines if line.level), None)


def _document(raw: RawDocument, title: str, lines: Sequence[_Line]) -> Document:
    parts: list[str] = []
    headings: list[Heading] = []
    pages: list[PageStart] = []
    length = 0
    row = False
    for line in lines:
        was_row, row = row, _is_row(line)
        if parts:
            joint = "\n" if was_row and row else "\n\n"
            parts.append(joint)
            length += len(joint)
        # The title as a line of the text is a heading even where nothing marks it as one; a first
        # sentence that lends the document its name stays text, which can be cited.
        named = not headings and line.text == title and not _is_prose(line.text)
        level = 1 if named else line.level
        if level:
            headings.append(Heading(Span(length, length + len(line.text)), level))
        for page in line.pages:
            if not pages or page.number != pages[-1].number:
                pages.append(replace(page, offset=length + page.offset))
        parts.append(line.text)
        length += len(line.text)
    text = "".join(parts)
    return Document(
        id=raw.source.path,
        title=title,
        text=text,
        language=language(text),
        source=raw.source,
        headings=tuple(headings),
        pages=tuple(pages),
    )


def _is_prose(line: str) -> bool:
    return line.rstrip(" »”\"')").endswith((".", "…"))


def _is_row(line: _Line) -> bool:
    return not line.level and (_ITEM.match(line.text) is not None or " | " in line.text)
