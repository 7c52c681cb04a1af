"""Number the citations of one answer."""

from __future__ import annotations

from askdossier.cite.check import Extract, Verdict
from askdossier.records import Citation, Claim, Span


class Numbering:
    """Gives each cited span its number, from 1 in order of first use; a span keeps its number."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[str, Span], int] = {}

    def claim(self, sentence: str, verdict: Verdict) -> Claim:
        """Give the sentence with the citations that its verdict allows."""
        citations = tuple(
            Citation(self._number(extract), extract.document, extract.span, extract.quote)
            for extract in verdict.extracts
        )
        return Claim(sentence, verdict.support, citations, verdict.reason)

    def _number(self, extract: Extract) -> int:
        return self._numbers.setdefault((extract.document, extract.span), len(self._numbers) + 1)


def quoted(extract: Extract) -> tuple[str, Verdict]:
    """Give the words of an extract as a sentence of their own, in guillemets."""
    quote = extract.quote.strip(' «»“”"\u00a0\u202f')
    return f"« {quote} »", Verdict("quoted", (extract,), "", 1.0)
