"""Files read and cleaned in a process of their own, which a hostile one may slow down or fill.

One warm process reads file after file. It may take so much memory and so much time for each; one
that takes more is ended, the file fails with the reason, and a new process goes on with the next.
So nothing that stands in a file stops an index from being made, and a stop is heeded in the middle
of a file. Where a file holds others, only the one that took too much fails: the new process reads
the file again without it, as often as that makes sense.

The process is a plain Python that imports the readers and nothing else of ours: it is not forked,
since a process that runs neural nets has threads, and it does not import the main program again.
"""

from __future__ import annotations

import os
import pickle
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path, PurePosixPath
from queue import Empty, SimpleQueue
from typing import IO, Any

import psutil

from askdossier.core import (
    Document,
    DossierError,
    Failure,
    RawDocument,
    Removal,
    Stop,
    SyncStopped,
    UnreadableDocument,
)
from askdossier.names import inside

SECONDS = 60.0
"""Of the processor for one file, or for one page of a scan."""
PATIENCE = 600.0
"""Seconds of the clock: a machine may be busy, and a drive slow."""
MEMORY = 1_500_000_000
"""Bytes that the process may take, libraries included."""

_LOOK = 0.02
"""Seconds between two looks at a process that reads."""
_LENGTH = struct.Struct("<Q")

Step = Callable[[int, int], None]
Read = tuple[Document, tuple[Removal, ...]]
_Order = tuple[str, str, frozenset[str]]
"""A file's path, its path in the corpus, and the ids of what inside it is not to be read."""
_MOST_ENDED = 5
"""Documents inside one file that may end the process: it is not read again after as many."""

_CHILD = """
import sys
sys.path.insert(0, {root!r})
from askdossier.reading import _serve
_serve()
"""


