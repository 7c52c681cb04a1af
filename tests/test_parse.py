"""The grammar of sentences: what spaCy reads, with offsets in the sentence."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askdossier.core import Language
from askdossier.lang import LEXICONS
from askdossier.lang.parse import parsed, warm_up
from toy_language import DUTCH

WORDS = (
    "Le maire", "n’a pas signé", "l'accord", "12 500 euros", "3\u202f400", "1\u00a0000\u00a0000",
    "d’après", "Anne Roy", "the mayor", "didn't sign", "| 940", "«", "»", ",", "aujourd'hui", "42",
    "7 h 30", "\n", "  ", "🌊", "é",
)  # fmt: skip


@given(
    st.lists(st.sampled_from(WORDS) | st.text(max_size=8), max_size=8),
    st.sampled_from("fr en".split()),
)
def test_the_span_of_every_word_gives_its_text(parts: list[str], language: Language) -> None:
    sentence = " ".join(parts)
    words = parsed(sentence, language)
    assert words is not None
    assert all(word.span.of(sentence) == word.text for word in words)
    assert "".join("".join(word.text for word in words).split()) == "".join(sentence.split())
    assert all(0 <= word.head < len(words) for word in words)
    starts = [word.span.start for word in words]
    assert starts == sorted(starts)


@pytest.mark.parametrize(
    ("sentence", "language", "number"),
    [
        ("La salle coûte 12 500 euros.", "fr", "12 500"),
        ("La salle coûte 1\u202f250\u202f000 euros.", "fr", "1\u202f250\u202f000"),
        ("They raised 12 500 pounds.", "en", "12 500"),
    ],
)
def test_digits_in_groups_are_one_word(sentence: str, language: Language, number: str) -> None:
    assert number in [word.text for word in parsed(sentence, language) or ()]


def test_a_word_knows_what_it_depends_on() -> None:
    words = parsed("Anne Roy n’a pas signé l’accord.", "fr")
    assert words is not None
    verb = next(i for i, word in enumerate(words) if word.form == "signé")
    beside = {word.form: word.relation for word in words if word.head == verb}
    assert beside["anne"] == "nsubj" and beside["accord"] == "obj" and beside["pas"] == "advmod"
    assert words[0].entity == "PER"
    assert words[2].text == "n’" and words[2].form == "n'"


def test_without_a_grammar_nothing_is_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(LEXICONS, "nl", DUTCH)
    warm_up(["nl", "xx"])
    assert parsed("De haven is gesloten.", "nl") is None
    assert parsed("Havnen er lukket.", "xx") is None


def test_what_checks_answers_reads_no_grammar_before_one_is_checked() -> None:
    code = "import sys, askdossier.dossier, askdossier.verify; print(*sys.modules)"
    said = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout
    loaded = {name.split(".")[0] for name in said.split()}
    assert "askdossier" in loaded
    assert loaded.isdisjoint({"spacy", "thinc", "torch"})
