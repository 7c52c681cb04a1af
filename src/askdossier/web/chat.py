"""What the page asks of the server: to answer, to show sources, to keep conversations.

Knows Gradio only by what its events carry; ``page`` wires these handlers to the browser.
"""

from __future__ import annotations

import base64
import logging
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any, TypedDict

import gradio as gr

from askdossier.records import Citation, Document, DossierError, Evidence, Span, Stop
from askdossier.records import Turn as Earlier
from askdossier.web import citing, feedback, render
from askdossier.web.conversations import Conversation, Conversations, Exchange, valid_id
from askdossier.web.export import export, export_conversation
from askdossier.web.headers import Headers
from askdossier.web.texts import TEXTS, Interface, Texts, preferred, told
from askdossier.web.turn import Archive, Line, Turn, take_turn

_log = logging.getLogger(__name__)


class Update(TypedDict, total=False):
    """What the server sends to the component."""

    shell: str
    """HTML of the whole page; only the first update has it."""
    turn: str
    """Which question, as named by the browser."""
    html: str
    running: bool


@dataclass(slots=True)
class _Session:
    """One browser tab. The browser names its questions, so that a late Stop finds its own."""

    texts: Texts
    stops: dict[str, Stop] = field(default_factory=dict)


class Warmth:
    """Loads the models in a thread at start, and says how that went."""

    def __init__(self, archive: Archive) -> None:
        self._error: Exception | None = None
        self._thread = threading.Thread(
            target=self._load, args=(archive,), name="warm-up", daemon=True
        )
        self._thread.start()

    def _load(self, archive: Archive) -> None:
        try:
            archive.warm_up()
        except DossierError as error:
            self._error = error
        except Exception as error:
            _log.exception("the models could not be loaded")
            self._error = error

    @property
    def loading(self) -> bool:
        """True until the models are loaded, or loading failed."""
        return self._thread.is_alive()

    @property
    def error(self) -> Exception | None:
        """Why loading failed."""
        return self._error


