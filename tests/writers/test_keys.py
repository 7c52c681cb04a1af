"""Where the key of a server comes from: the environment, then a keyring, which may not be there."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest

from askdossier import models
from askdossier.core import InvalidSettings, WriterFailed
from askdossier.models.writers import key
from model_server import MODELS, SHOWN, Reply, Server, able, serving


class Refused(Exception):
    """What a keyring may raise."""


@pytest.fixture(autouse=True)
def plain(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    for name in ("ASKDOSSIER_API_KEY", "OLLAMA_HOST"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def keyring(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[str, str], str | None]], None]:
    """Stand in for the library, which need not be installed, by what gives passwords."""

    def standing_in(gives: Callable[[str, str], str | None]) -> None:
        library, errors = ModuleType("keyring"), ModuleType("keyring.errors")
        library.get_password = gives  # type: ignore[attr-defined]
        errors.NoKeyringError = type("NoKeyringError", (RuntimeError,), {})  # type: ignore[attr-defined]
        monkeypatch.setitem(sys.modules, "keyring", library)
        monkeypatch.setitem(sys.modules, "keyring.errors", errors)

    return standing_in


@pytest.fixture
def server() -> Iterator[Server]:
    with serving(able, {"/v1/models": MODELS, "/api/show": SHOWN}) as server:
        yield server


def sent(server: Server) -> set[str | None]:
    return {headers.get("Authorization") for _, _, headers in server.seen}


@pytest.mark.parametrize("kind", ["openai", "ollama"])
def test_a_key_comes_from_the_keyring_by_the_host_alone(
    server: Server, keyring: Callable[..., None], kind: str
) -> None:
    asked = set()

    def gives(service: str, user: str) -> str | None:
        asked.add((service, user))
        return "sk-kept"

    keyring(gives)
    writer = models.load_writer(f"{kind}:{server.url}#small", Path("unused"))
    assert sent(server) == {"Bearer sk-kept"}
    assert asked == {("askdossier", "127.0.0.1")}
    assert "sk-kept" not in f"{vars(writer)}"


def test_the_environment_comes_first(
    server: Server, keyring: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    keyring(lambda *_: pytest.fail("the keyring was asked"))
    monkeypatch.setenv("ASKDOSSIER_API_KEY", "sk-set")
    models.load_writer(f"openai:{server.url}#small", Path("unused"))
    assert sent(server) == {"Bearer sk-set"}


def test_a_keyring_without_a_key_a_locked_one_and_none_at_all_do_no_harm(
    server: Server,
    keyring: Callable[..., None],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def locked(*_: str) -> str:
        raise Refused("sk-secret is behind a lock")

    def missing(*_: str) -> str:
        raise sys.modules["keyring.errors"].NoKeyringError

    spec = f"openai:{server.url}#small"
    for gives in (locked, missing, lambda *_: None):
        keyring(gives)
        models.load_writer(spec, Path("unused"))
    assert [record.getMessage() for record in caplog.records] == [
        "the keyring gives no key for 127.0.0.1 (Refused)"
    ]
    monkeypatch.setitem(sys.modules, "keyring", None)  # as if it were not installed
    models.load_writer(spec, Path("unused"))
    assert sent(server) == {None}


def test_what_no_key_can_be_is_told_without_being_repeated(keyring: Callable[..., None]) -> None:
    keyring(lambda *_: "sk\nsecret")
    with pytest.raises(InvalidSettings, match=r"^The key of x\.example in the keyring") as told:
        key.of("x.example")
    assert "secret" not in str(told.value)


def test_a_key_that_is_refused_is_told_with_how_another_is_kept(
    keyring: Callable[..., None], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    keyring(lambda *_: "sk-kept")
    refused = Reply(status=401, error={"error": {"message": "bad key sk-kept"}})
    with serving(refused, {"/v1/models": MODELS}) as server:
        with pytest.raises(WriterFailed, match=r"keyring set askdossier 127\.0\.0\.1$") as told:
            models.load_writer(f"openai:{server.url}#small", Path("unused"))
        assert sent(server) == {"Bearer sk-kept"}
    assert "sk-kept" not in f"{told.value}{caplog.text}"


def test_no_key_is_looked_for_before_a_server_elsewhere_is_allowed(
    keyring: Callable[..., None],
) -> None:
    keyring(lambda *_: pytest.fail("the keyring was asked"))
    for spec in ("openai:https://x.example#m", "ollama:https://x.example#m"):
        with pytest.raises(Exception, match="not this machine"):
            models.load_writer(spec, Path("unused"))


def test_the_library_itself_is_understood(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    keyring = pytest.importorskip("keyring")
    from keyring.backend import KeyringBackend

    class Own(KeyringBackend):  # type: ignore[misc]
        priority = 1

        def get_password(self, service: str, username: str) -> str | None:
            return {("askdossier", "127.0.0.1"): "sk-own"}.get((service, username))

        def set_password(self, service: str, username: str, password: str) -> None: ...

        def delete_password(self, service: str, username: str) -> None: ...

    before = keyring.get_keyring()
    keyring.set_keyring(Own())
    try:
        models.load_writer(f"openai:{server.url}#small", Path("unused"))
    finally:
        keyring.set_keyring(before)
    assert sent(server) == {"Bearer sk-own"}
