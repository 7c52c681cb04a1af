"""Reading PDF, DOCX, ODT, EPUB, EML, CSV: real files, made here byte by byte."""

from __future__ import annotations

import tempfile
import textwrap
import zipfile
from collections.abc import Mapping
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from askdossier.clean import clean
from askdossier.core import Block, PageStart, RawDocument, Removal, UnreadableDocument
from askdossier.load import read, subtitles
from pdf_writer import column, write_pdf


def load(path: Path) -> RawDocument:
    return read(path, path.name)


def zipped(path: Path, parts: Mapping[str, str | bytes]) -> Path:
    with zipfile.ZipFile(path, "w") as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return path


# --- PDF ------------------------------------------------------------------------------------------

LEFT = [
    "Le conseil a voté hier soir la réfection du mou-",
    "lin, qui tombe en ruine depuis des années. La",
    "dépense sera de 340 000 euros, a dit Jean-Luc.",
    "Le maire s'est dit satisfait de ce vote, mais les",
    "habitants de la rive gauche ont protesté contre",
]
RIGHT = [
    "ce qu'ils appellent un gouffre, disent-",
    "ils, pour le moulin ou pour la commune ici.",
    "Une enquête publique aura lieu au printemps.",
]


def test_pdf_columns_hyphens_and_headings(tmp_path: Path) -> None:
    page = [
        (60, 780, 20, "Le moulin de la Roche"),
        (60, 740, 14, "Un vote serré"),
        *column(60, 715, LEFT),
        *column(310, 715, RIGHT),
    ]
    document = load(write_pdf(tmp_path / "a.pdf", [page], title="Le moulin de la Roche"))
    assert document.title == "Le moulin de la Roche"
    assert document.source.author == "Anne Morel"
    first_page = (PageStart(0, 1),)
    assert document.blocks == (
        Block("Le moulin de la Roche", 1, first_page),
        Block("Un vote serré", 2, first_page),
        Block(
            "Le conseil a voté hier soir la réfection du moulin, qui tombe en ruine depuis des "
            "années. La dépense sera de 340 000 euros, a dit Jean-Luc. Le maire s'est dit "
            "satisfait de ce vote, mais les habitants de la rive gauche ont protesté contre ce "
            "qu'ils appellent un gouffre, disent-ils, pour le moulin ou pour la commune ici. Une "
            "enquête publique aura lieu au printemps.",
            0,
            first_page,
        ),
    )


def test_pdf_columns_that_the_file_gives_row_by_row(tmp_path: Path) -> None:
    left = [f"gauche numéro {i} avec des mots encore" for i in range(10)]
    right = [f"droite numéro {i} avec des mots encore" for i in range(10)]
    page = []
    for i in range(10):
        page += [(60.0, 700.0 - 12 * i, 10.0, left[i]), (320.0, 700.0 - 12 * i, 10.0, right[i])]
    text = " ".join(block.text for block in load(write_pdf(tmp_path / "a.pdf", [page])).blocks)
    assert text == " ".join(left + right)


def test_pdf_paragraphs_items_and_tables(tmp_path: Path) -> None:
    page = [
        *column(60, 780, ["Une phrase qui remplit la ligne, ou presque toute la ligne.", "Fin."]),
        *column(60, 740, ["Un autre paragraphe, séparé par un blanc, et lui aussi long."]),
        *column(60, 716, ["• premier point", "• second point"]),
        (60, 680, 10, "Année"), (200, 680, 10, "Visiteurs"),
        (60, 668, 10, "2023"), (200, 668, 10, "1 200"),
    ]  # fmt: skip
    document = load(write_pdf(tmp_path / "a.pdf", [page]))
    assert [block.text for block in document.blocks] == [
        "Une phrase qui remplit la ligne, ou presque toute la ligne. Fin.",
        "Un autre paragraphe, séparé par un blanc, et lui aussi long.",
        "• premier point",
        "• second point",
        "Année | Visiteurs",
        "2023 | 1 200",
    ]


