"""Kinds of faults that were found by reading other files of the same sort, each with its mend."""

from __future__ import annotations

import time
import zipfile
from email.message import EmailMessage
from pathlib import Path

import pytest

from askdossier.clean import clean
from askdossier.core import RawDocument
from askdossier.load import read
from askdossier.load.numbering import raised


def write(path: Path, text: str) -> RawDocument:
    path.write_text(text, encoding="utf-8")
    return read(path, path.name)


def lines(document: RawDocument) -> list[str]:
    return [block.text for block in document.blocks]


# --- plain text -----------------------------------------------------------------------------------

STOCK = """Article        Stock   Seuil
Vis 4x40         250     100
Boulons M6        80     150
rondelles                 50
"""
ROWS = [
    "Article: Vis 4x40 | Stock: 250 | Seuil: 100", "Article: Boulons M6 | Stock: 80 | Seuil: 150",
    "Article: rondelles | Seuil: 50",
]  # fmt: skip


@pytest.mark.parametrize("text", [STOCK, STOCK.replace("\n", "\n" + "-" * 28 + "\n", 1)])
def test_a_table_that_spaces_line_up_keeps_its_columns(tmp_path: Path, text: str) -> None:
    assert lines(write(tmp_path / "a.txt", text)) == ROWS
    message = EmailMessage()
    message["Subject"] = "Stocks"
    message.set_content(f"Voici les stocks.\n\n{text}\nInès\n")
    (tmp_path / "a.eml").write_bytes(bytes(message))
    assert lines(read(tmp_path / "a.eml", "a.eml"))[2:-1] == ROWS


def test_a_table_that_tabs_line_up_keeps_its_columns(tmp_path: Path) -> None:
    text = "Nom\tPrix\tLots\tVille\nRoy\t12\t3\tUlm\nDiaz\t15\t4\t\n"
    assert lines(write(tmp_path / "a.txt", text)) == [
        "Nom: Roy | Prix: 12 | Lots: 3 | Ville: Ulm", "Nom: Diaz | Prix: 15 | Lots: 4",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Nom\tDurand\nNé le\t12/03/1950\nMobile\t0612345678\n",
         ["Nom | Durand", "Né le | 12/03/1950", "Mobile | 0612345678"]),
        ("Loyer    gratuit   janvier\nCharges   120,00   février\nEau        30,00   mars\n",
         ["Loyer | gratuit | janvier", "Charges | 120,00 | février", "Eau | 30,00 | mars"]),
        ("1.\tLe loyer est dû.\n2.\tLe bail dure.\n3.\tLa cave est vide.\n",
         ["1. Le loyer est dû.", "2. Le bail dure.", "3. La cave est vide."]),
    ],
)  # fmt: skip
def test_the_first_row_is_a_row_where_nothing_shows_names(
    tmp_path: Path, text: str, shown: list[str]
) -> None:
    found = lines(write(tmp_path / "a.txt", text))
    assert [" ".join(line.split()) for line in found] == shown


WIDTH_62 = """Il était   une fois un roi qui   vivait dans un grand château sur
la colline au nord.   Il avait trois filles   et deux fils,   tous
très   aimés  de leurs  sujets  et  de leurs  voisins,  jusqu'au
jour où  un dragon   vint.  Le roi   promit  la moitié   de son
royaume à qui le   tuerait  avant   la  fin  de  l'année   mille
deux cent.
"""


@pytest.mark.parametrize("mark", ["", "-   ", "1.\t"])
def test_spaces_that_fill_a_line_or_follow_a_mark_part_no_paragraph(
    tmp_path: Path, mark: str
) -> None:
    assert len(lines(write(tmp_path / "a.txt", mark + WIDTH_62))) == 1


def test_long_and_many_lines_with_gaps_are_read_in_time(tmp_path: Path) -> None:
    text = "a   b\n" * 5000 + "a " + " " * 30_000 + "b\n"
    start = time.process_time()
    write(tmp_path / "a.txt", text)
    assert time.process_time() - start < 3


