"""Footnotes of Markdown: what is defined at the end belongs behind what names it."""

from __future__ import annotations

import re
from collections.abc import Iterator

_DEFINED = re.compile(r" {0,3}\[\^(?P<name>[^\]\s]{1,40})\]:[ \t]*(?P<text>.*)")
_NAMED = re.compile(r"\[\^([^\]\s]{1,40})\](?!:)")
_FENCE = re.compile(r" {0,3}(?:```|~~~)")
_SET_IN = re.compile(r"(?: {2,4}|\t)(?=\S)")


def taken_out(text: str) -> tuple[str, dict[str, str]]:
    """A text without its footnotes, and these by their names, each as Markdown of its own.

    A note goes on with the lines right below it, and with paragraphs that are set in.
    """
    body: list[str] = []
    notes: dict[str, list[str]] = {}
    note: list[str] | None = None
    blank = fenced = False
    for line in text.split("\n"):
        found = None if fenced else _DEFINED.match(line)
        if found and found["name"] not in notes:
            note = notes[found["name"]] = [found["text"]]
        elif note is not None and not line.strip():
            blank = True
            continue
        elif note is not None and (not blank or _SET_IN.match(line)):
            note += ["", line.lstrip()] if blank else [line.lstrip()]
        else:
            if note is not None:
                body.append("")
                note = None
            fenced ^= _FENCE.match(line) is not None
            body.append(line)
        blank = False
    return "\n".join(body), {name: "\n".join(lines) for name, lines in notes.items()}


def named(text: str) -> Iterator[str]:
    """The names of the notes that a piece of text points at, in their order."""
    return (found[1] for found in _NAMED.finditer(text))
