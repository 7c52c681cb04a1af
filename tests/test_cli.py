"""The command line, over fake models: what it prints, what it refuses, how it ends."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from jsonschema import Draft202012Validator
from typer.testing import CliRunner, Result

from askdossier import models
from askdossier.cli import app, index
from askdossier.dossier import Dossier
from askdossier.settings import Settings
from fakes import FakeEmbedder, FakeWriter
from several_parts import cited_in, several_parts
from web_fake import LISTED, FakeDossier, Prepared

ROOT = Path(__file__).parents[1]
SCHEMA: dict[str, Any] = json.loads((ROOT / "docs" / "ask.schema.json").read_text("utf-8"))
QUESTION = "Combien de salariés l’atelier de Kerlann emploie-t-il ?"
TRUE = "L’atelier de Kerlann emploie 34 salariés."
FILES = {
    "atelier.md": (
        "---\nauthor: Anna Le Goff\ndate: 2025-11-08\npublisher: Le Courrier\n---\n"
        "# L’atelier de Kerlann\n\n"
        f"{TRUE} Il a été fondé en 1998 par Maëlle Guivarc’h. ~~Fermé.~~\n"
    ),
    "sous dossier/été.txt": "La plaisance\n\nLe quai nord reste ouvert. L’été y est doux.\n",
}


@dataclass
class Shell:
    """A folder with a corpus in it, and fake models instead of the real ones."""

    folder: Path
    writer: FakeWriter

    @property
    def corpus(self) -> Path:
        return self.folder / "corpus"

    def write(self, name: str, content: str | bytes) -> Path:
        path = self.corpus / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def run(self, *arguments: str, standard_input: str | None = None) -> Result:
        return CliRunner().invoke(app, arguments, input=standard_input)

    def succeed(self, *arguments: str, standard_input: str | None = None) -> str:
        result = self.run(*arguments, standard_input=standard_input)
        assert result.exit_code == 0, result.stderr
        return result.stdout

    def fail(self, *arguments: str) -> str:
        """What it complains of, on one line and with nothing on standard output."""
        result = self.run(*arguments)
        assert result.exit_code == 1, result.output
        assert result.stdout == ""
        assert "Traceback" not in result.stderr
        return " ".join(result.stderr.split())


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shell:
    """Nobody's settings, an empty model cache, no fake models."""
    for name in os.environ:
        if name.startswith("ASKDOSSIER_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("ASKDOSSIER_MODELS", str(tmp_path / "models"))
    monkeypatch.chdir(tmp_path)
    shell = Shell(tmp_path, FakeWriter(TRUE))
    for name, content in FILES.items():
        shell.write(name, content)
    return shell


@pytest.fixture
def shell(bare: Shell, monkeypatch: pytest.MonkeyPatch) -> Shell:
    monkeypatch.setattr(models, "load_embedder", lambda *_, **__: FakeEmbedder())
    monkeypatch.setattr(models, "load_writer", lambda *_, **__: bare.writer)
    return bare


@pytest.fixture
def indexed(shell: Shell) -> Shell:
    shell.succeed("index", "corpus")
    return shell


# --- help -----------------------------------------------------------------------------------------


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys; from askdossier.cli import app; app(['--help'], standalone_mode=False); "
        "print(*sys.modules)"
    )
    finished = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = {name.split(".")[0] for name in finished.stdout.splitlines()[-1].split()}
    assert "askdossier" in loaded
    heavy = {"torch", "transformers", "sentence_transformers", "ctranslate2", "faiss", "gradio"}
    assert loaded & (heavy | {"numpy.linalg", "lxml", "bm25s", "scipy", "pandas"}) == set()
    for name in ("index", "ask", "chat", "docs", "models", "doctor"):
        assert name in finished.stdout


@pytest.mark.parametrize(
    ("modules", "spared"),
    [
        ("askdossier.ask askdossier.doctor", "gradio pandas pydantic scipy sklearn matplotlib"),
        ("askdossier.web.tools askdossier.web.preferences", "gradio pandas scipy matplotlib docx"),
        ("askdossier.evaluate", "gradio scipy sklearn ir_measures matplotlib torch"),
    ],
)
def test_a_command_loads_what_it_needs(modules: str, spared: str) -> None:
    code = "import importlib, sys; [importlib.import_module(m) for m in sys.argv[1:]]"
    finished = subprocess.run(
        [sys.executable, "-c", f"{code}; print(*sys.modules)", *modules.split()],
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
        check=True,
    )
    assert set(finished.stdout.split()).isdisjoint(spared.split())


