"""Rich text (RTF): paragraphs, headings, lists with their numbers, tables, boxes, notes.

No library keeps its tables and tells its struck words from the others, so that the format is read
here: a stream of control words, groups and bytes, of which what is shown is taken.
"""

from __future__ import annotations

import codecs
import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from askdossier.core import Block, UnreadableDocument
from askdossier.load.grid import Cell, Grid, blocks_of, texts
from askdossier.load.margins import margins
from askdossier.load.metadata import Metadata, plain
from askdossier.load.numbering import BULLET, lifts, raised
from askdossier.load.reader import Content, bounded
from askdossier.load.withdrawn import COMMENT, DELETED, HIDDEN, MOVED, STRUCK, Withdrawn
from askdossier.text import normalise

SUFFIXES = (".rtf",)

SIGNATURE = b"{\\rtf"
"""How every such file begins."""

_TOKEN = re.compile(
    rb"\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})? ?|\\'(?P<hex>[0-9a-fA-F]{2})"
    rb"|\\(?P<symbol>[^a-zA-Z])|(?P<brace>[{}])|[\r\n]+|(?P<text>[^\\{}\r\n]+)|\\",
    re.DOTALL,
)
_FONT = re.compile(rb"\{\\f(\d{1,5})\\[^{};]{0,200}?\\fcharset(\d{1,3})")
_NAMES = 500_000
"""Bytes at the beginning in which the fonts are listed."""
_DEEPEST = 10_000
"""Groups inside one another."""
_HEADING = re.compile(r"(?:heading|titre)\s?([1-9])", re.IGNORECASE)
_SIGNS = {
    "tab": " ", "line": "\n", "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’",
    "ldblquote": "“", "rdblquote": "”", "bullet": "•", "emspace": " ", "enspace": " ",
    "qmspace": " ",
}  # fmt: skip
_SYMBOLS = {b"~": "\u00a0", b"_": "-", b"{": "{", b"}": "}", b"\\": "\\"}
_CODE_PAGES = {
    77: "mac_roman", 128: "cp932", 129: "cp949", 134: "cp936", 136: "cp950", 161: "cp1253",
    162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251",
    222: "cp874", 238: "cp1250",
}  # fmt: skip
# What a group holds, by the word it begins with; the rest of the groups marked "\*" is not shown.
_SINKS = {
    "header": "margin", "headerl": "margin", "headerr": "margin", "headerf": "margin",
    "footer": "margin", "footerl": "margin", "footerr": "margin", "footerf": "margin",
    "footnote": "note", "annotation": "comment", "atnauthor": "author", "shptxt": "box",
    "title": "title", "author": "creator", "stylesheet": "style",
}  # fmt: skip
_SHOWN = frozenset({"shpinst", "shptxt", "fldinst", "annotation", "atnauthor", "footnote"})
_NOT_SHOWN = frozenset(
    "colortbl info pict object shprslt nonshppict fldinst sp listtable filetbl revtbl xe tc rxe "
    "bkmkstart bkmkend themedata datastore fonttbl private1 template".split()
)
_READ_ANYWAY = frozenset({"title", "author"})


@dataclass(slots=True)
class _Group:
    """What holds inside a pair of braces."""

    sink: str = "body"
    """Where its text goes: ``body``, ``note``, …; ``skip`` for nowhere."""
    gone: str = ""
    raised: bool = False
    font: int = 0
    fallback: int = 1
    """Characters that stand behind each Unicode character for older programs."""
    begun: bool = False
    """False until its first word, which says what the group is."""
    optional: bool = False


@dataclass(slots=True)
class _Row:
    """The row that is being read."""

    ends: list[int] = field(default_factory=list)
    """The right borders of its cells, in twips."""
    merged: list[set[str]] = field(default_factory=list)
    header: bool = False
    texts: list[str] = field(default_factory=list)
    inner: list[tuple[Grid, ...]] = field(default_factory=list)
    """Of each cell the tables in it."""


def read(path: Path) -> Content:
    """Read a rich text."""
    data = path.read_bytes()
    if not data.lstrip().startswith(SIGNATURE):
        raise UnreadableDocument(
            f"{path.name} is not rich text. Open it in the program that made it and save it again "
            "as RTF or DOCX."
        )
    reader = _Reader(data)
    blocks = tuple(bounded(reader.blocks(), path.name))
    heading = next((block.text for block in blocks[:10] if block.level == 1), None)
    about = Metadata(
        title=plain(reader.facts.get("title")), author=plain(reader.facts.get("creator"))
    )
    return Content(blocks, about.over(Metadata(title=heading)), lost=reader.gone.removals)


