"""What an answer says of the writer behind it, on the page, in files and on the terminal."""

from __future__ import annotations

import io
import json
import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import docx
import pytest
from typer.testing import CliRunner

from askdossier import models, wire
from askdossier.cli import app
from askdossier.core import Answer, ConsentMissing, Profile, Stop, WriterFailed
from askdossier.dossier import Dossier
from askdossier.models.writers import consent
from askdossier.settings import Settings
from askdossier.web.chat import Chat
from askdossier.web.conversations import Conversations, Exchange
from askdossier.web.export import MEDIA_TYPES, export
from askdossier.web.render import turn as rendered
from askdossier.web.texts import TEXTS
from askdossier.web.turn import Line, Turn, take_turn
from askdossier.web.uploads import Uploads
from fakes import FakeEmbedder
from model_server import LLAMA, MODELS, Body, Reply, able, serving
from small_dossier import FILES, QUESTION, TRUE, write
from web_fake import CLAIMS, EVIDENCE, FakeDossier

AWAY = Profile("ollama large", "https://models.example:443", leaves=True, context=8192)


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.delenv("OLLAMA_HOST", raising=False)


def answering(body: Body) -> Reply:
    if any("Extraits" in one["content"] for one in body["messages"]):
        return Reply(TRUE, 12, likely={"Oui": -0.01, "Non": -5.0})
    return able(body)


@contextmanager
def asking(indexed: Settings, props: object = LLAMA) -> Iterator[Dossier]:
    """A dossier whose writer is behind a server."""
    with serving(answering, {"/v1/models": MODELS, "/props": props}) as server:
        writer = f"openai:{server.url}#small"
        yield Dossier(replace(indexed, writer=writer), embedder=FakeEmbedder())


# --- answers --------------------------------------------------------------------------------------


def test_an_answer_says_what_wrote_it_and_comes_back_with_that(indexed: Settings) -> None:
    with asking(indexed) as dossier:
        answer = dossier.ask(QUESTION)
        assert [claim.text for claim in answer.claims] == [TRUE]
        assert answer.writer == dossier.profile
        assert answer.writer.name == "llama.cpp small-q4_k_m"
        assert not answer.writer.calibrated and not answer.writer.leaves
        again = wire.load_answer(json.loads(json.dumps(wire.dump_answer(answer))))
        assert again == answer
        assert dossier.ask("Bonjour").writer is None  # nothing had to be read


def test_evidence_that_does_not_fit_is_counted_in_the_answer(indexed: Settings) -> None:
    short = LLAMA | {"default_generation_settings": {"n_ctx": 200}}
    with asking(indexed, short) as dossier:
        answer = dossier.ask(QUESTION)
        assert answer.unread > 0
        assert f"pas de place : {answer.unread}." in page_of(answer)


def test_the_default_writer_is_calibrated_and_others_are_not(indexed: Settings) -> None:
    from askdossier.ask.policy import probed
    from fakes import FakeWriter

    for name, calibrated in ((f"{probed.trained().writer} int8", True), ("light@1 int8", False)):
        dossier = Dossier(indexed, embedder=FakeEmbedder(), writer=FakeWriter(TRUE, name=name))
        answer = dossier.ask(QUESTION)
        assert answer.writer is not None and answer.writer.calibrated is calibrated
        assert ("n’est pas étalonné" in page_of(answer)) is not calibrated


def test_a_server_that_dies_in_the_middle_loses_nothing_and_is_used_again(
    indexed: Settings,
) -> None:
    begun = f"{TRUE} Il a été fondé"

    def chat(body: Body) -> Reply:
        reply = answering(body)
        if reply.text == TRUE and dies and body["messages"][-1]["role"] == "assistant":
            return Reply(begun, 12, finish="")
        return reply

    dies = True
    with serving(chat, {"/v1/models": MODELS, "/props": LLAMA}) as server:
        dossier = Dossier(
            replace(indexed, writer=f"openai:{server.url}#small"), embedder=FakeEmbedder()
        )
        *_, broken = take_turn(dossier, Line(), QUESTION, Stop())
        assert isinstance(broken, Turn) and broken.state == "failed"
        assert isinstance(broken.error, WriterFailed)
        dies = False
        *_, last = take_turn(dossier, Line(), QUESTION, Stop())
        assert isinstance(last, Turn) and last.state == "done" and last.claims


# --- the page and files ---------------------------------------------------------------------------


def exchange(answer: Answer) -> Exchange:
    turn = Turn(answer.question, "done", answer.evidence, answer.claims, answer=answer)
    return Exchange("a" * 16, datetime(2026, 11, 28, tzinfo=UTC), turn, {})


def page_of(answer: Answer) -> str:
    page = rendered(exchange(answer).turn, {}, TEXTS["fr"])
    return re.sub(r"</?span[^>]*>", "", page).replace("\u00a0", " ").replace("\u202f", " ")


def answer_of(writer: Profile | None, unread: int = 0) -> Answer:
    return Answer(
        "Et ?", "fr", CLAIMS, False, "", EVIDENCE, {"total": 1}, writer=writer, unread=unread
    )


def test_an_answer_and_all_its_files_say_that_text_left_this_machine() -> None:
    answer = answer_of(AWAY, unread=2)
    said = "envoyés à https://models.example:443 : ils ont quitté cette machine"
    assert said in page_of(answer)
    for format_ in MEDIA_TYPES:
        made = export("Et ?", [exchange(answer)], format_, TEXTS["fr"]).content
        text = made.decode("utf-8", "replace").replace("\\", "")
        if format_ == "docx":
            text = "\n".join(one.text for one in docx.Document(io.BytesIO(made)).paragraphs)
        assert said in text and "pas de place : 2" in text, format_
    here = answer_of(replace(AWAY, leaves=False, calibrated=True))
    assert "ad-notes" not in page_of(here)
    assert "ad-notes" not in page_of(answer_of(None))


