"""A small server of language models that behaves as badly as real ones do.

It is a real HTTP server on a port of this machine, in threads; what it says and does wrong is told
to it beforehand.
"""

from __future__ import annotations

import json
import select
import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Body = dict[str, Any]


@dataclass
class Reply:
    """What is said to one chat request."""

    text: str = "yes"
    pieces: int = 4
    """Into how many pieces it is cut."""
    thoughts: str = ""
    """Kept apart from the text."""
    thoughts_in: str = "reasoning_content"
    likely: Mapping[str, float] | None = None
    """Logarithms of the first token's likeliest; None: it has no logprobs."""
    finish: str = "stop"
    """Empty: it never ends."""
    read: int = 20
    """Tokens of the prompt that it says it has read."""
    raw: bytes | None = None
    """Sent as it is, in place of all else."""
    delay: float = 0.0
    """Seconds before each piece."""
    breaks_off: bool = False
    """Whether the connection is cut in the middle."""
    status: int = 200
    error: object = None
    """What an error says."""
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Server:
    """What it was asked, and what it does."""

    port: int = 0
    chat: Callable[[Body], Reply] = lambda _: Reply()
    pages: dict[str, object] = field(default_factory=dict)
    """JSON by path; a path that is not there is 404."""
    asked: list[Body] = field(default_factory=list)
    """Chat requests."""
    seen: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)
    """Method, path and headers of all requests."""
    open: int = 0
    """Chat requests that are being answered."""
    most_open: int = 0
    left: list[float] = field(default_factory=list)
    """When a client went away before its reply was whole."""
    order: list[str] = field(default_factory=list)
    """Users' messages in the order in which they were begun."""
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"


def openai_lines(reply: Reply, body: Body) -> Iterator[bytes]:
    """Server-sent events as OpenAI's."""

    def event(delta: Body, **more: object) -> bytes:
        choice = {"index": 0, "delta": delta, "finish_reason": None, **more}
        return f"data: {json.dumps({'choices': [choice]})}\n\n".encode()

    yield b": ping\n\n"
    yield event({"role": "assistant", "content": ""})
    if reply.thoughts:
        yield event({reply.thoughts_in: reply.thoughts})
    logprobs = None
    if body.get("logprobs") and reply.likely is not None:
        top = [{"token": t, "logprob": v} for t, v in reply.likely.items()]
        logprobs = {"content": [{**top[0], "top_logprobs": top}]}
    for piece in cut(reply):
        yield event({"content": piece}, logprobs=logprobs)
        logprobs = None
    if reply.finish:
        yield event({}, finish_reason=reply.finish)
        if "stream_options" in body:
            usage = {"choices": [], "usage": {"prompt_tokens": reply.read}}
            yield f"data: {json.dumps(usage)}\n\n".encode()
        yield b"data: [DONE]\n\n"


def ollama_lines(reply: Reply, body: Body) -> Iterator[bytes]:
    """Lines as Ollama's own."""

    def line(**said: object) -> bytes:
        return json.dumps({"model": body["model"], **said}).encode() + b"\n"

    if reply.thoughts:
        yield line(message={"role": "assistant", "content": "", "thinking": reply.thoughts})
    logprobs = {}
    if body.get("logprobs") and reply.likely is not None:
        top = [{"token": t, "logprob": v} for t, v in reply.likely.items()]
        logprobs = {"logprobs": [{**top[0], "top_logprobs": top}]}
    for piece in cut(reply):
        yield line(message={"role": "assistant", "content": piece}, done=False, **logprobs)
        logprobs = {}
    if reply.finish:
        yield line(
            message={"role": "assistant", "content": ""},
            done=True,
            done_reason=reply.finish,
            prompt_eval_count=reply.read,
        )


