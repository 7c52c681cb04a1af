"""Running heads and feet, page numbers and the frame that a browser prints round its pages.

A line is taken for one only where it agrees with lines of other pages in place and size, at the
very edge of its page, and says nothing that is the page's own. Of what recurs one copy stays, and
all that goes is named.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from askdossier.core import Removal
from askdossier.load.pdf.glyphs import main_turn
from askdossier.load.pdf.line import Line, rows, turned
from askdossier.text import fold

Corners = tuple[float, float, float, float]
"""Left, bottom, right and top of a page, in points."""

_EDGE = 0.2
"""Of a page's height at the top and the bottom: where heads and feet stand."""
_MOST_ROWS = 4
"""Rows of a head or a foot."""
_RECURS = 3
"""Pages on which a line must recur; both, of two."""
_FORM = 0.25
"""Of the lines between head and foot: where more have labels that recur in their place, the pages
are copies of a form (receipts, payslips), and what they say alike is theirs."""
_LABEL = re.compile(r"(?=.*[a-z]).{1,60}")
_NUMBER = re.compile(
    r"(?:page |p\. ?|[-–—] ?)?(?P<n>\d{1,4}|[ivxlc]{1,7})(?: ?[-–—])?"
    r"(?: ?(?:/|sur|of|de) ?\d{1,4})?"
)
_NUMBER_BEFORE = re.compile(r"(?:page |p\. ?)?(?P<n>\d{1,4}) ?[|•·–—-] ?(?P<rest>\D.*)")
_NUMBER_BEHIND = re.compile(
    r"(?P<rest>.{0,150}\D) ?(?:[|•·–—-] ?|\bpage |\bp\. ?){1,3}(?P<n>\d{1,4})"
    r"(?: ?(?:/|sur|of|de) ?\d{1,4})?"
)
_YEARS = range(1900, 2101)
"""A figure of these is rather a year than the number of a page."""
_AMOUNT = re.compile(r"\d ?(?:€|euros?\b|eur\b|\$|£|%|chf\b)|(?:€|\$|£) ?\d")
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_ADDRESS = re.compile(r"(?:https?|file|about):/?/?\S+")
_OF_PAGES = re.compile(r"(?P<n>\d{1,4}) ?(?:/|sur|of) ?(?P<all>\d{1,4})")
_PRINTED_AT = re.compile(
    r"\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4},? (?:à )?\d{1,2}[:h]\d{2}(?::\d{2})?(?: ?[ap]m)?"
)


@dataclass(frozen=True, slots=True)
class Kept:
    """The pages without their heads and feet, and what was left out."""

    pages: list[list[Line]]
    removed: tuple[Removal, ...]


def without_running_lines(pages: Sequence[Sequence[Line]], corners: Sequence[Corners]) -> Kept:
    """The pages without heads, feet and page numbers.

    The first copy of a head stays where it is if it stands on the first page with text; of others
    the first copy is set aside.
    """
    edges = [_edges(page, box) for page, box in zip(pages, corners, strict=True)]
    judge = _Judge(pages, edges)
    first = next((i for i, page in enumerate(pages) if page), 0)
    seen = set[str]()
    result: list[list[Line]] = []
    removed: list[Removal] = []
    for i, page in enumerate(pages):
        why = dict.fromkeys(map(id, _printed_frame(edges[i])), "printed frame")
        kept: dict[int, Line] = {}
        for edge in edges[i]:
            for row, beyond in zip_longest(edge, edge[1:], fillvalue=()):
                if all(id(line) in why for line in row):
                    continue
                running = [judge.running(line, i) for line in row]
                numbers = [line for line, words in zip(row, running, strict=True) if words == ""]
                why |= dict.fromkeys(map(id, numbers), "page number")
                if None in running or _names_columns(row, beyond):
                    break  # the page's own
                for line, words in zip(row, running, strict=True):
                    if not words:
                        continue
                    if words not in seen:
                        seen.add(words)
                        stays = edge is edges[i].heads and i == first
                        kept[id(line)] = line if stays else replace(line, aside=True)
                    else:
                        why[id(line)] = "running head"
        result.append([kept.get(id(line), line) for line in page if id(line) not in why])
        removed += [Removal(line.text, why[id(line)]) for line in page if id(line) in why]
    return Kept(result, tuple(removed))


