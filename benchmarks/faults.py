"""Every fault of a disk at every call that changes it: what was there is whole, old or new.

``python benchmarks/faults.py`` does each of `operations.OPERATIONS` again and again, with

- each error (EIO, ENOSPC, EACCES, EMFILE) and with kill -9 at each call in turn that opens a file
  for writing, flushes, renames, removes or makes a folder, to the end;
- a power cut at a thousand moments, each replayed from what had been flushed by then;
- a disk that is full at twenty levels, a small one of its own (Linux, with rights to mount one);
- one bit flipped in each file of an index and of a model.

After each, what is there must be as before or as after, and as after where the operation had said
nothing of an error; an error must be one that its caller tells; and done once more, the operation
must lead where it leads without a fault. ``--sample N`` takes N of the calls of each operation, N
power cuts and N levels. It prints a Markdown table and ends with status 1 when anything failed.
"""

from __future__ import annotations

import argparse
import errno
import os
import random
import shutil
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain, groupby
from pathlib import Path

from askdossier.core import DossierError
from askdossier.index import store
from faulty_disk import Log, Outcome, Watched
from operations import OPERATIONS, Operation, indexed, installed_model

ERRORS = ("EIO", "ENOSPC", "EACCES", "EMFILE")
CUTS = 1000
LEVELS = 20
_OUTCOMES: tuple[Outcome, ...] = ("done", "told", "not told")


@dataclass(frozen=True, slots=True)
class Tried:
    """What became of one fault."""

    kind: str
    wrong: str = ""
    """What must not be; empty when all is as it should."""