def cut(reply: Reply) -> Iterator[str]:
    size = max(1, -(-len(reply.text) // reply.pieces))
    for at in range(0, len(reply.text), size):
        yield reply.text[at : at + size]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Any

    def log_message(self, *_: object) -> None:
        pass

    @property
    def _state(self) -> Server:
        state: Server = self.server.state
        return state

    def _note(self) -> None:
        self._state.seen.append((self.command, self.path, dict(self.headers)))

    def do_GET(self) -> None:
        self._note()
        self._page(self._state.pages)

    def _page(self, pages: Mapping[str, object]) -> None:
        page = pages.get(self.path)
        if isinstance(page, Reply):
            self._whole(page.status, page.error, page.headers)
        elif page is None:
            self._whole(404, {"error": {"message": "not found"}})
        else:
            self._whole(200, page)

    def _whole(self, status: int, content: object, headers: Mapping[str, str] = {}) -> None:
        raw = content.encode() if isinstance(content, str) else json.dumps(content).encode()
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)

    def do_POST(self) -> None:
        self._note()
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if not self.path.endswith(("/chat/completions", "/api/chat")):
            self._page(self._state.pages)
            return
        state = self._state
        state.asked.append(body)
        state.order.append(body["messages"][-1]["content"])
        with state.lock:
            state.open += 1
            state.most_open = max(state.most_open, state.open)
        try:
            self._chat(state.chat(body), body)
        except ConnectionError:  # it went away in the middle of a write
            state.left.append(time.monotonic())
        finally:
            with state.lock:
                state.open -= 1

    def _chat(self, reply: Reply, body: Body) -> None:
        if reply.status != 200:
            self._whole(reply.status, reply.error, reply.headers)
            return
        self.send_response(200)
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        if reply.raw is not None:
            self.wfile.write(reply.raw)
            return
        form = ollama_lines if self.path.endswith("/api/chat") else openai_lines
        for number, line in enumerate(form(reply, body)):
            if reply.breaks_off and number == 3:
                self.connection.setsockopt(  # a reset, as of a process that was killed
                    socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0"
                )
                self.connection.close()
                return
            if self._wait(reply.delay):
                self._state.left.append(time.monotonic())
                return
            self.wfile.write(line)
            self.wfile.flush()

    def _wait(self, seconds: float) -> bool:
        """Whether the client went away meanwhile."""
        readable, _, _ = select.select([self.connection], [], [], seconds)
        if not readable:
            return False
        try:
            left: bytes = self.connection.recv(1, socket.MSG_PEEK)
            return not left
        except ConnectionError:
            return True


class _Http(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def handle_error(self, *_: object) -> None:
        pass


@contextmanager
def serving(
    chat: Callable[[Body], Reply] | Reply | None = None,
    pages: Mapping[str, object] | None = None,
    port: int = 0,
) -> Iterator[Server]:
    """Run the server while the block lasts."""
    http = _Http(("127.0.0.1", port), _Handler)
    state = Server(port=http.server_address[1], pages=dict(pages or {}))
    if isinstance(chat, Reply):
        reply = chat
        state.chat = lambda _: reply
    elif chat is not None:
        state.chat = chat
    http.state = state  # type: ignore[attr-defined]
    thread = threading.Thread(target=http.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield state
    finally:
        http.shutdown()
        http.server_close()
        thread.join()


# --- a model that does as it is asked ------------------------------------------------------------

MODELS = {"object": "list", "data": [{"id": "small", "object": "model"}]}
LLAMA = {
    "default_generation_settings": {"n_ctx": 2048},
    "total_slots": 1,
    "model_path": "/models/small-q4_k_m.gguf",
}
SHOWN = {
    "details": {"quantization_level": "Q4_K_M"},
    "capabilities": ["completion"],
    "model_info": {"small.context_length": 32768},
}
YES = {"Yes": -0.1, "No": -2.5, "I": -6.0}


def able(body: Body) -> Reply:
    """Count on, fill the form, tell probabilities: all that the probe looks for."""
    *_, last = body["messages"]
    if last["role"] == "assistant" and last["content"].startswith("1, 2"):
        return Reply(" 5, 6, 7, 8, 9", likely={"5": -0.1})
    if "response_format" in body or "format" in body:
        return Reply('{"reply": "yes"}', likely=YES)
    return Reply("Yes", likely=YES)


def bare(body: Body) -> Reply:
    """A model that can nothing of that."""
    del body
    return Reply("Yes.")
