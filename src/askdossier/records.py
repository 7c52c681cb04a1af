"""The frozen records and protocols passed between the stages, and the errors.

This module knows nothing about files, models or indexes: every other module may import it and it
imports none of them. All offsets are counted in Python characters (code points) of
``Document.text``, end exclusive, so that ``document.text[span.start:span.end]`` is the quote.
"""

from __future__ import annotations

import bisect
import threading
from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
"""Row vectors of unit length, shape ``(n, dimension)``."""

Language = str
"""An ISO 639-1 code: ``fr``, ``en``, …"""


# --- errors ---------------------------------------------------------------------------------------


class DossierError(Exception):
    """Base of every error meant for the user; the message says what to do next."""


class UnreadableDocument(DossierError):
    """One file cannot be read. A sync reports it and goes on with the rest."""


class EmptyCorpus(DossierError):
    """The corpus folder is missing or holds no document that can be indexed."""


class IndexMissing(DossierError):
    """There is no index in the folder."""


class IndexMismatch(DossierError):
    """The index was made with another embedder or schema than the one asked for."""


class IndexBusy(DossierError):
    """Another process is writing the index."""


class SyncStopped(DossierError):
    """A sync was stopped before its end; the index is as it was before."""


class UnconfirmedRemoval(DossierError):
    """A sync would take more out of the index than anybody expects; nothing was changed."""

    def __init__(self, message: str, *, documents: frozenset[str] = frozenset()) -> None:
        """``documents`` names those that would leave: what may be confirmed."""
        super().__init__(message)
        self.documents = documents


class ModelMissing(DossierError):
    """A model, or one of its files, is not on disk, is incomplete or is not what was published."""


class InvalidQuestion(DossierError):
    """The question is empty or too long."""


class InvalidFilter(DossierError):
    """A filter names a document, a date or a language that does not exist, or leaves nothing."""


class InvalidMetadata(DossierError):
    """A statement about a document that makes no sense: an unknown key, a date that is none."""


class InvalidSettings(DossierError):
    """A settings file or environment variable holds something unknown."""


# --- text -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of characters, ``start <= end``."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: {self.start}..{self.end}")

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """The characters of ``text`` that the span covers."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """True when the two spans share at least one character."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """True when ``other`` lies inside this span."""
        return self.start <= other.start and other.end <= self.end

    def shifted(self, by: int) -> Span:
        """The same span, moved by ``by`` characters."""
        return Span(self.start + by, self.end + by)


# --- documents ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Source:
    """Where a document comes from. ``path`` is relative to the corpus, with forward slashes."""

    path: str
    sha256: str
    url: str | None = None
    author: str | None = None
    publisher: str | None = None
    date: str | None = None
    """ISO 8601: a year, a month or a day (``2025``, ``2025-11``, ``2025-11-07``)."""
    licence: str | None = None
    recognised: bool = False
    """True when some of the text was recognised in pictures of pages (OCR), so may have errors."""


@dataclass(frozen=True, slots=True)
class PageStart:
    """Where the text of a page begins in a text of characters."""

    offset: int
    number: int
    """The page, from 1, as a viewer counts them."""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, list item, table row or heading of a file, before cleaning."""

    text: str
    level: int = 0
    """1–6 for a heading, 0 for running text."""
    pages: tuple[PageStart, ...] = ()
    """The page on which it begins, at offset 0, and those on which it goes on; empty in a format
    without pages."""


@dataclass(frozen=True, slots=True)
class Removal:
    """A piece of a file that cleaning took out, or that could not be read, and why."""

    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class RawDocument:
    """What a reader gives: the blocks of one file in reading order, and its metadata."""

    title: str | None
    blocks: tuple[Block, ...]
    source: Source
    lost: tuple[Removal, ...] = ()
    """What the file shows but could not be read, or was left out as the frame of a page."""
    web: bool = False
    """True for a web page, whose text is cleaned of what the page says about itself."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a document: its characters and its level, 1 to 6."""

    span: Span
    level: int


@dataclass(frozen=True, slots=True)
class Document:
    """A cleaned document. ``text`` never changes afterwards: all offsets refer to it."""

    id: str
    """The path relative to the corpus, with forward slashes (the same as ``source.path``)."""
    title: str
    text: str
    language: Language
    source: Source
    headings: tuple[Heading, ...] = ()
    pages: tuple[PageStart, ...] = ()
    """In the order of their offsets in ``text``; empty in a format without pages. The numbers fall
    where a footnote stands behind the paragraph that it interrupted."""

    def page(self, offset: int) -> int | None:
        """The page, from 1, on which the character at ``offset`` stands; None without pages."""
        at = bisect.bisect_right(self.pages, offset, key=lambda start: start.offset)
        return self.pages[at - 1].number if at else None


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on an image, as fractions of its width and height from the top left corner."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class PageImage:
    """A page as it looks, with some words of the document located on it."""

    number: int
    """From 1."""
    width: int
    height: int
    """In pixels, as ``width``."""
    webp: bytes
    """The image file."""
    boxes: tuple[Box, ...]
    """One for each line that the words take up; empty where they could not be located for sure."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Whole sentences of one document, under one heading, that fit the embedder's window."""

    id: str
    document: str
    span: Span
    heading: str
    """The headings above it, outermost first, joined with `` › ``; empty without headings."""
    sentences: tuple[Span, ...]
    """Offsets in the document; in order, not overlapping, all inside ``span``."""
    language: Language = ""
    """Its own, which may not be the document's; empty where nobody has looked."""


