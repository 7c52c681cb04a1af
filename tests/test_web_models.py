"""The chat in a real browser with the default models, over the sample dossier.

One ``askdossier chat`` serves all tests, in a process of its own, as a user starts it.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import docx
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from askdossier import core
from askdossier.web.texts import TEXTS
from pdf_writer import column, write_pdf
from web_browser import CHROMIUM, Visitors, ask, call, chromium, free_port, until

pytestmark = [
    pytest.mark.browser,
    pytest.mark.models,
]

if not CHROMIUM.exists():
    pytest.skip("needs Debian's chromium", allow_module_level=True)

ROOT = Path(__file__).parents[1]
FRENCH, ENGLISH = TEXTS["fr"], TEXTS["en"]
LONG = 300_000
"""Milliseconds: an answer takes ten seconds on two cores, and any number on a busy machine."""


class Served:
    """``askdossier chat`` over a copy of ``corpus/``, to which the chat may add files."""

    def __init__(self, home: Path) -> None:
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}/"
        self.log = home / "log.txt"
        self.corpus = home / "corpus"
        shutil.copytree(ROOT / "corpus", self.corpus)
        command = "from askdossier.cli import app; app()"
        arguments = ["chat", self.corpus, "--index", home / "index", "--port", self.port, "--api"]
        with self.log.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-c", command, *map(str, arguments)],
                stdout=output,
                stderr=subprocess.STDOUT,
                env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
            )
        until(self._answers, seconds=900)

    def _answers(self) -> bool:
        assert self.process.poll() is None, self.log.read_text(encoding="utf-8")
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def seconds_of_work(self) -> float:
        """Processor time that the process has used."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def must_rest(self) -> None:
        """What is being read is read to the end of its chunk, a second of work or so; no more."""
        before = self.seconds_of_work()
        until(self._rests, seconds=60)
        assert self.seconds_of_work() - before < 4

    def _rests(self) -> bool:
        before = self.seconds_of_work()
        time.sleep(1)
        return self.seconds_of_work() - before < 0.5

    def end(self) -> None:
        self.process.send_signal(signal.SIGINT)
        self.process.wait(120)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    served = Served(tmp_path_factory.mktemp("chat"))
    yield served
    served.end()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def readers(browser: Browser, served: Served) -> Iterator[Visitors]:
    """Checks at the end that nothing was complained of, and no other host was asked."""
    visitors = Visitors(browser, served.address)
    yield visitors
    visitors.leave()
    visitors.check()


def opened(readers: Visitors, locale: str = "fr-FR", size: tuple[int, int] = (1280, 800)) -> Page:
    page = readers.open(locale, size)
    expect(page.locator("#ad-question")).to_be_enabled(timeout=LONG)
    expect(page.locator(".ad-work")).to_be_hidden(timeout=LONG)
    return page


def answered(page: Page, number: int = 0) -> None:
    turn = page.locator(".ad-turn").nth(number)
    expect(turn).to_have_attribute("aria-busy", "false", timeout=LONG)


def must_open_at_its_quote(page: Page, mark: int = 0) -> str:
    """Follow a citation; exactly the quoted words must be highlighted, and in view."""
    clicked = page.locator(".ad-mark").nth(mark)
    clicked.click()
    shown = page.locator(".ad-text mark.ad-here")
    expect(shown.first).to_be_in_viewport(ratio=1)
    expect(page.locator(".ad-origin h2")).to_be_in_viewport()
    words = "\n".join(shown.all_text_contents())
    assert words == clicked.get_attribute("data-quote")
    return words


# --- reading --------------------------------------------------------------------------------------


def test_an_answer_comes_sentence_by_sentence_and_opens_at_its_words(readers: Visitors) -> None:
    page = opened(readers)
    ask(page, "Combien de signataires compte l’appel de Montfaugères au 10 février ?")
    expect(page.locator(".ad-turn[aria-busy=true] .ad-card").first).to_be_visible(timeout=LONG)
    expect(page.locator(".ad-turn[aria-busy=true] .ad-claim")).to_have_count(0)
    answered(page)
    expect(page.locator(".ad-answer")).to_contain_text(re.compile(r"1\s?842"))
    expect(page.locator(".ad-mark").first).to_have_text("[1]")
    assert re.search(r"1\s?842", must_open_at_its_quote(page))
    expect(page.locator(".ad-origin")).to_contain_text("2026")


