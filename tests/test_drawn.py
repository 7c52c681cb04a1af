"""What office files draw: charts, diagrams, watermarks, boxes upon sheets, pivot tables."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path
from types import SimpleNamespace

import pytest

from askdossier.core import RawDocument
from askdossier.load import read, xls

NAMES = " ".join(
    f'xmlns:{prefix}="{address}"'
    for prefix, address in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "p": "http://schemas.openxmlformats.org/presentationml/2006/main",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
        "cx": "http://schemas.microsoft.com/office/drawing/2014/chartex",
        "dgm": "http://schemas.openxmlformats.org/drawingml/2006/diagram",
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "xdr": "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing",
        "v": "urn:schemas-microsoft-com:vml",
        "x": "urn:schemas-microsoft-com:office:excel",
        "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    }.items()
)
ODF = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in {
        "office": "office", "text": "text", "table": "table", "draw": "drawing", "chart": "chart",
        "style": "style", "form": "form", "fo": "xsl-fo-compatible", "presentation": "presentation",
        "svg": "svg-compatible",
    }.items()
) + ' xmlns:xlink="http://www.w3.org/1999/xlink"'  # fmt: skip
SHEET = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def zipped(path: Path, parts: Mapping[str, str]) -> RawDocument:
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return read(path, path.name)


def links(**targets: str) -> str:
    found = "".join(f'<Relationship Id="{name}" Target="{to}"/>' for name, to in targets.items())
    return f"<Relationships>{found}</Relationships>"


def texts(document: RawDocument) -> list[str]:
    return [block.text for block in document.blocks]


def lost(document: RawDocument) -> list[tuple[str, str]]:
    return sorted((removal.reason, removal.text) for removal in document.lost)


# --- charts and diagrams --------------------------------------------------------------------------


def cached(values: list[str], code: str = "") -> str:
    points = "".join(f'<c:pt idx="{i}"><c:v>{v}</c:v></c:pt>' for i, v in enumerate(values) if v)
    if code:
        return (f"<c:numRef><c:numCache><c:formatCode>{code}</c:formatCode>{points}</c:numCache>"
                "</c:numRef>")  # fmt: skip
    return f"<c:strRef><c:strCache>{points}</c:strCache></c:strRef>"


def title(text: str) -> str:
    return (
        f"<c:title><c:tx><c:rich><a:p><a:r><a:t>{text}</a:t></a:r></a:p></c:rich></c:tx></c:title>"
    )


def chart(inner: str, named: str = "") -> str:
    return (f'<c:chartSpace {NAMES}><c:lang val="fr-FR"/><c:chart>{named}<c:plotArea>{inner}'
            "</c:plotArea></c:chart></c:chartSpace>")  # fmt: skip


BARS = chart(
    "<c:barChart>"
    + "".join(
        f"<c:ser><c:tx>{cached([name])}</c:tx><c:cat>{cached(['Janvier', 'Février'])}</c:cat>"
        f"<c:val>{cached(values, '#,##0.0')}</c:val></c:ser>"
        for name, values in (("Bus", ["1200", "1310.5"]), ("Tram", ["800", ""]))
    )
    + f"</c:barChart><c:valAx>{title('Milliers')}</c:valAx>",
    title("Voyageurs par mois"),
)
BARS_READ = [
    "Voyageurs par mois", "Milliers", "Janvier | Bus: 1 200,0 | Tram: 800,0",
    "Février | Bus: 1 310,5",
]  # fmt: skip
PIE = chart(
    "<c:pieChart><c:ser><c:tx><c:v>Ventes</c:v></c:tx>"
    f"<c:cat>{cached(['Nord', 'Sud'])}</c:cat><c:val>{cached(['30', '90'], 'General')}</c:val>"
    '</c:ser><c:dLbls><c:showPercent val="1"/></c:dLbls></c:pieChart>'
)
LEVELS = chart(
    "<c:lineChart><c:ser><c:tx><c:v>Ventes</c:v></c:tx><c:cat><c:multiLvlStrRef>"
    "<c:multiLvlStrCache><c:lvl>"
    + "".join(f'<c:pt idx="{i}"><c:v>T{i % 2 + 1}</c:v></c:pt>' for i in range(4))
    + '</c:lvl><c:lvl><c:pt idx="0"><c:v>2024</c:v></c:pt><c:pt idx="2"><c:v>2025</c:v></c:pt>'
    "</c:lvl></c:multiLvlStrCache></c:multiLvlStrRef></c:cat>"
    f"<c:val>{cached(['5', '6', '7', '8'], 'General')}</c:val></c:ser></c:lineChart>"
)
CLOUD = chart(
    f"<c:scatterChart><c:ser><c:tx><c:v>Essai</c:v></c:tx>"
    f"<c:xVal>{cached(['1.5', '3'], 'General')}</c:xVal>"
    f"<c:yVal>{cached(['2.5', '4'], 'General')}</c:yVal></c:ser></c:scatterChart>"
)
FALL = (
    f"<cx:chartSpace {NAMES}><cx:chartData><cx:data id='0'><cx:strDim type='cat'><cx:lvl>"
    "<cx:pt idx='0'>Loyers</cx:pt><cx:pt idx='1'>Travaux</cx:pt></cx:lvl></cx:strDim>"
    "<cx:numDim type='val'><cx:lvl formatCode='General'><cx:pt idx='0'>120</cx:pt>"
    "<cx:pt idx='1'>-45</cx:pt></cx:lvl></cx:numDim></cx:data></cx:chartData><cx:chart><cx:title>"
    "<cx:tx><cx:rich><a:p><a:r><a:t>Budget</a:t></a:r></a:p></cx:rich></cx:tx></cx:title>"
    "<cx:plotArea><cx:plotAreaRegion><cx:series><cx:tx><cx:txData><cx:v>Euros</cx:v></cx:txData>"
    "</cx:tx><cx:dataId val='0'/></cx:series></cx:plotAreaRegion></cx:plotArea></cx:chart>"
    "</cx:chartSpace>"
)


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        (BARS, BARS_READ),
        (PIE, ["Nord | Ventes: 30 (25%)", "Sud | Ventes: 90 (75%)"]),
        (LEVELS, ["2024 › T1 | Ventes: 5", "2024 › T2 | Ventes: 6", "2025 › T1 | Ventes: 7",
                  "2025 › T2 | Ventes: 8"]),
        (CLOUD, ["1,5 | Essai: 2,5", "3 | Essai: 4"]),
        (FALL, ["Budget", "Loyers | Euros: 120", "Travaux | Euros: -45"]),
    ],
    ids=["bars", "a pie with shares", "names of two levels", "a cloud of points", "a newer kind"],
)  # fmt: skip
def test_charts_are_read_on_slides(tmp_path: Path, part: str, expected: list[str]) -> None:
    kind = "cx" if part is FALL else "c"
    assert texts(slide(tmp_path, f'<{kind}:chart r:id="rId2"/>', {"ppt/charts/chart1.xml": part},
                       rId2="../charts/chart1.xml")) == ["Bilan", *expected]  # fmt: skip


def slide(
    path: Path, drawn: str, parts: Mapping[str, str], text: str = "Bilan", **targets: str
) -> RawDocument:
    body = (
        f'<p:sld {NAMES}><p:cSld><p:spTree><p:sp><p:nvSpPr><p:nvPr><p:ph type="title"/></p:nvPr>'
        f"</p:nvSpPr><p:txBody><a:p>{text if text[0] == '<' else _run(text)}</a:p></p:txBody>"
        "</p:sp>"
        "<p:graphicFrame><a:graphic>"
        f"<a:graphicData>{drawn}</a:graphicData></a:graphic></p:graphicFrame></p:spTree></p:cSld>"
        "</p:sld>"
    )
    return zipped(path / "a.pptx", {
        "ppt/presentation.xml":
            f'<p:presentation {NAMES}><p:sldIdLst><p:sldId r:id="rId1"/></p:sldIdLst>'
            "</p:presentation>",
        "ppt/_rels/presentation.xml.rels": links(rId1="slides/slide1.xml"),
        "ppt/slides/slide1.xml": body,
        "ppt/slides/_rels/slide1.xml.rels": links(**targets),
        **parts,
    })  # fmt: skip


def _run(text: str, look: str = "") -> str:
    return f"<a:r><a:rPr {look}/><a:t>{text}</a:t></a:r>"


def test_a_chart_that_is_missing_is_told(tmp_path: Path) -> None:
    document = slide(tmp_path, '<c:chart r:id="rId2"/>', {})
    assert lost(document) == [("not read", "chart or diagram")]


def test_figures_that_stand_lower_on_slides_are_no_part_of_the_number(tmp_path: Path) -> None:
    low = 'baseline="-25000"'
    title = _run("log 10") + _run("2", low) + _run(", log") + _run("10", low) + _run("2")
    assert texts(slide(tmp_path, "", {}, title)) == ["log 10₂, log₁₀2"]


def _point(name: str, text: str, kind: str = "node") -> str:
    return (f'<dgm:pt modelId="{name}" type="{kind}"><dgm:t><a:p><a:r><a:t>{text}</a:t></a:r></a:p>'
            "</dgm:t></dgm:pt>")  # fmt: skip


def _hangs(above: str, name: str, order: int) -> str:
    return f'<dgm:cxn modelId="{above}{name}" srcId="{above}" destId="{name}" srcOrd="{order}"/>'


def test_the_texts_of_a_diagram_are_read_as_an_outline(tmp_path: Path) -> None:
    data = (
        f"<dgm:dataModel {NAMES}><dgm:ptLst>{_point('0', '', 'doc')}{_point('2', 'Chef des quais')}"
        f"{_point('1', 'Directrice')}{_point('3', 'Budget 2025')}{_point('9', 'Dessin', 'pres')}"
        f"</dgm:ptLst><dgm:cxnLst>{_hangs('0', '3', 1)}{_hangs('0', '1', 0)}{_hangs('1', '2', 0)}"
        "</dgm:cxnLst></dgm:dataModel>"
    )
    document = slide(tmp_path, '<dgm:relIds r:dm="rId2" r:lo="rId3"/>',
                     {"ppt/diagrams/data1.xml": data}, rId2="../diagrams/data1.xml")  # fmt: skip
    assert texts(document) == ["Bilan", "Directrice", "- Chef des quais", "Budget 2025"]


# --- Word -----------------------------------------------------------------------------------------


def word(path: Path, body: str, parts: Mapping[str, str], **targets: str) -> RawDocument:
    return zipped(path / "a.docx", {
        "word/document.xml": f"<w:document {NAMES}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": links(**targets),
        **parts,
    })  # fmt: skip


def said(text: str, look: str = "") -> str:
    return f"<w:r><w:rPr>{look}</w:rPr><w:t xml:space='preserve'>{text}</w:t></w:r>"


def test_a_chart_stands_behind_its_paragraph(tmp_path: Path) -> None:
    body = (
        f'<w:p>{said("Le trafic monte :")}<w:r><w:drawing><c:chart r:id="rId2"/></w:drawing></w:r>'
        f"</w:p><w:p>{said('Fin.')}</w:p>"
    )
    document = word(tmp_path, body, {"word/charts/chart1.xml": BARS}, rId2="charts/chart1.xml")
    assert texts(document) == ["Le trafic monte :", *BARS_READ, "Fin."]
    assert lost(document) == []


def test_a_watermark_is_said_once_and_told_to_be_one(tmp_path: Path) -> None:
    mark = (
        '<w:p><w:r><w:pict><v:shape id="PowerPlusWaterMarkObject1"><v:textpath string="PROJET"/>'
        f"</v:shape></w:pict></w:r></w:p><w:p>{said('Commune de Kervélan')}</w:p>"
    )
    art = (
        '<w:p><w:r><w:pict><v:shape><v:textpath string="Fête du pain"/></v:shape></w:pict></w:r>'
        "</w:p>"
    )
    heads = {f"word/header{i}.xml": f"<w:hdr {NAMES}>{mark}</w:hdr>" for i in (1, 2, 3)}
    sentence = "Le four chauffe le samedi dès 7 heures, et les habitants viennent."
    body = f"{art}<w:p>{said(sentence)}</w:p>"
    assert texts(word(tmp_path, body, heads)) == [
        "Fête du pain", sentence,
        "Commune de Kervélan", "Filigrane\u00a0: PROJET",
    ]  # fmt: skip


def test_word_figures_that_stand_lower_are_no_part_of_the_number(tmp_path: Path) -> None:
    low = "<w:vertAlign w:val='subscript'/>"
    body = f"<w:p>{said('log 10')}{said('2', low)}{said(', H')}{said('2', low)}{said('O, log')}"
    body += f"{said('10', low)}{said('2')}</w:p>"
    assert texts(word(tmp_path, body, {})) == ["log 10₂, H2O, log₁₀2"]


def test_boxes_that_are_ticked_stay_so(tmp_path: Path) -> None:
    box = (
        "<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val='{}'/></w14:checkbox></w:sdtPr>"
        "<w:sdtContent>{}</w:sdtContent></w:sdt>"
    )
    body = (
        f"<w:p>{box.format(1, said('☒'))}{said(' Oui ')}{box.format(0, said('☐'))}{said(' Non ')}"
        + box.format(1, "<w:r><w:sym w:font='Wingdings' w:char='F0FE'/></w:r>") + said(" Peut-être")
        + "</w:p>"
    )  # fmt: skip
    assert texts(word(tmp_path, body, {})) == ["☒ Oui ☐ Non ☑ Peut-être"]


# --- OpenDocument ---------------------------------------------------------------------------------

OBJECT = '<draw:frame><draw:object xlink:href="./Object 1"/></draw:frame>'


def row(*cells: str) -> str:
    return "<table:table-row>" + "".join(
        f"<table:table-cell><text:p>{cell}</text:p></table:table-cell>" for cell in cells
    ) + "</table:table-row>"  # fmt: skip


HELD = (
    f"<office:document-content {ODF}><office:body><office:chart><chart:chart>"
    "<chart:title><text:p>Voyageurs</text:p></chart:title><chart:plot-area><chart:axis>"
    "<chart:title><text:p>Milliers</text:p></chart:title></chart:axis></chart:plot-area>"
    '<table:table table:name="local-table"><table:table-header-rows>' + row("", "Bus", "Tram")
    + "</table:table-header-rows>" + row("Janvier", "12.5", "8") + row("Février", "13", "NaN")
    + "</table:table></chart:chart></office:chart></office:body></office:document-content>"
)  # fmt: skip
HELD_READ = ["Voyageurs", "Milliers", "Janvier | Bus: 12,5 | Tram: 8", "Février | Bus: 13"]
FRENCH = (
    f'<office:document-styles {ODF}><office:styles><style:default-style style:family="paragraph">'
    '<style:text-properties fo:language="fr"/></style:default-style></office:styles>'
    "</office:document-styles>"
)


def opendocument(path: Path, kind: str, body: str) -> RawDocument:
    ending = {"text": "odt", "presentation": "odp", "spreadsheet": "ods"}[kind]
    return zipped(path / f"a.{ending}", {
        "content.xml": f"<office:document-content {ODF}><office:automatic-styles>"
        '<style:style style:name="Low" style:family="text"><style:text-properties '
        'style:text-position="sub 58%"/></style:style></office:automatic-styles><office:body>'
        f"<office:{kind}>{body}</office:{kind}></office:body></office:document-content>",
        "styles.xml": FRENCH,
        "Object 1/content.xml": HELD,
    })  # fmt: skip


def test_a_watermark_of_a_text_is_told_to_be_one(tmp_path: Path) -> None:
    shape = (
        '<text:p><draw:custom-shape draw:name="PowerPlusWaterMarkObject1"><text:p>PROJET</text:p>'
        "</draw:custom-shape>Mairie</text:p>"
    )
    master = "".join(
        f"<style:master-page><style:header>{shape}</style:header></style:master-page>"
        for _ in range(2)
    )
    styles = FRENCH.replace(
        "</office:document-styles>",
        f"<office:master-styles>{master}</office:master-styles></office:document-styles>",
    )
    body = "<text:p>Le four chauffe le samedi dès 7 heures, et les habitants viennent.</text:p>"
    path = tmp_path / "a.odt"
    document = zipped(path, {
        "content.xml": f"<office:document-content {ODF}><office:body><office:text>{body}"
                       "</office:text></office:body></office:document-content>",
        "styles.xml": styles,
    })  # fmt: skip
    assert texts(document)[1:] == ["Mairie", "Filigrane\u00a0: PROJET"]


def test_a_chart_of_a_text_or_slide_is_read(tmp_path: Path) -> None:
    text = f"<text:p>Avant</text:p><text:p>{OBJECT}</text:p><text:p>Fin</text:p>"
    assert texts(opendocument(tmp_path, "text", text)) == ["Avant", *HELD_READ, "Fin"]
    page = f"<draw:page>{OBJECT}</draw:page>"
    assert texts(opendocument(tmp_path, "presentation", page)) == HELD_READ


def test_figures_that_stand_lower_are_no_part_of_the_number(tmp_path: Path) -> None:
    low = '<text:span text:style-name="Low">{}</text:span>'
    text = f"<text:p>log 10{low.format(2)}, log{low.format(10)}2</text:p>"
    assert texts(opendocument(tmp_path, "text", text)) == ["log 10₂, log₁₀2"]


def test_fields_of_a_form_show_what_is_filled_in(tmp_path: Path) -> None:
    text = (
        '<office:forms><form:form><form:checkbox form:id="c1" form:label="Cantine" '
        'form:current-state="checked"/><form:text form:id="c2" form:current-value="Durand"/>'
        '<form:listbox form:id="c3"><form:option form:label="Lyon"/><form:option form:label="Brest"'
        ' form:current-selected="true"/></form:listbox></form:form></office:forms>'
        '<text:p>Nom <draw:control draw:control="c2"/>, <draw:control draw:control="c1"/></text:p>'
        '<text:p>Ville<draw:control draw:control="c3"/></text:p>'
    )
    assert texts(opendocument(tmp_path, "text", text)) == ["Nom Durand , ☒ Cantine", "Ville Brest"]


def test_a_sheet_shows_its_boxes_and_the_values_that_nobody_wrote_out(tmp_path: Path) -> None:
    def cell(kind: str, said: str, more: str = "") -> str:
        return f'<table:table-cell office:value-type="{kind}" office:{said} {more}/>'

    sheet = (
        f'<table:table table:name="Comptes"><table:shapes>{OBJECT}<draw:frame><draw:text-box>'
        "<text:p>Visa du maire</text:p></draw:text-box></draw:frame></table:shapes>"
        + row("Poste", "Part", "Prix", "Jour", "Heure", "Payé")
        + "<table:table-row><table:table-cell><text:p>Bois</text:p></table:table-cell>"
        + cell("percentage", 'value="0.125"')
        + cell("currency", 'value="1250.5"', 'office:currency="EUR"')
        + cell("date", 'date-value="2025-03-12"') + cell("time", 'time-value="PT09H05M00S"')
        + cell("boolean", 'boolean-value="true"') + "</table:table-row></table:table>"
    )  # fmt: skip
    assert texts(opendocument(tmp_path, "spreadsheet", sheet)) == [
        "Comptes",
        "Poste: Bois | Part: 12,5 % | Prix: 1250,5 EUR | Jour: 2025-03-12 | Heure: 09:05 | "
        "Payé: VRAI",
        "Voyageurs", "Milliers", "Visa du maire",
    ]  # fmt: skip


# --- Excel ----------------------------------------------------------------------------------------


def workbook(
    path: Path, rows: list[list[str]], parts: Mapping[str, str], **targets: str
) -> RawDocument:
    lines = "".join(
        f'<row r="{i}">' + "".join(
            f'<c r="{"ABCDEF"[j]}{i}" t="{"n" if cell.isdecimal() else "str"}"><v>{cell}</v></c>'
            for j, cell in enumerate(row) if cell
        ) + "</row>" for i, row in enumerate(rows, 1)
    )  # fmt: skip
    return zipped(path / "a.xlsx", {
        "xl/workbook.xml": f'<workbook {SHEET} {NAMES}><sheets><sheet name="Ventes" r:id="rId1"/>'
                           "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": links(rId1="worksheets/sheet1.xml"),
        "xl/worksheets/sheet1.xml":
            f"<worksheet {SHEET}><sheetData>{lines}</sheetData></worksheet>",
        "xl/worksheets/_rels/sheet1.xml.rels": links(**targets),
        **parts,
    })  # fmt: skip


def pivot_table(place: str, labels: int, items: str) -> dict[str, str]:
    return {
        "xl/pivotTables/pivotTable1.xml":
            f'<pivotTableDefinition {SHEET}><location ref="{place}" firstHeaderRow="1" '
            f'firstDataRow="1" firstDataCol="{labels}"/><rowItems>{items}</rowItems>'
            "</pivotTableDefinition>"
    }  # fmt: skip


def test_labels_of_a_pivot_table_stand_on_every_row(tmp_path: Path) -> None:
    rows = [
        ["Région", "Vendeur", "Somme"], ["Nord", "Durand", "12"], ["", "Petit", "30"],
        ["Total Nord", "", "42"], ["Sud", "Roux", "7"], ["Total général", "", "49"],
    ]  # fmt: skip
    items = (
        '<i><x/><x/></i><i r="1"><x v="1"/></i><i t="default"><x/></i><i><x v="1"/><x v="2"/></i>'
        '<i t="grand"><x/></i>'
    )
    document = workbook(tmp_path, rows, pivot_table("A1:C6", 2, items),
                        rId1="../pivotTables/pivotTable1.xml")  # fmt: skip
    assert texts(document)[1:4] == [
        "Région: Nord | Vendeur: Durand | Somme: 12", "Région: Nord | Vendeur: Petit | Somme: 30",
        "Région: Total Nord | Somme: 42",
    ]  # fmt: skip


def test_labels_of_a_compact_pivot_table_say_what_is_above_them(tmp_path: Path) -> None:
    rows = [
        ["Étiquettes", "Somme"], ["Nord", "42"], ["Durand", "12"], ["Petit", "30"], ["Sud", "7"],
        ["Durand", "7"], ["Total général", "49"],
    ]  # fmt: skip
    items = (
        '<i><x/></i><i r="1"><x/></i><i r="1"><x v="1"/></i><i><x v="1"/></i><i r="1"><x/></i>'
        '<i t="grand"><x/></i>'
    )
    document = workbook(tmp_path, rows, pivot_table("A1:B7", 1, items),
                        rId1="../pivotTables/pivotTable1.xml")  # fmt: skip
    assert texts(document)[1:] == [
        "Étiquettes: Nord | Somme: 42", "Étiquettes: Nord › Durand | Somme: 12",
        "Étiquettes: Nord › Petit | Somme: 30", "Étiquettes: Sud | Somme: 7",
        "Étiquettes: Sud › Durand | Somme: 7", "Étiquettes: Total général | Somme: 49",
    ]  # fmt: skip


def test_what_is_drawn_upon_a_sheet_is_read(tmp_path: Path) -> None:
    drawing = (
        f"<xdr:wsDr {NAMES}><xdr:twoCellAnchor><xdr:sp><xdr:txBody><a:p>"
        f"{_run('Visa du maire')}</a:p>"
        '</xdr:txBody></xdr:sp></xdr:twoCellAnchor><xdr:twoCellAnchor><xdr:graphicFrame><a:graphic>'
        '<a:graphicData><c:chart r:id="rId1"/></a:graphicData></a:graphic></xdr:graphicFrame>'
        "</xdr:twoCellAnchor></xdr:wsDr>"
    )  # fmt: skip
    boxes = f"<xml {NAMES}>" + "".join(
        f"<v:shape><v:textbox><div><font>{text}</font></div></v:textbox>"
        f'<x:ClientData ObjectType="{kind}"><x:Checked>{ticked}</x:Checked></x:ClientData>'
        "</v:shape>"
        for text, kind, ticked in (("Payé", "Checkbox", 1), ("Reçu", "Checkbox", 0),
                                   ("remarque", "Note", 0))
    ) + "</xml>"  # fmt: skip
    parts = {
        "xl/drawings/drawing1.xml": drawing, "xl/drawings/vmlDrawing1.vml": boxes,
        "xl/drawings/_rels/drawing1.xml.rels": links(rId1="../charts/chart1.xml"),
        "xl/charts/chart1.xml": BARS,
    }  # fmt: skip
    document = workbook(tmp_path, [["Total", "12"]], parts, rId1="../drawings/drawing1.xml",
                        rId2="../drawings/vmlDrawing1.vml")  # fmt: skip
    assert texts(document) == [
        "Ventes", "Total | 12", "Visa du maire", "Voyageurs par mois", "Milliers", "☒ Payé",
        "☐ Reçu",
    ]  # fmt: skip


def test_a_truth_value_that_is_drawn_as_a_box_is_one(tmp_path: Path) -> None:
    bag = "http://schemas.microsoft.com/office/spreadsheetml/2022/featurepropertybag"
    styles = (
        f'<styleSheet {SHEET}><cellXfs><xf numFmtId="0"/><xf numFmtId="0"><extLst><ext>'
        f'<xfpb:xfComplement xmlns:xfpb="{bag}" i="0"/></ext></extLst></xf></cellXfs></styleSheet>'
    )
    cells = '<c r="A1" t="b" s="1"><v>1</v></c><c r="B1" t="b" s="1"><v>0</v></c>'
    shown = '<c r="C1" t="b"><v>1</v></c>'
    sheet = f"<worksheet {SHEET}><sheetData><row r='1'>{cells}{shown}</row></sheetData></worksheet>"
    document = workbook(tmp_path, [], {"xl/styles.xml": styles, "xl/worksheets/sheet1.xml": sheet})
    assert texts(document) == ["Ventes", "☒ | ☐ | VRAI"]


def test_figures_raised_in_a_cell_are_no_part_of_the_number(tmp_path: Path) -> None:
    def piece(text: str, line: str = "") -> str:
        look = f'<rPr><vertAlign val="{line}"/></rPr>' if line else ""
        return f"<r>{look}<t>{text}</t></r>"

    said = piece("10") + piece("3", "superscript") + piece(" m, log 10") + piece("2", "subscript")
    sheet = (
        f"<worksheet {SHEET}><sheetData><row r='1'><c r='A1' t='inlineStr'><is>{said}</is></c>"
        "</row></sheetData></worksheet>"
    )
    document = workbook(tmp_path, [], {"xl/worksheets/sheet1.xml": sheet})
    assert texts(document) == ["Ventes", "10³ m, log 10₂"]


def test_figures_raised_in_a_cell_of_an_old_workbook_are_no_part_of_the_number() -> None:
    fonts = [SimpleNamespace(struck_out=0, escapement=kind) for kind in (0, 1, 2)]
    look = SimpleNamespace(font_index=0)
    runs = [(2, 1), (3, 0), (13, 2)]
    book = SimpleNamespace(font_list=fonts)
    assert xls._apart(book, look, "103 m, log 102", runs) == ("10³ m, log 10₂", "")
