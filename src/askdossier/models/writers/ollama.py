"""``ollama:MODEL``: a model of Ollama, by its own API.

Its imitation of OpenAI's has no way to ask for a context: the default one cuts long prompts without
a word.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Generator, Mapping
from pathlib import Path
from typing import Any

from askdossier.core import InvalidSettings, Report, Stop, Writer, WriterFailed, within
from askdossier.models.writers import consent, size
from askdossier.models.writers.address import Address, origin, read
from askdossier.models.writers.api import Asked, Found, Piece
from askdossier.models.writers.connection import Connection
from askdossier.models.writers.probing import probed
from askdossier.models.writers.replies import chances
from askdossier.models.writers.served import ServedWriter
from askdossier.models.writers.trouble import Refusal

PREFIX = "ollama:"
EXAMPLE = "ollama:MODEL, or ollama:http://HOST:PORT#MODEL"

_CONTEXT = 8192
"""Tokens asked for, where the model can have so many."""
_STARTED = "ollama serve"
_MOST_LISTED = 100
_KEPT = "30m"
"""How long the model stays loaded after a question; Ollama's own 5 minutes are soon over."""


def elsewhere(spec: str) -> str:
    """The origin of the server on another machine; empty for this one. Raises InvalidSettings."""
    address = _address(spec)
    return "" if address.here else address.origin


def load(spec: str, cache: Path, report: Report | None = None) -> Writer:
    """Open a model of Ollama. Raises InvalidSettings, WriterFailed, ConsentMissing."""
    del cache, report
    address = _address(spec)
    if not address.here:
        consent.require(address.origin, PREFIX + spec)
    api, stop = Ollama(address), Stop()
    found = api.look(stop)
    if found.sent_on_to:
        consent.require(found.sent_on_to, PREFIX + spec)
    return ServedWriter(api, probed(api, found, stop))


def listed(seconds: float = 1.0) -> tuple[str, ...]:
    """Name the models that an Ollama on this machine has; none where it does not run.

    It gets so many ``seconds``, and no key: nobody has chosen yet what listens there.
    """
    try:
        address = _address("any")
        if not address.here:
            return ()
        connection = Connection(address, _STARTED, keyless=True)
        with within(seconds) as stop:
            found = connection.get(f"{address.path}/api/tags", stop)
        names = [one["name"] for one in found["models"]]
    except (InvalidSettings, WriterFailed, KeyError, TypeError):
        return ()
    return tuple(name for name in names[:_MOST_LISTED] if _is_name(name))


def _is_name(name: object) -> bool:
    return isinstance(name, str) and re.fullmatch(r"[\w.:/@-]{1,200}", name) is not None


def _address(spec: str) -> Address:
    """The server and its model; where none is named, that of Ollama's own variable, or here."""
    if "://" in spec:
        address = read(spec, EXAMPLE)
    else:
        host = os.environ.get("OLLAMA_HOST", "").strip() or "127.0.0.1:11434"
        scheme, _, place = host.rpartition("://")
        name, colon, port = place.rstrip("/").rpartition(":")
        if not colon or not port.isdigit():
            name, port = place.rstrip("/"), "11434"
        if name in ("", "0.0.0.0", "[::]"):  # where it listens; here is one place of those
            name = "127.0.0.1"
        address = read(f"{scheme or 'http'}://{name}:{port}#{spec}", EXAMPLE)
    if not address.model:
        raise InvalidSettings(f"The writer names no model of Ollama. Write it as {EXAMPLE}")
    return address


class Ollama:
    """An ``Api``: see ``api``."""

    def __init__(self, address: Address) -> None:
        self.origin, self.here, self._model = address.origin, address.here, address.model
        self._path = address.path
        self._connection = Connection(address, _STARTED)
        self._context = _CONTEXT
        self._may_think = False
        self._trouble = self._connection.trouble
        self.failed, self.broken_off = self._trouble.failed, self._trouble.broken_off

    def look(self, stop: Stop) -> Found:
        """See what Ollama knows of the model. Raises WriterFailed."""
        try:
            shown = self._connection.post(f"{self._path}/api/show", {"model": self._model}, stop)
        except Refusal as refusal:
            if refusal.status == 404:
                raise self._unknown(stop) from refusal
            raise self.failed(refusal) from refusal
        if not isinstance(shown, Mapping):
            raise self._trouble.unclear()
        self._may_think = "thinking" in (shown.get("capabilities") or ())
        details = shown.get("details") or {}
        info = shown.get("model_info") or {}
        longest = [
            value
            for key, value in info.items()
            if key.endswith(".context_length") and isinstance(value, int) and value > 0
        ]
        self._context = min([_CONTEXT, *longest])
        name = f"ollama {self._model} {details.get('quantization_level') or ''}".strip()
        parameters = (
            size.counted(info.get("general.parameter_count"))
            or size.told(str(details.get("parameter_size") or ""))
            or size.told(self._model)
        )
        return Found(name, self._context, 1, parameters, _elsewhere(shown, self._model))

    def _unknown(self, stop: Stop) -> WriterFailed:
        listed = self._connection.get(f"{self._path}/api/tags", stop) or {}
        known = ", ".join(str(one.get("name")) for one in listed.get("models") or ()) or "none"
        return WriterFailed(
            f"Ollama has no model {self._model}. Run: ollama pull {self._model}, or name one that "
            f"is there: {known}"
        )

    def reply(self, asked: Asked, stop: Stop) -> Generator[Piece]:
        """Yield pieces of the reply: see ``api.Api``."""
        messages = [
            {"role": "system", "content": asked.system},
            {"role": "user", "content": asked.user},
        ]
        if asked.beginning:
            messages.append({"role": "assistant", "content": asked.beginning})
        body: dict[str, Any] = {
            "model": self._model,
            "messages": messages,
            "stream": True,
            "truncate": False,
            "shift": False,
            "keep_alive": _KEPT,
            "options": {
                "num_ctx": self._context,
                "num_predict": asked.most,
                "temperature": asked.temperature,
                "seed": asked.seed,
            },
        }
        if self._may_think:
            body["think"] = False
        if asked.logprobs:
            body |= {"logprobs": True, "top_logprobs": 20}
        if asked.form:
            body["format"] = asked.form
        for line in self._connection.lines(f"{self._path}/api/chat", body, stop):
            if line.strip():
                yield self._piece(line)

    def _piece(self, line: str) -> Piece:
        try:
            event: Any = json.loads(line)
            if event.get("error"):
                raise Refusal(int(event.get("status_code") or 500), str(event["error"]))
            message = event.get("message") or {}
            first: Any = next(iter(event.get("logprobs") or ()), {})
            return Piece(
                message.get("content") or "",
                bool(message.get("thinking")),
                chances((one["token"], one["logprob"]) for one in first.get("top_logprobs") or ()),
                (event.get("done_reason") or "stop") if event.get("done") else "",
                int(event.get("prompt_eval_count") or 0),
            )
        except (ValueError, AttributeError, TypeError, KeyError) as error:
            raise self._trouble.unclear() from error


def _elsewhere(shown: Mapping[str, Any], model: str) -> str:
    """The origin to which Ollama sends on what a model of its cloud is asked; empty for others."""
    host = str(shown.get("remote_host") or "")
    if not host and model.endswith(("-cloud", ":cloud")):
        host = "ollama.com"
    return origin(host) if host else ""
