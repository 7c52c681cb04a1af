"""What a figure counts: "20 euros" are not "20 adhérents"."""

from __future__ import annotations

from dataclasses import dataclass

from askdossier.lang.labels import NOUNS
from askdossier.verify.belonging.stretch import Mention, Stretch
from askdossier.verify.facts import Figure
from askdossier.verify.facts.dates import UNITS

_BESIDE = 2.0
"""Steps within which two nouns tell of the same: "16 pays membres" are 16 members."""
_COUNTS = frozenset("nummod det nmod".split())


@dataclass(frozen=True, slots=True)
class Miscount:
    """A figure with what the claim lets it count, and what it counts in the source."""

    figure: str
    claimed: str
    found: str


def miscount(claim: Stretch, source: Stretch) -> Miscount | None:
    """A figure of the claim that counts something else in the source."""
    for mention in claim.figures:
        mine = _counted(claim, mention)
        theirs = [
            _counted(source, one) for one in source.figures if mention.fact.values & one.fact.values
        ]
        found = [i for i in theirs if i is not None]
        if mine is None or not found or len(found) < len(theirs):
            continue
        if _is_other(claim, mine, source, found):
            return Miscount(mention.fact.text, claim.words[mine].text, source.words[found[0]].text)
    return None


def _is_other(claim: Stretch, mine: int, source: Stretch, found: list[int]) -> bool:
    """Whether what the claim counts is none of that which the source does.

    A synonym stands nowhere in the source; what stands there and is not counted is another.
    """
    elsewhere = source.places(claim.stems[mine])
    if not elsewhere or any(claim.places(source.stems[one]) for one in found):
        return False
    return all(source.distance(i, one) > _BESIDE for i in elsewhere for one in found)


def _counted(stretch: Stretch, mention: Mention[Figure]) -> int | None:
    """The noun that a figure counts; None where it stands alone or is a date."""
    if mention.fact.unit in UNITS:
        return None
    words = sorted(mention.words)
    for i in words:
        if stretch.words[i].part in NOUNS and stretch.stems[i]:
            return i  # its unit
    for i in words:
        head = stretch.heads[i]
        if stretch.words[i].relation not in _COUNTS or head in mention.words:
            continue
        if stretch.words[head].part in NOUNS and stretch.stems[head] and not stretch.is_name(head):
            return head
    return None
