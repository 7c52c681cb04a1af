"""Fit what tells whether evidence and answer are good enough, and which (``ask.policy.probed``).

    python benchmarks/fit_abstention.py FILE [--write]

On what ``collect_signals.py`` wrote into the file. Trains the heads over the writer's hidden state
and the logistic regressions that join them with the score of the best sentence, and weighs the
attention heads that look at what answers; with ``--write`` into the package. Prints how often they
find it, AUC and what each strictness would cost (hallucination / error, in percent), for the rows
that were trained on by cross-validation, paragraph by paragraph; and on NoMIRACL also what heads
reach that are trained there alone. Only questions that were answered count there, not those that
were only read. "Shipped for others" is what a writer without a head would meet.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import compress
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from sklearn.base import clone
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from askdossier.ask import policy
from askdossier.ask.policy import probed
from askdossier.ask.policy.plain import Plain
from askdossier.ask.policy.signals import Signals, features, log_odds, sure_from, unit
from collect_signals import Row

FITTED_ON = "piaf"
"""Not NoMIRACL, where "relevant" says that a passage answers, not that the evidence does; not
Normans, whose unanswerable questions swap a name or a year."""
QUOTES_FITTED_ON = ("nomiracl", "normans", "piaf")
"""Whether the words cited answer is much the same question everywhere."""
FOR_EACH_OTHER = 1.5
"""What PIAF, with most of the rows by far, counts in all there for each row of the others."""
FOLDS = 10
PARTITIONS = 3
"""Ways to part the questions into folds, over which held-out log-odds are averaged."""
LOOKING = 40
"""Attention heads whose looks are weighed."""
LOOKING_L2 = 10.0
"""Strength of their regularisation, for features of unit variance."""
HEAD_C = 2e-3
"""Inverse strength of the heads' regularisation."""
STRICTNESS = (0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7)


