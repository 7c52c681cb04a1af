"""Collect what the writer shows of itself when it is asked.

    python benchmarks/collect_signals.py FILE [--piaf 600] [--read 1600] [--each 120]

What ``fit_abstention.py`` fits on. Runs retrieval, the default writer's judgement and its answer,
at strictness 0, and asks it again with what the first sentence cites and, where it is known what
answers, with each of the two sentences that it looks at most. On development questions of three
kinds, never on the questions of a dossier: PIAF with all paragraphs indexed, each question once
more without its gold paragraph when the evidence held the answer; NoMIRACL French with ten passages
that hold an answer or not; SQuAD 2.0 (Normans) in English. Further questions of PIAF are not
answered, which takes less than half the time. What ends up in ``trust.py piaf`` is left out.
Interrupted, it goes on where it was. All of it takes about two and a half hours on two cores.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import tempfile
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from askdossier import ask, models, retrieve, settings, text
from askdossier.ask import draft, prompts
from askdossier.ask.policy.probed import trained
from askdossier.ask.policy.signals import Signals
from askdossier.core import (
    Choice,
    ClaimChecked,
    Document,
    Embedder,
    Evidence,
    Filter,
    Passage,
    Source,
    Stop,
    Writer,
)
from askdossier.evaluate.correctness import holds_answer
from askdossier.index import Index, Prepared, sync

EVAL = Path(__file__).resolve().parents[1].parent / "shared" / "eval"
SEED = 7
READ = 2
"""Sentences looked at that are read by themselves."""
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


def nomiracl(each: int) -> Iterator[dict[str, Any]]:
    """Questions with their passages, at most ``each`` that these answer and that they do not."""
    for name in ("relevant", "non_relevant"):
        file = EVAL / "nomiracl-fr" / f"{name}.jsonl"
        rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
        yield from random.Random(SEED).sample(rows, min(each, len(rows)))


def normans(each: int) -> tuple[list[str], list[tuple[str, list[str], str]]]:
    """Paragraphs of the article, and questions with their answers, if any, and their paragraph."""
    file = EVAL / "squad2-normans" / "dev-v2.0.first_article.json"
    squad = json.loads(file.read_text(encoding="utf-8"))
    article = squad["data"][0] if "data" in squad else squad
    asked = [
        (qa["question"], [answer["text"] for answer in qa["answers"]], document(number))
        for number, paragraph in enumerate(article["paragraphs"])
        for qa in paragraph["qas"]
    ]
    some = []
    for answerable in (True, False):
        own = [item for item in asked if bool(item[1]) is answerable]
        some += random.Random(SEED).sample(own, min(each, len(own)))
    return [paragraph["context"] for paragraph in article["paragraphs"]], some


def document(number: int) -> str:
    return f"{number:04}.txt"


@contextmanager
def index_of(paragraphs: Sequence[str], embedder: Embedder) -> Iterator[Index]:
    """Index paragraphs, each as a document of one passage."""

    def prepare(path: Path, relative: str) -> Iterator[Prepared]:
        body = path.read_text(encoding="utf-8")
        spans = text.sentences(body)
        digest = hashlib.sha256(body.encode()).hexdigest()
        made = Document(relative, "", body, text.language(body), Source(relative, sha256=digest))
        whole = type(spans[0])(spans[0].start, spans[-1].end)
        yield Prepared(made, (Passage(relative, relative, whole, "", spans),), ("",), ())

    with tempfile.TemporaryDirectory() as folder:
        corpus, index = Path(folder) / "corpus", Path(folder) / "index"
        corpus.mkdir()
        for number, paragraph in enumerate(paragraphs):
            (corpus / document(number)).write_text(paragraph, encoding="utf-8")
        sync(corpus, index, embedder, prepare, "fit", supported=lambda path: True)
        yield Index.open(index, embedder.name)


@dataclass(frozen=True)
class Case:
    """A question, and the evidence that it finds."""

    data: str
    question: str
    answers: Sequence[str] | None
    """None where they are not known."""
    evidence: Sequence[Evidence]
    answerable: bool
    group: str
    """Cases of one group, such as a paragraph that holds the answers, belong into one fold."""
    without: str | None = None
    """A document that was not searched."""

    def is_right(self, *said: str) -> bool:
        """Whether one of the texts holds an answer; where none is known, if there is one."""
        if self.answers is None:
            return self.answerable
        return any(holds_answer(words, self.answers) for words in said)


@dataclass(frozen=True)
class Collector:
    """Asks the writer what it makes of the evidence, and of some of it alone."""

    embedder: Embedder
    writer: Writer

    def answered(self, index: Index, case: Case) -> Row:
        """As ``read``, and what the writer makes of what its answer's first sentence cites.

        That sentence is right if it or what it cites is.
        """
        task = ask.Task(case.question, _all_but(index, case.without), (), 0.0, Stop())
        asking = ask.events(self._tools(index), task)
        claims = [event.claim for event in asking if isinstance(event, ClaimChecked)]
        quotes = ask.cited(claims[0]) if claims else ()
        said = [*(claim.text for claim in claims[:1]), *(item.quote for item in quotes)]
        return self.read(case) | {
            "quotes": _stored(self._asked(case, quotes).state) if quotes else None,
            "right": case.is_right(*said),
        }

    def read(self, case: Case) -> Row:
        """What the writer makes of the evidence, and of each sentence it looks at most.

        Where no answer is known, it cannot be told which of these is right.
        """
        language = text.question_language(case.question)
        judged = self._asked(case, case.evidence)
        signals = Signals.of(judged, case.evidence, language)
        scores = [item.score for item in case.evidence]
        looked = trained().looking.log_odds(_seen(judged), scores)
        most = [case.evidence[i] for i in np.argsort(-looked)[:READ]]
        known = case.answers is not None
        return asdict(signals) | {
            "writer": self.writer.name,
            "state": _stored(judged.state),
            "attention": _stored(judged.attention),
            "holds": [case.is_right(item.quote) for item in case.evidence] if known else None,
            "scores": scores,
            "read": [
                {
                    "state": _stored(self._asked(case, (item,)).state),
                    "right": case.is_right(item.quote),
                }
                for item in most
                if known
            ],
            "prompts": prompts.fingerprint(),
            "data": case.data,
            "question": case.question,
            "group": f"{case.data} {case.group}",
            "answerable": case.answerable,
        }

    def _asked(self, case: Case, evidence: Sequence[Evidence]) -> Choice:
        language = text.question_language(case.question)
        request = prompts.answering(case.question, evidence, language)
        return draft.answerable(self.writer, request, language, Stop())

    def _found(
        self, index: Index, question: str, without: str | None = None
    ) -> tuple[Evidence, ...]:
        """Sentences that the question finds."""
        tools, within = self._tools(index), _all_but(index, without)
        query = tools.query(question)
        found = ask.find(tools, index, query, ask.searched(index, within))
        return retrieve.evidence_in(index, query, found)

    def _tools(self, index: Index) -> ask.Tools:
        return ask.Tools(
            lambda: index, lambda: self.embedder, lambda: None, lambda: self.writer, lambda _: None
        )

    def from_piaf(self, answered: int, read: int, done: Collection[str]) -> Iterator[list[Row]]:
        """With all paragraphs, and again without the gold one if the evidence held the answer.

        The paragraphs of what is only read are none that ``trust.py`` asks about.
        """
        paragraphs = piaf_paragraphs()
        questions = piaf_questions(paragraphs)
        rng = random.Random(SEED)
        trusted = rng.sample(questions, TRUSTED)
        left_out = {question for _, question, _ in trusted}
        asked = rng.sample([item for item in questions if item[1] not in left_out], answered)
        left_out = {gold for gold, _, _ in trusted}
        further = random.Random(SEED + 1).sample(
            [item for item in questions if item[0] not in left_out], read
        )
        with index_of([p["context"] for p in paragraphs], self.embedder) as index:
            for item in asked:
                if item[1] not in done:
                    yield [self.answered(index, case) for case in self._of_piaf(index, *item)]
            done = {*done, *(question for _, question, _ in asked)}
            for item in further:
                if item[1] not in done:
                    yield [self.read(case) for case in self._of_piaf(index, *item)]

    def _of_piaf(
        self, index: Index, gold: str, question: str, answers: Sequence[str]
    ) -> Iterator[Case]:
        found = self._found(index, question)
        case = Case("piaf", question, answers, found, answerable=True, group=gold)
        held = any(item.document == gold and case.is_right(item.quote) for item in found)
        yield replace(case, answerable=held)
        others = self._found(index, question, without=gold) if held else ()
        if others and not case.is_right(*(item.quote for item in others)):
            yield replace(case, evidence=others, answerable=False, without=gold)

    def from_nomiracl(self, each: int, done: Collection[str]) -> Iterator[list[Row]]:
        """Each question with its ten passages."""
        for row in nomiracl(each):
            asked = row["question"]
            if asked in done:
                continue
            with index_of(row["passages"], self.embedder) as index:
                found = self._found(index, asked)
                case = Case("nomiracl", asked, None, found, row["answerable"], group=asked)
                yield [self.answered(index, case)]

    def from_normans(self, each: int, done: Collection[str]) -> Iterator[list[Row]]:
        """All questions with the whole article."""
        paragraphs, asked = normans(each)
        with index_of(paragraphs, self.embedder) as index:
            for question, answers, group in asked:
                if question not in done:
                    found = self._found(index, question)
                    case = Case("normans", question, answers, found, bool(answers), group)
                    yield [self.answered(index, case)]


def _all_but(index: Index, document: str | None) -> Filter:
    return Filter() if document is None else Filter(frozenset(index.documents) - {document})


def _seen(judged: Choice) -> NDArray[np.float32]:
    if judged.attention is None:
        raise ValueError("the writer's attention cannot be looked at")
    return judged.attention


def _stored(numbers: NDArray[np.float32] | None) -> Any:
    return None if numbers is None else numbers.astype(np.float16).tolist()


def collect(out: Path, answered: int, read: int, each: int) -> None:
    chosen = settings.load()
    collector = Collector(
        models.load_embedder(chosen.embedder, chosen.models),
        models.load_writer(chosen.writer, chosen.models),
    )
    done = set()
    if out.exists():
        with out.open(encoding="utf-8") as before:
            done = {json.loads(line)["question"] for line in before}
    with out.open("a", encoding="utf-8") as file:
        for rows in chain(
            collector.from_nomiracl(each, done),
            collector.from_normans(each, done),
            collector.from_piaf(answered, read, done),
        ):
            file.writelines(json.dumps(row) + "\n" for row in rows)
            file.flush()


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("file", type=Path)
    parser.add_argument("--piaf", type=int, default=600, help="questions of PIAF")
    parser.add_argument("--read", type=int, default=1600, help="further ones, which are only read")
    parser.add_argument("--each", type=int, default=120, help="of the others, of each kind")
    arguments = parser.parse_args()
    collect(arguments.file, arguments.piaf, arguments.read, arguments.each)
