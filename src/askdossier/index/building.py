"""A new generation of an index: what was read is put beside what has not changed."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path

import numpy as np

from askdossier import files, text
from askdossier.core import Failure, Progress, UnreadableDocument
from askdossier.index import search, store
from askdossier.index.changes import Changes
from askdossier.index.embedding import KnownVectors, Work, embed, keys_of
from askdossier.index.job import Job
from askdossier.index.journal import Journal
from askdossier.index.noted import Noted, is_in, look_again, or_stale
from askdossier.index.scan import Found
from askdossier.index.store import FileEntry, Generation, Manifest
from askdossier.index.tables import Prepared, Tables, TablesWriter


def build(
    job: Job,
    changes: Changes,
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
    same = base is not None and not numbers and job.has_in_use(base)
    if base is not None and same and job.manifest(entries, base.tables) == base.manifest:
        files.remove_folder(building)
        return base.manifest  # files that failed have failed again
    places = _places(entries, base, staged, numbers)
    manifest = _save(job, entries, previous, base, places, vectors)
    files.remove_folder(building)
    return manifest


def _stage(
    job: Job,
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


def _given(job: Job, found: Found) -> Iterator[Prepared | Failure | Exception]:
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
    job: Job,
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
        manifest = job.manifest(entries, tables)
        new.commit(manifest, job.corpus, previous)
    job.report(Progress("saving", total, total, "documents"))
    return manifest


def _sentence_count(tables: Tables, number: int) -> int:
    rows = tables.rows(number)
    return int(tables.first_sentence[rows.stop] - tables.first_sentence[rows.start])