def test_pdf_running_heads_page_numbers_and_notes(tmp_path: Path) -> None:
    pages = [
        [
            (200, 810, 9, "Revue du Val, numéro 12"),
            *column(60, 760, [f"La page {number} commence ici et se poursuit assez loin", last]),
            (60, 100, 7, f"Note au bas de la page {number}."),
            (290, 40, 9, f"- {number} -"),
        ]
        for number, last in enumerate(["puis", "vers", "avec", "dans", "chez"], start=1)
    ]  # fmt: skip
    document = load(write_pdf(tmp_path / "a.pdf", pages))
    text = "\n".join(block.text for block in document.blocks)
    assert text.count("Revue du Val") == 1
    assert "- 3 -" not in text
    assert "loin puis La page 2 commence" in text  # not interrupted by the note
    assert text.count("Note au bas") == 5


def test_pdf_pages_are_told_to_the_character(tmp_path: Path) -> None:
    width = "Une ligne de texte courant qui remplit toute la largeur de sa page"
    pages = [
        [],  # a cover without text
        [*column(60, 760, [width, "et un para-"]), (60, 100, 7, "Note de la deuxième page.")],
        [],  # a picture
        column(60, 760, ["graphe qui va plus loin, jusqu'à la page quatre.", "[2] Fin."]),
    ]
    raw = load(write_pdf(tmp_path / "a.pdf", pages))
    document, _ = clean(raw)
    where = {
        words: document.page(document.text.index(words))
        for words in ("Une ligne", "un para", "graphe", "Fin.", "Note de")
    }
    assert where == {"Une ligne": 2, "un para": 2, "graphe": 4, "Fin.": 4, "Note de": 2}
    assert document.page(0) == 2


def test_pdf_raised_figures_do_not_join_the_number(tmp_path: Path) -> None:
    page = [(60, 700, 10, "La valeur est de 10"), (149, 704, 6, "3"), (154, 700, 10, "euros.")]
    text = load(write_pdf(tmp_path / "a.pdf", [page])).blocks[0].text
    assert "103" not in text and "³" in text


def test_pdf_justified_words_are_no_cells(tmp_path: Path) -> None:
    page = [
        *column(60, 700, ["Une ligne de texte courant qui remplit toute sa colonne ici."]),
        (60, 688, 10, "et"), (150, 688, 10, "encore"), (250, 688, 10, "ensuite"),
        *column(60, 676, ["une autre ligne de texte courant qui remplit sa colonne."]),
    ]  # fmt: skip
    text = load(write_pdf(tmp_path / "a.pdf", [page])).blocks[0].text
    assert "ici. et encore ensuite une" in text or "et encore ensuite" in text
    assert "|" not in text


@pytest.mark.parametrize("pages", [1, 2, 4])
def test_pdf_frame_of_a_browsers_print(tmp_path: Path, pages: int) -> None:
    printed = [
        [
            (30, 820, 8, "22/11/2026 07:29"), (200, 820, 8, "Le moulin | La Gazette"),
            *column(60, 700, [f"Voici la page numéro {number}, avec une phrase entière."]),
            (30, 20, 8, "https://exemple.fr/moulin"), (540, 20, 8, f"{number}/{pages}"),
        ]
        for number in range(1, pages + 1)
    ]  # fmt: skip
    found = [block.text for block in load(write_pdf(tmp_path / "a.pdf", printed)).blocks]
    assert " ".join(found) == " ".join(
        f"Voici la page numéro {number}, avec une phrase entière." for number in range(1, pages + 1)
    )


def test_pdf_bold_headings(tmp_path: Path) -> None:
    long = "Ceci est une ligne de texte courant qui remplit presque toute la page ici."
    page = [
        *column(60, 780, [long] * 6),
        (60, 690, 10, "*Conclusion"),
        *column(60, 670, [long] * 6),
    ]
    levels = [block.level for block in load(write_pdf(tmp_path / "a.pdf", [page])).blocks]
    assert levels == [0, 1, 0]


