"""The command line over fake models, as a process: ``python cli_with_fakes.py ARGUMENTS``.

With ``FAKE_WAITS=embedder:FILE`` (or ``writer:FILE``) that model creates FILE when it is set to
work, and then works for ever.
"""

from __future__ import annotations

import os
import time
from collections.abc import Generator, Sequence
from pathlib import Path

from askdossier import models
from askdossier.cli import app
from askdossier.core import Prompt, Report, Span, Stop, Vectors
from fakes import FakeEmbedder, FakeWriter

_WHO, _, _FILE = os.environ.get("FAKE_WAITS", "").partition(":")


def _wait(who: str) -> None:
    if who == _WHO:
        Path(_FILE).touch()
        time.sleep(300)


class _Embedder(FakeEmbedder):
    def embed_passages(
        self,
        texts: Sequence[str],
        parts: Sequence[Sequence[Span]],
        report: Report | None = None,
    ) -> tuple[Vectors, Vectors]:
        _wait("embedder")
        return super().embed_passages(texts, parts, report)


class _Writer(FakeWriter):
    def stream(
        self, prompt: Prompt, stop: Stop, *, prefix: str = "", max_tokens: int = 160
    ) -> Generator[str]:
        _wait("writer")
        return super().stream(prompt, stop, prefix=prefix, max_tokens=max_tokens)


if __name__ == "__main__":
    models.load_embedder = lambda *_, **__: _Embedder()
    models.load_writer = lambda *_, **__: _Writer()
    app()
