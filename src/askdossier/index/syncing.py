"""Bring an index in step with a folder: read and embed what has changed, keep the rest.

The result is the same as that of a build from nothing. Vectors are kept under a hash of what was
embedded, so an edit costs the passages it touches, a moved file nothing, and a sync that was
interrupted goes on where it stopped.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection
from datetime import UTC, datetime
from pathlib import Path

from askdossier import files
from askdossier.core import (
    DossierError,
    Embedder,
    EmptyCorpus,
    IndexMismatch,
    IndexMissing,
    InvalidSettings,
    Progress,
    Report,
    Stop,
    SyncReport,
    SyncStopped,
)
from askdossier.index import removal, store
from askdossier.index.building import build
from askdossier.index.changes import Changes, changes_in, keepable, with_kept
from askdossier.index.damage import index_command
from askdossier.index.job import Job, Prepare, stopped
from askdossier.index.scan import Scan, scan
from askdossier.index.store import Generation, Manifest


def sync(
    corpus: Path,
    folder: Path,
    embedder: Embedder,
    prepare: Prepare,
    settings_key: str,
    *,
    supported: Callable[[Path], bool],
    report: Report | None = None,
    stop: Stop | None = None,
    confirmed: bool | Collection[str] = False,
    retry: bool = False,
    ahead: Callable[[Path, str], None] | None = None,
) -> SyncReport:
    """Bring the index in ``folder`` in step with the files below ``corpus``.

    ``prepare(path, id)`` reads, cleans and cuts one file; ``id`` is its path relative to the corpus
    and becomes ``Document.id``. It gives a document for the file, for each that is inside it
    (`names.inside`), or both, and a failure for each that cannot be read. Whatever it raises is
    reported as the file's failure, unless ``stop`` is set. ``ahead`` is told of the file after the
    one that is prepared next, so that it may be read meanwhile.
    ``settings_key`` names everything that ``prepare`` depends on: when it changes, every file is
    read again. ``supported`` says whether a file's format can be read, from its name.

    A document whose file is there and cannot be read stays in the index as it was, and is told as
    stale. More documents leave than a few only when they are ``confirmed``, by name or all. A file
    whose content could not be read is read again when it has changed, or to ``retry``.

    The index on disk is replaced in one step at the end, or not at all.

    Raises:
        UnconfirmedRemoval: more than a fifth of the documents would leave, all that a folder held,
            or any because it is another folder than before.
        EmptyCorpus: there is no such folder, it cannot be opened, or there is nothing to index in
            it and no index to empty.
        IndexBusy: another process is writing the index.
        SyncStopped: ``stop`` was set, or Ctrl-C pressed; the index is as it was before.

    """
    started = time.perf_counter()
    _check_folders(corpus, folder)
    job = Job(corpus.resolve(), folder, embedder, prepare, settings_key, supported,
              report or _silent, stop or Stop(), confirmed, retry, ahead or _nothing)  # fmt: skip
    try:
        with store.writing(folder):
            before = store.current_name(folder)
            try:
                return _run(job, started)
            except KeyboardInterrupt as error:
                saved = store.current_name(folder) != before
                raise SyncStopped(_SAVED if saved else stopped(corpus, folder)) from error
    except OSError as error:
        # Trouble with files of the corpus never comes this far.
        raise DossierError(
            f"The index in {folder} cannot be written: {error}. The index in use is as it was. "
            "Free some space or see to the rights on the folder, then run the same command again."
        ) from error


_SAVED = "Indexing was stopped when the new index had just been saved. Nothing is missing."


def _check_folders(corpus: Path, folder: Path) -> None:
    if not corpus.is_dir():
        raise EmptyCorpus(
            f"There is no folder {corpus}. Create it and put documents into it, or name another: "
            f"{index_command(folder, 'FOLDER')}"
        )
    if folder.resolve() == corpus.resolve():
        raise InvalidSettings(
            f"The index cannot be kept in the corpus folder itself, {corpus}. "
            "Name another folder with --index."
        )


def _silent(_: Progress) -> None:
    pass


def _nothing(_path: Path, _name: str) -> None:
    pass


def _run(job: Job, started: float) -> SyncReport:
    previous = _previous(job)
    try:
        scanned = scan(job.corpus, job.folder)
    except OSError as error:  # never take a folder that cannot be looked at for an empty one
        raise EmptyCorpus(
            f"The folder {job.corpus} cannot be opened: {error.strerror}. The index is as it was. "
            "See to the rights on the folder or to its drive, then run the same command again."
        ) from error
    _refuse_nothing(job, scanned, previous)
    kept = keepable(job, previous)
    base = previous if previous is not None and _same_settings(previous, job) else None
    old_stats = store.read_stats(job.folder)
    changes = with_kept(kept, changes_in(job, scanned, base, old_stats), scanned)
    _refuse_loss(job, changes, previous)
    if (
        changes.to_read
        or base is None
        or not job.has_in_use(base)
        or job.manifest(changes.entries, base.tables) != base.manifest
    ):
        manifest = build(job, changes, kept, previous, base)
    else:
        manifest = base.manifest
        store.remove_old_generations(job.folder)
        files.remove_folder(store.building_folder(job.folder))
    if base is not None and manifest is base.manifest and base.corpus != str(job.corpus):
        store.follow(job.folder, job.corpus)
    if changes.stats != old_stats:
        store.write_stats(job.folder, changes.stats)
    _keep_dates(job.folder, manifest, base)
    return _report(manifest, previous, time.perf_counter() - started)


def _keep_dates(folder: Path, manifest: Manifest, base: Generation | None) -> None:
    """Date what was read now. The manifest may not hold dates: same files, same manifest."""
    before = base.manifest.files if base is not None else {}
    known = store.read_dates(folder)
    now = datetime.now(UTC).replace(microsecond=0)
    dates = {
        name: known.get(name) if entry.stale or before.get(name) == entry else now
        for name, entry in manifest.files.items()
        if entry.indexed
    }
    told = {name: date for name, date in dates.items() if date is not None}
    if told != known:
        store.write_dates(folder, told)


def _previous(job: Job) -> Generation | None:
    try:
        return store.open_generation(job.folder, lambda generation: generation)
    except IndexMissing:
        return None
    except IndexMismatch as error:
        reason = str(error).split(" Build it again")[0]
        job.report(Progress("reading", 0, 0, detail=f"{reason} It is built again."))
        return store.open_before(job.folder)


def _same_settings(previous: Generation, job: Job) -> bool:
    manifest, embedder = previous.manifest, job.embedder
    same_embedder = (manifest.embedder, manifest.dimension) == (embedder.name, embedder.dimension)
    if same_embedder and manifest.settings == job.settings_key:
        return True
    what = "the settings have" if same_embedder else "the embedder has"
    job.report(Progress("reading", 0, 0, detail=f"Everything is read again: {what} changed."))
    return False


def _refuse_nothing(job: Job, scanned: Scan, previous: Generation | None) -> None:
    if previous is not None or any(job.supported(found.path) for found in scanned.files):
        return
    others = len(scanned.files) + len(scanned.failed)
    what = f"none of its {others} files can be read by askdossier" if others else "it is empty"
    raise EmptyCorpus(
        f"There is nothing to index in {job.corpus}: {what}. Put documents into it and run: "
        f"{index_command(job.folder, str(job.corpus))}"
    )


def _refuse_loss(job: Job, changes: Changes, previous: Generation | None) -> None:
    before, known = "", dict[str, str]()
    if previous is None or not job.has_in_use(previous):
        before, known = store.remembered(job.folder)  # the one in use cannot be opened
    if previous is not None and not known:
        before, known = previous.corpus, store.indexed_files(previous.manifest.files)
    there = {name: entry.sha256 for name, entry in changes.entries.items()}
    there |= {found.id: entry.sha256 for found, entry in changes.to_read}
    removal.refuse(known, before, there, job.corpus, job.folder, job.confirmed)


def _report(manifest: Manifest, previous: Generation | None, seconds: float) -> SyncReport:
    before = previous.manifest.files if previous is not None else {}
    was = {name for name, entry in before.items() if entry.indexed}
    now = {name for name, entry in manifest.files.items() if entry.indexed}
    stale = {name for name, entry in manifest.files.items() if entry.stale}
    same = {
        name
        for name in (was & now) - stale
        if (before[name].sha256, before[name].sidecar)
        == (manifest.files[name].sha256, manifest.files[name].sidecar)
    }
    return SyncReport(
        added=tuple(sorted(now - was)),
        changed=tuple(sorted((was & now) - same - stale)),
        removed=tuple(sorted(was - manifest.files.keys())),
        unchanged=tuple(sorted(same)),
        failed=manifest.failures(stale=False),
        passages=manifest.passages,
        seconds=seconds,
        stale=manifest.failures(stale=True),
    )
