"""Make a claim of each group of pieces: a sentence of the writer that holds, or else a quote."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from itertools import islice

from askdossier import text, verify
from askdossier.ask import reading, writing
from askdossier.ask.case import Case, cites
from askdossier.ask.citable import Citable
from askdossier.ask.pieces.choose import Choosing
from askdossier.ask.pieces.group import Group, parted
from askdossier.core import Citation, Claim, Evidence, Span

MOST = 10
"""Groups that are told of one part; those beyond it are left with the doubtful ones."""
ALONE = 0.25
"""Share of the strictness below which a group that is read alone does not answer; chosen on
``questions/several_dev.jsonl``: it may say only part of what is asked for."""
OF_ALL = 0.5
"""Share of the probability that all that was read answers, from which a group alone does too."""
_HELD = 0.7
"""Share of a written sentence's stems that must stand in what it cites."""


class Telling:
    """Tells the groups of one answer, one after the other, and numbers what they cite.

    What an earlier claim cites is not told again.
    """

    def __init__(self) -> None:
        self._numbers = verify.Numbering()
        self._cited: set[tuple[str, Span]] = set()
        self._told: dict[str, int] = {}
        self._left: dict[str, tuple[Case, list[Group]]] = {}

    def claims(
        self, case: Case, about: str, choosing: Choosing, *, verbatim: bool = False
    ) -> Iterator[Claim]:
        """Tell what surely belongs to the part of that heading, as far as it is not told yet.

        Nothing where what was read does not seem to answer. What is told ``verbatim`` is quoted.
        """
        if not choosing.answers(case.task.strictness):
            return
        sure, doubtful = parted(case.index, choosing)
        for group in sure:
            if case.stopped():
                return
            if self._known(group):
                continue
            full = self._told.get(about, 0) == MOST
            if full or not self._answers(case, group, choosing):
                doubtful.append(group)
                continue
            claim = self._quoted(case, group) if verbatim else self._claim(case, group)
            if claim is not None:
                self._told[about] = self._told.get(about, 0) + 1
                yield replace(claim, about=about)
        self._left[about] = case, doubtful
        if about and sure and not self._told.get(about) and not case.stopped():
            # All that a side has is told on another one: no reason to leave it empty.
            again = next((group for group in sure if self._known(group)), None)
            if again is not None:
                self._told[about] = 1
                yield replace(self._quote(case, again), about=about)

    def _answers(self, case: Case, group: Group, choosing: Choosing) -> bool:
        """Whether a group still seems to answer when it is read alone."""
        if choosing.signals is None or any(piece.listed for piece in group.pieces):
            return True
        alone = reading.confirmed(case, group.evidence, choosing.signals)
        return alone >= min(case.task.strictness * ALONE, choosing.confidence * OF_ALL)

    def doubtful(self) -> Iterator[Claim]:
        """Quote what may belong and was not told."""
        for about, (case, groups) in self._left.items():
            untold = (group for group in groups if not self._known(group))
            for group in islice(untold, MOST):
                yield replace(self._quote(case, group), about=about)

    def _claim(self, case: Case, group: Group) -> Claim | None:
        """Put a group into words; None where that is told already, or nobody waits any more.

        A single sentence says it best itself: a small writer, given one, mostly says what it does
        not.
        """
        if len(group.evidence) == 1:
            return self._quoted(case, group)
        citable = Citable.of(case.index, group.evidence, sure=False)
        drafted = writing.drafted(case, group.evidence, citable, whole=True, numbers=self._numbers)
        with closing(drafted):
            said = next(drafted, None)
        if said is None or not _from_pieces(case, said, group):
            said = None if case.stopped() else self._quote(case, group)
        return self._new(said, group)

    def _quoted(self, case: Case, group: Group) -> Claim | None:
        return self._new(self._quote(case, group), group)

    def _new(self, said: Claim | None, group: Group) -> Claim | None:
        if said is None or self._cited.issuperset(map(_place, said.citations)):
            return None
        self._cited.update(map(_place, said.citations), map(_place, group.evidence))
        return said

    def _quote(self, case: Case, group: Group) -> Claim:
        """Let the likeliest piece of a group speak for itself."""
        best = group.evidence[0]
        citable = Citable.of(case.index, group.evidence, sure=False)
        words, verdict = citable.quoted(best.document, best.span, case.language)
        return self._numbers.claim(words, verdict)

    def _known(self, group: Group) -> bool:
        return not self._cited.isdisjoint(map(_place, group.evidence))


def _from_pieces(case: Case, claim: Claim, group: Group) -> bool:
    """Whether a written sentence is made from its pieces, and from little else.

    What it takes from the question is the writer's own: that a piece belongs to what was asked is
    not what the piece says.
    """
    if not any(cites(claim, item) for item in group.evidence):
        return False
    if any(
        case.index.header(cited.document).language != case.language for cited in claim.citations
    ):
        return True
    said = set(text.search_tokens(claim.text, {case.language}))
    if said <= set(text.search_tokens(case.query.text, {case.language})):
        return False  # it only says the question again
    quotes = " ".join(cited.quote for cited in claim.citations)
    held = said & set(text.search_tokens(quotes, {case.language}))
    return len(held) >= _HELD * len(said)


def _place(cited: Citation | Evidence) -> tuple[str, Span]:
    return cited.document, cited.span
