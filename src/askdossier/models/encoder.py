"""An embedder's network in 8 bits through CTranslate2, on the CPU.

Needs neither torch nor transformers, whose import takes several times as long as a question.
``convert`` makes the folders.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

import ctranslate2
import numpy as np
import psutil

from askdossier.core import Vectors
from askdossier.models.embedding import LocalEmbedder
from askdossier.models.tokenising import Tokeniser

Pooling = Literal["mean", "cls"]

_DESCRIPTION = "embedder.json"


@dataclass(frozen=True, slots=True)
class Description:
    """What is to be known of an embedder beside its network and its tokenizer."""

    dimension: int
    window: int
    """The most tokens of a text, special tokens included."""
    pooling: Pooling
    """A text's vector is the mean of its tokens' or that of its first."""
    question_prompt: str
    passage_prompt: str

    def save(self, folder: Path) -> None:
        """Write it beside the network."""
        (folder / _DESCRIPTION).write_text(json.dumps(asdict(self), indent=1), "utf-8")

    @classmethod
    def open(cls, folder: Path) -> Description:
        """Read what ``save`` wrote."""
        return cls(**json.loads((folder / _DESCRIPTION).read_text("utf-8")))


def load(folder: Path, name: str) -> LocalEmbedder:
    """Load a converted folder; ``name`` says which model and revision it is.

    On a CPU 8-bit weights take a third of the time of float32 (benchmarks/indexing.py).
    """
    described = Description.open(folder)
    return LocalEmbedder(
        EncoderNetwork(folder, described),
        f"{name} int8",
        question_prompt=described.question_prompt,
        passage_prompt=described.passage_prompt,
    )


def is_converted(folder: Path) -> bool:
    """Whether the folder holds a network; it is empty where there is no converting the model."""
    return (folder / _DESCRIPTION).is_file()


class EncoderNetwork:
    """A network of CTranslate2 with mean or first-token pooling, as a ``Network``."""

    def __init__(self, folder: Path, described: Description) -> None:
        self.dimension = described.dimension
        self.window = described.window
        self._pooling = described.pooling
        self._tokeniser = Tokeniser(folder)
        self._threads = _threads()
        # It leaves OpenMP with ``intra_threads`` in the thread that makes it: torch, and so the
        # writer, would run on one core there from then on.
        with ThreadPoolExecutor(1) as elsewhere:
            self._encoder = elsewhere.submit(
                ctranslate2.Encoder, str(folder), device="cpu", compute_type="int8_float32",
                intra_threads=1, inter_threads=self._threads,
            ).result()  # fmt: skip

    def count(self, texts: Sequence[str]) -> list[int]:
        """Tokens of each text: see ``embedding.Network``."""
        return [len(ids) for ids in self._tokeniser.ids(texts)]

    def tokenise(self, texts: Sequence[str]) -> list[list[int]]:
        """Ids of each text: see ``embedding.Network``."""
        return self._tokeniser.ids(texts, window=self.window)

    def forward(self, batches: Sequence[Sequence[Sequence[int]]]) -> Iterator[Vectors]:
        """Vectors of each batch, computed side by side: see ``embedding.Network``."""
        if len(batches) < 2:
            yield from map(self._pooled, batches)
            return
        with ThreadPoolExecutor(self._threads) as pool:
            yield from pool.map(self._pooled, batches)

    def _pooled(self, batch: Sequence[Sequence[int]]) -> Vectors:
        hidden = np.asarray(self._encoder.forward_batch(batch).last_hidden_state)
        if self._pooling == "cls":
            return np.asarray(hidden[:, 0], np.float32)
        means = [rows[: len(ids)].mean(axis=0) for rows, ids in zip(hidden, batch, strict=True)]
        return np.asarray(means, np.float32)


def _threads() -> int:
    """One for each core that this process may use, as torch has it; $OMP_NUM_THREADS overrides."""
    wanted = os.environ.get("OMP_NUM_THREADS", "")
    if wanted.isdigit() and int(wanted):
        return int(wanted)
    allowed = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return min(psutil.cpu_count(logical=False) or 1, allowed or 1)
