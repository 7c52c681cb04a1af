"""Fit what tells whether evidence and answer are good enough, and which (``answerability``).

    python benchmarks/fit_abstention.py collect signals.jsonl [--piaf 300] [--each 120]
    python benchmarks/fit_abstention.py fit signals.jsonl [--write]

``collect`` runs retrieval, the default writer's judgement and its answer, at strictness 0, and asks
it again with what the first sentence cites, on development questions of three kinds, never on the
questions of a dossier: PIAF with all paragraphs indexed, each question once more without its gold
paragraph when the evidence held the answer; NoMIRACL French with ten passages that hold an answer
or not; SQuAD 2.0 (Normans) in English. What ends up in ``trust.py piaf`` is left out. Interrupted,
it goes on where it was. 300 and 240 questions and 208 take about 45 minutes on two cores.

``fit`` trains the heads over the writer's hidden state and the logistic regressions that join them
with the score of the best sentence, and picks the attention heads that look at what answers; with
``--write`` into the package. It prints how often they find it, AUC and what each
strictness would cost (hallucination / error, in percent), for the rows that were trained on by
cross-validation, paragraph by paragraph; and on NoMIRACL also what heads reach that are trained
there alone. "Shipped for others" is what a writer without a head would meet.
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
from sklearn.base import clone
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from askdossier import answer, answerability, models, settings, text
from askdossier.asking import Asking, Tools, cited, find, searched
from askdossier.evaluate.correctness import holds_answer
from askdossier.index import Index, Prepared, sync
from askdossier.records import (
    Choice,
    ClaimChecked,
    Document,
    Embedder,
    Evidence,
    Filter,
    Language,
    Passage,
    Source,
    Stop,
    Writer,
)

EVAL = Path(__file__).resolve().parents[1].parent / "shared" / "eval"
SEED = 7
FITTED_ON = "piaf"
"""Not NoMIRACL, where "relevant" says that a passage answers, not that the evidence does; not
Normans, whose unanswerable questions swap a name or a year."""
QUOTES_FITTED_ON = ("nomiracl", "normans", "piaf")
"""Whether the words cited answer is much the same question everywhere."""
FOLDS = 10
PARTITIONS = 3
"""Ways to part the questions into folds, over which held-out log-odds are averaged."""
LOOKING = 2
"""Attention heads whose looks are averaged."""
HEAD_C = 2e-3
"""Inverse strength of the heads' regularisation."""
STRICTNESS = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7)
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
    """Asks the writer what it makes of the evidence, and of what its answer cites."""

    embedder: Embedder
    writer: Writer

    def evidence(
        self, index: Index, question: str, without: str | None = None
    ) -> tuple[Evidence, ...]:
        """Sentences that the question finds."""
        tools, within = self._tools(index), _all_but(index, without)
        return find(tools, question, searched(index, within))[2]

    def row(
        self,
        data: str,
        index: Index,
        question: str,
        evidence: Sequence[Evidence],
        answers: Sequence[str] | None,
        *,
        answerable: bool,
        group: str,
        without: str | None = None,
    ) -> Row:
        """What the writer makes of the evidence, and of what the first sentence cites.

        Rows of one ``group``, a paragraph that holds the answers, belong into one fold.

        That sentence is right if it or what it cites holds one of the answers. Where they are not
        known, it is taken to be right if the question is answerable.
        """
        language = text.question_language(question)
        judged = self._asked(question, evidence, language)
        signals = answerability.Signals.of(judged, evidence, language, self.writer.name)
        asking = Asking(
            self._tools(index), question, _all_but(index, without), (), 0.0, Stop()
        ).events()
        claims = [event.claim for event in asking if isinstance(event, ClaimChecked)]
        quotes = cited(claims[0]) if claims else ()
        again = self._asked(question, quotes, language) if quotes else None
        said = [*(claim.text for claim in claims[:1]), *(item.quote for item in quotes)]
        right, holds = answerable, None
        if answers is not None:
            right = any(holds_answer(words, answers) for words in said)
            holds = [holds_answer(item.quote, answers) for item in evidence]
        return asdict(signals) | {
            "attention": _stored(judged.attention),
            "holds": holds,
            "scores": [item.score for item in evidence],
            "state": _stored(judged.state),
            "quotes": again and _stored(again.state),
            "prompts": answer.fingerprint(),
            "data": data,
            "question": question,
            "group": f"{data} {group}",
            "answerable": answerable,
            "right": right,
        }

    def _tools(self, index: Index) -> Tools:
        return Tools(
            lambda: index, lambda: self.embedder, lambda: None, lambda: self.writer, lambda _: None
        )

    def _asked(self, question: str, evidence: Sequence[Evidence], language: Language) -> Choice:
        request = answer.prompt(question, evidence, language)
        return answer.answerable(self.writer, request, language, Stop())

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
                rows = [
                    self.row("piaf", index, question, found, answers, answerable=held, group=gold)
                ]
                others = self.evidence(index, question, without=gold) if held else ()
                if others and not any(holds_answer(item.quote, answers) for item in others):
                    rows.append(
                        self.row(
                            "piaf",
                            index,
                            question,
                            others,
                            answers,
                            answerable=False,
                            group=gold,
                            without=gold,
                        )
                    )
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
                    asked, answerable = row["question"], row["answerable"]
                    found = self.evidence(index, asked)
                    yield [
                        self.row(
                            "nomiracl",
                            index,
                            asked,
                            found,
                            None,
                            answerable=answerable,
                            group=asked,
                        )
                    ]

    def from_normans(self, each: int, done: Collection[str]) -> Iterator[list[Row]]:
        """All questions with the whole article."""
        squad = json.loads(
            (EVAL / "squad2-normans" / "dev-v2.0.first_article.json").read_text(encoding="utf-8")
        )
        article = squad["data"][0] if "data" in squad else squad
        asked = [
            (qa["question"], [answer["text"] for answer in qa["answers"]], number)
            for number, paragraph in enumerate(article["paragraphs"])
            for qa in paragraph["qas"]
        ]
        with tempfile.TemporaryDirectory() as folder:
            paragraphs = [paragraph["context"] for paragraph in article["paragraphs"]]
            index = index_of(paragraphs, self.embedder, Path(folder))
            for kind in (True, False):
                own = [item for item in asked if bool(item[1]) is kind]
                for question, answers, number in random.Random(SEED).sample(
                    own, min(each, len(own))
                ):
                    if question not in done:
                        found = self.evidence(index, question)
                        yield [
                            self.row(
                                "normans",
                                index,
                                question,
                                found,
                                answers,
                                answerable=kind,
                                group=document(number),
                            )
                        ]


