"""The figures of a sentence that measure what a topic names."""

from __future__ import annotations

import re
from collections.abc import Iterable

from askdossier import text
from askdossier.verify import facts
from askdossier.verify.facts import Figure
from askdossier.verify.facts.dates import CENTURY, DAY, MONTH, WEEKDAY

_OF_TIME = frozenset({DAY, MONTH, WEEKDAY, CENTURY})
_BESIDE = 4
"""Words before and behind a figure, up to the next, among which stands what it counts."""
_WORD = re.compile(r"[\w’'-]+")


def measures(sentence: str, topic: str) -> tuple[Figure, ...]:
    """Figures beside which a word of the topic stands, those before it first; no dates.

    Where a figure has a unit that the topic does not name, such as a share, a word anywhere in the
    sentence is enough.
    """
    dates = [moment.span for moment in facts.moments(sentence)]
    wanted = _stems([topic])
    figures = [
        figure
        for figure in facts.figures(sentence)
        if figure.unit not in _OF_TIME and not any(span.overlaps(figure.span) for span in dates)
    ]
    starts = [0, *(one.span.end for one in figures)]
    ends = [*(one.span.start for one in figures), len(sentence)]
    gaps = [_WORD.findall(sentence[s:e]) for s, e in zip(starts, ends, strict=True)]
    behind = [i for i in range(len(figures)) if wanted & _stems(gaps[i + 1][:_BESIDE])]
    ahead = [i for i in range(len(figures)) if wanted & _stems(gaps[i][-_BESIDE:])]
    counted = tuple(figures[i] for i in dict.fromkeys([*behind, *ahead]))
    if counted or not wanted & _stems([sentence]):
        return counted
    return tuple(figure for figure in figures if figure.unit)


def _stems(words: Iterable[str]) -> frozenset[str]:
    return text.stems(" ".join(words))