def _names_columns(row: Sequence[Line], beyond: Sequence[Line]) -> bool:
    """True for cells right over others: the first row of a table that goes on from page to page."""
    close = bool(beyond) and abs(row[0].bottom - beyond[0].bottom) < 2.2 * row[0].size
    return close and len(row) > 1 and len(beyond) > 1


# --- rows at the edges ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Edges:
    """Rows at the top and at the bottom of a page, from outside in."""

    heads: Sequence[Sequence[Line]] = ()
    feet: Sequence[Sequence[Line]] = ()

    def __iter__(self) -> Iterator[Sequence[Sequence[Line]]]:
        return iter((self.heads, self.feet))

    @property
    def lines(self) -> Iterator[Line]:
        return (line for edge in self for row in edge for line in row)


def _edges(page: Sequence[Line], box: Corners) -> _Edges:
    turn = main_turn(page)
    found = rows(line for line in page if line.turn == turn and not line.aside)
    left, bottom, right, top = box
    heights = [turned(x, y, turn)[1] for x in (left, right) for y in (bottom, top)]
    low, high = min(heights), max(heights)
    room = _EDGE * (high - low)
    return _Edges(
        [row for row in found if row[0].bottom > high - room][:_MOST_ROWS],
        [row for row in reversed(found) if row[0].bottom < low + room][:_MOST_ROWS],
    )


def _agree(one: Line, other: Line) -> bool:
    """True for lines of one size in one place: at their left, their right or their middle."""
    size = max(one.size, other.size)
    return (
        abs(one.size - other.size) <= 0.1 * size
        and abs(one.bottom - other.bottom) <= 0.6 * size
        and min(
            abs(one.left - other.left),
            abs(one.right - other.right),
            abs(one.left + one.right - other.left - other.right) / 2,
        )
        <= 0.6 * size
    )


def _height(line: Line) -> int:
    return round(line.bottom / 12)


# --- what recurs ----------------------------------------------------------------------------------


class _Judge:
    """Says of a line at the edge of a page whether it is a running one."""

    def __init__(self, pages: Sequence[Sequence[Line]], edges: Sequence[_Edges]) -> None:
        self._needed = _RECURS if sum(map(bool, pages)) != 2 else 2
        self._alike: defaultdict[str, list[tuple[int, Line]]] = defaultdict(list)
        self._level: defaultdict[int, list[Line]] = defaultdict(list)
        self._said: defaultdict[str, list[Line]] = defaultdict(list)
        offsets: defaultdict[tuple[str, int], set[int]] = defaultdict(set)
        for i, edge in enumerate(edges):
            for line in edge.lines:
                text = fold(line.text)
                self._alike[text].append((i, line))
                self._level[_height(line)].append(line)
                for rest, number in _numbers(text):
                    offsets[rest, number - i].add(i)
        self._numbered = {key for key, where in offsets.items() if len(where) >= self._needed}
        for page in pages:
            for line in page:
                self._said[fold(line.text)].append(line)
        self._forms = _forms(pages, edges, self._needed)
        self._verdicts: dict[tuple[str, int, int, float], bool] = {}

    def running(self, line: Line, page: int) -> str | None:
        """What a running line says beside the page's number; None for a line that stays."""
        text = fold(line.text)
        rest = self._rest(text, page)
        if rest == "":
            return rest
        if page in self._forms or _AMOUNT.search(text):
            return None
        if rest is not None:
            return rest
        key = (text, _height(line), round(line.left / 6), line.size)
        if key not in self._verdicts:
            self._verdicts[key] = self._recurs(text, line)
        return text if self._verdicts[key] else None

    def _rest(self, text: str, page: int) -> str | None:
        """What stands beside a figure that grows with the pages; None where there is none."""
        counted = (r for r, number in _numbers(text) if (r, number - page) in self._numbered)
        return next(counted, None)

    def _recurs(self, text: str, line: Line) -> bool:
        pages = {i for i, other in self._alike[text] if _agree(line, other)}
        if len(pages) < self._needed:
            return False
        # Where other pages say something else in this place, it is theirs, and this is the page's
        # own: unless the document says it elsewhere too, as it does the title of a chapter.
        varies = any(
            fold(other.text) != text and _agree(line, other)
            for level in (-1, 0, 1)
            for other in self._level.get(_height(line) + level, ())
        )
        return not varies or any(not _agree(line, other) for other in self._said[text])