def read(file: Path) -> Iterator[Row]:
    """Rows: the evidence with what the answer cites, if there is one, then what was read alone."""
    with file.open(encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            row["state"] = np.array(row["state"], np.float32)
            row["attention"] = np.array(row["attention"], np.float32)
            alone = [{"quotes": one["state"], "right": one["right"]} for one in row.pop("read")]
            answered = "quotes" in row
            if answered:
                row["quotes"] = row["quotes"] and np.array(row["quotes"], np.float32)
                yield row | {"answered": True, "first": True}
            for number, own in enumerate(alone):
                own["quotes"] = np.array(own["quotes"], np.float32)
                yield row | own | {"answered": False, "first": number == 0 and not answered}


@dataclass(frozen=True)
class Data:
    """Rows as arrays, ``n`` of them."""

    known: NDArray[np.float64]
    """Features of every writer, shape ``(n, 2)``."""
    states: NDArray[np.float64]
    """Of the writer behind the evidence: two of unit length side by side, shape ``(n, 2d)``."""
    quotes: NDArray[np.float64]
    """The same behind what the first sentence cites, or behind a sentence that is read by itself;
    zeros where there is none."""
    drafted: NDArray[np.bool_]
    """Whether there is one."""
    answerable: NDArray[np.bool_]
    right: NDArray[np.bool_]
    """Whether it is right."""
    source: NDArray[np.str_]
    groups: NDArray[np.str_]
    """All rows of a group belong into one fold."""
    answered: NDArray[np.bool_]
    """Whether the question was answered, not just read."""
    first: NDArray[np.bool_]
    """Whether the evidence is not that of the row before."""

    @classmethod
    def of(cls, rows: Sequence[Row]) -> Data:
        """Stack rows."""
        states = np.array([row["state"] for row in rows], np.float32)
        drafted = np.array([row["quotes"] is not None for row in rows])
        quotes = np.zeros_like(states)
        quotes[drafted] = unit(
            np.array([row["quotes"] for row in rows if row["quotes"] is not None], np.float32)
        )
        return cls(
            np.array([features(signals(row)) for row in rows]),
            unit(states).reshape(len(rows), -1).astype(float),
            quotes.reshape(len(rows), -1).astype(float),
            drafted,
            np.array([row["answerable"] for row in rows]),
            np.array([row["right"] for row in rows]),
            np.array([row["data"] for row in rows]),
            np.array([row["group"] for row in rows]),
            np.array([row["answered"] for row in rows]),
            np.array([row["first"] for row in rows]),
        )

    def folds(self, seed: int) -> NDArray[np.int_]:
        """Fold of each row, whatever other rows there are."""
        digests = [hashlib.sha256(f"{seed} {group}".encode()).digest() for group in self.groups]
        return np.array([int.from_bytes(digest[:4]) % FOLDS for digest in digests])


def signals(row: Row) -> Signals:
    return Signals(
        row["judgement"],
        row["best"],
        row["language"],
        row["state"],
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


def head_of(
    states: NDArray[np.float64], labels: NDArray[np.bool_], sources: NDArray[np.str_]
) -> Head:
    """Fit on states of shape ``(n, 2d)``; PIAF counts as is said at ``FOR_EACH_OTHER``."""
    many = sources == FITTED_ON
    others = len(many) - many.sum()
    weights = np.where(many, FOR_EACH_OTHER * others / max(many.sum(), 1) if others else 1.0, 1.0)
    empty = make_pipeline(StandardScaler(), LogisticRegression(C=HEAD_C, max_iter=1000))
    return Head(
        [
            clone(empty).fit(half, labels, logisticregression__sample_weight=weights)
            for half in np.split(states, 2, axis=1)
        ]
    )


def joined_of(
    features: NDArray[np.float64], labels: NDArray[np.bool_], _sources: NDArray[np.str_]
) -> LogisticRegression:
    return LogisticRegression(C=100.0, max_iter=1000).fit(features, labels)


def held_out(
    fit_to: Callable[[NDArray[np.float64], NDArray[np.bool_], NDArray[np.str_]], Any],
    features: NDArray[np.float64],
    labels: NDArray[np.bool_],
    train: NDArray[np.bool_],
    data: Data,
    partitions: Sequence[int] = range(PARTITIONS),
) -> NDArray[np.float64]:
    """Log-odds on every row, by models that have not seen its group: their mean.

    Data that have no row in ``train`` are for the model that has seen all of it.
    """

    def fitted(rows: NDArray[np.bool_]) -> Any:
        return fit_to(features[rows], labels[rows], data.source[rows])

    whole = fitted(train).decision_function(features)
    odds = np.zeros(len(labels))
    for seed in partitions:
        folds, here = data.folds(seed), whole.copy()
        for fold in range(FOLDS):
            left = folds == fold
            model = fitted(train & ~left)
            left &= np.isin(data.source, data.source[train])
            here[left] = model.decision_function(features[left])
        odds += here / len(partitions)
    return odds


def found_by_heads(rows: Sequence[Row]) -> NDArray[np.bool_]:
    """Whether what each attention head looks at most answers, shape ``(n, layers, heads)``."""
    found = [np.array(row["holds"])[row["attention"].argmax(-1)] for row in rows]
    return np.array(found)


def looking_of(rows: Sequence[Row], found: NDArray[np.bool_]) -> probed.Looking:
    """Fit which of the evidence answers, on rows where any does: see ``probed.Looking``.

    Over the attention heads that most often look most at what does, by ``found_by_heads``.
    """
    share = found.mean(0)
    most = np.argsort(-share, axis=None, kind="stable")[:LOOKING]
    heads = np.column_stack(np.unravel_index(most, share.shape))
    each = [probed.looks(row["attention"], row["scores"], heads) for row in rows]
    features = np.concatenate([one - one.mean(0) for one in each]).astype(float)
    scale = features.std(0)
    features /= scale
    holds = np.concatenate([row["holds"] for row in rows])
    counts = np.array([len(one) for one in each])
    starts = np.cumsum(counts) - counts

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        odds = features @ weights
        odds -= np.repeat(np.maximum.reduceat(odds, starts), counts)
        every = np.exp(odds)
        right = every * holds
        sums = np.add.reduceat(every, starts), np.add.reduceat(right, starts)
        pull = every / np.repeat(sums[0], counts) - right / np.repeat(sums[1], counts)
        value = np.log(sums[0] / sums[1]).sum() + LOOKING_L2 * weights @ weights
        return float(value), features.T @ pull + 2 * LOOKING_L2 * weights

    weights = minimize(loss, np.zeros(LOOKING + 1), jac=True, method="L-BFGS-B").x / scale
    return probed.Looking(heads, weights.astype(np.float32))


def finding(rows: Sequence[Row], data: Data) -> probed.Looking:
    """Fit which evidence answers, on PIAF; print how often what is likeliest does where any does.

    By score, by the best attention head, and as fitted on the rows of other folds.
    """
    some = np.flatnonzero(data.first & np.array([any(row["holds"] or ()) for row in rows]))
    told = [rows[int(i)] for i in some]
    found, folds, source = found_by_heads(told), data.folds(0)[some], data.source[some]

    def fitted(among: NDArray[np.bool_]) -> probed.Looking:
        return looking_of(list(compress(told, among)), found[among])

    own = source == FITTED_ON
    whole, without = fitted(own), [fitted(own & (folds != fold)) for fold in range(FOLDS)]
    right = []
    for row, by_head, fold, mine in zip(told, found, folds, own, strict=True):
        model = without[fold] if mine else whole
        odds = model.log_odds(row["attention"], row["scores"])
        by_score, likeliest = np.argmax(row["scores"]), odds.argmax()
        right.append(
            [row["holds"][by_score], by_head[tuple(model.heads[0])], row["holds"][likeliest]]
        )
    print("\n| Evidence that answers comes first | n | by score | by one head | as shipped |")
    print("|---|---:|---:|---:|---:|")
    for name in sorted(set(source)):
        shares = 100 * np.array(right)[source == name].mean(0)
        cells = " | ".join(f"{share:.1f} %" for share in shares)
        print(f"| {name} | {(source == name).sum()} | {cells} |")
    return whole


def fit(file: Path, *, write: bool) -> None:
    rows = list(read(file))
    ((writer, prompts),) = {(row["writer"], row["prompts"]) for row in rows}
    data = Data.of(rows)
    looking = finding(rows, data)
    for language in ("fr", "en"):
        odds = [log_odds(row["judgement"]) for row in rows if row["language"] == language]
        print(f"median log-odds of the judgement, {language}: {np.median(odds):.2f}")

    own = data.first & (data.source == FITTED_ON)
    plain = held_out(joined_of, data.known, data.answerable, own, data)
    model = joined_of(data.known[own], data.answerable[own], data.source[own])
    print("without the heads: intercept, judgement, best =", numbers(model))
    by_evidence = held_out(head_of, data.states, data.answerable, own, data)
    features = np.column_stack([data.known[:, 1], by_evidence])
    first = held_out(joined_of, features, data.answerable, own, data)
    joined = joined_of(features[own], data.answerable[own], data.source[own])
    print("evidence: intercept, best, head =", numbers(joined))

    wide = data.drafted & np.isin(data.source, QUOTES_FITTED_ON)
    by_quotes = held_out(head_of, data.quotes, data.right, wide, data)
    features = np.column_stack([features, by_quotes])
    shown_first = wide & data.answered
    second = held_out(joined_of, features, data.right, shown_first, data)
    confirmed = joined_of(features[shown_first], data.right[shown_first], data.source[shown_first])
    print("quotes: intercept, best, head, head of the quotes =", numbers(confirmed))

    elsewhere = np.zeros(len(rows))
    for name in QUOTES_FITTED_ON:
        others, here = wide & (data.source != name), data.source == name
        model = head_of(data.quotes[others], data.right[others], data.source[others])
        elsewhere[here] = model.decision_function(data.quotes[here])

    there = data.source == "nomiracl"
    evidence_there = held_out(head_of, data.states, data.answerable, there, data)

    blind = [Plain().probability(signals(row)) for row in rows]
    shipped = np.array([log_odds(p) for p in blind])
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
        data.answered,
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
        data.answered & data.drafted,
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
            "looking": looking.heads,
            "looks": looking.weights,
        }
        for name, states, labels, these in (
            ("evidence", data.states, data.answerable, own),
            ("quotes", data.quotes, data.right, wide),
        ):
            arrays |= head_of(states[these], labels[these], data.source[these]).stored(name)
        np.savez(probed.HEAD, **arrays)
        print(f"\nwritten: {probed.HEAD.name}, {probed.HEAD.stat().st_size} bytes")


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
    sure = early >= sure_from(strictness)
    hopeless = early < strictness * policy.HOPELESS
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
            group = data.answered & (data.source == name)
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
    parser = argparse.ArgumentParser()
    parser.add_argument("file", type=Path)
    parser.add_argument("--write", action="store_true", help="put what is fitted into the package")
    arguments = parser.parse_args()
    fit(arguments.file, write=arguments.write)
