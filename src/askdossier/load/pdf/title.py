"""What a document is called: by itself, by its largest line, or by its file's name."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from askdossier.core import Block
from askdossier.load.metadata import Metadata, iso_date, plain
from askdossier.text import fold

_NO_TITLE = re.compile(
    r"untitled.*|sans titre.*|sans nom.*|document\d*|pr[eé]sentation\d*|classeur\d*|"
    r"microsoft \w.*|print|impression|scan\w*|doc\d*|"
    r".*\.(?:docx?|odt|pdf|indd|tex|dvi|pptx?|xlsx?|qxd|pmd|rtf|txt)",
    re.IGNORECASE,
)
_MADE_UP = re.compile(r"(?:img|scan|doc|document|fichier|file|untitled|sans titre|copie)?[\W\d_]*")
_NO_HEADLINE = re.compile(
    r".*[:;,]|(?:madame|monsieur|mesdames|messieurs|cher|chère|dear)\b.*|entre les souss.*|"
    r"\W{0,5}(?:page|p\.)?\W{0,5}\d{1,6}\W{0,5}", re.IGNORECASE,
)  # fmt: skip
_LONGEST = 150
_NEAR_TOP = 8
"""Blocks among which a title is looked for."""


def facts(document: Any) -> dict[str, str]:
    """What the file says about itself, as far as it can be decoded."""
    found = {}
    for key in ("Title", "Author"):
        with suppress(UnicodeDecodeError):
            found[key] = str(document.get_metadata_value(key))
    return found


def metadata(information: Mapping[str, str], blocks: Sequence[Block], path: Path) -> Metadata:
    """Title and author; the file's own dates are left out, they tell when it was printed."""
    title = plain(information.get("Title"))
    if title is not None and (_NO_TITLE.fullmatch(title) or title == path.stem):
        title = None
    top = blocks[:_NEAR_TOP]
    largest = min((block.level for block in top if block.level), default=0)
    heading = next((block.text for block in top if block.level == largest and largest
                    and _is_headline(block.text)), None)  # fmt: skip
    if title is None or (heading and not any(fold(title) in fold(block.text) for block in top)):
        title = heading or title
    return Metadata(title=title or _other(top, path), author=plain(information.get("Author")))


def _other(top: Sequence[Block], path: Path) -> str | None:
    """The first line where it can be a title, else the file's name where it says something.

    None where neither does.
    """
    if top and len(top[0].text) <= _LONGEST and _is_headline(top[0].text):
        return None
    words = " ".join(re.split(r"[\s_-]+", path.stem)).strip()
    return words if len(re.findall(r"[^\W\d_]{3,}", words)) and not _MADE_UP.fullmatch(
        fold(words)) else None  # fmt: skip


def _is_headline(text: str) -> bool:
    """False for what begins a letter, a contract or a list, for a date, and for half a sentence."""
    dated = iso_date(text) is not None and len(re.findall(r"[^\W\d_]{3,}", text)) <= 3
    return not (
        _NO_HEADLINE.fullmatch(text)
        or text[:1].islower()
        or (dated and ", le " in text)
        or not any(c.isalpha() for c in text)
    )
