"""The Gradio page: one custom component draws everything, Gradio carries the events.

The browser sends ``ask`` and ``stop``; the server answers with updates, each holding one turn of
the conversation as ready HTML. The scripts in ``client`` put them in place, and call the other
handlers of ``chat`` as server functions. Nothing on the page comes from another host, and a
Content-Security-Policy makes the browser refuse it if something ever tried.
"""

from __future__ import annotations

import functools
import os
import secrets
import socket
import sys
import threading
from collections.abc import Callable
from importlib import resources
from pathlib import Path
from typing import Any

import gradio as gr
from gradio.events import api as api_endpoint
from gradio.utils import get_upload_folder
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from askdossier.records import DossierError
from askdossier.web import api
from askdossier.web.archive import Archive
from askdossier.web.chat import Chat
from askdossier.web.work import Prepare

_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
    "connect-src 'self'; object-src 'none'; form-action 'self'; frame-ancestors 'self'"
)
"""Gradio compiles its templates in the browser, hence ``unsafe-eval``; nothing leaves ``self``."""


_SCRIPTS = ("page", "asking", "source", "library", "conversations", "events")
"""In this order."""

USER = "askdossier"
"""Who signs in where a password is asked for."""

_PASSWORD = "ASKDOSSIER_PASSWORD"

_LOCAL = ["127.0.0.1", "localhost"]


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
            raise gr.Error(str(error)) from error

    return told


def _function(method: Callable[[dict[str, Any]], Any]) -> Callable[[dict[str, Any]], Any]:
    """``method`` as a plain function, because Gradio puts a mark on what the browser may call."""

    @functools.wraps(method)
    def function(wanted: dict[str, Any]) -> Any:
        return method(wanted)

    return function


def build(
    archive: Archive, prepare: Prepare | None = None, *, with_api: bool = False
) -> tuple[gr.Blocks, Chat]:
    """The page, not yet served, and its handlers; what ``prepare`` does begins now.

    ``with_api`` adds the functions of ``api``, which other programs may call.
    """
    chat = Chat(archive, Path(get_upload_folder()), prepare)

    functions = [
        chat.readiness,
        chat.sync,
        chat.stop_work,
        chat.library,
        chat.add,
        chat.take_out,
        chat.facts,
        chat.state,
        chat.settings,
        chat.strict,
        chat.source,
        chat.page_image,
        chat.conversations,
        chat.conversation,
        chat.rename,
        chat.delete,
        chat.undo,
        chat.exported,
        chat.feedback,
    ]
    with gr.Blocks(title="askdossier", analytics_enabled=False) as blocks:
        page = gr.HTML(
            html_template="",
            js_on_load=_script(),
            apply_default_css=False,
            server_functions=[_function(method) for method in functions],
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
        for function in api.functions(archive, chat.line) if with_api else ():
            api_endpoint(_told(function), api_name=function.__name__, concurrency_limit=None)
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


def launch(
    blocks: gr.Blocks, host: str, port: int | None, *, open_browser: bool, password: str = ""
) -> str:
    """Serve the page in a background thread and return its address.

    With a ``password``, nothing is shown before the user ``askdossier`` has given it.

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
        auth=(USER, password) if password else None,
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
    prepare: Prepare | None = None,
    with_api: bool = False,
) -> None:
    """Serve the chat until Ctrl-C; ``port`` None takes the first free one from 7860.

    On any other ``host`` than this machine, a password is asked for: that of the environment
    variable ``ASKDOSSIER_PASSWORD``, or else a new one, which is printed.

    The page comes up at once; meanwhile ``prepare`` does what comes first (fetching models, making
    the index), and the models load.

    Raises:
        DossierError: the port is taken.
    """
    password = "" if host in _LOCAL else os.environ.get(_PASSWORD) or secrets.token_urlsafe(9)
    blocks, chat = build(archive, prepare, with_api=with_api)
    address = launch(blocks, host, port, open_browser=open_browser, password=password)
    sys.stdout.write(f"askdossier: {address}  (Ctrl-C)\n")
    if password:
        shown = f"${_PASSWORD}" if os.environ.get(_PASSWORD) else password
        sys.stdout.write(f"user: {USER}, password: {shown}\n")
    if with_api:
        sys.stdout.write(f"API: {address}?view=api\n")
    sys.stdout.flush()
    try:
        threading.Event().wait()
    except KeyboardInterrupt:
        pass
    finally:
        chat.stop_all()
        blocks.close(verbose=False)
