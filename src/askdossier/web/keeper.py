"""An exchange on its way into its conversation."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

from askdossier.core import Document, DossierError
from askdossier.web.conversations import Conversations, Exchange
from askdossier.web.turn import Turn

_log = logging.getLogger(__name__)


class Keeper:
    """Writes one exchange to its conversation whenever there is something new worth keeping."""

    def __init__(
        self,
        kept: Conversations,
        headers: Mapping[str, Document],
        conversation: str,
        name: str,
        replaces: str | None,
    ) -> None:
        self._kept, self._headers = kept, headers
        self._conversation, self.replaces = conversation, replaces
        self.exchange = Exchange(name, datetime.now(UTC), Turn(""), {})
        self._saved: Turn | None = None
        self.unsaved: Exception | None = None
        """Why what is shown is not kept."""

    def keep(self, turn: Turn) -> None:
        """``turn`` is what is shown now."""
        sources = dict(self.exchange.sources)
        for document in (citation.document for citation in turn.citations):
            if document not in sources and document in self._headers:
                sources[document] = self._headers[document]
        self.exchange = replace(self.exchange, turn=turn, sources=sources)
        known = self._saved
        if known is None or turn.claims != known.claims or not turn.running:
            self._save()

    def end(self) -> None:
        """The tab listens no more; an answer that was still coming was stopped."""
        turn = self.exchange.turn
        if turn.running and turn.question:
            self.exchange = replace(self.exchange, turn=replace(turn, state="stopped"))
            self._save()

    def _save(self) -> None:
        try:
            self._kept.keep(self._conversation, self.exchange, instead_of=self.replaces)
        except (OSError, DossierError) as error:
            self._saved, self.unsaved = None, error  # and so it is tried again
            _log.exception("the conversation could not be saved")
        else:
            self._saved, self.unsaved, self.replaces = self.exchange.turn, None, None
