"""Words of the dossier as they stand there: quoted whole, or between marks within a sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from askdossier import text
from askdossier.core import Language, Span
from askdossier.verify.attribution import MOST_EXTRACTS
from askdossier.verify.records import Extract, Verdict
from askdossier.verify.whose import Speaker


def quoted(
    extract: Extract, language: Language, title: str = "", *, whose: Speaker | None = None
) -> tuple[str, Verdict]:
    """Give the words of an extract as a sentence of their own, in quotation marks.

    With the title of its document and its date, where it must be told from another, and behind the
    name of him ``whose`` words they are.
    """
    said = text.in_quotes(stripped(extract.quote), language)
    if whose:
        said = whose.named(said, extract.quote, language)
    if title:
        named = f"{title} ({extract.date})" if extract.date else title
        said = text.after_colon(named, said, language)
    return said, Verdict("quoted", (extract,), "", 1.0)


def stripped(quote: str) -> str:
    """A quote without the marks round it: of quotation, and of an item of a list."""
    bare = _ITEM.sub("", text.unquoted(quote))
    return text.unquoted(bare.removesuffix(" ;").rstrip(";"))


_ITEM = re.compile(r"\A[-–—•*◦▪]\s+")


def unbroken(candidates: Sequence[Extract], body: str) -> Extract:
    """Give the first candidate, with those after it up to the end of a quotation it begins.

    Words that somebody said are not cut off where a sentence of theirs ends. ``candidates`` are in
    reading order, ``body`` is the text of the first one's document. A quotation that does not close
    within ``MOST_EXTRACTS`` sentences is left as it is.
    """
    first = candidates[0]
    for last in candidates[:MOST_EXTRACTS]:
        if last.document != first.document or "\n\n" in body[first.span.start : last.span.end]:
            break
        span = Span(first.span.start, last.span.end)
        if not text.opens_quotation(span.of(body)):
            return replace(first, span=span, quote=span.of(body))
    return first


_QUOTED = re.compile(
    rf"[{text.OPENING_MARKS}]\s?([^{text.QUOTATION_MARKS}]+?)\s?[{text.CLOSING_MARKS}]"
)


def verbatim(sentence: str, candidates: Sequence[Extract]) -> str:
    """Keep quotation marks round words of the dossier alone, spelled as they stand there."""
    stretches = _stretches(candidates)

    def kept(match: re.Match[str]) -> str:
        wanted = " ".join(text.fold(match[1]).split()).rstrip(".,;")
        if re.search(r"\w", wanted):
            pattern = re.compile(rf"(?<!\w){re.escape(wanted)}(?!\w)")
            for said in stretches:
                found = pattern.search(text.fold(said))
                if found:
                    return match[0].replace(match[1], said[found.start() : found.end()])
        return match[1]

    return _QUOTED.sub(kept, sentence)


def _stretches(candidates: Sequence[Extract]) -> list[str]:
    """The words of candidates, of those that follow one another in a document together."""
    found: list[str] = []
    before: Extract | None = None
    for one in sorted(candidates, key=lambda each: (each.document, each.span.start)):
        follows = (
            before is not None
            and before.document == one.document
            and 0 <= one.span.start - before.span.end <= 1
        )
        if follows:
            found[-1] += f" {one.quote}"
        else:
            found.append(one.quote)
        before = one
    return found
