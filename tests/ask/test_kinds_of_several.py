"""Questions with an answer of several parts: told by their form, and none taken for one."""

from __future__ import annotations

import pytest

from askdossier.ask import kinds
from askdossier.ask.kinds import (
    arithmetic,
    chronology,
    comparison,
    difference,
    disagreement,
    document,
    sayings,
    topic,
)
from askdossier.ask.kinds.arithmetic import Distance
from askdossier.ask.kinds.classifier import Likely
from askdossier.ask.kinds.comparison import Comparison
from askdossier.ask.kinds.difference import Difference
from askdossier.ask.kinds.document import OneDocument


@pytest.mark.parametrize(
    ("question", "one", "other"),
    [
        (
            "Quelle est la différence entre un atelier et une coopérative ?",
            "un atelier",
            "une coopérative",
        ),
        ("quelle difference entre le bail et la licence", "le bail", "la licence"),
        (
            "Quelle différence y a-t-il entre l’adhérent et le donateur ?",
            "l’adhérent",
            "le donateur",
        ),
        ("C'est quoi la différence entre Orphélia et Vocalis ?", "Orphélia", "Vocalis"),
        ("Explique-moi les différences entre le port et la criée", "le port", "la criée"),
        ("Peux-tu m'expliquer la différence entre un legs et un don ?", "un legs", "un don"),
        ("Quelles sont les principales différences entre A4 et A3 ?", "A4", "A3"),
        ("Y a-t-il une différence entre la taxe et la redevance ?", "la taxe", "la redevance"),
        ("En quoi la redevance diffère-t-elle de la taxe ?", "la redevance", "la taxe"),
        ("En quoi le port est-il différent de la criée ?", "le port", "la criée"),
        ("En quoi le bail et la licence sont-ils différents ?", "le bail", "la licence"),
        ("Qu'est-ce qui distingue la guilde du syndicat ?", "la guilde", "syndicat"),
        ("La taxe et la redevance, quelle différence ?", "La taxe", "la redevance"),
        ("What is the difference between a grant and a loan?", "a grant", "a loan"),
        ("what's the main difference between Kerlann and Sedan", "Kerlann", "Sedan"),
        ("How does the lease differ from the licence?", "the lease", "the licence"),
        ("How is the harbour different from the market?", "the harbour", "the market"),
        ("What distinguishes the guild from the union?", "the guild", "the union"),
        (
            "Can you explain the difference between the guild and the union?",
            "the guild",
            "the union",
        ),
    ],
)
def test_what_differs_between_two(question: str, one: str, other: str) -> None:
    assert difference.matches(question) == Difference(one, other)


@pytest.mark.parametrize(
    "question",
    [
        "Quelle est la différence d'âge entre Maëlle et Ewen ?",
        "Quelle est la différence de salaire entre les deux métiers ?",
        "Le maire a-t-il expliqué la différence entre la taxe et la redevance ?",
        "Qui a écrit sur la différence entre le port et la criée ?",
        "Quelle différence cela fait-il ?",
        "Pourquoi le prix est-il différent ?",
        "En quoi consiste la redevance ?",
        "Entre Paris et Sedan, où est le siège ?",
        "What difference does it make?",
        "Who explained the difference between a grant and a loan?",
        "What is the age difference between Ann and Bob?",
        "How does the guild work?",
        "",
    ],
)
def test_no_question_for_a_difference(question: str) -> None:
    assert difference.matches(question) is None


