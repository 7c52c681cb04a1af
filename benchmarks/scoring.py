"""Score answers against a question file: right, valid citations, citing the gold, abstained.

Shared by the benchmarks and the tests. Knows nothing about how an answer came about: it gets the
text of the answer, its citations and the documents.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from askdossier.records import Answer, Citation, Document, Span
from askdossier.text import fold


@dataclass(frozen=True, slots=True)
class Gold:
    """Words of a document that answer a question, as they stand in its file."""

    document: str
    quote: str


@dataclass(frozen=True, slots=True)
class Question:
    """A line of a question file."""

    id: str
    text: str
    language: str
    kind: str
    answerable: bool
    answers: tuple[str, ...]
    """Any of them makes an answer right."""
    gold: tuple[Gold, ...]


@dataclass(frozen=True, slots=True)
class Score:
    """What one answer was worth. Times are seconds since the question was asked."""

    question: Question
    answer: str
    abstained: bool
    right: bool
    """An acceptable answer stands in it; never true of an abstention."""
    citations: int
    valid: bool
    """Every quote stands in its document at its offsets."""
    cites_gold: bool
    """A citation overlaps a gold quote."""
    evidence_gold: bool
    """A sentence of the evidence overlaps a gold quote."""
    evidence: float
    first_sentence: float
    """Until the first sentence, or the message of an abstention, is on screen."""
    total: float
    prompt_tokens: int | None = None


def read_questions(file: Path) -> tuple[Question, ...]:
    """Read a question file: one JSON object a line, in the format of docs/corpus.md."""
    return tuple(
        Question(
            line["id"],
            line["question"],
            line["lang"],
            line["kind"],
            line["answerable"],
            tuple(line["answers"]),
            tuple(Gold(gold["document"], gold["quote"]) for gold in line["evidence"]),
        )
        for line in map(json.loads, file.read_text(encoding="utf-8").splitlines())
    )


# --- the answer -----------------------------------------------------------------------------------

_APOSTROPHES = str.maketrans("’‘ʼ′", "''''")


def unified(text: str) -> str:
    """Ignore case, kinds of apostrophe and kinds of space; accents stay."""
    return " ".join(text.casefold().translate(_APOSTROPHES).split())


def holds_answer(answer: str, answers: Iterable[str]) -> bool:
    """Whether any of ``answers`` stands in ``answer``.

    One that is all digits must not be part of a longer number: 500 is not in 1 500, 2500 or 3,500.
    """
    words = unified(answer)
    for wanted in map(unified, answers):
        if wanted.isdecimal():
            if re.search(rf"(?<!\d)(?<!\d[ .,]){wanted}(?!\d)", words):
                return True
        elif wanted in words:
            return True
    return False


# --- the citations --------------------------------------------------------------------------------


def stands(citation: Citation, documents: Mapping[str, Document]) -> bool:
    """Whether the quote is, to the character, what its document holds at its offsets."""
    document = documents.get(citation.document)
    return (
        document is not None
        and bool(citation.quote)
        and citation.span.of(document.text) == citation.quote
    )


def located(text: str, quote: str) -> tuple[Span, ...]:
    """Where ``quote`` stands in ``text``, whatever the white space, case, accents, apostrophes."""
    pattern = r"\s+".join(map(re.escape, fold(quote).split()))
    if not pattern:
        return ()
    return tuple(Span(*match.span()) for match in re.finditer(pattern, fold(text)))


def touches_gold(
    places: Iterable[tuple[str, Span]],
    gold: Iterable[Gold],
    documents: Mapping[str, Document],
) -> bool:
    """Whether any of ``places`` (document and span) shares a character with a gold quote."""
    spans = {
        (item.document, span)
        for item in gold
        if item.document in documents
        for span in located(documents[item.document].text, item.quote)
    }
    return any(
        document == other and span.overlaps(wanted)
        for document, span in places
        for other, wanted in spans
    )


def lost_gold(questions: Iterable[Question], documents: Mapping[str, Document]) -> list[str]:
    """Questions with a gold quote that no document holds: cleaning took it out, or a wrong file."""
    return [
        question.id
        for question in questions
        for gold in question.gold
        if gold.document not in documents or not located(documents[gold.document].text, gold.quote)
    ]


# --- one answer, and all --------------------------------------------------------------------------


def score(
    question: Question,
    answer: Answer,
    documents: Mapping[str, Document],
    prompt_tokens: int | None = None,
) -> Score:
    """Score an answer of askdossier; the ``[n]`` marks are no part of its text."""
    said = " ".join(claim.text for claim in answer.claims)
    citations = [citation for claim in answer.claims for citation in claim.citations]
    total = answer.timings.get("total", 0.0)
    return Score(
        question,
        answer.text,
        answer.abstained,
        not answer.abstained and holds_answer(said, question.answers),
        len(citations),
        all(stands(citation, documents) for citation in citations),
        touches_gold(
            ((citation.document, citation.span) for citation in citations),
            question.gold,
            documents,
        ),
        touches_gold(
            ((item.document, item.span) for item in answer.evidence), question.gold, documents
        ),
        answer.timings.get("evidence", 0.0),
        answer.timings.get("first_sentence", total),
        total,
        prompt_tokens,
    )


@dataclass(frozen=True, slots=True)
class Totals:
    """The figures of a whole question file. Times are medians, in seconds."""

    answerable: int
    right: int
    cites_gold: int
    evidence_gold: int
    wrongly_abstained: int
    unanswerable: int
    rightly_abstained: int
    citations: int
    invalid: int
    """Answers with a citation that does not stand."""
    uncited: int
    """Answers given without any citation."""
    evidence: float
    first_sentence: float
    total: float
    prompt_tokens: float | None


def totals(scores: Sequence[Score]) -> Totals:
    """Add the scores up; the answerable and the other questions apart."""
    answerable = [item for item in scores if item.question.answerable]
    others = [item for item in scores if not item.question.answerable]
    tokens = [item.prompt_tokens for item in scores if item.prompt_tokens is not None]
    return Totals(
        len(answerable),
        sum(item.right for item in answerable),
        sum(item.cites_gold for item in answerable),
        sum(item.evidence_gold for item in answerable),
        sum(item.abstained for item in answerable),
        len(others),
        sum(item.abstained for item in others),
        sum(item.citations for item in scores),
        sum(not item.valid for item in scores),
        sum(not item.abstained and not item.citations for item in scores),
        median([item.evidence for item in scores] or [0.0]),
        median([item.first_sentence for item in scores] or [0.0]),
        median([item.total for item in scores] or [0.0]),
        median(tokens) if tokens else None,
    )
