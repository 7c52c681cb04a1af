"""Embeddings through sentence-transformers, on the CPU or a GPU.

Knows nothing about documents or indexes.
"""

from __future__ import annotations

import threading
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ctranslate2
import numpy as np
import torch
from numpy.typing import NDArray
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import Normalize, Pooling
from transformers import PreTrainedTokenizerBase

from askdossier.records import ModelMissing, Progress, Report, Span, Vectors

_BATCH_TOKENS = 1024
"""Tokens of a batch, padding included. Larger ones leave the processor's caches: slower."""
_TOKENISED_AT_ONCE = 1024
"""Texts whose tokens and offsets are in memory together."""


class LocalEmbedder:
    """An ``Embedder`` in this process; may be called from several threads.

    The parts of a passage are embedded as texts of their own. With ``late_parts`` their vectors
    are means of the passage's own token embeddings instead, so that they know the whole passage
    and cost nothing more ("late chunking", Günther et al. 2024, arXiv:2409.04701), but for models
    that don't pool by the mean and parts beyond the model's window.
    """

    def __init__(
        self,
        model: SentenceTransformer,
        name: str,
        *,
        engine: ctranslate2.Encoder | None = None,
        late_parts: bool = False,
    ) -> None:
        """``engine`` runs the network in the place of the first module of ``model``."""
        tokenizer = model.tokenizer
        if not isinstance(tokenizer, PreTrainedTokenizerBase):
            raise ModelMissing(
                f"{name} is not a text embedding model on transformers. Name another one."
            )
        self.name = name
        self._model = model
        self._engine = engine
        self._tokenizer = tokenizer
        self._window = int(model.max_seq_length or 512)
        self._lock = threading.Lock()
        self._question_prompt = _prompt(model, "query")
        self._passage_prompt = _prompt(model, "document", "passage", "corpus")
        self._late = late_parts and _pools_by_mean(model) and tokenizer.is_fast
        self.dimension = int(model.get_embedding_dimension() or 0)
        self.max_tokens = self._window - max(
            self._overhead(self._question_prompt), self._overhead(self._passage_prompt)
        )

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Tokens of each text, without special tokens and prefix."""
        if not texts:
            return []
        with self._lock:
            encoded = self._tokenizer(
                list(texts),
                add_special_tokens=False,
                truncation=False,
                padding=False,
                verbose=False,
                return_attention_mask=False,
            )
        return [len(ids) for ids in encoded["input_ids"]]

    def embed_questions(self, texts: Sequence[str]) -> Vectors:
        """Embed questions: see ``records.Embedder``."""
        return self._embed(texts, self._question_prompt)

    def embed_passages(
        self,
        texts: Sequence[str],
        parts: Sequence[Sequence[Span]],
        report: Report | None = None,
    ) -> tuple[Vectors, Vectors]:
        """Embed texts and their parts: see ``records.Embedder``."""
        flat = [span.of(text) for text, own in zip(texts, parts, strict=True) for span in own]
        if self._late:
            return self._embed_late(texts, parts, flat, report)
        # A passage of one sentence is its own part: once is enough.
        rows = {text: row for row, text in enumerate(dict.fromkeys([*texts, *flat]))}
        vectors = self._embed(list(rows), self._passage_prompt, report)
        return vectors[[rows[text] for text in texts]], vectors[[rows[text] for text in flat]]

    def _embed_late(
        self,
        texts: Sequence[str],
        parts: Sequence[Sequence[Span]],
        flat: list[str],
        report: Report | None,
    ) -> tuple[Vectors, Vectors]:
        first_rows = np.cumsum([0, *map(len, parts)])
        of_parts = np.zeros((len(flat), self.dimension), np.float32)
        left_over = set(range(len(flat)))

        def pool_parts(text: int, tokens: _Tokens) -> None:
            for row, span in enumerate(parts[text], int(first_rows[text])):
                if (mean := _mean(tokens, texts[text], span)) is not None:
                    of_parts[row] = mean
                    left_over.discard(row)

        vectors = self._embed(texts, self._passage_prompt, report, pool_parts)
        if left_over:
            rows = sorted(left_over)
            of_parts[rows] = self._embed([flat[row] for row in rows], self._passage_prompt)
        return vectors, of_parts

    def _embed(
        self,
        texts: Sequence[str],
        prompt: str,
        report: Report | None = None,
        inspect: Callable[[int, _Tokens], None] | None = None,
    ) -> Vectors:
        """Run the model over all texts, longest first, in batches bounded by their tokens.

        Texts longer than the window are cut. ``inspect(number of the text, its tokens)`` is called
        for each text while its token embeddings are in memory.
        """
        vectors = np.zeros((len(texts), self.dimension), np.float32)
        done = 0
        for start in range(0, len(texts), _TOKENISED_AT_ONCE):
            chunk = texts[start : start + _TOKENISED_AT_ONCE]
            with self._lock:
                encoded = self._tokenizer(
                    [prompt + text for text in chunk],
                    truncation=True,
                    max_length=self._window,
                    padding=False,
                    return_offsets_mapping=inspect is not None,
                )
            offsets = encoded.pop("offset_mapping", None)
            batches = list(_batches([len(ids) for ids in encoded["input_ids"]]))
            for batch, (pooled, hidden) in zip(
                batches,
                self._forward_all(encoded, batches, with_tokens=inspect is not None),
                strict=True,
            ):
                vectors[[start + i for i in batch]] = pooled
                if inspect and hidden is not None:
                    for i, embeddings in zip(batch, hidden, strict=True):
                        inspect(start + i, _text_tokens(embeddings, offsets[i], len(prompt)))
                done += len(batch)
                if report:
                    report(Progress("embed", done, len(texts), "texts"))
        norms = np.linalg.norm(vectors, axis=1, keepdims=True)
        vectors /= np.maximum(norms, 1e-12)
        return vectors

    def _forward_all(
        self,
        encoded: Mapping[str, list[list[int]]],
        batches: Sequence[Sequence[int]],
        *,
        with_tokens: bool,
    ) -> Iterator[tuple[NDArray[np.float32], torch.Tensor | None]]:
        """Run the model over each batch, in order; side by side where the engine can.

        Gives the vectors of the texts and, if they are wanted, those of their tokens.
        """

        def forward(batch: Sequence[int]) -> tuple[NDArray[np.float32], torch.Tensor | None]:
            rows = {name: [values[i] for i in batch] for name, values in encoded.items()}
            features = self._forward(rows)
            hidden = features["token_embeddings"].cpu() if with_tokens else None
            return features["sentence_embedding"].float().cpu().numpy(), hidden

        if self._engine is None or len(batches) < 2:
            yield from map(forward, batches)
            return
        with ThreadPoolExecutor(torch.get_num_threads()) as pool:
            yield from pool.map(forward, batches)

    def _forward(self, rows: dict[str, list[list[int]]]) -> dict[str, Any]:
        network, *after = self._model
        with self._lock, torch.inference_mode():
            padded = self._tokenizer.pad(rows, return_tensors="pt")
            features: dict[str, Any] = {k: v.to(self._model.device) for k, v in padded.items()}
            if self._engine is None:
                features = network(features)
                # Pool in full precision, whatever the network itself runs in.
                features["token_embeddings"] = features["token_embeddings"].float()
        with torch.inference_mode():
            if self._engine is not None:  # its batches run side by side: no lock
                output = self._engine.forward_batch(rows["input_ids"])
                features["token_embeddings"] = torch.from_numpy(np.array(output.last_hidden_state))
            for module in after:
                features = module(features)
        return features

    def _overhead(self, prompt: str) -> int:
        """Count special tokens and those of the prompt, as they are in front of a text."""
        text = "a"
        return len(self._tokenizer(prompt + text)["input_ids"]) - self.count_tokens([text])[0]


@dataclass(frozen=True, slots=True)
class _Tokens:
    """The tokens of a text itself: no special tokens, no prompt."""

    embeddings: torch.Tensor
    """Shape ``(tokens, dimension)``."""
    ends: list[int]
    """Offset in the text just after each token; never falls."""


def _text_tokens(embeddings: torch.Tensor, offsets: list[tuple[int, int]], prompt: int) -> _Tokens:
    """Leave out padding, special tokens (which cover no characters) and the prompt."""
    own = [i for i, (start, end) in enumerate(offsets) if end > start and end > prompt]
    return _Tokens(embeddings[own], [offsets[i][1] - prompt for i in own])


def _mean(tokens: _Tokens, text: str, span: Span) -> NDArray[np.float32] | None:
    """Take the unit mean of a part's tokens; None when the window does not hold all of them.

    A token belongs to the part in which it ends: a piece such as ``▁mot`` may begin with the space
    in front of it.
    """
    first, end = (bisect_right(tokens.ends, offset) for offset in (span.start, span.end))
    inked = span.start + len(span.of(text).rstrip())
    if first == end or tokens.ends[-1] < inked:
        return None
    mean = tokens.embeddings[first:end].mean(0)
    return np.asarray(torch.nn.functional.normalize(mean, dim=0).numpy(), np.float32)


def _batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Group texts of similar length, longest first, so that little is padded."""
    order = sorted(range(len(lengths)), key=lambda i: -lengths[i])
    start = 0
    while start < len(order):
        size = max(1, _BATCH_TOKENS // max(1, lengths[order[start]]))
        yield order[start : start + size]
        start += size


def _prompt(model: SentenceTransformer, *names: str) -> str:
    return next((prompt for name in names if (prompt := model.prompts.get(name))), "")


def _pools_by_mean(model: SentenceTransformer) -> bool:
    """Whether a text's vector is the plain mean of its token embeddings, up to its length."""
    _network, *after = model
    if not after:
        return False
    pooling, *rest = after
    return (
        isinstance(pooling, Pooling)
        and pooling.pooling_mode == "mean"
        and pooling.include_prompt
        and all(isinstance(module, Normalize) for module in rest)
    )


def load(
    folder: Path, name: str, *, int8: Path | None = None, late_parts: bool = False
) -> LocalEmbedder:
    """Load a sentence-transformers folder; ``name`` says which model and revision it is.

    ``int8`` is a folder with its network for CTranslate2: 8-bit weights, which on a CPU take a
    third of the time of float32 (benchmarks/indexing.py). Without it the network runs in bfloat16
    where the processor computes in it, else in float32. That follows from the model and the
    processor alone, never from a measurement: vectors of different precision are different
    vectors, so that an index must not depend on the load of the machine.
    """
    device = "cuda" if torch.cuda.is_available() else "cpu"
    precision = "bfloat16" if device == "cuda" or _has_bfloat16() else "float32"
    model = SentenceTransformer(
        str(folder),
        device=device,
        local_files_only=True,
        model_kwargs={"dtype": getattr(torch, precision)},
    )
    for module in list(model)[1:]:
        module.float()
    engine = None
    if int8 is not None:
        precision = "int8"
        engine = ctranslate2.Encoder(
            str(int8), device="cpu", compute_type="int8_float32", intra_threads=1,
            inter_threads=torch.get_num_threads(),
        )  # fmt: skip
        model[0].auto_model = torch.nn.Identity()  # its weights are not needed
    late = " late" if late_parts else ""
    return LocalEmbedder(
        model.eval(), f"{name} {precision}{late}", engine=engine, late_parts=late_parts
    )


def _has_bfloat16() -> bool:
    """Whether the processor multiplies bfloat16 matrices in hardware (Linux tells; else: no)."""
    try:
        flags = set(Path("/proc/cpuinfo").read_text("utf-8", "replace").split())
    except OSError:
        return False
    return bool(flags & {"avx512_bf16", "amx_bf16", "bf16"})
