"""Exports of programs as JSON or JSON lines: articles, notes, conversations, tables, settings.

A list of records with texts of their own (scraped articles, notes) holds a document for each. Any
other list is a table, like that of a CSV file: the messages of a chat, whose context is the chat.
Whatever else there is becomes lines that begin with the names under which they stand. Figures stay
as they are written.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from askdossier.core import Block, Removal, UnreadableDocument
from askdossier.load import html, plain
from askdossier.load.decode import read_text
from askdossier.load.grid import Cell, Grid, blocks_of
from askdossier.load.metadata import Metadata, iso_date
from askdossier.load.metadata import plain as one_line
from askdossier.load.reader import Content, Member, bounded
from askdossier.text import fold, normalise

SUFFIXES = (".json", ".jsonl", ".ndjson")

Record = Mapping[str, Any]

_TITLE = "title titre headline subject sujet name nom".split()
_TEXT = (
    "text texte content contenu body corps articlebody fulltext html markdown message description"
).split()
_FACTS = {
    "author": "author authors auteur auteurs auteure autrice creator byline by from sender".split(),
    "publisher": "publisher editeur site sitename journal source".split(),
    "date": "date published publishedat datepublished publicationdate pubdate publiele created "
            "createdat datecreated datetime timestamp createtime time".split(),
    "url": "url link lien canonicalurl sourceurl permalink".split(),
    "licence": "licence license rights droits".split(),
}  # fmt: skip
_LONG = 300
"""Characters of a text that is more than a message."""
_WIDEST = 500
"""Columns of a table; records with more names than that have none in common."""
_EPOCH = re.compile(r"(\d{10})(?:\.\d+|\d{3})?")
"""A moment as seconds or milliseconds since 1970."""
_MARKUP = re.compile(
    r"</?(?:p|div|br|h[1-6]|ul|ol|li|table|span|a|strong|em|b|i)\b[^>]{0,500}>", re.I
)
_INNER = " › "


def read(path: Path) -> Content:
    """Read an export. Raises `UnreadableDocument` for what is no JSON."""
    source = read_text(path).removeprefix("\ufeff")
    value: Any
    broken: tuple[Member, ...] = ()
    try:
        value = _parsed(source)
    except ValueError as error:
        lines, broken = _lines(source)
        if len(lines) <= len(broken):
            raise UnreadableDocument(
                f"{path.name} is not JSON ({error}). Export it again as JSON or CSV."
            ) from None
        value = lines
    records, rest = _records(value)
    about = tuple(_shown(rest, ()))
    if _are_documents(records):
        return Content(about, Metadata(title=path.stem), members=(*_documents(records), *broken))
    blocks = (*about, *(_table(records) if records else ()))
    title = _first(rest, _TITLE) if isinstance(rest, Mapping) else None
    lost = tuple(Removal(member.name, "not JSON") for member in broken)
    return Content(tuple(bounded(blocks, path.name)), Metadata(title=title or path.stem), lost=lost)


def _parsed(text: str) -> Any:
    return json.loads(text, parse_int=str, parse_float=str, parse_constant=str)


def _lines(source: str) -> tuple[list[Any], tuple[Member, ...]]:
    """The values of JSON lines, and the lines that are none."""
    values, broken = [], []
    for number, line in enumerate(source.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            values.append(_parsed(line))
        except ValueError as error:
            held = UnreadableDocument(f"the line is not JSON ({error}). Export the file again.")
            broken.append(Member(f"line {number}", held))
    return values, tuple(broken)


# --- records --------------------------------------------------------------------------------------


def _records(value: Any) -> tuple[Sequence[Record], Any]:
    """The records of a file, and what it holds beside them; no records where it is no list."""
    if _is_list_of_records(value):
        return value, {}
    if isinstance(value, Mapping):
        lists = [key for key, inner in value.items() if _is_list_of_records(inner)]
        if len(lists) == 1:
            return value[lists[0]], {k: v for k, v in value.items() if k != lists[0]}
    return (), value


def _is_list_of_records(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(v, Mapping) for v in value)


def _are_documents(records: Sequence[Record]) -> bool:
    """Whether each record is read by itself: it has a title and a text, or a long text."""
    whole = 0
    for record in records:
        words = _text(record)
        whole += len(words) >= _LONG or bool(words and _first(record, _TITLE))
    return bool(records) and whole > len(records) / 2


def _documents(records: Sequence[Record]) -> Iterator[Member]:
    for number, record in enumerate(records, start=1):
        title = _first(record, _TITLE)
        name = title or _first(record, ("id", "slug")) or str(number)
        yield Member(name.replace("/", "-").replace("\\", "-"), _document(record, title))


def _document(record: Record, title: str | None) -> Content:
    facts = {fact: _first(record, keys) for fact, keys in _FACTS.items()}
    facts["date"] = _date(facts["date"])
    said = {_key(record, _TITLE) if title else None, _key(record, _TEXT)}
    if (url := facts["url"]) and not url.startswith(("http://", "https://")):
        facts["url"] = None
    text = _paragraphs(_text(record))
    blocks = (
        *((Block(title, 1),) if title else ()),
        *_shown({key: value for key, value in record.items() if key not in said}, ()),
        *text.blocks,
    )
    return Content(blocks, Metadata(title=title, **facts), lost=text.lost)


def _key(record: Record, keys: Iterable[str]) -> str | None:
    """The record's own name for the first of these that it holds."""
    named = {re.sub(r"[^a-z]", "", fold(key)): key for key, value in record.items() if value}
    return next((named[key] for key in keys if key in named), None)


