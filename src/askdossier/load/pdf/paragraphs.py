"""Lines to paragraphs and headings: hyphens joined, footnotes out of the way, levels by size."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from askdossier.core import Block, PageStart
from askdossier.load.hyphens import keeps_hyphen, known_words
from askdossier.load.pdf.line import CELLS, Line

_ITEM = re.compile(r"(?:[-*•·–▪◦‣►●○■]|\(?(?:\d{1,2}|[a-z])[.)])\s+\S|[⁰¹²³⁴-⁹]{1,3}\s?\S")
_NUMBERED = re.compile(
    r"(?:(?:\d{1,3}|[IVXLC]{1,6}|[A-Z])(?:\.\d{1,3}){1,4}\.?"
    r"|\w+ (?:[IVXLC]{1,6}|\d{1,3}) ?[.:–—-])\s+\S"
)
"""A line such as "2.1 Objet" or "Titre IV – Durée"; also the end of a sentence may look so."""
_FULL = 0.12
"""Of a line's width: the room at the end of one that is full."""
_LABELLED = re.compile(r"[^\W\d_a-z][^:.;,]{1,40}:\s")
"""A line such as "Locataire : Anne Morel"; one after the other they are no paragraph."""
_ENDS_SENTENCE = re.compile(r"[.!?…:;][»”\"')\]⁰-⁹¹²³\s]*$")
_NOTE_NUMBER = re.compile(r"^\d{1,3}(?=[^\W\d_])")
_LEADERS = re.compile(r"(?:\. ?){5}")
"""The dots of a table of contents."""
_SMALL = 0.92
"""Of the body's size: below, a line is a note or a caption."""
_LARGE = 1.15
"""Of the body's size: above, a line is a heading."""
_LONGEST_HEADING = 250
_SPACE = 0.3
"""Of the character size: between two words."""


def blocks(lines: Sequence[Line]) -> Iterator[Block]:
    """Paragraphs, headings and rows of tables; notes and what is aside come last."""
    if not lines:
        return
    body = _body_size(lines)
    text, notes = _without_notes([line for line in lines if not line.aside], body)
    notes += [line for line in lines if line.aside]
    groups = [*_paragraphs(text), *_paragraphs(notes)]
    levels = _heading_levels(groups, body)
    known = known_words(line.text for line in lines)
    for group in groups:
        first = group[0]
        if first.row:
            yield Block(first.text, 0, (PageStart(0, first.page),))
            continue
        if first.size < _SMALL * body:
            first = _note_number_apart(first)
        joined, pages = _joined([first, *group[1:]], known)
        yield Block(joined, _level(group, levels), pages)


def _body_size(lines: Sequence[Line]) -> float:
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.text)
    return sizes.most_common(1)[0][0]


def _without_notes(lines: Sequence[Line], body: float) -> tuple[list[Line], list[Line]]:
    """Footnotes that stand between two halves of a sentence are taken out, for the end."""
    text: list[Line] = []
    notes: list[Line] = []
    i = 0
    while i < len(lines):
        end = i
        while end < len(lines) and lines[end].size < _SMALL * body:
            end += 1
        if end == i:
            text.append(lines[i])
            i += 1
            continue
        interrupts = (
            0 < i < end < len(lines) and not lines[end].row and _is_open(text[-1])
            and _SMALL * body <= text[-1].size < _LARGE * body
        )  # fmt: skip
        (notes if interrupts else text).extend(lines[i:end])
        i = end
    return text, notes


def _note_number_apart(line: Line) -> Line:
    """Set a footnote's number apart from its text: "1Le devis" is "1 Le devis"."""
    return replace(line, text=_NOTE_NUMBER.sub(r"\g<0> ", line.text))


def _is_open(line: Line) -> bool:
    return line.hyphen or not _ENDS_SENTENCE.search(line.text[-20:])


def _paragraphs(lines: Sequence[Line]) -> Iterator[list[Line]]:
    leading = _leading(lines)
    group: list[Line] = []
    edges = list(_right_edges(lines))
    for i, line in enumerate(lines):
        if group and not _goes_on(group[-1], line, leading, edges[i - 1]):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _right_edges(lines: Sequence[Line]) -> Iterator[float]:
    """For each line the right edge of its column: of the lines of its size above and below it."""
    by_page: dict[int, list[Line]] = {}
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


def _leading(lines: Sequence[Line]) -> float:
    """The usual distance between two lines of a paragraph, as a multiple of the character size."""
    steps = [
        (first.bottom - second.bottom) / first.size
        for first, second in pairwise(lines)
        if first.size > 0 and 0 < first.bottom - second.bottom < 3 * first.size
    ]
    return median(steps) if steps else 1.2


def _goes_on(line: Line, following: Line, leading: float, edge: float) -> bool:
    """Whether the following line belongs to the same paragraph; ``edge`` is its column's right."""
    if line.row or following.row or line.turn != following.turn:
        return False
    if line.hyphen:
        return True
    if abs(line.size - following.size) > 0.5 or line.bold != following.bold:
        return False
    if _ITEM.match(following.text) or (CELLS in line.text and CELLS in following.text):
        return False
    if _LABELLED.match(line.text) and _LABELLED.match(following.text):
        return False
    step = line.bottom - following.bottom
    if line.page != following.page or step <= 0:  # the next column or page
        return _is_open(line) and not line.bold
    if step > 1.35 * leading * line.size:
        return False
    room = (edge - line.right) / max(edge - line.left, 1.0)
    if _NUMBERED.match(following.text) and (room > _FULL or not _is_open(line)):
        return False
    if _is_open(line):  # a line of a list, without a full stop, leaves room for the next word
        word = following.words[0].right - following.words[0].left if following.words else 0.0
        return room < 0.3 or edge - line.right < word + _SPACE * line.size
    indented = 0.7 * line.size < following.left - line.left < 6 * line.size
    return not indented and room < _FULL


def _joined(group: Sequence[Line], known: Counter[str]) -> tuple[str, tuple[PageStart, ...]]:
    """The text of a paragraph, and where in it each of its pages begins."""
    parts = [group[0].text]
    pages = [PageStart(0, group[0].page)]
    for line, following in pairwise(group):
        ends_in_hyphen = re.search(r"[^\W\d_]-$", line.text)
        if re.search(r"\d-$", line.text) and following.text[:1].isdigit():
            parts.append("")  # a score, a number
        elif line.hyphen or ends_in_hyphen:
            if ends_in_hyphen:
                parts[-1] = parts[-1][:-1]
            parts.append("-" if keeps_hyphen(parts[-1], following.text, known) else "")
        else:
            parts.append(" ")
        if following.page != line.page:
            pages.append(PageStart(sum(map(len, parts)), following.page))
        parts.append(following.text)
    return "".join(parts), tuple(pages)


# --- headings -------------------------------------------------------------------------------------


def _heading_levels(groups: Sequence[Sequence[Line]], body: float) -> dict[tuple[float, bool], int]:
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


def _could_be_heading(group: Sequence[Line]) -> bool:
    text = " ".join(line.text for line in group)
    return len(text) <= _LONGEST_HEADING and any(c.isalpha() for c in text) and len(group) <= 4


def _level(group: Sequence[Line], levels: Mapping[tuple[float, bool], int]) -> int:
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
