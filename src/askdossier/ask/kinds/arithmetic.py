"""Questions for how far two are apart, which is more, or what they come to together.

Both facts are cited, and the sum is shown and done here: a small writer cannot.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from askdossier import lang, text, verify
from askdossier.ask import pieces
from askdossier.ask.case import Case
from askdossier.ask.kinds.several import Part, asking, given, groups, placed
from askdossier.ask.pieces.choose import Piece
from askdossier.ask.reckoning import Fact, reckoned
from askdossier.ask.sides import chooses, sides, whole
from askdossier.core import Evidence, Form
from askdossier.index import Index
from askdossier.lang.forms import Forms
from askdossier.lang.lexicon import Several
from askdossier.verify import facts
from askdossier.verify.facts import Figure, Moment

form: Form = "table"
_YEAR = "year"
"""Unit of an age."""


@dataclass(frozen=True, slots=True)
class Distance:
    """Asks how far two sides are apart."""

    one: str
    other: str
    topic: str
    """In what; empty for time."""
    adds: bool = False
    """Asks what they come to together instead."""
    surely: bool = True
    """The question's form says so."""
    older: bool = False
    """Asks how much older one is: when each was born or began."""

    def measured(self, side: str) -> str:
        """Words beside which the figure of a side stands; empty for time."""
        return self.topic if self.surely or not self.topic else f"{self.topic} {side}"

    def question(self, side: str, words: Several) -> str:
        """Asks for the date or the figure of a side."""
        if self.older:
            return words.begins.format(side=side)
        if not self.topic:
            return words.when.format(side=side)
        named = text.stems(self.topic) <= text.stems(side)
        return (words.value if named else words.value_of).format(side=side, topic=self.topic)


def matches(question: str) -> Distance | None:
    """Tell by its form; None for any other question."""
    found, older = groups(_OLDER, question), True
    if found is None:
        found, older = groups(_FORM, question), False
    if found is None:
        exceeds = _EXCEEDING.search(text.fold(question)) is not None
        return loosely(question) if exceeds or chooses(question) else None
    other = whole(question, found["other"])
    if _is_sought(found["one"]) or _is_sought(other):
        return None
    if "same" in found:  # "la création de l'institut et celle de la revue"
        head = found["one"].partition(f" {other.split()[0]} ")[0]
        other = f"{head} {other}"
    topic = found.get("topic", "")
    # "combien d'années séparent Maëlle Roy et Ewen Dor": what begins is named, and nothing of it.
    older = older or (not topic and _is_name(found["one"]) and _is_name(other))
    return Distance(found["one"], other, topic, older=older)


def _is_name(side: str) -> bool:
    """Whether it is a name and no more."""
    words = side.split()
    capitals = [word for word in words if word[:1].isupper()]
    return (
        bool(words)
        and words[0] in capitals
        and not any(map(str.isdigit, side))
        and (len(capitals) == len(words) or words[-1] in capitals)
    )


def loosely(question: str) -> Distance | None:
    """Its two sides, and in what they are apart: what else it says, or else their noun.

    None too where it asks two questions: "combien a-t-elle reçu, et combien a-t-elle donné ?".
    """
    found, folded = sides(question), text.fold(question)
    if found is None or _BESIDE.search(folded) or _is_sought(found.one) or _is_sought(found.other):
        return None
    if _TIME.search(folded):
        names = _is_name(found.one) and _is_name(found.other)
        older = names or _IS_OLDER.search(folded) is not None
        return Distance(found.one, found.other, "", surely=False, older=older)
    topic = found.topic or found.said or found.noun
    adds = _ADDING.search(folded) is not None
    return Distance(found.one, found.other, topic, adds, surely=False) if topic else None


def _is_sought(side: str) -> bool:
    """Whether one must look through many to tell which is meant: "le métier le mieux payé"."""
    return _SUPERLATIVE.search(text.fold(side)) is not None


def parts(asked: Distance, case: Case, documents: frozenset[str] | None) -> Iterator[Part]:
    """One for each side, with the sentence that gives its date or figure; before them the sum.

    None where a side has no such sentence, and the question may as well ask for something else.
    """
    words = lang.of(case.language).several
    found = []
    for side, rival in ((asked.one, asked.other), (asked.other, asked.one)):
        own = asking(case, asked.question(side, words))
        choice = pieces.chosen(own, pieces.sought(own, documents))
        likely = choice.answers(case.task.strictness)
        # That somebody is told to be born then is sure, however little the writer looks at it.
        among = (choice.pieces if asked.older else choice.sure) if likely else ()
        tell = _beginning if asked.older else partial(_measured, asked)
        told = [(piece, fact) for piece in among if (fact := tell(case.index, piece, side, rival))]
        # An age says less than a birth: it holds for one day.
        told.sort(key=lambda one: asked.older and isinstance(one[1].value, Figure))
        found.append((side, own, choice.confidence, told[:1]))
    facts_told = [one[1] for _, _, _, told in found for one in told]
    both = len(facts_told) == len(found)
    if not both and not asked.surely:
        return
    said = reckoned(facts_told, case.language, adds=asked.adds) if both else ""
    for side, own, confidence, told in found:
        best = tuple(piece for piece, _ in told)
        yield Part(
            side,
            own,
            tuple(one.evidence for one in best),
            partial(given, best, confidence),
            said=said,
            lacking=words.nothing_on.format(side=text.in_quotes(side, case.language)),
            verbatim=True,
        )
        said = ""