def _first(record: Record, keys: Iterable[str]) -> str | None:
    key = _key(record, keys)
    return one_line(_inner(record[key])) if key is not None else None


def _inner(value: Any) -> Any:
    """What is meant by a value that comes with others: ``{"rendered": "Le titre"}``."""
    if isinstance(value, Mapping):
        return next((value[key] for key in ("rendered", "name", "text") if value.get(key)), None)
    return value


def _text(record: Record) -> str:
    key = _key(record, _TEXT)
    return _joined(record[key]) if key is not None else ""


def _joined(value: Any) -> str:
    """A text, which may be given in pieces that are marked up each."""
    if isinstance(value, list):
        pieces = [_joined(piece) for piece in value]
        marked = any(isinstance(piece, Mapping) for piece in value)
        return ("" if marked else "\n\n").join(pieces)
    inner = _inner(value)
    return inner if isinstance(inner, str) else ""


def _date(stated: str | None) -> str | None:
    if stated and (moment := _EPOCH.fullmatch(stated)):
        return datetime.fromtimestamp(int(moment[1]), UTC).date().isoformat()
    return iso_date(stated or "")


# --- blocks ---------------------------------------------------------------------------------------


def _shown(value: Any, path: tuple[str, ...]) -> Iterator[Block]:
    """Whatever it is, as lines that begin with the names above it."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _shown(inner, (*path, " ".join(normalise(key).split())))
    elif isinstance(value, list) and any(isinstance(inner, Mapping | list) for inner in value):
        if path:
            yield Block(_INNER.join(path), 2)
        if _is_list_of_records(value):
            yield from _table(value)
        else:
            for inner in value:
                yield from _shown(inner, ())
    elif isinstance(value, str) and ("\n" in value.strip() or _MARKUP.search(value)):
        if path:
            yield Block(_INNER.join(path), 2)
        yield from _paragraphs(value).blocks
    elif line := _line(value):
        yield Block(f"{_INNER.join(path)}: {line}" if path else line)


def _paragraphs(text: str) -> Content:
    return html.visible(text) if _MARKUP.search(text) else plain.from_text(text)


def _table(records: Sequence[Record]) -> Iterator[Block]:
    rows = [list(_cells(record, ())) for record in records]
    columns: dict[str, int] = {}
    for row in rows:
        for name, _ in row:
            columns.setdefault(name, len(columns))
    if len(columns) > _WIDEST:
        yield from (Block(" | ".join(f"{name}: {line}" for name, line in row)) for row in rows)
        return
    names = [Cell(name, 0, column, header=True) for name, column in columns.items()]
    cells = [Cell(line, i, columns[name]) for i, row in enumerate(rows, 1) for name, line in row]
    yield from blocks_of(Grid((*names, *cells), named=True))


def _cells(record: Record, path: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for key, value in record.items():
        name = (*path, " ".join(normalise(key).split()) or "?")
        if isinstance(value, Mapping):
            yield from _cells(value, name)
        elif line := _line(value):
            yield _INNER.join(name), line


def _line(value: Any) -> str:
    """A value on one line; empty for nothing."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Mapping):
        return ", ".join(f"{name}: {cell}" for name, cell in _cells(value, ()))
    if isinstance(value, list):
        marked_up = [_joined(piece) for piece in value if isinstance(piece, Mapping)]
        if marked_up and all(marked_up):
            return " ".join(_joined(value).split())
        return ", ".join(filter(None, map(_line, value)))
    return " ".join(normalise(str(value)).split()) if value is not None else ""
