"""The kinds of question, one file each: ``matches`` tells one by its form, ``answer`` answers it.

Of each group the first that matches. ``ABOUT_DOSSIER`` are answered by looking through the index,
without a writer; ``FROM_EVIDENCE`` by what the question finds.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, Protocol

from askdossier.ask.case import Case, Decision, Reading
from askdossier.ask.citable import Citable
from askdossier.ask.kinds import acronym, fact, mentions, overview, small_talk, yes_or_no
from askdossier.ask.kinds.whole import Told
from askdossier.core import Language
from askdossier.index import Index

__all__ = ["ABOUT_DOSSIER", "FROM_EVIDENCE", "Told", "small_talk"]


class AboutDossier(Protocol):
    """A module of a kind of question about the dossier as a whole."""

    def matches(self, message: str) -> Any | None:
        """What is asked; None for any other question."""
        ...

    def answer(self, asked: Any, index: Index, names: Collection[str], language: Language) -> Told:
        """Tell it of the documents of these ``names``."""
        ...


class FromEvidence(Protocol):
    """A module of a kind of question that is answered by what it finds."""

    def matches(self, question: str) -> bool:
        """Whether it is of this kind."""
        ...

    def answer(
        self, case: Case, readings: Sequence[Reading], citable: Citable, confidence: float
    ) -> Decision:
        """Decide what is said; ``confidence`` is that of the best reading."""
        ...


ABOUT_DOSSIER: tuple[AboutDossier, ...] = (acronym, mentions, overview)
FROM_EVIDENCE: tuple[FromEvidence, ...] = (yes_or_no, fact)