@dataclass(frozen=True, slots=True)
class Place:
    """Characters of a document."""

    document: str
    span: Span


# --- retrieval ------------------------------------------------------------------------------------


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


# --- answers --------------------------------------------------------------------------------------

_NEAREST = 5
"""Sentences that an abstaining answer shows."""


@dataclass(frozen=True, slots=True)
class Turn:
    """An earlier question of a conversation, stand-alone, and what was answered."""

    question: str
    answer: str


Support = Literal["supported", "quoted", "partly", "unsupported"]


@dataclass(frozen=True, slots=True)
class Citation:
    """Words of the dossier that support a claim: ``quote == document.text[span]``, exactly."""

    number: int
    """From 1, in order of first appearance in the answer; the same quote keeps its number."""
    document: str
    span: Span
    quote: str
    page: int | None = None
    """The page on which the quote begins, from 1; None in a format without pages."""
    also: tuple[Place, ...] = ()
    """Where else the dossier says the same in nearly the same words."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence of the answer, with what supports it."""

    text: str
    support: Support
    citations: tuple[Citation, ...]
    reason: str = ""
    """Why it is only partly supported or not at all, such as ``700 ≠ 500``; else empty."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a question, as shown."""

    question: str
    language: Language
    claims: tuple[Claim, ...]
    abstained: bool
    message: str
    """What the program says itself: instead of claims when ``abstained`` or at small talk, before
    them where it has counted documents. Empty for an answer made of claims alone."""
    evidence: tuple[Evidence, ...]
    timings: Mapping[str, float] = field(default_factory=dict)
    """Seconds since the question was asked: ``evidence``, ``first_sentence``, ``total``, …"""
    confidence: float | None = None
    """Probability that the evidence answers or, where that was in doubt, where the writer looked at
    something else than it wrote from, or where words are quoted for yes or no, that the first
    sentence does; as compared with the setting ``strictness``. High in an abstention where no
    sentence held. None when it was not judged."""
    standalone: str = ""
    """The question that was answered, when a follow-up had to be made to stand alone."""

    @property
    def text(self) -> str:
        """The whole answer as plain text with ``[n]`` marks."""
        claims = (
            claim.text + "".join(f" [{citation.number}]" for citation in claim.citations)
            for claim in self.claims
        )
        return " ".join(filter(None, (self.message, *claims)))

    @property
    def nearest(self) -> tuple[Evidence, ...]:
        """What an abstaining answer shows: at most five sentences nearest the question, best first.

        Those that only came along with another are not among them.
        """
        own = [item for item in self.evidence if item.role != "neighbour"]
        return tuple(sorted(own, key=lambda item: -item.score)[:_NEAREST])


@dataclass(frozen=True, slots=True)
class Rewritten:
    """First event for a follow-up: the stand-alone question that is answered in its place."""

    question: str
    seconds: float


@dataclass(frozen=True, slots=True)
class EvidenceFound:
    """First event for any other question: the evidence, before the writer has read it.

    It comes once more, with further evidence behind what it held, where the writer reads on.
    """

    evidence: tuple[Evidence, ...]
    seconds: float
    message: str = ""
    """What the answer says of them all, before its claims; see ``Answer.message``."""


@dataclass(frozen=True, slots=True)
class ClaimChecked:
    """A sentence of the answer that has passed its check."""

    claim: Claim
    seconds: float


@dataclass(frozen=True, slots=True)
class Answered:
    """Last event of a stream."""

    answer: Answer


Event = Rewritten | EvidenceFound | ClaimChecked | Answered


# --- syncing --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that could not be indexed, and the reason in words for the user."""

    path: str
    reason: str


UNSUPPORTED = "format not supported"
"""The reason of a failure whose file is of a kind that nothing reads."""


def of_unknown_kinds(failures: Sequence[Failure]) -> str:
    """The files among them that nothing reads, on one line: ``film.mp4, 30 .jpg``; or empty."""
    by_kind: dict[str, list[str]] = {}
    for failure in failures:
        if failure.reason == UNSUPPORTED:
            kind = PurePosixPath(failure.path).suffix.lower()
            by_kind.setdefault(kind or failure.path, []).append(failure.path)
    shown = (
        paths[0] if len(paths) == 1 else f"{len(paths)} {kind}" for kind, paths in by_kind.items()
    )
    return ", ".join(shown)


