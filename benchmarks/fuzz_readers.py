"""Damaged files given to every reader: each must be read, or refused in words, soon.

``python benchmarks/fuzz_readers.py`` mutates the files of ``tests/data`` 2,000 times, bytes and the
parts of archives, and reads, cleans and cuts each, and what is inside it, in a process of its own
kind, which may crash, hang or grow without harm. What counts as a fault: a crash, an error that is
no `UnreadableDocument`, more than 10 seconds of the processor, more than 1 GB. ``--seed`` and the
number that is printed with a fault give the same file again with ``--only``.
"""

from __future__ import annotations

import argparse
import io
import multiprocessing
import random
import re
import resource
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

FORMATS = Path(__file__).parents[1] / "tests" / "data" / "formats"
FOLDERS = (FORMATS, FORMATS.with_name("office"), FORMATS.with_name("members"))
SECONDS = 10.0
"""Of the processor: a file that takes more hangs, however busy the machine is."""
_PATIENCE = 90.0
"""Seconds of the clock after which a process is killed."""
MEMORY = 1_000_000_000
"""Bytes that a process may take at its largest, libraries included."""

TOKENS = (
    b"<", b">", b"&", b"&#0;", b"&#x110000;", b"]]>", b"<![CDATA[", b"<!--", b"</", b"\x00",
    b"\xff\xfe", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"endobj", b"endstream", b"/Kids [2 0 R]",
    b"/Count 99999999", b"/Length -1", b"99999999999999999999", b"-1", b"%", b"\r", b"\n\n",
    b"---\n", b"{{", b"[[[[", b"|||", b'"', b";", b"\t", b"# ", b"> ", b"Content-Type: ",
    b"boundary=", b"=?utf-8?q?", b"charset=utf-7", b"charset=nonsense", b"../../", b"\xe2\x80\xae",
)  # fmt: skip

_UNEXPECTED = re.compile(r"[A-Z]\w*(?:Error|Exception|Bomb)\b")
"""Begins what is told of a document inside a file when its reader fails in an unforeseen way."""

Mutation = Callable[[bytearray, random.Random], None]


# --- damage ---------------------------------------------------------------------------------------


def _somewhere(data: bytearray, chance: random.Random) -> tuple[int, int]:
    start = chance.randrange(len(data) + 1)
    return start, min(len(data), start + chance.choice((1, 4, 40, 400, 4000)))


def _flip(data: bytearray, chance: random.Random) -> None:
    for _ in range(chance.choice((1, 5, 50))):
        if data:
            data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)


def _delete(data: bytearray, chance: random.Random) -> None:
    start, end = _somewhere(data, chance)
    del data[start:end]


