"""Fit what tells the kind of a question by its words and vector (``ask.kinds.classifier``).

    python benchmarks/fit_kinds.py [--write] [--wrong]

On ``benchmarks/kinds/fr.jsonl`` and ``en.jsonl``, questions on invented subjects with their kind,
and on questions of PIAF and SQuAD's Normans, of which one span of a text answers each, as facts.
Prints how many questions are told rightly: by their form alone, by the classifier alone, by both as
shipped. Everything was chosen on ``chosen_on.jsonl``; ``held.jsonl`` is only for measuring. Both
were written by others than the code and the questions that it is fitted on. ``--wrong`` lists what
is told wrongly of the former; ``--write`` puts the regression into the package.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression

from askdossier import models, settings
from askdossier.ask import kinds
from askdossier.ask.kinds import classifier
from askdossier.ask.kinds.classifier import Classifier
from askdossier.core import Embedder
from collect_signals import EVAL, SEED

HERE = Path(__file__).with_name("kinds")
PIAF, NORMANS = 1800, 100
"""Questions of each that are facts."""
TRIED = 500
"""Of PIAF, on which it is only tried."""
C = 1.0
"""Inverse strength of regularisation."""
VECTOR = 6.0
"""Length of a vector beside runs of words, each of which counts 1."""
KNOWN, OFTEN = 4, 3
"""Questions in which a word stands that is not masked, and a run that counts."""

Asked = tuple[str, str]
"""A question and its kind."""


def read(file: Path) -> list[Asked]:
    rows = map(json.loads, file.read_text("utf-8").splitlines())
    return [(row["question"], row["kind"]) for row in rows]


def facts(file: str, start: int, stop: int) -> Iterator[Asked]:
    """Questions that one span answers, by lot; not those whose form says that they ask for more."""
    (path,) = EVAL.glob(file)
    read = json.loads(path.read_text("utf-8"))
    paragraphs = [each for article in read.get("data", [read]) for each in article["paragraphs"]]
    asked = [one["question"] for paragraph in paragraphs for one in paragraph["qas"]]
    random.Random(SEED).shuffle(asked)
    yield from ((one, "fact") for one in asked[start:stop] if kinds.told(one) == "fact")


def fit(rows: Sequence[Asked], spanned: Collection[str], embedder: Embedder) -> Classifier:
    asked = [question for question, _ in rows]
    # Of PIAF, many questions are on one article: its subject would be known.
    varied = [question for question in asked if question not in spanned]
    there = Counter(word for question in varied for word in set(classifier.words(question)))
    known = frozenset(
        word for word, count in there.items() if count >= KNOWN and not word[0].isdigit()
    )
    counting = CountVectorizer(
        analyzer=lambda question: classifier.runs(question, known), min_df=OFTEN
    )
    counted = counting.fit_transform(asked)
    vectors = VECTOR * embedder.embed_questions(asked)
    regression = LogisticRegression(C=C, max_iter=2000)
    regression.fit(hstack([counted, csr_matrix(vectors)]).tocsr(), [kind for _, kind in rows])
    names = [str(name) for name in counting.get_feature_names_out()]
    weights = regression.coef_.T
    return Classifier(
        embedder.name,
        tuple(map(str, regression.classes_)),
        known,
        {name: row for row, name in enumerate(names)},
        weights[: len(names)].astype(np.float16),
        (VECTOR * weights[len(names) :]).astype(np.float32),
        regression.intercept_.astype(np.float32),
    )


def table(sets: Mapping[str, Sequence[Asked]], fitted: Classifier, embedder: Embedder) -> None:
    print("| percent told rightly | questions | form | classifier | both |\n|---|--:|--:|--:|--:|")
    for title, own in sets.items():
        told = list(_told(own, fitted, embedder))
        for name, some in {
            "all": told,
            "facts": [one for one in told if one[0] == "fact"],
            "others": [one for one in told if one[0] != "fact"],
        }.items():
            if not some:
                continue
            right = [sum(one[0] == one[way] for one in some) / len(some) for way in (1, 2, 3)]
            cells = " | ".join(f"{100 * one:.0f}" for one in right)
            print(f"| {title}, {name} | {len(some)} | {cells} |")
        counted, found = Counter(one[0] for one in told), Counter(a for a, *_, b in told if a == b)
        print(", ".join(f"{kind} {found[kind]}/{counted[kind]}" for kind in sorted(counted)))


def _told(
    rows: Sequence[Asked], fitted: Classifier, embedder: Embedder
) -> Iterator[tuple[str, str, str, str]]:
    """The right kind of each, and that by its form, by the classifier, by both."""
    vectors = embedder.embed_questions([question for question, _ in rows])
    for (question, kind), vector in zip(rows, vectors, strict=True):
        likely = fitted.likely(question, vector)
        yield kind, kinds.told(question), likely.kind or "fact", kinds.told(question, likely)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--wrong", action="store_true")
    options = parser.parse_args()
    own = settings.load()
    embedder = models.load_embedder(own.embedder, own.models)
    spanned = [*facts("piaf/*.json", 0, PIAF), *facts("squad2-normans/*.json", 0, NORMANS)]
    rows = [*read(HERE / "fr.jsonl"), *read(HERE / "en.jsonl"), *spanned]
    fitted = fit(rows, {question for question, _ in spanned}, embedder)
    sets = {file.stem: read(file) for file in (HERE / "chosen_on.jsonl", HERE / "held.jsonl")}
    sets["PIAF, not fitted on"] = list(facts("piaf/*.json", PIAF, PIAF + TRIED))
    table(sets, fitted, embedder)
    if options.wrong:
        chosen_on = read(HERE / "chosen_on.jsonl")
        told = _told(chosen_on, fitted, embedder)
        for (question, kind), (*_, said) in zip(chosen_on, told, strict=True):
            if said != kind:
                print(f"{kind} taken for {said}: {question}")
    if options.write:
        np.savez_compressed(
            classifier.FILE,
            embedder=fitted.embedder,
            kinds=np.array(fitted.kinds),
            known=np.array(sorted(fitted.known)),
            runs=np.array(list(fitted.runs)),
            by_run=fitted.by_run,
            by_vector=fitted.by_vector,
            biases=fitted.biases,
        )


if __name__ == "__main__":
    main()
