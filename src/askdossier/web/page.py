"""The Gradio page: one custom component draws everything, Gradio carries the events.

The browser sends ``ask`` and ``stop``; the server answers with updates, each holding one turn of
the conversation as ready HTML. ``script.js`` puts them in place and opens sources through the
server functions ``source`` and ``readiness``. Nothing on the page comes from another host, and a
Content-Security-Policy makes the browser refuse it if something ever tried.
"""

from __future__ import annotations

import logging
import os
import socket
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib import resources
from typing import Any, TypedDict

import gradio as gr
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from askdossier.records import DossierError, Span, Stop
from askdossier.web import render
from askdossier.web.texts import TEXTS, Interface, Texts, preferred, told
from askdossier.web.turn import Archive, Line, take_turn

_log = logging.getLogger(__name__)

_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
    "connect-src 'self'; object-src 'none'; form-action 'self'; frame-ancestors 'self'"
)
"""Gradio compiles its templates in the browser, hence ``unsafe-eval``; nothing leaves ``self``."""


_LOCAL = ["127.0.0.1", "localhost"]


class Update(TypedDict, total=False):
    """What the server sends to the component."""

    shell: str
    """HTML of the whole page; only the first update has it."""
    turn: int
    """Which question, as numbered by the browser."""
    html: str
    running: bool


@dataclass(slots=True)
class _Session:
    """One browser tab. The browser numbers its questions, so that a late Stop finds its own."""

    texts: Texts
    stops: dict[int, Stop] = field(default_factory=dict)


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
    """The handlers behind the page, one object for all tabs."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._line = Line()
        self._warmth = Warmth(archive)
        self._sessions: dict[str, _Session] = {}
        self._lock = threading.Lock()

    def _session(self, request: gr.Request) -> _Session:
        texts = TEXTS[preferred(request.headers.get("accept-language", ""))]
        with self._lock:
            return self._sessions.setdefault(str(request.session_hash), _Session(texts))

    def _stop_of(self, session: _Session, turn: int) -> Stop:
        with self._lock:
            return session.stops.setdefault(turn, Stop())

    def opened(self, request: gr.Request) -> Update:
        """A tab loads the page."""
        return {"shell": render.shell(self._archive.documents, self._session(request).texts)}

    def asked(self, event: gr.EventData, request: gr.Request) -> Iterator[Update]:
        """A tab asks a question; yields its turn as it grows."""
        session = self._session(request)
        number, question = int(event.turn), str(event.question).strip()
        if not question:
            return
        stop = self._stop_of(session, number)
        try:
            for turn in take_turn(self._archive, self._line, question, stop):
                markup = render.turn(turn, self._archive.documents, session.texts)
                yield {"turn": number, "html": markup, "running": turn.running}
        finally:
            stop.set()
            with self._lock:
                session.stops.pop(number, None)

    def stopped(self, event: gr.EventData, request: gr.Request) -> None:
        """A tab stops its question (which may not have begun yet)."""
        self._stop_of(self._session(request), int(event.turn)).set()

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

    def source(self, wanted: dict[str, Any]) -> str:
        """HTML of the source panel for ``{language, document, start, end, number}``."""
        texts = _texts(wanted.get("language"))
        document = self._archive.documents.get(str(wanted.get("document")))
        start, end = int(wanted.get("start", 0)), int(wanted.get("end", 0))
        if document is None or not 0 <= start <= end <= len(document.text):
            return render.notice(texts.source, texts.no_source)
        span = Span(start, end)
        passage = self._archive.passage_around(document.id, span) if len(span) else None
        return render.source(document, span, passage, texts, int(wanted.get("number", 0)))

    def readiness(self, language: str) -> dict[str, Any]:
        """Whether the models are loaded: ``{loading, note, failed}``."""
        texts = _texts(language)
        if self._warmth.loading:
            return {"loading": True, "note": texts.loading, "failed": False}
        error = self._warmth.error
        if error is None:
            return {"loading": False, "note": "", "failed": False}
        note = "\n".join(filter(None, told(error, texts)))
        return {"loading": False, "note": note, "failed": True}


def _texts(language: object) -> Texts:
    known: Interface = "fr" if language == "fr" else "en"
    return TEXTS[known]


def _asset(name: str) -> str:
    return resources.files("askdossier.web").joinpath(name).read_text(encoding="utf-8")


def build(archive: Archive) -> tuple[gr.Blocks, Chat]:
    """The page, not yet served, and its handlers."""
    chat = Chat(archive)

    # Plain functions, because Gradio puts a mark on what the browser may call.
    def source(wanted: dict[str, Any]) -> str:
        return chat.source(wanted)

    def readiness(language: str) -> dict[str, Any]:
        return chat.readiness(language)

    with gr.Blocks(title="askdossier", analytics_enabled=False) as blocks:
        page = gr.HTML(
            html_template="",
            js_on_load=_asset("script.js"),
            apply_default_css=False,
            server_functions=[source, readiness],
        )
        # An open tab asks one question at a time, and `Line` orders those of several tabs.
        page.ask(
            chat.asked,
            outputs=page,
            concurrency_limit=None,
            trigger_mode="multiple",
            show_progress="hidden",
            api_visibility="private",
        )
        page.stop(
            chat.stopped,
            queue=False,
            trigger_mode="multiple",
            show_progress="hidden",
            api_visibility="private",
        )
        blocks.load(
            chat.opened,
            outputs=page,
            queue=False,
            show_progress="hidden",
            api_visibility="private",
        )
        blocks.unload(chat.closed)
    return blocks, chat


class _Headers:
    """Adds the headers that keep the page to this host."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["Content-Security-Policy"] = _POLICY
                headers["Referrer-Policy"] = "no-referrer"
                headers["X-Content-Type-Options"] = "nosniff"
            await send(message)

        await self._app(scope, receive, sent if scope["type"] == "http" else send)


