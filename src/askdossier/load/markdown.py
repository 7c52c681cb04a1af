"""Markdown, with front matter in YAML or TOML, to blocks of readable text."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

from askdossier.core import Block, Removal
from askdossier.load import plain
from askdossier.load.decode import read_text
from askdossier.load.grid import Cell, blocks_of, laid_out
from askdossier.load.html import visible
from askdossier.load.markdown_notes import named, taken_out
from askdossier.load.metadata import Metadata, from_mapping, statements
from askdossier.load.reader import Content
from askdossier.text import normalise

SUFFIXES = (".md", ".markdown")

_FRONT_MATTER = re.compile(
    r"(?P<mark>---|\+\+\+)[ \t]*\n(?P<source>.*?\n)?(?:(?P=mark)|\.\.\.)[ \t]*(?:\n|\Z)",
    re.DOTALL,
)
_STATEMENT = re.compile(r"(?P<key>[^\W\d_][\w -]{0,40}?)[ \t]*+:(?:[ \t]++(?P<value>.*+))?")
_WIKI_LINK = re.compile(r"!?\[\[(?P<page>[^\[\]|\n]{1,200})(?:\|(?P<shown>[^\[\]\n]{1,200}))?\]\]")
_FENCE = re.compile(r" {0,3}(```|~~~)")
_FOOTNOTE = re.compile(r"\[\^[^\]\s]{1,40}\](?:: ?)?")
_TICK = re.compile(r"^\[([ xX])\]\s+(?=\S)")
_TICKS = {" ": "☐", "x": "☒"}
_STRIKE = re.compile(r"<(?P<end>/?)(?:del|s|strike)(?:\s[^>]*)?>", re.IGNORECASE)
_SEGMENT = 200_000
"""Characters parsed at a time: the parser's tokens take fifty times the memory of the text."""


def read(path: Path) -> Content:
    """Read a Markdown file."""
    return from_text(read_text(path))


def from_text(text: str) -> Content:
    """The content of a Markdown text."""
    text = normalise(text).lstrip("\n")
    front = _FRONT_MATTER.match(text[:_SEGMENT])
    metadata = _front_matter(front["source"] or "", front["mark"]) if front else None
    body = text[front.end() :] if front and metadata is not None else text
    struck: list[str] = []
    body, notes = taken_out(body)
    blocks = tuple(
        block for segment in _segments(body) for block in _segment_blocks(segment, struck, notes)
    )
    while notes:  # that nothing points at
        blocks += tuple(_segment_blocks(notes.pop(next(iter(notes))), struck, {}))
    title = next((block.text for block in blocks[:20] if block.level == 1), None)
    lost = tuple(Removal(words, "struck through") for words in struck)
    return Content(blocks, (metadata or Metadata()).over(Metadata(title=title)), lost=lost)


def _linked(text: str) -> str:
    """Links of a wiki (``[[page]]``, ``[[page|words]]``) as they are shown."""
    return _WIKI_LINK.sub(lambda link: link["shown"] or link["page"].replace("#", " > "), text)


def _front_matter(source: str, mark: str) -> Metadata | None:
    """None when it is no front matter after all but a text between two rules."""
    try:
        values = tomllib.loads(source) if mark == "+++" else statements(_linked(source))
    except ValueError:
        values = _lines(_linked(source))
    if values is None:
        return Metadata()
    return from_mapping(values) if isinstance(values, dict) else None


def _lines(source: str) -> dict[str, str] | str:
    """The statements of a front matter that is no YAML ("title: Budget : suite"), line by line.

    Gives the source itself where a line is none: it is a text then.
    """
    values: dict[str, str] = {}
    for line in source.splitlines():
        statement = _STATEMENT.fullmatch(line.rstrip())
        if statement:
            values[statement["key"]] = (statement["value"] or "").strip().strip("\"'")
        elif line.strip() and not line.startswith((" ", "\t", "-", "#")):
            return source
    return values


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark").enable(["table", "strikethrough"])


