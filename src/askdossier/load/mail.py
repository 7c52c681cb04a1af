"""Saved e-mail messages (EML): subject, sender, date, the text of the message, what is attached.

All that a mail program shows is read, part by part in their order: the text behind a picture, the
messages that are forwarded as attachments. Attached files are documents of their own, named in the
message; the pictures of its layout are none. Of the versions of a text that a message offers, the
plain one is read, unless it holds little of what the other holds.

Mail programs break lines at some 72 columns. Where they say how (format=flowed, RFC 3676), they are
joined as they say; elsewhere as in any text, in which a mail's width is known to be at most 80.
"""

from __future__ import annotations

import email
import email.policy
import mimetypes
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from email.message import Message
from email.utils import parsedate_to_datetime
from itertools import groupby
from pathlib import Path, PurePosixPath
from typing import Any

from askdossier.core import Block, Removal, UnreadableDocument
from askdossier.load import html, plain
from askdossier.load.decode import decode
from askdossier.load.mail_header import decoded, field
from askdossier.load.metadata import Metadata, iso_date
from askdossier.load.reader import Content, Member
from askdossier.text import normalise

SUFFIXES = (".eml",)

_SIGNATURE = re.compile(r"^((?:> ?)*)-- ?$", re.MULTILINE)
_QUOTED = re.compile(r"(?:> ?)*>|")
_QUOTED_FLOWED = re.compile(r">*")
_WIDTHS = (60, 80)
"""Columns at which programs and people break the lines of mail."""
_WORD = re.compile(r"\w+")
_ENOUGH = 0.5
"""Share of the words of another version that the plain text must hold to stand for it."""
_SHOWN = frozenset({"text/plain", "text/html", "application/xhtml+xml"})
_SILENT = frozenset(
    {"application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature"}
)
"""Signatures of the whole message: nobody sees them."""
_LOCKED = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime"})


@dataclass(frozen=True, slots=True)
class _Shown:
    """What a part of a message shows."""

    blocks: tuple[Block, ...] = ()
    names: tuple[str, ...] = ()
    """Of the files that are attached, until the message has told them."""
    lost: tuple[Removal, ...] = ()
    attached: tuple[Member, ...] = ()

    @property
    def words(self) -> Counter[str]:
        """The words, with how often each comes."""
        return Counter(
            word for block in self.blocks for word in _WORD.findall(block.text.lower())
        )  # fmt: skip


def read(path: Path) -> Content:
    """Read a message with all of its parts; the files attached to it are its members."""
    message = email.message_from_bytes(path.read_bytes(), policy=email.policy.compat32)
    if not message.keys():
        raise UnreadableDocument(f"{path.name} is not an e-mail message. Save it again as EML.")
    return from_message(message, path.name)


def from_message(message: Message, name: str) -> Content:
    """Read a message that has been parsed; ``name`` is that of its file."""
    shown, about = _Reading(name).message(message, 1), _metadata(message)
    members = (replace(member, known=Metadata(date=about.date, within=about.title))
               for member in shown.attached)  # fmt: skip
    return Content(shown.blocks, about, lost=shown.lost, members=tuple(members))


def name(message: Message) -> str:
    """What to call a message of a mailbox, by its header: its day and its subject."""
    subject = (field(message, "subject") or "").replace("/", "-").replace("\\", "-")
    return " ".join(filter(None, (_metadata(message).date, subject))) or "?"