@pytest.mark.parametrize(
    ("question", "one", "other", "topic"),
    [
        ("Compare le port et la criée", "le port", "la criée", ""),
        (
            "compare Maëlle Guivarc'h et Ewen Le Goff sur la taxe",
            "Maëlle Guivarc'h",
            "Ewen Le Goff",
            "la taxe",
        ),
        (
            "Compare les positions de la guilde et du syndicat sur la taxe",
            "la guilde",
            "syndicat",
            "la taxe",
        ),
        (
            "Peux-tu comparer les avis de Maëlle et d'Ewen sur le port ?",
            "Maëlle",
            "Ewen",
            "le port",
        ),
        ("Que disent Maëlle et Ewen de la taxe ?", "Maëlle", "Ewen", "la taxe"),
        ("Que pensent la guilde et le syndicat du projet ?", "la guilde", "le syndicat", "projet"),
        (
            "Quelles sont les positions respectives de la guilde et du maire sur le pont ?",
            "la guilde",
            "maire",
            "le pont",
        ),
        ("Points communs entre la guilde et le syndicat", "la guilde", "le syndicat", ""),
        ("Quels points communs y a-t-il entre le port et la criée ?", "le port", "la criée", ""),
        ("Qu'ont en commun Maëlle et Ewen ?", "Maëlle", "Ewen", ""),
        (
            "Maëlle Guivarc'h et Ewen sont-ils d'accord sur la taxe ? Compare leurs avis.",
            "Maëlle Guivarc'h",
            "Ewen",
            "la taxe",
        ),
        ("Zed_9 et Orso : qui dit quoi sur le prix du pain", "Zed_9", "Orso", "le prix du pain"),
        (
            "Compare what the guild and the union have said about the tax.",
            "the guild",
            "the union",
            "the tax",
        ),
        ("Compare Kerlann and Sedan", "Kerlann", "Sedan", ""),
        ("What do Ann and Bob say about the harbour?", "Ann", "Bob", "the harbour"),
        ("What do the guild and the union have in common?", "the guild", "the union", ""),
        ("Do Ann and Bob agree on the tax?", "Ann", "Bob", "the tax"),
    ],
)
def test_two_sides_beside_each_other(question: str, one: str, other: str, topic: str) -> None:
    assert difference.matches(question) is None
    assert comparison.matches(question) == Comparison(one, other, topic)


@pytest.mark.parametrize(
    "question",
    [
        "Le maire a-t-il comparé le port et la criée ?",
        "Que disent les documents et les articles de la taxe ?",
        "Les documents sont-ils d'accord sur le nombre de bateaux ?",
        "Que dit Maëlle de la taxe ?",
        "Combien Maëlle et Ewen ont-ils payé ?",
        "Maëlle et Ewen sont-ils partis ?",
        "Qui compare la ville et le port ?",
        "Do the sources agree on the number of boats?",
        "What did Ann say?",
        "Compared with Sedan, is Kerlann large?",
        "",
    ],
)
def test_no_comparison(question: str) -> None:
    assert comparison.matches(question) is None


@pytest.mark.parametrize(
    ("question", "who"),
    [
        ("Que dit Maëlle Guivarc’h de la taxe ?", "Maëlle Guivarc’h"),
        ("que pense le maire sur le port", "le maire"),
        ("Que propose la guilde ?", "la guilde"),
        ("Que reproche la guilde à Ludovie ?", "la guilde"),
        ("Que dit le président de la guilde sur le pont ?", "le président de la guilde"),
        ("Que demande le collectif Bord-de-Quai ?", "le collectif Bord-de-Quai"),
        ("Qu'est-ce que Maëlle pense de la taxe ?", "Maëlle"),
        ("Qu’est-ce que dit Ewen Le Goff du port ?", "Ewen Le Goff"),
        ("Qu'a dit Maëlle sur le bail ?", "Maëlle"),
        ("Qu'ont répondu les pêcheurs au maire ?", "les pêcheurs"),
        ("Quelle est la position de la guilde sur la taxe ?", "la guilde"),
        ("quel est l'avis d'Ewen sur le port", "Ewen"),
        ("L'avis de Maëlle concernant le bail ?", "Maëlle"),
        ("Selon Maëlle, que faut-il faire du port ?", "Maëlle"),
        ("What does Ann Roy say about the tax?", "Ann Roy"),
        ("What did the guild propose?", "the guild"),
        ("What is the position of the guild on the tax?", "the guild"),
        ("What is Ann's opinion on the tax?", "Ann"),
        ("According to Ann, what should be done?", "Ann"),
    ],
)
def test_what_somebody_says(question: str, who: str) -> None:
    assert comparison.matches(question) is None
    found = sayings.matches(question)
    assert found is not None and (found.who, found.year) == (who, "")


