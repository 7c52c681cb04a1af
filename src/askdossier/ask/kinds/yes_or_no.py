"""Questions for yes or no: "le maire a-t-il démissionné ?".

What tells is quoted: small writers affirm whatever they are asked.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from askdossier import text
from askdossier.ask import followups, writing
from askdossier.ask.case import Case, Decision, Reading
from askdossier.ask.citable import Citable
from askdossier.ask.weighing import WEIGHED, Seen, unseen, weigh
from askdossier.lang.forms import Forms


def matches(question: str) -> bool:
    """Whether a message is a polar question, one for yes or no.

    Told by its verb, which comes before its subject. Not one that asks for more as well or instead
    ("à quelle heure part-il ?", "peut-on savoir qui…"), nor one that is unmarked ("il part ?").
    """
    # "où" is taken for "quand", which asks alike: folded, it would be "ou".
    asked = text.fold(_OU.sub("quand", followups.without_joined(question)))
    verb = _POLAR.search(asked)
    return (
        verb is not None
        and _OPEN.search(asked) is None
        and _OPEN_BEFORE.search(asked[: verb.start() + 1]) is None
        and _INDIRECT.search(asked) is None
    )


def answer(
    case: Case, readings: Sequence[Reading], citable: Citable, confidence: float
) -> Decision:
    """Quote what tells which."""
    if not readings[0].looked:
        return unseen(case, citable, readings[0], confidence)
    options: list[Seen] = []
    for one in readings:
        told = [item for item in one.evidence if not text.asks(item.quote)]
        seen = [item for item in one.looked if item in told][:WEIGHED]
        best = sorted(told, key=lambda item: -item.score)[:1]
        options += [(one.signals, item) for item in dict.fromkeys([*seen, *best])]
    return weigh(case, (), options, lambda item: writing.quoted(case, citable, item), confidence)


_OU = re.compile(r"\boù\b", re.IGNORECASE)
_POLAR = Forms(lambda known: known.questions.polar)
_OPEN = Forms(lambda known: known.questions.open)
_OPEN_BEFORE = Forms(lambda known: known.questions.open_before)
_INDIRECT = Forms(lambda known: known.questions.indirect)
