"""Tiny deterministic models for tests of the whole path: obvious fakes, no neural net."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, field

from askdossier.core import Choice, Prompt, Stop
from index_fakes import FakeEmbedder

__all__ = ["FakeEmbedder", "FakeWriter", "first_excerpt"]


def first_excerpt(prompt: Prompt) -> str:
    """Copy the first excerpt of the prompt: a model that quotes."""
    return next((line[2:] for line in prompt.user.splitlines() if line.startswith("- ")), "Rien.")


@dataclass
class FakeWriter:
    """Says what it is told to say, piece by piece, and remembers what it was asked."""

    reply: str | Callable[[Prompt], str] = first_excerpt
    yes: float = 1.0
    """What it answers when asked whether the excerpts hold the answer."""
    needs: str = ""
    """What it replies when asked for numbers of sentences; empty: all of them."""
    numbered: list[Prompt] = field(default_factory=list)
    """Those that asked for numbers."""
    name: str = "fake-writer"
    prompts: list[Prompt] = field(default_factory=list)
    """Those that it began to answer."""
    pieces: int = 0
    """Pieces of replies that were read."""
    closed: int = 0
    """Replies that ended, for whatever reason."""

    def count_tokens(self, prompt: Prompt) -> int:
        return len(f"{prompt.system} {prompt.user}".split())

    def choose(
        self, prompt: Prompt, options: Sequence[str], stop: Stop, *, prefix: str = ""
    ) -> Choice:
        others = len(options) - 1
        return Choice((self.yes, *((1 - self.yes) / others for _ in range(others))))

    def stream(
        self, prompt: Prompt, stop: Stop, *, prefix: str = "", max_tokens: int = 160
    ) -> Generator[str]:
        if _asks_for_numbers(prompt):
            self.numbered.append(prompt)
            reply = self.needs or f"1-{len(prompt.parts)}"
        else:
            self.prompts.append(prompt)
            reply = self.reply if isinstance(self.reply, str) else self.reply(prompt)
        try:
            for piece in reply.split(" ")[:max_tokens]:
                if stop.is_set():
                    return
                self.pieces += 1
                yield f"{piece} "
        finally:
            self.closed += 1


def _asks_for_numbers(prompt: Prompt) -> bool:
    return any(line.startswith("1. ") for line in prompt.user.splitlines()[1:2])
