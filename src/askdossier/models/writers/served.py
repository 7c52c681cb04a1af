"""A writer behind any server: what every one of them needs, over what an ``Api`` can do.

What a server lacks is replaced by something slower: without probabilities it is asked several
times, without a given beginning it is led there by the request. A prompt that does not fit into its
context loses the last of its parts, and that is told.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace

from askdossier.core import (
    THOUGHTS,
    USUAL_CONTEXT,
    Choice,
    EmptyReply,
    Profile,
    Prompt,
    Stop,
    WriterFailed,
)
from askdossier.models.writers import thinking
from askdossier.models.writers.api import Api, Asked, Piece
from askdossier.models.writers.fitting import Fitting
from askdossier.models.writers.replies import (
    SHORT,
    behind,
    named,
    numbers_to,
    one_of,
    option_weights,
)
from askdossier.models.writers.trouble import Refusal
from askdossier.models.writers.turns import Turns

_VOTES = 5
"""How often a writer is asked of which no probabilities can be had."""
_PRIOR = 0.1
"""Votes that each option has beforehand."""
_WARMTH = 0.8
"""Temperature at which it is asked, but for the first time."""
_TRUSTED = 0.05
"""Probability of the options together below which the reply begins otherwise."""


@dataclass(slots=True)
class _Seen:
    """What a reply was like."""

    cut: bool = False
    thoughts: bool = False


class ServedWriter:
    """A ``Writer`` behind a server. Safe to use from several threads.

    It knows no state and no attention, and is asked over and again for what those would tell.
    """

    def __init__(self, api: Api, profile: Profile) -> None:
        self.name = profile.name
        self.profile = profile
        self._api = api
        self._turns = Turns(profile.at_once)
        self._fitting = Fitting()

    @property
    def _aloud(self) -> bool:
        return self.profile.thinks

    def _is_aloud(self) -> None:
        """Take it from now on for one that thinks."""
        self.profile = replace(self.profile, thinks=True)

    def count_tokens(self, prompt: Prompt) -> int:
        """Reckon the tokens of a prompt, rather too many than too few."""
        return self._fitting.count(prompt)

    def choose(
        self, prompt: Prompt, options: Sequence[str], stop: Stop, *, prefix: str = ""
    ) -> Choice:
        """Weigh the options: see ``core.Writer``. Raises WriterFailed."""
        del prefix  # it is read when the reply is written
        even = Choice((1 / len(options),) * len(options))
        for fitted, unread in self._fitting.shortened(prompt, self._room(SHORT)):
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
        for fitted, _ in self._fitting.shortened(prompt, self._room(max_tokens)):
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

    def numbers(self, prompt: Prompt, stop: Stop, *, max_tokens: int) -> tuple[str, int]:
        """Give the numbers of some parts of a prompt: see ``core.Numbering``. Raises WriterFailed.

        It cannot name a part that has no room.
        """
        for fitted, unread in self._fitting.shortened(prompt, self._room(max_tokens)):
            form = numbers_to(len(fitted.parts)) if self.profile.schema else None
            most = self.profile.tokens(max_tokens)
            try:
                asked = Asked(fitted.system, fitted.user, most, form=form)
                return self._held(asked, stop), unread
            except Refusal as refusal:
                self._too_long(refusal)
        raise self._no_room()

    # --- what fits --------------------------------------------------------------------------------

    def _room(self, reply: int) -> int:
        """Tokens that a prompt may have."""
        room = self.profile.room(reply)
        return USUAL_CONTEXT - self.profile.tokens(reply) if room is None else room

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
                self.profile.tokens(SHORT),
                form=one_of(options) if self.profile.schema else None,
                temperature=_WARMTH if number else 0.0,
                seed=number,
            )
            reply = self._whole(asked, stop)
            if stop.is_set():
                return None
            chosen = named(reply, options)
            if chosen is not None:
                votes[chosen] += 1
        return votes

    def _held(self, asked: Asked, stop: Stop) -> str:
        """A whole reply in its form, or else where the server takes no such form.

        Raises Refusal, WriterFailed.
        """
        try:
            return self._whole(asked, stop)
        except Refusal as refusal:
            if asked.form is None or refusal.too_long:
                raise
        return self._whole(replace(asked, form=None), stop)

    def _whole(self, asked: Asked, stop: Stop) -> str:
        """A reply without its thoughts. Raises Refusal, WriterFailed."""
        with closing(self._pieces(asked, stop)) as pieces:
            return thinking.said("".join(piece.text for piece in pieces))

    # --- writing ----------------------------------------------------------------------------------

    def _continued(self, prompt: Prompt, prefix: str, most: int) -> Asked:
        most = self.profile.tokens(most)
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
                    for text in behind(prefix, clean):
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
                asked = replace(asked, most=asked.most + THOUGHTS)
            elif seen.cut and self._aloud:
                raise WriterFailed(
                    f"{self.name} has spent its whole reply on thinking. Turn its thinking off "
                    "where its server is set up, or name another writer in the settings."
                )
        raise EmptyReply(
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
