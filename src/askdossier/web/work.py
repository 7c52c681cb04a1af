"""The long work behind the page: getting ready at start, and indexing; one at a time, in a thread.

The page asks now and then how far it has come.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Literal

from askdossier.core import (
    ConsentMissing,
    DossierError,
    Progress,
    Report,
    Stop,
    SyncReport,
    SyncStopped,
    UnconfirmedRemoval,
    WriterFailed,
)
from askdossier.dossier import Dossier

_log = logging.getLogger(__name__)

Prepare = Callable[[Report, Stop], None]
"""What is to be done before the models are loaded: fetching them, making the first index."""


@dataclass(frozen=True, slots=True)
class Stand:
    """How far the work has come."""

    doing: Literal["starting", "syncing", "nothing"] = "nothing"
    progress: Progress | None = None
    left: float | None = None
    """Seconds that the stage still takes, as far as that can be told."""
    error: Exception | None = None
    """Why the last work failed."""
    report: SyncReport | None = None
    """What the last sync did."""
    version: int = 0
    """Grows whenever the documents may have changed."""

    @property
    def waits_for(self) -> str:
        """The server on another machine that is to be allowed to have text; empty for none."""
        return self.error.origin if isinstance(self.error, ConsentMissing) else ""


class Work:
    """Runs the work of one dossier. Safe to use from several threads."""

    def __init__(self, archive: Dossier, prepare: Prepare | None = None) -> None:
        self._archive = archive
        self._lock = threading.Lock()
        self._stop = Stop()
        self._stand = Stand()
        self._stage = ("", 0.0, 0)
        """Of the progress: its name, when it began, and how much was done then."""
        self._start("starting", prepare)

    @property
    def stand(self) -> Stand:
        """How far it has come."""
        with self._lock:
            return self._stand

    @property
    def ready(self) -> bool:
        """Whether questions can be asked: all is loaded, and nothing else is being done."""
        stand = self.stand
        return stand.doing == "nothing" and stand.error is None

    def sync(self, *, confirmed: bool = False) -> bool:
        """Begin to index; False when something else is being done.

        ``confirmed``: the documents may leave for which the last time was refused.
        """
        with self._lock:
            if self._stand.doing != "nothing":
                return False
            refused = self._stand.error if confirmed else None
        leaving = refused.documents if isinstance(refused, UnconfirmedRemoval) else frozenset()
        return self._start("syncing", partial(self._sync, leaving))

    def restart(self) -> bool:
        """Load the models again; False when something else is being done."""
        return self._start("starting", None)

    def answers(self) -> None:
        """A question was answered: a server that was missed is back."""
        with self._lock:
            if isinstance(self._stand.error, WriterFailed):
                self._stand = replace(self._stand, error=None)

    def stop(self) -> None:
        """Let what is being done end early; nothing that was saved is lost."""
        self._stop.set()

    def _sync(self, leaving: frozenset[str], report: Report, stop: Stop) -> None:
        done = self._archive.sync(self._archive.corpus, report=report, stop=stop, confirmed=leaving)
        with self._lock:
            self._stand = replace(self._stand, report=done)

    def _start(self, what: Literal["starting", "syncing"], first: Prepare | None) -> bool:
        with self._lock:
            if self._stand.doing != "nothing":
                return False
            self._stop = Stop()
            self._stage = ("", 0.0, 0)  # that of the work before tells nothing of this one
            self._stand = replace(self._stand, doing=what, progress=None, error=None, report=None)
        threading.Thread(target=self._run, args=(first,), name=what, daemon=True).start()
        return True

    def _run(self, first: Prepare | None) -> None:
        error: Exception | None = None
        try:
            if first is not None:
                first(self._told, self._stop)
            self._archive.warm_up()
        except SyncStopped:
            pass
        except DossierError as known:
            _log.warning("%s", known)
            error = known
        except Exception as unknown:
            _log.exception("the work behind the page failed")
            error = unknown
        with self._lock:
            self._stand = replace(
                self._stand,
                doing="nothing",
                progress=None,
                left=None,
                error=error,
                version=self._stand.version + 1,
            )

    def _told(self, progress: Progress) -> None:
        now = time.monotonic()
        with self._lock:
            name, began, at_first = self._stage
            if name != progress.stage or progress.done < at_first:
                self._stage = (progress.stage, now, progress.done)
                left = None
            else:
                left = _left(progress, now - began, at_first)
            self._stand = replace(self._stand, progress=progress, left=left)


def _left(progress: Progress, seconds: float, at_first: int) -> float | None:
    """Seconds that remain at the pace so far; None while that is too early to tell."""
    done = progress.done - at_first
    if seconds < 1 or done <= 0 or not progress.total:
        return None
    return max(0.0, (progress.total - progress.done) * seconds / done)
