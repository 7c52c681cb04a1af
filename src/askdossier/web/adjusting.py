"""What the settings of the page ask of the server."""

from __future__ import annotations

import logging
from contextlib import suppress
from dataclasses import replace
from typing import Any

from askdossier.core import DossierError, Profile
from askdossier.dossier import Dossier
from askdossier.web import calls, preferences, render
from askdossier.web.library import Library
from askdossier.web.work import Work

_log = logging.getLogger(__name__)


class Adjusting:
    """The handlers of the settings; see ``Chat`` for what they are given."""

    def __init__(self, archive: Dossier, library: Library, work: Work) -> None:
        self._archive, self._library, self._work = archive, library, work

    def settings(self, wanted: dict[str, Any]) -> str:
        """HTML of the settings."""
        texts = calls.texts(wanted)
        settings = self._archive.settings
        writer, embedder = Profile(settings.writer, calibrated=True), settings.embedder
        stand, calibration = self._work.stand, None
        if stand.doing != "starting":
            with suppress(DossierError):  # told where it matters
                writer, embedder = self._archive.profile, self._archive.embedder.name
                calibration = self._archive.calibration
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

    def strict(self, wanted: dict[str, Any]) -> bool:
        """Set how sure an answer must be, now and at the next start: ``{value}`` from 0 to 1."""
        value = min(1.0, max(0.0, float(wanted.get("value", 0))))
        self._archive.settings = replace(self._archive.settings, strictness=value)
        try:
            preferences.remember(self._archive.settings)
        except OSError:
            _log.exception("the settings could not be kept")
        return True
