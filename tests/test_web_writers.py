"""Choosing the writer in the settings of the chat, without a browser, over servers of our own."""

from __future__ import annotations

import gc
import threading
import time
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from askdossier.core import (
    Answered,
    EvidenceFound,
    ModelMissing,
    Profile,
    Stop,
    Suggestion,
)
from askdossier.dossier import Dossier
from askdossier.models import offered
from askdossier.models.writers import address, consent, ollama
from askdossier.settings import Settings
from askdossier.web.chat import Chat
from askdossier.web.headers import Headers
from askdossier.web.preferences import remembered
from askdossier.web.suggest import Suggestions
from askdossier.web.turn import Line
from askdossier.web.uploads import Uploads
from fakes import FakeEmbedder, FakeWriter
from model_server import LLAMA, MODELS, SHOWN, Body, Reply, Server, able, bare, serving
from small_dossier import QUESTION, TRUE
from web_fake import FakeDossier

STAYS = "Le rédacteur précédent reste en service."


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither settings nor an Ollama of whoever runs the tests."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("ASKDOSSIER_WRITER", raising=False)
    monkeypatch.setenv("OLLAMA_HOST", "127.0.0.1:9")


@pytest.fixture
def own_index(indexed: Settings) -> Iterator[Settings]:
    """The index, without what a test has chosen beside it."""
    yield indexed
    (indexed.index / "chat.json").unlink(missing_ok=True)


def answering(body: Body) -> Reply:
    if any("Extraits" in one["content"] for one in body["messages"]):
        return Reply(TRUE, 12, likely={"Oui": -0.01, "Non": -5.0})
    return able(body)


@contextmanager
def served(chat: Any = answering) -> Iterator[Server]:
    with serving(chat, {"/v1/models": MODELS, "/props": LLAMA, "/api/show": SHOWN}) as server:
        yield server


def ready(chat: Chat) -> dict[str, Any]:
    for _ in range(1000):
        state = chat.readiness({"language": "fr"})
        if not state["busy"]:
            return state
        time.sleep(0.01)
    raise AssertionError("it gets never ready")


def opened(settings: Settings, *, shared: bool = False) -> tuple[Dossier, Chat]:
    dossier = Dossier(settings, embedder=FakeEmbedder(), writer=FakeWriter(TRUE))
    chat = Chat(dossier, Uploads(), shared=shared)
    ready(chat)
    return dossier, chat


def choose(chat: Chat, writer: str, *allowed: str) -> dict[str, str]:
    wanted = {"language": "fr", "writer": writer, "allowed": list(allowed)}
    return chat.adjusting.choose(wanted)


def settings_of(chat: Chat) -> str:
    page = chat.adjusting.settings({"language": "fr"})
    return page.replace("<span>", "").replace("</span>", "").replace("\u00a0", " ")


DONE = {"problem": "", "origin": "", "text": ""}


def test_a_server_is_chosen_answers_the_next_question_and_is_kept(own_index: Settings) -> None:
    dossier, chat = opened(own_index)
    assert "fake-writer" in settings_of(chat)
    with served() as server:
        spec = f"openai:{server.url}#small"
        assert choose(chat, f" {spec} ") == DONE
        answer = dossier.ask(QUESTION)
        assert answer.writer is not None and answer.writer.name == "llama.cpp small-q4_k_m"
        page = settings_of(chat)
    for said in (
        "contexte de 2048 tokens",
        "Donne des probabilités : oui",
        "Se tient à une forme imposée (schéma JSON) : oui",
        "Poursuit un début donné : oui",
        "Réfléchit à voix haute : non",
        "Étalonné : non, donc strict",
        f'<option value="{spec}" selected>',
        '<option value="default">',  # what the chat was started with
    ):
        assert said in page, said
    assert remembered(Settings(index=own_index.index)).writer == spec


def test_what_a_server_cannot_is_told(own_index: Settings) -> None:
    _, chat = opened(own_index)
    with served(bare) as server:
        assert choose(chat, f"ollama:{server.url}#small") == DONE
        page = settings_of(chat)
    for said in ("probabilités : non", "(schéma JSON) : non", "début donné : non"):
        assert said in page


def test_an_answer_that_has_begun_keeps_its_writer_which_then_goes(own_index: Settings) -> None:
    dossier, chat = opened(own_index)
    old = weakref.ref(dossier.writer)
    events = dossier.stream(QUESTION)
    assert isinstance(next(events), EvidenceFound)
    with served() as server:
        assert choose(chat, f"openai:{server.url}#small") == DONE
        *_, last = events
        assert isinstance(last, Answered)
        assert last.answer.writer is not None and last.answer.writer.name == "fake-writer"
        assert server.asked and not any("Extraits" in str(body) for body in server.asked)
    del events
    gc.collect()
    assert old() is None


