"""What a reply says: which option it chooses, and what stands behind a given beginning.

And the forms to which it may be held.
"""

from __future__ import annotations

import itertools
import json
import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

SHORT = 24
"""Tokens for a reply that is one of some options."""


# --- forms and options ----------------------------------------------------------------------------


def one_of(options: Sequence[str]) -> dict[str, Any]:
    """Give the JSON schema of a reply that is one of the options."""
    return _form({"type": "string", "enum": list(options)})


def numbers_to(last: int) -> dict[str, Any]:
    """Give the JSON schema of a reply that is numbers from 1 to the ``last``.

    That each stands there once, or that they are so many, not every server can be told.
    """
    return _form({"type": "array", "items": {"type": "integer", "enum": list(range(1, last + 1))}})


def _form(reply: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {"reply": reply},
        "required": ["reply"],
        "additionalProperties": False,
    }


def in_form(written: str) -> str | None:
    """Give what stands in the form of ``one_of``; None for anything else."""
    try:
        read: Any = json.loads(written)
    except ValueError:
        return None
    reply = read.get("reply") if isinstance(read, Mapping) else None
    return reply if isinstance(reply, str) else None


def chances(tokens: Iterable[tuple[str, float]]) -> dict[str, float]:
    """Probabilities of tokens from their logarithms; the same token twice counts twice."""
    found: dict[str, float] = {}
    for token, logarithm in itertools.islice(tokens, 100):
        found[token] = found.get(token, 0.0) + math.exp(min(0.0, logarithm))
    return found


def option_weights(likely: Mapping[str, float], options: Sequence[str]) -> list[float]:
    """Give the probability of each option, from those of the tokens that may begin it."""
    weights = [0.0] * len(options)
    for token, probability in likely.items():
        start = token.strip(" \t\n\"'*_▁Ġ").casefold()
        fits = [at for at, one in enumerate(options) if start and _begins(one.casefold(), start)]
        if len(fits) == 1:
            weights[fits[0]] += probability
    least = min(likely.values(), default=0.0)
    # What is not among the likeliest is at most as likely as the last of them.
    return [max(weight, least / 2) for weight in weights] if sum(weights) else weights


def _begins(option: str, start: str) -> bool:
    return option.startswith(start) or (
        start.startswith(option) and not start[len(option) :][:1].isalnum()
    )


def named(reply: str, options: Sequence[str]) -> int | None:
    """Give which option a reply begins with, or has in the form of ``one_of``; None for neither."""
    found = in_form(reply)
    folded = (reply if found is None else found).casefold()
    places = {
        at: match.start()
        for at, one in enumerate(options)
        if (match := re.search(rf"\b{re.escape(one.casefold())}\b", folded))
    }
    return min(places, key=lambda at: places[at]) if places else None


# --- beginnings -----------------------------------------------------------------------------------


def behind(prefix: str, pieces: Iterable[str]) -> Iterator[str]:
    """Pieces of a reply behind a beginning, and without its last space.

    Some writers say it again, or its last line.
    """
    beginnings = [words for part in (prefix, *prefix.splitlines()[-1:]) if (words := part.split())]
    rest = iter(pieces)
    begun = ""
    for piece in rest:
        begun += piece
        words = begun.split()
        if any(len(words) > len(one) == _shared(one, words) for one in beginnings) or not any(
            _may_begin(one, words) for one in beginnings
        ):
            break
    words = begun.split()
    again = next((len(one) for one in beginnings if _shared(one, words) == len(one)), 0)
    if again:
        begun = next(iter(begun.split(None, again)[again:]), "")
    elif prefix.endswith(" "):
        begun = begun.lstrip(" ")
    if begun:
        yield begun
    yield from rest


def _shared(one: Sequence[str], other: Sequence[str]) -> int:
    """How many words both begin with."""
    pairs = zip(one, other, strict=False)
    return next((at for at, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


def _may_begin(owed: Sequence[str], words: Sequence[str]) -> bool:
    """Whether words, the last of which need not be whole, may go on to be those owed."""
    same = _shared(owed, words)
    return same == len(words) or (
        same == len(words) - 1 and same < len(owed) and owed[same].startswith(words[same])
    )
