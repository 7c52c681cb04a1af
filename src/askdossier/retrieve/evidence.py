"""Choose the sentences that the writer reads: the best, their neighbours, a second source."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Sequence
from itertools import islice

from askdossier import text
from askdossier.core import Evidence, Passage, Role
from askdossier.index import Index
from askdossier.retrieve.passages import Candidate, next_in_section, quotes
from askdossier.retrieve.query import Query

EVIDENCE = 500
"""Characters of evidence from which no further sentence is added, neighbours not counted: what the
writer reads in two seconds on a laptop."""

_FAR = 0.06
"""How far a sentence may lie below the best."""
_COVERAGE = 0.06
_QUOTED = 0.05
"""What a quoted phrase adds to a sentence's rank among those of its passages."""
_NEAR = 0.02
"""How far the best sentence of a second document may lie below the best of all."""
_PASSAGES = 10
"""The best passages, whose sentences are looked at."""
_RERANKED = 5
"""These passages when a reranker has ordered them."""
_FEW_WORDS = 60
"""Characters under which a neighbouring sentence brings too little on its own."""
_SAME = 0.9
"""Share of words from which two sentences say the same."""

_Place = tuple[int, int]
"""A sentence: row of its passage, number within it."""


def evidence_in(
    index: Index, query: Query, found: Sequence[Candidate], read: Sequence[Evidence] = ()
) -> tuple[Evidence, ...]:
    """Choose among the sentences of the passages ``found``, and a few neighbours.

    They come document by document, the best first, in reading order within each. A sentence's score
    is the mean of its passage's two cosines and its own, and what the words add; far below the best
    it brings nothing. They are taken in the order in which they would stand by what their passages
    rank by. When the question quotes words, only passages that hold them are looked at,
    if any does. The sentence after each of the two best and the one before the best come along:
    answers often stand beside the sentence that names their subject. For a question that asks for
    several sources, the best sentence of another document comes along when it is nearly as good.
    What says the same as a better one is left out. If evidence was ``read`` before, it is what
    comes next, if anything does; else it is empty only when nothing was found.
    """
    if found and found[0].hit.phrases:
        found = [one for one in found if one.hit.phrases]
    reranked = any(one.hit.relevance is not None for one in found)
    scores = _scores(index, found[: _RERANKED if reranked else _PASSAGES])
    choice = _Choice(index, scores, read)
    # Passages rank by one score, evidence is worth another: see ``Candidate.worth``.
    ranking = {one.row: (one.hit.score - one.worth) / 3 for one in found}
    ranked = sorted(
        scores,
        key=lambda place: (
            -scores[place]
            - ranking[place[0]]
            - _QUOTED * quotes(_quote(index, place), query.phrases),
            place,
        ),
    )
    least = -math.inf
    for place in ranked:
        if choice.characters >= EVIDENCE:
            break
        if scores[place] >= least and choice.take(place, "match"):
            least = max(least, scores[place] - _FAR)
    if query.several and choice.roles:
        _second_source(choice, ranked)
    for place, steps in zip(list(choice.roles)[:2], ((1, -1), (1,)), strict=False):
        for step in steps:
            for beside in _beside(index, place, step):
                choice.take(beside, "neighbour", scores[place])
    return choice.evidence()


def sentences_in(
    index: Index, query: Query, found: Sequence[Candidate], most: int
) -> tuple[Evidence, ...]:
    """The ``most`` best sentences of the passages ``found``, best first, whatever their score.

    A sentence that asks something or only leads on to what follows, and what says the same as a
    better one, is left out.
    """
    scores = _scores(index, found)
    choice = _Choice(index, scores, ())
    for place in sorted(scores, key=lambda place: (-scores[place], place)):
        if len(choice.roles) == most:
            break
        quote = _quote(index, place)
        if not text.asks(quote) and not quote.rstrip().endswith(":"):
            choice.take(place, "match")
    return tuple(sorted(choice.evidence(), key=lambda item: -item.score))


