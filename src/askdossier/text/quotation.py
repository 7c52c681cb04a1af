"""How a language sets words that are quoted."""

from __future__ import annotations

from askdossier import lang
from askdossier.core import Language


def in_quotes(words: str, language: Language) -> str:
    """Put words between the quotation marks of a language, or those of English."""
    opening, closing = lang.of(language).quotation
    return f"{opening}{words}{closing}"


def after_colon(title: str, words: str, language: Language) -> str:
    """Put words behind what they are from."""
    return f"{title}{lang.of(language).colon}{words}"


def opens_quotation(words: str) -> bool:
    """Whether a quotation begins in some words that doesn't end there."""
    return any(words.count(opening) > words.count(closing) for opening, closing in ("«»", "“”"))
