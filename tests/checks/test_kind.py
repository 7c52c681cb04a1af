"""Who asks for a figure or a time gets one."""

from __future__ import annotations

import pytest

from askdossier.verify.checks import kind
from askdossier.verify.checks.kind import answers_in_kind, gives_figure, wants_figure
from verify_cases import problem

COUNTED = "La guilde compte 40 relieurs."


@pytest.mark.parametrize(
    ("question", "sentence", "stands"),
    [
        ("Combien de relieurs compte la guilde ?", COUNTED, True),
        ("Combien de relieurs compte la guilde ?", "La guilde réunit des relieurs.", False),
        ("Quand la guilde a-t-elle fermé ?", "La guilde a fermé au printemps.", True),
        ("Quand la guilde a-t-elle fermé ?", "La guilde a fermé.", False),
        ("Qui dirige la guilde ?", "La guilde a fermé.", True),
        ("", "La guilde a fermé.", True),
    ],
)
def test_a_sentence_of_another_kind_answers_something_else(
    question: str, sentence: str, stands: bool
) -> None:
    found = problem(kind.check, sentence, [COUNTED], question=question)
    assert (found is None) is stands
    assert found is None or (found.gravity, found.check) == ("elsewhere", "kind")


@pytest.mark.parametrize(
    ("question", "said", "answers"),
    [
        ("Combien de relieurs compte la guilde ?", "La guilde compte 40 relieurs.", True),
        ("Combien de relieurs compte la guilde ?", "Elle en compte une quarantaine.", True),
        ("Combien de relieurs compte la guilde ?", "La guilde n'en compte aucun.", True),
        ("Combien de relieurs compte la guilde ?", "La guilde réunit des relieurs.", False),
        ("Combien de relieurs en 2024 ?", "En 2024, la guilde a grandi.", False),
        ("Combien de relieurs compte la guilde ?", "Plusieurs récits courent là-dessus.", False),
        ("Combien de relieurs compte la guilde ?", "Elle réunit plusieurs jeunes relieurs.", True),
        ("Combien de relieurs compte la guilde ?", "Il y en a plusieurs.", True),
        ("Combien de relieurs compte la guilde ?", "Elle en réunit quelques centaines.", True),
        ("Combien de relieurs compte la guilde ?", "Peu de relieurs y sont restés.", True),
        ("Combien de relieurs compte la guilde ?", "On sait peu de choses sur elle.", False),
        ("Combien coûte l'entrée ?", "Le musée a peu à peu ouvert ses salles.", False),
        ("Quelle est la date de la foire ?", "On sait peu de choses sur elle.", False),
        ("Combien de temps dure la foire ?", "Elle dure plusieurs jours.", True),
        ("Combien de relieurs a formés la guilde ?", "Elle a formé tous ses relieurs.", True),
        ("Combien de relieurs sont restés ?", "La plupart des relieurs sont restés.", True),
        ("Combien de relieurs peut-elle inviter ?", "Autant de relieurs qu'elle le veut.", True),
        ("Combien de relieurs sont restés ?", "Tous les ateliers ont fermé.", False),
        ("Combien coûte l'entrée ?", "La plupart des salles sont ouvertes.", False),
        ("How many members may vote?", "All members of the guild may vote.", True),
        ("How many stamps may a member take?", "The number of stamps is unlimited.", True),
        ("How many members has the guild?", "Several stories are told.", False),
        ("Combien d'enfants a-t-elle ?", "Elle a un enfant.", True),
        ("Combien coûte l'entrée ?", "L'entrée est gratuite.", True),
        ("Combien de salariés a-t-elle ?", "Elle n'a pas de salarié.", True),
        ("Quels prix la guilde a-t-elle remportés ?", "Elle a remporté le prix du public.", True),
        ("Quel est le prix de la reliure ?", "La reliure est soignée.", False),
        ("Quel âge a Odile Guen ?", "Odile Guen est une relieuse.", False),
        ("Quelle est la date de la foire ?", "La foire a lieu le 3 mai.", True),
        ("How much did the guild raise?", "It raised a good deal.", False),
        ("In which year was the guild founded?", "The guild was founded by Odile Guen.", False),
        ("Who wrote the report in which the number is given?", "Odile Guen wrote it.", True),
        ("Which guild is the oldest?", "The guild of Sens is the oldest.", True),
        ("Qui dirige la guilde ?", "Odile Guen dirige la guilde.", True),
        ("Quand a-t-elle fermé ?", "Elle a fermé au printemps.", True),
        ("À combien s’élevait le bénéfice de Sens ?", "La guilde est une coopérative.", False),
        ("Combien d’argent a-t-elle reçu ?", "La guilde est une coopérative.", False),
        ("Combien de salles a la guilde ?", "La guilde a une salle.", True),
        ("Combien la guilde a-t-elle de salles ?", "La guilde a une salle.", True),
        ("Qu’est devenu le pont, et combien a-t-il coûté ?", "Le pont est tombé.", True),
        ("Combien de salles et combien d’élèves a-t-elle ?", "Elle grandit.", False),
        ("Combien de temps dure la visite ?", "La visite est une promenade.", False),
    ],
)
def test_who_asks_for_a_figure_gets_one(question: str, said: str, answers: bool) -> None:
    wanted = wants_figure(question)
    assert (not wanted or gives_figure(said, question)) is answers


