"""A sentence may reach no farther than its source."""

from __future__ import annotations

import pytest

from askdossier.verify.checks import extent
from verify_cases import problem

MOST = "La plupart des commerçants de la rue Haute ferment le lundi."
MOST_EN = "Most members of the rowing club train at dawn."
SOME = "Certains élèves apprennent le tissage."
PART = "L'antenne de Cluny a reçu 7 800 euros."
PART_EN = "The northern branch raised 640 dollars."
AMONG = "La tour Saint-Gilles est l'une des plus hautes du pays."
AMONG_EN = "The mill is one of the oldest in the county."
BORN = "Lise Amaury est née en 1950 et Jeanne Amaury en 1954."
TALL = "The oak is nine metres tall and the elm is seven metres tall."
BAKER = "Le boulanger du hameau livre le pain."
BAKER_EN = "The blacksmith repairs the gates."

MAJORITY = "La majorité des parents approuvent le projet."
MAJORITY_EN = "The majority of the parents approve the plan."
APIECE = "Les deux clubs reçoivent 8 000 euros chacun."
APIECE_EN = "The two clubs receive 8,000 euros each."

FARTHER = [
    ("Les parents approuvent le projet.", MAJORITY, "la majorité"),
    ("Tous les parents approuvent le projet.", MAJORITY, "tous"),
    ("The parents approve the plan.", MAJORITY_EN, "the majority"),
    ("Les deux clubs reçoivent 8 000 euros au total.", APIECE, "au total"),
    ("The two clubs receive 8,000 euros in total.", APIECE_EN, "in total"),
    ("Tous les commerçants de la rue Haute ferment le lundi.", MOST, "tous"),
    ("Les commerçants de la rue Haute ferment le lundi.", MOST, "la plupart"),
    ("All members of the rowing club train at dawn.", MOST_EN, "all"),
    ("Tous les élèves apprennent le tissage.", SOME, "tous"),
    ("L'antenne de Cluny a reçu 7 800 euros en tout.", PART, "en tout"),
    ("The northern branch raised 640 dollars in total.", PART_EN, "in total"),
    ("La tour Saint-Gilles est la plus haute du pays.", AMONG, "la plus"),
    ("The mill is the oldest in the county.", AMONG_EN, "oldest"),
    ("Jeanne Amaury est plus jeune, mieux que Lise Amaury.", BORN, "mieux"),
    ("The oak is taller than the elm.", TALL, "than"),
    ("Seul le boulanger du hameau livre le pain.", BAKER, "seul"),
    ("Only the blacksmith repairs the gates.", BAKER_EN, "only"),
    ("Le boulanger du hameau livre toujours le pain.", BAKER, "toujours"),
    ("The blacksmith always repairs the gates.", BAKER_EN, "always"),
]
NO_FARTHER = [
    ("Une majorité de parents approuve le projet.", MAJORITY),
    ("58 % des parents approuvent le projet.", "La majorité des parents, 58 %, l'approuvent."),
    ("Chaque club reçoit 8 000 euros.", APIECE),
    ("Tous les clubs reçoivent 8 000 euros.", "Chaque club reçoit 8 000 euros."),
    ("Chaque club reçoit 8 000 euros.", "Tous les clubs reçoivent 8 000 euros."),
    ("Each club receives 8,000 euros.", "All clubs receive 8,000 euros."),
    ("La majorité des commerçants de la rue Haute ferment le lundi.", MOST),
    ("Des commerçants de la rue Haute ferment le lundi.", MOST),
    ("Many members of the rowing club train at dawn.", MOST_EN),
    ("Quelques élèves apprennent le tissage.", SOME),
    ("7 800 euros ont été reçus par l'antenne de Cluny.", PART),
    ("The branch raised 640 dollars.", PART_EN),
    ("La tour Saint-Gilles compte parmi les plus hautes du pays.", AMONG),
    ("One of the oldest in the county is the mill.", AMONG_EN),
    ("Lise Amaury est née en 1950.", BORN),
    ("The oak is nine metres tall.", TALL),
    ("C'est le boulanger du hameau qui livre le pain.", BAKER),
    ("The gates are repaired by the blacksmith.", BAKER_EN),
    ("Chaque année, la foire attire du monde.", "La foire annuelle attire du monde."),
]


@pytest.mark.parametrize(("claim", "source", "words"), FARTHER)
def test_a_sentence_that_says_more_is_supported_in_part(
    claim: str, source: str, words: str
) -> None:
    found = problem(extent.check, claim, [source])
    assert found is not None and found.gravity == "partly"
    assert words in found.reason.lower()


@pytest.mark.parametrize(("claim", "source"), NO_FARTHER)
def test_a_sentence_that_says_as_much_stands(claim: str, source: str) -> None:
    assert problem(extent.check, claim, [source]) is None
