"""Rank passages: by the question's nearness to them and by the words they share with it.

A passage ranks by

    1.2 · cosine(question, passage and its neighbours) + 0.8 · cosine(question, its best sentence)
      + 0.25 · whitened cosine(question, passage) + 0.2 · coverage of the question's words

Neighbours are the passages before and after it in the same section, and the cosine is their mean:
passages are cut by their length, and what one speaks of is often named just before. Whitened
cosines tell apart passages that all treat of one subject (``index.whitening``). Raw scores are
summed rather than ranks or z-scores, so that they compare across questions. Weights were fitted on
two kinds of questions, which share many words with the text or few; see docs/notebook.md.

What evidence is worth, and with it whether the program answers, is told on the scale of an earlier
score, ``Candidate.worth``, on which the abstention rule was fitted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from askdossier import text
from askdossier.core import Hit, Passage, Span
from askdossier.index import Index, Rows
from askdossier.retrieve.query import Query
from askdossier.retrieve.words import Words

CANDIDATES = 60
"""Passages taken from each ranking: by vectors, and by BM25 with the words of each language."""
KEPT = 20
"""Passages kept after fusion."""

_NEIGHBOURHOOD, _SENTENCE, _WHITENED, _WORDS = 1.2, 0.8, 0.25, 0.2
"""What a passage ranks by: see above."""
_COVERAGE, _ADJACENCY = 0.12, 0.08
"""What the words add to ``Candidate.worth``."""
_AROUND = (0.5, 0.07, 0.04)
"""The part of cosine, coverage and adjacency that the neighbours are counted in for there."""
_MOST_COMPARED = 1000
"""Passages with all words of a quoted phrase that are compared with it."""
_ALIKE = 0.97
"""Cosine from which two passages are compared word by word, whether they say the same."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage and what its score is made of."""

    hit: Hit
    row: int
    worth: float
    """The sum of its two cosines and of what its words add: see docs/retrieval.md."""
    cosines: NDArray[np.float32]
    """Of each sentence with the question."""
    words: Words
    """The question's words in the language whose stems of them it holds best."""


def candidates(
    index: Index, query: Query, allowed: Rows | None, most: int = 2 * KEPT
) -> list[Candidate]:
    """The ``most`` best passages, those that hold a phrase quoted in the question above all.

    ``allowed`` are the rows that may be searched, all if it is None.
    """
    words = [Words(index, query, language) for language in query.languages]
    dense = index.dense(query.vector, CANDIDATES, allowed)
    lexical = _lexical(index, words, allowed)
    quoting = _quoting(index, query, allowed)
    rows = list(dict.fromkeys([*(row for row, _ in dense), *lexical, *sorted(quoting)]))
    if not rows:
        return []
    tokens = [index.tokens(row) for row in rows]
    coverage = np.stack([some.coverage(tokens) for some in words])
    held = _COVERAGE * coverage + _ADJACENCY * np.stack([some.adjacency(tokens) for some in words])
    best = held.argmax(axis=0)
    cosines = index.sentence_cosines(rows, query.vector)
    nearest = np.array([some.max(initial=-1.0) for some in cosines])
    cosine = index.cosines(rows, query.vector)
    scores = (
        _NEIGHBOURHOOD * _around_cosines(index, query, rows)
        + _SENTENCE * nearest
        + _WHITENED * index.whitened_cosines(rows, query.vector)
        + _WORDS * coverage.max(axis=0)
    )
    worth = cosine + nearest + held.max(axis=0)
    dense_rank = {row: rank for rank, (row, _) in enumerate(dense, 1)}
    lexical_rank = {row: rank for rank, row in enumerate(lexical, 1)}

    def place(i: int) -> tuple[float, ...]:
        return -len(quoting.get(rows[i], ())), -scores[i], rows[i]

    found = sorted(range(len(rows)), key=place)[:most]
    for i in found[:KEPT]:
        worth[i] += _among_neighbours(index, query, rows[i], words[best[i]])
    return [
        Candidate(
            Hit(
                index.passages[row := rows[i]],
                float(scores[i]),
                float(cosine[i]),
                dense_rank.get(row),
                lexical.get(row),
                lexical_rank.get(row),
                words[best[i]].found(tokens[i]),
                quoting.get(row, ()),
            ),
            row,
            float(worth[i]),
            cosines[i],
            words[best[i]],
        )
        for i in found
    ]


def _around_cosines(index: Index, query: Query, rows: Sequence[int]) -> NDArray[np.float64]:
    """The mean cosine of each passage and its neighbours with the question."""
    around = [_around(index, row) for row in rows]
    cosines = index.cosines(list(chain.from_iterable(around)), query.vector)
    sizes = np.array([len(some) for some in around])
    means: NDArray[np.float64] = np.add.reduceat(cosines, np.cumsum(sizes) - sizes) / sizes
    return means


