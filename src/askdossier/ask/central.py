"""The sentences that sum a document up."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np

from askdossier import text
from askdossier.core import Evidence, Vectors
from askdossier.index import Index
from askdossier.lang.forms import Forms

_LENGTH = range(50, 400)
"""Characters of a sentence that can stand for others."""
_LEAST, _MOST = 5, 8
"""Sentences that are taken."""
_SHARE = 6
"""Sentences of a document for each one taken, between these."""
_BELOW = 2
"""Sentences taken of one passage, which stands below one heading."""
_FIRST = 3
"""Sentences after which what the beginning is worth has halved."""
_WHOLE = 150
"""Characters from which a sentence is no longer worth more than a shorter one."""
_LEANS = 0.7
"""What it costs to begin with a pronoun."""
_NEW = 0.4
"""What it is worth to be far from those taken before."""


@dataclass(frozen=True, slots=True)
class Central:
    """What sums a document up."""

    sentences: tuple[Evidence, ...]
    """In reading order."""
    total: int
    """How many it has in all."""


def central(index: Index, name: str) -> Central:
    """Take the sentences nearest to the whole and to their passage, and those of the beginning.

    Each is far from those taken before it (maximal marginal relevance: Carbonell and Goldstein
    1998; the mean of its passages stands for the whole, as in Radev et al. 2000). Questions, and
    what is too short or too long to stand alone, are left out; empty where nothing else is there.
    """
    told, vectors, near, total = _sentences(index, name)
    if not told:
        return Central((), total)
    likeness = vectors @ vectors.T
    worth = _standard(near) + np.array([_alone(*one) for one in enumerate(told)])
    middle, spread = float(likeness.mean()), float(likeness.std()) or 1.0
    passages = len({one.passage for one in told})
    most = min(_MOST, max(_LEAST, total // _SHARE, passages))
    taken: list[int] = []
    below: Counter[str] = Counter()
    while len(taken) < most:
        free = [i for i in range(len(told)) if i not in taken and below[told[i].passage] < _BELOW]
        if not free:
            break
        known = likeness[:, taken].max(axis=1) if taken else middle
        score = worth - _NEW * (known - middle) / spread
        best = max(free, key=lambda i: float(score[i]))
        taken.append(best)
        below[told[best].passage] += 1
    return Central(tuple(told[i] for i in sorted(taken)), total)


def _sentences(index: Index, name: str) -> tuple[list[Evidence], Vectors, Vectors, int]:
    """Those that can stand for others, their vectors, and how many sentences there are in all.

    Of each, between the vectors and that, how near it is to the whole and to its passage.
    """
    body, rows = index.documents[name].text, index.rows_of(name)
    mean = index.vectors[rows.start : rows.stop].astype(np.float32).mean(axis=0)
    told: list[Evidence] = []
    vectors: list[Vectors] = []
    near: list[float] = []
    total = 0
    for row in rows:
        passage = index.passages[row]
        about = mean + index.vectors[row].astype(np.float32)
        total += len(passage.sentences)
        for span, vector in zip(passage.sentences, index.sentence_vectors(row), strict=True):
            quote = span.of(body)
            if len(quote) in _LENGTH and not text.asks(quote):
                told.append(Evidence(name, span, quote, 1.0, passage.id))
                vectors.append(vector)
                near.append(float(vector @ about))
    return told, np.array(vectors, np.float32), np.array(near, np.float32), total


def _alone(at: int, evidence: Evidence) -> float:
    """What a sentence is worth by its place among all, its length and its beginning."""
    leans = _PRONOUN.match(text.fold(evidence.quote)) is not None
    long = min(1.0, len(evidence.quote) / _WHOLE)
    return 1 / (1 + at / _FIRST) + long - _LEANS * leans


def _standard(values: Vectors) -> Vectors:
    scaled: Vectors = (values - values.mean()) / (float(values.std()) or 1.0)
    return scaled


_PRONOUN = Forms(lambda known: known.followups.pronoun)
