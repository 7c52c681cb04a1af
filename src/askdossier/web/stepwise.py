"""Work that waits between its steps, without holding a thread meanwhile."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Generator
from dataclasses import dataclass
from typing import TypeVar

from anyio import CancelScope, CapacityLimiter, sleep, to_thread
from anyio.lowlevel import RunVar

T = TypeVar("T")

_LOOK_UP = 0.05
"""Seconds between two looks at a wait."""
_THREADS = 8
_limiter: RunVar[CapacityLimiter] = RunVar("askdossier steps")


@dataclass(frozen=True, slots=True)
class Wait:
    """Between two steps there is nothing to do until ``over``, which must be quick to ask."""

    over: Callable[[], bool]


async def stepwise(steps: Generator[T | Wait]) -> AsyncGenerator[T]:
    """What ``steps`` yields, each step computed in one of a few threads; a wait takes none.

    These threads are their own, so that however many people wait, the page still loads. Closing the
    iterator closes ``steps``.
    """
    limiter = _limiter.get(None)
    if limiter is None:
        limiter = CapacityLimiter(_THREADS)
        _limiter.set(limiter)
    end = object()
    try:
        while True:
            step = await to_thread.run_sync(next, steps, end, limiter=limiter)
            if step is end:
                return
            if isinstance(step, Wait):
                while not step.over():
                    await sleep(_LOOK_UP)
            else:
                yield step  # type: ignore[misc]
    finally:
        with CancelScope(shield=True):
            await to_thread.run_sync(steps.close, limiter=limiter)
