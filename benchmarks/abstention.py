"""When the program answers, as it is shipped: ``python benchmarks/abstention.py FILE``.

    python benchmarks/abstention.py FILE [--each 120] [--piaf 100] [--strictness 0.15]

Development questions that can be answered and that cannot, of three kinds: NoMIRACL French with ten
passages each, SQuAD 2.0 (Normans, English) with its article, PIAF with all paragraphs, and the same
questions without their own (``trust.py piaf`` and ``withheld`` sample them so). Each is asked once,
at a low strictness, and what it came to is kept in FILE; interrupted, it goes on where it was. A
higher strictness is read from that: it shows what is at least as likely to answer. (A second look
is then taken a little more often than was seen here.)

Hallucination: share of the questions without an answer that get one; error: share of the others
that get none (Thakur et al. 2023, arXiv:2312.11361). An answer beside the point costs twice an
abstention, which shows its nearest passages. Prints Markdown.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import chain
from pathlib import Path

from askdossier import ask, models, settings
from askdossier.core import Answer, Answered, Embedder, Filter, Stop, Writer
from askdossier.evaluate.correctness import holds_answer
from askdossier.index import Index
from collect_signals import (
    SEED,
    TRUSTED,
    index_of,
    nomiracl,
    normans,
    piaf_paragraphs,
    piaf_questions,
)

LEVELS = (0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.6)
COST = 2
"""Abstentions that an answer beside the point is worth."""


@dataclass(frozen=True, slots=True)
class Row:
    """What a question came to."""

    data: str
    question: str
    answerable: bool
    shown: bool
    right: bool
    """Whether what is shown, or what it cites, holds the expected answer; false where none is."""
    confidence: float
    seconds: float


@dataclass(frozen=True)
class Asking:
    """Asks what has not been asked before."""

    embedder: Embedder
    writer: Writer
    strictness: float
    done: frozenset[tuple[str, str]]

    def row(
        self,
        data: str,
        index: Index,
        question: str,
        answers: Sequence[str],
        *,
        answerable: bool,
        within: Filter | None = None,
    ) -> Iterator[Row]:
        """One question, none if it is done."""
        if (data, question) in self.done:
            return
        tools = ask.Tools(
            lambda: index, lambda: self.embedder, lambda: None, lambda: self.writer, lambda _: None
        )
        task = ask.Task(question, within or Filter(), (), self.strictness, Stop())
        answer = next(one.answer for one in ask.events(tools, task) if isinstance(one, Answered))
        right = bool(answers) and holds_answer(_said(answer), answers)
        yield Row(
            data,
            question,
            answerable,
            bool(answer.claims),
            right,
            answer.confidence or 0.0,
            answer.timings["total"],
        )

    def nomiracl(self, each: int) -> Iterator[Row]:
        """Each question with its ten passages."""
        for asked in nomiracl(each):
            with index_of(asked["passages"], self.embedder) as index:
                yield from self.row(
                    "NoMIRACL", index, asked["question"], (), answerable=asked["answerable"]
                )

    def normans(self, each: int) -> Iterator[Row]:
        """All questions with the whole article."""
        paragraphs, questions = normans(each)
        with index_of(paragraphs, self.embedder) as index:
            for question, answers, _ in questions:
                yield from self.row("Normans", index, question, answers, answerable=bool(answers))

    def piaf(self, wanted: int) -> Iterator[Row]:
        """Each question with all paragraphs, and without its own."""
        paragraphs = piaf_paragraphs()
        asked = random.Random(SEED).sample(piaf_questions(paragraphs), TRUSTED)[:wanted]
        with index_of([one["context"] for one in paragraphs], self.embedder) as index:
            for gold, question, answers in asked:
                yield from self.row("PIAF", index, question, answers, answerable=True)
                others = Filter(frozenset(index.documents) - {gold})
                yield from self.row(
                    "PIAF, withheld", index, question, answers, answerable=False, within=others
                )


def _said(answer: Answer) -> str:
    quotes = (cited.quote for claim in answer.claims for cited in claim.citations)
    return " ".join([answer.text, *quotes])


# --- what came of it ------------------------------------------------------------------------------


def rates(rows: Sequence[Row], strictness: float) -> Mapping[str, tuple[float, float]]:
    """Hallucination and error in percent, by data."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row.data.split(",")[0]].append(row)

    def shown(row: Row) -> bool:
        return row.shown and row.confidence >= strictness

    def percent(some: Sequence[bool]) -> float:
        return 100 * sum(some) / max(len(some), 1)

    return {
        data: (
            percent([shown(row) and not row.right for row in own if not row.answerable]),
            percent([not shown(row) for row in own if row.answerable]),
        )
        for data, own in found.items()
    }


def table(rows: Sequence[Row]) -> None:
    names = list(rates(rows, 0))
    print(f"| strictness | {' | '.join(f'{name} | cost' for name in names)} | sum of costs |")
    print(f"|--:|{'--:|--:|' * len(names)}--:|")
    for level in LEVELS:
        found = rates(rows, level)
        costs = {name: COST * hall + error for name, (hall, error) in found.items()}
        cells = (
            f"{found[name][0]:.0f} / {found[name][1]:.0f} | {costs[name]:.0f}" for name in names
        )
        print(f"| {level} | {' | '.join(cells)} | {sum(costs.values()):.0f} |")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("file", type=Path)
    parser.add_argument("--each", type=int, default=120, help="of NoMIRACL and Normans, of a kind")
    parser.add_argument("--piaf", type=int, default=100, help="questions, asked twice")
    parser.add_argument("--strictness", type=float, default=LEVELS[0])
    options = parser.parse_args()
    lines = options.file.read_text("utf-8").splitlines() if options.file.exists() else []
    rows = [Row(**json.loads(line)) for line in lines]
    chosen = settings.load()
    asking = Asking(
        models.load_embedder(chosen.embedder, chosen.models),
        models.load_writer(chosen.writer, chosen.models),
        options.strictness,
        frozenset((row.data, row.question) for row in rows),
    )
    with options.file.open("a", encoding="utf-8") as file:
        for row in chain(
            asking.piaf(options.piaf), asking.nomiracl(options.each), asking.normans(options.each)
        ):
            rows.append(row)
            file.write(json.dumps(asdict(row)) + "\n")
            file.flush()
    table(rows)


if __name__ == "__main__":
    main()
