"""Ask the writer for the numbers of the sentences that an answer needs, and read its reply.

That is how pieces are chosen with a writer into which nobody can look: one reply for all of them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from askdossier import text
from askdossier.ask import prompts
from askdossier.ask.case import Case
from askdossier.core import Evidence, Numbering, Prompt
from askdossier.lang.forms import Forms

_ASKED = 2
"""Times that the writer is asked, the last time for nothing but numbers."""
_MOST_WORDS = 8
"""Words beside the numbers, above which a reply says something else: "Les phrases 2, 5 et 7"."""
_NUMBER = re.compile(r"(?<!\d)(\d{1,4})(?!\d)(?: ?[-–—] ?(\d{1,4})(?!\d))?")
"""A number, or the first and the last of some: "3-5"."""
_WORD = re.compile(r"[^\W\d_]+")
_EMPTY = re.compile(r"\[\s*\]|\A\W*0\W*\Z")
_NONE = Forms(lambda known: known.replies.none)


@dataclass(frozen=True, slots=True)
class Needed:
    """What a writer says of the sentences that an answer needs."""

    sentences: tuple[Evidence, ...] | None
    """These, in the order in which they were found; None where it gives no numbers."""
    unread: int
    """The last of those found that it was not given: see ``core.Choice``."""


def numbered(case: Case, found: Sequence[Evidence]) -> Needed:
    """Ask which of the sentences ``found`` the answer needs."""
    unread = 0
    for time in range(_ASKED):
        again = time > 0
        request = prompts.numbering(case.query.text, found, case.language, again=again)
        reply, unread = _reply(case, request)
        chosen = read(reply, len(found) - unread)
        if chosen is not None or case.stopped():
            return Needed(tuple(found[number - 1] for number in sorted(chosen or ())), unread)
    return Needed(None, unread)


def _reply(case: Case, request: Prompt) -> tuple[str, int]:
    writer, stop = case.tools.writer(), case.task.stop
    most = _tokens(len(request.parts))
    if isinstance(writer, Numbering):
        return writer.numbers(request, stop, max_tokens=most)
    return "".join(writer.stream(request, stop, max_tokens=most)), 0


def _tokens(count: int) -> int:
    """Room for all numbers: each has up to two digits, a comma and a space."""
    return 24 + 4 * count


def read(reply: str, count: int) -> frozenset[int] | None:
    """Which numbers from 1 to ``count`` a reply gives; None where it is something else.

    Held to a form or not. What it says with many words is not read: their numbers may count
    anything.
    """
    if len(_WORD.findall(reply)) > _MOST_WORDS:
        return None
    given: set[int] = set()
    for first, last in _NUMBER.findall(reply):
        given.update(range(int(first), int(last or first) + 1))
    if _EMPTY.search(reply) or _NONE.match(text.fold(reply)):  # "none of the 12 sentences"
        return frozenset()
    return frozenset(number for number in given if 1 <= number <= count) or None
