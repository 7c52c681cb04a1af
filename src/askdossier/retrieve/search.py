"""From a question to passages, best first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from askdossier.core import Reranker
from askdossier.index import Index, Rows
from askdossier.retrieve.passages import KEPT, Candidate, candidates, without_repeats
from askdossier.retrieve.query import Query


def retrieve(
    index: Index,
    query: Query,
    allowed: Rows | None = None,
    reranker: Reranker | None = None,
) -> list[Candidate]:
    """Give the best ``KEPT`` passages, best first; none only when there is nothing to search.

    ``allowed`` are the rows that may be searched, all if it is None. A ``reranker`` orders the
    passages anew. Passages that repeat a better one are only named by it.
    """
    found = without_repeats(index, candidates(index, query, allowed))[:KEPT]
    return found if reranker is None else _reranked(index, query, found, reranker)


def _reranked(
    index: Index, query: Query, found: Sequence[Candidate], reranker: Reranker
) -> list[Candidate]:
    texts = []
    for one in found:
        passage = one.hit.passage
        document = index.documents[passage.document]
        above = (document.title, passage.heading, passage.span.of(document.text))
        texts.append("\n".join(filter(None, above)))
    judged = [
        replace(one, hit=replace(one.hit, relevance=relevance))
        for one, relevance in zip(found, reranker.relevance(query.text, texts), strict=True)
    ]
    return sorted(judged, key=lambda one: (-len(one.hit.phrases), -(one.hit.relevance or 0.0)))