def _repeat(data: bytearray, chance: random.Random) -> None:
    start, end = _somewhere(data, chance)
    times = min(chance.choice((2, 20, 2000)), 1 + 200_000 // (end - start + 1))
    data[start:end] = data[start:end] * times


def _insert(data: bytearray, chance: random.Random) -> None:
    start, _ = _somewhere(data, chance)
    data[start:start] = chance.choice(TOKENS) * chance.choice((1, 1, 3, 300))


def _noise(data: bytearray, chance: random.Random) -> None:
    start, end = _somewhere(data, chance)
    data[start:end] = chance.randbytes(end - start)


def _cut(data: bytearray, chance: random.Random) -> None:
    del data[chance.randrange(len(data) + 1) :]


def _move(data: bytearray, chance: random.Random) -> None:
    start, end = _somewhere(data, chance)
    piece = data[start:end]
    del data[start:end]
    at = chance.randrange(len(data) + 1)
    data[at:at] = piece


def _numbers(data: bytearray, chance: random.Random) -> None:
    found = list(re.finditer(rb"\d+", bytes(data)))
    if found:
        number = chance.choice(found)
        data[number.start() : number.end()] = chance.choice((b"0", b"-1", b"2147483648", b"9" * 30))


_MUTATIONS: tuple[Mutation, ...] = (_flip, _delete, _repeat, _insert, _noise, _cut, _move, _numbers)


def damaged(data: bytes, chance: random.Random) -> bytes:
    """Damage bytes in one to four ways."""
    changed = bytearray(data)
    for _ in range(chance.randint(1, 4)):
        chance.choice(_MUTATIONS)(changed, chance)
    return bytes(changed)


def mutated(
    path: Path,
    chance: random.Random,
    harm: Callable[[bytes, random.Random], bytes] = damaged,
    extra: int = 0,
) -> bytes:
    """Damage a file; of an archive mostly one of its parts, so that the container still opens.

    ``extra`` empty files are added to an archive.
    """
    data = path.read_bytes()
    if not zipfile.is_zipfile(path) or chance.random() < 0.25:
        return harm(data, chance)
    packed = io.BytesIO()
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(packed, "w") as target:
        names = [name for name in source.namelist() if not name.endswith("/")]
        parts = [name for name in names if name.endswith((".xml", ".xhtml", ".opf", ".rels"))]
        chosen = chance.choice(parts or names)
        for name in names:
            if name == chosen and chance.random() < 0.05:
                continue
            part = source.read(name)
            part = harm(part, chance) if name == chosen else part
            target.writestr(
                zipfile.ZipInfo(name), part, zipfile.ZIP_DEFLATED
            )  # without the time of day
        for number in range(extra):
            target.writestr(zipfile.ZipInfo(f"extra/{number}.txt"), b"")
    return packed.getvalue()


def cases(
    count: int, seed: int, folders: Sequence[Path] = FOLDERS
) -> Iterator[tuple[int, str, bytes]]:
    """Number, name and bytes of each damaged file; the same for the same seed."""
    from askdossier.load import SUFFIXES, legacy

    ours = SUFFIXES - set(legacy.SUFFIXES)  # what another program converts is not read here
    files = (path for folder in folders for path in folder.iterdir())
    sources = sorted(path for path in files if path.is_file() and path.suffix in ours)
    for number in range(count):
        source = sources[number % len(sources)]
        yield number, source.name, mutated(source, random.Random(f"{seed}/{number}"))


# --- reading --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file."""

    number: int
    name: str
    result: str
    """``read``, ``refused``, or what went wrong."""
    detail: str
    seconds: float
    memory: int
    """Bytes that the process had taken at most by then."""

    @property
    def fault(self) -> bool:
        """True for what must not happen."""
        return self.result not in {"read", "refused"}


def _words(texts: Sequence[str]) -> list[int]:
    return [len(text.split()) for text in texts]


def read_whole(path: Path) -> str:
    """Read, clean and cut a file as a sync does; gives ``read``, or the reason of a refusal."""
    from askdossier.chunk import passages
    from askdossier.clean import clean
    from askdossier.core import Failure, UnreadableDocument
    from askdossier.load import documents

    said = "refused: nothing in it can be read"
    try:
        for one in documents(path, path.name):
            if isinstance(one, Failure):
                if _UNEXPECTED.match(one.reason):
                    return one.reason
                continue
            document, _ = clean(one)
            for passage in passages(document, _words, 120):
                if not passage.span.of(document.text):
                    raise ValueError("an empty passage")
            said = "read"
    except UnreadableDocument as error:
        return f"refused: {error}"
    return said


def _most_memory() -> int:
    """Bytes that this process has held at most.

    Linux's ``ru_maxrss`` is inherited from the process that forked, and so says nothing of this
    one; the high water mark in ``/proc`` begins anew with each program.
    """
    status = Path("/proc/self/status")
    if status.exists():
        mark = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(mark.split()[1]) * 1024
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


def _work(link: Connection) -> None:
    """Read the files whose paths come over ``link`` until it closes."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (8 * MEMORY, 8 * MEMORY))
    while True:
        try:
            path = link.recv()
        except EOFError:
            return
        started = time.process_time()
        try:
            said = read_whole(path)
        except BaseException as error:
            said = f"{type(error).__name__}: {error}"[:300]
        seconds = time.process_time() - started
        memory = _most_memory()
        link.send((said if seconds < SECONDS else "hangs", seconds, memory))


class Reader:
    """A process that reads files, begun anew when it crashes or hangs."""

    def __init__(self) -> None:
        self._context = multiprocessing.get_context("spawn")
        self._link: Connection | None = None
        self._process: multiprocessing.process.BaseProcess | None = None

    def read(self, path: Path) -> tuple[str, float, int]:
        """What was said of the file, processor seconds, and bytes of memory at most so far."""
        if self._link is None:
            self._begin()
        assert self._link is not None
        self._link.send(path)
        if not self._link.poll(_PATIENCE):
            self.end()
            return "hangs", _PATIENCE, 0
        try:
            said, seconds, memory = self._link.recv()
        except EOFError:
            self.end()
            return "crashes the process", 0.0, 0
        return said, seconds, memory

    def _begin(self) -> None:
        self._link, theirs = self._context.Pipe()
        self._process = self._context.Process(target=_work, args=(theirs,), daemon=True)
        self._process.start()
        theirs.close()
        sample = FORMATS / "page.html"  # libraries are loaded outside the time of any file
        self._link.send(sample)
        self._link.recv()

    def end(self) -> None:
        """Stop the process."""
        if self._process is not None:
            self._process.kill()
            self._process.join()
        self._link = self._process = None


def outcomes(found: Iterator[tuple[int, str, bytes]]) -> Iterator[Outcome]:
    """Read each damaged file."""
    reader = Reader()
    with tempfile.TemporaryDirectory() as folder:
        for number, name, data in found:
            path = Path(folder) / name
            path.write_bytes(data)
            said, seconds, memory = reader.read(path)
            result, _, detail = said.partition(": ")
            if memory > MEMORY:
                result, detail = "takes too much memory", f"{memory / 1e6:.0f} MB"
                reader.end()
            yield Outcome(number, name, result, detail, seconds, memory)
            path.unlink()
    reader.end()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--files", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", type=int, help="the number of one file")
    parser.add_argument("--folder", choices=[folder.name for folder in FOLDERS],
                        help="only its files")  # fmt: skip
    options = parser.parse_args()
    folders = [folder for folder in FOLDERS if options.folder in {None, folder.name}]
    found = cases(options.files, options.seed, folders)
    if options.only is not None:
        found = (case for case in found if case[0] == options.only)
    counts: Counter[str] = Counter()
    slowest, largest, faults = 0.0, 0, 0
    for outcome in outcomes(found):
        counts["fault" if outcome.fault else outcome.result] += 1
        slowest, largest = max(slowest, outcome.seconds), max(largest, outcome.memory)
        if outcome.fault:
            faults += 1
            print(f"{outcome.number} {outcome.name}: {outcome.result} {outcome.detail}", flush=True)
    print(
        f"{sum(counts.values())} files: {counts['read']} read, {counts['refused']} refused, "
        f"{counts['fault']} faults; slowest {slowest:.1f} s, largest process {largest / 1e6:.0f} MB"
    )
    raise SystemExit(1 if faults else 0)


if __name__ == "__main__":
    main()
