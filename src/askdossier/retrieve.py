"""Find the passages, then the sentences, that may answer a question.

Passages are scored by the cosine of the question with the passage and with its best sentence, and
by BM25 over stems; sentences by their passage's score and their own. The raw scores are summed
rather than ranks or z-scores: BM25 is divided by the rarity (summed idf) of the question's words,
which puts it on one scale whatever the question, so that scores compare across questions and the
abstention rule can use them. Weights were chosen on PIAF; see docs/retrieval.md.

Knows nothing about models: the question comes as text and as a vector.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from askdossier import text
from askdossier.index import Index
from askdossier.records import Evidence, Hit, Passage, Span

CANDIDATES = 100
"""Passages taken from each of the two rankings."""
KEPT = 20
"""Passages kept after fusion."""
EVIDENCE = 500
"""Characters of evidence from which no further sentence is added, neighbours not counted: what the
writer reads in two seconds on a laptop."""

_LEXICAL_WEIGHT = 0.08
_COVERAGE_WEIGHT = 0.11
_SENTENCE_COVERAGE_WEIGHT = 0.03
_LANGUAGES = ("fr", "en")
_FEW_WORDS = 60
"""Characters under which a neighbouring sentence brings too little on its own."""
_SAME = 0.9
"""Share of words from which two sentences say the same."""


@dataclass(frozen=True, slots=True)
class Query:
    """A question made ready for searching."""

    text: str
    vector: NDArray[np.float32]
    """Unit vector, shape ``(d,)``."""
    tokens: dict[str, frozenset[str]]
    """Its search tokens by language of the documents searched."""

    @classmethod
    def of(cls, question: str, vector: NDArray[np.float32]) -> Query:
        """Tokenise ``question`` with the stemmer of each language that documents may be in."""
        tokens = {name: frozenset(text.search_tokens(question, {name})) for name in _LANGUAGES}
        return cls(question, vector, tokens)


@dataclass(frozen=True, slots=True)
class _Candidate:
    hit: Hit
    row: int
    cosines: NDArray[np.float32]
    """Of each sentence with the question."""
    coverages: tuple[float, ...]
    """Share of the question's words, by rarity, in each sentence."""


def retrieve(index: Index, query: Query) -> tuple[tuple[Hit, ...], tuple[Evidence, ...]]:
    """Give the best ``KEPT`` passages, best first, and the evidence sentences.

    Evidence comes document by document, the best first, in reading order within each; sentences
    that say the same as a better one are left out. Both are empty only for an empty index.
    """
    candidates = sorted(
        _candidates(index, query), key=lambda candidate: (-candidate.hit.score, candidate.row)
    )[:KEPT]
    return tuple(candidate.hit for candidate in candidates), _evidence(index, candidates)


def _candidates(index: Index, query: Query) -> Iterator[_Candidate]:
    dense = index.dense(query.vector, CANDIDATES)
    words = sorted(set().union(*query.tokens.values()))
    lexical = index.lexical(words, CANDIDATES)
    dense_rank = {row: rank for rank, (row, _) in enumerate(dense, 1)}
    lexical_rank = {row: rank for rank, (row, _) in enumerate(lexical, 1)}
    bm25 = dict(lexical)
    cosine = dict(dense)
    missing = np.array([row for row in bm25 if row not in cosine], dtype=np.int64)
    if len(missing):
        cosine |= dict(index.dense(query.vector, len(missing), missing))
    rarity = {
        name: {token: index.idf(token) for token in tokens} for name, tokens in query.tokens.items()
    }
    for row, similarity in cosine.items():
        passage = index.passages[row]
        body = index.documents[passage.document].text
        # The stemmer under which the passage was indexed, if a question is put under it.
        idf = rarity[passage.language if passage.language in _LANGUAGES else _LANGUAGES[0]]
        total = sum(idf.values()) or 1.0
        coverages = tuple(
            _coverage(sentence.of(body), idf, total) for sentence in passage.sentences
        )
        cosines = index.sentence_vectors(row) @ query.vector
        score = (
            similarity
            + float(cosines.max(initial=-1.0))
            + _LEXICAL_WEIGHT * bm25.get(row, 0.0) / total
            + _COVERAGE_WEIGHT * max(coverages, default=0.0)
        )
        yield _Candidate(
            Hit(
                passage,
                score,
                similarity,
                dense_rank.get(row),
                bm25.get(row),
                lexical_rank.get(row),
            ),
            row,
            cosines,
            coverages,
        )


def _coverage(sentence: str, idf: dict[str, float], total: float) -> float:
    found = set(text.search_tokens(sentence, _LANGUAGES)) & idf.keys()
    return sum(idf[token] for token in found) / total


_Place = tuple[int, int]
"""A sentence: row of its passage, number within it."""


def _evidence(index: Index, candidates: Sequence[_Candidate]) -> tuple[Evidence, ...]:
    """Choose the best sentences and a few neighbours, passage by passage, in reading order.

    The sentence after each of the two best and the one before the best come along: answers often
    stand beside the sentence that names their subject.
    """
    scores: dict[_Place, float] = {
        (candidate.row, i): (
            candidate.hit.score
            + float(candidate.cosines[i])
            + _SENTENCE_COVERAGE_WEIGHT * candidate.coverages[i]
        )
        / 3
        for candidate in candidates
        for i in range(len(candidate.hit.passage.sentences))
    }
    chosen: dict[_Place, float] = {}
    words: list[frozenset[str]] = []

    def choose(place: _Place, score: float) -> None:
        """Take a sentence unless it says nothing, or nothing new."""
        these = frozenset(text.search_tokens(_quote(index, place), _LANGUAGES))
        if these and not any(_overlap(these, others) > _SAME for others in words):
            chosen[place] = score
            words.append(these)

    for place in sorted(scores, key=lambda place: (-scores[place], place)):
        if sum(len(_quote(index, other)) for other in chosen) >= EVIDENCE:
            break
        choose(place, scores[place])
    for place, steps in zip(list(chosen)[:2], ((1, -1), (1,)), strict=False):
        for step in steps:
            for beside in _beside(index, place, step):
                if beside not in chosen:
                    choose(beside, scores.get(beside, scores[place]))
    documents = dict.fromkeys(index.passages[row].document for row, _ in chosen)
    rank = {document: i for i, document in enumerate(documents)}
    return tuple(
        Evidence(
            index.passages[row].document,
            index.passages[row].sentences[i],
            _quote(index, (row, i)),
            score,
            index.passages[row].id,
            index.copies(index.passages[row].document, index.passages[row].sentences[i]),
        )
        for (row, i), score in sorted(
            chosen.items(), key=lambda item: (rank[index.passages[item[0][0]].document], item[0])
        )
    )


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
    row += step
    if not 0 <= row < len(index.passages):
        return None
    other = index.passages[row]
    if (other.document, other.heading) != (passage.document, passage.heading):
        return None
    return row, 0 if step > 0 else len(other.sentences) - 1


def _quote(index: Index, place: _Place) -> str:
    row, i = place
    passage = index.passages[row]
    return passage.sentences[i].of(index.documents[passage.document].text)


def _overlap(some: Collection[str], others: Collection[str]) -> float:
    """Jaccard similarity."""
    union = len({*some, *others})
    return len(set(some) & set(others)) / union if union else 1.0


def neighbourhood(index: Index, document: str, span: Span) -> Passage | None:
    """The passage in which ``span`` begins, or None."""
    return next(
        (
            passage
            for passage in index.passages_of(document)
            if passage.span.start <= span.start < passage.span.end
        ),
        None,
    )
