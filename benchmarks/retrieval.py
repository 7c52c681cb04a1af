"""Retrieval: BM25 alone, vectors alone, the plain sum of both, and fused as ``retrieve`` does it.

    python benchmarks/retrieval.py [--questions N] [--plot docs/retrieval.svg]

All questions of these sets unless ``--questions`` samples those of PIAF:

- PIAF (7,569 questions, 1,518 French paragraphs), each paragraph a document cut into passages as
  any file is: once without a title, once under the title of its article. A question counts as found
  at rank r when its own paragraph is the r-th document; a document ranks by its best passage.
- the French questions put into English (tests/data/piaf_en.jsonl), over the same paragraphs;
- ``dossier_dev`` (21 answerable questions, five saved web pages, indexed as they are): a passage
  that holds a gold quote is right;
- ``squad2-normans`` (96 answerable English questions, 39 paragraphs);
- ``faq-covid19`` (531 questions of administrations' FAQs), each answer a document of its own, from
  which the question is left out: the two share few words.

The plain sum is that of the z-scores over all passages, with the cosine's share named; on the FAQ
also over whole answers, embedded and searched as one passage each. "earlier" orders the same
candidates by what evidence is still worth (``Candidate.worth``), by which they ranked once.

Prints Markdown tables. Metrics by ir-measures; ties are settled by row, as in the program.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median
from typing import Any

import ir_measures
import numpy as np
from ir_measures import RR, Success, nDCG
from numpy.typing import NDArray

from askdossier import chunk, models, retrieve, settings, text
from askdossier.core import Document, Embedder, Report, Source, Span, Vectors
from askdossier.dossier import Dossier
from askdossier.index import Index, Prepared, sync
from askdossier.settings import Settings

SHARED = Path(__file__).resolve().parents[1].parent / "shared"
EVAL = SHARED / "eval"
ENGLISH = Path(__file__).resolve().parents[1] / "tests" / "data" / "piaf_en.jsonl"
SEED = 7
DEEP = 100
"""Passages ranked."""
TIMED = 200
"""Questions of each set that are timed."""
MEASURES = (Success @ 1, Success @ 5, Success @ 10, RR @ 10, nDCG @ 10)
SHARES = (0.7, 0.85)
"""Of the cosine in the plain sum."""
RANKINGS = (
    "BM25",
    "vectors",
    *(f"z-scores, {share} dense" for share in SHARES),
    "fused, earlier",
    "fused",
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, and what is right: ids of documents, or of passages."""

    id: str
    text: str
    right: frozenset[str]


Ranked = Mapping[str, float]
"""What was found, with its score."""


# --- data -----------------------------------------------------------------------------------------


def piaf() -> tuple[list[tuple[str, str]], list[Asked]]:
    """Read title and text of each paragraph, and the questions."""
    data = json.loads((EVAL / "piaf" / "piaf-v1.1.json").read_text(encoding="utf-8"))["data"]
    return squad(data)


def normans() -> tuple[list[tuple[str, str]], list[Asked]]:
    """Read the English article, its answerable questions alone."""
    file = EVAL / "squad2-normans" / "dev-v2.0.first_article.json"
    data = json.loads(file.read_text(encoding="utf-8"))
    return squad(data.get("data", [data]))


def squad(articles: list[Any]) -> tuple[list[tuple[str, str]], list[Asked]]:
    paragraphs = [(a["title"], p) for a in articles for p in a["paragraphs"]]
    asked = [
        Asked(str(qa["id"]), qa["question"], frozenset({named(number)}))
        for number, (_, paragraph) in enumerate(paragraphs)
        for qa in paragraph["qas"]
        if not qa.get("is_impossible")
    ]
    return [(title, paragraph["context"]) for title, paragraph in paragraphs], asked