class _Reader:
    """One way through a file."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self.gone = Withdrawn()
        self.facts: dict[str, str] = {}
        self._groups = [_Group()]
        self._buffers: dict[str, list[str]] = {"body": []}
        self._bytes = bytearray()  # characters of the code page, not decoded yet
        self._skip = 0  # characters that only stand there for older programs
        self._page = "cp1252"
        self._fonts: dict[int, str] = {}
        self._styles: dict[int, int] = {}
        self._style = 0  # the one that is being described
        self._level = 0
        self._in_table = False
        self._last_gone = ""
        self._row = _Row()
        self._marks: set[str] = set()
        self._rows: list[_Row] = []
        self._nested: list[list[str]] = [[]]
        """Rows of the table in this cell; the last is being read."""
        self._around = ""
        """What stands above that table in its cell."""
        self._inside = False  # whether that table has begun
        self._boxes: list[str] = []
        self._notes: list[str] = []
        self._margins: list[Block] = []

    def blocks(self) -> Iterator[Block]:
        """The body, its notes behind their paragraphs, then heads and feet."""
        at = 0
        self._code_pages()
        while at < len(self._data):
            token = _TOKEN.match(self._data, at)
            if token is None:
                break
            at = token.end()
            if token["hex"]:
                self._characters(bytes.fromhex(token["hex"].decode("ascii")))
                continue
            if token["text"]:
                self._characters(token["text"])
                continue
            self._decode()
            if token["brace"] == b"{":
                if len(self._groups) > _DEEPEST:
                    raise RecursionError
                self._groups.append(replace(self._groups[-1], begun=False, optional=False))
            elif token["brace"] == b"}":
                self._end_group()
            elif token["symbol"]:
                self._symbol(token["symbol"])
            elif token["word"]:
                word = token["word"].decode("ascii")
                number = int(token["number"]) if token["number"] else None
                if word == "bin":
                    at += max(0, number or 0)
                    continue
                yield from self._word(word, number)
        self._decode()
        yield from self._paragraph()
        yield from self._table()
        yield from margins(self._margins)

    # --- characters ---

    def _characters(self, text: bytes) -> None:
        group = self._groups[-1]
        group.begun = True
        skipped = min(self._skip, len(text))
        self._skip -= skipped
        if group.sink != "skip":
            self._bytes += text[skipped:]

    def _decode(self) -> None:
        if self._bytes:
            page = self._fonts.get(self._groups[-1].font, self._page)
            self._say(self._bytes.decode(page, errors="replace"))
            self._bytes.clear()

    def _say(self, text: str) -> None:
        group = self._groups[-1]
        if group.sink == "skip":
            return
        if group.gone and group.sink == "body":
            self.gone.add(text, group.gone, goes_on=group.gone == self._last_gone)
            self._last_gone = group.gone
            return
        self._last_gone = ""
        self._buffers.setdefault(group.sink, []).append(raised(text) if group.raised else text)

    def _take(self, sink: str) -> str:
        text = "".join(self._buffers.pop(sink, []))
        # Characters beyond the first plane come as two halves.
        joined = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        return re.sub(" {2,}", " ", normalise(joined))

    # --- groups and words ---

    def _end_group(self) -> None:
        if len(self._groups) == 1:
            return
        ended = self._groups.pop()
        if ended.sink == "style":
            match = _HEADING.fullmatch(self._take("style").strip(" ;"))
            if match:
                self._styles.setdefault(self._style, min(int(match[1]), 6))
            return
        if ended.sink in {self._groups[-1].sink, "skip", "body"}:
            return
        text = self._take(ended.sink).strip()
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

    def _symbol(self, symbol: bytes) -> None:
        group = self._groups[-1]
        if symbol == b"*":
            group.optional = True
        elif symbol in {b"\n", b"\r"}:
            self._say("\n")
        elif self._skip:
            self._skip -= 1
        elif symbol in _SYMBOLS:
            self._say(_SYMBOLS[symbol])

    def _word(self, word: str, number: int | None) -> Iterator[Block]:
        group = self._groups[-1]
        if not group.begun:
            group.begun = True
            if group.sink == "skip" and word not in _READ_ANYWAY:
                return
            if word in _SINKS:
                group.sink = _SINKS[word]
                group.gone = ""
                return
            if word == "nesttableprops":  # they end each row of a table in a cell
                self._nested.append([])
            if word in _NOT_SHOWN or (group.optional and word not in _SHOWN):
                group.sink = "skip"
                return
        on = number != 0
        match word:
            case "u" if number is not None:
                self._say(chr(number % 0x10000))
                self._skip = group.fallback
            case "uc":
                group.fallback = max(0, number or 0)
            case "f":
                group.font = number or 0
            case "ansicpg":
                self._page = _known(f"cp{number}", self._page)
            case "mac":
                self._page = "mac_roman"
            case "plain":
                group.gone, group.raised = "", False
            case "strike" | "striked" | "v" | "deleted" | "mvf":
                reason = {"v": HIDDEN, "deleted": DELETED, "mvf": MOVED}.get(word, STRUCK)
                group.gone = reason if on else "" if group.gone == reason else group.gone
            case "super":
                group.raised = on
            case "up":  # it may only set a line: figures are raised right behind a letter or digit
                before = "".join(self._buffers.get(group.sink, [])[-1:])[-1:]
                group.raised = lifts(6 if number is None else number, before)
            case "nosupersub" | "dn":
                group.raised = False
            case _ if word in _SIGNS:
                self._say(_SIGNS[word])
            case "s" if group.sink == "style":
                self._style = number or 0
            case "outlinelevel" if group.sink == "style" and 0 <= (number or 0) < 6:
                self._styles[self._style] = (number or 0) + 1
            case _ if group.sink == "body":
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
            case "trowd":
                self._row = _Row(texts=self._row.texts, inner=self._row.inner)
                self._marks = set()
            case "trhdr":
                self._row.header = True
            case "clmgf" | "clmrg" | "clvmgf" | "clvmrg":
                self._marks.add(word)
            case "cellx" if len(self._row.ends) < 1000:
                self._row.ends.append(number or 0)
                self._row.merged.append(self._marks)
                self._marks = set()
            case "itap" if (number or 0) > 1 and not self._inside:
                self._around, self._inside = self._take("body"), True
            case "nestcell":
                self._nested[-1].append(self._take("body").strip())
            case "cell":
                self._row.texts.append((self._around + self._take("body")).strip())
                self._row.inner.append((texts(self._nested),) if any(self._nested) else ())
                self._nested, self._around, self._inside = [[]], "", False
            case "row":
                self._rows.append(self._row)
                self._row = replace(self._row, texts=[], inner=[])

    # --- paragraphs and tables ---

    def _paragraph(self) -> Iterator[Block]:
        if self._in_table:
            self._say("\n")
            return
        yield from self._table()
        text = self._take("body")
        yield from map(Block, self._boxes)
        for line in filter(str.strip, text.split("\n")):
            shown = line.strip()
            yield Block(BULLET + shown[1:].strip() if shown[0] == "•" else shown, self._level)
        yield from map(Block, self._notes)
        self._boxes, self._notes = [], []

    def _table(self) -> Iterator[Block]:
        if not self._rows:
            return
        borders = sorted({end for row in self._rows for end in row.ends})
        placed: list[Cell] = []
        above: dict[int, int] = {}
        for i, row in enumerate(self._rows):
            here: dict[int, int] = {}
            column = 0
            for at, text in enumerate(row.texts):
                marks = row.merged[at] if at < len(row.merged) else set()
                end = bisect_left(borders, row.ends[at]) + 1 if at < len(row.ends) else column + 1
                wide = max(1, end - column)
                if "clvmrg" in marks and column in above:
                    here[column] = above[column]
                    placed[above[column]] = placed[above[column]].reaching(i)
                elif "clmrg" in marks and placed and placed[-1].row == i:
                    placed[-1] = replace(placed[-1], columns=column + wide - placed[-1].column)
                else:
                    here[column] = len(placed)
                    placed.append(Cell(text, i, column, 1, wide, row.header, row.inner[at]))
                column += wide
            above = here
        self._rows = []
        yield from map(Block, self._boxes)
        yield from blocks_of(Grid(tuple(placed)))
        yield from map(Block, self._notes)
        self._boxes, self._notes = [], []

    def _code_pages(self) -> None:
        """The code pages of the fonts."""
        for font in _FONT.finditer(self._data[:_NAMES]):
            page = _CODE_PAGES.get(int(font[2]))
            if page:
                self._fonts[int(font[1])] = page


def _known(page: str, otherwise: str) -> str:
    try:
        codecs.lookup(page)
    except LookupError:
        return otherwise
    return page
