"""Files on their way into an index: read, cleaned, and cut into passages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from askdossier import chunk
from askdossier.core import Document, Embedder, Failure, Progress, Removal, Report, Stop
from askdossier.index import Prepared
from askdossier.reading import Readers


class Preparing:
    """Prepares file after file for ``index.sync``. A context manager, as `Readers` are."""

    def __init__(self, embedder: Embedder, report: Report | None, stop: Stop) -> None:
        """``embedder`` says how long passages may be; ``report`` is told the pages of scans."""
        self._embedder, self._report, self._stop = embedder, report, stop
        self._readers = Readers()

    def __enter__(self) -> Preparing:
        return self

    def __exit__(self, *_: object) -> None:
        self._readers.close()

    def file(self, path: Path, relative: str) -> Iterator[Prepared | Failure]:
        """What an index holds of a file and of all that is inside it.

        Raises SyncStopped when stopped.
        """

        def step(done: int, total: int) -> None:
            if self._report is not None:
                self._report(Progress("recognising", done, total, "pages", relative))

        for one in self._readers.read(path, relative, step, self._stop):
            yield one if isinstance(one, Failure) else self._cut(*one)

    def ahead(self, path: Path, relative: str) -> None:
        """Read a file while its caller works on the one before."""
        self._readers.ahead(path, relative)

    def _cut(self, document: Document, removals: tuple[Removal, ...]) -> Prepared:
        passages = chunk.passages(document, self._embedder.count_tokens, self._embedder.max_tokens)
        contexts = tuple(chunk.context(document, passage) for passage in passages)
        return Prepared(document, passages, contexts, removals)
