"""Messages saved by Outlook (MSG): made into the message that they were, and read as such.

Appointments and contacts are read too, as far as they have a subject and a text.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from email.message import Message
from email.mime.application import MIMEApplication
from email.mime.message import MIMEMessage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.utils import format_datetime, formataddr
from pathlib import Path
from typing import Any

from askdossier.core import UnreadableDocument
from askdossier.load import mail
from askdossier.load.html import source_text
from askdossier.load.reader import Content

SUFFIXES = (".msg",)

_EMBEDDED_HEADER = 24
"""Bytes before the properties of a message inside another, where those of a file have 32."""
_MESSAGE_INSIDE = "__substg1.0_3701000D"
_BROKEN = (
    ValueError, LookupError, AttributeError, AssertionError, TypeError, struct.error, OSError,
    OverflowError,
)  # fmt: skip


def read(path: Path) -> Content:
    """Read a message; the files attached to it are its members."""
    import oxmsg

    try:
        message = _message(oxmsg.Message.load(str(path)))
    except _BROKEN:
        raise UnreadableDocument(
            f"{path.name} is not a message of Outlook, or is damaged. Save it again as MSG or EML."
        ) from None
    return mail.from_message(message, path.name)


def _message(read: Any) -> Message:
    versions = MIMEMultipart("alternative")
    if read.body:
        versions.attach(MIMEText(read.body, "plain", "utf-8"))
    if page := _page(read):
        versions.attach(MIMEText(page, "html", "utf-8"))
    attached = list(_attached(read))
    laid_out = [part for part in attached if part.get("Content-ID")]
    whole: MIMEMultipart = versions
    for kind, parts in (
        ("related", laid_out),
        ("mixed", [part for part in attached if part not in laid_out]),
    ):
        if parts:
            inner, whole = whole, MIMEMultipart(kind)
            for part in (inner, *parts):
                whole.attach(part)
    for name, value in _header(read):
        if value:
            whole[name] = " ".join(str(value).split())
    return whole


def _page(read: Any) -> str | None:
    from oxmsg.domain import constants

    data = read.properties.binary_prop_value(constants.PID_HTML)
    if data is None:
        return read.html_body or None
    try:
        encoding = read.properties.body_encoding
    except LookupError:
        encoding = None
    return source_text(data, "the message", encoding)


def _header(read: Any) -> Iterator[tuple[str, str | None]]:
    from oxmsg.domain import constants

    sent = read.sent_date or read.properties.date_prop_value(constants.PID_MESSAGE_DELIVERY_TIME)
    known = read.message_headers
    text = read.properties.str_prop_value
    address = text(constants.PID_SENDER_SMTP_ADDRESS) or text(constants.PID_SENDER_EMAIL_ADDRESS)
    name = text(constants.PID_SENDER_NAME) or text(constants.PID_SENT_REPRESENTING_NAME)
    people = (_person(person.name, person.email_address) for person in read.recipients)
    yield "Subject", read.subject
    yield "From", known.get("From") or _person(name, address)
    yield "To", known.get("To") or ", ".join(filter(None, people))
    yield "Cc", known.get("Cc")
    yield "Date", known.get("Date") or (format_datetime(sent) if sent else None)


def _person(name: str | None, address: str | None) -> str:
    """Somebody, with the address where it is one of mail: Exchange has others."""
    known = address if address and "@" in address else ""
    return formataddr((name or "", known)) if known else name or ""


def _attached(read: Any) -> Iterator[Message]:
    from oxmsg.domain import constants

    for attachment in read.attachments:
        properties = attachment.properties
        name = (
            attachment.file_name
            or properties.str_prop_value(constants.PID_ATTACH_FILENAME)
            or properties.str_prop_value(constants.PID_DISPLAY_NAME)
        )
        inside = next(
            (one for one in attachment._storage.storages if one.name == _MESSAGE_INSIDE), None
        )
        if inside is not None:
            yield MIMEMessage(_message(_embedded(inside)))
            continue
        kind = (attachment.mime_type or "").partition("/")
        part: Message = MIMEApplication(attachment.file_bytes or b"")
        if all(kind):
            part.set_type("/".join((kind[0], kind[2])))
        part.add_header("Content-Disposition", "attachment", filename=("utf-8", "", name or ""))
        cid = properties.str_prop_value(constants.PID_ATTACH_CONTENT_ID)
        if cid and (attachment.mime_type or "").startswith("image/") and (read.html_body or ""):
            part["Content-ID"] = f"<{cid}>"
        yield part


def _embedded(storage: Any) -> Any:
    """The message in a storage, which says less of itself than a file does."""
    import oxmsg
    from oxmsg.properties import Properties

    message = oxmsg.Message(storage)
    message.__dict__["_properties"] = Properties(storage, _EMBEDDED_HEADER)
    return message
