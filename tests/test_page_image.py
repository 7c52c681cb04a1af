"""A page of a PDF as an image, with the words of a quote where they stand."""

from __future__ import annotations

import io
import unicodedata
import zipfile
from email.message import EmailMessage
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from askdossier import clean, load
from askdossier.core import Box, InvalidMetadata, PageImage, Span, UnreadableDocument
from askdossier.dossier import Dossier
from askdossier.settings import Settings
from askdossier.text import sentences
from fakes import FakeEmbedder, FakeWriter
from pdf_writer import column, write_pdf

tesseract = pytest.mark.skipif(
    "fra" not in load.conditions(), reason="needs Tesseract with its French data"
)
FORMATS = Path(__file__).parent / "data" / "formats"


def letters(words: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", words) if c.isalnum())


def under(path: Path, image: PageImage) -> str:
    """The letters of the page that stand in the boxes, as PDFium reads them there."""
    document = pypdfium2.PdfDocument(path)
    page = document[image.number - 1]
    text = page.get_textpage()
    width, height = page.get_size()

    def words(box: Box) -> str:
        # A little inside, since boxes of lines that stand close together overlap.
        inset = 0.3 * (box.bottom - box.top) * height
        return str(
            text.get_text_bounded(
                box.left * width,
                (1 - box.bottom) * height + inset,
                box.right * width,
                (1 - box.top) * height - inset,
            )
        )

    found = letters("".join(map(words, image.boxes)))
    text.close()
    page.close()
    document.close()
    return found


@pytest.mark.parametrize("name", ["revue.pdf", "page.pdf"])
def test_the_words_of_every_third_sentence_are_found_on_their_page(name: str) -> None:
    path = FORMATS / name
    document, _ = clean.clean(load.read(path, name))
    shown = 0
    for span in sentences(document.text)[1::3]:
        number = document.page(span.start)
        if number is None or document.page(span.end - 1) != number:
            continue
        words = span.of(document.text)
        before = document.text[max(0, span.start - 100) : span.start]
        image = load.page_image(path, number, words, before, document.text[span.end :][:100])
        assert image is not None
        assert under(path, image) == letters(words), words
        shown += 1
    assert shown >= 3


def test_the_image_is_one_and_the_box_is_where_the_words_are(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "a.pdf", [[(60, 700, 12, "Trente-quatre salaries.")]])
    image = load.page_image(path, 1, "quatre salaries")
    assert image is not None
    with Image.open(io.BytesIO(image.webp)) as picture:
        assert (picture.format, picture.size) == ("WEBP", (image.width, image.height))
        (box,) = image.boxes
        assert 60 / 595 < box.left < box.right < 0.4
        assert box.top < (842 - 700) / 842 < box.bottom
        corners = (box.left, box.top, box.right, box.bottom)
        sides = (image.width, image.height) * 2
        marked = picture.convert("L").crop(
            tuple(round(c * s) for c, s in zip(corners, sides, strict=True))  # type: ignore[arg-type]
        )
        assert marked.getbbox() is not None
        assert marked.histogram()[:100] != [0] * 100  # ink


def test_words_that_stand_twice_are_told_by_what_stands_around_them(tmp_path: Path) -> None:
    lines = ["Le premier budget est de 40 euros.", "Le second budget est de 40 euros."]
    path = write_pdf(tmp_path / "a.pdf", [column(60, 700, lines)])
    quote = "budget est de 40 euros."
    boxes = []
    for before in ("Le premier ", "Le second ", ""):
        image = load.page_image(path, 1, quote, before)
        assert image is not None
        boxes.append(image.boxes)
    first, second, neither = boxes
    assert first[0].bottom < second[0].bottom
    assert neither == ()
    absent = load.page_image(path, 1, "budget est de 41 euros.")
    assert absent is not None
    assert absent.boxes == ()


def test_what_cannot_be_shown_says_so(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "a.pdf", [column(60, 700, ["Un mot."])])
    with pytest.raises(UnreadableDocument, match="cannot be shown"):
        load.page_image(path, 2, "Un mot")
    path.write_bytes(b"%PDF-1.4 nothing")
    with pytest.raises(UnreadableDocument, match="cannot be shown"):
        load.page_image(path, 1, "Un mot")
    assert load.page_image(FORMATS / "note.txt", 1, "Un mot") is None


@tesseract
def test_the_words_of_a_scan_are_found_on_its_page() -> None:
    document, _ = clean.clean(load.read(FORMATS / "scan.pdf", "scan.pdf"))
    marked = 0
    for span in sentences(document.text)[1::3]:
        number = document.page(span.start)
        if number is None or document.page(span.end - 1) != number:
            continue
        before = document.text[max(0, span.start - 100) : span.start]
        after = document.text[span.end :][:100]
        words = span.of(document.text)
        image = load.page_image(FORMATS / "scan.pdf", number, words, before, after)
        assert image is not None
        with Image.open(io.BytesIO(image.webp)) as page:
            inked = [_ink(page, box) for box in image.boxes]
        marked += bool(inked) and min(inked) > 0.02
    assert marked >= 3


def _ink(page: Image.Image, box: Box) -> float:
    """The dark part of what a box marks."""
    corners = (box.left * page.width, box.top * page.height, box.right * page.width,
               box.bottom * page.height)  # fmt: skip
    shades = page.convert("L").crop(tuple(map(round, corners))).histogram()  # type: ignore[arg-type]
    return sum(shades[:100]) / max(1, sum(shades))


def test_a_file_inside_another_is_shown_as_any_other(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    path = write_pdf(tmp_path / "a.pdf", [column(60, 700, ["Le moulin est", "a vendre."])])
    mail = EmailMessage()
    mail["Subject"] = "Le moulin"
    mail.set_content("Voir la pièce jointe. Elle est courte.")
    mail.add_attachment(path.read_bytes(), "application", "pdf", filename="Acte de vente.pdf")
    with zipfile.ZipFile(corpus / "pièces.zip", "w") as file:
        file.writestr("m.eml", bytes(mail))
    settings = Settings(corpus=corpus, index=tmp_path / "index")
    dossier = Dossier(settings, embedder=FakeEmbedder(), writer=FakeWriter())
    dossier.sync()
    name = "pièces.zip/m.eml/Acte de vente.pdf"
    assert dossier.listing() == ("pièces.zip/m.eml", name)
    assert dossier.file_of(name) == "pièces.zip"
    text = dossier.documents[name].text
    image = dossier.page_image(name, Span(text.index("est"), len(text)))
    assert image is not None
    assert under(path, image) == "estavendre"
    with pytest.raises(InvalidMetadata, match=r"lies in pièces\.zip"):
        dossier.set_metadata(name, {"publisher": "Le Courrier"})
    dossier.set_metadata("pièces.zip", {"publisher": "Le Courrier"})
    dossier.sync()
    assert dossier.documents[name].source.publisher == "Le Courrier"
    mail.replace_header("Subject", "Le lac")
    mail.clear_content()
    mail.set_content("Elle est remplacée. Voir l’autre.")
    with zipfile.ZipFile(corpus / "pièces.zip", "w") as file:
        file.writestr("m.eml", bytes(mail))
    with pytest.raises(UnreadableDocument, match="has changed"):
        dossier.page_image(name, Span(0, 3))


def test_a_dossier_shows_the_page_of_the_file_that_it_indexed(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    said = ["Le conseil a vote la refection", "du moulin."]
    path = write_pdf(
        corpus / "a.pdf",
        [column(60, 700, ["Rapport de la commune."]), column(60, 700, said)],
    )
    (corpus / "note.md").write_text("Une note sans page.", "utf-8")
    settings = Settings(corpus=corpus, index=tmp_path / "index")
    dossier = Dossier(settings, embedder=FakeEmbedder(), writer=FakeWriter())
    dossier.sync()
    text = dossier.documents["a.pdf"].text
    start = text.index("refection")
    image = dossier.page_image("a.pdf", Span(start, len(text)))
    assert image is not None
    assert image.number == 2
    assert under(path, image) == "refectiondumoulin"
    assert len(image.boxes) == 2
    assert dossier.page_image("note.md", Span(0, 3)) is None
    with path.open("ab") as file:
        file.write(b"%")
    with pytest.raises(UnreadableDocument, match="has changed"):
        dossier.page_image("a.pdf", Span(start, len(text)))
    path.unlink()
    with pytest.raises(UnreadableDocument, match="no longer"):
        dossier.page_image("a.pdf", Span(start, len(text)))
