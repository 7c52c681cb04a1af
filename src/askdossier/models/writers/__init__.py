"""Writers, one file a backend, each found by the prefix of its name in the settings.

``local`` runs a model in this process; ``ollama`` and ``openai`` ask a server for every word. What
the two have in common is ``served``, over ``connection``, ``turns`` and ``thinking``.
"""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from askdossier.core import Report, Writer
from askdossier.models.writers import address, consent, local, ollama, openai

__all__ = ["BACKENDS", "Backend", "address", "backend", "consent", "local"]


class Backend(Protocol):
    """What a file here has to offer; importing it must be cheap."""

    @property
    def PREFIX(self) -> str:  # noqa: N802
        """What its names begin with in the settings."""
        ...

    @property
    def EXAMPLE(self) -> str:  # noqa: N802
        """How such a name is written."""
        ...

    def elsewhere(self, spec: str, /) -> str:
        """The origin of another machine that ``spec`` leads to; empty for this one."""
        ...

    def load(self, spec: str, cache: Path, report: Report | None = None, /) -> Writer:
        """Open the writer called ``spec``, without the prefix. Raises DossierError."""
        ...


BACKENDS: tuple[Backend, ...] = (ollama, openai, local)
"""The first whose prefix fits; that of ``local`` fits all."""


def backend(spec: str) -> tuple[Backend, str]:
    """Find the backend of a writer of the settings, and what the writer is called there."""
    found = next(one for one in BACKENDS if spec.startswith(one.PREFIX))
    return found, spec.removeprefix(found.PREFIX)
