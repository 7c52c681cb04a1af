"""Indexing PIAF's paragraphs, against the plain encoding of the same paragraphs; in one run.

``python benchmarks/indexing.py`` prints a Markdown table. *Ours* is a whole ``sync``: reading the
files, cleaning, splitting, embedding every passage and every sentence, writing the index. *Plain*
is sentence-transformers' ``encode`` of the paragraphs alone, in float32 with its default batches.
The two take turns, slice by slice, so that whatever else the machine does burdens both alike. Both
then rank the paragraphs for PIAF's questions by the dense score alone, to show that the vectors
are as good.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sentence_transformers import SentenceTransformer

from askdossier import models
from askdossier import settings as settings_module
from askdossier.core import Embedder, Vectors
from askdossier.dossier import Dossier
from askdossier.index import Index
from askdossier.models import catalogue, installed
from askdossier.settings import Settings

PIAF = Path(__file__).parents[1].parent / "shared" / "eval" / "piaf" / "piaf-v1.1.json"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of PIAF with the questions that it answers."""

    title: str
    text: str
    questions: tuple[str, ...]


@dataclass(slots=True)
class Spent:
    """Time, in seconds, of the clock and of the processors."""

    wall: float = 0.0
    processor: float = 0.0

    def add(self, wall: float, processor: float) -> None:
        """Add what has passed since these readings."""
        self.wall += time.perf_counter() - wall
        self.processor += time.process_time() - processor


def paragraphs(path: Path) -> Iterator[Paragraph]:
    for article in json.loads(path.read_text("utf-8"))["data"]:
        for found in article["paragraphs"]:
            questions = tuple(qa["question"] for qa in found["qas"])
            yield Paragraph(article["title"], found["context"], questions)


def plain(model: SentenceTransformer, slices: Sequence[Sequence[Paragraph]], i: int) -> Vectors:
    """Encode one slice as a tutorial would."""
    texts = [f"passage: {paragraph.text}" for paragraph in slices[i]]
    return np.asarray(model.encode(texts, normalize_embeddings=True), dtype=np.float32)


def ours(
    home: Path, embedder: Embedder, slices: Sequence[Sequence[Paragraph]], i: int
) -> tuple[Index, int]:
    """Index one slice, a file per paragraph; gives the index and its number of sentences."""
    corpus, folder = home / f"corpus{i}", home / f"index{i}"
    Dossier(Settings(corpus=corpus, index=folder), embedder=embedder).sync()
    index = Index.open(folder, embedder.name)
    return index, index.manifest.sentences


def write(home: Path, slices: Sequence[Sequence[Paragraph]]) -> None:
    for i, part in enumerate(slices):
        corpus = home / f"corpus{i}"
        corpus.mkdir()
        for number, paragraph in enumerate(part):
            (corpus / f"{number:06d}.txt").write_text(
                f"{paragraph.title}\n\n{paragraph.text}\n", encoding="utf-8"
            )


def reciprocal_rank(scores: Vectors, gold: int) -> float:
    """One over the rank of the gold paragraph among the first ten, else 0."""
    rank = int((scores > scores[gold]).sum()) + 1
    return 1 / rank if rank <= 10 else 0.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--piaf", type=Path, default=PIAF)
    parser.add_argument("--paragraphs", type=int, default=1518)
    parser.add_argument("--slices", type=int, default=6)
    options = parser.parse_args()
    chosen = list(paragraphs(options.piaf))[: options.paragraphs]
    slices = [chosen[i :: options.slices] for i in range(options.slices)]
    settings = settings_module.load()
    embedder = models.load_embedder("default", settings.models)
    artifact = catalogue.find("default", "embedder")
    assert artifact is not None
    folder = installed.locate(artifact, settings.models)
    model = SentenceTransformer(str(folder), device="cpu", local_files_only=True)
    model.encode(["passage: un"])
    embedder.embed_passages(["un"], [[]])
    times = {"plain": Spent(), "ours": Spent()}
    ranks: dict[str, list[float]] = {"plain": [], "ours": []}
    passages = sentences = 0
    with tempfile.TemporaryDirectory() as temporary:
        home = Path(temporary)
        write(home, slices)
        for i, part in enumerate(slices):
            at = time.perf_counter(), time.process_time()
            vectors = plain(model, slices, i)
            times["plain"].add(*at)
            at = time.perf_counter(), time.process_time()
            index, count = ours(home, embedder, slices, i)
            times["ours"].add(*at)
            passages, sentences = passages + len(index.passages), sentences + count
            print(f"slice {i + 1} of {len(slices)} …", flush=True)
            owner = np.array([int(Path(p.document).stem) for p in index.passages])
            flat = [(q, n) for n, paragraph in enumerate(part) for q in paragraph.questions[:1]]
            asked = [f"query: {question}" for question, _ in flat]
            theirs = np.asarray(model.encode(asked, normalize_embeddings=True), dtype=np.float32)
            own = embedder.embed_questions([question for question, _ in flat])
            for row, (_, gold) in enumerate(flat):
                ranks["plain"].append(reciprocal_rank(vectors @ theirs[row], gold))
                scores = np.full(len(part), -1.0, dtype=np.float32)
                np.maximum.at(scores, owner, index.vectors @ own[row])
                ranks["ours"].append(reciprocal_rank(scores, gold))
    print(f"\n{len(chosen)} paragraphs; ours: {passages} passages, {sentences} sentences\n")
    print("| | s | of processor | paragraphs/s | dense MRR@10 |")
    print("|---|---|---|---|---|")
    for name, spent in times.items():
        print(
            f"| {name} | {spent.wall:.1f} | {spent.processor:.1f} "
            f"| {len(chosen) / spent.wall:.1f} | {100 * np.mean(ranks[name]):.1f} |"
        )
    wall = times["plain"].wall / times["ours"].wall
    processor = times["plain"].processor / times["ours"].processor
    print(f"\nOurs is {wall:.2f} times as fast by the clock, {processor:.2f} by processor time.")


if __name__ == "__main__":
    main()
