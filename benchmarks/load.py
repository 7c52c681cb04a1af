"""Many people ask one chat at once: whether the page is there, the line fair, and nothing grows.

``python benchmarks/load.py [--users 50] [--minutes 1]`` starts a chat over prepared answers (no
models: a fifth of a second each), asks it over loopback as other programs do, and prints as JSON:
milliseconds until the page is there (median, 95th percentile) while questions run; answers; how
many were overtaken by a question asked over half a second later; the slowest Stop in seconds;
memory and open files of the server after a fifth of the time, half of it and at the end.
``--conversations 5000`` asks nothing: it keeps that many and prints the seconds until they are
listed, first and again. ``--documents 10000`` asks the real chat with its models while another
process indexes so many documents; ten people ask about the first ones, and at the end one asks
about the last.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import quantiles

import httpx
import psutil

from askdossier.web.conversations import Conversations, Exchange
from askdossier.web.turn import Turn

TESTS = Path(__file__).parents[1] / "tests"
PORT = 7899
ADDRESS = f"http://127.0.0.1:{PORT}"
SERVER = f"""
import sys; sys.path.insert(0, {str(TESTS)!r})
from web_fake import FakeDossier
from askdossier.web.page import serve
serve(FakeDossier(pace=0.065), port={PORT}, with_api=True)
"""
_MARGIN = 0.5


@dataclass
class Seen:
    """What the clients have measured."""

    pages: list[float] = field(default_factory=list)
    answers: list[tuple[float, float]] = field(default_factory=list)
    """When each was asked and when it was there."""
    stops: list[float] = field(default_factory=list)
    sizes: list[tuple[int, int]] = field(default_factory=list)
    """Bytes of memory and open files."""


async def _ask(client: httpx.AsyncClient, question: str) -> tuple[float, bool]:
    """Ask and wait for the end: when it was asked, and whether there is an answer.

    The question is the key by which it can be called off, too.
    """
    url = f"{ADDRESS}/gradio_api/call/ask_with_key"
    answer = await client.post(url, json={"data": [question, question]})
    answer.raise_for_status()
    asked = time.monotonic()
    async with client.stream("GET", f"{url}/{answer.json()['event_id']}") as events:
        said = (await events.aread()).decode()
    return asked, "event: complete" in said


async def _user(client: httpx.AsyncClient, number: int, end: float, seen: Seen) -> None:
    chance = random.Random(number)
    while time.monotonic() < end:
        asked, answered = await _ask(client, f"écho {number}")
        assert answered
        seen.answers.append((asked, time.monotonic()))
        await asyncio.sleep(chance.random())


async def _visitor(client: httpx.AsyncClient, end: float, seen: Seen) -> None:
    while time.monotonic() < end:
        begun = time.monotonic()
        (await client.get(ADDRESS)).raise_for_status()
        seen.pages.append(time.monotonic() - begun)
        await asyncio.sleep(0.25)


async def _doubter(client: httpx.AsyncClient, end: float, seen: Seen) -> None:
    """Asks, and calls it off a second later, in line or in the middle of the answer."""
    number = 0
    while time.monotonic() < end:
        number += 1
        asking = asyncio.create_task(_ask(client, f"doute {number}"))
        await asyncio.sleep(1)
        begun = time.monotonic()
        url = f"{ADDRESS}/gradio_api/call/stop"
        (await client.post(url, json={"data": [f"doute {number}"]})).raise_for_status()
        await asking
        seen.stops.append(time.monotonic() - begun)
        await asyncio.sleep(2)


async def _watcher(server: psutil.Process, begin: float, end: float, seen: Seen) -> None:
    for moment in (begin + (end - begin) / 5, begin + (end - begin) / 2, end - 1):
        await asyncio.sleep(max(0.0, moment - time.monotonic()))
        seen.sizes.append((server.memory_info().rss, server.num_fds()))


async def _load(server: psutil.Process, users: int, minutes: float) -> Seen:
    seen, begin = Seen(), time.monotonic()
    end = begin + 60 * minutes
    # Servers close what is idle for five seconds, maybe just as the next request goes out.
    limits = httpx.Limits(max_connections=None, keepalive_expiry=2)
    async with httpx.AsyncClient(timeout=300, limits=limits, trust_env=False) as client:
        await asyncio.gather(
            *(_user(client, number, end, seen) for number in range(users)),
            _visitor(client, end, seen),
            _doubter(client, end, seen),
            _watcher(server, begin, end, seen),
        )
    return seen


def _listing(many: int) -> dict[str, float]:
    """Seconds in which a program that has just started lists so many conversations, and again."""
    sys.path.insert(0, str(TESTS))
    from web_fake import CLAIMS, DOCUMENTS, EVIDENCE

    with tempfile.TemporaryDirectory() as folder:
        kept = Conversations(Path(folder))
        for number in range(many):
            asked = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=number)
            turn = Turn(f"Question {number} ?", "done", EVIDENCE, CLAIMS)
            kept.keep(f"{number:016x}", Exchange("a" * 16, asked, turn, DOCUMENTS))
        spent, started = [], Conversations(Path(folder))
        for _ in range(2):
            begun = time.perf_counter()
            assert len(started.all()) == many
            spent.append(round(time.perf_counter() - begun, 3))
    return {"first": spent[0], "again": spent[1]}


async def _asked_meanwhile(corpus: Path, index: Path, many: int) -> dict[str, float]:
    """Let another process index the notes, and ask until that is done."""
    for number in range(many):
        _note(corpus, number)
    begun, seen = time.monotonic(), Seen()
    sync = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "askdossier", "index", str(corpus), "--index", str(index),
        stdout=subprocess.DEVNULL,
    )  # fmt: skip

    async def one(client: httpx.AsyncClient, number: int) -> None:
        while sync.returncode is None:
            asked, answered = await _ask(client, _QUESTION.format(number))
            assert answered
            seen.answers.append((asked, time.monotonic()))

    async with httpx.AsyncClient(timeout=1800, trust_env=False) as client:
        *_, code = await asyncio.gather(*(one(client, n) for n in range(_ASKING)), sync.wait())
        spent = time.monotonic() - begun
        assert code == 0, f"the sync ended with {code}"
        url = f"{ADDRESS}/gradio_api/call/ask"
        called = await client.post(url, json={"data": [_QUESTION.format(many - 1)]})
        async with client.stream("GET", f"{url}/{called.json()['event_id']}") as events:
            said = (await events.aread()).decode()
    waited = sorted(there - asked for asked, there in seen.answers)
    return {
        "documents": many,
        "sync_and_last_answers_s": round(spent),
        "answers": len(waited),
        "median_s": round(waited[len(waited) // 2], 1),
        "slowest_s": round(waited[-1], 1),
        "new_one_found": float(_budget(many - 1) in said),
    }


_ASKING = 10
_QUESTION = "Quel budget la commune numéro {} a-t-elle voté ?"


def _budget(number: int) -> str:
    return f"{7 * number + 100} euros"


def _note(corpus: Path, number: int) -> None:
    said = f"La commune numéro {number} a voté un budget de {_budget(number)} en 2025."
    (corpus / f"note-{number:05}.txt").write_text(f"{said}\n", "utf-8")


def _syncing(many: int) -> dict[str, float]:
    """Start the chat over the first notes, index all while people ask."""
    with tempfile.TemporaryDirectory() as folder:
        corpus, index = Path(folder) / "corpus", Path(folder) / "index"
        corpus.mkdir()
        for number in range(_ASKING):
            _note(corpus, number)
        command = [sys.executable, "-m", "askdossier"]
        where = [str(corpus), "--index", str(index)]
        subprocess.run([*command, "index", *where], check=True, stdout=subprocess.DEVNULL)
        with _serving([*command, "chat", *where, "--port", str(PORT), "--api"]):
            return asyncio.run(_asked_meanwhile(corpus, index, many))


@contextmanager
def _serving(command: Sequence[str]) -> Iterator[psutil.Process]:
    """Run a chat until the end, once it can be reached."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        while not _ready():
            assert process.poll() is None, "the chat has not started"
            time.sleep(0.2)
        yield psutil.Process(process.pid)
    finally:
        process.terminate()
        process.wait()