@pytest.mark.parametrize(
    ("content", "message"),
    [(b"%PDF-1.4 rien", "damaged or no PDF"), (b"", "damaged or no PDF")],
)
def test_broken_pdf(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(content)
    with pytest.raises(UnreadableDocument, match=message):
        load(path)


def test_pdf_title_that_cannot_be_decoded_is_left_out(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "a.pdf", [column(60, 700, ["Une phrase."])], title="Q" * 8)
    data = path.read_bytes()
    lone = b"<FEFFD800>"  # half a surrogate pair
    path.write_bytes(data.replace(b"(QQQQQQQQ)", lone))
    document = load(path)
    assert document.title is None
    assert document.source.author == "Anne Morel"


def test_empty_pages_are_not_taken_for_a_scan(tmp_path: Path) -> None:
    with pytest.raises(UnreadableDocument, match=r"^a\.pdf holds no text: "):
        load(write_pdf(tmp_path / "a.pdf", [[]]))


# --- DOCX -----------------------------------------------------------------------------------------

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
DOCX = {
    "word/document.xml": f"""<w:document {_W}><w:body>
<w:p><w:pPr><w:pStyle w:val="Titre1"/></w:pPr><w:r><w:t>Le moulin</w:t></w:r></w:p>
<w:p><w:r><w:t xml:space="preserve">La dépense est de </w:t></w:r><w:ins><w:r><w:t>340</w:t></w:r>
</w:ins><w:del><w:r><w:delText>200</w:delText></w:r></w:del><w:r><w:t xml:space="preserve"> 000
euros.</w:t></w:r></w:p>
<w:p><w:pPr><w:numPr/></w:pPr><w:r><w:t>un point</w:t></w:r></w:p>
<w:p><w:r><w:t>Avant</w:t><w:br/><w:t>Après</w:t></w:r></w:p>
<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Année</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>Prix</w:t>
</w:r></w:p></w:tc></w:tr><w:tr><w:tc><w:p><w:r><w:t>2023</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r>
<w:t>12 €</w:t></w:r></w:p></w:tc></w:tr></w:tbl>
<w:p><w:r><w:footnoteReference w:id="1"/></w:r></w:p></w:body></w:document>""",
    "word/styles.xml": f"""<w:styles {_W}><w:style w:styleId="Titre1"><w:name w:val="heading 1"/>
</w:style></w:styles>""",
    "word/footnotes.xml": f"""<w:footnotes {_W}><w:footnote w:id="1"><w:p><w:r><w:t>Une note.</w:t>
</w:r></w:p></w:footnote></w:footnotes>""",
    "docProps/core.xml": """<cp:coreProperties xmlns:cp="x"
 xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:dcterms="http://purl.org/dc/terms/"><dc:title>Autre</dc:title>
<dc:creator>A. Morel</dc:creator><dcterms:modified>2024-03-12T10:00:00Z</dcterms:modified>
</cp:coreProperties>""",
}


def test_docx(tmp_path: Path) -> None:
    document = load(zipped(tmp_path / "a.docx", DOCX))
    assert document.blocks == (
        Block("Le moulin", 1),
        Block("La dépense est de 340 000 euros."),
        Block("- un point"),
        Block("Avant"),
        Block("Après"),
        Block("Année: 2023 | Prix: 12 €"),
        Block("Une note."),
    )
    assert document.title == "Le moulin"
    assert (document.source.author, document.source.date) == ("A. Morel", "2024-03-12")


# --- ODT ------------------------------------------------------------------------------------------

_O = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"'
)
ODT = {
    "content.xml": f"""<office:document-content {_O}><office:body><office:text>
<text:tracked-changes><text:p>effacé</text:p></text:tracked-changes>
<text:h text:outline-level="1">Le moulin</text:h>
<text:p>La dépense<text:s/>est de <text:span>340 000</text:span> euros<text:note>
<text:note-citation>1</text:note-citation><text:note-body><text:p>Une note.</text:p>
</text:note-body></text:note>.<office:annotation><text:p>remarque</text:p></office:annotation></text:p>
<text:list><text:list-item><text:p>un point</text:p><text:list><text:list-item>
<text:p>dedans</text:p></text:list-item></text:list></text:list-item></text:list>
<table:table><table:table-row><table:table-cell><text:p>Année</text:p></table:table-cell>
<table:table-cell><text:p>Prix</text:p></table:table-cell></table:table-row><table:table-row>
<table:table-cell><text:p>2023</text:p></table:table-cell><table:table-cell><text:p>12 €</text:p>
</table:table-cell></table:table-row></table:table>
</office:text></office:body></office:document-content>""",
    "meta.xml": f"""<office:document-meta {_O}><office:meta><dc:title>Le titre</dc:title>
<meta:initial-creator>A. Morel</meta:initial-creator><dc:date>2024-03-12T10:00:00</dc:date>
</office:meta></office:document-meta>""",
}


