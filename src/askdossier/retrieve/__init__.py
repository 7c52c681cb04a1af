"""Find the passages, then the sentences, that may answer a question.

Knows nothing about models: a question comes as text and as a vector, and a reranker, if there is
one, as a ``core.Reranker``.
"""

from askdossier.retrieve.evidence import EVIDENCE, evidence_in, sentences_in
from askdossier.retrieve.filters import documents
from askdossier.retrieve.passages import (
    CANDIDATES,
    KEPT,
    Candidate,
    candidates,
    neighbourhood,
    next_in_section,
)
from askdossier.retrieve.query import Query
from askdossier.retrieve.search import retrieve

__all__ = [
    "CANDIDATES",
    "EVIDENCE",
    "KEPT",
    "Candidate",
    "Query",
    "candidates",
    "documents",
    "evidence_in",
    "neighbourhood",
    "next_in_section",
    "retrieve",
    "sentences_in",
]
