"""What a question searches, and what it finds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from askdossier.core.documents import Passage
from askdossier.core.spans import Language, Place, Span


@dataclass(frozen=True, slots=True)
class Filter:
    """Which documents may be searched. Every field that is set must hold."""

    documents: frozenset[str] = frozenset()
    """Ids, or parts of a path or title, whatever their case and accents; empty: all."""
    author: str = ""
    """Part of the name, whatever its case and accents."""
    publisher: str = ""
    after: str = ""
    """ISO 8601 year, month or day: the document's date is this or later."""
    before: str = ""
    """ISO 8601: the document's date is before this."""
    language: Language = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """A retrieved passage. Ranks count from 1; None when that ranking did not return it."""

    passage: Passage
    score: float
    dense: float | None
    dense_rank: int | None
    lexical: float | None
    lexical_rank: int | None
    words: tuple[str, ...] = ()
    """Words of the question that stand in it or above it, as written in the question."""
    phrases: tuple[str, ...] = ()
    """What the question quotes and it holds to the letter."""
    also: tuple[str, ...] = ()
    """Ids of worse passages that say the same and were left out."""
    relevance: float | None = None
    """What the reranker says, by which the passages are then ordered; None without one."""


Role = Literal["match", "neighbour", "second source"]
"""Why a sentence is evidence: by its own score, because it stands beside one that is, or because
the question asks for several sources and it stands in another document."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence of the dossier that may answer the question."""

    document: str
    span: Span
    quote: str
    score: float
    passage: str
    """Id of the passage it stands in."""
    also: tuple[Place, ...] = ()
    """Other sentences of the dossier that say the same in nearly the same words."""
    role: Role = "match"
    asked: str = ""
    """The heading right above it where that is a question, to which it belongs as an answer."""
