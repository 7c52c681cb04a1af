"""Web pages saved as one file by a browser (MHT, MHTML): a message whose root is the page."""

from __future__ import annotations

import email
import email.policy
from dataclasses import replace
from email.message import Message
from pathlib import Path

from askdossier.core import UnreadableDocument
from askdossier.load import html
from askdossier.load.mail import attached
from askdossier.load.mail_header import field
from askdossier.load.metadata import Metadata
from askdossier.load.reader import Content

SUFFIXES = (".mht", ".mhtml")

_PAGE = ("text/html", "application/xhtml+xml")


def read(path: Path) -> Content:
    """Read the page; its frames, pictures and styles are left aside, attached files its members."""
    message = email.message_from_bytes(path.read_bytes(), policy=email.policy.compat32)
    page = next((part for part in message.walk() if part.get_content_type() in _PAGE), None)
    data = page.get_payload(decode=True) if page is not None else None
    if page is None or not isinstance(data, bytes) or not data.strip():
        raise UnreadableDocument(
            f"{path.name} holds no web page. Save the page again as 'web page, complete'."
        )
    charset = str(page.get_param("charset", "")) or None
    content = html.from_text(html.source_text(data, path.name, charset), path.name)
    return replace(
        content,
        metadata=content.metadata.over(_metadata(message, page)),
        members=tuple(attached(part) for part in message.walk() if _is_attached(part)),
    )


def _is_attached(part: Message) -> bool:
    """False for what the page is made of, its pictures above all."""
    return part.get_content_disposition() == "attachment" and part.get_content_maintype() != "image"


def _metadata(message: Message, page: Message) -> Metadata:
    address = field(message, "Snapshot-Content-Location") or field(page, "Content-Location")
    at_home = address if address and address.startswith(("http://", "https://")) else None
    return Metadata(title=field(message, "Subject"), url=at_home)
