"""The Gradio page: one custom component draws everything, Gradio carries the events.

The browser sends ``ask`` and ``stop``; the server answers with updates, each holding one turn of
the conversation as ready HTML. The scripts in ``client`` put them in place, and call the other
handlers of ``chat`` as server functions. Nothing on the page comes from another host. ``guard``
stands before all of it.
"""

from __future__ import annotations

import functools
import inspect
import os
import secrets
import socket
import sys
import time
import webbrowser
from collections.abc import AsyncGenerator, Callable
from importlib import resources
from pathlib import Path
from typing import Any

import gradio as gr
from gradio.events import api as api_endpoint
from gradio.routes import App
from starlette.types import Receive, Scope, Send

from askdossier.core import DossierError
from askdossier.dossier import Dossier
from askdossier.web import calls
from askdossier.web.api import Api
from askdossier.web.chat import Chat, Update
from askdossier.web.guard import Guard, PublicAddress, is_local, log_sign_ins
from askdossier.web.sessions import USER, SignIn
from askdossier.web.stepwise import stepwise
from askdossier.web.turn import MOST_OPEN
from askdossier.web.uploads import Room, Uploads
from askdossier.web.work import Prepare

_SCRIPTS = ("page", "asking", "source", "library", "conversations", "events")
"""In this order."""

_PASSWORD = "ASKDOSSIER_PASSWORD"
_MOST_SESSIONS = 1000


def _asset(name: str) -> str:
    return resources.files("askdossier.web").joinpath(name).read_text(encoding="utf-8")


def _script() -> str:
    """The page's behaviour; Gradio runs it as the body of one function."""
    return '"use strict";\n' + "".join(_asset(f"client/{name}.js") for name in _SCRIPTS)


def _told(function: Callable[..., Any]) -> Callable[..., Any]:
    """``function`` with errors for the user that reach the caller."""

    @functools.wraps(function)
    def told(*args: Any, **kwargs: Any) -> Any:
        try:
            return function(*args, **kwargs)
        except DossierError as error:
            raise gr.Error(str(error), print_exception=False) from error

    @functools.wraps(function)
    async def told_later(*args: Any, **kwargs: Any) -> Any:
        try:
            return await function(*args, **kwargs)
        except DossierError as error:
            raise gr.Error(str(error), print_exception=False) from error

    return told_later if inspect.iscoroutinefunction(function) else told


def _function(method: Callable[[dict[str, Any]], Any]) -> Callable[[dict[str, Any]], Any]:
    """``method`` as a plain function, because Gradio puts a mark on what the browser may call."""

    @functools.wraps(method)
    def function(wanted: dict[str, Any]) -> Any:
        return method(calls.encodable(wanted))

    return function


