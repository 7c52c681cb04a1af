"""The vectors of sentences that are evidence."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from askdossier.core import Evidence
from askdossier.index import Index


def vector(index: Index, evidence: Evidence) -> NDArray[np.float32]:
    """The unit vector of a sentence, of several that of the first; shape ``(d,)``."""
    row = index.row_at(evidence.document, evidence.span.start)
    assert row is not None, "evidence stands in a passage"
    starts = [span.start for span in index.passages[row].sentences]
    at = starts.index(evidence.span.start)
    found: NDArray[np.float32] = index.sentence_vectors(row)[at]
    return found
