"""Syncing: equal to a fresh build, whole after a kill, one bad file never stops the rest."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import filelock
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from askdossier import files
from askdossier import index as index_module
from askdossier.core import (
    Document,
    DossierError,
    EmptyCorpus,
    Failure,
    IndexBusy,
    IndexMismatch,
    IndexMissing,
    InvalidSettings,
    Passage,
    Pending,
    Progress,
    Report,
    Source,
    Span,
    Stop,
    SyncStopped,
    UnconfirmedRemoval,
    Vectors,
)
from askdossier.index import Index, Prepared, arrays, changes, embedding, job, store, tables
from askdossier.index import sync as sync_function
from askdossier.text import search_tokens
from index_fakes import FakeEmbedder, contents, prepare, prepared, supported, sync, vector_of, write


@pytest.fixture(autouse=True, scope="module")
def _no_flushing() -> Iterator[None]:
    """Only a power cut needs it, and it makes these tests several times slower."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda _: None)
        yield


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    write(
        folder,
        {
            "a.txt": "# Cats\n\nThe cat sleeps.\nIt is black.\n\n# Dogs\n\nThe dog barks.",
            "b.txt": "Le chien aboie.\n\nLe chat dort.\n-- un bandeau",
            "sous-dossier/été.txt": "Il fait chaud en été.\nLa mer est belle.",
        },
    )
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "index"


def fresh(corpus: Path, settings_key: str = "settings-1") -> dict[str, object]:
    """What an index built from nothing says about the corpus."""
    with tempfile.TemporaryDirectory() as folder:
        sync(corpus, Path(folder), settings_key=settings_key)
        return contents(Index.open(Path(folder), "fake-1"))


def found(folder: Path) -> dict[str, object]:
    return contents(Index.open(folder, "fake-1"))


def found_names(folder: Path) -> set[str]:
    return set(Index.open(folder, "fake-1").documents)


def pending(corpus: Path, folder: Path, settings_key: str = "settings-1") -> Pending:
    manifest = Index.open(folder, "fake-1").manifest
    return index_module.pending(corpus, folder, manifest, settings_key, supported=supported)


# --- equal to a fresh build -----------------------------------------------------------------------

NAMES = st.sampled_from(["a.txt", "b.txt", "c/é.txt", "c.txt", "x.pdf"])
PARAGRAPH = st.sampled_from(
    [
        "# Un titre",
        "Le chat dort.\nLe chien aboie.",
        "The cat sleeps.",
        "Il neige.\nIl pleut.\nIl vente.",
        "700 signataires, dont 500 auteurs.",
        "BROKEN",
        "CRASH",
        "-- un bandeau",
        "?!",
    ]
)
CONTENT = st.lists(PARAGRAPH, min_size=1, max_size=4).map("\n\n".join)
STEP = st.one_of(
    st.tuples(st.just("write"), NAMES, CONTENT),
    st.tuples(st.just("write"), NAMES, CONTENT),
    st.tuples(st.just("sidecar"), NAMES, st.sampled_from(["Ada", "Émile"])),
    st.tuples(st.just("move"), NAMES, NAMES),
    st.tuples(st.just("copy"), NAMES, NAMES),
    st.tuples(st.just("delete"), NAMES, st.none()),
)


def take(step: tuple[str, str, str | None], corpus: Path) -> None:
    action, name, other = step
    path = corpus / name
    if action == "write":
        write(corpus, {name: str(other)})
    elif action == "sidecar":
        write(corpus, {name + ".yaml": str(other)})
    elif action == "delete":
        path.unlink(missing_ok=True)
    elif path.exists() and name != other:
        target = corpus / str(other)
        target.parent.mkdir(parents=True, exist_ok=True)
        if action == "move":
            path.replace(target)
        else:
            shutil.copyfile(path, target)


def snapshot(corpus: Path) -> dict[str, tuple[str, str]]:
    """The readable documents of the corpus with the texts of their sidecars, told by hand."""
    texts = {}
    for path in corpus.rglob("*.txt"):
        text = path.read_text(encoding="utf-8")
        good = [line for line in text.split("\n\n") if line and not line.startswith("# ")]
        if good and "BROKEN" not in text and "CRASH" not in text:
            sidecar = path.with_name(path.name + ".yaml")
            author = sidecar.read_text(encoding="utf-8") if sidecar.exists() else ""
            texts[path.relative_to(corpus).as_posix()] = (text, author)
    return texts


def fresh_with(corpus: Path, texts: dict[str, tuple[str, str]]) -> dict[str, object]:
    """What a fresh index would say if some files had these texts and sidecars."""
    with tempfile.TemporaryDirectory() as home:
        copy = Path(home) / "corpus"
        shutil.copytree(corpus, copy)
        for name, (text, author) in texts.items():
            write(copy, {name: text})
            (copy / f"{name}.yaml").unlink(missing_ok=True)
            if author:
                write(copy, {f"{name}.yaml": author})
        return fresh(copy)


def unsaid(contents: dict[str, object]) -> dict[str, object]:
    """The contents of an index without what its manifest says of the files."""
    return {name: content for name, content in contents.items() if name != "manifest"}


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(rounds=st.lists(st.lists(STEP, max_size=4), min_size=1, max_size=4))
def test_a_sync_equals_a_fresh_build(rounds: list[list[tuple[str, str, str | None]]]) -> None:
    with tempfile.TemporaryDirectory() as home:
        corpus, folder = Path(home) / "corpus", Path(home) / "index"
        write(
            corpus,
            {
                "a.txt": "# Un titre\n\nLe chat dort.\nLe chien aboie.",
                "a.txt.yaml": "Victor",
                "b.txt": "Un mot rare : anticonstitutionnellement.\n\nIl neige.",
                "c.txt": "BROKEN",
                "toujours.txt": "BROKEN",  # a corpus without files is refused
                "c/é.txt": "Il neige.",
            },
        )
        sync(corpus, folder)
        before = snapshot(corpus)
        was_stale: Collection[str] = ()
        for steps in rounds:
            for step in steps:
                take(step, corpus)
            announced = pending(corpus, folder)
            report = sync(corpus, folder, confirmed=True)
            now = snapshot(corpus)
            existing = {p.relative_to(corpus).as_posix() for p in corpus.rglob("*") if p.is_file()}
            stale = {name: before[name] for name in existing & before.keys() - now.keys()}
            assert {failure.path for failure in report.stale} == stale.keys()
            if stale:
                # As if the files that cannot be read were those that could be.
                assert unsaid(found(folder)) == unsaid(fresh_with(corpus, stale))
            else:
                assert found(folder) == fresh(corpus)
            assert set(report.added) <= {*announced.added, *announced.changed}
            assert set(report.changed) <= set(announced.changed)
            assert set(report.removed) <= set(announced.removed)
            assert not pending(corpus, folder)
            assert set(report.added) == now.keys() - before.keys()
            # What was stale and can be read again is read anew, be it as before or not.
            new = {n for n in now.keys() & before if now[n] != before[n] or n in was_stale}
            assert set(report.changed) == new
            assert set(report.unchanged) == (now.keys() & before) - new
            assert set(report.removed) == before.keys() - existing
            failed = {failure.path for failure in report.failed}
            sidecars = {
                name for name in existing if name.removesuffix(".yaml") in existing - {name}
            }
            assert failed == existing - now.keys() - sidecars - stale.keys()
            before, was_stale = now | stale, stale.keys()