def faq() -> tuple[list[tuple[str, str]], list[Asked]]:
    """Read the distinct answers, without titles, and the questions."""
    lines = (EVAL / "faq-covid19" / "faq.jsonl").read_text(encoding="utf-8").splitlines()
    pairs = list(map(json.loads, lines))
    answers = dict.fromkeys(pair["answer"] for pair in pairs)
    places = {answer: place for place, answer in enumerate(answers)}
    asked = [
        Asked(str(number), pair["question"], frozenset({named(places[pair["answer"]])}))
        for number, pair in enumerate(pairs)
    ]
    return [("", answer) for answer in places], asked


def named(number: int) -> str:
    return f"{number:05}.txt"


def in_english(asked: Sequence[Asked]) -> tuple[list[Asked], list[Asked]]:
    """The questions that were put into English, in French and in English."""
    lines = map(json.loads, ENGLISH.read_text(encoding="utf-8").splitlines())
    english = {line["id"]: line["question"] for line in lines}
    french = [item for item in asked if item.id in english]
    return french, [Asked(item.id, english[item.id], item.right) for item in french]


# --- indexing -------------------------------------------------------------------------------------


class Remembering:
    """An embedder that embeds each text once: two indexes share most of their sentences."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self.name, self.dimension = embedder.name, embedder.dimension
        self.max_tokens = embedder.max_tokens
        self.known: dict[str, Any] = {}

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Count as the embedder does."""
        return self._embedder.count_tokens(texts)

    def embed_questions(self, texts: Sequence[str]) -> Vectors:
        """Embed questions, whether known or not."""
        return self._embedder.embed_questions(texts)

    def embed_passages(
        self,
        texts: Sequence[str],
        parts: Sequence[Sequence[Span]],
        report: Report | None = None,
    ) -> tuple[Vectors, Vectors]:
        """Embed what is not known yet."""
        flat = [span.of(body) for body, own in zip(texts, parts, strict=True) for span in own]
        new = [body for body in dict.fromkeys([*texts, *flat]) if body not in self.known]
        if new:
            vectors, _ = self._embedder.embed_passages(new, [()] * len(new), report)
            self.known.update(zip(new, vectors, strict=True))
        return self._of(texts), self._of(flat)

    def _of(self, texts: Sequence[str]) -> Vectors:
        return stacked([self.known[body] for body in texts], self.dimension)


def stacked(vectors: Sequence[Any], dimension: int) -> Vectors:
    return np.asarray(vectors, dtype=np.float32).reshape(-1, dimension)


def index_of(
    paragraphs: Sequence[tuple[str, str]], embedder: Embedder, folder: Path, *, whole: bool = False
) -> Index:
    """Index paragraphs, each a document of its own, cut into passages as any document is.

    ``whole`` leaves each in one passage, which the embedder may cut short.
    """
    corpus = folder / "corpus"
    corpus.mkdir(parents=True)
    titles = {}
    for number, (title, paragraph) in enumerate(paragraphs):
        (corpus / named(number)).write_text(paragraph, encoding="utf-8")
        titles[named(number)] = title

    def prepare(path: Path, relative: str) -> Iterator[Prepared]:
        body = path.read_text(encoding="utf-8")
        source = Source(relative, sha256=hashlib.sha256(body.encode()).hexdigest())
        document = Document(relative, titles[relative], body, text.language(body), source)
        passages = chunk.passages(document, embedder.count_tokens, embedder.max_tokens)
        if whole:
            span = Span(passages[0].span.start, passages[-1].span.end)
            sentences = tuple(part for passage in passages for part in passage.sentences)
            passages = (replace(passages[0], span=span, sentences=sentences),)
        contexts = tuple(chunk.context(document, passage) for passage in passages)
        yield Prepared(document, passages, contexts)

    sync(corpus, folder / "index", embedder, prepare, "benchmark", supported=lambda path: True)
    return Index.open(folder / "index", embedder.name)


# --- ranking --------------------------------------------------------------------------------------


