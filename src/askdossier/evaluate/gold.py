"""Where the gold quotes of the questions stand, and what of them is covered.

A quote is found whatever its white space, case, accents and apostrophes; what is compared
afterwards are spans, to the character.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from askdossier.core import Citation, Document, Place, Span
from askdossier.evaluate.questions import InvalidQuestions, Question
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


def located(text: str, quote: str) -> tuple[Span, ...]:
    """Where ``quote`` stands in ``text``, whatever the white space, case, accents, apostrophes."""
    return _found(fold(text), quote)


def _found(folded: str, quote: str) -> tuple[Span, ...]:
    pattern = r"\s+".join(map(re.escape, fold(quote).split()))
    if not pattern:
        return ()
    return tuple(Span(*match.span()) for match in re.finditer(pattern, folded))


def locate(
    questions: Sequence[Question], documents: Mapping[str, Document]
) -> dict[str, tuple[Located, ...]]:
    """Find the gold of every question, by its id.

    Raises:
        InvalidQuestions: a document is not in the dossier, or does not hold the quote. Names all.
    """
    folded: dict[str, str] = {}
    found: dict[str, tuple[Located, ...]] = {}
    errors: list[str] = []
    for question in questions:
        places = []
        for gold in question.gold:
            if gold.document not in documents:
                errors.append(f"{question.id}: {gold.document} is not in the dossier")
                continue
            if gold.document not in folded:
                folded[gold.document] = fold(documents[gold.document].text)
            spans = _found(folded[gold.document], gold.quote)
            if not spans:
                errors.append(f"{question.id}: {gold.document} does not hold “{gold.quote}”")
            places.append(Located(gold.document, spans))
        found[question.id] = tuple(places)
    if errors:
        raise InvalidQuestions(
            "The evidence of these questions is not in the index. Mend the questions, or index the "
            "documents (askdossier docs lists them, askdossier docs show FILE --removed says what "
            "cleaning took out):\n" + "\n".join(f"  {error}" for error in errors)
        )
    return found


def stands(citation: Citation, documents: Mapping[str, Document]) -> bool:
    """Whether the quote is, to the character, what its document holds at its offsets."""
    document = documents.get(citation.document)
    return (
        document is not None
        and bool(citation.quote)
        and citation.span.of(document.text) == citation.quote
    )
