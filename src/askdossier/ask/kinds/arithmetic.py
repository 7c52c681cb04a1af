"""Questions for how far two are apart, which is more, or what they come to together.

Both facts are cited, and the sum is shown and done here: a small writer cannot.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial

from askdossier import lang, text, verify
from askdossier.ask import pieces
from askdossier.ask.case import Case
from askdossier.ask.kinds.several import Part, asking, given, groups, placed
from askdossier.ask.pieces.choose import Piece
from askdossier.ask.sides import chooses, sides, whole
from askdossier.core import Evidence, Form, Language
from askdossier.index import Index
from askdossier.lang.forms import Forms
from askdossier.lang.lexicon import Several
from askdossier.verify import facts
from askdossier.verify.facts import Figure, Moment

form: Form = "table"


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

    def measured(self, side: str) -> str:
        """Words beside which the figure of a side stands; empty for time."""
        return self.topic if self.surely or not self.topic else f"{self.topic} {side}"

    def question(self, side: str, words: Several) -> str:
        """Asks for the date or the figure of a side."""
        if not self.topic:
            return words.when.format(side=side)
        named = text.stems(self.topic) <= text.stems(side)
        return (words.value if named else words.value_of).format(side=side, topic=self.topic)


def matches(question: str) -> Distance | None:
    """Tell by its form; None for any other question."""
    found = groups(_FORM, question)
    if found is None:
        return loosely(question) if chooses(question) else None
    other = whole(question, found["other"])
    if _is_sought(found["one"]) or _is_sought(other):
        return None
    if "same" in found:  # "la création de l'institut et celle de la revue"
        head = found["one"].partition(f" {other.split()[0]} ")[0]
        other = f"{head} {other}"
    return Distance(found["one"], other, found.get("topic", ""))


def loosely(question: str) -> Distance | None:
    """Its two sides, and in what they are apart: what else it says, or else their noun.

    None too where it asks two questions: "combien a-t-elle reçu, et combien a-t-elle donné ?".
    """
    found, folded = sides(question), text.fold(question)
    if found is None or _BESIDE.search(folded) or _is_sought(found.one) or _is_sought(found.other):
        return None
    if _TIME.search(folded):
        return Distance(found.one, found.other, "", surely=False)
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
        measured = asked.measured(side)
        holding = [
            one
            for one in choice.sure
            if likely
            and _facts(one, measured)
            and (asked.surely or _speaks(case.index, one.evidence, side, rival))
        ]
        found.append((side, own, choice.confidence, holding[:1]))
    told = [(one[0], asked.measured(side)) for side, _, _, one in found if one]
    if len(told) < len(found) and not asked.surely:
        return
    said = _sum(asked, told, case.language) if len(told) == len(found) else ""
    for side, own, confidence, best in found:
        yield Part(
            side,
            own,
            tuple(one.evidence for one in best),
            partial(given, tuple(best), confidence),
            said=said,
            lacking=words.nothing_on.format(side=text.in_quotes(side, case.language)),
            verbatim=True,
        )
        said = ""


def _speaks(index: Index, item: Evidence, side: str, rival: str) -> bool:
    """Whether a sentence, its heading or its title has a word of a side that its rival has not."""
    own = text.stems(side) - text.stems(rival)
    return not own or not own.isdisjoint(text.stems(placed(index, item)))


def _facts(piece: Piece, topic: str) -> tuple[Moment | Figure, ...]:
    quote = piece.evidence.quote
    if topic:
        return verify.measures(quote, topic)
    return tuple(moment for moment in facts.moments(quote) if moment.iso)


def _sum(asked: Distance, told: Sequence[tuple[Piece, str]], language: Language) -> str:
    """The sum of two facts or, where a sentence gives more than one, that it is not done."""
    words = lang.of(language).several
    first, second = (_only(piece, topic) for piece, topic in told)
    if first is not None and second is not None and told[0][0].evidence != told[1][0].evidence:
        if isinstance(first, Moment) and isinstance(second, Moment):
            return _between(first, second, language)
        if isinstance(first, Figure) and isinstance(second, Figure) and _alike(first, second):
            one, other = min(first.values), min(second.values)
            unit = first.text.lstrip("0123456789., \u00a0\u202f")
            if asked.adds:
                result = _n(one + other)
                return words.together.format(one=_n(one), other=_n(other), result=result, unit=unit)
            low, high = sorted((one, other))
            return words.apart.format(high=_n(high), low=_n(low), result=_n(high - low), unit=unit)
    return words.no_sum


def _only(piece: Piece, topic: str) -> Moment | Figure | None:
    """The fact of a sentence that has no other of its sort; which is meant is else not known."""
    found, quote = _facts(piece, topic), piece.evidence.quote
    if len(found) != 1:
        return None
    if isinstance(found[0], Moment):
        return found[0] if len(facts.moments(quote)) == 1 else None
    same = [one for one in facts.figures(quote) if one.unit == found[0].unit]
    return found[0] if len(same) == 1 else None


def _between(first: Moment, second: Moment, language: Language) -> str:
    words = lang.of(language).several
    early, late = sorted((first.iso, second.iso))
    if len(early) == len(late) == len("2025-11-07"):
        days = (date.fromisoformat(late) - date.fromisoformat(early)).days
        return words.days_apart.format(low=early, high=late, result=days)
    low, high = int(early[:4]), int(late[:4])
    return words.apart.format(high=high, low=low, result=high - low, unit=words.years)


def _alike(first: Figure, second: Figure) -> bool:
    exact = len(first.values) == len(second.values) == 1 and not (first.bound or second.bound)
    return exact and first.unit == second.unit


def _n(value: Decimal) -> str:
    return f"{value.normalize():f}"


_FORM = Forms(lambda known: known.several.arithmetic)
_TIME = Forms(lambda known: known.asking.apart_in_time)
_BESIDE = Forms(lambda known: known.wanted.beside)
_SUPERLATIVE = Forms(lambda known: known.asking.superlative)
_ADDING = Forms(lambda known: known.asking.adding)
