"""A question made ready for searching: its words, its quoted phrases, whether it wants several."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from askdossier import text
from askdossier.core import Language
from askdossier.lang import LEXICONS
from askdossier.lang.forms import Forms, union

_QUOTED = re.compile(
    r"«\s*+([^«»]*[^«»\s])\s*+»|“\s*+([^“”]*[^“”\s])\s*+”|\"\s*+([^\"]*[^\"\s])\s*+\""
)
_ELISION = re.compile(
    rf"^(?:{'|'.join(union(lambda known: known.spelling.elided))})['’]", re.IGNORECASE
)
_PUNCTUATION = " \t,;:.?!…()[]«»“”\"'’"
_SEVERAL = Forms(lambda known: known.questions.several)


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the question."""

    token: str
    """As ``text.search_tokens`` gives it for the language searched."""
    written: str
    """As it stands in the question."""


@dataclass(frozen=True, slots=True)
class Query:
    """A question made ready for searching."""

    text: str
    vector: NDArray[np.float32]
    """Unit vector, shape ``(d,)``."""
    phrases: tuple[str, ...]
    """What stands between quotation marks, as written."""
    several: bool
    """Whether it asks for more than one sentence can say: reasons, several sources, a list."""

    @property
    def languages(self) -> tuple[Language, ...]:
        """Languages whose stems of its words are looked for; what a passage holds better counts.

        Those with a lexicon, and its own. In passages of others the vectors find, and words without
        an ending.
        """
        foreign = text.foreign_language(self.text)
        return (*LEXICONS, foreign) if foreign else tuple(LEXICONS)

    @classmethod
    def of(cls, question: str, vector: NDArray[np.float32]) -> Query:
        """Analyse ``question``; ``vector`` is its embedding."""
        phrases = tuple(next(filter(None, groups)) for groups in _QUOTED.findall(question))
        return cls(question, vector, phrases, _SEVERAL.search(text.fold(question)) is not None)

    def words(self, language: Language) -> tuple[Word, ...]:
        """Its words as they are indexed in passages of ``language``, in order, without repeats.

        Stop words of the question's own language are left out, whatever the passage's: an English
        "of" is no rare word of a French dossier. Only one stemmer is applied: a word stemmed for
        the other language as well would count twice, and miss.
        """
        return _words(self.text, language)


@lru_cache(maxsize=64)
def _words(question: str, language: Language) -> tuple[Word, ...]:
    own = text.question_language(question)
    written: dict[str, str] = {}
    empty: set[str] = set()
    for piece in question.split():
        tokens = text.search_tokens(piece, {language})
        if text.search_tokens(piece, {own}):
            for token in tokens:
                written.setdefault(token, _ELISION.sub("", piece.strip(_PUNCTUATION)))
        else:
            empty.update(tokens)
    in_order = dict.fromkeys(text.search_tokens(question, {language}))
    return tuple(
        Word(token, written.get(token, token))
        for token in in_order
        if token in written or token not in empty
    )
