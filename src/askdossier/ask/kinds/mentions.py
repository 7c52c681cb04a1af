"""Questions for the documents that speak of something: "quels documents citent X ?"."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from askdossier import lang, survey, text, verify
from askdossier.ask.kinds.whole import MOST_DOCUMENTS, Told, and_shown
from askdossier.core import Language
from askdossier.index import Index
from askdossier.lang.forms import Forms


@dataclass(frozen=True, slots=True)
class Mentions:
    """Asks which documents speak of something."""

    phrase: str
    literal: bool
    """It was put between quotation marks: the very words, not their stems."""


def matches(message: str) -> Mentions | None:
    """Tell by its form; None for any other question."""
    found = _FORM.match(text.fold(message))
    if not found:
        return None
    # Folding keeps the length, so the phrase can be cut from what the person wrote.
    phrase = message[slice(*found.span("phrase"))].strip(" ?!.\u00a0\u202f")
    quoted = _QUOTED.fullmatch(phrase)
    if quoted:
        return Mentions(quoted[1].strip(), literal=True)
    article = _ARTICLE.match(phrase)
    phrase = phrase[article.end() :] if article else phrase
    if text.stems(phrase) and not _NOTHING.fullmatch(text.fold(phrase)):
        return Mentions(phrase, literal=False)
    return None


def answer(asked: Mentions, index: Index, names: Collection[str], language: Language) -> Told:
    """Count the documents that do, and name each with the places, most of them first."""
    everywhere = survey.mentions(index, asked.phrase, literal=asked.literal)
    found = [mention for mention in everywhere if mention.document.id in names]
    shown = found[:MOST_DOCUMENTS]
    words = lang.of(language).sayings
    form = (words.none_hold, words.one_holds, words.several_hold)[min(len(found), 2)]
    said = form.format(
        phrase=text.in_quotes(asked.phrase, language), count=len(found), total=len(names)
    )
    numbers = verify.Numbering()
    claims = []
    for mention in shown:
        title, count = mention.document.title, len(mention.spans)
        named = words.times.format(title=title, count=count) if count > 1 else title
        spans = mention.spans[: verify.MOST_EXTRACTS]
        claims.append(numbers.found(named, mention.document, spans))
    return Told(tuple(claims), and_shown(said, len(found), len(shown), language))


_FORM = Forms(lambda known: known.questions.mentions, re.DOTALL)
_QUOTED = re.compile(rf"[{text.OPENING_MARKS}]\s*+(.*\S)\s*+[{text.CLOSING_MARKS}]")
_ARTICLE = Forms(lambda known: known.questions.article, re.IGNORECASE)
_NOTHING = Forms(lambda known: known.questions.nothing_named)
