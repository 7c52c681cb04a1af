"""Cards of writers: kept, read, refused; and what follows from them for an answer."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import pytest

from askdossier import files, settings
from askdossier.ask import policy
from askdossier.ask.policy import calibrated, probed
from askdossier.ask.policy.calibrated import Card
from askdossier.ask.policy.plain import Plain
from askdossier.ask.policy.signals import BEST_CENTRE, Signals
from askdossier.core import Choice, Profile, Prompt, Stop
from askdossier.dossier import Dossier
from askdossier.lang import notes
from askdossier.settings import Settings
from cards import card_of
from fakes import FakeEmbedder, FakeWriter
from small_dossier import QUESTION, TRUE

WRITER = "another@123"
STRICTNESS = settings.Settings().strictness


def card(writer: str = WRITER, **changes: object) -> Card:
    return card_of(writer, **changes)


def test_a_card_comes_back_as_it_was_and_decides_in_whatever_precision(cards: Path) -> None:
    assert isinstance(policy.of(f"{WRITER} int8"), Plain) and not policy.of(WRITER).calibrated
    made = card(head=((0.5, 0.0), (0.0, -0.25)))
    path = calibrated.write(made)
    assert path.parent == cards and path.name.startswith("another@123-")
    assert calibrated.of(WRITER) == made and list(calibrated.cards()) == [made]
    for name in (WRITER, f"{WRITER} int8", f"{WRITER} bfloat16"):
        assert policy.of(name) == calibrated.Calibrated(made)
        assert policy.of(name).calibrated
    assert not policy.of("another@124 int8").calibrated


def test_a_new_card_is_followed_at_once(cards: Path) -> None:
    signals = Signals(0.9, 0.9, "fr")
    calibrated.write(card())
    before = policy.of(WRITER).probability(signals)
    calibrated.write(card(intercept=-2.125))
    assert policy.of(WRITER).probability(signals) < before


def test_a_card_of_other_prompts_is_not_used_and_says_so(cards: Path) -> None:
    calibrated.write(card(prompts="0000"))
    writer = FakeWriter(name=f"{WRITER} int8")
    assert type(policy.of(writer.name)) is Plain
    known, learned = policy.profile(writer), policy.calibration(writer.name)
    assert not known.calibrated and learned is not None and not learned.current
    said = " ".join(notes.about(known, "en", learned))
    assert "not calibrated" in said and "no longer counts. Run: askdossier calibrate" in said


def test_a_damaged_card_is_none(cards: Path) -> None:
    path = calibrated.write(card())
    path.write_bytes(path.read_bytes().replace(b'"readings": 218', b'"readings": 999'))
    assert calibrated.of(WRITER) is None and not list(calibrated.cards())
    assert not policy.of(WRITER).calibrated


def test_the_card_of_another_writer_is_not_taken(cards: Path) -> None:
    path = calibrated.write(card())
    path.rename(cards / f"{calibrated.stem('a third one')}.json")
    assert calibrated.of("a third one") is None


def test_the_default_writer_keeps_its_own_policy(cards: Path) -> None:
    name = probed.trained().writer
    calibrated.write(card(writer=name))
    assert isinstance(policy.of(f"{name} int8"), probed.Probed)
    assert policy.calibration(name) is None


def test_at_the_usual_strictness_an_answer_must_be_worth_its_risk() -> None:
    sure = math.log(calibrated.COST)
    for more, answered in ((0.01, True), (-0.01, False)):
        own = calibrated.Calibrated(card(intercept=sure + more, languages={}))
        signals = Signals(0.5, BEST_CENTRE, "fr")
        assert (own.probability(signals) >= STRICTNESS) is answered


def test_a_state_is_read_where_the_card_has_a_head() -> None:
    own = calibrated.Calibrated(card(head=((3.0, 0.0), (3.0, 0.0))))
    for_it, against_it = (np.array([[x, 0.1]] * 2, np.float32) for x in (2.0, -2.0))
    asked = Signals(0.5, 0.89, "fr")
    assert own.probability(replace(asked, state=for_it)) > own.probability(
        replace(asked, state=against_it)
    )
    # Where it cannot be looked at, the card says nothing.
    assert own.probability(asked) == Plain().probability(asked)


def test_a_question_in_another_language_is_judged_too() -> None:
    own = calibrated.Calibrated(card())
    english, other = (own.probability(Signals(0.9, 0.9, code)) for code in ("en", "nl"))
    assert 0 < english < other < 1


@pytest.mark.parametrize("language", ["fr", "en"])
def test_what_was_learned_is_told_in_percent(language: str, cards: Path) -> None:
    calibrated.write(card())
    writer = FakeWriter(name=WRITER)
    said = notes.about(policy.profile(writer), language, policy.calibration(WRITER))
    assert len(said) == 1
    for words in ("2026-11-29", "218", "0.4", "25 %", "20 %"):
        assert words in said[0]


def test_the_note_goes_from_the_answers_of_a_calibrated_writer(
    indexed: Settings, cards: Path
) -> None:
    dossier = Dossier(indexed, embedder=FakeEmbedder(), writer=FakeWriter(TRUE, name=WRITER))
    before = dossier.ask(QUESTION)
    assert any("askdossier calibrate" in note for note in notes.behind(before))
    calibrated.write(card(intercept=3.0))
    after = dossier.ask(QUESTION)
    assert after.writer is not None and after.writer.calibrated and not notes.behind(after)
    assert [claim.text for claim in after.claims] == [TRUE]
    assert dossier.calibration is not None and dossier.calibration.readings == 218
    calibrated.write(card(intercept=-30.0))
    assert dossier.ask(QUESTION).abstained


# --- a second look --------------------------------------------------------------------------------


def doubting(**changes: object) -> Card:
    """A card that leaves most in doubt until it is asked of the cited words alone."""
    return card(WRITER, second=(0.0, 0.5, 2.0), best=0.0, intercept=0.0, languages={}, **changes)


def test_a_second_look_is_taken_in_doubt_where_the_card_has_learned_of_one() -> None:
    unsure, sure = (Signals(yes, BEST_CENTRE, "fr") for yes in (0.6, 0.999))
    own = calibrated.Calibrated(doubting())
    assert own.may_change(unsure, STRICTNESS) and not own.may_change(sure, STRICTNESS)
    chances = [own.confirmed(unsure, Choice((yes, 1 - yes))) for yes in (0.05, 0.5, 0.95)]
    assert chances == sorted(set(chances)) and chances[0] < STRICTNESS < chances[2]
    without = calibrated.Calibrated(card())
    assert not without.may_change(unsure, STRICTNESS)
    assert without.confirmed(unsure, Choice((0.05, 0.95))) == without.probability(unsure)


def test_a_second_look_counts_for_nothing_where_the_state_cannot_be_read() -> None:
    own = calibrated.Calibrated(doubting(head=((3.0, 0.0), (3.0, 0.0))))
    blind = Signals(0.6, BEST_CENTRE, "fr")
    assert not own.may_change(blind, STRICTNESS)
    assert own.confirmed(blind, Choice((0.05, 0.95))) == Plain().probability(blind)


@dataclass
class Looking(FakeWriter):
    """Says Yes to what it is asked of at last more or less often than to excerpts."""

    alone: float = 1.0
    logprobs: bool = True
    asked: list[Prompt] = field(default_factory=list)

    @property
    def profile(self) -> Profile:
        return Profile(self.name, logprobs=self.logprobs)

    def choose(
        self, prompt: Prompt, options: Sequence[str], stop: Stop, *, prefix: str = ""
    ) -> Choice:
        self.asked.append(prompt)
        yes = self.alone if len(self.asked) > 1 else self.yes
        return Choice((yes, 1 - yes))


@pytest.mark.parametrize("logprobs", [True, False])
@pytest.mark.parametrize("alone", [0.98, 0.02])
@pytest.mark.parametrize(
    ("reply", "support"),
    [(TRUE, "supported"), ("Zoé Berlinguer dirige une fanfare.", "quoted")],
)
def test_what_an_answer_cites_settles_a_doubt(
    indexed: Settings, cards: Path, reply: str, support: str, alone: float, logprobs: bool
) -> None:
    calibrated.write(doubting())
    writer = Looking(reply, yes=0.5, name=WRITER, alone=alone, logprobs=logprobs)
    answer = Dossier(indexed, embedder=FakeEmbedder(), writer=writer).ask(QUESTION)
    assert [one.support for one in answer.claims] == [support] * (alone > 0.5)
    assert answer.abstained is (alone < 0.5)
    first, again = writer.asked
    assert QUESTION in again.user and len(again.user) < len(first.user)
    shown = reply if support == "supported" else f"« {TRUE} »"
    assert again.user.endswith(f"Réponse proposée : {shown}") is not logprobs
    assert again.user.count("\n- ") == (1 if logprobs else 0)


def test_a_card_without_a_second_look_is_read_as_before(cards: Path) -> None:
    path = calibrated.write(card())
    plain = files.unsealed(path.read_bytes())
    del plain["second"]
    path.write_bytes(files.sealed(plain))
    assert calibrated.of(WRITER) == card()
