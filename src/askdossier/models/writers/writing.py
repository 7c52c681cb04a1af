"""A causal language model as a ``Writer``: chat template, tokens in, text out.

Knows nothing about evidence or citations. What computes is a ``Runtime`` (``causal``).
"""

from __future__ import annotations

import threading
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from typing import Protocol

import numpy as np
from jinja2 import TemplateError
from numpy.typing import NDArray
from transformers import PreTrainedTokenizerBase

from askdossier.core import Choice, Profile, Prompt, Stop


class Runtime(Protocol):
    """Computes with token ids. Called from one thread at a time."""

    def first_scores(
        self, prompt: Sequence[int], prefix: Sequence[int], stop: Stop
    ) -> NDArray[np.float32] | None:
        """Logits of the token after the prompt, or None when stopped before they are known.

        Prompt and prefix are read together, and the reading is kept, for a ``generate`` of the same
        above all.
        """
        ...

    def state(self) -> NDArray[np.float32] | None:
        """Hidden state behind what was read last: see ``core.Choice``."""
        ...

    def attention(self) -> NDArray[np.float32] | None:
        """Attention from the last token that was read to all, ``(layers, heads, tokens)``.

        None where it cannot be looked at.
        """
        ...

    def generate(
        self, prompt: Sequence[int], prefix: Sequence[int], max_tokens: int, stop: Stop
    ) -> Iterator[int]:
        """Ids of the most probable continuation of prompt and prefix, without the end token."""
        ...


