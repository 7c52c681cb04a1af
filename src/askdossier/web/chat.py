"""What the page asks of the server: to answer, and to get ready.

What it asks beside that is for ``documents``, ``sources``, ``keeping`` and ``adjusting``, which
`Chat` holds.
Knows Gradio only by what its events carry; ``page`` wires these handlers to the browser.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Generator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any, TypedDict

import gradio as gr

from askdossier.core import (
    DossierError,
    EmptyCorpus,
    Filter,
    IndexMismatch,
    IndexMissing,
    Stop,
    UnconfirmedRemoval,
)
from askdossier.core import Turn as Earlier
from askdossier.dossier import Dossier, check_question
from askdossier.web import calls, render
from askdossier.web.adjusting import Adjusting
from askdossier.web.conversations import Conversation, Conversations, Exchange, valid_id
from askdossier.web.documents import Documents
from askdossier.web.headers import Headers
from askdossier.web.keeper import Keeper
from askdossier.web.keeping import Keeping, markup
from askdossier.web.library import Library
from askdossier.web.sources import Sources
from askdossier.web.stepwise import Wait
from askdossier.web.suggest import Suggestions
from askdossier.web.texts import TEXTS, Texts, preferred, told
from askdossier.web.turn import Line, Turn, take_turn
from askdossier.web.uploads import Uploads
from askdossier.web.work import Prepare, Stand, Work

_log = logging.getLogger(__name__)


class Update(TypedDict, total=False):
    """What the server sends to the component."""

    shell: str
    """HTML of the whole page; only the first update has it."""
    turn: str
    """Which question, as named by the browser."""
    html: str
    running: bool
    note: str
    """What the reader should know beside the answer."""


@dataclass(slots=True)
class _Session:
    """One browser tab. The browser names its questions, so that a late Stop finds its own."""

    texts: Texts
    stops: dict[str, Stop] = field(default_factory=dict)


class Chat:
    """The handlers behind the page, one object for all tabs.

    Those that the browser calls as functions take one object, whose ``language`` is that of the
    interface.
    """

    def __init__(
        self,
        archive: Dossier,
        uploads: Uploads,
        prepare: Prepare | None = None,
        *,
        shared: bool = False,
    ) -> None:
        """``uploads`` is where Gradio puts what a browser sends; ``shared``: see ``Adjusting``."""
        self._archive = archive
        self._uploads = uploads
        self._headers = Headers(archive)
        self._library = Library(archive, self._headers)
        self._kept = Conversations(archive.settings.index / "conversations")
        self.documents = Documents(self._library, self._headers, uploads)
        self.sources = Sources(archive, self._headers, self._kept)
        feedback = archive.settings.index / "feedback.jsonl"
        self.keeping = Keeping(self._kept, self._headers, feedback, self._suggested)
        self.line = Line()
        """Of everybody who wants the writer."""
        self._suggestions = Suggestions(archive, self._headers, self.line)
        self._work = Work(archive, prepare)
        self.adjusting = Adjusting(archive, self._library, self._work, shared=shared)
        self._sessions: dict[str, _Session] = {}
        self._lock = threading.Lock()

    # --- tabs and questions ---

    def _session(self, request: gr.Request) -> _Session:
        chosen = request.cookies.get("ad-language", "")
        texts = TEXTS[preferred(chosen or request.headers.get("accept-language", ""))]
        with self._lock:
            return self._sessions.setdefault(str(request.session_hash), _Session(texts))

    def _stop_of(self, session: _Session, turn: str) -> Stop:
        with self._lock:
            return session.stops.setdefault(turn, Stop())

    def opened(self, request: gr.Request) -> Update:
        """A tab loads the page."""
        texts = self._session(request).texts
        return {"shell": render.shell(len(self._headers), texts, self._suggested())}

    def _suggested(self) -> tuple[str, ...]:
        return self._suggestions.shown(ready=self._work.ready)

    def asked(self, event: gr.EventData, request: gr.Request) -> Generator[Update | Wait]:
        """A tab asks ``{conversation, turn, question, replaces}``; yields the turn as it grows.

        ``within`` limits it to ``{documents, after, before}``. Waits as ``take_turn`` does.
        """
        session = self._session(request)
        conversation, name = valid_id(event.conversation), valid_id(event.turn)
        question = calls.encodable(str(event.question)).strip()
        if conversation is None or name is None or not question:
            return
        try:
            check_question(question)
        except DossierError as error:  # it is not kept either
            refused = Exchange(name, datetime.now(UTC), Turn(question, "failed", error=error), {})
            yield _update(refused, markup(refused, self._headers, session.texts))
            return
        stop = self._stop_of(session, name)
        keeper = Keeper(self._kept, self._headers, conversation, name, valid_id(event.replaces))
        try:
            within = _within(calls.encodable(event.within))
            history = _history(self._kept.get(conversation), keeper.replaces)
            for turn in take_turn(
                self._archive, self.line, question, stop, history, within, _who(request)
            ):
                if isinstance(turn, Wait):
                    yield turn
                    continue
                keeper.keep(turn)
                if turn.state == "done":
                    self._work.answers()
                html = markup(keeper.exchange, self._headers, session.texts)
                note = _unsaved(keeper.unsaved, session.texts)
                yield _update(keeper.exchange, html, note)
        finally:
            stop.set()
            keeper.end()
            with self._lock:
                session.stops.pop(name, None)

    def stopped(self, event: gr.EventData, request: gr.Request) -> None:
        """A tab stops its question (which may not have begun yet)."""
        name = valid_id(event.turn)
        if name is not None:
            self._stop_of(self._session(request), name).set()

    def closed(self, request: gr.Request) -> None:
        """A tab is gone: stop what it asked."""
        with self._lock:
            session = self._sessions.pop(str(request.session_hash), None)
            stops = list(session.stops.values()) if session else []
        for stop in stops:
            stop.set()

    def stop_all(self) -> None:
        """The program ends: let every computation return."""
        with self._lock:
            stops = [stop for session in self._sessions.values() for stop in session.stops.values()]
        for stop in stops:
            stop.set()
        self._work.stop()
        self._uploads.clear()

    # --- getting ready, and indexing ---

    def readiness(self, wanted: dict[str, Any]) -> dict[str, Any]:
        """How far the work has come.

        Gives ``{busy, syncing, note, failed, fraction, mend, leaving, allow, version, documents}``:
        ``fraction`` is -1 while it cannot be told; ``mend`` says that indexing again would help;
        ``leaving`` counts the documents for whose leaving the index a sync was refused; ``allow``
        says that a server on another machine waits to be allowed.
        """
        texts = calls.texts(wanted)
        stand = self._work.stand
        busy = stand.doing != "nothing"
        note, failed, mend, leaving = "", False, False, 0
        if busy:
            note = _progress(stand, texts)
        elif isinstance(stand.error, EmptyCorpus | IndexMissing) and not self._headers:
            pass  # the page tells how to begin
        elif stand.error is not None:
            note = "\n".join(filter(None, told(stand.error, texts)))
            failed, mend = True, isinstance(stand.error, IndexMismatch | IndexMissing)
            if isinstance(stand.error, UnconfirmedRemoval):
                mend, leaving = True, len(stand.error.documents)
        progress = stand.progress
        fraction = progress.done / progress.total if progress and progress.total else -1.0
        return {
            "busy": busy,
            "syncing": stand.doing == "syncing",
            "note": note,
            "failed": failed,
            "fraction": fraction,
            "mend": mend,
            "leaving": leaving,
            "allow": bool(stand.waits_for),
            "version": stand.version,
            "documents": len(self._headers),
            "synced": texts.synced(stand.report) if stand.report and not busy else "",
        }

    def sync(self, wanted: dict[str, Any]) -> bool:
        """Begin to index; false when something else is being done.

        With ``{confirmed}`` the documents may leave that `readiness` counts as ``leaving``.
        """
        return self._work.sync(confirmed=wanted.get("confirmed") is True)

    def stop_work(self, wanted: dict[str, Any]) -> bool:
        """End indexing early; what was saved stays."""
        self._work.stop()
        return True


def _update(exchange: Exchange, html: str, note: str = "") -> Update:
    running = exchange.turn.running
    return {"turn": exchange.id, "html": html, "running": running, "note": note}


def _unsaved(error: Exception | None, texts: Texts) -> str:
    """What to tell about an answer that could not be kept; nothing when it could."""
    return texts.unsaved(calls.reason(error, texts)) if error else ""


def _who(request: gr.Request) -> str:
    """Whose questions are counted together: those of one session, as the guard knows it."""
    return str(getattr(request.state, "who", request.session_hash))


def _history(conversation: Conversation | None, until: str | None) -> tuple[Earlier, ...]:
    """What was answered before, oldest first, up to the exchange that is asked again."""
    turns = []
    for exchange in conversation.exchanges if conversation else ():
        if exchange.id == until:
            break
        if exchange.turn.answer is not None:
            turns.append(exchange.turn.answer.turn)
    return tuple(turns)


def _within(given: Any) -> Filter | None:
    """What the browser limits a question to; None for everything."""
    if not isinstance(given, Mapping):
        return None
    documents = given.get("documents")
    limits = Filter(
        documents=frozenset(map(str, documents if isinstance(documents, list) else ())),
        after=str(given.get("after") or ""),
        before=_day_after(str(given.get("before") or "")),
    )
    return None if limits == Filter() else limits


def _day_after(day: str) -> str:
    """The page says "until", a day included; a filter says "before".

    What is no day stays as it is, and is refused with the question.
    """
    try:
        return (date.fromisoformat(day) + timedelta(days=1)).isoformat()
    except (ValueError, OverflowError):
        return day


def _progress(stand: Stand, texts: Texts) -> str:
    progress = stand.progress
    if progress is None:
        return texts.loading if stand.doing == "starting" else texts.stages["checking"]
    words = texts.stages.get(progress.stage, progress.stage)
    if progress.total:
        words += f" {100 * progress.done // progress.total}\N{NO-BREAK SPACE}%"
    if stand.left is not None and stand.left >= 2:
        words += f" · {texts.left(stand.left)}"
    return words