def test_a_refusal_of_something_else_is_no_answer_to_how_much() -> None:
    question = "Quel est le budget annuel de la coopérative ?"
    assert not answers_in_kind("La coopérative n'exclut pas de demander une aide.", question)
    assert answers_in_kind("La coopérative n'a pas de budget annuel.", question)


@pytest.mark.parametrize(
    ("question", "answers"),
    [
        ("Quand le pont a-t-il rouvert ?", "Le pont a rouvert en 1951."),
        ("Quand le pont a-t-il rouvert ?", "Il a rouvert après la crue."),
        ("Quand le pont rouvrira-t-il ?", "La date n’est pas fixée."),
        ("Quand le parc ferme-t-il ?", "Le parc ferme quand il neige."),
        ("Quand est-elle fermée ?", "Elle est fermée les lundis."),
        ("Quand est-elle ouverte ?", "Elle est ouverte en été."),
        ("Depuis quand dort-elle ?", "Elle dort depuis le retour des chats."),
        ("When did the bridge open?", "The mayor said that during the strike it opened."),
        ("Combien de temps la foire dure-t-elle ?", "Elle dure toute une semaine."),
        ("Combien de temps la foire dure-t-elle ?", "Elle dure jusqu'à la nuit."),
        ("When does the park close?", "It closes at noon."),
        ("Until when is it closed?", "It is closed until the works are finished."),
    ],
)
def test_when_is_answered_by_a_time(question: str, answers: str) -> None:
    assert answers_in_kind(answers, question)


@pytest.mark.parametrize(
    ("question", "evades"),
    [
        ("Quand le pont a-t-il rouvert ?", "Le pont a été rouvert."),
        ("Quand dort-elle ?", "Elle dort cette même année."),
        ("Quand dort-elle ?", "Elle dort cette nuit-là."),
        ("Combien de temps la foire dure-t-elle ?", "La foire est une vieille fête."),
        ("When did the bridge open in 1951?", "It opened in 1951."),
        ("When did the bridge open?", "It opened that same year."),
    ],
)
def test_when_is_not_answered_by_anything_else(question: str, evades: str) -> None:
    assert not answers_in_kind(evades, question)


@pytest.mark.parametrize(
    "question",
    [
        "Que faire quand il pleut ?",
        "Quand il pleut, où se tient le marché ?",
        "Quand a-t-elle été élue et par qui ?",
        "When it comes to heating, what is said?",
        "Was it when the dam broke?",
    ],
)
def test_a_time_named_in_passing_is_not_asked_for(question: str) -> None:
    assert answers_in_kind("Le pont est ouvert.", question)
