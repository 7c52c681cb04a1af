"""The default writer here, in llama.cpp, and as plain transformers in bfloat16, in one run.

``python benchmarks/writer.py`` prints a Markdown table: tokens read and written a second, memory
and time to load. Each has its model in a process of its own; they take turns, prompt by prompt, so
that whatever else the machine does burdens all alike. The prompts are those in which the program
asks the questions on the sample dossier; nothing that was read before is used again.

``--neighbour`` instead compares ours alone with ours beside a process that keeps one core busy.
"""

from __future__ import annotations

import argparse
import multiprocessing
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection
from pathlib import Path
from statistics import median
from typing import Any

import psutil

from askdossier import lang, models, settings
from askdossier.ask import prompts
from askdossier.core import Prompt, Stop
from askdossier.dossier import Dossier
from askdossier.evaluate import read_questions
from llama_cpp import LlamaCpp, default_gguf, serving

ROOT = Path(__file__).parents[1]
_MOST_TOKENS = 48


@dataclass(frozen=True, slots=True)
class Turn:
    """One prompt read and answered."""

    read: float
    """Tokens a second."""
    written: float


@dataclass(frozen=True, slots=True)
class Engine:
    """Something that answers prompts, and what it took to get ready."""

    name: str
    load_seconds: float
    process: int
    answer: Callable[[Prompt], Turn]


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--prompts", type=int, default=8)
    parser.add_argument("--gguf", type=Path, help="llama.cpp's file (default: the published one)")
    parser.add_argument("--neighbour", action="store_true")
    options = parser.parse_args(arguments)
    asked = list(_prompts(options.prompts + 1))
    print(f"{processor()}, {psutil.cpu_count()} cores, {time.strftime('%Y-%m-%d')}\n")
    if options.neighbour:
        neighbour(asked)
    else:
        compare(asked, options.gguf or default_gguf())


def processor() -> str:
    """Name of the processor, and the kernel that is chosen on it."""
    from askdossier.models import hardware

    seen = hardware.look()
    return f"{seen.processor or platform.processor()} as {seen.capability}, kernel {seen.kernel}"


def _prompts(count: int) -> Iterator[Prompt]:
    """What the writer is asked for the first questions on the sample dossier."""
    questions = [one for one in read_questions(ROOT / "questions" / "sample.jsonl") if one.gold]
    with tempfile.TemporaryDirectory() as index:
        dossier = Dossier(settings.load(corpus=ROOT / "corpus", index=Path(index)))
        dossier.sync()
        for number, question in enumerate(questions[:count]):
            _hits, evidence = dossier.find(question.text)
            asked = prompts.answering(question.text, evidence, "fr")
            # Another beginning each time, so that nothing read before is of use to anybody.
            yield replace(asked, system=f"{number}. {asked.system}")


def compare(asked: Sequence[Prompt], gguf: Path) -> None:
    """Let all three answer all that is asked, and print what that took."""
    with ExitStack() as stack:
        engines = [
            stack.enter_context(_ours()),
            stack.enter_context(_llama_cpp(gguf)),
            stack.enter_context(_transformers()),
        ]
        turns: dict[str, list[Turn]] = {engine.name: [] for engine in engines}
        for number, prompt in enumerate(asked):
            for engine in engines[:: 1 if number % 2 else -1]:
                turn = engine.answer(prompt)
                if number:  # the first answer of all pays for memory
                    turns[engine.name].append(turn)
        print("| writer | read, tokens/s | written, tokens/s | memory, MB | loads, s |")
        print("|---|--:|--:|--:|--:|")
        for engine in engines:
            memory = psutil.Process(engine.process).memory_info().rss / 1e6
            print(
                f"| {engine.name} | {median(turn.read for turn in turns[engine.name]):.0f} "
                f"| {median(turn.written for turn in turns[engine.name]):.1f} "
                f"| {memory:.0f} | {engine.load_seconds:.1f} |"
            )