@pytest.mark.parametrize(
    "name", ["index", "ask", "chat", "docs", "docs show", "models", "models pull", "doctor"]
)
def test_every_command_explains_itself(bare: Shell, name: str) -> None:
    assert "Usage" in bare.succeed(*name.split(), "--help")


@pytest.mark.parametrize("name", ["index", "ask", "chat", "docs", "docs show"])
def test_the_index_can_be_named_everywhere(bare: Shell, name: str) -> None:
    assert "--index" in bare.succeed(*name.split(), "--help")


# --- index ----------------------------------------------------------------------------------------


def test_indexing_tells_what_it_did(shell: Shell) -> None:
    said = shell.succeed("index", "corpus")
    assert re.search(r"added +2", said)
    assert re.search(r"\b2 passages in the index", said)
    shell.write("atelier.md", FILES["atelier.md"] + "\nUne phrase de plus. Et une autre.\n")
    said = shell.succeed("index", "corpus")
    assert re.search(r"changed +1", said)
    assert re.search(r"unchanged +1", said)


def test_an_index_elsewhere(shell: Shell) -> None:
    shell.succeed("index", "corpus", "--index", "ailleurs/index")
    assert not (shell.folder / "index").exists()
    assert TRUE in shell.succeed("ask", QUESTION, "--index", "ailleurs/index")
    assert "atelier.md" in shell.succeed("docs", "--index", "ailleurs/index")


def test_an_empty_corpus(shell: Shell) -> None:
    (shell.folder / "vide").mkdir()
    said = shell.fail("index", "vide")
    assert "it is empty" in said
    assert "Put documents into it" in said
    assert not Dossier(Settings(index=shell.folder / "index")).indexed


def test_a_missing_corpus(shell: Shell) -> None:
    said = shell.fail("index", "nulle part")
    assert "There is no folder nulle part" in said
    assert "askdossier index" in said


def test_a_corpus_of_unknown_formats(shell: Shell) -> None:
    for path in list(shell.corpus.iterdir()):
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    shell.write("photo.xyz", b"\x00\x01")
    said = shell.fail("index", "corpus")
    assert "none of its 1 files can be read" in said


def failures(shell: Shell) -> dict[str, str]:
    """Index the corpus; the reasons of the files that failed, while the others were indexed."""
    result = shell.run("index", "corpus")
    assert result.exit_code == 0, result.stderr
    assert TRUE in shell.succeed("ask", QUESTION)
    told = dict(line.split(": ", 1) for line in result.stderr.splitlines() if ": " in line)
    assert re.search(rf"failed +{len(told)}\b", result.stdout)
    return told


def test_an_unknown_format_is_told(shell: Shell) -> None:
    shell.write("photo.xyz", b"\x00\x01")
    assert failures(shell) == {"photo.xyz": "format not supported"}
    assert "photo.xyz: format not supported" in shell.run("docs").stderr  # and remembered


def test_files_of_unknown_kinds_are_one_line_once(shell: Shell) -> None:
    for number in range(30):
        shell.write(f"photo-{number}.JPX", b"x")
    shell.write("film.mp5", b"x")
    shell.write("lettre.wps", b"x")
    first = list(filter(None, shell.run("index", "corpus").stderr.splitlines()))
    assert "lettre.wps: format not supported; save it as DOCX or PDF" in first
    assert "film.mp5, 30 .jpx: format not supported" in first
    assert len(first) == 2
    again = list(filter(None, shell.run("index", "corpus").stderr.splitlines()))
    assert again == ["32 could not be read before either; askdossier docs lists them."]
    assert shell.run("docs").stderr.splitlines() == first


