"""What a browser's call carries: one object, read with care."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from askdossier.core import Span
from askdossier.web.texts import TEXTS, Interface, Texts

_LONGEST_SEARCH = 200
"""Characters of what is looked for; more are not looked at."""


def encodable(given: Any) -> Any:
    """What JSON gave, with all texts such as can be written down and sent back.

    A browser that cuts an emoji in two sends half a surrogate pair.
    """
    if isinstance(given, str):
        return given.encode("utf-8", "replace").decode()
    if isinstance(given, Mapping):
        return {encodable(key): encodable(value) for key, value in given.items()}
    return [encodable(one) for one in given] if isinstance(given, list) else given


def texts(wanted: Mapping[str, Any]) -> Texts:
    """The words of the interface in its ``language``."""
    known: Interface = "fr" if wanted.get("language") == "fr" else "en"
    return TEXTS[known]


def span(wanted: Mapping[str, Any]) -> Span | None:
    """``{start, end}``; None when that is no span."""
    start, end = int(wanted.get("start", 0)), int(wanted.get("end", 0))
    return Span(start, end) if 0 <= start <= end else None


def looked_for(wanted: Mapping[str, Any]) -> str:
    """What is looked for: ``{wanted}``."""
    return str(wanted.get("wanted") or "")[:_LONGEST_SEARCH]


def reason(error: Exception, texts: Texts) -> str:
    """Why something could not be done."""
    if isinstance(error, OSError):
        return error.strerror or type(error).__name__
    return texts.said(str(error))
