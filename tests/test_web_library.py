"""Files in and out of the corpus, the list of documents, suggestions, and the long work."""

from __future__ import annotations

import os
from collections.abc import Collection
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path
from threading import Event

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askdossier import files
from askdossier.core import (
    DossierError,
    EmptyCorpus,
    Failure,
    Progress,
    Report,
    Stop,
    SyncReport,
    UnconfirmedRemoval,
)
from askdossier.web.headers import Headers
from askdossier.web.library import Library, safe_name
from askdossier.web.render.library import library as rendered
from askdossier.web.texts import TEXTS
from askdossier.web.work import Work
from web_fake import DOCUMENTS, FakeDossier


def library(dossier: FakeDossier) -> Library:
    return Library(dossier, Headers(dossier))


@pytest.fixture
def uploaded(tmp_path: Path) -> Path:
    file = tmp_path / "0123abcd" / "whatever"
    file.parent.mkdir()
    file.write_bytes(b"words")
    return file


# --- adding ---------------------------------------------------------------------------------------


def test_nothing_is_ever_overwritten(uploaded: Path) -> None:
    dossier = FakeDossier()
    shelf = library(dossier)
    assert shelf.add(uploaded, "a.txt") == "a.txt"
    assert shelf.add(uploaded, "a.txt") is None  # the same words under the same name
    uploaded.write_bytes(b"others")
    assert shelf.add(uploaded, "a.txt") == "a (2).txt"
    uploaded.write_bytes(b"third")
    assert shelf.add(uploaded, "a.txt") == "a (3).txt"
    found = {path.name: path.read_bytes() for path in dossier.corpus.iterdir()}
    assert found == {"a.txt": b"words", "a (2).txt": b"others", "a (3).txt": b"third"}


def test_a_file_system_without_hard_links_will_do(
    uploaded: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError("not supported")

    monkeypatch.setattr(os, "link", refuse)
    dossier = FakeDossier()
    shelf = library(dossier)
    assert shelf.add(uploaded, "a.txt") == "a.txt"
    uploaded.write_bytes(b"others")
    assert shelf.add(uploaded, "a.txt") == "a (2).txt"
    assert (dossier.corpus / "a.txt").read_bytes() == b"words"


def test_a_failed_copy_leaves_nothing(uploaded: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    dossier = FakeDossier()
    monkeypatch.setattr("shutil.copyfileobj", fail)
    with pytest.raises(DossierError, match="No space left"):
        library(dossier).add(uploaded, "a.txt")
    assert list(dossier.corpus.iterdir()) == []


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("Rapport final.pdf", "Rapport final.pdf"),
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\Users\\me\\lettre.docx", "lettre.docx"),
        ("e\N{COMBINING ACUTE ACCENT}te.txt", "éte.txt"),
        ('a<b>:"|?*.md', "a_b______.md"),
        ("x\x07\u202ey.md", "x__y.md"),
    ],
)
def test_names_are_made_safe(given: str, kept: str) -> None:
    assert safe_name(given) == kept


@pytest.mark.parametrize(
    "given", ["", ".", "..", ".hidden.txt", "noending", "~$a.docx", "a/", "x."]
)
def test_names_that_cannot_be_indexed_are_refused(given: str) -> None:
    with pytest.raises(DossierError, match="rename"):
        safe_name(given)


@given(st.text(max_size=300))
def test_no_name_leaves_the_folder(given: str) -> None:
    try:
        kept = safe_name(given + ".txt")
    except DossierError:
        return
    assert Path(kept).name == kept
    assert not kept.startswith(".")
    assert len(kept.encode()) <= 150


# --- taking out -----------------------------------------------------------------------------------


def test_what_is_taken_out_is_put_aside_with_its_sidecar() -> None:
    dossier = FakeDossier()
    file = dossier.corpus / "presse" / "criee.md"
    file.parent.mkdir(parents=True)
    file.write_text("x")
    (file.parent / "criee.md.yaml").write_text("title: t")
    aside = library(dossier).remove("presse/criee.md")
    assert aside == dossier.corpus.resolve() / ".removed" / "criee.md"
    assert sorted(path.name for path in aside.parent.iterdir()) == ["criee.md", "criee.md.yaml"]
    assert list(file.parent.iterdir()) == []


def test_a_file_that_failed_can_be_taken_out_and_others_cannot(tmp_path: Path) -> None:
    dossier = FakeDossier(unread=(Failure("a.xyz", "?"), Failure("../out.xyz", "?")))
    dossier.corpus.mkdir()
    for path in (dossier.corpus / "a.xyz", dossier.corpus / "b.md", dossier.corpus / "../out.xyz"):
        path.write_text("x")
    shelf = library(dossier)
    shelf.remove("a.xyz")
    for name in ("b.md", "../out.xyz", "syndicat.md", ""):
        with pytest.raises(DossierError, match="no longer"):
            shelf.remove(name)
    assert (dossier.corpus / "b.md").exists()
    assert (dossier.corpus / "../out.xyz").exists()


class Archived(FakeDossier):
    """All its documents lie in one archive."""

    def file_of(self, document: str) -> str:
        return "a.zip"


def test_what_lies_in_a_file_goes_with_it_and_says_so() -> None:
    dossier = Archived(unread=(Failure("a.zip/x.mp4", "format not supported"),))
    dossier.corpus.mkdir()
    (dossier.corpus / "a.zip").write_text("x")
    listing = library(dossier).listing()
    assert {row.within for row in listing.rows} == {"a.zip"}
    assert listing.within == {"a.zip/x.mp4": "a.zip"}
    shown = rendered(listing, TEXTS["fr"])
    assert "dans a.zip" in shown
    assert 'data-do="describe"' not in shown
    assert shown.count('data-within="a.zip"') == len(listing.rows)
    library(dossier).remove("presse/criee.md")
    assert not (dossier.corpus / "a.zip").exists()


