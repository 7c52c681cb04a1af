"""Reading in a process of its own: hostile files fail alone, and soon."""

from __future__ import annotations

import os
import sys
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from askdossier import reading
from askdossier.core import Failure, Stop, SyncStopped, UnreadableDocument
from askdossier.dossier import Dossier
from askdossier.load.metadata import statements
from askdossier.reading import Readers
from askdossier.settings import Settings
from fakes import FakeEmbedder

HOSTILE = """
import sys
sys.path.insert(0, {root!r})
import os, time
from pathlib import Path
from askdossier import load, reading

real = load.documents

def read(path, relative, step, **rest):
    words = path.read_text()
    if "LOOP" in words:
        Path(words.split()[-1]).touch()
        while True:
            pass
    if "GROW" in words:
        kept = []
        while True:
            kept.append(bytearray(10_000_000))
    if "EXIT" in words:
        os._exit(9)
    if "CRASH" in words:
        raise ZeroDivisionError("a reader crashed")
    if "LOCKED" in words:
        raise OSError(13, "Permission denied")
    print("what a library prints")
    return real(path, relative, step, **rest)

load.documents = read
reading._serve()
"""


@pytest.fixture
def hostile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder in which some files are not what a reader expects."""
    monkeypatch.setattr(reading, "_CHILD", HOSTILE)
    monkeypatch.setattr(reading, "SECONDS", 3.0)
    monkeypatch.setattr(reading, "MEMORY", 400_000_000)
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    for name, words in {
        "a.txt": "Le chat dort. Le chien aboie.",
        "b.txt": f"LOOP {tmp_path / 'looping'}",
        "c.txt": "GROW",
        "d.txt": "EXIT",
        "e.txt": "CRASH",
        "f.txt": "LOCKED",
        "g.txt": "La mer est belle. Il fait chaud.",
    }.items():
        (corpus / name).write_text(words, "utf-8")
    return corpus


def dossier_of(corpus: Path) -> Dossier:
    settings = Settings(corpus=corpus, index=corpus.parent / "index")
    return Dossier(settings, embedder=FakeEmbedder())


def test_hostile_files_fail_alone_and_are_remembered(
    hostile: Path,
    monkeypatch: pytest.MonkeyPatch,
    left_running: Callable[[], list[psutil.Process]],
) -> None:
    dossier = dossier_of(hostile)
    report = dossier.sync()
    assert report.added == ("a.txt", "g.txt")
    told = {failure.path: failure.reason for failure in report.failed}
    assert told.keys() == {"b.txt", "c.txt", "d.txt", "e.txt", "f.txt"}
    assert told["b.txt"].startswith("b.txt takes more than 3 s of the processor to be read.")
    assert told["c.txt"].startswith("c.txt takes more than 0.4 GB of memory to be read.")
    assert told["d.txt"].startswith("d.txt ends the program that reads it")
    assert told["e.txt"] == "ZeroDivisionError: a reader crashed"
    assert "Permission denied" in told["f.txt"]
    read: list[str] = []
    real = Readers.read

    def counted(
        self: Readers, path: Path, relative: str, step: reading.Step, stop: Stop
    ) -> Iterator[reading.Read | Failure]:
        read.append(relative)
        return real(self, path, relative, step, stop)

    monkeypatch.setattr(Readers, "read", counted)
    assert dossier.sync().failed == report.failed
    assert read == ["f.txt"]  # that was not the file's fault
    read.clear()
    dossier.sync(retry=True)
    assert read == ["b.txt", "c.txt", "d.txt", "e.txt", "f.txt"]
    assert left_running() == []


def test_a_hostile_file_in_an_archive_fails_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = HOSTILE.replace("real = load.documents", "real = formats.opened")
    code = code.replace(
        "import load, reading", "import reading\nfrom askdossier.load import formats"
    )
    code = code.replace("def read(path, relative, step, **rest)", "def read(path, step)")
    code = code.replace("path.read_text()", "'' if path.suffix == '.zip' else path.read_text()")
    code = code.replace("real(path, relative, step, **rest)", "real(path, step)")
    code = code.replace("load.documents = read", (
        "formats.opened = read\nimport askdossier.load\naskdossier.load.opened = read"
    ))  # fmt: skip
    monkeypatch.setattr(reading, "_CHILD", code)
    monkeypatch.setattr(reading, "SECONDS", 3.0)
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as file:
        for name, words in {
            "a.txt": "Le chat dort. Le chien aboie.",
            "b.txt": f"LOOP {tmp_path / 'looping'}",
            "c.txt": "EXIT",
            "d.txt": "CRASH",
            "e.txt": "La mer est belle. Il fait chaud.",
        }.items():
            file.writestr(name, words)
    with Readers() as readers:
        got = list(readers.read(path, "a.zip", lambda *_: None, Stop()))
    names = [one.path if isinstance(one, Failure) else one[0].id for one in got]
    assert sorted(names) == [f"a.zip/{name}.txt" for name in "abcde"]
    told = {one.path: one.reason for one in got if isinstance(one, Failure)}
    assert told["a.zip/b.txt"].startswith("b.txt takes more than 3 s of the processor")
    assert told["a.zip/c.txt"].startswith("c.txt ends the program that reads it")
    assert told["a.zip/d.txt"] == "ZeroDivisionError: a reader crashed"


def nested_forms(levels: int, each: int) -> bytes:
    """A PDF of one page that draws a form, which draws the next one several times, and so on."""
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R "
        "/Resources << /XObject << /F 6 0 R >> >> >>",
        "<< /Length 5 >>\nstream\n/F Do\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for number in range(levels):
        words, inner = "/F Do " * each, f"/XObject << /F {number + 7} 0 R >>"
        if number == levels - 1:
            words, inner = "BT /T 10 Tf 60 700 Td (Une phrase.) Tj ET", "/Font << /T 5 0 R >>"
        objects.append(
            f"<< /Type /XObject /Subtype /Form /BBox [0 0 612 792] /Resources << {inner} >> "
            f"/Length {len(words)} >>\nstream\n{words}\nendstream"
        )
    body = "".join(f"{at} 0 obj\n{one}\nendobj\n" for at, one in enumerate(objects, 1))
    return f"%PDF-1.4\n{body}trailer << /Size {len(objects) + 1} /Root 1 0 R >>\n%%EOF".encode()


def test_small_files_that_take_much_fail_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "SECONDS", 20.0)
    monkeypatch.setattr(reading, "MEMORY", 500_000_000)
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "forms.pdf").write_bytes(nested_forms(12, 4))
    (corpus / "few.pdf").write_bytes(nested_forms(3, 2))
    parameters = "".join(f"p*{number}=x; " for number in range(20_000))
    for name, header in {
        "parameters.eml": f"Content-Type: text/plain; {parameters}",
        "addresses.eml": f"From: {'a@b.c, ' * 40_000}z@z.z\nTo: {'((((a' * 20_000}",
    }.items():
        (corpus / name).write_text(f"{header}\nSubject: S\n\nLe chat dort. Il neige.", "utf-8")
    report = dossier_of(corpus).sync()
    assert set(report.added) == {"few.pdf", "parameters.eml", "addresses.eml"}
    (failed,) = report.failed
    assert failed.path == "forms.pdf"
    assert "takes more than" in failed.reason


def test_a_stop_is_heeded_in_the_middle_of_a_file(
    hostile: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    left_running: Callable[[], list[psutil.Process]],
) -> None:
    monkeypatch.setattr(reading, "SECONDS", 60.0)
    stop, stopped = Stop(), 0.0

    def press() -> None:
        nonlocal stopped
        while not (tmp_path / "looping").exists():
            time.sleep(0.01)
        stopped = time.monotonic()
        stop.set()

    threading.Thread(target=press, daemon=True).start()
    with pytest.raises(SyncStopped):
        dossier_of(hostile).sync(stop=stop)
    assert time.monotonic() - stopped < 2
    assert left_running() == []


def test_the_folder_of_documents_is_no_place_for_programs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("email", "json", "lxml", "yaml"):
        (tmp_path / f"{name}.py").write_text("open('ran', 'w').close()", "utf-8")
    (tmp_path / "note.md").write_text("# Note\n\nElle est courte. Elle est là.", "utf-8")
    monkeypatch.chdir(tmp_path)
    with Readers() as readers:
        (read,) = readers.read(tmp_path / "note.md", "note.md", lambda *_: None, Stop())
    assert isinstance(read, tuple)
    assert read[0].title == "Note"
    assert not (tmp_path / "ran").exists()


def test_the_process_needs_none_of_the_neural_nets(tmp_path: Path) -> None:
    code = reading._CHILD.replace(
        "_serve()", "_serve(); print(*sys.modules, file=open(sys.argv[1], 'w'))"
    ).format(root=str(Path(reading.__file__).parents[1]))
    listed = tmp_path / "modules"
    process = psutil.Popen([sys.executable, "-P", "-c", code, str(listed)], stdin=-1, stdout=-1)
    process.communicate(b"")
    loaded = {name.split(".")[0] for name in listed.read_text("utf-8").split()}
    heavy = {"torch", "transformers", "sentence_transformers", "ctranslate2", "faiss", "gradio"}
    assert "askdossier" in loaded
    assert loaded & heavy == set()


BOMB = "a0: &a0 {x: 1}\n" + "\n".join(
    f"a{n}: &a{n} {{<<: [{', '.join([f'*a{n - 1}'] * 9)}]}}" for n in range(1, 10)
)


@pytest.mark.parametrize(
    "text", [BOMB, "a: &x 1", "a: 1\nb: *x", "<<: {title: x}", "- &x\n- *x", "? &x y\n: z"]
)
def test_yaml_that_multiplies_itself_is_refused_at_once(text: str) -> None:
    began = time.process_time()
    with pytest.raises(ValueError, match=r"."):
        statements(text)
    assert time.process_time() - began < 1


def test_yaml_for_people_is_read_as_before() -> None:
    assert statements("title: R & D\nauthor: [A, B]\ndate: 2025-11-07 # *") is not None
    assert statements("title: 'un *mot* & <<') ".removesuffix(") ")) == {"title": "un *mot* & <<"}


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_a_sidecar_that_is_a_link_is_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret.yaml"
    secret.write_text("title: Secret", "utf-8")
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "a.txt").write_text("Le chat dort. Le chien aboie.", "utf-8")
    (corpus / "b.txt").write_text("Le chat dort. Le chien aboie.", "utf-8")
    (corpus / "a.txt.yaml").symlink_to(secret)
    (corpus / ".b.txt.yaml.new").symlink_to(secret)
    dossier = dossier_of(corpus)
    report = dossier.sync()
    assert report.added == ("b.txt",)
    assert "it is a link" in {f.path: f.reason for f in report.failed}["a.txt"]
    with pytest.raises(UnreadableDocument, match="it is a link"):
        dossier.set_metadata("a.txt", {"title": "Autre"})
    dossier.set_metadata("b.txt", {"title": "Autre"})
    assert secret.read_text("utf-8") == "title: Secret"
    assert (corpus / "b.txt.yaml").read_text("utf-8") == "title: Autre\n"