def test_odt(tmp_path: Path) -> None:
    document = load(zipped(tmp_path / "a.odt", ODT))
    assert document.blocks == (
        Block("Le moulin", 1),
        Block("La dépense est de 340 000 euros."),
        Block("Une note."),
        Block("- un point"),
        Block("- dedans"),
        Block("Année: 2023 | Prix: 12 €"),
    )
    assert document.title == "Le titre"
    assert (document.source.author, document.source.date) == ("A. Morel", "2024-03-12")


# --- EPUB -----------------------------------------------------------------------------------------

EPUB = {
    "mimetype": "application/epub+zip",
    "META-INF/container.xml": """<container
 xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>
<rootfile full-path="OEBPS/book.opf"/></rootfiles></container>""",
    "OEBPS/book.opf": """<package xmlns="http://www.idpf.org/2007/opf"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata><dc:title>Le moulin</dc:title>
<dc:creator>A. Morel</dc:creator><dc:creator>P. Roux</dc:creator><dc:date>1887</dc:date>
<dc:publisher>Archives</dc:publisher></metadata><manifest>
<item id="n" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
<item id="b" href="ch%202.xhtml" media-type="application/xhtml+xml"/>
<item id="a" href="ch1.xhtml" media-type="application/xhtml+xml"/></manifest>
<spine><itemref idref="n"/><itemref idref="a"/><itemref idref="b"/></spine></package>""",
    "OEBPS/nav.xhtml": "<html><body><nav>Sommaire</nav></body></html>",
    "OEBPS/ch1.xhtml": "<?xml version='1.0' encoding='utf-8'?><html><head><title>x</title></head>"
    "<body><h1>Chapitre un</h1><p>La roue <i>tourne</i>.</p></body></html>",
    "OEBPS/ch 2.xhtml": "<html><body><h1>Chapitre deux</h1><p>Elle s’arrête.</p></body></html>",
}


def test_epub(tmp_path: Path) -> None:
    document = load(zipped(tmp_path / "a.epub", EPUB))
    assert document.blocks == (
        Block("Chapitre un", 1),
        Block("La roue tourne."),
        Block("Chapitre deux", 1),
        Block("Elle s’arrête."),
    )
    assert document.title == "Le moulin"
    source = document.source
    assert (source.author, source.publisher, source.date) == (
        "A. Morel, P. Roux",
        "Archives",
        "1887",
    )


def test_a_chapter_in_another_encoding(tmp_path: Path) -> None:
    declared = "<?xml version='1.0' encoding='windows-1252'?>"
    source = f"{declared}<html><body><p>L’œuvre à 9 €.</p></body></html>"
    book: dict[str, str | bytes] = {**EPUB, "OEBPS/ch1.xhtml": source.encode("cp1252")}
    assert Block("L’œuvre à 9 €.") in load(zipped(tmp_path / "a.epub", book)).blocks


