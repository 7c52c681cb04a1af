"""The kinds of question, one file each: ``matches`` tells one by its form, ``answer`` answers it.

Of each group the first that matches. Where no form does, or one that several kinds share, the
``classifier`` tells, and ``loosely`` takes from the question what its kind needs.
``ABOUT_DOSSIER`` are answered by looking through the index, without a writer; ``OF_SEVERAL`` part
by part, by all that belongs to the answer; ``counting`` over the rows of a table, where one is of
what is asked; ``definition`` by looking through the index too, or by evidence that is surer than
usual; ``FROM_EVIDENCE`` by what the question finds.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
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
from askdossier.ask.kinds.classifier import UNKNOWN, Likely, likely
from askdossier.ask.kinds.several import Part, rounds
from askdossier.ask.kinds.whole import Told
from askdossier.core import Form, Language
from askdossier.index import Index

__all__ = [
    "UNKNOWN",
    "FromEvidence",
    "Likely",
    "OfSeveral",
    "Part",
    "Told",
    "about_dossier",
    "counting",
    "defined",
    "definition",
    "from_evidence",
    "likely",
    "of_several",
    "rounds",
    "small_talk",
    "told",
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

    def loosely(self, question: str) -> Any | None:
        """What is asked by a question that is of this kind, though not by its form.

        None where that cannot be told.
        """
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
SHARED: tuple[OfSeveral, ...] = (sayings, topic, listing, reasons)
"""Those whose forms questions of other kinds have too."""
FROM_EVIDENCE: tuple[FromEvidence, ...] = (yes_or_no, fact)


def _name(kind: Any) -> str:
    """That of its module."""
    return str(kind.__name__.rpartition(".")[2])


_BY_NAME: Mapping[str, OfSeveral] = {_name(kind): kind for kind in OF_SEVERAL}
_OF_ONE = frozenset(("fact", "yes_or_no", "definition"))
_SURE = 0.5
"""Probability from which a form is overruled that several kinds share, or that many questions have
which ask for something else, and from which the dossier as a whole is asked about."""


def about_dossier(question: str, by_words: Likely) -> tuple[AboutDossier, Any] | None:
    """The kind of a question about the dossier as a whole, and what it asks."""
    formed = _formed(ABOUT_DOSSIER, question)
    if formed is None and by_words.kind == "overview" and by_words.probability >= _SURE:
        named = _formed((*OF_SEVERAL, counting, definition), question)
        return None if named or yes_or_no.matches(question) else (overview, overview.Overview())
    return formed


def of_several(question: str, by_words: Likely) -> tuple[OfSeveral, Any] | None:
    """The kind of a question that takes several pieces, and what it asks."""
    polar = yes_or_no.matches(question)
    formed = _formed(POLAR if polar else OF_SEVERAL, question)
    if _formed((counting, definition), question) is not None:
        return formed
    shared = polar if formed is None else formed[0] in SHARED
    if (formed is not None or polar) and not (shared and by_words.probability >= _SURE):
        return formed
    if by_words.kind in _OF_ONE:
        return None
    kind = _BY_NAME.get(by_words.kind)
    if kind is None or (formed is not None and formed[0] is kind):
        return formed
    asked = kind.loosely(question)
    if asked is not None:
        return kind, asked
    # What its kind needs cannot be told: all that speaks of it, but for a sum of two facts.
    return formed or (None if kind is arithmetic else (topic, topic.loosely(question)))


def defined(question: str, by_words: Likely) -> definition.Definition | None:
    """What a question for a definition asks; None for any other question."""
    found = definition.matches(question)
    if found is None and by_words.kind == "definition":
        return definition.loosely(question)
    return found


def from_evidence(question: str, by_words: Likely) -> FromEvidence:
    """The kind of any other question."""
    if by_words.kind == "yes_or_no" and by_words.probability >= _SURE:
        return yes_or_no
    return next(kind for kind in FROM_EVIDENCE if kind.matches(question))


def told(question: str, by_words: Likely = UNKNOWN) -> str:
    """The name of a question's kind, that of its module, if the dossier has what it needs."""
    if small_talk.matches(question) is not None:
        return "small_talk"
    kind: Any = about_dossier(question, by_words)
    if kind is None and counting.matches(question) is not None:
        return "counting"
    kind = kind or of_several(question, by_words)
    if kind is not None:
        name = _name(kind[0])
        return {"acronym": "definition", "mentions": "listing"}.get(name, name)
    if defined(question, by_words) is not None:
        return "definition"
    return "yes_or_no" if from_evidence(question, by_words) is yes_or_no else "fact"


def _formed(kinds: Sequence[Any], question: str) -> tuple[Any, Any] | None:
    asked = ((kind, kind.matches(question)) for kind in kinds)
    return next((one for one in asked if one[1] is not None), None)
