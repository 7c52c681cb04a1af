"""Check that the names of a sentence stand, to the letter, in what it cites."""

from __future__ import annotations

from askdossier import text
from askdossier.verify import facts, holding
from askdossier.verify.attribution import share
from askdossier.verify.facts import Name
from askdossier.verify.records import Asked, Problem, Sources, Statement, in_words

_REASONS = {"fr": "{} n’est pas dans la source", "en": "{} is not in the source"}


def check(statement: Statement, question: Asked | None, sources: Sources) -> Problem | None:
    """A name that nothing cited holds."""
    del question
    known = holding.known_names(sources.extracts)
    certain = holding.certain_names(statement, known)
    missing = holding.missing_names(certain, sources.cited, known)
    if not missing:
        return None
    reason = in_words(_REASONS, statement.language).format(_named(missing[0], statement))
    return Problem("names", "unsupported", reason)


def check_opening(statement: Statement, question: Asked | None, sources: Sources) -> Problem | None:
    """A capitalised first word that may be a name, but that nothing cited holds."""
    del question
    same = [one for one in sources.cited if one.language == statement.language]
    for name in facts.names(statement.text):
        if name.opens and len(name.words) == 1:
            stems = frozenset(text.search_tokens(name.text, {statement.language}))
            if stems and same and not share(stems, statement.language, same):
                reason = in_words(_REASONS, statement.language).format(_named(name, statement))
                return Problem("names", "partly", reason)
    return None


def _named(name: Name, statement: Statement) -> str:
    return text.in_quotes(name.text, statement.language)
