"""A table of sentences with their citations to label by hand, and how far the judge agrees."""

from __future__ import annotations

import csv
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from askdossier.core import DossierError, Support
from askdossier.evaluate.inference import kappa
from askdossier.evaluate.report import Report

LABELS = ("not", "partly", "full")
"""From worst to best: the cited words say nothing, some, or all of the sentence."""
_AS_LABEL: dict[Support, str] = {
    "supported": "full",
    "quoted": "full",
    "partly": "partly",
    "unsupported": "not",
}
_COLUMNS = ("id", "question", "sentence", "cited", "label")


class InvalidLabels(DossierError):
    """A table of labels cannot be used; the message names file and line."""


def write_table(report: Report, file: Path, wanted: int, seed: int = 0) -> int:
    """Write up to ``wanted`` sentences with what they cite, and an empty column for the label.

    What the judge said is left out, so that it sways nobody. As many sentences as there are that
    it did not find supported are drawn, up to half: agreement on those is what κ hangs on.
    Returns the number of sentences.
    """
    lot = random.Random(seed)
    sentences = [
        (f"{result.question.id}/{number}", result.question.text, judged)
        for result in report.results
        for number, judged in enumerate(result.judged, 1)
        if judged.premise
    ]
    doubtful = [item for item in sentences if item[2].judgement != "supported"]
    sure = [item for item in sentences if item[2].judgement == "supported"]
    drawn = lot.sample(doubtful, min(len(doubtful), wanted // 2))
    drawn += lot.sample(sure, min(len(sure), wanted - len(drawn)))
    lot.shuffle(drawn)
    # The mark at the beginning tells spreadsheets that this is UTF-8.
    with file.open("w", encoding="utf-8-sig", newline="") as target:
        table = csv.writer(target)
        table.writerow(_COLUMNS)
        for name, question, judged in drawn:
            words = map(_as_text, (question, judged.text, judged.premise))
            table.writerow((name, *words, ""))
    return len(drawn)


def _as_text(words: str) -> str:
    """``words`` so that a spreadsheet takes them for text, not for a formula to be run."""
    return f"'{words}" if words.startswith(("=", "+", "-", "@", "\t", "\r")) else words


def read_table(file: Path) -> dict[str, str]:
    """The label of each sentence by its id; empty where none has been filled in.

    Raises:
        InvalidLabels: the file is no such table, or holds another label than ``LABELS``.
    """
    try:
        content = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidLabels(f"{file} cannot be read as UTF-8: {error}.") from error
    header = content.split("\n", 1)[0]
    separator = max(",;\t", key=header.count)
    reader = csv.DictReader(content.splitlines(keepends=True), delimiter=separator)
    if not {"id", "label"} <= set(reader.fieldnames or ()):
        raise InvalidLabels(f"{file} has no columns id and label; write the table again.")
    labels = {}
    for row in reader:
        label = (row["label"] or "").strip().lower()
        if label and label not in LABELS:
            raise InvalidLabels(
                f"{file}, line {reader.line_num}: label {label!r}; write {', '.join(LABELS)}."
            )
        labels[row["id"]] = label
    return labels


@dataclass(frozen=True, slots=True)
class Kappa:
    """How far a judge agrees with a person."""

    sentences: int
    unlabelled: int
    agreement: float
    """Share of the same label among three."""
    weighted: float | None
    """Cohen's κ over the three labels, linearly weighted; None where it is not defined."""
    binary: float | None
    """Cohen's κ of full against the rest."""
    table: tuple[tuple[int, ...], ...]
    """Counts, a row for each label of the person, a column for each of the judge, as ``LABELS``."""


def agreement(report: Report, table: Mapping[str, str]) -> Kappa:
    """Compare the labels of a table with what the judge of the report said.

    Raises:
        InvalidLabels: nothing is labelled, or the sentences are not those of the report.
    """
    judged = {
        f"{result.question.id}/{number}": _AS_LABEL[item.judgement]
        for result in report.results
        for number, item in enumerate(result.judged, 1)
    }
    labels = {name: label for name, label in table.items() if label}
    unknown = sorted(labels.keys() - judged.keys())
    if unknown:
        raise InvalidLabels(
            f"The report holds no sentence {unknown[0]}: it is of another run than the labels."
        )
    if not labels:
        raise InvalidLabels(f"No sentence is labelled yet; write {', '.join(LABELS)}.")
    mine = list(labels.values())
    theirs = [judged[name] for name in labels]
    return Kappa(
        len(labels),
        len(table) - len(labels),
        sum(a == b for a, b in zip(mine, theirs, strict=True)) / len(mine),
        kappa(mine, theirs, LABELS),
        kappa(_binary(mine), _binary(theirs), ("rest", "full")),
        tuple(
            tuple(
                sum((a, b) == (person, judge) for a, b in zip(mine, theirs, strict=True))
                for judge in LABELS
            )
            for person in LABELS
        ),
    )


def _binary(labels: Sequence[str]) -> list[str]:
    return ["full" if label == "full" else "rest" for label in labels]
