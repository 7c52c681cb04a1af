"""What is said where the dossier does not answer."""

from __future__ import annotations

from collections.abc import Sequence

from askdossier import lang, survey, text
from askdossier.ask.case import Case
from askdossier.core import Evidence, Language


def said(case: Case, evidence: Sequence[Evidence]) -> str:
    """Say so, and which words of the question no document uses.

    Only its names where the documents may say the rest in another language; nothing of the kind
    where the question is in one without a lexicon, which may write any noun with a capital.
    """
    if text.foreign_language(case.query.text):
        return abstention(case.language)
    languages = [case.index.header(item.document).language for item in evidence]
    mostly_foreign = 2 * languages.count(case.language) < len(languages)
    unknown = survey.unknown_words(case.index, case.query.text, names_only=mostly_foreign)
    return abstention(case.language, unknown)


def abstention(language: Language, unknown: Sequence[str] = ()) -> str:
    """What is said instead of an answer; ``unknown`` are words that the dossier never uses."""
    words = lang.of(language).sayings
    if not unknown:
        return words.abstention
    *others, last = (text.in_quotes(word, language) for word in unknown)
    named = ", ".join(others) + words.nor + last if others else last
    return f"{words.abstention} {words.unknown.format(named)}"