def test_lines_with_gaps_and_no_figures_are_no_table(tmp_path: Path) -> None:
    text = "rose      rouge     rare\nlis       blanc     lent\nmauve     douce     pure\n"
    assert not any(" | " in line for line in lines(write(tmp_path / "a.txt", text)))


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("La popula-\ntion a crû.\n\nUne population.\n", "La population a crû."),
        ("On le sait, peut-\nêtre, de lui.\n", "On le sait, peut-être, de lui."),
        ("Paul, groupe O-\nmarie, groupe A+\n", "Paul, groupe O-"),
        ("fichier foo-\nbar\n", "fichier foo-"),
        ("Le tarif est de Saint-\nOrlan.\n", "Le tarif est de Saint-"),
    ],
)
def test_words_that_a_line_cuts_are_whole(tmp_path: Path, text: str, whole: str) -> None:
    assert lines(write(tmp_path / "a.txt", text))[0] == whole


# --- web pages and mail ---------------------------------------------------------------------------


def page(folder: Path, body: str) -> list[str]:
    source = f"<html><head><title>Fiche</title></head><body><h1>Fiche</h1>{body}</body></html>"
    return lines(write(folder / "a.html", source))[1:]


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        ("<p>10<sup>-3</sup> g, 5<sup>1/2</sup> h, 340<sup>1,2</sup> élus, 10<sub>2</sub>, CO"
         "<sub>2</sub>, 1<sup>er</sup></p>",
         "10⁻³ g, 5¹⁄₂ h, 340¹,² élus, 10₂, CO2, 1er"),
        ("<p>log<sub>10</sub>2, H<sub>2</sub>O</p>", "log₁₀2, H2O"),
        ("<p>10<span style='vertical-align: super'>3</span> pas</p>", "10³ pas"),
        ("<style>.e{vertical-align:super}</style><p>10<span class=e>3</span> pas</p>", "10³ pas"),
        ("<p>Lot <span>14</span><sup class='price-cents'>99</sup> F</p>", "Lot 14,99 F"),
        ("<p>Lot <b>14<i>,</i></b><span class=fraction>99</span> F</p>", "Lot 14,99 F"),
        ("<p><span>Habitants</span><span>3 456</span></p>", "Habitants 3 456"),
        ("<p>Bus<span>2,50 €</span><span>Tram</span></p>", "Bus 2,50 € Tram"),
        ("<p><i>04</i><i>avril</i><i>2025</i></p>", "04 avril 2025"),
        ("<p><span>Roux</span><span>Diaz</span></p>", "Roux Diaz"),
        ("<p>You<b>Tube</b>, l<b>a 2</b>e, 1<i>er</i>, 3<i>ième</i>, M<b>6</b>, 12<b>h</b>30, "
         "suite<wbr>12</p>", "YouTube, la 2e, 1er, 3ième, M6, 12h30, suite12"),
        ("<p>Il dit <q>non <b>merci</b></q>.</p>", "Il dit “non merci”."),
    ],
)  # fmt: skip
def test_figures_and_words_stand_apart_as_on_the_screen(
    tmp_path: Path, body: str, shown: str
) -> None:
    assert page(tmp_path, body) == [shown]


@pytest.mark.parametrize(
    "looks",
    ["style='list-style-type: upper-roman'", "type=I", "class=r", "id=x"],
)
def test_numbers_of_a_list_are_those_that_its_style_shows(tmp_path: Path, looks: str) -> None:
    rules = "<style>ol.r, #x > li, #x { list-style: upper-roman }</style>"
    found = page(tmp_path, f"{rules}<ol {looks}><li>Objet</li><li>Durée</li></ol>")
    assert found == ["I. Objet", "II. Durée"]


def test_the_lines_of_preformatted_text_stay_lines(tmp_path: Path) -> None:
    assert page(tmp_path, f"<pre>{STOCK}</pre>") == ROWS
    assert page(tmp_path, "<pre>Brut   12 F\n<b>Net</b>    10 F</pre>")[1].startswith("Net")