class Readers:
    """Reads files in a process of its own. A context manager; one file at a time.

    The next one is read while its caller works on the last, where it is told of it in time.
    """

    def __init__(self) -> None:
        self._process: _Process | None = None
        self._next: _Order | None = None

    def __enter__(self) -> Readers:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the process."""
        if self._process is not None:
            self._process.end()
            self._process = None

    def read(self, path: Path, relative: str, step: Step, stop: Stop) -> Iterator[Read | Failure]:
        """Read and clean a file and all that is inside it, document by document.

        What cannot be read, or not within the limits, comes as a failure in its place. ``step`` is
        told the pages of a scan that are done. Raises SyncStopped when ``stop`` was set.
        """
        given: set[str] = set()
        without: frozenset[str] = frozenset()
        name = ""
        while name != relative and len(without) < _MOST_ENDED:
            try:
                for one in self._read((str(path), relative, without), step, stop):
                    known = one.path if isinstance(one, Failure) else one[0].id
                    if known not in given:
                        given.add(known)
                        yield one
                return
            except _Ended as ended:
                if isinstance(ended.error, SyncStopped):
                    raise ended.error from ended.__cause__
                name = ended.reading or relative
                without |= {name}
                # Of a message that was read, something that is attached.
                yield Failure(inside(name, "") if name in given else name, str(ended.error))
                given.add(name)
        if name != relative:
            yield Failure(
                inside(relative, ""),
                f"{_MOST_ENDED} documents in {path.name} cannot be read within the limits: what "
                "comes after them is not read. Unpack it and index its files.",
            )

    def _read(self, order: _Order, step: Step, stop: Stop) -> Iterator[Read | Failure]:
        """Give what the process reads; the next file is begun before the last of it is given."""
        if self._process is not None and self._process.order not in (None, order):
            self.close()
        if self._process is None:
            self._process = _Process()
        if self._process.order is None:
            self._process.begin(order)
        last: Read | Failure | None = None
        whole = False
        try:
            for one in self._process.documents(Path(order[0]), step, stop):
                if last is not None:
                    yield last
                last = one
            whole = True
        except _Ended:
            if last is not None:
                yield last
            raise
        finally:
            if not whole:  # or nobody waits for the rest
                self.close()
        if self._next is not None:
            self._process.begin(self._next)
            self._next = None
        if last is not None:
            yield last

    def ahead(self, path: Path, relative: str) -> None:
        """Tell which file is wanted after the one that `read` is going to be asked for."""
        self._next = (str(path), relative, frozenset())


class _Ended(Exception):
    """The process is of no use any more."""

    def __init__(self, error: DossierError, reading: str = "") -> None:
        """``reading`` is the id of what it was at inside the file; empty for the file itself."""
        super().__init__(str(error))
        self.error = error
        self.reading = reading


class _Process:
    """The process at work, and what comes from it."""

    def __init__(self) -> None:
        root = str(Path(__file__).parents[1])
        # -P: the current folder holds documents, which may be called anything, also email.py.
        self._child = subprocess.Popen(
            [sys.executable, "-P", "-c", _CHILD.format(root=root)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # where libraries complain of what they put up with
            start_new_session=os.name != "nt",  # Ctrl-C is ours to heed
        )
        self._seen = psutil.Process(self._child.pid)
        self._said: SimpleQueue[tuple[str, Any] | None] = SimpleQueue()
        self.order: _Order | None = None
        """What it reads now, or has read and nobody has waited for yet."""
        self._spent_before = 0.0
        assert self._child.stdin is not None
        assert self._child.stdout is not None
        self._orders: IO[bytes] = self._child.stdin
        self._listener = threading.Thread(
            target=self._listen, args=(self._child.stdout,), daemon=True
        )
        self._listener.start()

    def _listen(self, words: IO[bytes]) -> None:
        with words, suppress(OSError, EOFError, ValueError, pickle.UnpicklingError):
            while (said := _received(words)) is not None:
                self._said.put(said)
        self._said.put(None)

    def begin(self, order: _Order) -> None:
        """Let it read a file."""
        self.order, self._spent_before = order, self._spent()
        with suppress(OSError):  # it has ended, as whoever waits is told
            _send(self._orders, ("read", order))

    def documents(self, path: Path, step: Step, stop: Stop) -> Iterator[Read | Failure | None]:
        """Give what it reads, and None where it goes on to the next.

        Raises `_Ended` when the rest of it never comes.
        """
        began, within = time.monotonic(), ""
        while True:
            try:
                said = self._said.get(timeout=_LOOK)
            except Empty:
                spent = self._spent() - self._spent_before
                self._watch(path, stop, time.monotonic() - began, spent, within)
                continue
            if said is None:
                raise _Ended(_ended(_name(path, within)), within)
            what, given = said
            if what == "done":
                self.order = None
                return
            if what == "exhausted":
                raise _Ended(_too_much(_name(path, within), _most_memory()), within)
            if what == "step":
                step(*given)
            elif what == "begin":
                within = given
                yield None
            else:
                yield given
            if stop.is_set():
                raise _Ended(SyncStopped("Reading was stopped."))
            began, self._spent_before = time.monotonic(), self._spent()

    def _watch(self, path: Path, stop: Stop, seconds: float, spent: float, within: str) -> None:
        """Raise `_Ended` where the file must not be read any further."""
        if stop.is_set():
            raise _Ended(SyncStopped("Reading was stopped."))
        name = _name(path, within)
        if spent > SECONDS:
            raise _Ended(_too_much(name, f"{SECONDS:.0f} s of the processor"), within)
        if seconds > PATIENCE:
            raise _Ended(_too_much(name, f"{PATIENCE:.0f} s of the clock"), within)
        with suppress(psutil.Error):
            if self._seen.memory_info().rss > MEMORY:
                raise _Ended(_too_much(name, _most_memory()), within)

    def _spent(self) -> float:
        """Seconds of the processor that it has taken since it began."""
        try:
            times = self._seen.cpu_times()
        except psutil.Error:
            return 0.0
        return float(times.user + times.system)

    def end(self) -> None:
        """End it at once, with the programs that it has started."""
        with suppress(psutil.Error):
            for process in self._seen.children(recursive=True):
                with suppress(psutil.Error):
                    process.kill()
        self._child.kill()
        with suppress(OSError):
            self._orders.close()
        self._child.wait()
        self._listener.join()


def _most_memory() -> str:
    return f"{MEMORY / 1e9:.1f} GB of memory"


def _name(path: Path, within: str) -> str:
    return PurePosixPath(within).name or path.name


def _too_much(name: str, limit: str) -> UnreadableDocument:
    return UnreadableDocument(
        f"{name} takes more than {limit} to be read. Check where it comes from, or open it and "
        "save its text alone."
    )


def _ended(name: str) -> UnreadableDocument:
    return UnreadableDocument(
        f"{name} ends the program that reads it, or fills its memory. Check where it comes from, "
        "or open it and save its text alone."
    )


# --- what passes between the two ------------------------------------------------------------------


def _send(pipe: IO[bytes], said: tuple[str, Any]) -> None:
    content = pickle.dumps(said, pickle.HIGHEST_PROTOCOL)
    pipe.write(_LENGTH.pack(len(content)) + content)
    pipe.flush()


def _received(pipe: IO[bytes]) -> tuple[str, Any] | None:
    """The next thing said; None when the other side is gone."""
    head = pipe.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    content = pipe.read(_LENGTH.unpack(head)[0])
    said: tuple[str, Any] = pickle.loads(content)
    return said


# --- the other process ----------------------------------------------------------------------------


def _serve() -> None:
    """Read what is asked for until nobody asks any more."""
    orders, answers = sys.stdin.buffer, os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a library prints is no answer
    _limit()
    from askdossier import clean, load

    def step(done: int, total: int) -> None:
        _send(answers, ("step", (done, total)))

    def begin(name: str) -> None:
        _send(answers, ("begin", name))

    def read(path: str, relative: str, without: frozenset[str]) -> Iterator[Read | Failure]:
        try:
            for one in load.documents(Path(path), relative, step, begin=begin, without=without):
                yield one if isinstance(one, Failure) else cleaned(one)
        except Exception as error:
            if isinstance(error, MemoryError):
                raise
            yield load.failure(relative, error)

    def cleaned(raw: RawDocument) -> Read | Failure:
        try:
            return clean.clean(raw)
        except DossierError as error:
            return load.failure(raw.source.path, error)

    while (order := _received(orders)) is not None:
        try:
            for one in read(*order[1]):
                _send(answers, ("read", one))
            _send(answers, ("done", None))
        except MemoryError:
            _send(answers, ("exhausted", None))


def _limit() -> None:
    """Bound the memory where the system can; be the one that it ends when it has none left."""
    if sys.platform == "linux":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (2 * MEMORY, 2 * MEMORY))
        with suppress(OSError):
            Path("/proc/self/oom_score_adj").write_text("1000", "ascii")
