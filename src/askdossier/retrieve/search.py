"""From a question to passages and evidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from askdossier.index import Index, Rows
from askdossier.records import Evidence, Hit, Reranker
from askdossier.retrieve.evidence import chosen
from askdossier.retrieve.passages import KEPT, Candidate, candidates, without_repeats
from askdossier.retrieve.query import Query

RERANKED = 5
"""Passages that evidence is drawn from when a reranker has ordered them."""


def retrieve(
    index: Index,
    query: Query,
    allowed: Rows | None = None,
    reranker: Reranker | None = None,
    read: Sequence[Evidence] = (),
) -> tuple[tuple[Hit, ...], tuple[Evidence, ...]]:
    """Give the best ``KEPT`` passages, best first, and the evidence sentences.

    ``allowed`` are the rows that may be searched, all if it is None. A ``reranker`` orders the
    passages anew; evidence then comes from the best of them alone. Passages that repeat a better
    one are only named by it. Evidence comes document by document, the best first, in reading order
    within each; sentences that say the same as a better one are left out. If evidence was ``read``
    before, it is what comes next, if anything does. Else both are empty only when there is nothing
    to search.
    """
    found = without_repeats(index, candidates(index, query, allowed))[:KEPT]
    if reranker is not None:
        found = _reranked(index, query, found, reranker)
    best = found if reranker is None else found[:RERANKED]
    return tuple(one.hit for one in found), chosen(index, query, best, read)


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
