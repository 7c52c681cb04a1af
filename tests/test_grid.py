"""The grid of a table: where cells stand, what they are called, the lines that come of it."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askdossier.load import html, markdown
from askdossier.load.grid import Cell, Grid, laid_out, lines_of, texts


def head(text: str, rows: int = 1, columns: int = 1) -> Cell:
    return Cell(text, rows=rows, columns=columns, header=True)


def cell(text: str, rows: int = 1, columns: int = 1) -> Cell:
    return Cell(text, rows=rows, columns=columns)


@pytest.mark.parametrize(
    ("rows", "lines"),
    [
        pytest.param(
            [[cell("Maison"), cell("Étage"), cell("Loyer")],
             [cell("Les Ifs", rows=2), cell("1"), cell("610")],
             [cell("2"), cell("655")]],
            ["Maison: Les Ifs | Étage: 1 | Loyer: 610", "Maison: Les Ifs | Étage: 2 | Loyer: 655"],
            id="a cell over two rows is said in both",
        ),
        pytest.param(
            [[head("Jour"), head("Matin"), head("Soir")],
             [cell("Lundi"), cell("fermé", columns=2)],
             [cell("Mardi"), cell(""), cell("6")]],
            ["Jour: Lundi | Matin, Soir: fermé", "Jour: Mardi | Soir: 6"],
            id="a cell over two columns has both names, and an empty one moves nothing",
        ),
        pytest.param(
            [[head("Jour", rows=2), head("Salle A", columns=2), head("Salle B", rows=2)],
             [head("Matin"), head("Soir")],
             [cell("Lundi"), cell("3"), cell("4"), cell("5")],
             [cell("Mardi"), cell("fermée", columns=2), cell("8")]],
            ["Jour: Lundi | Salle A › Matin: 3 | Salle A › Soir: 4 | Salle B: 5",
             "Jour: Mardi | Salle A › Matin, Soir: fermée | Salle B: 8"],
            id="two header rows",
        ),
        pytest.param(
            [[cell("Jour", rows=2), cell("Salle A", columns=2), cell("Salle B", rows=2)],
             [cell("Matin"), cell("Soir")],
             [cell("Lundi"), cell("3"), cell("4"), cell("5")]],
            ["Jour: Lundi | Salle A › Matin: 3 | Salle A › Soir: 4 | Salle B: 5"],
            id="two header rows that nothing marks",
        ),
        pytest.param(
            [[cell("Salle A", columns=2)], [cell("Jour"), cell("Heures")],
             [cell("Lundi"), cell("8")],
             [cell("Salle B", columns=2)], [cell("Lundi"), cell("9")]],
            ["Salle A | Jour: Lundi | Heures: 8", "Salle B | Jour: Lundi | Heures: 9"],
            id="a title above the names of the columns is the first of several sections",
        ),
        pytest.param(
            [[cell("Article"), cell("Nombre"), cell("Prix"), cell("Somme")],
             [cell("Chêne"), cell("2"), cell("1 450,00"), cell("2 900,00")],
             [cell(""), cell(""), cell("TVA 20 %"), cell("580,00")],
             [cell("Total", columns=3), cell("3 480,00")]],
            ["Article: Chêne | Nombre: 2 | Prix: 1 450,00 | Somme: 2 900,00",
             "TVA 20 % | Somme: 580,00", "Total | Somme: 3 480,00"],
            id="the words of a sum have no name of a column",
        ),
        pytest.param(
            [[cell("Ville"), cell("Taille"), cell(""), cell("")],
             [cell("Ulm"), cell("126"), cell(""), cell("à revoir")],
             [cell("Metz"), cell("120"), cell(""), cell("")],
             [cell("Lyon"), cell("522"), cell(""), cell("")]],
            ["Ville: Ulm | Taille: 126 | à revoir", "Ville: Metz | Taille: 120",
             "Ville: Lyon | Taille: 522"],
            id="an empty column and remarks beside a table need no names",
        ),
        pytest.param(
            [[cell("Ville"), cell("Taille")], [cell("Ulm"), cell("126")], [],
             [cell("Source : enquête de 2024")]],
            ["Ville: Ulm | Taille: 126", "Source : enquête de 2024"],
            id="a note below a table is no row",
        ),
        pytest.param(
            [[cell("Nom"), cell("Coordonnées", columns=2)],
             [cell("Roux"), cell("Ulm"), cell("paul@exemple.test")]],
            ["Nom: Roux | Coordonnées: Ulm | Coordonnées: paul@exemple.test"],
            id="a wide name above the first row of data",
        ),
        pytest.param(
            [[head("Budget", columns=3)], [cell(""), head("2023"), head("2024")],
             [head("Eau"), cell("3"), cell("")], [head("Gaz"), cell(""), cell("9")]],
            ["Budget", "Eau | 2023: 3", "Gaz | 2024: 9"],
            id="a title row and an empty corner",
        ),
        pytest.param(
            [[head("Nom"), head("Prix")],
             [cell("Fleurs", columns=2)], [cell("Lis"), cell("8 €")],
             [cell("Arbres", columns=2)], [cell("If"), cell("90 €")],
             [cell("Prix sans les taxes.", columns=2)]],
            ["Fleurs | Nom: Lis | Prix: 8 €", "Arbres | Nom: If | Prix: 90 €",
             "Prix sans les taxes."],
            id="rows over the whole width name what follows, or are notes",
        ),
        pytest.param(
            [[head("Nom"), head("2023")], [cell("Eau"), cell("3")],
             [head("Nom"), head("2024")], [cell("Eau"), cell("4")]],
            ["Nom: Eau | 2023: 3", "Nom: Eau | 2024: 4"],
            id="a second header further down",
        ),
        pytest.param(
            [[head("Nom"), cell("Roux")], [head("Villes :"), cell("Ulm"), cell("Metz")]],
            ["Nom: Roux", "Villes: Ulm | Metz"],
            id="names at the left",
        ),
        pytest.param(
            [[cell("Anne"), cell("présidente"), cell("06 12 34 56 78")],
             [cell("Paul"), cell("trésorier"), cell("06 12 34 56 79")]],
            ["Anne | présidente | 06 12 34 56 78", "Paul | trésorier | 06 12 34 56 79"],
            id="a first row of data",
        ),
        pytest.param(
            [[cell("Eau"), cell("oui"), cell("non")], [cell("Gaz"), cell("oui"), cell("oui")]],
            ["Eau | oui | non", "Gaz | oui | oui"],
            id="a first row whose values come again",
        ),
        pytest.param(
            [[head("Nom"), head("Ville"), head("Note")], [cell("Roux"), cell("Ulm"), cell("")]],
            ["Nom | Ville | Note", "Nom: Roux | Ville: Ulm"],
            id="the name of a column without values is not lost",
        ),
        pytest.param(
            [[cell("À lire\nMise en garde")], [cell("Fin")]],
            ["À lire", "Mise en garde", "Fin"],
            id="one column is a box around paragraphs",
        ),
        pytest.param(
            [[head("Jour"), head("Horaire")], [cell("Lundi"), cell("9 h\n14 h")]],
            ["Jour: Lundi | Horaire: 9 h / 14 h"],
            id="paragraphs of a cell stay apart",
        ),
        pytest.param(
            [[head("Nom"), cell("Roux"), head("Prénom"), cell("Léa")],
             [head("Né le"), cell("3/4/1990"), head("À"), cell("Ulm")]],
            ["Nom: Roux | Prénom: Léa", "Né le: 3/4/1990 | À: Ulm"],
            id="marked names and values in turn",
        ),
        pytest.param(
            [[head("Nom"), cell("Roux", columns=3)],
             [head("Né le"), cell("3/4/1990"), head("À"), cell("Ulm"), cell("Bade")]],
            ["Nom: Roux", "Né le: 3/4/1990 | À: Ulm | À: Bade"],
            id="marked names with one value or several",
        ),
        pytest.param(
            [[cell("Nom :"), cell("Roux"), cell("Prénom :"), cell("Léa")],
             [cell("Ville :"), cell("Ulm"), cell("Pays :"), cell("Bade")]],
            ["Nom: Roux | Prénom: Léa", "Ville: Ulm | Pays: Bade"],
            id="names with colons and values in turn",
        ),
        pytest.param(
            [[cell("Employeur"), cell("Le Goff"), cell(""), cell("Salarié"), cell("Zoé")],
             [cell("Période"), cell("mars"), cell(""), cell("Entrée"), cell("02/09/2019")],
             [cell("Heures"), cell("151,67"), cell(""), cell("Emploi"), cell("Menuisière")]],
            ["Employeur: Le Goff | Salarié: Zoé", "Période: mars | Entrée: 02/09/2019",
             "Heures: 151,67 | Emploi: Menuisière"],
            id="names and values in turn with an empty column between them",
        ),
        pytest.param(
            [[cell("Club :"), cell("Les Amis du four")], [cell("Montant :"), cell("1 500 €")],
             [cell("2e choix", columns=2)], [cell("Montant :"), cell("900 €")],
             [cell("Tél. :"), cell("")]],
            ["Club: Les Amis du four", "Montant: 1 500 €", "2e choix", "Montant: 900 €", "Tél. :"],
            id="a form with colons that is not all filled in",
        ),
        pytest.param(
            [[cell("Nom :"), cell("Roux"), cell("Prénom :"), cell("Léa")],
             [cell("Ville :"), cell(""), cell("Pays :"), cell("Bade")]],
            ["Nom: Roux | Prénom: Léa", "Ville : | Pays: Bade"],
            id="a value that is missing leaves the next one its name",
        ),
        pytest.param(
            [[cell("Nom"), cell("Roux"), cell("Prénom"), cell("Léa")],
             [cell("Né le"), cell("3/4/1990"), cell("Ville"), cell("Ulm")],
             [cell("Tél."), cell("06 12 34 56 78"), cell("Mél"), cell("a@exemple.test")]],
            ["Nom: Roux | Prénom: Léa", "Né le: 3/4/1990 | Ville: Ulm",
             "Tél.: 06 12 34 56 78 | Mél: a@exemple.test"],
            id="values of several sorts below one another are no column",
        ),
        pytest.param(
            [[cell("Objet"), cell("Toiture")], [cell("Montant"), cell("12 000 €")],
             [cell("Date"), cell("4 mars 2025")]],
            ["Objet: Toiture", "Montant: 12 000 €", "Date: 4 mars 2025"],
            id="an amount and a date in one column belong to a record",
        ),
        pytest.param(
            [[cell("Roux"), cell("gardien"), cell("12")], [cell("Diaz"), cell("avant"), cell("9")]],
            ["Roux | gardien | 12", "Diaz | avant | 9"],
            id="a small number alone is a value",
        ),
        pytest.param(
            [[cell("Roux"), cell("Ulm"), cell("1998")], [cell("Diaz"), cell("Metz"), cell("2001")]],
            ["Roux | Ulm | 1998", "Diaz | Metz | 2001"],
            id="a year above years is a value",
        ),
        pytest.param(
            [[cell("Fruit"), cell("Prix"), cell("2024")], [cell("Kiwi"), cell("bas"), cell("310")]],
            ["Fruit: Kiwi | Prix: bas | 2024: 310"],
            id="a year above other figures is a name",
        ),
        pytest.param(
            [[cell("Semaine"), cell("7"), cell("8")], [cell("Roux"), cell("3"), cell("4")]],
            ["Semaine: Roux | 7: 3 | 8: 4"],
            id="numbers that count are names",
        ),
        pytest.param(
            [[cell("Lundi", rows=2), cell("Matin"), cell("Salle A")],
             [cell("Soir"), cell("Salle B")],
             [cell("Mardi"), cell("fermé", columns=2)]],
            ["Lundi | Matin | Salle A", "Lundi | Soir | Salle B", "Mardi | fermé"],
            id="a first cell that stands for several rows names no column",
        ),
        pytest.param(
            [[cell("Équipe A", columns=3)], [cell("Roux"), cell("gardien"), cell("12")],
             [cell("Équipe B", columns=3)], [cell("Diaz"), cell("avant"), cell("9")]],
            ["Équipe A | Roux | gardien | 12", "Équipe B | Diaz | avant | 9"],
            id="sections of rows without names of columns",
        ),
        pytest.param(
            [[cell("Budget 2025", columns=5)],
             [cell(""), cell("Eau", columns=2), cell("Gaz", columns=2)],
             [cell("Service"), cell("Prévu"), cell("Payé"), cell("Prévu"), cell("Payé")],
             [cell("Voirie"), cell("100"), cell("90"), cell("200"), cell("150")]],
            ["Budget 2025", "Service: Voirie | Eau › Prévu: 100 | Eau › Payé: 90 | "
             "Gaz › Prévu: 200 | Gaz › Payé: 150"],
            id="wide names beside an empty corner",
        ),
    ],
)  # fmt: skip
def test_every_value_stands_beside_its_own_labels(rows: list[list[Cell]], lines: list[str]) -> None:
    assert list(lines_of(laid_out(rows))) == lines


IN = [["Dons", "120", "130"], ["Ventes", "80", "90"]]
OUT = [["Eau", "30", "31"], ["Gaz", "40", "41"]]


def lone(text: str, columns: int = 3) -> list[str]:
    return [text, *[""] * (columns - 1)]


def beside(name: str, rows: list[list[str]]) -> list[str]:
    before = f"{name} | " if name else ""
    return [f"{before}Poste: {row[0]} | 2024: {row[1]} | 2025: {row[2]}" for row in rows]


@pytest.mark.parametrize(
    ("below", "lines"),
    [
        pytest.param([lone("Recettes"), *IN, lone("Dépenses"), *OUT],
                     [*beside("Recettes", IN), *beside("Dépenses", OUT)],
                     id="labels alone in their rows name those below"),
        pytest.param([lone("Recettes"), *IN, ["Total", "200", "220"], lone("Dépenses"), *OUT,
                      ["Total", "70", "72"], ["Résultat", "130", "148"]],
                     [*beside("Recettes", [*IN, ["Total", "200", "220"]]),
                      *beside("Dépenses", [*OUT, ["Total", "70", "72"]]),
                      *beside("", [["Résultat", "130", "148"]])],
                     id="a section has its total, and ends there"),
        pytest.param([lone("Recettes"), *IN, lone("Dépenses"), *OUT, ["Total", "1", "2"]],
                     [*beside("Recettes", IN), *beside("Dépenses", OUT),
                      *beside("", [["Total", "1", "2"]])],
                     id="a total of all sections is none of the last"),
        pytest.param([lone("Recettes"), *IN, lone("Dépenses"), *OUT, lone(""), ["Prêt", "1", "2"]],
                     [*beside("Recettes", IN), *beside("Dépenses", OUT),
                      *beside("", [["Prêt", "1", "2"]])],
                     id="an empty row ends a section"),
        pytest.param([lone("Recettes"), *IN, lone("Dépenses"), *OUT, lone("Source : commune")],
                     [*beside("Recettes", IN), *beside("Dépenses", OUT),
                      "Poste: Source : commune"],
                     id="a note right below a table"),
        pytest.param([*IN, lone("Dépenses"), *OUT, lone("Loyer"), *IN],
                     [*beside("", IN), "Poste: Dépenses", *beside("", OUT), "Poste: Loyer",
                      *beside("", IN)],
                     id="values may be missing below rows of no section"),
        pytest.param([lone("Dépenses"), *IN, *OUT], ["Poste: Dépenses", *beside("", [*IN, *OUT])],
                     id="values may be missing in one row"),
        pytest.param([lone("Anne"), ["Paul", "lu", "vu"], ["Zoé", "lu", "su"], lone("Luc"),
                      ["Max", "lu", "vu"], ["Eva", "su", "vu"]],
                     ["Poste: Anne", *beside("", [["Paul", "lu", "vu"], ["Zoé", "lu", "su"]]),
                      "Poste: Luc", *beside("", [["Max", "lu", "vu"], ["Eva", "su", "vu"]])],
                     id="words may be missing"),
    ],
)  # fmt: skip
def test_rows_that_are_not_merged_name_others_where_more_than_empty_cells_tells(
    below: list[list[str]], lines: list[str]
) -> None:
    rows = [["Poste", "2024", "2025"], *below]
    assert list(lines_of(texts(rows))) == lines
    assert [block.text for block in markdown.from_text(_written(rows)).blocks] == lines


def _written(rows: list[list[str]]) -> str:
    lines = [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join([lines[0], "|---|---|---|", *lines[1:]])


def test_a_section_right_below_an_empty_corner_is_no_name_of_its_column() -> None:
    names = ["", "2024", "2025"]
    lines = [*beside("Recettes", IN), *beside("Dépenses", OUT)]
    assert list(lines_of(texts([names, lone("Recettes"), *IN, lone("Dépenses"), *OUT]))) == [
        line.replace("Poste: ", "") for line in lines
    ]
    corner = list(lines_of(texts([names, lone("Poste"), *IN, *OUT])))
    assert corner == beside("", [*IN, *OUT])


def test_sections_of_a_table_whose_columns_have_no_names() -> None:
    first = [["Dons", "120 €", "130 €"], ["Ventes", "80 €", "90 €"]]
    rows = [lone("Recettes"), *first, lone("Dépenses"), *OUT]
    assert list(lines_of(texts(rows))) == [
        "Recettes | Dons | 120 € | 130 €", "Recettes | Ventes | 80 € | 90 €",
        "Dépenses | Eau | 30 | 31", "Dépenses | Gaz | 40 | 41",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("label", "named"),
    [
        ([head("Dépenses"), head(""), head("")], True),
        ([head("Dépenses"), cell(""), cell("")], True),
        ([cell("Dépenses", columns=2), cell("")], True),
        ([cell("Dépenses"), cell(""), cell("")], False),
    ],
)
def test_one_marked_label_names_the_rows_below_it(label: list[Cell], named: bool) -> None:
    names = [head("Poste"), head("2024"), head("2025")]
    rows = [names, *[[cell(text) for text in row] for row in IN], label,
            *[[cell(text) for text in row] for row in OUT]]  # fmt: skip
    own = [] if named else ["Poste: Dépenses"]
    assert list(lines_of(laid_out(rows))) == [
        *beside("", IN), *own, *beside("Dépenses" if named else "", OUT),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("last", "line"),
    [("Net à payer", "Libellé: Net à payer | Montant: 1 200,00"),
     ("Amount due", "Libellé: Amount due | Montant: 1 200,00"),
     ("Mutuelle", "Cotisations | Libellé: Mutuelle | Montant: 1 200,00")],
)  # fmt: skip
def test_what_is_to_be_paid_is_in_no_section(last: str, line: str) -> None:
    names, end = [head("Libellé"), head("Montant")], [cell(last), cell("1 200,00")]
    over = [cell("Cotisations", columns=2)]
    rows = [names, over, [cell("Santé"), cell("90,00")], end]
    assert list(lines_of(laid_out(rows)))[1:] == [line]
    alone = list(lines_of(laid_out([names, over, end])))
    assert alone[-1] == line
    assert any("Cotisations" in said for said in alone)  # nothing is lost that names no row


def test_a_table_in_a_cell_is_read_once_and_knows_where_it_stands() -> None:
    inner = texts([["Salle", "Places"], ["A", "12"]])
    grid = laid_out(
        [[head("Jour"), head("Détail")], [cell("Lundi"), Cell("Voir :", inner=(inner,))]]
    )
    assert list(lines_of(grid)) == [
        "Jour: Lundi | Détail: Voir :",
        "Jour: Lundi | Détail: Salle: A | Places: 12",
    ]


def test_a_long_row_becomes_lines_that_each_begin_with_its_label() -> None:
    names = [f"Critère {i}" for i in range(40)]
    values = [f"valeur {i} assez longue" for i in range(40)]
    lines = list(lines_of(texts([["Ville", *names], ["Ulm", *values]])))
    assert len(lines) > 1
    assert all(line.startswith("Ville: Ulm | ") and len(line) < 700 for line in lines)
    said = [part for line in lines for part in line.split(" | ")[1:]]
    assert said == [f"{name}: {value}" for name, value in zip(names, values, strict=True)]


WORDS = st.lists(st.sampled_from("Lundi fermé 12 655 € 2024 Ulm a.b /".split()), max_size=2)
CELLS = st.builds(
    Cell, WORDS.map(" ".join), rows=st.integers(0, 4), columns=st.integers(0, 4),
    header=st.booleans(),
)  # fmt: skip
ROWS = st.lists(st.lists(CELLS, max_size=5), max_size=6)


def test_a_name_is_said_above_a_cell_over_all_columns_and_several_rows() -> None:
    rows = [[Cell("Fermé", header=True)], [Cell("Lundi", rows=2, columns=2)], []]
    assert next(iter(lines_of(laid_out(rows)))) == "Fermé"


def test_a_name_is_said_above_a_cell_that_names_its_row() -> None:
    rows = [[Cell("Fermé", header=True)], [Cell("Lundi", columns=2), Cell("12")]]
    assert next(iter(lines_of(laid_out(rows)))) == "Fermé"


@given(ROWS)
def test_no_two_cells_cover_one_place_and_none_is_lost(rows: list[list[Cell]]) -> None:
    grid = laid_out(rows)
    assert len(grid.cells) == sum(map(len, rows))
    starts = [(cell.row, cell.column) for cell in grid.cells]
    assert starts == sorted(set(starts))
    words = " ".join(lines_of(grid)).split()
    for each in grid.cells:
        assert set(each.label.split()) <= {word.rstrip(":,") for word in words} | {"|"}


@given(
    st.integers(2, 5), st.integers(1, 4),
    st.sets(st.tuples(st.integers(0, 3), st.integers(0, 4))), st.booleans(),
)  # fmt: skip
def test_a_value_never_stands_beside_the_name_of_another_column(
    width: int, height: int, empty: set[tuple[int, int]], marked: bool
) -> None:
    rows = [[Cell(f"colonne-{j}", header=marked) for j in range(width)]]
    rows += [
        [Cell("" if (i, j) in empty else f"{i}:{j}") for j in range(width)] for i in range(height)
    ]
    lines = list(lines_of(Grid(laid_out(rows).cells, named=True)))
    said = {part for line in lines for part in line.split(" | ")}
    for i in range(height):
        for j in range(width):
            assert (f"colonne-{j}: {i}:{j}" in said) is ((i, j) not in empty)


def test_spans_made_to_harm_end_soon() -> None:
    started = time.process_time()
    rows = [[Cell("x", rows=65_000, columns=1000)] for _ in range(5000)]
    for _ in zip(lines_of(laid_out(rows)), range(100), strict=False):
        pass
    assert time.process_time() - started < 10


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        (
            "<tr><th rowspan=2>Jour</th><th colspan=2>Salle</th></tr><tr><th>A</th><th>B</th></tr>"
            "<tr><td>Lundi</td><td>3</td><td>4</td></tr>",
            ["Jour: Lundi | Salle › A: 3 | Salle › B: 4"],
        ),
        (
            "<thead><tr><td>An</td><td>Lieu</td></tr></thead><tr><td>2023<td><p>Ulm</p><p>Metz</p>",
            ["An: 2023 | Lieu: Ulm / Metz"],
        ),
        (
            "<tr><th>Jour</th><th>Salles</th></tr><tr><td>Lundi</td><td><table><tr><th>Nom</th>"
            "<th>Places</th></tr><tr><td>A</td><td>12</td></tr></table></td></tr>",
            ["Jour: Lundi | Salles: Nom: A | Places: 12"],
        ),
        (
            "<tr><td><table><tr><th>Nom</th><th>Places</th></tr><tr><td>A</td><td>12</td></tr>"
            "</table></td><td>Menu</td></tr>",
            ["Nom: A | Places: 12", "Menu"],
        ),
        ("<tr><td style='display:none'>x</td><td>a<script>1</script></td></tr>", ["a"]),
    ],
)
def test_tables_of_web_pages(source: str, lines: list[str]) -> None:
    blocks = html.visible(f"<table>{source}</table>").blocks
    assert [block.text for block in blocks] == lines


@pytest.mark.parametrize(
    ("page", "text", "struck"),
    [
        ("<p>coûte <del>149 €</del> 119 €</p>", ["coûte 119 €"], ["149 €"]),
        ("<p>coûte <s>149 <b>€</b></s> 119 €</p>", ["coûte 119 €"], ["149 €"]),
        ("<p>à <span style='color:red;text-decoration:line-through'>9 h</span> 10 h</p>",
         ["à 10 h"], ["9 h"]),
        ("<style>/* prix */ .prix > .old, u { text-decoration-line : line-through }</style>"
         "<p class=prix><i class='old x'>9 €</i> <u>8 €</u> 7 € <b>net</b></p>",
         ["7 € net"], ["9 €", "8 €"]),
        ("<style>a:hover, .old b {text-decoration: line-through}</style><p><a>x</a> <b>y</b></p>",
         ["x y"], []),
        ("<del><p>Un <s>deux</s> trois</p></del><p>Fin <ins>ajout</ins></p>",
         ["Fin ajout"], ["Un deux trois"]),
        ("<table><tr><th>Nom</th><th>Prix</th></tr><tr><td>A</td><td><s>9</s> 8</td></tr></table>",
         ["Nom: A | Prix: 8"], ["9"]),
    ],
)  # fmt: skip
def test_words_of_a_page_that_are_struck_through_go_and_are_told(
    page: str, text: list[str], struck: list[str]
) -> None:
    content = html.visible(page)
    assert [block.text for block in content.blocks] == text
    assert [(removal.text, removal.reason) for removal in content.lost] == [
        (words, "struck through") for words in struck
    ]


@pytest.mark.parametrize(
    ("source", "text", "struck"),
    [
        ("Ouvert à ~~9 h~~ 10 h.", ["Ouvert à 10 h."], ["9 h"]),
        ("Ouvert à <del>9 **h**</del> 10 h.", ["Ouvert à 10 h."], ["9 h"]),
        ("| A | B |\n|---|---|\n| ~~1~~ 2 | 3 |", ["A: 2 | B: 3"], ["1"]),
        ("<p>à <s>9 h</s> 10 h</p>", ["à 10 h"], ["9 h"]),
        ("Un ~tilde~ seul, un </del> perdu.", ["Un ~tilde~ seul, un perdu."], []),
    ],
)
def test_words_of_markdown_that_are_struck_through_go_and_are_told(
    source: str, text: list[str], struck: list[str]
) -> None:
    content = markdown.from_text(source)
    assert [block.text for block in content.blocks] == text
    assert [removal.text for removal in content.lost] == struck
