"""How the files of the corpus differ from the index, without reading more of them than need be."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from askdossier.core import EmptyCorpus, Pending
from askdossier.index import store
from askdossier.index.changes import hashed
from askdossier.index.scan import Found, Scan, scan, unreadable
from askdossier.index.store import FileEntry, Manifest, file_of


def pending(
    corpus: Path,
    folder: Path,
    manifest: Manifest,
    settings_key: str,
    *,
    supported: Callable[[Path], bool],
) -> Pending:
    """Say what ``sync`` would find to do; parameters as there, ``manifest`` that of the index.

    Only files whose size or times differ from the last sync's are hashed. Files that could not be
    indexed for a passing reason are left out: nobody knows whether that has passed.

    Raises EmptyCorpus when the corpus cannot be opened.
    """
    stats, scanned = _looked_at(corpus, folder)
    added, changed = [], []
    for found in scanned.files:
        if not supported(found.path):
            continue
        entry = manifest.files.get(found.id)
        if entry is None:
            added.append(found.id)
        elif entry.sha256 and not _same(found, entry, stats):
            changed.append(found.id)
    there = {found.id for found in scanned.files} | {failure.path for failure in scanned.failed}
    gone = {file_of(name, manifest.files) for name in manifest.files} - there
    removed = sorted(name for name in gone if not unreadable(scanned, name))
    outdated = manifest.settings != settings_key
    return Pending(tuple(added), tuple(changed), tuple(removed), outdated)


def _looked_at(corpus: Path, folder: Path) -> tuple[dict[str, store.Stat], Scan]:
    """What was known of the files, and what there is now."""
    try:
        return store.read_stats(folder), scan(corpus.resolve(), folder)
    except OSError as error:
        raise EmptyCorpus(
            f"The folder {corpus} cannot be opened: {error.strerror}. See to the rights on it "
            "or to its drive; until then, answers come from the index alone."
        ) from error


def _same(found: Found, entry: FileEntry, stats: dict[str, store.Stat]) -> bool:
    try:
        sidecar = hashed(found.sidecar, stats, {}) if found.sidecar else ""
        return (hashed(found, stats, {}), sidecar) == (entry.sha256, entry.sidecar)
    except OSError:
        return False
