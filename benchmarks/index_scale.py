"""How the index behaves as it grows: types of dense search, and a whole index of many files.

    python benchmarks/index_scale.py --index DIR [--passages 10000 100000] [--files 10000]

Dense search: the passage and sentence vectors of a real index (the larger the better), or those in
a .npy file, are multiplied by adding noise that keeps a cosine of 0.93, and questions are made from
them with noise that keeps 0.85, about the cosine between a question and its answer. Recall is the
share of the exact 100 nearest that are found. Processor time is given beside wall time because it
depends less on what else the machine is doing.

Whole index: files of 300 random words in sentences and paragraphs, embedded by hashing, so that
the figures are those of reading, cleaning, cutting, indexing and saving alone.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import Any, TypeVar

import faiss
import numpy as np
import psutil
from numpy.typing import NDArray

from askdossier import retrieve
from askdossier.core import Report, Span, Vectors
from askdossier.dossier import Dossier
from askdossier.index import Index, search
from askdossier.settings import Settings

QUESTIONS = 200
NEAREST = 100

Rows = NDArray[np.int64]
Result = TypeVar("Result")
Search = Callable[[NDArray[np.float32]], Rows]


# --- dense search ---------------------------------------------------------------------------------


def noised(real: Vectors, count: int, cosine: float, seed: int) -> Vectors:
    """``count`` unit vectors at the given cosine from randomly drawn real ones."""
    source = np.random.default_rng(seed)
    result = np.empty((count, real.shape[1]), dtype=np.float32)
    for start in range(0, count, 50_000):
        size = min(50_000, count - start)
        base = real[source.integers(len(real), size=size)]
        noise = source.standard_normal(base.shape, dtype=np.float32)
        noise -= np.sum(noise * base, axis=1, keepdims=True) * base
        noise /= np.linalg.norm(noise, axis=1, keepdims=True)
        result[start : start + size] = cosine * base + np.sqrt(1 - cosine**2) * noise
    return result


def real_vectors(folder: Path) -> Vectors:
    index = Index.open(folder, None)
    sentences = [index.sentence_vectors(row) for row in range(len(index.passages))]
    vectors = np.concatenate([index.vectors.astype(np.float32), *sentences])
    unit: Vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return unit


Kept = NDArray[np.floating[Any]]
"""Unit vectors, half or single precision, in memory or not."""


def rounded(vectors: Kept) -> Search:
    """Ours, beyond the size up to which it is flat."""
    search.FLAT_UP_TO = 0
    dense = search.Dense(vectors)
    return lambda question: np.array([row for row, _ in dense.search(question, NEAREST)])


def added(index: Any, vectors: Kept) -> None:
    for start in range(0, len(vectors), 50_000):
        index.add(vectors[start : start + 50_000].astype(np.float32))


def flat(vectors: Kept) -> Search:
    index = faiss.IndexFlatIP(vectors.shape[1])
    added(index, vectors)
    return lambda question: np.asarray(index.search(question[np.newaxis], NEAREST)[1][0])


def hnsw(vectors: Kept) -> Search:
    index = faiss.IndexHNSWFlat(vectors.shape[1], 32, faiss.METRIC_INNER_PRODUCT)
    index.hnsw.efConstruction = 64
    index.hnsw.efSearch = 512
    added(index, vectors)
    return lambda question: np.asarray(index.search(question[np.newaxis], NEAREST)[1][0])


def ivf(vectors: Kept) -> Search:
    """IVF over 8-bit vectors, the best scored again exactly."""
    lists = int(4 * np.sqrt(len(vectors)))
    description = f"IVF{lists},SQ8"
    index: Any = faiss.index_factory(vectors.shape[1], description, faiss.METRIC_INNER_PRODUCT)
    index.cp.niter = 10
    sample = np.random.default_rng(0).permutation(len(vectors))[: 40 * lists]
    index.train(vectors[np.sort(sample)].astype(np.float32))
    added(index, vectors)
    index.nprobe = lists // 10

    def find(question: NDArray[np.float32]) -> Rows:
        rows = index.search(question[np.newaxis], 2 * NEAREST + 50)[1][0]
        rows = rows[rows >= 0]
        cosines = vectors[rows].astype(np.float32) @ question
        return np.asarray(rows[np.argsort(-cosines)[:NEAREST]])

    return find


def compare(
    vectors: Kept, questions: Vectors, kinds: Mapping[str, Callable[[Kept], Search]]
) -> None:
    truth = flat(vectors)
    exact = [truth(question).tolist() for question in questions]
    del truth
    print(f"\n{len(vectors):,} passages, {vectors.shape[1]} dimensions\n")
    print("| type | build, s | search, ms | p95 | of processor | resident, MB | recall@10 | @100 |")
    print("|---|---|---|---|---|---|---|---|")
    for name, build in kinds.items():
        before, wall = resident(), time.perf_counter()
        find = build(vectors)
        built, held = time.perf_counter() - wall, resident() - before
        processor, times, found = time.process_time(), [], []
        for question in questions:
            wall = time.perf_counter()
            found.append(find(question).tolist())
            times.append(1000 * (time.perf_counter() - wall))
        cpu = 1000 * (time.process_time() - processor) / len(questions)
        shares = [
            np.mean([len({*e[:k]} & {*f[:k]}) / k for e, f in zip(exact, found, strict=True)])
            for k in (10, NEAREST)
        ]
        print(
            f"| {name} | {built:.1f} | {median(times):.1f} | {np.percentile(times, 95):.1f} "
            f"| {cpu:.1f} | {held:.0f} | {shares[0]:.3f} | {shares[1]:.3f} |",
            flush=True,
        )
        del find


# --- a whole index --------------------------------------------------------------------------------


class HashEmbedder:
    """Random vectors, as many as asked for: no model, no time."""

    name = "hash"
    dimension = 384
    max_tokens = 480

    def __init__(self) -> None:
        self._source = np.random.default_rng(0)

    def _vectors(self, count: int) -> Vectors:
        vectors = self._source.standard_normal((count, self.dimension), dtype=np.float32)
        unit: Vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
        return unit

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Guess: four characters a token."""
        return [len(text) // 4 for text in texts]

    def embed_questions(self, texts: Sequence[str]) -> Vectors:
        """Give one random row per question."""
        return self._vectors(len(texts))

    def embed_passages(
        self,
        texts: Sequence[str],
        parts: Sequence[Sequence[Span]],
        report: Report | None = None,
    ) -> tuple[Vectors, Vectors]:
        """Give one random row per text and per part."""
        return self._vectors(len(texts)), self._vectors(sum(map(len, parts)))


class Words:
    """Text of made-up words whose frequencies fall off as those of a language do."""

    def __init__(self) -> None:
        self._random = random.Random(0)
        syllables = [c + v for c in "bcdfglmnprst" for v in ("a", "e", "i", "o", "u", "an", "on")]
        choose, length = self._random.choices, self._random.randint
        self.words = ["".join(choose(syllables, k=length(1, 4))) for _ in range(40_000)]
        self._weights = [1 / (rank + 5) for rank in range(len(self.words))]

    def text(self, count: int) -> str:
        """Draw ``count`` words and set them in sentences and paragraphs."""
        words = self._random.choices(self.words, self._weights, k=count)
        sentences = []
        while words:
            length = self._random.randint(8, 25)
            sentences.append(" ".join(words[:length]).capitalize() + ".")
            words = words[length:]
        paragraphs = (sentences[i : i + 5] for i in range(0, len(sentences), 5))
        return "\n\n".join(" ".join(paragraph) for paragraph in paragraphs)


def resident() -> float:
    """Megabytes of this process in memory, mapped files left out."""
    information = psutil.Process().memory_info()
    return float(information.rss - getattr(information, "shared", 0)) / 1e6


def whole_index(files: int) -> None:
    words = Words()
    with tempfile.TemporaryDirectory() as home:
        corpus, folder = Path(home) / "corpus", Path(home) / "index"
        corpus.mkdir()
        for number in range(files):
            (corpus / f"{number:06d}.txt").write_text(words.text(300), encoding="utf-8")
        time.sleep(3)  # files of this very moment are hashed once more by the next sync
        dossier = Dossier(Settings(corpus=corpus, index=folder), embedder=HashEmbedder())
        print(f"\n{files:,} files of 300 words\n")
        print("| step | s | of processor |")
        print("|---|---|---|")
        timed("first sync", dossier.sync)
        timed("sync, nothing changed", dossier.sync)
        (corpus / "000007.txt").write_text(words.text(300), encoding="utf-8")
        timed("sync, one file changed", dossier.sync)
        index = timed("open", lambda: Index.open(folder, "hash"))
        timed("read all documents", lambda: sum(len(d.text) for d in index.documents.values()))
        tokens = [index.passages[0].id, *words.words[:3], *words.words[500:505]]
        timed("search by words", lambda: index.lexical(tokens, NEAREST))
        question = HashEmbedder().embed_questions(["?"])[0]
        timed("search by vector", lambda: index.dense(question, NEAREST))
        wall, processor = retrievals(index, words)
        for name, share in (("median", 50), ("95th percentile", 95)):
            quantiles = (float(np.percentile(times, share)) for times in (wall, processor))
            cells = " | ".join(f"{q:.3f}" for q in quantiles)
            print(f"| passages and evidence, {name} | {cells} |")
        size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
        text = sum(path.stat().st_size for path in corpus.iterdir())
        print(
            f"\n{len(index.passages):,} passages, {index.manifest.sentences:,} sentences; "
            f"{size / 1e6:.0f} MB on disk for {text / 1e6:.0f} MB of text"
        )


def retrievals(index: Index, words: Words) -> tuple[list[float], list[float]]:
    """Seconds, and those of processor, for each of some questions of eight words, once embedded."""
    wall, processor = [], []
    for vector in HashEmbedder().embed_questions(["?"] * 120):
        query = retrieve.Query.of(words.text(8), vector)
        started, began = time.perf_counter(), time.process_time()
        retrieve.evidence_in(index, query, retrieve.retrieve(index, query))
        wall.append(time.perf_counter() - started)
        processor.append(time.process_time() - began)
    return wall[20:], processor[20:]  # the first ones read pages from disk


def timed(name: str, step: Callable[[], Result]) -> Result:
    wall, processor = time.perf_counter(), time.process_time()
    result = step()
    spent, cpu = time.perf_counter() - wall, time.process_time() - processor
    print(f"| {name} | {spent:.3f} | {cpu:.3f} |", flush=True)
    return result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--index", type=Path, help="an index with real vectors")
    parser.add_argument("--vectors", type=Path, help="or real vectors as a .npy file")
    parser.add_argument("--passages", type=int, nargs="*", default=[10_000, 100_000])
    parser.add_argument("--files", type=int, default=10_000, help="0: no whole index")
    parser.add_argument("--only-exhaustive", action="store_true", help="without HNSW and IVF")
    options = parser.parse_args()
    if options.index is not None or options.vectors is not None:
        real = np.load(options.vectors) if options.vectors else real_vectors(options.index)
        questions = noised(real, QUESTIONS, 0.85, seed=1)
        kinds: dict[str, Callable[[Kept], Search]] = {"flat": flat, "8 bits, rescored": rounded}
        if not options.only_exhaustive:
            kinds |= {"IVF, 8 bits, rescored": ivf, "HNSW": hnsw}
        for count in options.passages:
            with tempfile.TemporaryDirectory() as home:
                file = Path(home) / "vectors.npy"  # as an index keeps them: half, on disk
                np.save(file, noised(real, count, 0.93, seed=0).astype(np.float16))
                compare(np.load(file, mmap_mode="r"), questions, kinds)
    if options.files:
        whole_index(options.files)


if __name__ == "__main__":
    main()
