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


FROST = "En cas de gel, la passerelle est fermée au public."
STORM = "In case of storm, the pier is closed to visitors."
AMATEURS = "La pêche au thon rouge est interdite aux amateurs."
WOLF = "Le loup est protégé en Suisse."
SUMMER = "La bibliothèque est ouverte le dimanche en été."
WINTER = "In winter, the hostel is closed on weekdays."
ABROAD = "En Belgique, le vote est obligatoire."
SCOTLAND = "In Scotland, the otter is protected by law."
BUT_ONE = "Tous les villages, à l'exception de Torcy, ont voté le budget."
BUT_ONE_EN = "All shops except the bakery closed on Monday."
MAIN = "Les principales espèces du marais sont le héron et la loutre."
MAIN_EN = "The main crops of the valley are barley and oats."
CLOSED_THEN = "En 2019, la salle était fermée."
HARD_HAT = "Le casque est obligatoire depuis le 3 mai."

NARROWED = [
    ("La passerelle est fermée au public.", FROST, "en cas de gel"),
    ("The pier is closed to visitors.", STORM, "in case of storm"),
    ("La pêche au thon rouge est interdite.", AMATEURS, "aux amateurs"),
    ("Le loup est protégé.", WOLF, "en suisse"),
    ("La bibliothèque est ouverte le dimanche.", SUMMER, "en été"),
    ("The hostel is closed on weekdays.", WINTER, "in winter"),
    ("Le vote est obligatoire.", ABROAD, "belgique"),
    ("The otter is protected by law.", SCOTLAND, "in scotland"),
    ("Tous les villages ont voté le budget.", BUT_ONE, "torcy"),
    ("Les villages ont voté le budget.", BUT_ONE, "torcy"),
    ("All shops closed on Monday.", BUT_ONE_EN, "except the bakery"),
    ("Les espèces du marais sont le héron et la loutre.", MAIN, "principales espèces"),
    ("The crops of the valley are barley and oats.", MAIN_EN, "main crops"),
    ("La salle est fermée.", CLOSED_THEN, "était"),
]
AS_WIDE = [
    ("La passerelle est fermée au public s'il gèle.", FROST),
    ("The pier is closed to visitors when there is a storm.", STORM),
    ("Les amateurs ont l'interdiction de pêcher le thon rouge.", AMATEURS),
    ("En Suisse, le loup est protégé.", WOLF),
    ("En été, la bibliothèque est ouverte le dimanche.", SUMMER),
    ("The hostel is closed on weekdays in winter.", WINTER),
    ("Le vote est obligatoire en Belgique.", ABROAD),
    ("Tous les villages sauf Torcy ont voté le budget.", BUT_ONE),
    ("Le héron et la loutre sont les principales espèces du marais.", MAIN),
    ("La salle était fermée en 2019.", CLOSED_THEN),
    # What happened once, or is told of a name, is as true without its place.
    ("Le maire a interdit la baignade.", "Le maire a interdit la baignade à Torcy."),
    ("Le musée Gadagne expose 300 masques.", "À Lyon, le musée Gadagne expose 300 masques."),
    ("Le musée expose 300 masques.", "Le musée expose 300 masques à Lyon."),
    # Since when, by what and why limit nothing.
    ("Le casque est obligatoire.", HARD_HAT),
    ("La chasse est interdite.", "La chasse est interdite par arrêté préfectoral."),
    ("La vente est interdite.", "La vente est interdite pour des raisons de sécurité."),
    ("La rue est fermée.", "La rue principale est fermée."),
]


@pytest.mark.parametrize(("claim", "source", "words"), NARROWED)
def test_what_holds_in_some_cases_is_not_told_of_all(claim: str, source: str, words: str) -> None:
    found = problem(extent.check, claim, [source])
    assert found is not None and found.gravity == "partly"
    assert words in found.reason.lower()


@pytest.mark.parametrize(("claim", "source"), AS_WIDE)
def test_what_limits_nothing_may_be_left_out(claim: str, source: str) -> None:
    assert problem(extent.check, claim, [source]) is None


def test_what_the_question_or_a_title_says_need_not_be_said_again() -> None:
    claim = "Le loup est protégé."
    assert (
        problem(extent.check, claim, [WOLF], question="Le loup est-il protégé en Suisse ?") is None
    )
    assert problem(extent.check, claim, [WOLF], title="La faune de la Suisse") is None
    assert problem(extent.check, claim, [WOLF], title="La faune") is not None
