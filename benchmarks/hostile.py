"""Files made to harm, indexed beside others: each fails alone and within bounds, if it fails.

``python benchmarks/hostile.py [--each 200]`` takes the files of ``tests/data``, and of each kind
makes 200 that are damaged, or hold one piece of themselves or of what the format means very many
times, nested or in a row, up to a megabyte; archives with parts that unpack to a hundred times as
much, or with 100,000 names. Each kind is indexed beside three honest files as `Dossier.sync` does,
with an embedder that costs nothing. It prints for each kind how many were read, refused in words or
ended at a limit, the most processor seconds for one document (limit: 60), the most memory of the
process that reads (limit: 1.5 GB) and the seconds of the whole sync; and ends with status 1 when a
file took more, failed with an error that nobody foresaw, or an honest one is not in the index.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from askdossier import preparing, reading
from askdossier.core import Failure, Stop
from askdossier.dossier import Dossier
from askdossier.load import SUFFIXES, legacy
from askdossier.reading import Readers
from askdossier.settings import Settings
from fuzz_readers import FOLDERS, TOKENS, damaged, mutated
from index_scale import HashEmbedder

HONEST = {
    "a.txt": "Le port ferme. La criée a fermé en mars.",
    "m.md": "# Le port\n\nLa grue a été vendue. Le quai est vide.",
    "z.html": "<p>Le marché reste ouvert. Il pleut souvent.</p>",
}
_UNFORESEEN = re.compile(r"[A-Z]\w*(?:Error|Exception|Bomb)\b")
_ENDED = re.compile(r"takes more than|ends the program")
_SIZES = 4 * (1000,) + 8 * (10_000,) + 6 * (100_000,) + (1_000_000,)
"""Bytes of what is in a file very many times."""
_MANY = 100_000


# --- what they are made of ------------------------------------------------------------------------


def _piece(data: bytes, chance: random.Random) -> bytes:
    """Something that means something in this format: of the file, or of any."""
    if not data or chance.random() < 0.3:
        return chance.choice(TOKENS)
    if chance.random() < 0.5 and (tags := re.findall(rb"<[A-Za-z][^<>]{0,80}>", data[:200_000])):
        return bytes(chance.choice(tags))
    at = chance.randrange(len(data))
    return data[at : at + chance.choice((1, 2, 3, 8, 30))]


def pumped(data: bytes, chance: random.Random) -> bytes:
    """A file with a piece in it very many times: in a row, by turns with another, or nested."""
    one, other = _piece(data, chance), _piece(data, chance)
    times = 1 + chance.choice(_SIZES) // (len(one) + len(other))
    many = chance.choice((one * times, (one + other) * times, one * times + other * times))
    at = chance.randrange(len(data) + 1)
    return many if chance.random() < 0.2 else data[:at] + many + data[at:]


def harmful(path: Path, chance: random.Random) -> bytes:
    """A file made to harm out of an honest one."""
    draw = chance.random()
    if path.suffix in {".zip", ".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp", ".epub"}:
        if draw < 0.03:
            return mutated(path, chance, lambda part, _: part, extra=_MANY)
        if draw < 0.1:
            return mutated(path, chance, lambda part, _: part + b" " * 50_000_000)
    return mutated(path, chance, damaged if draw < 0.4 else pumped)


def kinds() -> dict[str, list[Path]]:
    """The honest files by their ending."""
    found = defaultdict(list)
    for folder in FOLDERS:
        for path in sorted(folder.iterdir()):
            if path.is_file() and path.suffix in SUFFIXES - set(legacy.SUFFIXES):
                found[path.suffix].append(path)
    return found


# --- indexing them --------------------------------------------------------------------------------


@dataclass
class Measured:
    """What the reading of one kind took."""

    slowest: float = 0.0
    largest: int = 0


@dataclass
class Watching(Readers):
    """`Readers` that measure each file."""

    measured: Measured = field(default_factory=Measured)

    def __post_init__(self) -> None:
        super().__init__()

    def read(self, path: Path, relative: str, *rest: Any) -> Iterator[reading.Read | Failure]:
        """Read as they do."""
        before = self._spent()
        for one in super().read(path, relative, *rest):
            self.measured.slowest = max(self.measured.slowest, self._spent() - before)
            yield one
            before = self._spent()

    def _spent(self) -> float:
        process = self._process
        if process is None:
            return 0.0
        status = Path(f"/proc/{process._child.pid}/status")
        if status.exists():
            mark = re.search(r"VmHWM:\s*(\d+)", status.read_text())
            self.measured.largest = max(self.measured.largest, int(mark[1]) << 10 if mark else 0)
        return process._spent()


def indexed(suffix: str, sources: Sequence[Path], each: int, seed: int) -> bool:
    """Index so many hostile files of a kind and print a row; whether all went as it should."""
    measured = Measured()
    with tempfile.TemporaryDirectory() as folder:
        corpus = Path(folder) / "corpus"
        corpus.mkdir()
        for name, words in HONEST.items():
            (corpus / name).write_text(words, "utf-8")
        for number in range(each):
            chance = random.Random(f"{seed}/{suffix}/{number}")
            name = f"h{number:04d}{suffix}"
            (corpus / name).write_bytes(harmful(sources[number % len(sources)], chance))
        dossier = Dossier(Settings(corpus, Path(folder) / "index"), embedder=HashEmbedder())
        Watching.__init__.__defaults__ = (measured,)
        began = time.monotonic()
        report = dossier.sync(stop=Stop())
        seconds = time.monotonic() - began
        missing = set(HONEST) - set(dossier.documents)
    counts: Counter[str] = Counter()
    wrong = [f"{name} is not in the index" for name in missing]
    for one in report.failed:
        file = one.path.split("/")[0]
        kind = "ended" if _ENDED.search(one.reason) else "refused"
        counts[kind] += file == one.path
        if _UNFORESEEN.match(one.reason):
            wrong.append(f"{one.path}: {one.reason[:200]}")
        if kind == "ended":
            wrong.append(f"{one.path}: {one.reason[:120]}")
    read = each - counts["refused"] - counts["ended"]
    print(
        f"| {suffix} | {each} | {read} | {counts['refused']} | {counts['ended']} | "
        f"{measured.slowest:.1f} | {measured.largest / 1e6:.0f} | {seconds:.0f} |",
        flush=True,
    )
    for line in wrong:
        print(f"    {line}", flush=True)
    return not wrong


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--each", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kind", help="only files of this ending")
    given = parser.parse_args()
    where: Any = preparing
    assert where.Readers is Readers, "files are read elsewhere now"
    where.Readers = Watching
    print("| kind | files | read | refused | ended | slowest s | most MB | sync s |")
    print("|---|--:|--:|--:|--:|--:|--:|--:|")
    right = [
        indexed(suffix, sources, given.each, given.seed)
        for suffix, sources in sorted(kinds().items())
        if given.kind in {None, suffix}
    ]
    sys.exit(not all(right))


if __name__ == "__main__":
    main()
