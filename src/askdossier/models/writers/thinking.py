"""What a model thinks aloud, kept out of what it says.

A reply counts from behind its last closing mark, also where no opening one was seen: some templates
put that into the prompt, and some servers lose it.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterable, Iterator

_CLOSING = re.compile(r"</think(?:ing)?>|\[/THINK\]|<\|channel\|>final<\|message\|>", re.IGNORECASE)
_OPENING = re.compile(
    r"\s*(?:<think(?:ing)?>|\[THINK\]|<\|channel\|>(?:analysis|commentary))", re.IGNORECASE
)
_LONGEST_MARK = 32
"""Characters that a mark has at most."""
_AT_FIRST = 40
"""Characters that are held back at first, where a mark may be astray."""


class ThinksAloud(Exception):
    """A model that was thought not to think has said some of its thoughts already."""


def said(reply: str) -> str:
    """Give what is said in a whole reply; nothing where it thinks to the end."""
    ends = [mark.end() for mark in _CLOSING.finditer(reply)]
    if ends:
        return reply[ends[-1] :].lstrip()
    return "" if _OPENING.match(reply) else reply


def thinks(reply: str) -> bool:
    """Whether a reply shows marks of thinking."""
    return _CLOSING.search(reply) is not None or _OPENING.match(reply) is not None


def held(pieces: Iterable[str]) -> Iterator[str]:
    """Give what is said in a reply once all of it is there."""
    whole = said("".join(pieces))
    if whole:
        yield whole


def live(pieces: Iterable[str]) -> Generator[str]:
    """Give pieces of a reply as they come, a little late, so that marks at its beginning go.

    Raises ThinksAloud when such a mark comes later.
    """
    kept, told = "", False
    for piece in pieces:
        kept += piece
        if thinks(kept) if not told else _CLOSING.search(kept):
            if told:
                raise ThinksAloud
            continue  # all of it is held now, until it ends
        if not told and len(kept) < _AT_FIRST:
            continue
        cut = _settled(kept)
        if cut:
            yield kept[:cut]
            kept, told = kept[cut:], True
    rest = kept if told else said(kept)
    if rest:
        yield rest


def _settled(text: str) -> int:
    """How much of a text no mark can begin in."""
    for opening in "<[":
        at = text.find(opening, max(0, len(text) - _LONGEST_MARK))
        if at >= 0:
            text = text[:at]
    return len(text)
