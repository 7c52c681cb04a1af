"""The words of a sentence are those of its question or of what it cites."""

from __future__ import annotations

import pytest

from askdossier.verify.checks import worded
from verify_cases import problem

QUESTION = "Comment le four communal de Brévelan a-t-il été reçu par les voisins de la place ?"
SOURCES = ("Le four communal de Brévelan, rallumé en mai, sert chaque samedi.",)
WAR = "Quel conflit entre Flandriens et Bretons a débouché sur la paix de 1512 ?"
PEACE = ("La paix de 1512 met fin à la guerre de la maison de Laval contre celle de Rohan.",)
FILM = "What is the situation of the film that the studio released in May?"
RELEASED = ("The film, released by the studio in May, was compared by viewers to an old one.",)


@pytest.mark.parametrize(
    ("question", "sentence", "sources", "wrong"),
    [
        (QUESTION, "Le four communal de Brévelan sert chaque samedi.", SOURCES, ""),
        (QUESTION, "Le four communal de Brévelan a été rallumé en mai.", SOURCES, ""),
        (QUESTION, "Le four communal, rallumé en mai, est admiré.", SOURCES, "admiré"),
        (QUESTION, "Le four communal des voisins sert chaque samedi.", SOURCES, ""),
        (WAR, "La guerre a débouché sur la paix de 1512.", PEACE, ""),
        (WAR, "Le conflit des maisons bretonnes a débouché sur la paix.", PEACE, "conflit"),
        (FILM, "The film, released by the studio in May, has been praised.", RELEASED, "praised"),
        (FILM, "The film was compared to an old one by viewers.", RELEASED, ""),
        ("", "Le four communal, rallumé en mai, est admiré.", SOURCES, ""),
    ],
)
def test_words_of_its_own(
    question: str, sentence: str, sources: tuple[str, ...], wrong: str
) -> None:
    found = problem(worded.check, sentence, sources, question=question)
    assert (found is not None) is bool(wrong)
    if found is not None:
        assert (found.check, found.gravity) == ("worded", "partly")
        assert wrong in found.reason


def test_words_across_languages_are_not_compared() -> None:
    said = "The communal oven is lit on Saturdays."
    assert problem(worded.check, said, SOURCES, question="When is the oven lit?") is None