def _among_neighbours(index: Index, query: Query, row: int, words: Words) -> float:
    """How much better, or worse, a passage does when it is read with its neighbours."""
    rows = _around(index, row)
    if len(rows) == 1:
        return 0.0
    cosines = index.cosines(rows, query.vector)
    tokens = [index.tokens(other) for other in rows]
    alone = rows.index(row)
    texts = [tokens[alone], np.concatenate(tokens)]
    (coverage, around), (adjacency, adjacent) = words.coverage(texts), words.adjacency(texts)
    return float(
        _AROUND[0] * (cosines.mean() - cosines[alone])
        + _AROUND[1] * (around - coverage)
        + _AROUND[2] * (adjacent - adjacency)
    )


def _around(index: Index, row: int) -> list[int]:
    """The row of a passage and those of its neighbours in the same section."""
    places = (next_in_section(index, row, -1), row, next_in_section(index, row, 1))
    return [place for place in places if place is not None]


def next_in_section(index: Index, row: int, step: int) -> int | None:
    """The row of the passage ``step`` further on, if it stands in the same section."""
    other = row + step
    if not 0 <= other < len(index.passages):
        return None
    here, there = index.passages[row], index.passages[other]
    same = (here.document, here.heading) == (there.document, there.heading)
    return other if same else None


def _lexical(index: Index, words: Iterable[Words], allowed: Rows | None) -> dict[int, float]:
    """BM25 by row, best first; of a passage found in two languages, the better."""
    best: dict[int, float] = {}
    for own in words:
        for row, score in index.lexical(own.tokens, CANDIDATES, allowed):
            best[row] = max(score, best.get(row, 0.0))
    return dict(sorted(best.items(), key=lambda item: (-item[1], item[0])))


# --- quoted phrases -------------------------------------------------------------------------------


def _quoting(index: Index, query: Query, allowed: Rows | None) -> dict[int, tuple[str, ...]]:
    """The phrases between quotation marks that stand in a passage or above it, to the letter.

    Case, accents and the shape of apostrophes and spaces aside.
    """
    found: dict[int, tuple[str, ...]] = {}
    for phrase in query.phrases:
        pattern = _literally(phrase)
        rows = (index.holding(text.search_tokens(phrase, {code})) for code in query.languages)
        holding = np.unique(np.concatenate(list(rows)))
        if allowed is not None:
            holding = np.intersect1d(holding, allowed)
        for row in holding[:_MOST_COMPARED].tolist():
            passage = index.passages[row]
            title = index.header(passage.document).title
            body = passage.span.of(index.documents[passage.document].text)
            if pattern.search(flat(f"{title}\n{passage.heading}\n{body}")):
                found[row] = (*found.get(row, ()), phrase)
    return found


def _literally(phrase: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(flat(phrase))}(?!\w)")


def flat(words: str) -> str:
    """Folded, on one line."""
    return " ".join(text.fold(words).split())


def quotes(sentence: str, phrases: Sequence[str]) -> bool:
    """Whether one of the phrases stands in the sentence to the letter."""
    return any(_literally(phrase).search(flat(sentence)) for phrase in phrases)


# --- passages that say the same -------------------------------------------------------------------


def without_repeats(index: Index, found: Sequence[Candidate]) -> list[Candidate]:
    """Leave out passages that say what a better one says; the better one names them."""
    kept: list[Candidate] = []
    vectors = index.vectors[[one.row for one in found]].astype(np.float32)
    alike = vectors @ vectors.T >= _ALIKE
    places: list[int] = []
    for position, one in enumerate(found):
        same = next(
            (
                number
                for number, other in enumerate(kept)
                if alike[position, places[number]] and _same(index, one, other)
            ),
            None,
        )
        if same is None:
            kept.append(one)
            places.append(position)
        else:
            hit = kept[same].hit
            also = (*hit.also, one.hit.passage.id)
            kept[same] = replace(kept[same], hit=replace(hit, also=also))
    return kept


def _same(index: Index, one: Candidate, other: Candidate) -> bool:
    here, there = (
        hit.passage.span.of(index.documents[hit.passage.document].text)
        for hit in (one.hit, other.hit)
    )
    return flat(here) == flat(there) or text.says_the_same(here, there, one.hit.passage.language)


def neighbourhood(index: Index, document: str, span: Span) -> Passage | None:
    """The passage in which ``span`` begins, or None."""
    row = index.row_at(document, span.start)
    passage = None if row is None else index.passages[row]
    return passage if passage and span.start < passage.span.end else None
