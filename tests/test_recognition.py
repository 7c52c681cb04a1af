"""Scans: read where Tesseract is installed, refused with what to install where it is not."""

from __future__ import annotations

import os
import re
import threading
import time
from collections.abc import Callable
from difflib import SequenceMatcher
from pathlib import Path
from typing import ClassVar

import psutil
import pypdfium2
import pytest
from PIL import Image

from askdossier.clean import clean
from askdossier.core import (
    Document,
    Progress,
    Stop,
    SyncStopped,
    UnreadableDocument,
)
from askdossier.dossier import Dossier
from askdossier.load import conditions, legacy, page_image, read, recognition
from askdossier.settings import Settings
from index_fakes import FakeEmbedder
from pdf_writer import column, write_pdf

FORMATS = Path(__file__).parent / "data" / "formats"

tesseract = pytest.mark.skipif(
    "fra" not in conditions(),
    reason="needs Tesseract with its French data (apt install tesseract-ocr tesseract-ocr-fra)",
)


def scanned(source: Path, target: Path) -> Path:
    """The pages of a PDF as pictures, which is what a scanner makes."""
    document = pypdfium2.PdfDocument(source)
    first, *others = [page.render(scale=150 / 72).to_pil().convert("L") for page in document]
    document.close()
    first.save(target, save_all=True, append_images=others, resolution=150, quality=50)
    return target


def mixed(folder: Path) -> Path:
    """Five pages: text, two pictures, nothing, text."""
    sources = [
        write_pdf(folder / "1.pdf", [column(60, 700, ["La première page a du texte."])]),
        scanned(FORMATS / "revue.pdf", folder / "2.pdf"),
        write_pdf(folder / "3.pdf", [[], column(60, 700, ["La dernière page aussi."])]),
    ]
    whole = pypdfium2.PdfDocument.new()
    for source in sources:
        part = pypdfium2.PdfDocument(source)
        whole.import_pages(part)
        part.close()
    whole.save(folder / "mixed.pdf")
    whole.close()
    return folder / "mixed.pdf"


def load(path: Path) -> Document:
    return clean(read(path, path.name))[0]


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


@tesseract
def test_a_scan_of_two_columns_reads_like_its_text_layer(tmp_path: Path) -> None:
    printed = load(FORMATS / "revue.pdf")
    scan = load(scanned(FORMATS / "revue.pdf", tmp_path / "revue.pdf"))
    assert scan.source.recognised
    assert not printed.source.recognised
    assert scan.title == printed.title
    assert {page.number for page in scan.pages} == {1, 2}
    for part in ("48 250 francs", "bâtiment à l'inventaire", "\n• 31 seulement"):
        at = scan.text.index(part)
        assert scan.page(at) == printed.page(printed.text.index(part.strip("\n• ")))
    assert scan.text.count("numéro 41") == 1  # the running head
    same = SequenceMatcher(None, words(scan.text), words(printed.text), autojunk=False)
    assert same.ratio() > 0.97


@tesseract
def test_a_scan_of_a_browsers_print_loses_its_frame() -> None:
    document = load(FORMATS / "scan.pdf")
    assert document.title == "La passerelle de Kervénan rouvre"
    assert document.text.startswith(f"{document.title}\n\nPar Yann Guéguen")
    assert "187 400 euros" in document.text
    assert "8741" not in document.text
    headings = [heading.span.of(document.text) for heading in document.headings]
    assert headings == [document.title, "Un chantier retardé"]


@tesseract
@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_scan_that_lies_on_its_side_is_read(tmp_path: Path, turn: int) -> None:
    lines = [
        "Le conseil a voté hier soir la réfection du moulin de la rivière.",
        "La dépense sera de 340 000 euros, a précisé le maire de la commune.",
        "Les habitants de la rive gauche ont protesté contre cette décision.",
    ]
    source = write_pdf(tmp_path / "a.pdf", [column(60, 700, lines * 4, 11)])
    document = pypdfium2.PdfDocument(source)
    picture = document[0].render(scale=2.1, rotation=turn).to_pil().convert("L")
    document.close()
    picture.save(tmp_path / "b.pdf", resolution=150)
    assert "340 000 euros, a précisé" in load(tmp_path / "b.pdf").text


@tesseract
def test_only_pages_without_text_are_recognised(tmp_path: Path) -> None:
    steps: list[tuple[int, int]] = []
    raw = read(mixed(tmp_path), "mixed.pdf", lambda *step: steps.append(step))
    assert steps == [(0, 2), (1, 2), (2, 2)]  # not the page without anything
    document, _ = clean(raw)
    assert document.source.recognised
    places = [
        document.page(document.text.index(part))
        for part in ("La première page", "48 250", "inventaire", "La dernière page")
    ]
    assert places == [1, 2, 3, 5]


