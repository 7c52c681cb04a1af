"""Questions, indexes and models that are refused, and with what words."""

from __future__ import annotations

from pathlib import Path

import pytest

from askdossier import models
from askdossier.core import (
    EvidenceFound,
    IndexMismatch,
    IndexMissing,
    InvalidQuestion,
    ModelMissing,
)
from askdossier.dossier import LONGEST_QUESTION, Dossier
from askdossier.settings import Settings
from fakes import FakeEmbedder, FakeWriter
from small_dossier import FILES, QUESTION, TRUE, ask, dossier_of

pytestmark = pytest.mark.usefixtures("quick_syncs")


@pytest.mark.parametrize("question", ["", "   ", "\n\t\u00a0"])
def test_an_empty_question(indexed: Settings, question: str) -> None:
    with pytest.raises(InvalidQuestion, match="empty"):
        dossier_of(indexed).stream(question)


def test_a_question_of_ten_thousand_characters(indexed: Settings) -> None:
    with pytest.raises(InvalidQuestion, match=rf"10000.*{LONGEST_QUESTION}"):
        dossier_of(indexed).ask("x" * 10_000)


def test_a_long_question_is_refused_before_its_filters_are_read(
    indexed: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("askdossier.scope.parse", lambda question: pytest.fail("it was read"))
    with pytest.raises(InvalidQuestion, match=str(LONGEST_QUESTION)):
        dossier_of(indexed).ask("auteur:« " + " " * LONGEST_QUESTION)


def test_the_longest_question_is_answered(indexed: Settings) -> None:
    question = f"{QUESTION} {'x' * LONGEST_QUESTION}"[:LONGEST_QUESTION]
    ask(dossier_of(indexed, FakeWriter(TRUE)), question)


@pytest.mark.parametrize("question", ["?", "«", "😀", "\x00", "[1]", "{evidence}", "SELECT *"])
def test_odd_questions_are_answered_or_not_but_never_fail(indexed: Settings, question: str) -> None:
    ask(dossier_of(indexed), question)


def test_asking_without_an_index(tmp_path: Path) -> None:
    dossier = dossier_of(Settings(index=tmp_path / "none"))
    assert not dossier.indexed
    assert dossier.documents == {}
    with pytest.raises(IndexMissing, match=r"askdossier index .* --index .*none"):
        dossier.ask(QUESTION)


def test_asking_with_another_embedder(indexed: Settings) -> None:
    other = Dossier(indexed, embedder=FakeEmbedder("fake-2"), writer=FakeWriter())
    with pytest.raises(IndexMismatch, match=r"fake-1.*fake-2.*askdossier index .* --index "):
        other.ask(QUESTION)
    assert set(other.documents) == set(FILES)  # what needs no embedder still works


def test_opening_with_another_embedder(indexed: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(models, "load_embedder", lambda *_: FakeEmbedder("fake-2"))
    with pytest.raises(IndexMismatch, match="askdossier index"):
        Dossier.open(indexed.index, indexed)


def test_a_model_that_is_not_on_disk(indexed: Settings, tmp_path: Path) -> None:
    settings = Settings(indexed.corpus, indexed.index, models=tmp_path)
    without_writer = Dossier(settings, embedder=FakeEmbedder())
    events = without_writer.stream(QUESTION)
    assert isinstance(next(events), EvidenceFound)  # what needs no writer is shown
    with pytest.raises(ModelMissing, match="askdossier models pull"):
        next(events)
    with pytest.raises(ModelMissing, match="askdossier models pull"):
        Dossier(settings).ask(QUESTION)