@pytest.mark.parametrize(
    ("question", "who", "year"),
    [
        ("Qu'a dit Ewen Le Goff de la criée en 2024 ?", "Ewen Le Goff", "2024"),
        ("En 2024, qu’a dit Ewen Le Goff de la criée ?", "Ewen Le Goff", "2024"),
        ("Qu'a déclaré Ewen Le Goff en mars 2024 ?", "Ewen Le Goff", "2024"),
        ("Que disait Ewen Le Goff de la taxe le 3 mars 2023 ?", "Ewen Le Goff", "2023"),
        ("Que pense Ewen Le Goff de la taxe sur les bateaux ?", "Ewen Le Goff", ""),
        ("Que dit M. Roy du prix des livres ?", "M. Roy", ""),
        ("Qu'est-ce qu'Ewen Le Goff a répondu aux pêcheurs ?", "Ewen Le Goff", ""),
        ("Comment Ewen Le Goff a-t-il réagi à la fermeture ?", "Ewen Le Goff", ""),
        ("Comment a réagi le maire à la fermeture ?", "le maire", ""),
        ("Quelle a été la réaction d'Ewen Le Goff à la fermeture ?", "Ewen Le Goff", ""),
        ("What did Ann Roy say about the tax in 2024?", "Ann Roy", "2024"),
        ("What did Ann Roy say in March 2024 about the tax?", "Ann Roy", "2024"),
        ("What does Ann Roy think of the tax?", "Ann Roy", ""),
        ("How did the mayor react to the closure?", "the mayor", ""),
        ("What was Ann Roy's reaction to the closure?", "Ann Roy", ""),
    ],
)
def test_what_somebody_says_for_certain(question: str, who: str, year: str) -> None:
    found = sayings.matches(question)
    assert found is not None and (found.who, found.year, found.certain) == (who, year, True)
    assert kinds.told(question, Likely("fact", 0.99)) == "sayings"


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Que veut dire Noravax ?", "definition"),
        ("Que dit le RGPD sur les cookies ?", "topic"),
        ("Que dit RGPD sur les cookies ?", "topic"),
        ("Que propose Netflix ?", "fact"),
        ("Que dit le règlement sur les chiens ?", "topic"),
        ("Qu'a annoncé Ewen Le Goff ?", "fact"),
        ("What do Windows users say?", "topic"),
        ("What does GDPR say about cookies?", "topic"),
    ],
)
def test_what_may_as_well_be_asked_of_a_text_is_left_to_the_classifier(
    question: str, kind: str
) -> None:
    assert kinds.told(question, Likely(kind, 0.9)) == kind


def test_a_role_goes_on_and_its_year_does_not() -> None:
    found = sayings.matches("Qu'a dit le président de la guilde en 2024 ?")
    assert found is not None and (found.who, found.year) == ("le président de la guilde", "2024")
    found = sayings.matches("Que dit Ewen de la loi de 2024 ?")
    assert found is not None and (found.who, found.year) == ("Ewen", "")


@pytest.mark.parametrize(
    "question",
    [
        "Que disent les documents de la taxe ?",
        "Que dit le dossier sur le port ?",
        "Que dit-on du port ?",
        "Qu'est-ce que la taxe ?",
        "Selon Maëlle, combien de bateaux sont partis ?",
        "Qui dit que le port ferme ?",
        "Le maire dit-il que la ville est ruinée ?",
        "Que fait la guilde ?",
        "Quelle est la position du port ?",
        "Quelle est la position du navire ?",
        "What do the documents say about the tax?",
        "What does the guild do?",
        "Does Ann say that the port is closed?",
        "",
    ],
)
def test_what_nobody_in_particular_says(question: str) -> None:
    assert sayings.matches(question) is None


@pytest.mark.parametrize(
    ("question", "about"),
    [
        ("dernières nouvelles de la criée", "criée"),
        ("Que nous apprennent les documents sur la halle ?", "halle"),
        ("Qu'est-ce que les articles disent du port ?", "port"),
        ("Que trouve-t-on sur la digue ?", "digue"),
        ("infos sur le phare", "phare"),
        ("What do these documents tell about tides?", "tides"),
        ("What is known about the wreck?", "the wreck"),
        ("news on the quay", "the quay"),
    ],
)
def test_a_topic_has_many_forms(question: str, about: str) -> None:
    assert topic.matches(question) == about


