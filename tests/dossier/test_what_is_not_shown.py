"""What must not be shown, whatever the writer says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from askdossier.ask import policy
from askdossier.core import (
    Answered,
    Choice,
    Prompt,
    Stop,
)
from askdossier.dossier import Dossier
from askdossier.settings import Settings
from askdossier.verify.checks import relevance
from fakes import FakeEmbedder, FakeWriter
from small_dossier import QUESTION, TRUE, ask, dossier_of


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


def test_what_is_said_in_another_language_gives_way_to_the_words_themselves(
    indexed: Settings,
) -> None:
    writer = FakeWriter("The workshop of Kerlann employs 34 people in all.")
    answer = ask(dossier_of(indexed, writer))
    assert len(writer.prompts) == 2 and "français" in writer.prompts[1].user[-60:]
    assert "workshop" not in answer.text
    assert {claim.support for claim in answer.claims} == {"quoted"}


def test_a_sentence_that_adds_nothing_to_another_is_not_shown(indexed: Settings) -> None:
    answer = ask(dossier_of(indexed, FakeWriter(f"{TRUE} {TRUE}")))
    assert [claim.text for claim in answer.claims].count(TRUE) == 1


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
