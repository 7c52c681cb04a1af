"""Sync with a fault at every call that touches the disk: the index is whole, old or new.

``python benchmarks/faults.py`` makes an index of a few documents, changes them, and syncs again and
again, once with each error (EIO, ENOSPC, EACCES, EMFILE) and once with kill -9 at each call in turn
that opens a file for writing, flushes, renames or removes, to the end; then with one bit flipped in
each file of the index. After each, the index must open and say what it said before or what a fresh
build says, and the next sync must equal a fresh build. ``--sample N`` takes N of the calls, spread
evenly. It prints a Markdown table and ends with status 1 when anything failed.
"""

from __future__ import annotations

import argparse
import errno
import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from askdossier.core import DossierError, IndexMismatch, IndexMissing
from askdossier.index import Index, store
from index_fakes import contents, sync, write

ERRORS = ("EIO", "ENOSPC", "EACCES", "EMFILE")
CALLS = ("open", "fsync", "rename", "remove", "mkdir", "rmdir")
OLD = {"a.txt": "Le chat dort.", "b.txt": "Le chien aboie.\n\nIl pleut.", "c/d.txt": "Il neige."}
NEW = {"a.txt": "Le chat ronronne.", "e.txt": "Du nouveau."}


class Fault:
    """Something that happens at the n-th call that touches the disk below a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = str(folder)
        self._left = -1
        self._error: int | None = None
        self.seen = 0
        os.fsync = self._flushing
        sys.addaudithook(self._heard)

    def arm(self, n: int, error: int | None) -> None:
        """Let the n-th call from now on fail so, or end the process; 0 for none."""
        self._left, self._error, self.seen = n, error, 0

    def _flushing(self, fd: object) -> None:
        self._happens()

    def _heard(self, event: str, arguments: tuple[object, ...]) -> None:
        name = event.removeprefix("os.")
        if name not in CALLS or not str(arguments[0]).startswith(self._folder):
            return
        if name == "open" and not int(str(arguments[2])) & (os.O_WRONLY | os.O_RDWR):
            return
        self._happens()

    def _happens(self) -> None:
        if self._left < 0:
            return
        self.seen += 1
        if self.seen != self._left:
            return
        if self._error is None:
            os.kill(os.getpid(), signal.SIGKILL)
        else:
            raise OSError(self._error, os.strerror(self._error))


def found(folder: Path) -> dict[str, object] | None:
    """What the index says; None where there is none."""
    try:
        return contents(Index.open(folder, "fake-1"))
    except IndexMissing:
        return None


def fresh(corpus: Path) -> dict[str, object]:
    """What an index made from nothing says."""
    with tempfile.TemporaryDirectory() as folder:
        sync(corpus, Path(folder))
        made = found(Path(folder))
    assert made is not None
    return made


def states(home: Path) -> tuple[dict[str, object], dict[str, object]]:
    """Make an index in ``home`` and change its documents; what it says, and what it should."""
    corpus, folder = home / "corpus", home / "index"
    write(corpus, OLD)
    sync(corpus, folder)
    before = found(folder)
    write(corpus, NEW)
    (corpus / "b.txt").unlink()
    assert before is not None
    return before, fresh(corpus)


def tried(home: Path, whole: Path, fault: Fault, n: int, error: int | None) -> int:
    """Sync with a fault at the n-th call, in a copy; 1 when the call was never reached."""
    shutil.rmtree(home / "index", ignore_errors=True)
    shutil.copytree(whole, home / "index")
    child = os.fork()
    if not child:
        fault.arm(n, error)
        with suppress(DossierError):
            sync(home / "corpus", home / "index")
        os._exit(fault.seen < n)
    _, status = os.waitpid(child, 0)
    return os.WIFEXITED(status) and os.WEXITSTATUS(status)


def spread(total: int, sample: int) -> Iterator[int]:
    """Numbers from 1 to ``total``, ``sample`` of them at most."""
    step = max(1, total // sample) if sample else 1
    yield from range(1, total + 1, step)


def faults(home: Path, fault: Fault, sample: int) -> Iterator[tuple[str, int, list[str]]]:
    """For each kind of fault: its name, how many were tried, and what went wrong."""
    before, after = states(home)
    whole = home / "whole"
    shutil.copytree(home / "index", whole)
    fault.arm(0, None)
    sync(home / "corpus", home / "index")
    total = fault.seen
    fault.arm(-1, None)
    for name in (*ERRORS, "kill -9"):
        error = getattr(errno, name, None)
        bad, count = [], 0
        for n in spread(total, sample):
            tried(home, whole, fault, n, error)
            count += 1
            bad += judged(f"{name} at call {n}", home, (before, after), after)
        yield name, count, bad


def judged(
    what: str, home: Path, allowed: tuple[dict[str, object], ...], after: dict[str, object]
) -> list[str]:
    """What is wrong with the index, and with the next sync."""
    try:
        now = found(home / "index")
    except IndexMismatch as error:
        return [f"{what}: {error}"]
    wrong = [] if now in allowed else [f"{what}: neither the old index nor the new one"]
    sync(home / "corpus", home / "index")
    if found(home / "index") != after:
        wrong.append(f"{what}: the next sync does not equal a fresh build")
    return wrong


def flips(home: Path) -> tuple[int, list[str]]:
    """Flip one bit in the middle of each file: told or harmless, and mended by a sync."""
    corpus, folder = home / "corpus", home / "index"
    sync(corpus, folder)
    after, bad, count = fresh(corpus), [], 0
    names = [p.relative_to(folder) for p in sorted(folder.rglob("*")) if p.stat().st_size]
    current = str(store.current_name(folder))
    for name in names:
        path = folder / str(name).replace(current, str(store.current_name(folder)))
        if not path.is_file() or not path.stat().st_size:
            continue
        count += 1
        content = bytearray(path.read_bytes())
        content[len(content) // 2] ^= 1
        path.write_bytes(content)
        with suppress(IndexMismatch, IndexMissing):
            if found(folder) != after:
                bad.append(f"a bit in {name}: the index says something else")
        sync(corpus, folder)
        if found(folder) != after:
            bad.append(f"a bit in {name}: the next sync does not equal a fresh build")
    return count, bad


def run(sample: int, told: Callable[[str], None]) -> list[str]:
    """Try everything; gives what went wrong."""
    wrong: list[str] = []
    told("| fault | tried | wrong |\n|---|---:|---:|")
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder).resolve()
        for name, count, bad in faults(home, Fault(home / "index"), sample):
            told(f"| {name} | {count} | {len(bad)} |")
            wrong += bad
        count, bad = flips(home)
        told(f"| one bit flipped | {count} | {len(bad)} |")
    return wrong + bad


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--sample", type=int, default=0, help="of the calls; all without it")
    wrong = run(parser.parse_args().sample, lambda line: print(line, flush=True))
    for line in wrong[:20]:
        print(line)
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
