"""Damaged and hostile files: read, or refused with a reason, soon and within bounds.

``benchmarks/fuzz_readers.py`` gives 2,000 damaged files to the readers; a sample of them is read
here (all of them with ``ASKDOSSIER_FUZZ=2000``).
"""

from __future__ import annotations

import os
import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from fuzz_readers import Reader, cases, outcomes
from pdf_writer import write_pdf

FILES = int(os.environ.get("ASKDOSSIER_FUZZ", "300"))


def test_damaged_files_are_read_or_refused() -> None:
    found = list(outcomes(cases(FILES, seed=2)))
    assert [outcome for outcome in found if outcome.fault] == []
    results = {outcome.result for outcome in found}
    assert results == {"read", "refused"}
    assert all(outcome.detail for outcome in found if outcome.result == "refused")


def test_the_same_seed_gives_the_same_files() -> None:
    assert list(cases(20, seed=2)) == list(cases(20, seed=2))
    assert list(cases(20, seed=2)) != list(cases(20, seed=3))


# --- files made to harm ---------------------------------------------------------------------------


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    """A process of its own: it may hang or grow without harm."""
    reader = Reader()
    yield reader
    reader.end()


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
OFFICE = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
)
CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="b.opf"/></rootfiles></container>'
)
OPF = '<package xmlns="http://www.idpf.org/2007/opf"><manifest>{}</manifest><spine>{}</spine>'


def archive(path: Path, parts: dict[str, str]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return path


def word(path: Path, body: str) -> Path:
    return archive(
        path, {"word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>"}
    )


def odt(path: Path, body: str) -> Path:
    whole = (
        f"<office:document-content {OFFICE}><office:body><office:text>{body}</office:text>"
        "</office:body></office:document-content>"
    )
    return archive(path, {"content.xml": whole})


def epub(path: Path, chapters: int, chapter: str) -> Path:
    items = "".join(f'<item id="c{i}" href="c{i}.xhtml"/>' for i in range(chapters))
    refs = "".join(f'<itemref idref="c{i}"/>' for i in range(chapters))
    parts = {f"c{i}.xhtml": chapter for i in range(chapters)}
    opf = OPF.format(items, refs) + "</package>"
    return archive(path, {"META-INF/container.xml": CONTAINER, "b.opf": opf, **parts})


def text(path: Path, content: str) -> Path:
    path.write_text(content, encoding="utf-8")
    return path


def loop(path: Path) -> Path:
    """A page tree that holds itself."""
    write_pdf(path, [[(60, 700, 10, "Une phrase.")]])
    return patched(path, b"/Kids [6 0 R]", b"/Kids [2 0 R]")


def patched(path: Path, old: bytes, new: bytes) -> Path:
    if not path.exists():
        write_pdf(path, [[(60, 700, 10, "Une phrase.")]])
    data = path.read_bytes()
    assert old in data
    path.write_bytes(data.replace(old, new))
    return path


CELL = "<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
LONG = "x" * 100_000
MANY_ROWS = f"<w:tr>{CELL.format(LONG) * 3}</w:tr>" + f"<w:tr>{CELL.format('y1') * 3}</w:tr>" * 2000


@pytest.mark.parametrize(
    ("name", "make", "reason"),
    [
        ("zeros.docx", lambda p: word(p, " " * 60_000_000), "unpacks to more"),
        ("zeros.odt", lambda p: odt(p, " " * 60_000_000), "unpacks to more"),
        ("zeros.epub", lambda p: epub(p, 1, " " * 60_000_000), "unpacks to more"),
        ("many.epub", lambda p: epub(p, 60, "<p>" + "mot " * 900_000), "unpacks to more|too large"),
        ("deep.docx", lambda p: word(p, "<w:sdt>" * 50_000), "holds no text|damaged"),
        ("deep.odt", lambda p: odt(p, "<text:list>" * 50_000), "holds no text|damaged"),
        ("deep.html", lambda p: text(p, "<div>" * 200_000 + "fin"), "holds no text|nested|^$"),
        ("deep.md", lambda p: text(p, "> " * 100_000 + "fin"), "^$"),
        ("open.md", lambda p: text(p, "[" * 60_000), "^$"),
        ("stars.md", lambda p: text(p, "*a **b " * 20_000), "^$"),
        ("fields.md", lambda p: text(p, f"---\na: {'[' * 50_000}\n---\n\nUn texte."), "^$"),
        ("rows.docx", lambda p: word(p, f"<w:tbl>{MANY_ROWS}</w:tbl>"), "too large|^$"),
        ("rows.ods", lambda p: archive(p, {"content.xml": f"""<office:document-content {OFFICE}>
<office:body><office:spreadsheet><table:table>{'<table:table-row table:number-rows-repeated="900">'
'<table:table-cell table:number-columns-repeated="900"><text:p>x</text:p></table:table-cell>'
'</table:table-row>' * 9}</table:table></office:spreadsheet></office:body>
</office:document-content>"""}), "too large"),
        ("deep.rtf", lambda p: text(p, "{\\rtf1" + "{" * 3_000_000), "nested"),
        ("unicode.rtf", lambda p: text(p, "{\\rtf1" + "\\u-10179" * 300_000), "^$"),
        ("rows.rtf", lambda p: text(p, "{\\rtf1" + "".join(
            f"\\trowd\\cellx{i}\\intbl x\\cell\\row" for i in range(20_000)
        )), "too large|^$"),
        ("rows.csv", lambda p: text(p, f"{LONG},b\n" + "x,y\n" * 100_000), "too large|^$"),
        ("columns.csv", lambda p: text(p, ";".join(f"nom {i}" for i in range(9000)) + "\n"
                                       + ";".join(f"{i},5" for i in range(9000))), "^$"),
        (
            "wide.html",
            lambda p: text(p, f"<table><tr><th>{LONG}</th><th>b</th></tr>"
                           + "<tr><td>x</td><td>y</td></tr>" * 20_000),
            "too large|^$",
        ),
        ("mail.eml", lambda p: text(p, "".join(
            f"Content-Type: multipart/mixed; boundary=b{i}\n\n--b{i}\n" for i in range(3000)
        )), "nested|no text|not an e-mail"),
        ("line.txt", lambda p: text(p, "a" * 45_000_000), "too large"),
        ("loop.pdf", loop, "damaged|no text"),
        ("count.pdf", lambda p: patched(p, b"/Count 1", b"/Count 99999999"), "too large|^$"),
    ],
)  # fmt: skip
def test_files_made_to_harm_are_refused_with_a_reason(
    tmp_path: Path, reader: Reader, name: str, make: Callable[[Path], Path], reason: str
) -> None:
    """``^$`` stands for a file that does no harm and may be read."""
    said, seconds, memory = reader.read(make(tmp_path / name))
    refusal = "" if said == "read" else said.removeprefix("refused: ")
    assert said == "read" or said.startswith("refused: "), said
    assert re.search(reason, refusal), said
    assert memory < 1_000_000_000
    assert seconds < 10
