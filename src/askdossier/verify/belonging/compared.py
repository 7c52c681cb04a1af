"""A claim and what it cites, parsed, for the checks that compare their grammar."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from askdossier.verify.belonging.reading import stretch
from askdossier.verify.belonging.stretch import Stretch
from askdossier.verify.records import Extract, Sources, Statement

_REACH = 3
"""Sentences of the same document before and behind a cited one that it is read with."""


@dataclass(frozen=True, slots=True)
class Compared:
    """A claim beside its source."""

    claim: Stretch
    cited: Stretch
    around: Stretch
    """What is cited, and the sentences round it."""
    best: int
    """Of these, the sentence that says the most of the claim."""


def compared(statement: Statement, sources: Sources) -> Compared | None:
    """Parse both; None where nothing is cited, or in two languages, or in one without a grammar."""
    language = statement.language
    if not sources.cited or any(one.language != language for one in sources.cited):
        return None
    beside = tuple(_beside(sources))
    claim = stretch((statement.text,), language)
    cited = stretch(_quotes(sorted(sources.cited, key=_place)), language)
    around = stretch(_quotes(beside), language)
    if claim is None or cited is None or around is None:
        return None
    return Compared(claim, cited, around, beside.index(sources.cited[0]))


def _beside(sources: Sources) -> Iterator[Extract]:
    """The cited sentences and those round them."""
    cited = [i for i, one in enumerate(sources.extracts) if one in sources.cited]
    for i, one in enumerate(sources.extracts):
        if any(
            abs(i - at) <= _REACH and sources.extracts[at].document == one.document for at in cited
        ):
            yield one


def _quotes(extracts: Iterable[Extract]) -> tuple[str, ...]:
    return tuple(one.quote for one in extracts)


def _place(extract: Extract) -> tuple[str, int]:
    return extract.document, extract.span.start
