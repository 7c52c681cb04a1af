"""What an acronym stands for, where a sentence spells it out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askdossier import text

MINOR = frozenset("sur de des du la le les l d et a au of the and for".split())


@pytest.mark.parametrize(
    ("acronym", "sentence", "words"),
    [
        ("ONF", "L’Office national des forêts (ONF) a répondu.", "Office national des forêts"),
        ("ONF", "ONF : Office national des forêts", "Office national des forêts"),
        ("ONF", "L’ONF (Office national des forêts) a répondu.", "Office national des forêts"),
        (
            "INSEE",
            "Selon l'Institut national de la statistique et des études économiques, ou INSEE, oui.",
            "Institut national de la statistique et des études économiques",
        ),
        ("CCN", "La convention collective nationale « CCN » s'applique.", ""),
        (
            "CCN",
            "Elle relève d'une convention collective nationale (CCN).",
            "convention collective nationale",
        ),
        (
            "BnF",
            "La Bibliothèque nationale de France (BnF) ouvre.",
            "Bibliothèque nationale de France",
        ),
        ("TVA", "TVA = taxe sur la valeur ajoutée", "taxe sur la valeur ajoutée"),
        ("ESA", "The European Space Agency (ESA) agreed.", "European Space Agency"),
        ("ADAGP", "L'ADAGP perçoit les droits.", ""),
        ("OCR", "L'OCR (reconnaissance optique) est lente.", ""),
        ("CE", "Le comité (CE) d'entreprise", ""),
    ],
)
def test_words_that_an_acronym_is_made_of(acronym: str, sentence: str, words: str) -> None:
    found = text.expansion(acronym, sentence, MINOR)
    assert (found.of(sentence) if found else "") == words


@given(st.text("ABC abc()'.,:", max_size=60))
def test_what_is_found_begins_with_its_letters(sentence: str) -> None:
    found = text.expansion("ABC", sentence, MINOR)
    if found is not None:
        assert found.of(sentence)[0].lower() == "a"
        assert "(" not in found.of(sentence)


@pytest.mark.parametrize("word", ["ONF", "S.N.C.F.", "ÉNA", "U.N."])
def test_an_acronym_is_told_by_its_capitals(word: str) -> None:
    assert text.ACRONYM.fullmatch(word)


@pytest.mark.parametrize("word", ["Onf", "le", "A", "ONFs", "B2B"])
def test_other_words_are_none(word: str) -> None:
    assert not text.ACRONYM.fullmatch(word)
