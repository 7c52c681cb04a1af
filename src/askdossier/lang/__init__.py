"""The languages in which the program asks and answers, one file each: what it says is data.

To add one, write its ``Lexicon`` and name it in ``LEXICONS``. Knows nothing of documents or models.
"""

from __future__ import annotations

from askdossier.core import Language
from askdossier.lang.en import ENGLISH
from askdossier.lang.fr import FRENCH
from askdossier.lang.lexicon import Lexicon, Prompts, Sayings, SmallTalk

__all__ = ["LEXICONS", "Lexicon", "Prompts", "Sayings", "SmallTalk", "of"]

LEXICONS: dict[Language, Lexicon] = {"fr": FRENCH, "en": ENGLISH}


def of(language: Language) -> Lexicon:
    """The lexicon of a language, or else that of English."""
    return LEXICONS.get(language, ENGLISH)
