"""Fit the rule that tells whether the dossier answers a question (``answer.probability``).

    python benchmarks/fit_abstention.py collect signals.jsonl [--each 75]
    python benchmarks/fit_abstention.py fit signals.jsonl

``collect`` runs retrieval and the default writer's judgement on development questions of three
kinds, never on the questions of a dossier: PIAF with the gold paragraph in the index or taken out
of it (the other paragraphs of the article stay: near misses), NoMIRACL French with ten passages
that hold an answer or not, and SQuAD 2.0 (Normans) in English. ``fit`` prints the coefficients of
a logistic regression on the French ones, its AUC by cross-validation, and what each strictness
would cost with them, and costs as shipped (hallucination / error, in percent).
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import tempfile
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import StratifiedKFold, cross_val_predict

from askdossier import answer, models, retrieve, settings, text
from askdossier.index import Index, Prepared, sync
from askdossier.records import Document, Embedder, Passage, Source, Stop, Writer

EVAL = Path(__file__).resolve().parents[1].parent / "shared" / "eval"
SEED = 7
FITTED_ON = ("piaf", "nomiracl")
"""Not Normans: its unanswerable questions swap a name or a year, which this writer does not see."""


def index_of(paragraphs: list[str], embedder: Embedder, folder: Path) -> Index:
    """Index paragraphs, each as a document of one passage."""
    corpus = folder / "corpus"
    corpus.mkdir()
    for number, paragraph in enumerate(paragraphs):
        (corpus / f"{number:05}.txt").write_text(paragraph, encoding="utf-8")

    def prepare(path: Path, relative: str) -> Prepared:
        body = path.read_text(encoding="utf-8")
        spans = text.sentences(body)
        digest = hashlib.sha256(body.encode()).hexdigest()
        document = Document(
            relative, "", body, text.language(body), Source(relative, sha256=digest)
        )
        whole = type(spans[0])(spans[0].start, spans[-1].end)
        return Prepared(document, (Passage(relative, relative, whole, "", spans),), ("",), ())

    sync(corpus, folder / "index", embedder, prepare, "fit", supported=lambda path: True)
    return Index.open(folder / "index", embedder.name)


def questions(each: int) -> Iterator[tuple[str, list[str], list[tuple[str, bool]]]]:
    """Name of the data, paragraphs to index, questions and whether they can be answered."""
    rng = random.Random(SEED)
    piaf = json.loads((EVAL / "piaf" / "piaf-v1.1.json").read_text(encoding="utf-8"))
    contexts = [p for article in piaf["data"] for p in article["paragraphs"]]
    chosen = rng.sample(contexts, 2 * each)
    removed = {id(p) for p in chosen[each:]}
    # The articles of the questions, less the removed paragraphs: near misses.
    articles = [a for a in piaf["data"] if any(p in chosen for p in a["paragraphs"])]
    others = [p for a in articles for p in a["paragraphs"] if id(p) not in removed]
    yield (
        "piaf",
        [p["context"] for p in others],
        [(rng.choice(p["qas"])["question"], id(p) not in removed) for p in chosen],
    )
    for name in ("relevant", "non_relevant"):
        file = EVAL / "nomiracl-fr" / f"{name}.jsonl"
        rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
        for row in rng.sample(rows, each):
            yield f"nomiracl-{name}", row["passages"], [(row["question"], row["answerable"])]
    squad = json.loads(
        (EVAL / "squad2-normans" / "dev-v2.0.first_article.json").read_text(encoding="utf-8")
    )
    article = squad["data"][0] if "data" in squad else squad
    asked = [
        (qa["question"], not qa["is_impossible"]) for p in article["paragraphs"] for qa in p["qas"]
    ]
    kinds = {kind: [item for item in asked if item[1] is kind] for kind in (True, False)}
    yield (
        "normans",
        [p["context"] for p in article["paragraphs"]],
        [item for kind in (True, False) for item in rng.sample(kinds[kind], min(each, 60))],
    )


def signals(
    index: Index, question: str, embedder: Embedder, writer: Writer
) -> dict[str, float | str]:
    language = text.question_language(question)
    query = retrieve.Query.of(question, embedder.embed_questions([question])[0])
    _, evidence = retrieve.retrieve(index, query)
    request = answer.prompt(question, evidence, language)
    measured = answer.Signals(
        answer.answerable(writer, request, language, Stop()),
        max(item.score for item in evidence),
        language,
    )
    return {**asdict(measured), "tokens": writer.count_tokens(request)}


def collect(out: Path, each: int) -> None:
    chosen = settings.load()
    embedder = models.load_embedder(chosen.embedder, chosen.models)
    writer = models.load_writer(chosen.writer, chosen.models)
    writer.warm_up()
    done = len(out.read_text(encoding="utf-8").splitlines()) if out.exists() else 0
    number = 0
    with out.open("a", encoding="utf-8") as file:
        for name, paragraphs, asked in questions(each):
            number += len(asked)
            if number <= done:
                continue
            with tempfile.TemporaryDirectory() as folder:
                index = index_of(paragraphs, embedder, Path(folder))
                for question, answerable in asked[max(0, len(asked) - (number - done)) :]:
                    row = signals(index, question, embedder, writer)
                    row |= {"data": name.split("-")[0], "question": question}
                    file.write(json.dumps({**row, "answerable": answerable}) + "\n")
                    file.flush()
                    done += 1


def features(rows: list[dict[str, Any]]) -> NDArray[np.float64]:
    return np.array(
        [
            [
                answer.log_odds(row["judgement"]) - answer.EAGERNESS.get(row["language"], 0.0),
                row["best"] - answer.BEST_CENTRE,
            ]
            for row in rows
        ]
    )


def fit(file: Path) -> None:
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    x, y = features(rows), np.array([row["answerable"] for row in rows])
    data = np.array([row["data"] for row in rows])
    for language in ("fr", "en"):
        odds = [answer.log_odds(row["judgement"]) for row in rows if row["language"] == language]
        print(f"median log-odds of the judgement, {language}: {np.median(odds):.2f}")
    model = LogisticRegression(C=100.0, max_iter=1000)
    own = np.isin(data, FITTED_ON)
    folds = StratifiedKFold(5, shuffle=True, random_state=SEED)
    p = np.zeros(len(rows))
    p[own] = cross_val_predict(model, x[own], y[own], cv=folds, method="predict_proba")[:, 1]
    model.fit(x[own], y[own])
    p[~own] = model.predict_proba(x[~own])[:, 1]
    print(f"\nfitted on {', '.join(FITTED_ON)}: intercept, judgement, best =", end=" ")
    print(", ".join(f"{v:.3f}" for v in [model.intercept_[0], *model.coef_[0]]))
    print("\n| data | n | AUC judgement | AUC best | AUC fitted |")
    print("|---|---:|---:|---:|---:|")
    for name in sorted(set(data)):
        group = data == name
        scores = [roc_auc_score(y[group], column[group]) for column in [*x.T, p]]
        print(f"| {name} | {group.sum()} | " + " | ".join(f"{s:.3f}" for s in scores) + " |")
    print("\nAs fitted here, by cross-validation where fitted on")
    consequences(p, y, data)
    shipped = [
        answer.probability(answer.Signals(row["judgement"], row["best"], row["language"]))
        for row in rows
    ]
    print("\nAs shipped")
    consequences(np.array(shipped), y, data)


def consequences(p: NDArray[np.float64], y: NDArray[np.bool_], data: NDArray[np.str_]) -> None:
    """Print what each strictness costs."""
    names = sorted(set(data))
    print("\n| strictness | " + " | ".join(f"{name} hall./err." for name in names) + " |")
    print("|---:|" + "---:|" * len(names))
    for threshold in (0.2, 0.3, 0.4, 0.5, 0.6, 0.7):
        cells = []
        for name in names:
            group = data == name
            hallucination = (p[group & ~y] >= threshold).mean()
            error = (p[group & y] < threshold).mean()
            cells.append(f"{100 * hallucination:.0f} / {100 * error:.0f}")
        print(f"| {threshold} | " + " | ".join(cells) + " |")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("step", choices=("collect", "fit"))
    parser.add_argument("file", type=Path)
    parser.add_argument("--each", type=int, default=75)
    arguments = parser.parse_args()
    if arguments.step == "collect":
        collect(arguments.file, arguments.each)
    else:
        fit(arguments.file)
