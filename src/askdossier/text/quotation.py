"""How a language sets words that are quoted."""

from __future__ import annotations

from askdossier.records import Language

_MARKS = {"fr": ("« ", " »"), "en": ("“", "”")}
_COLONS = {"fr": " : ", "en": ": "}


def in_quotes(words: str, language: Language) -> str:
    """Put words between the quotation marks of a language, or those of English."""
    opening, closing = _MARKS.get(language, _MARKS["en"])
    return f"{opening}{words}{closing}"


def after_colon(title: str, words: str, language: Language) -> str:
    """Put words behind what they are from."""
    return f"{title}{_COLONS.get(language, _COLONS['en'])}{words}"
