"""Rows of tables are counted and added up over all of them, and nothing else is."""

from __future__ import annotations

from pathlib import Path

import pytest

from askdossier.core import Answer
from askdossier.settings import Settings
from fakes import FakeWriter
from small_dossier import ask, dossier_of, write

pytestmark = pytest.mark.usefixtures("quick_syncs")
CORPUS = {
    "chevaux.csv": (
        "Nom;Box;Arrivée;Pension\nOlga;nord;2019;210\nTitus;sud;2021;180\n"
        "Mistral;nord;2020;195,50\nTotal;;;585,50\n"
    ),
    "note.md": "# Note\n\nL'écurie a 40 ans. Trois chevaux sont partis, dit la directrice.\n",
}


@pytest.mark.parametrize(
    ("question", "said", "quoted"),
    [
        ("Combien de chevaux y a-t-il ?", "3 sur 3", 3),
        ("Combien de chevaux sont dans le box nord ?", "2 sur 3", 2),
        ("Combien de chevaux sont arrivés en 2021 ?", "1 sur 3", 1),
        ("Quel est le total des pensions ?", "585,5", 3),
        ("Quel est le total des pensions du box nord ?", "405,5", 2),
    ],
)
def test_rows_are_counted_and_added_up(
    tmp_path: Path, question: str, said: str, quoted: int
) -> None:
    answer = asked(tmp_path, question)
    assert said in answer.message
    assert [claim.support for claim in answer.claims] == ["quoted"] * quoted
    assert not any("Total" in claim.text for claim in answer.claims)


@pytest.mark.parametrize(
    "question",
    [
        "Combien d'années a l'écurie ?",  # no table is of that
        "Combien de chevaux sont partis vers Marseille ?",  # no row has it
        "Quel est le total des box ?",  # not numbers
        "Combien coûte la pension ?",
    ],
)
def test_what_no_table_answers_goes_the_usual_way(tmp_path: Path, question: str) -> None:
    assert "ligne par ligne" not in asked(tmp_path, question).message


def asked(tmp_path: Path, question: str) -> Answer:
    write(tmp_path / "corpus", CORPUS)
    dossier = dossier_of(Settings(tmp_path / "corpus", tmp_path / "index"), FakeWriter())
    dossier.sync()
    return ask(dossier, question)
