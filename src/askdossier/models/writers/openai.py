"""``openai:URL#MODEL``: any server that speaks OpenAI's chat completions.

llama.cpp's server, vLLM, LM Studio, TGI and hosted ones do, each with its own gaps: what is not
part of the first version of that API is tried once, and left out where it is refused.
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Generator, Mapping
from contextlib import closing
from pathlib import Path, PurePath
from typing import Any

from askdossier.core import Report, Stop, Writer, WriterFailed
from askdossier.models.writers import consent, events, size
from askdossier.models.writers.address import Address, read
from askdossier.models.writers.api import Asked, Found, Piece
from askdossier.models.writers.connection import Connection
from askdossier.models.writers.probing import probed
from askdossier.models.writers.replies import chances
from askdossier.models.writers.served import ServedWriter
from askdossier.models.writers.trouble import Refusal

PREFIX = "openai:"
EXAMPLE = "openai:http://127.0.0.1:8080#MODEL"

_EXTRAS: Mapping[str, Mapping[str, Any]] = {
    "system": {},
    "seed": {"seed": 0},
    "usage": {"stream_options": {"include_usage": True}},
    "quiet template": {"chat_template_kwargs": {"enable_thinking": False}},
    "quiet effort": {"reasoning_effort": "none"},
    "logprobs": {"logprobs": True, "top_logprobs": 20},
    "few logprobs": {"logprobs": True, "top_logprobs": 5},
}
"""What not every server takes, by names of ours; ``system`` is a message of that role."""
_SEVERAL = 4
"""Replies at once where a server has no slots: vLLM and the hosted ones batch what comes."""


def elsewhere(spec: str) -> str:
    """The origin of the server on another machine; empty for this one. Raises InvalidSettings."""
    address = read(spec, EXAMPLE)
    return "" if address.here else address.origin


def load(spec: str, cache: Path, report: Report | None = None) -> Writer:
    """Open a model of a server. Raises InvalidSettings, WriterFailed, ConsentMissing."""
    del cache, report
    address = read(spec, EXAMPLE)
    if not address.here:
        consent.require(address.origin, PREFIX + spec)
    api, stop = OpenAI(address), Stop()
    return ServedWriter(api, probed(api, api.look(stop), stop))


class OpenAI:
    """An ``Api``: see ``api``."""

    def __init__(self, address: Address) -> None:
        self.origin, self.here, self._model = address.origin, address.here, address.model
        self._base = address.path or "/v1"
        self._root = self._base.removesuffix("/v1")
        """Where a server tells of itself, beside what it imitates."""
        self._connection = Connection(address, "llama-server, vllm serve, lms server start, …")
        self._extras = frozenset(_EXTRAS)
        self._continues: Mapping[str, Any] = {}
        """What a server has to be told to go on with a reply."""
        self._trouble = self._connection.trouble
        self.broken_off = self._trouble.broken_off
        self._known: list[str] = []

    def look(self, stop: Stop) -> Found:
        """See what the server tells of its model, and what it takes. Raises WriterFailed."""
        listed = self._connection.get(f"{self._base}/models", stop, wait=True)
        models = [one for one in _items(listed) if isinstance(one.get("id"), str)]
        self._known = [str(one["id"]) for one in models]
        props = _mapping(self._connection.get(f"{self._root}/props", stop))
        if not self._model:
            self._model = self._only_one(bool(props))
        own = next((one for one in models if one["id"] == self._model), {})
        self._negotiate(stop)
        if "default_generation_settings" in props:  # llama.cpp, which ignores the model's name
            settings = _mapping(props["default_generation_settings"])
            path = str(props.get("model_path") or next(iter(self._known), self._model))
            name = PurePath(path.replace("\\", "/")).name.removesuffix(".gguf")
            slots = _number(props, "total_slots") or 1
            meta = _mapping(next(iter(models), {}).get("meta"))
            parameters = size.counted(meta.get("n_params")) or size.told(name)
            return Found(f"llama.cpp {name}", _number(settings, "n_ctx"), slots, parameters)
        if own.get("owned_by") == "vllm" or "max_model_len" in own:
            self._continues = {"continue_final_message": True, "add_generation_prompt": False}
        context = _number(
            own, "max_model_len", "context_length", "context_window", "max_context_length"
        )
        name, at_once = self._model, _SEVERAL
        if not context:
            shown = self._connection.get(f"{self._root}/api/v0/models", stop)
            studio = next((one for one in _items(shown) if one.get("id") == self._model), {})
            if studio:
                context = _number(studio, "loaded_context_length", "max_context_length")
                name, at_once = f"{name} {studio.get('quantization') or ''}".strip(), 1
        if not context:
            info = _mapping(self._connection.get(f"{self._root}/info", stop))
            context = _number(info, "max_total_tokens", "max_input_tokens", "max_input_length")
        return Found(f"openai {name}", context, at_once, size.told(self._model))

    def _only_one(self, nameless: bool) -> str:
        if len(self._known) == 1 or (nameless and self._known):
            return self._known[0]
        if nameless:
            return "default"
        known = ", ".join(self._known) or "none that it lists"
        raise WriterFailed(
            f"The writer names no model of the server at {self.origin}. Write #MODEL behind the "
            f"address, with one of: {known}"
        )

    def _negotiate(self, stop: Stop) -> None:
        """Find out which extras the server takes: all, or those that it takes one by one.

        Raises WriterFailed when it refuses to write without any.
        """
        plain = Asked("Be brief.", "Reply with one word: yes", 1, logprobs=True)

        def takes(*names: str) -> Refusal | None:
            self._extras = frozenset(names)
            try:
                deque(self.reply(plain, stop), maxlen=0)
            except Refusal as refusal:
                return refusal
            return None

        everything = [name for name in _EXTRAS if name != "few logprobs"]
        if takes(*everything) is None:
            return
        refused = takes()
        if refused is not None:
            raise self.failed(refused) from refused
        good = [name for name in _EXTRAS if takes(name) is None]
        if "logprobs" in good:
            good.remove("few logprobs")
        self._extras = frozenset(good)

    def failed(self, refusal: Refusal) -> WriterFailed:
        """Put a refusal into words: see ``api.Api``."""
        words = refusal.reason.lower()
        no_model = refusal.status == 404 or ("model" in words and (
            "not found" in words or "does not exist" in words or "no model" in words
        ))  # fmt: skip
        if refusal.status in (400, 404, 422) and no_model:
            known = ", ".join(self._known) or "none that it lists"
            return WriterFailed(
                f"The server at {self.origin} has no model {self._model}, or is no server of "
                f"language models. Name one of these in the settings: {known}"
            )
        return self._trouble.failed(refusal)

    def reply(self, asked: Asked, stop: Stop) -> Generator[Piece]:
        """Yield pieces of the reply: see ``api.Api``."""
        messages = [
            {"role": "system", "content": asked.system},
            {"role": "user", "content": asked.user},
        ]
        if "system" not in self._extras:  # some templates know none
            messages = [{"role": "user", "content": f"{asked.system}\n\n{asked.user}"}]
        body: dict[str, Any] = {
            "model": self._model,
            "stream": True,
            "temperature": asked.temperature,
            "max_tokens": asked.most,
        }
        if asked.beginning:
            messages.append({"role": "assistant", "content": asked.beginning})
            body |= self._continues
        if asked.form:
            schema = {"name": "reply", "strict": True, "schema": asked.form}
            body["response_format"] = {"type": "json_schema", "json_schema": schema}
        for name in self._extras:
            if "logprobs" not in name or asked.logprobs:
                body |= _EXTRAS[name]
        if "seed" in body:
            body["seed"] = asked.seed
        path = f"{self._base}/chat/completions"
        lines = self._connection.lines(path, {**body, "messages": messages}, stop)
        with closing(lines):
            for data in events.read(lines, self._trouble):
                if data == "[DONE]":
                    yield Piece(end="done")
                    return
                yield self._piece(data)

    def _piece(self, data: str) -> Piece:
        try:
            event: Any = json.loads(data)
            error = event.get("error") or (event if "choices" not in event else None)
            if error and not event.get("choices") and not event.get("usage"):
                raise events.refusal(error)
            read = int(_mapping(event.get("usage")).get("prompt_tokens") or 0)
            choice: Any = next(iter(event.get("choices") or ()), {})
            said = choice.get("delta") or choice.get("message") or {}
            known = _mapping(choice.get("logprobs")).get("content") or ()
            first: Any = next(iter(known), {})
            return Piece(
                said.get("content") or "",
                any(said.get(key) for key in ("reasoning_content", "reasoning", "thinking")),
                chances((one["token"], one["logprob"]) for one in first.get("top_logprobs") or ()),
                choice.get("finish_reason") or "",
                read,
            )
        except (ValueError, AttributeError, TypeError, KeyError) as error:
            raise self._trouble.unclear() from error


def _items(listed: Any) -> list[Mapping[str, Any]]:
    data = _mapping(listed).get("data")
    return [one for one in data if isinstance(one, Mapping)] if isinstance(data, list) else []


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _number(found: Mapping[str, Any], *names: str) -> int | None:
    """The first of these that is a whole number above 0."""
    numbers = (found.get(name) for name in names)
    return next((number for number in numbers if isinstance(number, int) and number > 0), None)
