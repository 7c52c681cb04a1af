"""The whole path with the default models: right, cited, abstaining, and without a network."""

from __future__ import annotations

import ipaddress
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from askdossier.core import Citation, Embedder, Span, Writer
from askdossier.dossier import Dossier
from askdossier.evaluate import Report, evaluate, read_questions
from askdossier.evaluate.correctness import holds_answer
from askdossier.evaluate.gold import locate, stands
from askdossier.settings import Settings

ROOT = Path(__file__).parents[1]
SAMPLE = {question.id: question for question in read_questions(ROOT / "questions" / "sample.jsonl")}


# --- the sample dossier ---------------------------------------------------------------------------


@pytest.fixture(scope="module")
def sample(embedder: Embedder, writer: Writer, tmp_path_factory: pytest.TempPathFactory) -> Dossier:
    settings = Settings(ROOT / "corpus", tmp_path_factory.mktemp("sample"))
    dossier = Dossier(settings, embedder=embedder, writer=writer)
    report = dossier.sync()
    assert len(report.added) == 12
    assert report.failed == ()
    return dossier


@pytest.mark.models
def test_every_gold_quote_of_the_sample_survives_cleaning(sample: Dossier) -> None:
    assert len(locate(list(SAMPLE.values()), sample.documents)) == len(SAMPLE)


GATE = ("s01", "s11", "s13", "s17", "s44")
"""A part of ``make eval``: facts in both languages, and what the dossier does not say."""
FLOORS = {"right": 1.0, "cites_gold": 1.0, "valid": 1.0}
CEILINGS = {"hallucination": 0.0, "error": 0.0}


@pytest.mark.models
def test_the_sample_questions_that_must_not_get_worse(sample: Dossier) -> None:
    report = evaluate(sample, [SAMPLE[number] for number in GATE])
    assert report.missed(FLOORS | CEILINGS) == (), told(report)


def told(report: Report) -> str:
    return "\n".join(
        f"{result.question.id} {', '.join(result.faults)}: {result.answer.text}"
        for result in report.results
    )


# --- the real dossier -----------------------------------------------------------------------------


@pytest.mark.models
@pytest.mark.timeout(3600)  # 25 questions, on whatever processor this is
def test_the_floors_on_the_real_dossier(
    embedder: Embedder, writer: Writer, shared_folder: Path, tmp_path: Path
) -> None:
    settings = Settings(shared_folder / "dossier", tmp_path / "index")
    dossier = Dossier(settings, embedder=embedder, writer=writer)
    assert dossier.sync().failed == ()
    questions = read_questions(shared_folder / "eval" / "dossier_dev.jsonl")
    report = evaluate(dossier, questions)
    floors = {"right": 19 / 21, "cites_gold": 18 / 21, "valid": 1.0, "hallucination": 0.0}
    assert report.missed(floors) == (), told(report)
    assert all(claim.citations for result in report.results for claim in result.answer.claims)


# --- no network -----------------------------------------------------------------------------------

_BLOCKED = '''
"""Let no connection leave this machine."""
import ipaddress, socket

def _refuse(connect):
    def connected(self, address):
        if self.family in (socket.AF_INET, socket.AF_INET6):
            host = address[0]
            if host != "localhost" and not ipaddress.ip_address(host).is_loopback:
                raise OSError(f"blocked: {host}")
        return connect(self, address)
    return connected

class Socket(socket.socket):
    connect = _refuse(socket.socket.connect)
    connect_ex = _refuse(socket.socket.connect_ex)

_look_up = socket.getaddrinfo

def _found(host, *rest, **named):
    if host not in (None, "localhost", "127.0.0.1", "::1", "192.0.2.1"):
        raise OSError(f"blocked: {host}")
    return _look_up(host, *rest, **named)

socket.socket = Socket
socket.getaddrinfo = _found
'''


def in_a_namespace() -> list[str] | None:
    """The words before a command that give it a network of its own; None when not permitted."""
    if shutil.which("unshare"):
        for words in (["unshare", "--net"], ["unshare", "--map-root-user", "--net"]):
            tried = subprocess.run([*words, "true"], capture_output=True, check=False)
            if tried.returncode == 0:
                return words
    return None


def blocked(folder: Path) -> dict[str, str]:
    """The environment of a Python process whose connections are refused by itself."""
    (folder / "sitecustomize.py").write_text(_BLOCKED, encoding="utf-8")
    return {"PYTHONPATH": os.pathsep.join([str(folder), str(ROOT / "src")])}


