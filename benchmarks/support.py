"""The support check (``verify.check``) on entailment pairs and on sentences with a changed fact.

    python benchmarks/support.py [--sentences 100] [--among 4] [--writer FILE]

RTE3-FR: is a hypothesis found supported by the sentences of its premise exactly when it is
entailed? Macro-F1 of "supported or partly" and of "supported" with the constants as shipped, with
the best threshold on the score by 5-fold cross-validation, and by a logistic regression over a few
features (what could be had). The first three once more with each premise among ``--among``
paragraphs that are other premises, half of them like it and half by lot. With ``--writer`` the
writer is asked too whether the premise proves the hypothesis (``ask.entailment``, the setting
``judge``); what it says is kept in FILE. PIAF: sentences, as they are and with one fact changed by
script, checked against their whole paragraph: unedited ones must be supported, changed ones caught
(``askdossier eval judge`` does the same on any index).
Prints Markdown.
"""

from __future__ import annotations

import argparse
import itertools
import json
import random
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from askdossier import models, settings, text, verify
from askdossier.ask.entailment import WriterEntailment
from askdossier.core import Document, Embedder, Passage, Source, Span, Support, Writer
from askdossier.evaluate import judging
from askdossier.evaluate.judges import Premise, SupportCheck
from askdossier.verify import Extract, Sources, Statement, Verdict, facts
from collect_signals import EVAL, SEED

FACTS = re.compile(r"≠|n’est pas dans la source|contraire")
"""In the reason of a verdict that failed on a figure, a name or a negation."""


@dataclass(frozen=True, slots=True)
class Case:
    """A claim, and the sentences that it is checked against."""

    claim: str
    sources: list[Extract]


def sources_of(body: str, name: str = "d") -> list[Extract]:
    """Every sentence of a text, as one passage without a title of a document of that name."""
    spans = text.sentences(body)
    document = Document(name, "", body, "fr", Source(name, sha256=""))
    whole = Span(spans[0].start, spans[-1].end)
    return list(verify.extracts(document, Passage(name, name, whole, "", spans)))


def verdicts(
    cases: Sequence[Case], embedder: Embedder
) -> list[tuple[Verdict, NDArray[np.float32]]]:
    """The verdict on each case, and the cosines of the claim with each source."""
    quotes = list(dict.fromkeys(e.quote for case in cases for e in case.sources))
    _, vectors = embedder.embed_passages(quotes, [[Span(0, len(quote))] for quote in quotes])
    row = {quote: i for i, quote in enumerate(quotes)}
    claims = embedder.embed_questions([case.claim for case in cases])
    found = []
    for case, claim in zip(cases, claims, strict=True):
        cosines = vectors[[row[extract.quote] for extract in case.sources]] @ claim
        read = Sources(case.sources, list(cosines))
        found.append((verify.check(Statement(case.claim, "fr"), None, read), cosines))
    return found


# --- RTE3-FR --------------------------------------------------------------------------------------


def rte(embedder: Embedder, writer: Writer | None, said: Path | None, others: int) -> None:
    path = next((EVAL / "rte3-fr").glob("*.tsv"))
    pairs = judging.read_pairs(path)
    cases = [Case(pair.claim, sources_of(pair.premise)) for pair in pairs]
    entailed = np.array([pair.entailed for pair in pairs])
    found = verdicts(cases, embedder)
    print(f"RTE3-FR: {len(pairs)} pairs, {entailed.sum()} entailed; macro-F1\n")
    print("| decision | macro-F1 | precision | recall |\n|---|---:|---:|---:|")
    facts_hold = as_shipped("", found, entailed)
    if others:
        as_shipped(f", among {others} more", verdicts(among(pairs, others), embedder), entailed)
    if writer and said:
        second_look([v for v, _ in found], facts_hold, entailed, proofs(pairs, writer, said))
    table = np.array(
        [features(c, v, cos) for c, (v, cos) in zip(cases, found, strict=True)], np.float64
    )
    model = make_pipeline(StandardScaler(), LogisticRegression(class_weight="balanced"))
    folds = StratifiedKFold(5, shuffle=True, random_state=SEED)
    for name, columns in FEATURES.items():
        chosen = table[:, [NAMES.index(column) for column in columns]]
        odds = cross_val_predict(model, chosen, entailed, cv=folds, method="decision_function")
        print(line(f"logistic regression: {name}", entailed, odds > 0))
        fitted = model.fit(chosen, entailed)[-1]
        weights = ", ".join(
            f"{column} {weight:.2f}"
            for column, weight in zip(columns, fitted.coef_[0], strict=True)
        )
        print(f"<!-- {weights}, intercept {fitted.intercept_[0]:.2f} (standardised) -->")


