"""What a model must be able to do, whichever it is, and what passes to and from it."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from askdossier.core.profile import Profile
from askdossier.core.spans import Span
from askdossier.core.work import Report, Stop

Vectors = NDArray[np.float32]
"""Row vectors of unit length, shape ``(n, dimension)``."""


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
class WriterOffer:
    """A writer that can be chosen while the program runs."""

    spec: str
    """As the settings name it."""
    title: str = ""
    """What it is called besides; empty for nothing."""


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
    unread: int = 0
    """The last of the prompt's parts that were left out, since its context is too short."""


class Writer(Protocol):
    """A language model that continues a prompt. Knows nothing about evidence or citations.

    It may be a ``Probe``, ``Counting``, ``Numbering`` and ``Profiled`` as well.
    """

    name: str

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


@runtime_checkable
class Probe(Protocol):
    """A writer into which can be looked while it reads."""

    def examine(
        self, prompt: Prompt, options: Sequence[str], stop: Stop, *, prefix: str = ""
    ) -> Choice:
        """Weigh the options as ``Writer.choose``, and show the state and attention behind that."""
        ...


@runtime_checkable
class Counting(Protocol):
    """A writer that says how long a prompt is."""

    def count_tokens(self, prompt: Prompt) -> int:
        """Tokens of the prompt inside the chat template, at least about."""
        ...


@runtime_checkable
class Numbering(Protocol):
    """A writer that replies with numbers of a prompt's parts better than by ``Writer.stream``."""

    def numbers(self, prompt: Prompt, stop: Stop, *, max_tokens: int) -> tuple[str, int]:
        """Give the whole reply to a prompt that asks for numbers of its parts, from 1.

        It is held to a form where that can be had, and is to be read for numbers as any other. With
        it, how many of the last parts were left out, since its context is too short.
        """
        ...


@runtime_checkable
class Profiled(Protocol):
    """A writer of which more is known than its name."""

    profile: Profile


def profile(writer: Writer) -> Profile:
    """Tell what is known of a writer."""
    return writer.profile if isinstance(writer, Profiled) else Profile(writer.name)


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
