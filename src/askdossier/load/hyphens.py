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
    head = _LAST_WORD.search(before[-60:])
    tail = _FIRST_WORD.match(after)
    if head is None or tail is None:
        return True
    first, second = head[0].lower(), tail[0].lower()
    whole, compound = known[first + second], known[f"{first}-{second}"]
    if not whole and f"{first}-{second.partition('-')[0]}" in _HYPHENATED:
        return True
    if whole or compound:
        return compound > whole
    return (
        "-" in first
        or second.partition("-")[0] in _BEHIND
        or not tail[0][0].islower()
        or first[-1].isdigit()
    )


_HYPHENATED = union(lambda known: known.spelling.hyphenated)
_BEHIND = union(lambda known: known.spelling.behind_hyphen)
