"""The kinds of question, one file each: ``matches`` tells one by its form, ``answer`` answers it.

Of each group the first that matches. ``ABOUT_DOSSIER`` are answered by looking through the index,
without a writer; ``OF_SEVERAL`` part by part, by all that belongs to the answer;
``counting`` over the rows of a table, where one is of what is asked; ``definition`` by looking
through the index too, or by evidence that is surer than usual;
``FROM_EVIDENCE`` by what the question finds.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any, Protocol

from askdossier.ask.case import Case, Decision, Reading
from askdossier.ask.citable import Citable
from askdossier.ask.kinds import (
    acronym,
    arithmetic,
    chronology,
    comparison,
    counting,
    definition,
    difference,
    disagreement,
    document,
    fact,
    listing,
    mentions,
    overview,
    reasons,
    sayings,
    small_talk,
    topic,
    yes_or_no,
)
from askdossier.ask.kinds.several import Part, rounds
from askdossier.ask.kinds.whole import Told
from askdossier.core import Form, Language
from askdossier.index import Index

__all__ = [
    "ABOUT_DOSSIER",
    "FROM_EVIDENCE",
    "OF_SEVERAL",
    "POLAR",
    "OfSeveral",
    "Part",
    "Told",
    "counting",
    "definition",
    "rounds",
    "small_talk",
]


class AboutDossier(Protocol):
    """A module of a kind of question about the dossier as a whole."""

    def matches(self, message: str) -> Any | None:
        """What is asked; None for any other question."""
        ...

    def answer(self, asked: Any, index: Index, names: Collection[str], language: Language) -> Told:
        """Tell it of the documents of these ``names``."""
        ...


class OfSeveral(Protocol):
    """A module of a kind of question that takes several pieces of evidence."""

    form: Form
    """How its answers are laid out."""

    def matches(self, question: str) -> Any | None:
        """What is asked; None for any other question."""
        ...

    def parts(self, asked: Any, case: Case, documents: frozenset[str] | None) -> Iterator[Part]:
        """Its parts, in order; of these ``documents``, all if it is None."""
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
OF_SEVERAL: tuple[OfSeveral, ...] = (
    disagreement,
    arithmetic,
    difference,
    comparison,
    chronology,
    document,
    sayings,
    topic,
    listing,
    reasons,
)
POLAR: tuple[OfSeveral, ...] = (disagreement, difference, comparison)
"""Of these, those that are asked for yes or no as well."""
FROM_EVIDENCE: tuple[FromEvidence, ...] = (yes_or_no, fact)
