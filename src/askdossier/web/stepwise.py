"""Work that waits between its steps, without holding a thread meanwhile."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Generator
from typing import TypeVar

from anyio import CancelScope, CapacityLimiter, sleep, to_thread
from anyio.lowlevel import RunVar

T = TypeVar("T")

_LOOK_UP = 0.1
"""Seconds before a step that had nothing to do is tried again."""
_THREADS = 8
_limiter: RunVar[CapacityLimiter] = RunVar("askdossier steps")


async def stepwise(steps: Generator[T | None]) -> AsyncGenerator[T]:
    """What ``steps`` yields, each step computed in a thread of a few; None is waited after.

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
            if step is None:
                await sleep(_LOOK_UP)
            else:
                yield step  # type: ignore[misc]
    finally:
        with CancelScope(shield=True):
            await to_thread.run_sync(steps.close, limiter=limiter)
