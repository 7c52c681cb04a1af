"""Fit the rule that tells whether the evidence answers the question (``answerability``).

    python benchmarks/fit_abstention.py collect signals.jsonl [--piaf 300] [--each 120]
    python benchmarks/fit_abstention.py fit signals.jsonl [--write]

``collect`` runs retrieval and the default writer's judgement on development questions of three
kinds, never on the questions of a dossier: PIAF with all paragraphs indexed, each question once
more without its gold paragraph when the evidence held the answer; NoMIRACL French with ten passages
that hold an answer or not; SQuAD 2.0 (Normans) in English. What ends up in ``trust.py piaf`` is
left out. Interrupted, it goes on where it was.

``fit`` trains the head over the writer's hidden state and the logistic regression that joins it
with the score of the best sentence, on PIAF; with ``--write`` into the package. It prints AUC and
what each strictness would cost (hallucination / error, in percent): on PIAF by cross-validation,
question by question; on the others as they come, and on NoMIRACL also by a head trained there
alone, by cross-validation. "Shipped for others" is what a writer without a head would meet.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import tempfile
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from askdossier import answer, answerability, models, retrieve, settings, text
from askdossier.evaluate.correctness import holds_answer
from askdossier.index import Index, Prepared, sync
from askdossier.records import Document, Embedder, Evidence, Passage, Source, Stop, Writer

EVAL = Path(__file__).resolve().parents[1].parent / "shared" / "eval"
SEED = 7
FITTED_ON = "piaf"
"""Not NoMIRACL, where "relevant" says that a passage answers, not that the evidence does; not
Normans, whose unanswerable questions swap a name or a year."""
FOLDS = 5
HEAD_C = 1e-2
"""Inverse strength of the head's regularisation."""
TRUSTED = 200
"""Questions of PIAF that ``trust.py piaf`` samples, with the same seed."""

Row = dict[str, Any]
"""A question's signals, whether the evidence answers it, and the data it comes from."""


def piaf_paragraphs() -> list[dict[str, Any]]:
    """Paragraphs, each with its questions."""
    data = json.loads((EVAL / "piaf" / "piaf-v1.1.json").read_text(encoding="utf-8"))
    return [paragraph for article in data["data"] for paragraph in article["paragraphs"]]


def piaf_questions(paragraphs: list[dict[str, Any]]) -> list[tuple[str, str, list[str]]]:
    """Gold document in an index of all paragraphs, question, answers."""
    return [
        (document(number), qa["question"], [answer["text"] for answer in qa["answers"]])
        for number, paragraph in enumerate(paragraphs)
        for qa in paragraph["qas"]
    ]


def document(number: int) -> str:
    return f"{number:04}.txt"


# --- collect --------------------------------------------------------------------------------------


def index_of(paragraphs: Sequence[str], embedder: Embedder, folder: Path) -> Index:
    """Index paragraphs, each as a document of one passage."""
    corpus = folder / "corpus"
    corpus.mkdir()
    for number, paragraph in enumerate(paragraphs):
        (corpus / document(number)).write_text(paragraph, encoding="utf-8")

    def prepare(path: Path, relative: str) -> Prepared:
        body = path.read_text(encoding="utf-8")
        spans = text.sentences(body)
        digest = hashlib.sha256(body.encode()).hexdigest()
        made = Document(relative, "", body, text.language(body), Source(relative, sha256=digest))
        whole = type(spans[0])(spans[0].start, spans[-1].end)
        return Prepared(made, (Passage(relative, relative, whole, "", spans),), ("",), ())

    sync(corpus, folder / "index", embedder, prepare, "fit", supported=lambda path: True)
    return Index.open(folder / "index", embedder.name)


