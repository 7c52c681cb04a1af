"""Whether the evidence answers, and what is cited: the rule and its heads."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from askdossier import settings
from askdossier.ask import draft, policy, prompts
from askdossier.ask.policy import Policy, probed
from askdossier.ask.policy.probed import Head, trained
from askdossier.ask.policy.signals import Signals
from askdossier.core import Choice, Evidence, Span, Stop, Writer
from askdossier.models import catalogue

PLAIN = policy.of("another@123 int8")


def own(precision: str = "int8") -> Policy:
    """The policy for the writer of which something was learned."""
    return policy.of(f"{trained().writer} {precision}".strip())


@given(st.floats(0, 1), st.floats(0, 1), st.floats(-1, 1.5), st.sampled_from(["fr", "en", "de"]))
def test_probability_grows_with_judgement_and_score(
    judgement: float, more: float, best: float, language: str
) -> None:
    low, high = sorted((judgement, more))
    worse = PLAIN.probability(Signals(low, best, language))
    better = PLAIN.probability(Signals(high, best, language))
    assert 0 < worse <= better < 1
    assert better <= PLAIN.probability(Signals(high, best + 0.1, language))


def test_a_sure_writer_with_good_evidence_is_answerable() -> None:
    assert PLAIN.probability(Signals(0.99, 0.92, "fr")) > 0.5
    assert PLAIN.probability(Signals(0.02, 0.80, "fr")) < 0.1


@pytest.mark.parametrize(("language", "unsure", "sure"), [("fr", 0.8, 0.95), ("en", 0.9, 0.98)])
def test_a_writer_of_which_nothing_was_learned_must_be_sure_of_its_yes(
    language: str, unsure: float, sure: float
) -> None:
    usual = settings.Settings().strictness
    assert PLAIN.probability(Signals(unsure, 0.89, language)) < usual
    assert PLAIN.probability(Signals(sure, 0.89, language)) > usual
    assert not PLAIN.calibrated and own().calibrated


def test_signals_are_those_of_the_best_evidence() -> None:
    found = [Evidence("a", Span(0, 1), "x", score, "") for score in (0.8, 0.9, 0.7)]
    state = np.ones(3, np.float32)
    signals = Signals.of(Choice((0.6, 0.4), state), found, "fr")
    assert (signals.judgement, signals.best) == (0.6, 0.9)
    assert signals.state is state


# --- the heads ------------------------------------------------------------------------------------


def seen(direction: float) -> Signals:
    """Signals with states that lie along the weights of the evidence's head."""
    states = along(trained().evidence, direction)
    return Signals(0.5, 0.88, "fr", states)


def along(head: Head, direction: float) -> NDArray[np.float32]:
    ways = head.weights / np.linalg.norm(head.weights, axis=1, keepdims=True)
    other = np.random.default_rng(5).standard_normal(ways.shape) / 40
    other -= (other * ways).sum(axis=1, keepdims=True) * ways  # which the head does not see
    return np.asarray(other + direction * ways, np.float32)


def test_the_heads_belong_to_the_default_writer_and_its_prompts() -> None:
    default = catalogue.find(settings.Settings().writer, "writer")
    assert default is not None
    assert trained().writer == f"{default.name}@{default.sha256[:12]}"
    assert trained().prompts == prompts.fingerprint()  # else: benchmarks/fit_abstention.py


def test_what_the_heads_see_counts() -> None:
    assert (
        own().probability(seen(-1)) < 0.1 < own().probability(seen(0)) < own().probability(seen(1))
    )
    assert own().probability(seen(1)) > 0.9


def test_the_length_of_a_state_does_not_count() -> None:
    signals = seen(0.2)
    assert signals.state is not None
    longer = dataclasses.replace(signals, state=signals.state * 7)
    assert own().probability(longer) == pytest.approx(own().probability(signals))


@pytest.mark.parametrize("precision", ["int8", "bfloat16", ""])
def test_the_precision_of_the_writer_does_not_count(precision: str) -> None:
    assert own(precision).probability(seen(1)) == own().probability(seen(1))


def test_the_states_of_another_writer_are_not_read() -> None:
    blind = Signals(0.5, 0.88, "fr")
    for direction in (-1, 1):
        assert PLAIN.probability(seen(direction)) == PLAIN.probability(blind)
    assert own().probability(blind) == PLAIN.probability(blind)


def test_what_is_cited_is_read_once_more() -> None:
    doubtful, quotes = seen(0), trained().quotes
    chances = [
        own().confirmed(doubtful, Choice((0.5, 0.5), along(quotes, way))) for way in (-1, 0, 1)
    ]
    assert chances == sorted(set(chances))
    assert chances[0] < 0.2 and chances[2] > 0.7