class LocalWriter:
    """A ``Writer`` in this process; calls from several threads take turns.

    An iterator from ``stream`` has its turn until it ends or is closed.
    """

    def __init__(
        self,
        tokenizer: PreTrainedTokenizerBase,
        runtime: Runtime,
        name: str,
        parameters: int | None = None,
    ) -> None:
        self.name = name
        self.profile = Profile(name, parameters=parameters)
        self._tokenizer = tokenizer
        self._runtime = runtime
        self._turn = threading.Lock()
        self._markers = [text for text in tokenizer.get_added_vocab() if len(text) > 1]

    def count_tokens(self, prompt: Prompt) -> int:
        """Count the tokens of the prompt inside the chat template."""
        return len(self._prompt_ids(prompt))

    def choose(
        self, prompt: Prompt, options: Sequence[str], stop: Stop, *, prefix: str = ""
    ) -> Choice:
        """Weigh the options: see ``examine``."""
        return Choice(self.examine(prompt, options, stop, prefix=prefix).probabilities)

    def examine(
        self, prompt: Prompt, options: Sequence[str], stop: Stop, *, prefix: str = ""
    ) -> Choice:
        """Weigh the options by their first tokens: see ``core.Probe``.

        All are equally probable when ``stop`` is set before the prompt has been read.
        Raises ValueError when two options begin with the same token.
        """
        first = [self._ids(option)[0] for option in options]
        if len(set(first)) != len(first):
            raise ValueError(f"options that begin with the same token: {', '.join(options)}")
        scores = state = attention = None
        with self._my_turn(stop) as mine:
            if mine:
                ids = self._prompt_ids(prompt)
                scores = self._runtime.first_scores(ids, self._prefix_ids(prefix), stop)
                state = self._runtime.state()
                attention = self._runtime.attention() if prompt.parts else None
        if scores is None:
            return Choice((1 / len(first),) * len(first))
        weights = np.exp(scores[first] - scores[first].max(), dtype=np.float64)
        probabilities = tuple(float(weight) for weight in weights / weights.sum())
        if attention is not None:
            attention = self._by_part(prompt, attention)
        return Choice(probabilities, state, attention)

    def stream(
        self, prompt: Prompt, stop: Stop, *, prefix: str = "", max_tokens: int = 160
    ) -> Generator[str]:
        """Yield pieces of the reply after ``prefix``: see ``core.Writer``."""
        with self._my_turn(stop) as mine:
            if not mine:
                return
            ids = self._prefix_ids(prefix)
            tokens = self._runtime.generate(self._prompt_ids(prompt), ids, max_tokens, stop)
            owed = prefix[len(prefix.rstrip(" ")) :]
            for piece in _decoded(self._tokenizer, ids, tokens):
                new = piece
                if owed:
                    new, owed = piece.removeprefix(owed), ""
                if stop.is_set():
                    return
                if new:
                    yield new

    @contextmanager
    def _my_turn(self, stop: Stop) -> Iterator[bool]:
        """Wait for the turn; False when stopped meanwhile."""
        while not (mine := self._turn.acquire(timeout=0.05)):
            if stop.is_set():
                break
        try:
            yield mine and not stop.is_set()
        finally:
            if mine:
                self._turn.release()

    def _ids(self, text: str) -> list[int]:
        ids: list[int] = self._tokenizer(text, add_special_tokens=False, verbose=False)["input_ids"]
        return ids

    def _prefix_ids(self, prefix: str) -> list[int]:
        """Without the last space: it belongs to the token after it, which the model writes."""
        return self._ids(prefix.rstrip(" "))

    def _prompt_ids(self, prompt: Prompt) -> list[int]:
        return self._ids(self._prompt_text(prompt))

    def _prompt_text(self, prompt: Prompt) -> str:
        system, user = (self._defused(text) for text in (prompt.system, prompt.user))
        if self._tokenizer.chat_template is None:
            return f"{system}\n\n{user}\n\n"
        try:
            return self._template(
                [{"role": "system", "content": system}, {"role": "user", "content": user}]
            )
        except TemplateError:  # some templates know no system role
            return self._template([{"role": "user", "content": f"{system}\n\n{user}"}])

    def _by_part(
        self, prompt: Prompt, attention: NDArray[np.float32]
    ) -> NDArray[np.float32] | None:
        """Attention to each of the prompt's parts; None where they can't be found among the tokens.

        From shape ``(layers, heads, tokens)`` to ``(layers, heads, parts)``.
        """
        text = self._prompt_text(prompt)
        start = text.rfind(prompt.user)
        if start < 0 or not self._tokenizer.is_fast:
            return None
        encoded = self._tokenizer(
            text, add_special_tokens=False, verbose=False, return_offsets_mapping=True
        )
        offsets = np.array(encoded["offset_mapping"]) - start
        attention = attention[..., : len(offsets)]  # those to the prefix left out
        shares = [
            attention[..., (offsets[:, 0] < part.end) & (offsets[:, 1] > part.start)].sum(-1)
            for part in prompt.parts
        ]
        return np.stack(shares, -1)

    def _template(self, messages: list[dict[str, str]]) -> str:
        text = self._tokenizer.apply_chat_template(
            messages, add_generation_prompt=True, tokenize=False, enable_thinking=False
        )
        return str(text)

    def _defused(self, text: str) -> str:
        """Break up control tokens such as ``<|im_end|>`` that a document happens to spell."""
        for marker in self._markers:
            if marker in text:
                text = text.replace(marker, f"{marker[0]} {marker[1:]}")
        return text


def _decoded(
    tokenizer: PreTrainedTokenizerBase, prefix: list[int], tokens: Iterator[int]
) -> Iterator[str]:
    """Text of the tokens after the prefix, as soon as its characters are complete."""

    def text_of(ids: list[int]) -> str:
        text = tokenizer.decode(ids, skip_special_tokens=True, clean_up_tokenization_spaces=False)
        return str(text)

    ids = list(prefix)
    shown = len(text_of(ids)) if ids else 0
    for token in tokens:
        ids.append(token)
        text = text_of(ids)
        if not text.endswith("\ufffd"):  # else the next token completes the character
            yield text[shown:]
            shown = len(text)


def end_tokens(tokenizer: PreTrainedTokenizerBase) -> list[int]:
    """Ids after which a reply is over: the end of the text, or of the turn in the usual chats."""
    vocabulary = tokenizer.get_vocab()
    usual = ("<|im_end|>", "<|endoftext|>", "<|eot_id|>", "<|end|>", "<end_of_turn>", "</s>")
    ids = {vocabulary[token] for token in usual if token in vocabulary}
    if tokenizer.eos_token_id is not None:
        ids.add(int(tokenizer.eos_token_id))
    return sorted(ids)
