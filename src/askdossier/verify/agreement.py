"""What other documents say of a claim: the same, which is cited too, or another figure.

Where documents differ, both values are shown, each with its source; they are never blended.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from askdossier import text
from askdossier.verify import facts
from askdossier.verify.facts import Figure
from askdossier.verify.holding import holds, told_names
from askdossier.verify.records import Extract, Sources, Statement, Verdict
from askdossier.verify.verdict import check

MOST_OTHERS = 2
"""Other documents that are cited for one claim."""

_FAR = 0.03
"""Cosine with the question by which another document's sentence may be farther than the cited one
and still speak of the same."""
_AFTER = 5
"""Words after a number among which stands what it counts."""


def corroborated(statement: Statement, verdict: Verdict, sources: Sources) -> tuple[Extract, ...]:
    """Give, for up to ``MOST_OTHERS`` other documents, a sentence that supports the claim alone.

    Takes what ``check`` took, and its verdict.
    """
    found: list[Extract] = []
    cited = {extract.document for extract in verdict.extracts}
    for document in dict.fromkeys(extract.document for extract in sources.extracts):
        if document in cited or verdict.support != "supported":
            continue
        rows = [i for i, one in enumerate(sources.extracts) if one.document == document]
        theirs = Sources([sources.extracts[i] for i in rows], [sources.cosines[i] for i in rows])
        other = check(statement, None, theirs)
        if other.support == "supported" and len(other.extracts) == 1:
            found.append(other.extracts[0])
    return tuple(found[:MOST_OTHERS])


def differing(
    statement: Statement, question: str, verdict: Verdict, sources: Sources
) -> tuple[Extract, ...]:
    """Give sentences of other documents that answer with another figure than the claim does.

    Only when the figure is the answer: the claim has it and the question has not. The other
    sentence must be about as near to the question, name all that the question names, and count the
    same thing. The newest comes first.
    """
    asked = facts.figures(question)
    answers = [
        figure
        for figure in facts.figures(statement.text)
        if not any(f.agrees(figure) for f in asked)
    ]
    if not answers or verdict.support != "supported":
        return ()
    main = verdict.extracts[0]
    nearest = sources.relevances[list(sources.extracts).index(main)]
    said = {extract.document for extract in verdict.extracts}
    found: list[Extract] = []
    for relevance, candidate in sorted(
        zip(sources.relevances, sources.extracts, strict=True), key=lambda pair: -pair[0]
    ):
        if relevance < nearest - _FAR or len(found) == MOST_OTHERS:
            break
        if candidate.document not in said and _differs(answers, main, question, candidate):
            said.add(candidate.document)
            found.append(candidate)
    return tuple(sorted(found, key=lambda extract: extract.date, reverse=True))


def newer(verdict: Verdict, others: Sequence[Extract]) -> tuple[Extract, ...]:
    """Of what ``differing`` gives, what is of a later date than the words the claim cites first."""
    date = verdict.extracts[0].date if verdict.extracts else ""
    return tuple(other for other in others if date and other.date > date)


def _differs(answers: Sequence[Figure], main: Extract, question: str, candidate: Extract) -> bool:
    if not all(holds(name, candidate) for name in told_names(question)):
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
