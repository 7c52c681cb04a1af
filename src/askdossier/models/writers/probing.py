"""What a writer behind a server can do, found out by a few short requests."""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import closing
from dataclasses import replace

from askdossier.core import Profile, Stop
from askdossier.models.writers import thinking
from askdossier.models.writers.api import Api, Asked, Found, Piece
from askdossier.models.writers.replies import SHORT, in_form, one_of
from askdossier.models.writers.trouble import Refusal

_MOST_AT_ONCE = 16

_WORD = 8
"""Tokens for a reply of one word."""


def probed(api: Api, found: Found, stop: Stop) -> Profile:
    """Find out what a writer can do, by a few short requests. Raises WriterFailed."""
    known = Profile(
        found.name,
        found.sent_on_to or api.origin,
        leaves=bool(found.sent_on_to) or not api.here,
        context=found.context,
        parameters=found.parameters,
        at_once=max(1, min(found.at_once, _MOST_AT_ONCE)),
    )
    system = "You do exactly what you are asked, and nothing else."
    one_word = Asked(system, "Reply with one word: yes", _WORD, logprobs=True)
    try:
        pieces = _all(api, one_word, stop)
    except Refusal as refusal:
        raise api.failed(refusal) from refusal
    thinks = any(piece.thought for piece in pieces) or thinking.thinks(_text(pieces))
    counted = Asked(system, "Count from 1 to 9.", _WORD, beginning="1, 2, 3, 4,")
    options = ("yes", "no")
    asked = Asked(system, "Is water wet?", SHORT, form=one_of(options))
    return replace(
        known,
        thinks=thinks,
        logprobs=not thinks and any(piece.likely for piece in pieces),
        schema=not thinks and in_form(_tried(api, asked, stop)) in options,
        prefill=not thinks and _behind_four(_tried(api, counted, stop)),
    )


def _all(api: Api, asked: Asked, stop: Stop) -> list[Piece]:
    with closing(api.reply(asked, stop)) as reply:
        pieces = list(reply)
    if not any(piece.end for piece in pieces):
        raise api.broken_off()
    return pieces


def _text(pieces: Iterable[Piece]) -> str:
    return "".join(piece.text for piece in pieces)


def _tried(api: Api, asked: Asked, stop: Stop) -> str:
    """Give the reply; nothing where the server wants no such request."""
    try:
        return _text(_all(api, asked, stop))
    except Refusal:
        return ""


def _behind_four(reply: str) -> bool:
    return re.match(r"(?:\s*1, 2, 3, 4,)?\s*5\b", reply) is not None
