"""Which sentences belong to an answer of several: ``python benchmarks/pieces.py``.

    python benchmarks/pieces.py [--multispanqa 60] [--lfqa 44] [--mds 28] [--keep FILE]

MultiSpanQA (English; questions whose answer is a list within one passage): a sentence belongs
that holds one of the answers. LFQA and MDS of Slobodkin et al. 2024 (arXiv:2403.17104; a question
or a topic over several documents): the spans that people marked.

Compared, on the same sentences: what the program chooses; LexRank over the sentences' vectors
(Erkan and Radev 2004) and the best by the retrieval's score, as many as the program chooses on
average; one prompt that asks the same writer for the numbers of the best sentences, as the program
does with a writer into which nobody can look (then "as shipped" is that, with further rounds).
F1 is counted in sentences that overlap a marked span and in characters, question by question.
MultiSpanQA is asked as for a list, LFQA as for reasons, MDS as what the documents say on
a topic. FILE keeps, of every sentence that was read, the odds that it belongs; ``--fit FILE …``
fits from such files when a sentence belongs, by cross-validation over questions.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from askdossier import ask, models, retrieve, settings
from askdossier.ask import pieces
from askdossier.ask.case import Case, Clock, Task
from askdossier.ask.kinds import OfSeveral, listing, reasons, rounds, topic
from askdossier.ask.pieces.choose import Piece
from askdossier.ask.policy.signals import BEST_CENTRE
from askdossier.core import Embedder, Evidence, Filter, Span, Stop, Writer
from askdossier.index import Index
from collect_signals import EVAL, SEED, index_of

_CHUNK = 800
"""Characters of a passage."""
_READ = 24
"""Sentences that the one prompt lists."""


@dataclass(frozen=True)
class Item:
    """A question, the passages it is asked of, and what of them people marked."""

    data: str
    kind: OfSeveral
    """As a question of which it is asked."""
    question: str
    passages: Sequence[str]
    marked: Sequence[Sequence[Span]]
    """Of each passage."""


def multispanqa(wanted: int) -> Iterator[Item]:
    data = json.loads((EVAL / "multispanqa" / "valid.json").read_text("utf-8"))["data"]
    for one in random.Random(SEED).sample(data, wanted):
        body, marked = "", []
        for token, label in zip(one["context"], one["label"], strict=True):
            joined = not body or token in ".,;:!?)%" or body.endswith("(")
            body += token if joined else f" {token}"
            if label != "O":
                marked.append(Span(len(body) - len(token), len(body)))
        question = " ".join(one["question"]) + "?"
        yield Item("MultiSpanQA", listing, question, [body], [marked])


def marked_by_people(name: str, data: str, wanted: int) -> Iterator[Item]:
    lines = (EVAL / "attribute-first" / f"{name}_dev.json").read_text("utf-8").splitlines()
    for one in map(json.loads, lines[:wanted]):
        spans: dict[tuple[str, int], list[str]] = {}
        for mark in one["set_of_highlights_in_context"]:
            at = mark["documentFile"], int(mark["sent_idx"])
            spans.setdefault(at, []).append(mark["docSpanText"].strip())
        passages, marked = [""], [list[Span]()]
        for source in one["documents"]:
            named = source.get("documentFile") or source.get("documentUrl")
            if passages[-1]:
                passages.append("")
                marked.append([])
            for number, sentence in enumerate(source["documentText"]):
                said = " ".join(sentence.split())
                if passages[-1] and len(passages[-1]) + len(said) > _CHUNK:
                    passages.append("")
                    marked.append([])
                start = len(passages[-1])
                passages[-1] += f"{said} "
                for words in spans.get((named, number), ()):
                    found = said.find(" ".join(words.split()))
                    length = len(" ".join(words.split())) if found >= 0 else len(said)
                    first = start + max(found, 0)
                    marked[-1].append(Span(first, first + length))
        kept = [i for i, passage in enumerate(passages) if passage.strip()]
        asked = one["query"] or _topic(one["response"])
        kind = reasons if one["query"] else topic
        yield Item(data, kind, asked, [passages[i] for i in kept], [marked[i] for i in kept])


def _topic(summary: str) -> str:
    """A summary without a question: its first words stand for the topic."""
    return f"What do the documents say about: {' '.join(summary.split()[:12])}?"


# --- the rankings -------------------------------------------------------------------------------


def lexrank(index: Index, found: Sequence[Evidence], most: int) -> list[Evidence]:
    """The most central sentences: PageRank over their cosines, power iteration."""
    vectors = np.array([pieces.vector(index, item) for item in found])
    near = np.clip(vectors @ vectors.T - 0.75, 0, None)
    np.fill_diagonal(near, 0)
    steps = near / np.maximum(near.sum(axis=1, keepdims=True), 1e-9)
    rank = np.full(len(found), 1 / len(found))
    for _ in range(50):
        rank = 0.15 / len(found) + 0.85 * rank @ steps
    return [found[i] for i in np.argsort(-rank)[:most]]


# --- asking -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Score:
    """How a way of choosing does on a question: F1 in sentences and in characters."""

    data: str
    way: str
    sentences: float
    characters: float
    chosen: int


def scored(
    item: Item, way: str, chosen: Sequence[Evidence], everything: Sequence[Evidence]
) -> Score:
    gold = [one for one in everything if _is_marked(item, one)]
    hit = sum(one in gold for one in chosen)
    marked = {
        (i, c) for i, spans in enumerate(item.marked) for s in spans for c in range(s.start, s.end)
    }
    taken = {(_number(one), c) for one in chosen for c in range(one.span.start, one.span.end)}
    return Score(
        item.data,
        way,
        2 * hit / max(len(chosen) + len(gold), 1),
        2 * len(marked & taken) / max(len(marked) + len(taken), 1),
        len(chosen),
    )


def _number(evidence: Evidence) -> int:
    return int(re.findall(r"\d+", evidence.document)[0])


def _is_marked(item: Item, evidence: Evidence) -> bool:
    return any(span.overlaps(evidence.span) for span in item.marked[_number(evidence)])


@dataclass(frozen=True)
class Asking:
    """Asks as the program does."""

    embedder: Embedder
    writer: Writer

    def case(self, index: Index, question: str) -> Case:
        """The question, asked of an index."""
        tools = ask.Tools(
            lambda: index, lambda: self.embedder, lambda: None, lambda: self.writer, lambda _: None
        )
        vector = self.embedder.embed_questions([question])[0]
        task = Task(question, Filter(), (), 0.0, Stop())
        query = retrieve.Query.of(question, vector)
        return Case(tools, task, task.language, index, query, Clock())

    def scores(self, item: Item) -> Iterator[tuple[list[Piece], list[Score]]]:
        """What was read of an item, and how the ways do on it."""
        with index_of(item.passages, self.embedder) as index:
            case = self.case(index, item.question)
            found = retrieve.retrieve(index, case.query, None, None)
            everything = retrieve.sentences_in(index, case.query, found, 10_000)
            part = next(iter(item.kind.parts(item.question, case, None)))
            choosing = [one for _, one in rounds(part) if one is not None][-1]
            ours = [piece.evidence for piece in choosing.sure]
            most = len(ours)
            ways = {
                "as shipped": ours,
                "best by score, as many": everything[:most],
                "best by score, five": everything[:5],
                "LexRank, as many": lexrank(index, everything, most),
                "one prompt": pieces.numbered(case, everything[:_READ]).sentences or (),
            }
            yield (
                list(choosing.pieces),
                [scored(item, way, chosen, everything) for way, chosen in ways.items()],
            )


def table(scores: Sequence[Score]) -> None:
    """Print the means of one kind of data, a row for each way."""
    print(f"| {scores[0].data} | questions | sentences, F1 | characters, F1 | chosen |")
    print("|---|--:|--:|--:|--:|")
    for way in dict.fromkeys(one.way for one in scores):
        own = [one for one in scores if one.way == way]
        print(
            f"| {way} | {len(own)} | {100 * np.mean([one.sentences for one in own]):.1f} | "
            f"{100 * np.mean([one.characters for one in own]):.1f} | "
            f"{np.mean([one.chosen for one in own]):.1f} |",
            flush=True,
        )


def fit(files: Sequence[Path]) -> None:
    """Fit the probability that a sentence belongs, from what the writer looks at."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.metrics import roc_auc_score
    from sklearn.model_selection import GroupKFold, cross_val_predict

    rows = [json.loads(line) for file in files for line in file.read_text("utf-8").splitlines()]
    belongs = np.array([row["belongs"] for row in rows])
    groups = [row["question"] for row in rows]
    for name in ("looks", "score"):
        known = np.array([[row[name]] for row in rows])
        model = LogisticRegression()
        likely = cross_val_predict(
            model, known, belongs, groups=groups, cv=GroupKFold(10), method="predict_proba"
        )[:, 1]
        model.fit(known, belongs)
        coefficients = model.intercept_[0], model.coef_[0][0]
        print(f"{name}: AUC {roc_auc_score(belongs, likely):.3f}, coefficients {coefficients}")
        for least in np.arange(0.1, 0.7, 0.05):
            chosen = likely >= least
            hit = (chosen & belongs).sum()
            print(
                f"  {least:.2f}: precision {hit / max(chosen.sum(), 1):.2f}, "
                f"recall {hit / belongs.sum():.2f}"
            )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--multispanqa", type=int, default=60)
    parser.add_argument("--lfqa", type=int, default=44)
    parser.add_argument("--mds", type=int, default=28)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--fit", type=Path, nargs="+")
    options = parser.parse_args()
    if options.fit:
        fit(options.fit)
        return
    chosen = settings.load()
    asking = Asking(
        models.load_embedder(chosen.embedder, chosen.models),
        models.load_writer(chosen.writer, chosen.models),
    )
    for items in (
        multispanqa(options.multispanqa),
        marked_by_people("lfqa", "LFQA", options.lfqa),
        marked_by_people("mds", "MDS", options.mds),
    ):
        scores: list[Score] = []
        for item in items:
            for read, own in asking.scores(item):
                scores += own
                if options.keep:
                    keep(options.keep, item, read)
        table(scores)


def keep(file: Path, item: Item, read: Sequence[Piece]) -> None:
    with file.open("a", encoding="utf-8") as kept:
        for piece in read:
            row = {
                "data": item.data,
                "question": item.question,
                "looks": piece.odds,
                "score": piece.evidence.score - BEST_CENTRE,
                "belongs": _is_marked(item, piece.evidence),
            }
            kept.write(json.dumps(row, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