def launch(blocks: gr.Blocks, host: str, port: int | None, *, open_browser: bool) -> str:
    """Serve the page in a background thread and return its address.

    Raises:
        DossierError: the port is taken.
    """
    if port is not None:
        _check_free(host, port)
    # Gradio asks its own address once at start; a proxy of the network must not come between.
    for name in ("NO_PROXY", "no_proxy"):
        known = os.environ.get(name, "")
        os.environ[name] = ",".join(filter(None, (known, "127.0.0.1", "localhost", host)))
    _, address, _ = blocks.launch(
        server_name=host,
        server_port=port,
        inbrowser=open_browser,
        inline=False,
        share=False,
        quiet=True,
        prevent_thread_lock=True,
        footer_links=[],
        run_history=False,
        enable_monitoring=False,
        ssr_mode=False,
        pwa=False,
        mcp_server=False,
        theme=_theme(),
        # Not `css`: Gradio rewrites its selectors, and breaks those with commas in brackets.
        head=f"<style>{_asset('style.css')}</style>",
        favicon_path=str(resources.files("askdossier.web").joinpath("favicon.png")),
        app_kwargs={"middleware": _middleware(host)},
    )
    return str(address)


def _middleware(host: str) -> list[Middleware]:
    """Headers for all; on this machine alone, also a check of the name that was asked for.

    Without it, any web page could read the dossier by pointing its own name at 127.0.0.1.
    """
    layers = [Middleware(_Headers)]
    if host in _LOCAL:
        layers.append(Middleware(TrustedHostMiddleware, allowed_hosts=_LOCAL, www_redirect=False))
    return layers


def _check_free(host: str, port: int) -> None:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise DossierError(
                f"Port {port} cannot be used ({error.strerror}); choose another one with --port."
            ) from error


def _theme() -> gr.themes.Base:
    """Gradio's plainest theme with the system's fonts and our paper, so that nothing flashes."""
    theme = gr.themes.Base(
        font=["system-ui", "sans-serif"], font_mono=["ui-monospace", "monospace"]
    )
    return theme.set(
        body_background_fill="#faf8f4",
        body_background_fill_dark="#171614",
        body_text_color="#1d1b18",
        body_text_color_dark="#ece9e2",
    )


def serve(
    archive: Archive,
    host: str = "127.0.0.1",
    port: int | None = 7860,
    open_browser: bool = False,
) -> None:
    """Serve the chat until Ctrl-C; ``port`` None takes the first free one from 7860.

    The page comes up at once; the models load meanwhile.

    Raises:
        DossierError: the port is taken.
    """
    blocks, chat = build(archive)
    address = launch(blocks, host, port, open_browser=open_browser)
    sys.stdout.write(f"askdossier: {address}  (Ctrl-C)\n")
    sys.stdout.flush()
    try:
        threading.Event().wait()
    except KeyboardInterrupt:
        pass
    finally:
        chat.stop_all()
        blocks.close(verbose=False)
