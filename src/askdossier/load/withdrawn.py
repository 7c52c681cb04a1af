"""What an author took back or only remarked: told beside the text of a document, never in it."""

from __future__ import annotations

from askdossier.core import Removal
from askdossier.text import normalise

STRUCK = "struck through"
DELETED = "deleted (tracked change)"
MOVED = "moved elsewhere (tracked change)"
HIDDEN = "hidden"
PROMPT = "empty form field"
COMMENT = "comment"
CONTENTS = "table of contents"
NOT_READ = "not read"
UNCALCULATED = "formula without a result"


class Withdrawn:
    """Collects what is left out of a document; neighbours with the same reason make one piece."""

    def __init__(self) -> None:
        self._found: list[tuple[str, str]] = []

    def add(self, text: str, reason: str, *, goes_on: bool = False) -> None:
        """Note a piece; ``goes_on`` joins it to the one before when the reason is the same."""
        if goes_on and self._found and self._found[-1][1] == reason:
            self._found[-1] = (self._found[-1][0] + text, reason)
        else:
            self._found.append((text, reason))

    @property
    def removals(self) -> tuple[Removal, ...]:
        """What was noted and shows something, each as one line."""
        lines = ((" ".join(normalise(text).split()), reason) for text, reason in self._found)
        return tuple(Removal(text, reason) for text, reason in lines if text)
