"""The languages in which the program asks and answers, one file each: what it says is data.

To add one, write its ``Lexicon`` and name it in ``LEXICONS``. Knows nothing of documents or models.
"""

from __future__ import annotations

from collections.abc import Collection

from askdossier.core import Language
from askdossier.lang.codes import named
from askdossier.lang.en import ENGLISH
from askdossier.lang.fr import FRENCH
from askdossier.lang.lexicon import Lexicon, Prompts, Sayings, SmallTalk, WriterSayings

__all__ = [
    "FALLBACK",
    "LEXICONS",
    "Lexicon",
    "Prompts",
    "Sayings",
    "SmallTalk",
    "WriterSayings",
    "of",
    "what_is_unknown",
]

LEXICONS: dict[Language, Lexicon] = {"fr": FRENCH, "en": ENGLISH}


FALLBACK: Language = "en"
"""What is spoken to somebody whose language has no lexicon."""


def of(language: Language) -> Lexicon:
    """The lexicon of a language, or else that of ``FALLBACK``."""
    return LEXICONS.get(language, LEXICONS[FALLBACK])


def what_is_unknown(asked_in: Language, cited_in: Collection[Language], reader: Language) -> str:
    """Say in the ``reader``'s language what could not be done, as words are in others.

    ``asked_in`` and ``cited_in`` are languages without a lexicon: see ``core.Answer``. Empty where
    there are none.
    """
    words = of(reader).sayings
    known = ", ".join(lexicon.name for lexicon in LEXICONS.values())
    parts = []
    if asked_in:
        parts.append(words.asked_in.format(language=named(asked_in), known=known))
    if cited_in:
        others = ", ".join(map(named, sorted(cited_in)))
        parts.append(words.cited_in.format(language=others, known=known))
    return " ".join(parts)
