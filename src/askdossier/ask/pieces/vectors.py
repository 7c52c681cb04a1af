"""The vectors of sentences that are evidence."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from askdossier.core import Evidence
from askdossier.index import Index


def vector(index: Index, evidence: Evidence) -> NDArray[np.float32]:
    """The unit vector of a sentence, shape ``(d,)``."""
    row = index.row_at(evidence.document, evidence.span.start)
    assert row is not None, "evidence stands in a passage"
    at = index.passages[row].sentences.index(evidence.span)
    found: NDArray[np.float32] = index.sentence_vectors(row)[at]
    return found
