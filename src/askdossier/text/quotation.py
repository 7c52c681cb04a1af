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


def in_quotes(words: str, language: Language) -> str:
    """Put words between the quotation marks of a language, or those of English."""
    opening, closing = lang.of(language).quotation
    return f"{opening}{words}{closing}"


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
