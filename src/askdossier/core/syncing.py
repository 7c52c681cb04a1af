"""How an index and the files of its corpus differ, and what a sync did about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that could not be indexed, and the reason in words for the user."""

    path: str
    reason: str


UNSUPPORTED = "format not supported"
"""The reason of a failure whose file is of a kind that nothing reads."""


def of_unknown_kinds(failures: Sequence[Failure]) -> str:
    """The files among them that nothing reads, on one line: ``film.mp4, 30 .jpg``; or empty."""
    by_kind: dict[str, list[str]] = {}
    for failure in failures:
        if failure.reason == UNSUPPORTED:
            kind = PurePosixPath(failure.path).suffix.lower()
            by_kind.setdefault(kind or failure.path, []).append(failure.path)
    shown = (
        paths[0] if len(paths) == 1 else f"{len(paths)} {kind}" for kind, paths in by_kind.items()
    )
    return ", ".join(shown)


@dataclass(frozen=True, slots=True)
class SyncReport:
    """What a sync did; paths are relative to the corpus, sorted."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: tuple[str, ...]
    failed: tuple[Failure, ...]
    passages: int
    """Passages in the index after the sync."""
    seconds: float
    stale: tuple[Failure, ...] = ()
    """Documents whose files are there and cannot be read: the index keeps what it had of them."""


@dataclass(frozen=True, slots=True)
class Pending:
    """How the files differ from the index, and so what a sync would do; paths as in SyncReport."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    outdated: bool = False
    """True when files are read in another way now, by a new version or with a new tool."""

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed or self.outdated)
