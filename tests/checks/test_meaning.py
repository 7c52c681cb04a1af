"""The cited words must say what the sentence says."""

from __future__ import annotations

import pytest

from askdossier.verify.checks import meaning
from verify_cases import problem

COOP = "La coopérative Les Amandiers emploie 42 personnes à Nantes."


@pytest.mark.parametrize(
    ("sentence", "gravity"),
    [
        (COOP, None),
        ("À Nantes, la coopérative emploie 42 personnes.", None),
        (
            "La coopérative emploie 42 personnes, verse des salaires décents et prospère.",
            "partly",
        ),
        ("Le budget dépend surtout des subventions.", "unsupported"),
        ("Oui.", "unsupported"),
        ("Tomorrow the market will open again.", "unsupported"),
    ],
)
def test_how_much_of_it_is_said(sentence: str, gravity: str | None) -> None:
    found = problem(meaning.check, sentence, [COOP])
    assert (found.gravity if found else None) == gravity