@tesseract
def test_a_picture_without_text_says_so(tmp_path: Path) -> None:
    white = write_pdf(tmp_path / "a.pdf", [[(60, 700, 10, "\u00a0")]])
    with pytest.raises(UnreadableDocument, match="upright, at 300 dots"):
        load(scanned(white, tmp_path / "b.pdf"))


def test_a_picture_that_would_fill_the_memory_is_not_drawn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Recogniser(recognition.Recogniser):
        def lines(self, picture: object, scale: float) -> list[recognition.Line]:
            raise AssertionError("it was drawn")

    monkeypatch.setattr(recognition, "recogniser", lambda: Recogniser("", ("fra",)))
    path = tmp_path / "a.pdf"
    Image.new("1", (13_000, 13_000)).save(path)
    with pytest.raises(UnreadableDocument, match="upright, at 300 dots"):
        load(path)
    with pytest.raises(UnreadableDocument, match="cannot be shown"):
        page_image(path, 1, "")


@pytest.fixture(params=["", "LibreOffice"])
def libreoffice(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """What the conditions say of LibreOffice, without it and with it, whatever is installed."""
    name = str(request.param)
    monkeypatch.setattr(legacy, "converter", lambda: name or None)
    return name


def test_without_tesseract_a_scan_is_refused_and_what_to_install_is_told(
    monkeypatch: pytest.MonkeyPatch, libreoffice: str
) -> None:
    monkeypatch.setenv("PATH", "")
    assert conditions() == libreoffice
    with pytest.raises(UnreadableDocument, match="tesseract-ocr-fra"):
        load(FORMATS / "scan.pdf")


@pytest.mark.skipif(os.name == "nt", reason="the programs are shell scripts")
@pytest.mark.parametrize(
    ("behaviour", "reason"),
    [
        ("echo 'no memory' >&2; exit 1", "Tesseract fails on it: no memory"),
        ("echo nonsense", "Tesseract fails on it: it gives no hOCR"),
        ("sleep 60", "Tesseract fails on it: it takes more than 2 s"),
        ("while :; do :; done", "Tesseract fails on it: it takes more than 1 s"),
    ],
)
def test_a_tesseract_that_fails_fails_the_file_with_its_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, behaviour: str, reason: str
) -> None:
    program = tmp_path / "tesseract"
    program.write_text(
        '#!/bin/sh\nif [ "$1" = --list-langs ]; then printf "Languages:\\nosd\\nfra\\n"; exit; fi\n'
        f"exec 0</dev/null\n{behaviour.replace('sleep', 'exec sleep')}\n"
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setattr(legacy, "converter", lambda: None)  # be it installed or not
    assert conditions() == "tesseract fra"  # asked once, with time to answer
    monkeypatch.setattr(recognition, "_SECONDS", 1)
    monkeypatch.setattr(recognition, "_PATIENCE", 2 if "sleep" in behaviour else 60)
    with pytest.raises(UnreadableDocument, match=reason):
        load(FORMATS / "scan.pdf")


@pytest.mark.skipif(os.name == "nt", reason="the program is a shell script")
def test_the_conditions_name_every_program_that_texts_depend_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, libreoffice: str
) -> None:
    installed(tmp_path / "bin", monkeypatch, "")
    assert conditions() == ", ".join(filter(None, ("tesseract fra", libreoffice)))


class Failing(recognition.Recogniser):
    """Fails on as many pages as it is told to, then reads one phrase."""

    fails: ClassVar[int]

    def lines(self, picture: object, scale: float) -> list[recognition.Line]:
        Failing.fails -= 1
        if Failing.fails >= 0:
            raise OSError("no memory")
        words = (recognition.Word("Une", 60, 80), recognition.Word("phrase.", 83, 110))
        return [recognition.Line(words, 400, 10)]


@pytest.mark.parametrize(
    ("fails", "phrases", "lost"), [(1, 2, []), (2, 1, ["p. 2"]), (9, 0, ["p. 2", "p. 3"])]
)
def test_only_the_pages_on_which_tesseract_fails_twice_are_lost_and_they_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fails: int, phrases: int, lost: list[str]
) -> None:
    monkeypatch.setattr(Failing, "fails", fails, raising=False)
    monkeypatch.setattr(recognition, "recogniser", lambda: Failing("", ("fra",)))
    document, removals = clean(read(mixed(tmp_path), "mixed.pdf"))
    assert "La première page a du texte." in document.text
    assert "La dernière page aussi." in document.text
    assert document.text.count("Une phrase.") == phrases
    assert document.source.recognised == (phrases > 0)
    assert [removal.text for removal in removals] == lost
    assert {removal.reason for removal in removals} <= {"text recognition failed"}


