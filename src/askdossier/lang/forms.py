"""What is told by its form in any of the languages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import TypeVar

from askdossier.lang import LEXICONS
from askdossier.lang.lexicon import Lexicon

T = TypeVar("T")


class Forms:
    """The expressions that each language has for the same thing; of several, the first counts."""

    def __init__(
        self,
        part: Callable[[Lexicon], str | tuple[str, ...]],
        flags: re.RegexFlag = re.NOFLAG,
    ) -> None:
        """``part`` gives that of a lexicon, or those; an empty one matches nothing."""
        self._part, self._flags = part, flags

    def __iter__(self) -> Iterator[re.Pattern[str]]:
        for known in LEXICONS.values():
            part = self._part(known)
            for one in (part,) if isinstance(part, str) else part:
                if one:
                    yield re.compile(one, self._flags)

    def search(self, text: str) -> re.Match[str] | None:
        """Find it anywhere."""
        return next(filter(None, (one.search(text) for one in self)), None)

    def match(self, text: str, start: int = 0) -> re.Match[str] | None:
        """Find it at ``start``."""
        return next(filter(None, (one.match(text, start) for one in self)), None)

    def fullmatch(self, text: str, end: int | None = None) -> re.Match[str] | None:
        """Match all of the text, or of it up to ``end``."""
        last = len(text) if end is None else end
        return next(filter(None, (one.fullmatch(text, 0, last) for one in self)), None)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Find it everywhere, language by language."""
        for one in self:
            yield from one.finditer(text)

    def sub(
        self, replacement: str | Callable[[re.Match[str]], str], text: str, count: int = 0
    ) -> str:
        """Replace it, at most ``count`` times in each language; everywhere if that is 0."""
        for one in self:
            text = one.sub(replacement, text, count=count)
        return text

    def split(self, text: str) -> list[str]:
        """Cut a text where it stands."""
        parts = [text]
        for one in self:
            parts = [piece for part in parts for piece in one.split(part)]
        return parts


def union(part: Callable[[Lexicon], frozenset[str]]) -> frozenset[str]:
    """The words that any language has for the same thing."""
    return frozenset[str]().union(*map(part, LEXICONS.values()))


def table(part: Callable[[Lexicon], Mapping[str, T]]) -> dict[str, T]:
    """What any language has for each word; the first language counts."""
    merged: dict[str, T] = {}
    for known in LEXICONS.values():
        merged = {**part(known), **merged}
    return merged
