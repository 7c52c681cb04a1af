"""What a claim turns into its opposite: more for less, one side for the other, a rise for a fall.

A comparison has a quality, a direction and two sides: "A is cheaper than B" says what "B is dearer
than A" does, since both direction and sides are turned.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from askdossier.lang.labels import NOUNS, VERBS
from askdossier.verify.belonging.stretch import Stretch

_BESIDE = 2.0
"""Steps from a word to those that tell what it is said of."""
_COMPARATIVE = "Degree=Cmp"
_VERBS = VERBS | {"NOUN"}
"""A parser takes verbs that are spelled as nouns for these: "la commune dépense"."""
_MODIFIED = frozenset("ADJ ADV NOUN".split())


@dataclass(frozen=True, slots=True)
class Turned:
    """Words of the claim, and those of the source that say the opposite."""

    claimed: str
    found: str


@dataclass(frozen=True, slots=True)
class _Comparison:
    said: str
    quality: frozenset[str]
    """Stems and lemma of what there is more or less of."""
    more: bool
    subject: frozenset[str]
    standard: frozenset[str]
    """Stems of the two sides; the second may be left unsaid."""


def turned(claim: Stretch, source: Stretch) -> Turned | None:
    """What the claim says the other way round than its source."""
    return _compared(claim, source) or _opposite(claim, source)


# --- comparisons ----------------------------------------------------------------------------------


def _compared(claim: Stretch, source: Stretch) -> Turned | None:
    theirs = list(_comparisons(source))
    for mine in _comparisons(claim):
        both = [(one, _same_quality(claim, mine, one)) for one in theirs]
        alike = [(one, same) for one, same in both if same is not None]
        wrong = [one for one, same in alike if _is_turned(mine, one, same)]
        if wrong and len(wrong) == len(alike):
            return Turned(mine.said, wrong[0].said)
    return None


def _comparisons(stretch: Stretch) -> Iterator[_Comparison]:
    words = stretch.grammar.contrasts
    for i, word in enumerate(stretch.words):
        if word.form in words.more | words.less:
            if _is_negated(stretch, i):
                continue
            of = next((j for j in (i + 1, i + 2) if _is_quality(stretch, j)), None)
            if of is None and _is_of_verb(stretch, i):
                of = stretch.heads[i]
            at, more = of, word.form in words.more
        elif _COMPARATIVE in word.features and word.part in ("ADJ", "ADV"):
            at, more = i, True
        else:
            continue
        if at is None:
            continue
        inside = stretch.of_sentence(stretch.sentences[i])
        behind = max(i, at)
        than = next((j for j in inside if j > behind and stretch.words[j].form in words.than), None)
        border = than if than is not None else len(stretch.words)
        subject = [j for j in inside if j < border and j not in (i, at)]
        standard = _until_border(stretch, [j for j in inside if j > border])
        yield _Comparison(
            stretch.said({i, at}),
            stretch.stems[at] | {stretch.words[at].lemma},
            more,
            stretch.stems_of(subject),
            stretch.stems_of(standard),
        )


def _is_quality(stretch: Stretch, i: int) -> bool:
    return i < len(stretch.words) and stretch.words[i].part in _MODIFIED and bool(stretch.stems[i])


def more_or_less(stretch: Stretch) -> frozenset[int]:
    """The verbs of what is done more, or less, than something else."""
    words = stretch.grammar.contrasts
    return frozenset(
        stretch.heads[i]
        for i, word in enumerate(stretch.words)
        if word.form in words.more | words.less and _is_of_verb(stretch, i)
    )


def _is_of_verb(stretch: Stretch, i: int) -> bool:
    """Whether something is done more or less than something else: "consomme moins que"."""
    after = stretch.words[i + 1].form if i + 1 < len(stretch.words) else ""
    verb = stretch.words[stretch.heads[i]].part in _VERBS
    return verb and after in stretch.grammar.contrasts.than


def _is_negated(stretch: Stretch, i: int) -> bool:
    return any(
        stretch.words[j].form in stretch.grammar.contrasts.denying
        for j in stretch.children[stretch.heads[i]]
    )


def _until_border(stretch: Stretch, words: list[int]) -> list[int]:
    end = next((k for k, j in enumerate(words) if stretch.words[j].part == "PUNCT"), len(words))
    return words[:end]


def _same_quality(claim: Stretch, mine: _Comparison, theirs: _Comparison) -> bool | None:
    """Whether they compare by the same quality, or by its opposite (False); None by another."""
    if mine.quality & theirs.quality:
        return True
    for one, other in claim.grammar.contrasts.opposites:
        for left, right in ((one, other), (other, one)):
            if mine.quality & left and theirs.quality & right:
                return False
    return None


def _is_turned(mine: _Comparison, theirs: _Comparison, same: bool) -> bool:
    """Whether either the direction or the sides are turned, and not both."""
    straight = len(mine.subject & theirs.subject) + len(mine.standard & theirs.standard)
    crossed = len(mine.subject & theirs.standard) + len(mine.standard & theirs.subject)
    shared = mine.subject & theirs.subject & (mine.standard | theirs.standard)
    straight -= len(shared)
    if straight == crossed:
        return False
    return ((mine.more == theirs.more) == same) == (crossed > straight)


# --- opposites ------------------------------------------------------------------------------------


def _opposite(claim: Stretch, source: Stretch) -> Turned | None:
    """A word whose opposite the source says of the same, rather than the word itself."""
    for pair in claim.grammar.contrasts.opposites:
        for mine, theirs in (pair, pair[::-1]):
            same, other = _places(source, mine), _places(source, theirs)
            for i in _places(claim, mine):
                near = _near(claim, i)
                agree = max((len(near & _near(source, j)) for j in same), default=0)
                for j in other:
                    if len(near & _near(source, j)) > agree:
                        return Turned(claim.words[i].text, source.words[j].text)
    return None


def _places(stretch: Stretch, lemmas: frozenset[str]) -> list[int]:
    """Where one of them stands, but for those that compare."""
    return [
        i
        for i, word in enumerate(stretch.words)
        if (word.lemma in lemmas or word.form in lemmas) and _COMPARATIVE not in word.features
    ]


def _near(stretch: Stretch, i: int) -> frozenset[str]:
    """Stems of the nouns and figures that a word is said of."""
    return stretch.stems_of(
        [
            j
            for j in stretch.of_sentence(stretch.sentences[i])
            if j != i
            and (stretch.words[j].part in NOUNS or stretch.words[j].part == "NUM")
            and stretch.distance(i, j) <= _BESIDE
        ]
    )
