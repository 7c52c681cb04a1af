"""What is known of a writer: where it runs, what it can do, when it may be trusted."""

from __future__ import annotations

from dataclasses import dataclass

USUAL_CONTEXT = 4096
"""Tokens taken for the context of a writer that does not tell."""

THOUGHTS = 2048
"""Tokens that a writer gets besides where it cannot be told not to think."""


@dataclass(frozen=True, slots=True)
class Profile:
    """What was found out about a writer at its first use; it is kept with each answer."""

    name: str
    """With its revision or quantisation, as far as that is known."""
    server: str = ""
    """Scheme, host and port of the server that it is behind; empty in this process."""
    leaves: bool = False
    """Whether what it reads leaves this machine."""
    context: int | None = None
    """Tokens of a prompt and its reply; None where that is not known."""
    at_once: int = 1
    """Replies that it writes at the same time."""
    logprobs: bool = True
    """Whether it tells how probable a reply's first word was."""
    schema: bool = True
    """Whether its replies can be held to a form."""
    prefill: bool = True
    """Whether it goes on with a reply whose beginning is given."""
    thinks: bool = False
    """Whether it thinks before it replies and cannot be told not to."""
    calibrated: bool = False
    """Whether it was learned when to trust it; the others are taken strictly."""
    parameters: int | None = None
    """How many the model has, of a mixture of experts all of them; None where nothing tells."""

    def tokens(self, reply: int) -> int:
        """Tokens of a reply with all that comes before it."""
        return reply + (THOUGHTS if self.thinks else 0)

    def room(self, reply: int) -> int | None:
        """Tokens that a prompt may have; None where no limit is known, as in this process."""
        if self.context is None and not self.server:
            return None
        return (self.context or USUAL_CONTEXT) - self.tokens(reply)


@dataclass(frozen=True, slots=True)
class Calibration:
    """What was learned of when a writer may be trusted, by ``askdossier calibrate``."""

    date: str
    """ISO 8601."""
    readings: int
    """How often it was asked whether evidence answers."""
    strictness: float
    """The usual one, at which the shares hold."""
    hallucination: float
    """Of evidence that does not answer, the share that is taken to; from 0 to 1."""
    error: float
    """Of evidence that answers, the share that is not taken to."""
    current: bool
    """Whether it still holds; else the prompts have changed, and the writer is not calibrated."""
