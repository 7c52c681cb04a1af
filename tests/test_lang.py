"""Languages are data: a third one is one file, and a question is asked in it."""

from __future__ import annotations

import string
from dataclasses import fields
from pathlib import Path

import pytest

from askdossier import lang, text
from askdossier.ask.kinds import yes_or_no
from askdossier.lang import LEXICONS, Lexicon
from askdossier.settings import Settings
from fakes import FakeWriter
from small_dossier import dossier_of, write
from toy_language import DUTCH

SAID = "Er werken 34 mensen in het atelier van Kerlann."
QUESTION = "Hoeveel mensen werken er in het atelier van Kerlann?"


@pytest.fixture
def dutch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(LEXICONS, "nl", DUTCH)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    settings = Settings(corpus=tmp_path / "corpus", index=tmp_path / "index")
    told = f"Het atelier\n\n{SAID} De haven van Kerlann is in 1998 gesloten.\n"
    write(settings.corpus, {"atelier.txt": told})
    dossier_of(settings).sync()
    return settings


@pytest.mark.usefixtures("dutch")
def test_a_question_is_asked_and_answered_in_a_third_language(settings: Settings) -> None:
    writer = FakeWriter(SAID)
    answer = dossier_of(settings, writer).ask(QUESTION)
    assert answer.language == "nl"
    (prompt,) = writer.prompts
    assert prompt.system == DUTCH.prompts.system and QUESTION in prompt.user
    (claim,) = answer.claims
    assert (claim.text, claim.support) == (SAID, "supported")
    assert claim.citations[0].quote == SAID


@pytest.mark.usefixtures("dutch")
def test_what_the_program_says_itself_is_in_it_too(settings: Settings) -> None:
    answer = dossier_of(settings, FakeWriter(yes=0.0)).ask("Wie is de burgemeester van Kerlann?")
    assert answer.abstained and answer.message.startswith(DUTCH.sayings.abstention)
    assert "burgemeester" in answer.message and "„" in answer.message
    wrong = SAID.replace("34", "43")
    (claim,) = dossier_of(settings, FakeWriter(wrong)).ask(QUESTION).claims
    assert (claim.text, claim.support) == (f"„{SAID}”", "quoted")


def test_without_its_lexicon_it_is_answered_in_english_and_says_so(settings: Settings) -> None:
    writer = FakeWriter(SAID)
    answer = dossier_of(settings, writer).ask(QUESTION)
    assert (answer.language, answer.asked_in, answer.cited_in) == ("en", "nl", ("nl",))
    assert writer.prompts[0].system == lang.of("en").prompts.system
    said = lang.what_is_unknown(answer.asked_in, answer.cited_in, "fr")
    assert said.startswith("La question semble être dans une autre langue (Nederlands)")
    assert "rien ne vérifie s’ils nient" in said


@pytest.mark.parametrize("question", ["Wer leitet die Werkstatt?", "¿Qué dice?"])
def test_no_question_in_another_language_is_answered_in_french(
    settings: Settings, question: str
) -> None:
    answer = dossier_of(settings, FakeWriter(yes=0.0)).ask(question)
    assert answer.language == "en" and answer.asked_in
    assert answer.message == lang.of("en").sayings.abstention


def test_a_question_in_another_language_finds_its_words_there(tmp_path: Path) -> None:
    settings = Settings(corpus=tmp_path / "corpus", index=tmp_path / "index")
    german = "Die Brücken wurden geprüft. Alle Häuser am Hafen sind in diesem Jahr verkauft worden."
    write(settings.corpus, {"de.txt": f"Bericht\n\n{german}\n"})
    dossier_of(settings).sync()
    best = dossier_of(settings).search("Wann wurde das Haus am Hafen verkauft?")[0]
    assert {"Haus", "Hafen"} <= set(best.words)


def test_nothing_is_unknown_in_the_languages_of_the_program() -> None:
    assert lang.what_is_unknown("", (), "fr") == ""


@pytest.mark.usefixtures("dutch")
def test_its_questions_are_told_by_their_forms(settings: Settings) -> None:
    dossier = dossier_of(settings, FakeWriter(SAID))
    assert dossier.ask("Dank je wel!").message == DUTCH.sayings.small_talk["thanks"]
    answer = dossier.ask("Waar gaan de documenten over?")
    assert answer.message == DUTCH.sayings.one_document and answer.claims
    assert yes_or_no.matches("Is de haven van Kerlann gesloten?")


@pytest.mark.usefixtures("dutch")
def test_with_its_lexicon_nothing_is_unknown(settings: Settings) -> None:
    answer = dossier_of(settings, FakeWriter(SAID)).ask(QUESTION)
    assert (answer.asked_in, answer.cited_in) == ("", ())


def test_words_tell_a_language_from_the_others(dutch: None) -> None:
    assert text.question_language(QUESTION) == "nl"
    assert text.question_language("How many people are in the workshop of Kerlann?") == "en"
    assert text.question_language("Combien de personnes à l’atelier de Kerlann ?") == "fr"


@pytest.mark.parametrize("lexicon", [*LEXICONS.values(), DUTCH])
def test_every_language_fills_in_the_same(lexicon: Lexicon) -> None:
    def asked_for(template: str) -> set[str | None]:
        return {name for _, name, _, _ in string.Formatter().parse(template) if name is not None}

    for part in ("prompts", "sayings", "writer"):
        mine, english = getattr(lexicon, part), getattr(lang.of("en"), part)
        for field in fields(english):
            if field.name == "small_talk":
                assert mine.small_talk.keys() == english.small_talk.keys()
                continue
            own = asked_for(getattr(mine, field.name))
            assert own == asked_for(getattr(english, field.name)), field.name
            assert getattr(mine, field.name).strip()
