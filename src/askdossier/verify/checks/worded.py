"""Check that the words of a sentence are those of what it cites, or of its question.

A draft is made from both. A word that neither has is the writer's own ("has been praised for…");
and much of a question that the source doesn't say makes its words speak of something else ("the
conflict between A and B led to…", of a treaty between C and D).
"""

from __future__ import annotations

from collections.abc import Sequence

from askdossier import lang, text
from askdossier.core import Language
from askdossier.lang import parse
from askdossier.verify import facts
from askdossier.verify.records import Asked, Extract, Problem, Sources, Statement, in_words

_OWN = {"fr": "la source ne dit pas « {words} »", "en": "the source does not say “{words}”"}
_TAKEN = 3
"""Words of the question that the source lacks, from which a sentence may speak of something else;
chosen on answers to questions of PIAF and of the sample dossier that were read one by one."""
_TELLING = frozenset({"NOUN", "VERB", "ADJ"})


def check(statement: Statement, question: Asked | None, sources: Sources) -> Problem | None:
    """Words of its own, or too many that only its question has."""
    if question is None or not sources.cited:
        return None
    if any(one.language != statement.language for one in sources.cited):
        return None
    there = _stems(" ".join(_context(sources.cited)), statement.language)
    missing = [word for word in _telling(statement) if not _within(word, there, statement.language)]
    asked = _stems(question.text, statement.language)
    own = [word for word in missing if not _within(word, asked, statement.language)]
    if not own and len(missing) < _TAKEN:
        return None
    words = ", ".join(dict.fromkeys(own or missing))
    return Problem("worded", "partly", in_words(_OWN, statement.language).format(words=words))


def _context(cited: Sequence[Extract]) -> tuple[str, ...]:
    return tuple(words for one in cited for words in (one.quote, one.title))


def _telling(statement: Statement) -> list[str]:
    """Its nouns, verbs and adjectives; what names and figures are is checked elsewhere."""
    empty = lang.of(statement.language).negation.auxiliaries
    words = parse.parsed(statement.text, statement.language) or ()
    named = {part for name in facts.names(statement.text) for part in name.words}
    return [
        word.text
        for word in words
        if word.part in _TELLING
        and text.fold(word.lemma) not in empty
        and text.fold(word.text) not in named
        and not any(map(str.isdigit, word.text))
    ]


def _within(word: str, stems: frozenset[str], language: Language) -> bool:
    own = _stems(word, language)
    return not own or not own.isdisjoint(stems)


def _stems(words: str, language: Language) -> frozenset[str]:
    return frozenset(text.search_tokens(words, {language}))