def test_a_writer_that_cannot_be_had_is_told_and_the_old_one_stays(
    own_index: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    dossier, chat = opened(own_index)
    with served(Reply(status=500, error={"error": "broken"})) as server:
        failing = choose(chat, f"openai:{server.url}#small")
    assert "refuse avec 500" in failing["problem"] and failing["problem"].endswith(STAYS)
    missing = choose(chat, "openai:http://127.0.0.1:9#small")["problem"]
    assert missing.startswith("Aucun serveur ne répond à http://127.0.0.1:9. Démarrez-le")
    assert missing.endswith(STAYS)
    assert "Écrivez-la ainsi" in choose(chat, "openai:gpt")["problem"]
    assert "nomme pas de modèle d’Ollama" in choose(chat, "ollama:")["problem"]

    def odd(*_: object) -> None:
        raise MemoryError

    with monkeypatch.context() as patched:
        patched.setattr(dossier, "choose_writer", odd)
        assert choose(chat, "openai:http://127.0.0.1:9#small")["problem"].endswith(STAYS)
    assert dossier.ask(QUESTION).writer == Profile("fake-writer")
    assert dossier.settings.writer == "default"
    assert not (own_index.index / "chat.json").exists()


@pytest.mark.parametrize("spec", ["", "/tmp/model.gguf", "somebody/model", "light2", "../x"])
def test_no_file_and_nothing_of_a_hub_is_named_in_the_page(own_index: Settings, spec: str) -> None:
    dossier, chat = opened(own_index)
    assert "un rédacteur de la liste" in choose(chat, spec)["problem"]
    assert dossier.settings.writer == "default"


def test_what_the_settings_name_can_be_chosen_again(own_index: Settings, tmp_path: Path) -> None:
    (tmp_path / "askdossier.toml").write_text("writer = 'mine.gguf'\n")
    dossier, chat = opened(own_index)
    assert '<option value="mine.gguf">' in settings_of(chat)
    assert "Il n’y a pas de fichier mine.gguf" in choose(chat, "mine.gguf")["problem"]
    with pytest.raises(ModelMissing):
        dossier.choose_writer("mine.gguf")


# --- text that leaves this machine ----------------------------------------------------------------


@pytest.fixture
def elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """All servers are on another machine."""
    monkeypatch.setattr(address.Address, "here", property(lambda _: False))
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


def test_a_server_elsewhere_is_asked_about_before_it_is_asked(
    own_index: Settings, elsewhere: None
) -> None:
    dossier, chat = opened(own_index)
    with served() as server:
        spec = f"openai:{server.url}#small"
        for allowed in ((), ("https://other.example:443",)):
            asked = choose(chat, spec, *allowed)
            assert asked["origin"] == server.url and asked["problem"] == ""
            assert "n’est pas cette machine" in asked["text"] and spec in asked["text"]
        assert not server.seen and not consent.given()
        assert dossier.settings.writer == "default"
        assert choose(chat, spec, server.url) == DONE
        assert consent.given() == {server.url}
        assert "quittent cette machine" in settings_of(chat)
        assert dossier.profile.leaves


def test_a_model_that_ollama_runs_elsewhere_is_asked_about_too(own_index: Settings) -> None:
    shown = SHOWN | {"remote_host": "https://cloud.example"}
    _, chat = opened(own_index)
    with serving(answering, {"/api/show": shown}) as server:
        spec = f"ollama:{server.url}#large"
        assert choose(chat, spec)["origin"] == "https://cloud.example:443"
        assert not server.asked
        assert choose(chat, spec, "https://cloud.example:443") == DONE
        assert "quittent cette machine" in settings_of(chat)


def test_who_shares_a_chat_chooses_only_what_its_machine_knows(
    own_index: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    dossier, chat = opened(own_index, shared=True)
    assert 'id="ad-server"' not in settings_of(chat)
    with serving(answering, {"/api/show": SHOWN, "/api/tags": {"models": [{"name": "a:1"}]},
                             "/v1/models": MODELS}) as server:  # fmt: skip
        away = f"openai:http://models.example:{server.port}#small"
        for spec in (f"openai:{server.url}#small", f"ollama:{server.url}#a:1", away):
            said = choose(
                chat, spec, "http://models.example:80", f"http://models.example:{server.port}"
            )
            assert "Plusieurs personnes partagent ce chat" in said["problem"]
        assert not consent.given()
        assert not server.seen
        monkeypatch.setenv("OLLAMA_HOST", f"127.0.0.1:{server.port}")
        assert '<option value="ollama:a:1">' in settings_of(chat)
        assert choose(chat, "ollama:a:1") == DONE
    consent.give("http://127.0.0.2:9")
    allowed = choose(chat, "openai:http://127.0.0.2:9#m")["problem"]
    assert "Plusieurs personnes" in allowed  # on this machine, whoever allowed it
    monkeypatch.setattr(address.Address, "here", property(lambda _: False))
    allowed = choose(chat, "openai:http://127.0.0.2:9#m")["problem"]
    assert "Aucun serveur ne répond" in allowed
    assert dossier.settings.writer == "ollama:a:1"


def test_a_shared_chat_allows_no_server_that_another_leads_to(
    own_index: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = SHOWN | {"remote_host": "https://cloud.example"}
    _, chat = opened(own_index, shared=True)
    pages = {"/api/show": shown, "/api/tags": {"models": [{"name": "large"}]}}
    with serving(answering, pages) as server:
        monkeypatch.setenv("OLLAMA_HOST", f"127.0.0.1:{server.port}")
        said = choose(chat, "ollama:large", "https://cloud.example:443")
    assert "askdossier models allow https://cloud.example:443" in said["problem"]
    assert not consent.given()


def test_no_question_is_suggested_by_a_writer_that_was_chosen_elsewhere(tmp_path: Path) -> None:
    class Switching(FakeDossier):
        """Another writer is chosen while the first question is asked."""

        def answers_surely(self, suggestion: Suggestion, stop: Stop) -> bool:
            asked.append(self.writes.name)
            dossier.writes = Profile("away", "https://models.example:443", leaves=True)
            return True

    asked = list[str]()
    dossier = Switching()
    suggestions = Suggestions(dossier, Headers(dossier), Line(), quiet=0.0)
    suggestions.shown(ready=True)
    for _ in range(200):
        if not suggestions._asking:
            break
        time.sleep(0.01)
    assert not suggestions._asking
    assert asked == ["prepared answers"]
    dossier.writes = Profile("back", calibrated=True)
    suggestions.shown(ready=True)
    for _ in range(200):
        if len(asked) == 2:
            break
        time.sleep(0.01)
    assert asked == ["prepared answers", "back"]


# --- when something else is going on --------------------------------------------------------------


def test_a_chat_that_began_without_its_writer_gets_ready_with_another(own_index: Settings) -> None:
    gone = replace(own_index, writer="openai:http://127.0.0.1:9#gone")
    dossier = Dossier(gone, embedder=FakeEmbedder())
    chat = Chat(dossier, Uploads())
    assert ready(chat)["failed"]
    assert STAYS not in choose(chat, "openai:http://127.0.0.1:9#other")["problem"]
    with served() as server:
        assert choose(chat, f"openai:{server.url}#small") == DONE
        assert not ready(chat)["failed"]
        assert dossier.ask(QUESTION).claims


def test_one_writer_is_loaded_at_a_time_and_none_while_the_models_load() -> None:
    loading, go_on = threading.Event(), threading.Event()

    class Slow(FakeDossier):
        def choose_writer(self, spec: str) -> None:
            loading.set()
            go_on.wait(10)
            super().choose_writer(spec)

    dossier = Slow(others={"light": Profile("light")})
    dossier.loaded.clear()
    chat = Chat(dossier, Uploads())
    assert "Un modèle se charge" in choose(chat, "light")["problem"]
    dossier.loaded.set()
    ready(chat)
    said = list[dict[str, str]]()
    first = threading.Thread(target=lambda: said.append(choose(chat, "light")))
    first.start()
    assert loading.wait(10)
    assert "Un modèle se charge" in choose(chat, "light")["problem"]
    go_on.set()
    first.join()
    assert said == [DONE]


# --- what is offered ------------------------------------------------------------------------------


def test_an_ollama_here_is_asked_for_its_list_without_a_key(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("ASKDOSSIER_API_KEY", "sk-secret")
    names = ["qwen3:4b", "hf.co/somebody/model:Q4", "a b", "http://x#y", "", 7, "x" * 300]
    with serving(pages={"/api/tags": {"models": [{"name": name} for name in names]}}) as server:
        monkeypatch.setenv("OLLAMA_HOST", f"127.0.0.1:{server.port}")
        assert ollama.listed() == ("qwen3:4b", "hf.co/somebody/model:Q4")
        assert [path for _, path, _ in server.seen] == ["/api/tags"]
        assert all("Authorization" not in headers for _, _, headers in server.seen)
        specs = [offer.spec for offer in offered.offers(tmp_path, ["mine.gguf", "default"])]
        assert specs == ["mine.gguf", "ollama:qwen3:4b", "ollama:hf.co/somebody/model:Q4"]


def test_what_is_no_ollama_offers_nothing_and_takes_no_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pages: list[object] = [[], {"models": None}, {"models": [7]}, "no json", {}]
    for page in pages:
        with serving(pages={"/api/tags": page}) as server:
            monkeypatch.setenv("OLLAMA_HOST", f"127.0.0.1:{server.port}")
            assert ollama.listed() == ()
    monkeypatch.setenv("OLLAMA_HOST", "models.example:11434")
    assert ollama.listed() == ()
    import socket

    with socket.create_server(("127.0.0.1", 0)) as silent:
        monkeypatch.setenv("OLLAMA_HOST", f"127.0.0.1:{silent.getsockname()[1]}")
        began = time.monotonic()
        assert ollama.listed(0.2) == ()
        assert time.monotonic() - began < 3