def test_a_table_that_only_roles_tell(tmp_path: Path) -> None:
    def row(role: str, *cells: str) -> str:
        inner = "".join(f"<span role={role}>{cell}</span>" for cell in cells)
        return f"<div role=row>{inner}</div>"

    head, body = row("columnheader", "Lot", "Loyer"), row("cell", "A12", "512 €")
    table = f"<div role=table><!-- x --><div role=rowgroup>{head}</div>{body}</div>"
    assert page(tmp_path, table) == ["Lot: A12 | Loyer: 512 €"]


@pytest.mark.parametrize(
    ("cells", "shown"),
    [
        ("<div><b role=cell>A12</b></div><div><b role=cell>512 €</b></div>",
         "Lot: A12 | Loyer: 512 €"),
        ("<b role=cell>A12</b> loué <b role=cell>512 €</b>", "A12 loué 512 €"),
    ],
)  # fmt: skip
def test_a_table_of_roles_loses_nothing(tmp_path: Path, cells: str, shown: str) -> None:
    head = "<div role=row><b role=columnheader>Lot</b> <b role=columnheader>Loyer</b></div>"
    rows = f"<div class=body><div role=row>{cells}</div></div>"
    table = f"<div role=table><div>Prix de mai.</div>{head}{rows}<p>Hors charges.</p></div>"
    found = page(tmp_path, table)
    assert (found[0], *found[-2:]) == ("Prix de mai.", shown, "Hors charges.")


def test_a_table_of_names_and_values_with_a_table_in_it(tmp_path: Path) -> None:
    inner = "<table><tr><td>Semaine</td><td>640 €</td></tr></table>"
    rows = [("Nom", "Gîte des Ifs"), ("Places", "8"), ("Prix", inner), ("Accueil", "Ada Brun")]
    table = "".join(f"<tr><td>{name}</td><td>{value}</td></tr>" for name, value in rows)
    assert page(tmp_path, f"<table>{table}</table>") == [
        "Nom | Gîte des Ifs", "Places | 8", "Prix | Semaine | 640 €", "Accueil | Ada Brun",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("about", "marks"),
    [("type=I", ["I.", "II."]), ("type=a", ["a.", "b."]), ("reversed", ["2.", "1."]),
     ("reversed start=9", ["9.", "8."]), ("type=i start=4", ["iv.", "v."])],
)  # fmt: skip
def test_lists_count_as_they_are_shown(tmp_path: Path, about: str, marks: list[str]) -> None:
    found = page(tmp_path, f"<p>Voici :</p><ol {about}><li>un</li><li>autre</li></ol>")
    assert [line.split()[0] for line in found[1:]] == marks


def test_a_long_list_that_counts_down_is_read_in_time(tmp_path: Path) -> None:
    start = time.process_time()
    page(tmp_path, f"<p>Voici :</p><ol reversed>{'<li>un' * 8000}</ol>")
    assert time.process_time() - start < 6


def test_what_a_message_answers_to_is_marked_in_html_too(tmp_path: Path) -> None:
    message = EmailMessage()
    message["Subject"] = "Devis"
    message.set_content(
        "<p>Oui, le 17 mars.</p><blockquote type=cite><p>Quand commencez-vous ?</p>"
        "<table><tr><th>Lot</th><th>Prix</th></tr><tr><td>Toit</td><td>5 000 €</td></tr></table>"
        "<blockquote class=gmail_quote>Combien ?</blockquote></blockquote>"
        "<blockquote style='margin-left:40px'>Bien à vous</blockquote>",
        subtype="html",
    )
    (tmp_path / "a.eml").write_bytes(bytes(message))
    assert lines(read(tmp_path / "a.eml", "a.eml"))[1:] == [
        "Oui, le 17 mars.", "> Quand commencez-vous ?", "> Lot: Toit | Prix: 5 000 €",
        ">> Combien ?", "Bien à vous",
    ]  # fmt: skip


