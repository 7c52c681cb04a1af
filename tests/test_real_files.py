"""Files made by real programs (tests/data/formats/make.py): what the readers make of them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from askdossier.chunk import passages
from askdossier.clean import clean
from askdossier.core import Document, Removal, UnreadableDocument
from askdossier.load import read, recognition
from askdossier.text import fold

HERE = Path(__file__).parent / "data" / "formats"
EXPECTED = {
    path.stem: json.loads(path.read_text("utf-8")) for path in (HERE / "expected").glob("*.json")
}
READABLE = sorted(name for name, found in EXPECTED.items() if "refused" not in found)


def load(name: str) -> tuple[Document, tuple[Removal, ...]]:
    return clean(read(HERE / name, name))


@pytest.mark.parametrize("name", READABLE)
def test_text_metadata_and_pages(name: str) -> None:
    document, removals = load(name)
    source = document.source
    expected: dict[str, Any] = EXPECTED[name]
    assert document.text.split("\n") == expected["text"]
    assert {
        "title": document.title,
        "author": source.author,
        "publisher": source.publisher,
        "date": source.date,
        "url": source.url,
        "licence": source.licence,
        "language": document.language,
        "headings": [[h.level, h.span.of(document.text)] for h in document.headings],
        "pages": [[page.offset, page.number] for page in document.pages],
        "removed": [[removal.reason, removal.text] for removal in removals],
    } == {key: value for key, value in expected.items() if key != "text"}


def test_every_file_is_expected() -> None:
    files = {path.name for path in HERE.iterdir() if path.is_file() and path.suffix != ".py"}
    assert files == set(EXPECTED)
    assert sum(path.stat().st_size for path in HERE.iterdir()) < 1_000_000


@pytest.mark.parametrize("name", READABLE)
def test_passages_are_the_characters_of_the_document(name: str) -> None:
    document, _ = load(name)
    found = passages(document, lambda texts: [len(text.split()) for text in texts], 120)
    assert found
    for passage in found:
        assert passage.span.of(document.text).strip()
        assert all(sentence.of(document.text).strip() for sentence in passage.sentences)
        assert (document.page(passage.span.start) is not None) is name.endswith(".pdf")


def plain(text: str) -> str:
    return " ".join(fold(text).split())


@pytest.mark.parametrize(
    "name", [name for name in READABLE if name.startswith(("halles", "revue"))]
)
def test_no_word_of_the_story_is_lost(name: str) -> None:
    """Against the source, not against what the readers once made of it."""
    source = (HERE / "halles.md").read_text("utf-8").split("---\n", 2)[2]
    source = re.sub(r"\[\^\w+\]:? ?", "", source).replace("<", "").replace(">", "")
    text = plain(load(name)[0].text)
    text = re.sub(r"(?<=[.»])[¹²12](?= |$)", "", text)  # marks of footnotes
    for paragraph in re.split(r"\n\n+", source):
        if paragraph.startswith("|"):
            continue
        for part in re.split(r"\n(?=- )", paragraph.strip()):
            assert plain(part).lstrip("#- ") in text


def test_a_browsers_print_loses_its_frame_only() -> None:
    printed, saved = load("page.pdf")[0].text, load("page.html")[0].text
    assert "8741" not in printed
    assert "cookies" not in printed + saved
    for line in saved.split("\n"):
        if line and ":" not in line:  # rows of the table come with their headers in HTML
            assert line in printed


def test_each_sentence_of_the_print_has_the_page_on_which_it_stands() -> None:
    document, _ = load("page.pdf")
    pages = [
        document.page(document.text.index(words))
        for words in ("Fermée depuis", "Un chantier", "Et maintenant", "Quelqu’un sait-il")
    ]
    assert pages == sorted(page for page in pages if page is not None)
    assert pages[0] == 1
    assert pages[-1] == 2


def test_a_scan_is_reported_as_one_where_nothing_reads_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recognition, "recogniser", lambda: None)
    with pytest.raises(UnreadableDocument) as refused:
        load("scan.pdf")
    assert str(refused.value) == EXPECTED["scan.pdf"]["refused"]
    assert "tesseract-ocr-fra" in str(refused.value)