def build(
    archive: Dossier,
    prepare: Prepare | None = None,
    *,
    with_api: bool = False,
    shared: bool = False,
) -> tuple[gr.Blocks, Chat]:
    """The page, not yet served, and its handlers; what ``prepare`` does begins now.

    ``with_api`` adds the functions of ``api``, which other programs may call; ``shared`` says that
    others than who started it may sign in.
    """
    uploads = Uploads()
    chat = Chat(archive, uploads, prepare, shared=shared)

    async def asked(event: gr.EventData, request: gr.Request) -> AsyncGenerator[Update]:
        async for update in stepwise(chat.asked(event, request)):
            yield update

    with gr.Blocks(title="askdossier", analytics_enabled=False) as blocks:
        page = gr.HTML(
            html_template="",
            js_on_load=_script(),
            apply_default_css=False,
            server_functions=[_function(method) for method in _methods(chat)],
        )
        # An open tab asks one question at a time, and `Line` orders those of several tabs.
        page.ask(
            asked,
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
        for function in Api(archive, chat.line).functions if with_api else ():
            api_endpoint(_told(function), api_name=function.__name__, concurrency_limit=None)
    blocks.GRADIO_CACHE = str(uploads.folder)
    return blocks, chat


def _methods(chat: Chat) -> list[Callable[..., object]]:
    """What the page's script may call."""
    return [
        chat.readiness,
        chat.sync,
        chat.stop_work,
        chat.documents.library,
        chat.documents.add,
        chat.documents.take_out,
        chat.documents.facts,
        chat.documents.state,
        chat.adjusting.settings,
        chat.adjusting.strict,
        chat.adjusting.allow,
        chat.adjusting.choose,
        chat.sources.source,
        chat.sources.page_image,
        chat.keeping.conversations,
        chat.keeping.conversation,
        chat.keeping.rename,
        chat.keeping.delete,
        chat.keeping.undo,
        chat.keeping.exported,
        chat.keeping.feedback,
    ]


class _GuardedApp(App):
    """Gradio's application behind the guard, which must come before Gradio's own middleware."""

    guard: Guard | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        assert self.guard is not None
        await self.guard(scope, receive, send)

    async def unguarded(self, scope: Scope, receive: Receive, send: Send) -> None:
        await super().__call__(scope, receive, send)


def launch(
    blocks: gr.Blocks,
    host: str,
    port: int | None,
    *,
    open_browser: bool,
    password: str = "",
    token: str = "",
    url: str = "",
) -> str:
    """Serve the page in a background thread and return its address.

    With a ``password``, nothing is shown before the user ``askdossier`` has given it; the address
    with ``?token=`` and the ``token`` opens the page once without. ``url`` is the address under
    which a proxy shows the page.

    Raises:
        DossierError: the port is taken, or ``url`` is not the address of a host.
    """
    app = _GuardedApp()
    app.uploaded_file_dir = blocks.GRADIO_CACHE
    app.guard = Guard(
        app.unguarded,
        host,
        Room(Path(blocks.GRADIO_CACHE)),
        sign_in=SignIn(password, token) if password else None,
        public=PublicAddress(url) if url else None,
    )
    if port is not None:
        _check_free(host, port)
    # Gradio asks its own address once at start; a proxy of the network must not come between.
    for name in ("NO_PROXY", "no_proxy"):
        known = os.environ.get(name, "")
        os.environ[name] = ",".join(filter(None, (known, "127.0.0.1", "localhost", host)))
    _, address, _ = blocks.launch(
        server_name=host,
        server_port=port,
        inline=False,
        share=False,
        # Gradio counts waiting questions as running ones, of which it lets no more run.
        max_threads=2 * MOST_OPEN,
        # Each call of the API is a session to Gradio, which keeps 10,000 of them, some 160 MB.
        state_session_capacity=_MOST_SESSIONS,
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
        _app=app,
    )
    if open_browser:
        webbrowser.open(f"{address}?token={token}" if token else str(address))
    return str(address)


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
    archive: Dossier,
    host: str = "127.0.0.1",
    port: int | None = 7860,
    open_browser: bool = False,
    prepare: Prepare | None = None,
    with_api: bool = False,
    url: str = "",
) -> None:
    """Serve the chat until Ctrl-C; ``port`` None takes the first free one from 7860.

    A password is asked for where the environment variable ``ASKDOSSIER_PASSWORD`` holds one. On any
    other ``host`` than this machine, or behind a proxy that shows it as ``url``, there is always
    one: a new one is printed where none is given.

    The page comes up at once; meanwhile ``prepare`` does what comes first (fetching models, making
    the index), and the models load.

    Raises:
        DossierError: the port is taken, or ``url`` is not the address of a host.
    """
    given = os.environ.get(_PASSWORD, "")
    password = given or ("" if is_local(host) and not url else secrets.token_urlsafe(9))
    token = secrets.token_urlsafe(24) if password else ""
    blocks, chat = build(archive, prepare, with_api=with_api, shared=bool(password))
    address = launch(
        blocks, host, port, open_browser=open_browser, password=password, token=token, url=url
    )
    log_sign_ins()
    # A terminal is read by whoever started the chat, a file perhaps by others.
    opening = f"{address}?token={token}" if token and sys.stdout.isatty() else address
    sys.stdout.write(f"askdossier: {opening}  (Ctrl-C)\n")
    if password:
        sys.stdout.write(f"user: {USER}, password: {f'${_PASSWORD}' if given else password}\n")
    if url:
        sys.stdout.write(f"behind the proxy: {url}\n")
    if with_api:
        sys.stdout.write(f"API: {address}?view=api\n")
    sys.stdout.flush()
    try:
        # Not one long sleep: it goes on where another thread takes the signal of Ctrl-C.
        while True:
            time.sleep(1)
    except KeyboardInterrupt:
        pass
    finally:
        chat.stop_all()
        blocks.close(verbose=False)
