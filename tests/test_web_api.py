"""The chat as an API, and behind a password."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Browser, expect

from askdossier.web.page import build, launch
from askdossier.web.turn import MOST_OPEN
from web_browser import CHROMIUM, Visitors, call, chromium, free_port, until
from web_fake import CLAIMS, DOCUMENTS, FakeDossier

pytestmark = [
    pytest.mark.browser,
    # Gradio 6.31 counts its requests in ways that pandas 3 deprecates.
    pytest.mark.filterwarnings("ignore::pandas.errors.Pandas4Warning"),
]

if not CHROMIUM.exists():
    pytest.skip("needs Debian's chromium", allow_module_level=True)


# Gradio leaves an event loop open where none is running; a browser has one running.
@pytest.fixture(scope="module", autouse=True)
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@contextmanager
def serving(dossier: FakeDossier, password: str = "", *, with_api: bool = False) -> Iterator[str]:
    blocks, chat = build(dossier, with_api=with_api)
    try:
        yield launch(blocks, "127.0.0.1", free_port(), open_browser=False, password=password)
    finally:
        chat.stop_all()
        blocks.close(verbose=False)


def named(address: str) -> dict[str, object]:
    with urlopen(f"{address}gradio_api/info") as answer:
        endpoints: dict[str, object] = json.loads(answer.read())["named_endpoints"]
    return endpoints


def test_search_ask_and_read_are_documented_and_work() -> None:
    with serving(FakeDossier(), with_api=True) as address:
        endpoints = named(address)
        assert set(endpoints) == {"/search", "/ask", "/ask_with_key", "/read", "/stop"}
        assert "exact words" in json.dumps(endpoints["/ask"])
        answer = call(address, "ask", "Combien ?")
        assert [claim["text"] for claim in answer["claims"]] == [claim.text for claim in CLAIMS]
        for source in answer["sources"]:
            read = call(address, "read", source["document"], source["start"], source["end"])
            assert read["text"] == source["quote"]
            assert read["title"] == DOCUMENTS[source["document"]].title
        (hit,) = call(address, "search", "criée", 5)
        text = DOCUMENTS[hit["document"]].text
        assert text[hit["start"] : hit["end"]] == hit["text"]
        with pytest.raises(RuntimeError, match="not among the documents"):
            call(address, "read", "nowhere.md", 0, 0)
        with pytest.raises(RuntimeError, match="Relancez"):
            call(address, "ask", "une panne ?")


def test_a_question_is_called_off() -> None:
    dossier = FakeDossier(pace=60)
    with serving(dossier, with_api=True) as address, ThreadPoolExecutor() as threads:
        assert call(address, "stop", "mine") == 0
        asking = threads.submit(call, address, "ask_with_key", "Combien ?", "mine")
        until(lambda: dossier.writing == 1)
        for another in "Combien ?", "Mine", "":
            assert call(address, "stop", another) == 0
        assert call(address, "stop", "mine") == 1
        with pytest.raises(RuntimeError, match="called off"):
            asking.result()
        assert dossier.writing == 0
        assert call(address, "stop", "mine") == 0
        dossier.pace = 0
        assert call(address, "ask", "Combien ?")["claims"]


def test_however_many_wait_the_page_still_loads() -> None:
    dossier = FakeDossier(pace=60)
    with serving(dossier, with_api=True) as address:
        body = json.dumps({"data": ["Combien ?", "mine"]}).encode()
        for _ in range(MOST_OPEN):
            headers = {"Content-Type": "application/json"}
            urlopen(Request(f"{address}gradio_api/call/ask_with_key", body, headers)).close()
        until(lambda: dossier.most_writing == 1, 30)
        begun = time.monotonic()
        for _ in range(10):
            with urlopen(address, timeout=5) as page:
                assert page.status == 200
            assert call(address, "search", "criée", 5)
        assert time.monotonic() - begun < 10
        with pytest.raises(RuntimeError, match=f"{MOST_OPEN} questions"):
            call(address, "ask", "Combien ?")
        assert call(address, "stop", "mine") == MOST_OPEN
        until(lambda: not dossier.writing)
        dossier.pace = 0
        assert call(address, "ask", "Et alors ?")["claims"]


def test_nothing_can_be_called_unless_it_is_wanted() -> None:
    with serving(FakeDossier()) as address:
        assert named(address) == {}


def test_a_password_keeps_strangers_out(browser: Browser) -> None:
    with serving(FakeDossier(), "sesame", with_api=True) as address:
        for path, body in (
            ("config", None),
            ("gradio_api/info", None),
            ("gradio_api/component_server", b'{"fn_name": "library", "data": [{}]}'),
            ("gradio_api/call/ask", b'{"data": ["Combien ?"]}'),
        ):
            asked = Request(address + path, body, {"Content-Type": "application/json"})
            with pytest.raises(HTTPError) as refusal:
                urlopen(asked)
            refusal.value.close()
            assert refusal.value.code == 401
        with urlopen(f"{address}login", b"username=askdossier&password=sesame") as answer:
            cookie = "; ".join(
                value.split(";")[0] for value in answer.headers.get_all("set-cookie") or ()
            )
        assert call(address, "ask", "Combien ?", cookie=cookie)["claims"]
        visitors = Visitors(browser, address)
        page = browser.new_page()
        page.on("request", lambda request: visitors.requests.append(request.url))
        page.goto(address)
        expect(page.locator("input[type=password]")).to_be_visible()
        expect(page.locator("#ad-question")).to_have_count(0)
        page.locator("input").first.fill("askdossier")
        page.locator("input[type=password]").fill("sesame")
        page.keyboard.press("Enter")
        expect(page.locator("#ad-question")).to_be_visible()
        page.close()
        visitors.check()
