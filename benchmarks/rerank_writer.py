"""Would the default writer rerank? Passages ordered anew by how likely it finds the question.

    python benchmarks/rerank_writer.py [--questions 60] [--passages 5]

Query likelihood (Ponte and Croft 1998; Sachan et al. 2022, "Improving passage retrieval with
zero-shot question generation", section 3): the mean log-probability of the question's tokens after
each passage. Questions of PIAF whose paragraph is among the best passages found; prints R@1 and MRR
of the fused order, of the likelihood's, and of their sum at several weights (the best of which is
chosen on these very questions: an upper bound), and the seconds that a question takes.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from transformers import AutoTokenizer

import retrieval
from askdossier import models, retrieve, settings
from askdossier.models import catalogue, installed, int8

Scores = NDArray[np.float64]


class Likelihood:
    """Mean log-probability of a question after a passage."""

    def __init__(self, folder: Path) -> None:
        self._tokenizer = AutoTokenizer.from_pretrained(folder)
        self._model: Any = int8.load(folder)

    @torch.inference_mode()
    def of(self, question: str, passages: list[str]) -> list[float]:
        """Score the question after each passage, in nats a token."""
        asked = self._tokenizer(" " + question)["input_ids"]
        scores = []
        for passage in passages:
            ids = self._tokenizer(f"Passage : {passage}\nQuestion :")["input_ids"] + asked
            kept = self._model(torch.tensor([ids]), logits_to_keep=len(asked) + 1).logits[0, :-1]
            likely = kept.log_softmax(-1).gather(1, torch.tensor(asked)[:, None])
            scores.append(float(likely.mean()))
        return scores


def reciprocal_rank(scores: Scores, right: list[bool]) -> float:
    order = np.argsort(-scores, kind="stable")
    return 1 / (1 + next(place for place, i in enumerate(order) if right[i]))


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--questions", type=int, default=60)
    parser.add_argument("--passages", type=int, default=5)
    options = parser.parse_args()
    chosen = settings.load()
    embedder = models.load_embedder(chosen.embedder, chosen.models)
    artifact = catalogue.find(chosen.writer, "writer")
    if artifact is None:
        raise SystemExit("the default writer is measured")
    writer = Likelihood(installed.locate(artifact, chosen.models))
    paragraphs, asked = retrieval.piaf()
    found: list[tuple[Scores, Scores, list[bool]]] = []
    seconds = []
    with tempfile.TemporaryDirectory() as home:
        index = retrieval.index_of(paragraphs, embedder, Path(home))
        for item in random.Random(retrieval.SEED).sample(asked, 3 * options.questions):
            query = retrieve.Query.of(item.text, embedder.embed_questions([item.text])[0])
            best = retrieve.candidates(index, query, None)[: options.passages]
            right = [one.hit.passage.document in item.right for one in best]
            if any(right) and len(found) < options.questions:
                texts = [
                    one.hit.passage.span.of(index.documents[one.hit.passage.document].text)
                    for one in best
                ]
                started = time.perf_counter()
                likely = np.array(writer.of(item.text, texts))
                seconds.append(time.perf_counter() - started)
                found.append((np.array([one.hit.score for one in best]), likely, right))
    print(
        f"{len(found)} questions, {options.passages} passages each; median {median(seconds):.1f} s"
    )
    print("| order | R@1 | MRR |\n|---|---:|---:|")
    orders = {"fused": (1.0, 0.0), "likelihood": (0.0, 1.0)}
    orders |= {f"fused + {weight} · likelihood": (1.0, weight) for weight in (0.05, 0.1, 0.2, 0.4)}
    for name, (one, other) in orders.items():
        ranks = [
            reciprocal_rank(one * score + other * likely, right) for score, likely, right in found
        ]
        first = 100 * np.mean([rank == 1 for rank in ranks])
        print(f"| {name} | {first:.1f} | {100 * np.mean(ranks):.1f} |")


if __name__ == "__main__":
    main()
