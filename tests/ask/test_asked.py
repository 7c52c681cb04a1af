"""What a question names, whatever its form: two sides, who speaks, a term, two facts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askdossier import lang, text
from askdossier.ask import kinds
from askdossier.ask.asked import asked
from askdossier.ask.kinds import arithmetic, comparison, definition, sayings
from askdossier.ask.sides import sides


@pytest.mark.parametrize(
    ("question", "one", "other"),
    [
        # set against each other
        ("Que vaut le port par rapport à la criée ?", "le port", "la criée"),
        ("Orange face à Free pour la fibre", "Orange", "Free"),
        ("Le vaccin Noravax est-il mieux toléré que le Biopul ?",
         "Le vaccin Noravax", "le Biopul"),
        ("L'usine de Corbas emploie combien de personnes de plus que celle de Feyzin ?",
         "L'usine de Corbas", "usine de Feyzin"),
        ("how much more did the men get paid than the women", "the men", "the women"),
        ("dockers' pay vs railway workers' pay in 2024", "dockers' pay", "railway workers' pay"),
        # joined
        ("Entre le contrat de 2018 et celui de 2023, comment se comparent les délais ?",
         "le contrat de 2018", "contrat de 2023"),
        ("les subventions du théâtre et de l'orchestre", "le théâtre", "l'orchestre"),
        ("Que répond la direction et que répondent les salariés ?",
         "la direction", "les salariés"),
        ("Lequel est le plus haut, du barrage de Tignac ou de celui de Serre-Noire ?",
         "le barrage de Tignac", "barrage de Serre-Noire"),
        ("What is the gap between the director's salary and the curator's?",
         "the director's salary", "the curator's salary"),
        ("What changed between the first and the second draft?",
         "the first draft", "the second draft"),
        ("Nuance entre « résiliation » et « résolution »", "résiliation", "résolution"),
        ("By how much did the levy rise between 2015 and 2022?", "2015", "2022"),
        # beside each other by a preposition
        ("En quoi le nouveau règlement s'écarte-t-il de l'ancien ?",
         "le nouveau règlement", "l'ancien règlement"),
        ("What distinguishes the yellow form from the blue one?",
         "the yellow form", "the blue form"),
        ("De combien le budget de Mornac dépasse-t-il celui de Valcourt ?",
         "le budget de Mornac", "budget de Valcourt"),
        # parted by "of"
        ("Combien d'années séparent la création du club de sa dissolution ?",
         "la création du club", "sa dissolution"),
    ],
)  # fmt: skip
def test_two_sides(question: str, one: str, other: str) -> None:
    found = sides(question)
    assert found is not None and (found.one, found.other) == (one, other)


@pytest.mark.parametrize(
    "question",
    [
        "Qui a signé le bail ?",
        "Comment les deux rapports traitent-ils la question des nitrates ?",
        "total des subventions versées aux associations sportives en 2022",
        "Les deux expertises en vis-à-vis",
        "Put the two insurance policies side by side.",
        "Combien coûte le pont ?",
        "",
    ],
)
def test_no_two_sides(question: str) -> None:
    assert sides(question) is None


def test_what_else_is_named_is_in_what_they_are_compared() -> None:
    found = comparison.loosely("Entre le port et la criée, comment se comparent les loyers ?")
    assert found == comparison.Comparison("le port", "la criée", "loyers")


@pytest.mark.parametrize(
    ("question", "who"),
    [
        ("Comment la maire de Vézac justifie-t-elle la vente du stade ?", "la maire de Vézac"),
        ("Qu'en dit la direction de la verrerie Saulnier ?",
         "la direction de la verrerie Saulnier"),
        ("D'après Samir Belkhodja, pourquoi les abeilles meurent-elles ?", "Samir Belkhodja"),
        ("Sur la fermeture du tribunal, que soutient le barreau ?", "le barreau"),
        ("réaction des commerçants à la fermeture", "les commerçants"),
        ("Les explications données par l'entrepreneur sur le retard", "l'entrepreneur"),
        ("Quel regard porte la sociologue sur le carnaval ?", "la sociologue"),
        ("According to the harbour board, was the dredging necessary?", "the harbour board"),
        ("How did residents react to the closure in Bristol?", "residents"),
        ("What was Tobias Lund's reaction to the verdict?", "Tobias Lund"),
        ("comments by customers on the new bakery", "customers"),
        ("farmers opinion on the bypass", "farmers"),
        ("Qu'en pense-t-on ?", None),
        ("What do the files say regarding the move to the cloud?", None),
    ],
)  # fmt: skip
def test_who_speaks(question: str, who: str | None) -> None:
    found = sayings.loosely(question)
    assert (found and found.who) == who


@pytest.mark.parametrize(
    ("question", "term"),
    [
        ("que désigne la mention « sous réserve d'étiage »", "sous réserve d'étiage"),
        ("Qu'appelle-t-on un cachet groupé ?", "cachet groupé"),
        ("Comment les bateliers définissent-ils l'éclusée ?", "éclusée"),
        ("Qu'est-ce qu'ils entendent par sinistre majeur ?", "sinistre majeur"),
        ("Quel est le sens du mot marnage ?", "marnage"),
        ("définition quorum", "quorum"),
        ("Explain the notion of tacit renewal.", "tacit renewal"),
        ("What is meant by the term dry tolling?", "dry tolling"),
        ("What does FIFO mean in the manual?", "FIFO"),
        ("Pourquoi ?", None),
    ],
)
def test_a_term(question: str, term: str | None) -> None:
    found = definition.loosely(question)
    assert (found and found.term) == term


@pytest.mark.parametrize(
    ("question", "topic", "adds"),
    [
        ("Combien d'années séparent la création du club de sa dissolution ?", "", False),
        ("Le pont d'Albris a-t-il coûté plus cher que la passerelle ?", "coûté cher", False),
        ("De combien le budget de Mornac dépasse-t-il celui de Valcourt ?", "budget", False),
        ("si on additionne les dons du Rotary et ceux du Lions", "dons", True),
        ("Which is older, the Marlow trust or the Kendal foundation?", "", False),
    ],
)
def test_two_facts(question: str, topic: str, adds: bool) -> None:
    found = arithmetic.loosely(question)
    assert found is not None and (found.topic, found.adds) == (topic, adds)


def test_two_questions_are_no_sum() -> None:
    assert arithmetic.loosely("Combien le port a-t-il reçu, et combien a rendu la criée ?") is None


def test_which_of_two_is_more_is_told_by_its_form() -> None:
    question = "Lequel est le plus haut, du barrage de Tignac ou de celui de Serre-Noire ?"
    assert kinds.told(question) == "arithmetic"
    assert kinds.told("Quel est le plus haut barrage ?") != "arithmetic"


def test_a_distance_in_time_is_no_count_of_rows() -> None:
    question = "Combien d'années séparent la fondation du club de sa dissolution ?"
    assert kinds.told(question) == "arithmetic"
    question = "Combien d'années le club a-t-il tenu avant sa dissolution ?"
    assert kinds.told(question) == "counting"


@given(st.text(max_size=80))
def test_what_is_named_stands_in_the_question(question: str) -> None:
    for one in asked(question).named:
        assert one.span.of(question) and one.links
    found = sides(question)
    assert found is None or (found.one and found.other)
    who, term = sayings.loosely(question), definition.loosely(question)
    assert (who is None or who.who) and (term is None or term.term)


@pytest.mark.parametrize(
    ("question", "other"),
    [
        (
            "Combien d’années séparent la fondation de la coopérative et sa dissolution ?",
            "De quand date dissolution de la coopérative ?",
        ),
        (
            "De combien l’effectif de Ludimage dépasse-t-il celui de Corneboise ?",
            "Quel est effectif de Corneboise ?",
        ),
        (
            "How many years passed between the opening of the mill and its closure?",
            "When was closure of the mill?",
        ),
    ],
)
def test_each_side_of_a_sum_is_asked_for_by_itself(question: str, other: str) -> None:
    told = arithmetic.matches(question) or arithmetic.loosely(question)
    assert told is not None
    words = lang.of(text.answer_language(question)).several
    assert told.question(told.other, words) == other