@dataclass(frozen=True, slots=True)
class SyncReport:
    """What a sync did; paths are relative to the corpus, sorted."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: tuple[str, ...]
    failed: tuple[Failure, ...]
    passages: int
    """Passages in the index after the sync."""
    seconds: float
    stale: tuple[Failure, ...] = ()
    """Documents whose files are there and cannot be read: the index keeps what it had of them."""


@dataclass(frozen=True, slots=True)
class Pending:
    """How the files differ from the index, and so what a sync would do; paths as in SyncReport."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    outdated: bool = False
    """True when files are read in another way now, by a new version or with a new tool."""

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed or self.outdated)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a long piece of work has come. ``total`` is 0 while it is not known."""

    stage: str
    done: int
    total: int
    unit: str = ""
    detail: str = ""


Report = Callable[[Progress], None]
"""Called now and then during long work; must be cheap and must not raise."""


# --- models ---------------------------------------------------------------------------------------


class Stop(threading.Event):
    """Set from another thread to make a running computation return as soon as it can."""


@dataclass(frozen=True, slots=True)
class ModelStatus:
    """A model of the catalogue and how far it is on this machine."""

    name: str
    role: Literal["embedder", "writer"]
    tier: Literal["default", "light"]
    title: str
    licence: str
    size: int
    """Bytes to download."""
    source: str
    state: Literal["missing", "partial", "ready", "damaged"]
    folder: Path


@dataclass(frozen=True, slots=True)
class Prompt:
    """What the writer reads: instructions and a request, put into the model's chat template."""

    system: str
    user: str
    parts: tuple[Span, ...] = ()
    """Places in ``user``; how much the writer looks at each is told in ``Choice.attention``."""


class Embedder(Protocol):
    """Turns text into unit vectors. Knows nothing about documents or indexes."""

    name: str
    """Says which vectors these are: model, revision or hash, and precision."""
    dimension: int
    max_tokens: int
    """Longest passage in tokens, special tokens and prefix left out."""

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Tokens of each text, without special tokens and prefix."""
        ...

    def embed_questions(self, texts: Sequence[str]) -> Vectors:
        """One row per question."""
        ...

    def embed_passages(
        self,
        texts: Sequence[str],
        parts: Sequence[Sequence[Span]],
        report: Report | None = None,
    ) -> tuple[Vectors, Vectors]:
        """One row per text, and one row per part (a sentence) of each text, in the order given.

        ``parts[i]`` are offsets inside ``texts[i]``; the second array has
        ``sum(len(p) for p in parts)`` rows.
        """
        ...


@dataclass(frozen=True, slots=True)
class Choice:
    """How a writer would begin its reply to a prompt."""

    probabilities: tuple[float, ...]
    """Of each option that it was given; they sum to 1."""
    state: NDArray[np.float32] | None = field(default=None, compare=False, repr=False)
    """Its hidden state at 70 % of its depth, shape ``(2, d)``: behind the prompt, and behind the
    prefix. None where that cannot be looked at. A trained head may read there more than the writer
    says (Kadavath et al. 2022, arXiv:2207.05221, section 5)."""
    attention: NDArray[np.float32] | None = field(default=None, compare=False, repr=False)
    """Attention from behind the prefix to each of the prompt's parts, shape ``(layers, heads,
    parts)``. None where that cannot be looked at."""


class Writer(Protocol):
    """A language model that continues a prompt. Knows nothing about evidence or citations."""

    name: str

    def count_tokens(self, prompt: Prompt) -> int:
        """Tokens of the prompt inside the chat template."""
        ...

    def choose(
        self, prompt: Prompt, options: Sequence[str], stop: Stop, *, prefix: str = ""
    ) -> Choice:
        """Weigh the options as beginnings of the reply.

        Options must differ in their first token. What is read (prefill) is kept, so that a
        ``stream`` of the same prompt right afterwards does not read it again; nor its ``prefix``
        where that is named here, which costs less than on its own.
        """
        ...

    def stream(
        self, prompt: Prompt, stop: Stop, *, prefix: str = "", max_tokens: int = 160
    ) -> Generator[str]:
        """Pieces of the reply after ``prefix``, as they are written; greedy decoding.

        Ends at once when ``stop`` is set, and frees the processor when the iterator is closed.
        """
        ...


class Reranker(Protocol):
    """Says how well passages answer a question, reading both together; slower than vectors."""

    name: str

    def relevance(self, question: str, passages: Sequence[str]) -> list[float]:
        """Score of each passage, the higher the better, on any scale."""
        ...


class Entailment(Protocol):
    """Says whether a text entails another. Knows nothing about answers or citations."""

    name: str

    def entailment(self, pairs: Sequence[tuple[str, str]]) -> list[float]:
        """Probability that the first text of each pair entails the second."""
        ...
