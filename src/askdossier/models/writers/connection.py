"""Requests to a server of language models: streamed, ended at once by Stop, told in words.

Each request has a connection of its own, which is closed when nobody wants the reply any more: that
is how a server learns that it may stop.
"""

from __future__ import annotations

import asyncio
import atexit
import json
import queue
import ssl
import threading
import time
from collections.abc import AsyncIterator, Generator, Mapping
from concurrent.futures import Future
from functools import cache
from typing import TYPE_CHECKING, Any

from askdossier.core import Stop, WriterFailed
from askdossier.models.writers import key
from askdossier.models.writers.address import Address
from askdossier.models.writers.trouble import LOADING, Refusal, Trouble, reason

if TYPE_CHECKING:
    import httpx

_LOOK = 0.05
"""Seconds after which Stop is looked for."""
_CONNECT = 4.0
_SILENCE = 300.0
"""Seconds without a byte: a processor may read a long prompt for minutes before the first word."""
_BUSY = 120.0
"""Seconds for which a server is asked again that says it is loading or has too much to do."""
_ASK_AGAIN = (0.5, 5.0)
"""Seconds until a busy server is asked again: at first, and at most."""
_LONGEST_LINE = 4 << 20
_LONGEST_ERROR = 64 << 10


class Connection:
    """What can be asked of one server. Safe to use from several threads."""

    def __init__(self, address: Address, hint: str, *, keyless: bool = False) -> None:
        """``hint`` says how such a server is started; ``keyless`` sends it no key.

        Raises InvalidSettings.
        """
        self.origin = address.origin
        self._here = address.here
        self.trouble = Trouble(address.origin, hint)
        """What to say when something goes wrong."""
        self._key = "" if keyless else key.of(address.host)

    def get(self, path: str, stop: Stop, *, wait: bool = False) -> Any:
        """Give the JSON at a path; None where the server has none, or stopped.

        With ``wait``, a server that is loading is waited for. Raises WriterFailed when there is
        none.
        """
        return self._json("GET", path, None, stop, wait=wait)

    def post(self, path: str, body: Mapping[str, Any], stop: Stop) -> Any:
        """Give the JSON that answers another. Raises as ``get``, and Refusal."""
        return self._json("POST", path, body, stop)

    def lines(self, path: str, body: Mapping[str, Any], stop: Stop) -> Generator[str]:
        """Give the lines that answer a request, as they come; none once ``stop`` is set.

        Raises Refusal; WriterFailed when there is no server or it breaks off.
        """
        yield from self._asked("POST", path, body, stop)

    # --- one request ------------------------------------------------------------------------------

    def _json(
        self,
        method: str,
        path: str,
        body: Mapping[str, Any] | None,
        stop: Stop,
        *,
        wait: bool = True,
    ) -> Any:
        asked = self._asked if wait else self._once
        try:
            whole = "\n".join(asked(method, path, body, stop))
        except Refusal:
            if method == "GET":
                return None
            raise
        try:
            return json.loads(whole) if whole else None
        except ValueError:
            return None

    def _asked(
        self, method: str, path: str, body: Mapping[str, Any] | None, stop: Stop
    ) -> Generator[str]:
        """Ask again while the server is busy, as long as nothing has come."""
        pause, patience = _ASK_AGAIN[0], time.monotonic() + _BUSY
        while not stop.is_set():
            try:
                yield from self._once(method, path, body, stop)
            except Refusal as refusal:
                pause = refusal.wait or pause
                if refusal.status not in LOADING or time.monotonic() + pause > patience:
                    raise
                stop.wait(pause)
                pause = min(2 * pause, _ASK_AGAIN[1])
            else:
                return

    def _once(
        self, method: str, path: str, body: Mapping[str, Any] | None, stop: Stop
    ) -> Generator[str]:
        arrived: queue.SimpleQueue[str | BaseException | None] = queue.SimpleQueue()
        gone = threading.Event()

        async def read() -> None:
            try:
                async for line in self._read(method, path, body):
                    arrived.put(line)
                arrived.put(None)
            except BaseException as error:
                arrived.put(error)
                if isinstance(error, asyncio.CancelledError):
                    raise
            finally:
                gone.set()

        reading: Future[None] = asyncio.run_coroutine_threadsafe(read(), _loop())
        try:
            while not stop.is_set():
                try:
                    line = arrived.get(timeout=_LOOK)
                except queue.Empty:
                    continue
                if line is None:
                    return
                if isinstance(line, BaseException):
                    raise line if isinstance(line, Refusal) else self._told(line) from line
                yield line
        finally:
            if not reading.done():
                reading.cancel()
                gone.wait(2)  # until the connection is closed

    async def _read(
        self, method: str, path: str, body: Mapping[str, Any] | None
    ) -> AsyncIterator[str]:
        import httpx

        headers = {"Authorization": f"Bearer {self._key}"} if self._key else {}
        timeout = httpx.Timeout(_SILENCE, connect=_CONNECT)
        secure = self.origin.startswith("https:")
        async with (
            httpx.AsyncClient(
                headers=headers,
                timeout=timeout,
                trust_env=not self._here,  # a proxy would take what is said here elsewhere
                verify=_certificates() if secure else False,
            ) as client,
            client.stream(method, self.origin + path, json=body) as reply,
        ):
            if reply.status_code != 200:
                words = reason(await _first(reply), self._key)
                raise Refusal(reply.status_code, words, _seconds(reply))
            left = b""
            async for chunk in reply.aiter_bytes():
                # Of httpx's own lines, some end at characters that JSON leaves as they are.
                *lines, left = (left + chunk).split(b"\n")
                for line in lines:
                    yield line.decode("utf-8", "replace").rstrip("\r")
                if len(left) > _LONGEST_LINE:
                    raise ValueError("a line without end")
            if left:
                yield left.decode("utf-8", "replace")

    def _told(self, error: BaseException) -> WriterFailed:
        import httpx

        if isinstance(error, httpx.ConnectError | httpx.ConnectTimeout | httpx.ProxyError):
            return self.trouble.unanswered()
        if isinstance(error, httpx.TimeoutException):
            return self.trouble.silent(_SILENCE)
        if isinstance(error, httpx.TransportError):
            return self.trouble.broken_off()
        return self.trouble.unclear()


async def _first(reply: httpx.Response) -> bytes:
    """The beginning of a body."""
    body = b""
    async for chunk in reply.aiter_bytes():
        body += chunk
        if len(body) > _LONGEST_ERROR:
            break
    return body[:_LONGEST_ERROR]


def _seconds(reply: httpx.Response) -> float | None:
    """What a server asks to be waited; a date is passed over."""
    try:
        return min(max(float(reply.headers.get("retry-after", "")), _ASK_AGAIN[0]), _BUSY)
    except ValueError:
        return None


@cache
def _certificates() -> ssl.SSLContext:
    """Read once, which takes a while."""
    return ssl.create_default_context()


@cache
def _loop() -> asyncio.AbstractEventLoop:
    """The one thread in which all requests are made: there, each can be called off."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, name="servers", daemon=True)
    thread.start()

    def end() -> None:
        loop.call_soon_threadsafe(loop.stop)
        thread.join(2)
        if not loop.is_running():
            loop.close()

    atexit.register(end)
    return loop
