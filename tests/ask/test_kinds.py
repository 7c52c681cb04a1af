"""Small talk, questions about the dossier, follow-ups: recognised by their form."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askdossier.ask import followups
from askdossier.ask.kinds import ABOUT_DOSSIER, small_talk, yes_or_no
from askdossier.ask.kinds.acronym import Acronym
from askdossier.ask.kinds.mentions import Mentions
from askdossier.ask.kinds.overview import Overview


def about_dossier(message: str) -> object:
    """What is asked about the dossier as a whole, if anything is."""
    asked = (kind.matches(message) for kind in ABOUT_DOSSIER)
    return next((one for one in asked if one is not None), None)


@pytest.mark.parametrize(
    ("message", "kind"),
    [
        ("bonjour", "greeting"),
        ("Bonsoir à tous !", "greeting"),
        ("Salut, ça va ?", "greeting"),
        ("Hello!", "greeting"),
        ("merci", "thanks"),
        ("Merci beaucoup !", "thanks"),
        ("thank you so much", "thanks"),
        ("Parfait, merci", "thanks"),
        ("Au revoir", "farewell"),
        ("Bye!", "farewell"),
        ("que sais-tu faire ?", "help"),
        ("Qui êtes-vous ?", "help"),
        ("Comment ça marche ?", "help"),
        ("What can you do?", "help"),
        ("aide", "help"),
    ],
)
def test_small_talk(message: str, kind: str) -> None:
    assert small_talk.matches(message) == kind


@pytest.mark.parametrize(
    "message",
    [
        "Bonjour, qui dirige l’atelier ?",
        "Qui a dit merci au maire ?",
        "Que sait faire la machine ?",
        "Qui est Maëlle ?",
        "Merci de dire quand le pont a rouvert",
        "Hello Kitty est-elle une marque déposée ?",
        "",
    ],
)
def test_a_question_is_not_small_talk(message: str) -> None:
    assert small_talk.matches(message) is None


@pytest.mark.parametrize(
    "question",
    [
        "Le maire a-t-il démissionné ?",
        "Est-ce que le maire a démissionné ?",
        "En 2024, est ce qu’il a démissionné ?",
        "Et le maire, a-t-il démissionné ?",
        "Le maire est il parti ?",
        "Y a t'il des bancs au port ?",
        "La guilde a t elle un registre ?",
        "Peut-on louer un vélo ?",
        "Dois-je retirer mes images ?",
        "N'est-il pas malade ?",
        "Est-ce un pont ?",
        "Le chantier a-t-il changé ce que l’on voit du port ?",
        "Le maire dit-il que la ville est ruinée ?",
        "Does the guild ask its members to register?",
        "Under French law, can a style be protected?",
        "Hasn't the grant been renewed?",
        "Can't consent be withdrawn?",
        "L'atelier qui a ouvert en 2011 emploie-t-il des salariés ?",
        "Le collectif, qui compte 480 adhérents, reçoit-il des dons ?",
        "Quand on retire ses images, est-on protégé ?",
        "La ville où il est né a-t-elle changé ?",
        "Quel que soit le vote, le maire part-il ?",
        "Le maire a-t-il dit ou écrit que la ville est ruinée ?",
        "Le pont est-il ouvert ? (à propos de : Qui a construit le pont)",
    ],
)
def test_questions_that_are_answered_by_yes_or_no(question: str) -> None:
    assert yes_or_no.matches(question)


@pytest.mark.parametrize(
    "question",
    [
        "Qui est le maire ?",
        "À quelle heure part-il ?",
        "Quelle quantité d'eau la ville devrait-elle consommer ?",
        "Qu'est-ce que le maire a dit ?",
        "Qu'est ce que c'est ?",
        "Quand est-ce que le maire est parti ?",
        "Où est-il né ?",
        "Combien de salariés a-t-elle ?",
        "De qui tient-il la boutique ?",
        "Auxquels pense-t-il ?",
        "Et lui, qu'a-t-il dit ?",
        "Peux-tu me dire qui est le maire ?",
        "Est-ce que tu sais qui est le maire ?",
        "Peut-on savoir quand il est né ?",
        "L'article précise-t-il combien de bateaux sont partis ?",
        "What does he do?",
        "When was it?",
        "Can you tell me who won?",
        "Does the article say who won?",
        "Le prix du vélo",
        "Donne la liste des maires",
        "Explique ce qu'il a fait",
        "Donne-moi la liste des ponts, s'il te plaît",
        "Le montant dont elle dispose",
        "Peut-on avoir la liste des ponts ?",
        "Sait-on avec qui il part ?",
        "Is it known who won?",
        "Le pont a-t-il fermé quand ?",
        "Is the bridge open and since when?",
        "Dans ce dossier, qui l'auteur vise-t-il ?",
        "Will of the founder",
        "Le budget ? (à propos de : Le pont est-il ouvert)",
        "",
    ],
)
def test_questions_that_ask_for_more_than_yes_or_no(question: str) -> None:
    assert not yes_or_no.matches(question)


@pytest.mark.parametrize(
    "message",
    [
        "De quoi parlent ces documents ?",
        "de quoi parle le dossier",
        "Que contient ce dossier ?",
        "Quels sont les documents ?",
        "Liste les documents",
        "Résume-moi le dossier",
        "Résume tous les documents, un par un.",
        "Peux-tu me résumer l’ensemble des documents en quelques lignes ?",
        "Fais-moi une synthèse du dossier, s’il te plaît",
        "Résumé des documents",
        "Donne un bref aperçu de ces articles",
        "Présentez chacun des documents",
        "J’aimerais une vue d’ensemble de ce dossier",
        "Could you summarise all of these documents, one by one?",
        "Please give me a short overview of the dossier",
        "Combien de documents y a-t-il ?",
        "What are these documents about?",
        "List the documents",
        "How many documents are there?",
        "What is in this folder?",
    ],
)
def test_what_the_dossier_holds(message: str) -> None:
    assert about_dossier(message) == Overview()


@pytest.mark.parametrize(
    ("message", "phrase", "literal"),
    [
        ("Quels documents citent Canva ?", "Canva", False),
        ("Quels articles parlent de l'IA générative ?", "IA générative", False),
        ("Quelles pages mentionnent « le droit d’auteur » ?", "le droit d’auteur", True),
        ("Combien de textes évoquent la grève ?", "grève", False),
        ("Quel document parle du pont ?", "pont", False),
        ("Dans quels documents parle-t-on de la criée ?", "criée", False),
        ("Liste les documents qui citent Hélène Castaing", "Hélène Castaing", False),
        ("Which documents mention Orphélia?", "Orphélia", False),
        ("How many articles talk about the strike?", "strike", False),
        ("which document mentions “machine learning”?", "machine learning", True),
    ],
)
def test_which_documents_speak_of_something(message: str, phrase: str, literal: bool) -> None:
    assert about_dossier(message) == Mentions(phrase, literal)


@pytest.mark.parametrize(
    "message",
    [
        "De quoi parle le maire dans son discours ?",
        "Résume les documents du procès",
        "Fais une synthèse des articles sur la taxe",
        "Give me a summary of the documents on the tax",
        "Que dit le texte sur la pêche ?",
        "Quels documents faut-il fournir à la mairie ?",
        "Quelles sources d’énergie le port utilise-t-il ?",
        "Quels documents citent quoi ?",
        "Combien de documents la mairie a-t-elle publiés ?",
    ],
)
def test_other_questions_are_for_the_documents(message: str) -> None:
    assert about_dossier(message) is None


@pytest.mark.parametrize(
    "question",
    [
        "Et lui, qu'a-t-il dit ?",
        "pourquoi ?",
        "Et en 2024 ?",
        "développe",
        "Dis-m’en plus",
        "Quand a-t-elle publié son rapport ?",
        "Quel était son budget ?",
        "Où se trouve son siège ?",
        "Combien gagne-t-il ?",
        "Que demandent-ils ?",
        "Combien de signataires ?",
        "Et Ludimage ?",
        "Why?",
        "And in 2024?",
        "What did she say about it?",
        "What about the others?",
        "Tell me more",
        "How many harbours does it serve?",
        "Which studios refused to sell a copy of it?",
        "Where did they go?",
        "Combien de salariés compte-t-elle ?",
        "Dans quelle ville habite-t-il ?",
    ],
)
def test_questions_that_lean_on_the_one_before(question: str) -> None:
    assert followups.leans(question)


@pytest.mark.parametrize(
    "question",
    [
        "Qui a fondé Orphélia ?",
        "Pourquoi le studio a-t-il refusé l'offre ?",
        "Quelle est la position de la France sur son industrie ?",
        "Y a-t-il un risque pour les auteurs ?",
        "Faut-il taxer les machines ?",
        "Est-il vrai que le festival a été annulé ?",
        "Où se trouve le siège de la coopérative ?",
        "Qui est Hélène Castaing ?",
        "Combien de dessins comporte le film ?",
        "Is it true that artists sued the company?",
        "When did the harbour close?",
        "Is it possible to contest a decision?",
        "How long does it take to draw a film?",
        "Combien de jours les criées ont-elles fermé ?",
        "How much did the studio earn and who owned it?",
        "How many people does Orphélia employ and where are they?",
    ],
)
def test_questions_that_stand_alone(question: str) -> None:
    assert not followups.leans(question)


def test_a_rewritten_question_keeps_to_what_was_said() -> None:
    before = "Qui dirige l’atelier de Kerlann ? Maëlle Guivarc’h le dirige."
    question = "Depuis quand ?"

    def grounded(rewritten: str) -> bool:
        return followups.grounded(rewritten, question, before)

    assert grounded("Depuis quand Maëlle Guivarc’h dirige-t-elle l’atelier de Kerlann ?")
    assert not grounded("Depuis quand Maëlle Guivarc’h dirige-t-elle la criée de Port-Ellery ?")
    assert not grounded("Maëlle Guivarc’h dirige l’atelier depuis 1998.")
    assert not grounded("Depuis quand le dirige-t-elle ?")
    assert not grounded("")


def test_without_a_better_one_both_questions_are_said() -> None:
    assert (
        followups.joined("Pourquoi ?", "Qui part ?", "fr") == "Pourquoi ? (à propos de : Qui part)"
    )
    assert followups.joined("Why?", "Who leaves?", "en") == "Why? (about: Who leaves)"


def test_a_question_that_says_enough_is_said_with_the_names_of_the_one_before() -> None:
    question = "Combien d’argent a-t-elle demandé aux banques ?"
    before = "Depuis quand Maëlle Guivarc’h dirige-t-elle l’atelier de Kerlann ?"
    said = f"{question} (à propos de : Maëlle Guivarc’h, Kerlann)"
    assert followups.joined(question, before, "fr") == said
    before = "Depuis quand l’atelier est-il ouvert ?"
    assert followups.joined(question, before, "fr") == f"{question} (à propos de : {before[:-2]})"


def test_a_question_joined_before_says_what_it_was_about_and_not_itself() -> None:
    before = "Et quand ? (à propos de : Qui part)"
    assert followups.joined("Où ?", before, "fr") == "Où ? (à propos de : Qui part)"


@given(st.text(max_size=300))
def test_any_message_is_one_of_them(message: str) -> None:
    small_talk.matches(message)
    found = about_dossier(message)
    if isinstance(found, Mentions):
        assert found.phrase in message
    followups.leans(message)


@pytest.mark.parametrize("unit", ["de ", "qui ", "ça ", "la ", "'", "a-t-", "résume ", "merci "])
def test_long_messages_take_no_time(unit: str) -> None:
    """With a pattern that backtracks this would not end."""
    for opening in ("", "quels documents citent ", "merci ", "et ", "bonjour "):
        message = opening + unit * 2000
        small_talk.matches(message)
        about_dossier(message)
        followups.leans(message)


def test_a_rewritten_question_keeps_the_words_of_the_follow_up() -> None:
    before = "Quelles sont les trois revendications du collectif ? Le droit, la paix, le pain."
    question = "Veut-il interdire les machines ?"
    assert not followups.grounded(
        "Quelles sont les trois revendications du collectif ?", question, before
    )
    assert followups.grounded("Le collectif veut-il interdire les machines ?", question, before)


@pytest.mark.parametrize(
    ("message", "letters"),
    [
        ("Que signifie l’acronyme ONF ?", "ONF"),
        ("Que veut dire SPANC ?", "SPANC"),
        ("qu'est-ce que la TVA ?", "TVA"),
        ("C'est quoi le PLU", "PLU"),
        ("Quelle est la signification du sigle CCN ?", "CCN"),
        ("À quoi correspond le sigle S.P.L. ?", "S.P.L."),
        ("What does ESA stand for?", "ESA"),
        ("What is the meaning of the acronym “BID”?", "BID"),
    ],
)
def test_a_question_for_what_an_acronym_stands_for(message: str, letters: str) -> None:
    assert about_dossier(message) == Acronym(letters)


@pytest.mark.parametrize(
    "message",
    [
        "Qu'est-ce que l'atelier ?",
        "Qu'est-ce que l'ONF a décidé ?",
        "Que signifie cette décision de l'ONF ?",
        "What is the budget of ESA?",
    ],
)
def test_other_questions_ask_for_no_acronym(message: str) -> None:
    assert about_dossier(message) is None
