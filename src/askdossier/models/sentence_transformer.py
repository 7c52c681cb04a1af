"""An embedder's network through sentence-transformers, on the CPU or a GPU."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from sentence_transformers import SentenceTransformer
from transformers import PreTrainedTokenizerBase

from askdossier.core import ModelMissing, Vectors
from askdossier.models.embedding import LocalEmbedder


def load(folder: Path, name: str) -> LocalEmbedder:
    """Load a sentence-transformers folder; ``name`` says which model and revision it is.

    The network runs in bfloat16 where the processor computes in it, else in float32. That follows
    from the model and the processor alone, never from a measurement: vectors of different precision
    are different vectors, so that an index must not depend on the load of the machine.
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
    tokenizer = model.tokenizer
    if not isinstance(tokenizer, PreTrainedTokenizerBase):
        raise ModelMissing(
            f"{name} is not a text embedding model on transformers. Name another one."
        )
    question_prompt, passage_prompt = prompts(model)
    return LocalEmbedder(
        SentenceNetwork(model.eval(), tokenizer),
        f"{name} {precision}",
        question_prompt=question_prompt,
        passage_prompt=passage_prompt,
    )


class SentenceNetwork:
    """All modules of a sentence-transformers model, as a ``Network``."""

    def __init__(self, model: SentenceTransformer, tokenizer: PreTrainedTokenizerBase) -> None:
        self._model = model
        self._tokenizer = tokenizer
        self._lock = threading.Lock()
        self.window = window(model)
        self.dimension = int(model.get_embedding_dimension() or 0)

    def count(self, texts: Sequence[str]) -> list[int]:
        """Tokens of each text: see ``embedding.Network``."""
        with self._lock:
            encoded = self._tokenizer(
                list(texts), add_special_tokens=False, truncation=False, verbose=False
            )
        return [len(ids) for ids in encoded["input_ids"]]

    def tokenise(self, texts: Sequence[str]) -> list[list[int]]:
        """Ids of each text: see ``embedding.Network``."""
        with self._lock:
            encoded = self._tokenizer(list(texts), truncation=True, max_length=self.window)
        ids: list[list[int]] = encoded["input_ids"]
        return ids

    def forward(self, batches: Sequence[Sequence[Sequence[int]]]) -> Iterator[Vectors]:
        """Vectors of each batch: see ``embedding.Network``."""
        network, *after = self._model
        for batch in batches:
            with self._lock, torch.inference_mode():
                padded = self._tokenizer.pad(
                    {"input_ids": [list(ids) for ids in batch]}, return_tensors="pt"
                )
                features: dict[str, Any] = {k: v.to(self._model.device) for k, v in padded.items()}
                features = network(features)
                # Pool in full precision, whatever the network itself runs in.
                features["token_embeddings"] = features["token_embeddings"].float()
                for module in after:
                    features = module(features)
                vectors = features["sentence_embedding"].float().cpu().numpy()
            yield np.asarray(vectors, np.float32)


def window(model: SentenceTransformer) -> int:
    """The most tokens that the model reads of a text, special tokens included."""
    return int(model.max_seq_length or 512)


def prompts(model: SentenceTransformer) -> tuple[str, str]:
    """What the model wants in front of a question, and of a passage."""

    def first(*names: str) -> str:
        return next((prompt for name in names if (prompt := model.prompts.get(name))), "")

    return first("query"), first("document", "passage", "corpus")


def _has_bfloat16() -> bool:
    """Whether the processor multiplies bfloat16 matrices in hardware (Linux tells; else: no)."""
    try:
        flags = set(Path("/proc/cpuinfo").read_text("utf-8", "replace").split())
    except OSError:
        return False
    return bool(flags & {"avx512_bf16", "amx_bf16", "bf16"})
