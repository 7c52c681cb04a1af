"""The façade over tiny fake models: what a caller may rely on, whatever the models say."""

from __future__ import annotations

import math
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from askdossier import models, verify, wire
from askdossier.ask import policy
from askdossier.ask.policy import plain, probed
from askdossier.dossier import LONGEST_QUESTION, Dossier
from askdossier.evaluate.gold import stands
from askdossier.records import (
    Answer,
    Answered,
    Choice,
    ClaimChecked,
    EmptyCorpus,
    Event,
    EvidenceFound,
    Filter,
    IndexMismatch,
    IndexMissing,
    InvalidFilter,
    InvalidQuestion,
    ModelMissing,
    Pending,
    Progress,
    Prompt,
    Rewritten,
    Span,
    Stop,
    SyncStopped,
    Turn,
    UnconfirmedRemoval,
)
from askdossier.settings import Settings
from askdossier.verify.checks import kind, relevance
from fakes import FakeEmbedder, FakeWriter
from pdf_writer import column, write_pdf

FILES = {
    "atelier.md": (
        "# L’atelier de Kerlann\n\n"
        "L’atelier de Kerlann emploie 34 salariés. Il a été fondé en 1998 par Maëlle Guivarc’h.\n\n"
        "Son budget annuel est de 2,4 millions d’euros. La région en verse la moitié.\n"
    ),
    "presse/criee.txt": (
        "La criée de Port-Ellery\n\n"
        "La criée de Port-Ellery a fermé le 7 novembre 2025. Quarante-deux personnes y "
        "travaillaient.\n\nLe conseil municipal avait voté la fermeture par 17 voix contre 6.\n"
    ),
    "harbours.html": (
        "<html lang='en'><head><title>Small harbours</title></head><body><article>"
        "<h1>Small harbours</h1><p>Across Brittany, eight auction halls have closed since 2015. "
        "The survivors moved to online bidding early, says one auctioneer.</p>"
        "</article></body></html>"
    ),
}
QUESTION = "Combien de salariés l’atelier de Kerlann emploie-t-il ?"
TRUE = "L’atelier de Kerlann emploie 34 salariés."
LONG = f"{TRUE} Il a été fondé en 1998 par Maëlle Guivarc’h. La région en verse la moitié."


