"""An answer from the dossier, as events and as a whole."""

from __future__ import annotations

from pathlib import Path

from askdossier import lang, wire
from askdossier.core import (
    ClaimChecked,
    EvidenceFound,
    Profile,
)
from askdossier.settings import Settings
from fakes import FakeWriter
from pdf_writer import column, write_pdf
from small_dossier import LONG, QUESTION, TRUE, ask, dossier_of, write


def test_a_true_sentence_is_shown_with_its_source(indexed: Settings) -> None:
    answer = ask(dossier_of(indexed, FakeWriter(TRUE)))
    (claim,) = answer.claims
    assert (claim.text, claim.support) == (TRUE, "supported")
    (citation,) = claim.citations
    assert (citation.document, citation.quote, citation.number) == ("atelier.md", TRUE, 1)
    assert answer.text == f"{TRUE} [1]"
    assert (answer.language, answer.question) == ("fr", QUESTION)


def test_a_citation_tells_its_page_and_who_else_says_it(tmp_path: Path) -> None:
    said = "L’atelier de Kerlann emploie 34 salariés au bord du vieux port."
    write(tmp_path / "corpus", {"note.txt": f"Une note\n\n{said}\n\nAutre chose, plus loin."})
    write_pdf(tmp_path / "corpus" / "rapport.pdf", [column(60, 700, ["Rapport annuel."]),
                                                   column(60, 700, [said])])  # fmt: skip
    settings = Settings(corpus=tmp_path / "corpus", index=tmp_path / "index")
    dossier = dossier_of(settings)
    dossier.sync()
    answer = ask(dossier)
    (claim,) = answer.claims
    citation = claim.citations[0]
    (other,) = citation.also
    assert {citation.document, other.document} == {"note.txt", "rapport.pdf"}
    assert other.span.of(dossier.documents[other.document].text) == said
    places = {place.document: place.span.start for place in (citation, other)}
    assert dossier.documents["rapport.pdf"].page(places["rapport.pdf"]) == 2
    assert citation.page == (2 if citation.document == "rapport.pdf" else None)
    shown = wire.dump_answer(answer)["claims"][0]["citations"][0]
    assert shown["page"] == citation.page
    assert shown["also"] == [
        {"document": other.document, "start": other.span.start, "end": other.span.end}
    ]


def test_the_evidence_comes_before_the_writer_is_asked(indexed: Settings) -> None:
    writer = FakeWriter(TRUE)
    events = dossier_of(indexed, writer).stream(QUESTION)
    assert isinstance(next(events), EvidenceFound)
    assert writer.prompts == []
    assert isinstance(next(events), ClaimChecked)
    assert TRUE in writer.prompts[0].user  # the evidence is what it reads
    assert QUESTION in writer.prompts[0].user


def test_a_sentence_is_shown_before_the_next_is_written(indexed: Settings) -> None:
    writer = FakeWriter(LONG)
    events = dossier_of(indexed, writer).stream(QUESTION)
    assert [type(next(events)) for _ in range(2)] == [EvidenceFound, ClaimChecked]
    assert writer.pieces < len(LONG.split())


def test_ask_gives_what_stream_ends_with(indexed: Settings) -> None:
    dossier = dossier_of(indexed, FakeWriter(TRUE))
    streamed, asked = ask(dossier), dossier.ask(QUESTION)
    assert (asked.claims, asked.evidence) == (streamed.claims, streamed.evidence)


def test_an_able_writer_is_asked_for_a_complete_answer(indexed: Settings) -> None:
    class Able(FakeWriter):
        profile = Profile("able", parameters=4_000_000_000)

    words = lang.of("fr").prompts
    for writer, system in ((Able(TRUE), words.fully), (FakeWriter(TRUE), words.system)):
        assert TRUE in ask(dossier_of(indexed, writer)).text
        assert [prompt.system for prompt in writer.prompts] == [system]


def test_an_english_question_about_an_english_page(indexed: Settings) -> None:
    said = "Across Brittany, eight auction halls have closed since 2015."
    dossier = dossier_of(indexed, FakeWriter(said))
    answer = ask(dossier, "How many auction halls have closed in Brittany since 2015?")
    assert answer.language == "en"
    assert [(c.text, c.citations[0].document) for c in answer.claims] == [(said, "harbours.html")]
