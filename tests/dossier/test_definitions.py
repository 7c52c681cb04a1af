"""What something is: quoted where a document defines it, or said that none does."""

from __future__ import annotations

from pathlib import Path

import pytest

from askdossier.ask.kinds import definition
from askdossier.core import Answer
from askdossier.settings import Settings
from fakes import FakeWriter
from small_dossier import ask, dossier_of, write

pytestmark = pytest.mark.usefixtures("quick_syncs")
DEFINED = "Le pass numérique est un carnet de chèques pour les ateliers."
CORPUS = {
    "a.md": "# Avis\n\nLe pass numérique coûte 10 euros. Le glanage reprendra en mai.\n",
    "b.md": f"# Guide\n\n{DEFINED} Il est remis en mairie par Anne Roux, adjointe au maire.\n",
    "c.md": "# Presse\n\n« Le pass numérique est une honte », dit Paul Mercier. Le troc est une "
    "fête, selon Paul Mercier.\n",
}


def answered(folder: Path, question: str, yes: float = 1.0) -> Answer:
    write(folder / "corpus", CORPUS)
    dossier = dossier_of(Settings(folder / "corpus", folder / "index"), FakeWriter(yes=yes))
    dossier.sync()
    return ask(dossier, question)


@pytest.mark.parametrize(
    "question", ["Qu'est-ce que le pass numérique ?", "Définition de pass numérique"]
)
def test_the_sentence_that_defines_it_is_quoted(tmp_path: Path, question: str) -> None:
    (claim,) = answered(tmp_path, question).claims
    assert (claim.text, claim.support) == (f"« {DEFINED} »", "quoted")


def test_what_somebody_says_it_is_has_his_name(tmp_path: Path) -> None:
    (claim,) = answered(tmp_path, "Qu'est-ce que le troc ?").claims
    assert "selon Paul Mercier" in claim.text


def test_a_person_is_told_by_what_stands_beside_the_name(tmp_path: Path) -> None:
    (claim,) = answered(tmp_path, "Qui est Anne Roux ?").claims
    assert "adjointe au maire" in claim.text


def test_where_none_defines_it_that_is_said_with_the_nearest_mentions(tmp_path: Path) -> None:
    answer = answered(tmp_path, "Qu'est-ce que le glanage ?", yes=0.2)
    assert answer.abstained and answer.message == "Aucun document ne définit « glanage »."
    assert "Le glanage reprendra en mai." in {item.quote for item in answer.nearest}


def test_another_answer_is_given_where_it_is_sure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(definition, "SURE", 0.5)  # a fake embedder makes no answer surer
    assert not answered(tmp_path, "Qu'est-ce que le glanage ?").abstained


def test_a_word_that_no_document_uses_is_named(tmp_path: Path) -> None:
    answer = answered(tmp_path, "Qu'est-ce que le covoiturage ?", yes=0.2)
    assert answer.abstained and "« covoiturage »" in answer.message
