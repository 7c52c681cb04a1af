"""Screenshots of the chat into a folder, to look at and for the documentation.

``python tests/screenshots.py FOLDER`` shows every state with the prepared answers of ``web_fake``;
``python tests/screenshots.py FOLDER ADDRESS`` asks a running chat over ``corpus/`` one question;
``python tests/screenshots.py FOLDER RUN/report.html`` shows the report of an evaluation.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Page, sync_playwright

from askdossier.core import Failure, Pending
from askdossier.dossier import Dossier
from askdossier.settings import Settings
from askdossier.web.page import build, launch
from fakes import FakeEmbedder, FakeWriter
from web_fake import FakeDossier

CHROMIUM = "/usr/bin/chromium"
FLAGS = ["--no-sandbox", "--disable-quic", "--disable-background-networking"]
DESKTOP, PHONE = (1280, 800), (375, 720)
QUESTION = "Combien de personnes travaillaient à la criée de Kerlann ?"
PDF_QUESTION = "Quand le conseil de Brévelan vota-t-il la construction de la halle ?"
SAMPLE_QUESTION = "Combien de signataires compte l’appel de Montfaugères ?"
FORMS = (
    ("list", "Énumérez, s’il vous plaît : qu’énumère le dossier sur la criée ?"),
    ("table", "Comment se compare ce que disent la mairie, le syndicat et la revue ?"),
    ("parts", "Que résume le dossier ?"),
)
LOOKS = (
    ("desktop", DESKTOP, False),
    ("dark", DESKTOP, True),
    ("phone", PHONE, False),
    ("phone-dark", PHONE, True),
)


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


def _running(browser: Browser, address: str, folder: Path) -> None:
    """The answer and its source, as a chat with models gives them."""
    for name, size, dark in LOOKS:
        page = _open(browser, address, size, dark=dark)
        page.locator(".ad-work").wait_for(state="hidden", timeout=300_000)
        _ask(page, SAMPLE_QUESTION)
        page.locator(".ad-turn[aria-busy=false]").wait_for(timeout=300_000)
        page.wait_for_timeout(400)
        if size == PHONE:
            page.screenshot(path=folder / f"{name}-answer.png")
        page.locator(".ad-mark").first.click()
        page.locator("mark.ad-here").first.wait_for()
        page.mouse.move(2, 2)
        page.wait_for_timeout(300)
        page.screenshot(path=folder / f"{name}.png")
        page.close()


def _every_state(browser: Browser, folder: Path) -> None:
    dossier = FakeDossier(
        unread=(Failure("photo.xyz", "format not supported"),),
        changed_since=Pending(("photo-bis.pdf",), ("harbours.md",)),
    )
    blocks, _ = build(dossier)
    address = launch(blocks, "127.0.0.1", None, open_browser=False)
    for name, size, dark in LOOKS:
        page = _open(browser, address, size, dark=dark)
        page.wait_for_timeout(300)
        page.screenshot(path=folder / f"{name}-welcome.png")
        if size == PHONE:
            page.locator(".ad-side-opener").click()
        page.locator(".ad-scope summary").click()
        page.locator(".ad-pick").first.check()
        page.locator("#ad-wanted").fill("Kerlann")
        page.locator(".ad-place").first.wait_for()
        page.screenshot(path=folder / f"{name}-library.png")
        page.locator("#ad-wanted").fill("")
        page.locator(".ad-entry", has_text="Small").locator("summary").click()
        page.locator('.ad-entry [data-do="describe"]').last.click()
        page.locator(".ad-dialog-field").first.wait_for()
        page.screenshot(path=folder / f"{name}-details.png")
        page.locator(".ad-cancel").click()
        page.get_by_role("tab", name="Réglages").click()
        page.locator("#ad-strictness").wait_for()
        page.screenshot(path=folder / f"{name}-settings.png")
        page.get_by_role("tab", name="Le dossier").click()
        page.locator(".ad-pick").first.uncheck()
        if size == PHONE:
            page.locator(".ad-shelf .ad-close").click()
        _ask(page, QUESTION)
        page.locator(".ad-turn[aria-busy=false] .ad-references").wait_for()
        page.wait_for_timeout(400)
        page.screenshot(path=folder / f"{name}-answer.png")
        page.locator(".ad-mark").nth(2).hover()
        page.wait_for_timeout(100)
        page.screenshot(path=folder / f"{name}-preview.png")
        page.locator(".ad-mark").nth(3).click()
        page.locator("mark.ad-here").wait_for()
        page.wait_for_timeout(300)
        page.screenshot(path=folder / f"{name}-source.png")
        page.locator(".ad-back").click()
        page.get_by_role("tab", name="Conversations").click()
        page.locator(".ad-conversation summary").first.click()
        page.wait_for_timeout(200)
        page.screenshot(path=folder / f"{name}-conversations.png")
        page.locator(".ad-conversation summary").first.click()
        if size == PHONE:
            page.locator(".ad-shelf .ad-close").click()
        _ask(page, "Quelle est la capitale de l’Australie ?")
        page.locator(".ad-abstained").wait_for()
        page.wait_for_timeout(300)
        page.screenshot(path=folder / f"{name}-abstained.png")
        _ask(page, "une panne ?")
        page.locator(".ad-failed").wait_for()
        page.wait_for_timeout(300)
        page.screenshot(path=folder / f"{name}-failed.png")
        page.close()
    _every_form(browser, address, folder)
    dossier.pace = 1.5
    for name, question in (("answer", QUESTION), *FORMS):
        page = _open(browser, address, DESKTOP)
        _ask(page, question)
        page.locator(".ad-claim").nth(1).wait_for()
        page.screenshot(path=folder / f"desktop-{name}-writing.png")
        page.close()
    dossier.shelf.clear()
    page = _open(browser, address, DESKTOP)
    page.screenshot(path=folder / "desktop-empty.png")
    blocks.close(verbose=False)


def _every_form(browser: Browser, address: str, folder: Path) -> None:
    for name, size, dark in LOOKS:
        for form, question in FORMS:
            page = _open(browser, address, size, dark=dark)
            _ask(page, question)
            page.locator(".ad-turn[aria-busy=false] .ad-claim").first.wait_for()
            page.wait_for_timeout(400)
            page.screenshot(path=folder / f"{name}-{form}.png")
            if (folded := page.locator(".ad-doubtful summary")).count():
                folded.click()
                page.locator(".ad-doubtful .ad-mark").first.click()
                page.locator("mark.ad-here").wait_for()
                page.wait_for_timeout(300)
                page.screenshot(path=folder / f"{name}-{form}-doubtful.png")
            page.close()


def _page_of_a_pdf(browser: Browser, folder: Path) -> None:
    with TemporaryDirectory() as home:
        corpus = Path(home) / "corpus"
        corpus.mkdir()
        shutil.copy(Path(__file__).parent / "data" / "formats" / "revue.pdf", corpus)
        settings = Settings(corpus=corpus, index=Path(home) / "index")
        dossier = Dossier(settings, embedder=FakeEmbedder(), writer=FakeWriter())
        dossier.sync()
        blocks, _ = build(dossier)
        address = launch(blocks, "127.0.0.1", None, open_browser=False)
        for name, size, dark in LOOKS:
            page = _open(browser, address, size, dark=dark)
            _ask(page, PDF_QUESTION)
            page.locator(".ad-turn[aria-busy=false] .ad-mark").first.click()
            page.locator(".ad-as-image").click()
            page.locator(".ad-box").first.wait_for()
            page.mouse.move(2, 2)
            page.wait_for_timeout(500)
            page.screenshot(path=folder / f"{name}-page.png")
            page.close()
        blocks.close(verbose=False)


def _report(browser: Browser, folder: Path, file: Path) -> None:
    for name, size in (("report", (1100, 1500)), ("report-phone", PHONE)):
        page = browser.new_page(viewport={"width": size[0], "height": size[1]}, locale="fr-FR")
        page.goto(file.resolve().as_uri())
        page.screenshot(path=folder / f"{name}.png")
        page.close()


def main(folder: Path, address: str | None) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        if address is None:
            _every_state(browser, folder)
            _page_of_a_pdf(browser, folder)
        elif address.endswith(".html"):
            _report(browser, folder, Path(address))
        else:
            _running(browser, address, folder)
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else None)
