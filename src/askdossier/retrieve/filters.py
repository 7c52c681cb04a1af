"""Which documents a ``Filter`` lets through."""

from __future__ import annotations

from askdossier import text
from askdossier.core import Document, Filter, InvalidFilter
from askdossier.index import Index


def documents(index: Index, within: Filter) -> frozenset[str]:
    """The ids of the documents in which every field of ``within`` that is set holds.

    Raises InvalidFilter when there is none, or when a document is named that does not exist.
    """
    names = _named(index, within.documents) if within.documents else tuple(index.documents)
    kept = frozenset(name for name in names if _holds(index.header(name), within))
    if not kept:
        raise InvalidFilter(
            f"No document fits {described(within)}. askdossier docs lists the documents with their "
            "authors and dates."
        )
    return kept


def described(within: Filter) -> str:
    """The fields that are set, as they would be written in a question."""
    fields = (
        ("doc", ", ".join(sorted(within.documents))),
        ("author", within.author),
        ("publisher", within.publisher),
        ("after", within.after),
        ("before", within.before),
        ("language", within.language),
    )
    return " ".join(f"{name}:{value}" for name, value in fields if value)


def _named(index: Index, wanted: frozenset[str]) -> frozenset[str]:
    """Ids; what is not one is part of a path or title."""
    found: set[str] = set()
    for name in wanted:
        if (exact := text.normalise(name)) in index.documents:
            found.add(exact)
            continue
        part = text.fold(exact)
        matching = {
            other
            for other in index.documents
            if part in text.fold(other) or part in text.fold(index.header(other).title)
        }
        if not matching:
            raise InvalidFilter(
                f"No document is called {name}, by its path or its title. askdossier docs lists "
                "them."
            )
        found |= matching
    return frozenset(found)


def _holds(document: Document, within: Filter) -> bool:
    source = document.source
    return (
        text.fold(within.author) in text.fold(source.author or "")
        and text.fold(within.publisher) in text.fold(source.publisher or "")
        and (not within.language or document.language == within.language)
        and _dated(source.date or "", within)
    )


def _dated(date: str, within: Filter) -> bool:
    """ISO 8601 sorts as text; a year or month may be any of its days. Undated: only unfiltered."""
    if not date:
        return not (within.after or within.before)
    since, until = within.after, within.before
    return date[: len(since)] >= since[: len(date)] and (not until or date < until)
