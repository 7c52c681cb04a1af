"""``askdossier doctor``: what is well is told as well, and what is wrong by its cause."""

from __future__ import annotations

import ast
import http.server
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from askdossier import doctor, models
from askdossier.ask.policy import calibrated
from askdossier.cli import app
from askdossier.core import Choice, Prompt, Report, Stop
from askdossier.doctor import checks, parts, speed
from askdossier.doctor.report import shortened
from askdossier.doctor.texts import FINDINGS, WORDS
from askdossier.models import catalogue, install
from cards import card_of
from fakes import FakeEmbedder, FakeWriter
from model_server import LLAMA, MODELS, able, serving

ROOT = Path(__file__).parents[1]
EMBEDDER = "e5-small@1571fc982750 int8"
"""What the default embedder is called once it is loaded on a processor."""
FILES = {
    "gazette d’Ys.md": "# La halle\n\nLa halle d’Ys a rouvert en mars. Elle abrite vingt étals.\n",
    "notes/digue.txt": "La digue\n\nLa digue mesure deux kilomètres. Elle date de 1912.\n",
}


@dataclass
class Home:
    """Somebody's folder, with a corpus in it and small files where the models would be."""

    folder: Path
    port: int
    writer: FakeWriter = field(default_factory=FakeWriter)

    @property
    def models(self) -> Path:
        return self.folder / "models"

    @property
    def index(self) -> Path:
        return self.folder / "index"

    def write(self, name: str, content: bytes | str) -> None:
        path = self.folder / "corpus" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())

    def publish(self, name: str, origin: str = "") -> Path:
        """A whole model of a few bytes."""

        def make(folder: Path, _: Report) -> None:
            (folder / "weights.bin").write_bytes(bytes(1000))
            (folder / "config.json").write_text("{}")

        return install.publish(name, origin, self.models, make, needed=0)

    def index_it(self) -> None:
        result = CliRunner().invoke(app, ["index", "corpus"])
        assert result.exit_code == 0, result.output

    def run(self, *arguments: str) -> Result:
        return CliRunner().invoke(app, ["doctor", "--port", str(self.port), *arguments])

    def said(self, *arguments: str) -> str:
        return " ".join(self.run(*arguments).stdout.split())

    def examine(self, *arguments: str, status: int | None = None) -> dict[str, Any]:
        result = self.run("--json", *arguments)
        found: dict[str, Any] = json.loads(result.stdout)
        expected = int(found["state"] == "broken") if status is None else status
        assert result.exit_code == expected, result.output
        return found


def codes(found: dict[str, Any]) -> set[str]:
    return {one["code"] for part in found["parts"].values() for one in part["findings"]}