def test_what_cannot_be_read_changes_nothing() -> None:
    states, blind = along(trained().quotes, -1), Signals(0.5, 0.88, "fr")
    for one, signals in ((PLAIN, seen(0)), (own(), blind)):
        assert one.confirmed(signals, Choice((0.5, 0.5), states)) == one.probability(signals)
        assert not one.may_change(signals, 0.3)
    assert own().confirmed(seen(0), Choice((0.5, 0.5))) == own().probability(seen(0))


def test_sure_evidence_is_not_doubted() -> None:
    sure = seen(0.1)
    assert not own().may_change(sure, 0.3)
    assert own().may_change(sure, 1.0)
    assert own().may_change(seen(-0.1), 0.3)


def test_evidence_in_great_doubt_is_not_all_that_is_read() -> None:
    doubtful, sure = seen(-3.0), seen(3.0)
    assert own().probability(doubtful) < probed.FURTHER < own().probability(sure)
    assert own().reads_on(doubtful) and not own().reads_on(sure)
    assert not PLAIN.reads_on(seen(-3.0))


# --- what the writer looks at ---------------------------------------------------------------------

THREE = [Evidence("a", Span(i, i + 1), "x", 0.9, "") for i in range(3)]


def looks(*shares: float, by: Policy | None = None) -> tuple[Evidence, ...]:
    """What is looked at when the heads that find it give these shares.

    Of those that are weighed, the others look at all alike; those that are not, the opposite.
    """
    looking = trained().looking
    weighed, found = looking.heads, looking.heads[looking.weights[:-1] > 0]
    attention = np.tile(np.array(shares[::-1], np.float32), (*(weighed.max(0) + 1), 1))
    attention[weighed[:, 0], weighed[:, 1]] = 0.3
    attention[found[:, 0], found[:, 1]] = shares
    judged = Choice((0.5, 0.5), attention=attention)
    return (by or own()).looked_at(judged, THREE)


def test_what_is_looked_at_most_comes_first() -> None:
    assert looks(0.1, 0.2, 0.6) == (THREE[2],)
    assert looks(0.5, 0.1, 0.6) == (THREE[2], THREE[0])  # nearly as much
    assert looks(0, 0, 0) == tuple(THREE)


def test_of_what_is_looked_at_as_much_the_better_score_is_likelier() -> None:
    looking = trained().looking
    attention = np.full((*(looking.heads.max(0) + 1), 2), 0.3, np.float32)
    worse, better = looking.log_odds(attention, [0.85, 0.9])
    assert worse < better


def test_the_looks_of_another_writer_say_nothing() -> None:
    assert looks(0.1, 0.2, 0.6, by=PLAIN) == ()
    assert own().looked_at(Choice((0.5, 0.5)), THREE) == ()


LIBRARY = (
    "La médiathèque de Kerlann ouvre à neuf heures, sauf le lundi où elle reste fermée. "
    "Elle a été rénovée en 2019 pour 1,2 million d’euros."
)


@pytest.mark.models
def test_the_default_writer_shows_whether_the_evidence_answers(writer: Writer) -> None:
    found = [Evidence("a.md", Span(0, len(LIBRARY)), LIBRARY, 0.88, "")]

    def sure(question: str) -> float:
        judged = draft.answerable(writer, prompts.answering(question, found, "fr"), "fr", Stop())
        assert trained().reads(writer.name)
        return policy.of(writer.name).probability(Signals.of(judged, found, "fr"))

    answered = (
        "À quelle heure ouvre la médiathèque de Kerlann ?",
        "Combien a coûté la rénovation de la médiathèque ?",
    )
    unanswered = (
        "Qui dirige la médiathèque de Kerlann ?",
        "Combien de livres la médiathèque prête-t-elle chaque année ?",
    )
    assert min(map(sure, answered)) > max(map(sure, unanswered))


@pytest.mark.models
@pytest.mark.parametrize(
    ("question", "place"),
    [
        ("À quelle heure ouvre la médiathèque de Kerlann ?", 0),
        ("Combien a coûté la rénovation de la médiathèque ?", 1),
        ("Quel jour la médiathèque ne reçoit-elle personne ?", 0),
    ],
)
def test_the_default_writer_looks_at_what_answers(
    writer: Writer, question: str, place: int
) -> None:
    end = LIBRARY.index("Elle")
    spans = Span(0, end - 1), Span(end, len(LIBRARY))
    found = [Evidence("a.md", span, span.of(LIBRARY), 0.88, "") for span in spans]
    judged = draft.answerable(writer, prompts.answering(question, found, "fr"), "fr", Stop())
    assert policy.of(writer.name).looked_at(judged, found)[0] == found[place]
