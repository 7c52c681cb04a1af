"""Questions for whether documents agree: "donnent-ils le même nombre de… ?"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import islice

from askdossier import lang, text, verify
from askdossier.ask import pieces
from askdossier.ask.case import Case
from askdossier.ask.kinds.several import Part, asking_of, given, groups
from askdossier.ask.pieces.choose import Choosing, Piece
from askdossier.core import Document, Form
from askdossier.lang.forms import Forms
from askdossier.verify import facts

form: Form = "table"

_MOST = 6
"""Documents that are shown."""


def matches(question: str) -> str | None:
    """Tell by its form on what they are to agree; None for any other question."""
    found = groups(_FORM, question)
    return None if found is None else found["topic"]


def parts(asked: str, case: Case, documents: frozenset[str] | None) -> Iterator[Part]:
    """One for each document that says something, with the sentence in which it does.

    Before them, whether their figures agree.
    """
    words = lang.of(case.language).several
    own = asking_of(case, words.told, asked)
    side = text.in_quotes(asked, case.language)
    lacking = "" if own is case else words.nothing_on.format(side=side)
    found = pieces.sought(own, documents)
    choice = pieces.chosen(own, found)
    best = _best(choice, asked)
    remark = pieces.remark(case, found)
    said = _said(case, asked, best)
    if not choice.answers(case.task.strictness):
        yield Part("", own, found, partial(given, (), choice.confidence), lacking=lacking)
        return
    for name, piece in best.items():
        yield Part(
            _heading(case.index.header(name)),
            own,
            (piece.evidence,),
            partial(given, (piece,), choice.confidence),
            said=said,
            remark=remark,
            verbatim=True,
        )
        said = remark = ""


def _best(choice: Choosing, asked: str) -> Mapping[str, Piece]:
    """Of each document its likeliest sentence, one with a figure of what is asked before others."""
    measuring = {piece for piece in choice.pieces if verify.measures(piece.evidence.quote, asked)}
    belong = [*choice.sure, *(piece for piece in choice.doubtful if piece in measuring)]
    best: dict[str, Piece] = {}
    for piece in sorted(belong, key=lambda one: (one not in measuring, -one.odds)):
        best.setdefault(piece.evidence.document, piece)
    return dict(islice(best.items(), _MOST))


def _said(case: Case, asked: str, best: Mapping[str, Piece]) -> str:
    """How many documents say something, and whether their figures for it agree.

    Compared are those of the unit that most documents have.
    """
    words = lang.of(case.language).several
    said = words.speak.format(count=len(best))
    figures = {name: verify.measures(one.evidence.quote, asked) for name, one in best.items()}
    units = Counter(unit for some in figures.values() for unit in {one.unit for one in some})
    unit = max(units, key=lambda each: units[each], default="")
    told = {
        name: same
        for name, some in figures.items()
        if (same := [one for one in some if one.unit == unit])
    }
    if len(told) < 2:
        # Two figures that are shown are there, even if none is known to count what is asked.
        shown = sum(bool(_figures(one.evidence.quote)) for one in best.values())
        return f"{said} {words.uncompared if shown > 1 else words.no_figures}"
    if all(_agree(one, other) for one in told.values() for other in told.values()):
        return f"{said} {words.agreeing.format(count=len(told))}"
    each = [f"{some[0].text} ({_heading(case.index.header(name))})" for name, some in told.items()]
    return f"{said} {words.differing.format(figures='; '.join(each))}"


def _figures(quote: str) -> Sequence[verify.Figure]:
    """All but those of its dates."""
    dates = [moment.span for moment in facts.moments(quote)]
    return [one for one in facts.figures(quote) if not any(map(one.span.overlaps, dates))]


def _agree(some: Sequence[verify.Figure], others: Sequence[verify.Figure]) -> bool:
    return any(one.agrees(other) or other.agrees(one) for one in some for other in others)


def _heading(document: Document) -> str:
    date = document.source.date
    return f"{document.title} ({date})" if date else document.title


_FORM = Forms(lambda known: known.several.disagreement)
