"""Statements about a document: kept beside it, edited one by one."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from askdossier.core import DossierError, InvalidMetadata, UnreadableDocument
from askdossier.load import edit, read
from askdossier.load.sidecar import sidecar
from askdossier.web.texts.french_errors import said


@pytest.fixture
def note(tmp_path: Path) -> Path:
    path = tmp_path / "note.txt"
    path.write_text("Une note.\n\nAvec une phrase.", encoding="utf-8")
    return path


def beside(note: Path) -> Path:
    return note.with_name("note.txt.yaml")


def test_a_statement_is_written_and_read(note: Path) -> None:
    assert edit(note, {"author": "Anne Morel", "Date": "7 novembre 2025"}) == beside(note)
    assert beside(note).read_text("utf-8") == "author: Anne Morel\ndate: '2025-11-07'\n"
    source = read(note, "note.txt").source
    assert (source.author, source.date) == ("Anne Morel", "2025-11-07")


def test_the_rest_of_the_sidecar_stays(note: Path) -> None:
    beside(note).write_text(
        "# relu par C.\ntitre: Un titre  # à revoir\nauteurs:\n  - A. Morel\n  - P. Roux\n"
        "publisher: >\n  Les Cahiers\n  du Val\n# fin\n",
        encoding="utf-8",
    )
    edit(note, {"author": "C. Petit"})
    text = beside(note).read_text("utf-8")
    assert text == (
        "# relu par C.\ntitre: Un titre  # à revoir\npublisher: >\n  Les Cahiers\n  du Val\n"
        "# fin\nauthor: C. Petit\n"
    )
    edit(note, {"title": "", "licence": "CC0"})
    known = sidecar(note)
    assert (known.title, known.licence, known.publisher) == (None, "CC0", "Les Cahiers du Val")
    assert "# fin" in beside(note).read_text("utf-8")


def test_a_sidecar_on_one_line(note: Path) -> None:
    beside(note).write_text("{title: Un titre, year: 1998}", encoding="utf-8")
    edit(note, {"date": "1999"})
    assert (sidecar(note).title, sidecar(note).date) == ("Un titre", "1999")


def test_nothing_left_is_no_file(note: Path) -> None:
    edit(note, {"author": "Anne"})
    edit(note, {"author": ""})
    assert not beside(note).exists()
    edit(note, {"author": ""})
    assert list(note.parent.iterdir()) == [note]


@pytest.mark.parametrize(
    ("key", "value", "message"),
    [
        ("colour", "red", "colour is not known. Use title, author"),
        ("date", "hier", "hier is not a date"),
        ("url", "exemple.fr", "is not a web address"),
        ("url", "javascript:alert(1)", "is not a web address"),
    ],
)
def test_what_makes_no_sense_is_refused(note: Path, key: str, value: str, message: str) -> None:
    with pytest.raises(InvalidMetadata, match=message):
        edit(note, {"title": "Un titre", key: value})
    assert not beside(note).exists()  # all or nothing


@pytest.mark.parametrize("content", ["- une\n- liste\n", "a: [", "[" * 5000, "couleur: rouge\n"])
def test_a_sidecar_that_cannot_be_read_is_not_touched(note: Path, content: str) -> None:
    beside(note).write_text(content, encoding="utf-8")
    with pytest.raises(UnreadableDocument, match=r"note\.txt\.yaml"):
        edit(note, {"title": "Un titre"})
    assert beside(note).read_text("utf-8") == content


def test_a_sidecar_that_cannot_be_written_says_so_and_stays(
    note: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    edit(note, {"title": "Un titre"})
    monkeypatch.setattr(Path, "replace", full)
    monkeypatch.setattr(Path, "unlink", full)
    for value in ("Un autre", ""):  # a file to write, and one to take away
        with pytest.raises(DossierError) as refused:
            edit(note, {"title": value})
        assert said(str(refused.value)) == (
            "note.txt.yaml ne peut pas être écrit : plus de place sur le disque. Libérez de la "
            "place ou vérifiez les droits sur son dossier."
        )
        assert beside(note).read_text("utf-8") == "title: Un titre\n"
    monkeypatch.undo()
    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(DossierError, match=r"note\.txt\.yaml cannot be written: No space left"):
        edit(note, {"title": "Un autre"})
    assert sorted(note.parent.iterdir()) == [note, beside(note)]  # nothing half written


def test_lists_that_double_with_every_level_take_no_time(note: Path) -> None:
    levels = "".join(f"  - &l{i} [*l{i - 1}, *l{i - 1}]\n" for i in range(1, 60))
    beside(note).write_text(f"author:\n  - &l0 [x, x]\n{levels}title: T\n", encoding="utf-8")
    with pytest.raises(UnreadableDocument, match="anchor or alias"):
        sidecar(note)


@given(value=st.text(max_size=40), before=st.sampled_from(["", "# a\n", "title: x\n", "titre: y"]))
def test_any_value_comes_back(
    tmp_path_factory: pytest.TempPathFactory, value: str, before: str
) -> None:
    note = tmp_path_factory.mktemp("n") / "note.txt"
    if before:
        beside(note).write_text(before, encoding="utf-8")
    edit(note, {"author": value, "title": value})
    if beside(note).exists():
        values = yaml.safe_load(beside(note).read_text("utf-8")) or {}
        assert set(values) <= {"author", "title"}
    assert sidecar(note).author == sidecar(note).title
    if value.isascii() and value.isprintable() and value.strip():
        assert sidecar(note).author == " ".join(value.split())