def _all_but(index: Index, document: str | None) -> Filter:
    return Filter() if document is None else Filter(frozenset(index.documents) - {document})


def _stored(numbers: NDArray[np.float32] | None) -> Any:
    return None if numbers is None else numbers.astype(np.float16).tolist()


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
    """Of the writer behind the evidence: two of unit length side by side, shape ``(n, 2d)``."""
    quotes: NDArray[np.float64]
    """The same behind what the first sentence cites; zeros where there is none."""
    drafted: NDArray[np.bool_]
    """Whether there is one."""
    answerable: NDArray[np.bool_]
    right: NDArray[np.bool_]
    """Whether it is right."""
    source: NDArray[np.str_]
    groups: NDArray[np.str_]
    """All rows of a group belong into one fold."""

    @classmethod
    def of(cls, rows: list[Row]) -> Data:
        """Stack rows."""
        states = np.array([row["state"] for row in rows], np.float32)
        drafted = np.array([row["quotes"] is not None for row in rows])
        quotes = np.zeros_like(states)
        quotes[drafted] = answerability.unit(
            np.array([row["quotes"] for row in rows if row["quotes"] is not None], np.float32)
        )
        return cls(
            np.array([answerability.features(signals(row)) for row in rows]),
            answerability.unit(states).reshape(len(rows), -1).astype(float),
            quotes.reshape(len(rows), -1).astype(float),
            drafted,
            np.array([row["answerable"] for row in rows]),
            np.array([row["right"] for row in rows]),
            np.array([row["data"] for row in rows]),
            np.array([row["group"] for row in rows]),
        )

    def folds(self, seed: int) -> NDArray[np.int_]:
        """Fold of each row, whatever other rows there are."""
        digests = [hashlib.sha256(f"{seed} {group}".encode()).digest() for group in self.groups]
        return np.array([int.from_bytes(digest[:4]) % FOLDS for digest in digests])


