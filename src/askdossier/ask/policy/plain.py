"""When to answer with a writer of which nothing was learned: what it says has to do.

How readily it says Yes is not known, so it must be sure of it: at the usual strictness, some nine
times as sure as of No.
"""

from __future__ import annotations

from collections.abc import Sequence

from askdossier.ask.policy.signals import Signals, features, logistic
from askdossier.core import Choice, Evidence

FOR_OTHERS = (-0.93, 0.81, 8.21)
"""Intercept and coefficients of ``features``: fitted on what the default writer said on PIAF and
NoMIRACL under an earlier prompt; docs/benchmarks.md says what they cost today."""

UNCALIBRATED = 1.2
"""Taken from the log-odds of a writer of which nothing was learned: many say Yes whatever they are
asked, and a wrong answer costs more than none."""


class Plain:
    """The policy for any writer: see ``Policy``."""

    calibrated = False

    def probability(self, signals: Signals) -> float:
        """Weigh what the writer says with the best score."""
        intercept, *weights = FOR_OTHERS
        return logistic((intercept - UNCALIBRATED, *weights), features(signals))

    def may_change(self, signals: Signals, strictness: float) -> bool:
        """Never: a second look adds nothing."""
        del signals, strictness
        return False

    def confirmed(self, signals: Signals, quotes: Choice) -> float:
        """The same as before."""
        del quotes
        return self.probability(signals)

    def reads_on(self, signals: Signals) -> bool:
        """Never: which evidence is better cannot be told."""
        del signals
        return False

    def looked_at(self, judged: Choice, evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
        """Nothing that is known."""
        del judged, evidence
        return ()
