"""What the models do on this machine just now: opened, and a short text read and written."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count

from askdossier import models
from askdossier.core import Counting, Embedder, Prompt, Span, Writer, within
from askdossier.doctor.parts import Finding, Speed
from askdossier.settings import Settings

_CHARACTERS = 3.5
"""Of a token of French, about."""
_READ = 256
"""Tokens of the prompt."""
_WRITTEN = 24
"""Tokens of the reply, at most."""
_PASSAGES = 8
"""Passages that are embedded."""
_PATIENCE = 60.0
"""Seconds for reading, and for writing: where a processor is that slow, this alone says it."""
_ANSWER_READ = (180, 250)
"""Tokens that an answer has to read, in most cases: the instructions have been read before."""
_ANSWER_WRITTEN = 40
_SLOW = 60.0
"""Seconds for an answer from which on it is too long to wait for."""

_INSTRUCTION = "You sum up short reports in French, in whole sentences."
_OTHER = "Say whether this is a question: quel temps fera-t-il demain sur la côte ?"


def measure(settings: Settings) -> tuple[Speed, str]:
    """Open writer and embedder, and try them; also gives the name of the embedder.

    Raises ModelMissing when they cannot be loaded.
    """
    with _clock() as embedder_opens:
        embedder = models.load_embedder(settings.embedder, settings.models)
    question, passages = _embedding(embedder)
    with _clock() as writer_opens:
        writer = models.load_writer(settings.writer, settings.models)
    read, written = _writing(writer)
    least, most = (
        question + tokens / read + _ANSWER_WRITTEN / written if written else None
        for tokens in _ANSWER_READ
    )
    slow = not written or (least is not None and least > _SLOW)
    speed = Speed(
        measured=True,
        writer_opens_seconds=writer_opens[0],
        embedder_opens_seconds=embedder_opens[0],
        read_tokens_per_second=read,
        written_tokens_per_second=written,
        question_seconds=question,
        passages_per_second=passages,
        answer_seconds_least=least,
        answer_seconds_most=most,
        findings=(_too_slow(settings),) if slow else (),
    )
    return speed, embedder.name


def _too_slow(settings: Settings) -> Finding:
    text = "An answer takes more than a minute here. Close other programs and try again."
    if settings.writer == "default":
        text = (
            "An answer takes more than a minute here. Close other programs and try again, or take "
            "the small writer: set ASKDOSSIER_WRITER to light."
        )
    return Finding("warning", "slow", text)


def _embedding(embedder: Embedder) -> tuple[float, float]:
    """Seconds for a question, and passages a second."""
    embedder.embed_questions(["Qui garde le phare ?"])  # the first one makes ready
    with _clock() as question:
        embedder.embed_questions(["Depuis quand le phare est-il automatique ?"])
    texts = [" ".join(_sentence(6 * n + k) for k in range(6)) for n in range(_PASSAGES)]
    with _clock() as passages:
        embedder.embed_passages(texts, [[Span(0, len(text))] for text in texts])
    return question[0], _PASSAGES / passages[0]


def _writing(writer: Writer) -> tuple[float, float | None]:
    """Tokens read and written a second; the latter None when reading alone takes too long."""
    with within(_PATIENCE) as stop:
        writer.choose(Prompt(_OTHER, _OTHER), ("Yes", "No"), stop)  # the first one makes ready
    prompt = _prompt(writer)
    with within(_PATIENCE) as stop, _clock() as reading:
        writer.choose(prompt, ("Yes", "No"), stop)
    read = _tokens(writer, prompt) / reading[0]
    if stop.is_set():
        return read, None  # at most so many
    with within(_PATIENCE) as stop, _clock() as writing:
        written = sum(1 for _ in writer.stream(prompt, stop, max_tokens=_WRITTEN))
    return read, written / writing[0] if written else None


def _tokens(writer: Writer, prompt: Prompt) -> float:
    """Tokens of a prompt; about, where the writer does not count them."""
    if isinstance(writer, Counting):
        return writer.count_tokens(prompt)
    return len(prompt.system + prompt.user) / _CHARACTERS


def _prompt(writer: Writer) -> Prompt:
    """Some ``_READ`` tokens of a report that is to be summed up."""
    text = ""
    for number in count():
        prompt = Prompt(_INSTRUCTION, f"{text}\nSum it up.")
        if _tokens(writer, prompt) >= _READ:
            return prompt
        text += f"{_sentence(number)}\n"
    raise AssertionError("there is no last number")


def _sentence(number: int) -> str:
    keeper = ("Le Bihan", "Kerdraon", "Morvan", "Tanguy", "Le Gall")[number % 5]
    work = ("repeint la lanterne", "change deux lampes", "mesure la houle", "range le bois")
    return f"En {1870 + 3 * number}, le gardien {keeper} {work[number % 4]} du phare."


@contextmanager
def _clock() -> Iterator[list[float]]:
    """The seconds that something takes, once it is over."""
    taken: list[float] = []
    start = time.perf_counter()
    yield taken
    taken.append(max(time.perf_counter() - start, 1e-9))