def _overtaken(answers: list[tuple[float, float]]) -> int:
    return sum(
        any(asked + _MARGIN < later and there > sooner for later, sooner in answers)
        for asked, there in answers
    )


def _ready() -> bool:
    try:
        return httpx.get(ADDRESS, timeout=5, trust_env=False).is_success
    except httpx.TransportError:
        return False


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--users", type=int, default=50)
    parser.add_argument("--minutes", type=float, default=1)
    parser.add_argument("--conversations", type=int)
    parser.add_argument("--documents", type=int)
    given = parser.parse_args()
    if given.conversations:
        print(json.dumps(_listing(given.conversations)))
        return
    if given.documents:
        print(json.dumps(_syncing(given.documents)))
        return
    with _serving([sys.executable, "-c", SERVER]) as server:
        seen = asyncio.run(_load(server, given.users, given.minutes))
    parts = quantiles(seen.pages, n=20)
    memory, open_files = zip(*seen.sizes, strict=True)
    print(
        json.dumps(
            {
                "users": given.users,
                "minutes": given.minutes,
                "page_ms": [round(1000 * parts[9]), round(1000 * parts[18])],
                "answers": len(seen.answers),
                "overtaken": _overtaken(seen.answers),
                "slowest_stop_s": round(max(seen.stops), 2),
                "memory_mb": [size >> 20 for size in memory],
                "open_files": list(open_files),
            }
        )
    )


if __name__ == "__main__":
    main()
