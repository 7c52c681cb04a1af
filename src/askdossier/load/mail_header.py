"""Header fields of mail as text: encoded words (RFC 2047), and bytes that no rule allows."""

from __future__ import annotations

import binascii
import re
from email import quoprimime
from email.message import Message
from itertools import groupby

from askdossier.core import UnreadableDocument
from askdossier.load.decode import decode
from askdossier.load.metadata import plain

_WORDS = re.compile(r"(=\?[^?\s]+\?[bBqQ]\?[^?]*\?=)")
_WORD = re.compile(r"=\?(?P<charset>[^?*\s]++)[^?]*+\?(?P<encoding>[bBqQ])\?(?P<text>[^?]*)\?=")


def field(message: Message, name: str) -> str | None:
    """A field of a message as one line of text; None when it is missing or empty."""
    raw = (value for key, value in message.raw_items() if key.lower() == name.lower())
    return decoded(next(raw, None))


def decoded(raw: str | None) -> str | None:
    """A raw field as one line of text; None when it is missing or empty.

    Characters are told from bytes as in the body. Encoded words side by side are joined before
    that, since programs cut them in the middle of a character.
    """
    if raw is None:
        return None
    # The parser keeps bytes above 0x7F as lone surrogates.
    pieces = _WORDS.split(_text(raw.encode("utf-8", "surrogateescape"), None))
    words = [piece for i, piece in enumerate(pieces) if i % 2 or piece.strip() or len(pieces) == 1]
    return plain("".join(_joined(words)))


def _joined(pieces: list[str]) -> list[str]:
    shown: list[str] = []
    for charset, group in groupby(pieces, key=_charset):
        if charset is None:
            shown += group
        else:
            shown.append(_text(b"".join(map(_bytes, group)), charset))
    return shown


def _charset(piece: str) -> str | None:
    word = _WORD.fullmatch(piece)
    return word["charset"].lower() if word else None


def _bytes(piece: str) -> bytes:
    word = _WORD.fullmatch(piece)
    assert word is not None
    text = word["text"]
    if word["encoding"] in "qQ":
        return quoprimime.header_decode(text).encode("latin-1", "replace")
    try:
        return binascii.a2b_base64(text + "=" * (-len(text) % 4))
    except ValueError:
        return piece.encode()


def _text(data: bytes, charset: str | None) -> str:
    try:
        return decode(data, "a header", charset)
    except UnreadableDocument:
        return data.decode("latin-1")
