"""How a language sets words that are quoted."""

from __future__ import annotations

from askdossier import lang
from askdossier.core import Language

_STRAIGHT = '"'
"""Opens and closes alike; it may as well say inches."""
OPENING_MARKS = f"«“{_STRAIGHT}"
CLOSING_MARKS = f"»”{_STRAIGHT}"
"""In the order of those that open."""
QUOTATION_MARKS = f"«»“”{_STRAIGHT}"


_SPACES = " \t\n\u00a0\u202f"


def in_quotes(words: str, language: Language) -> str:
    """Put words between the quotation marks of a language, or those of English."""
    opening, closing = lang.of(language).quotation
    return f"{opening}{words}{closing}"


def unquoted(words: str) -> str:
    """Words without the marks round all of them, and without those whose other half is missing.

    A quotation within them keeps both of its own.
    """
    bare = words.strip(_SPACES)
    while bare:
        end = _closed_at(bare)
        if bare[0] in OPENING_MARKS and end in (None, len(bare) - 1):
            bare = bare[1:end].strip(_SPACES)
        elif bare[-1] in CLOSING_MARKS and _never_opened(bare):
            bare = bare[:-1].strip(_SPACES)
        else:
            break
    return bare


def _closed_at(words: str) -> int | None:
    """Where the quotation is closed that their first character opens."""
    if words[0] == _STRAIGHT:
        end = words.find(_STRAIGHT, 1)
        return end if end > 0 else None
    opening, closing = words[0], CLOSING_MARKS[OPENING_MARKS.find(words[0])]
    depth = 0
    for at, character in enumerate(words):
        depth += (character == opening) - (character == closing)
        if depth == 0:
            return at
    return None


def _never_opened(words: str) -> bool:
    """Whether the mark that they end with closes nothing in them."""
    closing, opening = words[-1], OPENING_MARKS[CLOSING_MARKS.find(words[-1])]
    if closing == _STRAIGHT:
        return words.count(_STRAIGHT) % 2 == 1
    return words.count(closing) > words.count(opening)


def after_colon(title: str, words: str, language: Language) -> str:
    """Put words behind what they are from."""
    return f"{title}{lang.of(language).colon}{words}"


def opens_quotation(words: str, *, straight: bool = False) -> bool:
    """Whether a quotation begins in some words that doesn't end there.

    Straight marks count only if ``straight``, since they open and close alike.
    """
    pairs = zip(OPENING_MARKS, CLOSING_MARKS, strict=True)
    return any(words.count(opening) > words.count(closing) for opening, closing in pairs) or (
        straight and words.count(_STRAIGHT) % 2 == 1
    )
