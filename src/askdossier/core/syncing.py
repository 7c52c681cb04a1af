"""How an index and the files of its corpus differ, and what a sync did about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that could not be indexed, and the reason in words for the user."""

    path: str
    reason: str
    passing: bool = field(default=False, compare=False)
    """True for what is not the file's fault, and may be over the next time it is read."""


UNSUPPORTED = "format not supported"
"""The reason of a failure whose file is of a kind that nothing reads."""


_MANY = 4
"""Failures for one reason that are told together."""


def told_together(
    failures: Sequence[Failure],
) -> tuple[tuple[Failure, ...], tuple[tuple[str, str], ...]]:
    """The failures to tell one by one, and those for one reason, as names and that reason.

    Files of kinds that nothing reads are always told so: ``film.mp4, 30 .mov``. A reason that names
    its file is that of the first one.
    """
    by_reason: dict[str, list[Failure]] = {}
    for failure in failures:
        by_reason.setdefault(_nameless(failure), []).append(failure)
    together = {
        reason: found
        for reason, found in by_reason.items()
        if reason == UNSUPPORTED or len(found) >= _MANY
    }
    alone = tuple(failure for failure in failures if _nameless(failure) not in together)
    return alone, tuple((_names(found), found[0].reason) for found in together.values())


def _nameless(failure: Failure) -> str:
    """The reason without the name of the file."""
    return failure.reason.replace(PurePosixPath(failure.path).name, "")


def _names(failures: Sequence[Failure]) -> str:
    by_kind: dict[str, list[str]] = {}
    for failure in failures:
        kind = PurePosixPath(failure.path).suffix.lower()
        by_kind.setdefault(kind or failure.path, []).append(failure.path)
    return ", ".join(
        paths[0] if len(paths) == 1 else f"{len(paths)} {kind}" for kind, paths in by_kind.items()
    )


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
