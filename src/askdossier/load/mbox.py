"""Mailboxes in one file (mbox), as Thunderbird, Apple Mail, Gmail and mutt write them.

A message begins behind an empty line with a line "From …" that holds a time or nothing, and is
followed by a field of its header; a paragraph that begins with "From" is none.
"""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from askdossier.core import UnreadableDocument
from askdossier.load import mail
from askdossier.load.reader import LARGEST_FILE, Content, Member, too_large

SUFFIXES = (".mbox",)

_BEGINS = b"From "
_SEPARATOR = re.compile(rb"From (?:.*\d:\d\d|-?\s*$)")
_FIELD = re.compile(rb"[!-9;-~]+:|>?From ")
_GUARDED = re.compile(rb"^>(>*From )", re.MULTILINE)
"""A line of a message that begins with "From " is written with ">" before it."""


def read(path: Path) -> Content:
    """Look into a mailbox; its messages are its members."""
    with path.open("rb") as file:
        first = next((line for line in file if line.strip()), b"")
    if not first.removeprefix(b"\xef\xbb\xbf").startswith(_BEGINS):
        raise UnreadableDocument(
            f"{path.name} is not a mailbox. Export it again as mbox, or its messages as EML."
        )
    return Content((), members=_Messages(path))


@dataclass(frozen=True, slots=True)
class _Messages:
    """The messages of a mailbox, each named by its day and its subject."""

    path: Path

    def __iter__(self) -> Iterator[Member]:
        for data in _messages(self.path):
            header = email.message_from_bytes(
                data[: data.find(b"\n\n") + 1 or len(data)], policy=email.policy.compat32
            )
            name = mail.name(header)
            large = f"{len(data) / 1e6:.0f} MB", f"{LARGEST_FILE / 1e6:.0f} MB"
            held = data if len(data) <= LARGEST_FILE else too_large(name, *large)
            yield Member(name, held, ".eml")


def _messages(path: Path) -> Iterator[bytes]:
    """The bytes of each message, without the line before it; of a hostile one, the first of them.

    Lines end as in Unix.
    """
    lines: list[bytes] = []
    size = 0
    first = empty = True
    waiting = None
    with path.open("rb") as file:
        while line := file.readline(LARGEST_FILE):
            line = line.replace(b"\r\n", b"\n")
            if waiting is not None:
                if _FIELD.match(line):
                    if lines:
                        yield _whole(lines)
                    lines, size = [], 0
                else:
                    lines.append(waiting)
                waiting = None
            if first or (empty and _SEPARATOR.match(line)):
                waiting = line
            elif size <= LARGEST_FILE:
                lines.append(line)
                size += len(line)
            empty = not line.strip()
            first = first and empty
    if lines:
        yield _whole(lines)


def _whole(lines: list[bytes]) -> bytes:
    return _GUARDED.sub(rb"\1", b"".join(lines))