def test_a_document_is_found_under_the_name_that_one_types(shell: Shell) -> None:
    typed = "Procès-verbal d’été.md"
    decomposed = unicodedata.normalize("NFD", typed)
    shell.write(decomposed, FILES["atelier.md"])
    shell.write(typed + ".yaml", "author: Élodie Thérond")
    assert shell.run("index", "corpus").stderr.strip() == ""
    for name in (typed, decomposed):
        assert TRUE in shell.succeed("docs", "show", name)
        assert TRUE in shell.succeed("ask", QUESTION, "--doc", name[:8])
    assert "Élodie Thérond" in " ".join(shell.succeed("docs").split())
    shell.succeed("docs", "set", typed, "publisher=Mairie")
    kept = (shell.corpus / f"{typed}.yaml").read_text("utf-8")
    assert kept.splitlines() == ["author: Élodie Thérond", "publisher: Mairie"]


def test_a_file_that_is_no_text_is_told(shell: Shell) -> None:
    shell.write("données.txt", bytes(range(256)) * 20)
    told = failures(shell)
    assert "is not text" in told["données.txt"]
    assert "Export it" in told["données.txt"]


def test_a_file_that_is_not_utf8_is_read(shell: Shell) -> None:
    words = "Titre\n\nL’été dernier, l’œuvre a été cédée « à l’amiable » pour 500 €. C’était tôt.\n"
    shell.write("ancien.txt", words.encode("cp1252"))
    assert failures(shell) == {}
    assert "L’été dernier, l’œuvre a été cédée « à l’amiable » pour 500 €." in shell.succeed(
        "docs", "show", "ancien.txt"
    )


def test_a_text_of_50_megabytes_is_refused(shell: Shell) -> None:
    sentence = "Le roman-fleuve dit toujours la même chose, et le dit longuement. "
    line = (sentence * 16 + "\n").encode()
    river = shell.write("fleuve.txt", line * (50_000_000 // len(line) + 1))
    told = failures(shell)
    assert "too large" in told["fleuve.txt"]
    assert re.search(r"\b(49|5\d) (million|MB)", told["fleuve.txt"])  # how large it is
    assert "Split it" in told["fleuve.txt"]
    river.unlink()


def without_rights(words: list[str]) -> list[str]:
    """The command as it runs for a user who may not read everything."""
    if os.geteuid() != 0:
        return words
    if shutil.which("setpriv") is None:
        pytest.skip("root may read everything, and there is no setpriv to take that right away")
    rights = "-dac_override,-dac_read_search"
    return ["setpriv", f"--bounding-set={rights}", f"--inh-caps={rights}", *words]


def command(*arguments: str) -> list[str]:
    """The command line over fake models in a process of its own."""
    return [sys.executable, str(ROOT / "tests" / "cli_with_fakes.py"), *arguments]


def process(shell: Shell, command: list[str], **environment: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        command,
        cwd=shell.folder,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src"), **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


@pytest.mark.skipif(os.name == "nt", reason="rights work otherwise on Windows")
def test_a_file_that_may_not_be_read(shell: Shell) -> None:
    locked = shell.write("secret.txt", "Un secret\n\nPersonne ne doit le lire. Personne.\n")
    locked.chmod(0)
    run = process(shell, without_rights(command("index", "corpus")))
    said, told = run.communicate(timeout=120)
    assert run.returncode == 0, told
    assert re.search(r"added +2", said)
    assert re.search(r"failed +1", said)
    assert "secret.txt: it cannot be opened: Permission denied" in told
    locked.chmod(0o644)
    assert re.search(r"added +1", shell.succeed("index", "corpus"))


# --- statements about documents, following a folder -----------------------------------------------


def test_statements_about_a_document(indexed: Shell) -> None:
    said = indexed.succeed("docs", "set", "atelier.md", "author=Anne Morel", "date=7 mai 2021")
    assert "atelier.md.yaml" in said
    assert "Anne Morel" not in indexed.succeed("docs")  # not before the next sync
    assert re.search(r"changed +1", indexed.succeed("index", "corpus"))
    assert re.search(r"atelier\.md .*Anne Morel .*2021-05-07", indexed.succeed("docs"))
    assert "removed" in indexed.succeed("docs", "set", "atelier.md", "author=", "date=")
    assert re.search(r"changed +1", indexed.succeed("index", "corpus"))
    assert "Anne Morel" not in indexed.succeed("docs")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("atelier.md", "couleur=rouge"), "couleur is not known"),
        (("atelier.md", "date=hier"), "hier is not a date"),
        (("atelier.md", "author"), "Write it as KEY=VALUE"),
        (("rien.md", "author=Anne"), "There is no document rien.md"),
        (("../atelier.md", "author=Anne"), "There is no document"),
    ],
)
def test_statements_that_make_no_sense(
    indexed: Shell, arguments: tuple[str, ...], message: str
) -> None:
    assert message in indexed.fail("docs", "set", *arguments)


