"""What the settings of the page ask of the server."""

from __future__ import annotations

import logging
import threading
from contextlib import suppress
from dataclasses import replace
from typing import Any

from askdossier.core import (
    ConsentMissing,
    DossierError,
    InvalidSettings,
    ModelMissing,
    Profile,
    WriterFailed,
)
from askdossier.dossier import Dossier
from askdossier.web import calls, preferences, render
from askdossier.web.library import Library
from askdossier.web.texts import Texts
from askdossier.web.work import Work

_log = logging.getLogger(__name__)

_LONGEST = 1000
"""Characters of a writer's name."""
_WITHOUT = (ConsentMissing, InvalidSettings, ModelMissing, WriterFailed)
"""Why the models may not have been loaded at the start; another writer may mend it."""


class Adjusting:
    """The handlers of the settings; see ``Chat`` for what they are given."""

    def __init__(
        self, archive: Dossier, library: Library, work: Work, *, shared: bool = False
    ) -> None:
        """``shared``: others than who started the chat may sign in."""
        self._archive, self._library, self._work = archive, library, work
        self._shared = shared
        self._choosing = threading.Lock()
        """Held while a writer is loaded."""
        self._changing = threading.Lock()
        """Held while the settings are."""

    def settings(self, wanted: dict[str, Any]) -> str:
        """HTML of the settings."""
        texts = calls.texts(wanted)
        settings = self._archive.settings
        writer, embedder = Profile(settings.writer, calibrated=True), settings.embedder
        stand, calibration, loaded = self._work.stand, None, False
        if stand.doing != "starting":
            with suppress(DossierError):  # told where it matters
                writer, embedder = self._archive.profile, self._archive.embedder.name
                calibration, loaded = self._archive.calibration, True
        try:
            corpus = self._archive.corpus
        except DossierError:
            corpus = settings.corpus
        used = render.InUse(
            writer,
            embedder,
            settings.strictness,
            settings.models,
            corpus,
            settings.index,
            tuple(self._archive.models()),
            self._library.pending(),
            stand.waits_for,
            calibration,
            render.Choosing(settings.writer, self._archive.writers(), self._shared),
            loaded,
        )
        return render.settings(used, texts)

    def allow(self, wanted: dict[str, Any]) -> str:
        """Let the server that the models wait for have text; says why not, or nothing."""
        origin = self._work.stand.waits_for
        if not origin:
            return ""
        try:
            self._archive.allow(origin)
        except OSError as error:
            return calls.reason(error, calls.texts(wanted))
        self._work.restart()
        return ""

    def choose(self, wanted: dict[str, Any]) -> dict[str, str]:
        """Answer with another writer from the next question on, and keep that for the next start.

        Takes ``{writer, allowed}``: its name as in the settings, and the servers on other machines
        that the reader lets have text for it. Gives ``{problem, origin, text}``: why nothing was
        changed, or nothing; the server that has to be allowed first, and what that means. Loading
        takes seconds, and minutes where a file is converted first.
        """
        texts = calls.texts(wanted)
        spec = str(wanted.get("writer") or "").strip()[:_LONGEST]
        given = wanted.get("allowed")
        allowed = [str(origin) for origin in given] if isinstance(given, list) else []
        if self._work.stand.doing == "starting" or not self._choosing.acquire(blocking=False):
            return _outcome(texts.models_load)
        try:
            self._archive.check_choice(spec, shared=self._shared)
            self._choose(spec, () if self._shared else allowed)
        except ConsentMissing as missing:
            if self._shared:  # says how who runs it may allow it
                return _outcome(self._refused(missing, texts))
            return _outcome("", missing.origin, texts.would_leave(spec, missing.origin))
        except (DossierError, OSError) as error:
            return _outcome(self._refused(error, texts))
        except Exception:
            _log.exception("a writer could not be loaded")
            return _outcome(f"{texts.writer_not_loaded} {texts.old_writer_stays}")
        finally:
            self._choosing.release()
        return _outcome()

    def _choose(self, spec: str, allowed: list[str] | tuple[()]) -> None:
        """Load it and keep the choice. Raises DossierError, ConsentMissing, OSError."""
        for _ in range(len(allowed) + 1):  # a server may lead to another
            try:
                self._archive.choose_writer(spec)
                break
            except ConsentMissing as missing:
                if missing.origin not in allowed:
                    raise
                self._archive.allow(missing.origin)
        self._keep("writer")
        if isinstance(self._work.stand.error, _WITHOUT):
            self._work.restart()

    def _refused(self, error: Exception, texts: Texts) -> str:
        why = calls.reason(error, texts)
        return f"{why} {texts.old_writer_stays}" if self._work.stand.error is None else why

    def strict(self, wanted: dict[str, Any]) -> bool:
        """Set how sure an answer must be, now and at the next start: ``{value}`` from 0 to 1."""
        value = min(1.0, max(0.0, float(wanted.get("value", 0))))
        self._archive.settings = replace(self._archive.settings, strictness=value)
        self._keep("strictness")
        return True

    def _keep(self, name: preferences.Name) -> None:
        with self._changing:
            try:
                preferences.remember(self._archive.settings, name)
            except OSError:
                _log.exception("the settings could not be kept")


def _outcome(problem: str = "", origin: str = "", text: str = "") -> dict[str, str]:
    return {"problem": problem, "origin": origin, "text": text}
