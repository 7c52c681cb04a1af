"""Questions to begin with: which are asked, which are shown, and that nobody waits for them."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from askdossier.ask import possible, sure
from askdossier.core import (
    Answer,
    Citation,
    Claim,
    Document,
    Language,
    Profile,
    Source,
    Span,
    Stop,
    Suggestion,
)
from askdossier.web.headers import Headers
from askdossier.web.suggest import Suggestions
from askdossier.web.turn import Line
from web_fake import FakeDossier


def document(text: str, language: Language = "fr") -> Document:
    return Document("a.md", "Note", text, language, Source("a.md", "0"))


def questions(text: str, language: Language = "fr") -> list[str]:
    return [one.question for one in possible([document(text, language)])]


@pytest.mark.parametrize(
    ("line", "asked"),
    [
        ("Pourquoi la grue a-t-elle été vendue ?", "Pourquoi la grue a-t-elle été vendue ?"),
        ("3. Que protège le droit des marins ?", "Que protège le droit des marins ?"),
        ("IV - Que protège le droit des marins ?", "Que protège le droit des marins ?"),
        ("1. L'APPEL : COMBIEN SOMMES-NOUS ?", None),
        ("Combien sommes-nous cette année ?", None),
        ("Pourquoi a-t-elle été vendue hier ?", None),
        ("— Que change la vente de la grue ?", None),
        ("Un vœu pour la grue en 2026 ?", None),
        ("La grue est vendue. Que va faire le port ?", None),
        ("Et alors ?", None),
    ],
)
def test_only_questions_that_stand_alone_are_taken_from_the_text(
    line: str, asked: str | None
) -> None:
    assert questions(f"Titre\n\n{line}\n\nElle rouillait.") == ([asked] if asked else [])


def test_a_question_without_an_answer_behind_it_is_not_taken() -> None:
    assert questions("Pourquoi la grue est-elle vendue ?\n\nQui achète la grue du port ?") == []


@pytest.mark.parametrize(
    ("sentence", "language", "asked"),
    [
        ("L'Atelier compte 34 salariés.", "fr", "Combien de salariés compte l'Atelier ?"),
        ("Maëlle Guivarc’h, mareyeuse, préside le syndicat.", "fr", "Qui préside le syndicat ?"),
        ("Le port de Kerlann a été fermé en 1998.", "fr", "Quand a été fermé le port de Kerlann ?"),
        ("Il compte 34 salariés.", "fr", None),
        ("Nora Ellery runs the archive.", "en", "Who runs the archive?"),
        ("The Harbour Trust employs 34 people.", "en", None),
        ("The Trust holds 340 tapes.", "en", "How many tapes does the Trust hold?"),
    ],
)  # fmt: skip
def test_questions_are_made_of_sentences_with_a_name(
    sentence: str, language: Language, asked: str | None
) -> None:
    assert questions(f"{sentence} Rien d'autre.", language) == ([asked] if asked else [])


def test_numbering_and_titles() -> None:
    made = possible([replace(document("Rien."), title="Le port et ses grues")])
    assert [one.question for one in made] == ["Que dit le document « Le port et ses grues » ?"]


def answer(support: str = "supported", confidence: float = 0.9, cited: str = "a.md") -> Answer:
    citation = Citation(1, cited, Span(0, 4), "Rien")
    claim = Claim("Rien.", support, (citation,))  # type: ignore[arg-type]
    return Answer("?", "fr", (claim,), False, "", (), confidence=confidence)


def test_an_answer_is_sure_with_confidence_support_and_its_own_document() -> None:
    taken = Suggestion("?", "a.md")
    assert sure(answer(), taken)
    assert not sure(answer(confidence=0.5), taken)
    assert not sure(answer("partly"), taken)
    assert not sure(answer(cited="b.md"), taken)
    assert not sure(replace(answer(), claims=(), abstained=True), taken)


def until(true: Callable[[], object]) -> None:
    deadline = time.monotonic() + 20
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.02)


class Counting(FakeDossier):
    """Counts what it is asked; the first question has no certain answer."""

    def __init__(self, index: Path) -> None:
        super().__init__()
        self.settings = replace(self.settings, index=index)
        self.checked: list[str] = []
        self.held = threading.Event()
        self.held.set()

    def answers_surely(self, suggestion: Suggestion, stop: Stop) -> bool:
        self.checked.append(suggestion.question)
        while not self.held.is_set() and not stop.is_set():
            time.sleep(0.01)
        return suggestion.question != self.possible_questions()[0].question and not stop.is_set()


def test_only_certain_questions_are_shown_and_they_are_asked_once(tmp_path: Path) -> None:
    dossier = Counting(tmp_path)
    expected = [one.question for one in dossier.possible_questions()][1:]
    first = Suggestions(dossier, Headers(dossier), Line(), quiet=0)
    assert first.shown(ready=False) == ()
    assert dossier.checked == []
    until(lambda: list(first.shown(ready=True)) == expected)
    until(lambda: '"whole": true' in (tmp_path / "suggestions.json").read_text())
    asked = len(dossier.checked)
    again = Suggestions(dossier, Headers(dossier), Line(), quiet=0)
    assert list(again.shown(ready=True)) == expected
    assert len(dossier.checked) == asked
    dossier.shelf = dict(list(dossier.shelf.items())[:2])
    assert again.shown(ready=False) == ()  # other documents


def test_somebody_who_asks_does_not_wait_for_suggestions(tmp_path: Path) -> None:
    dossier, line = Counting(tmp_path), Line()
    dossier.held.clear()
    suggested = Suggestions(dossier, Headers(dossier), line, quiet=0)
    suggested.shown(ready=True)
    until(lambda: dossier.checked)
    with line.admit("somebody"):
        time.sleep(0.2)
        assert len(dossier.checked) == 1  # stopped, and not begun again
    dossier.held.set()
    until(lambda: suggested.shown(ready=True))
    assert dossier.checked[0] == dossier.checked[1]


def test_nothing_is_sent_to_a_server_elsewhere(tmp_path: Path) -> None:
    dossier = Counting(tmp_path)
    dossier.writes = Profile("far", leaves=True)
    Suggestions(dossier, Headers(dossier), Line(), quiet=0).shown(ready=True)
    time.sleep(0.2)
    assert dossier.checked == []
