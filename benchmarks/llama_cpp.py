"""llama.cpp's server, in a process of its own as a user would have it, as a ``Writer``.

    python benchmarks/llama_cpp.py [--threads 2] [--slots 1] [--without-logprobs]

For comparison only: what it is asked it is asked over loopback, with greedy decoding. As a command
it serves the default writer's file until it is interrupted, and says which ``--writer`` names it;
``--without-logprobs`` keeps probabilities from whoever asks, as some servers do.
"""

from __future__ import annotations

import argparse
import http.client
import json
import multiprocessing
import os
import signal
import time
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from askdossier import settings
from askdossier.core import Choice, Progress, Prompt, Stop
from askdossier.models import catalogue, fetch


def default_gguf() -> Path:
    """The default writer's published file (Q4_K_M); fetched when it is not there: 1.1 GB."""
    artifact = catalogue.find("default", "writer")
    if artifact is None:
        raise AssertionError("the catalogue has a default writer")
    return fetch.fetch(artifact, settings.load().models, _quiet)


def _quiet(_progress: Progress) -> None:
    pass


class LlamaCpp:
    """A ``Writer`` that cannot weigh options; also gives what the server measured itself."""

    def __init__(self, address: str, name: str, process: int, seconds: float) -> None:
        self.name = name
        self.process = process
        """Number of the process that the model is in."""
        self.load_seconds = seconds
        self.timings: dict[str, float] = {}
        """The server's own, of the last reply."""
        self.address = address
        self._host = urlsplit(address).netloc

    def kill(self) -> None:
        """End the server without a word, as a crash does."""
        os.kill(self.process, signal.SIGKILL)

    def count_tokens(self, prompt: Prompt) -> int:
        """Tokens of the prompt, without those of the chat template."""
        reply = json.loads(self._post("/tokenize", {"content": prompt.system + prompt.user}).read())
        return len(reply["tokens"])

    def choose(
        self, prompt: Prompt, options: Sequence[str], stop: Stop, *, prefix: str = ""
    ) -> Choice:
        """Not what it is here for."""
        raise NotImplementedError

    def stream(
        self, prompt: Prompt, stop: Stop, *, prefix: str = "", max_tokens: int = 160
    ) -> Generator[str]:
        """Yield pieces of the reply: see ``core.Writer``."""
        asked = {
            "messages": [
                {"role": "system", "content": prompt.system},
                {"role": "user", "content": prompt.user},
            ],
            "stream": True,
            "temperature": 0,
            "max_tokens": max_tokens,
        }
        for line in self._post("/v1/chat/completions", asked):
            data = line.decode().strip().removeprefix("data: ")
            if not data.startswith("{"):
                continue
            event: dict[str, Any] = json.loads(data)
            self.timings = event.get("timings") or self.timings
            for choice in event.get("choices", ()):
                if piece := choice["delta"].get("content"):
                    yield piece

    def _post(self, path: str, body: dict[str, object]) -> http.client.HTTPResponse:
        connection = http.client.HTTPConnection(self._host, timeout=600)
        connection.request("POST", path, json.dumps(body), {"Content-Type": "application/json"})
        reply = connection.getresponse()
        if reply.status != 200:
            raise RuntimeError(f"llama.cpp says {reply.status}: {reply.read()[:500]!r}")
        return reply


@contextmanager
def serving(file: Path, threads: int, slots: int = 1) -> Iterator[LlamaCpp]:
    """Start the server with a GGUF file, and end it; each slot has a context of 4096 tokens."""
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    # Ours is for our own libraries; llama.cpp runs as it comes.
    ours = os.environ.pop("OMP_WAIT_POLICY", None)
    process = context.Process(target=_serve, args=(file, threads, slots, there), daemon=True)
    process.start()
    if ours is not None:
        os.environ["OMP_WAIT_POLICY"] = ours
    try:
        address, seconds = here.recv()
        yield LlamaCpp(address, f"llama.cpp {file.stem}", process.pid or 0, seconds)
    finally:
        process.terminate()
        process.join()


def _serve(file: Path, threads: int, slots: int, to: Connection) -> None:
    os.environ.pop("OMP_WAIT_POLICY", None)  # importing this module has set it
    import xllamacpp

    options = xllamacpp.CommonParams()
    options.model.path = str(file)
    options.n_ctx, options.n_parallel, options.verbosity = 4096 * slots, slots, -1
    options.cpuparams.n_threads = options.cpuparams_batch.n_threads = threads
    start = time.perf_counter()
    server = xllamacpp.Server(options)
    to.send((server.listening_address, time.perf_counter() - start))
    while True:
        time.sleep(3600)


class _Withholding(BaseHTTPRequestHandler):
    """Hands on what is asked and said, but for probabilities."""

    host = ""
    """Of the server behind it."""

    def do_GET(self) -> None:
        self._hand_on(None)

    def do_POST(self) -> None:
        asked: dict[str, Any] = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        told = {name: value for name, value in asked.items() if "logprobs" not in name}
        self._hand_on(json.dumps(told).encode())

    def log_message(self, *_: object) -> None:
        """Nothing."""

    def _hand_on(self, body: bytes | None) -> None:
        behind = http.client.HTTPConnection(self.host, timeout=600)
        headers = {"Content-Type": "application/json"}
        behind.request(self.command, self.path, body, headers)
        reply = behind.getresponse()
        self.send_response(reply.status)
        self.send_header("Content-Type", reply.getheader("Content-Type") or "text/plain")
        self.end_headers()
        try:
            while piece := reply.read1():
                self.wfile.write(piece)
                self.wfile.flush()
        except ConnectionError:  # nobody waits any more: the server behind is told so
            behind.close()


def main() -> None:
    """Serve until interrupted."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--slots", type=int, default=1)
    parser.add_argument("--without-logprobs", action="store_true")
    options = parser.parse_args()
    with serving(default_gguf(), options.threads, options.slots) as server:
        address = server.address
        if options.without_logprobs:
            _Withholding.host = urlsplit(address).netloc
            front = ThreadingHTTPServer(("127.0.0.1", 0), _Withholding)
            address = f"http://127.0.0.1:{front.server_port}"
        print(f"--writer openai:{address}", flush=True)
        try:
            if options.without_logprobs:
                front.serve_forever()
            while True:
                time.sleep(3600)
        except KeyboardInterrupt:
            pass


if __name__ == "__main__":
    main()
