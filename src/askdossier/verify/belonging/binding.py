"""Which of several figures or names the words of a claim go with, in what it cites.

A claim with the figure of the neighbouring clause has all its words in the source, and the figure
too, but there another figure stands nearer to these words. So each figure (and name) of a claim is
tried against the others of its kind in the source: if another one lies clearly closer, in steps of
grammar, to what the claim says beside it, the claim has taken the wrong one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Generic

from askdossier.lang.labels import PASSIVE_SUBJECTS, VERBS
from askdossier.verify.belonging.stretch import Fact, Mention, Stretch
from askdossier.verify.facts import Figure, Name
from askdossier.verify.facts.dates import DAY, MONTH, YEARS

_NEARER = 0.5
"""Steps by which a word must stand nearer to one fact than to the other to speak for it."""
_CLEARLY = 0.4
"""Share of the words that tell the two apart which must speak for the other, less those against."""
_AT_LEAST = 0.08
"""The same as a share of all words."""
_NEAR_NAME = 3.0
"""Steps by which a word must stand nearer to another name, and steps within which."""
_SUBJECTS = PASSIVE_SUBJECTS | {"nsubj"}
_OF_NOUN = frozenset("nmod prep".split())
_ANYWHERE = float("inf")
_LAST_DAY = 31
_DATES = frozenset((DAY, MONTH))

Place = tuple[float, list[int]]
"""Of a word of the claim, how much it counts, and where it stands in the source."""


@dataclass(frozen=True, slots=True)
class Rival:
    """A fact of the claim, and the one that stands in its place in the source."""

    claimed: str
    found: str
    margin: float
    """How much better, of 1, the found one goes with the other words."""
    clear: float
    """The margin by the words that tell the two apart; 1 if all of them agree."""


@dataclass(frozen=True, slots=True)
class _Kind(Generic[Fact]):
    """Figures or names, and by what one of them is another's rival."""

    claimed: Sequence[Mention[Fact]]
    there: Sequence[Mention[Fact]]
    same: Callable[[Mention[Fact], Mention[Fact]], bool]
    kin: Callable[[Mention[Fact], Mention[Fact]], bool]
    """Whether one may stand in the other's place."""
    nearer: float
    """Steps by which a word must stand nearer to the rival to speak for it."""
    within: float
    """And within how many."""


def rival(claim: Stretch, source: Stretch) -> Rival | None:
    """The fact of the source that stands in the place of one of the claim's, if any does."""
    figures = _Kind(claim.figures, source.figures, _same_figure, _kin_figures, _NEARER, _ANYWHERE)
    # Who speaks is compared by itself: see ``speakers``.
    labels = frozenset[int]().union(*source.speakers)
    proper = [one for one in source.names if _is_proper(source, one) and not one.words & labels]
    kin = partial(_kin_names, source)
    names = _Kind(claim.names, proper, _same_name, kin, _NEAR_NAME, _NEAR_NAME)
    found = [
        one
        for one in (*_rivals(claim, source, figures), *_rivals(claim, source, names))
        if one.margin >= _AT_LEAST and one.clear >= _CLEARLY
    ]
    return max(found, key=lambda one: one.margin, default=None)


def _rivals(claim: Stretch, source: Stretch, kind: _Kind[Fact]) -> Iterator[Rival]:
    """Compare each fact of a claim with the others of its kind in the source."""
    for mention in kind.claimed:
        own = [one for one in kind.there if kind.same(mention, one)]
        for other in kind.there:
            context = _context(claim, source, mention, other)
            if any(_is_said_so(claim, source, mention, one, other) for one in own):
                continue
            # What stands in both places of the claim is compared by who does what: see ``roles``.
            if any(kind.same(one, other) for one in kind.claimed):
                continue
            if any(kind.kin(one, other) for one in own) and context:
                margin, clear = _weighed(source, kind, context, own, other)
                yield Rival(mention.fact.text, other.fact.text, margin, clear)


def _is_said_so(
    claim: Stretch,
    source: Stretch,
    mention: Mention[Fact],
    own: Mention[Fact],
    other: Mention[Fact],
) -> bool:
    """Whether the source says it of the same subject with the same verb, and the other of another.

    "La Région apporte 210 000 euros" is so, however near "Le plan coûte 640 000" lies to the rest.
    """
    mine, theirs, another = (
        _clause(stretch, one) for stretch, one in ((claim, mention), (source, own), (source, other))
    )
    if mine is None or theirs is None or another is None:
        return False
    (verb, doers), (there, real), (elsewhere, others) = mine, theirs, another
    return bool(verb & there and doers & real) and not verb & elsewhere and not doers & others


def _clause(
    stretch: Stretch, mention: Mention[Fact]
) -> tuple[frozenset[str], frozenset[str]] | None:
    """Stems of the verb over a fact and of its subject; None where there is none."""
    for at in stretch.above(min(mention.words)):
        if stretch.words[at].part in VERBS:
            subjects = [i for i in stretch.children[at] if stretch.words[i].relation in _SUBJECTS]
            return stretch.stems[at], stretch.stems_of(subjects)
    return None


