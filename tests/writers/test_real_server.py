"""The whole way against llama.cpp's own server, with the default writer's GGUF file."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from askdossier import models
from askdossier.core import Embedder, Prompt, Stop, Writer, WriterFailed, profile
from askdossier.dossier import Dossier
from askdossier.models.writers.served import ServedWriter
from askdossier.settings import Settings
from llama_cpp import LlamaCpp, default_gguf, serving
from small_dossier import FILES, QUESTION, write

pytestmark = pytest.mark.models

SLOTS = 2
REQUEST = Prompt(
    "Tu réponds à une question à partir d'extraits de documents, sans rien ajouter. Écris d'abord "
    "Oui si les extraits donnent la réponse à la question, sinon Non. Puis, à la ligne, réponds en "
    "français, en une phrase courte.",
    "Extraits :\n- La médiathèque de Kerlann ouvre à neuf heures.\n\n"
    "Question : À quelle heure ouvre la médiathèque de Kerlann ?",
)
OTHER = replace(
    REQUEST, user=f"{REQUEST.user.split('Question')[0]}Question : Qui a peint la Joconde ?"
)
PREFIX = "Oui.\nRéponse complète en français : "


@pytest.fixture(scope="module")
def server(models_folder: Path) -> Iterator[LlamaCpp]:
    with serving(default_gguf(), threads=2, slots=SLOTS) as llama:
        yield llama


@pytest.fixture(scope="module")
def served(server: LlamaCpp) -> Writer:
    return models.load_writer(f"openai:{server.address}", Path("unused"))


@contextmanager
def without(writer: Writer, **lacking: bool) -> Iterator[Writer]:
    """The same, as if its server could not do something."""
    assert isinstance(writer, ServedWriter)
    known = writer.profile
    writer.profile = replace(known, **lacking)  # type: ignore[arg-type]
    try:
        yield writer
    finally:
        writer.profile = known


def test_everything_it_can_is_found_out(served: Writer) -> None:
    found = profile(served)
    assert found.name == "llama.cpp qwen2.5-coder-1.5b-instruct-q4_k_m"
    assert (found.context, found.at_once) == (4096, SLOTS)
    assert found.logprobs and found.schema and found.prefill and not found.thinks


@pytest.mark.parametrize("lacking", [(), ("logprobs",), ("logprobs", "schema")])
def test_it_knows_what_is_answered_whatever_the_server_lacks(
    served: Writer, lacking: tuple[str, ...]
) -> None:
    with without(served, **dict.fromkeys(lacking, False)) as writer:
        yes = writer.choose(REQUEST, ("Oui", "Non"), Stop()).probabilities[0]
        other = writer.choose(OTHER, ("Oui", "Non"), Stop()).probabilities[0]
    assert yes > 0.9 and other < yes - 0.2


@pytest.mark.parametrize("prefill", [True, False])
def test_it_writes_behind_a_given_beginning(served: Writer, prefill: bool) -> None:
    with without(served, prefill=prefill) as writer:
        said = "".join(writer.stream(REQUEST, Stop(), prefix=PREFIX, max_tokens=40))
    assert "neuf heures" in said and "Réponse complète" not in said


def test_stop_frees_the_server(served: Writer) -> None:
    stop = Stop()
    pieces = served.stream(Prompt("", "Compte de 1 à 500."), stop, max_tokens=400)
    next(pieces)
    stop.set()
    assert len(list(pieces)) <= 1
    began = time.monotonic()
    list(served.stream(REQUEST, Stop(), prefix=PREFIX, max_tokens=1))
    assert time.monotonic() - began < 60  # 400 tokens take longer


def test_two_questions_at_once_are_answered_and_say_what_wrote_them(
    server: LlamaCpp, embedder: Embedder, tmp_path: Path, quick_syncs: None
) -> None:
    write(tmp_path / "corpus", FILES)
    settings = Settings(
        corpus=tmp_path / "corpus", index=tmp_path / "index", writer=f"openai:{server.address}"
    )
    dossier = Dossier(settings, embedder=embedder)
    dossier.sync()
    answers = {}

    def ask(question: str) -> None:
        answers[question] = dossier.ask(question)

    questions = (QUESTION, "Quand la criée de Port-Ellery a-t-elle fermé ?")
    threads = [threading.Thread(target=ask, args=(question,)) for question in questions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert "34" in answers[questions[0]].text
    assert "7 novembre 2025" in answers[questions[1]].text
    for answer in answers.values():
        assert answer.writer is not None and answer.writer.server == server.address
        assert not answer.writer.calibrated
    unanswerable = dossier.ask("Quelle est la capitale de l’Australie ?")
    assert unanswerable.abstained


def test_a_killed_server_is_told_within_five_seconds(models_folder: Path) -> None:
    with serving(default_gguf(), threads=2) as llama:
        writer = models.load_writer(f"openai:{llama.address}", Path("unused"))
        pieces = writer.stream(Prompt("", "Compte de 1 à 500."), Stop(), max_tokens=400)
        next(pieces)
        llama.kill()
        began = time.monotonic()
        with pytest.raises(WriterFailed, match="broke off"):
            list(pieces)
        with pytest.raises(WriterFailed, match="No server answers"):
            writer.choose(REQUEST, ("Oui", "Non"), Stop())
        assert time.monotonic() - began < 5