def _numbers(text: str) -> Iterator[tuple[str, int]]:
    """The readings of a folded line as the number of its page and something beside it."""
    for pattern in (_NUMBER, _NUMBER_BEFORE, _NUMBER_BEHIND):
        if found := pattern.fullmatch(text):
            rest = found.groupdict().get("rest") or ""
            number = int(found["n"]) if found["n"].isdigit() else _roman(found["n"])
            if number and number not in _YEARS:
                yield rest.strip(" |•·–—-"), number


def _roman(numeral: str) -> int:
    """The value of a roman numeral in small letters; 0 for what is none ("civil", "vil")."""
    values = [_ROMAN[letter] for letter in numeral]
    value = sum(
        -one if one < following else one
        for one, following in zip(values, [*values[1:], 0], strict=True)
    )
    return value if _as_roman(value) == numeral else 0


def _as_roman(value: int) -> str:
    numeral = ""
    for worth, sign in ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"),
                        (5, "v"), (4, "iv"), (1, "i")):  # fmt: skip
        numeral += sign * (value // worth)
        value %= worth
    return numeral


def _forms(pages: Sequence[Sequence[Line]], edges: Sequence[_Edges], needed: int) -> set[int]:
    """The pages that are copies of a form: labels stand at the same places of several."""
    inside: list[list[tuple[str, int, int, int]]] = []
    where: defaultdict[tuple[str, int, int, int], set[int]] = defaultdict(set)
    for i, (page, edge) in enumerate(zip(pages, edges, strict=True)):
        outside = set(map(id, edge.lines))
        labels = [_label(line) for line in page if id(line) not in outside]
        inside.append(labels)
        for label in labels:
            where[label].add(i)
    forms = set[int]()
    for i, labels in enumerate(inside):
        recurring = sum(
            len(where[label]) >= needed for label in labels if _LABEL.fullmatch(label[0])
        )
        if recurring >= max(1, _FORM * len(labels)):
            forms.add(i)
    return forms


def _label(line: Line) -> tuple[str, int, int, int]:
    """A line's words before a colon, without figures, and where it stands."""
    text = re.sub(r"\d+", "#", fold(line.text)).partition(":")[0]
    return text, round(line.left / 3), round(line.bottom / 3), round(line.size)


# --- what a browser prints ------------------------------------------------------------------------


def _printed_frame(edges: _Edges) -> list[Line]:
    """The outermost rows, where they hold what all browsers print round a page.

    That is its number of all pages, its address, and the date and time of printing.
    """
    lines = [line for edge in edges for row in edge[:1] for line in row]
    texts = [fold(line.text) for line in lines]
    counted = any(
        (found := _OF_PAGES.fullmatch(text)) and int(found["n"]) <= int(found["all"])
        for text in texts
    )
    addressed, dated = (any(map(pattern.fullmatch, texts)) for pattern in (_ADDRESS, _PRINTED_AT))
    return lines if counted and addressed and dated else []
