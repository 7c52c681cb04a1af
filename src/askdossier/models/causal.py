"""Transformers as a ``Runtime``: on CUDA, and for architectures that CTranslate2 lacks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from transformers import AutoModelForCausalLM, DynamicCache

from askdossier.records import Stop

_CHUNK = 64
"""Prompt tokens read between two looks at ``stop`` on the CPU."""


class CausalRuntime:
    """A transformers folder, in bfloat16. The prompt is read in chunks, so Stop works there too."""

    def __init__(self, folder: Path, ends: Sequence[int]) -> None:
        self.device = "cuda" if torch.cuda.is_available() else "cpu"
        self._chunk = 1024 if self.device == "cuda" else _CHUNK
        model: Any = AutoModelForCausalLM.from_pretrained(
            folder, dtype=torch.bfloat16, local_files_only=True
        )
        self._model = model.to(self.device).eval()
        self._ends = set(ends)
        self._read: tuple[list[int], DynamicCache, torch.Tensor] | None = None

    def first_scores(self, prompt: Sequence[int], stop: Stop) -> NDArray[np.float32] | None:
        """Read the prompt and keep the reading: see ``writing.Runtime``."""
        cache = DynamicCache()
        self._read = None
        scores = self._forward(prompt, cache, stop)
        if scores is None:
            return None
        self._read = (list(prompt), cache, scores)
        return np.asarray(scores.float().cpu().numpy(), np.float32)

    def generate(
        self, prompt: Sequence[int], prefix: Sequence[int], max_tokens: int, stop: Stop
    ) -> Iterator[int]:
        """Yield the tokens of the reply, from the kept reading if it is this prompt's."""
        kept, self._read = self._read, None  # the reading is used up: the cache grows from here
        if kept and kept[0] == list(prompt):
            _prompt, cache, scores = kept
        else:
            cache = DynamicCache()
            read = self._forward(prompt, cache, stop)
            if read is None:
                return
            scores = read
        if prefix:
            read = self._forward(prefix, cache, stop)
            if read is None:
                return
            scores = read
        for _ in range(max_tokens):
            token = int(scores.argmax())
            if token in self._ends or stop.is_set():
                return
            yield token
            read = self._forward([token], cache, stop)
            if read is None:
                return
            scores = read

    def _forward(self, ids: Sequence[int], cache: DynamicCache, stop: Stop) -> torch.Tensor | None:
        """Logits after the last of the ids; None when stopped on the way."""
        logits = None
        for start in range(0, len(ids), self._chunk):
            if stop.is_set():
                return None
            chunk = torch.tensor([list(ids[start : start + self._chunk])], device=self.device)
            with torch.inference_mode():
                output = self._model(
                    input_ids=chunk, past_key_values=cache, use_cache=True, logits_to_keep=1
                )
            logits = output.logits[0, -1]
        return logits