@pytest.mark.parametrize(
    "question",
    [
        "Tout le monde a-t-il signé ?",
        "De quelle information dispose le maire ?",
        "Que dit le maire du port ?",
        "What is the news agency called?",
    ],
)
def test_other_questions_are_of_no_topic(question: str) -> None:
    assert topic.matches(question) is None


def test_what_the_documents_say_is_a_topic() -> None:
    assert topic.matches("Que disent les documents de la taxe ?") == "taxe"


@pytest.mark.parametrize(
    ("question", "named", "kind"),
    [
        (
            "Résume l'entretien avec Maëlle Guivarc'h",
            "l'entretien avec Maëlle Guivarc'h",
            "entretien",
        ),
        ("resume moi la tribune d'Ewen", "la tribune d'Ewen", "tribune"),
        (
            "Résume le compte rendu de l’assemblée.",
            "le compte rendu de l’assemblée",
            "compte rendu",
        ),
        ("De quoi parle l'article sur la criée ?", "l'article sur la criée", "article"),
        ("Peux-tu me faire un résumé du rapport annuel ?", "rapport annuel", "rapport"),
        ("Fais-moi une synthèse de l'étude de 2024", "l'étude de 2024", "étude"),
        ("Résume bail-du-port.pdf", "bail-du-port.pdf", ""),
        ("Résume le fichier bail_2024.docx", "le fichier bail_2024.docx", "fichier"),
        ("Summarize the interview with Ann Roy", "the interview with Ann Roy", "interview"),
        ("Please summarise the annual report.", "the annual report", "report"),
        ("Give me a summary of the minutes of March", "the minutes of March", "minutes"),
        ("What does the article on the harbour say?", "the article on the harbour", "article"),
        ("sum up lease.pdf", "lease.pdf", ""),
    ],
)
def test_what_one_document_says(question: str, named: str, kind: str) -> None:
    assert document.matches(question) == OneDocument(named, kind)


@pytest.mark.parametrize(
    "question",
    [
        "Résume ce que disent les documents de la taxe",
        "Résume les articles sur la taxe",
        "Résume l'affaire du port",
        "Résume la position de la guilde",
        "Qui a écrit l'article sur la criée ?",
        "L'article parle-t-il de la criée ?",
        "Quels documents parlent de la criée ?",
        "Summarize what Ann did after the offer",
        "Who wrote the report?",
        "What does the guild say about the report?",
        "Does the report mention Ann?",
        "",
    ],
)
def test_no_summary_of_a_document(question: str) -> None:
    assert document.matches(question) is None


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("Fais une chronologie", ""),
        ("Fais-moi une chronologie de la fermeture du port", "la fermeture du port"),
        ("peux-tu dresser la chronologie des événements ?", ""),
        ("Chronologie du bail", "bail"),
        ("Quelle est la chronologie de l'affaire ?", "l'affaire"),
        ("Que s'est-il passé et quand ?", ""),
        ("Que s’est-il passé à la criée, et quand ?", "la criée"),
        ("Quelles sont les grandes dates de la guilde ?", "la guilde"),
        ("Frise chronologique sur la criée", "la criée"),
        ("Make a timeline of the strike", "the strike"),
        ("timeline", ""),
        ("Give me a chronology of events", ""),
        ("What happened and when?", ""),
        ("What happened to the harbour, and when?", "the harbour"),
        ("What are the key dates of the guild?", "the guild"),
    ],
)
def test_what_happened_when(question: str, topic: str) -> None:
    assert chronology.matches(question) == topic