class Bench:
    """One operation, done again and again from the same beginning."""

    def __init__(self, operation: Operation, home: Path, watched: Watched) -> None:
        self.operation, self.watched = operation, watched
        self._home, self._whole = home, home.with_name(f"{home.name}.whole")
        for folder in (home, self._whole):
            shutil.rmtree(folder, ignore_errors=True)
        home.mkdir()
        operation.begin(home)
        shutil.copytree(home, self._whole)
        self.before = operation.says(home)
        self.begin()
        self.log = Log(home)
        watched.record(self.log)
        operation.act(home)
        watched.record(None)
        self.log.add()
        self.calls = len(self.log) - 2
        self.after = operation.says(home)
        assert self.before != self.after

    def begin(self) -> None:
        """Put everything back as it was before."""
        shutil.rmtree(self._home)
        shutil.copytree(self._whole, self._home)

    def acted(self, arm: Callable[[], None]) -> Outcome:
        """Do it in a process of its own, armed so."""
        child = os.fork()
        if not child:
            outcome: Outcome = "not told"
            try:
                arm()
                self.operation.act(self._home)
                outcome = "done"
            except (DossierError, OSError):
                outcome = "told"
            except BaseException:
                traceback.print_exc()
            finally:
                os._exit(_OUTCOMES.index(outcome))
        _, status = os.waitpid(child, 0)
        return _OUTCOMES[os.WEXITSTATUS(status)] if os.WIFEXITED(status) else "killed"

    def judged(self, outcome: Outcome) -> str:
        """What is wrong with what is there now; then the operation is done once more."""
        if outcome == "not told":
            return "it ends with an error that nobody tells"
        try:
            now = self.operation.says(self._home)
        except DossierError as error:
            return f"afterwards: {error}"
        if now not in (self.before, self.after):
            return "neither as before nor as after"
        if outcome == "done" and now != self.after:
            return "it says that it is done, and it is as before"
        self.operation.act(self._home)
        if self.operation.says(self._home) != self.after:
            return "done once more, it does not lead where it should"
        return ""

    # --- the faults ---

    def errors(self, sample: int) -> Iterator[Tried]:
        """Each error, and kill -9, at each call."""
        for kind in (*ERRORS, "kill -9"):
            error = getattr(errno, kind, None)
            for n in range(1, self.calls + 1, max(1, self.calls // sample) if sample else 1):
                self.begin()
                outcome = self.acted(lambda n=n, error=error: self.watched.arm(n, error))  # type: ignore[misc]
                wrong = self.judged(outcome)
                yield Tried(kind, wrong and f"{kind} at call {n} ({outcome}): {wrong}")

    def cuts(self, count: int, seed: int) -> Iterator[Tried]:
        """Power cuts at chance moments, one in ten of them after all was done."""
        last = len(self.log) - 1
        for number in range(count):
            chance = random.Random(f"{seed}/{number}")
            moment = last if number % 10 == 0 else chance.randrange(1, last + 1)
            shutil.rmtree(self._home)
            self._home.mkdir()
            self.log.cut(moment, chance, self._home)
            wrong = self.judged("done" if moment == last else "killed")
            yield Tried("power cut", wrong and f"power cut {number} at call {moment}: {wrong}")

    def full(self, levels: int) -> Iterator[Tried]:
        """A full disk, with so many parts of what is needed left on it."""
        self.begin()
        ballast = self._home.with_name("ballast")
        start = shutil.disk_usage(self._home).free
        self.watched.least_free = start
        self.operation.act(self._home)
        needed = start - min(self.watched.least_free, shutil.disk_usage(self._home).free)
        self.watched.least_free = -1
        for level in range(levels):
            self.begin()
            free = shutil.disk_usage(self._home).free
            _fill(ballast, free - needed * level // levels)
            outcome = self.acted(lambda: None)
            ballast.unlink()
            wrong = self.judged(outcome)
            yield Tried("full disk", wrong and f"{level} of {levels} left ({outcome}): {wrong}")


def _fill(ballast: Path, size: int) -> None:
    with ballast.open("wb") as file:
        file.write(bytes(max(0, size)))


# --- one bit --------------------------------------------------------------------------------------


def _flipped(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def flips(bench: Bench, home: Path, says: Callable[[Path], object]) -> Iterator[Tried]:
    """Flip one bit in the middle of each file: told or harmless, and mended by doing it again."""
    bench.begin()
    bench.operation.act(home)
    kept = home / ("models/tiny" if (home / "models").exists() else "index")
    names = [path.relative_to(kept) for path in sorted(kept.rglob("*")) if path.is_file()]
    first = store.current_name(home / "index")
    for name in names:
        path = kept / str(name).replace(str(first), str(store.current_name(home / "index")))
        if not path.is_file() or not path.stat().st_size:
            continue
        _flipped(path)
        wrong = ""
        try:
            if says(home) not in (bench.after, None):
                wrong = f"a bit in {name}: something else is said"
        except DossierError:
            pass
        bench.operation.act(home)
        if says(home) != bench.after:
            wrong = f"a bit in {name}: doing it again does not mend it"
        yield Tried("one bit flipped", wrong)


# --- all of them ----------------------------------------------------------------------------------


def everything(home: Path, sample: int) -> Iterator[tuple[str, Tried]]:
    """Try all but full disks."""
    watched = Watched(home)
    share = -(-(sample or CUTS) // (1 if sample else len(OPERATIONS)))
    for seed, operation in enumerate(OPERATIONS):
        bench = Bench(operation, home, watched)
        for tried in chain(bench.errors(sample), bench.cuts(share, seed)):
            yield operation.name, tried
    for operation, says in ((OPERATIONS[1], indexed), (OPERATIONS[-1], installed_model)):
        bench = Bench(operation, home, watched)
        for tried in flips(bench, home, says):
            yield operation.name, tried


def full_disks(disk: Path, sample: int) -> Iterator[tuple[str, Tried]]:
    """Try full disks, on the small one that is mounted at ``disk``."""
    watched = Watched(disk)
    for operation in OPERATIONS:
        for tried in Bench(operation, disk / "home", watched).full(sample or LEVELS):
            yield operation.name, tried


def of_its_own() -> list[str] | None:
    """The words before a command that let it mount a disk for itself; None when not permitted."""
    if shutil.which("unshare"):
        for words in (["unshare", "--mount"], ["unshare", "--map-root-user", "--mount"]):
            if not subprocess.run([*words, "true"], capture_output=True, check=False).returncode:
                return words
    return None


def told(found: Iterator[tuple[str, Tried]]) -> bool:
    """Print a table of what is tried, then what was wrong; whether nothing was."""
    wrong = []
    for (operation, kind), group in groupby(found, lambda one: (one[0], one[1].kind)):
        faults = [tried.wrong for _, tried in group]
        bad = [f"{operation}: {fault}" for fault in faults if fault]
        print(f"| {operation} | {kind} | {len(faults)} | {len(bad)} |", flush=True)
        wrong += bad
    for line in wrong[:40]:
        print(line, flush=True)
    return not wrong


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--sample", type=int, default=0, help="of the calls; all without it")
    parser.add_argument("--disk", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.disk is not None:
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", given.disk], check=True)
        sys.exit(not told(full_disks(given.disk, given.sample)))
    print("| operation | fault | tried | wrong |\n|---|---|---:|---:|", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        right = told(everything(Path(folder).resolve() / "home", given.sample))
    words = of_its_own()
    if words is None:
        print("no full disk was tried: none can be mounted here")
    else:
        with tempfile.TemporaryDirectory() as folder:
            command = [*words, sys.executable, __file__, "--sample", str(given.sample)]
            disk = ["--disk", str(Path(folder).resolve())]
            right &= subprocess.run([*command, *disk], check=False).returncode == 0
    sys.exit(not right)


if __name__ == "__main__":
    main()
