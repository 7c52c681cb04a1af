"""Judge the judges: on labelled pairs, and on sentences of the dossier with a changed fact.

What a judge is worth bounds what the ALCE figures that it gives are worth.
"""

from __future__ import annotations

import csv
import json
import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from askdossier import text
from askdossier.core import DossierError, Progress, Report, Support
from askdossier.dossier import Dossier
from askdossier.evaluate.edits import EDITS
from askdossier.evaluate.inference import share_interval
from askdossier.evaluate.judges import Judge, Premise, SupportCheck
from askdossier.verify import facts


class InvalidPairs(DossierError):
    """A file of labelled pairs cannot be used; the message names file and line."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A premise, a claim, and whether people found the claim entailed."""

    premise: str
    claim: str
    entailed: bool


_PREMISES = ("premise", "evidence", "context", "text")
_CLAIMS = ("claim", "hypothesis", "sentence")
_ENTAILED = frozenset(("0", "entailment", "entailed", "supports", "supported", "true"))
_NOT = frozenset(
    (
        *("1", "2", "-1", "neutral", "contradiction", "not_entailment", "not entailed", "false"),
        *("refutes", "refuted", "not enough info", "not_enough_info", "nei", "unsupported"),
    )
)


def read_pairs(file: Path) -> tuple[Pair, ...]:
    """Read labelled pairs: a table with a header (``.tsv``, ``.csv``), or else JSON Lines.

    A premise is called ``premise``, ``evidence``, ``context`` or ``text``; a claim ``claim``,
    ``hypothesis`` or ``sentence``. Labels are FEVER's (``SUPPORTS``…), those of inference data
    (``entailment``…) or their usual numbers, of which 0 is entailed.

    Raises:
        InvalidPairs: the file cannot be read, or a line of it lacks something.
    """
    pairs = []
    for number, row in _rows(file):
        premise, claim = _first(row, _PREMISES), _first(row, _CLAIMS)
        label = str(row.get("label", "")).strip().lower()
        if not premise or not claim:
            raise InvalidPairs(
                f"{file}, line {number}: needs one of {', '.join(_PREMISES)} and one of "
                f"{', '.join(_CLAIMS)}."
            )
        if label not in _ENTAILED | _NOT:
            raise InvalidPairs(
                f"{file}, line {number}: label {label!r} is not known; write entailment or neutral."
            )
        pairs.append(Pair(premise, claim, label in _ENTAILED))
    if len({pair.entailed for pair in pairs}) < 2:
        raise InvalidPairs(f"{file} needs pairs that are entailed and pairs that are not.")
    return tuple(pairs)


def drawn(pairs: Sequence[Pair], wanted: int | None, seed: int = 0) -> Sequence[Pair]:
    """Draw so many pairs by lot, all when ``wanted`` is None; both kinds are among them."""
    if wanted is None or wanted >= len(pairs):
        return pairs
    lot = random.Random(seed)
    kinds = [[p for p in pairs if p.entailed], [p for p in pairs if not p.entailed]]
    of_first = min(max(round(wanted * len(kinds[0]) / len(pairs)), 1), wanted - 1)
    return lot.sample(kinds[0], of_first) + lot.sample(kinds[1], wanted - of_first)


def _rows(file: Path) -> Iterator[tuple[int, Mapping[str, object]]]:
    try:
        content = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidPairs(f"{file} cannot be read as UTF-8 text: {error}.") from error
    if file.suffix.lower() in {".tsv", ".csv"}:
        separator = "\t" if file.suffix.lower() == ".tsv" else ","
        reader = csv.DictReader(content.splitlines(keepends=True), delimiter=separator)
        for row in reader:
            yield reader.line_num, row
        return
    for number, line in enumerate(content.split("\n"), 1):
        if line.strip():
            try:
                found = json.loads(line)
            except ValueError as error:
                raise InvalidPairs(f"{file}, line {number}: not JSON: {error}.") from error
            yield number, found if isinstance(found, dict) else {}


def _first(row: Mapping[str, object], names: Sequence[str]) -> str:
    for name in names:
        found = row.get(name)
        if isinstance(found, list):
            found = " ".join(map(str, found))
        if found:
            return str(found).strip()
    return ""