# --- rich text ------------------------------------------------------------------------------------


def test_a_table_in_a_cell_of_rich_text_moves_no_column(tmp_path: Path) -> None:
    def nested(*cells: str) -> str:
        inner = "".join(rf"\pard\intbl\itap2 {cell}\nestcell" for cell in cells)
        return inner + r"{\*\nesttableprops\trowd\cellx900\cellx1900\nestrow}"

    row = r"\trowd\cellx1000\cellx4000\cellx6000 "
    text = (
        rf"{{\rtf1\ansi {row}\pard\intbl Jour\cell Salles\cell Prix\cell\row "
        rf"{row}\pard\intbl Lundi\cell Voir :\par {nested('Nom', 'Places')}{nested('A', '12')}"
        r"\pard\intbl\itap1\cell 40\cell\row \pard Fin\up8 2\up0 .\par}"
    )
    assert lines(write(tmp_path / "a.rtf", text)) == [
        "Jour: Lundi | Salles: Voir : | Prix: 40", "Jour: Lundi | Salles: Nom: A | Places: 12",
        "Fin².",
    ]  # fmt: skip


def test_a_cell_in_a_cell_of_rich_text_keeps_its_paragraphs(tmp_path: Path) -> None:
    nested = (
        r"\pard\intbl\itap2 Un\par\pard\intbl\itap2 deux\nestcell\pard\intbl\itap2 B\nestcell"
        r"{\*\nesttableprops\trowd\cellx900\cellx1900\nestrow}"
    )
    row = rf"\trowd\cellx3000\cellx6000\pard\intbl Avant\par{nested}\pard\intbl Fin\cell D\cell\row"
    assert lines(write(tmp_path / "a.rtf", rf"{{\rtf1\ansi{row}}}")) == [
        "Avant / Fin | D", "Avant / Fin | Un / deux | B",
    ]  # fmt: skip


# --- formulas, numbers, speakers, comments --------------------------------------------------------

FRACTION = "<math><mfrac><mn>3</mn><mn>4</mn></mfrac><annotation>3/4</annotation></math>"
POWER = "<math><msup><mi>m</mi><mn>2</mn></msup><mo>=</mo><msqrt><mn>9</mn></msqrt></math>"


def test_formulas_of_a_page_are_text(tmp_path: Path) -> None:
    second = f"<span class=katex-mathml>{FRACTION}</span><span aria-hidden=true>0,75</span>"
    found = page(tmp_path, f"<p>Soit {FRACTION} du prix, {POWER}, et {second} ici.</p>")
    assert found == ["Soit 3/4 du prix, m²=√9, et 0,75 ici."]


@pytest.mark.parametrize(
    ("inner", "shown"),
    [
        ("<mn>2</mn><mfrac><mn>1</mn><mn>2</mn></mfrac>", "2 1/2"),
        ("<mn>2</mn><mo>\u2062</mo><mfrac><mn>1</mn><mn>2</mn></mfrac>", "2·1/2"),
        ("<msup><mn>10</mn><mn>3</mn></msup><mn>5</mn>", "10³ 5"),
        ("<msubsup><mi>x</mi><mn>1</mn><mn>2</mn></msubsup>", "x_1²"),
        ("<mi>m</mi><msup><mi>c</mi><mn>2</mn></msup>", "mc²"),
        ("<msup><mi>f</mi><mo>′</mo></msup>", "f′"),
        ("<mmultiscripts><mi>C</mi><mprescripts/><mn>6</mn><mn>14</mn></mmultiscripts>",
         "¹⁴_6 C"),
        ("<mn>2</mn><mfenced><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow></mfenced>", "2(a+b)"),
        ("<mroot><mn>8</mn><mn>3</mn></mroot>", "³√8"),
        ("<munderover><mo>∑</mo><mrow><mi>i</mi><mo>=</mo><mn>1</mn></mrow><mn>9</mn></munderover>"
         "<mi>i</mi>", "∑_(i=1)⁹ i"),
        ("<mi>x</mi><mtext>si</mtext><mi>y</mi><mtext>est grand</mtext>", "x si y est grand"),
        ("<mi>sin</mi><mi>x</mi>", "sin x"),
        ("<mstack><mn>1</mn><mn>2</mn></mstack>", "1 2"),
    ],
)  # fmt: skip
def test_signs_of_a_formula_stay_apart(tmp_path: Path, inner: str, shown: str) -> None:
    assert page(tmp_path, f"<p>Soit <math>{inner}</math> ici.</p>") == [f"Soit {shown} ici."]


