"""Which kind a question likely is, by its words and its vector: what its form leaves open.

Question classification (Li and Roth 2002, "Learning question classifiers") by multinomial logistic
regression over runs of words, those that name the subject masked, and the default embedder's
vector: ``benchmarks/fit_kinds.py``.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from askdossier import text

FILE = Path(__file__).with_suffix(".npz")
LEAST = 0.3
"""Probability from which a kind is believed."""
_LONGEST = 3
"""Words of a run."""
_WORD = re.compile(r"\d[\d.,]*|[^\W\d_]+['’]?|[?:,]")


@dataclass(frozen=True, slots=True)
class Likely:
    """What a question may ask for."""

    kind: str = ""
    """Name of the module of its kind; empty in great doubt."""
    probability: float = 0.0


UNKNOWN = Likely()


@dataclass(frozen=True, slots=True)
class Classifier:
    """The regression, and for which vectors it is."""

    embedder: str
    kinds: tuple[str, ...]
    """Names of the modules of the kinds."""
    known: frozenset[str]
    """Words that are not masked."""
    runs: Mapping[str, int]
    """The row of each run of words."""
    by_run: NDArray[np.float16]
    """Shape ``(runs, kinds)``."""
    by_vector: NDArray[np.float32]
    """Shape ``(d, kinds)``."""
    biases: NDArray[np.float32]
    """Shape ``(kinds,)``."""

    def likely(self, question: str, vector: NDArray[np.float32]) -> Likely:
        """The likeliest kind of a question; ``vector`` is its unit vector, shape ``(d,)``."""
        rows = [self.runs[run] for run in runs(question, self.known) if run in self.runs]
        odds = self.by_run[rows].sum(axis=0, dtype=np.float32) + vector @ self.by_vector
        odds += self.biases
        shares = np.exp(odds - odds.max())
        best = int(shares.argmax())
        probability = float(shares[best] / shares.sum())
        return Likely(self.kinds[best], probability) if probability >= LEAST else UNKNOWN


def likely(question: str, vector: NDArray[np.float32], embedder: str) -> Likely:
    """The likeliest kind; none for vectors of another embedder than it was trained for."""
    own = trained()
    return own.likely(question, vector) if own.embedder == embedder else UNKNOWN


def words(question: str) -> list[str]:
    """Its words and signs, folded."""
    return _WORD.findall(text.fold(question))


def runs(question: str, known: Collection[str]) -> frozenset[str]:
    """Its runs of one to three words, with its beginning and its end.

    A figure is a 0; of the words that are not ``known``, one or more in a row are an N where they
    have a capital, or else a W.
    """
    masked = ["^"]
    # Folding keeps the length.
    for found in _WORD.finditer(text.fold(question)):
        word = found.group()
        if word[0].isdigit():
            word = "0"
        elif word not in known:
            word = "N" if found.start() and question[found.start()].isupper() else "W"
            if masked[-1] == word:
                continue
        masked.append(word)
    masked.append("$")
    return frozenset(
        " ".join(masked[start : start + length])
        for length in range(1, _LONGEST + 1)
        for start in range(len(masked) - length + 1)
    )


@cache
def trained() -> Classifier:
    """Read what comes with the package."""
    with np.load(FILE, allow_pickle=False) as stored:
        return Classifier(
            str(stored["embedder"]),
            tuple(map(str, stored["kinds"])),
            frozenset(map(str, stored["known"])),
            {str(run): row for row, run in enumerate(stored["runs"])},
            stored["by_run"],
            stored["by_vector"],
            stored["biases"],
        )
