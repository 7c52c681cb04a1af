"""What goes wrong with a server of language models, told in words."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from askdossier.core import WriterFailed

KEY = "ASKDOSSIER_API_KEY"
"""The environment variable of the key; it must stand in no file of ours."""

LOADING = frozenset({429, 503})
"""What a server answers that is loading its model, or has too much to do."""

_SHOWN = 300
"""Characters of a server's own words that are shown."""
_EXCEEDED = ("exceed", "too long", "longer than", "maximum", "overflow", "must be <=")
"""What servers say of a prompt that is longer than the context."""


class Refusal(Exception):
    """A server's answer other than 200."""

    def __init__(self, status: int, reason: str, wait: float | None = None) -> None:
        """``reason`` in the server's own words; asked again it wants to be after ``wait`` s."""
        super().__init__(status, reason)
        self.status, self.reason, self.wait = status, reason, wait

    @property
    def too_long(self) -> bool:
        """Whether it says that the prompt does not fit into the context."""
        words = self.reason.lower()
        return self.status in (400, 413, 422, 500) and (
            "exceed_context" in words
            or "context_length" in words
            or (
                any(word in words for word in ("context", "input", "prompt"))
                and any(word in words for word in _EXCEEDED)
            )
        )


@dataclass(frozen=True, slots=True)
class Trouble:
    """Words for the user about one server."""

    origin: str
    hint: str
    """How such a server is started."""

    @property
    def _host(self) -> str:
        return urlsplit(self.origin).hostname or ""

    def failed(self, refusal: Refusal) -> WriterFailed:
        """Put a refusal of which nothing special is known into words for the user."""
        if refusal.status in (401, 403):
            return WriterFailed(
                f"The server at {self.origin} refuses the key. Set {KEY} to one that it takes, and "
                f"start askdossier again, or run: keyring set askdossier {self._host}"
            )
        if refusal.status in LOADING:
            return WriterFailed(
                f"The server at {self.origin} is still loading its model, or has too much to do "
                f"({refusal.status}). Ask again in a while."
            )
        return WriterFailed(
            f"The server at {self.origin} refuses with {refusal.status}: {refusal.reason}. See to "
            "its address and its model in the settings, and to its own log."
        )

    def unclear(self) -> WriterFailed:
        """What to say of a reply that is none."""
        return WriterFailed(
            f"What the server at {self.origin} replies cannot be understood. See whether its "
            "address in the settings is that of a language model's server."
        )

    def broken_off(self) -> WriterFailed:
        """What to say of a reply that ends too early."""
        return WriterFailed(
            f"The server at {self.origin} broke off in the middle of a reply. See whether it still "
            "runs, then ask again."
        )

    def unanswered(self) -> WriterFailed:
        """What to say where there is no server."""
        return WriterFailed(
            f"No server answers at {self.origin}. Start it ({self.hint}), or name another "
            "writer in the settings."
        )

    def silent(self, seconds: float) -> WriterFailed:
        """What to say of a server that has said nothing for so long."""
        return WriterFailed(
            f"The server at {self.origin} has said nothing for {seconds:.0f} s. See whether "
            "it still works, then ask again."
        )


def reason(body: bytes, key: str) -> str:
    """What a server says of an error, on one line, without the key."""
    words = body.decode("utf-8", "replace")
    try:
        found: Any = json.loads(words)
    except ValueError:
        found = "" if words.lstrip().startswith("<") else words
    kind = ""
    for name in ("error", "detail", "message"):
        if isinstance(found, Mapping) and name in found:
            kind = str(found.get("type") or kind)
            found = found[name]
    said = found if isinstance(found, str) else json.dumps(found, ensure_ascii=False)
    if kind and kind not in said:
        said = f"{said} ({kind})"
    if key:
        said = said.replace(key, "…")
    return " ".join(said.split())[:_SHOWN].rstrip(".") or "?"
