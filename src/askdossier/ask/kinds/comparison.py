"""Questions for what two say of the same: "que disent A et B de T ?", "compare A et B"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from askdossier import lang, text
from askdossier.ask.case import Case
from askdossier.ask.kinds.several import Part, asking, groups, sought_where
from askdossier.ask.sides import sides
from askdossier.ask.speaking import Speaker
from askdossier.core import Evidence, Form
from askdossier.lang.forms import Forms

form: Form = "table"


@dataclass(frozen=True, slots=True)
class Comparison:
    """Asks to put two sides beside each other, as the question writes them."""

    one: str
    other: str
    topic: str
    """In what; empty for all that is said of them."""


def matches(question: str) -> Comparison | None:
    """Tell by its form; None for any other question."""
    found = groups(_FORM, question)
    return Comparison(found["one"], found["other"], found.get("topic", "")) if found else None


def loosely(question: str) -> Comparison | None:
    """Its two sides, and what else it names."""
    found = sides(question)
    return Comparison(found.one, found.other, found.topic) if found else None


def parts(asked: Comparison, case: Case, documents: frozenset[str] | None) -> Iterator[Part]:
    """One for each side: what it says itself or, where it says nothing, what is said of it."""
    known = lang.of(case.language)
    speakers = [Speaker(case.index, side) for side in (asked.one, asked.other)]
    for speaker, rival in (speakers, reversed(speakers)):
        side = speaker.name
        question = known.prompts.told_of.format(topic=side)
        if asked.topic:
            question = known.several.says_on.format(side=side, topic=asked.topic)
        own = asking(case, question)
        lacking = known.several.nothing_on.format(side=text.in_quotes(side, case.language))
        found = sought_where(own, documents, partial(_belongs, speaker, rival))
        first = sorted(found, key=lambda item: not speaker.says(item))
        # Whose words they are is known; a sentence that does not name them is no worse for it.
        read = asking(case, known.several.told.format(topic=asked.topic)) if asked.topic else own
        yield Part(side, read, tuple(first), lacking=lacking)


def _belongs(speaker: Speaker, rival: Speaker, evidence: Evidence) -> bool:
    """Whether a side says it, or is named by it and the other does not say it."""
    named = speaker.is_named(evidence) and not rival.says(evidence)
    return named or speaker.says(evidence)


_FORM = Forms(lambda known: known.several.comparison)