def test_what_the_sample_dossier_does_not_say(readers: Visitors) -> None:
    page = opened(readers)
    ask(page, "Quelle est la capitale de l’Australie ?")
    answered(page)
    expect(page.locator(".ad-abstained")).to_contain_text(FRENCH.abstained)
    expect(page.locator(".ad-claim")).to_have_count(0)


def test_stop_frees_the_processor(readers: Visitors, served: Served) -> None:
    page = opened(readers)
    ask(page, "Que demande l’appel de Montfaugères, et pourquoi ?")
    expect(page.locator(".ad-card").first).to_be_visible(timeout=LONG)
    page.get_by_role("button", name=FRENCH.stop).click()
    expect(page.get_by_role("button", name=FRENCH.ask)).to_be_visible()
    expect(page.locator(".ad-status")).to_have_text(FRENCH.stopped, timeout=30_000)
    served.must_rest()
    ask(page, "Combien d’adhérents le collectif Main-d’Encre réunit-il ?")
    answered(page, 1)
    expect(page.locator(".ad-turn").nth(1).locator(".ad-answer")).to_contain_text("480")


def test_a_question_that_a_program_calls_off_frees_the_processor(served: Served) -> None:
    # One that takes many readings: it must not be answered before it is called off.
    question = "Que dit le dossier de la rémunération des artistes ?"
    with ThreadPoolExecutor() as threads:
        before = served.seconds_of_work()
        asking = threads.submit(call, served.address, "ask_with_key", question, "a long key")
        until(lambda: served.seconds_of_work() - before > 1, seconds=60)
        assert call(served.address, "stop", question) == 0  # who only knows the question
        assert call(served.address, "stop", "a long key") == 1
        with pytest.raises(RuntimeError, match="called off"):
            asking.result()
    served.must_rest()
    answer = call(
        served.address, "ask", "Combien d’adhérents le collectif Main-d’Encre réunit-il ?"
    )
    assert any("480" in claim["text"] for claim in answer["claims"])


def test_english_on_a_phone(readers: Visitors) -> None:
    page = opened(readers, "en-GB", (375, 667))
    assert page.evaluate("document.documentElement.lang") == "en"
    expect(page.get_by_role("heading", name=ENGLISH.welcome)).to_be_visible()
    ask(page, "How many volumes in French does Open Shelf hold?")
    answered(page)
    expect(page.locator(".ad-answer")).to_contain_text("31,500")
    expect(page.locator(".ad-status")).to_contain_text("Answered in")
    assert page.evaluate("document.documentElement.scrollWidth") == 375
    assert "31,500" in must_open_at_its_quote(page)
    assert page.evaluate("document.documentElement.scrollWidth") == 375


# --- a document of one's own ----------------------------------------------------------------------


