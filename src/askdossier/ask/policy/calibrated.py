"""When to answer with a writer that was calibrated: what its card says of it.

A card is fitted by ``askdossier.calibration`` on questions whose answers are known, for one writer
behind one set of prompts, and kept in the user's cache. Where the prompts have changed since, it
says nothing about the writer any more.
"""

from __future__ import annotations

import hashlib
import logging
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import platformdirs

from askdossier import files, settings
from askdossier.ask import prompts
from askdossier.ask.policy.plain import Plain
from askdossier.ask.policy.signals import (
    BEST_CENTRE,
    Signals,
    log_odds,
    logistic,
    sure_from,
    unit,
)
from askdossier.core import Calibration, Choice, Language

COST = 2
"""Abstentions that an answer beside the point is worth."""
USUAL = settings.Settings().strictness
SHIFT = log_odds(USUAL) - math.log(COST)
"""Added to calibrated log-odds, so that at the usual strictness an answer is given from where it
costs less than none: where it is ``COST`` times as likely as not that the evidence answers, if
half of all questions can be answered."""

_PRECISION = re.compile(r" (?:int8|bfloat16)\Z")
"""What a writer in this process has behind its name, and which changes little of what it says."""
_SUFFIX = ".json"

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Rates:
    """What a strictness costs: shares of readings from 0 to 1, by cross-validation."""

    strictness: float
    hallucination: float
    """Of the evidence that does not answer: taken to answer."""
    error: float
    """Of the evidence that answers: not taken to."""


@dataclass(frozen=True, slots=True)
class Card:
    """What was learned of one writer, on which questions, and how well it does."""

    writer: str
    """Its name, without its precision."""
    prompts: str
    """``prompts.fingerprint``, checked, of those behind which it was asked."""
    date: str
    """ISO 8601."""
    embedder: str
    """Which gave the scores of the evidence."""
    questions: str
    """Digest of what was asked."""
    readings: int
    answered: int
    """Of these, how many had evidence that answers."""
    auc: float
    """Area under the ROC curve of the judgement, by cross-validation: 0.5 says nothing."""
    rates: tuple[Rates, ...]
    intercept: float
    judgement: float
    """Coefficient of the log-odds of its Yes,"""
    best: float
    """and of the best score above ``BEST_CENTRE``."""
    languages: Mapping[Language, float]
    """Log-odds by which a Yes says more, or less, where the question is in that language."""
    head: tuple[tuple[float, ...], ...] = field(default=(), repr=False)
    """Weights for its states, shape ``(2, d)``, each of which is scaled to unit length; empty where
    they cannot be read, or add nothing to what it says."""
    second: tuple[float, ...] = ()
    """Of a second look, ``draft.right``: the intercept, and what the log-odds of the first one and
    those of its Yes then count. Empty where that adds nothing."""

    @property
    def current(self) -> bool:
        """Whether the prompts are still those behind which it was fitted."""
        return self.prompts == prompts.fingerprint(checked=True)

    def at(self, strictness: float) -> Rates:
        """What the nearest strictness costs of those that were looked at."""
        return min(self.rates, key=lambda one: abs(one.strictness - strictness))

    def log_odds(self, signals: Signals) -> float:
        """Log-odds that the evidence answers. Raises ValueError where a state is lacking."""
        odds = self.intercept + self.judgement * log_odds(signals.judgement)
        odds += self.best * (signals.best - BEST_CENTRE)
        odds += self.languages.get(signals.language, 0.0)
        if self.head:
            if signals.state is None:
                raise ValueError("the writer's state cannot be read")
            odds += float((unit(signals.state) * np.asarray(self.head)).sum())
        return odds


@dataclass(frozen=True, slots=True)
class Calibrated(Plain):
    """The policy for a writer that has a card: see ``Policy``.

    It reads nothing on, as any writer of whose attention nothing is known.
    """

    card: Card
    calibrated = True

    def probability(self, signals: Signals) -> float:
        """As the card says; as of any writer, where its state should be read and cannot."""
        if not self._reads(signals):
            return Plain.probability(self, signals)
        return logistic((SHIFT, 1.0), (self.card.log_odds(signals),))

    def may_change(self, signals: Signals, strictness: float) -> bool:
        """Where that leaves a doubt, and a second look has told more."""
        if not (self.card.second and self._reads(signals)):
            return False
        return self.probability(signals) < sure_from(strictness)

    def confirmed(self, signals: Signals, quotes: Choice) -> float:
        """As the card says of both looks, where a second one has told more."""
        if not (self.card.second and self._reads(signals)):
            return self.probability(signals)
        intercept, *weights = self.card.second
        known = self.card.log_odds(signals), log_odds(quotes.probabilities[0])
        return logistic((intercept + SHIFT, *weights), known)

    def _reads(self, signals: Signals) -> bool:
        return not self.card.head or signals.state is not None


# --- cards on disk --------------------------------------------------------------------------------


def folder() -> Path:
    """Where cards are, and what is kept while one is made."""
    return Path(platformdirs.user_cache_dir("askdossier", appauthor=False)) / "calibration"


def known_as(writer: str) -> str:
    """The name of a writer without its precision."""
    return _PRECISION.sub("", writer)


def stem(writer: str) -> str:
    """What the files of a writer are called: part of its name to read, and a digest of it all."""
    name = known_as(writer)
    digest = hashlib.sha256(name.encode()).hexdigest()[:10]
    return f"{re.sub(r'[^A-Za-z0-9.@-]+', '-', name)[:60].strip('-.')}-{digest}"


def write(card: Card) -> Path:
    """Keep a card; gives its file. Raises OSError."""
    folder().mkdir(parents=True, exist_ok=True)
    path = folder() / f"{stem(card.writer)}{_SUFFIX}"
    files.write(path, files.sealed(asdict(card)))
    return path


def of(writer: str) -> Card | None:
    """The card of the writer of that name, in whatever precision; also one not ``current``."""
    card = _at(folder() / f"{stem(writer)}{_SUFFIX}")
    return card if card and card.writer == known_as(writer) else None


def cards() -> Iterator[Card]:
    """All cards, by the names of their files."""
    yield from filter(None, map(_at, sorted(folder().glob(f"*{_SUFFIX}"))))


def told(card: Card) -> Calibration:
    """What a reader is told of a card."""
    usual = card.at(USUAL)
    return Calibration(
        card.date, card.readings, USUAL, usual.hallucination, usual.error, card.current
    )


def _at(path: Path) -> Card | None:
    try:
        state = path.stat()
    except OSError:
        return None
    return _read(path, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=16)
def _read(path: Path, changed: int, size: int) -> Card | None:
    """Read a card once after each change; None for one that is damaged, which counts for none."""
    del changed, size
    try:
        return _card(files.unsealed(path.read_bytes()))
    except (OSError, ValueError, KeyError, TypeError):
        _log.warning("%s cannot be read: run askdossier calibrate again", path)
        return None


def _card(plain: dict[str, Any]) -> Card:
    rates = tuple(Rates(**one) for one in plain.pop("rates"))
    head: Sequence[Sequence[float]] = plain.pop("head")
    second = tuple(plain.pop("second", ()))  # older cards know of none
    return Card(**plain, rates=rates, head=tuple(map(tuple, head)), second=second)
