"""Saved e-mail messages (EML): subject, sender, date and the text of the message.

Mail programs break lines at some 72 columns. Where they say how (format=flowed, RFC 3676), they are
joined as they say; elsewhere as in any text, in which a mail's width is known to be at most 80.
"""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator
from email.message import EmailMessage, MIMEPart
from email.utils import parsedate_to_datetime
from itertools import groupby
from pathlib import Path

from askdossier.load import html, plain
from askdossier.load.metadata import Metadata
from askdossier.load.metadata import plain as one_line
from askdossier.load.reader import Content
from askdossier.records import Block, UnreadableDocument
from askdossier.text import normalise

SUFFIXES = (".eml",)

_SIGNATURE = re.compile(r"^-- ?$", re.MULTILINE)
_QUOTED = re.compile(r"(?:> ?)*>|")
_QUOTED_FLOWED = re.compile(r">*")
_WIDTHS = (60, 80)
"""Columns at which programs and people break the lines of mail."""


def read(path: Path) -> Content:
    """Read a message; its plain text is preferred to its HTML, attachments are not read."""
    message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    if not isinstance(message, EmailMessage) or not message.keys():
        raise UnreadableDocument(f"{path.name} is not an e-mail message. Save it again as EML.")
    metadata = _metadata(message)
    part = message.get_body(("plain", "html"))
    blocks: tuple[Block, ...] = ()
    if part is not None:
        text = _content(part)
        if part.get_content_subtype() == "html":
            blocks = html.visible_blocks(text, path.name) if text.strip() else ()
        else:
            lines = _SIGNATURE.split(normalise(text))[0].split("\n")
            flowed = str(part.get_param("format", "")).lower() == "flowed"
            whole = _flowed(lines, part.get_param("delsp")) if flowed else _unwrapped(lines)
            blocks = plain.from_text("\n".join(whole), joined=True).blocks
    title = (Block(metadata.title, 1),) if metadata.title else ()
    return Content((*title, *_header(message), *blocks), metadata)


def _quotes(line: str, quoted: re.Pattern[str] = _QUOTED) -> tuple[str, str]:
    """The marks of quotation (``>``) of a line without spaces between them, and the rest."""
    found = quoted.match(line)
    marks = found[0] if found else ""
    return marks.replace(" ", ""), line[len(marks) :]


def _marked(marks: str, text: str) -> str:
    return f"{marks} {text}" if marks else text


def _flowed(lines: list[str], delete_space: object) -> Iterator[str]:
    """Join the lines that end in a space with those after them, as format=flowed means."""
    without_space = str(delete_space).lower() == "yes"
    parted = (_quotes(line, _QUOTED_FLOWED) for line in lines)
    for marks, group in groupby(parted, key=lambda line: line[0]):
        paragraph = ""
        for _, stuffed in group:
            line = stuffed.removeprefix(" ")
            paragraph += line.removesuffix(" ") if without_space else line
            if not line.endswith(" "):
                yield _marked(marks, paragraph)
                paragraph = ""
        if paragraph:
            yield _marked(marks, paragraph)


def _unwrapped(lines: list[str]) -> Iterator[str]:
    """Join the lines of paragraphs, quoted or not."""
    parted = [_quotes(line) for line in lines]
    longest = max((len(rest.rstrip()) for _, rest in parted), default=0)
    width = longest if _WIDTHS[0] <= longest <= _WIDTHS[1] else None
    for marks, group in groupby(parted, key=lambda line: line[0]):
        rest = [text.rstrip().removeprefix(" " if marks else "") for _, text in group]
        for line in plain.rejoined(rest, width):
            yield _marked(marks, line)


def _content(part: MIMEPart) -> str:
    try:
        return str(part.get_content())
    except (LookupError, UnicodeError, KeyError):
        raw = part.get_payload(decode=True)
        return raw.decode("utf-8", errors="replace") if isinstance(raw, bytes) else str(raw)


def _header(message: EmailMessage) -> tuple[Block, ...]:
    """Sender, recipients and date as lines: questions ask for them, and citations show them."""
    values = ((name, _value(message, name)) for name in ("From", "To", "Cc", "Date"))
    return tuple(Block(f"{name}: {value}") for name, value in values if value)


def _metadata(message: EmailMessage) -> Metadata:
    try:
        date = parsedate_to_datetime(_value(message, "date") or "").date().isoformat()
    except (TypeError, ValueError, OverflowError):
        date = None
    return Metadata(title=_value(message, "subject"), author=_value(message, "from"), date=date)


def _value(message: EmailMessage, name: str) -> str | None:
    """A header as one line of text."""
    try:
        return one_line(message.get(name))
    except Exception:  # a header that the library cannot parse, which it tells in many ways
        raw = {key.lower(): value for key, value in message.raw_items()}
        return one_line(raw.get(name.lower()))
