"""What has changed in a folder since it was indexed."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from askdossier.core import UNSUPPORTED, Progress
from askdossier.files import sha256
from askdossier.index import store
from askdossier.index.job import Job
from askdossier.index.noted import or_stale
from askdossier.index.scan import Found, Scan, unreadable
from askdossier.index.store import FileEntry, Generation, file_of

_UNSETTLED_NS = 2_000_000_000
"""A file changed less than this before it was hashed may change again without its time showing:
file systems keep times to the millisecond, the second, or (FAT) two."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What a look at the files has shown."""

    entries: dict[str, FileEntry]
    """Files that need no reading: unchanged, or failed without being read."""
    to_read: list[tuple[Found, FileEntry]]
    stats: dict[str, store.Stat]


def changes_in(
    job: Job, scanned: Scan, base: Generation | None, old_stats: dict[str, store.Stat]
) -> Changes:
    """Which files are to be read, of those that were scanned; ``base`` holds what may be kept."""
    known = base.manifest.files if base is not None else {}
    inner = _inside(known)
    same_version = base is not None and base.manifest.version == job.version
    moved = base is not None and Path(base.corpus) != job.corpus
    entries = {failure.path: FileEntry(0, "", "", failure.reason) for failure in scanned.failed}
    to_read: list[tuple[Found, FileEntry]] = []
    stats: dict[str, store.Stat] = {}
    total = len(scanned.files)
    for done, found in enumerate(scanned.files):
        if done % 100 == 0:
            job.check()
            job.report(Progress("checking", done, total, "files"))
        if not job.supported(found.path):
            entries[found.id] = FileEntry(found.stat.st_size, "", "", UNSUPPORTED)
            continue
        try:
            digest = hashed(found, old_stats, stats)
            sidecar = hashed(found.sidecar, old_stats, stats) if found.sidecar else ""
        except FileNotFoundError:
            continue  # deleted since we looked
        except OSError as error:
            reason = f"it cannot be opened: {error.strerror}"
            entries[found.id] = FileEntry(found.stat.st_size, "", "", reason)
            continue
        entry = FileEntry(found.stat.st_size, digest, sidecar)
        # What lay in a file of that name before is another document.
        old = known.get(found.id) if file_of(found.id, known) == found.id else None
        unchanged = old is not None and (old.sha256, old.sidecar) == (digest, sidecar)
        # A newer version may read what an older one could not.
        again = job.retry or not same_version
        whole = {name: known[name] for name in (found.id, *inner.get(found.id, ())) if old}
        failed = any(one.reason for one in whole.values())
        stale = any(one.stale for one in whole.values())
        if unchanged and not (failed and (again or (stale and moved))):
            entries |= whole
        else:
            to_read.append((found, entry))
    job.report(Progress("checking", total, total, "files"))
    return Changes(entries, to_read, stats)


def _inside(known: Iterable[str]) -> dict[str, list[str]]:
    """For each file that holds documents, the ids of all that is inside it."""
    names = frozenset(known)
    inner: dict[str, list[str]] = {}
    for name in sorted(names):
        file = file_of(name, names)
        if file != name:
            inner.setdefault(file, []).append(name)
    return inner


def hashed(found: Found, old: dict[str, store.Stat], new: dict[str, store.Stat]) -> str:
    """SHA-256 of a file; it is only read when its size or times differ from the last sync's."""
    seen = found.stat
    times = (seen.st_size, seen.st_mtime_ns, seen.st_ctime_ns)
    last = old.get(found.id)
    if last is not None and last[:3] == times:
        new[found.id] = last
        return last[3]
    now = time.time_ns()
    digest = sha256(found.path)
    if max(seen.st_mtime_ns, seen.st_ctime_ns) < now - _UNSETTLED_NS:
        new[found.id] = (*times, digest)
    return digest


# --- what cannot be read --------------------------------------------------------------------------


def keepable(job: Job, previous: Generation | None) -> Mapping[str, FileEntry]:
    """The documents that stay when their files cannot be read: those of the same folder."""
    if previous is None or Path(previous.corpus) != job.corpus:
        return {}
    return {name: entry for name, entry in previous.manifest.files.items() if entry.indexed}


def with_kept(kept: Mapping[str, FileEntry], changes: Changes, scanned: Scan) -> Changes:
    """The changes with the documents kept that nobody could look at."""
    entries = {name: or_stale(name, entry, kept) for name, entry in changes.entries.items()}
    for name in kept.keys() - entries.keys() - {found.id for found, _ in changes.to_read}:
        file = file_of(name, entries)
        reason = unreadable(scanned, name) or (entries[file].reason if file in entries else "")
        if reason:
            entries[name] = FileEntry(kept[name].size, "", "", reason, stale=True)
    return replace(changes, entries=entries)
