"""An answer that is stopped."""

from __future__ import annotations

from collections.abc import Generator

from askdossier.core import (
    Answered,
    ClaimChecked,
    EvidenceFound,
    Stop,
)
from askdossier.settings import Settings
from fakes import FakeWriter
from small_dossier import LONG, QUESTION, dossier_of


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
