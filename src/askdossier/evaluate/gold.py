"""Where the gold quotes of the questions and of their points stand, and what is covered.

A quote is found whatever its white space, case, accents and apostrophes; what is compared
afterwards are spans, to the character.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from askdossier.core import Citation, Document, Place, Span
from askdossier.evaluate.questions import Gold, InvalidQuestions, Question
from askdossier.text import fold


@dataclass(frozen=True, slots=True)
class Located:
    """A gold quote, wherever its document holds it: citing one of the places is enough."""

    document: str
    spans: tuple[Span, ...]

    def touched(self, places: Iterable[Place]) -> bool:
        """Whether any of the places shares a character with it."""
        return any(
            place.document == self.document and place.span.overlaps(mine)
            for place in places
            for mine in self.spans
        )


@dataclass(frozen=True, slots=True)
class LocatedPoint:
    """A point with the places of its quotes: citing any of them is enough."""

    places: tuple[Located, ...]
    speaker: str = ""

    def touched(self, places: Collection[Place]) -> bool:
        """Whether any of the places shares a character with one of its quotes."""
        return any(quote.touched(places) for quote in self.places)


@dataclass(frozen=True, slots=True)
class Expected:
    """What a complete answer cites."""

    gold: tuple[Located, ...] = ()
    points: tuple[LocatedPoint, ...] = ()


def located(text: str, quote: str) -> tuple[Span, ...]:
    """Where ``quote`` stands in ``text``, whatever the white space, case, accents, apostrophes."""
    return _found(fold(text), quote)


def _found(folded: str, quote: str) -> tuple[Span, ...]:
    pattern = r"\s+".join(map(re.escape, fold(quote).split()))
    if not pattern:
        return ()
    return tuple(Span(*match.span()) for match in re.finditer(pattern, folded))


def locate(questions: Sequence[Question], documents: Mapping[str, Document]) -> dict[str, Expected]:
    """Find the gold of every question and the quotes of its points, by its id.

    Raises:
        InvalidQuestions: a document is not in the dossier, or does not hold the quote. Names all.
    """
    folded: dict[str, str] = {}
    errors: list[str] = []

    def places(question: Question, quotes: Sequence[Gold]) -> tuple[Located, ...]:
        found = []
        for quote in quotes:
            if quote.document not in documents:
                errors.append(f"{question.id}: {quote.document} is not in the dossier")
                continue
            if quote.document not in folded:
                folded[quote.document] = fold(documents[quote.document].text)
            spans = _found(folded[quote.document], quote.quote)
            if not spans:
                errors.append(f"{question.id}: {quote.document} does not hold “{quote.quote}”")
            found.append(Located(quote.document, spans))
        return tuple(found)

    expected = {
        question.id: Expected(
            places(question, question.gold),
            tuple(
                LocatedPoint(places(question, point.quotes), point.speaker)
                for point in question.points
            ),
        )
        for question in questions
    }
    if errors:
        raise InvalidQuestions(
            "The evidence of these questions is not in the index. Mend the questions, or index the "
            "documents (askdossier docs lists them, askdossier docs show FILE --removed says what "
            "cleaning took out):\n" + "\n".join(f"  {error}" for error in errors)
        )
    return expected


def stands(citation: Citation, documents: Mapping[str, Document]) -> bool:
    """Whether the quote is, to the character, what its document holds at its offsets."""
    document = documents.get(citation.document)
    return (
        document is not None
        and bool(citation.quote)
        and citation.span.of(document.text) == citation.quote
    )
