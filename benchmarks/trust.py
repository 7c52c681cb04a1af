"""Whether an answer keeps to the documents: ``python benchmarks/trust.py SUITE``.

``piaf``: sampled questions with all 1,518 paragraphs indexed: is the gold paragraph cited where
retrieval found it, is the answer right, how many false abstentions.
``withheld``: the same questions, each without its own paragraph: are they answered all the same?
``memory``: paragraphs with the answer changed by script: does the answer follow the paragraph?
``injections``: documents that give orders (``tests/data/injections.jsonl``): is one obeyed?
``dialogues``: follow-ups over ``corpus/`` (``tests/data/dialogues.jsonl``): do they stand alone?
They have up to five turns; half of them (``--split held``) were left alone while rules were made.
``yesno``: yes-or-no questions over ``corpus/`` (``tests/data/yes_or_no.jsonl``): do the words that
are shown tell which?
Prints Markdown for the docs, every miss to standard error.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from askdossier import models
from askdossier import settings as settings_module
from askdossier.ask import followups
from askdossier.core import Answer, Embedder, Filter, Stop, Turn, Writer
from askdossier.dossier import Dossier
from askdossier.evaluate.correctness import holds_answer, token_f1
from collect_signals import SEED, TRUSTED, document, piaf_paragraphs, piaf_questions

DATA = Path(__file__).parents[1] / "tests" / "data"
CORPUS = Path(__file__).parents[1] / "corpus"


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("suite", choices=SUITES)
    parser.add_argument("--questions", type=int, help="at most so many")
    parser.add_argument("--index", type=Path, help="keep the index of PIAF there")
    parser.add_argument("--split", choices=("dev", "held"), default="held", help="of dialogues")
    options = parser.parse_args(arguments)
    chosen = settings_module.load()
    embedder = models.load_embedder(chosen.embedder, chosen.models)
    writer = models.load_writer(chosen.writer, chosen.models)
    print(f"Embedder {embedder.name}, writer {writer.name}\n")
    SUITES[options.suite](embedder, writer, options)


@contextmanager
def dossier_over(
    corpus: Path, embedder: Embedder, writer: Writer, index: Path | None = None
) -> Iterator[Dossier]:
    """A dossier of the files in a folder."""
    with tempfile.TemporaryDirectory() as scratch:
        settings = replace(settings_module.load(), corpus=corpus, index=index or Path(scratch))
        dossier = Dossier(settings, embedder=embedder, writer=writer)
        dossier.sync()
        yield dossier


@contextmanager
def dossier_of(
    files: Mapping[str, str], embedder: Embedder, writer: Writer, index: Path | None = None
) -> Iterator[Dossier]:
    """A dossier of these texts."""
    with tempfile.TemporaryDirectory() as folder:
        for name, body in files.items():
            (Path(folder) / name).write_text(body, "utf-8")
        with dossier_over(Path(folder), embedder, writer, index) as dossier:
            yield dossier


def missed(name: str, question: str, answer: Answer) -> None:
    print(f"{name}: {question}\n    {answer.text[:300]}", file=sys.stderr, flush=True)


def percent(part: float, whole: int) -> str:
    return f"{100 * part / max(whole, 1):.1f} %"


# --- PIAF -----------------------------------------------------------------------------------------


@contextmanager
def dossier_of_piaf(
    embedder: Embedder, writer: Writer, options: argparse.Namespace
) -> Iterator[tuple[Dossier, list[tuple[str, str, list[str]]]]]:
    """All paragraphs, and the questions to ask: gold document, question, answers."""
    paragraphs = piaf_paragraphs()
    files = {document(number): p["context"] for number, p in enumerate(paragraphs)}
    asked = random.Random(SEED).sample(piaf_questions(paragraphs), options.questions or TRUSTED)
    with dossier_of(files, embedder, writer, options.index) as dossier:
        yield dossier, asked


def piaf(embedder: Embedder, writer: Writer, options: argparse.Namespace) -> None:
    found = cited = contained = 0
    abstained = {False: 0, True: 0}
    overlap = 0.0
    with dossier_of_piaf(embedder, writer, options) as (dossier, asked):
        for gold, question, answers in asked:
            answer = dossier.ask(question)
            passages = list(dict.fromkeys(hit.passage.document for hit in dossier.search(question)))
            is_found = gold in passages[:5]
            is_cited = any(c.document == gold for claim in answer.claims for c in claim.citations)
            said = " ".join(claim.text for claim in answer.claims)
            found += is_found
            cited += is_found and is_cited
            abstained[is_found] += answer.abstained
            contained += holds_answer(said, answers)
            overlap += token_f1(said, answers)
            if is_found and not is_cited:
                missed("not cited" if answer.claims else "abstained", question, answer)
    total = len(asked)
    print("| PIAF, all paragraphs indexed | |\n|---|--:|")
    print(f"| questions | {total} |")
    print(f"| gold paragraph among the 5 best passages | {percent(found, total)} |")
    print(f"| of these, cited | {percent(cited, found)} |")
    print(f"| answer contains the gold answer | {percent(contained, total)} |")
    print(f"| token F1 with the gold answer | {percent(overlap, total)} |")
    print(f"| abstains though found | {percent(abstained[True], total)} |")
    print(f"| abstains, and not found | {percent(abstained[False], total)} |")


def withheld(embedder: Embedder, writer: Writer, options: argparse.Namespace) -> None:
    shown = right = 0
    with dossier_of_piaf(embedder, writer, options) as (dossier, asked):
        for gold, question, answers in asked:
            others = Filter(frozenset(dossier.documents) - {gold})
            answer = dossier.ask(question, within=others)
            quotes = (cited.quote for claim in answer.claims for cited in claim.citations)
            is_right = holds_answer(" ".join([answer.text, *quotes]), answers)
            shown += bool(answer.claims)
            right += bool(answer.claims) and is_right
            if answer.claims and not is_right:
                missed("answered", question, answer)
    total = len(asked)
    print("| PIAF, each question without its own paragraph | |\n|---|--:|")
    print(f"| questions | {total} |")
    print(f"| answered, rightly by another paragraph | {percent(right, total)} |")
    print(f"| answered otherwise | {percent(shown - right, total)} |")


# --- documents against memory ---------------------------------------------------------------------

_PLAIN_NUMBER = re.compile(r"(?<![\d.,])(?<!\d[ \u00a0\u202f])\d{2,4}(?![\d.,]|[ \u00a0\u202f]\d)")


def memory(embedder: Embedder, writer: Writer, options: argparse.Namespace) -> None:
    cases = []
    for paragraph in piaf_paragraphs():
        for qa in paragraph["qas"]:
            answer = qa["answers"][0]["text"]
            old = _PLAIN_NUMBER.findall(answer)
            if len(old) == 1 and len(answer) < 40 and old[0] not in qa["question"]:
                new = str(int(old[0]) + (3 if len(old[0]) == 4 else 7))
                changed = re.sub(rf"(?<!\d){old[0]}(?!\d)", new, paragraph["context"])
                if not re.search(rf"(?<!\d){new}(?!\d)", paragraph["context"]):
                    cases.append((changed, qa["question"], old[0], new))
                    break
    chosen = random.Random(SEED).sample(cases, options.questions or 40)
    followed = remembered = abstained = 0
    for changed, question, old, new in chosen:
        with dossier_of({"text.txt": changed}, embedder, writer) as dossier:
            answer = dossier.ask(question)
        said = re.findall(r"\d+", " ".join(claim.text for claim in answer.claims))
        abstained += answer.abstained
        remembered += old in said
        followed += new in said and old not in said
        if new not in said:
            missed(f"{old} → {new}", question, answer)
    total = len(chosen)
    print("| paragraphs with the answer changed | |\n|---|--:|")
    print(f"| questions | {total} |")
    print(f"| answered as the paragraph says | {followed} |")
    print(f"| answered as it was before the change | {remembered} |")
    print(f"| abstained | {abstained} |")


# --- orders in documents --------------------------------------------------------------------------


def injections(embedder: Embedder, writer: Writer, options: argparse.Namespace) -> None:
    cases = read("injections.jsonl")[: options.questions]
    obeyed = right = 0
    for case in cases:
        with dossier_of({"note.txt": case["text"]}, embedder, writer) as dossier:
            answer = dossier.ask(case["question"])
        said = " ".join(claim.text for claim in answer.claims if claim.support != "quoted")
        is_obeyed = case["canary"].casefold() in said.casefold()
        is_right = holds_answer(answer.text, case["answers"])
        obeyed += is_obeyed
        right += is_right
        if is_obeyed or not is_right:
            missed(f"{case['id']}{' OBEYED' if is_obeyed else ''}", case["question"], answer)
    print("| documents that give orders | |\n|---|--:|")
    print(f"| questions | {len(cases)} |\n| obeyed | {obeyed} |\n| answered rightly | {right} |")


# --- follow-ups -----------------------------------------------------------------------------------


def dialogues(embedder: Embedder, writer: Writer, options: argparse.Namespace) -> None:
    """The half named by ``--split``; what was said is what the data say, the questions our own."""
    cases = [case for case in read("dialogues.jsonl") if case["split"] == options.split]
    cases = cases[: options.questions]
    followed = resolved = asked = right = 0
    with dossier_over(CORPUS, embedder, writer) as dossier:
        for case in cases:
            history: list[Turn] = []
            for turn in case["turns"]:
                question = turn["question"]
                alone = followups.standing_alone(
                    lambda: writer, question, history, case["lang"], Stop()
                )
                if history:
                    followed += 1
                    resolved += (stands := stands_alone(alone or question, turn))
                    if not stands:
                        print(f"{case['id']} {question} -> {alone}", file=sys.stderr)
                if "answers" in turn:
                    asked += 1
                    answer = dossier.ask(alone or question)
                    right += (is_right := holds_answer(answer.text, turn["answers"]))
                    if not is_right:
                        missed(f"{case['id']} {alone}", question, answer)
                history.append(Turn(alone or question, turn.get("answer", "")))
    print("| follow-ups | |\n|---|--:|")
    print(
        f"| dialogues | {len(cases)} |\n| follow-ups | {followed} |\n| stand alone | {resolved} |"
    )
    print(f"| asked | {asked} |\n| answered | {right} |")


def stands_alone(question: str, turn: dict[str, Any]) -> bool:
    """Whether it has a word of each group that it must keep, and none of the old question's."""
    folded = question.casefold()
    keeps = all(any(word.casefold() in folded for word in group) for group in turn["keeps"])
    return keeps and not any(word.casefold() in folded for word in turn.get("drops", ()))


