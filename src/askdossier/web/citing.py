"""Where the quotes of a conversation stand in the documents as they are today."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from askdossier.core import Citation, Document, Evidence, Span
from askdossier.web.conversations import Conversation
from askdossier.web.render import NO_STEPS, Cited, Steps


@dataclass(frozen=True, slots=True)
class Found:
    """A quote in a document that may have changed since it was quoted."""

    span: Span
    moved: bool


def locate(quote: str, span: Span, text: str) -> Found | None:
    """Where ``quote`` stands in ``text``: at ``span``, or else at the only place that has it.

    Never anywhere near: what cannot be located to the character is not marked.
    """
    if span.end <= len(text) and span.of(text) == quote:
        return Found(span, moved=False)
    at = text.find(quote)
    if not quote or at < 0 or text.find(quote, at + 1) >= 0:
        return None
    return Found(Span(at, at + len(quote)), moved=True)


def quote_at(conversation: Conversation | None, document: str, span: Span) -> str | None:
    """The words that an answer of the conversation took from this place; None when none did."""
    for exchange in conversation.exchanges if conversation else ():
        places: tuple[Citation | Evidence, ...] = (*exchange.citations, *exchange.turn.evidence)
        for place in places:
            if place.document == document and place.span == span:
                return place.quote
    return None


def others_in(conversation: Conversation | None, document: Document) -> list[Cited]:
    """All that the conversation cites in ``document``, where it stands now."""
    places = []
    for _, citation in conversation.citations if conversation else ():
        if citation.document == document.id:
            found = locate(citation.quote, citation.span, document.text)
            if found is not None:
                places.append(Cited(document.id, found.span, citation.number))
    return places


def steps(
    conversation: Conversation | None, document: str, span: Span, known: Mapping[str, Document]
) -> Steps:
    """The citation at a place among all of the conversation, each place once, as given."""
    places: dict[tuple[str, Span], Cited] = {}
    for _, citation in conversation.citations if conversation else ():
        if citation.document in known:
            place = Cited(citation.document, citation.span, citation.number)
            places.setdefault((citation.document, citation.span), place)
    ordered = list(places.values())
    if not ordered:
        return NO_STEPS
    if (document, span) not in places:
        return Steps(0, len(ordered), None, ordered[0])
    at = list(places).index((document, span))
    return Steps(
        at + 1,
        len(ordered),
        ordered[at - 1] if at else None,
        ordered[at + 1] if at + 1 < len(ordered) else None,
    )
