"""What the steps of an answer hand to one another."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Iterable, Sequence
from dataclasses import dataclass, field

from askdossier import retrieve, text
from askdossier.ask import policy
from askdossier.ask.policy import Policy
from askdossier.ask.policy.signals import Signals
from askdossier.core import (
    Claim,
    Embedder,
    Entailment,
    Evidence,
    Filter,
    Language,
    Reranker,
    Stop,
    Turn,
    Writer,
)
from askdossier.index import Index


@dataclass(frozen=True, slots=True)
class Tools:
    """What answers questions, each loaded at its first call."""

    index: Callable[[], Index]
    embedder: Callable[[], Embedder]
    reranker: Callable[[], Reranker | None]
    writer: Callable[[], Writer]
    judge: Callable[[Stop], Entailment | None]

    def query(self, question: str) -> retrieve.Query:
        """Make a question ready for searching."""
        return retrieve.Query.of(question, self.embedder().embed_questions([question])[0])


@dataclass(frozen=True, slots=True)
class Task:
    """A question as it was asked."""

    question: str
    within: Filter
    history: Sequence[Turn]
    """The turns before it, oldest first."""
    strictness: float
    stop: Stop

    @property
    def language(self) -> Language:
        """That in which it is answered: of the question, where that is one of ours."""
        return text.answer_language(self.question)


class Clock:
    """Seconds since a question was asked, at the moments that have a name."""

    def __init__(self) -> None:
        self._started = time.perf_counter()
        self.timings: dict[str, float] = {}

    def mark(self, name: str) -> float:
        """Give the seconds, and keep them; of a moment that comes again, the last."""
        self.timings[name] = time.perf_counter() - self._started
        return self.timings[name]


@dataclass(frozen=True, slots=True)
class Case:
    """A question that is answered from what it finds."""

    tools: Tools
    task: Task
    language: Language
    index: Index
    query: retrieve.Query
    """The question as it was understood."""
    clock: Clock

    @property
    def policy(self) -> Policy:
        """When to answer with this writer, which is loaded now if need be."""
        return policy.of(self.tools.writer().name)

    def stopped(self) -> bool:
        """Whether nobody waits for the answer any more."""
        return self.task.stop.is_set()


@dataclass(frozen=True, slots=True)
class Reading:
    """What the writer makes of evidence, before it writes anything."""

    evidence: tuple[Evidence, ...]
    signals: Signals
    looked: tuple[Evidence, ...]
    """What of it likeliest answers, by what the writer looks at."""
    unread: int = 0
    """Pieces of it that the writer was not given: see ``core.Choice``."""


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether to answer, and with what."""

    confidence: float
    """Probability that the evidence answers, or the first claim where that was looked at."""
    claims: Generator[Claim] = field(default_factory=lambda: each(()))
    """What is shown, as it comes; none means abstention. Closing it ends the writing."""


def each(claims: Iterable[Claim]) -> Generator[Claim]:
    """Show claims one after the other."""
    yield from claims


def cited(claim: Claim) -> tuple[Evidence, ...]:
    """Give the words that a claim cites as evidence, all of the same score."""
    return tuple(
        Evidence(citation.document, citation.span, citation.quote, 1.0, "")
        for citation in claim.citations
    )


def cites(claim: Claim, evidence: Evidence) -> bool:
    """Whether a claim cites some of that evidence."""
    return any(
        citation.document == evidence.document and citation.span.overlaps(evidence.span)
        for citation in claim.citations
    )
