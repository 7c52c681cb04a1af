"""What spreadsheets show and what they hide, in XLSX and ODS written by hand."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askdossier.core import RawDocument
from askdossier.load import read
from askdossier.load.grid import Cell
from askdossier.load.number_format import shown
from askdossier.load.sheets import Sheet
from askdossier.load.withdrawn import Withdrawn

S = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
ODF = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{uri}:1.0"'
    for name, uri in (("office", "office"), ("table", "table"), ("text", "text"),
                      ("style", "style"))
)  # fmt: skip
SECRET = [("Vidal | 700", "hidden")]


def workbook(folder: Path, sheet: str, table: str = "") -> RawDocument:
    """A workbook of one sheet, with a table of Excel on it where one is given."""
    path = folder / "a.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook {S} xmlns:r="{R}"><sheets><sheet name="Loyers" r:id="a"/></sheets>'
            "</workbook>",
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{PACKAGE}"><Relationship Id="a" Type="{R}/worksheet" '
            'Target="worksheets/sheet1.xml"/></Relationships>',
        )
        archive.writestr("xl/worksheets/sheet1.xml", f"<worksheet {S}>{sheet}</worksheet>")
        if table:
            archive.writestr(
                "xl/worksheets/_rels/sheet1.xml.rels",
                f'<Relationships xmlns="{PACKAGE}"><Relationship Id="t" Type="{R}/table" '
                'Target="../tables/table1.xml"/></Relationships>',
            )
            archive.writestr("xl/tables/table1.xml", f"<table {S}>{table}</table>")
    return read(path, path.name)


def row(*cells: str | int, about: str = "") -> str:
    return f"<row {about}>{''.join(map(inline, cells))}</row>"


def inline(cell: str | int) -> str:
    """A cell, which may be given as XML."""
    if isinstance(cell, int):
        return f"<c><v>{cell}</v></c>"
    return cell if cell.startswith("<") else f'<c t="inlineStr"><is><t>{cell}</t></is></c>'


def sheet_of(folder: Path, rows: str) -> RawDocument:
    path = folder / "a.ods"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(
            "content.xml",
            f"<office:document-content {ODF}><office:automatic-styles>"
            '<style:style style:name="struck" style:family="table-cell"><style:text-properties '
            'style:text-line-through-style="solid"/></style:style></office:automatic-styles>'
            "<office:body><office:spreadsheet>"
            f'<table:table table:name="Loyers">{rows}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        )
    return read(path, path.name)


def line(*cells: str, about: str = "", style: str = "") -> str:
    inner = "".join(
        f"<table:table-cell {style}><text:p>{cell}</text:p></table:table-cell>" for cell in cells
    )
    return f"<table:table-row {about}>{inner}</table:table-row>"


def lines(document: RawDocument) -> list[str]:
    return [block.text for block in document.blocks if not block.level]


def lost(document: RawDocument) -> list[tuple[str, str]]:
    return [(removal.text, removal.reason) for removal in document.lost]


HEAD = row("Nom", "Loyer")
VISIBLE = ["Nom: Civil | Loyer: 640", "Nom: Mil | Loyer: 655"]


def test_rows_that_are_hidden_are_told_and_the_table_goes_on(tmp_path: Path) -> None:
    hidden = row("Vidal", 700, about='hidden="1"')
    rows = f"{HEAD}{row('Civil', 640)}{hidden}{row('Mil', 655)}"
    document = workbook(tmp_path, f"<sheetData>{rows}</sheetData>")
    assert (lines(document), lost(document)) == (VISIBLE, SECRET)


def test_what_a_filter_hides_is_read(tmp_path: Path) -> None:
    rows = HEAD + row("Civil", 640) + row("Mil", 655, about='hidden="1"')
    chosen = '<autoFilter ref="A1:B3"><filterColumn colId="0"/></autoFilter>'
    document = workbook(tmp_path, f"<sheetData>{rows}</sheetData>{chosen}")
    assert (lines(document), lost(document)) == (VISIBLE, [])


HIDDEN_ROW = HEAD + row("Civil", 640) + row("Mil", 655, about='hidden="1"')
CHOSEN = '<autoFilter ref="A1:B3"><filterColumn colId="0"/></autoFilter>'


@pytest.mark.parametrize(
    ("sheet", "table"),
    [
        (f"<sheetData>{HIDDEN_ROW}</sheetData>", CHOSEN),
        (f'<sheetPr filterMode="1"/><sheetData>{HIDDEN_ROW}</sheetData>', ""),
        (f"<sheetData>{HIDDEN_ROW}</sheetData>".replace("hidden", 'outlineLevel="1" hidden'), ""),
        ('<cols><col min="2" max="2" outlineLevel="1" hidden="1"/></cols>'
         f"<sheetData>{HIDDEN_ROW}</sheetData>{CHOSEN}", ""),
    ],
    ids=["filter of a table", "filter whose place is not said", "folded rows", "folded columns"],
)  # fmt: skip
def test_what_a_filter_or_a_group_hides_is_read(tmp_path: Path, sheet: str, table: str) -> None:
    document = workbook(tmp_path, sheet, table)
    assert (lines(document), lost(document)) == (VISIBLE, [])


def test_rows_are_hidden_where_a_filter_lets_all_pass(tmp_path: Path) -> None:
    sorted_only = '<autoFilter ref="A1:B3"><sortState ref="A2:B3"/></autoFilter>'
    document = workbook(tmp_path, f"<sheetData>{HIDDEN_ROW}</sheetData>{sorted_only}")
    assert lost(document) == [("Mil | 655", "hidden")]


def test_what_a_filter_hides_in_an_old_workbook_is_read() -> None:
    path = Path(__file__).parent / "data" / "sheets" / "filtre.xls"  # of LibreOffice
    document = read(path, path.name)
    assert lines(document) == [VISIBLE[0], "Nom: Vidal | Loyer: 700", VISIBLE[1]]
    assert lost(document) == []


def test_folded_rows_and_columns_of_opendocument_are_read(tmp_path: Path) -> None:
    hidden = 'table:visibility="collapse"'
    document = sheet_of(
        tmp_path,
        f"<table:table-column/><table:table-column-group><table:table-column {hidden}/>"
        f"</table:table-column-group>{line('Nom', 'Loyer')}<table:table-row-group>"
        f"{line('Civil', '640', about=hidden)}</table:table-row-group>{line('Mil', '655')}",
    )
    assert (lines(document), lost(document)) == (VISIBLE, [])


def test_columns_that_are_hidden_are_told(tmp_path: Path) -> None:
    rows = f"{row('Nom', 'Code', 'Loyer')}{row('Civil', 17, 640)}{row('Mil', 18, 655)}"
    columns = '<cols><col min="2" max="2" hidden="1"/><col min="9" max="16384" hidden="1"/></cols>'
    document = workbook(tmp_path, f"{columns}<sheetData>{rows}</sheetData>")
    assert lines(document) == VISIBLE
    assert lost(document) == [("Code", "hidden"), ("17", "hidden"), ("18", "hidden")]


def test_formulas_that_no_program_has_worked_out_are_told(tmp_path: Path) -> None:
    total = row("Total", "<c r='B4'><f>SUM(B2:B3)</f></c>")
    known = row("Moyenne", "<c r='B5'><f>AVERAGE(B2:B3)</f><v>647.5</v></c>")
    rows = f"{HEAD}{row('Civil', 640)}{row('Mil', 655)}{total}{known}"
    document = workbook(tmp_path, f"<sheetData>{rows}</sheetData>")
    assert lines(document) == [*VISIBLE, "Nom: Total", "Nom: Moyenne | Loyer: 647,5"]
    assert lost(document) == [("Loyers: B4", "formula without a result")]


def test_hidden_rows_and_struck_cells_of_opendocument_are_told(tmp_path: Path) -> None:
    rows = "".join([
        line("Nom", "Loyer"), line("Civil", "640"),
        line("Vidal", "700", about='table:visibility="collapse"'),
        line("Roy", "705", style='table:style-name="struck"'),
        line("Mil", "655", about='table:visibility="filter"'),
    ])  # fmt: skip
    document = sheet_of(tmp_path, rows)
    assert lines(document) == VISIBLE
    assert lost(document) == [
        ("Roy", "struck through"), ("705", "struck through"), *SECRET,
    ]  # fmt: skip


def test_a_cell_that_reaches_beyond_a_hidden_row_is_shown() -> None:
    cells = (Cell("Lot", 0, 0, rows=3), Cell("a", 0, 1), Cell("b", 1, 1), Cell("c", 2, 1))
    sheet = Sheet("x", cells, rows_hidden=frozenset({0}))
    assert sheet.shown(Withdrawn()) == (
        Cell("Lot", 0, 0, rows=2), Cell("b", 0, 1), Cell("c", 1, 1),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("value", "code", "wanted"),
    [
        (26.5 / 24, "[h]:mm", "26:30"),
        (26.5 / 24, "[h]:mm:ss", "26:30:00"),
        (-0.25, "[h]:mm", "-6:00"),
        (0.0625, "[mm]:ss", "90:00"),
        (26.5 / 24, "h:mm", "02:30"),
        (1_234_567, '#,##0,"k€"', "1\u202f235k€"),
        (1_234_567, "0.00,,", "1,23"),
        (0.05, "+0%;-0%", "+5%"),
        (-0.05, "+0%;-0%", "-5%"),
        (1.23e8, "0.00E+00", "123000000"),
        (5, '[>3]"beaucoup";"peu"', "beaucoup"),
        (2, '[>3]"beaucoup";"peu"', "peu"),
        (2500, '[>=1000]0.0," k€";0" €"', "2,5 k€"),
        (250, '[>=1000]0.0," k€";0" €"', "250 €"),
    ],
)  # fmt: skip
def test_lengths_of_time_thousands_and_conditions_are_shown_as_in_the_cell(
    value: float, code: str, wanted: str
) -> None:
    assert shown(value, code, french=True) == wanted


@pytest.mark.parametrize(
    ("value", "code", "wanted"),
    [
        (0, '"Oui";"Oui";"Non"', "Non"),
        (-1, '"Oui";"Oui";"Non"', "Oui"),
        (0, '"oui";;"non"', "non"),
        (-500, '#,##0" Cr";#,##0" Dr"', "500 Dr"),
        (-3, "▲0;▼0", "▼3"),
        (-3, '"gain "0;0', "-3"),
        (-5, '0;"-"', "-5"),
        (-500, '#,##0" €";[Red]#,##0" €"', "-500 €"),
        (-500, '#,##0" €";(#,##0" €")', "-500 €"),
        (0, '_-* #,##0.00 €_-;-* #,##0.00 €_-;_-* "-"?? €_-;_-@_-', "0,00 €"),
        (0, "0;-0;;@", "0"),
        (-0.25, "[h]:mm;-[h]:mm", "-6:00"),
        (612345678, '0#" "##" "##" "##" "##', "06 12 34 56 78"),
        (185017812345678, '0" "00" "00" "00" "000" "000" | "00', "1 85 01 78 123 456 | 78"),
        (5, r"#\ ##0", "5"),
        (1250.5, r"#\ ##0.00", "1 250,50"),
        (0.5, "# ?/?", "0,5"),
        (2.5, "0", "3"),
        (-2.5, "0", "-3"),
        (1.005, "0.00", "1,01"),
        (1.15 * 3, "0.0", "3,5"),
        (1e300, "0.0%", f"1{'0' * 302},0%"),
        (float("inf"), "0.00", "inf"),
    ],
)  # fmt: skip
def test_sections_digits_and_halves_are_shown_as_in_the_cell(
    value: float, code: str, wanted: str
) -> None:
    assert shown(value, code, french=True) == wanted


@given(st.floats(allow_nan=False, allow_infinity=False), st.text('0#?.,;%"-() €@GeneralmE+[<0]\\'))
def test_any_format_shows_something_of_a_number(value: float, code: str) -> None:
    assert isinstance(shown(value, code, french=True), str)


@given(st.integers(-(10**14), 10**14))
def test_literals_among_digits_leave_the_digits(number: int) -> None:
    text = shown(number, '0#" "##" "##" "##" "##', french=True)
    assert int(text.replace(" ", "")) == number
