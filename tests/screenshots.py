"""Screenshots of the chat, with the prepared answers of ``web_fake``, into a folder.

``python tests/screenshots.py docs/screenshots``
"""

from __future__ import annotations

import sys
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from askdossier.web import build, launch
from web_fake import FakeDossier

CHROMIUM = "/usr/bin/chromium"
FLAGS = ["--no-sandbox", "--disable-quic", "--disable-background-networking"]
DESKTOP, PHONE = (1280, 800), (375, 720)
QUESTION = "Combien de personnes travaillaient à la criée de Kerlann ?"


def _open(browser: Browser, address: str, size: tuple[int, int], *, dark: bool = False) -> Page:
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        locale="fr-FR",
        color_scheme="dark" if dark else "light",
        device_scale_factor=2 if size == PHONE else 1,
    )
    page = context.new_page()
    page.goto(address)
    page.locator("#ad-question").wait_for()
    return page


def _ask(page: Page, question: str) -> None:
    page.fill("#ad-question", question)
    page.keyboard.press("Enter")


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    dossier = FakeDossier()
    blocks, _ = build(dossier)
    address = launch(blocks, "127.0.0.1", None, open_browser=False)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for name, size, dark in (
            ("desktop", DESKTOP, False),
            ("dark", DESKTOP, True),
            ("phone", PHONE, False),
            ("phone-dark", PHONE, True),
        ):
            page = _open(browser, address, size, dark=dark)
            page.wait_for_timeout(300)
            page.screenshot(path=folder / f"{name}-welcome.png")
            _ask(page, QUESTION)
            page.locator(".ad-turn[aria-busy=false] .ad-references").wait_for()
            page.wait_for_timeout(400)
            page.screenshot(path=folder / f"{name}-answer.png")
            page.locator(".ad-mark").nth(2).hover()
            page.wait_for_timeout(100)
            page.screenshot(path=folder / f"{name}-preview.png")
            page.locator(".ad-mark").nth(3).click()
            page.locator("mark").wait_for()
            page.wait_for_timeout(300)
            page.screenshot(path=folder / f"{name}-source.png")
            if size == PHONE:
                page.locator(".ad-source .ad-close").click()
            _ask(page, "Quelle est la capitale de l’Australie ?")
            page.locator(".ad-abstained").wait_for()
            page.wait_for_timeout(300)
            page.screenshot(path=folder / f"{name}-abstained.png")
            _ask(page, "une panne ?")
            page.locator(".ad-failed").wait_for()
            page.wait_for_timeout(300)
            page.screenshot(path=folder / f"{name}-failed.png")
            page.close()
        dossier.pace = 3.0
        page = _open(browser, address, DESKTOP)
        _ask(page, QUESTION)
        page.locator(".ad-claim").first.wait_for()
        page.screenshot(path=folder / "desktop-writing.png")
        page.close()
        dossier.documents.clear()
        page = _open(browser, address, DESKTOP)
        page.screenshot(path=folder / "desktop-empty.png")
        browser.close()
    blocks.close(verbose=False)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
