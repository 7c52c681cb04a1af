"""One way through a rich text, from its first token to its last."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from askdossier.core import Block
from askdossier.load.grid import blocks_of
from askdossier.load.margins import margins
from askdossier.load.numbering import BULLET
from askdossier.load.rtf.boxes import Boxes
from askdossier.load.rtf.groups import Group
from askdossier.load.rtf.saying import Saying
from askdossier.load.rtf.tables import Tables
from askdossier.load.rtf.tokens import Brace, Symbol, Word, tokens
from askdossier.load.withdrawn import COMMENT, Withdrawn

_DEEPEST = 10_000
"""Groups inside one another."""
_HEADING = re.compile(r"(?:heading|titre)\s?([1-9])", re.IGNORECASE)
_SIGNS = {
    "tab": " ", "line": "\n", "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’",
    "ldblquote": "“", "rdblquote": "”", "bullet": "•", "emspace": " ", "enspace": " ",
    "qmspace": " ",
}  # fmt: skip
_SYMBOLS = {b"~": "\u00a0", b"_": "-", b"{": "{", b"}": "}", b"\\": "\\"}


class Reader:
    """Reads one file. What it says about itself and what is gone is known behind the last block."""

    def __init__(self, data: bytes) -> None:
        self.facts: dict[str, str] = {}
        """The ``title`` and the ``creator``, where it names them."""
        self._data = data
        self._saying = Saying(data)
        self._groups = [Group()]
        self._tables = Tables()
        self._ticks = Boxes()
        self._styles: dict[int, int] = {}
        """Levels of headings, by the number of their style."""
        self._style = 0  # the one that is being described
        self._level = 0
        self._in_table = False
        self._boxes: list[str] = []
        self._notes: list[str] = []
        self._margins: list[Block] = []

    @property
    def gone(self) -> Withdrawn:
        """The words that are withdrawn."""
        return self._saying.gone

    def blocks(self) -> Iterator[Block]:
        """The body, its notes behind their paragraphs, then heads and feet."""
        for token in tokens(self._data):
            if isinstance(token, bytes):
                self._group = self._group.begin()
                self._saying.characters(token, self._group)
                continue
            self._saying.decode(self._group)
            match token:
                case Brace(opens=True):
                    if len(self._groups) > _DEEPEST:
                        raise RecursionError
                    self._groups.append(self._group.inside())
                case Brace():
                    self._end_group()
                case Symbol():
                    self._symbol(token.sign)
                case Word():
                    yield from self._word(token.name, token.number)
        self._saying.decode(self._group)
        yield from self._paragraph()
        yield from self._table()
        yield from margins(self._margins)

    # --- groups and words ---

    @property
    def _group(self) -> Group:
        """The innermost that is open."""
        return self._groups[-1]

    @_group.setter
    def _group(self, group: Group) -> None:
        self._groups[-1] = group

    def _say(self, text: str) -> None:
        self._saying.say(text, self._group)

    def _end_group(self) -> None:
        if len(self._groups) == 1:
            return
        ended = self._groups.pop()
        if ended.sink == "skip" and self._group.sink != "skip":
            self._say(self._ticks.take())
        if ended.sink == "style":
            match = _HEADING.fullmatch(self._saying.take("style").strip(" ;"))
            if match:
                self._styles.setdefault(self._style, min(int(match[1]), 6))
            return
        if ended.sink in {self._group.sink, "skip", "body"}:
            return
        text = self._saying.take(ended.sink).strip()
        lines = [line.strip() for line in text.split("\n") if line.strip()]
        match ended.sink:
            case "note":
                self._notes += lines
            case "box":
                self._boxes += lines
            case "margin":
                self._margins += map(Block, lines)
            case "comment":
                name = self.facts.pop("author", "")
                self.gone.add(f"{name}: {text}" if name else text, COMMENT)
            case kind:
                self.facts[kind] = text

    def _symbol(self, sign: bytes) -> None:
        if sign == b"*":
            self._group = self._group.made_optional()
        elif sign in {b"\n", b"\r"}:
            self._say("\n")
        elif not self._saying.stands_in() and sign in _SYMBOLS:
            self._say(_SYMBOLS[sign])

    def _word(self, word: str, number: int | None) -> Iterator[Block]:
        self._ticks.word(word, number)
        if not self._group.begun:
            if word == "nesttableprops" and self._group.sink != "skip":
                self._tables.end_nested_row()  # behind each row of a table in a cell
            self._group, says_more = self._group.beginning_with(word)
            if not says_more:
                return
        sink = self._group.sink
        self._group = self._group.formatted(word, number, self._saying.last(sink))
        match word:
            case "u" if number is not None:
                self._saying.unicode(number, self._group)
            case "ansicpg":
                self._saying.set_page(f"cp{number}")
            case "mac":
                self._saying.set_page("mac_roman")
            case _ if word in _SIGNS:
                self._say(_SIGNS[word])
            case "s" if sink == "style":
                self._style = number or 0
            case "outlinelevel" if sink == "style" and 0 <= (number or 0) < 6:
                self._styles[self._style] = (number or 0) + 1
            case _ if sink == "body":
                yield from self._structure(word, number)
            case "par" | "sect" | "cell" | "row":
                self._say("\n")

    def _structure(self, word: str, number: int | None) -> Iterator[Block]:
        match word:
            case "par" | "sect" | "page":
                yield from self._paragraph()
            case "pard":
                self._level = 0
                self._in_table = False
            case "s":
                self._level = self._styles.get(number or 0, 0)
            case "outlinelevel":
                self._level = (number or 0) + 1 if (number or 0) < 6 else 0
            case "intbl":
                self._in_table = True
            case _:
                self._tables.word(word, number, self._take_body)

    # --- paragraphs and tables ---

    def _paragraph(self) -> Iterator[Block]:
        if self._in_table:
            self._say("\n")
            return
        yield from self._table()
        yield from self._beside(self._lines())

    def _lines(self) -> Iterator[Block]:
        for line in filter(str.strip, self._take_body().split("\n")):
            shown = line.strip()
            yield Block(BULLET + shown[1:].strip() if shown[0] == "•" else shown, self._level)

    def _table(self) -> Iterator[Block]:
        grid = self._tables.whole()
        if grid is not None:
            yield from self._beside(blocks_of(grid))

    def _take_body(self) -> str:
        return self._saying.take("body")

    def _beside(self, blocks: Iterable[Block]) -> Iterator[Block]:
        """Blocks of the body, the boxes that hang from them above, their notes below."""
        yield from map(Block, self._boxes)
        yield from blocks
        yield from map(Block, self._notes)
        self._boxes, self._notes = [], []
