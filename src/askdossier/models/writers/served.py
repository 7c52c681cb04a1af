"""A writer behind any server: what every one of them needs, over what an ``Api`` can do.

What a server lacks is replaced by something slower: without probabilities it is asked several
times, without a given beginning it is led there by the request. A prompt that does not fit into its
context loses the last of its parts, and that is told.
"""

from __future__ import annotations

import itertools
import json
import math
import re
import threading
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from askdossier.core import USUAL_CONTEXT, Choice, Profile, Prompt, Span, Stop, WriterFailed
from askdossier.models.writers import thinking
from askdossier.models.writers.connection import Refusal
from askdossier.models.writers.turns import Turns

MOST_AT_ONCE = 16

_VOTES = 5
"""How often a writer is asked of which no probabilities can be had."""
_PRIOR = 0.1
"""Votes that each option has beforehand."""
_WARMTH = 0.8
"""Temperature at which it is asked, but for the first time."""
_WORD, _SHORT = 8, 24
"""Tokens for a reply of one word, and of one in a form."""
_THOUGHTS = 2048
"""Tokens that a writer gets besides where it cannot be told not to think."""
_TRUSTED = 0.05
"""Probability of the options together below which the reply begins otherwise."""
_LATIN, _SPARE = 2.6, 64
"""Characters of a token, in letters that all tokenizers know well; tokens of a chat template."""
_MARKERS = re.compile(
    r"<\|[^|<>\s]{1,40}\|>|</?s>|<(?:start|end)_of_turn>|<(?:bos|eos)>|\[/?(?:INST|THINK)\]"
    r"|</?think(?:ing)?>|<<?/?SYS>>?",
    re.IGNORECASE,
)
"""What chat templates are made of: servers read it as such wherever it stands."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One request."""

    system: str
    user: str
    most: int
    """Tokens of the reply."""
    beginning: str = ""
    """Of the reply, with which the writer is to go on."""
    logprobs: bool = False
    options: Sequence[str] = ()
    """Where there are any, the reply is held to the form ``{"reply": OPTION}``."""
    temperature: float = 0.0
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Piece:
    """Some of a reply."""

    text: str = ""
    thought: bool = False
    """Whether it thinks, where the server keeps that apart; the thoughts are left out."""
    likely: Mapping[str, float] = field(default_factory=dict)
    """Probabilities of tokens in its place."""
    end: str = ""
    """Why the reply ends with it: ``length`` where it was cut; else any word."""
    read: int = 0
    """Tokens of the prompt, where the server tells."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a server says of itself, without being asked to write."""

    name: str
    context: int | None = None
    at_once: int = 1
    sent_on_to: str = ""
    """The origin of another server that really writes; empty where this one does."""


@dataclass(slots=True)
class _Seen:
    """What a reply was like."""

    cut: bool = False
    thoughts: bool = False


class Api(Protocol):
    """How one kind of server is asked."""

    origin: str
    here: bool

    def look(self, stop: Stop) -> Found:
        """See which model there is. Raises WriterFailed."""
        ...

    def reply(self, asked: Asked, stop: Stop) -> Generator[Piece]:
        """Pieces of the reply, the last with ``end``. Raises Refusal, WriterFailed."""
        ...

    def failed(self, refusal: Refusal) -> WriterFailed:
        """Put a refusal into words."""
        ...

    def broken_off(self) -> WriterFailed:
        """What to say of a reply that has no end."""
        ...


