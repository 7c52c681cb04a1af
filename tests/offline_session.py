"""What a user does, in a place without a network: index, ask, chat. Prints one JSON object.

``python offline_session.py CORPUS INDEX QUESTION``, in a network namespace of its own or with
connections blocked. Fails when another machine can be reached; with ``anywhere`` behind the
question it does not look whether one can, for whoever traces what it asks of the system.
"""

from __future__ import annotations

import fcntl
import json
import re
import signal
import socket
import struct
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from urllib.error import URLError
from urllib.parse import urljoin
from urllib.request import Request, urlopen

ELSEWHERE = ("192.0.2.1", 443)
"""An address reserved for documentation: nobody answers, but a network would try."""

_SIOCSIFFLAGS, _IFF_UP = 0x8914, 1


def raise_loopback() -> None:
    """Bring up ``lo``, which is down in a new namespace."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket, suppress(PermissionError):
        fcntl.ioctl(any_socket, _SIOCSIFFLAGS, struct.pack("16sH14x", b"lo", _IFF_UP))


def check_offline() -> str:
    """Say how a connection elsewhere fails. Raises when it does not fail at once."""
    try:
        socket.create_connection(ELSEWHERE, timeout=10).close()
    except TimeoutError:
        raise SystemExit("packets leave this machine") from None
    except OSError as error:
        return str(error)
    raise SystemExit("another machine was reached")


def askdossier(*arguments: str) -> str:
    finished = subprocess.run(
        [sys.executable, "-m", "askdossier", *arguments],
        capture_output=True,
        text=True,
        check=False,
    )
    if finished.returncode:
        raise SystemExit(f"{arguments[0]}: {finished.stderr}")
    return finished.stdout


@contextmanager
def chat(index: str) -> Iterator[str]:
    """The address of a chat over the index; ends it with Ctrl-C."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"http://127.0.0.1:{port}/"
    process = subprocess.Popen(
        [sys.executable, "-m", "askdossier", "chat", "--index", index, "--port", str(port)],
        stdout=subprocess.DEVNULL,
    )
    try:
        while True:
            if process.poll() is not None:
                raise SystemExit("the chat ended")
            try:
                urlopen(address).close()
                break
            except URLError:
                time.sleep(0.2)
        yield address
        process.send_signal(signal.SIGINT)
        process.wait(60)
    finally:
        process.kill()
        process.wait()


def fetch(address: str, body: object = None) -> str:
    data = None if body is None else json.dumps(body).encode()
    with urlopen(Request(address, data, {"Content-Type": "application/json"})) as answer:
        return str(answer.read().decode())


def loaded(address: str) -> list[str]:
    """The addresses that the page loads by itself; each of them is there."""
    links = re.findall(r"<(?:script|link|img)[^>]*?(?:src|href)=\"([^\"]+)\"", fetch(address))
    addresses = [urljoin(address, link) for link in links]
    for link in addresses:
        fetch(link) if link.startswith(address) else None
    return addresses


def asked(address: str, question: str) -> str:
    """The HTML of the finished turn, as the page itself would ask for it."""
    ask = next(
        event
        for event in json.loads(fetch(address + "config"))["dependencies"]
        if event["targets"][0][1] == "ask"
    )
    queue = address + "gradio_api/queue/"
    fetch(
        queue + "join",
        {
            "data": [],
            "event_data": {
                "conversation": "0" * 16,
                "turn": "1" * 16,
                "question": question,
                "replaces": "",
                "within": None,
            },
            "fn_index": ask["id"],
            "trigger_id": ask["targets"][0][0],
            "session_hash": "offline",
        },
    )
    with urlopen(queue + "data?session_hash=offline") as events:
        for line in events:
            if line.startswith(b"data:"):
                event = json.loads(line.removeprefix(b"data:"))
                if event["msg"] == "process_completed":
                    return str(event["output"]["data"][0]["html"])
    raise SystemExit("the chat did not answer")


def main(corpus: str, index: str, question: str, where: str = "") -> None:
    said: dict[str, object] = {}
    if where != "anywhere":
        raise_loopback()
        said["offline"] = check_offline()
    said["index"] = askdossier("index", corpus, "--index", index)
    said["ask"] = json.loads(askdossier("ask", question, "--json", "--index", index))
    with chat(index) as address:
        said["address"] = address
        said["loaded"] = loaded(address)
        said["turn"] = asked(address, question)
    print(json.dumps(said))


if __name__ == "__main__":
    main(*sys.argv[1:])
