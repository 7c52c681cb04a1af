"""What a reader of one format has to provide, and what it gives back."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from askdossier.load.metadata import Metadata
from askdossier.records import Block


@dataclass(frozen=True, slots=True)
class Content:
    """The blocks of one file in reading order, and what the file says about itself."""

    blocks: tuple[Block, ...]
    metadata: Metadata = field(default_factory=Metadata)


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
