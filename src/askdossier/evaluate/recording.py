"""A writer that counts what it reads and writes."""

from __future__ import annotations

import time
from collections.abc import Generator, Sequence
from contextlib import closing

from askdossier.core import Choice, Counting, Probe, Prompt, Stop, Writer, profile


class RecordingWriter:
    """Passes everything on to another writer; ``begin`` starts a new question."""

    def __init__(self, writer: Writer) -> None:
        self.name, self.profile = writer.name, profile(writer)
        self._writer = writer
        self.begin()

    def begin(self) -> None:
        """Forget the last question and start the clock."""
        self._started = time.perf_counter()
        self._prompts: dict[Prompt, None] = {}
        self._written: list[str] = []
        self.first_token: float | None = None
        """Seconds from ``begin`` to the first piece of a reply; None when nothing was written."""

    def prompt_tokens(self) -> int:
        """Tokens of all prompts since ``begin``; one that was read once counts once."""
        return sum(map(self.count_tokens, self._prompts))

    def written_tokens(self) -> int:
        """Pieces of replies since ``begin``: tokens, but that those of one character count once."""
        return len(self._written)

    def count_tokens(self, prompt: Prompt) -> int:
        """Count the tokens of the prompt; 0 where the writer cannot."""
        return self._writer.count_tokens(prompt) if isinstance(self._writer, Counting) else 0

    def choose(
        self, prompt: Prompt, options: Sequence[str], stop: Stop, *, prefix: str = ""
    ) -> Choice:
        """Weigh the options: see ``core.Writer``."""
        self._prompts[prompt] = None
        return self._writer.choose(prompt, options, stop, prefix=prefix)

    def examine(
        self, prompt: Prompt, options: Sequence[str], stop: Stop, *, prefix: str = ""
    ) -> Choice:
        """Weigh the options and look into the writer, where that can be done."""
        if not isinstance(self._writer, Probe):
            return self.choose(prompt, options, stop, prefix=prefix)
        self._prompts[prompt] = None
        return self._writer.examine(prompt, options, stop, prefix=prefix)

    def stream(
        self, prompt: Prompt, stop: Stop, *, prefix: str = "", max_tokens: int = 160
    ) -> Generator[str]:
        """Yield pieces of the reply: see ``core.Writer``."""
        self._prompts[prompt] = None
        pieces = self._writer.stream(prompt, stop, prefix=prefix, max_tokens=max_tokens)
        with closing(pieces):
            for piece in pieces:
                if self.first_token is None:
                    self.first_token = time.perf_counter() - self._started
                self._written.append(piece)
                yield piece
