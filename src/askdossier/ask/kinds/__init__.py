"""The kinds of question, one file each: ``matches`` tells one by its form, ``answer`` answers it.

Of each group the first that matches. Where no form does, or one that several kinds share, the
``classifier`` tells; the kind then has the question as it is, or ``loosely`` takes from it what it
needs. ``ABOUT_DOSSIER`` are answered by looking through the index, without a writer; ``OF_SEVERAL``
part by part, by all that belongs to the answer; ``counting`` over the rows of a table, where one is
of what is asked; ``definition`` by looking through the index too, or by evidence that is surer than
usual; ``FROM_EVIDENCE`` by what the question finds. ``meant`` puts them in order.
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
    "FROM_EVIDENCE",
    "OF_SEVERAL",
    "UNKNOWN",
    "FromEvidence",
    "Likely",
    "OfSeveral",
    "Part",
    "Told",
    "counting",
    "definition",
    "likely",
    "meant",
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

    def parts(self, asked: Any, case: Case, documents: frozenset[str] | None) -> Iterator[Part]:
        """Its parts, in order; of these ``documents``, all if it is None."""
        ...


class Taking(OfSeveral, Protocol):
    """One that needs something of a question, whatever its form."""

    def loosely(self, question: str) -> Any | None:
        """What is asked by a question that is of this kind; None where that cannot be told."""
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
TAKING: tuple[Taking, ...] = (arithmetic, difference, comparison, document, sayings)
"""Of these, those that need more of a question than that it is one of theirs."""
POLAR: tuple[OfSeveral, ...] = (disagreement, difference, comparison)
"""Of these, those that are asked for yes or no as well."""
SHARED: tuple[OfSeveral, ...] = (sayings, topic, listing, reasons)
"""Those whose forms questions of other kinds have too."""
FROM_EVIDENCE: tuple[FromEvidence, ...] = (yes_or_no, fact)


def _name(kind: Any) -> str:
    """That of its module."""
    return str(kind.__name__.rpartition(".")[2])


_BY_NAME: Mapping[str, OfSeveral] = {_name(kind): kind for kind in OF_SEVERAL}
_TAKING: Mapping[str, Taking] = {_name(kind): kind for kind in TAKING}
_OF_ONE = frozenset(("fact", "yes_or_no", "definition"))
_SURE = 0.5
"""Probability from which a form is overruled that several kinds share, or that many questions have
which ask for something else, and from which the dossier as a whole is asked about."""


def meant(question: str, by_words: Likely = UNKNOWN) -> Iterator[tuple[Any, Any]]:
    """The kinds that a question may be of, with what is asked, likeliest first.

    One may find nothing of what it needs in the dossier; the last answers by what the question
    finds.
    """
    about = _about_dossier(question, by_words)
    if about is not None:
        yield about
    several, counted = _of_several(question, by_words), counting.matches(question)
    # "Combien d'années séparent A de B ?" has the form of a count too.
    first = several is not None and several[0] is arithmetic
    count = None if counted is None else (counting, counted)
    yield from filter(None, (several, count) if first else (count, several))
    defined = _defined(question, by_words)
    if defined is not None:
        yield defined
    yield _from_evidence(question, by_words), None


def told(question: str, by_words: Likely = UNKNOWN) -> str:
    """The name of a question's kind, that of its module, if the dossier has what it needs."""
    if small_talk.matches(question) is not None:
        return "small_talk"
    name = _name(next(meant(question, by_words))[0])
    return {"acronym": "definition", "mentions": "listing"}.get(name, name)


def _about_dossier(question: str, by_words: Likely) -> tuple[Any, Any] | None:
    formed = _formed(ABOUT_DOSSIER, question)
    if formed is None and by_words.kind == "overview" and by_words.probability >= _SURE:
        named = _formed((*OF_SEVERAL, counting, definition), question)
        return None if named or yes_or_no.matches(question) else (overview, overview.Overview())
    return formed


def _of_several(question: str, by_words: Likely) -> tuple[Any, Any] | None:
    polar = yes_or_no.matches(question)
    formed = _formed(POLAR if polar else OF_SEVERAL, question)
    # One for how far two are apart may have the form of a count.
    counts = by_words.kind == "arithmetic" and counting.matches(question) is not None
    if not counts and _formed((counting, definition), question) is not None:
        return formed
    if formed is not None and formed[0] is sayings and formed[1].certain:
        return formed
    shared = polar or counts if formed is None else formed[0] in SHARED
    if (formed is not None or shared) and not (shared and by_words.probability >= _SURE):
        return formed
    kind = _BY_NAME.get(by_words.kind)
    if kind is None:
        return None if by_words.kind in _OF_ONE else formed
    if formed is not None and formed[0] is kind:
        return formed
    taking = _TAKING.get(by_words.kind)
    asked = question if taking is None else taking.loosely(question)
    if asked is not None:
        return kind, asked
    # What its kind needs cannot be told: all that speaks of it, but for a sum of two facts.
    return formed or (None if kind is arithmetic else (topic, question))


def _defined(question: str, by_words: Likely) -> tuple[Any, Any] | None:
    found = definition.matches(question)
    if found is None and by_words.kind == "definition":
        found = definition.loosely(question)
    return None if found is None else (definition, found)


def _from_evidence(question: str, by_words: Likely) -> FromEvidence:
    if by_words.kind == "yes_or_no" and by_words.probability >= _SURE:
        return yes_or_no
    return next(kind for kind in FROM_EVIDENCE if kind.matches(question))


def _formed(kinds: Sequence[Any], question: str) -> tuple[Any, Any] | None:
    asked = ((kind, kind.matches(question)) for kind in kinds)
    return next((one for one in asked if one[1] is not None), None)