def only(found: dict[str, Any], part: str) -> dict[str, Any]:
    """The one finding of a part."""
    (finding,) = found["parts"][part]["findings"]
    return dict(finding)


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def set_up(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in os.environ:
        if name.startswith("ASKDOSSIER_"):
            monkeypatch.delenv(name)
    for name, value in {
        "HOME": str(folder),
        "XDG_CONFIG_HOME": str(folder / "config"),
        "ASKDOSSIER_MODELS": str(folder / "models"),
        "LC_ALL": "C.UTF-8",
    }.items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(folder)


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """No model, no index; a Tesseract that says what a real one does."""
    folder = tmp_path / "home of ours"
    folder.mkdir()
    set_up(folder, monkeypatch)
    program = tmp_path / "bin" / "tesseract"
    program.parent.mkdir()
    program.write_text(
        "#!/bin/sh\n"
        'case $1 in --version) echo "tesseract 5.3.4";; *) printf "List:\\neng\\nfra\\n";; esac\n'
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")
    home = Home(folder, free_port())
    for name, content in FILES.items():
        home.write(name, content)
    return home


@pytest.fixture
def home(bare: Home, monkeypatch: pytest.MonkeyPatch) -> Home:
    """All is well; fakes answer for the models."""
    monkeypatch.setattr(models, "load_embedder", lambda *_, **__: FakeEmbedder(EMBEDDER))
    monkeypatch.setattr(models, "load_writer", lambda *_, **__: bare.writer)
    for artifact in catalogue.CATALOGUE:
        if artifact.tier == "default":
            bare.publish(artifact.name, artifact.origin)
    bare.index_it()
    return bare


# --- what is well ---------------------------------------------------------------------------------


def test_a_healthy_set_up_is_told_as_such(home: Home) -> None:
    found = home.examine(status=0)
    assert found["state"] == "ok"
    assert codes(found) == set()
    told = found["parts"]
    assert told["index"]["documents"] == len(FILES)
    assert told["index"]["embedder"] == EMBEDDER
    assert told["models"]["every_byte"]
    assert [(m["role"], m["name"]) for m in told["models"]["models"]] == [
        ("writer", "qwen-1.5b@cc324af070c2"),
        ("embedder", "e5-small@1571fc982750"),
    ]
    assert told["recognition"] | {"findings": []} == {
        "state": "ok",
        "version": "5.3.4",
        "languages": ["fra", "eng"],
        "findings": [],
    }
    assert told["software"]["libraries"]["torch"]
    assert told["processor"]["cores"] >= 1
    assert told["processor"]["features"]
    assert told["port"] == {"state": "ok", "findings": [], "number": home.port, "use": "free"}
    assert told["speed"]["measured"]
    least, most = (told["speed"][f"answer_seconds_{end}"] for end in ("least", "most"))
    assert 0 < least <= most
    assert "All is well." in home.said("--quick")


def test_quick_measures_nothing(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(models, "load_writer", lambda *_, **__: pytest.fail("it was loaded"))
    found = home.examine("--quick", status=0)
    assert not found["parts"]["speed"]["measured"]
    assert not found["parts"]["models"]["every_byte"]


# --- models ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["qwen-1.5b", "e5-small"])
def test_a_truncated_model_file_is_named_with_the_command_that_mends_it(
    home: Home, name: str
) -> None:
    os.truncate(home.models / name / "weights.bin", 400)
    for quick in ((), ("--quick",)):
        found = home.examine(*quick, status=1)
        assert codes(found) == {"model_damaged"}
        finding = only(found, "models")
        assert "weights.bin has 400 bytes instead of 1000" in finding["text"]
        assert finding["command"] == f"askdossier models pull {name}"
        assert not found["parts"]["speed"]["measured"]
    assert "Something is broken: 1." in home.said("--quick")


def test_damage_in_what_was_made_of_a_model_is_found(home: Home) -> None:
    made = home.publish("e5-small@1571fc982750-encoder")
    assert home.examine(status=0)["state"] == "ok"
    (made / "weights.bin").write_bytes(b"x" * 1000)
    finding = only(home.examine(status=1), "models")
    assert finding["code"] == "model_damaged"
    assert "Delete the folder ~/models/e5-small@1571fc982750-encoder" in finding["text"]
    assert finding["command"] == ""


def test_a_damaged_model_that_is_not_in_use_breaks_nothing(home: Home) -> None:
    light = next(a for a in catalogue.CATALOGUE if a.tier == "light")
    os.truncate(home.publish(light.name, light.origin) / "weights.bin", 1)
    found = home.examine(status=0)
    assert codes(found) == {"other_model_damaged"}
    assert found["parts"]["speed"]["measured"]
    assert codes(home.examine("--quick", "--writer", "light", status=1)) == {"model_damaged"}


def test_without_models_each_is_named_with_its_command(bare: Home) -> None:
    found = home_findings = bare.examine("--quick", status=1)
    commands = [one["command"] for one in found["parts"]["models"]["findings"]]
    assert commands == [f"askdossier models pull {name}" for name in ("qwen-1.5b", "e5-small")]
    assert codes(home_findings) == {"model_missing", "index_missing"}


def test_models_that_the_user_names_are_looked_for_on_this_disk_alone(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    for spec in ("somebody/a-model", "nowhere.gguf", "no such folder"):
        found = home.examine("--quick", "--writer", spec, status=1)
        assert codes(found) == {"model_missing"}, spec
    own = home.folder / "own"
    own.mkdir()
    (own / "config.json").write_text("{}")
    found = home.examine("--quick", "--writer", str(own), status=0)
    assert found["parts"]["models"]["models"][0]["name"].startswith("own@")


# --- index ----------------------------------------------------------------------------------------


def test_without_an_index_the_command_that_makes_it_is_told(home: Home) -> None:
    shutil.rmtree(home.index)
    finding = only(home.examine("--quick", status=1), "index")
    assert finding["code"] == "index_missing"
    assert finding["command"] == "askdossier index corpus --index index"


@pytest.mark.parametrize("quick", [(), ("--quick",)])
def test_an_index_of_another_embedder_is_broken(
    home: Home, monkeypatch: pytest.MonkeyPatch, quick: Sequence[str]
) -> None:
    monkeypatch.setattr(models, "load_embedder", lambda *_, **__: FakeEmbedder("other@12 int8"))
    home.index_it()
    monkeypatch.setattr(models, "load_embedder", lambda *_, **__: FakeEmbedder(EMBEDDER))
    found = home.examine(*quick, status=1)
    assert codes(found) == {"index_other_embedder"}
    finding = only(found, "index")
    assert "made with the embedder other@12 int8, not e5-small@1571fc982750" in finding["text"]
    assert finding["command"] == "askdossier index ~/'corpus' --index index"


def test_an_index_of_the_same_embedder_in_another_precision_is_broken(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        models, "load_embedder", lambda *_, **__: FakeEmbedder("e5-small@1571fc982750 bfloat16")
    )
    assert codes(home.examine(status=1)) == {"index_other_embedder"}


@pytest.mark.parametrize("damage", ["truncated", "missing", "pointer"])
def test_a_damaged_index_is_broken(home: Home, damage: str) -> None:
    vectors = next(home.index.glob("generations/*/passages.npy"))
    if damage == "truncated":
        os.truncate(vectors, 10)
    elif damage == "missing":
        vectors.unlink()
    else:
        (home.index / "current.json").write_text("{")
    found = home.examine("--quick", status=1)
    assert codes(found) == {"index_damaged"}
    assert only(found, "index")["command"] == "askdossier index corpus --index index"


def test_a_changed_folder_is_a_warning_that_names_no_document(home: Home) -> None:
    home.write("notes/digue.txt", "La digue\n\nElle mesure maintenant trois kilomètres.\n")
    home.write("neuf.md", "# Neuf\n\nUn texte de plus.\n")
    (home.folder / "corpus" / "gazette d’Ys.md").unlink()
    found = home.examine("--quick", status=0)
    assert codes(found) == {"index_behind"}
    told = found["parts"]["index"]
    assert (told["added"], told["changed"], told["removed"]) == (1, 1, 1)
    assert only(found, "index")["command"] == "askdossier index ~/'corpus' --index index"
    assert not re.search("digue|neuf|gazette", json.dumps(found, ensure_ascii=False))


def test_a_folder_that_is_gone_is_a_warning(home: Home) -> None:
    (home.folder / "corpus").rename(home.folder / "elsewhere")
    assert codes(home.examine("--quick", status=0)) == {"corpus_unreadable"}


def test_files_that_cannot_be_read_are_named_up_to_a_few(home: Home) -> None:
    for number in range(8):
        home.write(f"page {number}.pdf", b"no PDF")
    home.index_it()
    found = home.examine("--quick", status=0)
    findings = found["parts"]["index"]["findings"]
    assert findings[0]["text"].startswith("page 0.pdf: page 0.pdf is damaged or no PDF")
    assert [one["code"] for one in findings] == [*["file_unreadable"] * 5, "more_files_unreadable"]
    assert findings[-1]["text"].startswith("3 more files could not be read")
    assert found["parts"]["index"]["unreadable"] == 8


def test_an_index_without_text_is_broken(home: Home) -> None:
    shutil.rmtree(home.folder / "corpus")
    home.write("page.pdf", b"no PDF")
    CliRunner().invoke(app, ["index", "corpus", "--yes"])
    assert "index_empty" in codes(home.examine("--quick", status=1))


# --- other programs -------------------------------------------------------------------------------


def test_without_tesseract_a_warning_says_how_to_install_it(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(home.folder))
    found = home.examine("--quick", status=0)
    assert found["state"] == "warning"
    assert codes(found) == {"tesseract_missing", "index_outdated"}
    assert "apt install tesseract-ocr" in only(found, "recognition")["text"]


def test_a_process_without_tesseract_says_so(bare: Home) -> None:
    finished = subprocess.run(
        [sys.executable, "-m", "askdossier", "doctor", "--quick", "--json"],
        env={**os.environ, "PATH": str(bare.folder), "PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
        check=False,
    )
    found = json.loads(finished.stdout)
    assert finished.returncode == 1
    assert only(found, "recognition")["code"] == "tesseract_missing"
    assert found["parts"]["recognition"]["version"] == ""
    assert codes(found) - {"port_taken", "memory_low"} == {
        "model_missing", "index_missing", "tesseract_missing",
    }  # fmt: skip
    # What the libraries set for themselves is not what the user has set.
    assert set(found["parts"]["settings"]["environment"]) == {
        name for name in os.environ if checks._STEERING.fullmatch(name)
    }


@pytest.mark.parametrize(
    ("languages", "code"),
    [("eng", "tesseract_without_french"), ("deu", "tesseract_without_languages")],
)
def test_tesseract_without_our_languages_is_a_warning(
    bare: Home, monkeypatch: pytest.MonkeyPatch, languages: str, code: str
) -> None:
    program = bare.folder / "other" / "tesseract"
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\necho tesseract 4.1.1\necho {languages}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")
    assert only(bare.examine("--quick"), "recognition")["code"] == code


def test_a_port_taken_by_another_program_is_a_warning(home: Home) -> None:
    with closing(socket.socket()) as other:
        other.bind(("127.0.0.1", home.port))
        other.listen()
        found = home.examine("--quick", status=0)
        assert codes(found) == {"port_taken"}
        assert found["parts"]["port"]["use"] == "other"
        match = re.fullmatch(r"askdossier chat --port (\d+)", only(found, "port")["command"])
        assert match
        assert int(match[1]) > home.port


@pytest.fixture
def page() -> Iterator[http.server.HTTPServer]:
    """A web page that looks like the chat's."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"<!doctype html><title>askdossier</title>")

        def log_message(self, *_: object) -> None:
            pass

    with http.server.HTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def test_the_chat_itself_may_hold_the_port(home: Home, page: http.server.HTTPServer) -> None:
    home.port = page.server_port
    found = home.examine("--quick", status=0)
    assert found["parts"]["port"]["use"] == "askdossier"
    assert codes(found) == set()


# --- the machine ----------------------------------------------------------------------------------


def test_little_memory_is_a_warning_and_no_model_is_loaded(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checks, "_limit", lambda: (3 * 10**9, 2 * 10**9))
    found = home.examine(status=0)
    assert codes(found) == {"memory_low"}
    assert found["parts"]["memory"]["available"] == 10**9
    assert not found["parts"]["speed"]["measured"]


def test_little_disk_is_a_warning(bare: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "_free", lambda _: 10**8)
    found = bare.examine("--quick")
    assert {"models_disk_low", "index_disk_low"} <= codes(found)
    assert found["parts"]["memory"]["state"] == "warning"


class Slow(FakeWriter):
    """Reads until it is told to stop, as a processor does that has no fit kernel."""

    def choose(
        self, prompt: Prompt, options: Sequence[str], stop: Stop, *, prefix: str = ""
    ) -> Choice:
        stop.wait(20)
        return Choice((1 / len(options),) * len(options))


def test_a_processor_that_takes_for_ever_is_told_within_bounds(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(speed, "_PATIENCE", 0.2)
    home.writer = Slow()
    found = home.examine(status=0)
    assert codes(found) == {"slow"}
    assert found["parts"]["speed"]["answer_seconds_least"] is None
    assert found["parts"]["speed"]["written_tokens_per_second"] is None


# --- the report -----------------------------------------------------------------------------------


def test_settings_that_cannot_be_read_hide_nothing_else(home: Home) -> None:
    (home.folder / "askdossier.toml").write_text("writter = 'light'\n")
    found = home.examine("--quick", status=1)
    assert "settings_invalid" in codes(found)
    assert found["parts"]["recognition"]["state"] == "ok"
    assert "writter" in only(found, "settings")["text"]


def test_a_check_that_fails_is_told_and_the_others_go_on(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checks, "recognition", lambda: 1 / 0)
    found = home.examine("--quick", status=1)
    assert "ZeroDivisionError" in only(found, "recognition")["text"]
    assert found["parts"]["port"]["state"] == "ok"
    assert "not looked at" in home.said("--quick")


def test_the_report_speaks_french(home: Home) -> None:
    os.truncate(home.models / "e5-small" / "weights.bin", 400)
    home.write("neuf.md", "# Neuf\n\nUn texte de plus.\n")
    assert (
        WORDS["fr"].said("a.pdf: not a regular file") == "a.pdf : ce n’est pas un fichier ordinaire"
    )
    said = home.said("--quick", "--lang", "fr")
    assert "en panne modèles" in said
    assert "weights.bin compte 400 octets au lieu de 1000. Lancez : askdossier models" in said
    assert "fichiers ajoutés : 1, modifiés : 0, retirés : 0. Lancez : askdossier index" in said
    assert said.endswith("Quelque chose est en panne : 1. Points d’attention : 1.")
    assert home.run("--lang", "de").exit_code == 1


def test_the_state_is_told_in_words(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(home.folder))
    lines = home.run("--quick").stdout.splitlines()
    assert any(line.startswith("ok ") and " models " in line for line in lines)
    assert any(line.startswith("warning ") and " scans " in line for line in lines)
    assert "\x1b" not in "".join(lines)


def test_the_users_folder_and_password_stay_out_of_the_report(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASKDOSSIER_PASSWORD", "sesame")
    monkeypatch.setenv("ASKDOSSIER_INDEX", str(home.index))
    home.write("neuf.md", "# Neuf\n\nUn texte de plus.\n")
    for said in (home.run("--quick").stdout, home.run("--quick", "--json").stdout):
        assert str(home.folder) not in said
        assert home.folder.name not in said
        assert "sesame" not in said


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("/home/anna", "~"),
        ("/home/anna/index is gone.", "~/index is gone."),
        ("run --index '/home/anna/my index'", "run --index ~/'my index'"),
        ("/home/annabel/index", "/home/annabel/index"),
        ("/mnt/home/anna/index", "/mnt/home/anna/index"),
        ("A=/home/anna", "A=~"),
    ],
)
def test_paths_are_shortened_where_they_begin(text: str, short: str) -> None:
    assert shortened(text, Path("/home/anna")) == short


def test_nothing_is_shortened_where_the_home_is_the_root() -> None:
    assert shortened("/a/b", Path("/")) == "/a/b"


def template(node: ast.expr) -> str:
    """A message in the source, with \\0 for what is put into it; empty for no message."""
    if isinstance(node, ast.JoinedStr):
        return "".join(
            str(part.value) if isinstance(part, ast.Constant) else "\0" for part in node.values
        )
    return str(node.value) if isinstance(node, ast.Constant) else ""


INDEX_MISMATCH = (
    "The index in \0 was made with the embedder \0, not \0: their vectors cannot be compared. "
    "Build it again with: \0"
)
"""The index says so itself, and has French for it."""
NOT_TOLD = ("Depuis quand le phare", "You sum up", "Say whether", "En \0, le gardien")
"""What the models are tried with."""


def sentences(file: Path) -> Iterator[str]:
    """The sentences that a module tells: neither docstrings nor the pieces of a longer one."""
    tree = ast.parse(file.read_text("utf-8"))
    inner = {
        id(part)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr | ast.JoinedStr)
        for part in ast.iter_child_nodes(node)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.expr) and id(node) not in inner:
            said = template(node)
            if len(said.split()) > 5 and not said.startswith(NOT_TOLD):
                yield said


def test_every_finding_has_french_words_and_none_is_stale() -> None:
    folder = Path(doctor.__file__).parent
    names = ("__init__.py", "checks.py", "speed.py")
    told = {sentence for name in names for sentence in sentences(folder / name)}
    known = {re.sub(r"\{\w+\}", "\0", english) for english in FINDINGS}
    assert len(known) > 10
    assert told - {INDEX_MISMATCH} == known, "say it in doctor/texts.py too"
    for english, french in FINDINGS.items():
        assert set(re.findall(r"\{\w+\}", french)) == set(re.findall(r"\{\w+\}", english))


def test_both_languages_have_the_same_words() -> None:
    english, french = WORDS["en"], WORDS["fr"]
    assert english.labels.keys() == french.labels.keys()
    assert english.parts.keys() == french.parts.keys()
    for key, label in english.labels.items():
        used = set(re.findall(r"\{\w+\}", label))
        assert set(re.findall(r"\{\w+\}", french[key])) == used, key


def test_every_key_of_the_json_is_documented() -> None:
    documented = (ROOT / "docs" / "json.md").read_text("utf-8").partition("doctor --json")[2]
    kinds = [kind for kind in vars(parts).values() if isinstance(kind, type)]
    keys = {
        one.name
        for kind in kinds
        if kind is parts.Model or kind is parts.Finding or issubclass(kind, parts.Part)
        for one in fields(kind)
    }
    assert len(keys) > 40
    missing = {key for key in (*keys, *WORDS["en"].parts) if f"`{key}`" not in documented}
    assert missing == set()


# --- the default models ---------------------------------------------------------------------------


@pytest.mark.models
def test_the_default_models_are_measured(
    models_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_up(tmp_path, monkeypatch)
    monkeypatch.setenv("ASKDOSSIER_MODELS", str(models_folder))
    home = Home(tmp_path, free_port())
    for name, content in FILES.items():
        home.write(name, content)
    home.index_it()
    found = home.examine()
    assert found["parts"]["models"]["state"] == "ok"
    assert found["parts"]["index"]["state"] == "ok"
    told = found["parts"]["speed"]
    assert told["read_tokens_per_second"] > told["written_tokens_per_second"] > 0


@pytest.mark.models
def test_a_truncated_file_of_a_default_model_is_told(
    models_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_up(tmp_path, monkeypatch)
    cache = tmp_path / "models"
    cache.mkdir()
    (cache / "e5-small").symlink_to(models_folder / "e5-small")
    shutil.copytree(models_folder / "qwen-1.5b", cache / "qwen-1.5b", copy_function=os.symlink)
    weights = cache / "qwen-1.5b" / "int8.safetensors"
    weights.unlink()
    with weights.open("wb") as file:
        file.truncate(10**6)
    finding = only(Home(tmp_path, free_port()).examine(status=1), "models")
    assert "int8.safetensors has 1000000 bytes instead of" in finding["text"]
    assert finding["command"] == "askdossier models pull qwen-1.5b"


def test_a_writer_behind_a_server_is_asked_what_it_can(
    bare: Home, monkeypatch: pytest.MonkeyPatch, cards: Path
) -> None:
    with serving(able, {"/v1/models": MODELS, "/props": LLAMA}) as server:
        monkeypatch.setenv("ASKDOSSIER_WRITER", f"openai:{server.url}#small")
        found = bare.examine("--quick")
        profile = found["parts"]["writer"]["profile"]
        assert (profile["server"], profile["context"], profile["leaves"]) == (
            server.url,
            2048,
            False,
        )
        assert not profile["calibrated"] and "n’est pas étalonné" in bare.said(
            "--quick", "--lang=fr"
        )
        assert found["parts"]["writer"]["calibration"] is None
        calibrated.write(card_of("llama.cpp small-q4_k_m"))
        learned = bare.examine("--quick")["parts"]["writer"]
        assert learned["profile"]["calibrated"] and learned["calibration"]["current"]
        assert (learned["calibration"]["hallucination"], learned["calibration"]["error"]) == (
            0.25,
            0.2,
        )
        said = bare.said("--quick", "--lang=fr")
        assert "étalonné le 2026-11-29" in said and "n’est pas étalonné" not in said
        assert "writer" not in {one["role"] for one in found["parts"]["models"]["models"]}
    finding = only(bare.examine("--quick"), "writer")
    assert finding["code"] == "server_unusable" and "No server answers" in finding["text"]
    assert "Aucun serveur ne répond" in bare.said("--quick", "--lang=fr")
    monkeypatch.setenv("ASKDOSSIER_WRITER", "ollama:http://models.example#large")
    finding = only(bare.examine("--quick"), "writer")
    assert finding["code"] == "server_not_allowed"
    assert finding["command"] == "askdossier models allow http://models.example:80"
