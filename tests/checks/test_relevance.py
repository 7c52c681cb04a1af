"""A sentence that lies far from the question, or speaks of the excerpts, answers something else."""

from __future__ import annotations

import pytest

from askdossier.verify.checks import relevance
from verify_cases import problem

QUESTION = "Qui dirige la guilde des relieurs ?"
SOURCES = ("Odile Guen dirige la guilde des relieurs.", "+Le vent souffle.")
ANSWER = "Odile Guen la dirige."


@pytest.mark.parametrize(
    ("question", "sentence", "cosine", "stands"),
    [
        (QUESTION, ANSWER, 0.96, True),
        (QUESTION, ANSWER, 0.85, False),
        ("", ANSWER, 0.10, True),
        (QUESTION, "Les extraits parlent d'Odile Guen.", 0.96, False),
        (QUESTION, "Odile Guen est citée dans les extraits.", 0.96, False),
        (QUESTION, "Odile Guen is named in the excerpts.", 0.96, False),
        (QUESTION, "Odile Guen a lu des extraits de son livre.", 0.96, True),
    ],
)
def test_a_sentence_that_answers_something_else(
    question: str, sentence: str, cosine: float, stands: bool
) -> None:
    found = problem(relevance.check, sentence, SOURCES, question=question, relevance=cosine)
    assert (found is None) is stands
    assert found is None or (found.gravity, found.check) == ("elsewhere", "relevance")


def test_a_question_in_the_dossier_is_not_what_an_answer_is_measured_by() -> None:
    sources = (QUESTION, "+Le vent souffle.")
    assert problem(relevance.check, ANSWER, sources, question=QUESTION, relevance=0.9) is None
    assert problem(relevance.check, ANSWER, SOURCES, question=QUESTION, relevance=0.5) is not None
