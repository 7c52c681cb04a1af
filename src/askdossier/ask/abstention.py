"""What is said where the dossier does not answer."""

from __future__ import annotations

from collections.abc import Sequence

from askdossier import lang, survey, text
from askdossier.ask import policy
from askdossier.ask.case import Case, Reading
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


def offered(
    evidence: Sequence[Evidence], readings: Sequence[Reading], confidence: float
) -> Evidence | None:
    """Give what may answer, if that is likely enough to be worth a look.

    It is the sentence at which the writer looks most or, where that is not known, the best one.
    """
    if confidence < policy.POSSIBLE:
        return None
    looked = [one.looked[0] for one in readings if one.looked]
    own = [item for item in evidence if item.role != "neighbour"]
    return looked[-1] if looked else max(own, key=lambda item: item.score, default=None)


def abstention(language: Language, unknown: Sequence[str] = ()) -> str:
    """What is said instead of an answer; ``unknown`` are words that the dossier never uses."""
    words = lang.of(language).sayings
    if not unknown:
        return words.abstention
    *others, last = (text.in_quotes(word, language) for word in unknown)
    named = ", ".join(others) + words.nor + last if others else last
    return f"{words.abstention} {words.unknown.format(named)}"
