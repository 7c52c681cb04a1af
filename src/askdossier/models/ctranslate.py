"""CTranslate2 as a ``Runtime``: int8 on the CPU.

One reading of the prompt serves both ``first_scores`` and ``generate``: the decoding loop is held
in its callback at the first step, when the logits are known, and goes on when ``generate`` comes
with the same prompt and prefix. (CTranslate2's own cache of static prompts would do it too, but it
is never emptied, and holds 0.2 to 0.35 MB for each token of a prompt.)
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

_HOLD = 30.0
"""Seconds that a reading is kept for ``generate``; it takes 0.2 to 0.35 MB per token."""
_POLL = 0.02
"""Seconds between looks at ``stop`` while the prompt is read, which nothing can interrupt."""
_LONGEST = 4096
"""Tokens of a reply at most."""


@dataclass(slots=True, eq=False)
class _Job:
    """One decoding loop, shared by its callback in the engine's thread and whoever waits."""

    prompt: list[int]
    prefix: list[int]
    stop: Stop
    held: bool
    """Whether the loop waits after the first step until ``go``."""
    limit: int = _LONGEST
    tokens: queue.SimpleQueue[int] = field(default_factory=queue.SimpleQueue)
    scores: NDArray[np.float32] | None = None
    known: threading.Event = field(default_factory=threading.Event)
    go: threading.Event = field(default_factory=threading.Event)
    dropped: bool = False
    result: Any = None
    steps: int = 0

    def step(self, step: ctranslate2.GenerationStepResult) -> bool:
        """Take one token from the engine; True ends the loop."""
        if self.steps == 0 and self.held:
            self.scores = np.array(step.logits, np.float32).reshape(-1)
            self.known.set()
            if not self.go.wait(_HOLD):
                self.dropped = True
        self.steps += 1
        if self.dropped or self.stop.is_set():
            return True
        self.tokens.put(step.token_id)
        return self.steps >= len(self.prefix) + self.limit

    def drop(self) -> None:
        """Let the loop end at its next step."""
        self.dropped = True
        self.go.set()


class CTranslateRuntime:
    """A CTranslate2 folder; ``spell`` turns ids into the strings of the vocabulary."""

    def __init__(
        self, folder: Path, spell: Callable[[list[int]], list[str]], ends: Sequence[int]
    ) -> None:
        self._generator = ctranslate2.Generator(
            str(folder),
            device="cpu",
            compute_type="int8",
            inter_threads=1,
            intra_threads=torch.get_num_threads(),  # PyTorch counts the physical cores
        )
        self._spell = spell
        self._ends = list(ends)
        self._jobs: list[_Job] = []
        # A loop still held when Python exits would keep the process from ending.
        weakref.finalize(self, _drop_all, self._jobs)

    def first_scores(
        self, prompt: Sequence[int], expected: Sequence[int], stop: Stop
    ) -> NDArray[np.float32] | None:
        """Compute the logits after the prompt and hold the loop: see ``writing.Runtime``."""
        job = self._start(list(prompt), list(expected), stop, held=True)
        while not job.known.wait(_POLL):
            if stop.is_set():
                job.drop()
                return None
            if job.result.done() and not job.known.is_set():
                job.result.result()  # raises what went wrong
                raise RuntimeError("CTranslate2 computed no token")
        return job.scores

    def generate(
        self, prompt: Sequence[int], prefix: Sequence[int], max_tokens: int, stop: Stop
    ) -> Iterator[int]:
        """Yield the tokens of the reply, from the held loop if it is this one's."""
        job = self._resumable(list(prompt), list(prefix))
        if job is None:
            job = self._start(list(prompt), list(prefix), stop, held=False, limit=max_tokens)
        else:
            job.stop, job.limit = stop, max_tokens
            job.go.set()
        try:
            skip = len(job.prefix)
            while not stop.is_set():
                try:
                    token = job.tokens.get(timeout=_POLL)
                except queue.Empty:
                    if job.result.done() and job.tokens.empty():
                        job.result.result()  # raises what went wrong, if anything
                        return
                    continue
                if skip:
                    skip -= 1
                elif token in self._ends:
                    return
                else:
                    yield token
        finally:
            job.drop()

    def _resumable(self, prompt: list[int], prefix: list[int]) -> _Job | None:
        for job in self._jobs:
            if job.held and not job.go.is_set() and not job.dropped and not job.result.done():
                if (job.prompt, job.prefix) == (prompt, prefix):
                    return job
                job.drop()
        return None

    def _start(
        self, prompt: list[int], prefix: list[int], stop: Stop, *, held: bool, limit: int = _LONGEST
    ) -> _Job:
        for job in self._jobs:
            job.drop()
        self._jobs[:] = [job for job in self._jobs if not job.result.done()]
        job = _Job(prompt, prefix, stop, held, limit)
        words = self._spell(prompt)
        # The prompt but its last token is read in one go; the loop is then led through the prefix.
        job.result = self._generator.generate_batch(
            [[words[-1], *self._spell(prefix)]],
            static_prompt=words[:-1],
            cache_static_prompt=False,
            include_prompt_in_result=True,
            max_length=len(prefix) + limit,
            return_logits_vocab=held,
            end_token=self._ends,
            callback=job.step,
            asynchronous=True,
        )[0]
        self._jobs.append(job)
        return job


def _drop_all(jobs: list[_Job]) -> None:
    for job in jobs:
        job.drop()
    patience = time.monotonic() + 10
    while any(not job.result.done() for job in jobs) and time.monotonic() < patience:
        time.sleep(_POLL)
