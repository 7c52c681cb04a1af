"""One question and its answer as it grows, and the line of people waiting for the one writer.

Knows nothing about Gradio or HTML: it turns the events of a dossier into a series of states.
"""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from typing import Literal

from askdossier.records import (
    Answer,
    Answered,
    Claim,
    ClaimChecked,
    DossierError,
    Event,
    Evidence,
    EvidenceFound,
    Filter,
    Rewritten,
    Stop,
)
from askdossier.records import Turn as Earlier
from askdossier.web.archive import Archive

_log = logging.getLogger(__name__)

_LOOK_UP = 0.2
"""Seconds between two looks at Stop while waiting in line."""


State = Literal["searching", "waiting", "writing", "done", "stopped", "interrupted", "failed"]
"""``interrupted``: the program ended before the answer did; found in kept conversations alone."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A question and what is known of its answer so far."""

    question: str
    state: State = "searching"
    evidence: tuple[Evidence, ...] = ()
    claims: tuple[Claim, ...] = ()
    standalone: str = ""
    """The question that is answered in its place, for a follow-up."""
    ahead: int = 0
    """Questions of other people before this one, while ``waiting``."""
    answer: Answer | None = None
    """Set when ``done``."""
    error: DossierError | None = None
    """Why it ``failed``; None with that state means an unexpected error."""

    @property
    def running(self) -> bool:
        """True while more is to come."""
        return self.state in ("searching", "waiting", "writing")

    def after(self, event: Event) -> Turn:
        """The turn once ``event`` has happened."""
        match event:
            case Rewritten():
                return replace(self, standalone=event.question)
            case EvidenceFound():
                return replace(self, state="writing", evidence=event.evidence)
            case ClaimChecked():
                return replace(self, state="writing", claims=(*self.claims, event.claim))
            case Answered():
                answer = event.answer
                return replace(
                    self,
                    state="done",
                    evidence=answer.evidence,
                    claims=answer.claims,
                    answer=answer,
                )


class Line:
    """First come, first served: one person at a time uses the writer, the others see their place.

    The writer is one model on one processor, so that two answers at once would each take twice as
    long; searching is quick and needs no place.
    """

    def __init__(self) -> None:
        self._places: deque[Place] = deque()
        self._moved = threading.Condition()

    @contextmanager
    def join(self) -> Iterator[Place]:
        """A place at the end of the line, given up on leaving the block."""
        place = Place(self._places, self._moved)
        with self._moved:
            self._places.append(place)
        try:
            yield place
        finally:
            with self._moved:
                self._places.remove(place)
                self._moved.notify_all()


class Place:
    """Somebody's place in a line."""

    def __init__(self, places: deque[Place], moved: threading.Condition) -> None:
        self._places = places
        self._moved = moved

    def ahead(self) -> int:
        """How many come before; 0 means that it is one's turn."""
        with self._moved:
            return self._places.index(self)

    def wait(self, seconds: float) -> None:
        """Sleep until the line moves, at most so long."""
        with self._moved:
            if self._places.index(self):
                self._moved.wait(seconds)


def take_turn(
    archive: Archive,
    line: Line,
    question: str,
    stop: Stop,
    history: Sequence[Earlier] = (),
    within: Filter | None = None,
) -> Iterator[Turn]:
    """Ask ``question`` and yield the turn each time there is something new to show.

    The evidence comes before the wait in line. Never raises a ``DossierError`` or another
    ``Exception``: the last turn then has the state ``failed``. After ``stop`` is set, it ends soon
    with the state ``stopped``, keeping what was shown. Closing the iterator stops the computation.
    """
    turn = Turn(question)
    yield turn
    try:
        with closing(_follow(archive, line, turn, stop, history, within)) as turns:
            for latest in turns:
                turn = latest
                yield turn
    except GeneratorExit:
        stop.set()
        raise
    except DossierError as error:
        turn = replace(turn, state="failed", error=error)
    except Exception:
        _log.exception("a question could not be answered")
        turn = replace(turn, state="failed")
    if turn.state == "done":
        return
    if stop.is_set():
        yield replace(turn, state="stopped", error=None)
        return
    if turn.state != "failed":
        _log.error("an answer ended without its last event")
    yield replace(turn, state="failed")


def _follow(
    archive: Archive,
    line: Line,
    turn: Turn,
    stop: Stop,
    history: Sequence[Earlier],
    within: Filter | None,
) -> Generator[Turn, None, None]:
    """The turns of a question that goes well; raises what the dossier raises."""
    if stop.is_set():
        return
    events = archive.stream(turn.question, stop, within=within, history=history)
    try:
        turn = turn.after(next(events))
        yield turn
        if not turn.running:
            return
        with line.join() as place:
            while (ahead := place.ahead()) and not stop.is_set():
                if turn.ahead != ahead:
                    turn = replace(turn, state="waiting", ahead=ahead)
                    yield turn
                place.wait(_LOOK_UP)
            if turn.ahead and not stop.is_set():
                turn = replace(turn, state="writing", ahead=0)
                yield turn
            while not stop.is_set() and turn.running:
                turn = turn.after(next(events))
                if not stop.is_set():
                    yield turn
    except StopIteration:
        return
    finally:
        if isinstance(events, Generator):
            events.close()