class ServedWriter:
    """A ``Writer`` behind a server. Safe to use from several threads.

    It knows no state and no attention, and is asked over and again for what those would tell.
    """

    def __init__(self, api: Api, profile: Profile) -> None:
        self.name = profile.name
        self.profile = profile
        self._api = api
        self._turns = Turns(profile.at_once)
        self._lock = threading.Lock()
        self._dense = 1.0
        """By how much a token is shorter than was thought."""

    @property
    def _aloud(self) -> bool:
        return self.profile.thinks

    def _is_aloud(self) -> None:
        """Take it from now on for one that thinks."""
        self.profile = replace(self.profile, thinks=True)

    def count_tokens(self, prompt: Prompt) -> int:
        """Reckon the tokens of a prompt, rather too many than too few."""
        return math.ceil(_SPARE + self._dense * (_reckoned(prompt.system) + _reckoned(prompt.user)))

    def choose(
        self, prompt: Prompt, options: Sequence[str], stop: Stop, *, prefix: str = ""
    ) -> Choice:
        """Weigh the options: see ``core.Writer``. Raises WriterFailed."""
        del prefix  # it is read when the reply is written
        even = Choice((1 / len(options),) * len(options))
        for fitted, unread in self._fitting(prompt, self._room(_SHORT)):
            try:
                weights = self._weights(fitted, options, stop)
            except Refusal as refusal:
                self._too_long(refusal)
            else:
                if weights is None:
                    return even
                total = sum(weights)
                return Choice(tuple(weight / total for weight in weights), unread=unread)
        raise self._no_room()

    def stream(
        self, prompt: Prompt, stop: Stop, *, prefix: str = "", max_tokens: int = 160
    ) -> Generator[str]:
        """Yield pieces of the reply: see ``core.Writer``. Raises WriterFailed."""
        for fitted, _ in self._fitting(prompt, self._room(max_tokens)):
            asked, begun = self._continued(fitted, prefix, max_tokens), False
            try:
                for piece in self._written(asked, prefix, stop):
                    begun = True
                    yield piece
            except Refusal as refusal:
                if begun:  # nobody can take back what was said
                    raise self._api.failed(refusal) from refusal
                self._too_long(refusal)
            else:
                return
        raise self._no_room()

    # --- what fits --------------------------------------------------------------------------------

    def _room(self, reply: int) -> int:
        """Tokens that a prompt may have."""
        return (self.profile.context or USUAL_CONTEXT) - self._thoughts(reply)

    def _thoughts(self, reply: int) -> int:
        """Tokens of a reply with all that comes before it."""
        return reply + (_THOUGHTS if self._aloud else 0)

    def _fitting(self, prompt: Prompt, room: int) -> Iterator[tuple[Prompt, int]]:
        """Give the prompt with as many of its parts as may fit, and then with half of them.

        With each, how many of its last parts are left out.
        """
        prompt = replace(prompt, system=_defused(prompt.system), **_defused_user(prompt))
        parts = sorted(prompt.parts, key=lambda part: part.start)
        kept = len(parts)
        while kept > 1 and self.count_tokens(_shortened(prompt, parts, kept)) > room:
            kept -= 1
        while True:
            yield _shortened(prompt, parts, kept), len(parts) - kept
            if kept <= 1:
                return
            with self._lock:
                self._dense *= 1.25
            kept //= 2

    def _too_long(self, refusal: Refusal) -> None:
        """Raise what a refusal means, unless a shorter prompt may do."""
        if not refusal.too_long:
            raise self._api.failed(refusal) from refusal

    def _no_room(self) -> WriterFailed:
        return WriterFailed(
            f"The context of {self.name} is too short to read even one sentence of the documents. "
            f"Give it a longer one where the server at {self.profile.server} is set up (4096 "
            "tokens do), or name another writer in the settings."
        )

    # --- choosing ---------------------------------------------------------------------------------

    def _weights(self, prompt: Prompt, options: Sequence[str], stop: Stop) -> list[float] | None:
        """Give how probable each option is, not yet adding up to 1; None when stopped."""
        if self.profile.logprobs and not self._aloud:
            first = Asked(prompt.system, prompt.user, 1, logprobs=True)
            with closing(self._pieces(first, stop)) as pieces:
                told = [piece.likely for piece in pieces if piece.likely]  # to the end: see `read`
            if stop.is_set():
                return None
            weights = option_weights(told[0] if told else {}, options)
            if sum(weights) >= _TRUSTED:
                return weights
        return self._votes(prompt, options, stop)

    def _votes(self, prompt: Prompt, options: Sequence[str], stop: Stop) -> list[float] | None:
        """Ask several times, and count; nothing is quite impossible."""
        votes = [_PRIOR] * len(options)
        for number in range(_VOTES):
            asked = Asked(
                prompt.system,
                prompt.user,
                self._thoughts(_SHORT),
                options=options if self.profile.schema else (),
                temperature=_WARMTH if number else 0.0,
                seed=number,
            )
            with closing(self._pieces(asked, stop)) as pieces:
                reply = thinking.said("".join(piece.text for piece in pieces))
            if stop.is_set():
                return None
            chosen = named(reply, options)
            if chosen is not None:
                votes[chosen] += 1
        return votes

    # --- writing ----------------------------------------------------------------------------------

    def _continued(self, prompt: Prompt, prefix: str, most: int) -> Asked:
        most = self._thoughts(most)
        beginning = prefix.rstrip(" ")
        if not prefix or (self.profile.prefill and not self._aloud):
            return Asked(prompt.system, prompt.user, most, beginning)
        return Asked(prompt.system, f"{prompt.user}\n\n{beginning}", most)

    def _written(self, asked: Asked, prefix: str, stop: Stop) -> Generator[str]:
        """Pieces of a reply, without thoughts and a beginning said again; an empty one is retried.

        Raises Refusal, WriterFailed.
        """
        for _ in range(2):
            seen, told = _Seen(), False
            with closing(self._texts(asked, seen, stop)) as whole:
                clean = thinking.held(whole) if self._aloud else thinking.live(whole)
                try:
                    for text in _behind(prefix, clean):
                        told = told or bool(text.strip())
                        yield text
                except thinking.ThinksAloud as error:
                    self._is_aloud()
                    raise WriterFailed(
                        f"{self.name} thinks aloud though it was told not to. Ask again: from now "
                        "on its replies are read once they are whole."
                    ) from error
            if told or stop.is_set():
                return
            if seen.thoughts and not self._aloud:  # it had no room for more than that
                self._is_aloud()
                asked = replace(asked, most=asked.most + _THOUGHTS)
            elif seen.cut and self._aloud:
                raise WriterFailed(
                    f"{self.name} has spent its whole reply on thinking. Turn its thinking off "
                    "where its server is set up, or name another writer in the settings."
                )
        raise WriterFailed(
            f"{self.name} gave an empty reply, twice. Ask again, or name another writer in the "
            "settings."
        )

    def _texts(self, asked: Asked, seen: _Seen, stop: Stop) -> Generator[str]:
        """The texts of the pieces of a reply, and what else was ``seen`` of it."""
        with closing(self._pieces(asked, stop)) as pieces:
            for piece in pieces:
                seen.cut = seen.cut or piece.end == "length"
                seen.thoughts = seen.thoughts or piece.thought
                if piece.text:
                    yield piece.text

    def _pieces(self, asked: Asked, stop: Stop) -> Generator[Piece]:
        """Pieces of a reply, in turn with others. Raises Refusal; WriterFailed if it breaks off."""
        with self._turns.mine(stop) as mine:
            if not mine:
                return
            ended = False
            with closing(self._api.reply(asked, stop)) as pieces:
                for piece in pieces:
                    ended = ended or bool(piece.end)
                    context = self.profile.context
                    if context and piece.read >= context:  # cut without a word
                        raise Refusal(400, "the prompt exceeds the context")
                    yield piece
            if not ended and not stop.is_set():
                raise self._api.broken_off()


