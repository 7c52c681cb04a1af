"""A line before a server: so many may be served at once, first come, first served."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

from askdossier.core import Stop

_LOOK = 0.05
"""Seconds after which somebody who waits looks whether he is to stop."""


class Turns:
    """Lets at most ``at_once`` callers in; safe to use from several threads."""

    def __init__(self, at_once: int) -> None:
        self.at_once = at_once
        self._line: deque[object] = deque()
        """Those inside, and then those who wait, in the order in which they came."""
        self._moved = threading.Condition()

    @contextmanager
    def mine(self, stop: Stop) -> Iterator[bool]:
        """Wait for a turn, which ends with the block; False when stopped meanwhile."""
        me = object()
        with self._moved:
            self._line.append(me)
        try:
            with self._moved:
                while self._line.index(me) >= self.at_once and not stop.is_set():
                    self._moved.wait(_LOOK)
            yield not stop.is_set()
        finally:
            with self._moved:
                self._line.remove(me)
                self._moved.notify_all()