@pytest.mark.skipif(os.name == "nt", reason="signals work otherwise on Windows")
def test_following_a_folder(shell: Shell) -> None:
    run = process(shell, command("index", "corpus", "--watch"), PYTHONUNBUFFERED="1")
    assert run.stdout is not None
    try:
        said = ""
        while "Following" not in said:
            assert run.poll() is None, run.communicate()[1]
            said += run.stdout.readline()
        shell.write("neuf.md", "# Neuf\n\nLe phare emploie 3 gardiens. Il date de 1850.\n")
        said = ""
        while "passages in the index" not in said:
            said += run.stdout.readline()
        assert re.search(r"added +1", said)
        shutil.move(shell.corpus, shell.folder / "elsewhere")  # as if its drive were taken away
        shell.corpus.mkdir()
        assert run.stderr is not None
        told = ""
        while "would leave the index" not in told:
            assert run.poll() is None
            told += run.stderr.readline()
        run.send_signal(signal.SIGINT)
        said, told = run.communicate(timeout=60)
    finally:
        run.kill()
    assert run.returncode == 0, told
    assert "No longer following" in said
    assert "Traceback" not in told
    assert "Le phare emploie 3 gardiens." in shell.succeed("docs", "show", "neuf.md")


# --- what leaves the index, and what is wrong with it --------------------------------------------


def test_documents_that_are_gone_leave_only_when_that_is_said(indexed: Shell) -> None:
    for name in FILES:
        (indexed.corpus / name).unlink()
    said = indexed.fail("index", "corpus")
    assert "2 of 2 documents would leave the index" in said
    assert "is empty" in said
    assert said.endswith("--yes")
    assert TRUE in indexed.succeed("ask", QUESTION)
    assert re.search(r"removed +2", indexed.succeed("index", "corpus", "--yes"))