PHRASE = """<html><body><p>
<span class='ocr_line' title='bbox 250 580 460 620; baseline 0 0; x_size 40'>
<span class='ocrx_word' title='bbox 250 580 330 620; x_wconf 95'>Une</span>
<span class='ocrx_word' title='bbox 340 580 460 620; x_wconf 95'>phrase.</span></span>
</p></body></html>"""


def installed(folder: Path, monkeypatch: pytest.MonkeyPatch, does: str) -> None:
    """Install a Tesseract that reads a page in its own way: lines of a shell script."""
    folder.mkdir()
    program = folder / "tesseract"
    listing = 'if [ "$1" = --list-langs ]; then printf "Languages:\\nosd\\nfra\\n"; exit; fi'
    program.write_text(f"#!/bin/sh\n{listing}\ncat > /dev/null\n{does}\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}/usr/bin{os.pathsep}/bin")


def test_tesseract_that_was_installed_since_reads_what_was_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "scan.pdf").write_bytes((FORMATS / "scan.pdf").read_bytes())
    (corpus / "note.md").write_text("# Une note\n\nElle ne change pas.", encoding="utf-8")
    dossier = Dossier(Settings(corpus=corpus, index=tmp_path / "index"), embedder=FakeEmbedder())
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    assert [failure.path for failure in dossier.sync().failed] == ["scan.pdf"]
    installed(tmp_path / "bin", monkeypatch, "cat <<'END'\n" + PHRASE + "\nEND")
    said: list[Progress] = []
    report = dossier.sync(report=said.append)
    assert (report.added, report.unchanged, report.failed) == (("scan.pdf",), ("note.md",), ())
    assert Progress("recognising", 0, 1, "pages", "scan.pdf") in said
    document = dossier.documents["scan.pdf"]
    assert document.text == "Une phrase."
    assert document.source.recognised
    assert not dossier.documents["note.md"].source.recognised


def test_reading_a_scan_can_be_stopped(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    left_running: Callable[[], list[psutil.Process]],
) -> None:
    """In the middle of a page: nothing goes on behind it."""
    stop = Stop()
    mark = tmp_path / "reading"
    installed(tmp_path / "bin", monkeypatch, f"touch '{mark}'; exec sleep 60")
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    scanned(FORMATS / "revue.pdf", corpus / "revue.pdf")
    dossier = Dossier(Settings(corpus=corpus, index=tmp_path / "index"), embedder=FakeEmbedder())

    def at_the_page() -> None:
        while not mark.exists():
            time.sleep(0.01)
        stop.set()

    threading.Thread(target=at_the_page, daemon=True).start()
    began = time.monotonic()
    with pytest.raises(SyncStopped):
        dossier.sync(stop=stop)
    assert time.monotonic() - began < 30
    assert left_running() == []


HOCR = """<?xml version="1.0" encoding="UTF-8"?>
<html xmlns="http://www.w3.org/1999/xhtml"><body><p>
<span class='ocr_line' title="bbox 100 200 500 300; baseline 0 -20; x_size 100">
 <span class='ocrx_word' title='bbox 100 200 300 300; x_wconf 90'>Grand</span>
 <span class='ocrx_word' title='bbox 320 200 500 300; x_wconf 30'>titre</span></span>
<span class='ocr_line' title="bbox 100 400 500 452; baseline 0 0; x_size 68">
 <span class='ocrx_word' title='bbox 100 400 500 452; x_wconf 95'>verso</span></span>
<span class='ocr_line' title="bbox 100 600 500 640; baseline 0 0; x_size 40">
 <span class='ocrx_word' title='bbox 100 600 120 640; x_wconf 61'>+</span>
 <span class='ocrx_word' title='bbox 140 600 500 640; x_wconf 95'>Point</span></span>
<span class='ocr_line' title="bbox 100 700 500 740; baseline 0 0; x_size 40">
 <span class='ocrx_word' title='bbox 100 700 120 740; x_wconf 20'>~\\</span></span>
</p></body></html>"""


def test_lines_are_placed_sized_and_weighed() -> None:
    found = recognition._evened(list(recognition._lines(HOCR.encode(), 1000, 4)))
    assert [" ".join(word.text for word in line.words) for line in found] == [
        "Grand titre",
        "verso",
        "• Point",
    ]
    assert (found[0].words[0].left, found[0].words[1].right) == (25, 125)
    assert found[0].baseline == (1000 - 280) / 4
    assert found[0].size == found[1].size  # small letters alone, of the same size
    assert found[2].size == pytest.approx(11)
