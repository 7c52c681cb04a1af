"""Questions to begin with, asked in the background before anybody is shown them.

A question is shown only when the dossier has answered it for certain. That takes the writer, so it
is done once for each state of the documents, kept beside the index, while nobody waits for an
answer.
"""

from __future__ import annotations

import hashlib
import json
import logging
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from askdossier import files
from askdossier.core import Document, DossierError, Stop, Suggestion
from askdossier.dossier import Dossier
from askdossier.web.turn import Line

_log = logging.getLogger(__name__)

MOST = 3
_MOST_ASKED = 12
"""Candidates that are asked for one state of the documents."""
_FILE = "suggestions.json"
_PAUSE = 1.0
"""Seconds between two looks whether the line is free."""
_QUIET = 15.0
"""Seconds for which it must have been: a laptop that has just answered may rest."""


class _WhileFree(Stop):
    """Is set as soon as somebody asks."""

    def __init__(self, line: Line) -> None:
        super().__init__()
        self._line = line

    def is_set(self) -> bool:
        return super().is_set() or self._line.busy


class Suggestions:
    """The questions of one dossier. Safe to use from several threads."""

    def __init__(
        self,
        archive: Dossier,
        headers: Mapping[str, Document],
        line: Line,
        quiet: float = _QUIET,
    ) -> None:
        """``line`` is that of everybody who asks.

        Nothing is asked here while it is in use, nor before it has been free for ``quiet`` seconds.
        """
        self._archive, self._headers, self._line = archive, headers, line
        self._path = archive.settings.index / _FILE
        self._lock = threading.Lock()
        self._quiet, self._free_since = quiet, time.monotonic()
        self._asking = ""
        """The state of the documents for which questions are being asked, or have been."""

    def shown(self, *, ready: bool) -> tuple[str, ...]:
        """The questions that were found certain so far.

        Begins to look for them where nobody has, if the models are ``ready``.
        """
        if not self._headers:
            return ()
        state = _state(self._headers)
        known = self._kept(state)
        if ready and not known.get("whole"):
            self._begin(state)
        return tuple(known.get("questions", ()))

    def _begin(self, state: str) -> None:
        with self._lock:
            if self._asking == state:
                return
            self._asking = state
        threading.Thread(target=self._run, args=(state,), name="suggesting", daemon=True).start()

    def _run(self, state: str) -> None:
        try:
            if self._archive.profile.leaves:  # another writer may be chosen, and this tried again
                self._asking = ""
            else:
                self._look(state)
        except DossierError as error:
            _log.info("no questions can be suggested: %s", error)
        except Exception:
            _log.exception("no questions can be suggested")

    def _look(self, state: str) -> None:
        found: list[str] = []
        for candidate in self._archive.possible_questions()[:_MOST_ASKED]:
            # Who asks a server elsewhere decides on each question that is sent there.
            archive = self._archive.pinned()
            if archive.profile.leaves:
                self._asking = ""
                return
            if self._certain(archive, candidate):
                found.append(candidate.question)
                self._keep(state, found, whole=False)
            if len(found) == MOST or self._asking != state:
                break
        if self._asking == state:
            self._keep(state, found, whole=True)

    def _certain(self, archive: Dossier, candidate: Suggestion) -> bool:
        """Ask it while nobody else does; begin again when somebody did."""
        while True:
            self._wait_for_quiet()
            stop = _WhileFree(self._line)
            certain = archive.answers_surely(candidate, stop)
            if certain or not stop.is_set():
                return certain
            self._free_since = time.monotonic()

    def _wait_for_quiet(self) -> None:
        """Wait until nobody has asked for a while: who reads an answer may ask on at once."""
        while True:
            if self._line.busy:
                self._free_since = time.monotonic()
            elif time.monotonic() - self._free_since >= self._quiet:
                return
            time.sleep(min(_PAUSE, self._quiet or _PAUSE))

    def _kept(self, state: str) -> dict[str, Any]:
        with suppress(OSError, ValueError, AttributeError):
            read = json.loads(self._path.read_bytes())
            if read.get("state") == state:
                return dict(read)
        return {}

    def _keep(self, state: str, questions: list[str], *, whole: bool) -> None:
        kept = {"state": state, "questions": questions, "whole": whole}
        self._path.parent.mkdir(parents=True, exist_ok=True)
        files.write(self._path, json.dumps(kept, ensure_ascii=False).encode(), private=True)


def _state(headers: Mapping[str, Document]) -> str:
    """What differs as soon as a document does."""
    said = "\n".join(f"{name} {headers[name].source.sha256}" for name in headers)
    return hashlib.sha256(said.encode()).hexdigest()