def test_formulas_that_a_wiki_shows_as_pictures_are_text(tmp_path: Path) -> None:
    hidden = f"<span class=mwe-math-mathml-inline style='display: none;'>{FRACTION}</span>"
    found = page(tmp_path, f"<p>Soit <span>{hidden}<img alt='3/4'></span> du prix.</p>")
    assert found == ["Soit 3/4 du prix."]


def test_formulas_of_opendocument_are_text(tmp_path: Path) -> None:
    names = {"office": "office", "text": "text", "draw": "drawing"}
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{uri}:1.0"'
        for name, uri in names.items()
    )
    with zipfile.ZipFile(tmp_path / "a.odt", "w") as archive:
        archive.writestr(
            "content.xml",
            f'<office:document-content {spaces} xmlns:xlink="http://www.w3.org/1999/xlink">'
            "<office:body><office:text><text:p>Soit <draw:frame>"
            '<draw:object xlink:href="./Object 1"/></draw:frame> du prix.</text:p>'
            "</office:text></office:body></office:document-content>",
        )
        math = FRACTION.replace("<math>", '<math xmlns="http://www.w3.org/1998/Math/MathML">')
        archive.writestr("Object 1/content.xml", math)
    document = read(tmp_path / "a.odt", "a.odt")
    assert (lines(document), document.lost) == (["Soit 3/4 du prix."], ())


def test_a_list_inside_another_does_not_make_it_begin_again(tmp_path: Path) -> None:
    """As pandoc writes them: each list may begin all levels, and they have one definition."""
    w = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    levels = "".join(
        f'<w:lvl w:ilvl="{i}"><w:numFmt w:val="decimal"/><w:lvlText w:val="%{i + 1}."/></w:lvl>'
        for i in range(2)
    )
    begin = "".join(
        f'<w:lvlOverride w:ilvl="{i}"><w:startOverride w:val="1"/></w:lvlOverride>'
        for i in range(2)
    )
    lists = "".join(
        f'<w:num w:numId="{i}"><w:abstractNumId w:val="7"/>{begin}</w:num>' for i in (1, 2)
    )
    body = "".join(
        f'<w:p><w:pPr><w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{i}"/></w:numPr></w:pPr>'
        "<w:r><w:t>x</w:t></w:r></w:p>"
        for i, depth in ((1, 0), (2, 1), (2, 1), (1, 0))
    )
    with zipfile.ZipFile(tmp_path / "a.docx", "w") as archive:
        archive.writestr(
            "word/document.xml", f"<w:document {w}><w:body>{body}</w:body></w:document>"
        )
        archive.writestr(
            "word/numbering.xml",
            f'<w:numbering {w}><w:abstractNum w:abstractNumId="7">{levels}</w:abstractNum>{lists}'
            "</w:numbering>",
        )
    assert lines(read(tmp_path / "a.docx", "a.docx")) == ["1. x", "1. x", "2. x", "2. x"]


def test_two_who_speak_in_one_cue_are_told_apart(tmp_path: Path) -> None:
    cue = "00:00:01.000 --> 00:00:04.000\n<v Ada Brun>Ils étaient 30.\n<v Omar Kaba>Non, 28 !\n"
    assert lines(write(tmp_path / "a.vtt", f"WEBVTT\n\n{cue}")) == [
        "Ada Brun, 00:00:01", "Ils étaient 30.", "Omar Kaba, 00:00:01", "Non, 28 !",
    ]  # fmt: skip


