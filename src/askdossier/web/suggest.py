"""Questions to begin with, made of what the dossier itself is titled with."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from askdossier.core import Document

_MOST = 3
_LOOKED_AT = 12
"""Documents, spread evenly over the dossier."""
_LONGEST = 90
_FEWEST_WORDS = 4
"""A heading with fewer words leans on its text and cannot be asked alone."""


def suggestions(
    names: Sequence[str], documents: Mapping[str, Document], about: Callable[[str], str]
) -> tuple[str, ...]:
    """Up to three questions: headings that are questions, then ``about`` the titles."""
    step = max(1, len(names) // _LOOKED_AT)
    looked_at = [documents[name] for name in names[::step][:_LOOKED_AT] if name in documents]
    asked = dict.fromkeys(filter(None, map(_question, looked_at)))
    titles = [_line(document.title) for document in looked_at]
    made = (about(title) for title in titles if 3 <= len(title) <= _LONGEST)
    return tuple(dict.fromkeys([*asked, *made]))[:_MOST]


def _question(document: Document) -> str | None:
    """The first heading of a document that can be asked as it stands."""
    for heading in document.headings:
        line = _line(heading.span.of(document.text))
        words = re.findall(r"\w+", line)
        if line.endswith("?") and len(words) >= _FEWEST_WORDS and len(line) <= _LONGEST:
            return line
    return None


def _line(words: str) -> str:
    return " ".join(words.split())
