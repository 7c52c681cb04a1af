"""Zipped XML, the container of DOCX, ODT and EPUB: opened with bounds on size, parsed safely."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from askdossier.core import UnreadableDocument

Node = Any
"""An element of lxml, which has no type information."""

_LARGEST = 100_000_000
"""Bytes unpacked of all parts that are read. A document with more text than is indexed has less; a
tree of these takes under a gigabyte, unless it is made to take more."""
_SMALL = 4_000_000
_DENSEST = 150
"""Bytes unpacked per byte packed, from a large part: text gives 5 to 30, zeros 1,000."""


class Archive:
    """The parts of one zipped document."""

    def __init__(self, file: zipfile.ZipFile, name: str) -> None:
        self._file = file
        self._name = name
        self._left = _LARGEST
        self.names = frozenset(file.namelist())

    def read(self, member: str) -> bytes:
        """The bytes of a part. Raises `UnreadableDocument` when it is missing or too large."""
        try:
            part = self._file.getinfo(member)
            dense = part.file_size > max(_SMALL, _DENSEST * part.compress_size)
            self._left -= part.file_size
            if dense or self._left < 0:
                raise UnreadableDocument(
                    f"{self._name} unpacks to more than any document should. Check where it "
                    "comes from."
                )
            return self._file.read(part)
        except (
            KeyError, ValueError, OSError, EOFError, RuntimeError, zipfile.BadZipFile, zlib.error,
        ) as error:  # fmt: skip
            raise damaged(self._name, member) from error

    def xml(self, member: str) -> Node:
        """The root element of a part."""
        from lxml import etree

        # No entities, no network: a document must not be able to read files or expand for ever.
        parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
        try:
            root = etree.fromstring(self.read(member), parser)
        except etree.XMLSyntaxError:
            root = None
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
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError) as error:
        raise damaged(path.name, "the archive") from error
