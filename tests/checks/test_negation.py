"""What is denied on one side must not be affirmed on the other."""

from __future__ import annotations

import pytest

from askdossier.verify.checks import negation
from verify_cases import problem

UNION = "L'alliance n'est pas un parti ordinaire."


@pytest.mark.parametrize(
    ("source", "sentence", "gravity"),
    [
        (UNION, UNION, None),
        (UNION, "L’alliance n’est pas un parti.", None),
        (UNION, "L'alliance est un parti ordinaire.", "unsupported"),
        ("Aucun accord n'a été signé.", "Un accord a été signé.", "unsupported"),
        ("Le studio agit sans autorisation.", "Le studio agit avec autorisation.", "unsupported"),
        ("Il refuse de signer l'accord.", "Il ne signe pas l'accord.", None),
        ("La saison n'a pas réussi à Metz, et Doria est parti.", "Doria est parti de Metz.", None),
        (
            "Il est parti sans être placé en garde à vue.",
            "Il est parti mais n'a pas été placé en garde à vue.",
            None,
        ),
        ("The museum charges visitors.", "The museum doesn't charge visitors.", "unsupported"),
        ("The museum never closes.", "The museum closes.", "unsupported"),
        ("La lettre a été signée par 500 créateurs.", "The letter was never signed.", "partly"),
        ("La lettre a été signée par 500 créateurs.", "The letter was signed.", None),
    ],
)
def test_a_contradiction_is_seen(source: str, sentence: str, gravity: str | None) -> None:
    found = problem(negation.check, sentence, [source])
    assert (found.gravity if found else None) == gravity
    assert found is None or ("contraire" in found.reason or "opposite" in found.reason)
