"""What somebody says in a document is told as his words, from the file to the answer."""

from __future__ import annotations

from pathlib import Path

import pytest

from askdossier.core import Answer
from askdossier.settings import Settings
from fakes import FakeWriter
from small_dossier import ask, dossier_of, write

pytestmark = pytest.mark.usefixtures("quick_syncs")
TURNS = (
    "Conseil de quartier\n\nM. Durand : Le budget de la halle est voté.\n\n"
    "Le chantier de la halle durera deux ans.\n\n"
    "Mme Lenoir : Je n’y crois pas.\n"
)
PAGE = (
    "<html lang='fr'><body><article><h1>La halle</h1>"
    "<p>La halle de Valombre a été bâtie en 1931.</p></article><section class='comments'>"
    "<p>pseudo42</p><p>12 mars 2024 à 10:03</p>"
    "<p>Le chantier de la halle durera deux ans.</p></section></body></html>"
)
QUESTION = "Combien de temps durera le chantier de la halle ?"
TOLD = "Le chantier de la halle durera deux ans."


def answered(folder: Path, files: dict[str, str], reply: str, question: str = QUESTION) -> Answer:
    write(folder / "corpus", files)
    writer = FakeWriter(reply=lambda _: reply)
    dossier = dossier_of(Settings(folder / "corpus", folder / "index"), writer)
    dossier.sync()
    return ask(dossier, question)


@pytest.mark.parametrize(
    ("files", "by"),
    [({"a.txt": TURNS}, "M. Durand"), ({"a.html": PAGE}, "Un lecteur, pseudo42")],
)
@pytest.mark.parametrize("question", [QUESTION, "Pourquoi le chantier de la halle durera-t-il ?"])
def test_told_as_a_fact_it_is_quoted_behind_his_name(
    tmp_path: Path, files: dict[str, str], by: str, question: str
) -> None:
    claims = answered(tmp_path, files, TOLD, question).claims
    said = {claim.text: claim.support for claim in claims}
    assert said[f"{by} : « {TOLD} »"] == "quoted"
    assert TOLD not in said


def test_told_as_his_words_it_stays(tmp_path: Path) -> None:
    note = "La halle\n\nD’après Paul Mercier, le chantier de la halle durera deux ans.\n"
    said = "Selon Paul Mercier, le chantier de la halle durera deux ans."
    (claim,) = answered(tmp_path, {"a.txt": note}, said).claims
    assert (claim.text, claim.support) == (said, "supported")


def test_no_comment_stands_for_its_page(tmp_path: Path) -> None:
    remark = "<p>La piscine de Valombre fermera le {} mars, et c’est bien dommage pour elle.</p>"
    lead = "La piscine municipale de Valombre va fermer pour deux ans de travaux dans le bassin."
    page = (
        f"<html lang='fr'><body><article><h1>Piscine</h1><p>{lead}</p></article>"
        f"<div class='comments'>{''.join(map(remark.format, range(2, 9)))}</div></body></html>"
    )
    (claim,) = answered(tmp_path, {"a.html": page}, "", "De quoi parlent ces documents ?").claims
    assert [citation.quote for citation in claim.citations] == [lead]
