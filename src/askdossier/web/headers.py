"""The documents of a dossier without their texts, which is all that lists and titles need."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from askdossier.core import Document, DossierError
from askdossier.dossier import Dossier


class Headers(Mapping[str, Document]):
    """A view: it follows the dossier when that is synced."""

    def __init__(self, archive: Dossier) -> None:
        self._archive = archive

    def _documents(self) -> Mapping[str, Document]:
        try:
            return self._archive.documents
        except DossierError:  # an index that cannot be read, which its reader tells elsewhere
            return {}

    def __getitem__(self, document: str) -> Document:
        if document not in self._documents():
            raise KeyError(document)
        return self._archive.header(document)

    def __iter__(self) -> Iterator[str]:
        return iter(self._documents())

    def __len__(self) -> int:
        return len(self._documents())
