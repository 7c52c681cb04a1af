"""Which sentences belong to an answer of several pieces, once they are judged one by one."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

from askdossier.ask import pieces
from askdossier.ask.case import Case
from askdossier.ask.pieces.choose import Choosing, Piece
from askdossier.core import Evidence, Span
from askdossier.index import Index
from askdossier.settings import Settings
from fakes import FakeEmbedder
from small_dossier import dossier_of, write

SENTENCES = (
    "Le four du village a été fermé au printemps.",
    "La mairie avait reçu deux plaintes des voisins.",
    "Le maire a décidé la fermeture le 3 mai.",
    "La cheminée menaçait de tomber sur la route.",
    "Sa réparation aurait coûté 40 000 euros.",
    "Personne n’a voulu prêter cette somme.",
    "Le boulanger travaille maintenant au bourg voisin.",
    "Il y vend le même pain aux mêmes personnes.",
)
BODY = " ".join(SENTENCES)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory, quick_syncs: None) -> Index:
    folder: Path = tmp_path_factory.mktemp("pieces")
    other = "Une école rouvre.\n\n## Le lavoir\n\nLe lavoir est vide. On l’a vidé hier."
    write(
        folder / "corpus",
        {"four.md": f"# Le four\n\n{BODY}\n", "bourg.md": f"# Le bourg\n\n{other}"},
    )
    settings = Settings(corpus=folder / "corpus", index=folder / "index")
    dossier_of(settings).sync()
    return Index.open(settings.index, FakeEmbedder().name)


def piece(index: Index, document: str, words: str, odds: float) -> Piece:
    start = index.documents[document].text.index(words)
    span = Span(start, start + len(words))
    return Piece(Evidence(document, span, words, 1.0, ""), odds)


def choosing(*chosen: Piece) -> Choosing:
    return Choosing(tuple(sorted(chosen, key=lambda one: -one.odds)), 0.9)


def test_what_stands_beside_the_surest_belongs_the_likelier(index: Index) -> None:
    surest = piece(index, "four.md", SENTENCES[2], 5.0)
    beside = piece(index, "four.md", SENTENCES[3], 2.5)
    elsewhere = piece(index, "bourg.md", "Une école rouvre.", 2.9)
    before = choosing(surest, beside, elsewhere)
    after = pieces.continued(index, before)
    assert [one.evidence for one in before.pieces] == [
        one.evidence for one in (surest, elsewhere, beside)
    ]
    assert [one.evidence for one in after.pieces] == [
        one.evidence for one in (surest, beside, elsewhere)
    ]
    assert after.confidence == before.confidence


def test_the_further_off_the_less(index: Index) -> None:
    surest = piece(index, "four.md", SENTENCES[0], 5.0)
    near, far = (piece(index, "four.md", SENTENCES[i], 2.0) for i in (1, 7))
    after = pieces.continued(index, choosing(surest, far, near))
    odds = {one.evidence.quote: one.odds for one in after.pieces}
    assert odds[SENTENCES[1]] > odds[SENTENCES[7]]


def test_nothing_stays_nothing(index: Index) -> None:
    assert pieces.continued(index, Choosing((), 0.2)) == Choosing((), 0.2)


def read_beside(index: Index, *chosen: Piece) -> list[str]:
    case = cast("Case", SimpleNamespace(index=index))
    return [one.quote for one in pieces.beside_chosen(case, choosing(*chosen))]


def test_what_stands_around_is_read_nearest_and_following_first(index: Index) -> None:
    found = read_beside(index, piece(index, "four.md", SENTENCES[3], 1.0))
    assert found == [SENTENCES[i] for i in (4, 2, 5, 1, 6, 0)]


def test_what_was_read_is_not_read_again(index: Index) -> None:
    read = piece(index, "four.md", SENTENCES[4], -9.0)
    assert SENTENCES[4] not in read_beside(index, piece(index, "four.md", SENTENCES[3], 1.0), read)


def test_another_section_is_not_beside(index: Index) -> None:
    found = read_beside(index, piece(index, "bourg.md", "Le lavoir est vide.", 1.0))
    assert found == ["On l’a vidé hier."]
