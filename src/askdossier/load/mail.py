"""Saved e-mail messages (EML): subject, sender, date and the text of the message."""

from __future__ import annotations

import email
import email.policy
import re
from email.message import EmailMessage, MIMEPart
from email.utils import parsedate_to_datetime
from pathlib import Path

from askdossier.load import html, plain
from askdossier.load.metadata import Metadata
from askdossier.load.metadata import plain as one_line
from askdossier.load.reader import Content
from askdossier.records import Block, UnreadableDocument
from askdossier.text import normalise

SUFFIXES = (".eml",)

_SIGNATURE = re.compile(r"^-- ?$", re.MULTILINE)


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
            blocks = plain.from_text(_SIGNATURE.split(normalise(text))[0]).blocks
    title = (Block(metadata.title, 1),) if metadata.title else ()
    return Content((*title, *_header(message), *blocks), metadata)


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
