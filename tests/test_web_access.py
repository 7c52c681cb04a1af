"""Every screen of the chat against axe-core, hostile documents in a browser, and long talks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, Page, expect

from askdossier.core import (
    Citation,
    Claim,
    Document,
    Failure,
    IndexMismatch,
    Pending,
    Source,
    Span,
)
from askdossier.web.conversations import Conversations, Exchange
from askdossier.web.texts import TEXTS
from test_web_keeping import answered
from test_web_render import PAYLOADS
from web_browser import CHROMIUM, ask, chromium, served, violations
from web_fake import FakeDossier

pytestmark = [
    pytest.mark.browser,
    # Gradio 6.31 counts its requests in ways that pandas 3 deprecates.
    pytest.mark.filterwarnings("ignore::pandas.errors.Pandas4Warning"),
]
if not CHROMIUM.exists():
    pytest.skip("needs Debian's chromium", allow_module_level=True)

FRENCH = TEXTS["fr"]
DESKTOP, PHONE = (1280, 800), (375, 720)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


# --- axe-core -------------------------------------------------------------------------------------


def _open_side(page: Page) -> None:
    if page.locator(".ad-side").is_hidden():
        page.locator(".ad-side-opener").click()


def _answer(page: Page) -> None:
    ask(page, "Combien de personnes ?")
    expect(page.locator(".ad-turn[aria-busy=false] .ad-claim")).to_have_count(3)


def _menu(page: Page) -> None:
    page.locator(".ad-actions summary").first.click()


def _source(page: Page) -> None:
    page.keyboard.press("Escape")
    page.locator(".ad-mark").nth(3).click()
    expect(page.locator("mark.ad-here")).to_be_visible()


def _library(page: Page) -> None:
    page.locator(".ad-back").click()
    page.locator(".ad-scope summary").click()
    page.locator(".ad-pick").first.check()
    page.locator("#ad-wanted").fill("Kerlann")
    expect(page.locator(".ad-place").first).to_be_visible()


def _details(page: Page) -> None:
    page.locator(".ad-entry summary").first.click()
    page.get_by_role("button", name=FRENCH.describe).click()
    expect(page.get_by_role("dialog")).to_be_visible()


def _document(page: Page) -> None:
    page.get_by_role("dialog").get_by_role("button", name=FRENCH.cancel).click()
    page.locator(".ad-document").first.click()
    page.locator(".ad-removals summary").click()


def _conversations(page: Page) -> None:
    page.locator(".ad-back").click()
    page.get_by_role("tab", name=FRENCH.conversations).click()
    page.locator(".ad-conversation summary").first.click()


def _dialog(page: Page) -> None:
    page.get_by_role("button", name=FRENCH.rename).click()
    expect(page.get_by_role("dialog")).to_be_visible()


def _settings(page: Page) -> None:
    page.get_by_role("dialog").get_by_role("button", name=FRENCH.cancel).click()
    page.get_by_role("tab", name=FRENCH.settings).click()
    expect(page.get_by_label(FRENCH.strictness)).to_be_visible()
    page.get_by_text(FRENCH.catalogue).click()


def _abstained_and_failed(page: Page) -> None:
    page.keyboard.press("Escape")
    ask(page, "Quelle est la capitale de l’Australie ?")
    expect(page.locator(".ad-abstained")).to_be_visible()
    ask(page, "une panne ?")
    expect(page.locator(".ad-turn .ad-failed")).to_be_visible()


def _several_parts(page: Page) -> None:
    for question in ("Qu’énumère le dossier ?", "Que compare le dossier ?"):
        ask(page, question)
        folded = page.locator(".ad-turn.ad-last[aria-busy=false] .ad-doubtful summary")
        folded.click()


SCREENS: tuple[Callable[[Page], None], ...] = (
    _answer,
    _menu,
    _source,
    _library,
    _details,
    _document,
    _conversations,
    _dialog,
    _settings,
    _abstained_and_failed,
    _several_parts,
)


def by_day_and_night(page: Page) -> list[str]:
    """What axe-core finds in light and in dark; the page follows the system while it is open."""
    found = violations(page)
    page.emulate_media(color_scheme="dark")
    expect(page.locator("body")).to_have_class("dark")
    found += [f"dark: {one}" for one in violations(page)]
    page.emulate_media(color_scheme="light")
    return found


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_no_screen_shuts_anybody_out(browser: Browser, size: tuple[int, int]) -> None:
    dossier = FakeDossier(
        unread=(Failure("photo.xyz", "format not supported"),),
        changed_since=Pending(("new.md",), ("syndicat.md",)),
    )
    with served(browser, dossier) as visitors:
        page = visitors.open(size=size)
        found = {"welcome": by_day_and_night(page)}
        for screen in SCREENS:
            if screen is _library and size == PHONE:
                _open_side(page)
            screen(page)
            found[screen.__name__] = by_day_and_night(page)
        dossier.shelf.clear()
        found["empty"] = by_day_and_night(visitors.open(size=size))
    assert {name: words for name, words in found.items() if words} == {}


def test_trouble_shuts_nobody_out(browser: Browser) -> None:
    class Outdated(FakeDossier):
        def warm_up(self) -> None:
            raise IndexMismatch("made with another embedder")

    with served(browser, Outdated()) as visitors:
        page = visitors.open()
        expect(page.locator(".ad-work")).to_be_visible()
        assert violations(page) == []


# --- hostile documents ----------------------------------------------------------------------------


def test_payloads_do_nothing_on_any_screen(browser: Browser) -> None:
    """Documents, answers, quotes, names and reasons that try to be markup stay words."""
    dossier = FakeDossier()
    dossier.shelf.clear()
    claims = []
    for number, payload in enumerate(PAYLOADS):
        name = f"{number}.md"
        words = f"{payload}\nAvant {payload} après."
        source = Source(payload, "0", payload, payload, payload, payload, payload)
        dossier.shelf[name] = Document(name, payload, words, payload, source)
        citation = Citation(number + 1, name, Span(0, len(payload)), payload)
        claims.append(Claim(payload, "partly", (citation,), payload))
    # Reasons that differ: what many files fail for is told in one line.
    dossier.unread = tuple(Failure(each, f"{i} {each}") for i, each in enumerate(PAYLOADS))
    dossier.claims = tuple(claims)
    with served(browser, dossier) as visitors:
        page = visitors.open()
        page.on("dialog", lambda dialog: visitors.complaints.append(dialog.message))
        title = page.title()
        ask(page, PAYLOADS[0])
        turn = page.locator(".ad-turn[aria-busy=false]")
        expect(turn.locator(".ad-claim")).to_have_count(len(PAYLOADS))
        expect(page.locator(".ad-entry")).to_have_count(2 * len(PAYLOADS))
        for number in range(len(PAYLOADS)):
            page.locator(".ad-mark").nth(number).click()
            expect(page.locator(".ad-kicker")).to_contain_text(FRENCH.citation(number + 1))
        page.locator(".ad-back").click()
        page.locator(".ad-mark").first.hover()
        page.locator(".ad-entry summary").first.click()
        page.get_by_role("button", name=FRENCH.describe).click()
        expect(page.get_by_role("dialog").get_by_role("textbox")).to_have_count(6)
        page.get_by_role("dialog").get_by_role("button", name=FRENCH.cancel).click()
        page.get_by_role("tab", name=FRENCH.conversations).click()
        expect(page.locator(".ad-conversation")).to_have_count(1)
        page.reload()
        expect(page.locator(".ad-claim")).to_have_count(len(PAYLOADS))
        page.wait_for_timeout(300)
        assert page.title() == title
        assert (
            page.locator(".ad-page :is(img, script, iframe, svg, style, link, object)").count() == 0
        )
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        for box in (".ad-thread", ".ad-side"):
            assert page.locator(box).evaluate("node => node.scrollWidth <= node.clientWidth")
        visitors.cut = True


# --- a long conversation --------------------------------------------------------------------------


def test_a_hundred_answers_stay_quick(browser: Browser) -> None:
    """Counted in work, not in time: the machine may be busy."""
    dossier = FakeDossier()
    kept = Conversations(dossier.settings.index / "conversations")
    documents = {name: dossier.header(name) for name in dossier.documents}
    for number in range(100):
        turn = answered(f"Question {number} ?")
        kept.keep("0" * 16, Exchange(f"{number:016x}", datetime.now(UTC), turn, documents))
    with served(browser, dossier) as visitors:
        page = visitors.open()
        page.goto(f"{visitors.address}#c={'0' * 16}")
        expect(page.locator(".ad-turn")).to_have_count(100)
        page.wait_for_timeout(500)
        session = page.context.new_cdp_session(page)
        session.send("Performance.enable")

        def work() -> dict[str, float]:
            metrics = session.send("Performance.getMetrics")["metrics"]
            return {metric["name"]: metric["value"] for metric in metrics}

        before = work()
        page.locator("#ad-question").press_sequentially("Une question assez longue ?")
        for _ in range(20):
            page.locator(".ad-thread").evaluate("node => { node.scrollTop -= 400; }")
            page.wait_for_timeout(20)
        after = work()
        # Only what is in view is laid out: nowhere near a hundred answers for each of 47 frames.
        assert after["LayoutCount"] - before["LayoutCount"] < 400
        print({name: after[name] - before[name] for name in ("LayoutDuration", "TaskDuration")})