@dataclass(frozen=True)
class Collector:
    """Asks the writer what it makes of the evidence."""

    embedder: Embedder
    writer: Writer

    def evidence(
        self, index: Index, question: str, without: str | None = None
    ) -> tuple[Evidence, ...]:
        """Sentences that the question finds."""
        query = retrieve.Query.of(question, self.embedder.embed_questions([question])[0])
        allowed = frozenset(index.documents) - {without}
        return retrieve.retrieve(index, query, index.rows_among(allowed))[1]

    def row(
        self, data: str, question: str, evidence: Sequence[Evidence], *, answerable: bool
    ) -> Row:
        """What the writer makes of the evidence."""
        language = text.question_language(question)
        request = answer.prompt(question, evidence, language)
        judged = answer.answerable(self.writer, request, language, Stop())
        signals = answerability.Signals.of(judged, evidence, language, self.writer.name)
        state = signals.state
        return asdict(signals) | {
            "state": None if state is None else state.astype(np.float16).tolist(),
            "prompts": answer.fingerprint(),
            "data": data,
            "question": question,
            "answerable": answerable,
        }

    def from_piaf(self, count: int, done: Collection[str]) -> Iterator[list[Row]]:
        """With all paragraphs, and again without the gold one if the evidence held the answer."""
        paragraphs = piaf_paragraphs()
        asked = piaf_questions(paragraphs)
        rng = random.Random(SEED)
        left_out = {question for _, question, _ in rng.sample(asked, TRUSTED)}
        asked = rng.sample([item for item in asked if item[1] not in left_out], count)
        asked = [item for item in asked if item[1] not in done]
        if not asked:
            return
        with tempfile.TemporaryDirectory() as folder:
            index = index_of([p["context"] for p in paragraphs], self.embedder, Path(folder))
            for gold, question, answers in asked:
                found = self.evidence(index, question)
                own = [item.quote for item in found if item.document == gold]
                held = any(holds_answer(quote, answers) for quote in own)
                rows = [self.row("piaf", question, found, answerable=held)]
                others = self.evidence(index, question, without=gold) if held else ()
                if others and not any(holds_answer(item.quote, answers) for item in others):
                    rows.append(self.row("piaf", question, others, answerable=False))
                yield rows

    def from_nomiracl(self, each: int, done: Collection[str]) -> Iterator[list[Row]]:
        """Each question with its ten passages."""
        for name in ("relevant", "non_relevant"):
            file = EVAL / "nomiracl-fr" / f"{name}.jsonl"
            rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
            for row in random.Random(SEED).sample(rows, min(each, len(rows))):
                if row["question"] in done:
                    continue
                with tempfile.TemporaryDirectory() as folder:
                    index = index_of(row["passages"], self.embedder, Path(folder))
                    found = self.evidence(index, row["question"])
                    yield [
                        self.row("nomiracl", row["question"], found, answerable=row["answerable"])
                    ]

    def from_normans(self, each: int, done: Collection[str]) -> Iterator[list[Row]]:
        """All questions with the whole article."""
        squad = json.loads(
            (EVAL / "squad2-normans" / "dev-v2.0.first_article.json").read_text(encoding="utf-8")
        )
        article = squad["data"][0] if "data" in squad else squad
        asked = [
            (qa["question"], not qa["is_impossible"])
            for paragraph in article["paragraphs"]
            for qa in paragraph["qas"]
        ]
        with tempfile.TemporaryDirectory() as folder:
            paragraphs = [paragraph["context"] for paragraph in article["paragraphs"]]
            index = index_of(paragraphs, self.embedder, Path(folder))
            for kind in (True, False):
                own = [item for item in asked if item[1] is kind]
                for question, answerable in random.Random(SEED).sample(own, min(each, len(own))):
                    if question not in done:
                        found = self.evidence(index, question)
                        yield [self.row("normans", question, found, answerable=answerable)]


def collect(out: Path, questions: int, each: int) -> None:
    chosen = settings.load()
    collector = Collector(
        models.load_embedder(chosen.embedder, chosen.models),
        models.load_writer(chosen.writer, chosen.models),
    )
    collector.writer.warm_up()
    done = {row["question"] for row in read(out)} if out.exists() else set()
    with out.open("a", encoding="utf-8") as file:
        for rows in chain(
            collector.from_piaf(questions, done),
            collector.from_nomiracl(each, done),
            collector.from_normans(each, done),
        ):
            file.writelines(json.dumps(row) + "\n" for row in rows)
            file.flush()


def read(file: Path) -> list[Row]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


# --- fit ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Data:
    """Rows as arrays, ``n`` of them."""

    known: NDArray[np.float64]
    """Features of every writer, shape ``(n, 2)``."""
    states: NDArray[np.float64]
    """Of the writer, of unit length, shape ``(n, d)``."""
    answerable: NDArray[np.bool_]
    source: NDArray[np.str_]
    questions: NDArray[np.int_]
    """Number of each row's question: its rows belong into one fold."""

    @classmethod
    def of(cls, rows: list[Row]) -> Data:
        """Stack rows."""
        numbers = {row["question"]: number for number, row in enumerate(rows)}
        return cls(
            np.array([answerability.features(signals(row)) for row in rows]),
            answerability.unit(np.array([row["state"] for row in rows], np.float32)).astype(float),
            np.array([row["answerable"] for row in rows]),
            np.array([row["data"] for row in rows]),
            np.array([numbers[row["question"]] for row in rows]),
        )

    def folds(self, seed: int) -> NDArray[np.int_]:
        """Fold of each row."""
        fold = np.random.default_rng(seed).permutation(self.questions.max() + 1) % FOLDS
        return np.asarray(fold[self.questions])


def signals(row: Row) -> answerability.Signals:
    return answerability.Signals(
        row["judgement"],
        row["best"],
        row["language"],
        row["writer"],
        np.array(row["state"], np.float32),
    )


def head_of(states: NDArray[np.float64], answerable: NDArray[np.bool_]) -> Any:
    model = make_pipeline(StandardScaler(), LogisticRegression(C=HEAD_C, max_iter=1000))
    return model.fit(states, answerable)


