"""CTranslate2 as a ``Runtime``: int8 on the CPU.

One reading of a prompt serves both ``first_scores`` and ``generate``, through CTranslate2's cache
of static prompts. That cache is never emptied, and holds 0.2 to 0.35 MB for each token of a prompt
(keys and values of all heads in float32), so the engine is opened anew once enough has piled up:
a second or two, in the background after a reply.
"""

from __future__ import annotations

import queue
import threading
import time
import weakref
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import ctranslate2
import numpy as np
import torch
from numpy.typing import NDArray

from askdossier.records import Stop

_KEPT_TOKENS = 2500
"""Tokens of prompts in the engine's cache at most, save for one prompt that is longer alone."""
_POLL = 0.01
"""Seconds between looks at ``stop`` while the prompt is read, which nothing can interrupt."""


@dataclass(slots=True, eq=False)
class _Job:
    """One decoding loop, shared by its callback in the engine's thread and whoever reads it."""

    stop: Stop
    limit: int
    tokens: queue.SimpleQueue[int] = field(default_factory=queue.SimpleQueue)
    dropped: bool = False
    steps: int = 0
    result: Any = None

    def step(self, step: ctranslate2.GenerationStepResult) -> bool:
        """Take one token from the engine; True ends the loop."""
        self.steps += 1
        if self.dropped or self.stop.is_set():
            return True
        self.tokens.put(step.token_id)
        return self.steps >= self.limit


class CTranslateRuntime:
    """A CTranslate2 folder; ``spell`` turns ids into the strings of the vocabulary."""

    def __init__(
        self, folder: Path, spell: Callable[[list[int]], list[str]], ends: Sequence[int]
    ) -> None:
        self._folder = folder
        self._spell = spell
        self._ends = list(ends)
        self._engine = self._open()
        self._opening = threading.Lock()
        self._kept: list[int] = []
        """The prompt read last for its scores."""
        self._kept_tokens = 0
        self._jobs: list[_Job] = []
        # A loop that calls back while Python shuts down would hang or crash the process.
        weakref.finalize(self, _end, self._jobs)

    def first_scores(self, prompt: Sequence[int], stop: Stop) -> NDArray[np.float32] | None:
        """Read the prompt, and keep the reading: see ``writing.Runtime``."""
        words = self._spell(list(prompt))
        with self._opening:
            if self._is_full(len(prompt)):
                self._reopen()
            self._kept = list(prompt)
            self._kept_tokens += len(prompt)
            result = self._engine.generate_batch(
                [words[-1:]],
                static_prompt=words[:-1],
                cache_static_prompt=True,
                include_prompt_in_result=False,
                max_length=1,
                return_logits_vocab=True,
                asynchronous=True,
            )[0]
        while not result.done():
            if stop.is_set():
                return None
            time.sleep(_POLL)
        return np.array(result.result().logits[0][0], np.float32).reshape(-1)

    def generate(
        self, prompt: Sequence[int], prefix: Sequence[int], max_tokens: int, stop: Stop
    ) -> Iterator[int]:
        """Yield the tokens of the reply as they come: see ``writing.Runtime``."""
        job = _Job(stop, max_tokens)
        words, more = self._spell(list(prompt)), self._spell(list(prefix))
        with self._opening:
            kept = self._kept == list(prompt)
            self._jobs[:] = [other for other in self._jobs if not other.result.done()]
            job.result = self._engine.generate_batch(
                [words[-1:] + more if kept else words + more],
                static_prompt=words[:-1] if kept else None,
                cache_static_prompt=kept,
                include_prompt_in_result=False,
                max_length=max_tokens,
                end_token=self._ends,
                callback=job.step,
                asynchronous=True,
            )[0]
            self._jobs.append(job)
        try:
            while not stop.is_set():
                try:
                    token = job.tokens.get(timeout=_POLL)
                except queue.Empty:
                    if job.result.done() and job.tokens.empty():
                        job.result.result()  # raises what went wrong, if anything
                        return
                    continue
                if token in self._ends:
                    return
                yield token
        finally:
            job.dropped = True
            if self._is_full(len(prompt)):  # the next prompt will be about as long
                threading.Thread(target=self._make_room, args=(len(prompt),)).start()

    def _is_full(self, more: int) -> bool:
        return self._kept_tokens > 0 and self._kept_tokens + more > _KEPT_TOKENS

    def _make_room(self, more: int) -> None:
        with self._opening:
            if self._is_full(more):  # nobody was faster
                self._reopen()

    def _reopen(self) -> None:
        del self._engine  # gives the memory back; waits for a loop that is about to end
        self._engine = self._open()
        self._kept, self._kept_tokens = [], 0

    def _open(self) -> ctranslate2.Generator:
        return ctranslate2.Generator(
            str(self._folder),
            device="cpu",
            compute_type="int8",
            inter_threads=1,
            intra_threads=torch.get_num_threads(),  # PyTorch counts the physical cores
        )


def _end(jobs: list[_Job]) -> None:
    for job in jobs:
        job.dropped = True
    patience = time.monotonic() + 10
    while any(not job.result.done() for job in jobs) and time.monotonic() < patience:
        time.sleep(_POLL)
