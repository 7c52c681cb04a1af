"""Find the sentences that may belong to an answer, over all documents."""

from __future__ import annotations

from collections.abc import Sequence

from askdossier import lang, retrieve
from askdossier.ask.case import Case
from askdossier.core import Evidence

MOST = 24
"""Sentences that the writer reads: three prompts of eight."""


def sought(case: Case, documents: frozenset[str] | None) -> tuple[Evidence, ...]:
    """The ``MOST`` best sentences for the case's question, best first; none asks something itself.

    ``documents`` are those that may be searched, all if it is None.
    """
    allowed = None if documents is None else case.index.rows_among(documents)
    found = retrieve.retrieve(case.index, case.query, allowed, case.tools.reranker())
    return retrieve.sentences_in(case.index, case.query, found, MOST)


def remark(case: Case, found: Sequence[Evidence]) -> str:
    """Say how much was looked at for an answer, and whether there is more."""
    words = lang.of(case.language).sayings
    documents = len({item.document for item in found})
    said = words.looked.format(count=len(found), documents=documents)
    return f"{said} {words.further}" if len(found) >= MOST else said
