"""What kinds of question that take several pieces have in common."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from askdossier import text
from askdossier.ask import pieces
from askdossier.ask.case import Case
from askdossier.ask.pieces.choose import MOST, Choosing, Piece
from askdossier.core import Evidence
from askdossier.index import Index
from askdossier.lang.forms import Forms


def _as_it_is(index: Index, choosing: Choosing) -> Choosing:
    del index
    return choosing


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
    finish: Callable[[Index, Choosing], Choosing] = _as_it_is
    """Weighs what belongs once more, by what else does."""
    further: Sequence[pieces.Further] = ()
    """Each finds what more may belong to it, once what was found before is judged."""
    said: str = ""
    """What the program says before its claims."""
    lacking: str = ""
    """What it says where nothing belongs to it."""
    remark: str = ""
    """What it says behind all claims, in place of how much was read."""
    verbatim: bool = False
    """Whether its pieces are quoted, and not put into words."""


Round = tuple[tuple[Evidence, ...], Choosing | None]
"""What was found, before it is judged and after it: then what is made of all that was found."""


def rounds(part: Part) -> Iterator[Round]:
    """Look for what belongs to a part, and for more as long as that seems to answer.

    Of a writer that does not say which sentences belong, nothing more is asked.
    """
    index = part.case.index
    yield part.found, None
    choosing = part.choose(part.case, part.found)
    yield part.found, part.finish(index, choosing)
    for further in part.further:
        if choosing.by == "order":
            return
        if part.case.stopped() or not choosing.answers(part.case.task.strictness):
            return
        found = further(part.case, choosing)
        if found:
            yield found, None
            more = part.choose(part.case, found)
            if more.by == "order":  # nothing but how near it is speaks for it
                return
            choosing = choosing.joined(more)
            yield found, part.finish(index, choosing)


def asking(case: Case, question: str) -> Case:
    """The case with a question of its own."""
    return replace(case, query=case.tools.query(question))


def asking_of(case: Case, template: str, topic: str) -> Case:
    """The case with a template's question of a topic; as it is where that is its whole question."""
    return case if topic == case.query.text else asking(case, template.format(topic=topic))


def sought_where(
    case: Case, documents: frozenset[str] | None, belongs: Callable[[Evidence], bool]
) -> tuple[Evidence, ...]:
    """Of more sentences than else, the best that belong by what they are, best first."""
    wide = pieces.ranked(case, case.query, documents, _WIDE)
    return tuple(islice(filter(belongs, wide), MOST))


def taken(case: Case, found: Sequence[Evidence]) -> Choosing:
    """Take all that was found: it was chosen before, or belongs to the answer by what it is."""
    del case
    return Choosing(tuple(Piece(item, 0.0) for item in found), 1.0 if found else 0.0)


def given(
    pieces: Sequence[Piece], confidence: float, case: Case, found: Sequence[Evidence]
) -> Choosing:
    """Take what was chosen before."""
    del case, found
    return Choosing(tuple(pieces), confidence)


def groups(form: Forms, question: str) -> Mapping[str, str] | None:
    """The groups of a form, as the question writes them; None for any other question."""
    found = form.match(text.fold(question))
    if found is None:
        return None
    # Folding keeps the length, so that they can be cut from what the person wrote.
    return {
        name: question[slice(*found.span(name))].strip(_AROUND)
        for name, said in found.groupdict().items()
        if said
    }


def holds(words: str, phrase: str) -> bool:
    """Whether some words have all those of a phrase, in any inflection."""
    said = text.stems(words)
    return all(not said.isdisjoint(stems) for word in phrase.split() if (stems := text.stems(word)))


def placed(index: Index, item: Evidence) -> str:
    """A sentence behind the title of its document and its heading, which name what it is about."""
    row = index.row_at(item.document, item.span.start)
    heading = "" if row is None else index.passages[row].heading
    return f"{index.header(item.document).title} {heading} {item.quote}"


_WIDE = 80
_AROUND = " \t,;:\u00a0\u202f"
