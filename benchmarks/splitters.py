"""Our sentence splitter and public ones, on PIAF's paragraphs and on the hard cases of our tests.

``pip install syntok==1.4.4 sentencex==1.0.32 pysbd==0.3.4``, then ``python
benchmarks/splitters.py`` prints a Markdown table. A gold answer is cut when a border between two
sentences falls inside it. Cutting nowhere at all would score best there, hence the length of the
sentences and the hard cases, which ask for each border.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from statistics import median

from askdossier.core import Span
from askdossier.text import sentences

ROOT = Path(__file__).parents[1]
PIAF = ROOT.parent / "shared" / "eval" / "piaf" / "piaf-v1.1.json"

Splitter = Callable[[str], list[int]]
"""Gives the offsets at which the second sentence and those after it begin."""


def ours(text: str) -> list[int]:
    return [span.start for span in sentences(text)][1:]


def syntok(text: str) -> list[int]:
    from syntok import segmenter

    return [sentence[0].offset for paragraph in segmenter.analyze(text) for sentence in paragraph][
        1:
    ]


def sentencex(text: str) -> list[int]:
    from sentencex import segment

    return _begins(text, segment("fr", text))


def pysbd(text: str) -> list[int]:
    from pysbd import Segmenter

    return [span.start for span in Segmenter("fr", clean=False, char_span=True).segment(text)][1:]


def _begins(text: str, parts: Sequence[str]) -> list[int]:
    """Where the parts begin, which together are the text."""
    found = []
    at = 0
    for part in parts:
        at = text.index(part, at)
        found.append(at + len(part) - len(part.lstrip()))
        at += len(part)
    return found[1:]


def paragraphs(path: Path) -> Iterator[tuple[str, list[Span]]]:
    """Each paragraph with its gold answers."""
    for article in json.loads(path.read_text("utf-8"))["data"]:
        for paragraph in article["paragraphs"]:
            yield (
                paragraph["context"],
                [
                    Span(answer["answer_start"], answer["answer_start"] + len(answer["text"]))
                    for question in paragraph["qas"]
                    for answer in question["answers"]
                    if answer["text"]
                ],
            )


def hard_cases() -> list[tuple[str, list[int]]]:
    """The table of tests/test_text.py: the text, and where its sentences after the first begin."""
    sys.path.insert(0, str(ROOT / "tests"))
    from test_text import CASES

    return [_case(case) for case in CASES]


def _case(marked: str) -> tuple[str, list[int]]:
    text, begins = "", []
    for part in marked.replace(" ¦ ", "¦ ").split("¦"):
        if text:
            begins.append(len(text) + len(part) - len(part.lstrip()))
        text += part
    return text, begins


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--piaf", type=Path, default=PIAF)
    parser.add_argument("--only", nargs="*", default=["ours", "syntok", "sentencex", "pysbd"])
    options = parser.parse_args()
    known: dict[str, Splitter] = {
        "ours": ours, "syntok": syntok, "sentencex": sentencex, "pysbd": pysbd,
    }  # fmt: skip
    found = list(paragraphs(options.piaf))
    total = sum(len(answers) for _, answers in found)
    cases = hard_cases()
    print(f"{len(found)} paragraphs, {total} gold answers, {len(cases)} hard cases\n")
    print(
        "| splitter | answers left whole | sentences | median length | hard cases right | ms each |"
    )
    print("|---|---|---|---|---|---|")
    for name in options.only:
        split = known[name]
        split(found[0][0])
        started = time.process_time()
        begins = [split(text) for text, _ in found]
        spent = time.process_time() - started
        whole = sum(
            not any(answer.start < begin < answer.end for begin in own)
            for own, (_, answers) in zip(begins, found, strict=True)
            for answer in answers
        )
        lengths = [
            end - start
            for own, (text, _) in zip(begins, found, strict=True)
            for start, end in pairwise([0, *own, len(text)])
        ]
        right = sum(split(text) == expected for text, expected in cases)
        print(
            f"| {name} | {100 * whole / total:.2f} % | {len(lengths)} | {median(lengths):.0f} "
            f"| {right} of {len(cases)} | {1000 * spent / len(found):.2f} |",
            flush=True,
        )


if __name__ == "__main__":
    main()