def test_somebody_at_a_terminal_is_asked(indexed: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter((False, True))
    asked = []

    def confirm(question: str, **_: object) -> bool:
        asked.append(question)
        return next(answers)

    monkeypatch.setattr("typer.confirm", confirm)
    monkeypatch.setattr(index, "_somebody_is_there", lambda: True)
    shutil.rmtree(indexed.corpus / "sous dossier")
    (indexed.corpus / "atelier.md").unlink()
    assert "sous dossier/été.txt" in indexed.fail("index", "corpus")
    assert TRUE in indexed.succeed("ask", QUESTION)
    assert re.search(r"removed +2", indexed.succeed("index", "corpus"))
    assert len(asked) == 2


def test_another_folder_does_not_replace_a_dossier_by_itself(indexed: Shell) -> None:
    other = indexed.folder / "autre"
    other.mkdir()
    (other / "note.md").write_text("Une note\n\nElle dit autre chose.\n", encoding="utf-8")
    assert "2 of 2 documents would leave the index: they come from" in indexed.fail(
        "index", "autre"
    )
    assert TRUE in indexed.succeed("ask", QUESTION)


def test_documents_that_cannot_be_read_stay_and_the_status_tells(indexed: Shell) -> None:
    indexed.write("atelier.md.yaml", "titre: [")
    for arguments in (("index", "corpus"), ("index", "corpus", "--retry")):
        result = indexed.run(*arguments)
        assert result.exit_code == 3
        assert re.search(r"stale +1", result.stdout)
        assert "atelier.md stays as it was: atelier.md.yaml cannot be read" in result.stderr
    assert "atelier.md stays as it was" in indexed.run("docs").stderr
    assert TRUE in indexed.succeed("ask", QUESTION)


def test_damage_is_found_by_asking_for_it_and_never_quoted(indexed: Shell) -> None:
    assert "whole" in indexed.succeed("index", "--verify")
    (file,) = indexed.folder.glob("index/generations/*/texts.txt")
    file.write_bytes(file.read_bytes().replace(b"34", b"94"))
    assert "texts.txt is not the one that was written" in indexed.fail("index", "--verify")
    assert "texts.txt is not the one that was written" in indexed.fail("ask", QUESTION)
    indexed.succeed("index", "corpus")
    assert TRUE in indexed.succeed("ask", QUESTION)


def test_a_terminal_gets_no_control_characters_of_a_file(indexed: Shell) -> None:
    indexed.write("sous dossier/été.txt.yaml", '"\\x1b]0;owned\\x07\\x1b[31m": 1')
    said = indexed.run("index", "corpus").stderr
    assert "\x1b]" not in said
    assert "\x07" not in said


# --- Ctrl-C ---------------------------------------------------------------------------------------


@pytest.fixture
def mark(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / "working"


def interrupted(run: subprocess.Popen[str], mark: Path) -> str:
    """Press Ctrl-C when the work has begun; what the process said to that."""
    end = time.monotonic() + 120
    while not mark.exists():
        assert run.poll() is None, run.communicate()[1]
        assert time.monotonic() < end, "it never began"
        time.sleep(0.02)
    run.send_signal(signal.SIGINT)
    try:
        _, told = run.communicate(timeout=60)
    finally:
        run.kill()
    assert run.returncode == 130, told
    assert "Traceback" not in told
    return " ".join(told.split())


@pytest.mark.skipif(os.name == "nt", reason="signals work otherwise on Windows")
def test_ctrl_c_while_indexing_leaves_the_index(indexed: Shell, mark: Path) -> None:
    before = indexed.succeed("docs")
    indexed.write("neuf.md", "# Neuf\n\nLe phare emploie 3 gardiens. Il date de 1850.\n")
    (indexed.corpus / "sous dossier" / "été.txt").unlink()
    run = process(indexed, command("index", "corpus"), FAKE_WAITS=f"embedder:{mark}")
    told = interrupted(run, mark)
    assert "Indexing was stopped; the index is as it was before" in told
    assert "askdossier index" in told
    assert indexed.succeed("docs") == before
    assert TRUE in indexed.succeed("ask", QUESTION)
    said = indexed.succeed("index", "corpus")
    assert re.search(r"added +1", said)
    assert re.search(r"removed +1", said)
    assert "Le phare emploie 3 gardiens." in indexed.succeed("docs", "show", "neuf.md")


@pytest.mark.skipif(os.name == "nt", reason="signals work otherwise on Windows")
def test_ctrl_c_during_the_first_indexing(shell: Shell, mark: Path) -> None:
    run = process(shell, command("index", "corpus"), FAKE_WAITS=f"embedder:{mark}")
    interrupted(run, mark)
    assert "There is no index" in shell.fail("docs")
    assert re.search(r"added +2", shell.succeed("index", "corpus"))


@pytest.mark.skipif(os.name == "nt", reason="signals work otherwise on Windows")
def test_ctrl_c_while_answering(indexed: Shell, mark: Path) -> None:
    run = process(indexed, command("ask", QUESTION), FAKE_WAITS=f"writer:{mark}")
    interrupted(run, mark)


# --- ask ------------------------------------------------------------------------------------------


def test_an_answer_with_its_sources(indexed: Shell) -> None:
    said = indexed.succeed("ask", QUESTION)
    first, *sources = said.splitlines()
    assert first == f"{TRUE} [1]"
    assert "n’est pas étalonné" in sources.pop()  # of the writer, which is a fake
    assert sources[0] == f"[1] « {TRUE} »"
    for words in ("Anna Le Goff", "L’atelier de Kerlann", "Le Courrier", "2025-11-08"):
        assert words in sources[1]
    assert sources[1].endswith("(atelier.md)")


def test_how_many_documents_speak_of_something_is_said_before_they_are_listed(
    indexed: Shell,
) -> None:
    said = indexed.succeed("ask", "Quels documents citent Kerlann ?")
    count, *listed = said.splitlines()
    assert count.endswith("« Kerlann ».") and said.count(count) == 1
    assert listed[0].startswith("L’atelier de Kerlann") and "[1]" in listed[0]


@settings(
    deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(prepared=several_parts)
def test_each_citation_is_printed_as_often_as_it_is_cited(bare: Shell, prepared: Prepared) -> None:
    with pytest.MonkeyPatch.context() as patch:
        fake = FakeDossier(prepared={"?": prepared})
        patch.setattr(Dossier, "open", lambda **_: fake)
        said = bare.succeed("ask", "Quand ?")
    for number, times in cited_in(prepared).items():
        assert said.count(f"[{number}]") == times + 1  # and once before its source


def test_parts_are_printed_under_headings_and_doubt_below_a_rule(
    bare: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Dossier, "open", lambda **_: FakeDossier())
    answer, doubtful = bare.succeed("ask", "Qu’énumère-t-on ?").split("────")[::3]
    first, second = LISTED.claims[0], LISTED.claims[3]
    assert answer.startswith(f"{LISTED.message}\n\n{first.about}\n- {first.text} [1]\n- ")
    assert f"\n\n{second.about}\n- {second.text} [4]\n" in answer
    assert answer.index(LISTED.remark) < answer.index("\n[1] ")
    for claim in LISTED.doubtful:
        assert claim.text not in answer
        assert f"- {claim.text} [" in doubtful
    assert "\n[6] " in doubtful


def test_an_abstention_shows_the_nearest_sentences(indexed: Shell) -> None:
    indexed.writer.yes = 0.0
    said = indexed.succeed("ask", "Quelle est la capitale de l’Australie ?")
    first, *nearest = said.splitlines()
    assert first.startswith("Le dossier ne répond pas à cette question.")
    assert nearest
    assert any(name in line for line in nearest for name in FILES)


def test_a_question_from_standard_input(indexed: Shell) -> None:
    assert TRUE in indexed.succeed("ask", "-", standard_input=f"{QUESTION}\n")


def test_brackets_in_documents_are_no_markup(shell: Shell) -> None:
    words = "Le [bold]phare[/bold] emploie 34 salariés [sic]."
    shell.write("phare.md", f"# Phare\n\n{words} Il [/] est haut.\n".replace("[", "\\["))
    shell.succeed("index", "corpus")
    shell.writer.reply = words
    # The fake embedder counts words: the nearest sentence must be the one with the brackets.
    assert words in shell.succeed("ask", "Le bold phare bold emploie combien de salariés sic ?")


def closed(schema: Any) -> Any:
    """The schema without room for undocumented keys."""
    if isinstance(schema, list):
        return [closed(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    inner = {key: closed(value) for key, value in schema.items()}
    if inner.get("type") == "object":
        inner.setdefault("additionalProperties", False)
    return inner


def ask_json(shell: Shell, question: str = QUESTION) -> dict[str, Any]:
    printed = shell.succeed("ask", "--json", question)
    assert printed.endswith("}\n")
    assert printed.count("\n") == 1
    said: dict[str, Any] = json.loads(printed)
    Draft202012Validator(closed(SCHEMA)).validate(said)
    return said


def test_json_is_as_documented(indexed: Shell) -> None:
    said = ask_json(indexed)
    assert list(said) == [
        "question", "answer", "claims", "evidence", "standalone", "language", "abstained",
        "message", "asked_in", "cited_in", "confidence", "possible", "timings", "writer", "unread",
        "form", "remark", "doubtful",
    ]  # fmt: skip
    assert said["question"] == QUESTION
    assert said["answer"] == f"{TRUE} [1]"
    assert said["abstained"] is False
    assert said["language"] == "fr"
    (claim,) = said["claims"]
    assert (claim["text"], claim["support"], claim["reason"]) == (TRUE, "supported", "")
    (citation,) = claim["citations"]
    text = indexed.succeed("docs", "show", "atelier.md")
    assert text[citation["start"] : citation["end"]] == citation["quote"] == TRUE
    assert (citation["number"], citation["document"]) == (1, "atelier.md")
    scores = [item["score"] for item in said["evidence"]]
    assert scores
    assert {item["document"] for item in said["evidence"]} <= set(FILES)
    assert said["timings"]["evidence"] <= said["timings"]["total"]


def test_json_of_an_abstention(indexed: Shell) -> None:
    indexed.writer.yes = 0.0
    said = ask_json(indexed)
    assert said["abstained"] is True
    assert said["claims"] == []
    assert said["answer"] == "Le dossier ne répond pas à cette question."
    assert said["evidence"]


def test_json_of_a_quotation(indexed: Shell) -> None:
    indexed.writer.reply = "L’atelier de Berlin emploie 34 salariés."
    said = ask_json(indexed)
    assert {claim["support"] for claim in said["claims"]} == {"quoted"}
    assert "Berlin" not in said["answer"]


def test_json_of_a_document_in_a_folder(indexed: Shell) -> None:
    indexed.writer.reply = "Le quai nord reste ouvert."
    said = ask_json(indexed, "Le quai nord reste-t-il ouvert ?")
    assert said["claims"][0]["citations"][0]["document"] == "sous dossier/été.txt"


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"abstained": True}, []),
        ({"support": "unsupported"}, ["claims", 0]),
        ({"citations": []}, ["claims", 0]),
        ({"number": 0}, ["claims", 0, "citations", 0]),
        ({"quote": ""}, ["claims", 0, "citations", 0]),
        ({"start": 1.5}, ["evidence", 0]),
        ({"total": -1}, ["timings"]),
        ({"undocumented": 1}, ["claims", 0]),
    ],
)
def test_the_schema_refuses_what_would_be_wrong(change: dict[str, object], path: list[Any]) -> None:
    said = example()
    place: Any = said
    for step in path:
        place = place[step]
    place |= change
    assert not Draft202012Validator(closed(SCHEMA)).is_valid(said)


def example() -> dict[str, Any]:
    """The object that docs/json.md shows."""
    page = (ROOT / "docs" / "json.md").read_text("utf-8")
    found = re.search(r"```json\n(.*?)```", page, re.S)
    assert found
    shown: dict[str, Any] = json.loads(found[1])
    return shown


def test_the_documented_example_is_right() -> None:
    shown = example()
    Draft202012Validator.check_schema(SCHEMA)
    Draft202012Validator(closed(SCHEMA)).validate(shown)
    (citation,) = shown["claims"][0]["citations"]
    assert len(citation["quote"]) == citation["end"] - citation["start"]


@pytest.mark.parametrize("options", [(), ("--json",)])
@pytest.mark.parametrize(
    ("question", "reason"), [("", "empty"), (" \n", "empty"), ("x" * 10_000, "10000 characters")]
)
def test_questions_that_are_refused(
    indexed: Shell, question: str, reason: str, options: tuple[str, ...]
) -> None:
    assert reason in indexed.fail("ask", question, *options)


def test_asking_without_an_index(shell: Shell) -> None:
    said = shell.fail("ask", QUESTION)
    assert "There is no index in index" in said
    assert "askdossier index" in said


def test_asking_with_another_embedder(indexed: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(models, "load_embedder", lambda *_, **__: FakeEmbedder("fake-2"))
    said = indexed.fail("ask", QUESTION)
    assert "fake-1, not fake-2" in said
    assert re.search(r"askdossier index \S+corpus --index index", said)


def test_models_that_are_not_on_disk(bare: Shell) -> None:
    assert "askdossier models pull" in bare.fail("index", "corpus")


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("ASKDOSSIER_STRICTNESS", "beaucoup", "is not a number"),
        ("ASKDOSSIER_STRICTNESS", "7", "between 0 and 1"),
        ("ASKDOSSIER_SETTINGS", "absent.toml", "There is no settings file absent.toml"),
    ],
)
def test_settings_that_are_wrong(
    bare: Shell, monkeypatch: pytest.MonkeyPatch, name: str, value: str, reason: str
) -> None:
    monkeypatch.setenv(name, value)
    assert reason in bare.fail("ask", QUESTION)


