"""Which writers can be chosen while the program runs, and who may name others."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path

from askdossier.core import InvalidSettings, WriterOffer
from askdossier.models import catalogue, installed, writers


def offers(cache: Path, named: Iterable[str]) -> tuple[WriterOffer, ...]:
    """The writers of the program that are on disk, those ``named``, and those of an Ollama here.

    Nothing is loaded; Ollama is asked for its list, and gets a second for it.
    """
    found: dict[str, str] = {
        artifact.tier: artifact.title
        for artifact in catalogue.CATALOGUE
        if artifact.role == "writer" and installed.state(artifact, cache) == "ready"
    }
    others = [spec for spec in named if not catalogue.find(spec, "writer")]
    others += [writers.ollama.PREFIX + model for model in writers.ollama.listed()]
    found |= dict.fromkeys(others, "")
    return tuple(WriterOffer(spec, title) for spec, title in found.items())


def portable(spec: str) -> bool:
    """Whether a name means the same in every folder, and nothing is fetched from a hub for it."""
    return catalogue.find(spec, "writer") is not None or _served(spec)


def check(spec: str, listed: Collection[str], *, shared: bool) -> None:
    """Raise InvalidSettings unless somebody who uses the program may choose the writer.

    ``listed`` may be; so may any server, but where several people share the program: then only one
    of another machine that was allowed there. Who names a server makes this machine ask at its
    address, send the key that it has, and tell what comes back.
    """
    if spec in listed:
        return
    if not _served(spec):
        raise InvalidSettings(
            "Here only a writer of the list can be chosen, or a server: ollama:MODEL or "
            "openai:URL#MODEL. Name other ones in the settings file, or with --writer."
        )
    backend, named_so = writers.backend(spec)
    origin = backend.elsewhere(named_so)
    if shared and (not origin or origin not in writers.consent.given()):
        raise InvalidSettings(
            "Several people share this chat: only who runs it names a server that is not in the "
            "list. There, name it with --writer, or run: askdossier models allow URL"
        )


def _served(spec: str) -> bool:
    return writers.backend(spec)[0] is not writers.local
