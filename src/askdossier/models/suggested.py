"""Open writers to choose from, by what a machine has: ``suggested.toml``, read."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Suggested:
    """A writer that is not fetched unless it is named."""

    memory: str
    """What it needs, in words: of a GPU, or a processor."""
    id: str
    """On the hub."""
    revision: str
    """The commit there that is fetched, whatever comes after it."""
    licence: str
    bytes: int
    """To fetch from the hub, about."""
    ollama: str
    """Its name in Ollama's library, in 4 bits."""
    tried: str
    """When and where somebody has; empty for nobody."""


def _read() -> tuple[Suggested, ...]:
    written = (files("askdossier.models") / "suggested.toml").read_text("utf-8")
    return tuple(Suggested(**entry) for entry in tomllib.loads(written)["writer"])


SUGGESTED = _read()


def revision(spec: str) -> str | None:
    """Give the commit of a hub id that is fetched; None for the newest."""
    return next((one.revision for one in SUGGESTED if one.id == spec), None)
