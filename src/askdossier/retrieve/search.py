"""From a question to passages and evidence."""

from __future__ import annotations

from askdossier.index import Index, Rows
from askdossier.records import Evidence, Hit
from askdossier.retrieve.evidence import chosen
from askdossier.retrieve.passages import KEPT, candidates, without_repeats
from askdossier.retrieve.query import Query


def retrieve(
    index: Index, query: Query, allowed: Rows | None = None
) -> tuple[tuple[Hit, ...], tuple[Evidence, ...]]:
    """Give the best ``KEPT`` passages, best first, and the evidence sentences.

    ``allowed`` are the rows that may be searched, all if it is None. Passages that repeat a better
    one are only named by it. Evidence comes document by document, the best first, in reading order
    within each; sentences that say the same as a better one are left out. Both are empty only when
    there is nothing to search.
    """
    found = without_repeats(index, candidates(index, query, allowed))[:KEPT]
    return tuple(one.hit for one in found), chosen(index, query, found)
