"""Make a claim of each group of pieces: a sentence of the writer that holds, or else a quote."""

from __future__ import annotations

from contextlib import closing

from askdossier import verify
from askdossier.ask import writing
from askdossier.ask.case import Case, cites
from askdossier.ask.citable import Citable
from askdossier.ask.pieces.group import Group
from askdossier.core import Citation, Claim, Evidence, Span


class Telling:
    """Tells the groups of one answer, one after the other, and numbers what they cite.

    What an earlier claim cites is not told again.
    """

    def __init__(self) -> None:
        self._numbers = verify.Numbering()
        self._told: set[tuple[str, Span]] = set()

    def claim(self, case: Case, group: Group) -> Claim | None:
        """Put a group into words; None where that is told already, or nobody waits any more."""
        if case.stopped() or self._told.issuperset(map(_place, group.evidence)):
            return None
        citable = Citable.of(case.index, group.evidence, sure=False)
        drafted = writing.drafted(case, group.evidence, citable, whole=True, numbers=self._numbers)
        with closing(drafted):
            said = next(drafted, None)
        if said is None or not any(cites(said, item) for item in group.evidence):
            said = None if case.stopped() else self.quote(case, group)
        return said and self._new(said)

    def quote(self, case: Case, group: Group) -> Claim:
        """Let the likeliest piece of a group speak for itself."""
        best = group.evidence[0]
        citable = Citable.of(case.index, group.evidence, sure=False)
        words, verdict = verify.quoted(citable.unbroken(best.document, best.span), case.language)
        return self._numbers.claim(words, verdict)

    def _new(self, claim: Claim) -> Claim | None:
        cited = set(map(_place, claim.citations))
        if cited <= self._told:
            return None
        self._told |= cited
        return claim


def _place(cited: Citation | Evidence) -> tuple[str, Span]:
    return cited.document, cited.span