def _weighed(
    source: Stretch,
    kind: _Kind[Fact],
    context: Sequence[Place],
    own: Sequence[Mention[Fact]],
    other: Mention[Fact],
) -> tuple[float, float]:
    """How much better the other fact goes with the words round it: see ``Rival``.

    What both share stands first in the sentence, and so nearer to the first of them ("le bus part
    de Lormes à 7 heures et de Corbigny à 9 heures"): it speaks for neither.
    """
    votes: list[float] = []
    for weight, places in context:
        if any(_share(source, one, other, places) for one in own):
            continue
        far = min(_distance(source, one, places) for one in own)
        near = _distance(source, other, places)
        if far - near >= kind.nearer and near <= kind.within:
            votes.append(weight)
        elif near - far >= _NEARER:
            votes.append(-weight)
    margin, total = sum(votes), sum(weight for weight, _ in context)
    return margin / total, margin / sum(map(abs, votes)) if margin > 0 else 0.0


def _share(
    source: Stretch, one: Mention[Fact], other: Mention[Fact], places: Sequence[int]
) -> bool:
    """Whether both facts have a word in common, since it stands before them in their sentence.

    A verb may stand behind the first, if it is the only one. A figure or a name is no such word.
    """
    if group := _group(source, one, other):
        return all(i not in group and not source.is_fact(i) for i in places)
    first, last = min(*one.words, *other.words), max(*one.words, *other.words)
    if source.sentences[first] != source.sentences[last]:
        return False
    begin = source.sentences.index(source.sentences[first])
    verbs = [i for i in range(begin, last) if source.words[i].part == "VERB"]
    another = _has_another(source, one, other)
    return all(
        begin <= i < last
        and (i < first or verbs == [i])
        and not source.is_fact(i)
        and not (another and source.words[i].part == "NOUN")
        for i in places
    )


def _has_another(source: Stretch, one: Mention[Fact], other: Mention[Fact]) -> bool:
    """Whether the second fact is told of a noun of its own, without a verb.

    "Le moulin a coûté 30 000 euros et la halle 40 000": the mill is not what both share.
    """
    left, right = sorted((one.words, other.words), key=min)
    return any(
        source.words[i].part == "NOUN" and source.is_joined(i) and not source.is_fact(i)
        for i in range(max(left) + 2, min(right))
    )


def _group(source: Stretch, one: Mention[Fact], other: Mention[Fact]) -> frozenset[int]:
    """A noun and what hangs from it, where one fact counts it and the other is its whole.

    "487 habitants sur 1 200". Empty where they are not so.
    """
    for i in one.words:
        noun = source.heads[i]
        if noun not in one.words and source.words[noun].part == "NOUN":
            below = [j for j in source.children[noun] if source.words[j].relation in _OF_NOUN]
            inside = frozenset[int]().union(*(source.under(j) for j in below))
            if other.words <= inside and not inside & one.words:
                return source.under(noun)
    return frozenset()


def _context(
    claim: Stretch, source: Stretch, mention: Mention[Fact], other: Mention[Fact]
) -> list[Place]:
    """Words of the claim beside a fact, but for its subject where the other has a pronoun there."""
    left_out = _date(claim, mention)
    if _has_pronoun(source, other):
        left_out.update(i for i, word in enumerate(claim.words) if word.relation in _SUBJECTS)
    found = []
    for i, stems in enumerate(claim.stems):
        if i not in left_out and (places := source.places(stems)):
            near = min(claim.distance(i, j) for j in mention.words)
            found.append((1 / (1 + near), places))
    return found


def _date(claim: Stretch, mention: Mention[Fact]) -> set[int]:
    """Its words; those of the whole date where it is the day, the month or the year of one."""
    parts: list[frozenset[int]] = sorted(
        (one.words for one in claim.figures
         if one.fact.unit in _DATES or one.fact.values & YEARS),
        key=min,
    )  # fmt: skip
    date = set(mention.words)
    if mention.words not in parts:
        return date
    run: set[int] = set()  # parts that stand side by side
    for words in parts:
        if run and min(words) > max(run) + 1:
            if run >= mention.words:
                break
            run = set()
        run |= words
    return date | run


def _has_pronoun(source: Stretch, mention: Mention[Fact]) -> bool:
    """Whether the subject of the clause is a pronoun, which may stand for anything named before."""
    above = (at for at in source.above(min(mention.words)) if source.words[at].part in VERBS)
    return any(
        source.words[i].relation in _SUBJECTS and source.words[i].form in source.grammar.anaphors
        for at in above
        for i in source.children[at]
    )


def _distance(source: Stretch, mention: Mention[Fact], places: Sequence[int]) -> float:
    return min(source.distance(i, j) for i in mention.words for j in places)


def _is_proper(source: Stretch, mention: Mention[Name]) -> bool:
    return any(source.words[i].part == "PROPN" for i in mention.words)


def _same_figure(a: Mention[Figure], b: Mention[Figure]) -> bool:
    return a.fact.agrees(b.fact) or b.fact.agrees(a.fact)


def _same_name(a: Mention[Name], b: Mention[Name]) -> bool:
    return bool(a.fact.words & b.fact.words)


def _kin_figures(a: Mention[Figure], b: Mention[Figure]) -> bool:
    units = {a.fact.unit, b.fact.unit}
    days = all(value <= _LAST_DAY for one in (a.fact, b.fact) for value in one.values)
    return len(units) == 1 or (units == {"", DAY} and days)


def _kin_names(source: Stretch, a: Mention[Name], b: Mention[Name]) -> bool:
    kinds = {source.words[i].entity for one in (a, b) for i in one.words}
    return len(kinds) == 1 and "" not in kinds and not _nested(source, a, b)


def _nested(source: Stretch, a: Mention[Name], b: Mention[Name]) -> bool:
    """Whether one tells more of the other, as in "Valence, dans la Drôme, en France"."""
    return any(
        source.is_under(i, other.words) for one, other in ((a, b), (b, a)) for i in one.words
    )