def test_a_pdf_is_added_asked_about_followed_up_exported_and_found_again(
    readers: Visitors, served: Served, tmp_path: Path
) -> None:
    pages = [
        column(72, 700, ["*Carnet du patrimoine", "Les phares de la côte, commune par commune."]),
        column(
            72,
            700,
            [
                "Le phare de Brélévenez a été repeint en mai 2019 par une équipe de douze",
                "bénévoles. La lanterne avait été démontée en 1987.",
            ],
        ),
    ]
    write_pdf(tmp_path / "phare.pdf", pages, "Carnet du patrimoine")
    page = opened(readers)
    page.locator(".ad-side .ad-drop input").set_input_files(tmp_path / "phare.pdf")
    entry = page.locator('.ad-entry[data-document="phare.pdf"]')
    expect(entry).to_be_visible(timeout=LONG)
    expect(page.locator(".ad-work")).to_be_hidden(timeout=LONG)
    assert (served.corpus / "phare.pdf").exists()

    entry.get_by_role("checkbox").check()
    expect(page.locator(".ad-within")).to_contain_text(FRENCH.script["one"])
    ask(page, "En quelle année le phare de Brélévenez a-t-il été repeint ?")
    answered(page)
    expect(page.locator(".ad-answer")).to_contain_text("2019")
    origins = page.locator(".ad-card button, .ad-mark").evaluate_all(
        "nodes => nodes.map(node => node.dataset.document)"
    )
    assert set(origins) == {"phare.pdf"}
    assert "mai 2019" in must_open_at_its_quote(page)
    expect(page.locator(".ad-kicker")).to_contain_text(FRENCH.locator(core.Locator(2)))

    ask(page, "Et par qui ?")
    answered(page, 1)
    expect(page.locator(".ad-standalone")).to_contain_text(re.compile("phare|Brélévenez"))
    expect(page.locator(".ad-turn").nth(1).locator(".ad-answer")).to_contain_text("bénévoles")

    page.keyboard.press("Escape")
    page.get_by_role("tab", name=FRENCH.conversations).click()
    for format_ in FORMATS:
        words = exported(page, page.locator(".ad-conversation").first, format_)
        assert "En quelle année" in words
        assert "mai 2019" in words
        assert "phare.pdf" in words

    page.reload()
    expect(page.locator(".ad-turn")).to_have_count(2)
    expect(page.locator(".ad-turn").first).to_contain_text("2019")
    assert "mai 2019" in must_open_at_its_quote(page)
    readers.cut = True


FORMATS = ("markdown", "docx", "json")


def exported(page: Page, entry: Locator, format_: str) -> str:
    """What the file says that an entry of the list of conversations is exported to."""
    menu = entry.locator(".ad-menu", has=page.locator("[data-format]"))
    menu.locator("summary").click()
    with page.expect_download() as download:
        menu.locator(f'[data-format="{format_}"]').click()
    saved = Path(download.value.path())
    if format_ == "docx":
        return "\n".join(paragraph.text for paragraph in docx.Document(str(saved)).paragraphs)
    text = saved.read_text("utf-8")
    return text if format_ == "markdown" else json.dumps(json.loads(text), ensure_ascii=False)


# --- four at once ---------------------------------------------------------------------------------

QUESTIONS = (
    # The first takes many readings: the others must be in line before it is answered.
    ("Que dit le dossier de la rémunération des artistes ?", ""),
    ("Combien de personnes Ludimage emploie-t-elle ?", "112"),
    ("De combien de dessins se compose La Nuit des barges ?", r"96\s?000"),
    ("Combien d’adhérents le collectif Main-d’Encre réunit-il ?", "480"),
)


def test_four_browsers_at_once_are_served_in_their_order(readers: Visitors, served: Served) -> None:
    pages = [opened(readers) for _ in QUESTIONS]
    for place, (page, (question, _)) in enumerate(zip(pages, QUESTIONS, strict=True)):
        ask(page, question)
        expect(page.locator(".ad-card").first).to_be_visible(timeout=LONG)
        if place:
            expect(page.locator(".ad-status")).to_have_text(FRENCH.waiting(place))
    gone, *others = pages
    gone.close()
    for place, page in enumerate(others):  # the work of the closed tab is given up
        status = FRENCH.waiting(place) if place else FRENCH.writing
        expect(page.locator(".ad-status")).to_have_text(status, timeout=30_000)
    for page, following, (question, expected) in zip(
        others, [*others[1:], None], QUESTIONS[1:], strict=True
    ):
        answered(page)
        if following is not None:
            expect(following.locator(".ad-turn")).to_have_attribute("aria-busy", "true")
        expect(page.locator(".ad-question")).to_contain_text(question)
        expect(page.locator(".ad-answer")).to_contain_text(re.compile(expected))
        for _, other in QUESTIONS[1:]:
            if other != expected:
                expect(page.locator(".ad-answer")).not_to_contain_text(re.compile(other))
    served.must_rest()
