"""A headless Chromium on the chat, and what every visit must hold."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from askdossier.dossier import Dossier
from askdossier.web.page import build, launch

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = ["--no-sandbox", "--disable-quic", "--disable-background-networking"]
_CUT = ("AbortError: ", "Unexpected error Connection errored out")


@contextmanager
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@dataclass
class Visitors:
    """Opens tabs on one address, and keeps what they asked for and complained about."""

    browser: Browser
    address: str
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    contexts: list[BrowserContext] = field(default_factory=list)
    cut: bool = False
    """A page was reloaded while Gradio held a connection open, which Gradio mentions."""

    def open(
        self, locale: str = "fr-FR", size: tuple[int, int] = (1280, 800), dark: bool = False
    ) -> Page:
        context = self.browser.new_context(
            locale=locale,
            viewport={"width": size[0], "height": size[1]},
            color_scheme="dark" if dark else "light",
        )
        self.contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on(
            "console",
            lambda message: (
                self.complaints.append(message.text)
                if message.type in ("error", "warning")
                else None
            ),
        )
        page.goto(self.address)
        expect(page.locator("#ad-question")).to_be_visible(timeout=30_000)
        return page

    def leave(self) -> None:
        for context in self.contexts:
            context.close()

    def check(self) -> None:
        """No request to another host, and nothing on the console."""
        host = urlsplit(self.address).netloc
        elsewhere = [
            url
            for url in self.requests
            if urlsplit(url).scheme not in ("data", "blob") and urlsplit(url).netloc != host
        ]
        assert elsewhere == []
        cut = _CUT if self.cut else ()
        assert [words for words in self.complaints if not words.startswith(cut)] == []


@contextmanager
def served(browser: Browser, dossier: Dossier) -> Iterator[Visitors]:
    """The chat over ``dossier`` on a free port."""
    blocks, chat = build(dossier)
    visitors = Visitors(browser, launch(blocks, "127.0.0.1", free_port(), open_browser=False))
    try:
        yield visitors
    finally:
        visitors.leave()
        chat.stop_all()
        blocks.close(verbose=False)
    visitors.check()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def ask(page: Page, question: str) -> None:
    page.locator("#ad-question").fill(question)
    page.locator("#ad-question").press("Enter")


def violations(page: Page) -> list[str]:
    """What axe-core finds on the screen that is shown."""
    page.wait_for_timeout(300)  # sentences fade in, and half a fade has half the contrast
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return [
        f"{one['impact']} {one['id']}: {one['help']} {[n['html'][:120] for n in one['nodes'][:3]]}"
        for one in found
    ]


def until(happened: Callable[[], object], seconds: float = 10.0) -> None:
    end = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.02)


def call(address: str, name: str, *given: object, cookie: str = "") -> Any:
    """Call a function as the documentation shows it for curl. Raises RuntimeError as it does."""
    headers = {"Content-Type": "application/json", "Cookie": cookie}
    url = f"{address}gradio_api/call/{name}"
    with urlopen(Request(url, json.dumps({"data": given}).encode(), headers)) as answer:
        event = json.loads(answer.read())["event_id"]
    with urlopen(Request(f"{url}/{event}", headers=headers)) as answer:
        lines = answer.read().decode().splitlines()
    said = json.loads(next(line for line in lines if line.startswith("data:"))[5:])
    if "event: error" in lines:
        raise RuntimeError(str(said))
    return said[0]