@pytest.mark.parametrize("name", ["a.docx", "a.odt", "a.epub"])
def test_broken_archives(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(b"not a zip")
    with pytest.raises(UnreadableDocument, match="damaged or protected"):
        load(path)
    with pytest.raises(UnreadableDocument, match="damaged or protected"):
        load(zipped(path, {"other.xml": "<x/>"}))


def test_entities_are_not_expanded(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret words")
    attack = f'<!DOCTYPE x [<!ENTITY e SYSTEM "file://{secret}">]>' + DOCX["word/document.xml"]
    attack = attack.replace("Le moulin", "Le moulin &e;")
    document = load(zipped(tmp_path / "a.docx", {**DOCX, "word/document.xml": attack}))
    assert "secret" not in " ".join(block.text for block in document.blocks)


# --- mail -----------------------------------------------------------------------------------------


def test_eml(tmp_path: Path) -> None:
    message = EmailMessage()
    message["Subject"] = "Le moulin à réparer"
    message["From"] = "Anne Morel <anne@exemple.fr>"
    message["To"] = "paul@exemple.fr"
    message["Date"] = "Fri, 07 Nov 2025 08:30:00 +0100"
    message.set_content("La dépense sera de 340 000 €.\n\nÀ bientôt,\n-- \nAnne\n06 12 34 56 78")
    message.add_alternative("<p>La dépense…</p>", subtype="html")
    message.add_attachment(b"x", maintype="application", subtype="pdf", filename="a.pdf")
    path = tmp_path / "a.eml"
    path.write_bytes(bytes(message))
    document = load(path)
    assert document.title == "Le moulin à réparer"
    assert document.source.author == "Anne Morel <anne@exemple.fr>"
    assert document.source.date == "2025-11-07"
    assert [block.text for block in document.blocks] == [
        "Le moulin à réparer",
        "From: Anne Morel <anne@exemple.fr>",
        "To: paul@exemple.fr",
        "Date: Fri, 07 Nov 2025 08:30:00 +0100",
        "Attachment: a.pdf",
        "La dépense sera de 340 000 €.",
        "À bientôt,",
        "Anne",
        "06 12 34 56 78",
    ]
    assert document.lost == ()


def mail(folder: Path, source: str | bytes | EmailMessage) -> RawDocument:
    path = folder / "a.eml"
    data = source.encode() if isinstance(source, str) else bytes(source)
    path.write_bytes(data)
    return load(path)


def texts(document: RawDocument) -> list[str]:
    return [block.text for block in document.blocks]


def test_eml_text_behind_a_picture_is_read(tmp_path: Path) -> None:
    message = EmailMessage()
    message["Subject"] = "S"
    message.set_content("Voici le plan :")
    message.add_attachment(b"x", "image", "png", filename="plan à l’échelle.png",
                           disposition="inline")  # fmt: skip
    message.add_attachment("Rendez-vous jeudi à 9 h 15.", disposition="inline")
    message.add_attachment("<p>Claire ouvrira.</p>", subtype="html", disposition="inline")
    assert texts(mail(tmp_path, message)) == [
        "S",
        "Attachment: plan à l’échelle.png",
        "Voici le plan :",
        "Rendez-vous jeudi à 9 h 15.",
        "Claire ouvrira.",
    ]


def test_eml_html_is_read_where_the_plain_text_only_points_at_it(tmp_path: Path) -> None:
    message = EmailMessage()
    message["Subject"] = "S"
    message.set_content("Lisez ce message dans votre navigateur.")
    rows = "".join(f"<p>Le concert numéro {i} aura lieu le {i} juin.</p>" for i in range(1, 9))
    message.add_alternative(rows, subtype="html")
    assert texts(mail(tmp_path, message))[-1] == "Le concert numéro 8 aura lieu le 8 juin."


def test_eml_pieces_in_one_of_two_versions_are_attachments_of_the_message(tmp_path: Path) -> None:
    """Apple Mail puts the file between two pieces of the HTML version."""
    html = EmailMessage()
    html.make_mixed()
    for kind, content in (("html", "<p>Avant.</p>"), ("pdf", b"x"), ("html", "<p>Après.</p>")):
        if isinstance(content, bytes):
            html.add_attachment(content, "application", kind, filename="bail.pdf")
        else:
            html.add_attachment(content, subtype=kind, disposition="inline")
    message = EmailMessage()
    message["Subject"] = "S"
    message.set_content("Avant. Après.")
    message.make_alternative()
    message.attach(html)
    assert texts(mail(tmp_path, message)) == ["S", "Attachment: bail.pdf", "Avant. Après."]


def test_eml_forwarded_messages_are_read(tmp_path: Path) -> None:
    inner = EmailMessage()
    inner["Subject"] = "Le bail"
    inner["From"] = "Rose Tavel <rose@exemple.fr>"
    inner.set_content("Le loyer est de 640 € par mois.")
    message = EmailMessage()
    message["Subject"] = "Tr : Le bail"
    message.set_content("Pour information.")
    message.add_attachment(inner)
    document = mail(tmp_path, message)
    assert document.blocks[-3:] == (
        Block("Le bail", 2),
        Block("From: Rose Tavel <rose@exemple.fr>"),
        Block("Le loyer est de 640 € par mois."),
    )


@pytest.mark.parametrize(
    ("header", "body"),
    [
        ("", "utf-8"),
        ("Content-Type: text/plain; charset=us-ascii\n", "cp1252"),
        ("Content-Type: text/plain; charset=iso-8859-1\n", "cp1252"),
        ("Content-Type: text/plain; charset=iso-8859-1\n", "utf-8"),
        ("Content-Type: text/plain; charset=utf-8\n", "cp1252"),
        ("Content-Type: text/plain; charset=inconnu\n", "cp1252"),
    ],
)
def test_eml_with_a_charset_that_is_missing_or_wrong(
    tmp_path: Path, header: str, body: str
) -> None:
    line = "L’œuvre prêtée à 1 250 €… jusqu’au 4 août"
    source = f"Subject: {line}\n{header}\n{line}".encode(body)
    document = mail(tmp_path, source)
    assert (document.title, texts(document)) == (line, [line, line])


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("=?iso-8859-1?Q?L=92=9Cuvre_=E0_9_=80?=", "L’œuvre à 9 €"),
        ("=?utf-8?Q?pr=C3?=\n =?utf-8?Q?=AAt?= du 4", "prêt du 4"),
        ("=?utf-8?B?w6k=?= =?iso-8859-1?Q?=E9?= fin", "éé fin"),
        ("=?us-ascii?Q?pr=EAt?=", "prêt"),
        ("=?x-inconnu?Q?pr=EAt?=", "prêt"),
        ("Re: =?UTF-8?Q?=C3=A9t=C3=A9?= 2025", "Re: été 2025"),
        (r"C:\users\bail 50 %", r"C:\users\bail 50 %"),
    ],
)
def test_eml_subjects(tmp_path: Path, raw: str, shown: str) -> None:
    assert mail(tmp_path, f"Subject: {raw}\n\nTexte.").title == shown


