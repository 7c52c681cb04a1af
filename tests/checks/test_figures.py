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
