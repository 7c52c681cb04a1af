"""Cosines in which what the passages have in common counts for little.

Where all documents treat of one subject, their vectors lie close together and differ in few
directions; plain cosines then tell mostly how near a passage is to the subject.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

_SAMPLE = 5_000
"""Passages, spread evenly, from which mean and covariance are taken."""
_KEPT = 3.0
"""How much of every direction stays as it is, in mean variances: large, the vectors are only
centred; small, directions in which passages hardly differ are blown up."""
_FEW = 100
"""As many passages count for half of what they say: a few have things in common by chance."""
_TINY = 1e-9


class Whitening:
    """A soft whitening, fitted on the passages themselves, shrunk towards none where they are few.

    See Su et al. 2021, "Whitening sentence representations for better semantics and faster
    retrieval", arXiv:2103.15316; the part added to the diagonal is Ledoit and Wolf's idea.
    """

    def __init__(self, vectors: NDArray[np.floating[Any]]) -> None:
        """Fit on unit vectors, shape ``(n, d)``; they may be memory-mapped."""
        count, dimension = vectors.shape
        chosen = np.unique(np.linspace(0, max(count - 1, 0), min(count, _SAMPLE)).astype(np.int64))
        sample = vectors[chosen].astype(np.float64)
        share = len(sample) / (len(sample) + _FEW)
        mean = sample.sum(axis=0) / max(len(sample), 1)
        centred = sample - mean
        covariance = centred.T @ centred / max(len(sample), 1)
        added = _KEPT * np.trace(covariance) / dimension + _TINY
        factor = np.linalg.cholesky(share * covariance + added * np.eye(dimension))
        self._mean = (share * mean).astype(np.float32)
        self._whiten = np.linalg.inv(factor).T.astype(np.float32)

    def cosines(
        self, vectors: NDArray[np.floating[Any]], question: NDArray[np.float32]
    ) -> NDArray[np.float32]:
        """Compare vectors, shape ``(n, d)``, with that of a question, ``(d,)``."""
        cosines: NDArray[np.float32] = self._whitened(vectors) @ self._whitened(question)
        return cosines

    def _whitened(self, vectors: NDArray[np.floating[Any]]) -> NDArray[np.float32]:
        whitened = (vectors.astype(np.float32) - self._mean) @ self._whiten
        norms = np.linalg.norm(whitened, axis=-1, keepdims=True)
        unit: NDArray[np.float32] = whitened / np.maximum(norms, np.float32(_TINY))
        return unit
