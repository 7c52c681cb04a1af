"""Questions for all of several things: "quelles sont les demandes de… ?", "list the…"."""

from __future__ import annotations

from collections.abc import Iterator

from askdossier import lang, text
from askdossier.ask import pieces
from askdossier.ask.case import Case
from askdossier.ask.kinds.several import Part, asking
from askdossier.core import Form
from askdossier.lang.forms import Forms

form: Form = "list"


def matches(question: str) -> str | None:
    """Tell by its form; None for any other question."""
    return question if _FORM.search(text.fold(question)) else None


def parts(asked: str, case: Case, documents: frozenset[str] | None) -> Iterator[Part]:
    """One, of all that belongs to the answer.

    The writer is asked a question where the person gave an order.
    """
    named = pieces.what_of(asked)
    if named != asked and "?" not in asked:
        case = asking(case, lang.of(case.language).prompts.which.format(topic=named))
    further = [pieces.next_best(documents), pieces.like_chosen(documents)]
    found = pieces.sought(case, documents)
    finish = pieces.listed(case.query.text)
    yield Part("", case, found, pieces.choosing_items, finish=finish, further=further)


_FORM = Forms(lambda known: known.questions.listing)
