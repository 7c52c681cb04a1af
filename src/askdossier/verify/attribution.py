"""Find the fewest sentences of the dossier that support a sentence.

A sentence is compared with single sentences. The best single one comes first; others are added
only for a figure or a name that is still missing, or from close by for many of its words. Nothing
here generates text, and what is cited is always an extract that was handed in.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from askdossier import text
from askdossier.core import Language
from askdossier.verify import facts, holding
from askdossier.verify.facts import Figure, Name
from askdossier.verify.records import Extract, Sources, Statement, near

MOST_EXTRACTS = 3
"""Sentences that one claim may cite."""

# Tuned on RTE3-FR and on PIAF sentences with a changed fact: benchmarks/support.py.
_COSINE_WEIGHT = 2.0
_COSINE_ZERO = 0.88
_FACTS_WEIGHT = 0.2
_JOINT = 0.4
_COVERED = 0.6
"""Share of a claim's stems, or score of its best sentence, from which no further one is looked for:
that is supported, and what is cited besides would only dilute it."""
_GAIN = 0.15
"""Share of its stems that a further sentence must add."""


def attributed(statement: Statement, sources: Sources) -> Sources:
    """Give the sources with what is cited of them, and how well that says the sentence.

    A question supports nothing.
    """
    told = [
        (one, cosine)
        for one, cosine in zip(sources.extracts, sources.cosines, strict=True)
        if not text.asks(one.quote)
    ]
    if not told:
        return sources
    claim = _Claim(statement, sources.extracts)
    scores = [claim.score(one, cosine) for one, cosine in told]
    ranks = [
        score + _FACTS_WEIGHT * claim.facts_held(one)
        for score, (one, _) in zip(scores, told, strict=True)
    ]
    best_first = sorted(range(len(told)), key=lambda i: (-ranks[i], i))
    cited = claim.cited([told[i][0] for i in best_first], scores[best_first[0]])
    joint = 0.0
    if all(one.language == statement.language for one in cited):
        joint = share(claim.words, statement.language, cited)
    score = max(scores[best_first[0]], joint)
    return replace(sources, cited=tuple(cited), score=score)


def stems(statement: Statement) -> frozenset[str]:
    """Give the stems of a sentence, by which its words are compared."""
    return frozenset(text.search_tokens(statement.text, {statement.language}))


def share(words: frozenset[str], language: Language, cited: Sequence[Extract]) -> float:
    """Share of the stems that stand in the extracts; 0 when there are none."""
    if not words:
        return 0.0
    held: set[str] = set()
    for extract in cited:
        held.update(text.search_tokens(extract.quote, {language}))
    return len(words & held) / len(words)


class _Claim:
    """A sentence that looks for its support: its words, figures and names."""

    def __init__(self, statement: Statement, candidates: Sequence[Extract]) -> None:
        self.words = stems(statement)
        self._language = statement.language
        self._known = holding.known_names(candidates)
        self._figures = facts.figures(statement.text)
        self._names = holding.certain_names(statement, self._known)

    def score(self, candidate: Extract, cosine: float) -> float:
        """Share of the sentence's stems in the quote, moved by the cosine.

        Across languages, where words do not match, the cosine alone.
        """
        if candidate.language != self._language:
            return cosine
        own = share(self.words, self._language, [candidate])
        return own + _COSINE_WEIGHT * (cosine - _COSINE_ZERO)

    def facts_held(self, candidate: Extract) -> float:
        """Share of its facts: the main support says the most, and these settle close calls."""
        needed = len(self._figures) + len(self._names)
        return 1 - len(self.missing([candidate])) / needed if needed else 0.0

    def cited(self, best_first: Sequence[Extract], said: float) -> list[Extract]:
        """The best extract, those that have what it lacks of the facts, then of the words.

        ``said`` is its score.
        """
        best, *others = best_first
        cited = [best]
        for candidate in others:
            missing = self.missing(cited)
            if not missing or len(cited) == MOST_EXTRACTS:
                break
            joins = self._may_join(candidate, best, missing)
            if joins and len(self.missing([*cited, candidate])) < len(missing):
                cited.append(candidate)
        for candidate in others:
            held = share(self.words, self._language, cited)
            if max(said, held) >= _COVERED or len(cited) == MOST_EXTRACTS:
                break
            if candidate not in cited and near(best, candidate):
                gained = share(self.words, self._language, [*cited, candidate]) - held
                if candidate.language == self._language and gained >= _GAIN:
                    cited.append(candidate)
        return cited

    def missing(self, cited: Sequence[Extract]) -> list[Figure | Name]:
        """Give the figures and names that the extracts do not hold."""
        return [
            *holding.missing_figures(self._figures, cited),
            *holding.missing_names(self._names, cited, self._known),
        ]

    def _may_join(
        self, candidate: Extract, best: Extract, missing: Sequence[Figure | Name]
    ) -> bool:
        """Whether an extract may fill a gap that the best one leaves."""
        if near(best, candidate):
            return not self._replaces(missing, best) or self._speaks_of(candidate)
        # A figure of somebody else must not become this one's.
        lacking = holding.missing_names(self._names, [candidate], self._known)
        return (not self._names or len(lacking) < len(self._names)) and self._speaks_of(candidate)

    def _replaces(self, missing: Sequence[Figure | Name], best: Extract) -> bool:
        """Whether it has a fact where the main support has another: a change, not a gap.

        A gap (a pronoun, a date said before) may be filled from the sentences beside it.
        """
        own = [f for f in facts.figures(best.quote) if not any(g.agrees(f) for g in self._figures)]
        if any(isinstance(m, Figure) and any(m.unit == f.unit for f in own) for m in missing):
            return True
        lost = [m for m in missing if isinstance(m, Name)]
        said = {word for name in self._names for word in name.words}
        others = [name for name in holding.told_names(best.quote) if not name.words <= said]
        return bool(lost) and bool(others)

    def _speaks_of(self, candidate: Extract) -> bool:
        """Whether the candidate holds enough of the claim for its facts to be the claim's.

        A name alone in some other sentence must not lend itself to a figure of this one.
        """
        foreign = candidate.language != self._language
        return foreign or share(self.words, self._language, [candidate]) >= _JOINT
