"""Prompts that fit into the context of a server whose tokens nobody can count."""

from __future__ import annotations

import math
import re
import threading
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from askdossier.core import Prompt, Span

_LATIN, _SPARE = 2.6, 64
"""Characters of a token, in letters that all tokenizers know well; tokens of a chat template."""
_MARKERS = re.compile(
    r"<\|[^|<>\s]{1,40}\|>|</?s>|<(?:start|end)_of_turn>|<(?:bos|eos)>|\[/?(?:INST|THINK)\]"
    r"|</?think(?:ing)?>|<<?/?SYS>>?",
    re.IGNORECASE,
)
"""What chat templates are made of: servers read it as such wherever it stands."""


class Fitting:
    """Reckons how long prompts are, and learns it from what a server refuses.

    Safe to use from several threads.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._dense = 1.0
        """By how much a token is shorter than was thought."""

    def count(self, prompt: Prompt) -> int:
        """Reckon the tokens of a prompt, rather too many than too few."""
        return math.ceil(_SPARE + self._dense * (_reckoned(prompt.system) + _reckoned(prompt.user)))

    def shortened(self, prompt: Prompt, room: int) -> Iterator[tuple[Prompt, int]]:
        """Give the prompt with as many of its parts as may fit, and then with half of them.

        With each, how many of its last parts are left out.
        """
        prompt = replace(prompt, system=defused(prompt.system), **defused_user(prompt))
        parts = sorted(prompt.parts, key=lambda part: part.start)
        kept = len(parts)
        while kept > 1 and self.count(_shortened(prompt, parts, kept)) > room:
            kept -= 1
        while True:
            yield _shortened(prompt, parts, kept), len(parts) - kept
            if kept <= 1:
                return
            with self._lock:
                self._dense *= 1.25
            kept //= 2


def _reckoned(text: str) -> float:
    """Tokens of a text, about: letters of other scripts count as one each."""
    foreign = sum(character > "\u024f" and character.isalpha() for character in text)
    return foreign + (len(text) - foreign) / _LATIN


def _shortened(prompt: Prompt, parts: Sequence[Span], kept: int) -> Prompt:
    """The prompt without what stands from behind the first ``kept`` parts to behind the last."""
    if kept == len(parts):
        return prompt
    user = prompt.user[: parts[kept - 1].end] + prompt.user[parts[-1].end :]
    return replace(prompt, user=user, parts=tuple(parts[:kept]))


def defused(text: str) -> str:
    """Break up control tokens such as ``<|im_end|>`` that a document happens to spell."""
    return _MARKERS.sub(lambda mark: f"{mark[0][0]} {mark[0][1:]}", text)


def defused_user(prompt: Prompt) -> dict[str, Any]:
    """The same of a request, whose parts move with it."""
    starts = [mark.start() for mark in _MARKERS.finditer(prompt.user)]
    if not starts:
        return {}

    def moved(offset: int) -> int:
        return offset + sum(start < offset for start in starts)

    parts = tuple(Span(moved(part.start), moved(part.end)) for part in prompt.parts)
    return {"user": defused(prompt.user), "parts": parts}
