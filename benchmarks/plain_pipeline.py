"""The usual way and ours, on the same questions, with the same models, in one run.

``python benchmarks/plain_pipeline.py`` prints a Markdown table of medians and ratios. The two
take turns, question by question, so that whatever else the machine does burdens both alike; the
models are loaded once, before any clock runs. With ``--llama-cpp`` the usual way has its writer in
llama.cpp's server, as most who build it would: quicker where it is, that is the one to beat.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

import numpy as np
import psutil

from askdossier import load, models, text
from askdossier import settings as settings_module
from askdossier.ask import draft
from askdossier.core import (
    Answered,
    ClaimChecked,
    Embedder,
    EvidenceFound,
    Place,
    Prompt,
    Stop,
    Writer,
)
from askdossier.dossier import Dossier
from askdossier.evaluate import Question, read_questions
from askdossier.evaluate.correctness import holds_answer
from askdossier.evaluate.gold import locate, located, stands
from askdossier.evaluate.recording import RecordingWriter
from llama_cpp import default_gguf, serving
from writer import processor

SHARED = Path(__file__).parents[1].parent / "shared"
CHUNK = 900
"""Characters."""
TOP = 4
_MOST_TOKENS = 160

_PROMPTS = {
    "fr": Prompt(
        "Tu es un assistant qui répond aux questions à l'aide de passages numérotés.",
        "Passages :\n\n{passages}\n\nQuestion : {question}\n\nRéponds à la question en français, "
        "en une à trois phrases, à partir des passages. Après chaque phrase, cite entre crochets "
        "le numéro du passage qui la justifie, par exemple [2].",
    ),
    "en": Prompt(
        "You are an assistant who answers questions with the help of numbered passages.",
        "Passages:\n\n{passages}\n\nQuestion: {question}\n\nAnswer the question in English, in one "
        "to three sentences, from the passages. After each sentence, cite the number of the "
        "passage that supports it in brackets, for example [2].",
    ),
}


@dataclass(frozen=True, slots=True)
class Chunk:
    """Characters of a file, cut without regard to sentences."""

    document: str
    text: str


@dataclass(frozen=True, slots=True)
class Run:
    """One question put to one pipeline. Times are seconds since it was asked."""

    question: str
    pipeline: str
    answer: str
    evidence: float
    first_token: float | None
    """None when the writer wrote nothing."""
    first_sentence: float
    """The first complete sentence on screen (checked, with ours), or the abstention."""
    total: float
    prompt_tokens: int
    right: bool
    abstained: bool
    cites: bool
    """Carries any citation of a passage it was given."""
    cites_gold: bool


class PlainPipeline:
    """Fixed-size chunks of the files as they are, dense top 4, one prompt, no check."""

    def __init__(self, corpus: Path, embedder: Embedder, writer: Writer) -> None:
        self._embedder, self._writer = embedder, writer
        self.chunks = tuple(_chunks(corpus))
        texts = [chunk.text for chunk in self.chunks]
        self._vectors, _ = embedder.embed_passages(texts, [()] * len(texts))

    def retrieve(self, question: str) -> tuple[Chunk, ...]:
        """The ``TOP`` nearest chunks, best first."""
        scores = self._vectors @ self._embedder.embed_questions([question])[0]
        return tuple(self.chunks[row] for row in np.argsort(-scores)[:TOP])

    def prompt(self, question: str, found: Sequence[Chunk]) -> Prompt:
        """The only prompt: passages, question, and the wish for citations."""
        words = _PROMPTS.get(text.question_language(question), _PROMPTS["fr"])
        passages = "\n\n".join(f"[{i}] {chunk.text}" for i, chunk in enumerate(found, 1))
        return Prompt(words.system, words.user.format(passages=passages, question=question))

    def ask(self, question: Question, recording: RecordingWriter) -> Run:
        """Answer and time it; ``recording`` is the writer that was given."""
        recording.begin()
        started = time.perf_counter()
        found = self.retrieve(question.text)
        evidence = time.perf_counter() - started
        written, first_sentence = "", None
        request = self.prompt(question.text, found)
        for piece in self._writer.stream(request, Stop(), max_tokens=_MOST_TOKENS):
            written += piece
            if first_sentence is None and len(text.sentences(written)) > 1:
                first_sentence = time.perf_counter() - started
        total = time.perf_counter() - started
        marks = {int(mark) for mark in re.findall(r"\[(\d{1,2})\]", written)}
        cited = [found[mark - 1] for mark in marks if 1 <= mark <= len(found)]
        said = re.sub(r"\[\d{1,2}\]", "", written)
        return Run(
            question.id,
            "plain",
            written,
            evidence,
            recording.first_token,
            total if first_sentence is None else first_sentence,
            total,
            recording.prompt_tokens(),
            holds_answer(said, question.answers),
            draft.refuses(said),
            bool(cited),
            any(
                chunk.document == gold.document and _share_words(chunk.text, gold.quote)
                for chunk in cited
                for gold in question.gold
            ),
        )


def _chunks(corpus: Path) -> Iterable[Chunk]:
    for path in sorted(corpus.rglob("*")):
        if path.is_file() and load.supported(path):
            name = path.relative_to(corpus).as_posix()
            body = "\n".join(block.text for block in load.read(path, name).blocks)
            for start in range(0, len(body), CHUNK):
                yield Chunk(name, body[start : start + CHUNK])


def _share_words(chunk: str, quote: str) -> bool:
    """Whether the chunk holds the quote, or its first or second half (the border cuts some)."""
    words = quote.split()
    half = (len(words) + 1) // 2
    return any(
        located(chunk, " ".join(part)) for part in (words, words[:half], words[half:]) if part
    )


def ask_dossier(dossier: Dossier, question: Question, recording: RecordingWriter) -> Run:
    """Put a question to askdossier and time what reaches the screen."""
    recording.begin()
    started = time.perf_counter()
    evidence = first_sentence = 0.0
    answer = None
    for event in dossier.stream(question.text):
        now = time.perf_counter() - started
        if isinstance(event, EvidenceFound):
            evidence = now
        elif isinstance(event, ClaimChecked):
            first_sentence = first_sentence or now
        elif isinstance(event, Answered):
            answer = event.answer
    total = time.perf_counter() - started
    if answer is None:
        raise AssertionError("a stream ends with Answered")
    citations = [citation for claim in answer.claims for citation in claim.citations]
    places = [Place(item.document, item.span) for item in citations]
    gold = locate([question], dossier.documents)[question.id].gold
    said = " ".join(claim.text for claim in answer.claims)
    return Run(
        question.id,
        "askdossier",
        answer.text,
        evidence,
        recording.first_token,
        first_sentence or total,
        total,
        recording.prompt_tokens(),
        not answer.abstained and holds_answer(said, question.answers),
        answer.abstained,
        bool(citations) and all(stands(item, dossier.documents) for item in citations),
        any(item.touched(places) for item in gold),
    )


def main(arguments: Sequence[str] | None = None) -> None:
    options = _parser().parse_args(arguments)
    questions = _spread(read_questions(options.file), options.questions)
    with tempfile.TemporaryDirectory() as index, ExitStack() as stack:
        settings = settings_module.load(
            corpus=options.corpus, index=Path(index), writer=options.writer
        )
        embedder = models.load_embedder(settings.embedder, settings.models)
        # One each, as each would have alone: a writer keeps what it has read of the last prompt.
        ours = RecordingWriter(models.load_writer(settings.writer, settings.models))
        theirs = RecordingWriter(
            stack.enter_context(serving(default_gguf(), psutil.cpu_count(logical=False) or 1))
            if options.llama_cpp
            else models.load_writer(settings.writer, settings.models)
        )
        print(f"{theirs.name} and {ours.name}; {processor()}\n")
        plain = PlainPipeline(settings.corpus, embedder, theirs)
        dossier = Dossier(settings, embedder=embedder, writer=ours)
        dossier.sync()
        pipelines: tuple[Callable[[Question], Run], ...] = (
            lambda question: plain.ask(question, theirs),
            lambda question: ask_dossier(dossier, question, ours),
        )
        for pipeline in pipelines:  # the first answer of all pays for memory; nobody is timed on it
            pipeline(questions[0])
        runs: list[Run] = []
        for number, question in enumerate(questions):
            for pipeline in pipelines[:: 1 if number % 2 else -1]:
                runs.append(pipeline(question))
                print(_progress(runs[-1]), file=sys.stderr, flush=True)
    print(markdown(runs, questions))
    if options.out:
        found = {
            "embedder": embedder.name,
            "writer": ours.name,
            "runs": [asdict(run) for run in runs],
        }
        options.out.write_text(json.dumps(found, ensure_ascii=False, indent=1), "utf-8")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--questions", type=int, metavar="N", help="ask only so many, spread out")
    parser.add_argument("--file", type=Path, default=SHARED / "eval" / "dossier_dev.jsonl")
    parser.add_argument("--corpus", type=Path, default=SHARED / "dossier")
    parser.add_argument("--writer")
    parser.add_argument("--llama-cpp", action="store_true", help="the default writer's GGUF there")
    parser.add_argument("--out", type=Path, metavar="FILE.json")
    return parser


def _spread(questions: Sequence[Question], count: int | None) -> list[Question]:
    """``count`` questions, evenly from the whole file, so that all kinds are among them."""
    count = min(count or len(questions), len(questions))
    return [questions[i * len(questions) // count] for i in range(count)]


def markdown(runs: Sequence[Run], questions: Sequence[Question]) -> str:
    """Medians of both pipelines and their ratio, then what the answers were worth."""
    answerable = {question.id for question in questions if question.answerable}
    ours = [run for run in runs if run.pipeline == "askdossier"]
    plain = [run for run in runs if run.pipeline == "plain"]
    rows = [
        f"| {len(questions)} questions, medians | plain pipeline | askdossier | ratio |",
        "|---|--:|--:|--:|",
    ]
    for name in ("evidence", "first_token", "first_sentence", "total", "prompt_tokens"):
        there, here = _median(plain, name), _median(ours, name)
        digits = 0 if name == "prompt_tokens" else 2
        unit = "" if name == "prompt_tokens" else " s"
        rows.append(
            f"| {name.replace('_', ' ')} | {there:.{digits}f}{unit} | {here:.{digits}f}{unit} "
            f"| {here / there:.2f} |"
        )
    for name in ("right", "cites", "cites_gold"):
        counts = [
            sum(bool(getattr(run, name)) for run in some if run.question in answerable)
            for some in (plain, ours)
        ]
        rows.append(
            f"| {name.replace('_', ' ')}, of {len(answerable)} | {counts[0]} | {counts[1]} | |"
        )
    others = len(questions) - len(answerable)
    counts = [
        sum(run.abstained for run in some if run.question not in answerable)
        for some in (plain, ours)
    ]
    rows.append(f"| unanswerable and refused, of {others} | {counts[0]} | {counts[1]} | |")
    return "\n".join(rows)


def _median(runs: Sequence[Run], name: str) -> float:
    values = [value for run in runs if (value := getattr(run, name)) is not None]
    return float(median(values)) if values else float("nan")


def _progress(run: Run) -> str:
    said = " ".join(run.answer.split())
    return f"{run.question} {run.pipeline} {run.first_sentence:.1f}/{run.total:.1f} s: {said}"


if __name__ == "__main__":
    main()
