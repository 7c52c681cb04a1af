"""Long work: how far it has come, and how it is told to stop."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a long piece of work has come. ``total`` is 0 while it is not known."""

    stage: str
    done: int
    total: int
    unit: str = ""
    detail: str = ""


Report = Callable[[Progress], None]
"""Called now and then during long work; must be cheap and must not raise."""


class Stop(threading.Event):
    """Set from another thread to make a running computation return as soon as it can."""


@contextmanager
def within(seconds: float) -> Iterator[Stop]:
    """Give a Stop for what gets only so many ``seconds``."""
    stop = Stop()
    patience = threading.Timer(seconds, stop.set)
    patience.daemon = True
    patience.start()
    try:
        yield stop
    finally:
        patience.cancel()
