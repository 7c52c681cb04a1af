"""A file as a stream of control words, symbols, braces and bytes of text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_TOKEN = re.compile(
    rb"\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})? ?|\\'(?P<hex>[0-9a-fA-F]{2})"
    rb"|\\(?P<symbol>[^a-zA-Z])|(?P<brace>[{}])|[\r\n]+|(?P<text>[^\\{}\r\n]+)|\\",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Word:
    r"""A control word such as ``\fs24``."""

    name: str
    number: int | None


@dataclass(frozen=True, slots=True)
class Symbol:
    r"""A control symbol such as ``\~``, without the backslash."""

    sign: bytes


@dataclass(frozen=True, slots=True)
class Brace:
    """One of the two braces that begin and end a group."""

    opens: bool


@dataclass(frozen=True, slots=True)
class Break:
    """A line end, or a lone backslash: it only ends what stands before it."""


Token = bytes | Word | Symbol | Brace | Break
"""Bytes are characters in some code page; one may take several, of different tokens."""

_BREAK = Break()
_OPENS, _CLOSES = Brace(opens=True), Brace(opens=False)


def tokens(data: bytes) -> Iterator[Token]:
    """The tokens of a file, without the binary data between them."""
    at = 0
    while at < len(data):
        found = _TOKEN.match(data, at)
        if found is None:
            return
        at = found.end()
        if found["hex"]:
            yield bytes.fromhex(found["hex"].decode("ascii"))
        elif found["text"]:
            yield found["text"]
        elif found["brace"]:
            yield _OPENS if found["brace"] == b"{" else _CLOSES
        elif found["symbol"]:
            yield Symbol(found["symbol"])
        elif found["word"]:
            word = found["word"].decode("ascii")
            number = int(found["number"]) if found["number"] else None
            if word == "bin":
                at += max(0, number or 0)
                yield _BREAK
            else:
                yield Word(word, number)
        else:
            yield _BREAK