def _measured(asked: Distance, index: Index, piece: Piece, side: str, rival: str) -> Fact | None:
    """The date or figure that a sentence gives for a side."""
    found = _facts(piece, asked.measured(side))
    if not found or not (asked.surely or _speaks(index, piece.evidence, side, rival)):
        return None
    value = _only(piece, asked.measured(side))
    if value is None and not asked.topic and _names_beginning(side):
        begun = _beginning(index, piece, side, rival)
        value = begun.value if begun else None
    return Fact(piece.evidence, value)


def _names_beginning(side: str) -> bool:
    return _BEGUN.search(text.fold(side)) is not None


def _beginning(index: Index, piece: Piece, side: str, rival: str) -> Fact | None:
    """When a sentence says that a side was born or began, or how old it is."""
    item, header = piece.evidence, index.header(piece.evidence.document)
    begun = {
        one.moment.iso: one.moment
        for one in verify.beginnings(item.quote, header.language)
        if _is_of(
            index, item, verify.begins(one, item.quote, side, rival, header.language), side, rival
        )
    }
    if begun:
        return Fact(item, next(iter(begun.values())) if len(begun) == 1 else None)
    years = [one for one in facts.figures(item.quote) if one.unit == _YEAR]
    theirs = text.stems(rival) - text.stems(side)
    aged = _AGED.search(text.fold(item.quote)) is not None
    if not aged or len(years) != 1 or not theirs.isdisjoint(text.stems(item.quote)):
        return None
    written = (header.source.date or header.id)[:4]
    return Fact(item, years[0], written) if _speaks(index, item, side, rival) else None


def _is_of(index: Index, item: Evidence, said: bool | None, side: str, rival: str) -> bool:
    """Whether what begins is a side; where its sentence names none, by what stands before it."""
    if said is not None:
        return said
    own, theirs = text.stems(side) - text.stems(rival), text.stems(rival) - text.stems(side)
    body = index.documents[item.document].text
    before = body[body.rfind("\n\n", 0, item.span.start) + 1 : item.span.start].split()
    for word in reversed(before):
        if named := text.stems(word) & (own | theirs):
            return not named.isdisjoint(own)
    named = text.stems(placed(index, item))
    return not named.isdisjoint(own) and named.isdisjoint(theirs)


def _speaks(index: Index, item: Evidence, side: str, rival: str) -> bool:
    """Whether a sentence, its heading or its title has a word of a side that its rival has not."""
    own = text.stems(side) - text.stems(rival)
    return not own or not own.isdisjoint(text.stems(placed(index, item)))


def _facts(piece: Piece, topic: str) -> tuple[Moment | Figure, ...]:
    quote = piece.evidence.quote
    if topic:
        return verify.measures(quote, topic)
    return tuple(moment for moment in facts.moments(quote) if moment.iso)


def _only(piece: Piece, topic: str) -> Moment | Figure | None:
    """The fact of a sentence that has no other of its sort; which is meant is else not known."""
    found, quote = _facts(piece, topic), piece.evidence.quote
    if len(found) != 1:
        return None
    if isinstance(found[0], Moment):
        return found[0] if len(facts.moments(quote)) == 1 else None
    same = [one for one in facts.figures(quote) if one.unit == found[0].unit]
    return found[0] if len(same) == 1 else None


_FORM = Forms(lambda known: known.several.arithmetic)
_OLDER = Forms(lambda known: known.several.older)
_EXCEEDING = Forms(lambda known: known.several.exceeding)
_BEGUN = Forms(lambda known: known.several.begun)
_AGED = Forms(lambda known: known.several.aged)
_IS_OLDER = Forms(lambda known: known.asking.older)
_TIME = Forms(lambda known: known.asking.apart_in_time)
_BESIDE = Forms(lambda known: known.wanted.beside)
_SUPERLATIVE = Forms(lambda known: known.asking.superlative)
_ADDING = Forms(lambda known: known.asking.adding)