@pytest.fixture(autouse=True, scope="module")
def _no_flushing() -> Iterator[None]:
    """Only a power cut needs it, and it makes syncs several times slower."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda _: None)
        yield


def write(corpus: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = corpus / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def indexed(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """An index of ``FILES``; no test changes it."""
    folder = tmp_path_factory.mktemp("dossier")
    write(folder / "corpus", FILES)
    settings = Settings(corpus=folder / "corpus", index=folder / "index")
    report = Dossier(settings, embedder=FakeEmbedder(), writer=FakeWriter()).sync()
    assert report.added == tuple(sorted(FILES))
    assert report.failed == ()
    return settings


def dossier_of(settings: Settings, writer: FakeWriter | None = None) -> Dossier:
    return Dossier(settings, embedder=FakeEmbedder(), writer=writer or FakeWriter())


def check(dossier: Dossier, events: list[Event]) -> Answer:
    """What holds for every stream that was not stopped."""
    first, *checked, last = events
    assert isinstance(first, EvidenceFound)
    assert isinstance(last, Answered)
    evidence, claims = first.evidence, []
    if checked and isinstance(further := checked[0], EvidenceFound):  # the writer read on
        assert further.evidence[: len(evidence)] == evidence != further.evidence
        evidence = further.evidence
        del checked[0]
    for event in checked:
        assert isinstance(event, ClaimChecked)
        claims.append(event.claim)
    answer = last.answer
    assert answer.claims == tuple(claims)
    assert answer.evidence == evidence
    assert len({(item.document, item.span) for item in evidence}) == len(evidence)
    assert answer.abstained is not bool(claims)
    assert answer.message or not answer.abstained
    seconds = [event.seconds for event in events if not isinstance(event, Answered)]
    assert seconds == sorted(seconds)
    assert answer.timings["evidence"] == first.seconds
    assert answer.timings["total"] >= seconds[-1]
    documents = dossier.documents
    for item in answer.evidence:
        assert item.span.of(documents[item.document].text) == item.quote != ""
    numbers: dict[int, tuple[str, Span]] = {}
    for claim in claims:
        assert claim.support != "unsupported"
        assert claim.citations
        if claim.support == "quoted":
            marks = r"(?:.+ : )?« (.+) »" if answer.language == "fr" else r"(?:.+: )?“(.+)”"
            quoted = re.fullmatch(marks, claim.text)
            assert quoted
            assert quoted[1] in claim.citations[0].quote
        for citation in claim.citations:
            assert stands(citation, documents)
            place = (citation.document, citation.span)
            assert numbers.setdefault(citation.number, place) == place
    assert list(numbers) == list(range(1, len(numbers) + 1))  # in order of first use
    assert len(set(numbers.values())) == len(numbers)
    return answer


def ask(dossier: Dossier, question: str = QUESTION) -> Answer:
    return check(dossier, list(dossier.stream(question)))


# --- the events of an answer ----------------------------------------------------------------------


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


def test_an_english_question_about_an_english_page(indexed: Settings) -> None:
    said = "Across Brittany, eight auction halls have closed since 2015."
    dossier = dossier_of(indexed, FakeWriter(said))
    answer = ask(dossier, "How many auction halls have closed in Brittany since 2015?")
    assert answer.language == "en"
    assert [(c.text, c.citations[0].document) for c in answer.claims] == [(said, "harbours.html")]


# --- what must not be shown -----------------------------------------------------------------------


def figures(text: str) -> set[str]:
    return set(re.findall(r"\d+", text))


@pytest.mark.parametrize(
    "invention",
    [
        "L’atelier de Kerlann emploie 340 salariés.",
        "L’atelier de Kerlann emploie 34 salariés depuis 1999.",
        "L’atelier de Kerlann emploie 43 salariés.",
    ],
)
def test_an_invented_figure_is_not_shown(indexed: Settings, invention: str) -> None:
    answer = ask(dossier_of(indexed, FakeWriter(invention)))
    assert invention not in answer.text
    for claim in answer.claims:  # the words of the dossier may stand instead
        assert claim.support == "quoted"
        assert claim.text == f"« {claim.citations[0].quote} »"


def test_a_draft_that_fails_leads_to_the_words_it_was_made_from(indexed: Settings) -> None:
    answer = ask(dossier_of(indexed, FakeWriter("Berlin emploie 34 salariés.")))
    (claim,) = answer.claims
    assert claim.support == "quoted"
    assert "34" in claim.citations[0].quote


@pytest.mark.parametrize("least", [0.0, 1.0])
def test_where_no_sentence_holds_sure_evidence_is_quoted(
    indexed: Settings, least: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(policy, "QUOTE_FROM", least)
    answer = ask(dossier_of(indexed, FakeWriter("Zoé Berlinguer dirige une fanfare.")))
    assert [claim.support for claim in answer.claims] == ["quoted"] * (least == 0.0)
    assert answer.abstained is (least == 1.0)


def test_what_a_draft_adds_must_stand_in_its_citations(indexed: Settings) -> None:
    said = TRUE[:-1] + " grâce à des subventions généreuses et imprévues."
    assert said not in ask(dossier_of(indexed, FakeWriter(said))).text


def test_an_invented_name_is_not_shown(indexed: Settings) -> None:
    answer = ask(dossier_of(indexed, FakeWriter("L’atelier de Berlin emploie 34 salariés.")))
    assert "Berlin" not in answer.text


@pytest.mark.parametrize("yes", [0.02, 0.999])
def test_a_judge_looks_again_at_what_is_in_doubt(
    indexed: Settings, yes: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The fake embedder knows no other words for the same.
    monkeypatch.setattr(relevance, "_FURTHER", 1.0)
    asked: list[tuple[str, str]] = []

    class Judge:
        name = "judge"

        def entailment(self, pairs: Sequence[tuple[str, str]]) -> list[float]:
            asked.extend(pairs)
            return [yes] * len(pairs)

    put_otherwise = "L’atelier de Kerlann fait vivre 34 employés de la commune."
    for said in (put_otherwise, TRUE):
        asked.clear()
        writer = FakeWriter(said)
        answer = ask(Dossier(indexed, embedder=FakeEmbedder(), writer=writer, judge=Judge()))
        shown = [claim.text for claim in answer.claims if claim.support == "supported"]
        assert bool(asked) == (said == put_otherwise)
        assert (said in shown) == (yes > 0.5 or said == TRUE)
        assert all("34 salariés" in premise for premise, _ in asked)


def test_the_writer_may_be_the_judge(indexed: Settings) -> None:
    writer = FakeWriter(TRUE)
    answer = ask(dossier_of(replace(indexed, judge="writer"), writer))
    assert [claim.text for claim in answer.claims] == [TRUE]


def test_what_a_judge_says_once_stopped_counts_for_nothing(
    indexed: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(relevance, "_FURTHER", 1.0)
    stop = Stop()

    class Asked(FakeWriter):
        def choose(
            self, prompt: Prompt, options: Sequence[str], given: Stop, *, prefix: str = ""
        ) -> Choice:
            chosen = super().choose(prompt, options, given, prefix=prefix)
            if "Affirmation" in prompt.user:
                assert given is stop  # so that it can end at once
                stop.set()
            return chosen

    writer = Asked("L’atelier de Kerlann fait vivre 34 employés de la commune.")
    dossier = dossier_of(replace(indexed, judge="writer"), writer)
    events = list(dossier.stream(QUESTION, stop=stop))
    assert stop.is_set()
    assert isinstance(events[-1], Answered)
    assert not events[-1].answer.claims
    assert not events[-1].answer.abstained


def test_a_false_sentence_takes_no_true_one_with_it(indexed: Settings) -> None:
    writer = FakeWriter(f"{TRUE} Il a été fondé en 1789 par Maëlle Guivarc’h.")
    answer = ask(dossier_of(indexed, writer))
    assert [claim.text for claim in answer.claims] == [TRUE]


def test_a_denied_sentence_is_not_shown(indexed: Settings) -> None:
    denial = "L’atelier de Kerlann n’emploie pas 34 salariés."
    assert denial not in ask(dossier_of(indexed, FakeWriter(denial))).text


def test_marks_that_the_writer_invents_are_not_citations(indexed: Settings) -> None:
    answer = ask(dossier_of(indexed, FakeWriter(f"{TRUE[:-1]} [7].")))
    assert "[7]" not in answer.text


def test_a_writer_who_says_nothing(indexed: Settings) -> None:
    answer = ask(dossier_of(indexed, FakeWriter("")))
    assert all(claim.support == "quoted" for claim in answer.claims)


@pytest.mark.parametrize(
    ("question", "message"),
    [
        ("Quelle est la capitale de l’Australie ?", "Le dossier ne répond pas"),
        ("What is the capital of Australia?", "The dossier does not answer"),
    ],
)
def test_abstaining_when_the_writer_judges_that_nothing_answers(
    indexed: Settings, question: str, message: str
) -> None:
    writer = FakeWriter("La capitale de l’Australie est Sydney.", yes=0.0)
    answer = ask(dossier_of(indexed, writer), question)
    assert answer.abstained
    assert answer.message.startswith(message)
    assert answer.text == answer.message
    assert answer.evidence  # the nearest passages
    assert writer.prompts == []  # nothing was drafted


def test_strictness_decides(indexed: Settings) -> None:
    def abstained(strictness: float) -> bool:
        settings = Settings(indexed.corpus, indexed.index, strictness=strictness)
        return ask(dossier_of(settings, FakeWriter(TRUE, yes=0.5))).abstained

    assert not abstained(0.0)
    assert abstained(1.0)


# --- a second look at what is cited ---------------------------------------------------------------


@dataclass
class ReadWriter(FakeWriter):
    """Shows states of given log-odds: behind the evidence first, then behind what is cited."""

    log_odds: Sequence[float] = ()
    looks: Sequence[str] = ()
    """Words of the evidence at which it looks, if at any."""
    asked: list[Prompt] = field(default_factory=list)
    stops: int = -1
    """Which question it is stopped at."""

    def choose(
        self, prompt: Prompt, options: Sequence[str], stop: Stop, *, prefix: str = ""
    ) -> Choice:
        assert self.closed == len(self.prompts)  # its turn is over before it is asked again
        if len(self.asked) == self.stops:
            stop.set()
            return Choice((0.5, 0.5))
        cosine = self.log_odds[len(self.asked)] / 10
        state = np.array([[cosine, math.sqrt(1 - cosine**2)]] * 2, np.float32)
        self.asked.append(prompt)
        shares = [
            0.05 + 0.4 * any(s in p.of(prompt.user) for s in self.looks) for p in prompt.parts
        ]
        attention = np.array([[shares]], np.float32) if self.looks else None
        return Choice((0.5, 0.5), state, attention)


@pytest.fixture
def heads(monkeypatch: pytest.MonkeyPatch) -> None:
    """Heads that read those log-odds, of which the last decide."""
    head = probed.Head(np.array([[5, 0], [5, 0]], np.float32), 0.0)
    evidence, quotes = np.array([0, 0, 1], np.float32), np.array([0, 0, 0, 1], np.float32)
    looking = probed.Looking(np.array([[0, 0]]), np.array([1, 0], np.float32))
    trained = probed.Trained("fake-writer", "", head, head, evidence, quotes, looking)
    monkeypatch.setattr(probed, "trained", lambda: trained)


@pytest.mark.usefixtures("heads")
@pytest.mark.parametrize("evidence", [-1.8, 0.0])
def test_what_is_cited_may_settle_a_doubt(indexed: Settings, evidence: float) -> None:
    writer = ReadWriter(TRUE, log_odds=(evidence, 3.0))
    answer = ask(dossier_of(replace(indexed, strictness=0.2), writer), QUESTION)
    assert [claim.text for claim in answer.claims] == [TRUE]
    assert answer.confidence == pytest.approx(1 / (1 + math.exp(-3.0)))
    first, again = writer.asked
    (citation,) = answer.claims[0].citations
    assert again.user.count("- ") == 1 and citation.quote in again.user
    assert len(again.user) < len(first.user) and QUESTION in again.user
    assert answer.timings["second_judgement"] <= answer.timings["first_sentence"]


@pytest.mark.usefixtures("heads")
def test_what_is_cited_may_raise_a_doubt(indexed: Settings) -> None:
    writer = ReadWriter(TRUE, log_odds=(0.0, -3.0))
    answer = ask(dossier_of(replace(indexed, strictness=0.2), writer), QUESTION)
    assert answer.abstained and answer.claims == () and answer.message
    assert answer.confidence == pytest.approx(1 / (1 + math.exp(3.0)))


@pytest.mark.usefixtures("heads")
@pytest.mark.parametrize(("evidence", "drafts"), [(3.0, 1), (-2.5, 0)])
def test_sure_evidence_and_hopeless_need_one_look(
    indexed: Settings, evidence: float, drafts: int
) -> None:
    writer = ReadWriter(TRUE, log_odds=(evidence,))
    answer = ask(dossier_of(replace(indexed, strictness=0.2), writer), QUESTION)
    assert len(answer.claims) == len(writer.prompts) == drafts
    assert answer.confidence == pytest.approx(1 / (1 + math.exp(-evidence)))


@pytest.mark.usefixtures("heads")
def test_stopped_at_the_second_look_nothing_is_said(indexed: Settings) -> None:
    writer = ReadWriter(TRUE, log_odds=(0.0,), stops=1)
    *_, last = dossier_of(indexed, writer).stream(QUESTION, Stop())
    assert isinstance(last, Answered)
    assert last.answer.claims == () and not last.answer.abstained


# --- what it looks at instead ---------------------------------------------------------------------

FOUNDED = "Il a été fondé en 1998 par Maëlle Guivarc’h."
QUESTION_OF_BOTH = "Qui a fondé l’atelier de Kerlann et combien de salariés emploie-t-il ?"


def reply(alone: str, otherwise: str) -> Callable[[Prompt], str]:
    """One reply to a single piece of evidence, and another to several."""
    return lambda prompt: alone if len(prompt.parts) == 1 else otherwise


@pytest.mark.usefixtures("heads")
@pytest.mark.parametrize("evidence", [0.0, 3.0])
def test_an_answer_comes_from_where_the_writer_looks(
    indexed: Settings, evidence: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(relevance, "_FURTHER", 1.0)  # fake vectors are far from one another
    said = "C’est Maëlle Guivarc’h qui a fondé l’atelier de Kerlann en 1998."
    writer = ReadWriter(reply(said, TRUE), log_odds=(evidence, -1.0, 2.0), looks=["1998"])
    answer = ask(dossier_of(replace(indexed, strictness=0.2), writer), QUESTION_OF_BOTH)
    assert [claim.text for claim in answer.claims] == [said]
    (citation,) = answer.claims[0].citations
    assert citation.quote == FOUNDED and citation.number == 1
    assert answer.confidence == pytest.approx(1 / (1 + math.exp(-2.0)))
    _, drafted, looked = writer.asked
    assert TRUE in drafted.user and FOUNDED not in drafted.user
    assert FOUNDED in looked.user and TRUE not in looked.user


@pytest.mark.usefixtures("heads")
def test_a_draft_that_answers_better_stays(indexed: Settings) -> None:
    writer = ReadWriter(reply(FOUNDED, TRUE), log_odds=(0.0, 2.0, 1.0), looks=["1998"])
    answer = ask(dossier_of(replace(indexed, strictness=0.2), writer), QUESTION_OF_BOTH)
    assert [claim.text for claim in answer.claims] == [TRUE]
    assert answer.confidence == pytest.approx(1 / (1 + math.exp(-2.0)))
    assert len(writer.prompts) == 1  # nothing else was drafted


@pytest.mark.usefixtures("heads")
def test_where_neither_answers_nothing_is_said(indexed: Settings) -> None:
    writer = ReadWriter(reply(FOUNDED, TRUE), log_odds=(3.0, -3.0, -2.0), looks=["1998"])
    assert ask(dossier_of(replace(indexed, strictness=0.2), writer), QUESTION_OF_BOTH).abstained


@pytest.mark.usefixtures("heads")
def test_what_is_looked_at_is_quoted_when_no_sentence_from_it_holds(indexed: Settings) -> None:
    writer = ReadWriter(
        reply("Il a fermé en 2007.", TRUE), log_odds=(0.0, -1.0, 2.0), looks=["1998"]
    )
    answer = ask(dossier_of(replace(indexed, strictness=0.2), writer), QUESTION_OF_BOTH)
    (claim,) = answer.claims
    assert claim.support == "quoted" and claim.citations[0].quote == FOUNDED


@pytest.mark.usefixtures("heads")
def test_a_sentence_from_elsewhere_does_not_stand_for_what_is_looked_at(indexed: Settings) -> None:
    writer = ReadWriter(TRUE, log_odds=(0.0, -3.0, 2.0), looks=["1998"])
    answer = ask(dossier_of(replace(indexed, strictness=0.2), writer), QUESTION_OF_BOTH)
    (claim,) = answer.claims
    assert claim.support == "quoted" and claim.citations[0].quote == FOUNDED


@pytest.mark.usefixtures("heads")
def test_where_no_draft_holds_what_is_looked_at_answers_if_it_is_likely_to(
    indexed: Settings,
) -> None:
    for evidence, again, shown in ((1.0, 2.0, True), (0.0, 2.0, True), (1.0, -3.0, False)):
        writer = ReadWriter(
            "Rien de cela.", log_odds=(evidence, -4.0, again), looks=["1998", "34 salariés"]
        )
        answer = ask(dossier_of(replace(indexed, strictness=0.2), writer), QUESTION_OF_BOTH)
        assert bool(answer.claims) is shown
        assert answer.confidence == pytest.approx(1 / (1 + math.exp(-again)))
        assert [len(prompt.parts) for prompt in writer.asked[1:]] == [1, 1]


@pytest.mark.usefixtures("heads")
def test_where_the_likeliest_cannot_be_quoted_the_next_is_shown(
    indexed: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in kind, verify:
        monkeypatch.setattr(module, "answers_in_kind", lambda sentence, _: "34" in sentence)
    writer = ReadWriter(reply("Rien de cela.", TRUE), log_odds=(0.0, 1.0, 2.0), looks=["moitié"])
    answer = ask(dossier_of(replace(indexed, strictness=0.2), writer), QUESTION)
    (claim,) = answer.claims
    assert claim.text == TRUE and claim.citations[0].number == 1
    assert answer.confidence == pytest.approx(1 / (1 + math.exp(-1.0)))


@pytest.mark.usefixtures("heads")
def test_evidence_that_is_quoted_unseen_is_judged_once_more(indexed: Settings) -> None:
    for again, shown in (2.0, True), (-3.0, False):
        writer = ReadWriter("Rien de cela.", log_odds=(1.0, again))
        answer = ask(dossier_of(replace(indexed, strictness=0.2), writer), QUESTION)
        assert bool(answer.claims) is shown


@pytest.mark.usefixtures("heads")
def test_what_it_looks_at_as_much_is_no_reason_to_doubt(indexed: Settings) -> None:
    writer = ReadWriter(TRUE, log_odds=(3.0,), looks=["1998", "34"])
    answer = ask(dossier_of(replace(indexed, strictness=0.2), writer), QUESTION_OF_BOTH)
    assert [claim.text for claim in answer.claims] == [TRUE]
    assert len(writer.asked) == 1


@pytest.mark.usefixtures("heads")
@pytest.mark.parametrize("stops", [1, 2])
def test_stopped_while_both_are_weighed_nothing_is_said(indexed: Settings, stops: int) -> None:
    writer = ReadWriter(reply(FOUNDED, TRUE), log_odds=(0.0, 2.0, 2.0), looks=["1998"], stops=stops)
    *_, last = dossier_of(indexed, writer).stream(QUESTION_OF_BOTH, Stop())
    assert isinstance(last, Answered)
    assert last.answer.claims == () and not last.answer.abstained


@pytest.mark.usefixtures("heads")
def test_stopped_while_it_is_put_into_words_what_was_rejected_is_not_shown(
    indexed: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    writer, stop = ReadWriter(TRUE, log_odds=(0.0, -3.0, 2.0), looks=["1998"]), Stop()

    def checked(sentence: str, question: str) -> bool:
        if len(writer.prompts) == 2:
            stop.set()
        return True

    for module in kind, verify:
        monkeypatch.setattr(module, "answers_in_kind", checked)
    *_, last = dossier_of(replace(indexed, strictness=0.2), writer).stream(QUESTION_OF_BOTH, stop)
    assert isinstance(last, Answered) and stop.is_set()
    assert last.answer.claims == ()


# --- what it reads in great doubt -----------------------------------------------------------------

THEY_WORKED = "Quarante-deux personnes y travaillaient."


@pytest.mark.usefixtures("heads")
def test_in_great_doubt_the_writer_reads_on(indexed: Settings) -> None:
    writer = ReadWriter(
        "Rien de cela.", log_odds=(-1.0, 1.0, 2.0, 1.5), looks=["34", "Quarante-deux"]
    )
    answer = ask(dossier_of(replace(indexed, strictness=0.2), writer), QUESTION)
    (claim,) = answer.claims
    assert claim.support == "quoted" and claim.citations[0].quote == THEY_WORKED
    assert answer.confidence == pytest.approx(1 / (1 + math.exp(-2.0)))
    first, further, *alone = writer.asked
    assert TRUE in first.user and THEY_WORKED not in first.user
    assert THEY_WORKED in further.user and TRUE not in further.user
    assert [len(prompt.parts) for prompt in alone] == [1, 1]
    assert answer.timings["evidence"] <= answer.timings["further_evidence"]


@pytest.mark.usefixtures("heads")
@pytest.mark.parametrize(("evidence", "readings"), [(-0.1, 2), (0.1, 1)])
def test_with_less_doubt_it_reads_no_further(
    indexed: Settings, evidence: float, readings: int
) -> None:
    writer = ReadWriter(TRUE, log_odds=(evidence, *[-9.0] * 9), looks=["34"])
    events = list(dossier_of(replace(indexed, strictness=0.2), writer).stream(QUESTION))
    found = [event for event in events if isinstance(event, EvidenceFound)]
    assert len(found) == readings
    assert sum(len(prompt.parts) > 1 for prompt in writer.asked) == readings


@pytest.mark.usefixtures("heads")
def test_where_nothing_further_answers_either_it_abstains(indexed: Settings) -> None:
    writer = ReadWriter(TRUE, log_odds=(-3.0, -4.0), looks=["34", "Quarante-deux"])
    answer = ask(dossier_of(replace(indexed, strictness=0.2), writer), QUESTION)
    assert answer.abstained and writer.prompts == [] and len(writer.asked) == 2
    assert {TRUE, THEY_WORKED} <= {item.quote for item in answer.evidence}
    assert answer.confidence == pytest.approx(1 / (1 + math.exp(3.0)))


@pytest.mark.usefixtures("heads")
def test_what_comes_next_may_tell_yes_or_no(indexed: Settings) -> None:
    granted = "La région en verse la moitié."
    writer = ReadWriter(TRUE, log_odds=(-1.0, 0.0, 3.0, *[-4.0] * 9), looks=["1998", granted])
    answer = ask(dossier_of(replace(indexed, strictness=0.2), writer), IS_IT_SO)
    (claim,) = answer.claims
    assert claim.support == "quoted" and writer.prompts == []
    assert writer.asked[2].user.count("- ") == 1
    assert claim.citations[0].quote in writer.asked[1].user


@pytest.mark.usefixtures("heads")
@pytest.mark.parametrize(("evidence", "shown"), [(3.0, 2), (-1.0, 1)])
def test_in_great_doubt_another_figure_contradicts_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, evidence: float, shown: int
) -> None:
    monkeypatch.setattr(relevance, "_FURTHER", 1.0)  # fake vectors are far from one another
    monkeypatch.setattr("askdossier.verify.agreement._FAR", 1.0)
    told = "Le club de Kerlann compte 34 membres."
    others = [f"La {name} du port ouvre tard chaque soir." for name in "abcdefghijklmnopqrst"]
    files = {"a.txt": f"Le club\n\n{told}\n", "b.txt": f"Revue\n\n{told.replace('34', '40')}\n"}
    write(tmp_path / "corpus", files | {"c.txt": "Le port\n\n" + "\n\n".join(others)})
    settings = Settings(corpus=tmp_path / "corpus", index=tmp_path / "index", strictness=0.2)
    writer = ReadWriter(told, log_odds=(evidence, -2.0, *[2.0] * 9), looks=["34"])
    dossier = dossier_of(settings, writer)
    dossier.sync()
    answer = ask(dossier, "Combien de membres le club de Kerlann compte-t-il ?")
    assert len(answer.claims) == shown
    assert answer.claims[0].text == told
    assert all("40" in claim.text for claim in answer.claims[1:])


@pytest.mark.usefixtures("heads")
@pytest.mark.parametrize("stops", [1, 2, 3])
def test_stopped_while_it_reads_on_nothing_is_said(indexed: Settings, stops: int) -> None:
    writer = ReadWriter(
        TRUE, log_odds=(-1.0, 1.0, 2.0, 1.5), looks=["34", "Quarante-deux"], stops=stops
    )
    *_, last = dossier_of(indexed, writer).stream(QUESTION, Stop())
    assert isinstance(last, Answered)
    assert last.answer.claims == () and not last.answer.abstained


# --- yes or no ------------------------------------------------------------------------------------

IS_IT_SO = "L’atelier de Kerlann a-t-il été fondé en 2007 ?"


@pytest.mark.usefixtures("heads")
def test_what_tells_yes_or_no_is_quoted_and_never_put_into_words(indexed: Settings) -> None:
    writer = ReadWriter("L’atelier a été fondé en 2007.", log_odds=(3.0, 1.0, 2.0), looks=["1998"])
    answer = ask(dossier_of(replace(indexed, strictness=0.2), writer), IS_IT_SO)
    (claim,) = answer.claims
    assert claim.support == "quoted" and claim.citations[0].quote == FOUNDED
    assert writer.prompts == []
    assert answer.confidence == pytest.approx(1 / (1 + math.exp(-2.0)))
    assert [len(prompt.parts) for prompt in writer.asked[1:]] == [1, 1]


@pytest.mark.usefixtures("heads")
def test_where_no_words_tell_yes_or_no_nothing_is_said(indexed: Settings) -> None:
    writer = ReadWriter(TRUE, log_odds=(3.0, -3.0, -2.0), looks=["1998"])
    answer = ask(dossier_of(replace(indexed, strictness=0.2), writer), IS_IT_SO)
    assert answer.abstained and writer.prompts == [] and len(writer.asked) == 3


@pytest.mark.parametrize(("yes", "shown"), [(0.99, True), (0.5, False)])
def test_any_writer_leaves_yes_or_no_to_the_nearest_words(
    indexed: Settings, yes: float, shown: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plain, "FOR_OTHERS", (0.0, 1.0, 0.0))
    writer = FakeWriter("L’atelier emploie 50 salariés.", yes=yes)
    answer = ask(dossier_of(indexed, writer), "L’atelier de Kerlann emploie-t-il 50 salariés ?")
    assert [claim.citations[0].quote for claim in answer.claims] == [TRUE] * shown
    assert all(claim.support == "quoted" for claim in answer.claims)
    assert writer.prompts == []


@pytest.mark.usefixtures("heads")
def test_a_question_tells_neither_yes_nor_no(tmp_path: Path) -> None:
    asked, told = "Le pont de la ville est-il ouvert ?", "Il ferme chaque soir de la semaine."
    write(tmp_path / "corpus", {"faq.txt": f"Faq du port\n\n{asked} {told}\n"})
    settings = Settings(corpus=tmp_path / "corpus", index=tmp_path / "index", strictness=0.2)
    writer = ReadWriter(told, log_odds=(3.0, 2.0, 2.0, 2.0), looks=[asked, told])
    dossier = dossier_of(settings, writer)
    dossier.sync()
    answer = dossier.ask(asked)
    assert max(answer.evidence, key=lambda item: item.score).quote == asked
    assert [claim.citations[0].quote for claim in answer.claims] == [told]
    assert all(asked not in prompt.user.split("\n\nQuestion")[0] for prompt in writer.asked[1:])


@pytest.mark.usefixtures("heads")
@pytest.mark.parametrize("looks", [["1998", "34"], ["34"]])
def test_a_quote_for_a_sentence_that_failed_is_weighed_against_the_rest(
    indexed: Settings, looks: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(relevance, "_FURTHER", 1.0)  # fake vectors are far from one another
    monkeypatch.setattr("askdossier.verify.intention._FAR", 1.0)
    failed = reply(FOUNDED, "Berlin emploie 34 salariés.")
    writer = ReadWriter(failed, log_odds=(3.0, -1.0, 2.0), looks=looks)
    answer = ask(dossier_of(replace(indexed, strictness=0.2), writer), QUESTION)
    quoted = [claim.citations[0].quote for claim in answer.claims]
    assert quoted == ([FOUNDED] if len(looks) == 2 else [TRUE])
    assert len(writer.asked) == (3 if len(looks) == 2 else 1)


# --- any corpus, any draft ------------------------------------------------------------------------

_SPACE = st.sampled_from([" ", "\u00a0", "\u202f", "  "])
_NAMES = st.sampled_from(
    ["Maëlle Guivarc’h", "M. Le Goff", "l'Institut Berggruen", "Jean-Noël", "« La Nuit »", "ONU"]
)
_WORDS = st.sampled_from(
    "œuvre créateur naïf d'abord aujourd’hui été où ça lettre 1er p. ex. e.g. robots.txt "
    "l’IA générative « signé » – (voir) [3] mille etc. n’a pas grève".split(" ")
)
_FIGURES = st.sampled_from(["700", "1 842", "2,4 millions", "82 %", "900\u202f000 $", "1998"])


@st.composite
def sentences(draw: st.DrawFn) -> str:
    """A sentence that looks French to a computer."""
    words = draw(st.lists(_WORDS | _FIGURES, min_size=3, max_size=9))
    end = draw(st.sampled_from([".", "\u00a0!", " ?", "…", ". »"]))
    return draw(_SPACE).join([draw(_NAMES), *words]) + end


@st.composite
def corpora(draw: st.DrawFn) -> dict[str, str]:
    paragraphs = st.lists(sentences(), min_size=1, max_size=4).map(" ".join)
    pages = draw(st.lists(st.lists(paragraphs, min_size=1, max_size=3), min_size=1, max_size=3))
    newline = draw(st.sampled_from(["\n", "\r\n"]))
    suffix = draw(st.sampled_from(["txt", "md"]))
    return {
        f"page {number}.{suffix}": newline.join(
            [f"# Titre n° {number}", "", *(f"{paragraph}{newline}" for paragraph in page)]
        )
        for number, page in enumerate(pages)
    }


@st.composite
def drafts(draw: st.DrawFn, files: dict[str, str]) -> str:
    """Sentences of the corpus, some with a figure or a word changed, among others."""
    known = re.split(r"(?<=[.!?…])\s+", " ".join(files.values()))
    sentence = st.sampled_from(known) | sentences()
    chosen = draw(st.lists(sentence, min_size=1, max_size=3))
    if draw(st.booleans()):
        chosen[0] = re.sub(r"\d+", "31337", chosen[0])
    return " ".join(chosen)


@hypothesis_settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_every_citation_stands_whatever_is_written(data: st.DataObject) -> None:
    files = data.draw(corpora())
    reply = data.draw(drafts(files))
    question = data.draw(sentences())
    folder = Path(tempfile.mkdtemp())
    try:
        for name, text in files.items():
            (folder / "corpus").mkdir(exist_ok=True)
            (folder / "corpus" / name).write_bytes(text.encode())
        settings = Settings(corpus=folder / "corpus", index=folder / "index", strictness=0.0)
        dossier = dossier_of(settings, FakeWriter(reply))
        report = dossier.sync()
        if report.passages == 0:
            return
        answer = ask(dossier, question)
        assert "31337" not in answer.text
        documents = dossier.documents
        for claim in answer.claims:
            cited = "".join(citation.quote for citation in claim.citations)
            dates = "".join(documents[c.document].source.date or "" for c in claim.citations)
            assert figures(claim.text) <= figures(cited + dates), claim
    finally:
        shutil.rmtree(folder)


# --- stopping -------------------------------------------------------------------------------------


def test_stopping_after_the_evidence(indexed: Settings) -> None:
    writer, stop = FakeWriter(LONG), Stop()
    events = dossier_of(indexed, writer).stream(QUESTION, stop)
    assert isinstance(next(events), EvidenceFound)
    stop.set()
    (last,) = events
    assert isinstance(last, Answered)
    assert last.answer.claims == ()
    assert not last.answer.abstained  # to stop is not to find nothing
    assert writer.prompts == []


def test_stopping_between_sentences_keeps_what_was_shown(indexed: Settings) -> None:
    writer, stop = FakeWriter(LONG), Stop()
    events = dossier_of(indexed, writer).stream(QUESTION, stop)
    next(events)
    shown = next(events)
    assert isinstance(shown, ClaimChecked)
    stop.set()
    (last,) = events
    assert isinstance(last, Answered)
    assert last.answer.claims == (shown.claim,)
    assert not last.answer.abstained
    assert writer.closed == 1
    assert writer.pieces < len(LONG.split())


def test_a_question_stopped_beforehand(indexed: Settings) -> None:
    writer, stop = FakeWriter(LONG), Stop()
    stop.set()
    *_, last = dossier_of(indexed, writer).stream(QUESTION, stop)
    assert isinstance(last, Answered)
    assert last.answer.claims == ()
    assert writer.prompts == []


def test_closing_the_stream_stops_the_writer(indexed: Settings) -> None:
    writer = FakeWriter(LONG)
    events = dossier_of(indexed, writer).stream(QUESTION)
    next(events)
    next(events)
    assert writer.closed == 0
    assert isinstance(events, Generator)
    events.close()
    assert writer.closed == 1
    assert writer.pieces < len(LONG.split())


# --- questions and indexes that are refused -------------------------------------------------------


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


# --- documents and syncing ------------------------------------------------------------------------


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


# --- questions about the dossier, small talk, follow-ups ------------------------------------------


def test_small_talk_needs_no_documents(tmp_path: Path) -> None:
    dossier = dossier_of(Settings(index=tmp_path / "index"))
    said = dossier.ask("Bonjour !")
    assert said.text.startswith("Bonjour")
    assert not said.claims
    assert not said.abstained
    assert dossier.ask("thanks").text.startswith("You")


def test_documents_that_mention_something_are_all_counted(indexed: Settings) -> None:
    dossier = dossier_of(indexed)
    found = check(dossier, list(dossier.stream("Quels documents parlent de la criée ?")))
    assert found.message == "Un document sur 3 contient « criée »."
    (claim,) = found.claims
    assert {citation.document for citation in claim.citations} == {"presse/criee.txt"}
    for citation in claim.citations:
        assert "criée" in citation.quote
    everywhere = dossier.ask("Which documents mention 2015?")
    assert [claim.citations[0].document for claim in everywhere.claims] == ["harbours.html"]
    none = dossier.ask("Quels documents citent « criée de Kerlann » ?")
    assert none.message == "Aucun des 3 documents ne contient « criée de Kerlann »."
    assert not none.claims


def test_an_overview_quotes_every_document(indexed: Settings) -> None:
    dossier = dossier_of(indexed)
    answer = check(dossier, list(dossier.stream("De quoi parlent ces documents ?")))
    assert answer.message == "Le dossier contient 3 documents."
    assert [claim.citations[0].document for claim in answer.claims] == sorted(FILES)


def test_an_abstention_names_the_words_that_no_document_uses(indexed: Settings) -> None:
    dossier = dossier_of(indexed, FakeWriter(yes=0.0))
    answer = dossier.ask("Quelle est la capitale de l’Australie ?")
    assert answer.abstained
    assert "« capitale » ni « Australie »" in answer.message
    english = dossier.ask("How many halls have closed in Tasmania?")
    assert english.message.endswith("No document uses “Tasmania”.")


def test_a_follow_up_is_made_to_stand_alone_and_shown(indexed: Settings) -> None:
    writer = FakeWriter(
        lambda prompt: (
            "En quelle année l’atelier de Kerlann a-t-il été fondé ?"
            if "Suite :" in prompt.user
            else "L’atelier de Kerlann a été fondé en 1998 par Maëlle Guivarc’h."
        )
    )
    dossier = dossier_of(indexed, writer)
    events = list(dossier.stream("Et fondé en quelle année ?", history=[Turn(QUESTION, TRUE)]))
    assert isinstance(events[0], Rewritten)
    assert events[0].question == "En quelle année l’atelier de Kerlann a-t-il été fondé ?"
    answer = check(dossier, events[1:])
    assert answer.standalone == events[0].question
    assert answer.question == "Et fondé en quelle année ?"


def test_what_is_indexed_while_a_question_is_answered_is_for_the_next_one(
    indexed: Settings,
) -> None:
    dossier = dossier_of(indexed)
    events = dossier.stream("Et combien de salariés ?", history=[Turn(QUESTION, TRUE)])
    assert isinstance(next(events), Rewritten)
    assert indexed.corpus is not None
    told = "L’atelier de Kerlann compte 99 salariés."
    added = {f"0{number}.txt": f"Note {number}\n\n{told}\n" for number in range(9)}
    write(indexed.corpus, added)
    dossier.sync()
    *_, last = events
    assert isinstance(last, Answered)
    assert last.answer.evidence
    assert not {item.document for item in last.answer.evidence} & set(added)
    assert {hit.passage.document for hit in dossier.search(QUESTION)} & set(added)


def test_a_follow_up_with_words_that_nobody_said_is_refused(indexed: Settings) -> None:
    dossier = dossier_of(indexed, FakeWriter("Quand Alphonse Daudet est-il né à Nîmes ?"))
    answer = dossier.ask("Pourquoi ?", history=[Turn(QUESTION, TRUE)])
    assert answer.standalone.startswith("Pourquoi ? (à propos de : Combien de salariés")


def test_a_change_of_subject_is_not_rewritten(indexed: Settings) -> None:
    dossier = dossier_of(indexed)
    question = "Quand la criée de Port-Ellery a-t-elle fermé ?"
    answer = dossier.ask(question, history=[Turn(QUESTION, TRUE)])
    assert answer.standalone == ""


# --- filters --------------------------------------------------------------------------------------


def test_a_filter_in_the_question_holds_and_is_taken_out(indexed: Settings) -> None:
    dossier = dossier_of(indexed)
    answer = dossier.ask(f"doc:criee {QUESTION}")
    assert answer.question == QUESTION
    assert {item.document for item in answer.evidence} == {"presse/criee.txt"}
    answer = dossier.ask(QUESTION, within=Filter(documents=frozenset({"harbours.html"})))
    assert {item.document for item in answer.evidence} == {"harbours.html"}
    hits, evidence = dossier.find(f"{QUESTION} langue:en")
    assert {hit.passage.document for hit in hits} == {"harbours.html"}
    assert {item.document for item in evidence} == {"harbours.html"}


def test_a_filter_narrows_questions_about_the_dossier_too(indexed: Settings) -> None:
    dossier = dossier_of(indexed)
    found = dossier.ask("Quels documents parlent de la criée ? doc:atelier")
    assert found.claims == ()
    assert "criée" in found.message


@pytest.mark.parametrize("question", ["auteur:Personne Qui ?", "avant:hier Qui ?"])
def test_a_filter_that_cannot_hold_is_told(indexed: Settings, question: str) -> None:
    with pytest.raises(InvalidFilter):
        dossier_of(indexed).ask(question)


def test_a_question_of_filters_only_is_empty(indexed: Settings) -> None:
    with pytest.raises(InvalidQuestion):
        dossier_of(indexed).ask("doc:atelier")