def neighbour(asked: Sequence[Prompt]) -> None:
    """Print how much longer an answer takes beside a busy process; turn by turn."""
    seconds: Mapping[bool, list[float]] = {False: [], True: []}
    with _ours() as engine:
        engine.answer(asked[0])
        for number, prompt in enumerate(asked[1:]):
            beside = bool(number % 2)
            with _busy(beside):
                start = time.perf_counter()
                engine.answer(prompt)
                seconds[beside].append(time.perf_counter() - start)
    alone, busy = (median(seconds[beside]) for beside in (False, True))
    print("| an answer, median | alone | beside a busy process | ratio |\n|---|--:|--:|--:|")
    print(f"| {len(asked) - 1} prompts | {alone:.2f} s | {busy:.2f} s | {busy / alone:.2f} |")


@contextmanager
def _busy(really: bool) -> Iterator[None]:
    if not really:
        yield
        return
    process = subprocess.Popen([sys.executable, "-c", "while True: pass"])
    try:
        yield
    finally:
        process.kill()
        process.wait()


# --- the engines ----------------------------------------------------------------------------------


@contextmanager
def _llama_cpp(gguf: Path) -> Iterator[Engine]:
    with serving(gguf, psutil.cpu_count(logical=False) or 1) as server:

        def answer(prompt: Prompt, server: LlamaCpp = server) -> Turn:
            for _ in server.stream(prompt, Stop(), max_tokens=_MOST_TOKENS):
                pass
            timings = server.timings
            return Turn(timings["prompt_per_second"], timings["predicted_per_second"])

        yield Engine("llama.cpp, Q4_K_M", server.load_seconds, server.process, answer)


@contextmanager
def _ours() -> Iterator[Engine]:
    with _worker("askdossier, 8 bits", _serve_ours) as engine:
        yield engine


@contextmanager
def _transformers() -> Iterator[Engine]:
    with _worker("transformers, bfloat16", _serve_transformers) as engine:
        yield engine


@contextmanager
def _worker(name: str, serve: Callable[[Connection], None]) -> Iterator[Engine]:
    """A process that answers prompts sent to it."""
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=serve, args=(there,), daemon=True)
    process.start()
    seconds = here.recv()

    def answer(prompt: Prompt) -> Turn:
        here.send(prompt)
        turn: Turn = here.recv()
        return turn

    try:
        yield Engine(name, seconds, process.pid or 0, answer)
    finally:
        process.terminate()
        process.join()


def _serve_ours(to: Connection) -> None:
    chosen = settings.load()
    start = time.perf_counter()
    writer: Any = models.load_writer(chosen.writer, chosen.models)
    to.send(time.perf_counter() - start)
    runtime = writer._runtime  # its tokens are what is counted
    begun = writer._prefix_ids(prompts.prefix(lang.of("fr").prompts))
    while True:
        ids = writer._prompt_ids(to.recv())
        start = time.perf_counter()
        runtime.first_scores(ids, begun, Stop())
        read = time.perf_counter()
        written = sum(1 for _ in runtime.generate(ids, begun, _MOST_TOKENS, Stop()))
        to.send(Turn(len(ids) / (read - start), written / (time.perf_counter() - read)))


def _serve_transformers(to: Connection) -> None:
    import torch

    from askdossier.models import int8

    chosen = settings.load()
    start = time.perf_counter()
    folder = chosen.models / "qwen-1.5b"
    model: Any = int8.load_unpacked(folder)
    from transformers import AutoTokenizer

    tokenizer = AutoTokenizer.from_pretrained(folder, local_files_only=True)
    to.send(time.perf_counter() - start)
    while True:
        prompt: Prompt = to.recv()
        encoded: Any = tokenizer.apply_chat_template(
            [
                {"role": "system", "content": prompt.system},
                {"role": "user", "content": prompt.user},
            ],
            add_generation_prompt=True,
            return_tensors="pt",
            return_dict=True,
        )
        length = encoded["input_ids"].shape[1]
        with torch.inference_mode():
            start = time.perf_counter()
            model.generate(**encoded, do_sample=False, max_new_tokens=1)
            read = time.perf_counter() - start
            start = time.perf_counter()
            whole = model.generate(**encoded, do_sample=False, max_new_tokens=_MOST_TOKENS)
            # The first token comes with reading.
            write = time.perf_counter() - start - read
        to.send(Turn(length / read, (whole.shape[1] - length - 1) / write))


if __name__ == "__main__":
    main()
