"""What is done in doubt: a second look, where the writer looks, reading on."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

import pytest

from askdossier import verify
from askdossier.core import (
    Answered,
    EvidenceFound,
    Stop,
)
from askdossier.settings import Settings
from askdossier.verify.checks import kind, relevance
from small_dossier import (
    FOUNDED,
    IS_IT_SO,
    QUESTION,
    QUESTION_OF_BOTH,
    TRUE,
    ReadWriter,
    ask,
    dossier_of,
    reply,
    write,
)


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
@pytest.mark.parametrize(("second", "offered"), [(-1.0, [FOUNDED]), (-3.0, [])])
def test_what_may_answer_is_offered_where_it_is_too_unsure_to_answer(
    indexed: Settings, second: float, offered: list[str]
) -> None:
    writer = ReadWriter(reply(FOUNDED, TRUE), log_odds=(0.0, second, second), looks=["1998"])
    answer = ask(dossier_of(replace(indexed, strictness=0.4), writer), QUESTION_OF_BOTH)
    assert answer.abstained and answer.claims == ()
    assert [item.quote for item in (answer.possible,) if item] == offered
    assert answer.possible not in answer.nearest


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
