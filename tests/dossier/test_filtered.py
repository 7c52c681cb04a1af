"""Filters in a question."""

from __future__ import annotations

import pytest

from askdossier.core import (
    Filter,
    InvalidFilter,
    InvalidQuestion,
)
from askdossier.settings import Settings
from small_dossier import QUESTION, dossier_of


def test_a_filter_in_the_question_holds_and_is_taken_out(indexed: Settings) -> None:
    dossier = dossier_of(indexed)
    answer = dossier.ask(f"doc:criee {QUESTION}")
    assert answer.question == QUESTION
    assert {item.document for item in answer.evidence} == {"presse/criee.txt"}
    answer = dossier.ask(QUESTION, within=Filter(documents=frozenset({"harbours.html"})))
    assert {item.document for item in answer.evidence} == {"harbours.html"}
    hits, evidence = dossier.find(f"{QUESTION} langue:en")
    assert {hit.passage.document for hit in hits} == {"harbours.html"}
    assert {item.document for item in evidence} == {"harbours.html"}


def test_a_filter_narrows_questions_about_the_dossier_too(indexed: Settings) -> None:
    dossier = dossier_of(indexed)
    found = dossier.ask("Quels documents parlent de la criée ? doc:atelier")
    assert found.claims == ()
    assert "criée" in found.message


@pytest.mark.parametrize("question", ["auteur:Personne Qui ?", "avant:hier Qui ?"])
def test_a_filter_that_cannot_hold_is_told(indexed: Settings, question: str) -> None:
    with pytest.raises(InvalidFilter):
        dossier_of(indexed).ask(question)


def test_a_question_of_filters_only_is_empty(indexed: Settings) -> None:
    with pytest.raises(InvalidQuestion):
        dossier_of(indexed).ask("doc:atelier")
