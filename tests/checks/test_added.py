"""What a sentence adds to its question must stand in what it cites."""

from __future__ import annotations

import pytest

from askdossier.verify import Statement
from askdossier.verify.attribution import share
from askdossier.verify.checks import added
from askdossier.verify.checks.added import anchored, what_it_adds
from verify_cases import extracts, problem

QUESTION = "Quel tarif horaire la guilde des relieurs conseille-t-elle ?"
SOURCES = (
    "La guilde des relieurs réunit quarante ateliers de Bretagne.",
    "+Sa grille recommande 62 € par heure de travail.",
)


@pytest.mark.parametrize(
    ("question", "sentence", "stands"),
    [
        (QUESTION, "La guilde des relieurs réunit quarante ateliers.", True),
        (QUESTION, "La guilde des relieurs conseille un tarif horaire.", True),
        (QUESTION, "La guilde des relieurs conseille de négocier avec patience.", False),
        ("", "La guilde des relieurs conseille de négocier avec patience.", True),
    ],
)
def test_what_is_added_must_be_held(question: str, sentence: str, stands: bool) -> None:
    found = problem(added.check, sentence, SOURCES, question=question)
    assert (found is None) is stands
    assert found is None or (found.gravity, found.check) == ("unsupported", "added")


def test_across_languages_a_figure_or_a_name_ties_a_sentence_to_its_source() -> None:
    source = extracts(["The guild of binders raised 4,200 pounds for Mary Holt's workshop."])
    question = "Combien la guilde a-t-elle réuni ?"
    assert anchored("La guilde a réuni 4 200 livres.", question, source)
    assert anchored("Elle a aidé Mary Holt.", question, source)
    assert not anchored("La guilde a réuni bien assez.", question, source)


def test_what_is_added_and_how_much_of_it_is_held() -> None:
    candidates = extracts(SOURCES)
    sentence = Statement("La guilde conseille 62 € en patience.", "fr")
    words = what_it_adds(sentence, QUESTION)
    assert "62" in words
    assert not words & what_it_adds(Statement(QUESTION, "fr"), "")
    assert share(words, "fr", candidates[1:2]) == 1 / len(words)