def signals(row: Row) -> answerability.Signals:
    return answerability.Signals(
        row["judgement"],
        row["best"],
        row["language"],
        row["writer"],
        np.array(row["state"], np.float32),
    )


@dataclass(frozen=True)
class Head:
    """A regression for each of the two states; their log-odds are averaged."""

    models: list[Any]

    def decision_function(self, states: NDArray[np.float64]) -> NDArray[np.float64]:
        """Log-odds of each row, as a regression gives them."""
        halves = zip(self.models, np.split(states, 2, axis=1), strict=True)
        return np.asarray(sum(model.decision_function(half) for model, half in halves) / 2)

    def stored(self, name: str) -> dict[str, Any]:
        """Weights and bias for states that are not scaled beforehand."""
        weights = [model[1].coef_[0] / model[0].scale_ / 2 for model in self.models]
        bias = sum(model[1].intercept_[0] / 2 for model in self.models)
        bias -= sum(own @ model[0].mean_ for own, model in zip(weights, self.models, strict=True))
        return {name: np.array(weights, np.float32), f"{name}_bias": np.float32(bias)}


def head_of(states: NDArray[np.float64], labels: NDArray[np.bool_]) -> Head:
    """Fit on states of shape ``(n, 2d)``."""
    empty = make_pipeline(StandardScaler(), LogisticRegression(C=HEAD_C, max_iter=1000))
    return Head([clone(empty).fit(half, labels) for half in np.split(states, 2, axis=1)])


def joined_of(features: NDArray[np.float64], labels: NDArray[np.bool_]) -> LogisticRegression:
    return LogisticRegression(C=100.0, max_iter=1000).fit(features, labels)


def held_out(
    fit_to: Callable[[NDArray[np.float64], NDArray[np.bool_]], Any],
    features: NDArray[np.float64],
    labels: NDArray[np.bool_],
    train: NDArray[np.bool_],
    data: Data,
    partitions: Sequence[int] = range(PARTITIONS),
) -> NDArray[np.float64]:
    """Log-odds on every row, by models that have not seen its group: their mean.

    Data that have no row in ``train`` are for the model that has seen all of it.
    """
    whole = fit_to(features[train], labels[train]).decision_function(features)
    odds = np.zeros(len(labels))
    for seed in partitions:
        folds, here = data.folds(seed), whole.copy()
        for fold in range(FOLDS):
            left = folds == fold
            model = fit_to(features[train & ~left], labels[train & ~left])
            left &= np.isin(data.source, data.source[train])
            here[left] = model.decision_function(features[left])
        odds += here / len(partitions)
    return odds


def found_by_heads(rows: Sequence[Row]) -> NDArray[np.bool_]:
    """Whether what each attention head looks at most answers, shape ``(n, layers, heads)``."""
    found = [np.array(row["holds"])[np.array(row["attention"]).argmax(-1)] for row in rows]
    return np.array(found)