def rankings(index: Index, question: str, vector: Any) -> Iterator[list[tuple[int, float]]]:
    """Rows with their scores by each of ``RANKINGS``, best first."""
    query = retrieve.Query.of(question, vector)
    words = [word.token for word in query.words(text.question_language(question))]
    yield index.lexical(words, DEEP)
    yield index.dense(vector, DEEP)
    count = len(index.passages)
    dense, lexical = np.zeros(count), np.zeros(count)
    for scores, found in (
        (dense, index.dense(vector, count)),
        (lexical, index.lexical(words, count)),
    ):
        scores[[row for row, _ in found]] = [score for _, score in found]
    for share in SHARES:
        summed = share * standardised(dense) + (1 - share) * standardised(lexical)
        best = np.argsort(-summed, kind="stable")[:DEEP].tolist()
        yield [(row, float(summed[row])) for row in best]
    fused = retrieve.candidates(index, query, None, 2 * DEEP)
    yield sorted(((one.row, one.worth) for one in fused), key=lambda item: (-item[1], item[0]))
    yield [(one.row, one.hit.score) for one in fused]


def standardised(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """z-scores; zeros where all are alike."""
    z: NDArray[np.float64] = (scores - scores.mean()) / (scores.std() or 1.0)
    return z


def by_document(index: Index, ranked: Sequence[tuple[int, float]]) -> Ranked:
    best: dict[str, float] = {}
    for row, score in ranked:
        best.setdefault(index.passages[row].document, score)
    return best


def by_passage(index: Index, ranked: Sequence[tuple[int, float]]) -> Ranked:
    return {index.passages[row].id: score for row, score in ranked}


def measured(found: Mapping[str, Ranked], asked: Sequence[Asked]) -> list[float]:
    """The measures over all questions, in percent."""
    right = {item.id: dict.fromkeys(item.right, 1) for item in asked}
    # By rank, not by score: ir-measures settles ties in its own way.
    run = {
        item.id: {name: float(-rank) for rank, name in enumerate(found[item.id])}
        or {"nothing": 0.0}
        for item in asked
    }
    values = ir_measures.calc_aggregate(MEASURES, right, run)
    return [100 * values[measure] for measure in MEASURES]


def compared(
    index: Index, asked: Sequence[Asked], embedder: Embedder, *, passages: bool = False
) -> dict[str, list[float]]:
    """The measures of each ranking; prints how long the fused one takes."""
    found: dict[str, dict[str, Ranked]] = {name: {} for name in RANKINGS}
    seconds = []
    of = by_passage if passages else by_document
    vectors = embedder.embed_questions([item.text for item in asked])
    timed_every = max(1, len(asked) // TIMED)
    for number, (item, vector) in enumerate(zip(asked, vectors, strict=True)):
        for name, ranked in zip(RANKINGS, rankings(index, item.text, vector), strict=True):
            found[name][item.id] = of(index, ranked)
        if number % timed_every == 0:
            started = time.perf_counter()
            query = retrieve.Query.of(item.text, vector)
            retrieve.evidence_in(index, query, retrieve.retrieve(index, query))
            seconds.append(time.perf_counter() - started)
    print(
        f"{len(asked)} questions, {len(index.passages)} passages; passages and evidence without "
        f"embedding the question: {1000 * median(seconds):.0f} ms (median)\n"
    )
    return {name: measured(found[name], asked) for name in RANKINGS}


def table(name: str, rows: Mapping[str, Sequence[float]]) -> None:
    print(f"| {name} | " + " | ".join(map(str, MEASURES)) + " |")
    print("|---|" + "---:|" * len(MEASURES))
    for ranking, values in rows.items():
        print(f"| {ranking} | " + " | ".join(f"{value:.1f}" for value in values) + " |")
    print(flush=True)


# --- the dossier ----------------------------------------------------------------------------------


def dossier_questions(dossier: Dossier, index: Index) -> list[Asked]:
    lines = (EVAL / "dossier_dev.jsonl").read_text(encoding="utf-8").splitlines()
    asked = []
    for row in map(json.loads, lines):
        gold = []
        for item in row["evidence"] if row["answerable"] else ():
            start = dossier.documents[item["document"]].text.index(item["quote"])
            gold.append((item["document"], Span(start, start + len(item["quote"]))))
        right = frozenset(
            passage.id
            for name, span in gold
            for passage in index.passages_of(name)
            if passage.span.overlaps(span)
        )
        if right:
            asked.append(Asked(row["id"], row["question"], right))
    return asked


# --- all of it ------------------------------------------------------------------------------------


def plot(tables: Mapping[str, Mapping[str, Sequence[float]]], file: Path) -> None:
    """Draw success at 1 and 5 and RR@10 of each ranking on each set."""
    import matplotlib as mpl

    mpl.use("agg")
    from matplotlib import pyplot as plt

    shown = (MEASURES.index(Success @ 1), MEASURES.index(Success @ 5), MEASURES.index(RR @ 10))
    figure, panels = plt.subplots(1, len(tables), figsize=(3 * len(tables), 3.2), sharey=True)
    for panel, (name, rows) in zip(panels, tables.items(), strict=True):
        for number, (ranking, values) in enumerate(rows.items()):
            width = 0.84 / len(rows)
            places = [at + width * (number - (len(rows) - 1) / 2) for at in range(len(shown))]
            panel.bar(places, [values[at] for at in shown], 0.9 * width, label=ranking)
        panel.set_title(name, fontsize=9)
        panel.set_xticks(range(len(shown)), [str(MEASURES[at]) for at in shown])
        panel.set_ylim(40, 100)
        panel.spines[["top", "right"]].set_visible(False)
    panels[0].set_ylabel("%")
    panels[-1].legend(frameon=False, fontsize=8, loc="lower right")
    figure.tight_layout()
    # No date, no random ids: the same figures give the same file.
    mpl.rcParams["svg.hashsalt"] = "askdossier"
    figure.savefig(file, metadata={"Date": None} if file.suffix == ".svg" else None)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--questions", type=int, help="sample so many of PIAF")
    parser.add_argument("--plot", type=Path, help="draw the tables into this file")
    arguments = parser.parse_args()
    chosen = settings.load()
    embedder = Remembering(models.load_embedder(chosen.embedder, chosen.models))
    tables = {}

    def report(name: str, index: Index, asked: Sequence[Asked], *, passages: bool = False) -> None:
        print(f"## {name}\n")
        tables[name] = compared(index, asked, embedder, passages=passages)
        table(name, tables[name])

    with tempfile.TemporaryDirectory() as home:
        paragraphs, asked = piaf()
        some = asked
        if arguments.questions:
            some = random.Random(SEED).sample(asked, arguments.questions)
        untitled = [("", paragraph) for _, paragraph in paragraphs]
        report("PIAF", index_of(untitled, embedder, Path(home) / "untitled"), some)
        titled = index_of(paragraphs, embedder, Path(home) / "titled")
        report("PIAF, titled", titled, some)
        french, english = in_english(asked)
        report("60 in French", titled, french)
        report("60 in English", titled, english)
        dossier = Dossier(Settings(SHARED / "dossier", Path(home) / "dossier"), embedder=embedder)
        dossier.sync()
        index = Index.open(dossier.settings.index, embedder.name)
        report("dossier_dev", index, dossier_questions(dossier, index), passages=True)
        paragraphs, asked = normans()
        report("Normans", index_of(paragraphs, embedder, Path(home) / "normans"), asked)
        answers, asked = faq()
        report("FAQ", index_of(answers, embedder, Path(home) / "faq"), asked)
        whole = index_of(answers, embedder, Path(home) / "whole", whole=True)
        report("FAQ, whole answers", whole, asked)
    if arguments.plot:
        plot(tables, arguments.plot)


if __name__ == "__main__":
    main()