def test_a_conversation_keeps_what_wrote_its_answers(tmp_path: Path) -> None:
    kept = exchange(answer_of(AWAY, unread=1))
    failed = replace(kept, id="b" * 16, turn=Turn("?", "failed", error=ConsentMissing("no")))
    conversations = Conversations(tmp_path)
    conversations.keep("0" * 16, kept)
    conversations.keep("0" * 16, failed)
    found = Conversations(tmp_path).get("0" * 16)
    assert found is not None and found.exchanges[0].turn.answer == kept.turn.answer
    assert isinstance(found.exchanges[1].turn.error, ConsentMissing)


def until_ready(chat: Chat, language: str = "fr") -> dict[str, object]:
    for _ in range(500):
        state = chat.readiness({"language": language})
        if not state["busy"]:
            return state
        time.sleep(0.01)
    raise AssertionError("it gets never ready")


def test_the_chat_asks_before_text_leaves_and_goes_on_once_it_may() -> None:
    class Elsewhere(FakeDossier):
        def warm_up(self) -> None:
            if not self.allowed:
                consent.require(AWAY.server, AWAY.name)

    dossier = Elsewhere()
    chat = Chat(dossier, Uploads())
    state = until_ready(chat)
    assert state["allow"] and "n’est pas cette machine" in str(state["note"])
    assert "Autoriser ce serveur" in chat.adjusting.settings({"language": "fr"})
    assert chat.adjusting.allow({"language": "fr"}) == ""
    assert dossier.allowed == [AWAY.server]
    state = until_ready(chat)
    assert not state["allow"] and not state["failed"]
    dossier.writes = AWAY
    page = chat.adjusting.settings({"language": "fr"})
    assert "Autoriser ce serveur" not in page
    for words in ("quittent cette machine", "contexte de 8192 tokens", "n’est pas étalonné"):
        assert words in page
    assert (
        chat.adjusting.allow({"language": "fr"}) == "" and len(dossier.allowed) == 1
    )  # nobody waits


def test_an_answer_takes_back_that_the_server_was_missed() -> None:
    class Missed(FakeDossier):
        def warm_up(self) -> None:
            raise WriterFailed("No server answers at http://127.0.0.1:1. Start it (x), or name "
                               "another writer in the settings.")  # fmt: skip

    chat = Chat(Missed(), Uploads())
    assert "Aucun serveur ne répond" in str(until_ready(chat)["note"])
    chat._work.answers()
    assert not until_ready(chat)["failed"]


@pytest.mark.parametrize(("at_once", "waits"), [(1, True), (2, False)])
def test_as_many_answers_are_written_at_once_as_the_writer_can(at_once: int, waits: bool) -> None:
    dossier = FakeDossier(pace=0.05, writes=Profile("served", at_once=at_once, calibrated=True))
    line, states = Line(), list[list[str]]()

    def ask() -> None:
        turns = take_turn(dossier, line, "Combien ?", Stop())
        states.append([turn.state for turn in turns if isinstance(turn, Turn)])

    threads = [threading.Thread(target=ask) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {each[-1] for each in states} == {"done"}
    assert any("waiting" in each for each in states) is waits
    assert dossier.most_writing == at_once


# --- the terminal ---------------------------------------------------------------------------------


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, quick_syncs: None) -> CliRunner:
    write(tmp_path / "corpus", FILES)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(models, "load_embedder", lambda *_, **__: FakeEmbedder())
    runner = CliRunner()
    assert runner.invoke(app, ["index", "corpus"]).exit_code == 0
    return runner


def test_ask_tells_what_it_found_out_about_a_server(shell: CliRunner) -> None:
    with serving(answering, {"/v1/models": MODELS, "/props": LLAMA}) as server:
        done = shell.invoke(app, ["ask", QUESTION, "--writer", f"openai:{server.url}#small"])
    assert done.exit_code == 0, done.stderr
    assert TRUE in done.stdout and "n’est pas étalonné" in done.stdout
    assert f"llama.cpp small-q4_k_m: at {server.url}, on this machine" in done.stderr
    assert "context of 2048 tokens" in done.stderr


def test_ask_sends_nothing_elsewhere_until_it_may(shell: CliRunner) -> None:
    asked = ["ask", QUESTION, "--writer", "openai:http://models.example:8080#m"]
    refused = shell.invoke(app, asked)
    assert refused.exit_code == 1
    assert "askdossier models allow http://models.example:8080" in refused.stderr
    assert not consent.given()
    assert shell.invoke(app, ["models", "allow", "http://models.example:8080/v1"]).exit_code == 0
    assert consent.given() == {"http://models.example:8080"}
    assert "No server answers" in shell.invoke(app, asked).stderr
    other = shell.invoke(app, [*asked[:-1], "ollama:http://x.example#m", "--allow-server"])
    assert "No server answers" in other.stderr
    assert "http://x.example:80" in consent.given()


def test_a_key_is_no_setting_and_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    from askdossier import settings
    from askdossier.doctor import checks

    monkeypatch.setenv("ASKDOSSIER_API_KEY", "sk-secret")
    assert "sk-secret" not in str(settings.load())
    assert "sk-secret" not in str(checks.chosen(Settings(), ""))
