"""Retrieval on PIAF: BM25 alone, dense alone, and fused as ``retrieve`` does it.

    python benchmarks/retrieval.py [--questions 1200] [--late]

Every paragraph of PIAF (1,518) is a document of one passage; a question counts as found at rank r
when its own paragraph is the r-th. Prints a Markdown table. ``--late`` takes the sentence vectors
from the passage's token embeddings (late chunking) instead of embedding sentences on their own.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from askdossier import models, retrieve, settings
from fit_abstention import EVAL, SEED, index_of


def row(name: str, ranks: Sequence[int | None]) -> str:
    """Recall at 1, 5, 10, 20 and mean reciprocal rank at 10, in percent."""
    n = len(ranks)
    recall = [100 * sum(r is not None and r <= k for r in ranks) / n for k in (1, 5, 10, 20)]
    mrr = 100 * sum(1 / r for r in ranks if r is not None and r <= 10) / n
    return f"| {name} | " + " | ".join(f"{value:.1f}" for value in [*recall, mrr]) + " |"


def rank_of(gold: str, ranked: Sequence[str]) -> int | None:
    return ranked.index(gold) + 1 if gold in ranked else None


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--questions", type=int, default=1200)
    parser.add_argument("--late", action="store_true")
    arguments = parser.parse_args()
    chosen = settings.load()
    embedder = models.load_embedder(chosen.embedder, chosen.models, late_parts=arguments.late)
    piaf = json.loads((EVAL / "piaf" / "piaf-v1.1.json").read_text(encoding="utf-8"))
    paragraphs = [p for article in piaf["data"] for p in article["paragraphs"]]
    asked = [(qa["question"], f"{i:05}.txt") for i, p in enumerate(paragraphs) for qa in p["qas"]]
    asked = random.Random(SEED).sample(asked, min(arguments.questions, len(asked)))
    ranks: dict[str, list[int | None]] = {"BM25": [], "dense": [], "fused": []}
    seconds: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        index = index_of([p["context"] for p in paragraphs], embedder, Path(folder))
        vectors = embedder.embed_questions([question for question, _ in asked])
        for (question, gold), vector in zip(asked, vectors, strict=True):
            started = time.perf_counter()
            query = retrieve.Query.of(question, vector)
            hits, _ = retrieve.retrieve(index, query)
            seconds.append(time.perf_counter() - started)
            words = [word.token for word in query.words("fr")]
            lexical = [index.passages[r].document for r, _ in index.lexical(words, 20)]
            dense = [index.passages[r].document for r, _ in index.dense(vector, 20)]
            ranks["BM25"].append(rank_of(gold, lexical))
            ranks["dense"].append(rank_of(gold, dense))
            ranks["fused"].append(rank_of(gold, [hit.passage.document for hit in hits]))
    print(f"{len(asked)} questions, {len(paragraphs)} paragraphs, embedder {embedder.name}\n")
    print("| ranking | R@1 | R@5 | R@10 | R@20 | MRR@10 |\n|---|---:|---:|---:|---:|---:|")
    for name, found in ranks.items():
        print(row(name, found))
    print(f"\nRetrieval without embedding the question: median {1000 * median(seconds):.0f} ms")


def median(values: Sequence[float]) -> float:
    return sorted(values)[len(values) // 2]


if __name__ == "__main__":
    main()