# --- docs -----------------------------------------------------------------------------------------


def test_a_search_shows_passages_scores_and_reasons(indexed: Shell) -> None:
    shown = indexed.succeed("search", "Combien de salariés l’atelier « de Kerlann » emploie ?")
    first = shown.split(" 2. ")[0]
    assert "L’atelier de Kerlann (atelier.md)" in first
    assert re.search(r"score \d\.\d{3} · vecteurs 0\.\d{3} \(n° 1\) · BM25 \d+\.\d{3}", first), (
        first
    )
    assert "citation exacte: « de Kerlann » · mots: salariés, atelier, Kerlann" in first
    assert f"{TRUE}\n" in shown
    assert "→ répond à la question · atelier.md" in shown
    assert "matches the question" in indexed.succeed("search", "Who founded the workshop?")


def test_a_search_as_json(indexed: Shell) -> None:
    found = json.loads(indexed.succeed("search", "--json", "--top", "1", QUESTION))
    (passage,) = found["passages"]
    text = indexed.succeed("docs", "show", passage["document"])
    assert TRUE in text[passage["start"] : passage["end"]]
    assert passage["dense_rank"] == 1
    for sentence in found["sentences"]:
        assert sentence["quote"] in indexed.succeed("docs", "show", sentence["document"])
        assert sentence["why"] in {"match", "neighbour", "second source"}