# --- yes or no ------------------------------------------------------------------------------------


def yes_or_no(embedder: Embedder, writer: Writer, options: argparse.Namespace) -> None:
    cases = read("yes_or_no.jsonl")[: options.questions]
    kinds = {"yes": [0, 0, 0], "no": [0, 0, 0], "unknown": [0, 0, 0]}
    with dossier_over(CORPUS, embedder, writer) as dossier:
        for case in cases:
            answer = dossier.ask(case["question"])
            tells = holds_answer(" ".join(claim.text for claim in answer.claims), case["answers"])
            for i, so in enumerate((tells, bool(answer.claims) and not tells, answer.abstained)):
                kinds[case["truth"]][i] += so
            if not (answer.abstained if case["truth"] == "unknown" else tells):
                missed(f"{case['id']} {case['truth']}", case["question"], answer)
    print("| yes or no: it is | questions | told | shown, but does not tell | abstained |")
    print("|---|--:|--:|--:|--:|")
    for truth, counts in kinds.items():
        print(f"| {truth} | {sum(counts)} | " + " | ".join(map(str, counts)) + " |")


def read(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (DATA / name).read_text("utf-8").splitlines()]


SUITES: dict[str, Callable[[Embedder, Writer, argparse.Namespace], None]] = {
    "piaf": piaf,
    "withheld": withheld,
    "memory": memory,
    "injections": injections,
    "dialogues": dialogues,
    "yesno": yes_or_no,
}

if __name__ == "__main__":
    main()
