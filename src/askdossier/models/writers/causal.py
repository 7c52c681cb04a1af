"""Transformers as a ``Runtime``, on the CPU or a GPU.

What has been read stays: a prompt that begins like one of the last few is read from where they
part, so a prompt's judgement and its reply share one reading, and all prompts of a kind the
instructions they begin with. A reply mostly repeats words of its prompt, so those that follow
there what was written last are proposed and checked at once, for hardly more than the price of one
word: "prompt lookup decoding" (Saxena 2023), a speculative decoding (Leviathan et al. 2023,
arXiv:2211.17192) without a second model. It changes no word of the reply.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from transformers import (
    AttentionInterface,
    AttentionMaskInterface,
    AutoModelForCausalLM,
    DynamicCache,
    PreTrainedModel,
)
from transformers.cache_utils import DynamicLayer
from transformers.integrations.sdpa_attention import sdpa_attention_forward
from transformers.masking_utils import sdpa_mask

from askdossier.core import Stop
from askdossier.models import int8

Scores = NDArray[np.float32]
"""Logits, shape ``(tokens, v)``."""

_PROPOSED = (1, 3, 11)
"""Tokens proposed at once where the last one, two or three stood in the prompt before: the more
alike, the surer. With VNNI a dozen at once cost little more than one; without, more than two."""
_READINGS = 4
"""Readings that stay: prompts with other instructions don't displace one another."""
_ALIKE = 24
"""Tokens in common from which two prompts have the same instructions, and not just a chat's opening
words."""
_COMPUTING = ThreadPoolExecutor(1, "writer")
"""Whoever asks whichever model, one thread computes: OpenMP keeps a team for each thread that ever
did, and teams together larger than the processor go to sleep between any two operations."""


class _Stopped(Exception):
    """Somebody wants the reading to end."""


@dataclass(slots=True)
class _Reading:
    ids: list[int] = field(default_factory=list)
    """Token ids in the cache."""
    cache: DynamicCache = field(default_factory=DynamicCache)
    after: Scores | None = None
    """Logits after the last of them, shape ``(1, v)``."""


class CausalRuntime:
    """A folder that ``int8`` wrote, or any of transformers, which is opened in bfloat16."""

    def __init__(self, folder: Path, ends: Sequence[int]) -> None:
        self.device = "cuda" if torch.cuda.is_available() else "cpu"
        self.precision = "int8" if self.device == "cpu" and _is_int8(folder) else "bfloat16"
        self._model = _COMPUTING.submit(self._open, folder).result()
        self._ends = set(ends)
        self._state: Tensor | None = None
        self._last = 1
        """Of the tokens being read, those whose logits are wanted."""
        self._stop = Stop()
        network: Any = self._model
        stacks = [part for part in network.modules() if isinstance(part, torch.nn.ModuleList)]
        for layer in (layer for stack in stacks for layer in stack):
            layer.register_forward_pre_hook(self._go_on)
        self._layers = list(getattr(network.get_decoder(), "layers", ()))
        if self._layers:
            self._layers[round(0.7 * len(self._layers)) - 1].register_forward_hook(self._look)
        if network.config.model_type in _OPEN and network.config._attn_implementation == "sdpa":
            network.set_attn_implementation(_SEEN)
        self._readings = [_Reading()]
        """The current one first, then the others, the latest first."""

    def first_scores(
        self, prompt: Sequence[int], prefix: Sequence[int], stop: Stop
    ) -> NDArray[np.float32] | None:
        """Read the prompt: see ``writing.Runtime``."""
        scores = self._scores([*prompt, *prefix], stop, 1 + len(prefix))
        return None if scores is None else scores[0]

    def state(self) -> NDArray[np.float32] | None:
        """Give the hidden state behind what was read last: see ``core.Choice``."""
        state = self._state
        return None if state is None else np.asarray(state.float().cpu().numpy(), np.float32)

    def attention(self) -> NDArray[np.float32] | None:
        """Give what was looked at from behind what was read last: see ``writing.Runtime``."""
        looks = [
            look
            for layer in self._layers
            if (look := getattr(getattr(layer, "self_attn", None), _SEEN, None)) is not None
        ]
        if not looks or len(looks) < len(self._layers):
            return None
        return _COMPUTING.submit(_shares, looks).result()

    def generate(
        self, prompt: Sequence[int], prefix: Sequence[int], max_tokens: int, stop: Stop
    ) -> Iterator[int]:
        """Yield the tokens of the reply: see ``writing.Runtime``."""
        said = [*prompt, *prefix]
        proposed: list[int] = []
        left = max_tokens
        scores = self._readings[0].after if self._readings[0].ids == said else None
        while left > 0:
            if scores is None:
                scores = self._scores(said + proposed, stop, 1 + len(proposed))
            if scores is None:
                return
            best = scores.argmax(-1).tolist()
            for token in best[: _same(proposed, best) + 1][:left]:
                if token in self._ends or stop.is_set():
                    return
                said.append(token)
                left -= 1
                yield token
            proposed = _continuation(said) if _rewinds(self._readings[0].cache) else []
            scores = None

    def _open(self, folder: Path) -> PreTrainedModel:
        model: Any
        if not _is_int8(folder):
            model = AutoModelForCausalLM.from_pretrained(
                folder, dtype=torch.bfloat16, local_files_only=True
            )
        elif self.precision == "int8":
            model = int8.load(folder)
        else:
            model = int8.load_unpacked(folder)
        opened: PreTrainedModel = model.to(self.device).eval()
        return opened

    def _scores(self, ids: list[int], stop: Stop, last: int = 1) -> Scores | None:
        """Logits after each of the ``last`` ids, shape ``(last, v)``; None when stopped on the way.

        Of what has been read before, only what differs is read.
        """
        reading, same = self._resume(ids)
        _rewind(reading, min(same, len(ids) - last))
        if stop.is_set():
            return None
        try:
            return self._forward(ids[len(reading.ids) :], last, stop)
        except _Stopped:
            return None

    def _resume(self, ids: list[int]) -> tuple[_Reading, int]:
        """Put the reading first that begins most like the ids, or a new one; with that length."""
        shared = [_same(ids, reading.ids) for reading in self._readings]
        same = max(shared)
        alike = self._readings[shared.index(same)]
        if same < min(_ALIKE, len(ids)):
            alike, same = _Reading(), 0
        others = [reading for reading in self._readings if reading is not alike and reading.ids]
        self._readings = [alike, *others][:_READINGS]
        return alike, same

    def _forward(self, ids: list[int], last: int, stop: Stop) -> Scores:
        """Read ids behind what has been read; logits after each of the ``last`` ones.

        Raises _Stopped.
        """
        reading = self._readings[0]
        # Interrupted half-way, the layers of the cache are of different lengths.
        self._readings[0] = _Reading()
        try:
            scores = _COMPUTING.submit(self._compute, ids, reading.cache, last, stop).result()
        except _Stopped:
            if _rewinds(reading.cache):
                _cut(reading.cache, len(reading.ids))
                self._readings[0] = reading
            raise
        except KeyboardInterrupt:
            stop.set()  # the thread that computes knows nothing of it
            raise
        reading.ids += ids
        reading.after = scores[-1:]
        self._readings[0] = reading
        return scores

    def _go_on(self, _layer: object, _inputs: object) -> None:
        """Before each layer: the CPU is free soon after a stop, however long the prompt is."""
        if self._stop.is_set():
            raise _Stopped

    def _look(self, _layer: object, _inputs: object, output: Any) -> None:
        hidden: Tensor = output[0] if isinstance(output, tuple) else output
        # Indexed by a list, it is copied: the layers after this one may add to it in place.
        self._state = hidden[0, [-self._last, -1]]

    @torch.inference_mode()
    def _compute(self, ids: list[int], cache: DynamicCache, last: int, stop: Stop) -> Scores:
        self._last, self._stop = last, stop
        scores: Tensor = self._model(
            input_ids=torch.tensor([ids], device=self.device),
            past_key_values=cache,
            use_cache=True,
            logits_to_keep=last,
        ).logits[0]
        return np.asarray(scores.float().cpu().numpy(), np.float32)