@pytest.mark.parametrize(
    "options",
    [
        ("--author", "le goff"), ("--publisher", "courrier"), ("--after", "2025-11"),
        ("--before", "09/11/2025"), ("--doc", "atelier"),
    ],
)  # fmt: skip
def test_filters_as_options(indexed: Shell, options: tuple[str, str]) -> None:
    found = json.loads(indexed.succeed("search", "--json", *options, "Où est le quai nord ?"))
    assert {passage["document"] for passage in found["passages"]} == {"atelier.md"}
    answer = json.loads(indexed.succeed("ask", "--json", *options, "Où est le quai nord ?"))
    assert {item["document"] for item in answer["evidence"]} <= {"atelier.md"}


def test_a_filter_that_leaves_nothing(indexed: Shell) -> None:
    assert "No document fits author:Personne" in indexed.fail(
        "ask", "--author", "Personne", "Qui ?"
    )
    assert "is not a date" in indexed.fail("search", "--before", "hier", "Qui ?")


def test_documents_are_listed(indexed: Shell) -> None:
    heading, *rows = indexed.succeed("docs").splitlines()
    assert heading.split() == ["document", "title", "author", "date", "language", "passages"]
    assert len(rows) == len(FILES)
    assert re.search(r"atelier\.md +L’atelier de Kerlann +Anna Le Goff +2025-11-08 +fr +1", rows[0])