# --- what it can do -------------------------------------------------------------------------------


def probed(api: Api, found: Found, stop: Stop) -> Profile:
    """Find out what a writer can do, by a few short requests. Raises WriterFailed."""
    known = Profile(
        found.name,
        found.sent_on_to or api.origin,
        leaves=bool(found.sent_on_to) or not api.here,
        context=found.context,
        at_once=max(1, min(found.at_once, MOST_AT_ONCE)),
    )
    system = "You do exactly what you are asked, and nothing else."
    one_word = Asked(system, "Reply with one word: yes", _WORD, logprobs=True)
    try:
        pieces = _all(api, one_word, stop)
    except Refusal as refusal:
        raise api.failed(refusal) from refusal
    thinks = any(piece.thought for piece in pieces) or thinking.thinks(_text(pieces))
    counted = Asked(system, "Count from 1 to 9.", _WORD, beginning="1, 2, 3, 4,")
    asked = Asked(system, "Is water wet?", _SHORT, options=("yes", "no"))
    return replace(
        known,
        thinks=thinks,
        logprobs=not thinks and any(piece.likely for piece in pieces),
        schema=not thinks and _reply_of(_tried(api, asked, stop)) in asked.options,
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


def _reply_of(written: str) -> str | None:
    """Give what stands in the form of ``form``; None for anything else."""
    try:
        read: Any = json.loads(written)
    except ValueError:
        return None
    reply = read.get("reply") if isinstance(read, Mapping) else None
    return reply if isinstance(reply, str) else None


def form(options: Sequence[str]) -> dict[str, Any]:
    """Give the JSON schema of a reply that is one of the options."""
    return {
        "type": "object",
        "properties": {"reply": {"type": "string", "enum": list(options)}},
        "required": ["reply"],
        "additionalProperties": False,
    }


# --- reading replies ------------------------------------------------------------------------------


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
    """Give which option a reply begins with, or has in the form of ``form``; None for neither."""
    found = _reply_of(reply)
    folded = (reply if found is None else found).casefold()
    places = {
        at: match.start()
        for at, one in enumerate(options)
        if (match := re.search(rf"\b{re.escape(one.casefold())}\b", folded))
    }
    return min(places, key=lambda at: places[at]) if places else None


def _behind(prefix: str, pieces: Iterable[str]) -> Iterator[str]:
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


# --- prompts --------------------------------------------------------------------------------------


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


def _defused(text: str) -> str:
    """Break up control tokens such as ``<|im_end|>`` that a document happens to spell."""
    return _MARKERS.sub(lambda mark: f"{mark[0][0]} {mark[0][1:]}", text)


def _defused_user(prompt: Prompt) -> dict[str, Any]:
    """The same of a request, whose parts move with it."""
    starts = [mark.start() for mark in _MARKERS.finditer(prompt.user)]
    if not starts:
        return {}

    def moved(offset: int) -> int:
        return offset + sum(start < offset for start in starts)

    parts = tuple(Span(moved(part.start), moved(part.end)) for part in prompt.parts)
    return {"user": _defused(prompt.user), "parts": parts}


def chances(tokens: Iterable[tuple[str, float]]) -> dict[str, float]:
    """Probabilities of tokens from their logarithms; the same token twice counts twice."""
    found: dict[str, float] = {}
    for token, logarithm in itertools.islice(tokens, 100):
        found[token] = found.get(token, 0.0) + math.exp(min(0.0, logarithm))
    return found
