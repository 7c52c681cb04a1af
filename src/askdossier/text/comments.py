"""Where readers' comments stand: below a heading that says so."""

from __future__ import annotations

from askdossier.lang.forms import Forms
from askdossier.text.normal import fold

_LONGEST = 80
_LABEL = Forms(lambda known: known.speech.comments)


def heads_comments(heading: str) -> bool:
    """Whether a heading is the label above readers' comments."""
    key = " ".join(fold(heading[:_LONGEST]).split())
    return len(heading) < _LONGEST and _LABEL.fullmatch(key) is not None
