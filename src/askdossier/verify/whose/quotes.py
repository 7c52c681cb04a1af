"""Where a text quotes: between which characters, over sentences and paragraphs."""

from __future__ import annotations

import re

from askdossier import text
from askdossier.core import Span

_MARK = re.compile(rf"[{text.QUOTATION_MARKS}]|\n\s*\n")
_CLOSES = dict(zip(text.OPENING_MARKS, text.CLOSING_MARKS, strict=True))
_MOST = 3000
"""Characters of a quotation; one that goes on longer was not closed."""
_BACK = 4000
"""Characters before a place from which it is looked for."""


def quotations(body: str, span: Span) -> tuple[Span, ...]:
    """The outermost quotations that touch a span, with their marks.

    One that is not closed in its paragraph goes on into the next ones only if it is closed there
    before another opens.
    """
    start = body.rfind("\n\n", 0, max(0, span.start - _BACK)) + 1
    found = []
    at = start
    while (opening := _next_opening(body, at)) is not None and opening < span.end:
        closing = _closing(body, opening)
        if closing is None:
            at = opening + 1
            continue
        if closing >= span.start:
            found.append(Span(opening, closing + 1))
        at = closing + 1
    return tuple(one for one in found if one.overlaps(span))


def _next_opening(body: str, at: int) -> int | None:
    for mark in _MARK.finditer(body, at):
        if mark[0] in _CLOSES:
            return mark.start()
    return None


def _closing(body: str, opening: int) -> int | None:
    """Where a quotation ends that opens there, others within it passed over."""
    wanted, depth, breaks = _CLOSES[body[opening]], 1, 0
    straight = wanted == body[opening]
    for mark in _MARK.finditer(body, opening + 1, opening + _MOST):
        sign = mark[0]
        if sign.isspace():
            breaks += 1
            if straight:  # what opens and closes alike must close in its paragraph
                return None
        elif sign == wanted:
            depth -= 1
            if not depth:
                return mark.start()
        elif sign == body[opening]:
            if not breaks:
                depth += 1
            elif not _opens_paragraph(body, mark.start()):
                return None
    return None


def _opens_paragraph(body: str, at: int) -> bool:
    """Whether a mark repeats at a new paragraph what was opened before."""
    return body[:at].rstrip(" ")[-1:] in ("\n", "")
