"""When a sentence says that somebody was born, or something began, and of whom it says so."""

from __future__ import annotations

import pytest

from askdossier import verify

ONE, OTHER = "Maëlle Roy", "Ewen Dor"


@pytest.mark.parametrize(
    ("sentence", "language", "date", "whose"),
    [
        ("Maëlle Roy est née à Kerlann en 1931.", "fr", "1931", ONE),
        ("Maëlle Roy, née en 1931 à Kerlann, vécut à Sedan jusqu’en 1990.", "fr", "1931", ONE),
        ("Née le 3 mai 1931, Maëlle Roy épouse Ewen Dor en 1960.", "fr", "1931-05-03", ONE),
        ("Maëlle Roy, éclusière, est née en 1931 et morte en 2004.", "fr", "1931", ONE),
        ("Maëlle Roy (1931–2004) fut éclusière.", "fr", "1931", ONE),
        ("Le 3 mai 1931, Maëlle Roy naît à Kerlann.", "fr", "1931-05-03", ONE),
        ("Nom: Maëlle Roy | Naissance: 1931 | Décès: 2004", "fr", "1931", ONE),
        ("La naissance d’Ewen Dor, en 1938, fut une fête.", "fr", "1938", OTHER),
        ("Le père de Maëlle Roy est né en 1900.", "fr", "1900", ""),
        ("Albert, père de Maëlle Roy, naît en 1900.", "fr", "1900", ""),
        ("Maëlle Roy was born in Kerlann in 1931.", "en", "1931", ONE),
        ("Born on 3 May 1938, Ewen Dor worked for Maëlle Roy.", "en", "1938-05-03", OTHER),
        ("Maëlle Roy's father was born in 1900.", "en", "1900", ""),
    ],
)
def test_what_begins_when(sentence: str, language: str, date: str, whose: str) -> None:
    (found,) = verify.beginnings(sentence, language)
    assert found.moment.iso == date
    assert verify.begins(found, sentence, ONE, OTHER, language) is (whose == ONE)
    assert verify.begins(found, sentence, OTHER, ONE, language) is (whose == OTHER)


def test_a_sentence_that_names_neither_leaves_it_open() -> None:
    (found,) = verify.beginnings("Elle est née en 1931.", "fr")
    assert verify.begins(found, "Elle est née en 1931.", ONE, OTHER, "fr") is None


@pytest.mark.parametrize(
    ("sentence", "language"),
    [
        ("Maëlle Roy, née à Kerlann, y vécut jusqu’en 1960.", "fr"),
        ("Maëlle Roy mourut en 2004.", "fr"),
        ("Naissance: | Décès: 2004", "fr"),
        ("Le néon date la scène.", "fr"),
        ("Maëlle was born in Kerlann and moved to Sedan in 1950.", "en"),
        ("", "fr"),
    ],
)
def test_nothing_begins(sentence: str, language: str) -> None:
    assert verify.beginnings(sentence, language) == ()
