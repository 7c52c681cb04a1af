"""How many files a second each reader reads: ``python benchmarks/throughput.py [FOLDER ...]``.

Reads the files of tests/data, or of the folders given, format by format, and prints a table for
docs/formats.md. Reading alone: nothing is cleaned, embedded or written. Each file is read three
times, once for pictures and what LibreOffice converts, and the median counts; the first file of a
format is read before, so that no import is timed.
"""

from __future__ import annotations

import sys
import time
from collections import defaultdict
from pathlib import Path
from statistics import median

from askdossier import load
from askdossier.core import UnreadableDocument

DATA = Path(__file__).parents[1] / "tests" / "data"
SLOW = frozenset({".doc", ".ppt", ".jpg", ".png", ".tiff", ".webp", ".heic"})


def seconds(path: Path) -> float | None:
    """What it takes to read a file; None for one that is refused."""
    taken = []
    for _ in range(1 if path.suffix in SLOW else 3):
        began = time.perf_counter()
        try:
            list(load.documents(path, path.name))
        except UnreadableDocument:
            return None
        taken.append(time.perf_counter() - began)
    return median(taken)


def main() -> None:
    """Print the table."""
    by_format: dict[str, list[Path]] = defaultdict(list)
    for folder in map(Path, sys.argv[1:] or [str(DATA)]):
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.suffix.lower() in load.SUFFIXES:
                by_format[path.suffix.lower()].append(path)
    print("| format | files | kB | files/s | MB/s |\n|---|---|---|---|---|")
    for suffix, paths in sorted(by_format.items()):
        seconds(paths[0])
        read = [(path.stat().st_size, taken) for path in paths if (taken := seconds(path))]
        if read:
            size, total = sum(size for size, _ in read), sum(taken for _, taken in read)
            print(f"| `{suffix}` | {len(read)} | {size / 1000 / len(read):.0f} "
                  f"| {len(read) / total:.3g} | {size / 1e6 / total:.2g} |")  # fmt: skip


if __name__ == "__main__":
    main()