@pytest.mark.parametrize(
    "question",
    [
        "Quand la criée a-t-elle fermé ?",
        "Que s'est-il passé à la criée ?",
        "Quelle est la date de la fermeture ?",
        "À quelle date le bail finit-il ?",
        "Qui a écrit la chronologie de la guilde ?",
        "La chronologie est-elle juste ?",
        "When did it happen?",
        "What happened at the harbour?",
        "Who made the timeline?",
        "",
    ],
)
def test_no_chronology(question: str) -> None:
    assert chronology.matches(question) is None


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("Les documents donnent-ils le même nombre de bateaux ?", "nombre de bateaux"),
        ("Est-ce que les sources donnent toutes la même date de fermeture ?", "date de fermeture"),
        ("Les documents disent-ils la même chose sur la criée ?", "la criée"),
        ("Les sources sont-elles d'accord sur le prix ?", "le prix"),
        ("est ce que les articles se contredisent sur le prix", "le prix"),
        ("Les documents se contredisent-ils sur le prix ?", "le prix"),
        ("Y a-t-il des contradictions entre les documents sur le vote ?", "le vote"),
        ("y a t il un desaccord sur l'origine des bateaux", "l'origine des bateaux"),
        ("Existe-t-il des divergences à propos du prix entre les documents ?", "prix"),
        ("Quelles sont les contradictions entre les documents sur le vote ?", "le vote"),
        ("Do the sources agree on the number of boats?", "the number of boats"),
        ("Do the documents give the same date of closure?", "date of closure"),
        ("Are there any contradictions between the documents about the vote?", "the vote"),
        ("Is there a disagreement about the price?", "the price"),
        ("Are the sources consistent on the price?", "the price"),
    ],
)
def test_whether_documents_agree(question: str, topic: str) -> None:
    assert disagreement.matches(question) == topic


@pytest.mark.parametrize(
    "question",
    [
        "Maëlle et Ewen sont-ils d'accord sur le prix ?",
        "Les documents parlent-ils du prix ?",
        "Que disent les documents du prix ?",
        "Quels documents donnent le prix ?",
        "Le maire donne-t-il le même nombre ?",
        "Qui est en désaccord sur le prix ?",
        "Y a-t-il des bancs au port ?",
        "Do Ann and Bob agree on the tax?",
        "Do the documents mention the price?",
        "Is there a boat in the harbour?",
        "",
    ],
)
def test_no_question_for_agreement(question: str) -> None:
    assert disagreement.matches(question) is None


@pytest.mark.parametrize(
    ("question", "one", "other", "topic"),
    [
        (
            "Combien d'années séparent la fondation de la guilde et celle de la criée ?",
            "la fondation de la guilde",
            "la fondation de la criée",
            "",
        ),
        (
            "Combien de temps s'est-il écoulé entre le vote et la fermeture ?",
            "le vote",
            "la fermeture",
            "",
        ),
        (
            "Combien de jours y a-t-il entre le vote et la fermeture ?",
            "le vote",
            "la fermeture",
            "",
        ),
        ("Quel est l'écart de prix entre le bail et la licence ?", "le bail", "la licence", "prix"),
        (
            "Combien d'années d'écart y a-t-il entre le vote et la fermeture ?",
            "le vote",
            "la fermeture",
            "",
        ),
        (
            "How many years separate the founding of Kerlann and that of Sedan?",
            "the founding of Kerlann",
            "the founding of Sedan",
            "",
        ),
        (
            "What is the difference in price between the lease and the licence?",
            "the lease",
            "the licence",
            "price",
        ),
    ],
)
def test_how_far_two_are_apart(question: str, one: str, other: str, topic: str) -> None:
    assert difference.matches(question) is None
    assert arithmetic.matches(question) == Distance(one, other, topic)


