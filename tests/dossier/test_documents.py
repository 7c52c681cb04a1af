"""Documents and syncing, through the façade."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from askdossier import models
from askdossier.core import (
    Answered,
    EmptyCorpus,
    IndexMissing,
    Pending,
    Progress,
    Span,
    Stop,
    SyncStopped,
    UnconfirmedRemoval,
)
from askdossier.dossier import Dossier
from askdossier.settings import Settings
from fakes import FakeEmbedder, FakeWriter
from small_dossier import FILES, QUESTION, TRUE, ask, dossier_of, write

pytestmark = pytest.mark.usefixtures("quick_syncs")


def test_a_dossier_opened_without_an_index_can_be_synced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(models, "load_embedder", lambda *_: FakeEmbedder())
    monkeypatch.setattr(models, "load_writer", lambda *_: FakeWriter(TRUE))
    write(tmp_path / "corpus", FILES)
    dossier = Dossier.open(tmp_path / "index", Settings())
    with pytest.raises(IndexMissing):
        dossier.ask(QUESTION)
    assert dossier.sync(tmp_path / "corpus").added == tuple(sorted(FILES))
    assert ask(dossier).claims[0].text == TRUE
    assert ask(Dossier.open(tmp_path / "index", Settings())).claims[0].text == TRUE


def test_a_sync_is_seen_by_the_next_question(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    write(corpus, FILES)
    dossier = dossier_of(Settings(corpus, tmp_path / "index"), FakeWriter(TRUE))
    dossier.sync()
    assert ask(dossier).claims[0].citations[0].document == "atelier.md"
    renamed = corpus / "déplacé.md"
    (corpus / "atelier.md").rename(renamed)
    report = dossier.sync()
    assert (report.added, report.removed) == (("déplacé.md",), ("atelier.md",))
    assert ask(dossier).claims[0].citations[0].document == "déplacé.md"
    renamed.unlink()
    dossier.sync()
    answer = ask(dossier)
    assert TRUE not in answer.text
    assert {item.document for item in answer.evidence} <= set(dossier.documents)


def test_the_sync_of_another_process_is_seen(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    write(corpus, FILES)
    settings = Settings(corpus, tmp_path / "index")
    dossier, elsewhere = dossier_of(settings, FakeWriter(TRUE)), dossier_of(settings)
    listing = dossier_of(settings)
    elsewhere.sync()
    assert ask(dossier).claims[0].citations[0].document == "atelier.md"
    assert "atelier.md" in listing.documents
    (corpus / "atelier.md").rename(corpus / "déplacé.md")
    elsewhere.sync()
    assert "déplacé.md" in listing.documents
    assert "déplacé.md" in dossier.documents
    assert ask(dossier).claims[0].citations[0].document == "déplacé.md"


def test_a_question_asked_before_a_sync_ends_on_its_own_index(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    write(corpus, FILES)
    dossier = dossier_of(Settings(corpus, tmp_path / "index"), FakeWriter(TRUE))
    dossier.sync()
    text = dossier.documents["atelier.md"].text
    events = dossier.stream(QUESTION)
    next(events)
    (corpus / "atelier.md").write_text("# Rien\n\nIl n’y a plus rien. Tout a changé.\n")
    dossier.sync()
    *_, last = events
    assert isinstance(last, Answered)
    (claim,) = last.answer.claims
    assert claim.citations[0].span.of(text) == TRUE


def test_a_stopped_sync_leaves_the_index(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    write(corpus, FILES)
    dossier = dossier_of(Settings(corpus, tmp_path / "index"), FakeWriter(TRUE))
    dossier.sync()
    (corpus / "nouveau.md").write_text("# Neuf\n\nUn texte neuf. Il est court.\n")
    stop = Stop()

    def report(progress: Progress) -> None:
        if progress.stage == "reading":
            stop.set()

    with pytest.raises(SyncStopped, match="askdossier index"):
        dossier.sync(report=report, stop=stop)
    assert set(dossier.documents) == set(FILES)
    assert ask(dossier).claims[0].text == TRUE


def test_emptying_a_corpus_empties_the_answers(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    write(corpus, FILES)
    dossier = dossier_of(Settings(corpus, tmp_path / "index"), FakeWriter(TRUE))
    dossier.sync()
    shutil.rmtree(corpus)
    corpus.mkdir()
    with pytest.raises(UnconfirmedRemoval) as refused:
        dossier.sync()
    assert ask(dossier).claims
    assert dossier.sync(confirmed=refused.value.documents).removed == tuple(sorted(FILES))
    answer = ask(dossier)
    assert answer.abstained
    assert answer.evidence == ()


def test_an_empty_corpus_is_told(tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    with pytest.raises(EmptyCorpus, match="Put documents into it"):
        dossier_of(Settings(tmp_path / "corpus", tmp_path / "index")).sync()


def test_what_the_chat_asks_about_documents(indexed: Settings) -> None:
    dossier = dossier_of(indexed)
    assert dossier.listing() == tuple(sorted(FILES))
    text = dossier.documents["atelier.md"].text
    assert dossier.header("atelier.md").text == ""
    passages = dossier.passages_of("atelier.md")
    assert passages
    start = text.index("34 salariés")
    around = dossier.passage_around("atelier.md", Span(start, start + 2))
    assert around in passages
    assert dossier.passage_around("absent.md", Span(0, 1)) is None
    assert dossier.failures == ()


def test_what_has_changed_since_the_indexing_is_told(tmp_path: Path) -> None:
    write(tmp_path / "corpus", FILES)
    settings = Settings(corpus=tmp_path / "corpus", index=tmp_path / "index")
    dossier = dossier_of(settings)
    dossier.sync()
    assert not dossier.pending()
    assert dossier.dates().keys() == set(FILES)
    write(tmp_path / "corpus", {"new.md": "Du nouveau."})
    dossier.set_metadata("atelier.md", {"author": "Ada"})
    assert dossier.pending() == Pending(added=("new.md",), changed=("atelier.md",))
    shutil.rmtree(tmp_path / "corpus")
    with pytest.raises(EmptyCorpus, match="cannot be opened"):
        dossier.pending()


def test_warming_up_loads_what_a_question_needs(
    indexed: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded: list[str] = []

    def load_embedder(*_: object) -> FakeEmbedder:
        loaded.append("embedder")
        return FakeEmbedder()

    def load_writer(*_: object) -> FakeWriter:
        loaded.append("writer")
        return FakeWriter(TRUE)

    monkeypatch.setattr(models, "load_embedder", load_embedder)
    monkeypatch.setattr(models, "load_writer", load_writer)
    dossier = Dossier(indexed)
    assert dossier.listing()
    assert loaded == []  # listing documents needs no model
    dossier.warm_up()
    ask(dossier)
    ask(dossier)
    assert sorted(loaded) == ["embedder", "writer"]


def test_what_an_evaluation_asks(indexed: Settings) -> None:
    dossier, other = dossier_of(indexed), FakeWriter(f"{TRUE} ", yes=0.9)
    assert dossier.search(QUESTION)[0].passage.document == "atelier.md"
    answer = dossier.with_writer(other).ask(QUESTION)
    assert answer.confidence is not None
    assert answer.confidence >= indexed.strictness
    assert len(other.prompts) == 1
    assert dossier.writer is not other
    assert dossier.embedder.name == "fake-1"


def test_passages_are_found_by_the_characters_they_share(tmp_path: Path) -> None:
    told = (f"Au jour {n}, le port de Kerlann a vu entrer {n} bateaux." for n in range(400))
    write(tmp_path / "corpus", {"registre.txt": "Le registre\n\n" + "\n\n".join(told)})
    dossier = dossier_of(Settings(corpus=tmp_path / "corpus", index=tmp_path / "index"))
    dossier.sync()
    passages = dossier.passages_of("registre.txt")
    assert len(passages) > 3
    length = len(dossier.documents["registre.txt"].text)
    ends = {0, length, *(p.span.start for p in passages), *(p.span.end for p in passages)}
    for start in ends:
        for end in (end for end in ends if end > start):
            touching = tuple(p for p in passages if p.span.overlaps(Span(start, end)))
            assert dossier.passages_touching("registre.txt", Span(start, end)) == touching
