"""The files of the dossier: adding them, taking them out, looking for them, stating facts.

Nothing is ever overwritten, and an index never sees half of a file that is added. A file that is
taken out is moved to a hidden folder of the corpus, not destroyed.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Literal

from askdossier import files
from askdossier.core import Document, DossierError, Failure, Pending, Span
from askdossier.dossier import Dossier
from askdossier.names import file_named
from askdossier.web.headers import Headers

_MOST_ROWS = 200
_MOST_PLACES = 3
_LONGEST_NAME = 150
_SIDECAR = ".yaml"

State = Literal["current", "changed", "gone"]
"""Whether a document's file is as it was indexed."""
FACTS = ("title", "author", "publisher", "date", "url", "licence")
"""What may be stated about a document."""


@dataclass(frozen=True, slots=True)
class Row:
    """A document of the list."""

    document: Document
    """Without its text."""
    passages: int
    places: tuple[tuple[Span, str], ...] = ()
    """Where its text holds what was looked for, and the words there."""
    indexed: datetime | None = None
    """When; None when that is not known."""
    state: State = "current"
    within: str = ""
    """The file in which it lies; empty where it is one itself."""


@dataclass(frozen=True, slots=True)
class Listing:
    """What the library shows."""

    rows: tuple[Row, ...]
    found: int
    """How many there are; more than ``rows`` when those are too many to show."""
    failures: tuple[Failure, ...]
    pending: Pending = Pending()  # noqa: RUF009
    """What indexing again would take in."""
    within: Mapping[str, str] = field(default_factory=dict)
    """For each failure that is no file of its own, the file in which it lies."""


class Library:
    """The documents of one dossier and their files."""

    def __init__(self, archive: Dossier, headers: Headers) -> None:
        self._archive = archive
        self._headers = headers

    def listing(self, wanted: str = "") -> Listing:
        """Look for documents: first those whose title, author or publisher holds ``wanted``.

        Then those whose text does: all its words in one sentence, in any inflection.
        """
        wanted = " ".join(wanted.split())
        everything = sorted(self._headers.values(), key=lambda d: (fold(d.title), d.id))
        chosen: dict[str, tuple[Span, ...]] = {document.id: () for document in everything}
        if wanted:
            mentions = self._mentions(wanted)
            named = [d.id for d in everything if fold(wanted) in _described(d)]
            chosen = {name: mentions.get(name, ()) for name in (*named, *mentions)}
        pending = self.pending()
        changed, gone, dates = set(pending.changed), set(pending.removed), self._archive.dates()
        files = {name: self._archive.file_of(name) for name in list(chosen)[:_MOST_ROWS]}
        rows = [
            Row(
                self._headers[name],
                self._archive.passage_count(name),
                self._words(name, chosen[name]),
                dates.get(name),
                "gone" if file in gone else "changed" if file in changed else "current",
                file if file != name else "",
            )
            for name, file in files.items()
            if name in self._headers
        ]
        failures = self._failures()
        holders = {one.path: self._archive.file_of(one.path) for one in failures}
        within = {name: file for name, file in holders.items() if file != name}
        return Listing(tuple(rows), len(chosen), failures, pending, within)

    def pending(self) -> Pending:
        """What indexing again would take in; nothing when the files cannot be looked at."""
        try:
            return self._archive.pending()
        except DossierError:
            return Pending()

    def facts(self, name: str) -> dict[str, str]:
        """What is known about a document, by ``FACTS``. Raises KeyError when it is not indexed."""
        document = self._headers[name]
        source = document.source
        known = (
            document.title,
            source.author,
            source.publisher,
            source.date,
            source.url,
            source.licence,
        )
        return {fact: value or "" for fact, value in zip(FACTS, known, strict=True)}

    def state(self, name: str, wanted: Mapping[str, str]) -> bool:
        """State what differs from the known facts; False when nothing does.

        Raises:
            DossierError: it is no document of the corpus, a value makes no sense, or the file for
                them cannot be written.
        """
        known = self.facts(name) if name in self._headers else {}
        changes = {
            fact: wanted[fact].strip()
            for fact in FACTS
            if fact in wanted and wanted[fact].strip() != known.get(fact, "")
        }
        if changes:
            self._archive.set_metadata(name, changes)
        return bool(changes)

    def _words(self, name: str, spans: tuple[Span, ...]) -> tuple[tuple[Span, str], ...]:
        if not spans:
            return ()
        body = self._archive.documents[name].text
        return tuple((span, span.of(body)) for span in spans[:_MOST_PLACES])

    def _mentions(self, wanted: str) -> Mapping[str, tuple[Span, ...]]:
        try:
            return self._archive.mentions(wanted)
        except DossierError:
            return {}

    def _failures(self) -> tuple[Failure, ...]:
        try:
            return self._archive.failures
        except DossierError:
            return ()

    def add(self, uploaded: Path, name: str) -> str | None:
        """Copy an uploaded file into the corpus and give its name there.

        The name gets a number when another file has it already; None when that one is the same.

        Raises:
            DossierError: the name cannot be used, or the file cannot be written.
        """
        clean = safe_name(name)
        corpus = self._archive.corpus
        try:
            files.make_folder(corpus)
            added = files.take_in(uploaded, corpus, clean)
        except OSError as error:
            raise DossierError(
                f"{clean} cannot be written into {corpus}: {error.strerror}. Free some space or "
                "see to the rights on the folder."
            ) from error
        return added.name if added is not None else None

    def remove(self, name: str) -> Path:
        """Move a document's file (and its sidecar) out of the way and give its new place.

        A document inside a file goes with that file, and with all that is in it.

        Raises:
            DossierError: it is not a file of the corpus, or cannot be moved.
        """
        corpus = self._archive.corpus.resolve()
        known = name in self._headers or any(name == f.path for f in self._failures())
        path = file_named(corpus, self._archive.file_of(name))
        if not known or not path.is_file() or not path.resolve().is_relative_to(corpus):
            raise DossierError(f"{name} is no longer in {corpus}; index again to see what is.")
        aside = corpus / files.REMOVED
        try:
            files.make_folder(aside)
            return files.set_aside(path, aside, _SIDECAR)
        except OSError as error:
            raise DossierError(
                f"{name} cannot be moved to {aside}: {error.strerror}. See to the rights on it."
            ) from error


def fold(words: str) -> str:
    """``words`` without case and accents, to compare."""
    decomposed = unicodedata.normalize("NFKD", words.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def _described(document: Document) -> str:
    source = document.source
    parts = (document.title, source.author, source.publisher, document.id)
    return fold("\n".join(filter(None, parts)))


def safe_name(name: str) -> str:
    """A file name for the corpus out of what a browser gave.

    Raises:
        DossierError: nothing usable is left, or the file would be hidden.
    """
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    kept = "".join("_" if c in '<>:"|?*' or not c.isprintable() else c for c in last)
    kept = unicodedata.normalize("NFC", kept).strip().rstrip(".")
    stem, dot, ending = kept.rpartition(".")
    if not stem or kept.startswith((".", "~$")) or len(ending) > 10:
        raise DossierError(f"“{name[:80]}” is not a file name that can be indexed; rename it.")
    while len(f"{stem}{dot}{ending}".encode()) > _LONGEST_NAME:
        stem = stem[:-1]
    return f"{stem}{dot}{ending}"
