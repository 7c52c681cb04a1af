"""How soon the chat's page is there, and how smoothly it scrolls and takes words.

``python benchmarks/chat_page.py ADDRESS INDEX`` looks at a running chat whose models are loaded:
median over loads in fresh browser profiles of the first contentful paint and of the moment when a
question can be typed; then a conversation of a hundred answers, which is put into INDEX and taken
out again, and the longest pause between two frames while it is scrolled and typed in.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = "/usr/bin/chromium"
FLAGS = ["--no-sandbox", "--disable-quic", "--disable-background-networking"]
LOADS = 7
CONVERSATION = "f" * 16
ANSWERS = 100
QUESTION = "Une question assez longue pour voir si les lettres suivent ?"

_PAINT = """() => new Promise((found) => new PerformanceObserver((list) => {
    for (const entry of list.getEntries())
        if (entry.name === "first-contentful-paint") found(entry.startTime);
}).observe({ type: "paint", buffered: true }))"""
_FRAMES = """() => {
    window.longest = 0;
    let last = performance.now();
    const frame = (now) => {
        window.longest = Math.max(window.longest, now - last);
        last = now;
        requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
}"""


def _open(browser: Browser, address: str) -> Page:
    page = browser.new_context(locale="fr-FR").new_page()
    page.goto(address)
    page.locator("#ad-question:enabled").wait_for()
    return page


def _loads(browser: Browser, address: str) -> tuple[float, float]:
    """Median seconds to the first contentful paint, and until a question can be typed."""
    paints, ready = [], []
    for _ in range(LOADS):
        began = time.perf_counter()
        page = _open(browser, address)
        ready.append(time.perf_counter() - began)
        paints.append(page.evaluate(_PAINT) / 1000)
        page.context.close()
    return median(paints), median(ready)


@contextmanager
def _long_conversation(index: Path) -> Iterator[None]:
    """A conversation of a hundred copies of the answers that the index keeps."""
    folder = index / "conversations"
    kept = [json.loads(file.read_bytes()) for file in sorted(folder.glob("*.json"))]
    answered = [e for one in kept for e in one["exchanges"] if e["claims"]]
    if not answered:
        raise SystemExit("Ask the chat a question first: its answers are what is copied.")
    copies = [
        {**answered[number % len(answered)], "id": f"{number:016x}"} for number in range(ANSWERS)
    ]
    file = folder / f"{CONVERSATION}.json"
    plain = {"format": kept[0]["format"], "id": CONVERSATION, "name": "", "exchanges": copies}
    file.write_text(json.dumps(plain), "utf-8")
    try:
        yield
    finally:
        file.unlink()


def _longest_pause(browser: Browser, address: str) -> tuple[float, float]:
    """Seconds: the longest between two frames while scrolling, and while typing."""
    page = _open(browser, f"{address}#c={CONVERSATION}")
    page.locator(".ad-turn").nth(ANSWERS - 1).wait_for()
    page.wait_for_timeout(2000)
    page.evaluate(_FRAMES)
    page.locator(".ad-thread").hover()
    for _ in range(60):
        page.mouse.wheel(0, -600)
        page.wait_for_timeout(30)
    scrolling = page.evaluate("window.longest")
    page.locator("#ad-question").focus()
    page.evaluate("window.longest = 0")
    page.keyboard.type(QUESTION, delay=30)
    typing = page.evaluate("window.longest")
    page.context.close()
    return scrolling / 1000, typing / 1000


def main(address: str, index: Path) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        paint, ready = _loads(browser, address)
        print(f"first contentful paint {paint:.2f} s, ready for a question {ready:.2f} s")
        with _long_conversation(index):
            scrolling, typing = _longest_pause(browser, address)
        print(f"longest pause with {ANSWERS} answers: {scrolling * 1000:.0f} ms while scrolling, "
              f"{typing * 1000:.0f} ms while typing")  # fmt: skip
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
