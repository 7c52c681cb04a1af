"""The pairs that belonging is measured on: written by hand, and how others are made by script."""

from __future__ import annotations

import random
import re
from collections import Counter, defaultdict

import pytest
import spacy

import swaps
from belonging import by_hand
from swaps.passages import PIPELINES, Read


@pytest.mark.parametrize(("lang", "wanted"), [("fr", 120), ("en", 60)])
def test_pairs_by_hand_have_both_labels_in_every_kind_and_split(lang: str, wanted: int) -> None:
    found = by_hand(lang)
    assert len(found) == wanted
    assert len({(pair.claim, pair.sources) for pair in found}) == wanted
    labels: dict[tuple[str, str], Counter[bool]] = defaultdict(Counter)
    for pair in found:
        labels[pair.kind, pair.split][pair.supported] += 1
    assert all(count[True] == count[False] for count in labels.values())
    assert Counter(pair.split for pair in found) == {"dev": wanted // 2, "test": wanted // 2}


def test_the_third_pairs_have_both_labels_of_every_kind_in_both_splits() -> None:
    for lang, wanted in (("fr", 64), ("en", 20)):
        found = by_hand(f"third.{lang}")
        assert len(found) == wanted
        counted = Counter((pair.kind, pair.split, pair.supported) for pair in found)
        assert set(counted.values()) == {1}
        assert len(counted) == wanted


def test_a_source_is_in_one_split_and_no_claim_repeats_its_source() -> None:
    for name in (*PIPELINES, "third.fr", "third.en"):
        splits = defaultdict(set)
        for pair in by_hand(name):
            splits[pair.sources].add(pair.split)
            repeated = any(pair.claim.rstrip(".") in source.text for source in pair.sources)
            assert not repeated or name not in PIPELINES
        assert all(len(held) == 1 for held in splits.values())


PASSAGE = (
    "En 1907, Émile Vasseur fonda la verrerie de Bligny. Louis Carpentier, ingénieur des mines, "
    "dirigea la verrerie en 1921 et engagea 140 ouvriers. Le four n'a pas été rallumé après la "
    "guerre. Selon l'historien Jean Tavernier, la verrerie fournissait les pharmacies de Lyon. "
    "Plusieurs ouvriers refusèrent de quitter la commune."
)


@pytest.fixture(scope="module")
def made() -> list[tuple[str, str, bool]]:
    doc = spacy.load(PIPELINES["fr"])(PASSAGE)
    read = Read("Bligny", "fr", PASSAGE, doc, random.Random(1))
    return [
        (one.kind, one.claim, one.supported)
        for maker in swaps.MAKERS["fr"]
        for one in maker(read)
        if not one.sources
    ]


@pytest.mark.parametrize(
    ("kind", "claim", "supported"),
    [
        ("apposition", "Louis Carpentier est ingénieur des mines.", True),
        ("negation dropped", "Le four a été rallumé après la guerre.", False),
        ("reported", "La verrerie fournissait les pharmacies de Lyon.", False),
        (
            "reported",
            "La verrerie fournissait les pharmacies de Lyon, selon l'historien Jean Tavernier.",
            True,
        ),
        ("refused", "Plusieurs ouvriers ont quitté la commune.", False),
        ("refused", "Plusieurs ouvriers n'acceptèrent pas de quitter la commune.", True),
        ("all of some", "Tous les ouvriers refusèrent de quitter la commune.", False),
        ("date moved", "Émile Vasseur fonda la verrerie de Bligny en 1907.", True),
    ],
)
def test_claims_by_script_say_what_their_label_says(
    made: list[tuple[str, str, bool]], kind: str, claim: str, supported: bool
) -> None:
    assert (kind, claim, supported) in made


def test_a_year_is_swapped_with_that_of_another_event(made: list[tuple[str, str, bool]]) -> None:
    claims = [claim for kind, claim, _ in made if kind == "year of another event"]
    assert claims
    for claim in claims:
        year = re.findall(r"\d{4}", claim)[0]
        assert year in PASSAGE
        assert claim not in PASSAGE
