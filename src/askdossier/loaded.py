"""What a dossier has open: its index and its models, each from the moment it is first needed."""

from __future__ import annotations

import copy
import gc
import threading
import weakref
from typing import TYPE_CHECKING

from askdossier import models
from askdossier.core import Embedder, Entailment, Reranker, Stop, Writer
from askdossier.index import Index
from askdossier.settings import Settings

if TYPE_CHECKING:
    from askdossier.ask import Tools


class Loaded:
    """Index and models of the settings, or those given in their place. Safe from several threads.

    Raises:
        IndexMissing, IndexMismatch: there is no index, or not one for this embedder.
        ModelMissing: a model is not on disk.
        WriterFailed: the writer's server cannot be asked.
        ConsentMissing: it is on another machine and was not allowed.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        embedder: Embedder | None = None,
        writer: Writer | None = None,
        reranker: Reranker | None = None,
        judge: Entailment | None = None,
    ) -> None:
        """Nothing is read yet."""
        self._settings = settings
        self._embedder, self._writer = embedder, writer
        self._reranker, self._judge = reranker, judge
        self._index: Index | None = None
        self._unchecked: Index | None = None
        """Opened for reading only, whatever embedder made it."""
        self._version: object = None
        """Of what was opened."""
        # One lock for each: listing documents must not wait for the writer to load.
        self._opening, self._embedding, self._writing, self._reranking, self._judging = (
            threading.RLock() for _ in range(5)
        )

    def with_writer(self, writer: Writer) -> Loaded:
        """The same with another writer."""
        other = copy.copy(self)
        other._writer = writer
        return other

    def leave_writer(self) -> None:
        """Have the memory of the writer back soon after its last user is gone.

        A network refers to itself in circles, which Python may look for only after hours.
        """
        with self._writing:
            if self._writer is not None:
                weakref.finalize(self._writer, _collect_soon).atexit = False

    @property
    def tools(self) -> Tools:
        """All of it, for a question; loaded when that needs it."""
        from askdossier.ask import Tools

        return Tools(self.index, self.embedder, self.reranker, self.writer, self.judge)

    def index(self) -> Index:
        """The index, for questions: it must have been made with this embedder."""
        embedder = self.embedder()
        with self._opening:
            self._follow()
            if self._index is None:
                self._index = Index.open(self._settings.index, embedder.name)
            return self._index

    def listed(self) -> Index:
        """The index, for reading what it holds, which needs no model."""
        with self._opening:
            self._follow()
            if self._index is not None:
                return self._index
            if self._unchecked is None:
                self._unchecked = Index.open(self._settings.index, None)
            return self._unchecked

    def let_go(self) -> None:
        """Open the index anew when it is next needed."""
        with self._opening:
            self._index = self._unchecked = None

    def _follow(self) -> None:
        """Let go of an index that was replaced since, by whatever process."""
        version = Index.version(self._settings.index)
        if version is not None and version != self._version:
            self._version = version
            self.let_go()

    def embedder(self) -> Embedder:
        """The embedder."""
        with self._embedding:
            if self._embedder is None:
                self._embedder = models.load_embedder(
                    self._settings.embedder, self._settings.models
                )
            return self._embedder

    def reranker(self) -> Reranker | None:
        """The reranker; None where it is switched off."""
        with self._reranking:
            if self._reranker is None and self._settings.reranker != "off":
                self._reranker = models.load_reranker(self._settings.reranker)
            return self._reranker

    def judge(self, stop: Stop) -> Entailment | None:
        """The second look at a sentence, ended by ``stop``; None where it is switched off."""
        if self._settings.judge == "writer" and self._judge is None:
            from askdossier.ask.entailment import WriterEntailment

            return WriterEntailment(self.writer(), stop)
        with self._judging:
            if self._judge is None and self._settings.judge != "off":
                self._judge = models.load_entailment(self._settings.judge)
            return self._judge

    def writer(self) -> Writer:
        """The writer."""
        with self._writing:
            if self._writer is None:
                self._writer = models.load_writer(self._settings.writer, self._settings.models)
            return self._writer


def _collect_soon() -> None:
    """What dies is still whole while this is called, and holds what it is made of."""
    timer = threading.Timer(0.2, gc.collect)
    timer.daemon = True
    timer.start()
