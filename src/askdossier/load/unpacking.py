"""Documents inside other files, within bounds on how many they are, how large and how deep.

A file inside another is read from a copy in a folder that nobody else may enter, under a name made
here. What an archive calls its files is never a path on the disk.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path, PurePosixPath

from askdossier import files
from askdossier.core import (
    UNSUPPORTED,
    DossierError,
    Failure,
    RawDocument,
    Source,
    UnreadableDocument,
)
from askdossier.load import formats
from askdossier.load.metadata import Metadata
from askdossier.load.reader import Begin, Content, Member, Step, no_step
from askdossier.names import inside

_DEEPEST = 5
"""Files in files in files…"""
_MOST = 50_000
"""Documents inside one file, at any depth."""
_MOST_BYTES = 4_000_000_000
"""Of all of them, unpacked."""
_LONGEST_STEM = 60


class Unpacking:
    """Reads the documents inside one file."""

    def __init__(self, step: Step, begin: Begin, without: frozenset[str], known: Metadata) -> None:
        """``known`` is what is stated about all of them; see `load.documents` for the rest."""
        self._step, self._begin, self._without, self._known = step, begin, without, known
        self._taken: dict[str, int] = {}
        self._left, self._bytes_left = _MOST, _MOST_BYTES

    def members(
        self, members: Iterable[Member], file: str, depth: int = 1
    ) -> Iterator[RawDocument | Failure]:
        """Read the documents inside ``file``, an id, and those inside these."""
        for name, one in _named(members, file, self._taken):
            self._left -= 1
            self._bytes_left -= len(one.held) if isinstance(one.held, bytes) else 0
            if min(self._left, self._bytes_left) < 0:
                yield Failure(
                    name,
                    f"it is not read, nor what comes after it: {file} holds more than "
                    f"{_MOST} documents or {_MOST_BYTES / 1e9:.0f} GB. Unpack it and index its "
                    "files.",
                )
                return
            if name in self._without:
                continue
            self._begin(name)
            try:
                yield from self._member(one, name, depth)
            except MemoryError:  # the process is of no use any more
                raise
            except Exception as error:  # whatever it is, the others are read
                yield failure(name, error)

    def _member(self, one: Member, name: str, depth: int) -> Iterator[RawDocument | Failure]:
        if isinstance(one.held, UnreadableDocument):
            raise one.held
        if isinstance(one.held, Content):
            if not one.held.has_text:
                raise no_text(PurePosixPath(name).name)
            text = "\n".join(block.text for block in one.held.blocks)
            sha256 = hashlib.sha256(text.encode()).hexdigest()
            yield self._raw(one.held, one.known, name, sha256)
            return
        if depth > _DEEPEST:
            raise UnreadableDocument(
                "it lies in a file in a file in a file… Unpack them and index what they hold."
            )
        if _suffix(one) not in formats.SUFFIXES:
            raise UnreadableDocument(UNSUPPORTED)
        with files.passing(_file_name(one, name), one.held) as path:
            content = formats.opened(path, self._step)
            found = content.has_text
            if found:
                yield self._raw(content, one.known, name, hashlib.sha256(one.held).hexdigest())
            inside_it = (replace(inner, known=inner.known.over(one.known))
                         for inner in content.members)  # fmt: skip
            for inner in self.members(inside_it, name, depth + 1):
                found = True
                yield inner
            if not found:
                raise no_text(path.name)

    def _raw(self, content: Content, known: Metadata, name: str, sha256: str) -> RawDocument:
        return raw(content, content.metadata.over(self._known).over(known), name, sha256)


@contextmanager
def unpacked(path: Path, file: str, wanted: str) -> Iterator[Path]:
    """A document inside a file as a file of its own, which is gone afterwards.

    ``file`` and ``wanted`` are the ids of both; they may be the same. Raises KeyError when there is
    none, UnreadableDocument and OSError when the file cannot be read.
    """
    if wanted == file:
        yield path
        return
    members = formats.opened(path, no_step).members
    for name, one in _named(members, file, {}):
        if isinstance(one.held, bytes) and (wanted == name or wanted.startswith(f"{name}/")):
            with (
                files.passing(_file_name(one, name), one.held) as copy,
                unpacked(copy, name, wanted) as found,
            ):
                yield found
            return
    raise KeyError(wanted)


def _named(
    members: Iterable[Member], file: str, taken: dict[str, int]
) -> Iterator[tuple[str, Member]]:
    """The members with their ids; a number behind a name that another has already.

    ``taken`` says for each name how many have it, and is kept up.
    """
    for one in members:
        name = called = inside(file, one.name)
        while name in taken:
            taken[called] += 1
            ending = _suffix(one) if called.lower().endswith(_suffix(one)) else ""
            stem = called[: len(called) - len(ending)]
            name = f"{stem} ({taken[called]}){called[len(stem) :]}"
        taken[name] = 1
        yield name, one


def _suffix(one: Member) -> str:
    return one.suffix.lower() or formats.ending(one.name.replace("\\", "/"))


def _file_name(one: Member, name: str) -> str:
    """What its copy is called, also in messages, and by formats that have no title."""
    stem = PurePosixPath(name).name.removesuffix(one.suffix or PurePosixPath(name).suffix)
    kept = "".join(c if c.isalnum() or c in " -_.,()'’" else "_" for c in stem)[:_LONGEST_STEM]
    return f"{kept.strip(' .') or 'document'}{_suffix(one)}"


def raw(content: Content, known: Metadata, relative: str, sha256: str) -> RawDocument:
    """The document that a content makes, with what is known about it."""
    return RawDocument(
        title=known.title,
        blocks=content.blocks,
        lost=content.lost,
        web=content.web,
        source=Source(
            path=relative,
            sha256=sha256,
            url=known.url,
            author=known.author,
            publisher=known.publisher,
            date=known.date,
            licence=known.licence,
            recognised=content.recognised,
            within=known.within,
        ),
    )


def no_text(name: str) -> UnreadableDocument:
    """The error for a file that has nothing to be read in it."""
    return UnreadableDocument(f"{name} holds no text: there is nothing to index in it.")


def failure(name: str, error: Exception) -> Failure:
    """What is told of a document that cannot be read."""
    passing = isinstance(error.__cause__ or error, OSError | ImportError)
    if isinstance(error, DossierError):
        return Failure(name, str(error), passing)
    return Failure(name, f"{type(error).__name__}: {error}".rstrip(": "), passing)
