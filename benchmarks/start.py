"""What it takes to start: processor seconds, wall seconds and memory of whole commands.

``python benchmarks/start.py [--index INDEX]`` indexes the sample dossier if there is no index, and
prints a Markdown table with the medians of several runs of each command, which take turns. The
first run of each, which reads files into the system's cache, does not count. Linux and macOS only.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

CORPUS = Path(__file__).parents[1] / "corpus"
QUESTION = "Combien de créateurs ont signé l’appel ?"
COMMANDS = {"docs": ["docs"], "search": ["search", QUESTION], "ask": ["ask", QUESTION]}


@dataclass(frozen=True, slots=True)
class Spent:
    """What one run of a command took."""

    processor: float
    """Seconds of all threads, in the program and in the system."""
    wall: float
    """Seconds of the clock."""
    memory: float
    """Most bytes resident at a time."""


def run(arguments: Sequence[str]) -> Spent:
    """Run askdossier. Raises SystemExit when it fails."""
    started = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "askdossier", *arguments], stdout=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"askdossier {arguments[0]} failed")
    kilobyte = 1 if sys.platform == "darwin" else 1024  # the unit of ru_maxrss
    return Spent(
        usage.ru_utime + usage.ru_stime,
        time.perf_counter() - started,
        usage.ru_maxrss * kilobyte,
    )


def processor() -> str:
    """Name the processor, and what it has beyond AVX2."""
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    facts = {key.strip(): value for key, _, value in (line.partition(": ") for line in lines)}
    has = {"avx2", "avx512f", "avx_vnni", "avx512_vnni", "amx_int8"}
    flags = sorted(has.intersection(facts.get("flags", "").split()))
    name = facts.get("model name", platform.machine())
    return f"{name}, {os.cpu_count()} cores, {' '.join(flags)}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--index", type=Path)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--commands", nargs="+", choices=COMMANDS, default=list(COMMANDS))
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        index = options.index or Path(home)
        if options.index is None:
            run(["index", str(CORPUS), "--index", str(index)])
        taken: dict[str, list[Spent]] = {name: [] for name in options.commands}
        for _ in range(options.runs + 1):
            for name, spent in taken.items():
                spent.append(run([*COMMANDS[name], "--index", str(index)]))
    print(f"{processor()}; medians of {options.runs}\n")
    print("| | processor, s | wall, s | memory, MB |")
    print("|---|--:|--:|--:|")
    for name, runs in taken.items():
        processor_s, wall, memory = (
            statistics.median(getattr(one, what) for one in runs[1:])
            for what in ("processor", "wall", "memory")
        )
        print(f"| `{name}` | {processor_s:.2f} | {wall:.2f} | {memory / 1e6:.0f} |")


if __name__ == "__main__":
    main()
