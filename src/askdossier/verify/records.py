"""What the checks are given and what they say: see ``checks``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from askdossier import lang, text
from askdossier.core import Document, Language, Passage, Span, Support
from askdossier.verify.whose.layout import posted_on

_REACH = 250
"""Characters between two sentences of one stretch of text."""


@dataclass(frozen=True, slots=True)
class Extract:
    """A sentence of the dossier that may support a claim."""

    document: str
    span: Span
    quote: str
    language: Language
    title: str
    """Of the document and the section, and the question just before: what the sentence may leave
    unsaid."""
    date: str
    """Of the post of a forum, or of the document, ISO 8601, or empty."""


def extracts(document: Document, passage: Passage) -> tuple[Extract, ...]:
    """Give every sentence of a passage as a possible support."""
    found: list[Extract] = []
    title, before = f"{document.title} {passage.heading}", ""
    for span in passage.sentences:
        quote = span.of(document.text)
        language = document.language
        if language in lang.LEXICONS:
            language = text.question_language(quote, language)  # a row of a table has no words
        above = f"{title} {before}" if text.asks(before) else title
        date = posted_on(document, span) or document.source.date or ""
        found.append(Extract(document.id, span, quote, language, above, date))
        before = quote
    return tuple(found)


def near(best: Extract, candidate: Extract) -> bool:
    """Whether two extracts belong to the same stretch of text: pronouns reach that far."""
    gap = max(best.span.start, candidate.span.start) - min(best.span.end, candidate.span.end)
    return best.document == candidate.document and gap <= _REACH


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence that is checked."""

    text: str
    language: Language


@dataclass(frozen=True, slots=True)
class Asked:
    """The question that a sentence is to answer, where it is to answer one."""

    text: str
    relevance: float
    """Cosine of the question with the sentence, embedded as a passage."""


@dataclass(frozen=True, slots=True)
class Sources:
    """What a sentence may cite, and what of it supports it."""

    extracts: Sequence[Extract]
    cosines: Sequence[float]
    """Of the sentence with each extract."""
    relevances: Sequence[float] = ()
    """Of the question with each extract; empty without a question."""
    cited: tuple[Extract, ...] = ()
    """The fewest that support the sentence, best first: see ``attribution``."""
    score: float = 0.0
    """How well they say what it says, in its own language by words and cosine."""


Gravity = Literal["partly", "unsupported", "elsewhere"]
"""From the lightest. ``elsewhere``: it answers another question, and so does what follows it."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What a check finds wrong with a sentence."""

    check: str
    gravity: Gravity
    reason: str
    """In words, in the language of the sentence, such as ``700 ≠ 500``."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a sentence stands to the dossier."""

    support: Support
    extracts: tuple[Extract, ...]
    """What supports it, best first; empty when unsupported."""
    reason: str
    """Why it is not fully supported, else empty."""
    score: float
    doubted: tuple[Extract, ...] = ()
    """What comes nearest to it, where figures, names and negation agree and only the meaning may
    not."""
    elsewhere: bool = False
    """It answers another question."""


def in_words(reasons: dict[Language, str], language: Language) -> str:
    """The words of a reason in that language, or in English."""
    return reasons.get(language, reasons["en"])
