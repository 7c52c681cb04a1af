"""The grammar of a sentence: what each word is, and on which it depends.

Parsed by spaCy's pipelines (Honnibal et al. 2020), ordinary packages that a lexicon names. One is
read when the first sentence of its language is parsed, which takes a second or two.
"""

from __future__ import annotations

import importlib
import re
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from askdossier.core import Language, Span
from askdossier.lang import LEXICONS

if TYPE_CHECKING:
    from spacy.language import Language as Pipeline
    from spacy.tokens import Doc, Token

_NUMBER = re.compile(r"(?<!\w)\d{1,3}(?:[ \u00a0\u202f\u2009]\d{3})+(?!\w)")
"""Digits in groups, which are one word."""
_ENTITIES = {
    "PER": "PER", "PERSON": "PER", "LOC": "LOC", "GPE": "LOC", "FAC": "LOC", "ORG": "ORG",
}  # fmt: skip
"""Labels of WikiNER (French) and OntoNotes (English) as the same."""
_PARSING = threading.Lock()
"""A pipeline is for one thread."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a parsed sentence, or a sign: see ``labels`` for what it is called."""

    text: str
    form: str
    """Its text in lower case, the apostrophe straight."""
    span: Span
    """In characters of the sentence."""
    lemma: str
    """In lower case."""
    part: str
    """Its part of speech, such as ``VERB``."""
    relation: str
    """To its head, such as ``nsubj``."""
    head: int
    """Index of the word it depends on; its own at a root."""
    features: frozenset[str]
    """Such as ``Mood=Cnd``."""
    entity: str
    """Kind of the name that it is part of, ``PER``, ``LOC`` or ``ORG``; else empty."""


@lru_cache(maxsize=512)  # a claim is compared with the same sentences again and again
def parsed(sentence: str, language: Language) -> tuple[Word, ...] | None:
    """The words of a sentence; None in a language without a grammar.

    White space between words may be a word of its own.
    """
    lexicon = LEXICONS.get(language)
    if lexicon is None or lexicon.grammar is None:
        return None
    with _PARSING:
        pipeline = _pipeline(lexicon.grammar.pipeline)
        return tuple(map(_word, pipeline(_split(sentence, pipeline))))


def warm_up(languages: Iterable[Language]) -> None:
    """Read the pipelines of these languages, so that nobody waits for them later."""
    for language in languages:
        parsed("", language)


def _split(sentence: str, pipeline: Pipeline) -> Doc:
    """Its words, not yet read, with digits in groups as one."""
    words: Doc = pipeline.make_doc(sentence)
    with words.retokenize() as retokenizer:
        for match in _NUMBER.finditer(sentence):
            if digits := words.char_span(*match.span()):
                retokenizer.merge(digits)
    return words


def _word(token: Token) -> Word:
    return Word(
        token.text,
        token.lower_.replace("’", "'"),
        Span(token.idx, token.idx + len(token)),
        token.lemma_.lower(),
        token.pos_,
        token.dep_,
        token.head.i,
        frozenset(str(token.morph).split("|")),
        _ENTITIES.get(token.ent_type_, ""),
    )


@lru_cache(maxsize=4)
def _pipeline(package: str) -> Pipeline:
    loaded: Pipeline = importlib.import_module(package).load()
    return loaded
