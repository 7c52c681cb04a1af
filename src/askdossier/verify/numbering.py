"""Number the citations of one answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from askdossier import text
from askdossier.core import Citation, Claim, Document, Language, Span
from askdossier.verify.quotation import stripped
from askdossier.verify.records import Verdict
from askdossier.verify.whose import speaker


class Numbering:
    """Gives each cited span its number, from 1 in order of first use; a span keeps its number."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[str, Span], int] = {}

    def claim(self, sentence: str, verdict: Verdict) -> Claim:
        """Give the sentence with the citations that its verdict allows."""
        citations = tuple(
            Citation(
                self._number(extract.document, extract.span),
                extract.document,
                extract.span,
                extract.quote,
            )
            for extract in verdict.extracts
        )
        return Claim(sentence, verdict.support, citations, verdict.reason)

    def found(self, said: str, document: Document, spans: Sequence[Span]) -> Claim:
        """Say of a document what its spans show by themselves."""
        return Claim(said, "supported", tuple(self._citation(document, span) for span in spans))

    def quote(self, document: Document, span: Span, language: Language) -> Claim:
        """Quote a document, in an answer of that language."""
        quote = text.in_quotes(stripped(span.of(document.text)), language)
        return Claim(quote, "quoted", (self._citation(document, span),))

    def spoken(self, document: Document, span: Span, language: Language) -> Claim:
        """Quote a document, behind the name of him whose words they are there."""
        quote, whose = self.quote(document, span, language), speaker(document, span)
        if whose is None:
            return quote
        return replace(quote, text=whose.named(quote.text, span.of(document.text), language))

    def lead(self, document: Document, span: Span, language: Language) -> Claim:
        """Quote a document after its title, in an answer of that language."""
        quote = self.quote(document, span, language)
        return replace(quote, text=text.after_colon(document.title, quote.text, language))

    def _citation(self, document: Document, span: Span) -> Citation:
        number = self._number(document.id, span)
        return Citation(number, document.id, span, span.of(document.text))

    def _number(self, document: str, span: Span) -> int:
        return self._numbers.setdefault((document, span), len(self._numbers) + 1)
