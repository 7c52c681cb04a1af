"""Figures must agree as values, with their units; a bound that differs is a doubt."""

from __future__ import annotations

import pytest

from askdossier.verify.checks import figures
from verify_cases import problem

LETTER = "La lettre ouverte a été signée par plus de 500 créateurs en mars 2025."


@pytest.mark.parametrize(
    ("source", "sentence", "reason"),
    [
        (LETTER, "La lettre a été signée par plus de 500 créateurs.", ""),
        (LETTER, "La lettre a été signée par plus de cinq cents créateurs.", ""),
        (LETTER, "La lettre a été signée par plus de 700 créateurs.", "700"),
        (LETTER, "La lettre a été signée en avril 2025.", "avril"),
        ("Le bail dure 75 ans.", "Le bail dure 3 ans.", "3 ans ≠ 75 ans"),
        ("Le bail dure 75 ans.", "Le bail dure 75 mois.", "« 75 mois » n’est pas dans la source"),
        ("Le taux est de 12.", "Le taux est de 12 %.", "12 %"),
        ("The museum opened in 1984.", "The museum opened in 1994.", "1994 ≠ 1984"),
        # The unit is said once, before or behind.
        ("Le loyer passe de 640 à 710 euros.", "Le loyer était de 640 euros.", ""),
        ("Il faut 22 minutes à pied, en bus 31.", "Il faut 31 minutes en bus.", ""),
        ("The walk takes 22 minutes, the bus 31.", "The bus takes 31 minutes.", ""),
        ("Il a mis 22 minutes, en 2021.", "Il a mis 2021 minutes.", "2021 minutes"),
        # Roundly, and said so.
        ("487 habitants ont signé.", "Près de 500 habitants ont signé.", ""),
        ("430 habitants ont signé.", "Près de 500 habitants ont signé.", "500 ≠ 430"),
        ("487 habitants ont signé.", "500 habitants ont signé.", "500 ≠ 487"),
        ("487 habitants ont signé.", "Plus de 480 habitants ont signé.", ""),
        ("487 habitants ont signé.", "Plus de 490 habitants ont signé.", "490 ≠ 487"),
        ("487 residents signed.", "Less than 490 residents signed.", ""),
        ("492 residents signed.", "Less than 490 residents signed.", "490 ≠ 492"),
        ("Le moulin date de 1983.", "Le moulin date d'environ 1980.", "1980"),
        ("Environ 500 habitants ont signé.", "Près de 490 habitants ont signé.", "490 ≠ 500"),
        ("The museum is old.", "The museum opened in 1994.", "“1994” is not in the source"),
    ],
)
def test_a_figure_stands_there_or_is_named(source: str, sentence: str, reason: str) -> None:
    found = problem(figures.check, sentence, [source])
    assert (found is None) is (not reason)
    assert found is None or (found.gravity == "unsupported" and reason in found.reason)


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [
        ("La lettre ouverte a été signée par plus de 500 créateurs.", ""),
        ("La lettre ouverte a été signée par moins de 500 créateurs.", "< 500 ≠ > 500"),
        ("La lettre ouverte a été signée par 500 créateurs.", "500 ≠ > 500"),
        ("La lettre ouverte a été signée par environ 500 créateurs.", "≈ 500 ≠ > 500"),
    ],
)
def test_another_bound_is_a_doubt(sentence: str, reason: str) -> None:
    found = problem(figures.check_bounds, sentence, [LETTER])
    assert (found.reason if found else "") == reason
    assert found is None or found.gravity == "partly"


@pytest.mark.parametrize(
    ("source", "sentence", "reason"),
    [
        ("Le chantier durera entre cinq et sept mois.", "Il durera de cinq à sept mois.", ""),
        ("Le chantier durera de cinq à sept mois.", "Il durera entre cinq et sept mois.", ""),
        ("Il coûte entre 5 000 et 40 000 euros.", "Il coûte entre 5 et 40 mille euros.", ""),
        (
            "Le chantier durera entre cinq et sept mois.",
            "Il durera cinq mois.",
            "cinq mois ≠ > cinq",
        ),
        ("487 habitants ont signé.", "Près de 500 habitants ont signé.", ""),
    ],
)
def test_a_range_and_a_round_figure_are_no_other_bound(
    source: str, sentence: str, reason: str
) -> None:
    found = problem(figures.check_bounds, sentence, [source])
    assert (found.reason if found else "") == reason
