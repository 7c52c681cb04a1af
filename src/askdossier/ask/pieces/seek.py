"""Find the sentences that may belong to an answer, over all documents."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from askdossier import lang, retrieve, text, verify
from askdossier.ask.case import Case
from askdossier.ask.pieces.choose import MORE, MOST, Choosing
from askdossier.ask.pieces.items import is_item, unit
from askdossier.ask.pieces.vectors import vector
from askdossier.core import Evidence
from askdossier.index import Index
from askdossier.lang.forms import Forms


def sought(case: Case, documents: frozenset[str] | None) -> tuple[Evidence, ...]:
    """The ``MOST`` best sentences for the case's question, best first; none asks something itself.

    ``documents`` are those that may be searched, all if it is None.
    """
    return _found(case, documents, case.query.vector, MOST)


Further = Callable[[Case, Choosing], tuple[Evidence, ...]]
"""Finds more sentences, none that was read already."""


def next_best(documents: frozenset[str] | None) -> Further:
    """What more to look for in these documents: the ``MORE`` that come next for the question."""

    def further(case: Case, choosing: Choosing) -> tuple[Evidence, ...]:
        found = _found(case, documents, case.query.vector, MOST + MORE)
        return _unread(found, choosing)[:MORE]

    return further


def like_chosen(documents: frozenset[str] | None) -> Further:
    """What more to look for in these documents: sentences like those that surely belong.

    The question is moved towards them (Rocchio, "Relevance feedback in information retrieval",
    1971): members of one list are more like one another than like the question.
    """

    def further(case: Case, choosing: Choosing) -> tuple[Evidence, ...]:
        belong = [vector(case.index, piece.evidence) for piece in choosing.sure]
        if not belong:
            return ()
        moved = case.query.vector + np.mean(belong, axis=0)
        found = _found(case, documents, moved / np.linalg.norm(moved), 2 * MOST + MORE)
        return _unread(found, choosing)[:MOST]

    return further


def _unread(found: Sequence[Evidence], choosing: Choosing) -> tuple[Evidence, ...]:
    read = {(one.evidence.document, one.evidence.span) for one in choosing.pieces}
    return tuple(one for one in found if (one.document, one.span) not in read)


def _found(
    case: Case, documents: frozenset[str] | None, towards: NDArray[np.float32], most: int
) -> tuple[Evidence, ...]:
    words = what_of(case.query.text)
    if words != case.query.text and towards is case.query.vector:
        towards = case.tools.embedder().embed_questions([words])[0]
    sentences = ranked(case, retrieve.Query.of(words, towards), documents, most)
    units = (unit(case.index, one) for one in sentences if says_something(case.index, one))
    return tuple({(one.document, one.span): one for one in units}.values())


def ranked(
    case: Case, query: retrieve.Query, documents: frozenset[str] | None, most: int
) -> tuple[Evidence, ...]:
    """The ``most`` best sentences for a query, best first; see ``sought`` for ``documents``."""
    allowed = None if documents is None else case.index.rows_among(documents)
    found = retrieve.retrieve(case.index, query, allowed, case.tools.reranker())
    return retrieve.sentences_in(case.index, query, found, most)


def says_something(index: Index, evidence: Evidence) -> bool:
    """Whether it is a sentence, an item of a list or a row: not a byline or a heading."""
    if " | " in evidence.quote or is_item(index, evidence):
        return True
    return verify.tells(evidence.quote, index.header(evidence.document).language)


def what_of(question: str) -> str:
    """The question without what only says what is to be done: "list all the"."""
    kept = list(question)
    # Folding keeps the length.
    for found in _FRAME.finditer(text.fold(question)):
        kept[slice(*found.span())] = " " * (found.end() - found.start())
    left = " ".join("".join(kept).split())
    return left if any(map(str.isalpha, left)) else question


_FRAME = Forms(lambda known: known.questions.frame)


def remark(case: Case, found: Sequence[Evidence]) -> str:
    """Say how much was looked at for an answer, and whether there is more."""
    words = lang.of(case.language).sayings
    documents = len({item.document for item in found})
    said = words.looked.format(count=len(found), documents=documents)
    return f"{said} {words.further}" if len(found) >= MOST else said
