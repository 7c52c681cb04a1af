"""Follow-ups that grammar completes, and what a writer may make of the others."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from askdossier.ask import followups
from askdossier.ask.phrases import outermost
from askdossier.core import Answer, Citation, Claim, Language, Span, Stop, Turn, Writer
from fakes import FakeWriter

DIALOGUES = Path(__file__).parents[1] / "data" / "dialogues.jsonl"


def no_writer() -> Writer:
    raise AssertionError("a rule tells")


def alone(question: str, *history: Turn, language: Language = "fr") -> str:
    """A follow-up, put by rule."""
    return followups.standing_alone(no_writer, question, history, language, Stop())


@pytest.mark.parametrize(
    ("before", "question", "said"),
    [
        (
            "Quel est l'effectif de Kerlann ?",
            "Et celui de la criée de Port-Ellery ?",
            "Quel est l'effectif de la criée de Port-Ellery ?",
        ),
        (
            "Combien de harengs le port a-t-il vendus en 2021 ?",
            "Et en 2024 ?",
            "Combien de harengs le port a-t-il vendus en 2024 ?",
        ),
        (
            "Combien de bateaux sont sortis en janvier 2025 ?",
            "Et en mars ?",
            "Combien de bateaux sont sortis en mars 2025 ?",
        ),
        (
            "Combien de temps les pêcheurs bretons ont-ils attendu ?",
            "Et les mareyeurs ?",
            "Combien de temps les mareyeurs ont-ils attendu ?",
        ),
        (
            "Que dit l'article 7 du règlement européen ?",
            "Et l'article 9 ?",
            "Que dit l'article 9 du règlement européen ?",
        ),
        (
            "Combien le maire a-t-il promis au port de Kerlann ?",
            "Et au collectif des mareyeurs ?",
            "Combien le maire a-t-il promis au collectif des mareyeurs ?",
        ),
    ],
)
def test_the_parallel_constituent_is_replaced(before: str, question: str, said: str) -> None:
    assert alone(question, Turn(before, "")) == said


def test_english_ellipses() -> None:
    before = Turn("What is the budget of the harbour?", "")
    said = alone("And that of Port Ellery?", before, language="en")
    assert said == "What is the budget of Port Ellery?"


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Et qui l'a lancé ?", "Qui a lancé l'appel de Kerlann ?"),
        ("Que demande-t-il ?", "Que demande l'appel de Kerlann ?"),
        ("Combien de voix a-t-il eues ?", "Combien de voix l'appel de Kerlann a-t-il eues ?"),
        ("Quel est son objet ?", "Quel est l'objet de l'appel de Kerlann ?"),
        ("Veut-il une loi ?", "L'appel de Kerlann veut-il une loi ?"),
    ],
)
def test_a_pronoun_stands_for_what_the_question_was_about(question: str, said: str) -> None:
    before = Turn("Quel est le nombre de signataires de l'appel de Kerlann ?", "Ils sont 300.")
    assert alone(question, before) == said


def test_gender_tells_what_a_pronoun_stands_for() -> None:
    before = Turn("Combien la criée a-t-elle versé au syndicat ?", "")
    assert alone("Où se trouve-t-elle ?", before) == "Où la criée se trouve-t-elle ?"
    assert alone("Qui le dirige ?", before) == "Qui dirige le syndicat ?"


def test_the_answer_to_who_is_meant_and_else_the_turn_before() -> None:
    first = Turn("Qui dirige la criée ?", "Maëlle Guivarc’h dirige la criée.")
    said = "Pourquoi Maëlle Guivarc’h n'a-t-elle pas vendu le bateau ?"
    assert alone("Pourquoi n'a-t-elle pas vendu le bateau ?", first) == said
    second = Turn("Quand le port a-t-il fermé ?", "")
    said = "Combien de bateaux la criée a-t-elle ?"
    assert alone("Combien de bateaux a-t-elle ?", Turn("Où est la criée ?", ""), second) == said


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("How many boats does it have?", "How many boats does Port Ellery have?"),
        ("When did its grant end?", "When did Port Ellery's grant end?"),
        ("And who paid for it?", "Who paid for Port Ellery?"),
    ],
)
def test_english_pronouns(question: str, said: str) -> None:
    before = Turn("What is the budget of Port Ellery?", "")
    assert alone(question, before, language="en") == said


def test_a_question_that_names_its_subject_is_left_alone() -> None:
    before = Turn("Qui dirige la criée ?", "")
    assert alone("Combien de salariés compte Kerlann ?", before) == ""
    named = "Et Maëlle Guivarc’h, que dit-elle du port ?"
    assert alone(named, before) == "Maëlle Guivarc’h, que dit-elle du port ?"


def test_in_doubt_the_writer_is_asked() -> None:
    before = Turn("Que dit Maëlle Guivarc’h de Solène Kerouanton ?", "")
    writer = FakeWriter("Quand Maëlle Guivarc’h est-elle née ?")
    said = followups.standing_alone(lambda: writer, "Quand est-elle née ?", [before], "fr", Stop())
    assert said == "Quand Maëlle Guivarc’h est-elle née ?"


def test_a_rewritten_question_that_asks_the_old_one_too_is_refused() -> None:
    question = "Et pourquoi ?"
    merged = "Quel est le nombre de signataires, et pourquoi a-t-il signé ?"
    assert not followups.asks_once(merged, question)
    assert not followups.asks_once("Combien ont signé, pourquoi ?", question)
    assert followups.asks_once("Pourquoi le maire a-t-il signé ?", question)
    before = Turn("Quel est le nombre de signataires de l'appel ?", "Ils sont 300.")
    writer = FakeWriter("Quel est le nombre de signataires de l'appel et pourquoi ?")
    said = followups.standing_alone(lambda: writer, question, [before], "fr", Stop())
    assert said.startswith("Pourquoi ? (à propos de :")


def test_three_in_a_row_are_about_the_first_and_never_nested() -> None:
    history = [Turn("Qui part ?", "")]
    for question in ("Et pourquoi ?", "Et quand ?", "Et comment ?"):
        said = followups.standing_alone(FakeWriter, question, history, "fr", Stop())
        assert said.count("à propos de") == 1
        assert "Qui part" in said
        history.append(Turn(said, ""))


def claim(support: str) -> Claim:
    cited = Citation(1, "criee.txt", Span(0, 9), "La criée.")
    return Claim("La criée a fermé.", support, (cited,))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("support", "said"), [("supported", "La criée a fermé."), ("quoted", ""), ("unsupported", "")]
)
def test_only_what_the_program_says_itself_counts_as_said(support: str, said: str) -> None:
    answer = Answer("Et elle ?", "fr", (claim(support),), False, "", (), standalone="Et la criée ?")
    assert answer.turn == Turn("Et la criée ?", said)


def test_an_abstention_says_nothing() -> None:
    answer = Answer("Et elle ?", "fr", (), True, "Le dossier ne répond pas.", ())
    assert answer.turn == Turn("Et elle ?", "")


def test_what_is_asked_for_is_not_what_is_spoken_of() -> None:
    found = outermost("Quel est le nombre de signataires de l'appel de Kerlann ?", "fr")
    assert [one.text for one in found] == ["l'appel de Kerlann"]


def test_dialogues_say_what_each_follow_up_keeps() -> None:
    cases = [json.loads(line) for line in DIALOGUES.read_text("utf-8").splitlines()]
    assert {case["split"] for case in cases} == {"dev", "held"}
    assert sum(len(case["turns"]) == 5 for case in cases) == 30
    for case in cases:
        first, *others = case["turns"]
        assert "keeps" not in first
        assert all(turn["keeps"] for turn in others)
