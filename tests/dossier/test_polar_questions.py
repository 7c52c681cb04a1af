"""Questions for yes or no, from the question to the quote."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

import pytest

from askdossier.ask.policy import plain
from askdossier.settings import Settings
from askdossier.verify.checks import relevance
from fakes import FakeWriter
from small_dossier import (
    FOUNDED,
    IS_IT_SO,
    QUESTION,
    TRUE,
    ReadWriter,
    ask,
    dossier_of,
    reply,
    write,
)


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
