"""What the page asks of the server: to answer, to show sources, to keep conversations.

Knows Gradio only by what its events carry; ``page`` wires these handlers to the browser.
"""

from __future__ import annotations

import base64
import logging
import threading
from collections.abc import Generator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, TypedDict

import gradio as gr

from askdossier.core import (
    Citation,
    Document,
    DossierError,
    EmptyCorpus,
    Evidence,
    Filter,
    IndexMismatch,
    IndexMissing,
    Span,
    Stop,
    UnconfirmedRemoval,
)
from askdossier.core import Turn as Earlier
from askdossier.dossier import Dossier, check_question
from askdossier.web import citing, feedback, preferences, render
from askdossier.web.conversations import Conversation, Conversations, Exchange, valid_id
from askdossier.web.export import export, export_conversation
from askdossier.web.headers import Headers
from askdossier.web.library import Library, fold
from askdossier.web.stepwise import Wait
from askdossier.web.suggest import suggestions
from askdossier.web.texts import TEXTS, Interface, Texts, preferred, told
from askdossier.web.turn import Line, Turn, take_turn
from askdossier.web.uploads import Uploads
from askdossier.web.work import Prepare, Stand, Work

_log = logging.getLogger(__name__)

_LONGEST_SEARCH = 200
"""Characters of what is looked for; more are not looked at."""


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

    def __init__(self, archive: Dossier, uploads: Uploads, prepare: Prepare | None = None) -> None:
        """``uploads`` is where Gradio puts what a browser sends."""
        self._archive = archive
        self._uploads = uploads
        self._headers = Headers(archive)
        self._library = Library(archive, self._headers)
        self._kept = Conversations(archive.settings.index / "conversations")
        self._feedback = archive.settings.index / "feedback.jsonl"
        self.line = Line()
        """Of everybody who wants the writer."""
        self._work = Work(archive, prepare)
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
        return {"shell": render.shell(len(self._headers), texts, self._suggested(texts))}

    def _suggested(self, texts: Texts) -> tuple[str, ...]:
        try:
            return suggestions(list(self._headers), self._archive.documents, texts.about)
        except DossierError:
            return ()

    def asked(self, event: gr.EventData, request: gr.Request) -> Generator[Update | Wait]:
        """A tab asks ``{conversation, turn, question, replaces}``; yields the turn as it grows.

        ``within`` limits it to ``{documents, after, before}``. Waits as ``take_turn`` does.
        """
        session = self._session(request)
        conversation, name = valid_id(event.conversation), valid_id(event.turn)
        question = str(event.question).strip()
        if conversation is None or name is None or not question:
            return
        try:
            check_question(question)
        except DossierError as error:  # it is not kept either
            refused = Exchange(name, datetime.now(UTC), Turn(question, "failed", error=error), {})
            yield _update(refused, self._markup(refused, session.texts))
            return
        stop = self._stop_of(session, name)
        keeper = _Keeper(self._kept, self._headers, conversation, name, valid_id(event.replaces))
        try:
            within = _within(event.within)
            history = _history(self._kept.get(conversation), keeper.replaces)
            for turn in take_turn(
                self._archive, self.line, question, stop, history, within, _who(request)
            ):
                if isinstance(turn, Wait):
                    yield turn
                    continue
                keeper.keep(turn)
                html = self._markup(keeper.exchange, session.texts)
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

        Gives ``{busy, syncing, note, failed, fraction, mend, leaving, version, documents}``:
        ``fraction`` is -1 while it cannot be told; ``mend`` says that indexing again would help;
        ``leaving`` counts the documents for whose leaving the index a sync was refused.
        """
        texts = _texts(wanted)
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

    # --- documents ---

    def library(self, wanted: dict[str, Any]) -> dict[str, Any]:
        """The documents that ``{wanted}`` finds: ``{html, documents}``."""
        listing = self._library.listing(_looked_for(wanted))
        html = render.library(listing, _texts(wanted))
        return {"html": html, "documents": len(self._headers)}

    def add(self, wanted: dict[str, Any]) -> dict[str, str]:
        """Take the uploaded ``{path}`` into the dossier as ``{name}``: ``{added, refused}``."""
        texts = _texts(wanted)
        path = self._uploads.find(str(wanted.get("path")))
        if path is None:
            return {"added": "", "refused": texts.failed}
        try:
            added = self._library.add(path, str(wanted.get("name")))
        except DossierError as error:
            return {"added": "", "refused": texts.said(str(error))}
        finally:
            path.unlink(missing_ok=True)
        if added is None:
            return {"added": "", "refused": texts.already(path.name)}
        return {"added": added, "refused": ""}

    def take_out(self, wanted: dict[str, Any]) -> str:
        """Move the file of ``{document}`` out of the dossier; says why not, or nothing."""
        try:
            self._library.remove(str(wanted.get("document")))
        except DossierError as error:
            return _texts(wanted).said(str(error))
        return ""

    def facts(self, wanted: dict[str, Any]) -> dict[str, str]:
        """What is known about ``{document}``, by its names in ``library.FACTS``; or nothing."""
        try:
            return self._library.facts(str(wanted.get("document")))
        except KeyError:
            return {}

    def state(self, wanted: dict[str, Any]) -> dict[str, Any]:
        """State ``{facts}`` about ``{document}``: ``{changed, refused}``."""
        texts = _texts(wanted)
        facts = wanted.get("facts")
        given = facts if isinstance(facts, Mapping) else {}
        try:
            changed = self._library.state(
                str(wanted.get("document")), {str(k): str(v) for k, v in given.items()}
            )
        except DossierError as error:
            return {"changed": False, "refused": texts.said(str(error))}
        return {"changed": changed, "refused": ""}

    # --- settings ---

    def settings(self, wanted: dict[str, Any]) -> str:
        """HTML of the settings."""
        texts = _texts(wanted)
        settings = self._archive.settings
        writer, embedder = settings.writer, settings.embedder
        stand = self._work.stand
        if stand.doing != "starting" and stand.error is None:
            writer, embedder = self._archive.writer.name, self._archive.embedder.name
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
        )
        return render.settings(used, texts)

    def strict(self, wanted: dict[str, Any]) -> bool:
        """Set how sure an answer must be, now and at the next start: ``{value}`` from 0 to 1."""
        value = min(1.0, max(0.0, float(wanted.get("value", 0))))
        self._archive.settings = replace(self._archive.settings, strictness=value)
        try:
            preferences.remember(self._archive.settings)
        except OSError:
            _log.exception("the settings could not be kept")
        return True

    # --- sources ---

    def source(self, wanted: dict[str, Any]) -> str:
        """HTML of the source panel for ``{conversation, document, start, end, number}``."""
        texts = _texts(wanted)
        conversation = self._kept.get(str(wanted.get("conversation")))
        name, asked = str(wanted.get("document")), _span(wanted)
        if asked is None:
            return render.notice(texts.source, texts.no_source)
        quote = citing.quote_at(conversation, name, asked)
        document = self._archive.documents.get(name)
        if document is None:
            for exchange in conversation.exchanges if conversation else ():
                if quote is not None and name in exchange.sources:
                    return render.lost_source(exchange.sources[name], quote, texts)
            return render.notice(texts.source, texts.no_source)
        if quote is None and asked.end > len(document.text):
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
            removed=() if len(span) else self._archive.removals(name),
        )

    def page_image(self, wanted: dict[str, Any]) -> str:
        """HTML of the page of a PDF for ``{document, start, end}``, as ``source`` gives these."""
        texts = _texts(wanted)
        name, span = str(wanted.get("document")), _span(wanted)
        try:
            image = self._archive.page_image(name, span) if span is not None else None
        except KeyError:
            image = None
        except DossierError as error:
            return render.notice(texts.no_image, texts.said(str(error)))
        if image is None:
            return render.notice(texts.no_image, texts.no_source)
        return render.page_image(image, texts)

    # --- conversations ---

    def conversations(self, wanted: dict[str, Any]) -> str:
        """HTML of the list of conversations, or of those that hold the words of ``{wanted}``."""
        words = fold(_looked_for(wanted)).split()
        known = [one for one in self._kept.all() if _holds(one, words)]
        return render.conversations(known, _texts(wanted), wanted=bool(words))

    def conversation(self, wanted: dict[str, Any]) -> dict[str, Any]:
        """Everything said in ``{conversation}``: ``{found, turns: [{turn, html}]}``."""
        texts = _texts(wanted)
        known = self._kept.get(str(wanted.get("conversation")))
        if known is None:
            welcome = render.welcome(len(self._headers), texts, self._suggested(texts))
            return {"found": False, "turns": [], "welcome": welcome}
        turns = [
            {"turn": exchange.id, "html": self._markup(_settled(exchange), texts)}
            for exchange in known.exchanges
        ]
        return {"found": True, "turns": turns, "welcome": ""}

    def rename(self, wanted: dict[str, Any]) -> str:
        """Name ``{conversation}`` as ``{name}``; says why not, or nothing."""
        try:
            self._kept.rename(str(wanted.get("conversation")), str(wanted.get("name", "")))
        except (OSError, DossierError) as error:
            texts = _texts(wanted)
            return texts.unchanged(_reason(error, texts))
        return ""

    def delete(self, wanted: dict[str, Any]) -> str:
        """Delete ``{conversation}``; says why not, or nothing."""
        try:
            self._kept.delete(str(wanted.get("conversation")))
        except (OSError, DossierError) as error:
            texts = _texts(wanted)
            return texts.unchanged(_reason(error, texts))
        return ""

    def undo(self, wanted: dict[str, Any]) -> str:
        """Take out ``{turn}`` of ``{conversation}`` and what follows; says why not, or nothing."""
        try:
            self._kept.drop(str(wanted.get("conversation")), str(wanted.get("turn")))
        except (OSError, DossierError) as error:
            texts = _texts(wanted)
            return texts.unchanged(_reason(error, texts))
        return ""

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


def _update(exchange: Exchange, html: str, note: str = "") -> Update:
    running = exchange.turn.running
    return {"turn": exchange.id, "html": html, "running": running, "note": note}


def _unsaved(error: Exception | None, texts: Texts) -> str:
    """What to tell about an answer that could not be kept; nothing when it could."""
    return texts.unsaved(_reason(error, texts)) if error else ""


def _reason(error: Exception, texts: Texts) -> str:
    if isinstance(error, OSError):
        return error.strerror or type(error).__name__
    return texts.said(str(error))


def _who(request: gr.Request) -> str:
    """Whose questions are counted together: those of one session, as the guard knows it."""
    return str(getattr(request.state, "who", request.session_hash))


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
        self.unsaved: Exception | None = None
        """Why what is shown is not kept."""

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
        try:
            self._kept.keep(self._conversation, self.exchange, instead_of=self.replaces)
        except (OSError, DossierError) as error:
            self._saved, self.unsaved = None, error  # and so it is tried again
            _log.exception("the conversation could not be saved")
        else:
            self._saved, self.unsaved, self.replaces = self.exchange.turn, None, None


def _holds(conversation: Conversation, words: list[str]) -> bool:
    """Whether the name, the questions and the answers hold all of the (folded) words."""
    if not words:
        return True
    said = [conversation.title]
    for exchange in conversation.exchanges:
        turn = exchange.turn
        said += [turn.question, turn.answer.text if turn.answer else ""]
    everything = fold("\n".join(said))
    return all(word in everything for word in words)


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


def _span(wanted: Mapping[str, Any]) -> Span | None:
    """``{start, end}``; None when that is no span."""
    start, end = int(wanted.get("start", 0)), int(wanted.get("end", 0))
    return Span(start, end) if 0 <= start <= end else None


def _looked_for(wanted: Mapping[str, Any]) -> str:
    return str(wanted.get("wanted") or "")[:_LONGEST_SEARCH]


def _texts(wanted: Mapping[str, Any]) -> Texts:
    known: Interface = "fr" if wanted.get("language") == "fr" else "en"
    return TEXTS[known]


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
