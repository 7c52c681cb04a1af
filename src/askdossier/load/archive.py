"""Zipped XML, the container of DOCX, ODT and EPUB: opened with bounds on size, parsed safely."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from askdossier.records import UnreadableDocument

Node = Any
"""An element of lxml, which has no type information."""

_LARGEST_MEMBER = 400_000_000
"""Bytes unpacked. No real document is larger; a malicious one would fill the memory."""


class Archive:
    """The parts of one zipped document."""

    def __init__(self, file: zipfile.ZipFile, name: str) -> None:
        self._file = file
        self._name = name
        self.names = frozenset(file.namelist())

    def read(self, member: str) -> bytes:
        """The bytes of a part. Raises `UnreadableDocument` when it is missing or too large."""
        try:
            if self._file.getinfo(member).file_size > _LARGEST_MEMBER:
                raise UnreadableDocument(
                    f"{self._name} unpacks to more than any document should. Check where it "
                    "comes from."
                )
            return self._file.read(member)
        except (KeyError, zipfile.BadZipFile, RuntimeError, OSError, ValueError) as error:
            raise damaged(self._name, member) from error

    def xml(self, member: str) -> Node:
        """The root element of a part."""
        from lxml import etree

        # No entities, no network: a document must not be able to read files or expand for ever.
        parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
        root = etree.fromstring(self.read(member), parser)
        if root is None:
            raise damaged(self._name, member)
        return root


def damaged(name: str, part: str) -> UnreadableDocument:
    """The error for a part that is missing or broken."""
    return UnreadableDocument(
        f"{name} is damaged or protected by a password ({part} cannot be read). Open it in the "
        "program that made it and save it again without a password."
    )


@contextmanager
def opened(path: Path) -> Iterator[Archive]:
    """Open a zipped document. Raises `UnreadableDocument` when it is none."""
    try:
        with zipfile.ZipFile(path) as file:
            yield Archive(file, path.name)
    except zipfile.BadZipFile as error:
        raise damaged(path.name, "the archive") from error
