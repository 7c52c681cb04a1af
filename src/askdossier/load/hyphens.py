"""Words that a hyphen cuts at the end of a line: whether it belongs to them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from askdossier.lang.forms import union

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_LAST_WORD = re.compile(r"(?<![^\W_])(?<![^\W_]-)[^\W_]++(?:-[^\W_]++)*$")
_FIRST_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")


def known_words(lines: Iterable[str]) -> Counter[str]:
    """The words of a document, folded, as often as it has them."""
    return Counter(word for line in lines for word in _WORD.findall(line.lower()))


def keeps_hyphen(before: str, after: str, known: Counter[str]) -> bool:
    """Whether a hyphen at a line's end belongs to the word: the document's other words tell."""
    sides = _sides(before, after)
    if sides is None:
        return True
    first, second = (side.lower() for side in sides)
    whole, compound = known[first + second], known[f"{first}-{second}"]
    if not whole and _is_usual(first, second):
        return True
    if whole or compound:
        return compound > whole
    return (
        "-" in first
        or second.partition("-")[0] in _BEHIND
        or not sides[1][0].islower()
        or first[-1].isdigit()
    )


def is_cut(before: str, after: str, known: Counter[str]) -> bool:
    """Whether both sides of a hyphen make a word that the document or the language has."""
    sides = _sides(before, after)
    if sides is None or not (len(sides[0]) > 1 and sides[0].islower() and sides[1].islower()):
        return False
    first, second = sides
    return bool(known[first + second] or known[f"{first}-{second}"]) or _is_usual(first, second)


def _sides(before: str, after: str) -> tuple[str, str] | None:
    head, tail = _LAST_WORD.search(before[-60:]), _FIRST_WORD.match(after)
    return (head[0], tail[0]) if head and tail else None


def _is_usual(first: str, second: str) -> bool:
    return f"{first}-{second.partition('-')[0]}" in _HYPHENATED


_HYPHENATED = union(lambda known: known.spelling.hyphenated)
_BEHIND = union(lambda known: known.spelling.behind_hyphen)