@dataclass(frozen=True, slots=True)
class _Reading:
    """One file that is read."""

    name: str

    def message(self, message: Message, level: int) -> _Shown:
        """The message with its header; its subject is a heading."""
        subject = field(message, "subject")
        title = (Block(subject, min(level, 6)),) if subject else ()
        body = self.part(message, level)
        names = (Block(f"Attachment: {name}") for name in dict.fromkeys(body.names))
        blocks = (*title, *_header(message), *names, *body.blocks)
        return replace(body, blocks=blocks, names=())

    def part(self, part: Message, level: int, *, laid_out: bool = False) -> _Shown:
        """One part with all that it consists of; ``laid_out`` among those that make a page."""
        kind = part.get_content_type()
        inner: Any = part.get_payload()
        if kind == "multipart/encrypted" or kind in _LOCKED:
            return _Shown(lost=(Removal(_file_name(part) or kind, "encrypted"),))
        if isinstance(inner, list):
            if kind == "multipart/alternative":
                return _best([self.part(version, level) for version in inner])
            if kind == "message/delivery-status":
                return _Shown(tuple(block for status in inner for block in _fields(status)))
            if kind.startswith("message/"):
                return _together(self.message(message, level + 1) for message in inner)
            page = laid_out or kind == "multipart/related"
            return _together(self.part(child, level, laid_out=page) for child in inner)
        if kind in _SHOWN and part.get_content_disposition() != "attachment":
            return _text(part, self.name)
        if kind == "text/rfc822-headers" and isinstance(inner, str):
            return self.message(email.message_from_string(inner), level + 1)
        if kind in _SILENT or not inner:
            return _Shown()
        if laid_out and kind.startswith("image/"):
            shown = _file_name(part)
            lost = Removal(shown or kind, "picture of the layout, not read")
            return _Shown(names=(shown,) if shown else (), lost=(lost,))
        member = attached(part)
        return _Shown(names=(member.name,), attached=(member,))


def attached(part: Message) -> Member:
    """A file attached to a message, under its name or one that tells its kind."""
    kind, data = part.get_content_type(), part.get_payload(decode=True)
    known = _file_name(part)
    ending = PurePosixPath(known or "").suffix or mimetypes.guess_extension(kind) or ""
    name = known or f"attachment{ending}"
    held = data if isinstance(data, bytes) else b""
    return Member(name, held, ending)


def _together(parts: Iterable[_Shown]) -> _Shown:
    shown = tuple(parts)
    return _Shown(
        tuple(block for part in shown for block in part.blocks),
        tuple(name for part in shown for name in part.names),
        tuple(dict.fromkeys(removal for part in shown for removal in part.lost)),
        tuple(member for part in shown for member in part.attached),
    )


def _best(versions: Sequence[_Shown]) -> _Shown:
    """The first version that holds enough of what the fullest one holds, with all attachments."""
    words = [version.words for version in versions]
    most = max(words, key=Counter.total, default=Counter[str]())
    best = next((version for version, own in zip(versions, words, strict=True)
                 if (own & most).total() >= _ENOUGH * most.total()), _Shown())  # fmt: skip
    return _together(
        version if version is best else replace(version, blocks=()) for version in versions
    )


def _text(part: Message, name: str) -> _Shown:
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    charset = str(part.get_param("charset", "")) or None
    if part.get_content_subtype() != "plain":
        source = html.source_text(data, name, charset)
        content = html.visible(source, name, quotes=True)
        return _Shown(content.blocks, (), content.lost)
    text = _SIGNATURE.sub(r"\1", normalise(decode(data, name, charset)))
    lines = text.split("\n")
    flowed = str(part.get_param("format", "")).lower() == "flowed"
    whole = _flowed(lines, part.get_param("delsp")) if flowed else _unwrapped(lines)
    return _Shown(plain.from_text("\n".join(whole), joined=True).blocks)


def _file_name(part: Message) -> str | None:
    try:
        return decoded(part.get_filename())
    except (LookupError, ValueError):  # an encoding of the name that does not exist
        return None


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


def _header(message: Message) -> tuple[Block, ...]:
    """Sender, recipients and date as lines: questions ask for them, and citations show them."""
    values = ((name, field(message, name)) for name in ("From", "To", "Cc", "Bcc", "Date"))
    return tuple(Block(f"{name}: {value}") for name, value in values if value)


def _fields(message: Message) -> Iterator[Block]:
    """All fields of a report on a delivery, as lines."""
    for name in dict.fromkeys(message.keys()):
        if value := field(message, name):
            yield Block(f"{name}: {value}")


def _metadata(message: Message) -> Metadata:
    stated = field(message, "date") or ""
    date: str | None
    try:
        date = parsedate_to_datetime(stated).date().isoformat()
    except (TypeError, ValueError, OverflowError):
        date = iso_date(stated)
    return Metadata(title=field(message, "subject"), author=field(message, "from"), date=date)
