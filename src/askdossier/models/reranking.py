"""Relevance of passages through a sentence-transformers cross-encoder, on the CPU or a GPU.

Knows nothing about documents, indexes or rankings.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from sentence_transformers import CrossEncoder

from askdossier.core import ModelMissing


class LocalReranker:
    """A ``Reranker`` in this process; may be called from several threads."""

    def __init__(self, folder: Path, name: str) -> None:
        self.name = name
        self._model = CrossEncoder(str(folder), local_files_only=True)
        if self._model.num_labels != 1:
            raise ModelMissing(
                f"{name} tells {self._model.num_labels} classes apart, where a reranker gives one "
                "score. Name a cross-encoder that was trained to rank."
            )
        self._lock = threading.Lock()

    def relevance(self, question: str, passages: Sequence[str]) -> list[float]:
        """Score of each passage: see ``core.Reranker``."""
        if not passages:
            return []
        pairs = [(question, passage) for passage in passages]
        with self._lock:
            scores = self._model.predict(pairs, show_progress_bar=False)
        return [float(score) for score in np.asarray(scores).reshape(-1)]
