"""Check that a sentence tells nothing as a fact that its source tells otherwise."""

from __future__ import annotations

from collections.abc import Mapping

from askdossier.core import Language
from askdossier.verify.belonging.compared import compared
from askdossier.verify.belonging.standing import Standing, lost
from askdossier.verify.records import Asked, Gravity, Problem, Sources, Statement, in_words

_REASONS: Mapping[Standing, dict[Language, str]] = {
    "told": {"fr": "la source le rapporte (« {} »)", "en": "the source reports it (“{}”)"},
    "doubted": {
        "fr": "la source n’en est pas sûre (« {} »)",
        "en": "the source is not sure (“{}”)",
    },
    "planned": {
        "fr": "la source dit que c’est voulu ou prévu (« {} »)",
        "en": "the source says that it is wanted or planned (“{}”)",
    },
    "future": {"fr": "la source dit : à venir (« {} »)", "en": "the source says: to come (“{}”)"},
    "denied": {
        "fr": "la source dit le contraire (« {} »)",
        "en": "the source says the opposite (“{}”)",
    },
    "supposed": {
        "fr": "la source y met une condition (« {} »)",
        "en": "the source puts a condition (“{}”)",
    },
}


def check(statement: Statement, question: Asked | None, sources: Sources) -> Problem | None:
    """What somebody says, plans, denies or supposes is told as a fact."""
    del question
    both = compared(statement, sources)
    found = lost(both.claim, both.cited) if both else None
    if found is None:
        return None
    reason = in_words(_REASONS[found.standing], statement.language).format(found.word)
    gravity: Gravity = "partly" if found.standing in ("told", "doubted") else "unsupported"
    return Problem("standing", gravity, reason)
