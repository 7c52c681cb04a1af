"""Questions for what differs between two: "quelle est la différence entre A et B ?"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from askdossier import lang, text
from askdossier.ask import pieces
from askdossier.ask.case import Case
from askdossier.ask.kinds.several import Part, asking, groups, holds
from askdossier.ask.pieces.choose import Choosing
from askdossier.ask.sides import sides
from askdossier.core import Evidence, Form
from askdossier.lang.forms import Forms

form: Form = "table"


@dataclass(frozen=True, slots=True)
class Difference:
    """Asks what differs between two sides, as the question writes them."""

    one: str
    other: str


def matches(question: str) -> Difference | None:
    """Tell by its form; None for any other question."""
    found = groups(_FORM, question)
    return Difference(found["one"], found["other"]) if found else None


def loosely(question: str) -> Difference | None:
    """Its two sides."""
    found = sides(question)
    return Difference(found.one, found.other) if found else None


def parts(asked: Difference, case: Case, documents: frozenset[str] | None) -> Iterator[Part]:
    """What holds both sides, then each of them."""
    words = lang.of(case.language).several
    both = tuple(
        item
        for item in pieces.sought(case, documents)
        if holds(item.quote, asked.one) and holds(item.quote, asked.other)
    )
    if both:
        yield Part(f"{asked.one} / {asked.other}", case, both, _surely)
    for side in (asked.one, asked.other):
        own = asking(case, words.what_is.format(side=side))
        lacking = words.nothing_on.format(side=text.in_quotes(side, case.language))
        yield Part(side, own, pieces.sought(own, documents), lacking=lacking)


def _surely(case: Case, found: Sequence[Evidence]) -> Choosing:
    """Of what holds both, only what surely belongs: each side has a part of its own."""
    choice = pieces.chosen(case, found)
    return replace(choice, pieces=choice.sure)


_FORM = Forms(lambda known: known.several.difference)
