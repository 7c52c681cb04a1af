"""What kinds of question that take several pieces have in common."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from askdossier import retrieve
from askdossier.ask import pieces
from askdossier.ask.case import Case
from askdossier.ask.pieces.choose import TOGETHER, Choosing
from askdossier.core import Evidence


@dataclass(frozen=True, slots=True)
class Part:
    """A part of an answer, before the writer has read anything for it."""

    about: str
    """Its heading; empty where there is one part."""
    case: Case
    """With the question that this part answers."""
    found: tuple[Evidence, ...]
    """What may belong to it, best first."""
    choose: Callable[[Case, Sequence[Evidence]], Choosing] = pieces.chosen
    """Judges that."""
    complete: bool = False
    """Whether lists are completed of which some items belong."""
    further: Callable[[Case, Choosing], tuple[Evidence, ...]] | None = None
    """Finds what more may belong to it, once that is judged."""


Round = tuple[tuple[Evidence, ...], Choosing | None]
"""What was found, before it is judged and after it: then what is made of all that was found."""


def rounds(part: Part) -> Iterator[Round]:
    """Look for what belongs to a part, and once more for what is like it."""

    def made(choosing: Choosing) -> Choosing:
        return pieces.completed(part.case.index, choosing) if part.complete else choosing

    yield part.found, None
    choosing = part.choose(part.case, part.found)
    yield part.found, made(choosing)
    if part.further is None or choosing.confidence < part.case.task.strictness * TOGETHER:
        return
    further = part.further(part.case, choosing)
    if further and not part.case.stopped():
        yield further, None
        yield further, made(choosing.joined(part.choose(part.case, further)))


def asking(case: Case, question: str) -> Case:
    """The case with a question of its own."""
    vector = case.tools.embedder().embed_questions([question])[0]
    return replace(case, query=retrieve.Query.of(question, vector))
