"""The same as the page does, for other programs: ``search``, ``ask``, ``read``, ``stop``.

Gradio serves these under their names and documents them from their signatures and docstrings.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from askdossier.core import DossierError, Span, Stop
from askdossier.dossier import Dossier
from askdossier.web.conversations import Exchange
from askdossier.web.export import plain_answer
from askdossier.web.headers import Headers
from askdossier.web.stepwise import stepwise
from askdossier.web.texts import TEXTS
from askdossier.web.turn import Line, Turn, take_turn

_MOST = 50
_LONGEST_PIECE = 20_000
"""Characters that are read at once: what a language model takes in."""


class Api:
    """What other programs may call, over one dossier. Raises DossierError, which Gradio shows."""

    def __init__(self, archive: Dossier, line: Line) -> None:
        """``ask`` waits in ``line`` like everybody else."""
        self._archive, self._line = archive, line
        self._headers = Headers(archive)
        self._running: list[tuple[str, Stop]] = []
        """The key that its owner gave each question, and what calls it off."""

    @property
    def functions(self) -> list[Callable[..., Any]]:
        """Them all."""
        return [self.search, self.ask, self.ask_with_key, self.read, self.stop]

    def search(self, question: str, limit: int = 10) -> list[dict[str, Any]]:
        """Find the passages of the documents that are nearest to a question, best first.

        Args:
            question: in any language.
            limit: how many passages at most, up to 50.
        """
        found = []
        for hit in self._archive.search(question)[: max(1, min(limit, _MOST))]:
            document, span = hit.passage.document, hit.passage.span
            found.append(
                {
                    "document": document,
                    "title": self._headers[document].title,
                    "heading": hit.passage.heading,
                    "start": span.start,
                    "end": span.end,
                    "text": span.of(self._archive.documents[document].text),
                    "score": round(hit.score, 4),
                }
            )
        return found

    async def ask(self, question: str) -> dict[str, Any]:
        """Answer a question from the documents, with the exact words that support each sentence.

        Args:
            question: one question; the answer is in its language.
        """
        return await self.ask_with_key(question, "")

    async def ask_with_key(self, question: str, key: str) -> dict[str, Any]:
        """As `ask`, for who may want to call it off.

        Args:
            question: one question; the answer is in its language.
            key: long and random; `stop` calls off what was asked with it.
        """
        turn = Turn(question)
        stop = Stop()
        here = (key, stop)
        self._running.append(here)
        try:
            async for latest in stepwise(take_turn(self._archive, self._line, question, stop)):
                turn = latest
        finally:
            self._running.remove(here)
        if turn.state == "stopped":
            raise DossierError("The question was called off.")
        if turn.state != "done":
            raise turn.error or DossierError("The question could not be answered.")
        cited = {citation.document for citation in turn.citations}
        sources = {name: self._headers[name] for name in cited if name in self._headers}
        french = turn.answer is not None and turn.answer.language == "fr"
        exchange = Exchange("", datetime.now(UTC), turn, sources)
        return plain_answer(exchange, TEXTS["fr" if french else "en"])

    def read(self, document: str, start: int = 0, end: int = 0) -> dict[str, Any]:
        """Read a document, or some characters of it; a long one comes in pieces.

        Args:
            document: its path, as `search` and `ask` give it.
            start: offset of the first character.
            end: offset after the last character; 0 for the end of the document.

        Returns:
            at most 20,000 characters as `text`, from `start` to `end`; `next` is the start of the
            following piece, 0 when nothing follows.
        """
        known = self._archive.documents.get(document)
        if known is None:
            raise DossierError(f"{document} is not among the documents.")
        length = len(known.text)
        first = max(0, min(start, length))
        wanted = max(first, min(end, length) if end > 0 else length)
        last = min(wanted, first + _LONGEST_PIECE)
        source = known.source
        return {
            "document": known.id,
            "title": known.title,
            "author": source.author,
            "publisher": source.publisher,
            "date": source.date,
            "url": source.url,
            "language": known.language,
            "length": length,
            "start": first,
            "end": last,
            "next": last if last < wanted else 0,
            "text": Span(first, last).of(known.text),
        }

    def stop(self, key: str) -> int:
        """Call off a question that is being answered: its `ask` fails, and computes no more.

        Args:
            key: as it was given to `ask_with_key`; nobody else knows it.

        Returns:
            how often it was being asked.
        """
        called_off = [signal for known, signal in self._running if key and known == key]
        for signal in called_off:
            signal.set()
        return len(called_off)
