"""Files are written whole or not at all, and only where they should be."""

from __future__ import annotations

import ast
import os
import random
import shutil
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askdossier import files
from faults import ERRORS
from faulty_disk import Log
from operations import OPERATIONS

SOURCE = Path(__file__).parents[1] / "src" / "askdossier"
KEPT = (
    "index",
    "load",
    "models/fetch.py",
    "models/install.py",
    "models/installed.py",
    "dossier.py",
    "web",
)
"""What keeps documents, indexes, models and conversations; an evaluation can be made again."""
CHANGING = {"unlink", "write_text", "symlink_to", "hardlink_to", "rmtree", "rmdir"}
ALLOWED = {
    # Files of a generation or of staging, which nobody reads before `store` has flushed them.
    ("index/arrays.py", "open"),
    ("index/tables.py", "open"),
    ("index/tables.py", "write_bytes"),
    ("index/store.py", "write_bytes"),
    # Downloads, each piece of which is recognised by its hash.
    ("models/fetch.py", "open"),
    # Files that a browser has sent and nobody has taken over.
    ("web/documents.py", "unlink"),
    ("web/uploads.py", "unlink"),
}


def changing(tree: ast.AST) -> Iterator[str]:
    """The calls of a module that change files."""
    for call in ast.walk(tree):
        if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Attribute):
            continue
        name = call.func.attr
        modes = [a.value for a in call.args if isinstance(a, ast.Constant)]
        written = any(isinstance(mode, str) and set(mode) & set("wax+") for mode in modes[:1])
        # Path's take one argument, those of texts and of conversations two.
        moved = name in {"rename", "replace"} and len(call.args) == 1 and not call.keywords
        if name in CHANGING | {"write_bytes"} or (name == "open" and written) or moved:
            yield name


def test_files_are_changed_in_one_place() -> None:
    found = set()
    for part in KEPT:
        paths = (SOURCE / part).glob("*.py") if (SOURCE / part).is_dir() else [SOURCE / part]
        for path in paths:
            name = path.relative_to(SOURCE).as_posix()
            found |= {(name, call) for call in changing(ast.parse(path.read_text("utf-8")))}
    assert found == ALLOWED


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_links_are_replaced_and_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_bytes(b"as it was")
    target = tmp_path / "folder" / "file.json"
    target.parent.mkdir()
    beside = target.with_name(f".{os.getpid()}-{threading.get_ident()}.new")
    for planted in (target, beside):
        planted.symlink_to(secret)
    files.write(target, b"new")
    assert (target.read_bytes(), target.is_symlink()) == (b"new", False)
    assert secret.read_bytes() == b"as it was"
    assert [path.name for path in target.parent.iterdir()] == ["file.json"]
    mask = os.umask(0)
    os.umask(mask)
    assert stat.S_IMODE(target.stat().st_mode) == 0o666 & ~mask
    target.unlink()
    target.symlink_to(secret)
    with pytest.raises(OSError, match="it is a link"):
        files.read_own(target, 100)


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_what_is_taken_in_is_written_through_no_link(tmp_path: Path) -> None:
    secret, source, corpus = tmp_path / "secret", tmp_path / "source", tmp_path / "corpus"
    secret.write_bytes(b"as it was")
    source.write_bytes(b"new")
    corpus.mkdir()
    (corpus / "a.txt").symlink_to(secret)
    (corpus / f".{os.getpid()}-{threading.get_ident()}.new").symlink_to(secret)
    assert files.take_in(source, corpus, "a.txt") == corpus / "a (2).txt"
    assert (corpus / "a (2).txt").read_bytes() == b"new"
    assert secret.read_bytes() == b"as it was"
    assert sorted(path.name for path in corpus.iterdir()) == ["a (2).txt", "a.txt"]
    (corpus / "lines").symlink_to(secret)
    with pytest.raises(OSError, match="symbolic links"):
        files.append(corpus / "lines", b"new")
    assert secret.read_bytes() == b"as it was"


