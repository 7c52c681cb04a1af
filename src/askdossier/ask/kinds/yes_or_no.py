"""Questions for yes or no: "le maire a-t-il démissionné ?".

What tells is quoted: small writers affirm whatever they are asked.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from askdossier import text
from askdossier.ask import policy, writing
from askdossier.ask.case import Case, Decision, Reading, each
from askdossier.ask.citable import Citable
from askdossier.ask.weighing import WEIGHED, Seen, weigh


def matches(question: str) -> bool:
    """Whether a message is a polar question, one for yes or no.

    Told by its verb, which comes before its subject. Not one that asks for more as well or instead
    ("à quelle heure part-il ?", "peut-on savoir qui…"), nor one that is unmarked ("il part ?").
    """
    # "où" is taken for "quand", which asks alike: folded, it would be "ou".
    asked = text.fold(_OU.sub("quand", _ABOUT.sub("", question)))
    verb = _INVERTED.search(asked) or (_AUXILIARY.search(asked) if "?" in asked else None)
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
        if confidence < policy.QUOTE_FROM:
            return Decision(confidence)
        return Decision(confidence, each(writing.quoted(case, citable, *readings[0].evidence)))
    options: list[Seen] = []
    for one in readings:
        told = [item for item in one.evidence if not text.asks(item.quote)]
        seen = [item for item in one.looked if item in told][:WEIGHED]
        best = sorted(told, key=lambda item: -item.score)[:1]
        options += [(one.signals, item) for item in dict.fromkeys([*seen, *best])]
    return weigh(case, (), options, lambda item: writing.quoted(case, citable, item), confidence)


_OU = re.compile(r"\boù\b", re.IGNORECASE)
_ABOUT = re.compile(r"\((?:à propos de :|about:).*\)\W*\Z", re.DOTALL)
"""What ``followups.joined`` adds."""
_INVERTED = re.compile(
    r"(?<!qu['\s-])\best[- ]ce qu(?:e\b(?! (?:tu|vous)\b)|')"
    r"|\w-(?:t-)?(?:ils?|elles?|on|je|ce(?! qu))\b(?!-)"
    r"|\b(?:t|est|sont|ont|fut|furent|sera|seront|peut|doit|faut|fait|font|vont|\w{2,}(?:ait|ent))"
    r" (?:ils?|elles?)\b"
    r"|\bt'(?:ils?|elles?)\b"
)
"""French: "est-ce que", or a subject behind its verb, also where the hyphens are left out."""
_AUXILIARY = re.compile(
    r"(?:\A\W*|, ?)(?:(?:and|but|so) )?"
    r"(?:(?:is|are|was|were|do|does|did|has|have|had|could|would|should)(?:n't)?"
    r"|am|can(?:'t|not)?|will|won't|shall|may|might|must) (?!you\b|of\b|\d)"
)
_OPEN = re.compile(
    r"\b(?:(?<!importe )quel(?:le)?s?\b(?! que\b| qu')|quoi\b|comment\b|pourquoi\b|combien\b"
    r"|what\b|which\b|whose\b|why\b|how\b)"
    r"|\b(?:qui|quand|who|when|where)\W*\Z"
    r"|\b(?:et|and) (?:\w+ )?(?:qui|qu'|que|quand|who|when|where)\b"
)
"""Words that ask for more than yes or no, wherever they stand."""
_OPEN_BEFORE = re.compile(
    r"(?:\A\W*(?:et |mais |alors |and |but )?"
    r"|\b(?:a|de|par|pour|avec|chez|contre|sur|depuis|jusqu'a) |\b(?:d|jusqu)')"
    r"(?:(?:qui|que|quand|ou|(?:le|la|les|du|des|au|aux)quel(?:le)?s?|who|whom|when|where)\b|qu')"
    r"(?!.*, \S+\Z)"
    r"|, (?:qu'|(?:qui|que|quand|who|when|where) )[^\s,]*(?: [^\s,]+){0,3}\Z"
)
"""Words before the verb that ask for more there; elsewhere they begin a clause of their own."""
_INDIRECT = re.compile(
    r"\b(?:dire|dit|savoir|sais|sait|savez|connait(?:re)?|explique[rz]?|precise[rz]?|indique[rz]?"
    r"|mentionne|donne[rz]?|rappele[rz]|say|said|tell|know|known|explain|mention|state|ask)"
    r"(?:-(?:t-)?(?:ils?|elles?|on))?(?: (?:me|us|exactement|exactly))?"
    r"(?: (?:a|de|en|depuis|pour|avec|dans|since|for))?"
    r" (?:qui|quand|ce qu[ie]|ce qu'|who|when|where)(?:\b|(?<='))"
    r"|\b(?:peut-on|pourrait-on|puis-je|pourrais-je|(?:can|could|may|might) i)"
    r" (?:avoir|connaitre|obtenir|savoir|have|get|ask|know)\b"
)
"""What is asked for in a question that only seems polar."""
