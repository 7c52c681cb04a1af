"""What an acronym stands for: quoted where the documents spell it out, or said that none does."""

from __future__ import annotations

from pathlib import Path

import pytest

from askdossier.settings import Settings
from fakes import FakeWriter
from small_dossier import ask, dossier_of, write

pytestmark = pytest.mark.usefixtures("quick_syncs")
SPELLED = "Le Service public d'assainissement (SPA) contrôle les fosses."
CORPUS = {
    "avis.md": "# Avis\n\nLa SPA passera en mai. Le PLU sera révisé, dit le maire.\n",
    "guide.md": f"# Guide\n\n{SPELLED} Il rend son avis en un mois.\n",
    "note.md": "# Note\n\nLe PLU n'est pas consultable. La mairie a écrit à la SPA.\n",
}


def test_the_words_it_is_made_of_are_quoted(tmp_path: Path) -> None:
    write(tmp_path / "corpus", CORPUS)
    dossier = dossier_of(Settings(tmp_path / "corpus", tmp_path / "index"), FakeWriter())
    dossier.sync()
    (claim,) = ask(dossier, "Que signifie le sigle SPA ?").claims
    assert claim.support == "quoted"
    assert [citation.quote for citation in claim.citations] == [SPELLED]


def test_where_no_document_spells_it_out_it_is_said_and_shown_where_it_stands(
    tmp_path: Path,
) -> None:
    write(tmp_path / "corpus", CORPUS)
    dossier = dossier_of(Settings(tmp_path / "corpus", tmp_path / "index"), FakeWriter())
    dossier.sync()
    answer = ask(dossier, "Que veut dire PLU ?")
    assert answer.abstained and "« PLU »" in answer.message and "3" in answer.message
    assert {item.document for item in answer.nearest} == {"avis.md", "note.md"}
