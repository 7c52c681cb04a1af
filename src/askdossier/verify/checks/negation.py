"""Check that neither of the two denies what the other affirms."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

from askdossier import text
from askdossier.core import Language
from askdossier.lang import LEXICONS
from askdossier.verify import facts
from askdossier.verify.records import Asked, Problem, Sources, Statement, in_words

_REASONS = {"fr": "la source dit le contraire", "en": "the source says the opposite"}


def check(statement: Statement, question: Asked | None, sources: Sources) -> Problem | None:
    """What is cited denies what the sentence affirms, or the other way round.

    Only words in the reach of a negation are denied; the rest is affirmed, so that a cited
    sentence may deny something in one clause and affirm it in another. Across languages, where the
    words cannot be compared, a negation on one side alone is a doubt.
    """
    del question
    if not sources.cited:
        return None
    if sources.cited[0].language not in LEXICONS:
        return None  # how it denies is not known
    quotes = " ".join(extract.quote for extract in sources.cited)
    languages = {extract.language for extract in sources.cited}
    reason = in_words(_REASONS, statement.language)
    if _contradicts(statement.text, quotes, languages):
        return Problem("negation", "unsupported", reason)
    best = sources.cited[0]
    foreign = best.language != statement.language
    if foreign and bool(facts.denied(statement.text)) != bool(facts.denied(best.quote)):
        return Problem("negation", "partly", reason)
    return None


def _contradicts(sentence: str, quotes: str, languages: Collection[Language]) -> bool:
    denied, affirmed = _denied_and_affirmed(sentence, languages)
    quote_denied, quote_affirmed = _denied_and_affirmed(quotes, languages)
    if (denied & quote_affirmed) - quote_denied:
        return not facts.negative_verbs(quotes)
    if (quote_denied & affirmed) - quote_affirmed:
        return not facts.negative_verbs(sentence)
    return False


def _denied_and_affirmed(words: str, languages: Collection[Language]) -> tuple[set[str], set[str]]:
    """The stems inside and outside the reach of negations; a stem may be both.

    Names are left out: they tell what both speak of, not what is said of it.
    """
    denied = Counter(
        stem for reach in facts.denied(words) for stem in text.search_tokens(reach, languages)
    )
    said = Counter(text.search_tokens(words, languages))
    named = {s for name in facts.names(words) for s in text.search_tokens(name.text, languages)}
    return set(denied) - named, set(said - denied) - named