def _scores(index: Index, found: Sequence[Candidate]) -> dict[_Place, float]:
    scores = {}
    for one in found:
        own = one.words
        places = [(one.row, i) for i in range(len(one.hit.passage.sentences))]
        tokens = [
            own.numbers(text.search_tokens(_quote(index, place), {own.language}))
            for place in places
        ]
        for place, cosine, share in zip(places, one.cosines, own.coverage(tokens), strict=True):
            scores[place] = (one.worth + float(cosine) + _COVERAGE * float(share)) / 3
    return scores


class _Choice:
    """The sentences taken so far, in the order in which they were taken."""

    def __init__(self, index: Index, scores: dict[_Place, float], read: Sequence[Evidence]) -> None:
        self._index = index
        self.scores = dict(scores)
        self.roles: dict[_Place, Role] = {}
        self.characters = 0
        self._words = [text.stems(item.quote) for item in read]

    def take(self, place: _Place, role: Role, score: float = 0.0) -> bool:
        """Take a sentence unless it is taken, says nothing, or nothing new.

        ``score`` stands in for a sentence that was not scored.
        """
        quote = _quote(self._index, place)
        words = text.stems(quote)
        if place in self.roles or not words or any(_same(words, w) for w in self._words):
            return False
        self.scores.setdefault(place, score)
        self.roles[place] = role
        self.characters += len(quote)
        self._words.append(words)
        return True

    def document(self, place: _Place) -> str:
        return self._index.passages[place[0]].document

    def evidence(self) -> tuple[Evidence, ...]:
        """Document by document, that of the sentence taken first before the others."""
        index = self._index
        documents = dict.fromkeys(map(self.document, self.roles))
        rank = {document: i for i, document in enumerate(documents)}
        places = sorted(self.roles, key=lambda place: (rank[self.document(place)], place))
        evidence = []
        for row, i in places:
            passage = index.passages[row]
            span = passage.sentences[i]
            evidence.append(
                Evidence(
                    passage.document,
                    span,
                    _quote(index, (row, i)),
                    self.scores[row, i],
                    passage.id,
                    index.copies(passage.document, span),
                    self.roles[row, i],
                    _asked(passage),
                )
            )
        return tuple(evidence)


def _asked(passage: Passage) -> str:
    above = passage.heading.rpartition(" › ")[2]
    return above if text.asks(above) else ""


def _second_source(choice: _Choice, ranked: Sequence[_Place]) -> None:
    """Take the best sentence of another document, if all stand in one and it is near the best."""
    documents = {choice.document(place) for place in choice.roles}
    if len(documents) > 1:
        return
    best = max(choice.scores[place] for place in choice.roles)
    others = (place for place in ranked if choice.document(place) not in documents)
    for place in islice(others, 3):
        near = choice.scores[place] >= best - _NEAR
        if near and choice.take(place, "second source"):
            return


def _beside(index: Index, place: _Place, step: int) -> Iterator[_Place]:
    """The neighbour on one side in the same section, and one more when it is only a few words."""
    beside = _next(index, place, step)
    if beside is not None:
        yield beside
        if len(_quote(index, beside)) < _FEW_WORDS:
            further = _next(index, beside, step)
            if further is not None:
                yield further


def _next(index: Index, place: _Place, step: int) -> _Place | None:
    row, i = place
    passage = index.passages[row]
    if 0 <= i + step < len(passage.sentences):
        return row, i + step
    other = next_in_section(index, row, step)
    if other is None:
        return None
    return other, 0 if step > 0 else len(index.passages[other].sentences) - 1


def _quote(index: Index, place: _Place) -> str:
    row, i = place
    passage = index.passages[row]
    return passage.sentences[i].of(index.documents[passage.document].text)


def _same(some: Collection[str], others: Collection[str]) -> bool:
    """Nearly the same words, and exactly the same figures: 500 is not 700."""
    ours, theirs = set(some), set(others)
    figures = any(any(map(str.isdigit, token)) for token in ours ^ theirs)
    return not figures and len(ours & theirs) > _SAME * len(ours | theirs)
