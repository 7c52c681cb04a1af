"""What a sentence announces belongs to a list; the sentence itself names no item of it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

from askdossier.ask import pieces
from askdossier.ask.case import Case
from askdossier.ask.pieces import announced
from askdossier.ask.pieces.choose import Choosing, Piece
from askdossier.core import Evidence, Span
from askdossier.index import Index
from askdossier.settings import Settings
from fakes import FakeEmbedder
from small_dossier import dossier_of, write

FILES = {
    "tribune.md": "# Tribune\n\nLa tribune, signée par 1 240 habitants, est à la mairie.\n\n"
    "Ses auteurs présentent trois demandes au conseil.\n\nTrois demandes :\n\n"
    "- Le maintien du marché.\n- Des emplacements gratuits.\n- Une place à la commission.\n\n"
    "La mairie n’a pas répondu.\n",
    "conseil.md": "# Conseil\n\nPlusieurs arguments ont été avancés contre la fermeture. "
    "Le marché fait vivre quarante familles. La halle a été rénovée. Il pleuvait ce soir-là.\n\n"
    "Les arguments pour le pont sont le prix, le bruit, la poussière.\n",
    "works.md": "# Works\n\nThe engineers gave four reasons for closing the bridge. The deck has "
    "cracked. Its railings are too low. The pier is sinking. The lamps are out.\n\n"
    "Three reasons spoke for it.\n\nThe bridge is long.\n",
}
DEMANDS = [
    "- Le maintien du marché.",
    "- Des emplacements gratuits.",
    "- Une place à la commission.",
]
REASONS = [
    "The deck has cracked.",
    "Its railings are too low.",
    "The pier is sinking.",
    "The lamps are out.",
]
ASKED = {
    "tribune.md": "Quelles sont les demandes de la tribune ?",
    "conseil.md": "Quels arguments ont été avancés contre la fermeture ?",
    "works.md": "What are the reasons for closing the bridge?",
}


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory, quick_syncs: None) -> Index:
    folder: Path = tmp_path_factory.mktemp("announced")
    write(folder / "corpus", FILES)
    settings = Settings(corpus=folder / "corpus", index=folder / "index")
    dossier_of(settings).sync()
    return Index.open(settings.index, FakeEmbedder().name)


def choosing(index: Index, document: str, **odds: float) -> Choosing:
    """Sentences by a word of theirs."""
    body = index.documents[document].text
    spans = [span for one in index.passages_of(document) for span in one.sentences]
    found = [
        Piece(Evidence(document, span, span.of(body), 1.0, ""), value)
        for word, value in odds.items()
        for span in spans
        if word in span.of(body)
    ]
    return Choosing(tuple(sorted(found, key=lambda one: -one.odds)), 0.9)


def told(index: Index, document: str, chosen: Choosing) -> tuple[list[str], list[str]]:
    """Quotes of what belongs, as they stand, and of what may."""
    after = pieces.listed(ASKED[document])(index, chosen)
    sure = sorted(after.sure, key=lambda one: one.evidence.span)
    return [one.evidence.quote.strip() for one in sure], [
        one.evidence.quote for one in after.doubtful
    ]


def to_judge(index: Index, document: str, chosen: Choosing) -> list[str]:
    case = SimpleNamespace(index=index, query=SimpleNamespace(text=ASKED[document]))
    return [one.quote for one in pieces.followed(cast("Case", case), chosen)]


def test_the_list_that_is_announced_belongs_and_what_announces_it_does_not(index: Index) -> None:
    chosen = choosing(index, "tribune.md", auteurs=5.0, signée=4.5, place=3.6)
    sure, doubtful = told(index, "tribune.md", chosen)
    assert [one.lstrip("- ") for one in sure] == [one.lstrip("- ") for one in DEMANDS]
    assert len(doubtful) == 2 and not to_judge(index, "tribune.md", chosen)


def test_as_many_sentences_as_are_announced_belong(index: Index) -> None:
    sure, doubtful = told(index, "works.md", choosing(index, "works.md", engineers=5.0, long=1.0))
    assert sure == REASONS and "four reasons" in doubtful[0]


def test_where_no_number_tells_which_they_are_judged_by_themselves(index: Index) -> None:
    chosen = choosing(index, "conseil.md", Plusieurs=5.0, familles=-3.0)
    assert len(to_judge(index, "conseil.md", chosen)) == 3
    judged = choosing(index, "conseil.md", familles=2.0, halle=1.5, pleuvait=-2.0)
    sure, doubtful = told(index, "conseil.md", chosen.joined(judged))
    assert sure == ["Le marché fait vivre quarante familles.", "La halle a été rénovée."]
    assert any("Plusieurs arguments" in quote for quote in doubtful)


@pytest.mark.parametrize(
    ("document", "word"),
    [("conseil.md", "poussière"), ("works.md", "Three"), ("tribune.md", "répondu")],
)
def test_what_names_its_items_or_has_none_behind_it_stays(
    index: Index, document: str, word: str
) -> None:
    chosen = choosing(index, document, **{word: 5.0})
    sure, _ = told(index, document, chosen)
    assert len(sure) == 1 and word in sure[0] and not to_judge(index, document, chosen)


def test_what_announces_is_not_told_before_its_items_are_judged(
    index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = choosing(index, "conseil.md", Plusieurs=5.0, familles=-3.0)
    items = choosing(index, "conseil.md", familles=2.0, halle=1.5, pleuvait=-2.0)
    given = [alone, replace(items, confidence=0.95)]
    monkeypatch.setattr(announced, "chosen", lambda case, found: given.pop(0))
    text = ASKED["conseil.md"]
    case = SimpleNamespace(index=index, query=SimpleNamespace(text=text), stopped=lambda: False)
    judged = pieces.choosing_items(cast("Case", case), ())
    assert judged.confidence == alone.confidence  # that of the items alone says nothing of all
    sure, _ = told(index, "conseil.md", judged)
    assert sure == ["Le marché fait vivre quarante familles.", "La halle a été rénovée."]


def test_span_order_is_kept_for_what_is_announced(index: Index) -> None:
    after = pieces.listed(ASKED["works.md"])(index, choosing(index, "works.md", engineers=5.0))
    assert all(isinstance(one.evidence.span, Span) and one.listed for one in after.sure)
