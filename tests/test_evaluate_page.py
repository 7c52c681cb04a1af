"""``report.html`` in a browser: opened from the disk, on a phone and on a desk."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from askdossier.evaluate import Report, html
from askdossier.evaluate.texts import WORDS
from screenshots import CHROMIUM, DESKTOP, FLAGS, PHONE
from test_evaluate_command import report

__all__ = ["report"]  # a fixture

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not shutil.which(CHROMIUM), reason="needs Debian's chromium"),
]


def test_the_page_fits_opens_and_filters(report: Report, tmp_path: Path) -> None:
    wordy = replace(
        report.results[0],
        question=replace(report.results[0].question, id="w" * 80, text="mot" * 60, kind="k" * 60),
        faults=("wrong",),
    )
    file = tmp_path / "report.html"
    page_of = replace(report, results=(wordy, *report.results[1:]))
    file.write_text(html.page(page_of, WORDS["fr"], report, "avant"), encoding="utf-8")
    complaints: list[str] = []
    requests: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for width, height in (PHONE, DESKTOP):
            page = browser.new_page(viewport={"width": width, "height": height})
            page.on("console", lambda message: complaints.append(message.text))
            page.on("request", lambda request: requests.append(request.url))
            page.goto(file.as_uri())
            for details in page.locator("details").all():
                details.locator("summary").click()
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            assert page.locator("details[open]").count() == 4
            assert page.locator("mark.both").first.is_visible()
            for plot in page.locator("figure svg").all():
                box, around = plot.bounding_box(), plot.locator("..").bounding_box()
                assert box
                assert around
                assert box["width"] > 250
                assert box["x"] + box["width"] <= around["x"] + around["width"]
            page.get_by_label(WORDS["fr"]["wrong_only"]).check()
            assert [d.is_visible() for d in page.locator("details").all()] == [True] + [False] * 3
            page.close()
        browser.close()
    assert complaints == []
    assert requests == [file.as_uri()] * 2
