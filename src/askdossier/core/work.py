"""Long work: how far it has come, and how it is told to stop."""

from __future__ import annotations

import threading
from collections.abc import Callable
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
