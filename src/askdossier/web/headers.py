"""The documents of a dossier without their texts, which is all that lists and titles need."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from askdossier.records import Document
from askdossier.web.turn import Archive


class Headers(Mapping[str, Document]):
    """A view: it follows the dossier when that is synced."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive

    def __getitem__(self, document: str) -> Document:
        if document not in self._archive.documents:
            raise KeyError(document)
        return self._archive.header(document)

    def __iter__(self) -> Iterator[str]:
        return iter(self._archive.documents)

    def __len__(self) -> int:
        return len(self._archive.documents)
