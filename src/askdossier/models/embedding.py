"""Texts to unit vectors: prompts, batches of similar length, each text once.

Knows nothing about documents or indexes. What computes is a ``Network``: ``encoder`` where
CTranslate2 runs it, else ``sentence_transformer``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

import numpy as np

from askdossier.core import Progress, Report, Span, Vectors

_BATCH_TOKENS = 1024
"""Tokens of a batch, padding included. Larger ones leave the processor's caches: slower."""
_TOKENISED_AT_ONCE = 1024
"""Texts whose tokens are in memory together."""


class Network(Protocol):
    """A tokenizer and the network behind it. May be called from several threads."""

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        ...

    @property
    def window(self) -> int:
        """The most tokens of a text, special tokens included."""
        ...

    def count(self, texts: Sequence[str]) -> list[int]:
        """Tokens of each text, however long, without special tokens."""
        ...

    def tokenise(self, texts: Sequence[str]) -> list[list[int]]:
        """Ids of each text's tokens with the special ones, cut at the window."""
        ...

    def forward(self, batches: Sequence[Sequence[Sequence[int]]]) -> Iterator[Vectors]:
        """Pooled vectors of each batch of texts, in order, shape ``(texts, dimension)``.

        They need not be of length 1.
        """
        ...


class LocalEmbedder:
    """An ``Embedder`` in this process; may be called from several threads."""

    def __init__(
        self, network: Network, name: str, *, question_prompt: str, passage_prompt: str
    ) -> None:
        self.name = name
        self.dimension = network.dimension
        self._network = network
        self._question_prompt = question_prompt
        self._passage_prompt = passage_prompt
        self.max_tokens = network.window - max(
            map(self._overhead, (question_prompt, passage_prompt))
        )

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Tokens of each text, without special tokens and prefix."""
        return self._network.count(texts) if texts else []

    def embed_questions(self, texts: Sequence[str]) -> Vectors:
        """Embed questions: see ``core.Embedder``."""
        return self._embed(texts, self._question_prompt)

    def embed_passages(
        self,
        texts: Sequence[str],
        parts: Sequence[Sequence[Span]],
        report: Report | None = None,
    ) -> tuple[Vectors, Vectors]:
        """Embed texts and their parts: see ``core.Embedder``."""
        flat = [span.of(text) for text, own in zip(texts, parts, strict=True) for span in own]
        # A passage of one sentence is its own part: once is enough.
        rows = {text: row for row, text in enumerate(dict.fromkeys([*texts, *flat]))}
        vectors = self._embed(list(rows), self._passage_prompt, report)
        return vectors[[rows[text] for text in texts]], vectors[[rows[text] for text in flat]]

    def _embed(self, texts: Sequence[str], prompt: str, report: Report | None = None) -> Vectors:
        """Run the network over all texts, longest first, in batches bounded by their tokens.

        Texts longer than the window are cut.
        """
        vectors = np.zeros((len(texts), self.dimension), np.float32)
        done = 0
        for start in range(0, len(texts), _TOKENISED_AT_ONCE):
            chunk = texts[start : start + _TOKENISED_AT_ONCE]
            ids = self._network.tokenise([prompt + text for text in chunk])
            batches = list(_batches([len(own) for own in ids]))
            pooled = self._network.forward([[ids[i] for i in batch] for batch in batches])
            for batch, found in zip(batches, pooled, strict=True):
                vectors[[start + i for i in batch]] = found
                done += len(batch)
                if report:
                    report(Progress("embed", done, len(texts), "texts"))
        norms = np.linalg.norm(vectors, axis=1, keepdims=True)
        vectors /= np.maximum(norms, 1e-12)
        return vectors

    def _overhead(self, prompt: str) -> int:
        """Count special tokens and those of the prompt, as they are in front of a text."""
        text = "a"
        return len(self._network.tokenise([prompt + text])[0]) - self._network.count([text])[0]


def _batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Group texts of similar length, longest first, so that little is padded."""
    order = sorted(range(len(lengths)), key=lambda i: -lengths[i])
    start = 0
    while start < len(order):
        size = max(1, _BATCH_TOKENS // max(1, lengths[order[start]]))
        yield order[start : start + size]
        start += size
