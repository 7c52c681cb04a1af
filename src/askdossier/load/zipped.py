"""Archives of documents (ZIP): each file in one is a document of its own.

Nothing is ever written under a name that an archive gives. Old programs write names in the code
page of their system and say nothing of it: the names of an archive that are no UTF-8 are told
together, by likelihood.
"""

from __future__ import annotations

import stat
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from askdossier.core import UnreadableDocument
from askdossier.load.decode import decode
from askdossier.load.reader import LARGEST_FILE, Content, Member, too_large
from askdossier.names import is_clutter

SUFFIXES = (".zip",)

_ENCRYPTED = 0x1
_UTF8 = 0x800
_BROKEN = (
    zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, ValueError, EOFError,
    OSError, KeyError,
)  # fmt: skip


def read(path: Path) -> Content:
    """Look into an archive; its files are its members."""
    with _opened(path):
        return Content((), members=_Files(path))


@dataclass(frozen=True, slots=True)
class _Files:
    """The files of an archive, each read when its turn comes."""

    path: Path

    def __iter__(self) -> Iterator[Member]:
        with _opened(self.path) as archive:
            packed = [info for info in archive.infolist() if not info.is_dir()]
            for info, name in zip(packed, _names(packed), strict=True):
                parts = name.replace("\\", "/").split("/")
                if not any(is_clutter(part) for part in parts if part.strip(".")):
                    yield Member(name, _held(archive, info, name))


def _opened(path: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(path)
    except _BROKEN as error:
        raise UnreadableDocument(
            f"{path.name} is not a whole ZIP archive. Make it again, or unpack it and index its "
            "files."
        ) from (None if isinstance(error, zipfile.BadZipFile) else error)


def _held(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str) -> bytes | UnreadableDocument:
    shown = name.replace("\\", "/").rpartition("/")[2]
    if info.flag_bits & _ENCRYPTED:
        return UnreadableDocument(
            f"{shown} is locked with a password in its archive. Unpack the archive and index its "
            "files."
        )
    if stat.S_ISLNK(info.external_attr >> 16):
        return UnreadableDocument("a link in an archive; put the file itself there")
    if info.file_size > LARGEST_FILE:
        return too_large(shown, f"{info.file_size / 1e6:.0f} MB", f"{LARGEST_FILE / 1e6:.0f} MB")
    try:
        return archive.read(info)
    except _BROKEN:
        return UnreadableDocument(
            f"{shown} cannot be unpacked: it is damaged, or packed in an unknown way. Unpack "
            "the archive with another program and index its files."
        )


def _names(packed: Sequence[zipfile.ZipInfo]) -> list[str]:
    """The names as their program wrote them, where `zipfile` takes bytes for code page 437."""
    names = [info.filename for info in packed]
    unknown: dict[int, bytes] = {}
    for at, info in enumerate(packed):
        if info.flag_bits & _UTF8 or info.filename.isascii():
            continue
        raw = info.filename.encode("cp437")
        try:
            names[at] = raw.decode()
        except UnicodeDecodeError:
            unknown[at] = raw
    told = decode(b"\n".join(unknown.values()), "the archive").split("\n") if unknown else []
    if len(told) == len(unknown):
        for at, name in zip(unknown, told, strict=True):
            names[at] = name
    return names
