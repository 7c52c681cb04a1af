"""What other documents say of a claim: the same, which is cited too, or another figure.

Where documents differ, both values are shown, each with its source; they are never blended.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from askdossier import text
from askdossier.cite import facts
from askdossier.cite.check import Extract, Verdict, check
from askdossier.cite.facts import Figure
from askdossier.records import Language

MOST_OTHERS = 2
"""Other documents that are cited for one claim."""

_FAR = 0.03
"""Cosine with the question by which another document's sentence may be farther than the cited one
and still speak of the same."""
_AFTER = 5
"""Words after a number among which stands what it counts."""


def corroborated(
    sentence: str,
    language: Language,
    verdict: Verdict,
    candidates: Sequence[Extract],
    cosines: Sequence[float],
) -> tuple[Extract, ...]:
    """Give, for up to ``MOST_OTHERS`` other documents, a sentence that supports the claim alone.

    Takes what ``check`` took, and its verdict.
    """
    found: list[Extract] = []
    cited = {extract.document for extract in verdict.extracts}
    for document in dict.fromkeys(candidate.document for candidate in candidates):
        if document in cited or verdict.support != "supported":
            continue
        rows = [i for i, candidate in enumerate(candidates) if candidate.document == document]
        other = check(sentence, language, [candidates[i] for i in rows], [cosines[i] for i in rows])
        if other.support == "supported" and len(other.extracts) == 1:
            found.append(other.extracts[0])
    return tuple(found[:MOST_OTHERS])


def differing(
    sentence: str,
    question: str,
    verdict: Verdict,
    candidates: Sequence[Extract],
    relevances: Sequence[float],
) -> tuple[Extract, ...]:
    """Give sentences of other documents that answer with another figure than the claim does.

    Only when the figure is the answer: the claim has it and the question has not. The other
    sentence must be about as near to the question (``relevances`` are the cosines of its vector
    with each candidate's), name all that the question names, and count the same thing.
    """
    asked = facts.figures(question)
    answers = [
        figure for figure in facts.figures(sentence) if not any(f.agrees(figure) for f in asked)
    ]
    if not answers or verdict.support != "supported":
        return ()
    main = verdict.extracts[0]
    nearest = relevances[list(candidates).index(main)]
    said = {extract.document for extract in verdict.extracts}
    found: list[Extract] = []
    for relevance, candidate in sorted(
        zip(relevances, candidates, strict=True), key=lambda pair: -pair[0]
    ):
        if relevance < nearest - _FAR or len(found) == MOST_OTHERS:
            break
        if candidate.document not in said and _differs(answers, main, question, candidate):
            said.add(candidate.document)
            found.append(candidate)
    return tuple(found)


def _differs(answers: Sequence[Figure], main: Extract, question: str, candidate: Extract) -> bool:
    named = {word for name in facts.names(question) if not name.opens for word in name.words}
    around = set(re.findall(r"\w+", text.fold(f"{candidate.quote} {candidate.title}")))
    if not named <= around:
        return False
    others = facts.figures(candidate.quote)
    return any(
        all(not other.values & answer.values for other in others)
        and any(
            other.unit == answer.unit
            and (other.unit or _counted(candidate, other) & _counted(main, answer))
            for other in others
        )
        for answer in answers
    )


def _counted(extract: Extract, figure: Figure) -> set[str]:
    """Stems of the words after the figure of that value: what is counted."""
    for other in facts.figures(extract.quote):
        if other.values & figure.values:
            words = re.findall(r"[\w’'-]+", extract.quote[other.span.end :])[:_AFTER]
            return set(text.search_tokens(" ".join(words), {extract.language}))
    return set()
