"""What a reader of one format has to provide, and what it gives back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from askdossier.core import Block, Removal, UnreadableDocument
from askdossier.load.metadata import Metadata

LONGEST_TEXT = 10_000_000
"""Characters of one document: some 4,000 pages, an hour or more of embedding on a laptop."""

LARGEST_FILE = 200_000_000
"""Bytes of a file that is opened at all, so that one file cannot fill the memory."""


def bounded(blocks: Iterable[Block], name: str) -> Iterator[Block]:
    """The blocks, as long as they make a document of a length that is indexed.

    For readers whose blocks may be longer than the file: rows repeat the names of their columns.
    Raises `UnreadableDocument` as soon as there is too much.
    """
    length = 0
    for block in blocks:
        length += len(block.text)
        if length > LONGEST_TEXT:
            most = f"{LONGEST_TEXT / 1e6:.0f} million characters"
            raise too_large(name, "it holds more text than is indexed", most)
        yield block


def too_large(name: str, size: str, most: str) -> UnreadableDocument:
    """The error for a file that would take too much memory or time."""
    return UnreadableDocument(
        f"{name} is too large: {size}, where {most} is the most. Split it into smaller files."
    )


Step = Callable[[int, int], None]
"""Called during slow reading with the pages done and those there are; may raise to end it."""


Begin = Callable[[str], None]
"""Called with the id of each document inside a file before it is read."""


def nothing_begun(_name: str) -> None:
    """A `Begin` for callers who only wait."""


def no_step(_done: int, _total: int) -> None:
    """A `Step` for callers who only wait."""


@dataclass(frozen=True, slots=True)
class Content:
    """The blocks of one file in reading order, and what the file says about itself.

    A file that only holds others, such as an archive, has members and no blocks.
    """

    blocks: tuple[Block, ...]
    metadata: Metadata = field(default_factory=Metadata)
    recognised: bool = False
    """True when some of the text was recognised in pictures of pages (OCR)."""
    lost: tuple[Removal, ...] = ()
    """What the file shows but is not among the blocks, and why."""
    web: bool = False
    """True for a web page, whose text is cleaned of what the page says about itself."""
    members: Iterable[Member] = ()
    """The documents inside it, in their order; made one by one where they are many."""

    @property
    def has_text(self) -> bool:
        """True when there is something to index in it beside its members."""
        return any(block.text.strip() for block in self.blocks)


@dataclass(frozen=True, slots=True)
class Member:
    """A document inside a file: a mail of a mailbox, a file of an archive, a record of a list."""

    name: str
    """What its file calls it: anything at all, also twice, or with folders."""
    held: bytes | Content | UnreadableDocument
    """A file's bytes, what has been read already, or why it cannot be read."""
    suffix: str = ""
    """The ending of a file whose name does not tell its format."""
    known: Metadata = field(default_factory=Metadata)
    """What goes for it, and for all inside it, where it says nothing else."""


class Reader(Protocol):
    """One file format. A module with these two names is a reader."""

    @property
    def SUFFIXES(self) -> tuple[str, ...]:  # noqa: N802
        """File name endings it reads, in lower case, with the dot."""
        ...

    def read(self, path: Path) -> Content:
        """Read the file.

        Text is normalised (`askdossier.text.normalise`). Raises `UnreadableDocument` when the
        file is damaged, protected or not of this format, saying what the user can do.
        """
        ...


class SlowReader(Protocol):
    """A format whose files may take minutes: a reader that tells how far it has come."""

    @property
    def SUFFIXES(self) -> tuple[str, ...]:  # noqa: N802
        """As that of a `Reader`."""
        ...

    def read(self, path: Path, step: Step = no_step) -> Content:
        """Read as a `Reader` does; ``step`` is called before each page that takes long."""
        ...
