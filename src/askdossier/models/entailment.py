"""Natural language inference through a sentence-transformers cross-encoder, on the CPU or a GPU.

Knows nothing about answers or citations.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from sentence_transformers import CrossEncoder

from askdossier.core import ModelMissing


class LocalEntailment:
    """An ``Entailment`` in this process; may be called from several threads."""

    def __init__(self, folder: Path, name: str) -> None:
        self.name = name
        self._model = CrossEncoder(str(folder), local_files_only=True)
        labels = self._model.config.id2label or {}
        wanted = [int(i) for i, label in labels.items() if label.lower().startswith("entail")]
        if len(wanted) != 1:
            raise ModelMissing(
                f"{name} names none of its labels entailment ({', '.join(labels.values())}). "
                "Name a cross-encoder for natural language inference."
            )
        self._entailment = wanted[0]
        self._lock = threading.Lock()

    def entailment(self, pairs: Sequence[tuple[str, str]]) -> list[float]:
        """Probability of entailment of each pair: see ``core.Entailment``."""
        with self._lock:
            odds = self._model.predict(list(pairs), apply_softmax=True, show_progress_bar=False)
        return [float(p) for p in np.asarray(odds).reshape(len(pairs), -1)[:, self._entailment]]