def looking_heads(found: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Layer and number of the ``LOOKING`` attention heads that find it most often."""
    share = found.mean(0)
    best = np.argsort(-share, axis=None, kind="stable")[:LOOKING]
    return np.column_stack(np.unravel_index(best, share.shape))


def finding(rows: Sequence[Row], data: Data) -> None:
    """Print how often the best evidence answers where any does: by score, by what is looked at.

    The attention heads are picked on the rows of other folds.
    """
    print("\n| Evidence that answers comes first | n | by score | by one head | as shipped |")
    print("|---|---:|---:|---:|---:|")
    folds = data.folds(0)
    holds = [np.array(row["holds"] or [False]) for row in rows]
    some = np.array([any(one) for one in holds])
    own = some & (data.source == FITTED_ON)
    found = {int(i): found_by_heads([rows[int(i)]])[0] for i in np.flatnonzero(some)}

    def picked(among: NDArray[np.bool_]) -> NDArray[np.int64]:
        return looking_heads(np.array([found[int(i)] for i in np.flatnonzero(among)]))

    whole, without = picked(own), [picked(own & (folds != fold)) for fold in range(FOLDS)]
    for name in sorted(set(data.source[some])):
        counts = np.zeros(3)
        these = some & (data.source == name)
        for i in map(int, np.flatnonzero(these)):
            heads = without[folds[i]] if name == FITTED_ON else whole
            looks = answerability.looking(np.array(rows[i]["attention"], np.float32), heads)
            counts += [
                holds[i][int(np.argmax(rows[i]["scores"]))],
                found[i][tuple(heads[0])],
                holds[i][int(looks.argmax())],
            ]
        cells = " | ".join(f"{100 * count / these.sum():.1f} %" for count in counts)
        print(f"| {name} | {these.sum()} | {cells} |")


def fit(file: Path, *, write: bool) -> None:
    rows = read(file)
    ((writer, prompts),) = {(row["writer"], row["prompts"]) for row in rows}
    data = Data.of(rows)
    told = [row for row in rows if row["data"] == FITTED_ON and any(row["holds"])]
    looking = looking_heads(found_by_heads(told))
    print("attention heads, layer and number:", looking.tolist())
    finding(rows, data)
    for language in ("fr", "en"):
        odds = [
            answerability.log_odds(row["judgement"]) for row in rows if row["language"] == language
        ]
        print(f"median log-odds of the judgement, {language}: {np.median(odds):.2f}")

    own = data.source == FITTED_ON
    plain = held_out(joined_of, data.known, data.answerable, own, data)
    model = joined_of(data.known[own], data.answerable[own])
    print("without the heads: intercept, judgement, best =", numbers(model))
    by_evidence = held_out(head_of, data.states, data.answerable, own, data)
    features = np.column_stack([data.known[:, 1], by_evidence])
    first = held_out(joined_of, features, data.answerable, own, data)
    joined = joined_of(features[own], data.answerable[own])
    print("evidence: intercept, best, head =", numbers(joined))

    wide = data.drafted & np.isin(data.source, QUOTES_FITTED_ON)
    by_quotes = held_out(head_of, data.quotes, data.right, wide, data)
    features = np.column_stack([features, by_quotes])
    second = held_out(joined_of, features, data.right, wide, data)
    confirmed = joined_of(features[wide], data.right[wide])
    print("quotes: intercept, best, head, head of the quotes =", numbers(confirmed))

    elsewhere = np.zeros(len(rows))
    for name in QUOTES_FITTED_ON:
        others, here = wide & (data.source != name), data.source == name
        model = head_of(data.quotes[others], data.right[others])
        elsewhere[here] = model.decision_function(data.quotes[here])

    there = data.source == "nomiracl"
    evidence_there = held_out(head_of, data.states, data.answerable, there, data)

    blind = [answerability.probability(replace(signals(row), state=None)) for row in rows]
    shipped = np.array([answerability.log_odds(p) for p in blind])
    ranking(
        "whether the evidence answers",
        {
            "judgement": data.known[:, 0],
            "best": data.known[:, 1],
            "without the heads": plain,
            "head": by_evidence,
            "evidence": first,
            "head of NoMIRACL": evidence_there,
            "shipped for others": shipped,
        },
        data.answerable,
        data,
        np.ones_like(own),
    )
    ranking(
        "whether the first sentence is right",
        {
            "evidence": first,
            "head of the quotes": by_quotes,
            "the same, trained on the other data": elsewhere,
            "quotes": second,
        },
        data.right,
        data,
        data.drafted,
    )
    for name, odds_of in {
        "without the heads": plain,
        "evidence": first,
        "shipped for others": shipped,
    }.items():
        print(f"\n{name}:")
        consequences({t: probable(odds_of) >= t for t in STRICTNESS}, data)
    print("\nevidence, and no answer without a sentence:")
    consequences({t: data.drafted & (probable(first) >= t) for t in STRICTNESS}, data)
    print("\nas the program decides, with a second look and only with sentences that hold:")
    consequences({t: shown(first, second, data, t) for t in STRICTNESS}, data)
    print("\nNoMIRACL by heads of its own, least hallucination at an error of 11 % at most:")
    own_heads(there, data)
    if write:
        arrays: dict[str, Any] = {
            "writer": writer.split(" ", 1)[0],
            "prompts": prompts,
            "joined": coefficients(joined),
            "confirmed": coefficients(confirmed),
            "looking": looking,
        }
        arrays |= head_of(data.states[own], data.answerable[own]).stored("evidence")
        arrays |= head_of(data.quotes[wide], data.right[wide]).stored("quotes")
        np.savez(answerability.HEAD, **arrays)
        print(f"\nwritten: {answerability.HEAD.name}, {answerability.HEAD.stat().st_size} bytes")


def coefficients(model: LogisticRegression) -> NDArray[np.float32]:
    return np.array([model.intercept_[0], *model.coef_[0]], np.float32)


def numbers(model: LogisticRegression) -> str:
    return ", ".join(f"{value:.3f}" for value in coefficients(model))


def probable(odds: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(1 / (1 + np.exp(-odds)))


def shown(
    first: NDArray[np.float64], second: NDArray[np.float64], data: Data, strictness: float
) -> NDArray[np.bool_]:
    """Whether a sentence is shown, decided as in ``asking``.

    But for those that are weighed there against what is looked at though the evidence is sure.
    """
    early, late = probable(first), probable(second)
    sure = early >= answerability.sure_from(strictness)
    hopeless = early < strictness * answerability.HOPELESS
    return np.asarray(data.drafted & (sure | ~hopeless & (late >= strictness)))


def ranking(
    title: str,
    columns: dict[str, NDArray[np.float64]],
    labels: NDArray[np.bool_],
    data: Data,
    among: NDArray[np.bool_],
) -> None:
    print(f"\n| AUC, {title} | n | " + " | ".join(columns) + " |")
    print("|---|" + "---:|" * (1 + len(columns)))
    for name in sorted(set(data.source)):
        group = among & (data.source == name)
        scores = [roc_auc_score(labels[group], column[group]) for column in columns.values()]
        print(f"| {name} | {group.sum()} | " + " | ".join(f"{s:.3f}" for s in scores) + " |")


def consequences(answered: dict[float, NDArray[np.bool_]], data: Data) -> None:
    """Print what each strictness costs."""
    names = sorted(set(data.source))
    print("\n| strictness | " + " | ".join(f"{name} hall./err." for name in names) + " |")
    print("|---:|" + "---:|" * len(names))
    for threshold, these in answered.items():
        cells = []
        for name in names:
            group = data.source == name
            hallucination = these[group & ~data.answerable].mean()
            error = (~these[group & data.answerable]).mean()
            cells.append(f"{100 * hallucination:.0f} / {100 * error:.0f}")
        print(f"| {threshold} | " + " | ".join(cells) + " |")


def own_heads(there: NDArray[np.bool_], data: Data) -> None:
    """Print what heads reach that are trained on these rows.

    In one partition after the other, and by log-odds averaged over all of them.
    """
    answerable, partitions = data.answerable[there], range(20)
    odds_in: dict[str, list[NDArray[np.float64]]] = {}
    for seed in partitions:
        evidence = held_out(head_of, data.states, data.answerable, there, data, [seed])
        quotes = held_out(head_of, data.quotes, data.right, there & data.drafted, data, [seed])
        both = evidence + np.where(data.drafted, quotes, evidence)
        for name, odds in {
            "evidence": evidence,
            "evidence and quotes": both,
            "the same, and no answer without a sentence": np.where(data.drafted, both, -np.inf),
        }.items():
            odds_in.setdefault(name, []).append(odds[there])
    for name, several in odds_in.items():
        each = 100 * np.array([best_at(odds, answerable) for odds in several])
        hallucination, error = best_at(np.mean(several, axis=0), answerable)
        print(
            f"{name}: {100 * hallucination:.1f} / {100 * error:.1f}; in single partitions"
            f" {each[:, 0].mean():.1f} (from {each[:, 0].min():.1f} to {each[:, 0].max():.1f})"
            f" / {each[:, 1].mean():.1f}"
        )


def best_at(
    odds: NDArray[np.float64], answerable: NDArray[np.bool_], most: float = 0.11
) -> tuple[float, float]:
    """Least hallucination with an error of ``most``, and that error."""
    errors = {step: float((odds[answerable] < step).mean()) for step in np.unique(odds)}
    step = max(step for step, error in errors.items() if error <= most)
    return float((odds[~answerable] >= step).mean()), errors[step]


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
