"""What can be asked of a server of language models, whichever kind it is."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from askdossier.core import Stop, WriterFailed
from askdossier.models.writers.trouble import Refusal


@dataclass(frozen=True, slots=True)
class Asked:
    """One request."""

    system: str
    user: str
    most: int
    """Tokens of the reply."""
    beginning: str = ""
    """Of the reply, with which the writer is to go on."""
    logprobs: bool = False
    form: Mapping[str, Any] | None = None
    """JSON schema to which the reply is held."""
    temperature: float = 0.0
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Piece:
    """Some of a reply."""

    text: str = ""
    thought: bool = False
    """Whether it thinks, where the server keeps that apart; the thoughts are left out."""
    likely: Mapping[str, float] = field(default_factory=dict)
    """Probabilities of tokens in its place."""
    end: str = ""
    """Why the reply ends with it: ``length`` where it was cut; else any word."""
    read: int = 0
    """Tokens of the prompt, where the server tells."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a server says of itself, without being asked to write."""

    name: str
    context: int | None = None
    at_once: int = 1
    parameters: int | None = None
    sent_on_to: str = ""
    """The origin of another server that really writes; empty where this one does."""


class Api(Protocol):
    """How one kind of server is asked."""

    origin: str
    here: bool

    def look(self, stop: Stop) -> Found:
        """See which model there is. Raises WriterFailed."""
        ...

    def reply(self, asked: Asked, stop: Stop) -> Generator[Piece]:
        """Pieces of the reply, the last with ``end``. Raises Refusal, WriterFailed."""
        ...

    def failed(self, refusal: Refusal) -> WriterFailed:
        """Put a refusal into words."""
        ...

    def broken_off(self) -> WriterFailed:
        """What to say of a reply that has no end."""
        ...
