"""How sentences define a term, and sentences that only speak of it."""

from __future__ import annotations

import pytest

from askdossier.ask.defining import Way, way
from askdossier.ask.kinds import definition

CASES: tuple[tuple[str, str, str, Way | None], ...] = (
    ("pass numérique", "Le pass numérique est un carnet de chèques.", "fr", "said"),
    ("pass numérique", "Les pass numériques sont des carnets de chèques.", "fr", "said"),
    (
        "Verre-Vif",
        "L’association Verre-Vif est la plus ancienne ressourcerie du canton.",
        "fr",
        "said",
    ),
    ("pacage", "Le terme « pacage » désigne une pâture.", "fr", "said"),
    ("pacage", "Le pacage consiste à laisser les bêtes dans un pré.", "fr", "said"),
    ("tiers-lieu", "On appelle tiers-lieu un espace partagé.", "fr", "said"),
    ("pacage", "Par pacage, on entend une pâture commune.", "fr", "said"),
    ("pacage", "Le pacage, qui est un droit ancien, reste vivant.", "fr", "said"),
    ("pacage", "Le pacage, pratiqué depuis 1200, est un droit ancien.", "fr", "said"),
    ("pacage", "- Pacage : droit de faire paître ses bêtes.", "fr", "entry"),
    ("pacage", "Pacage | droit de faire paître ses bêtes", "fr", "entry"),
    ("Verre-Vif", "Verre-Vif, association créée en 2010, recycle le verre.", "fr", "apposition"),
    ("Anne Roux", "Le comité a reçu Anne Roux, maire de Givet, lundi.", "fr", "apposition"),
    ("Anne Roux", "La présidente de la chorale, Anne Roux, a signé.", "fr", "apposition"),
    ("Verre-Vif", "Verre-Vif (une association de Sardon) recycle.", "fr", "brackets"),
    ("Paul Durand", "Le maire Paul Durand a signé.", "fr", "title"),
    ("commons", "The commons is a piece of land that everybody shares.", "en", "said"),
    ("commoning", "Commoning means sharing land.", "en", "said"),
    ("Mary Hill", "Mary Hill, a lawyer from Leeds, signed.", "en", "apposition"),
    ("pacage", "Le pacage n’est pas une pâture.", "fr", None),
    ("pacage", "Le pacage est-il un droit ?", "fr", None),
    ("pacage", "Le pacage est interdit.", "fr", None),
    ("pacage", "Le prix du pacage est une honte.", "fr", None),
    ("pacage", "Selon le maire, le pacage sera interdit.", "fr", None),
    ("Verre-Vif", "Verre-Vif, lundi, a fermé.", "fr", None),
    ("Givet", "Givet (Ardennes) a fermé sa piscine.", "fr", None),
    ("Anne Roux", "Anne Roux (54 ans) a signé.", "fr", None),
    ("Anne Roux", "Anne Roux, Paul Durand et Jean Petit ont signé.", "fr", None),
    ("Anne Roux", "Anne Roux a annoncé la fermeture.", "fr", None),
    ("Givet", "À Givet, la piscine est un gouffre.", "fr", None),
    ("pacage", "Pacage : interdit.", "fr", None),
    ("commons", "The commons is closed.", "en", None),
    ("commons", "The price of the commons is a scandal.", "en", None),
)


@pytest.mark.parametrize(("term", "sentence", "language", "expected"), CASES)
def test_the_way_a_sentence_defines_a_term(
    term: str, sentence: str, language: str, expected: Way | None
) -> None:
    assert way(sentence, term, language) == expected


@pytest.mark.parametrize(
    ("question", "term", "surely"),
    [
        ("Qu'est-ce que le pass numérique ?", "pass numérique", True),
        ("Qu’est-ce qu’un tiers-lieu ?", "tiers-lieu", True),
        ("Que signifie « pacage » ?", "pacage", True),
        ("Définition de pacage", "pacage", True),
        ("Quelle est la définition du pacage ?", "pacage", False),
        ("C'est quoi le pacage ?", "pacage", False),
        ("What is commoning?", "commoning", True),
        ("What is the meaning of commoning?", "commoning", True),
        ("What is the budget?", "budget", False),
        ("What is a bridge of stone?", "bridge of stone", False),
        ("Define commoning", "commoning", True),
        ("Qui est Anne Roux ?", "Anne Roux", False),
        ("Who is Mary Hill?", "Mary Hill", False),
    ],
)
def test_questions_for_a_definition(question: str, term: str, surely: bool) -> None:
    assert definition.matches(question) == definition.Definition(term, surely)


@pytest.mark.parametrize(
    "question",
    [
        "Qu'est-ce que le maire a promis ?",
        "Qui est le maire de Givet ?",
        "Qui a signé ?",
        "Who is in charge of the pool?",
        "Combien coûte le pass numérique ?",
        "Qu'est-ce que le conseil municipal de Valombre reproche à la société des eaux ?",
        "Bonjour",
    ],
)
def test_questions_for_something_else(question: str) -> None:
    assert definition.matches(question) is None
