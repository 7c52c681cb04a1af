"""Looking through the whole dossier: complete and counted."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from askdossier import survey, text
from askdossier.index import Index
from index_fakes import FakeEmbedder, sync, write


@pytest.fixture(autouse=True, scope="module")
def _no_flushing() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda _: None)
        yield


def opened(folder: Path, files: dict[str, str]) -> Index:
    write(folder / "corpus", files)
    embedder = FakeEmbedder()
    sync(folder / "corpus", folder / "index", embedder)
    return Index.open(folder / "index", embedder.name)


FILES = {
    "a.txt": "Les pêcheurs quittent le port.\nLe maire défend la pêche.\nLa pêche rapporte.",
    "b.txt": "La pêche à pied est libre.\nOn y vient en famille.",
    "c.txt": "Le théâtre rouvre.\nSa programmation plaît.",
}


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    return opened(tmp_path_factory.mktemp("survey"), FILES)


def quotes(index: Index, phrase: str, *, literal: bool = False) -> dict[str, list[str]]:
    return {
        mention.document.id: [span.of(mention.document.text) for span in mention.spans]
        for mention in survey.mentions(index, phrase, literal=literal)
    }


def test_every_sentence_that_holds_the_words(index: Index) -> None:
    assert quotes(index, "pêche") == {
        "a.txt": ["Le maire défend la pêche.", "La pêche rapporte."],
        "b.txt": ["La pêche à pied est libre."],
    }
    assert quotes(index, "PECHES") == quotes(index, "pêche")
    assert quotes(index, "le maire et la pêche") == {"a.txt": ["Le maire défend la pêche."]}


def test_a_literal_phrase_stands_word_for_word(index: Index) -> None:
    assert quotes(index, "pêche à pied", literal=True) == {"b.txt": ["La pêche à pied est libre."]}
    assert not quotes(index, "pied à pêche", literal=True)
    assert not quotes(index, "pêch", literal=True)


def test_nothing_holds_an_unknown_word(index: Index) -> None:
    assert not quotes(index, "Sydney")
    assert not quotes(index, "la Sydney", literal=True)


def test_unknown_words(index: Index) -> None:
    def unknown(question: str, *, names_only: bool = False) -> tuple[str, ...]:
        return survey.unknown_words(index, question, names_only=names_only)

    assert unknown("Que dit le maire de Sydney au théâtre ?") == ("Sydney",)
    assert unknown("Que dit le maire ?") == ()
    assert unknown("Le maire de Sydney conseille-t-il le théâtre ?") == ("Sydney",)
    assert unknown("What do the employees of Sydney say?") == ("employees", "Sydney")
    assert unknown("What do the employees of Sydney say?", names_only=True) == ("Sydney",)


def test_a_lead_is_a_sentence_of_each_document(index: Index) -> None:
    found = list(survey.leads(index))
    assert [document.id for document, _ in found] == sorted(FILES)
    for document, span in found:
        assert span in text.sentences(document.text)


words = st.sampled_from(["port", "ports", "phare", "digue", "les", "du", "Brest"])
sentences = st.lists(words, min_size=1, max_size=5).map(lambda some: " ".join(some) + ".")


@given(files=st.lists(st.lists(sentences, min_size=1, max_size=4), min_size=1, max_size=3))
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_as_complete_as_reading_everything(
    files: list[list[str]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    found = opened(
        tmp_path_factory.mktemp("all"),
        {f"{number}.txt": "\n".join(body) for number, body in enumerate(files)},
    )
    for word in ("port", "phare", "Brest"):
        expected = {
            (name, span)
            for name, document in found.documents.items()
            for span in text.sentences(document.text)
            if text.search_tokens(word, {"fr"})[0]
            in text.search_tokens(span.of(document.text), {"fr"})
        }
        mentions = survey.mentions(found, word, literal=False)
        assert {(m.document.id, span) for m in mentions for span in m.spans} == expected
