"""What a sync notes of a file while it is read: what is in it, what fails, what stays as it was."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from askdossier.core import Document, DossierError
from askdossier.index.embedding import named
from askdossier.index.store import FileEntry, file_of
from askdossier.names import inside


class Noted:
    """What is noted of one file and what is inside it, while it is read."""

    def __init__(
        self,
        name: str,
        entry: FileEntry,
        entries: dict[str, FileEntry],
        kept: Mapping[str, FileEntry],
    ) -> None:
        self._name, self._entry, self._kept, self._entries = name, entry, kept, entries
        self.documents: dict[str, None] = {}
        """The ids of those that have been written down, in order."""
        entries[name] = replace(entry, document=False)  # until there is one

    def add(self, document: Document) -> None:
        """Note a document that has been written down."""
        own = document.id == self._name
        entry = self._entry if own else FileEntry(0, document.source.sha256, "")
        self._entries[document.id] = entry
        self.documents[document.id] = None

    def refuse(self, name: str, error: Exception) -> None:
        """Note an error at a document, or at the file itself."""
        reason = str(error) if isinstance(error, DossierError) else named(error)
        # Not the content's fault, so the file is tried again next time even if it does not change.
        passing = (OSError, MemoryError, ImportError)
        again = isinstance(error, passing) or isinstance(error.__cause__, passing)
        self.fail(name, reason, passing=again)

    def fail(self, name: str, reason: str, *, passing: bool) -> None:
        """Note why something cannot be read; ``passing`` where that may be over next time."""
        if not is_in(self._name, name):
            name = self._name
        if name in self.documents:
            name = inside(name, "")  # the document is there: it is something in it
        own = name == self._name
        entry = replace(self._entry, reason=reason) if own else FileEntry(0, "", "", reason)
        if passing:
            entry = FileEntry(entry.size, "", "", reason)
        self._entries[name] = or_stale(name, entry, self._kept)
        if passing and not own:
            look_again(name, self._entries)

    def finish(self) -> None:
        """Keep what was inside a file that cannot be read any more."""
        entry = self._entries[self._name]
        if entry.reason:
            for name in self._kept:
                if is_in(self._name, name) and name not in self._entries:
                    self._entries[name] = FileEntry(0, "", "", entry.reason, stale=True)


def or_stale(name: str, entry: FileEntry, kept: Mapping[str, FileEntry]) -> FileEntry:
    """The entry of a file; where it cannot be read, its document stays in the index."""
    return replace(entry, stale=True) if entry.reason and name in kept else entry


def look_again(name: str, entries: dict[str, FileEntry]) -> None:
    """Have the file read again next time in which a document lies that could be read then."""
    file = file_of(name, entries)
    entries[file] = replace(entries[file], sha256="", sidecar="")


def is_in(file: str, name: str) -> bool:
    """True for a file's own id and those of what is inside it."""
    return name == file or name.startswith(f"{file}/")
