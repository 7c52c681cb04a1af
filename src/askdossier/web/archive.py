"""What the chat asks of a dossier, so that tests can stand in for the models."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Protocol

from askdossier.core import (
    Document,
    Embedder,
    Event,
    Failure,
    Filter,
    Hit,
    ModelStatus,
    PageImage,
    Passage,
    Pending,
    Removal,
    Report,
    Span,
    Stop,
    SyncReport,
    Writer,
)
from askdossier.core import Turn as Earlier
from askdossier.settings import Settings


class Archive(Protocol):
    """The part of ``dossier.Dossier`` that the chat uses."""

    @property
    def documents(self) -> Mapping[str, Document]:
        """The indexed documents by id."""
        ...

    settings: Settings

    @property
    def corpus(self) -> Path:
        """The folder of files that the index follows. Raises IndexMismatch."""
        ...

    @property
    def failures(self) -> tuple[Failure, ...]:
        """The files that could not be indexed. Raises IndexMissing, IndexMismatch."""
        ...

    @property
    def embedder(self) -> Embedder:
        """The embedder, loaded now if need be."""
        ...

    @property
    def writer(self) -> Writer:
        """The writer, loaded now if need be."""
        ...

    def passage_count(self, document: str) -> int:
        """How many passages a document has. Raises KeyError when it is not indexed."""
        ...

    def removals(self, document: str) -> tuple[Removal, ...]:
        """What cleaning took out of a document. Raises KeyError when it is not indexed."""
        ...

    def dates(self) -> Mapping[str, datetime]:
        """When each document was indexed, as far as that is known."""
        ...

    def pending(self) -> Pending:
        """How the files differ from the index. Raises as ``Dossier.pending``."""
        ...

    def set_metadata(self, file: str, changes: Mapping[str, str]) -> Path:
        """State something about a file. Raises InvalidMetadata, UnreadableDocument."""
        ...

    def mentions(self, phrase: str) -> Mapping[str, tuple[Span, ...]]:
        """The sentences and headings that hold all words of a phrase, by document."""
        ...

    def search(self, question: str) -> tuple[Hit, ...]:
        """The passages that a question finds, best first."""
        ...

    def sync(
        self,
        corpus_dir: Path | None = None,
        report: Report | None = None,
        stop: Stop | None = None,
        *,
        confirmed: bool | Collection[str] = False,
    ) -> SyncReport:
        """Bring the index in step with the files. Raises as ``Dossier.sync``."""
        ...

    def header(self, document: str) -> Document:
        """A document without its text. Raises KeyError when it is not indexed."""
        ...

    def stream(
        self,
        question: str,
        stop: Stop | None = None,
        *,
        within: Filter | None = None,
        history: Sequence[Earlier] = (),
    ) -> Iterator[Event]:
        """The evidence, then each checked sentence, then the answer."""
        ...

    def passage_around(self, document: str, span: Span) -> Passage | None:
        """The passage in which a quote stands."""
        ...

    def page_image(self, document: str, span: Span) -> PageImage | None:
        """The page of a PDF with words marked. Raises KeyError, UnreadableDocument."""
        ...

    def models(self) -> Sequence[ModelStatus]:
        """The models of the catalogue, and which of them are on this machine."""
        ...

    def warm_up(self) -> None:
        """Load the models."""
        ...
