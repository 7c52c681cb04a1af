"""The chat in a real browser, over prepared answers."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import docx
import pytest
from playwright.sync_api import Browser, expect

from askdossier.core import (
    ConsentMissing,
    Document,
    DossierError,
    Filter,
    IndexMismatch,
    InvalidQuestion,
    Pending,
    Profile,
    Source,
)
from askdossier.dossier import Dossier
from askdossier.settings import Settings
from askdossier.web.page import build, launch
from askdossier.web.preferences import remembered
from askdossier.web.texts import TEXTS
from fakes import FakeEmbedder, FakeWriter
from pdf_writer import column, write_pdf
from web_browser import CHROMIUM, Visitors, ask, chromium, free_port, served, until, violations
from web_fake import CLAIMS, COMPARED, DOCUMENTS, LISTED, FakeDossier

pytestmark = [
    pytest.mark.browser,
    # Gradio 6.31 counts its requests in ways that pandas 3 deprecates.
    pytest.mark.filterwarnings("ignore::pandas.errors.Pandas4Warning"),
]

ROOT = Path(__file__).parents[1]
FRENCH = TEXTS["fr"]
QUESTION = "Combien de personnes travaillaient à la criée ?"

if not CHROMIUM.exists():
    pytest.skip("needs Debian's chromium", allow_module_level=True)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def dossier() -> FakeDossier:
    return FakeDossier()


@pytest.fixture
def visitors(browser: Browser, dossier: FakeDossier) -> Iterator[Visitors]:
    with served(browser, dossier) as visitors:
        yield visitors


# --- reading an answer ---


def test_a_mark_opens_the_source_at_the_exact_words(visitors: Visitors) -> None:
    page = visitors.open()
    ask(page, QUESTION)
    expect(page.locator(".ad-turn[aria-busy=false] .ad-claim")).to_have_count(3)
    for number, citation in enumerate([c for claim in CLAIMS for c in claim.citations]):
        page.locator(".ad-mark").nth(number).click()
        mark = page.locator(".ad-text mark.ad-here")
        expect(mark).to_have_text(citation.quote)
        assert mark.evaluate("node => node.textContent") == citation.quote
        expect(mark).to_be_in_viewport(ratio=1)
        expect(page.locator(".ad-origin")).to_contain_text(DOCUMENTS[citation.document].title)
        expect(page.locator(".ad-origin h2")).to_be_in_viewport()
        expect(page.locator(".ad-mark").nth(number)).to_have_attribute("aria-current", "true")
    origin = page.locator(".ad-origin")
    for words in ("Anna Le Goff", "Le Courrier des ports", "8 novembre 2025", "CC BY 4.0"):
        expect(origin).to_contain_text(words)
    link = origin.get_by_role("link")
    expect(link).to_have_attribute("href", "https://example.org/presse/criee")


def test_evidence_is_shown_before_the_first_sentence(
    visitors: Visitors, dossier: FakeDossier
) -> None:
    dossier.pace = 60
    page = visitors.open()
    ask(page, QUESTION)
    expect(page.locator(".ad-card")).to_have_count(5)
    expect(page.locator(".ad-claim")).to_have_count(0)
    page.locator(".ad-card button").nth(1).click()
    expect(page.locator(".ad-text mark.ad-here")).to_be_in_viewport(ratio=1)
    page.get_by_role("button", name=FRENCH.stop).click()


def test_the_keyboard_is_enough(visitors: Visitors) -> None:
    page = visitors.open()
    expect(page.locator("#ad-question")).to_be_focused()
    page.keyboard.type(QUESTION)
    page.keyboard.press("Enter")
    expect(page.locator(".ad-turn[aria-busy=false] .ad-claim")).to_have_count(3)
    sentence = page.locator(".ad-sentence").first
    while not sentence.evaluate("node => node === document.activeElement"):
        page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".ad-text mark.ad-here")).to_have_text(CLAIMS[0].citations[0].quote)
    expect(page.locator(".ad-origin h2")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".ad-source")).to_be_hidden()
    expect(sentence).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator(".ad-preview")).to_contain_text(CLAIMS[0].citations[0].quote)
    page.keyboard.press("/")
    expect(page.locator("#ad-question")).to_be_focused()
    expect(page.locator("#ad-question")).to_have_value("")


def test_pointing_at_a_mark_previews_its_quote(visitors: Visitors) -> None:
    page = visitors.open()
    ask(page, QUESTION)
    mark = page.locator(".ad-mark").nth(2)
    mark.hover()
    preview = page.get_by_role("tooltip")
    expect(preview).to_contain_text(CLAIMS[1].citations[0].quote)
    expect(preview).to_contain_text(DOCUMENTS["syndicat.md"].title)
    expect(preview).to_be_in_viewport(ratio=1)
    page.mouse.move(2, 2)
    expect(preview).to_be_hidden()


def test_what_the_reader_unfolded_and_focused_stays_while_sentences_arrive(
    visitors: Visitors, dossier: FakeDossier
) -> None:
    dossier.pace = 1.0
    page = visitors.open()
    ask(page, QUESTION)
    card = page.locator(".ad-found .ad-card button").last
    card.focus()
    page.evaluate("window.held = document.activeElement")
    expect(page.locator(".ad-claim")).to_have_count(2)
    assert page.evaluate("window.held === document.activeElement")


def test_parts_stand_side_by_side_and_one_below_the_other_on_a_phone(visitors: Visitors) -> None:
    for size, beside in (((1280, 800), True), ((390, 844), False)):
        page = visitors.open(size=size)
        ask(page, "Que compare-t-on ?")
        done = page.locator(".ad-turn[aria-busy=false]")
        expect(done.locator(".ad-answer .ad-claim")).to_have_count(len(COMPARED.claims))
        expect(done.locator(".ad-answer").get_by_role("heading")).to_have_text(
            list(dict.fromkeys(claim.about for claim in COMPARED.claims))
        )
        expect(done.locator(".ad-answer").get_by_role("list")).to_have_count(3)
        boxes = [part.bounding_box() for part in done.locator(".ad-answer .ad-part").all()]
        tops = {round(box["y"]) for box in boxes if box}
        assert (len(tops) == 1) == beside
        assert len(tops) == (1 if beside else 3)


def test_what_was_left_out_is_folded_and_opens_its_sources(visitors: Visitors) -> None:
    page = visitors.open()
    ask(page, "Qu’énumère-t-on ?")
    expect(page.locator(".ad-turn[aria-busy=false] .ad-doubtful")).to_have_count(1)
    count = len(LISTED.claims)
    page.locator(".ad-mark").nth(count - 1).focus()
    page.keyboard.press("ArrowRight")  # what is folded is not gone to
    expect(page.locator(".ad-mark").nth(count - 1)).to_be_focused()
    page.locator(".ad-doubtful summary").focus()
    page.keyboard.press("Enter")
    page.locator(".ad-mark").nth(count - 1).focus()
    for claim in LISTED.doubtful:
        page.keyboard.press("ArrowRight")
        (citation,) = claim.citations
        expect(page.locator(f'.ad-mark[data-number="{citation.number}"]')).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".ad-text mark.ad-here")).to_have_text(citation.quote)
    page.reload()
    visitors.cut = True
    expect(page.locator(".ad-answer.ad-list .ad-claim")).to_have_count(count)
    expect(page.locator(".ad-doubtful .ad-claim")).to_have_count(2)
    expect(page.locator(".ad-remark")).to_have_text(LISTED.remark)


def test_a_list_grows_in_its_place_and_tells_how_far_it_is(
    visitors: Visitors, dossier: FakeDossier
) -> None:
    dossier.pace = 0.7
    page = visitors.open()
    ask(page, "Qu’énumère-t-on ?")
    expect(page.locator(".ad-message")).to_have_text(LISTED.message)
    first = page.locator(".ad-sentence").first
    first.focus()
    page.evaluate("window.held = document.activeElement")
    expect(page.locator(".ad-status")).to_contain_text(FRENCH.checked(4))
    expect(page.locator(".ad-status")).to_be_in_viewport()
    assert page.evaluate("window.held === document.activeElement")
    page.get_by_role("button", name=FRENCH.stop).click()
    expect(page.locator(".ad-turn[aria-busy=false] .ad-status")).to_contain_text(FRENCH.stopped)
    expect(page.locator(".ad-list ul .ad-claim")).to_have_count(4)


def test_an_abstention_shows_the_nearest_passages(visitors: Visitors) -> None:
    page = visitors.open()
    ask(page, "Quelle est la capitale de l’Australie ?")
    expect(page.locator(".ad-abstained")).to_contain_text(FRENCH.abstained)
    expect(page.locator(".ad-found h3")).to_have_text(FRENCH.nearest)
    expect(page.locator(".ad-card")).to_have_count(5)


def test_the_library_opens_documents(visitors: Visitors) -> None:
    page = visitors.open()
    page.locator(".ad-document", has_text=DOCUMENTS["harbours.md"].title).click()
    expect(page.locator(".ad-text")).to_contain_text("by fax")
    expect(page.locator(".ad-text mark")).to_have_count(0)
    page.locator(".ad-removals summary").click()
    expect(page.locator(".ad-removals")).to_contain_text("Accueil | Contact")
    page.get_by_role("button", name=FRENCH.back).click()
    expect(page.locator(".ad-document")).to_have_count(3)


def test_the_source_marks_every_citation_and_the_arrows_go_through_them(
    visitors: Visitors,
) -> None:
    page = visitors.open()
    ask(page, QUESTION)
    page.locator(".ad-turn[aria-busy=false] .ad-mark").first.click()
    citations = [citation for claim in CLAIMS for citation in claim.citations]
    here, also = page.locator(".ad-text mark.ad-here"), page.locator(".ad-text mark.ad-also")
    for at, citation in enumerate(citations):
        expect(here).to_have_text(citation.quote)
        expect(here).to_be_in_viewport(ratio=1)
        expect(page.locator(".ad-step")).to_have_text(FRENCH.step(at + 1, 4))
        others = {
            other.quote
            for other in citations
            if other.document == citation.document and other != citation
        }
        assert set(also.all_text_contents()) == others
        page.keyboard.press("ArrowRight")
    expect(page.locator(".ad-next")).to_be_disabled()
    page.keyboard.press("ArrowLeft")
    expect(here).to_have_text(citations[2].quote)
    page.locator(".ad-mark").first.focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator(".ad-mark").nth(1)).to_be_focused()


def test_selecting_words_shows_what_supports_them(visitors: Visitors) -> None:
    page = visitors.open()
    ask(page, QUESTION)
    sentence = page.locator(".ad-turn[aria-busy=false] .ad-sentence").first
    box = sentence.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 5, box["y"] + 12)
    page.mouse.down()
    page.mouse.move(box["x"] + 200, box["y"] + 12)
    page.mouse.up()
    preview = page.get_by_role("tooltip")
    for citation in CLAIMS[0].citations:
        expect(preview).to_contain_text(citation.quote)
    assert "criée" in preview.locator("b").all_text_contents()
    expect(page.locator(".ad-source")).to_be_hidden()


def test_the_page_of_a_pdf_is_shown_with_the_words_marked(browser: Browser, tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    lines = ["L’atelier de Kerlann emploie 34", "salariés depuis hier."]
    pages = [column(60, 700, ["Rapport annuel."]), column(60, 300, lines)]
    file = write_pdf(corpus / "rapport.pdf", pages)
    settings = Settings(corpus=corpus, index=tmp_path / "index")
    dossier = Dossier(settings, embedder=FakeEmbedder(), writer=FakeWriter())
    dossier.sync()
    with served(browser, dossier) as visitors:
        page = visitors.open()
        ask(page, "Combien de salariés l’atelier de Kerlann emploie-t-il ?")
        page.locator(".ad-turn[aria-busy=false] .ad-mark").first.click()
        mark = page.locator("mark.ad-here")
        expect(mark).to_have_text(" ".join(lines))
        button = page.get_by_role("button", name=FRENCH.as_image)
        button.click()
        image = page.get_by_role("img", name=FRENCH.page_image(2))
        expect(image).to_be_visible()
        assert image.evaluate("node => node.decode().then(() => node.naturalWidth)") > 1000
        boxes = page.locator(".ad-box")
        expect(boxes).to_have_count(2)
        for box in boxes.all():
            expect(box).to_be_in_viewport(ratio=1)
        expect(mark).to_be_hidden()
        expect(button).to_have_attribute("aria-pressed", "true")
        assert violations(page) == []
        button.click()
        expect(mark).to_be_in_viewport(ratio=1)
        expect(image).to_have_count(0)
        button.click()
        file.unlink()
        page.locator(".ad-sentence").first.click()  # the next source is shown in the same way
        expect(page.locator(".ad-source .ad-notice")).to_contain_text(FRENCH.no_image)
        button.click()
        expect(mark).to_be_visible()


# --- documents and settings ---


def test_documents_are_searched_by_title_and_text(visitors: Visitors) -> None:
    page = visitors.open()
    expect(page.locator(".ad-entry")).to_have_count(3)
    page.locator("#ad-wanted").fill("plaisance")
    expect(page.locator(".ad-entry")).to_have_count(1)
    page.locator(".ad-place").click()
    expect(page.locator(".ad-text mark.ad-here")).to_have_text("plaisance")
    page.locator(".ad-back").click()
    page.locator("#ad-wanted").fill("coastal")
    expect(page.locator(".ad-entry")).to_contain_text("Small harbours")
    page.locator("#ad-wanted").fill("zzz")
    expect(page.locator("#ad-list")).to_have_text(FRENCH.nothing_here)


def test_a_question_can_be_limited_to_documents_and_dates(
    visitors: Visitors, dossier: FakeDossier
) -> None:
    page = visitors.open()
    page.locator(".ad-entry", has_text="Small harbours").get_by_role("checkbox").check()
    expect(page.locator(".ad-within")).to_contain_text(FRENCH.script["one"])
    page.locator(".ad-scope summary").click()
    page.get_by_label(FRENCH.after, exact=True).fill("2024-01-01")
    page.get_by_label(FRENCH.before, exact=True).fill("2025-12-31")
    expect(page.locator(".ad-within")).to_contain_text("01/01/2024")
    ask(page, QUESTION)
    expect(page.locator(".ad-turn[aria-busy=false]")).to_have_count(1)
    assert dossier.within == Filter(
        frozenset({"harbours.md"}), after="2024-01-01", before="2026-01-01"
    )
    page.get_by_role("button", name=FRENCH.everything).click()
    expect(page.locator(".ad-within")).to_be_hidden()
    ask(page, QUESTION)
    expect(page.locator(".ad-turn[aria-busy=false]")).to_have_count(2)
    assert dossier.within is None


def test_documents_are_added_with_progress_and_taken_out(
    visitors: Visitors, dossier: FakeDossier, tmp_path: Path
) -> None:
    dossier.shelf.clear()
    dossier.pace = 1.5
    page = visitors.open()
    expect(page.get_by_role("heading", name=FRENCH.empty_title)).to_be_visible()
    expect(page.locator("#ad-question")).to_be_disabled()
    (tmp_path / "Une note.md").write_text("Une note\n\nLa grue a été vendue.", "utf-8")
    (tmp_path / "photo.xyz").write_bytes(b"?")
    page.locator(".ad-empty .ad-drop input").set_input_files(
        [tmp_path / "Une note.md", tmp_path / "photo.xyz"]
    )
    expect(page.locator(".ad-work")).to_contain_text(FRENCH.stages["reading"])
    expect(page.get_by_role("progressbar")).to_be_visible()
    expect(page.locator(".ad-entry")).to_have_count(2)
    expect(page.locator(".ad-failures")).to_contain_text("format non pris en charge")
    expect(page.get_by_role("heading", name=FRENCH.welcome)).to_be_visible()
    expect(page.locator("#ad-question")).to_be_enabled()
    assert (dossier.corpus / "Une note.md").read_text("utf-8").startswith("Une note")

    dossier.pace = 0
    (tmp_path / "Une note.md").write_text("Autre chose", "utf-8")
    transfer = page.evaluate_handle(
        """() => {
            const transfer = new DataTransfer();
            transfer.items.add(new File(["Autre chose"], "Une note.md"));
            return transfer;
        }"""
    )
    page.locator(".ad-thread").dispatch_event("drop", {"dataTransfer": transfer})
    expect(page.locator(".ad-entry")).to_have_count(3)
    assert (dossier.corpus / "Une note (2).md").read_text("utf-8") == "Autre chose"

    entry = page.locator(".ad-entry", has_text="Autre chose")
    entry.locator("summary").click()
    entry.get_by_role("button", name=FRENCH.take_out).click()
    page.get_by_role("dialog").get_by_role("button", name=FRENCH.script["takeOutDo"]).click()
    expect(page.locator(".ad-entry")).to_have_count(2)
    assert sorted(path.name for path in dossier.corpus.iterdir() if path.is_file()) == [
        "Une note.md",
        "photo.xyz",
    ]
    assert (dossier.corpus / ".removed" / "Une note (2).md").exists()


def test_a_document_is_described_anew(visitors: Visitors, dossier: FakeDossier) -> None:
    dossier.corpus.mkdir()
    page = visitors.open()
    entry = page.locator(".ad-entry", has_text=DOCUMENTS["harbours.md"].title)
    entry.locator("summary").click()
    entry.get_by_role("button", name=FRENCH.describe).click()
    box = page.get_by_role("dialog")
    expect(box.get_by_label(FRENCH.facts["publisher"])).to_have_value("The Coastal Review")
    box.get_by_label(FRENCH.facts["author"]).fill("Ada <b>Byron</b>")
    box.get_by_label(FRENCH.facts["date"]).fill("jamais")
    page.keyboard.press("Enter")
    expect(box.get_by_role("alert")).to_contain_text("jamais")
    expect(box.get_by_label(FRENCH.facts["author"])).to_have_value("Ada <b>Byron</b>")
    box.get_by_label(FRENCH.facts["date"]).fill("2023-04")
    box.get_by_role("button", name=FRENCH.script["save"]).click()
    expect(box).to_be_hidden()
    until(lambda: dossier.synced == 1)
    expect(entry).to_contain_text("Ada <b>Byron</b> · The Coastal Review · avril 2023")


def test_files_that_have_changed_are_told_and_indexed(
    visitors: Visitors, dossier: FakeDossier
) -> None:
    dossier.corpus.mkdir()
    dossier.changed_since = Pending(("neuf.md",), ("syndicat.md",), ("harbours.md",))
    page = visitors.open()
    notice = page.locator(".ad-pending")
    expect(notice).to_contain_text("1 nouveau, 1 modifié, 1 disparu")
    entries = page.locator(".ad-entry")
    for document, words in (
        ("presse/criee.md", "indexé le 7 novembre 2026"),
        ("syndicat.md", FRENCH.states["changed"]),
        ("harbours.md", FRENCH.states["gone"]),
    ):
        expect(entries.filter(has_text=DOCUMENTS[document].title)).to_contain_text(words)
    notice.get_by_role("button", name=FRENCH.reindex).click()
    expect(notice).to_have_count(0)
    assert dossier.synced == 1
    dossier.changed_since = Pending(("neuf.md",))
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")  # the reader is back
    expect(notice).to_be_visible()


def test_many_documents_leave_only_when_the_reader_says_so(
    browser: Browser, tmp_path: Path
) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    for name in "abcdef":
        (corpus / f"{name}.md").write_text(
            f"# Note {name}\n\nLa grue {name} a été vendue.", "utf-8"
        )
    settings = Settings(corpus, tmp_path / "index")
    dossier = Dossier(settings, embedder=FakeEmbedder(), writer=FakeWriter())
    dossier.sync()
    with served(browser, dossier) as visitors:
        page = visitors.open()
        entries, box = page.locator(".ad-entry"), page.get_by_role("dialog")
        expect(entries).to_have_count(6)
        for name in "abc":
            (corpus / f"{name}.md").rename(tmp_path / f"{name}.md")
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
        reindex = page.locator(".ad-pending").get_by_role("button", name=FRENCH.reindex)
        reindex.click()
        expect(box).to_contain_text(FRENCH.script["leave"], timeout=30_000)
        expect(box).to_contain_text("3")
        expect(box.locator(".ad-cancel")).to_be_focused()  # the careless keep everything
        page.keyboard.press("Enter")
        expect(box).to_be_hidden()
        expect(entries).to_have_count(6)
        assert len(dossier.documents) == 6

        reindex.click()
        box.get_by_role("button", name=FRENCH.script["leaveDo"]).click()
        expect(entries).to_have_count(3, timeout=30_000)
        assert sorted(dossier.documents) == ["d.md", "e.md", "f.md"]

        # What was confirmed is no leave for others.
        for name in "de":
            (corpus / f"{name}.md").rename(tmp_path / f"{name}.md")
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
        reindex.click()
        expect(box).to_contain_text("2", timeout=30_000)
        page.keyboard.press("Escape")
        expect(entries).to_have_count(3)


def test_settings_change_language_and_strictness(visitors: Visitors, dossier: FakeDossier) -> None:
    page = visitors.open()
    page.get_by_role("tab", name=FRENCH.settings).click()
    panel = page.locator("#ad-panel-settings")
    expect(panel).to_contain_text("prepared answers")
    expect(panel).to_contain_text(str(dossier.settings.index))
    panel.get_by_text(FRENCH.catalogue).click()
    expect(panel).to_contain_text("askdossier models pull qwen-0.5b")
    page.get_by_label(FRENCH.strictness).fill("0.8")
    until(lambda: dossier.settings.strictness == 0.8)
    given = Settings(corpus=dossier.settings.corpus, index=dossier.settings.index)
    until(lambda: remembered(given).strictness == 0.8)  # as at the next start
    with page.expect_navigation():
        page.get_by_label(FRENCH.interface).select_option("en")
    expect(page.get_by_role("heading", name=TEXTS["en"].welcome)).to_be_visible()
    (chosen,) = [c for c in page.context.cookies() if c.get("name") == "ad-language"]
    assert chosen.get("expires", 0) > time.time() + 300 * 86_400  # outlives browser and program
    visitors.cut = True


def test_suggested_questions_come_from_the_dossier(
    visitors: Visitors, dossier: FakeDossier
) -> None:
    visitors.open()  # which begins to look for them, once nobody has asked for a while
    until((dossier.settings.index / "suggestions.json").exists, seconds=60)
    until(lambda: '"whole": true' in (dossier.settings.index / "suggestions.json").read_text())
    page = visitors.open()
    suggested = page.get_by_role("list", name=FRENCH.suggested).get_by_role("button")
    expect(suggested).to_have_count(3)
    words = suggested.first.inner_text()
    assert any(document.title in words for document in DOCUMENTS.values())
    suggested.first.click()
    until(lambda: dossier.log == [(words, "answered")])


# --- conversations ---


def test_conversations_are_found_again_named_and_deleted(
    visitors: Visitors, dossier: FakeDossier
) -> None:
    page = visitors.open()
    ask(page, QUESTION)
    expect(page.locator(".ad-turn[aria-busy=false] .ad-claim")).to_have_count(3)
    ask(page, "Et écho ?")
    expect(page.locator(".ad-turn[aria-busy=false]")).to_have_count(2)
    assert [turn.question for turn in dossier.history] == [QUESTION]
    page.reload()
    expect(page.locator(".ad-turn[aria-busy=false]")).to_have_count(2)
    page.locator(".ad-mark").first.click()
    expect(page.locator(".ad-text mark.ad-here")).to_have_text(CLAIMS[0].citations[0].quote)
    page.keyboard.press("Escape")
    page.get_by_role("button", name=FRENCH.new).click()
    expect(page.locator(".ad-welcome")).to_be_visible()
    ask(page, "écho neuf")
    expect(page.locator(".ad-turn[aria-busy=false] .ad-claim")).to_have_count(1)

    page.get_by_role("tab", name=FRENCH.conversations).click()
    entries = page.locator(".ad-conversation")
    expect(entries).to_have_count(2)
    expect(entries.first).to_contain_text("écho neuf")
    entries.first.locator("summary").click()
    entries.first.get_by_role("button", name=FRENCH.rename).click()
    page.get_by_role("textbox", name=FRENCH.script["name"]).fill("<b>Nommée</b>")
    page.keyboard.press("Enter")
    expect(entries.first).to_contain_text("<b>Nommée</b>")
    page.get_by_role("searchbox", name=FRENCH.search_said).fill("quarante-deux CRIEE")
    expect(entries).to_have_count(1)
    expect(entries).to_contain_text(QUESTION)
    expect(entries).to_contain_text(FRENCH.questions(2))
    page.get_by_role("searchbox", name=FRENCH.search_said).fill("zzz")
    expect(page.locator("#ad-conversations")).to_have_text(FRENCH.nothing_said)
    page.get_by_role("searchbox", name=FRENCH.search_said).fill("")
    expect(entries).to_have_count(2)
    entries.nth(1).locator(".ad-document").click()
    expect(page.locator(".ad-turn")).to_have_count(2)
    page.go_back()
    expect(page.locator(".ad-turn")).to_have_count(1)
    entries.first.locator("summary").click()
    entries.first.get_by_role("button", name=FRENCH.delete).click()
    page.get_by_role("dialog").get_by_role("button", name=FRENCH.delete).click()
    expect(entries).to_have_count(1)
    expect(page.locator(".ad-welcome")).to_be_visible()
    assert len(list((dossier.settings.index / "conversations").iterdir())) == 1
    visitors.cut = True


def test_an_answer_can_be_tried_again_edited_and_undone(
    visitors: Visitors, dossier: FakeDossier
) -> None:
    page = visitors.open()
    ask(page, "écho un")
    ask_again = page.locator(".ad-turn[aria-busy=false]").get_by_role("button", name=FRENCH.retry)
    ask_again.click()
    until(lambda: [asked for asked, _ in dossier.log] == ["écho un", "écho un"])
    last = page.locator(".ad-turn").last
    expect(page.locator(".ad-turn[aria-busy=false]")).to_have_count(1)
    last.get_by_role("button", name=FRENCH.edit).click()
    expect(page.locator("#ad-question")).to_have_value("écho un")
    ask(page, "écho deux")
    expect(page.locator(".ad-turn[aria-busy=false] .ad-sentence")).to_have_text(
        "Écho de écho deux."
    )
    expect(page.locator(".ad-turn")).to_have_count(1)
    ask(page, "écho trois")
    expect(page.locator(".ad-turn[aria-busy=false]")).to_have_count(2)
    last.get_by_role("button", name=FRENCH.undo).click()
    expect(page.locator(".ad-turn")).to_have_count(1)
    expect(page.locator("#ad-question")).to_have_value("écho trois")
    page.reload()
    expect(page.locator(".ad-sentence")).to_have_text("Écho de écho deux.")
    visitors.cut = True


def test_an_answer_is_copied_exported_and_judged(visitors: Visitors, dossier: FakeDossier) -> None:
    page = visitors.open()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    ask(page, QUESTION)
    turn = page.locator(".ad-turn[aria-busy=false]")
    turn.get_by_role("button", name=FRENCH.copy).click()
    expect(page.locator(".ad-note")).to_have_text(FRENCH.script["copied"])
    copied = page.evaluate("navigator.clipboard.readText()")
    for citation in (citation for claim in CLAIMS for citation in claim.citations):
        assert f"[{citation.number}] «\N{NO-BREAK SPACE}{citation.quote}" in copied

    page.get_by_role("tab", name=FRENCH.conversations).click()
    for place in (turn, page.locator(".ad-conversation")):
        for format_, name in FRENCH.formats.items():
            place.locator(".ad-menu", has=page.locator("[data-format]")).locator("summary").click()
            with page.expect_download() as download:
                place.locator(f'[data-format="{format_}"]').click()
            assert download.value.suggested_filename.startswith("combien-de-personnes"), name
            saved = Path(download.value.path())
            if format_ == "docx":
                words = "\n".join(p.text for p in docx.Document(str(saved)).paragraphs)
            else:
                words = saved.read_text("utf-8")
            assert CLAIMS[0].citations[1].quote in words

    page.locator(".ad-mark").nth(2).click()
    expect(page.locator(".ad-text mark.ad-here")).to_be_visible()
    turn.locator("summary", has_text=FRENCH.judge).click()
    turn.get_by_role("button", name=FRENCH.judgements["wrong-source"]).click()
    page.get_by_role("textbox", name=FRENCH.script["comment"]).fill("ce n’est pas là")
    page.keyboard.press("Enter")
    expect(page.locator(".ad-note")).to_have_text(FRENCH.script["judged"])
    (line,) = (dossier.settings.index / "feedback.jsonl").read_text("utf-8").splitlines()
    said = json.loads(line)
    assert (said["kind"], said["comment"]) == ("wrong-source", "ce n’est pas là")
    assert said["citation"]["quote"] == CLAIMS[1].citations[0].quote


# --- stopping, waiting, failing ---


def test_stop_stops_and_the_next_question_works(visitors: Visitors, dossier: FakeDossier) -> None:
    dossier.pace = 60
    page = visitors.open()
    ask(page, QUESTION)
    expect(page.locator(".ad-card")).to_have_count(5)
    page.get_by_role("button", name=FRENCH.stop).click()
    expect(page.get_by_role("button", name=FRENCH.ask)).to_be_visible()
    until(lambda: dossier.log == [(QUESTION, "stopped")])
    expect(page.locator(".ad-status")).to_have_text(FRENCH.stopped)
    expect(page.locator("#ad-question")).to_be_focused()
    dossier.pace = 0
    ask(page, "Et ensuite ?")
    expect(page.locator(".ad-turn").nth(1).locator(".ad-claim")).to_have_count(3)
    expect(page.locator(".ad-turn").nth(0).locator(".ad-claim")).to_have_count(0)


def test_escape_stops_too(visitors: Visitors, dossier: FakeDossier) -> None:
    dossier.pace = 60
    page = visitors.open()
    ask(page, QUESTION)
    expect(page.locator(".ad-card")).to_have_count(5)
    page.keyboard.press("Escape")
    until(lambda: dossier.log == [(QUESTION, "stopped")])


@pytest.mark.parametrize("way", ["close", "reload"])
def test_a_tab_that_goes_away_frees_its_work(
    visitors: Visitors, dossier: FakeDossier, way: str
) -> None:
    dossier.pace = 60
    page = visitors.open()
    ask(page, QUESTION)
    expect(page.locator(".ad-card")).to_have_count(5)
    if way == "close":
        page.close()
    else:
        page.reload()
    until(lambda: dossier.log == [(QUESTION, "stopped")])
    visitors.cut = True


def test_people_wait_in_line_and_get_their_own_answers(
    visitors: Visitors, dossier: FakeDossier
) -> None:
    dossier.pace = 60
    first = visitors.open()
    ask(first, "écho premier")
    expect(first.locator(".ad-card")).to_have_count(5)
    others = []
    for number in (1, 2, 3):
        page = visitors.open()
        ask(page, f"écho {number}")
        expect(page.locator(".ad-status")).to_have_text(FRENCH.waiting(number))
        expect(page.locator(".ad-card")).to_have_count(5)
        others.append(page)
    others[1].get_by_role("button", name=FRENCH.stop).click()
    expect(others[2].locator(".ad-status")).to_have_text(FRENCH.waiting(2))
    dossier.pace = 0
    first.get_by_role("button", name=FRENCH.stop).click()
    for page, number in ((others[0], 1), (others[2], 3)):
        expect(page.locator(".ad-claim .ad-sentence")).to_have_text(f"Écho de écho {number}.")
    assert dossier.most_writing == 1
    assert [question for question, what in dossier.log if what == "answered"] == [
        "écho 1",
        "écho 3",
    ]


def test_errors_are_calm_and_say_what_to_do(visitors: Visitors, dossier: FakeDossier) -> None:
    page = visitors.open()
    ask(page, "   ")
    expect(page.locator(".ad-turn")).to_have_count(0)
    for number, (question, words) in enumerate(
        [
            ("une panne ?", "Relancez « askdossier chat »"),
            ("mot " * 2500, FRENCH.failures[InvalidQuestion][1]),
            ("imprévu", FRENCH.unexpected),
        ]
    ):
        ask(page, question)
        expect(page.locator(".ad-turn").nth(number).get_by_role("alert")).to_contain_text(words)
    ask(page, QUESTION)
    expect(page.locator(".ad-turn").nth(3).locator(".ad-claim")).to_have_count(3)
    until(lambda: len(dossier.log) >= 3)  # the last sentence is shown before the answer ends
    assert len(dossier.log) == 3  # what is too long is not even asked


def test_the_page_comes_up_while_the_models_load(browser: Browser, dossier: FakeDossier) -> None:
    dossier.loaded.clear()
    with served(browser, dossier) as visitors:
        page = visitors.open()
        expect(page.locator(".ad-work p")).to_have_text(FRENCH.loading)
        dossier.loaded.set()
        expect(page.locator(".ad-work")).to_be_hidden()


def test_models_that_do_not_load_are_told(browser: Browser) -> None:
    class Broken(FakeDossier):
        def warm_up(self) -> None:
            raise DossierError("Il manque le fichier x ; lancez « askdossier models pull ».")

    with served(browser, Broken()) as visitors:
        page = visitors.open()
        expect(page.locator(".ad-work")).to_contain_text("askdossier models pull")


def test_an_index_that_must_be_made_again_offers_to(browser: Browser) -> None:
    class Outdated(FakeDossier):
        def warm_up(self) -> None:
            if not self.synced:
                raise IndexMismatch("made with another embedder")

    dossier = Outdated()
    dossier.corpus.mkdir()
    with served(browser, dossier) as visitors:
        page = visitors.open()
        expect(page.locator(".ad-work")).to_contain_text(FRENCH.failures[IndexMismatch][0])
        page.locator(".ad-work").get_by_role("button", name=FRENCH.reindex).click()
        expect(page.locator(".ad-work")).to_be_hidden()
        assert dossier.synced == 1


def test_a_taken_port_is_a_clear_error(dossier: FakeDossier) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        blocks, _ = build(dossier)
        with pytest.raises(DossierError, match="--port"):
            launch(blocks, "127.0.0.1", taken.getsockname()[1], open_browser=False)


# --- safety and looks ---


def test_hostile_words_are_harmless_everywhere(visitors: Visitors, dossier: FakeDossier) -> None:
    evil = '<img src=x onerror="document.title=1"><script>document.title=2</script> {{1+1}} ${1}'
    dossier.shelf["evil.md"] = Document(
        "evil.md",
        evil,
        f"{evil}\n{'x' * 10_000}",
        "fr",
        Source("evil.md", "0", "javascript:document.title=3", evil, evil, evil, evil),
    )
    page = visitors.open()
    title = page.title()
    ask(page, f"hostile {evil}")
    expect(page.locator(".ad-claim")).to_have_count(1)
    page.locator(".ad-document").first.click()
    expect(page.locator(".ad-text")).to_contain_text("onerror")
    expect(page.locator(".ad-origin a")).to_have_count(0)
    page.locator(".ad-mark").hover()
    page.wait_for_timeout(200)
    assert page.title() == title
    assert page.locator(".ad-page img, .ad-page script").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert page.locator(".ad-side").evaluate("node => node.scrollWidth <= node.clientWidth")


@pytest.mark.parametrize(("locale", "language"), [("fr-FR", "fr"), ("en-GB", "en")])
def test_the_interface_speaks_the_language_of_the_browser(
    visitors: Visitors, locale: str, language: str
) -> None:
    texts = TEXTS["fr" if language == "fr" else "en"]
    page = visitors.open(locale)
    assert page.evaluate("document.documentElement.lang") == language
    expect(page.get_by_role("heading", name=texts.welcome)).to_be_visible()
    expect(page.get_by_role("textbox", name=texts.placeholder)).to_be_visible()
    ask(page, QUESTION)
    expect(page.locator(".ad-status").last).to_contain_text(texts.support["quoted"])


def test_a_phone_reads_comfortably(visitors: Visitors) -> None:
    page = visitors.open(size=(375, 667))
    ask(page, QUESTION)
    expect(page.locator(".ad-turn[aria-busy=false] .ad-claim")).to_have_count(3)
    assert page.evaluate("document.documentElement.scrollWidth") == 375
    expect(page.locator(".ad-side")).to_be_hidden()
    page.locator(".ad-mark").first.click()
    mark = page.locator(".ad-text mark.ad-here")
    expect(mark).to_have_text(CLAIMS[0].citations[0].quote)
    expect(mark).to_be_in_viewport(ratio=1)
    expect(page.locator(".ad-origin h2")).to_be_in_viewport()
    page.get_by_role("button", name=FRENCH.close).click()
    expect(page.locator(".ad-side")).to_be_hidden()


def test_an_empty_dossier_tells_how_to_begin(visitors: Visitors, dossier: FakeDossier) -> None:
    dossier.shelf.clear()
    page = visitors.open()
    expect(page.get_by_role("heading", name=FRENCH.empty_title)).to_be_visible()
    expect(page.locator("#ad-question")).to_be_disabled()


def test_the_page_refuses_other_hosts_by_policy(visitors: Visitors) -> None:
    with urlopen(visitors.address) as answer:
        assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
        assert answer.headers["Referrer-Policy"] == "no-referrer"


def test_another_name_for_this_machine_is_refused(visitors: Visitors) -> None:
    asked = Request(visitors.address, headers={"Host": "evil.example"})
    with pytest.raises(HTTPError) as refusal:
        urlopen(asked)
    refusal.value.close()
    assert refusal.value.code == 400


def test_a_server_that_is_gone_is_noticed(browser: Browser) -> None:
    dossier = FakeDossier(pace=60)
    blocks, chat = build(dossier)
    visitors = Visitors(browser, launch(blocks, "127.0.0.1", free_port(), open_browser=False))
    page = visitors.open()
    ask(page, QUESTION)
    expect(page.locator(".ad-card")).to_have_count(5)
    page.context.set_offline(True)
    expect(page.locator(".ad-note")).to_have_text(FRENCH.script["lost"], timeout=10_000)
    expect(page.get_by_role("button", name=FRENCH.ask)).to_be_visible()
    visitors.leave()
    visitors.complaints.clear()  # of the connection, as they should be
    visitors.check()
    chat.stop_all()
    blocks.close(verbose=False)


# --- a writer on another machine ---


class Elsewhere(FakeDossier):
    """Its writer is on another machine, and waits to be allowed."""

    def warm_up(self) -> None:
        if not self.allowed:
            raise ConsentMissing(
                "The writer ollama:large is at https://models.example:443, which is not this "
                "machine: questions and what they find in the documents would be sent there. If "
                "you want that, run: askdossier models allow https://models.example:443",
                origin="https://models.example:443",
            )


@pytest.mark.parametrize("agrees", [True, False])
def test_text_leaves_this_machine_only_when_the_reader_says_so(
    browser: Browser, agrees: bool
) -> None:
    dossier = Elsewhere()
    with served(browser, dossier) as visitors:
        page = visitors.open()
        box = page.locator(".ad-dialog[open]")
        expect(box).to_contain_text("https://models.example:443")
        expect(box).to_contain_text(FRENCH.script["allow"])
        if agrees:
            box.get_by_role("button", name=FRENCH.script["allowDo"]).click()
            until(lambda: dossier.allowed == ["https://models.example:443"])
            expect(page.locator(".ad-work")).to_be_hidden()
        else:
            box.get_by_role("button", name=FRENCH.cancel).click()
            expect(box).to_have_count(0)
            assert dossier.allowed == []


LOCAL = Profile("llama.cpp small", "http://127.0.0.1:8080", context=8192, schema=False)
AWAY = Profile("large", "https://models.example:443", leaves=True, context=32768, thinks=True)


def test_the_writer_is_chosen_in_the_settings(browser: Browser) -> None:
    away = "openai:https://models.example#large"
    dossier = FakeDossier(others={"ollama:small": LOCAL, away: AWAY})
    with served(browser, dossier) as visitors:
        page = visitors.open()
        page.get_by_role("tab", name=FRENCH.settings).click()
        panel, note = page.locator("#ad-panel-settings"), page.locator(".ad-choice-note")
        choice = panel.get_by_label(FRENCH.writer)
        use = panel.get_by_role("button", name=FRENCH.use_writer)
        expect(choice).to_have_value("default")
        expect(panel.get_by_label(FRENCH.server_address)).to_be_hidden()

        choice.select_option("ollama:small")
        use.click()
        expect(panel).to_contain_text(f"{FRENCH.abilities['logprobs']}\u00a0: {FRENCH.yes}")
        expect(panel).to_contain_text(f"{FRENCH.abilities['schema']}\u00a0: {FRENCH.no}")
        expect(panel).to_contain_text(FRENCH.strict_without)
        expect(note).to_have_text(FRENCH.script["chosen"])
        expect(choice).to_have_value("ollama:small")
        expect(choice).to_be_focused()
        assert dossier.settings.writer == "ollama:small"
        assert violations(page) == []

        choice.select_option(label=FRENCH.another_writer)
        address = panel.get_by_label(FRENCH.server_address)
        expect(address).to_be_focused()
        address.fill("openai:http://127.0.0.1:9#gone")
        address.press("Enter")
        expect(note).to_contain_text(FRENCH.old_writer_stays)
        expect(address).to_have_value("openai:http://127.0.0.1:9#gone")  # to be corrected

        box = page.locator(".ad-dialog[open]")
        for agrees in (False, True):
            address.fill(away)
            use.click()
            expect(box).to_contain_text(FRENCH.would_leave(away, AWAY.server))
            assert dossier.allowed == []
            name = FRENCH.script["allowDo"] if agrees else FRENCH.cancel
            box.get_by_role("button", name=name).click()
            expect(box).to_have_count(0)
        expect(panel).to_contain_text("quittent cette machine")
        assert dossier.allowed == [AWAY.server]
        assert remembered(Settings(index=dossier.settings.index)).writer == away
        expect(choice).to_have_value(away)


def test_the_writer_is_chosen_on_a_phone(browser: Browser) -> None:
    name = "ollama:" + "a-long-name-" * 12
    with served(browser, FakeDossier(others={name: LOCAL})) as visitors:
        page = visitors.open("en-GB", (375, 667))
        english = TEXTS["en"]
        page.locator(".ad-side-opener").click()
        page.get_by_role("tab", name=english.settings).click()
        panel = page.locator("#ad-panel-settings")
        panel.get_by_label(english.writer).select_option(name)
        panel.get_by_role("button", name=english.use_writer).click()
        expect(panel).to_contain_text(english.strict_without)
        expect(page.locator(".ad-choice-note")).to_be_in_viewport()
        panel.get_by_label(english.writer).select_option(label=english.another_writer)
        panel.get_by_label(english.server_address).fill("openai:http://127.0.0.1:9#gone")
        panel.get_by_role("button", name=english.use_writer).click()
        expect(page.locator(".ad-choice-note")).to_contain_text(english.old_writer_stays)
        assert page.evaluate("document.documentElement.scrollWidth") == 375
        wide = "node => node.scrollWidth <= node.clientWidth"
        assert panel.evaluate(wide)
