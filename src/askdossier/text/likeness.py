"""Which sentences say the same in nearly the same words.

`fingerprints` finds likely pairs fast, by MinHash over the stems of a sentence and banding (Broder
1997; Leskovec, Rajaraman, Ullman, *Mining of Massive Datasets*, chapter 3); `says_the_same` then
compares two sentences themselves. It is strict, because its verdict is shown as "also said by":
figures, names and negations must agree, whatever the rest.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from askdossier.core import Language
from askdossier.text.normal import fold
from askdossier.text.tokens import search_tokens

BANDS = 8
"""Numbers of a fingerprint."""
_ROWS = 3
"""Hash functions in a band."""
AGREEING = 2
"""Bands that agree in two sentences that may say the same. At 0.85 of shared stems they do in 993
of 1,000, at 0.3 in 18: two, not one, keeps a large dossier from being compared with itself."""
_ALIKE = 0.85
"""Share of stems (Jaccard) from which two sentences may say the same."""
_FEWEST = 5
"""Stems: a shorter sentence ("Il a dit oui.") means something else elsewhere."""

_random = np.random.default_rng(20240229)
_FACTORS = _random.integers(1, 2**63, size=(BANDS * _ROWS, 1), dtype=np.uint64) | np.uint64(1)
_MIX = _random.integers(1, 2**63, size=_ROWS, dtype=np.uint64) | np.uint64(1)
_HIGH = np.uint64(32)

_WORD = re.compile(r"[^\W\d_]+")
_NEGATIONS = frozenset(
    "pas point aucun aucune jamais rien sans non ni ne n contre hors sauf not no never nor none "
    "nothing without against except t cannot".split()
)

Fingerprints = NDArray[np.uint32]
"""One row per sentence, shape ``(n, BANDS)``; zeros for a sentence too short to be compared."""


def fingerprints(sentences: Sequence[str], language: Language) -> Fingerprints:
    """Fingerprint each sentence: two that are alike agree in ``AGREEING`` columns."""
    found = np.zeros((len(sentences), BANDS), dtype=np.uint32)
    for row, sentence in enumerate(sentences):
        stems = set(search_tokens(sentence, {language}))
        if len(stems) < _FEWEST:
            continue
        numbers = np.array([zlib.crc32(stem.encode()) for stem in stems], dtype=np.uint64)
        least = ((numbers + np.uint64(1)) * _FACTORS >> _HIGH).min(axis=1).reshape(BANDS, _ROWS)
        found[row] = (least * _MIX).sum(axis=1, dtype=np.uint64) >> _HIGH
    return found


def says_the_same(some: str, other: str, language: Language) -> bool:
    """Whether two sentences have nearly the same words, and all figures, names, negations."""
    ours, theirs = (set(search_tokens(text, {language})) for text in (some, other))
    if min(len(ours), len(theirs)) < _FEWEST:
        return False
    if len(ours & theirs) < _ALIKE * len(ours | theirs):
        return False
    if any(any(map(str.isdigit, stem)) for stem in ours ^ theirs):
        return False
    return _names(some, language) == _names(other, language) and _negations(some) == _negations(
        other
    )


def _names(sentence: str, language: Language) -> set[str]:
    """Words with a capital, but for those that carry no meaning by themselves ("Le")."""
    capital = [word for word in _WORD.findall(sentence) if word[0].isupper()]
    return set(search_tokens(" ".join(capital), {language}))


def _negations(sentence: str) -> Counter[str]:
    return Counter(word for word in _WORD.findall(fold(sentence)) if word in _NEGATIONS)
