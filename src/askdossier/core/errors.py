"""The errors meant for the user: each message says what to do next."""

from __future__ import annotations


class DossierError(Exception):
    """Base of every error meant for the user; the message says what to do next."""


class UnreadableDocument(DossierError):
    """One file cannot be read. A sync reports it and goes on with the rest."""


class EmptyCorpus(DossierError):
    """The corpus folder is missing or holds no document that can be indexed."""


class IndexMissing(DossierError):
    """There is no index in the folder."""


class IndexMismatch(DossierError):
    """The index was made with another embedder or schema than the one asked for."""


class IndexBusy(DossierError):
    """Another process is writing the index."""


class SyncStopped(DossierError):
    """A sync was stopped before its end; the index is as it was before."""


class UnconfirmedRemoval(DossierError):
    """A sync would take more out of the index than anybody expects; nothing was changed."""

    def __init__(self, message: str, *, documents: frozenset[str] = frozenset()) -> None:
        """``documents`` names those that would leave: what may be confirmed."""
        super().__init__(message)
        self.documents = documents


class ModelMissing(DossierError):
    """A model, or one of its files, is not on disk, is incomplete or is not what was published."""


class WriterFailed(DossierError):
    """The server of a writer cannot be reached, or what it replies is of no use."""


class EmptyReply(WriterFailed):
    """A writer says nothing where a reply is asked for, however often."""


class ConsentMissing(DossierError):
    """A writer is on another machine, and nobody has allowed yet to send it anything."""

    def __init__(self, message: str, *, origin: str = "") -> None:
        """``origin`` is the server that may be allowed."""
        super().__init__(message)
        self.origin = origin


class InvalidQuestion(DossierError):
    """The question is empty or too long."""


class InvalidFilter(DossierError):
    """A filter names a document, a date or a language that does not exist, or leaves nothing."""


class InvalidMetadata(DossierError):
    """A statement about a document that makes no sense: an unknown key, a date that is none."""


class InvalidSettings(DossierError):
    """A settings file or environment variable holds something unknown."""
