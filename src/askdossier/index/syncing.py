"""Bring an index in step with a folder: read and embed what has changed, keep the rest.

The result is the same as that of a build from nothing. Vectors are kept under a hash of what was
embedded, so an edit costs the passages it touches, a moved file nothing, and a sync that was
interrupted goes on where it stopped.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from types import MappingProxyType

import numpy as np

from askdossier import files, text
from askdossier.core import (
    UNSUPPORTED,
    DossierError,
    Embedder,
    EmptyCorpus,
    Failure,
    IndexMismatch,
    IndexMissing,
    InvalidSettings,
    Progress,
    Report,
    Stop,
    SyncReport,
    SyncStopped,
    UnreadableDocument,
)
from askdossier.files import sha256
from askdossier.index import removal, search, store
from askdossier.index.damage import index_command
from askdossier.index.embedding import KnownVectors, Work, embed, keys_of
from askdossier.index.journal import Journal
from askdossier.index.noted import Noted, is_in, look_again, or_stale
from askdossier.index.scan import Found, Scan, scan, unreadable
from askdossier.index.store import FileEntry, Generation, Manifest, file_of
from askdossier.index.tables import Prepared, Tables, TablesWriter

_UNSETTLED_NS = 2_000_000_000
"""A file changed less than this before it was hashed may change again without its time showing:
file systems keep times to the millisecond, the second, or (FAT) two."""

Prepare = Callable[[Path, str], Iterable[Prepared | Failure]]


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
    job = _Job(corpus.resolve(), folder, embedder, prepare, settings_key, supported,
               report or _silent, stop or Stop(), confirmed, retry, ahead or _nothing)  # fmt: skip
    try:
        with store.writing(folder):
            before = store.current_name(folder)
            try:
                return _run(job, started)
            except KeyboardInterrupt as error:
                saved = store.current_name(folder) != before
                raise SyncStopped(_SAVED if saved else _stopped(corpus, folder)) from error
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


def _stopped(corpus: Path, folder: Path) -> str:
    return (
        "Indexing was stopped; the index is as it was before. What has been embedded is kept: "
        f"the same command goes on from there ({index_command(folder, str(corpus))})."
    )


@dataclass(frozen=True, slots=True)
class _Job:
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
            raise SyncStopped(_stopped(self.corpus, self.folder))


@dataclass(frozen=True, slots=True)
class _Changes:
    """What a look at the files has shown."""

    entries: dict[str, FileEntry]
    """Files that need no reading: unchanged, or failed without being read."""
    to_read: list[tuple[Found, FileEntry]]
    stats: dict[str, store.Stat]


def _run(job: _Job, started: float) -> SyncReport:
    previous = _previous(job)
    try:
        scanned = scan(job.corpus, job.folder)
    except OSError as error:  # never take a folder that cannot be looked at for an empty one
        raise EmptyCorpus(
            f"The folder {job.corpus} cannot be opened: {error.strerror}. The index is as it was. "
            "See to the rights on the folder or to its drive, then run the same command again."
        ) from error
    _refuse_nothing(job, scanned, previous)
    kept = _keepable(job, previous)
    base = previous if previous is not None and _same_settings(previous, job) else None
    old_stats = store.read_stats(job.folder)
    changes = _kept(kept, _changes(job, scanned, base, old_stats), scanned)
    _refuse_loss(job, changes, previous)
    if (
        changes.to_read
        or base is None
        or not _in_use(job, base)
        or _manifest(job, changes.entries, base.tables) != base.manifest
    ):
        manifest = _build(job, changes, kept, previous, base)
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


def _previous(job: _Job) -> Generation | None:
    try:
        return store.open_generation(job.folder, lambda generation: generation)
    except IndexMissing:
        return None
    except IndexMismatch as error:
        reason = str(error).split(" Build it again")[0]
        job.report(Progress("reading", 0, 0, detail=f"{reason} It is built again."))
        return store.open_before(job.folder)


def _in_use(job: _Job, generation: Generation) -> bool:
    """False for the generation before a damaged one."""
    return generation.folder.name == store.current_name(job.folder)


def _same_settings(previous: Generation, job: _Job) -> bool:
    manifest, embedder = previous.manifest, job.embedder
    same_embedder = (manifest.embedder, manifest.dimension) == (embedder.name, embedder.dimension)
    if same_embedder and manifest.settings == job.settings_key:
        return True
    what = "the settings have" if same_embedder else "the embedder has"
    job.report(Progress("reading", 0, 0, detail=f"Everything is read again: {what} changed."))
    return False


def _refuse_nothing(job: _Job, scanned: Scan, previous: Generation | None) -> None:
    if previous is not None or any(job.supported(found.path) for found in scanned.files):
        return
    others = len(scanned.files) + len(scanned.failed)
    what = f"none of its {others} files can be read by askdossier" if others else "it is empty"
    raise EmptyCorpus(
        f"There is nothing to index in {job.corpus}: {what}. Put documents into it and run: "
        f"{index_command(job.folder, str(job.corpus))}"
    )


def _refuse_loss(job: _Job, changes: _Changes, previous: Generation | None) -> None:
    before, known = "", dict[str, str]()
    if previous is None or not _in_use(job, previous):
        before, known = store.remembered(job.folder)  # the one in use cannot be opened
    if previous is not None and not known:
        before, known = previous.corpus, store.indexed_files(previous.manifest.files)
    there = {name: entry.sha256 for name, entry in changes.entries.items()}
    there |= {found.id: entry.sha256 for found, entry in changes.to_read}
    removal.refuse(known, before, there, job.corpus, job.folder, job.confirmed)


# --- what cannot be read --------------------------------------------------------------------------


def _keepable(job: _Job, previous: Generation | None) -> Mapping[str, FileEntry]:
    """The documents that stay when their files cannot be read: those of the same folder."""
    if previous is None or Path(previous.corpus) != job.corpus:
        return {}
    return {name: entry for name, entry in previous.manifest.files.items() if entry.indexed}


def _kept(kept: Mapping[str, FileEntry], changes: _Changes, scanned: Scan) -> _Changes:
    """The changes with the documents kept that nobody could look at."""
    entries = {name: or_stale(name, entry, kept) for name, entry in changes.entries.items()}
    for name in kept.keys() - entries.keys() - {found.id for found, _ in changes.to_read}:
        file = file_of(name, entries)
        reason = unreadable(scanned, name) or (entries[file].reason if file in entries else "")
        if reason:
            entries[name] = FileEntry(kept[name].size, "", "", reason, stale=True)
    return replace(changes, entries=entries)


# --- what has changed -----------------------------------------------------------------------------


def _changes(
    job: _Job, scanned: Scan, base: Generation | None, old_stats: dict[str, store.Stat]
) -> _Changes:
    known = base.manifest.files if base is not None else {}
    inner = _inside(known)
    same_version = base is not None and base.manifest.version == _version()
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
    return _Changes(entries, to_read, stats)


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


# --- building -------------------------------------------------------------------------------------


def _build(
    job: _Job,
    changes: _Changes,
    kept: Mapping[str, FileEntry],
    previous: Generation | None,
    base: Generation | None,
) -> Manifest:
    """Write a new generation and put it in use. ``base`` is what may be copied as it is."""
    building = store.building_folder(job.folder)
    store.remove_old_generations(job.folder)
    staging = building / "staged"
    files.remove_folder(staging)
    staging.mkdir(parents=True, exist_ok=True)
    entries = dict(changes.entries)
    unplaced = previous if base is None else None
    staged_ids = _stage(job, changes.to_read, staging, entries, kept, unplaced)
    staged = Tables(staging)
    journal = Journal(building / "vectors", job.embedder.name, job.embedder.dimension)
    earlier = (previous, store.open_before(job.folder))
    vectors = KnownVectors(job.embedder, [one for one in earlier if one is not None], journal)
    failed = embed(Work(job.embedder, job.report, job.check), staged, vectors)
    for number, reason in failed.items():
        name = staged_ids[number]
        entry = FileEntry(entries[name].size, "", "", reason)
        entries[name] = or_stale(name, entry, kept if base is not None else {})
        look_again(name, entries)
    numbers = {name: number for number, name in enumerate(staged_ids) if number not in failed}
    same = base is not None and not numbers and _in_use(job, base)
    if base is not None and same and _manifest(job, entries, base.tables) == base.manifest:
        files.remove_folder(building)
        return base.manifest  # files that failed have failed again
    places = _places(entries, base, staged, numbers)
    manifest = _save(job, entries, previous, base, places, vectors)
    files.remove_folder(building)
    return manifest


def _stage(
    job: _Job,
    to_read: Sequence[tuple[Found, FileEntry]],
    folder: Path,
    entries: dict[str, FileEntry],
    kept: Mapping[str, FileEntry],
    unplaced: Generation | None,
) -> list[str]:
    """Read the files and write their documents and passages down; gives the ids of those written.

    ``unplaced`` is where stale documents are to be taken from, unless they may be copied later.
    """
    staged: list[str] = []
    total = len(to_read)
    with ExitStack() as opened:
        writer = TablesWriter(folder, opened)
        for done, (found, entry) in enumerate(to_read):
            job.check()
            job.report(Progress("reading", done, total, "files", found.id))
            for after, _ in to_read[done + 1 : done + 2]:
                job.ahead(after.path, after.id)
            noted = Noted(found.id, entry, entries, kept)
            for one in _given(job, found):
                if isinstance(one, Failure):
                    noted.fail(one.path, one.reason, passing=one.passing)
                    continue
                if isinstance(one, Exception):
                    noted.refuse(found.id, one)
                    continue
                try:
                    _verify(one, found.id, noted.documents)
                    encoded = writer.encode(one, keys_of(one), _search_tokens(one))
                except Exception as error:  # whatever it is, the other documents are indexed
                    noted.refuse(one.document.id, error)
                else:
                    writer.add(encoded)
                    noted.add(one.document)
            noted.finish()
            staged += noted.documents
        if unplaced is not None:
            for name, number in unplaced.manifest.numbers().items():
                if name in entries and entries[name].stale:
                    writer.copy(unplaced.tables, number)
                    staged.append(name)
        writer.close()
    job.report(Progress("reading", total, total, "files"))
    return staged


def _given(job: _Job, found: Found) -> Iterator[Prepared | Failure | Exception]:
    """What is prepared of one file, and last the error that ends it, if there is one."""
    try:
        yield from job.prepare(found.path, found.id)
    except Exception as error:
        job.check()  # it may have been told to stop
        yield error


def _verify(prepared: Prepared, file: str, before: Container[str]) -> None:
    document = prepared.document
    name = document.id
    if not is_in(file, name) or name in before:
        raise ValueError(f"the document is called {document.id}")
    if not prepared.passages:
        raise UnreadableDocument("there is no text in it")
    for passage in prepared.passages:
        whole = all(passage.span.contains(span) for span in passage.sentences)
        if passage.document != name or passage.span.end > len(document.text) or not whole:
            raise ValueError(f"passage {passage.id} does not lie in its document")


def _search_tokens(prepared: Prepared) -> Iterator[list[str]]:
    """Yield the search tokens of each passage, with its title and headings, by its language."""
    document = prepared.document
    for passage in prepared.passages:
        words = passage.span.of(document.text)
        language = passage.language or document.language
        above = text.search_tokens(f"{document.title}\n{passage.heading}", {document.language})
        yield above + text.search_tokens(words, {language})


# --- saving ---------------------------------------------------------------------------------------


def _places(
    entries: dict[str, FileEntry],
    base: Generation | None,
    staged: Tables,
    staged_numbers: dict[str, int],
) -> list[tuple[Tables, int]]:
    """List where each document of the new index is: the tables, and its number in them."""
    places = {name: (staged, number) for name, number in staged_numbers.items()}
    if base is not None:
        for name, number in base.manifest.numbers().items():
            if name in entries and entries[name].indexed:
                places.setdefault(name, (base.tables, number))
    return [place for _, place in sorted(places.items())]


def _save(
    job: _Job,
    entries: dict[str, FileEntry],
    previous: Generation | None,
    base: Generation | None,
    places: list[tuple[Tables, int]],
    vectors: KnownVectors,
) -> Manifest:
    """Merge unchanged and staged documents into a new generation and put it in use."""
    passages = sum(len(tables.rows(number)) for tables, number in places)
    sentences = sum(_sentence_count(tables, number) for tables, number in places)
    total = len(places)
    with store.NewGeneration(job.folder, job.embedder.dimension, passages, sentences) as new:
        for done, (tables, number) in enumerate(places):
            if done % 100 == 0:
                job.check()
                job.report(Progress("saving", done, total, "documents"))
            new.tables.copy(tables, number)
            rows = tables.rows(number)
            if base is not None and tables is base.tables:
                first = tables.first_sentence
                new.vectors.append(base.vectors[rows.start : rows.stop])
                new.sentences.append(base.sentences[first[rows.start] : first[rows.stop]])
                continue
            for row in rows:
                vector, sentence_vectors = vectors.read(tables.keys[row].tobytes())
                new.vectors.append(vector[np.newaxis])
                new.sentences.append(sentence_vectors)
        new.close()
        tables = Tables(new.folder)
        search.save_bm25(tables.first_token, tables.tokens, tables.vocabulary, new.bm25_folder)
        job.check()
        manifest = _manifest(job, entries, tables)
        new.commit(manifest, job.corpus, previous)
    job.report(Progress("saving", total, total, "documents"))
    return manifest


def _sentence_count(tables: Tables, number: int) -> int:
    rows = tables.rows(number)
    return int(tables.first_sentence[rows.stop] - tables.first_sentence[rows.start])


def _manifest(job: _Job, entries: dict[str, FileEntry], tables: Tables) -> Manifest:
    return Manifest(
        schema=store.SCHEMA,
        version=_version(),
        embedder=job.embedder.name,
        dimension=job.embedder.dimension,
        settings=job.settings_key,
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
