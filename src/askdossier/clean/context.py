"""Lines that say what those below them are about: questions of a FAQ, speakers of a transcript.

Nothing marks them as headings in many files. As headings they are told with every passage below:
"Oui, s’il est tenu en laisse" is found by what was asked, and quoted under who said it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence

_LONGEST_QUESTION = 200
_LONGEST_SPEAKER = 60
_FEWEST = 2
"""Questions with an answer, speakers, and turns of each: fewer may be chance."""
_ASKED = re.compile(
    r"(?:q(?:uestion)?\s*+(?:\d{1,3}\s*+)?|\d{0,3}\s*+)[:.)–—-]\s+|q(?:uestion)?\s+\d{1,3}\s",
    re.IGNORECASE,
)
_THREE_WORDS = re.compile(r"\S+(?:\s+\S+){2}")
_INNER_END = re.compile(r"[.!?…]\s+\S")
_APART = 12
"""Lines from one question to the next, on average, where questions order a text: in a discussion
they are asked now and then."""
_TIME = r"[\[(]?(?:\d{1,2}:)?\d{1,2}:\d{2}(?:[.,]\d{1,3})?[\])]?"
_CAPITALISED = r"[^\W\d_a-zà-ÿ][\w’'.-]*"
_NAME = rf"{_CAPITALISED}(?:\s++(?:de|du|des|la|le|van|von|et|{_CAPITALISED})){{0,4}}"
_SPEAKER = re.compile(
    rf"(?:{_TIME}\s*+(?:[-–—]\s*+)?)?(?P<name>{_NAME})(?:\s*+\([^()]{{2,30}}\))?"
    rf"(?:\s*+(?:[-–—,]\s*+)?{_TIME})?\s*+:?"
)


def labels(lines: Sequence[str], *, headings: Sequence[bool]) -> set[int]:
    """Which lines are such labels; ``headings`` says which are headings already."""
    asked = {
        i
        for i, line in enumerate(lines)
        if not headings[i] and _is_question(line) and _is_followed(lines, headings, i, _is_question)
    }
    spoken = {
        i: name
        for i, line in enumerate(lines)
        if not headings[i]
        and (name := _speaker(line))
        and _is_followed(lines, headings, i, _speaker)
    }
    turns = Counter(spoken.values())
    several = {name for name, times in turns.items() if times >= _FEWEST}
    often = len(lines) - min(asked, default=0) <= _APART * len(asked)
    found = asked if len(asked) >= _FEWEST and often else set()
    return found | {i for i, name in spoken.items() if len(several) >= _FEWEST and name in turns}


def _is_question(line: str) -> bool:
    text = line.rstrip(' »”"*_\u00a0\u202f')
    if len(text) > _LONGEST_QUESTION or not text.endswith("?"):
        return False
    prefix = _ASKED.match(text)
    words = text[prefix.end() if prefix else 0 :]
    return _THREE_WORDS.match(words) is not None and not _INNER_END.search(words)


def _speaker(line: str) -> str:
    """Who speaks below a line that says only that; "" for any other line."""
    short = len(line) <= _LONGEST_SPEAKER and not line.rstrip().endswith((".", "!", "?", "…"))
    match = _SPEAKER.fullmatch(line.strip()) if short else None
    return match["name"].casefold() if match else ""


def _is_followed(
    lines: Sequence[str], headings: Sequence[bool], i: int, label: Callable[[str], object]
) -> bool:
    """Whether text comes next, not another label."""
    after = i + 1
    return after < len(lines) and not headings[after] and not label(lines[after])
