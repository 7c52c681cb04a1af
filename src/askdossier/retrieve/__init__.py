"""Find the passages, then the sentences, that may answer a question.

Knows nothing about models: a question comes as text and as a vector, and a reranker, if there is
one, as a ``records.Reranker``.
"""

from askdossier.retrieve.evidence import EVIDENCE
from askdossier.retrieve.filters import documents
from askdossier.retrieve.passages import CANDIDATES, KEPT, candidates, neighbourhood
from askdossier.retrieve.query import Query
from askdossier.retrieve.search import retrieve

__all__ = [
    "CANDIDATES",
    "EVIDENCE",
    "KEPT",
    "Query",
    "candidates",
    "documents",
    "neighbourhood",
    "retrieve",
]
