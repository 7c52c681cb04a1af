"""Questions for what the dossier says of something: "que disent les documents de… ?"."""

from __future__ import annotations

from collections.abc import Iterator

from askdossier import lang, text
from askdossier.ask import pieces
from askdossier.ask.case import Case
from askdossier.ask.kinds.several import Part, asking_of
from askdossier.core import Form
from askdossier.lang.forms import Forms

form: Form = "prose"


def matches(question: str) -> str | None:
    """Tell the topic by the form of the question; None for any other question."""
    found = _FORM.match(text.fold(question))
    # Folding keeps the length, so the topic can be cut from what the person wrote.
    return question[slice(*found.span("topic"))].strip() if found else None


def parts(asked: str, case: Case, documents: frozenset[str] | None) -> Iterator[Part]:
    """One, of all that speaks of the topic."""
    own = asking_of(case, lang.of(case.language).prompts.told_of, asked)
    further = [pieces.next_best(documents), pieces.beside_chosen, pieces.like_chosen(documents)]
    found = pieces.sought(own, documents)
    yield Part("", own, found, pieces.explaining, finish=pieces.continued, further=further)


_FORM = Forms(lambda known: known.questions.summary)
