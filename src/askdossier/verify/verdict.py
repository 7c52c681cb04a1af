"""Check a sentence against the dossier: attribute it, and let every check look at it.

Figures, names and negation must agree to the letter; only then is the meaning compared.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from askdossier.verify.attribution import attributed
from askdossier.verify.checks import CHECKS
from askdossier.verify.records import (
    Asked,
    Extract,
    Gravity,
    Problem,
    Sources,
    Statement,
    Verdict,
)

_WEIGHT: dict[Gravity, int] = {"partly": 0, "unsupported": 1, "elsewhere": 2}
_OF_MEANING = frozenset({"meaning", "added", "worded"})
"""Checks that a judge of entailment, who has read both, may overrule."""


def check(statement: Statement, question: Asked | None, sources: Sources) -> Verdict:
    """Find the fewest extracts that support a sentence, and how well.

    With the ``question`` that it is to answer, whether it does that too.
    """
    sources = attributed(statement, sources)
    problems = list(_problems(statement, question, sources))
    if not problems:
        return Verdict("supported", sources.cited, "", sources.score)
    gravest = max(problems, key=lambda problem: _WEIGHT[problem.gravity])
    of_meaning = any(problem.check == "meaning" for problem in problems)
    doubtful = of_meaning and _OF_MEANING.issuperset(problem.check for problem in problems)
    doubted = sources.cited if doubtful else ()
    if gravest.gravity == "partly":
        return Verdict("partly", sources.cited, gravest.reason, sources.score, doubted)
    elsewhere = gravest.gravity == "elsewhere"
    return Verdict("unsupported", (), gravest.reason, sources.score, doubted, elsewhere)


def _problems(statement: Statement, question: Asked | None, sources: Sources) -> Iterator[Problem]:
    """What the checks find, up to what settles it: parsing the sources for the rest would be lost.

    Nothing after a problem that is no doubt of meaning is graver, since the checks that are about
    the question come first.
    """
    for each in CHECKS:
        problem = each(statement, question, sources)
        if problem is not None:
            yield problem
            if problem.gravity != "partly" and problem.check not in _OF_MEANING:
                return


# --- a second look --------------------------------------------------------------------------------

# Fitted on RTE3-FR: benchmarks/support.py --writer.
_INTERCEPT, _SCORE, _PROOF = -1.23, 1.95, 0.88


def premise(doubted: Sequence[Extract]) -> str:
    """Give what a judge of entailment reads: the extracts in reading order, below their titles."""
    lines: list[str] = []
    for extract in sorted(doubted, key=lambda one: (one.document, one.span)):
        title = extract.title.strip()
        if title and title not in lines:
            lines.append(title)
        lines.append(extract.quote)
    return "\n".join(lines)


def reconsidered(verdict: Verdict, proof: float) -> Verdict:
    """Decide a verdict whose meaning is in doubt, once a judge has read what comes nearest.

    ``proof`` are the log-odds that the judge gives to that it proves the sentence.
    """
    if not verdict.doubted:
        return verdict
    if _INTERCEPT + _SCORE * verdict.score + _PROOF * proof > 0:
        return Verdict("supported", verdict.doubted, "", verdict.score)
    return replace(verdict, doubted=())