def joined_of(features: NDArray[np.float64], answerable: NDArray[np.bool_]) -> LogisticRegression:
    return LogisticRegression(C=100.0, max_iter=1000).fit(features, answerable)


def held_out(
    fit_to: Callable[[NDArray[np.float64], NDArray[np.bool_]], Any],
    features: NDArray[np.float64],
    data: Data,
    train: NDArray[np.bool_],
) -> NDArray[np.float64]:
    """Log-odds on every row, by a model that has not seen its question.

    Rows outside ``train`` are for the model that has seen all of it.
    """
    odds = fit_to(features[train], data.answerable[train]).decision_function(features)
    folds = data.folds(SEED)
    for fold in range(FOLDS):
        seen, left = train & (folds != fold), train & (folds == fold)
        model = fit_to(features[seen], data.answerable[seen])
        odds[left] = model.decision_function(features[left])
    return np.asarray(odds)


def fit(file: Path, *, write: bool) -> None:
    rows = read(file)
    ((writer, prompts),) = {(row["writer"], row["prompts"]) for row in rows}
    data = Data.of(rows)
    own = data.source == FITTED_ON
    for language in ("fr", "en"):
        odds = [
            answerability.log_odds(row["judgement"]) for row in rows if row["language"] == language
        ]
        print(f"median log-odds of the judgement, {language}: {np.median(odds):.2f}")
    plain = held_out(joined_of, data.known, data, own)
    model = joined_of(data.known[own], data.answerable[own])
    print("without the head: intercept, judgement, best =", numbers(model))
    read_by_head = held_out(head_of, data.states, data, own)
    features = np.column_stack([data.known[:, 1], read_by_head])
    joined = held_out(joined_of, features, data, own)
    model = joined_of(features[own], data.answerable[own])
    print("with the head: intercept, best, head =", numbers(model))
    there = held_out(head_of, data.states, data, data.source == "nomiracl")
    shipped = [answerability.probability(replace(signals(row), state=None)) for row in rows]
    columns = {
        "judgement": data.known[:, 0],
        "best": data.known[:, 1],
        "without the head": plain,
        "head": read_by_head,
        "with the head": joined,
        "head of NoMIRACL": there,
        "shipped for others": np.array([answerability.log_odds(p) for p in shipped]),
    }
    print("\n| AUC | n | " + " | ".join(columns) + " |\n|---|" + "---:|" * (1 + len(columns)))
    for name in sorted(set(data.source)):
        group = data.source == name
        scores = [roc_auc_score(data.answerable[group], c[group]) for c in columns.values()]
        print(f"| {name} | {group.sum()} | " + " | ".join(f"{s:.3f}" for s in scores) + " |")
    for name in ("without the head", "with the head", "head of NoMIRACL", "shipped for others"):
        print(f"\n{name}:")
        consequences(1 / (1 + np.exp(-columns[name])), data)
    if write:
        head = head_of(data.states[own], data.answerable[own])
        scale, regression = head
        weights = regression.coef_[0] / scale.scale_
        np.savez(
            answerability.HEAD,
            writer=writer.split(" ", 1)[0],
            prompts=prompts,
            weights=weights.astype(np.float32),
            bias=np.float32(regression.intercept_[0] - weights @ scale.mean_),
            joined=np.array([model.intercept_[0], *model.coef_[0]], np.float32),
        )
        print(f"\nwritten: {answerability.HEAD.name}, {answerability.HEAD.stat().st_size} bytes")


def numbers(model: LogisticRegression) -> str:
    return ", ".join(f"{value:.3f}" for value in [model.intercept_[0], *model.coef_[0]])


def consequences(p: NDArray[np.float64], data: Data) -> None:
    """Print what each strictness costs."""
    names = sorted(set(data.source))
    print("\n| strictness | " + " | ".join(f"{name} hall./err." for name in names) + " |")
    print("|---:|" + "---:|" * len(names))
    for threshold in (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7):
        cells = []
        for name in names:
            group = data.source == name
            hallucination = (p[group & ~data.answerable] >= threshold).mean()
            error = (p[group & data.answerable] < threshold).mean()
            cells.append(f"{100 * hallucination:.0f} / {100 * error:.0f}")
        print(f"| {threshold} | " + " | ".join(cells) + " |")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("step", choices=("collect", "fit"))
    parser.add_argument("file", type=Path)
    parser.add_argument("--piaf", type=int, default=300, help="questions of PIAF")
    parser.add_argument("--each", type=int, default=120, help="of the others, of each kind")
    parser.add_argument("--write", action="store_true", help="put what is fitted into the package")
    arguments = parser.parse_args()
    if arguments.step == "collect":
        collect(arguments.file, arguments.piaf, arguments.each)
    else:
        fit(arguments.file, write=arguments.write)