def as_shipped(
    where: str, found: Sequence[tuple[Verdict, NDArray[np.float32]]], entailed: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Print what the check decides by itself, and with the best threshold; return its facts."""
    facts_hold = np.array([not FACTS.search(v.reason) or v.support == "partly" for v, _ in found])
    scores = np.array([verdict.score for verdict, _ in found])
    shipped = {
        "supported or partly, as shipped": np.array([v.support != "unsupported" for v, _ in found]),
        "supported, as shipped": np.array([v.support == "supported" for v, _ in found]),
        "facts agree": facts_hold,
    }
    for name, decision in shipped.items():
        print(line(name + where, entailed, decision))
    thresholds, decision = threshold_by_folds(np.where(facts_hold, scores, -1.0), entailed)
    print(line(f"score, 5 folds, from {thresholds}{where}", entailed, decision))
    return facts_hold


def among(pairs: Sequence[judging.Pair], others: int) -> list[Case]:
    """Each premise as one of several paragraphs: half of the others like it, half by lot.

    What is nearly the premise itself may well entail the claim and is left out.
    """
    premises = list(dict.fromkeys(pair.premise for pair in pairs))
    words = [set(text.search_tokens(premise, {"fr"})) for premise in premises]
    lot = random.Random(SEED)
    cases = []
    for pair in pairs:
        mine = words[premises.index(pair.premise)]
        likeness = [len(mine & held) / max(len(mine | held), 1) for held in words]
        near = [i for i in np.argsort(likeness)[::-1] if likeness[i] < _SAME_TEXT]
        chosen = near[: others // 2]
        chosen += lot.sample(near[others // 2 :], others - len(chosen))
        paragraphs = [pair.premise, *(premises[i] for i in chosen)]
        lot.shuffle(paragraphs)
        extracts = [e for i, body in enumerate(paragraphs) for e in sources_of(body, f"d{i}")]
        cases.append(Case(pair.claim, extracts))
    return cases


_SAME_TEXT = 0.4
"""Share of words in common from which two premises tell of the same thing."""


def proofs(pairs: Sequence[judging.Pair], writer: Writer, said: Path) -> NDArray[np.float64]:
    """Log-odds that the writer gives each claim, with its premise and without; shape ``(n, 2)``."""
    known = json.loads(said.read_text("utf-8")) if said.exists() else []
    if any(isinstance(one, float) for one in known):
        raise SystemExit(f"{said} is from an earlier version; name another file.")
    judge = WriterEntailment(writer)
    for number, pair in enumerate(pairs[len(known) :], len(known) + 1):
        known.append(judge.asked(pair.premise, pair.claim))
        if number % 50 == 0 or number == len(pairs):
            said.write_text(json.dumps(known), "utf-8")
            print(f"{number} of {len(pairs)} judged", file=sys.stderr, flush=True)
    return np.array(known)


def second_look(
    found: Sequence[Verdict],
    agree: NDArray[np.bool_],
    entailed: NDArray[np.bool_],
    said: NDArray[np.float64],
) -> None:
    """What the writer adds to the check: alone, on what the check doubts, on all."""
    print(line("writer: more Yes than No", entailed, said[:, 0] > 0))
    score = np.array([[verdict.score] for verdict in found])
    doubted = np.array([bool(verdict.doubted) for verdict in found])
    sure = np.array([verdict.support == "supported" for verdict in found])
    for name, heard in {
        "writer": said[:, :1],
        "writer, less what it believes anyway": said,
    }.items():
        both = by_folds(heard, score, entailed)
        decisions = {
            "": by_folds(heard, score[:, :0], entailed),
            ", and score": both,
            ", score, facts": by_folds(heard, np.column_stack([score, agree]), entailed),
            ", only where the check doubts": [sure | (doubted & decision) for decision in both],
        }
        for more, decided in decisions.items():
            repeated = np.concatenate(decided)
            print(line(f"{name}{more}", np.tile(entailed, SHUFFLES), repeated))
    calibration = regression().fit(said, entailed)
    joined = np.column_stack([score, calibration.decision_function(said)])
    for name, model in {
        "with the premise, without": calibration,
        "score, calibrated": regression().fit(joined, entailed),
    }.items():
        weights = ", ".join(f"{w:.3f}" for w in [*model.intercept_, *model.coef_[0]])
        print(f"<!-- intercept, {name}: {weights} -->")
    print(f"<!-- {doubted.sum()} doubted -->")


SHUFFLES = 8
"""Partitions into folds; figures are over all of them."""


def by_folds(
    said: NDArray[np.float64], others: NDArray[np.float64], entailed: NDArray[np.bool_]
) -> list[NDArray[np.bool_]]:
    """Decide each fold by what is fitted to the others, once for each partition.

    One regression calibrates what the writer said, another joins it with ``others``.
    """
    decided = []
    for seed in range(SEED, SEED + SHUFFLES):
        decision = np.zeros(len(entailed), np.bool_)
        folds = StratifiedKFold(5, shuffle=True, random_state=seed)
        for train, test in folds.split(said, entailed):
            odds = regression().fit(said[train], entailed[train]).decision_function(said)
            table = np.column_stack([odds, others])
            decision[test] = regression().fit(table[train], entailed[train]).predict(table[test])
        decided.append(decision)
    return decided


def regression() -> LogisticRegression:
    return LogisticRegression(C=100.0, max_iter=1000)


NAMES = ("share", "whole", "cosine", "length", "facts", "order")
FEATURES = {
    "share, cosine": ("share", "cosine"),
    "share, cosine, facts": ("share", "cosine", "facts"),
    "share of the premise, cosine, facts": ("whole", "cosine", "facts"),
    "share, cosine, length, facts": ("share", "cosine", "length", "facts"),
    "share, cosine, length, facts, order": ("share", "cosine", "length", "facts", "order"),
}


def features(case: Case, verdict: Verdict, cosines: NDArray[np.float32]) -> list[float]:
    """Of the pair, in the order of ``NAMES``.

    Share of the claim's stems in the best sentence and in the whole premise, best cosine, log of
    the best sentence's length over the claim's, whether the facts agree, and share of the claim's
    pairs of successive stems that stand in that order.
    """
    stems = text.search_tokens(case.claim, {"fr"})
    words = set(stems)
    held = [text.search_tokens(extract.quote, {"fr"}) for extract in case.sources]
    best = max(held, key=lambda tokens: len(words & set(tokens)))
    share = len(words & set(best)) / max(len(words), 1)
    whole = len(words & {token for tokens in held for token in tokens}) / max(len(words), 1)
    length = float(np.log(max(len(best), 1) / max(len(stems), 1)))
    agree = float(not FACTS.search(verdict.reason) or verdict.support == "partly")
    place = {token: i for i, token in reversed(list(enumerate(best)))}
    pairs = [
        (place[a], place[b]) for a, b in itertools.pairwise(stems) if a in place and b in place
    ]
    order = sum(a < b for a, b in pairs) / len(pairs) if pairs else 0.0
    return [share, whole, float(cosines.max()), length, agree, order]


def threshold_by_folds(
    scores: NDArray[np.float64], truth: NDArray[np.bool_]
) -> tuple[str, NDArray[np.bool_]]:
    """Decide each fold with the threshold that is best on the others."""
    decision = np.zeros(len(scores), np.bool_)
    chosen = []
    for train, test in StratifiedKFold(5, shuffle=True, random_state=SEED).split(scores, truth):
        grid = np.unique(scores[train].round(2))
        best = max(grid, key=lambda t: f1_score(truth[train], scores[train] >= t, average="macro"))
        decision[test] = scores[test] >= best
        chosen.append(f"{best:.2f}")
    return " ".join(sorted(set(chosen))), decision


def line(name: str, truth: NDArray[np.bool_], decision: NDArray[np.bool_]) -> str:
    hits = (truth & decision).sum()
    precision, recall = hits / max(decision.sum(), 1), hits / truth.sum()
    macro = f1_score(truth, decision, average="macro")
    return f"| {name} | {100 * macro:.1f} | {100 * precision:.1f} | {100 * recall:.1f} |"


# --- PIAF with a changed fact ---------------------------------------------------------------------


def piaf(embedder: Embedder, wanted: int) -> None:
    data = json.loads((EVAL / "piaf" / "piaf-v1.1.json").read_text(encoding="utf-8"))
    paragraphs = [p["context"] for article in data["data"] for p in article["paragraphs"]]
    chosen: list[judging.Sentence] = []
    for paragraph in random.Random(SEED).sample(paragraphs, len(paragraphs)):
        quotes = [span.of(paragraph) for span in text.sentences(paragraph)]
        good = [quote for quote in quotes if 60 <= len(quote) <= 250 and facts.figures(quote)]
        if good:
            chosen.append(judging.Sentence(good[0], Premise(paragraph)))
        if len(chosen) == wanted:
            break
    print(f"\nPIAF: {len(chosen)} sentences against their paragraph, in percent\n")
    print("| changed | n | supported | partly | unsupported |\n|---|---:|---:|---:|---:|")
    for shares in judging.on_changed_facts(SupportCheck(embedder), chosen):
        cells = (
            f"{100 * shares.support.get(status, 0) / shares.sentences:.0f}" for status in STATUSES
        )
        print(f"| {shares.change} | {shares.sentences} | {' | '.join(cells)} |")


STATUSES: tuple[Support, ...] = ("supported", "partly", "unsupported")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--sentences", type=int, default=100)
    parser.add_argument("--among", type=int, default=4, help="other paragraphs beside a premise")
    parser.add_argument("--writer", type=Path, metavar="FILE")
    arguments = parser.parse_args()
    chosen = settings.load()
    embedder = models.load_embedder(chosen.embedder, chosen.models)
    print(f"Embedder {embedder.name}\n")
    writer = models.load_writer(chosen.writer, chosen.models) if arguments.writer else None
    rte(embedder, writer, arguments.writer, arguments.among)
    piaf(embedder, arguments.sentences)


if __name__ == "__main__":
    main()
