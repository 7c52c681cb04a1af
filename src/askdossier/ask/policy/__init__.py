"""When to answer: how likely what was read answers the question, and what is done in doubt.

What is learned of one writer's hidden states and attention is ``Probed``; what a user had fitted
for another is ``Calibrated``; what holds for any other is ``Plain``. Nothing else asks which writer
it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol, runtime_checkable

from askdossier import core
from askdossier.ask.policy import calibrated, plain, probed
from askdossier.ask.policy.signals import Signals
from askdossier.core import Calibration, Choice, Evidence, Profile, Writer

QUOTE_FROM = 0.6
"""Probability from which evidence may be quoted for a writer of which nothing was learned, when no
drafted sentence holds at all; chosen on the sample questions."""
POSSIBLE = 0.15
"""Probability from which an abstaining answer offers what may answer, which the reader must judge;
chosen by ``benchmarks/abstention.py``."""
HOPELESS = 0.5
"""Share of the strictness below which evidence is not worth a draft; above it, what the draft cites
may still tell."""


class Policy(Protocol):
    """Reads in a writer, as far as it can, whether the evidence answers, and which of it."""

    @property
    def calibrated(self) -> bool:
        """Whether it was learned of this very writer."""
        ...

    def probability(self, signals: Signals) -> float:
        """Calibrated probability that the evidence answers."""
        ...

    def may_change(self, signals: Signals, strictness: float) -> bool:
        """Whether ``confirmed`` is worth asking the writer again, if only for what it gives."""
        ...

    def confirmed(self, signals: Signals, quotes: Choice) -> float:
        """Calibrated probability that words of the evidence answer, or a sentence that cites them.

        ``signals`` are those of all the evidence; ``quotes`` is what the writer then makes of
        these words alone, or of the sentence with them.
        """
        ...

    def reads_on(self, signals: Signals) -> bool:
        """Whether further evidence is to be read: where it can tell which is better."""
        ...

    def looked_at(self, judged: Choice, evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
        """Give the evidence that likeliest answers by what the writer looks at, likeliest first.

        ``judged`` is what it made of this evidence. What is nearly as likely comes along. Empty
        where nothing was learned of what it looks at.
        """
        ...


@runtime_checkable
class Discerning(Policy, Protocol):
    """A ``Policy`` that tells by what the writer looks at which pieces of evidence it needs.

    Of any other policy's writer nothing tells but its own words: it is asked.
    """

    @property
    def at_once(self) -> int:
        """How many pieces of evidence ``belonging`` tells apart in one reading."""
        ...

    def belonging(self, judged: Choice, evidence: Sequence[Evidence]) -> tuple[float, ...]:
        """Log-odds of each piece of evidence that it is part of an answer, but for a constant.

        ``judged`` is what the writer made of all of it.
        """
        ...


def profile(writer: Writer) -> Profile:
    """Tell what is known of a writer, with whether anything was learned of it."""
    return replace(core.profile(writer), calibrated=of(writer.name).calibrated)


def of(writer: str) -> Policy:
    """Give the policy for the writer of that name."""
    learned = probed.trained()
    if learned.reads(writer):
        return probed.Probed(learned)
    card = calibrated.of(writer)
    return calibrated.Calibrated(card) if card and card.current else plain.Plain()


def calibration(writer: str) -> Calibration | None:
    """Tell what a user had fitted for the writer of that name; None where its card is not used."""
    if probed.trained().reads(writer):
        return None
    card = calibrated.of(writer)
    return calibrated.told(card) if card else None
