"""What a sync is given, as all its steps know it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from types import MappingProxyType

from askdossier.core import Embedder, Failure, Report, Stop, SyncStopped
from askdossier.index import store
from askdossier.index.damage import index_command
from askdossier.index.store import FileEntry, Generation, Manifest
from askdossier.index.tables import Prepared, Tables

Prepare = Callable[[Path, str], Iterable[Prepared | Failure]]


@dataclass(frozen=True, slots=True)
class Job:
    """The parameters of ``sync``."""

    corpus: Path
    folder: Path
    embedder: Embedder
    prepare: Prepare
    settings_key: str
    supported: Callable[[Path], bool]
    report: Report
    stop: Stop
    confirmed: bool | Collection[str]
    retry: bool
    ahead: Callable[[Path, str], None]

    def check(self) -> None:
        """Raise SyncStopped when asked to stop."""
        if self.stop.is_set():
            raise SyncStopped(stopped(self.corpus, self.folder))

    @property
    def version(self) -> str:
        """Of askdossier, which may read more than it did."""
        return _version()

    def has_in_use(self, generation: Generation) -> bool:
        """False for the generation before a damaged one."""
        return generation.folder.name == store.current_name(self.folder)

    def manifest(self, entries: Mapping[str, FileEntry], tables: Tables) -> Manifest:
        """The manifest of an index of these files, made as this one is."""
        return Manifest(
            schema=store.SCHEMA,
            version=self.version,
            embedder=self.embedder.name,
            dimension=self.embedder.dimension,
            settings=self.settings_key,
            files=MappingProxyType(dict(sorted(entries.items()))),
            documents=sum(entry.indexed for entry in entries.values()),
            passages=tables.passage_count,
            sentences=tables.sentence_count,
        )


def _version() -> str:
    try:
        return version("askdossier")
    except PackageNotFoundError:  # run from a checkout
        return "unknown"


def stopped(corpus: Path, folder: Path) -> str:
    """What to say of a sync that was stopped in time."""
    return (
        "Indexing was stopped; the index is as it was before. What has been embedded is kept: "
        f"the same command goes on from there ({index_command(folder, str(corpus))})."
    )
