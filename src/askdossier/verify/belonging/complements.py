"""What stands beside a verb behind the same preposition, and which amount a noun has.

"se tient à la chapelle" is not "se tient à l'orangerie", though the orangery is told of elsewhere;
"une caution de 500 euros" is no deposit of 320.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from askdossier.lang.labels import NOUNS, VERBS
from askdossier.verify.belonging.stretch import Mention, Stretch
from askdossier.verify.facts import Figure
from askdossier.verify.facts.dates import UNITS

_CASE = "case"
_PREP, _OBJECT = "prep", "pobj"
"""Of a preposition to its verb, and of its noun to it, in ClearNLP's terms."""


@dataclass(frozen=True, slots=True)
class Other:
    """Words of the claim, and those in their place in the source."""

    claimed: str
    found: str


@dataclass(frozen=True, slots=True)
class _Complement:
    verb: int
    preposition: str
    noun: int


def other_complement(claim: Stretch, source: Stretch) -> Other | None:
    """A noun beside a verb of the claim where the source has another, and tells of it elsewhere."""
    theirs = list(_complements(source))
    for mine in _complements(claim):
        own = claim.stems[mine.noun]
        alike = [
            one
            for one in theirs
            if one.preposition == mine.preposition
            and claim.stems[mine.verb] & source.stems[one.verb]
        ]
        beside = frozenset[int]().union(*(source.under(one.verb) for one in alike))
        places = source.places(own)
        if alike and places and beside.isdisjoint(places):
            return Other(claim.said({mine.noun}), source.said({alike[0].noun}))
    return None


def _complements(stretch: Stretch) -> Iterator[_Complement]:
    """The nouns that depend on a verb by a preposition; figures are compared by themselves."""
    for i, word in enumerate(stretch.words):
        if word.part not in NOUNS or not stretch.stems[i] or _is_measured(stretch, i):
            continue
        head = stretch.heads[i]
        if word.relation.startswith("obl") and stretch.words[head].part in VERBS:
            case = [j for j in stretch.children[i] if stretch.words[j].relation == _CASE]
            if case:
                yield _Complement(head, stretch.words[case[0]].lemma, i)
        verb = stretch.heads[head]
        behind = word.relation == _OBJECT and stretch.words[head].relation == _PREP
        if behind and stretch.words[verb].part in VERBS:
            yield _Complement(verb, stretch.words[head].lemma, i)


def _is_measured(stretch: Stretch, noun: int) -> bool:
    inside = stretch.under(noun)
    return any(not one.words.isdisjoint(inside) for one in stretch.figures)


# --- amounts --------------------------------------------------------------------------------------


def other_amount(claim: Stretch, source: Stretch) -> Other | None:
    """An amount of a noun of the claim that has another one in the source."""
    theirs = list(_amounts(source))
    for noun, figure in _amounts(claim):
        further = claim.stems_of(claim.under(noun)) - _stems(claim, figure)
        alike = [
            (at, other)
            for at, other in theirs
            if claim.stems[noun] & source.stems[at]
            and other.fact.unit == figure.fact.unit
            and further <= source.stems_of(source.under(at))
        ]
        sentences = {source.sentences[at] for at, _ in alike}
        if alike and not any(
            figure.fact.values & one.fact.values and source.sentences[min(one.words)] in sentences
            for one in source.figures
        ):
            return Other(figure.fact.text, alike[0][1].fact.text)
    return None


def _stems(stretch: Stretch, figure: Mention[Figure]) -> frozenset[str]:
    return stretch.stems_of(figure.words)


def _amounts(stretch: Stretch) -> Iterator[tuple[int, Mention[Figure]]]:
    """Nouns with their amounts: "une caution de 500 euros", "la caution est de 500 euros"."""
    for figure in stretch.figures:
        if not figure.fact.unit or figure.fact.unit in UNITS or stretch.cells[min(figure.words)]:
            continue
        top = next((i for i in figure.words if stretch.heads[i] not in figure.words), None)
        top = next((i for i in figure.words if stretch.heads[i] == i), top)
        if top is None:
            continue
        head = stretch.heads[top]
        if stretch.words[head].part == "NOUN" and head != top:
            yield head, figure
        subject_of = top if head == top or stretch.words[head].part not in VERBS else head
        copula = any(stretch.words[j].relation == "cop" for j in stretch.children[top])
        if subject_of != top or copula:
            for j in stretch.children[subject_of]:
                if stretch.words[j].relation == "nsubj" and stretch.words[j].part == "NOUN":
                    yield j, figure
