"""How an answer of several pieces holds the points that are expected of it.

Coverage after nugget recall (Voorhees 2003, the TREC question answering track): here a point is
there when one of its quotes is cited, so that nobody has to judge a wording.
"""

from __future__ import annotations

from collections.abc import Sequence

from askdossier.core import Answer, Claim, Place
from askdossier.evaluate.gold import LocatedPoint
from askdossier.text import fold
from askdossier.verify import facts
from askdossier.verify.facts import Name


def points_scores(points: Sequence[LocatedPoint], answer: Answer) -> dict[str, float]:
    """Score an answer to an answerable question against its points.

    ``points_covered`` and ``points_read`` are there for every answer; ``on_point``, ``redundant``
    only where something is cited, ``speakers_kept`` where a point that has a speaker is covered.
    Places where the dossier says the same in nearly the same words count as cited.
    """
    by_claim = [_touched(points, _places(claim)) for claim in answer.claims if claim.citations]
    covered = frozenset[int]().union(*by_claim)
    evidence = [
        place for item in answer.evidence for place in (Place(item.document, item.span), *item.also)
    ]
    scores = {
        "points_covered": len(covered) / len(points),
        "points_read": len(_touched(points, evidence)) / len(points),
    }
    spoken = [number for number in covered if points[number].speaker]
    if spoken:
        kept = sum(_kept(points[number], answer) for number in spoken)
        scores["speakers_kept"] = kept / len(spoken)
    if by_claim:
        scores["on_point"] = _on_point(points, answer)
        scores["redundant"] = _repeating(by_claim) / len(by_claim)
    return scores


def missed(points: Sequence[LocatedPoint], answer: Answer) -> tuple[int, ...]:
    """The numbers of the points, from 0, that no citation shows."""
    shown = _touched(points, [place for claim in answer.claims for place in _places(claim)])
    return tuple(number for number in range(len(points)) if number not in shown)


def beyond(points: Sequence[LocatedPoint], answer: Answer) -> float:
    """Share of the claims that cite no point; 0 for an abstention."""
    lost = [not _touched(points, _places(claim)) for claim in answer.claims]
    return sum(lost) / len(lost) if lost else 0.0


def _places(claim: Claim) -> list[Place]:
    return [
        place
        for citation in claim.citations
        for place in (Place(citation.document, citation.span), *citation.also)
    ]


def _touched(points: Sequence[LocatedPoint], places: Sequence[Place]) -> frozenset[int]:
    """The numbers of the points that the places show."""
    return frozenset(number for number, point in enumerate(points) if point.touched(places))


def _on_point(points: Sequence[LocatedPoint], answer: Answer) -> float:
    """Share of the citations, each counted once, that show a point."""
    cited = {
        (Place(citation.document, citation.span), *citation.also)
        for claim in answer.claims
        for citation in claim.citations
    }
    return sum(bool(_touched(points, places)) for places in cited) / len(cited)


def _repeating(by_claim: Sequence[frozenset[int]]) -> int:
    """How many claims show points, but none that an earlier claim did not show."""
    seen: frozenset[int] = frozenset()
    repeating = 0
    for shown in by_claim:
        repeating += bool(shown) and shown <= seen
        seen |= shown
    return repeating


def _kept(point: LocatedPoint, answer: Answer) -> bool:
    """Whether a claim that shows a point says whose words these are.

    It names the speaker; or it is a verbatim quote that stands under a heading which does.
    """
    for claim in answer.claims:
        if point.touched(_places(claim)):
            said = [claim.text]
            if claim.support == "quoted":
                # "about", the heading of a claim, is not there in answers that have no headings.
                said.append(claim.about)
            if any(_named(point.speaker, words, answer) for words in said):
                return True
    return False


def _named(speaker: str, words: str, answer: Answer) -> bool:
    """Whether words name a speaker, by surname too: by the name matching of the support check."""
    # A pseudonym without capitals, and what is no name, must stand there as it is.
    own = facts.names(speaker) or (Name(speaker, frozenset({fold(speaker)}), opens=False),)
    return any(facts.stands_in(name, words, answer.language, own) for name in own)