_OPEN = {"qwen2"}
"""Architectures whose attention is looked at: the default writer's. Of others nothing was learned,
and some ask for the name of the usual one."""
_SEEN = "askdossier_seen"
"""Name of an attention that leaves in its module what ``_shares`` needs, under the same name."""


def _attend(module: Any, query: Tensor, key: Tensor, *rest: Any, **options: Any) -> Any:
    """The usual attention, ``query`` of shape ``(1, heads, new tokens, d)``, and a note of it."""
    setattr(module, _SEEN, (query[0, :, -1:].clone(), key[0], options.get("scaling")))
    return sdpa_attention_forward(module, query, key, *rest, **options)


AttentionInterface.register(_SEEN, _attend)
AttentionMaskInterface.register(_SEEN, sdpa_mask)


@torch.inference_mode()
def _shares(looks: Sequence[tuple[Tensor, Tensor, float | None]]) -> NDArray[np.float32] | None:
    """Attention of the last token to all, shape ``(layers, heads, tokens)``; None if layers differ.

    Each layer gives its query ``(heads, 1, d)``, its keys ``(groups, tokens, d)`` and a scale.
    """
    shares = []
    for query, key, scaling in looks:
        groups = query.float().view(len(key), -1, query.shape[-1])
        scale = query.shape[-1] ** -0.5 if scaling is None else scaling
        products = groups @ key.float().transpose(1, 2) * scale
        shares.append(products.softmax(-1).flatten(0, 1))
    if len({share.shape for share in shares}) > 1:
        return None
    return np.asarray(torch.stack(shares).cpu().numpy(), np.float32)


def _rewind(reading: _Reading, length: int) -> None:
    """Forget what was read behind the first ``length`` tokens, or all where that can't be."""
    if length == len(reading.ids):
        return
    reading.after = None
    if _rewinds(reading.cache):
        _cut(reading.cache, length)
        del reading.ids[length:]
    else:
        reading.cache, reading.ids = DynamicCache(), []


def _cut(cache: DynamicCache, length: int) -> None:
    """Keep the first ``length`` tokens in each layer, which may have read more or less of them."""
    layers: Any = cache.layers  # all of them ``DynamicLayer``: see ``_rewinds``
    for layer in layers:
        layer.crop(min(0, length - layer.get_seq_length()))


def _rewinds(cache: DynamicCache) -> bool:
    """Whether all layers keep every token, as those with a sliding window don't."""
    return all(type(layer) is DynamicLayer for layer in cache.layers)


def _is_int8(folder: Path) -> bool:
    return (folder / int8.FILE).is_file()


def _same(one: Sequence[int], other: Sequence[int]) -> int:
    """Length of what both begin with."""
    pairs = zip(one, other, strict=False)
    return next((i for i, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


def _continuation(ids: Sequence[int]) -> list[int]:
    """What followed the last tokens where they, as many as can be, stood last before."""
    for length in range(len(_PROPOSED), 0, -1):
        tail = ids[-length:]
        for end in range(len(ids) - 1, length - 1, -1):
            if ids[end - length : end] == tail:
                return list(ids[end : end + _PROPOSED[length - 1]])
    return []