def test_the_heading_of_comments_stays_behind_what_a_page_says_of_itself(tmp_path: Path) -> None:
    body = (
        "<article><p>Un incendie a détruit le hangar du port dans la nuit du 3 au 4 mars 2025, "
        "sans faire de blessé.</p><p>Il vous reste 40 % de cet article à lire.</p>"
        "<section id=comments><h2>2 commentaires</h2><p>Il y avait déjà eu un feu en 2011 dans "
        "ce hangar.</p></section></article>"
    )
    page(tmp_path, body)
    document, _ = clean(read(tmp_path / "a.html", "a.html"))
    assert document.text.index("2 commentaires") < document.text.index("un feu en 2011")


# --- raised figures of any format -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "shown"),
    [("2", "²"), ("-3", "⁻³"), ("1/2", "¹⁄₂"), ("(1)", "(¹)"), ("1, 2", "¹, ²"), ("er", "er"),
     ("a2", "a2"), ("", "")],
)  # fmt: skip
def test_raised_figures_never_lengthen_a_number(text: str, shown: str) -> None:
    assert raised(text) == shown


# --- parts of mail --------------------------------------------------------------------------------


def test_mail_tells_blind_copies_and_takes_the_text_that_says_more(tmp_path: Path) -> None:
    message = EmailMessage()
    message["Subject"], message["Bcc"] = "Bal", "ines@exemple.test"
    message.set_content("Votre logiciel de courrier montre mal cette lettre.")
    message.add_alternative("<p>Le bal a lieu le 12 mars à 20 h.</p>", subtype="html")
    (tmp_path / "a.eml").write_bytes(bytes(message))
    assert lines(read(tmp_path / "a.eml", "a.eml")) == [
        "Bal", "Bcc: ines@exemple.test", "Le bal a lieu le 12 mars à 20 h.",
    ]  # fmt: skip


@pytest.mark.parametrize("returned", ["message/rfc822", "text/rfc822-headers"])
def test_a_message_that_came_back_says_why(tmp_path: Path, returned: str) -> None:
    path = tmp_path / "a.eml"
    path.write_text(
        "Subject: Retour\nContent-Type: multipart/report; boundary=B\n\n--B\n\nPas remis.\n--B\n"
        "Content-Type: message/delivery-status\n\nReporting-MTA: dns; exemple.test\n\n"
        "Final-Recipient: rfc822; paul@exemple.test\nStatus: 5.1.1\n\n--B\n"
        f"Content-Type: {returned}\n\nSubject: Devis\nTo: paul@exemple.test\n\n--B--\n"
    )
    found = lines(read(path, "a.eml"))
    assert found[1:] == [
        "Pas remis.", "Reporting-MTA: dns; exemple.test",
        "Final-Recipient: rfc822; paul@exemple.test", "Status: 5.1.1", "Devis",
        "To: paul@exemple.test",
    ]  # fmt: skip


# --- symbols of Word ------------------------------------------------------------------------------


def test_symbols_of_word_are_the_signs_that_they_show(tmp_path: Path) -> None:
    name = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

    def run(text: str, font: str) -> str:
        return f'<w:r><w:rPr><w:rFonts w:ascii="{font}"/></w:rPr><w:t>{text}</w:t></w:r>'

    body = (
        '<w:r><w:sym w:font="Symbol" w:char="F0A3"/></w:r>' + run("5 kg, ", "Arial")
        + run("³", "Symbol") + run("2 m, 20 ", "Arial") + run("°C", "Arial") + run("þ", "Wingdings")
    )  # fmt: skip
    with zipfile.ZipFile(tmp_path / "a.docx", "w") as archive:
        archive.writestr(
            "word/document.xml",
            f'<w:document xmlns:w="{name}"><w:body><w:p>{body}</w:p></w:body></w:document>',
        )
    assert lines(read(tmp_path / "a.docx", "a.docx")) == ["≤5 kg, ≥2 m, 20 °C☑"]