# --- labelled pairs -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Agreement:
    """How a judge does on labelled pairs; "entailed" is the class of precision and recall."""

    pairs: int
    entailed: int
    accuracy: float
    low: float
    high: float
    macro_f1: float
    precision: float
    recall: float
    auc: float
    """Of the judge's score, whatever its threshold."""


def on_pairs(
    judge: Judge, pairs: Sequence[Pair], seed: int = 0, report: Report | None = None
) -> Agreement:
    """Measure a judge on pairs of both kinds."""
    if isinstance(judge, SupportCheck):
        judge.read([(pair.claim, Premise(pair.premise)) for pair in pairs])
    said, scores = [], []
    for number, pair in enumerate(pairs):
        if report:
            report(Progress("judge", number, len(pairs)))
        judgement = judge.judge(
            pair.claim, text.question_language(pair.claim), [Premise(pair.premise)]
        )
        said.append(judgement.entailed)
        scores.append(judgement.score)
    from sklearn.metrics import f1_score, roc_auc_score

    truth = [pair.entailed for pair in pairs]
    right = [float(mine == theirs) for mine, theirs in zip(said, truth, strict=True)]
    hits = sum(mine and theirs for mine, theirs in zip(said, truth, strict=True))
    low, high = share_interval(right, seed) or (0.0, 1.0)
    return Agreement(
        len(pairs),
        sum(truth),
        sum(right) / len(right),
        low,
        high,
        float(f1_score(truth, said, average="macro", zero_division=0)),
        hits / sum(said) if any(said) else 0.0,
        hits / sum(truth),
        float(roc_auc_score(truth, scores)),
    )


# --- a changed fact -------------------------------------------------------------------------------

UNCHANGED = "as it is"
_LENGTHS = range(60, 251)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, and the words round it that it is checked against, itself among them."""

    text: str
    context: Premise


@dataclass(frozen=True, slots=True)
class Shares:
    """How often a judge found sentences supported, partly or not, after one kind of change."""

    change: str
    support: Mapping[Support, int]

    @property
    def sentences(self) -> int:
        """How many sentences there were to change in this way."""
        return sum(self.support.values())


def sample(dossier: Dossier, wanted: int, seed: int = 0) -> list[Sentence]:
    """Draw sentences with a figure from the dossier, each with its passage.

    Raises IndexMissing.
    """
    found = []
    for name in dossier.listing():
        document = dossier.documents[name]
        for passage in dossier.passages_of(name):
            context = Premise(
                passage.span.of(document.text),
                f"{document.title} {passage.heading}".strip(),
                document.source.date or "",
            )
            quotes = [span.of(document.text) for span in passage.sentences]
            found += [Sentence(quote, context) for quote in quotes if _fit(quote)]
    return random.Random(seed).sample(found, min(wanted, len(found)))


def _fit(sentence: str) -> bool:
    return len(sentence) in _LENGTHS and bool(facts.figures(sentence))


def on_changed_facts(
    judge: Judge, sentences: Sequence[Sentence], report: Report | None = None
) -> tuple[Shares, ...]:
    """Judge sentences against their context, as they are and with one fact changed.

    As they are they should be supported; with another figure, date, name or the negation turned
    round they should not.
    """
    groups = {UNCHANGED: [(sentence.text, sentence.context) for sentence in sentences]}
    for change, edit in EDITS.items():
        groups[change] = [
            (edited, sentence.context)
            for i, sentence in enumerate(sentences)
            if (edited := edit(sentence.text, sentences[i - 1].text))
        ]
    if isinstance(judge, SupportCheck):
        judge.read([case for cases in groups.values() for case in cases])
    total, done = sum(map(len, groups.values())), 0
    found = []
    for change, claims in groups.items():
        counted: Counter[Support] = Counter()
        for claim, context in claims:
            if report:
                report(Progress("changed facts", done, total))
            counted[judge.judge(claim, text.question_language(claim), [context]).support] += 1
            done += 1
        found.append(Shares(change, dict(counted)))
    return tuple(found)