def test_what_a_sync_would_do_is_told_without_reading_what_has_not_changed(
    corpus: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(changes, "_UNSETTLED_NS", -(10**12))  # believe times at once
    sync(corpus, folder)
    write(corpus, {"new.txt": "Du nouveau.", "b.txt": "Autre chose.", "x.pdf": "?"})
    (corpus / "sous-dossier" / "été.txt").unlink()
    opened = []

    def counted(path: Path) -> str:
        opened.append(path.name)
        return files.sha256(path)

    monkeypatch.setattr(changes, "sha256", counted)
    told = pending(corpus, folder)
    assert told == Pending(("new.txt",), ("b.txt",), ("sous-dossier/été.txt",))
    assert opened == ["b.txt"]
    assert pending(corpus, folder, "settings-2").outdated


def test_documents_keep_the_date_at_which_they_were_read(corpus: Path, folder: Path) -> None:
    sync(corpus, folder)
    first = datetime(2020, 1, 1, tzinfo=UTC)
    assert store.read_dates(folder).keys() == found_names(folder)
    store.write_dates(folder, dict.fromkeys(found_names(folder), first))
    write(corpus, {"b.txt": "Autre chose.", "new.txt": "Du nouveau."})
    (corpus / "sous-dossier" / "été.txt").unlink()
    sync(corpus, folder)
    dates = store.read_dates(folder)
    assert dates.keys() == found_names(folder)
    assert {name for name, date in dates.items() if date == first} == {"a.txt"}
    sync(corpus, folder, settings_key="settings-2")
    assert first not in store.read_dates(folder).values()
    for bad in ("{", "[]", '{"a.txt": 3}', '{"a.txt": "hier"}'):
        (folder / "dates.json").write_text(bad, encoding="utf-8")
        sync(corpus, folder, settings_key="settings-2")
        assert store.read_dates(folder) == {}


def test_the_same_files_give_the_same_manifest_whatever_their_history(
    corpus: Path, folder: Path, tmp_path: Path
) -> None:
    sync(corpus, folder)
    os.utime(corpus / "a.txt", ns=(1, 1))
    write(corpus, {"later.txt": "Plus tard."})
    sync(corpus, folder)
    (corpus / "later.txt").unlink()
    sync(corpus, folder)
    copy = tmp_path / "elsewhere"
    shutil.copytree(corpus, copy)
    assert found(folder) == fresh(copy)


# --- what is read and embedded --------------------------------------------------------------------


def test_unchanged_files_are_not_even_opened(
    corpus: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(changes, "_UNSETTLED_NS", -(10**12))  # believe times at once
    sync(corpus, folder)
    generation = store.current_name(folder)

    def must_not(path: Path) -> str:
        raise AssertionError(f"{path} was read")

    monkeypatch.setattr(changes, "sha256", must_not)
    embedder = FakeEmbedder()
    report = sync(corpus, folder, embedder)
    assert report.unchanged == ("a.txt", "b.txt", "sous-dossier/été.txt")
    assert (report.added, report.changed, report.removed) == ((), (), ())
    assert embedder.embedded == []
    assert store.current_name(folder) == generation
    os.utime(corpus / "a.txt", ns=(1, 1))
    with pytest.raises(AssertionError, match=r"a\.txt was read"):
        sync(corpus, folder)


def test_a_file_written_just_now_is_hashed_again(corpus: Path, folder: Path) -> None:
    """Its time may not show that it changes once more within the clock tick of the file system."""
    sync(corpus, folder)
    assert store.read_stats(folder) == {}


def test_an_edit_embeds_only_the_passages_it_touches(corpus: Path, folder: Path) -> None:
    sync(corpus, folder)
    write(corpus, {"b.txt": "Le chien aboie.\n\nLe chat ronronne."})
    embedder = FakeEmbedder()
    report = sync(corpus, folder, embedder)
    assert report.changed == ("b.txt",)
    assert embedder.embedded == ["b\nLe chat ronronne."]


def test_moved_and_copied_files_embed_nothing(corpus: Path, folder: Path) -> None:
    sync(corpus, folder)
    (corpus / "moved").mkdir()
    (corpus / "b.txt").rename(corpus / "moved" / "b.txt")
    shutil.copyfile(corpus / "a.txt", corpus / "sous-dossier" / "a.txt")
    embedder = FakeEmbedder()
    report = sync(corpus, folder, embedder)
    assert (report.added, report.removed) == (("moved/b.txt", "sous-dossier/a.txt"), ("b.txt",))
    assert embedder.embedded == []
    index = Index.open(folder, "fake-1")
    assert {"a.txt", "sous-dossier/a.txt"} <= index.documents.keys()
    assert len(index.passages_of("sous-dossier/a.txt")) == len(index.passages_of("a.txt")) == 2


def test_a_changed_sidecar_changes_the_document(corpus: Path, folder: Path) -> None:
    sync(corpus, folder)
    write(corpus, {"a.txt.yaml": "Ada"})
    report = sync(corpus, folder)
    assert (report.changed, report.failed) == (("a.txt",), ())
    assert Index.open(folder, "fake-1").documents["a.txt"].source.author == "Ada"


def test_new_settings_read_everything_again_and_say_so(corpus: Path, folder: Path) -> None:
    sync(corpus, folder)
    read: list[str] = []
    said: list[Progress] = []

    def reading(path: Path, name: str) -> Iterable[Prepared | Failure]:
        read.append(name)
        return prepare(path, name)

    sync_function(
        corpus,
        folder,
        FakeEmbedder(),
        reading,
        "settings-2",
        supported=supported,
        report=said.append,
    )
    assert read == ["a.txt", "b.txt", "sous-dossier/été.txt"]
    assert any("settings have changed" in progress.detail for progress in said)
    assert found(folder) == fresh(corpus, "settings-2")


def test_a_new_embedder_embeds_everything_again(corpus: Path, folder: Path) -> None:
    sync(corpus, folder)
    embedder = FakeEmbedder("fake-2")
    said: list[Progress] = []
    sync(corpus, folder, embedder, report=said.append)
    assert len(embedder.embedded) == len(Index.open(folder, "fake-2").passages) == 5
    assert any("embedder has changed" in progress.detail for progress in said)


def test_progress_goes_up_to_its_total(
    corpus: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embedding, "BATCH", 2)
    said: list[Progress] = []
    sync(corpus, folder, report=said.append)
    stages = list(dict.fromkeys(progress.stage for progress in said))
    assert stages == ["checking", "reading", "embedding", "saving"]
    assert [p.done for p in said if p.stage == "embedding"] == [0, 2, 4, 5]
    for stage in stages:
        steps = [p for p in said if p.stage == stage]
        assert [p.done for p in steps] == sorted(p.done for p in steps)
        assert steps[-1].done == steps[-1].total > 0


# --- files that cannot be indexed -----------------------------------------------------------------


def test_bad_files_are_reported_and_the_rest_is_indexed(corpus: Path, folder: Path) -> None:
    write(
        corpus,
        {
            "broken.txt": "BROKEN",
            "crash.txt": "CRASH",
            "empty.txt": "",
            "film.mp4": "not text",
            "orphan.yaml": "belongs to no file",
        },
    )
    (corpus / "latin1.txt").write_bytes(b"\xe9t\xe9")
    expected = (
        Failure("broken.txt", "this file is broken; repair it"),
        Failure("crash.txt", "ZeroDivisionError: a reader crashed"),
        Failure("empty.txt", "there is no text in it"),
        Failure("film.mp4", "format not supported"),
    )
    report = sync(corpus, folder)
    assert tuple(f for f in report.failed if f.path in {e.path for e in expected}) == expected
    others = {f.path: f.reason for f in report.failed if f not in expected}
    assert others.keys() == {"latin1.txt", "orphan.yaml"}
    assert others["latin1.txt"].startswith("UnicodeDecodeError: ")
    assert report.added == ("a.txt", "b.txt", "sous-dossier/été.txt")
    assert sync(corpus, folder).failed == report.failed
    assert Index.open(folder, None).failures == report.failed


def test_a_failing_file_is_tried_again_only_when_there_is_a_reason(
    corpus: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(corpus, {"broken.txt": "BROKEN", "gone.txt": "CRASH"})
    read: list[str] = []
    error: Exception | None = None

    def reading(path: Path, name: str) -> Iterable[Prepared | Failure]:
        read.append(name)
        if error is not None:
            raise error
        return prepare(path, name)

    def again() -> list[str]:
        read.clear()
        report = sync_function(corpus, folder, FakeEmbedder(), reading, "s", supported=supported)
        assert len(report.unchanged) + len(report.added) + len(report.failed) == len(
            [p for p in corpus.rglob("*") if p.is_file()]
        )
        return read

    assert len(again()) == 5
    assert again() == []
    write(corpus, {"broken.txt": "BROKEN still"})
    (corpus / "gone.txt").unlink()
    assert again() == ["broken.txt"]
    monkeypatch.setattr(job, "_version", lambda: "a newer one")
    assert again() == ["broken.txt"]
    assert again() == []
    write(corpus, {"new.txt": "Du nouveau."})
    error = MemoryError()  # not the file's fault
    assert again() == ["new.txt"]
    generation = store.current_name(folder)
    assert again() == ["new.txt"]
    assert store.current_name(folder) == generation
    error = None
    assert again() == ["new.txt"]
    assert again() == []


def test_half_a_surrogate_pair_fails_its_own_file_only(corpus: Path, folder: Path) -> None:
    def reading(path: Path, name: str) -> Iterator[Prepared]:
        one = prepared(path, name)
        yield replace(one, contexts=one.contexts if name != "b.txt" else ("\ud800", "\ud800"))

    report = sync_function(corpus, folder, FakeEmbedder(), reading, "s", supported=supported)
    assert [failure.path for failure in report.failed] == ["b.txt"]
    assert "UnicodeEncodeError" in report.failed[0].reason
    assert list(Index.open(folder, None).documents) == ["a.txt", "sous-dossier/été.txt"]


@pytest.mark.parametrize(
    "change",
    [
        {"contexts": ()},
        {"document": Document("other.txt", "b", "x" * 99, "fr", Source("other.txt", ""))},
        {"document": Document("b.txt", "b", "too short", "fr", Source("b.txt", ""))},
        {"passages": (Passage("b.txt#0", "b.txt", Span(0, 2), "", (Span(1, 3),)),) * 2},
        {"passages": (Passage("a.txt#0", "a.txt", Span(0, 2), "", ()),) * 2},
    ],
)
def test_a_document_that_does_not_fit_together_fails_alone(
    change: dict[str, Any], corpus: Path, folder: Path
) -> None:
    def reading(path: Path, name: str) -> Iterator[Prepared]:
        one = prepared(path, name)
        yield replace(one, **change) if name == "b.txt" else one

    report = sync_function(corpus, folder, FakeEmbedder(), reading, "s", supported=supported)
    assert [failure.path for failure in report.failed] == ["b.txt"]
    assert report.failed[0].reason.startswith("ValueError: ")
    assert list(Index.open(folder, None).documents) == ["a.txt", "sous-dossier/été.txt"]


class Choosy(FakeEmbedder):
    """Fails on every text that holds the word."""

    def __init__(self, word: str, error: BaseException) -> None:
        super().__init__()
        self.word, self.error = word, error

    def embed_passages(
        self, texts: Sequence[str], parts: Sequence[Sequence[Span]], report: Report | None = None
    ) -> tuple[Vectors, Vectors]:
        if any(self.word in text for text in texts):
            raise self.error
        return super().embed_passages(texts, parts, report)


def test_a_passage_that_cannot_be_embedded_fails_its_document_only(
    corpus: Path, folder: Path
) -> None:
    report = sync(corpus, folder, Choosy("chien", RuntimeError("odd text")))
    assert report.failed == (Failure("b.txt", "it cannot be embedded: RuntimeError: odd text"),)
    assert report.added == ("a.txt", "sous-dossier/été.txt")
    assert sync(corpus, folder).added == ("b.txt",)
    assert found(folder) == fresh(corpus)


def test_vectors_that_are_not_numbers_are_not_indexed(corpus: Path, folder: Path) -> None:
    class Broken(FakeEmbedder):
        def embed_passages(
            self,
            texts: Sequence[str],
            parts: Sequence[Sequence[Span]],
            report: Report | None = None,
        ) -> tuple[Vectors, Vectors]:
            passages, sentences = super().embed_passages(texts, parts, report)
            passages[[("été" in text) for text in texts]] = np.nan
            return passages, sentences

    report = sync(corpus, folder, Broken())
    assert [failure.path for failure in report.failed] == ["sous-dossier/été.txt"]


def test_an_embedder_that_fails_on_everything_stops_the_sync(corpus: Path, folder: Path) -> None:
    sync(corpus, folder)
    before = found(folder)
    write(corpus, {"new.txt": "Du nouveau."})
    with pytest.raises(DossierError, match=r"fails on every text .RuntimeError: no memory"):
        sync(corpus, folder, Choosy("", RuntimeError("no memory")))
    assert found(folder) == before


# --- which files there are ------------------------------------------------------------------------


def test_clutter_is_passed_over(corpus: Path, folder: Path) -> None:
    write(
        corpus,
        {
            ".hidden.txt": "caché",
            ".git/config.txt": "caché",
            ".DS_Store": "x",
            "Thumbs.db": "x",
            "desktop.ini": "x",
            "~$lettre.txt": "x",
            ".~lock.lettre.txt#": "x",
            "a.txt.yaml": "Ada",
        },
    )
    report = sync(corpus, folder)
    assert report.added == ("a.txt", "b.txt", "sous-dossier/été.txt")
    assert report.failed == ()


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_links_that_leave_the_corpus_are_refused(
    corpus: Path, folder: Path, tmp_path: Path
) -> None:
    write(tmp_path, {"secret.txt": "Un secret.", "outside/secret.txt": "Un secret."})
    (corpus / "out.txt").symlink_to(tmp_path / "secret.txt")
    (corpus / "outside").symlink_to(tmp_path / "outside")
    (corpus / "nowhere.txt").symlink_to(corpus / "not there.txt")
    (corpus / "again.txt").symlink_to(corpus / "a.txt")
    (corpus / "loop").symlink_to(corpus)
    os.mkfifo(corpus / "pipe.txt")
    report = sync(corpus, folder)
    assert report.added == ("a.txt", "again.txt", "b.txt", "sous-dossier/été.txt")
    reasons = {failure.path: failure.reason for failure in report.failed}
    assert reasons.keys() == {"out.txt", "outside", "nowhere.txt", "loop", "pipe.txt"}
    assert "leaves the corpus" in reasons["out.txt"]
    assert "leaves the corpus" in reasons["outside"]
    assert "leads nowhere" in reasons["nowhere.txt"]
    assert reasons["pipe.txt"] == "not a regular file"


@pytest.mark.skipif(os.name == "nt", reason="Windows and macOS refuse such names")
def test_a_name_that_is_not_text_is_refused(corpus: Path, folder: Path) -> None:
    try:
        (Path(os.fsdecode(os.fsencode(corpus) + b"/caf\xe9.txt"))).write_text("x", encoding="utf-8")
    except OSError:
        pytest.skip("this file system refuses such names")
    write(corpus, {"Capture d’écran à 10\u202f00.txt": "Une capture."})
    write(corpus, {"facture\u202efdp.txt": "Lue à l’envers.", "deux\nlignes.txt": "Deux."})
    report = sync(corpus, folder)
    refused = ["caf?.txt", "deux?lignes.txt", "facture?fdp.txt"]
    assert [failure.path for failure in report.failed] == refused
    assert "Capture d’écran à 10\u202f00.txt" in report.added


def test_an_index_inside_the_corpus_is_not_indexed(corpus: Path) -> None:
    folder = corpus / "index"
    sync(corpus, folder)
    report = sync(corpus, folder)
    assert report.failed == ()
    assert len(report.unchanged) == 3
    with pytest.raises(InvalidSettings, match="--index"):
        sync(corpus, corpus)


def test_a_corpus_that_is_a_link_is_followed(corpus: Path, folder: Path, tmp_path: Path) -> None:
    if os.name == "nt":
        pytest.skip("links need rights on Windows")
    (tmp_path / "link").symlink_to(corpus)
    assert len(sync(tmp_path / "link", folder).added) == 3


def test_nothing_to_index_says_what_to_do(tmp_path: Path) -> None:
    folder = tmp_path / "index dir"
    with pytest.raises(EmptyCorpus, match=r"There is no folder .* --index '.*index dir'"):
        sync(tmp_path / "missing", folder)
    (tmp_path / "corpus").mkdir()
    with pytest.raises(EmptyCorpus, match=r"it is empty.*askdossier index .*corpus --index"):
        sync(tmp_path / "corpus", folder)
    write(tmp_path / "corpus", {"film.mp4": "x", ".hidden.txt": "x"})
    with pytest.raises(EmptyCorpus, match="none of its 1 files can be read"):
        sync(tmp_path / "corpus", folder)


def test_a_folder_that_cannot_be_opened_is_not_taken_for_an_empty_one(
    corpus: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sync(corpus, folder)
    before = found(folder)
    real = os.scandir
    closed = corpus

    def scandir(path: Path) -> Iterator[os.DirEntry[str]]:
        if path == closed.resolve():
            raise PermissionError(13, "Permission denied")
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    with pytest.raises(EmptyCorpus, match=r"cannot be opened: Permission denied"):
        sync(corpus, folder)
    assert found(folder) == before
    closed = corpus / "sous-dossier"
    report = sync(corpus, folder)
    reason = "the folder cannot be opened: Permission denied"
    assert report.unchanged == ("a.txt", "b.txt")
    assert report.failed == (Failure("sous-dossier", reason),)
    assert report.stale == (Failure("sous-dossier/été.txt", reason),)


def test_deleting_all_files_empties_the_index_when_that_is_meant(
    corpus: Path, folder: Path
) -> None:
    sync(corpus, folder)
    shutil.rmtree(corpus)
    with pytest.raises(EmptyCorpus):  # a drive that is not plugged in must not empty the index
        sync(corpus, folder)
    assert len(Index.open(folder, "fake-1").documents) == 3
    corpus.mkdir()
    with pytest.raises(UnconfirmedRemoval, match="3 of 3 documents would leave"):
        sync(corpus, folder)
    report = sync(corpus, folder, confirmed=True)
    assert report.removed == ("a.txt", "b.txt", "sous-dossier/été.txt")
    assert report.passages == 0
    index = Index.open(folder, "fake-1")
    assert len(index.documents) == len(index.passages) == 0
    assert index.dense(np.zeros(16, dtype=np.float32), 5) == []
    assert index.lexical(["chat"], 5) == []
    write(corpus, {"new.txt": "De retour."})
    assert sync(corpus, folder).added == ("new.txt",)
    assert found(folder) == fresh(corpus)


# --- what leaves, and what stays ------------------------------------------------------------------


@pytest.fixture
def drive(corpus: Path, folder: Path) -> Path:
    """A folder of the corpus that is on a drive of its own: two documents of five."""
    write(corpus, {"nas/2024/c.txt": "Le puits est profond.", "nas/d.txt": "La cave est fraîche."})
    sync(corpus, folder)
    return corpus / "nas"


def test_a_drive_that_is_not_mounted_takes_nothing_out_and_its_return_embeds_nothing(
    drive: Path, corpus: Path, folder: Path, tmp_path: Path
) -> None:
    before = found(folder)
    away = tmp_path / "away"
    drive.rename(away)
    drive.mkdir()
    with pytest.raises(UnconfirmedRemoval, match=r"2 of 5 .*nas is empty.* --yes$") as refused:
        sync(corpus, folder)
    assert refused.value.documents == {"nas/2024/c.txt", "nas/d.txt"}
    assert found(folder) == before
    drive.rmdir()
    with pytest.raises(UnconfirmedRemoval, match="their files are gone"):
        sync(corpus, folder)
    assert sync(corpus, folder, confirmed=refused.value.documents).removed == (
        "nas/2024/c.txt",
        "nas/d.txt",
    )
    away.rename(drive)
    embedder = FakeEmbedder()
    assert len(sync(corpus, folder, embedder).added) == 2
    assert embedder.embedded == []
    assert found(folder) == before


def test_what_is_confirmed_is_no_leave_for_others_to_go(
    drive: Path, corpus: Path, folder: Path
) -> None:
    shutil.rmtree(drive)
    with pytest.raises(UnconfirmedRemoval) as refused:
        sync(corpus, folder)
    (corpus / "a.txt").unlink()
    with pytest.raises(UnconfirmedRemoval, match="3 of 5"):
        sync(corpus, folder, confirmed=refused.value.documents)


@pytest.mark.parametrize(
    ("documents", "deleted", "asks"),
    [(1, 1, True), (3, 1, False), (3, 2, True), (5, 1, False), (10, 2, False), (10, 3, True)],
)
def test_a_few_documents_leave_by_themselves(
    documents: int, deleted: int, asks: bool, tmp_path: Path, folder: Path
) -> None:
    corpus = tmp_path / "few"
    write(corpus, {f"{number}.txt": f"Texte {number}." for number in range(documents)})
    sync(corpus, folder)
    for number in range(deleted):
        (corpus / f"{number}.txt").unlink()
    if asks:
        with pytest.raises(UnconfirmedRemoval, match=f"{deleted} of {documents} documents"):
            sync(corpus, folder)
    else:
        assert len(sync(corpus, folder).removed) == deleted


def test_what_was_moved_or_taken_out_on_purpose_is_not_asked_about(
    drive: Path, corpus: Path, folder: Path
) -> None:
    drive.rename(corpus / "archives")
    report = sync(corpus, folder)
    assert (len(report.removed), len(report.added)) == (2, 2)
    (corpus / files.REMOVED).mkdir()
    for name in ("archives/d.txt", "a.txt", "b.txt"):
        (corpus / name).rename(corpus / files.REMOVED / Path(name).name)
    assert len(sync(corpus, folder).removed) == 3


def test_another_folder_replaces_a_dossier_only_when_that_is_meant(
    corpus: Path, folder: Path, tmp_path: Path
) -> None:
    sync(corpus, folder)
    other = tmp_path / "other"
    shutil.copytree(corpus, other)
    generation = store.current_name(folder)
    assert len(sync(other, folder).unchanged) == 3  # the same dossier, elsewhere
    assert store.current_name(folder) == generation
    assert Index.open(folder, None).corpus == str(other.resolve())
    write(other, {"c.txt": "Un texte de plus."})
    sync(other, folder)
    with pytest.raises(UnconfirmedRemoval, match=r"1 of 4 .*they come from .*other, not from "):
        sync(corpus, folder)
    assert sync(corpus, folder, confirmed=True).removed == ("c.txt",)


@pytest.mark.parametrize("how", ["another version", "damage", "damage, with an older one"])
def test_an_index_that_cannot_be_opened_is_not_replaced_by_less(
    how: str, drive: Path, corpus: Path, folder: Path
) -> None:
    pointer = folder / "current.json"
    if how == "damage":
        (folder / "generations" / str(store.current_name(folder)) / "passages.npy").unlink()
    elif how == "damage, with an older one":
        shutil.rmtree(drive)
        sync(corpus, folder, confirmed=True)
        write(corpus, {"nas/2024/c.txt": "Le puits.", "nas/d.txt": "La cave."})
        sync(corpus, folder)
        (folder / "generations" / str(store.current_name(folder)) / "passages.npy").unlink()
    else:
        other = json.loads(pointer.read_text(encoding="utf-8")) | {"schema": 1}
        pointer.write_text(json.dumps(other), encoding="utf-8")
    shutil.rmtree(drive)
    with pytest.raises(UnconfirmedRemoval, match="2 of 5"):
        sync(corpus, folder)
    sync(corpus, folder, confirmed=True)
    assert found(folder) == fresh(corpus)


def closed(monkeypatch: pytest.MonkeyPatch, *paths: Path) -> None:
    """Let nobody read these files and folders."""
    real_list, real_hash = os.scandir, files.sha256

    def scandir(path: Path) -> Iterator[os.DirEntry[str]]:
        if path in paths:
            raise PermissionError(13, "Permission denied")
        return real_list(path)

    def sha256(path: Path) -> str:
        if path in paths:
            raise PermissionError(13, "Permission denied")
        return real_hash(path)

    monkeypatch.setattr(os, "scandir", scandir)
    monkeypatch.setattr(changes, "sha256", sha256)


@pytest.mark.parametrize("also", ["nothing", "settings", "embedder"])
def test_what_cannot_be_read_stays_as_it_was_and_is_told(
    also: str, drive: Path, corpus: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dates = store.read_dates(folder)
    key = "settings-2" if also == "settings" else "settings-1"
    embedder = FakeEmbedder("fake-2" if also == "embedder" else "fake-1")
    with monkeypatch.context() as patch:
        closed(patch, corpus / "a.txt", drive)
        for _ in range(2):
            report = sync(corpus, folder, embedder, settings_key=key)
            assert report.stale == (
                Failure("a.txt", "it cannot be opened: Permission denied"),
                Failure("nas/2024/c.txt", "the folder cannot be opened: Permission denied"),
                Failure("nas/d.txt", "the folder cannot be opened: Permission denied"),
            )
            assert report.removed == report.added == ()
            index = Index.open(folder, embedder.name)
            assert index.stale == report.stale
            assert len(index.documents) == 5
            assert "sleeps" in index.documents["a.txt"].text
            assert index.lexical(search_tokens("cave", {"fr"}), 5)
            assert index.dense(vector_of("c\nLe puits est profond."), 1)[0][1] > 0.999
            assert not index_module.pending(
                corpus, folder, index.manifest, key, supported=supported
            ).removed
        assert store.read_dates(folder)["a.txt"] == dates["a.txt"]
    report = sync(corpus, folder, embedder, settings_key=key)
    assert report.stale == report.failed == ()
    with tempfile.TemporaryDirectory() as home:
        sync(corpus, Path(home), embedder, settings_key=key)
        fresh = contents(Index.open(Path(home), embedder.name))
    assert contents(Index.open(folder, embedder.name)) == fresh


def test_a_document_with_a_bad_sidecar_stays_and_is_read_again_when_it_is_mended(
    corpus: Path, folder: Path
) -> None:
    sync(corpus, folder)
    (corpus / "a.txt.yaml").write_bytes(b"\xff")
    report = sync(corpus, folder)
    assert [failure.path for failure in report.stale] == ["a.txt"]
    assert len(report.unchanged) == 2
    assert len(found_names(folder)) == 3
    write(corpus, {"a.txt.yaml": "Ada"})
    assert sync(corpus, folder).changed == ("a.txt",)
    assert found(folder) == fresh(corpus)


def test_what_failed_is_read_again_on_request(corpus: Path, folder: Path) -> None:
    write(corpus, {"broken.txt": "BROKEN"})
    sync(corpus, folder)
    read: list[str] = []

    def reading(path: Path, name: str) -> Iterable[Prepared | Failure]:
        read.append(name)
        return prepare(path, name)

    for retry in (False, True):
        sync_function(
            corpus, folder, FakeEmbedder(), reading, "settings-1", supported=supported, retry=retry
        )
    assert read == ["broken.txt"]


# --- stopping, killing, locking -------------------------------------------------------------------


def stop_after(stop: Stop, stage: str, done: int) -> Callable[[Progress], None]:
    def report(progress: Progress) -> None:
        if progress.stage == stage and progress.done >= done:
            stop.set()

    return report


@pytest.mark.parametrize("stage", ["checking", "reading", "embedding", "saving"])
def test_stop_leaves_the_index_as_it_was(
    stage: str, corpus: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embedding, "BATCH", 2)
    sync(corpus, folder)
    before = found(folder)
    write(corpus, {f"{i}.txt": f"Texte {i}.\n\nSuite {i}." for i in range(5)})
    stop = Stop()
    with pytest.raises(SyncStopped, match=r"as it was before.*askdossier index"):
        sync(corpus, folder, report=stop_after(stop, stage, 0), stop=stop)
    assert found(folder) == before
    sync(corpus, folder)
    assert found(folder) == fresh(corpus)


def test_an_interrupted_sync_goes_on_where_it_stopped(
    corpus: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embedding, "BATCH", 2)
    with pytest.raises(SyncStopped) as caught:
        sync(corpus, folder, Choosy("été", KeyboardInterrupt()))
    assert isinstance(caught.value.__cause__, KeyboardInterrupt)
    embedder = FakeEmbedder()
    sync(corpus, folder, embedder)
    assert embedder.embedded == ["été\nIl fait chaud en été.\nLa mer est belle."]
    assert found(folder) == fresh(corpus)
    assert not (folder / "building").exists()


def test_damaged_vectors_of_an_interrupted_sync_are_not_used(
    corpus: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embedding, "BATCH", 2)
    with pytest.raises(SyncStopped):
        sync(corpus, folder, Choosy("été", KeyboardInterrupt()))
    (kept,) = folder.glob("building/vectors/*/*.npz")
    content = bytearray(kept.read_bytes())
    content[-len(content) // 3] ^= 0xFF
    kept.write_bytes(content)
    kept.with_name("000007.npz").write_bytes(content[: len(content) // 2])
    sync(corpus, folder)
    assert found(folder) == fresh(corpus)


def test_ctrl_c_after_the_new_index_was_saved_is_told_so(
    corpus: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    expected = fresh(corpus)
    monkeypatch.setattr(store, "write_stats", interrupted)
    monkeypatch.setattr(changes, "_UNSETTLED_NS", -(10**12))
    with pytest.raises(SyncStopped, match="just been saved"):
        sync(corpus, folder)
    assert found(folder) == expected


KILLER = """
import os, random, signal, sys, time
from pathlib import Path
import bm25s, faiss
from index_fakes import *
from askdossier.core import DossierError

os.fsync = lambda _: None  # only a power cut needs it, and it is slow
home = Path(sys.argv[1])
corpus, folder = home / "corpus", home / "index"
random.seed(int(sys.argv[2]))

def version(r):
    # Every document of a version says which it is, so that a mixture would show.
    for path in corpus.glob("*"):
        path.unlink()
    write(corpus, {f"{i}.txt": f"Version {r}.\\n\\nDocument {i}." for i in range(3 + r % 3)})

def state():
    index = Index.open(folder, "fake-1")
    texts = {d.text.split("\\n")[0] for d in index.documents.values()}
    assert len(texts) == 1, texts
    assert len(index.passages) == 2 * len(index.documents) == index.manifest.passages
    for row, passage in enumerate(index.passages):
        assert index.sentence_vectors(row).shape == (1, 16)
        assert index.dense(vector_of(f"{passage.document[0]}\\n"
            + passage.span.of(index.documents[passage.document].text)), 1)[0][1] > 0.999
    assert index.lexical(["version"], 99)
    return texts.pop()

def killed(action):
    child = os.fork()
    if not child:
        try:
            action()
        finally:
            os._exit(0)
    return child

version(0)
sync(corpus, folder, confirmed=True)
version(1)
started = time.perf_counter()
sync(corpus, folder, confirmed=True)
length = time.perf_counter() - started
kept = done = 0
for r in range(2, 102):
    before = state()
    version(r)
    child = killed(lambda: sync(corpus, folder, confirmed=True))
    time.sleep(random.random() * 1.2 * length)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    now = state()
    assert now in (before, f"Version {r}."), (before, now, r)
    kept, done = kept + (now == before), done + (now != before)
# And at every single flush, rename and deletion, one after the other.
for what in ("fsync", "rename", "rmdir"):
    for n in range(1, 1000):
        r += 1
        before = state()
        version(r)
        def action():
            left = n
            def hook(event, _):
                nonlocal left
                if event == "os." + what:
                    left -= 1
                    if not left:
                        os.kill(os.getpid(), signal.SIGKILL)
            os.fsync = lambda _: hook("os.fsync", ())
            sys.addaudithook(hook)
            sync(corpus, folder, confirmed=True)
        _, status = os.waitpid(killed(action), 0)
        now = state()
        assert now in (before, f"Version {r}."), (before, now, r, what, n)
        if not os.WIFSIGNALED(status):
            assert now == f"Version {r}."
            break
    assert n > 1, what
    print(what, n - 1)
sync(corpus, folder, confirmed=True)
assert state() == f"Version {r}."
assert len(list((folder / "generations").glob("g*[0-9]"))) == 2
print(kept, done)
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_kill_at_any_moment_leaves_a_whole_index(tmp_path: Path) -> None:
    paths = [str(Path(__file__).parent), str(Path(index_module.__file__).parents[2])]
    result = subprocess.run(
        [sys.executable, "-c", KILLER, str(tmp_path), "1"],
        # A child killed while it holds tqdm's lock, which is shared, would block the next.
        env=os.environ
        | {"PYTHONPATH": os.pathsep.join(paths), "OMP_NUM_THREADS": "1", "DISABLE_TQDM": "1"},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    kept, done = map(int, result.stdout.splitlines()[-1].split())
    assert kept + done == 100
    assert kept > 0, "no kill came before the end: the delays are too long"


def test_a_second_writer_waits_and_then_says_so(
    corpus: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "LOCK_WAIT_SECONDS", 0.05)
    folder.mkdir()
    with filelock.FileLock(folder / "lock"), pytest.raises(IndexBusy, match="try again"):
        sync(corpus, folder)
    assert len(sync(corpus, folder).added) == 3


SYNC = """
import os, sys
from pathlib import Path
from index_fakes import sync
from askdossier.index import embedding, store

os.fsync = lambda _: None
embedding.BATCH = 2
store.LOCK_WAIT_SECONDS = 120  # a sync takes seconds where the machine is slow
corpus, folder = map(Path, sys.argv[1:])
print("ready", flush=True)
input()
report = sync(corpus, folder)
print(len(report.added), len(report.unchanged), len(report.failed))
"""


def test_processes_that_sync_at_once_wait_for_each_other(corpus: Path, folder: Path) -> None:
    write(corpus, {f"{i}.txt": f"Texte {i}.\n\nSuite {i}." for i in range(40)})
    paths = [str(Path(__file__).parent), str(Path(index_module.__file__).parents[2])]
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", SYNC, str(corpus), str(folder)],
            env=os.environ | {"PYTHONPATH": os.pathsep.join(paths)},
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )
        for _ in range(3)
    ]  # fmt: skip
    for process in processes:  # loaded, so that they begin together
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    outputs = [process.communicate(timeout=300) for process in processes]
    assert [process.returncode for process in processes] == [0, 0, 0], outputs
    assert sorted(out for out, _ in outputs) == ["0 43 0\n", "0 43 0\n", "43 0 0\n"]
    assert found(folder) == fresh(corpus)


def test_opening_and_asking_go_on_while_syncs_are_running(corpus: Path, folder: Path) -> None:
    sync(corpus, folder)
    first = Index.open(folder, "fake-1")
    before = contents(first)
    over = threading.Event()
    errors: list[BaseException] = []
    opened = 0

    def reader() -> None:
        nonlocal opened
        try:
            while not over.is_set():
                contents(Index.open(folder, "fake-1"))
                opened += 1
        except BaseException as error:
            errors.append(error)

    thread = threading.Thread(target=reader)
    thread.start()
    try:
        for number in range(30):
            write(corpus, {"a.txt": f"Version {number}."})
            sync(corpus, folder)
    finally:
        over.set()
        thread.join()
    assert errors == []
    assert opened > 0
    assert contents(first) == before
    assert len(list((folder / "generations").glob("g*[0-9]"))) == 2


# --- damage ---------------------------------------------------------------------------------------


def flip(file: Path) -> None:
    """Change one bit in the middle of a file, in place."""
    with file.open("rb+") as opened:
        opened.seek(file.stat().st_size // 2)
        byte = opened.read(1)
        opened.seek(-1, os.SEEK_CUR)
        opened.write(bytes([byte[0] ^ 1]))


@pytest.mark.parametrize("how", ["truncate", "delete", "grow", "flip a bit"])
def test_a_damaged_file_is_an_error_and_a_sync_mends_it(
    how: str, corpus: Path, folder: Path
) -> None:
    sync(corpus, folder)
    whole = found(folder)
    for number in range(100):
        generation = folder / "generations" / str(store.current_name(folder))
        parts = sorted(p for p in generation.rglob("*") if p.is_file())
        if number == len(parts):
            break
        file = parts[number]
        if how == "delete":
            file.unlink()
        elif how == "flip a bit":
            flip(file)
        else:
            content = file.read_bytes()
            file.write_bytes(content[:-1] if how == "truncate" else content + b"\0")
        with pytest.raises(IndexMismatch, match=r"damaged: .*askdossier index .*corpus --index"):
            Index.open(folder, "fake-1")
        said: list[Progress] = []
        sync(corpus, folder, report=said.append)
        assert any("damaged" in progress.detail for progress in said)
        assert found(folder) == whole
    assert number > 15


def test_a_bit_that_changes_under_an_open_index_is_never_quoted(corpus: Path, folder: Path) -> None:
    """An open chat reads texts when it is asked for them."""
    write(corpus, {"a.txt": "Le budget est de 4000 euros."})
    sync(corpus, folder)
    index = Index.open(folder, "fake-1")
    (file,) = folder.glob("generations/*/texts.txt")
    with file.open("rb+") as opened:
        opened.seek(file.read_bytes().index(b"4000"))
        opened.write(b"9")
    with pytest.raises(IndexMismatch, match=r"texts\.txt is not the one that was written"):
        _ = index.documents["a.txt"].text
    assert index.documents["b.txt"].text.startswith("Le chien")
    sync(corpus, folder)
    assert found(folder) == fresh(corpus)


def test_damage_without_a_new_time_is_found_by_reading_everything(
    corpus: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As when the disk fails: until the next boot, or until somebody asks for it."""
    monkeypatch.setattr(files, "_mark", lambda state, digest: [digest])
    sync(corpus, folder)
    Index.open(folder, "fake-1")
    (file,) = folder.glob("generations/*/passages.npy")
    flip(file)
    Index.open(folder, "fake-1")
    with pytest.raises(IndexMismatch, match=r"passages\.npy is not the one that was written"):
        Index.verify(folder)
    with pytest.raises(IndexMismatch):
        Index.open(folder, "fake-1")
    sync(corpus, folder)
    Index.verify(folder)
    (file,) = folder.glob(f"generations/{store.current_name(folder)}/passages.npy")
    flip(file)
    monkeypatch.setattr(files, "_boot", lambda: "the next one")
    with pytest.raises(IndexMismatch):
        Index.open(folder, "fake-1")


def test_a_bit_that_changes_in_what_is_kept_beside_the_index_does_no_harm(
    corpus: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(changes, "_UNSETTLED_NS", -(10**12))
    for name in ("stats.json", "dates.json", "current.json"):
        for position in range(0, 4000, 97):
            sync(corpus, folder)
            content = bytearray((folder / name).read_bytes())
            if position >= len(content):
                break
            content[position] ^= 1
            (folder / name).write_bytes(content)
            if name == "current.json":
                with pytest.raises((IndexMismatch, IndexMissing)):
                    Index.open(folder, None)
            sync(corpus, folder)
        assert found(folder) == fresh(corpus)


def test_a_pointer_or_manifest_that_makes_no_sense_is_an_error(corpus: Path, folder: Path) -> None:
    sync(corpus, folder)
    pointer = folder / "current.json"
    good = pointer.read_text(encoding="utf-8")
    for bad in ("", "{", "[]", "null", "{}"):
        pointer.write_text(bad, encoding="utf-8")
        with pytest.raises(IndexMismatch, match="damaged"):
            Index.open(folder, None)
    pointer.write_text(json.dumps(json.loads(good) | {"schema": 0}), encoding="utf-8")
    with pytest.raises(IndexMismatch, match="another version of askdossier"):
        Index.open(folder, None)
    pointer.write_text(good, encoding="utf-8")
    (manifest,) = folder.glob("generations/*/manifest.json")
    manifest.write_bytes(manifest.read_bytes().replace(b"a.txt", b"A.txt"))
    with pytest.raises(IndexMismatch, match="manifest"):
        Index.open(folder, None)
    sync(corpus, folder)
    assert found(folder) == fresh(corpus)


def test_an_index_of_another_version_stays_until_it_is_replaced(corpus: Path, folder: Path) -> None:
    sync(corpus, folder)
    pointer = folder / "current.json"
    other = json.dumps(json.loads(pointer.read_text(encoding="utf-8")) | {"schema": 99})
    pointer.write_text(other, encoding="utf-8")
    before = {p: p.read_bytes() for p in (folder / "generations").rglob("*") if p.is_file()}
    with pytest.raises(SyncStopped):
        sync(corpus, folder, Choosy("été", KeyboardInterrupt()))
    assert pointer.read_text(encoding="utf-8") == other
    assert {p: p.read_bytes() for p in before} == before
    sync(corpus, folder)
    assert found(folder) == fresh(corpus)


def test_lost_or_damaged_stats_only_cost_time(corpus: Path, folder: Path) -> None:
    sync(corpus, folder)
    for bad in ("{", "[]", '{"a.txt": 3}', '{"a.txt": [1, 2]}'):
        (folder / "stats.json").write_text(bad, encoding="utf-8")
        assert len(sync(corpus, folder).unchanged) == 3


def test_an_index_that_cannot_be_written_is_told(
    corpus: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sync(corpus, folder)
    before = found(folder)
    write(corpus, {"new.txt": "Du nouveau."})

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    for writer in (arrays.ArrayWriter, tables.RecordsWriter):
        with monkeypatch.context() as patch:
            patch.setattr(writer, "append", full)
            with pytest.raises(DossierError, match=r"cannot be written: .*No space left"):
                sync(corpus, folder)
        assert found(folder) == before
    assert sync(corpus, folder).added == ("new.txt",)


# --- files that hold several documents ------------------------------------------------------------


BOX = "un.txt: Le moulin est bleu.\ndeux.txt: La barque est verte."


def test_what_is_inside_a_file_is_indexed_document_by_document(corpus: Path, folder: Path) -> None:
    write(corpus, {"pièces.box": f"{BOX}\ntrois.txt: BROKEN"})
    report = sync(corpus, folder)
    assert {"pièces.box/un.txt", "pièces.box/deux.txt"} < set(report.added)
    assert report.failed == (Failure("pièces.box/trois.txt", "this file is broken; repair it"),)
    index = Index.open(folder, None)
    assert index.documents["pièces.box/deux.txt"].text == "La barque est verte."
    assert "pièces.box" not in index.documents
    assert index.failures == report.failed
    again = sync(corpus, folder)
    assert (again.added, again.changed, again.removed) == ((), (), ())
    assert set(again.unchanged) == set(index.documents)


def test_only_what_changed_inside_a_file_is_embedded_again(corpus: Path, folder: Path) -> None:
    write(corpus, {"a.box": BOX})
    sync(corpus, folder)
    write(corpus, {"a.box": BOX.replace("verte", "rouge").replace("\n", "\ntrois.txt: Un pré.\n")})
    embedder = FakeEmbedder()
    report = sync(corpus, folder, embedder)
    assert report.added == ("a.box/trois.txt",)
    assert report.changed == ("a.box/deux.txt",)
    assert "a.box/un.txt" in report.unchanged
    assert sorted(text.rpartition("\n")[2] for text in embedder.embedded) == [
        "La barque est rouge.", "Un pré.",
    ]  # fmt: skip


def test_an_index_of_files_in_files_is_that_of_a_new_build(corpus: Path, folder: Path) -> None:
    write(corpus, {"a.box": BOX, "b.box": f"{BOX}\ntrois.txt: BROKEN", "c.box": BOX})
    sync(corpus, folder)
    write(corpus, {"a.box": BOX.replace("bleu", "vert"), "c.txt": "Un pré."})
    (corpus / "c.box").rename(corpus / "d.box")
    embedder = FakeEmbedder()
    sync(corpus, folder, embedder)
    assert sorted(embedder.embedded) == ["c\nUn pré.", "un\nLe moulin est vert."]
    assert found(folder) == fresh(corpus)


def test_what_is_inside_a_file_and_cannot_be_embedded_fails_alone_and_is_tried_again(
    corpus: Path, folder: Path
) -> None:
    write(corpus, {"a.box": BOX})
    report = sync(corpus, folder, Choosy("barque", RuntimeError("odd text")))
    assert [failure.path for failure in report.failed] == ["a.box/deux.txt"]
    assert "a.box/un.txt" in report.added
    report = sync(corpus, folder)
    assert (report.added, report.failed) == (("a.box/deux.txt",), ())


def test_what_is_inside_a_file_leaves_with_it(corpus: Path, folder: Path) -> None:
    write(corpus, {"a.box": BOX})
    sync(corpus, folder)
    (corpus / "a.box").unlink()
    assert index_module.pending(
        corpus, folder, Index.open(folder, None).manifest, "settings-1", supported=supported
    ).removed == ("a.box",)
    report = sync(corpus, folder)  # one file may always leave, whatever it holds
    assert report.removed == ("a.box/deux.txt", "a.box/un.txt")


def test_what_was_inside_a_file_stays_when_it_cannot_be_read(corpus: Path, folder: Path) -> None:
    write(corpus, {"a.box": BOX})
    sync(corpus, folder)
    (corpus / "a.box").write_bytes(b"\xff\xfe\xff")
    report = sync(corpus, folder)
    assert [failure.path for failure in report.stale] == ["a.box/deux.txt", "a.box/un.txt"]
    assert [failure.path for failure in report.failed] == ["a.box"]
    assert Index.open(folder, None).documents["a.box/un.txt"].text == "Le moulin est bleu."
    write(corpus, {"a.box": BOX})
    assert sync(corpus, folder).stale == ()


def test_a_file_and_a_folder_of_one_name_take_turns(corpus: Path, folder: Path) -> None:
    write(corpus, {"a.box": BOX})
    sync(corpus, folder)
    (corpus / "a.box").unlink()
    write(corpus, {"a.box/un.txt": "Le moulin est bleu.", "a.box/deux.txt": "Un lac."})
    assert sync(corpus, folder).changed == ("a.box/deux.txt",)
    assert found(folder) == fresh(corpus)


def test_documents_that_a_file_says_twice_or_elsewhere_fail_alone(
    corpus: Path, folder: Path
) -> None:
    def reading(path: Path, name: str) -> Iterator[Prepared]:
        one = prepared(path, name)
        yield from (one, one)

    report = sync_function(corpus, folder, FakeEmbedder(), reading, "s", supported=supported)
    assert len(report.added) == 3
    assert all(failure.reason.startswith("ValueError") for failure in report.failed)
    assert len(Index.open(folder, None).documents) == 3
