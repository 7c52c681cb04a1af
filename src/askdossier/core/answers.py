"""An answer, and the events that tell how it comes about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Literal

from askdossier.core.documents import Locator
from askdossier.core.profile import Profile
from askdossier.core.retrieval import Evidence
from askdossier.core.spans import Language, Place, Span

_NEAREST = 5
"""Sentences that an abstaining answer shows."""


@dataclass(frozen=True, slots=True)
class Turn:
    """An earlier question of a conversation, stand-alone, and what was answered."""

    question: str
    answer: str
    """In the program's own sentences, without marks: an abstention says nothing of the subject and
    a quote may speak of anything, so that both leave it empty."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A question that somebody may begin with."""

    question: str
    document: str
    """The one that it was made from, which should answer it."""


Support = Literal["supported", "quoted", "partly", "unsupported"]


@dataclass(frozen=True, slots=True)
class Citation:
    """Words of the dossier that support a claim: ``quote == document.text[span]``, exactly."""

    number: int
    """From 1, in order of first appearance in the answer; the same quote keeps its number."""
    document: str
    span: Span
    quote: str
    locator: Locator | None = None
    """The page, sheet or slide on which the quote begins; None in a format without any."""
    also: tuple[Place, ...] = ()
    """Where else the dossier says the same in nearly the same words."""

    @property
    def page(self) -> int | None:
        """The number of that page, sheet or slide, from 1."""
        return self.locator.number if self.locator is not None else None


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence of the answer, with what supports it."""

    text: str
    support: Support
    citations: tuple[Citation, ...]
    reason: str = ""
    """Why it is only partly supported or not at all, such as ``700 ≠ 500``; else empty."""
    about: str = ""
    """The heading that it is filed under, in an answer of several parts: a side of a comparison, a
    document. Claims of one part follow one another. Empty in an answer of one part."""


@dataclass(frozen=True, slots=True)
class Part:
    """Claims that are filed under one heading."""

    about: str
    """The heading; empty for none."""
    claims: tuple[Claim, ...]


def by_part(claims: Iterable[Claim]) -> tuple[Part, ...]:
    """``claims`` in order, those that follow one another under the same heading together."""
    return tuple(
        Part(about, tuple(filed)) for about, filed in groupby(claims, lambda claim: claim.about)
    )


Form = Literal["prose", "list", "table"]
"""How the claims of an answer are laid out: as sentences of one text, as items, or part by part
side by side."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a question, as shown."""

    question: str
    language: Language
    claims: tuple[Claim, ...]
    abstained: bool
    message: str
    """What the program says itself: instead of claims when ``abstained`` or at small talk, before
    them where it has counted documents. Empty for an answer made of claims alone."""
    evidence: tuple[Evidence, ...]
    timings: Mapping[str, float] = field(default_factory=dict)
    """Seconds since the question was asked: ``evidence``, ``first_sentence``, ``total``, …"""
    confidence: float | None = None
    """Probability that the evidence answers or, where that was in doubt, where the writer looked at
    something else than it wrote from, or where words are quoted for yes or no, that the first
    sentence does; as compared with the setting ``strictness``. High in an abstention where no
    sentence held. None when it was not judged."""
    standalone: str = ""
    """The question that was answered, when a follow-up had to be made to stand alone."""
    asked_in: Language = ""
    """The language of the question where that has no lexicon: it is answered in English then, and
    what needs a lexicon is not checked (``lang.what_is_unknown``). Else empty."""
    cited_in: tuple[Language, ...] = ()
    """The languages without a lexicon that cited documents are in."""
    possible: Evidence | None = None
    """What of the evidence may answer: an abstaining answer offers it and does not vouch for it."""
    writer: Profile | None = None
    """What read the evidence; None where nothing had to, or nobody kept it."""
    unread: int = 0
    """Pieces of evidence that it was not given, since its context is too short."""
    form: Form = "prose"
    remark: str = ""
    """What the program says behind the claims: how much it looked through, and what is left."""
    doubtful: tuple[Claim, ...] = ()
    """What may belong to the answer and was left out; numbered on from ``claims``."""

    @property
    def text(self) -> str:
        """The whole answer as plain text with ``[n]`` marks; parts and items on lines of their own.

        Without ``doubtful``.
        """
        if self.form == "prose" and not any(claim.about for claim in self.claims):
            said = [" ".join(map(_marked, self.claims))]
        else:
            said = list(_lines(self.claims))
        return ("\n" if len(said) > 1 else " ").join(
            filter(None, (self.message, *said, self.remark))
        )

    @property
    def turn(self) -> Turn:
        """What the questions after it in a conversation are told of it."""
        told = (claim.text for claim in self.claims if claim.support in {"supported", "partly"})
        return Turn(self.standalone or self.question, " ".join(told))

    @property
    def nearest(self) -> tuple[Evidence, ...]:
        """What an abstaining answer shows: at most five sentences nearest the question, best first.

        Those that only came along with another are not among them, nor is ``possible``.
        """
        own = [i for i in self.evidence if i.role != "neighbour" and i != self.possible]
        return tuple(sorted(own, key=lambda item: -item.score)[:_NEAREST])


def _marked(claim: Claim) -> str:
    return claim.text + "".join(f" [{citation.number}]" for citation in claim.citations)


def _lines(claims: Sequence[Claim]) -> Iterator[str]:
    for part in by_part(claims):
        if part.about:
            yield part.about
        for claim in part.claims:
            yield f"- {_marked(claim)}"


@dataclass(frozen=True, slots=True)
class Rewritten:
    """First event for a follow-up: the stand-alone question that is answered in its place."""

    question: str
    seconds: float


@dataclass(frozen=True, slots=True)
class EvidenceFound:
    """First event for any other question: the evidence, before the writer has read it.

    It comes once more, with further evidence behind what it held, where the writer reads on.
    """

    evidence: tuple[Evidence, ...]
    seconds: float
    message: str = ""
    """What the answer says of them all, before its claims; see ``Answer.message``."""
    form: Form = "prose"
    """That of the answer."""


@dataclass(frozen=True, slots=True)
class ClaimChecked:
    """A sentence of the answer that has passed its check."""

    claim: Claim
    seconds: float


@dataclass(frozen=True, slots=True)
class Answered:
    """Last event of a stream."""

    answer: Answer


Event = Rewritten | EvidenceFound | ClaimChecked | Answered