class Chat:
    """The handlers behind the page, one object for all tabs.

    Those that the browser calls as functions take one object, whose ``language`` is that of the
    interface.
    """

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._headers = Headers(archive)
        self._kept = Conversations(archive.settings.index / "conversations")
        self._feedback = archive.settings.index / "feedback.jsonl"
        self._line = Line()
        self._warmth = Warmth(archive)
        self._sessions: dict[str, _Session] = {}
        self._lock = threading.Lock()

    # --- tabs and questions ---

    def _session(self, request: gr.Request) -> _Session:
        texts = TEXTS[preferred(request.headers.get("accept-language", ""))]
        with self._lock:
            return self._sessions.setdefault(str(request.session_hash), _Session(texts))

    def _stop_of(self, session: _Session, turn: str) -> Stop:
        with self._lock:
            return session.stops.setdefault(turn, Stop())

    def opened(self, request: gr.Request) -> Update:
        """A tab loads the page."""
        return {"shell": render.shell(self._headers, self._session(request).texts)}

    def asked(self, event: gr.EventData, request: gr.Request) -> Iterator[Update]:
        """A tab asks ``{conversation, turn, question, replaces}``; yields the turn as it grows."""
        session = self._session(request)
        conversation, name = valid_id(event.conversation), valid_id(event.turn)
        question = str(event.question).strip()
        if conversation is None or name is None or not question:
            return
        stop = self._stop_of(session, name)
        keeper = _Keeper(self._kept, self._headers, conversation, name, valid_id(event.replaces))
        try:
            history = _history(self._kept.get(conversation), keeper.replaces)
            for turn in take_turn(self._archive, self._line, question, stop, history):
                keeper.keep(turn)
                yield {
                    "turn": name,
                    "html": self._markup(keeper.exchange, session.texts),
                    "running": turn.running,
                }
        finally:
            stop.set()
            keeper.end()
            with self._lock:
                session.stops.pop(name, None)

    def stopped(self, event: gr.EventData, request: gr.Request) -> None:
        """A tab stops its question (which may not have begun yet)."""
        self._stop_of(self._session(request), str(event.turn)).set()

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

    def readiness(self, wanted: dict[str, Any]) -> dict[str, Any]:
        """Whether the models are loaded: ``{loading, note, failed}``."""
        texts = _texts(wanted)
        if self._warmth.loading:
            return {"loading": True, "note": texts.loading, "failed": False}
        error = self._warmth.error
        if error is None:
            return {"loading": False, "note": "", "failed": False}
        note = "\n".join(filter(None, told(error, texts)))
        return {"loading": False, "note": note, "failed": True}

    # --- sources ---

    def source(self, wanted: dict[str, Any]) -> str:
        """HTML of the source panel for ``{conversation, document, start, end, number}``."""
        texts = _texts(wanted)
        conversation = self._kept.get(str(wanted.get("conversation")))
        name = str(wanted.get("document"))
        start, end = int(wanted.get("start", 0)), int(wanted.get("end", 0))
        if not 0 <= start <= end:
            return render.notice(texts.source, texts.no_source)
        asked = Span(start, end)
        quote = citing.quote_at(conversation, name, asked)
        document = self._archive.documents.get(name)
        if document is None:
            for exchange in conversation.exchanges if conversation else ():
                if quote is not None and name in exchange.sources:
                    return render.lost_source(exchange.sources[name], quote, texts)
            return render.notice(texts.source, texts.no_source)
        if quote is None and end > len(document.text):
            return render.notice(texts.source, texts.no_source)
        found = citing.Found(asked, moved=False)
        if quote is not None:
            located = citing.locate(quote, asked, document.text)
            if located is None:
                return render.lost_source(document, quote, texts)
            found = located
        span = found.span
        return render.source(
            document,
            span,
            self._archive.passage_around(document.id, span) if len(span) else None,
            texts,
            int(wanted.get("number", 0)),
            others=citing.others_in(conversation, document),
            steps=citing.steps(conversation, name, asked, self._headers),
            note=texts.source_moved if found.moved else "",
        )

    # --- conversations ---

    def conversations(self, wanted: dict[str, Any]) -> str:
        """HTML of the list of conversations."""
        return render.conversations(self._kept.all(), _texts(wanted))

    def conversation(self, wanted: dict[str, Any]) -> dict[str, Any]:
        """Everything said in ``{conversation}``: ``{found, turns: [{turn, html}]}``."""
        texts = _texts(wanted)
        known = self._kept.get(str(wanted.get("conversation")))
        if known is None:
            return {"found": False, "turns": [], "welcome": render.welcome(self._headers, texts)}
        turns = [
            {"turn": exchange.id, "html": self._markup(_settled(exchange), texts)}
            for exchange in known.exchanges
        ]
        return {"found": True, "turns": turns, "welcome": ""}

    def rename(self, wanted: dict[str, Any]) -> bool:
        """Name ``{conversation}`` as ``{name}``."""
        self._kept.rename(str(wanted.get("conversation")), str(wanted.get("name", "")))
        return True

    def delete(self, wanted: dict[str, Any]) -> bool:
        """Delete ``{conversation}``."""
        self._kept.delete(str(wanted.get("conversation")))
        return True

    def undo(self, wanted: dict[str, Any]) -> bool:
        """Take out ``{turn}`` of ``{conversation}`` and what follows it."""
        self._kept.drop(str(wanted.get("conversation")), str(wanted.get("turn")))
        return True

    def exported(self, wanted: dict[str, Any]) -> dict[str, str]:
        """``{conversation}`` or one ``{turn}`` of it in ``{format}``.

        Gives ``{name, type, content}`` with base64 content; an empty name when it does not exist.
        """
        texts = _texts(wanted)
        known = self._kept.get(str(wanted.get("conversation")))
        if known is None:
            return {"name": "", "type": "", "content": ""}
        chosen = [exchange for exchange in known.exchanges if exchange.id == wanted.get("turn")]
        format_ = str(wanted.get("format"))
        if wanted.get("turn"):
            title = chosen[0].turn.question if chosen else ""
            file = export(title, chosen, format_, texts)
        else:
            file = export_conversation(known, format_, texts)
        content = base64.b64encode(file.content).decode()
        return {"name": file.name, "type": file.media_type, "content": content}

    def feedback(self, wanted: dict[str, Any]) -> bool:
        """Keep what a reader says: ``{conversation, turn, kind, citation, comment}``."""
        known = self._kept.get(str(wanted.get("conversation")))
        for exchange in known.exchanges if known else ():
            if exchange.id == wanted.get("turn"):
                feedback.note(
                    self._feedback,
                    exchange,
                    str(wanted.get("kind")),
                    int(wanted.get("citation") or 0),
                    str(wanted.get("comment") or ""),
                )
                return True
        return False

    def _markup(self, exchange: Exchange, texts: Texts) -> str:
        turn = exchange.turn
        places: tuple[Citation | Evidence, ...] = (*exchange.citations, *turn.evidence)
        named = {place.document for place in places}
        named |= {other.document for place in places for other in place.also}
        known: dict[str, Document] = dict(exchange.sources)
        known |= {name: self._headers[name] for name in named if name in self._headers}
        return render.turn(turn, known, texts)


class _Keeper:
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

    def keep(self, turn: Turn) -> None:
        """``turn`` is what is shown now."""
        cited = [citation.document for claim in turn.claims for citation in claim.citations]
        sources = dict(self.exchange.sources)
        for document in cited:
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
        self._saved = self.exchange.turn
        try:
            self._kept.keep(self._conversation, self.exchange, instead_of=self.replaces)
            self.replaces = None
        except OSError:
            _log.exception("the conversation could not be saved")


def _history(conversation: Conversation | None, until: str | None) -> tuple[Earlier, ...]:
    """What was answered before, oldest first, up to the exchange that is asked again."""
    turns = []
    for exchange in conversation.exchanges if conversation else ():
        if exchange.id == until:
            break
        turn = exchange.turn
        if turn.answer is not None:
            turns.append(Earlier(turn.standalone or turn.question, turn.answer.text))
    return tuple(turns)


def _settled(exchange: Exchange) -> Exchange:
    """An exchange read from disk: what was running then is not running now."""
    if not exchange.turn.running:
        return exchange
    return replace(exchange, turn=replace(exchange.turn, state="interrupted"))


def _texts(wanted: Mapping[str, Any]) -> Texts:
    known: Interface = "fr" if wanted.get("language") == "fr" else "en"
    return TEXTS[known]