def test_a_document_is_shown_to_the_character(shell: Shell) -> None:
    odd = "Un [bold]gras[/bold] [1] :smile: 100\u00a0% https://example.org \U0001f600 : « œuvre »."
    shell.write("signes.txt", f"Des signes\n\n{odd} {odd * 9}\n")
    shell.succeed("index", "corpus")
    documents = Dossier(Settings(index=shell.folder / "index")).documents
    assert "[bold]gras[/bold]" in documents["signes.txt"].text
    for name, document in documents.items():
        assert shell.succeed("docs", "show", name) == document.text + "\n"


def test_a_document_that_is_not_there(indexed: Shell) -> None:
    said = indexed.fail("docs", "show", "absent.md")
    assert "absent.md is not in the index" in said
    assert "askdossier docs" in said


def test_what_was_removed_is_shown(indexed: Shell) -> None:
    said = indexed.succeed("docs", "show", "atelier.md", "--removed")
    assert "struck through: Fermé." in said
    assert TRUE not in said


# --- models ---------------------------------------------------------------------------------------


def test_models_are_listed(bare: Shell) -> None:
    ours, _, _ = bare.succeed("models", "list").partition("\n\n")
    lines = ours.splitlines()
    assert lines[0].split() == [
        "name", "role", "model", "licence", "download", "source", "state",
    ]  # fmt: skip
    listed = "\n".join(lines[1:])
    for status in models.statuses(bare.folder / "models"):
        assert status.name in listed
        assert status.licence in listed
        assert f"{status.size / 1e6:.0f} MB" in listed
    assert listed.count("missing") == len(lines) - 1


def test_an_unknown_model(bare: Shell) -> None:
    assert "No model is called gpt-17" in bare.fail("models", "pull", "gpt-17")


def test_verifying_says_which_model_is_damaged(bare: Shell) -> None:
    bare.succeed("models", "verify")
    status = models.statuses(bare.folder / "models")[0]
    status.folder.mkdir(parents=True)
    (status.folder / "half").write_bytes(b"half")
    said = bare.fail("models", "verify")
    assert status.name in said
    assert "askdossier models pull" in said
