"""One question and its answer as it grows, and the line of people waiting for the one writer.

Knows nothing about Gradio or HTML: it turns the events of a dossier into a series of states.
"""

from __future__ import annotations

import logging
import threading
from collections import Counter, deque
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from functools import partial
from typing import Literal

from askdossier.core import (
    Answer,
    Answered,
    Citation,
    Claim,
    ClaimChecked,
    DossierError,
    Event,
    Evidence,
    EvidenceFound,
    Filter,
    Form,
    Rewritten,
    Stop,
)
from askdossier.core import Turn as Earlier
from askdossier.dossier import Dossier
from askdossier.web.stepwise import Wait

_log = logging.getLogger(__name__)

MOST_OPEN = 100
"""Questions that may be open at once, being answered or waiting."""
MOST_OPEN_EACH = 5
"""The same for one person."""


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
    form: Form = "prose"
    """Known before the claims, as is ``message``: see ``Answer``."""
    message: str = ""

    @property
    def running(self) -> bool:
        """True while more is to come."""
        return self.state in ("searching", "waiting", "writing")

    @property
    def doubtful(self) -> tuple[Claim, ...]:
        """What was left out of the answer, known at its end."""
        return self.answer.doubtful if self.answer is not None else ()

    @property
    def citations(self) -> tuple[Citation, ...]:
        """What the claims and then the doubtful ones cite, each number once, in order."""
        cited: dict[int, Citation] = {}
        for claim in (*self.claims, *self.doubtful):
            for citation in claim.citations:
                cited.setdefault(citation.number, citation)
        return tuple(citation for _, citation in sorted(cited.items()))

    def after(self, event: Event) -> Turn:
        """The turn once ``event`` has happened."""
        match event:
            case Rewritten():
                return replace(self, standalone=event.question)
            case EvidenceFound():
                return replace(
                    self,
                    state="writing",
                    evidence=event.evidence,
                    form=event.form,
                    message=event.message,
                )
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
                    form=answer.form,
                    message=answer.message,
                )


class Line:
    """First come, first served: so many at a time use the writer, the others see their place.

    A writer here is one model on one processor, so that two answers at once would each take twice
    as long; a server may have room for several. Searching is quick and needs no place.
    """

    def __init__(self, most: int = MOST_OPEN, most_each: int = MOST_OPEN_EACH) -> None:
        """``most`` questions are open at once, of which ``most_each`` of one person."""
        self._most, self._most_each = most, most_each
        self._open: Counter[str] = Counter()
        self._places: deque[Place] = deque()
        self._lock = threading.Lock()
        self.at_once = 1
        """Who may use the writer at the same time."""

    @contextmanager
    def admit(self, who: str) -> Iterator[None]:
        """A question of ``who`` is open until the block is left; of nobody in particular: "".

        Raises:
            DossierError: too many are open already.
        """
        with self._lock:
            if who and self._open[who] >= self._most_each:
                raise DossierError(
                    f"{self._most_each} of your questions are being answered already. Wait for one "
                    "of them, or stop it."
                )
            if self._open.total() >= self._most:
                raise DossierError(
                    f"{self._most} questions are being answered already. Ask again in a while."
                )
            self._open[who] += 1
        try:
            yield
        finally:
            with self._lock:
                self._open[who] -= 1
                if not self._open[who]:
                    del self._open[who]

    @property
    def busy(self) -> bool:
        """Whether anybody's question is open."""
        with self._lock:
            return self._open.total() > 0

    @contextmanager
    def join(self) -> Iterator[Place]:
        """A place at the end of the line, given up on leaving the block."""
        place = Place(self, self._places, self._lock)
        with self._lock:
            self._places.append(place)
        try:
            yield place
        finally:
            with self._lock:
                self._places.remove(place)


class Place:
    """Somebody's place in a line."""

    def __init__(self, line: Line, places: deque[Place], lock: threading.Lock) -> None:
        self._line = line
        self._places = places
        self._lock = lock

    def ahead(self) -> int:
        """How many come before; 0 means that it is one's turn."""
        with self._lock:
            return max(0, self._places.index(self) - self._line.at_once + 1)


def take_turn(
    archive: Dossier,
    line: Line,
    question: str,
    stop: Stop,
    history: Sequence[Earlier] = (),
    within: Filter | None = None,
    who: str = "",
) -> Generator[Turn | Wait]:
    """Ask ``question`` for ``who`` and yield the turn each time there is something new to show.

    The evidence comes before the wait in line, which is yielded, so that it holds no thread.
    Never raises a ``DossierError`` or another ``Exception``: the last turn then has the state
    ``failed``. After ``stop`` is set, it ends soon with the state ``stopped``, keeping what was
    shown. Closing the iterator stops the computation.
    """
    turn = Turn(question)
    yield turn
    try:
        with (
            line.admit(who),
            closing(_follow(archive, line, turn, stop, history, within)) as turns,
        ):
            for latest in turns:
                turn = turn if isinstance(latest, Wait) else latest
                yield latest
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


def _moved(place: Place, ahead: int, stop: Stop) -> bool:
    return stop.is_set() or place.ahead() != ahead


def _at_once(archive: Dossier) -> int:
    """How many answers the writer writes at once; who needs it hears why it cannot."""
    try:
        return archive.profile.at_once
    except DossierError:
        return 1


def _follow(
    archive: Dossier,
    line: Line,
    turn: Turn,
    stop: Stop,
    history: Sequence[Earlier],
    within: Filter | None,
) -> Generator[Turn | Wait]:
    """The turns of a question that goes well; raises what the dossier raises."""
    if stop.is_set():
        return
    events = archive.stream(turn.question, stop, within=within, history=history)
    try:
        turn = turn.after(next(events))
        yield turn
        if not turn.running:
            return
        line.at_once = _at_once(archive)
        with line.join() as place:
            while (ahead := place.ahead()) and not stop.is_set():
                if turn.ahead != ahead:
                    turn = replace(turn, state="waiting", ahead=ahead)
                    yield turn
                yield Wait(partial(_moved, place, ahead, stop))
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
