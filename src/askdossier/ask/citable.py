"""The sentences that an answer may cite: those of the passages of its evidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from askdossier import verify
from askdossier.core import Evidence, Language, Span, Vectors
from askdossier.index import Index


@dataclass(frozen=True, slots=True)
class Citable:
    """Sentences that may be cited, document by document, in reading order."""

    extracts: tuple[verify.Extract, ...]
    vectors: Vectors
    """Shape ``(len(extracts), d)``."""
    sure: bool
    """Whether they seem to be about the question, so that other figures contradict."""
    index: Index

    @classmethod
    def of(cls, index: Index, evidence: Sequence[Evidence], *, sure: bool) -> Citable:
        """Take the passages that the evidence stands in."""
        order = list(dict.fromkeys(item.document for item in evidence))
        rows = {
            (order.index(item.document), row)
            for item in evidence
            if (row := index.row_at(item.document, item.span.start)) is not None
        }
        found: list[verify.Extract] = []
        for _, row in sorted(rows):
            passage = index.passages[row]
            found += verify.extracts(index.documents[passage.document], passage)
        vectors = np.concatenate([index.sentence_vectors(row) for _, row in sorted(rows)])
        return cls(tuple(found), vectors, sure, index)

    def unbroken(self, document: str, span: Span) -> verify.Extract:
        """The extract that stands there, with the whole of what it begins to quote.

        ``span`` is that of a sentence, or of one and those behind it.
        """
        places = [(extract.document, extract.span.start) for extract in self.extracts]
        at = places.index((document, span.start))
        body = self.index.documents[document].text
        found = verify.unbroken(self.extracts[at:], body)
        if found.span.end >= span.end:
            return found
        return replace(found, span=span, quote=span.of(body))

    def speaker(self, extract: verify.Extract) -> verify.Speaker | None:
        """Whose words an extract is; None of its document's own."""
        return verify.speaker(self.index.documents[extract.document], extract.span)

    def quoted(self, document: str, span: Span, language: Language) -> tuple[str, verify.Verdict]:
        """Quote the extract that stands there, behind the name of him whose words it is."""
        extract = self.unbroken(document, span)
        whose = verify.speaker(self.index.documents[document], span)
        return verify.quoted(extract, language, whose=whose)

    def title(self, document: str) -> str:
        """How its document is called."""
        return self.index.header(document).title
