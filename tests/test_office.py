"""Office documents as programs write them: what stands on the page stands in the text."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest

from askdossier.core import RawDocument, UnreadableDocument
from askdossier.load import legacy, read
from askdossier.load.grid import Cell, lines_of
from askdossier.load.number_format import shown
from askdossier.load.numbering import Level, Numbers, formatted
from askdossier.load.sheets import tables

OFFICE = Path(__file__).parent / "data" / "office"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'


def texts(document: RawDocument) -> list[str]:
    return [block.text for block in document.blocks]


def lost(document: RawDocument) -> list[tuple[str, str]]:
    return sorted((removal.reason, removal.text) for removal in document.lost)


# --- files of LibreOffice (tests/data/office/make_office.py) --------------------------------------

LINES = [
    "Le fournil est ouvert à tous les habitants.",
    "Article I Ouverture",
    "À savoir",
    "Réservation avant le 12 mars",
    "Le four chauffe le samedi dès 7 h. Il tient 40 pains sur 6 m².",
    "Relevé fait par Soazig Le Dantec en 2023.",
    "La fournée coûte 11 euros.",
    "Article II Usage",
    "1. Pâte",
    "1. Peser la farine.",
    "2. Pétrir :",
    "a) à la main",
    "b) au pétrin",
    "3. Laisser lever deux heures.",
    "2. Cuisson",
    "- Balayer la sole.",
    "Article III Permanences",
    "Jour: Samedi | Four A › Soir: 17 places | Four B: 23 places",
    "Jour: Dimanche | Four A › Matin, Soir: fermé | Four B: 29 places",
    "Jour: Dimanche | Four A › Matin: 31 places | Four B: 37 places",
    "Signé : Yvonne Tanguy.",
    "Commune de Kervélan, référence FK/2025/31",
]


@pytest.mark.parametrize("name", ["fournil.odt", "fournil.docx", "fournil.rtf"])
def test_a_text_is_read_as_it_stands_on_the_page(name: str) -> None:
    document = read(OFFICE / name, name)
    assert texts(document) == LINES
    assert document.title == "Règlement du fournil de Kervélan"
    assert lost(document) == [
        ("comment", "Gaël Morvan: À revoir en avril 2026"),
        ("deleted (tracked change)", "vendredi"),
        ("hidden", "brouillon 99"),
        ("struck through", "9 euros"),
    ]


ROWS = [
    "Recettes 2025",
    "Recettes du fournil de Kervélan",
    "Date: 12/03/2025 | Objet: Fournées | Montant › Prévu: 1 250,50 € | Montant › Reçu: 1 310,00 €"
    " | Part: 72,5 %",
    "Date: 02/04/2025 | Objet: Dons | Montant › Reçu: 86,00 € | Part: 27,5 %",
    "Personne: Soazig Le Dantec | Fonction: Boulangère | Heures: 14,5",
    "Personne: Gaël Morvan | Fonction: Trésorier | Heures: 3",
    "Stock",
    "Farine: Seigle | Sacs: 18",
    "Farine: Sarrasin | Sacs: 1200",
]


@pytest.mark.parametrize("name", ["comptes.ods", "comptes.xlsx", "comptes.xls"])
def test_a_workbook_is_read_as_its_cells_are_shown(name: str) -> None:
    document = read(OFFICE / name, name)
    # LibreOffice prints this one with the point of the locale in which the files were made.
    lines = [" ".join(line.split()).replace("14.5", "14,5") for line in texts(document)]
    assert lines == ROWS
    assert lost(document) == [("hidden", "Brouillon")]
    assert [block.pages[0].number for block in document.blocks] == [1] * 6 + [2] * 3
    assert {block.pages[0].kind for block in document.blocks} == {"sheet"}
    assert len({block.pages[0].name for block in document.blocks}) == 2
    assert [block.text for block in document.blocks if block.level] == ["Recettes 2025", "Stock"]


@pytest.mark.parametrize("name", ["atelier.odp", "atelier.pptx"])
def test_slides_are_read_with_their_tables_and_notes(name: str) -> None:
    document = read(OFFICE / name, name)
    assert {block.pages[0].kind for block in document.blocks} == {"slide"}
    assert [(block.pages[0].number, block.level, block.text) for block in document.blocks] == [
        (1, 2, "Atelier de Kervélan"),
        (1, 0, "- Le 8 novembre 2025"),
        (1, 0, "- Animé par Soazig Le Dantec"),
        (1, 0, "Remercier Gaël Morvan pour ses 60 fagots."),
        (2, 2, "Participation"),
        (2, 0, "Lieu: Kervélan | Samedi, Dimanche: 27 personnes"),
        (2, 0, "Lieu: Ploumel | Dimanche: 43 personnes"),
        (2, 0, "Prix : 5 euros"),
    ]
    assert lost(document) == [("struck through", "6 euros")]
    assert document.title == "Atelier du fournil"


FILES = sorted(path.name for path in OFFICE.iterdir() if path.suffix[1:] in {
    "docx", "odp", "ods", "odt", "pptx", "rtf", "xls", "xlsx",
})  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_every_figure_and_capitalised_word_that_a_page_shows_is_read_or_told(name: str) -> None:
    """Against the same file as LibreOffice prints it."""
    document = read(OFFICE / name, name)
    seen = (OFFICE / "seen" / f"{Path(name).stem}.txt").read_text("utf-8")
    seen = re.sub(r"^Page \d+.*$", "", seen, flags=re.MULTILINE)  # the numbers of the pages
    seen = seen.replace("pains1", "pains").replace("DanBoulangère", "Boulangère")
    seen = seen.replace("6 m2", "6 m²").replace("\n1 Relevé", "\nRelevé")
    seen = re.sub(r"(Article I+)(?=[A-Z][a-z])", r"\1 ", seen)
    told = [*texts(document), *(removal.text for removal in document.lost)]
    known = set(words(" ".join(told).replace("14,5", "14.5")))
    assert [word for word in words(seen) if word not in known] == []


def words(text: str) -> list[str]:
    """Figures and words with a capital letter."""
    return re.findall(r"\d+(?:[.,/]\d+)*|[A-ZÀ-Ý][\w’-]*", text)


@pytest.mark.skipif(legacy.converter() is None, reason="needs LibreOffice")
def test_an_old_document_is_converted() -> None:
    document = read(OFFICE / "fournil.doc", "fournil.doc")
    assert "Jour: Dimanche | Four A › Matin, Soir: fermé | Four B: 29 places" in texts(document)
    assert "Article II Usage" in texts(document)
    assert ("struck through", "9 euros") in lost(document)


def test_an_old_document_says_what_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(legacy, "converter", lambda: None)
    with pytest.raises(UnreadableDocument, match="Install LibreOffice"):
        read(OFFICE / "fournil.doc", "fournil.doc")


@pytest.mark.parametrize("name", ["fournil.rtf", "fournil.docx"])
def test_a_newer_document_under_an_old_name_needs_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(legacy, "converter", lambda: None)
    (tmp_path / "a.doc").write_bytes((OFFICE / name).read_bytes())
    assert texts(read(tmp_path / "a.doc", "a.doc")) == LINES


# --- Word, part by part ---------------------------------------------------------------------------


def word(path: Path, body: str, **parts: str) -> RawDocument:
    with zipfile.ZipFile(path / "a.docx", "w") as archive:
        archive.writestr(
            "word/document.xml", f"<w:document {W} {MC}><w:body>{body}</w:body></w:document>"
        )
        for name, inner in parts.items():
            archive.writestr(f"word/{name}.xml", f"<w:{name} {W}>{inner}</w:{name}>")
    return read(path / "a.docx", "a.docx")


def run(text: str, look: str = "") -> str:
    return f"<w:r><w:rPr>{look}</w:rPr><w:t xml:space='preserve'>{text}</w:t></w:r>"


def paragraph(inner: str, about: str = "") -> str:
    return f"<w:p><w:pPr>{about}</w:pPr>{inner}</w:p>"


def item(text: str, depth: int = 0, number: str = "1") -> str:
    about = f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>'
    return paragraph(run(text), about)


STYLES = """
<w:style w:type="character" w:styleId="Old"><w:name w:val="Ancien"/>
<w:rPr><w:strike/></w:rPr></w:style>
<w:style w:type="character" w:styleId="Older"><w:basedOn w:val="Old"/></w:style>
<w:style w:type="paragraph" w:styleId="Secret"><w:rPr><w:vanish/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="T1"><w:name w:val="toc 1"/></w:style>
<w:style w:type="paragraph" w:styleId="Art"><w:name w:val="heading 1"/>
<w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Clause"><w:name w:val="Clause"/>
<w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>
"""


@pytest.mark.parametrize(
    ("body", "lines", "gone"),
    [
        pytest.param(
            paragraph(run("Il coûte ") + run("15", "<w:strike/>") + run("00 €", "<w:dstrike/>")
                      + run(" 18 €", '<w:strike w:val="0"/>')),
            ["Il coûte 18 €"], [("struck through", "1500 €")], id="struck through once or twice",
        ),
        pytest.param(
            paragraph(run("Prix ") + run("15 €", '<w:rStyle w:val="Older"/>') + run("18 €")),
            ["Prix 18 €"], [("struck through", "15 €")], id="struck through by a style",
        ),
        pytest.param(
            paragraph(run("Mot caché"), '<w:pStyle w:val="Secret"/>')
            + paragraph(run("Le code ", "") + run("4471", "<w:vanish/>") + run("suit.")),
            ["Le code suit."], [("hidden", "4471"), ("hidden", "Mot caché")], id="hidden",
        ),
        pytest.param(
            paragraph("<w:ins>" + run("Neuf") + "</w:ins><w:del><w:r><w:delText>Vieux</w:delText>"
                      "</w:r></w:del>")
            + paragraph("<w:moveFrom>" + run("Déplacé") + "</w:moveFrom>",
                        "<w:rPr><w:moveFrom/></w:rPr>")
            + paragraph("<w:moveTo>" + run("Déplacé") + "</w:moveTo>"),
            ["Neuf", "Déplacé"],
            [("deleted (tracked change)", "Vieux"),
             ("moved elsewhere (tracked change)", "Déplacé")],
            id="tracked changes",
        ),
        pytest.param(
            paragraph(run("Le prix "), "<w:rPr><w:del/></w:rPr>") + paragraph(run("est de 3 €."))
            + paragraph(run("Fin"), "<w:rPr><w:del/></w:rPr>"),
            ["Le prix est de 3 €.", "Fin"], [], id="a paragraph whose end was deleted goes on",
        ),
        pytest.param(
            "<w:tbl>" + "".join(
                f"<w:tr><w:trPr>{gone}</w:trPr><w:tc>{paragraph(run(a))}</w:tc><w:tc>"
                f"{paragraph(run(b))}</w:tc></w:tr>"
                for a, b, gone in (("An", "Prix", ""), ("2023", "3 €", "<w:del/>"),
                                   ("2024", "4 €", "<w:ins/>"))
            ) + "</w:tbl>",
            ["An: 2024 | Prix: 4 €"], [("deleted (tracked change)", "2023 3 €")],
            id="a deleted row",
        ),
        pytest.param(
            paragraph("<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing>"
                      f"<w:txbxContent>{paragraph(run('En boîte'))}</w:txbxContent></w:drawing>"
                      "</mc:Choice><mc:Fallback><w:pict><w:txbxContent>"
                      f"{paragraph(run('En boîte'))}</w:txbxContent></w:pict></mc:Fallback>"
                      "</mc:AlternateContent></w:r>" + run("Le texte.")),
            ["En boîte", "Le texte."], [], id="a text box once, beside its paragraph",
        ),
        pytest.param(
            paragraph("<w:sdt><w:sdtPr/><w:sdtContent>" + run("Ulm") + "</w:sdtContent></w:sdt>"
                      "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>"
                      + run("Entrez du texte") + "</w:sdtContent></w:sdt>")
            + "<w:sdt><w:sdtContent>" + paragraph(run("Dedans")) + "</w:sdtContent></w:sdt>",
            ["Ulm", "Dedans"], [("empty form field", "Entrez du texte")], id="content controls",
        ),
        pytest.param(
            paragraph("<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>DATE"
                      "</w:instrText></w:r><w:r><w:fldChar w:fldCharType='separate'/></w:r>"
                      + run("3 mai") + "<w:r><w:fldChar w:fldCharType='end'/></w:r>"
                      + "<w:fldSimple w:instr='REF x'>" + run(", page 2") + "</w:fldSimple>"
                      "<w:r><w:fldChar w:fldCharType='begin'><w:ffData><w:checkBox><w:checked/>"
                      "</w:checkBox></w:ffData></w:fldChar></w:r>"
                      "<w:r><w:fldChar w:fldCharType='end'/></w:r>" + run(" oui")),
            ["3 mai, page 2☒ oui"], [], id="fields show their results",
        ),
        pytest.param(
            paragraph(run("10") + run("3", "<w:vertAlign w:val='superscript'/>") + run(" m, le 1")
                      + run("er", "<w:vertAlign w:val='superscript'/>")),
            ["10³ m, le 1er"], [], id="powers stay powers",
        ),
        pytest.param(
            paragraph(run("655", "<w:position w:val='1'/>") + run(" euros en ")
                      + run("2024", "<w:position w:val='6'/>") + run(" au lieu de 10")
                      + run("3", "<w:position w:val='6'/>") + run("2", "<w:position w:val='-4'/>")),
            ["655 euros en 2024 au lieu de 10³2"], [], id="figures raised to set a line",
        ),
        pytest.param(
            paragraph(run("Ouverture\t3"), '<w:pStyle w:val="T1"/>') + paragraph(run("Fin")),
            ["Fin"], [("table of contents", "Ouverture 3")], id="the table of contents is told",
        ),
    ],
)  # fmt: skip
def test_word_says_what_counts(
    tmp_path: Path, body: str, lines: list[str], gone: list[tuple[str, str]]
) -> None:
    document = word(tmp_path, body, styles=STYLES)
    assert texts(document) == lines
    assert lost(document) == gone


def level(depth: int, how: str, text: str, more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{how}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


NUMBERING = (
    '<w:abstractNum w:abstractNumId="0">'
    + level(0, "upperRoman", "%1.")
    + level(1, "decimal", "%1.%2", "<w:isLgl/>")
    + level(2, "lowerLetter", "%3)")
    + "</w:abstractNum>"
    '<w:abstractNum w:abstractNumId="1">'
    + level(0, "decimal", "Article %1 –", '<w:pStyle w:val="Art"/>')
    + level(1, "decimal", "%1.%2", '<w:pStyle w:val="Clause"/>')
    + "</w:abstractNum>"
    '<w:abstractNum w:abstractNumId="2">' + level(0, "bullet", "•") + "</w:abstractNum>"
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="2"/></w:num>'
    '<w:num w:numId="4"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">'
    '<w:startOverride w:val="5"/></w:lvlOverride></w:num>'
)


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        (item("a") + item("b", 1) + item("c", 1) + item("d", 2) + item("e") + item("f", 1),
         ["I. a", "1.1 b", "1.2 c", "a) d", "II. e", "2.1 f"]),
        (item("a") + item("b", 0, "4") + item("c", 0, "4"), ["I. a", "V. b", "VI. c"]),
        (item("a", 0, "3") + item("b", 0, "0") + item("c", 0, "77"), ["- a", "b", "- c"]),
        (paragraph(run("Objet"), '<w:pStyle w:val="Art"/>')
         + paragraph(run("Un."), '<w:pStyle w:val="Clause"/>')
         + paragraph("<w:del><w:r><w:delText>Mort</w:delText></w:r></w:del>",
                     '<w:pStyle w:val="Clause"/><w:rPr><w:del/></w:rPr>')
         + paragraph(run("Deux."), '<w:pStyle w:val="Clause"/>')
         + paragraph(run("Prix"), '<w:pStyle w:val="Art"/>')
         + paragraph(run("Un."), '<w:pStyle w:val="Clause"/>'),
         ["Article 1 – Objet", "1.1 Un.", "1.2 Deux.", "Article 2 – Prix", "2.1 Un."]),
    ],
)  # fmt: skip
def test_word_counts_and_the_numbers_are_text(tmp_path: Path, body: str, lines: list[str]) -> None:
    assert texts(word(tmp_path, body, styles=STYLES, numbering=NUMBERING)) == lines


def test_the_other_parts_of_a_word_document_are_read(tmp_path: Path) -> None:
    note = '<w:footnote w:id="{}"><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:footnote>'
    body = (
        paragraph(run("Un pont") + '<w:r><w:footnoteReference w:id="2"/></w:r>' + run("."))
        + paragraph(run("Un autre") + '<w:r><w:endnoteReference w:id="2"/></w:r>' + run("."))
    )  # fmt: skip
    document = word(
        tmp_path, body,
        footnotes=note.format(1, "jamais cité") + note.format(2, "Bâti en 1887."),
        endnotes=note.replace("footnote", "endnote").format(2, "Arrêté n° 12."),
        comments='<w:comment w:author="Léa"><w:p><w:r><w:t>Vrai ?</w:t></w:r></w:p></w:comment>',
    )  # fmt: skip
    assert texts(document) == [
        "Un pont.", "Bâti en 1887.", "Un autre.", "Arrêté n° 12.",
    ]  # fmt: skip
    assert lost(document) == [("comment", "Léa: Vrai ?"), ("hidden", "jamais cité")]


# --- rich text, part by part ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "lines", "gone"),
    [
        (r"\'8cuvre \'e0 \u8364? 3\~km\par \uc2\u-10179\'3f?\uc1\u-8704\'3f fin",
         ["Œuvre à € 3\u00a0km", "😀 fin"], []),
        (r"{\fonttbl{\f1\fnil\fcharset204 Arial;}}\f1 \'cc\'ee\'f1\'ea\'e2\'e0", ["Москва"], []),
        (r"Il co\'fbte {\strike 15 }{\striked1 20 }18 \'80.", ["Il coûte 18 €."],
         [("struck through", "15 20")]),
        (r"{\v cach\'e9}Vu {\deleted vieux}{\revised neuf}", ["Vu neuf"],
         [("deleted (tracked change)", "vieux"), ("hidden", "caché")]),
        (r"{\stylesheet{\s0 Normal;}{\s3\b heading 2;}}\pard\s3 Titre\par\pard\s0 Texte",
         ["Titre", "Texte"], []),
        (r"{\listtext\'b7\tab}un\par{\listtext b)\tab}deux", ["· un", "b) deux"], []),
        (r"{\field{\*\fldinst DATE}{\fldrslt 3 mai}}{\*\unknown non}{\pict 0102}", ["3 mai"], []),
        (r"\trowd\cellx1000\cellx2000\cellx3000\intbl Jour\cell Matin\cell Soir\cell\row"
         r"\trowd\cellx1000\cellx3000\intbl Lundi\cell ferm\'e9\cell\row"
         r"\trowd\cellx1000\cellx2000\cellx3000\intbl Mardi\cell\cell 6\cell\row\pard Fin",
         ["Jour: Lundi | Matin, Soir: fermé", "Jour: Mardi | Soir: 6", "Fin"], []),
        (r"\bin3 }}}Fin{\footnote Note 4.}.", ["Fin.", "Note 4."], []),
        (r"10{\super 3} en {\up6 2024} : {\up2 50} euros{\up2 7}, 10{\up 3}{\up6 4}{\up0 5}",
         ["10³ en 2024 : 50 euros7, 10³⁴5"], []),
        (r"log{\sub 10}2, 10{\sub 2}, 1\sub\'30\nosupersub 3, H{\sub 2}O",
         ["log₁₀2, 10₂, 1₀3, H2O"], []),
        (r"{\field{\*\fldinst { FORMCHECKBOX }{{\*\formfield{\fftype1\ffres25\fftypetxt0\ffhps20"
         r"{\*\ffname a}\ffdefres1}}}}{\fldrslt }} Oui "
         r"{\field{\*\fldinst FORMCHECKBOX {\*\formfield{\fftype1\ffres0\ffdefres1}}}"
         r"{\fldrslt}} Non "
         r"{\field{\*\fldinst FORMCHECKBOX {\*\formfield{\fftype1\ffres1}}}{\fldrslt}} NSP "
         r"{\field{\*\fldinst FORMTEXT {\*\formfield{\fftype0\ffres1}}}{\fldrslt L\'e9a}}",
         ["☒ Oui ☐ Non ☒ NSP Léa"], []),
    ],
)  # fmt: skip
def test_rich_text_says_what_counts(
    tmp_path: Path, body: str, lines: list[str], gone: list[tuple[str, str]]
) -> None:
    path = tmp_path / "a.rtf"
    path.write_text("{\\rtf1\\ansi\\ansicpg1252 " + body + "}", encoding="ascii")
    document = read(path, "a.rtf")
    assert texts(document) == lines
    assert lost(document) == gone


# --- counting -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("count", "how", "shown"),
    [
        (4, "lowerRoman", "iv"), (1999, "upperRoman", "MCMXCIX"), (28, "lowerLetter", "bb"),
        (3, "upperLetter", "C"), (7, "decimalZero", "07"), (12, "cardinalText", "12"),
        (0, "upperRoman", "0"), (5, "none", ""),
    ],
)  # fmt: skip
def test_numbers_are_written_as_word_writes_them(count: int, how: str, shown: str) -> None:
    assert formatted(count, how) == shown


def test_a_level_may_go_on_counting_below_a_new_one() -> None:
    numbers = Numbers({0: Level(template="%1."), 1: Level(template="%2)", restart=-1)})
    assert [numbers.next(depth) for depth in (0, 1, 0, 1)] == ["1. ", "1) ", "2. ", "2) "]


# --- numbers of spreadsheets ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "code", "french", "english"),
    [
        (1250.5, "General", "1250,5", "1250.5"),
        (18.0, "General", "18", "18"),
        (0.1 + 0.2, "General", "0,3", "0.3"),
        (1250.5, '#,##0.00\\ "€"', "1\u202f250,50 €", "1,250.50 €"),
        (-1250.5, "#,##0.00 [$€-40C];[Red]-#,##0.00 [$€-40C]", "-1\u202f250,50 €", "-1,250.50 €"),
        (99.9, '"$"#,##0.00_);("$"#,##0.00)', "$99,90", "$99.90"),
        (0.725, "0.0%", "72,5%", "72.5%"),
        (0.725, "0\\ %", "73 %", "73 %"),
        (12, '0" km"', "12 km", "12 km"),
        (7, '"n° "000', "n° 007", "n° 007"),
        (45728, "dd/mm/yyyy", "12/03/2025", "2025-03-12"),
        (45728, "[$-40C]d mmmm yyyy;@", "12/03/2025", "2025-03-12"),
        (45728.604166667, "m/d/yy h:mm", "12/03/2025 14:30", "2025-03-12 14:30"),
        (45728, "mmm-yy", "03/2025", "2025-03"),
        (45728, "[$-40C]mmmm;@", "mars", "March"),
        (45728, "dddd", "mercredi", "Wednesday"),
        (45728, "[$-40C]ddd;@", "mercredi", "Wednesday"),
        (45728, "[$-40C]dddd d mmmm yyyy;@", "mercredi 12/03/2025", "Wednesday 2025-03-12"),
        (45728.5, "ddd dd/mm/yy hh:mm", "mercredi 12/03/2025 12:00", "Wednesday 2025-03-12 12:00"),
        (45728, "d", "12", "12"),
        (45717, "dd", "01", "01"),
        (45717, "ddd d", "samedi 1", "Saturday 1"),
        (45717, 'dddd" "dd', "samedi 01", "Saturday 01"),
        (0.604166667, "hh:mm", "14:30", "14:30"),
        (1e300, "dd/mm/yyyy", "1e+300", "1e+300"),
    ],
)  # fmt: skip
def test_numbers_are_given_as_their_cells_show_them(
    value: float, code: str, french: str, english: str
) -> None:
    assert shown(value, code, french=True) == french
    assert shown(value, code, french=False) == english


def test_a_table_goes_on_behind_an_empty_row_and_two_stand_side_by_side() -> None:
    def cells(row: int, column: int, *values: str) -> list[Cell]:
        return [Cell(text, row, column + i) for i, text in enumerate(values)]

    grids = tables([
        *cells(0, 0, "Poste", "Prix"), *cells(1, 0, "Eau", "3,50"), *cells(3, 0, "Gaz", "7,20"),
        *cells(0, 3, "Nom", "Âge"), *cells(1, 3, "Anne", "31,5"), *cells(3, 3, "Paul", "40,5"),
    ])  # fmt: skip
    assert [list(lines_of(grid)) for grid in grids] == [
        ["Poste: Eau | Prix: 3,50", "Poste: Gaz | Prix: 7,20"],
        ["Nom: Anne | Âge: 31,5", "Nom: Paul | Âge: 40,5"],
    ]
