"""Check a sentence against the dossier: attribute it, and let every check look at it.

Figures, names and negation must agree to the letter; only then is the meaning compared.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from askdossier.verify.attribution import attributed
from askdossier.verify.checks import CHECKS
from askdossier.verify.records import Asked, Extract, Gravity, Sources, Statement, Verdict

_WEIGHT: dict[Gravity, int] = {"partly": 0, "unsupported": 1, "elsewhere": 2}
_OF_MEANING = frozenset({"meaning", "added"})
"""Checks that a judge of entailment, who has read both, may overrule."""


def check(statement: Statement, question: Asked | None, sources: Sources) -> Verdict:
    """Find the fewest extracts that support a sentence, and how well.

    With the ``question`` that it is to answer, whether it does that too.
    """
    sources = attributed(statement, sources)
    found = (check(statement, question, sources) for check in CHECKS)
    problems = [problem for problem in found if problem is not None]
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