def test_eml_that_is_encrypted_says_so(tmp_path: Path) -> None:
    source = (
        "Subject: S\nContent-Type: multipart/encrypted; boundary=b\n\n"
        "--b\nContent-Type: application/octet-stream\n\nx\n--b--\n"
    )
    assert mail(tmp_path, source).lost == (Removal("multipart/encrypted", "encrypted"),)


PARAGRAPHS = st.lists(
    st.tuples(
        st.sampled_from(["", "> ", ">> "]),
        st.lists(st.sampled_from("le la devis charpente 26 400 € From >".split()), min_size=1)
        .map(" ".join)
        .filter(lambda text: not text.startswith(">")),
    ),
    min_size=1,
    max_size=6,
)


def flowed(marks: str, paragraph: str, delete_space: bool) -> list[str]:
    """The lines of a paragraph as RFC 3676 has them written, at 40 columns."""
    lines = textwrap.wrap(paragraph, 40)
    stuffed = [f" {line}" if marks or line.startswith(("From", " ", ">")) else line
               for line in lines]  # fmt: skip
    soft = "  " if delete_space else " "
    return [marks.rstrip() + line + soft for line in stuffed[:-1]] + [marks.rstrip() + stuffed[-1]]


@settings(deadline=None)
@given(PARAGRAPHS, st.booleans())
def test_eml_lines_flow_together(paragraphs: list[tuple[str, str]], delete_space: bool) -> None:
    lines = [line for marks, text in paragraphs for line in (*flowed(marks, text, delete_space),
                                                               marks.rstrip())]  # fmt: skip
    parameter = "; delsp=yes" if delete_space else ""
    message = (
        f"Subject: S\nContent-Type: text/plain; charset=utf-8; format=flowed{parameter}\n"
        "Content-Transfer-Encoding: 8bit\n\n" + "\n".join(lines)
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.eml"
        path.write_text(message, encoding="utf-8")
        blocks = [block.text for block in load(path).blocks][1:]
    assert [block for block in blocks if block.strip("> ")] == [
        marks + text for marks, text in paragraphs
    ]


def test_eml_lines_that_flow_are_not_joined_again(tmp_path: Path) -> None:
    links = [f"https://exemple.test/le-registre-de-la-commune/page-{i}" for i in range(1, 7)]
    path = tmp_path / "a.eml"
    path.write_text(
        "Subject: S\nContent-Type: text/plain; charset=utf-8; format=flowed\n\n"
        + "\n".join(["Les pages du \nregistre :", *links]),
        encoding="utf-8",
    )
    assert [block.text for block in load(path).blocks] == ["S", "Les pages du registre :", *links]


def test_eml_lines_broken_at_a_width_are_joined(tmp_path: Path) -> None:
    sentence = (
        "Le conseil a retenu deux devis pour la charpente de la halle, dont le premier ne "
        "comprend pas le transport."
    )
    lines = [*textwrap.wrap(sentence, 72), "", "Anne", "Paul", "",
             *(f"> {line}" for line in textwrap.wrap(sentence, 70)), "> Fin."]  # fmt: skip
    path = tmp_path / "a.eml"
    path.write_text("Subject: S\n\n" + "\n".join(lines), encoding="utf-8")
    blocks = [block.text for block in load(path).blocks]
    assert blocks == ["S", sentence, "Anne", "Paul", f"> {sentence}", "> Fin."]


def test_eml_with_html_only(tmp_path: Path) -> None:
    message = EmailMessage()
    message["Subject"] = "S"
    message.set_content("<html><body><p>Bonjour <b>à</b> tous.</p></body></html>", subtype="html")
    path = tmp_path / "a.eml"
    path.write_bytes(bytes(message))
    assert load(path).blocks[-1] == Block("Bonjour à tous.")


# --- tables ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", "Plante,Hauteur,Prix\nRose,\"1,2 m\",12 €\nLis,,8 €\n"),
        ("a.csv", "Plante;Hauteur;Prix\r\nRose;1,2 m;12 €\r\n\r\nLis;;8 €"),
        ("a.tsv", "Plante\tHauteur\tPrix\nRose\t1,2 m\t12 €\nLis\t\t8 €\n"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252"])
def test_tables(tmp_path: Path, name: str, content: str, encoding: str) -> None:
    path = tmp_path / name
    path.write_bytes(content.encode(encoding))
    assert [block.text for block in load(path).blocks] == [
        "Plante: Rose | Hauteur: 1,2 m | Prix: 12 €",
        "Plante: Lis | Prix: 8 €",
    ]


def test_a_cell_may_hold_a_line_break(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('Nom,Note\nRoue,"grande\net lourde"\n', encoding="utf-8")
    assert load(path).blocks == (Block("Nom: Roue | Note: grande et lourde"),)


@pytest.mark.parametrize(
    ("content", "rows"),
    [
        ("sep=,\r\nNom;Prénom,Prix\r\nRoux;Paul,\"1,5\"\r\n",
         ["Nom;Prénom: Roux;Paul | Prix: 1,5"]),
        ("\ufeffsep=;\nNom;Prix\nRoux;1,5\nBlin;2,5\n",
         ["Nom: Roux | Prix: 1,5", "Nom: Blin | Prix: 2,5"]),
        ("Adhérents du club\nExport du;12/03/2025\n\nNom;Prénom;Ville;Prix\nRoux;Paul;Ulm;1,5\n",
         ["Adhérents du club", "Export du | 12/03/2025",
          "Nom: Roux | Prénom: Paul | Ville: Ulm | Prix: 1,5"]),
        ("Poste;2023;2024\nEau;1 200,50;1 300\n;7;\n",
         ["Poste: Eau | 2023: 1 200,50 | 2024: 1 300", "2023: 7"]),
        ("12/03/2025;Loyer;700,00\n12/04/2025;Loyer;702,00\n",
         ["12/03/2025 | Loyer | 700,00", "12/04/2025 | Loyer | 702,00"]),
        ("Nom;Ville;Courriel\nRoux;Ulm;\n", ["Nom | Ville | Courriel", "Nom: Roux | Ville: Ulm"]),
    ],
)  # fmt: skip
def test_tables_as_spreadsheets_export_them(tmp_path: Path, content: str, rows: list[str]) -> None:
    path = tmp_path / "a.csv"
    path.write_text(content, encoding="utf-8")
    assert [block.text for block in load(path).blocks] == rows


# --- pages in one file, subtitles -----------------------------------------------------------------


def test_a_page_that_a_browser_saved_in_one_file(tmp_path: Path) -> None:
    page = "<html><body><main><h1>L’horloge</h1><p>Elle sonne à 9 h 15.</p></main></body></html>"
    message = EmailMessage()
    message["Subject"] = "L’horloge"
    message["Snapshot-Content-Location"] = "https://exemple.test/horloge"
    message.set_content(page, subtype="html", cte="quoted-printable")
    message.make_related()
    message.add_attachment(b"x", "image", "png")
    path = tmp_path / "a.mhtml"
    path.write_bytes(bytes(message))
    document = load(path)
    assert document.blocks == (Block("L’horloge", 1), Block("Elle sonne à 9 h 15."))
    assert (document.title, document.source.url) == ("L’horloge", "https://exemple.test/horloge")
    assert document.web
    path.write_text("Subject: S\n\nTexte.")
    with pytest.raises(UnreadableDocument, match="holds no web page"):
        load(path)


SRT = """1
00:00:01,000 --> 00:00:03,000
Le bac de la Sorne

2
00:00:03,500 --> 00:00:05,000
<i>rouvre</i> en avril.

3
00:01:10,000 --> 00:01:12,000
Attention : il y a 22 places.
"""
VTT = """WEBVTT - Conseil

intro
00:05.000 --> 00:07.000 align:start
<v Marie Le Roux>Le budget est de 4&nbsp;200 €.</v>

00:07.000 --> 00:09.000
<v Paul>Non.

01:00:09.000 --> 01:00:12.000
<v Paul>Il est de 4 300 €.
"""
NAMED = """1
00:00:01,000 --> 00:00:03,000
MARIE : Bonjour.

2
00:00:03,000 --> 00:00:04,000
PAUL : Oui.

3
00:00:04,000 --> 00:00:05,000
MARIE : Un point :
le budget.

4
00:00:05,000 --> 00:00:06,000
PAUL : Bien.
"""


@pytest.mark.parametrize(
    ("name", "content", "lines"),
    [
        ("a.srt", SRT, ["00:00:01", "Le bac de la Sorne rouvre en avril.",
                        "00:01:10", "Attention : il y a 22 places."]),
        ("a.vtt", VTT, ["Marie Le Roux, 00:05", "Le budget est de 4\u00a0200 €.",
                        "Paul, 00:07", "Non.", "Paul, 01:00:09", "Il est de 4 300 €."]),
        ("b.srt", NAMED, ["MARIE, 00:00:01", "Bonjour.", "PAUL, 00:00:03", "Oui.",
                          "MARIE, 00:00:04", "Un point : le budget.", "PAUL, 00:00:05", "Bien."]),
    ],
)  # fmt: skip
def test_subtitles_tell_time_and_speaker(
    tmp_path: Path, name: str, content: str, lines: list[str]
) -> None:
    path = tmp_path / name
    path.write_text(content.replace("\n", "\r\n"), encoding="utf-8")
    document = load(path)
    assert texts(document) == lines
    assert [block.level for block in document.blocks] == [2, 0] * (len(lines) // 2)
    assert document.title == path.stem


def test_a_dash_in_subtitles_begins_what_somebody_else_says(tmp_path: Path) -> None:
    path = tmp_path / "a.vtt"
    path.write_text(
        "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Maire>Le budget est voté.\n\n"
        "00:03.000 --> 00:05.000\n- Et la halle,\nMadame ?\n- Elle ouvre\n\n"
        "00:05.000 --> 00:06.000\nle 3 juin.\n"
    )
    assert texts(load(path)) == [
        "Maire, 00:01", "Le budget est voté.", "00:03", "- Et la halle, Madame ?",
        "- Elle ouvre le 3 juin.",
    ]  # fmt: skip


def test_captions_that_roll_are_said_once(tmp_path: Path) -> None:
    path = tmp_path / "a.vtt"
    path.write_text(
        "WEBVTT\n\n00:01.000 --> 00:02.000\nle bac\n\n00:02.000 --> 00:03.000\nle bac\n"
        "rouvre<00:02.500><c> en</c> avril\n\n00:03.000 --> 00:04.000\nrouvre en avril\n"
    )
    assert texts(load(path)) == ["00:01", "le bac rouvre en avril"]


@given(st.text(alphabet="0123456789:,.->\n aÉ<v>", max_size=200))
def test_any_subtitles_are_read_or_refused(text: str) -> None:
    for block in subtitles._blocks(text):
        assert block.text.strip()