def session(arguments: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    words = in_a_namespace()
    environment = blocked(folder) if words is None else {"PYTHONPATH": str(ROOT / "src")}
    return subprocess.run(
        [*(words or []), sys.executable, str(ROOT / "tests" / "offline_session.py"), *arguments],
        env={**os.environ, **environment},
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=1700,
        check=False,
    )


@pytest.mark.models
@pytest.mark.timeout(1800)
@pytest.mark.skipif(sys.platform != "linux", reason="network namespaces are Linux's")
def test_without_a_network(models_folder: Path, tmp_path: Path) -> None:
    question = SAMPLE["s01"]
    index = tmp_path / "index"
    finished = session([str(ROOT / "corpus"), str(index), question.text], tmp_path)
    assert finished.returncode == 0, finished.stderr
    said = json.loads(finished.stdout.splitlines()[-1])
    assert re.search("unreachable|blocked", said["offline"])
    assert re.search(r"added +12", said["index"])
    assert holds_answer(said["ask"]["answer"], question.answers)
    documents = Dossier(Settings(index=index)).documents
    citations = [citation for claim in said["ask"]["claims"] for citation in claim["citations"]]
    assert citations
    for item in citations:
        span = Span(item["start"], item["end"])
        assert stands(Citation(item["number"], item["document"], span, item["quote"]), documents)
    assert said["loaded"]
    assert all(link.startswith(said["address"]) for link in said["loaded"])
    assert 'class="ad-mark' in said["turn"]
    assert holds_answer(said["turn"], question.answers)
    assert question.gold[0].document in said["turn"]


_NETWORK = "connect,sendto,sendmsg,sendmmsg"
_ADDRESS = re.compile(r'inet_addr\("([^"]+)"\)|inet_pton\(AF_INET6, "([^"]+)"')


@pytest.mark.models
@pytest.mark.timeout(1800)
@pytest.mark.skipif(not shutil.which("strace"), reason="needs strace")
def test_no_system_call_names_another_machine(models_folder: Path, tmp_path: Path) -> None:
    """Where there is a network, nothing asks for it: of all processes, also for a name server."""
    question, trace = SAMPLE["s01"], tmp_path / "trace"
    words = ["strace", "-f", "-qq", "--seccomp-bpf", f"--trace={_NETWORK}", "-o", str(trace)]
    session = [str(ROOT / "tests" / "offline_session.py"), str(ROOT / "corpus")]
    environment = {name: value for name, value in os.environ.items()
                   if not name.lower().endswith("_proxy")}  # fmt: skip
    finished = subprocess.run(
        [*words, sys.executable, *session, str(tmp_path / "index"), question.text, "anywhere"],
        env={**environment, "PYTHONPATH": str(ROOT / "src")},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=1700,
        check=False,
    )
    assert finished.returncode == 0, finished.stderr
    said = json.loads(finished.stdout.splitlines()[-1])
    assert holds_answer(said["turn"], question.answers)
    lines = trace.read_text("utf-8").splitlines()
    named = [(line, match[1] or match[2]) for line in lines if (match := _ADDRESS.search(line))]
    port = said["address"].split(":")[-1].strip("/")
    assert [line for line, _ in named if f"htons({port})" in line]  # the chat itself is seen
    assert [line for line, address in named if not ipaddress.ip_address(address).is_loopback] == []
    assert [line for line, _ in named if "htons(53)" in line] == []  # a name server of this machine
    print(f"{len(lines)} calls, {len(named)} with an address, all of this machine")


def test_blocking_blocks(tmp_path: Path) -> None:
    """Where no namespace is to be had, connections are refused in Python: does that hold?"""
    code = (
        "import offline_session, socket, urllib.request\n"
        "print(offline_session.check_offline())\n"
        "with socket.create_server(('127.0.0.1', 0)) as server:\n"
        "    socket.create_connection(server.getsockname()).close()\n"
        "try:\n    urllib.request.urlopen('https://example.org')\n"
        "except OSError as error:\n    print(error)\n"
    )
    environment = blocked(tmp_path)
    environment["PYTHONPATH"] += os.pathsep + str(ROOT / "tests")
    finished = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, **environment, "no_proxy": "*"},
        capture_output=True,
        text=True,
        check=True,
    )
    first, second = finished.stdout.splitlines()
    assert first == "blocked: 192.0.2.1"
    assert "blocked: example.org" in second