# --- looking --------------------------------------------------------------------------------------


def test_titles_come_before_texts_and_accents_do_not_matter() -> None:
    shelf = library(FakeDossier())
    assert [row.document.id for row in shelf.listing("CRIEE").rows] == ["presse/criee.md"]
    found = shelf.listing("kerlann").rows
    assert [row.document.id for row in found] == ["syndicat.md", "presse/criee.md"]
    for row in found:
        for span, words in row.places:
            assert DOCUMENTS[row.document.id].text[span.start : span.end] == words
    assert shelf.listing("nowhere").rows == ()
    assert shelf.listing("  ").found == 3


def test_an_index_that_cannot_be_read_lists_nothing() -> None:
    class Broken(FakeDossier):
        def __getattribute__(self, name: str) -> object:
            if name in ("documents", "failures", "mentions", "pending"):
                raise DossierError("damaged")
            return super().__getattribute__(name)

    dossier = Broken.__new__(Broken)
    assert library(dossier).listing("x").rows == ()
    assert len(Headers(dossier)) == 0


# --- long work ------------------------------------------------------------------------------------


def settled(work: Work) -> None:
    for _ in range(500):
        if work.stand.doing == "nothing":
            return
        Event().wait(0.01)
    raise AssertionError("the work does not end")


def test_work_is_done_one_at_a_time_and_told() -> None:
    dossier = FakeDossier()
    began, go_on = Event(), Event()

    def prepare(report: Report, _: Stop) -> None:
        report(Progress("embedding", 1, 4, "passages"))
        began.set()
        go_on.wait(10)

    work = Work(dossier, prepare)
    assert began.wait(10)
    stand = work.stand
    assert stand.doing == "starting"
    assert stand.progress == Progress("embedding", 1, 4, "passages")
    assert work.sync() is False
    go_on.set()
    settled(work)
    assert work.stand.error is None
    dossier.corpus.mkdir()
    (dossier.corpus / "n.md").write_text("Note")
    before = work.stand.version
    assert work.sync() is True
    settled(work)
    assert work.stand.version == before + 1
    assert work.stand.report is not None
    assert work.stand.report.added == ("n.md",)


def test_how_long_a_second_indexing_takes_is_not_told_from_the_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    dossier = FakeDossier()
    seconds = count(step=100)
    monkeypatch.setattr("askdossier.web.work.time.monotonic", lambda: next(seconds))
    told: list[float | None] = []

    def sync(_: Path, report: Report, stop: Stop, *, confirmed: object) -> None:
        for done in 5, 6:
            report(Progress("embedding", done, 10, "passages"))
            told.append(work.stand.left)

    monkeypatch.setattr(dossier, "sync", sync)
    dossier.corpus.mkdir()
    work = Work(dossier)
    settled(work)
    for _ in range(2):
        assert work.sync()
        settled(work)
    assert told == [None, 400.0, None, 400.0]


def test_work_that_fails_says_why_and_can_be_done_again() -> None:
    def prepare(_: Report, __: Stop) -> None:
        raise EmptyCorpus("nothing there")

    dossier = FakeDossier()
    work = Work(dossier, prepare)
    settled(work)
    assert isinstance(work.stand.error, EmptyCorpus)
    dossier.corpus.mkdir()
    assert work.sync()
    settled(work)
    assert work.stand.error is None


def test_documents_leave_when_the_reader_says_so() -> None:
    given = []

    class Careful(FakeDossier):
        def sync(
            self,
            corpus_dir: str | Path | None = None,
            report: Report | None = None,
            stop: Stop | None = None,
            *,
            confirmed: bool | Collection[str] = False,
            retry: bool = False,
        ) -> SyncReport:
            given.append(confirmed)
            if not confirmed:
                raise UnconfirmedRemoval("2 documents would leave", documents=frozenset("ab"))
            return SyncReport((), (), ("a", "b"), (), (), 0, 0.1)

    work = Work(Careful())
    settled(work)
    for confirmed in (False, True, True):
        assert work.sync(confirmed=confirmed)
        settled(work)
    assert given == [frozenset(), frozenset("ab"), frozenset()]  # nobody confirmed the third


def test_two_files_of_one_name_that_are_removed_at_once_are_both_kept(tmp_path: Path) -> None:
    aside = tmp_path / ".removed"
    aside.mkdir()
    (aside / "a.md.yaml").write_text("title: Another", "utf-8")
    wanted = set()
    for number in range(40):
        folder = tmp_path / str(number)
        folder.mkdir()
        (folder / "a.md").write_text(str(number), "utf-8")
        (folder / "a.md.yaml").write_text(f"title: {number}", "utf-8")
        wanted.add((str(number), f"title: {number}"))
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: files.set_aside(tmp_path / str(n) / "a.md", aside, ".yaml"),
                      range(40)))  # fmt: skip
    kept = {
        (path.read_text("utf-8"), path.with_name(f"{path.name}.yaml").read_text("utf-8"))
        for path in aside.glob("*.md")
    }
    assert kept == wanted
    assert (aside / "a.md.yaml").read_text("utf-8") == "title: Another"


def test_indexing_can_be_stopped() -> None:
    dossier = FakeDossier()
    dossier.corpus.mkdir()
    (dossier.corpus / "n.md").write_text("Note")
    work = Work(dossier)
    settled(work)
    dossier.pace = 60
    work.sync()
    work.stop()
    settled(work)
    assert (work.stand.error, work.stand.report, dossier.synced) == (None, None, 0)