def _segments(text: str) -> Iterator[str]:
    """The text cut at blank lines outside fenced code, or at any line when there are none."""
    if len(text) <= _SEGMENT:
        yield text
        return
    start = position = 0
    fenced = False
    for line in text.splitlines(keepends=True):
        fenced ^= bool(_FENCE.match(line))
        position += len(line)
        length = position - start
        if length >= 10 * _SEGMENT or (length >= _SEGMENT and not line.strip() and not fenced):
            yield text[start:position]
            start = position
    yield text[start:]


def _segment_blocks(segment: str, struck: list[str], notes: dict[str, str]) -> Iterator[Block]:
    """The blocks of a piece of text; its notes are taken from ``notes``."""
    if max(map(len, segment.split("\n"))) > _SEGMENT:
        # No person wrote such a line; the parser may need minutes for it.
        yield from plain.from_text(segment).blocks
    else:
        yield from _blocks(_parser().parse(segment), struck, notes)


def _blocks(tokens: Sequence[Token], struck: list[str], notes: dict[str, str]) -> Iterator[Block]:
    due: list[str] = []  # notes named in the block or table at hand
    level = 0
    markers: list[str] = []  # the open lists, each with the marker of its next item
    pending = ""  # marker of an item that has not shown its first text yet
    rows: list[list[Cell]] = []
    in_cell = ""
    for token in tokens:
        match token.type:
            case "heading_open":
                level = int(token.tag[1])
            case "heading_close":
                level = 0
            case "bullet_list_open":
                markers.append("- ")
            case "ordered_list_open":
                markers.append("1. ")
            case "bullet_list_close" | "ordered_list_close":
                markers.pop()
            case "list_item_open":
                pending = f"{token.info}{token.markup} " if token.info else "- "
            case "table_open":
                rows = []
            case "tr_open":
                rows.append([])
            case "th_open" | "td_open":
                in_cell = token.type
            case "th_close" | "td_close":
                in_cell = ""
            case "table_close":
                yield from blocks_of(laid_out(rows))
                yield from _told(due, notes, struck)
            case "inline":
                due += named(token.content)
                text = _plain(token.children or (), struck)
                if in_cell:
                    rows[-1].append(Cell(text, header=in_cell == "th_open"))
                    continue
                for i, line in enumerate(filter(str.strip, text.split("\n"))):
                    marker = pending if i == 0 else ""
                    words = _TICK.sub(_tick, line.strip()) if marker else line.strip()
                    yield Block(marker + words, level)
                pending = ""
                yield from _told(due, notes, struck)
            case "fence" | "code_block":
                code = token.content.strip("\n")
                if code.strip():
                    yield Block(pending + code)
                pending = ""
            case "html_block":
                shown = visible(token.content)
                struck += [item.text for item in shown.lost if item.reason == "struck through"]
                yield from shown.blocks


def _told(due: list[str], notes: dict[str, str], struck: list[str]) -> Iterator[Block]:
    """The notes that are ``due``, and those that they name; none is told twice."""
    for name in due:  # which grows by what the notes name
        if name in notes:
            note = notes.pop(name)
            due.extend(named(note))
            yield from _segment_blocks(note, struck, {})
    due.clear()


def _tick(box: re.Match[str]) -> str:
    return f"{_TICKS[box[1].lower()]} "


def _plain(children: Sequence[Token], struck: list[str]) -> str:
    """The words of a line; those that are struck through go to ``struck``."""
    kept: list[str] = []
    withdrawn: list[str] = []
    parts = kept
    for child in children:
        mark = _STRIKE.fullmatch(child.content) if child.type == "html_inline" else None
        if child.type == "s_open" or (mark and not mark["end"]):
            parts = withdrawn
        elif child.type == "s_close" or mark:
            struck += filter(None, [" ".join("".join(withdrawn).split())])
            withdrawn.clear()
            parts = kept
        match child.type:
            case "text":
                parts.append(_linked(child.content))
            case "code_inline":
                parts.append(child.content)
            case "softbreak":
                parts.append(" ")
            case "hardbreak":
                parts.append("\n")
            case "image":
                parts.append(child.content)
            case "html_inline":
                if re.match(r"<br\b", child.content, re.IGNORECASE):
                    parts.append("\n")
    kept += withdrawn  # of a mark that nothing ends
    return _FOOTNOTE.sub("", re.sub(r"(?<=\S)  +(?=\S)", " ", "".join(kept)))
