"""What is the cause and what its effect: "A parce que B" is not "B parce que A"."""

from __future__ import annotations

from dataclasses import dataclass

from askdossier.verify.belonging.stretch import Stretch


@dataclass(frozen=True, slots=True)
class _Sides:
    """Stems of a cause, and of its effect."""

    cause: frozenset[str]
    effect: frozenset[str]


def mistaken_cause(claim: Stretch, source: Stretch, around: Stretch) -> bool:
    """Whether the claim gives another cause than the source: its effect, or what it tells besides.

    ``around`` is the source with the sentences round it.
    """
    mine, theirs = _sides(claim), _sides(source)
    if mine is None or theirs is None:
        return False
    straight = len(mine.cause & theirs.cause) + len(mine.effect & theirs.effect)
    crossed = len(mine.cause & theirs.effect), len(mine.effect & theirs.cause)
    if all(crossed) and sum(crossed) > 2 * straight:
        return True
    other = mine.cause - mine.effect
    return bool(
        mine.effect & theirs.effect
        and other
        and not other & theirs.cause
        and all(around.places({stem}) for stem in other)
    )


def _sides(stretch: Stretch) -> _Sides | None:
    """The cause and the effect that a connective joins; None where none does, or several."""
    words = stretch.grammar.connectives
    found = [
        (at, before_cause)
        for phrases, before_cause in ((words.causes, True), (words.effects, False))
        for phrase in phrases
        for at in stretch.occurrences(phrase)
    ]
    if len(found) != 1:
        return None
    at, before_cause = found[0]
    inside = stretch.of_sentence(stretch.sentences[at.start])
    left = [i for i in inside if i < at.start]
    right = [i for i in inside if i >= at.stop]
    if not stretch.stems_of(left):  # "Parce que les tilleuls avaient gelé, …"
        comma = next((i for i in right if stretch.words[i].form == ","), None)
        if comma is None:
            return None
        left, right = [i for i in right if i > comma], [i for i in right if i < comma]
    one, other = stretch.stems_of(left), stretch.stems_of(right)
    return _Sides(other, one) if before_cause else _Sides(one, other)
