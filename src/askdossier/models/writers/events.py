"""Server-sent events, in which most servers of language models stream a reply."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from askdossier.models.writers.trouble import Refusal, Trouble

_FIELDS = ("data", "error", "event", "id", "retry", "")
"""What a line of server-sent events may begin with; with nothing, a comment."""


def read(lines: Iterable[str], trouble: Trouble) -> Iterator[str]:
    """Give what each event says; comments, which only keep the line open, are passed over.

    A line of JSON is what a server says that does not stream after all. Raises WriterFailed where
    nothing is understood.
    """
    understood = garbage = False
    for line in lines:
        name, _, data = line.partition(":")
        data = data.strip()
        understood = understood or name in ("data", "error")
        garbage = garbage or bool(line.strip() and name not in _FIELDS)
        if name in ("data", "error") and data:
            yield data
        elif name.lstrip().startswith("{"):
            understood = True
            yield line
    if garbage and not understood:
        raise trouble.unclear()


def refusal(error: Any) -> Refusal:
    """What a server says of an error in the middle of a stream."""
    if not isinstance(error, Mapping):
        return Refusal(500, str(error))
    code = error.get("code")
    status = code if isinstance(code, int) and code > 0 else 500
    words = " ".join(str(error[key]) for key in ("message", "type") if error.get(key))
    return Refusal(status, words or "?")
