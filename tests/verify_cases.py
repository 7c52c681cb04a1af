"""Sentences and what they are checked against, for the tests of ``askdossier.verify``."""

from __future__ import annotations

from collections.abc import Sequence

from askdossier import text, verify
from askdossier.core import Document, Language, Passage, Source, Span
from askdossier.verify import Asked, Extract, Problem, Sources, Statement, Verdict
from askdossier.verify.attribution import attributed
from askdossier.verify.checks import Check

NEAR, FAR = 0.92, 0.82
"""Cosines of the default embedder for sentences on one subject and on two."""


def extracts(sources: Sequence[str], title: str = "", date: str | None = None) -> list[Extract]:
    """Every source a document of its own; one that begins with ``+`` goes on with that before."""
    bodies: list[list[str]] = []
    for source in sources:
        if source.startswith("+"):
            bodies[-1].append(source[1:])
        else:
            bodies.append([source])
    found: list[Extract] = []
    for number, sentences in enumerate(bodies):
        spans: list[Span] = []
        for sentence in sentences:
            start = spans[-1].end + 1 if spans else 0
            spans.append(Span(start, start + len(sentence)))
        body, name = " ".join(sentences), f"{number}.txt"
        language = text.question_language(body)
        document = Document(name, title, body, language, Source(name, "", date=date))
        found += verify.extracts(
            document, Passage(name, name, Span(0, len(body)), "", tuple(spans))
        )
    return found


def likeness(sentence: str, other: str) -> float:
    """Stands in for a cosine: grows with the words in common."""
    mine, theirs = (set(text.search_tokens(words, {"fr", "en"})) for words in (sentence, other))
    return FAR + (0.98 - FAR) * len(mine & theirs) / max(len(mine | theirs), 1)


def verdict(sentence: str, sources: Sequence[str], *, title: str = "") -> Verdict:
    candidates = extracts(sources, title)
    cosines = [likeness(sentence, extract.quote) for extract in candidates]
    return checked(sentence, text.question_language(sentence), candidates, cosines)


def checked(
    sentence: str, language: Language, candidates: Sequence[Extract], cosines: Sequence[float]
) -> Verdict:
    """What is said of a sentence that answers no question."""
    return verify.check(Statement(sentence, language), None, Sources(candidates, cosines))


def asked(question: str, sentence: str, candidates: Sequence[Extract]) -> tuple[Asked, list[float]]:
    """A question that a sentence is to answer, and its cosine with each candidate."""
    relevances = [likeness(question, extract.quote) for extract in candidates]
    return Asked(question, likeness(question, sentence)), relevances


def problem(
    check: Check,
    sentence: str,
    sources: Sequence[str],
    *,
    question: str = "",
    title: str = "",
    relevance: float | None = None,
) -> Problem | None:
    """What one check says of a sentence, once what it cites is found.

    ``relevance`` stands in for its cosine with the question.
    """
    candidates = extracts(sources, title)
    cosines = [likeness(sentence, extract.quote) for extract in candidates]
    wanted: Asked | None = None
    relevances: list[float] = []
    if question:
        wanted, relevances = asked(question, sentence, candidates)
        if relevance is not None:
            wanted = Asked(question, relevance)
    statement = Statement(sentence, text.question_language(sentence))
    read = attributed(statement, Sources(candidates, cosines, relevances))
    return check(statement, wanted, read)
