"""The writer as a judge of entailment: asked whether a text proves a statement.

How readily it says Yes depends on the statement, even before it has read any text. So it is asked
without one too, and what it says then is weighed against what it says with the text, as in
domain-conditional mutual information (Holtzman et al. 2021, arXiv:2104.08315, section 3).
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from askdossier import lang, text
from askdossier.ask.policy.signals import log_odds
from askdossier.core import Language, Prompt, Stop, Writer

_INTERCEPT, _WITH, _WITHOUT = -0.860, 1.106, -0.735
"""Fitted on RTE3-FR by ``benchmarks/support.py --writer``; see docs/benchmarks.md."""
_NO_TEXT = "…"


class WriterEntailment:
    """The writer as an ``Entailment``, asked in the language of the statement."""

    def __init__(self, writer: Writer, stop: Stop | None = None) -> None:
        """Once ``stop`` is set, it ends soon, and what it then says means nothing."""
        self.name = f"writer {writer.name}, calibrated"
        self._writer = writer
        self._stop = stop or Stop()

    def entailment(self, pairs: Sequence[tuple[str, str]]) -> list[float]:
        """Calibrated probability of entailment of each pair: see ``core.Entailment``."""
        return [calibrated(*self.asked(*pair)) for pair in pairs]

    def asked(self, premise: str, statement: str) -> tuple[float, float]:
        """Log-odds of Yes, with the text and without."""
        language = text.question_language(statement)
        return self._yes(premise, statement, language), self._yes(_NO_TEXT, statement, language)

    def _yes(self, premise: str, statement: str, language: Language) -> float:
        words = lang.of(language).prompts
        request = words.proof.format(text=premise, statement=statement)
        said = self._writer.choose(
            Prompt(words.proving, request), (words.yes, words.no), self._stop
        )
        return log_odds(said.probabilities[0])


def calibrated(with_text: float, without: float) -> float:
    """Probability that the text proves the statement, from both log-odds of Yes."""
    return 1 / (1 + math.exp(-(_INTERCEPT + _WITH * with_text + _WITHOUT * without)))