def test_a_line_is_added_whole_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "lines"
    files.append(target, b"one\n")

    def full(_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(OSError, match="No space"):
            files.append(target, b"two\n")
    files.append(target, b"three\n")
    assert target.read_bytes() == b"one\nthree\n"


def test_a_passing_file_is_gone_afterwards_also_when_its_reader_fails() -> None:
    with pytest.raises(ZeroDivisionError), files.passing("a.txt", b"read once") as path:
        assert (path.name, path.read_bytes()) == ("a.txt", b"read once")
        if os.name != "nt":
            assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
        raise ZeroDivisionError
    assert not path.parent.exists()


@pytest.mark.parametrize("call", ["open", "fsync", "replace"])
def test_a_file_that_cannot_be_written_is_as_it_was(
    call: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "file.json"
    files.write(target, b"old")

    def full(*_: object, **__: object) -> int:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Path if call == "replace" else os, call, full)
        with pytest.raises(OSError, match="No space"):
            files.write(target, b"new")
    assert target.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["file.json"]


@given(st.dictionaries(st.text(), st.integers() | st.text()), st.data())
def test_a_seal_tells_of_every_bit(content: dict[str, int | str], data: st.DataObject) -> None:
    content.pop("sha256", None)
    text = bytearray(files.sealed(content))
    assert files.unsealed(bytes(text)) == content
    bit = data.draw(st.integers(0, 8 * len(text) - 1))
    text[bit // 8] ^= 1 << bit % 8
    try:
        found = files.unsealed(bytes(text))
    except ValueError:
        return
    assert found == content  # only white space has changed


def test_readers_see_the_old_or_the_new(tmp_path: Path) -> None:
    target = tmp_path / "file"
    files.write(target, b"0" * 100_000)
    over = threading.Event()
    seen: set[bytes] = set()

    def read() -> None:
        while not over.is_set():
            seen.add(bytes(set(target.read_bytes())))

    def write(digit: int) -> None:
        for number in range(10):
            files.write(target, bytes([digit + number]) * 100_000)

    readers = threading.Thread(target=read)
    readers.start()
    with ThreadPoolExecutor(4) as writers:
        list(writers.map(write, range(48, 88, 10)))
    over.set()
    readers.join()
    assert all(len(content) == 1 for content in seen)
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_fault_at_any_call_leaves_the_old_or_the_new() -> None:
    """A sample; ``python benchmarks/faults.py`` tries them all."""
    program = SOURCE.parents[1] / "benchmarks" / "faults.py"
    run = subprocess.run(
        [sys.executable, str(program), "--sample", "3"],
        env=os.environ | {"PYTHONPATH": str(SOURCE.parent), "OMP_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    kinds = len(OPERATIONS) * (len(ERRORS) + len(["kill -9", "power cut", "full disk"])) + 2
    mounted = "no full disk" not in run.stdout
    assert run.stdout.count("| 0 |") == kinds - (0 if mounted else len(OPERATIONS))


def test_a_power_cut_takes_what_was_not_flushed(tmp_path: Path) -> None:
    home, cut = tmp_path / "home", tmp_path / "cut"
    home.mkdir()
    (home / "old").write_bytes(b"old")
    log = Log(home)
    (home / "new").write_bytes(b"new")
    log.add()
    (home / "new").rename(home / "old")
    log.add()
    left = set()
    for number in range(200):
        cut.mkdir()
        log.cut(len(log) - 1, random.Random(number), cut)
        left.add(tuple((path.name, path.read_bytes()) for path in sorted(cut.iterdir())))
        shutil.rmtree(cut)
    assert (("old", b"old"),) in left  # the name was not there yet
    assert (("old", b"new"),) in left
    assert (("old", b""),) in left  # renamed before its content was there


@pytest.mark.parametrize("call", ["fsync", "replace"])
def test_what_is_set_aside_is_never_lost(
    call: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    document, aside = tmp_path / "a.txt", tmp_path / "aside"
    document.write_bytes(b"the only copy")
    aside.mkdir()

    def fail(*_: object) -> None:
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as patch, pytest.raises(OSError, match="Input"):
        patch.setattr(Path if call == "replace" else os, call, fail)
        files.set_aside(document, aside, ".yaml")
    assert [path.read_bytes() for path in tmp_path.rglob("*.txt")] == [b"the only copy"]
