"""Sentences that say the same: likely pairs by fingerprint, and the strict comparison."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from askdossier.text import fingerprints, says_the_same, search_tokens

SAID = (
    "Le conseil municipal de Saint-Alban a voté lundi la réfection du vieux moulin, pour une "
    "dépense de 340 000 euros que la région Bretagne prendra pour moitié à sa charge."
)


@pytest.mark.parametrize(
    ("before", "after", "same"),
    [
        ("", "", True),
        ("a voté", "avait voté", True),
        ("340 000", "340\u202f000", True),
        ("vieux moulin,", "vieux moulin [3]", False),  # a figure more: not the same words
        ("lundi", "lundi dernier", True),
        ("340 000", "430 000", False),
        ("Saint-Alban", "Saint-Aubin", False),
        ("Bretagne", "Normandie", False),
        ("a voté", "n’a pas voté", False),
        ("pour une", "contre une", False),
        ("la réfection du vieux moulin", "la démolition de la vieille école", False),
    ],
)
def test_only_small_differences_are_passed_over(before: str, after: str, same: bool) -> None:
    other = SAID.replace(before, after, 1)
    assert says_the_same(SAID, other, "fr") is same
    assert says_the_same(other, SAID, "fr") is same


def test_short_sentences_are_not_compared() -> None:
    assert not says_the_same("Il a dit oui.", "Il a dit oui.", "fr")
    assert not fingerprints(["Il a dit oui."], "fr").any()


_WORDS = st.lists(st.sampled_from([f"{a}{b}ou" for a in "bcdfgl" for b in "aeiou"]), max_size=30)


@given(_WORDS, _WORDS)
def test_fingerprints_find_what_says_the_same(some: list[str], more: list[str]) -> None:
    first, second = " ".join(some), " ".join([*some, *more[:1]])
    assume(len(set(search_tokens(first, {"fr"}))) >= 5)
    assert says_the_same(first, " ".join(reversed(some)), "fr")
    marks = fingerprints([first, " ".join(reversed(some)), second, "tout autre chose"], "fr")
    assert (marks[0] == marks[1]).all()
    assert marks.shape == (4, 8)


def test_nearly_all_alike_pairs_are_found_and_few_others() -> None:
    words = [f"mot{chr(97 + i % 26)}{chr(97 + i // 26)}" for i in range(400)]
    sentences = [" ".join(words[i : i + 20]) for i in range(0, 380)]
    marks = fingerprints(sentences, "fr")
    near = [(marks[i] == marks[i + 1]).any() for i in range(379)]  # 19 of 21 words shared: 0.90
    far = [(marks[i] == marks[i + 14]).any() for i in range(366)]  # 6 of 34: 0.18
    assert sum(near) >= 0.99 * len(near)
    assert sum(far) <= 0.15 * len(far)
