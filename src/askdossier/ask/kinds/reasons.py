"""Questions for why or how: "pourquoi… ?", "comment… ?"."""

from __future__ import annotations

from collections.abc import Iterator

from askdossier import text
from askdossier.ask import pieces
from askdossier.ask.case import Case
from askdossier.ask.kinds.several import Part
from askdossier.core import Form
from askdossier.lang.forms import Forms

form: Form = "prose"


def matches(question: str) -> str | None:
    """Tell by its form; None for any other question."""
    folded = text.fold(question)
    return question if _WHY.search(folded) or _HOW.search(folded) else None


def parts(asked: str, case: Case, documents: frozenset[str] | None) -> Iterator[Part]:
    """One, of all that gives a reason or a way."""
    del asked
    further = [pieces.next_best(documents), pieces.beside_chosen]
    found = pieces.sought(case, documents)
    yield Part("", case, found, pieces.explaining, finish=pieces.continued, further=further)


_WHY = Forms(lambda known: known.questions.why)
_HOW = Forms(lambda known: known.questions.how)