@pytest.mark.parametrize(
    "question",
    [
        "De combien d'années Maëlle Roy est-elle l'aînée d'Ewen Dor ?",
        "De combien Maëlle Roy est-elle la cadette d'Ewen Dor ?",
        "Combien d'années séparent Maëlle Roy et Ewen Dor ?",
        "De combien d'années Maëlle Roy est-elle plus âgée qu'Ewen Dor ?",
        "De combien Maëlle Roy est-elle plus jeune que Ewen Dor ?",
        "Combien d'années Maëlle Roy a-t-elle de plus qu'Ewen Dor ?",
        "Combien d'années Maëlle Roy est-elle née avant Ewen Dor ?",
        "Combien d’années après Ewen Dor est née Maëlle Roy ?",
        "Quelle est la différence d'âge entre Maëlle Roy et Ewen Dor ?",
        "Quel écart d'âge y a-t-il entre Maëlle Roy et Ewen Dor ?",
        "Quel est l'écart entre l'âge de Maëlle Roy et celui d'Ewen Dor ?",
        "Quelle différence d'âge sépare Maëlle Roy d'Ewen Dor ?",
        "Qui est la plus âgée, Maëlle Roy ou Ewen Dor, et de combien d'années ?",
        "Qui de Maëlle Roy ou d'Ewen Dor est l'aîné ?",
        "How many years older is Maëlle Roy than Ewen Dor?",
        "How much younger was Maëlle Roy than Ewen Dor?",
        "By how many years is Maëlle Roy older than Ewen Dor?",
        "How many years was Maëlle Roy born before Ewen Dor?",
        "How many years after Ewen Dor was Maëlle Roy born?",
        "How many years separate Maëlle Roy and Ewen Dor?",
        "What is the age gap between Maëlle Roy and Ewen Dor?",
        "Who is older, Maëlle Roy or Ewen Dor, and by how much?",
    ],
)
def test_how_much_older_one_is(question: str) -> None:
    found = arithmetic.matches(question)
    assert found is not None and found.older and not found.topic
    assert {found.one, found.other} == {"Maëlle Roy", "Ewen Dor"}
    assert kinds.told(question, Likely("fact", 0.99)) == "arithmetic"


def test_how_much_older_a_thing_is() -> None:
    found = arithmetic.matches(
        "De combien d'années l'usine de Corbas est-elle plus ancienne que celle de Feyzin ?"
    )
    assert found == Distance("l'usine de Corbas", "l'usine de Feyzin", "", older=True)


@pytest.mark.parametrize(
    ("question", "one", "other", "topic"),
    [
        ("De combien le budget de Mornac dépasse-t-il celui de Valcourt ?",
         "le budget de Mornac", "budget de Valcourt", "budget"),
        ("De combien Mornac dépasse-t-elle Valcourt en population ?",
         "Mornac", "Valcourt", "population"),
        ("De combien de mètres le col dépasse-t-il le pic ?", "le col", "le pic", "mètres"),
        ("Combien d'euros séparent le bail et la licence ?", "le bail", "la licence", "euros"),
        ("By how much does the budget of Mornac exceed that of Valcourt?",
         "the budget of Mornac", "budget of Valcourt", "budget"),
        ("How much higher is the tower than the mill?", "the tower", "the mill", "higher"),
    ],
)  # fmt: skip
def test_how_much_more_one_is(question: str, one: str, other: str, topic: str) -> None:
    assert arithmetic.matches(question) == Distance(one, other, topic, surely=False)
    assert kinds.told(question, Likely("fact", 0.99)) == "arithmetic"


@pytest.mark.parametrize(
    "question",
    [
        "De combien le loyer a-t-il augmenté entre 2019 et 2024 ?",
        "De combien d'années d'expérience Maëlle Roy dispose-t-elle ?",
        "Combien d'années d'expérience Maëlle Roy a-t-elle de plus ?",
        "Maëlle Roy est-elle plus âgée qu'Ewen Dor ?",
        "Quel âge a Maëlle Roy ?",
        "Qui est l'aîné ?",
        "Combien de bateaux de plus ?",
        "How many years older is she?",
        "How old is Maëlle Roy?",
        "By how much did the levy rise between 2015 and 2022?",
        "Combien d'années a duré la grève ?",
        "Combien de bateaux sont partis ?",
        "Quelle est la différence entre le bail et la licence ?",
        "Combien coûtent le bail et la licence ?",
        "Quel est l'écart de revenu entre le métier le mieux payé et le moins bien payé ?",
        "What is the difference in price between the cheapest and the most expensive boat?",
        "How many years did it last?",
        "What is the gap?",
        "",
    ],
)
def test_no_distance(question: str) -> None:
    assert arithmetic.matches(question) is None
