"""What a PDF draws beside its letters says what they mean: strokes, grounds, places."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from askdossier.load import read
from pdf_writer import Run, Stroke, write_pdf


def lines(folder: Path, runs: Sequence[Run], **more: object) -> tuple[list[str], list[str]]:
    """The lines of a page, and what was struck through on it."""
    path = write_pdf(folder / "a.pdf", [runs], **more)  # type: ignore[arg-type]
    document = read(path, path.name)
    gone = [removal.text for removal in document.lost if removal.reason == "struck through"]
    return [block.text for block in document.blocks], gone


# --- struck through -------------------------------------------------------------------------------

PRICE: list[Run] = [(60, 700, 12, "Le prix :"), (112, 700, 12, "640"), (136, 700, 12, "655 euros")]
"""Figures of Helvetica are 6.67 points wide at this size."""
THROUGH: Stroke = (112, 704, 132, 704)


@pytest.mark.parametrize("turn", [0, 1, 90, 180])
def test_what_a_line_goes_through_is_told(tmp_path: Path, turn: int) -> None:
    if turn:  # strokes are not turned by the writer
        import math

        cos, sin = math.cos(math.radians(turn)), math.sin(math.radians(turn))
        ends = [((x - 297.5) * cos - (y - 421) * sin + 297.5,
                 (x - 297.5) * sin + (y - 421) * cos + 421)
                for x, y in ((THROUGH[0], THROUGH[1]), (THROUGH[2], THROUGH[3]))]  # fmt: skip
        stroke = (*ends[0], *ends[1])
    else:
        stroke = THROUGH
    found = lines(tmp_path, PRICE, turn=turn, strokes=[stroke])
    assert found == (["Le prix : 655 euros"], ["640"])


def test_two_lines_and_a_part_of_a_word(tmp_path: Path) -> None:
    runs: list[Run] = [(60, 700, 12, "Le prix :"), (112, 700, 12, "640655 euros")]
    both = [(112, 703, 132, 703), (112, 705, 132, 705)]
    assert lines(tmp_path, runs, strokes=both) == (["Le prix : 655 euros"], ["640"])


@pytest.mark.parametrize(
    "stroke",
    [
        pytest.param((112, 698.5, 132, 698.5), id="under the words"),
        pytest.param((112, 711, 132, 711), id="over them"),
        pytest.param((20, 704, 500, 704), id="of a diagram, far beyond them"),
        pytest.param((122, 690, 122, 715), id="upright"),
    ],
)
def test_other_lines_strike_nothing(tmp_path: Path, stroke: Stroke) -> None:
    assert lines(tmp_path, PRICE, strokes=[stroke]) == (["Le prix : 640 655 euros"], [])


def test_a_remark_that_strikes_words_out(tmp_path: Path) -> None:
    remark = (
        "<< /Type /Annot /Subtype /StrikeOut /Rect [112 697 132 712] "
        "/QuadPoints [112 709 132 709 112 698 132 698] >>"
    )
    found = lines(tmp_path, PRICE, annotations=[remark])
    assert found == (["Le prix : 655 euros"], ["640"])


@pytest.mark.parametrize(
    ("above", "below", "bar"),
    [
        pytest.param((120, 703.94, 7, "12"), (120, 696.55, 7, "25"), (119.4, 128.3), id="12/25"),
        pytest.param((120, 703.94, 7, "a + b"), (126, 696.55, 7, "2"), (119.4, 138.5), id="a+b/2"),
    ],
)
def test_the_bar_of_a_fraction_strikes_nothing(
    tmp_path: Path, above: Run, below: Run, bar: tuple[float, float]
) -> None:
    runs: list[Run] = [(60, 700, 10, "Le taux vaut"), above, below, (142, 700, 10, "du loyer.")]
    found, gone = lines(tmp_path, runs, strokes=[(bar[0], 702.5, bar[1], 702.5)])
    assert not gone
    assert all(part in " ".join(found) for part in (above[3].translate(RAISED), "du loyer."))


RAISED = str.maketrans("12", "¹²")


def test_a_raised_letter_goes_with_what_is_struck(tmp_path: Path) -> None:
    runs: list[Run] = [(60, 700, 12, "Art. 1"), (88.7, 704, 7, "er"), (98, 700, 12, "Objet")]
    found = lines(tmp_path, runs, strokes=[(82, 703.5, 95, 703.5)])
    assert found == (["Art. Objet"], ["1er"])


ROUND = "{left} 697 m {end} 697 l {end} 697 {end} 703 {end} 703 c {left} 703 l f"


@pytest.mark.parametrize("left", [110, 112])
@pytest.mark.parametrize(
    "path", ["{left} 697 {width} 6 re f", ROUND, "6 w {left} 701.5 m {end} 701.5 l S"]
)
def test_a_marker_strikes_nothing(tmp_path: Path, left: float, path: str) -> None:
    marked: list[Run] = [(60, 700, 12, "Le prix :"), (112, 700, 12, "640 euros"),
                         (170, 700, 12, "par mois.")]  # fmt: skip
    end = 165.4 + 112 - left
    drawn = path.format(left=left, width=end - left, end=end)
    assert lines(tmp_path, marked, paths=[drawn]) == (["Le prix : 640 euros par mois."], [])


def test_strokes_of_one_path_are_strokes(tmp_path: Path) -> None:
    path = "112 704 m 132 704 l 60 600 m 120 600 l S"
    assert lines(tmp_path, PRICE, paths=[path]) == (["Le prix : 655 euros"], ["640"])


def test_remarks_without_number_take_no_more_time_than_so_many(tmp_path: Path) -> None:
    quads = "[" + "112 709 132 709 112 698 132 698 " * 2000 + "]"
    strike = "/Subtype /StrikeOut /Rect [112 697 132 712] /QuadPoints 8 0 R"
    # the first of the annotations is the list that the others share
    path = write_pdf(tmp_path / "a.pdf", [PRICE], annotations=["LIST", *[strike] * 2000])
    data = path.read_bytes().replace(b"<< /Type /Annot LIST >>", quads.encode())
    path.write_bytes(data.replace(b"startxref", b"startxref\n0\n%", 1))  # PDFium looks itself
    begun = time.process_time()
    document = read(path, path.name)
    assert time.process_time() - begun < 3
    assert [removal.text for removal in document.lost] == ["640"]


# --- letters --------------------------------------------------------------------------------------


def apart(text: str, step: float) -> list[Run]:
    return [(60 + i * step, 700, 12, letter) for i, letter in enumerate(text) if letter != " "]


def test_letters_that_are_set_apart_are_words(tmp_path: Path) -> None:
    assert lines(tmp_path, apart("BUDGET DE MAI", 13)) == (["BUDGET DE MAI"], [])


def test_letters_among_which_nothing_shows_words_stay_apart(tmp_path: Path) -> None:
    assert lines(tmp_path, apart("ABCDEF", 12)) == (["A B C D E F"], [])


def test_figures_that_stand_apart_stay_apart(tmp_path: Path) -> None:
    assert lines(tmp_path, apart("3 5 1 2 6", 6.5)) == (["3 5 1 2 6"], [])


def test_small_letters_behind_a_figure_belong_to_it(tmp_path: Path) -> None:
    runs: list[Run] = [(60, 700, 12, "Art. 1"), (88.7, 704, 7, "er"), (94.9, 700, 12, ". Objet")]
    assert lines(tmp_path, runs) == (["Art. 1er. Objet"], [])


def test_a_score_that_a_line_ends_in_is_one(tmp_path: Path) -> None:
    runs: list[Run] = [(60, 700, 12, "Le match de dimanche a fini par un score de 3-"),
                       (60, 685, 12, "1 devant deux cents personnes, sous la pluie")]  # fmt: skip
    found, _ = lines(tmp_path, runs)
    assert "un score de 3-1 devant" in " ".join(found)


def test_a_paragraph_that_a_page_parts_between_figures_is_on_both(tmp_path: Path) -> None:
    text = "Le texte va ainsi jusqu'au bord de la page et il parle de"
    first: Run = (60, 60, 10, text + " 2020-")
    second: Run = (60, 700, 10, "2021, et le texte va ainsi jusqu'au bord de la page.")
    path = write_pdf(tmp_path / "a.pdf", [[first], [second]])
    (block,) = read(path, path.name).blocks
    assert [(page.number, block.text[page.offset :][:8]) for page in block.pages] == [
        (1, "Le texte"), (2, "2021, et"),
    ]  # fmt: skip


# --- tables ---------------------------------------------------------------------------------------

TEXT: list[Run] = [
    (64, 684, 10, "Poste"), (204, 684, 10, "Plein"), (304, 684, 10, "Moindre"),
    (64, 664, 10, "Adulte"), (204, 664, 10, "12"), (304, 664, 10, "8"),
    (64, 644, 10, "Enfant"), (204, 644, 10, "sur demande"),
    (64, 624, 10, "Groupe"), (204, 624, 10, "90"), (304, 624, 10, "70"),
]  # fmt: skip
LEVEL: list[Stroke] = [(60, y, 400, y) for y in (700, 680, 660, 640, 620)]


def test_a_cell_over_two_columns_is_said_once(tmp_path: Path) -> None:
    upright: list[Stroke] = [(x, 620, x, 700) for x in (60, 200, 400)]
    upright += [(300, 660, 300, 700), (300, 620, 300, 640)]
    assert lines(tmp_path, TEXT, strokes=[*LEVEL, *upright])[0] == [
        "Poste: Adulte | Plein: 12 | Moindre: 8",
        "Poste: Enfant | Plein, Moindre: sur demande",
        "Poste: Groupe | Plein: 90 | Moindre: 70",
    ]


def test_rows_without_a_ground_between_those_with_one_have_the_same_columns(
    tmp_path: Path,
) -> None:
    upright: list[Stroke] = [
        (x, low, x, high) for x in (60, 200, 300, 400) for low, high in ((680, 700), (640, 660))
    ]
    upright += [(x, 620, x, 640) for x in (60, 200, 300, 400)]
    found = lines(tmp_path, TEXT, strokes=[*LEVEL, *upright])[0]
    assert found[0] == "Poste: Adulte | Plein: 12 | Moindre: 8"


@pytest.mark.parametrize(
    "between",
    [
        pytest.param(["Les tarifs ci-dessous valent pour les membres, sauf en mai.",
                      "Ils sont fixes chaque annee par le bureau et ne changent pas."], id="prose"),
        pytest.param(["Tarifs des membres"], id="a heading"),
    ],
)  # fmt: skip
def test_text_between_two_tables_of_one_width_is_no_row(tmp_path: Path, between: list[str]) -> None:
    runs: list[Run] = [(64, 606 - 12 * i, 10, text) for i, text in enumerate(between)]
    strokes: list[Stroke] = []
    for top in (700, 580):
        strokes += [(60, top - 20 * i, 400, top - 20 * i) for i in range(5)]
        strokes += [(x, top - 80, x, top) for x in (60, 200, 300, 400)]
        runs += [(x, y - 700 + top, size, text) for x, y, size, text in TEXT]
    found = lines(tmp_path, sorted(runs, key=lambda run: -run[1]), strokes=strokes)[0]
    assert " ".join(found[3:-3]) == " ".join(between)
    assert found[-3] == found[0] == "Poste: Adulte | Plein: 12 | Moindre: 8"


def test_names_of_columns_that_stand_upright(tmp_path: Path) -> None:
    level: list[Stroke] = [(60, y, 400, y) for y in (700, 640, 620, 600)]
    upright: list[Stroke] = [(x, 600, x, 700) for x in (60, 200, 300, 400)]
    rows: list[Run] = [
        (64, 626, 10, "Classe de CP"), (204, 626, 10, "12"), (304, 626, 10, "14"),
        (64, 606, 10, "Classe de CE1"), (204, 606, 10, "9"), (304, 606, 10, "17"),
        (64, 650, 10, "Classe"), (204, 650, 10, "Garcons"), (304, 650, 10, "Filles"),
    ]  # fmt: skip
    assert lines(tmp_path, rows, strokes=[*level, *upright])[0] == [
        "Classe: Classe de CP | Garcons: 12 | Filles: 14",
        "Classe: Classe de CE1 | Garcons: 9 | Filles: 17",
    ]


def test_a_value_at_half_the_height_of_a_wrapped_cell_is_in_its_row(tmp_path: Path) -> None:
    runs: list[Run] = [
        (60, 700, 11, "*Puits"), (260, 700, 11, "*Mesure"), (330, 700, 11, "*Somme"),
        (60, 676, 11, "Fontanel"), (260, 676, 11, "18,4"), (330, 676, 11, "26,5"),
        (60, 659, 11, "Tuilerie basse, dite aussi"), (60, 645, 11, "puits des Carmes"),
        (260, 652, 11, "9,8"), (330, 652, 11, "11,7"),
        (60, 628, 11, "Breuil"), (260, 628, 11, "7,2"), (330, 628, 11, "10,3"),
    ]  # fmt: skip
    assert lines(tmp_path, runs)[0] == [
        "Puits: Fontanel | Mesure: 18,4 | Somme: 26,5",
        "Puits: Tuilerie basse, dite aussi puits des Carmes | Mesure: 9,8 | Somme: 11,7",
        "Puits: Breuil | Mesure: 7,2 | Somme: 10,3",
    ]


def test_items_with_numbers_of_several_parts_are_a_list(tmp_path: Path) -> None:
    runs: list[Run] = [
        (60, 700, 11, "2.1"), (110, 700, 11, "Le bureau compte cinq membres."),
        (60, 685, 11, "2.2"), (110, 685, 11, "Il siège le lundi."),
        (60, 670, 11, "III.3"), (110, 670, 11, "Il vote à main levée."),
    ]  # fmt: skip
    assert lines(tmp_path, runs)[0] == [
        "2.1 Le bureau compte cinq membres.", "2.2 Il siège le lundi.",
        "III.3 Il vote à main levée.",
    ]  # fmt: skip


@pytest.mark.parametrize("right", [100, 140])
@pytest.mark.parametrize(
    "rows",
    [
        pytest.param(["12.5 34", "15.0 38", "17.5 41", "20.0 47"], id="figures"),
        pytest.param(["12.5 faible", "15.0 moyen", "17.5 fort", "20.0 fort"], id="words"),
        pytest.param(["2.1 34", "2.2 38", "2.3 41"], id="figures that count on"),
        pytest.param(["05.11.24 Eau", "17.11.24 Gaz", "29.11.24 Eau"], id="dates"),
    ],
)
def test_quantities_in_the_first_column_are_no_markers(
    tmp_path: Path, rows: list[str], right: float
) -> None:
    runs: list[Run] = [
        (x, 700 - 14 * i, 10, text)
        for i, row in enumerate(rows) for x, text in zip((60, right + 20), row.split(), strict=True)
    ]  # fmt: skip
    assert lines(tmp_path, runs)[0] == [row.replace(" ", " | ") for row in rows]


@pytest.mark.parametrize("size", [-10.0, 0.0])
def test_characters_of_no_size_are_read_or_left(tmp_path: Path, size: float) -> None:
    runs: list[Run] = [(300, 700, size, "Le bureau compte cinq membres."), (60, 600, 10, "Fin")]
    assert lines(tmp_path, runs)[0][-1].endswith("Fin")


# --- values beside their labels -------------------------------------------------------------------

LABELS: list[Run] = [
    (60, 700, 12, "Nom :"),
    (60, 676, 12, "Ville :"),
    (60, 652, 12, "Fait le ....."),
]
REST: list[Run] = [(60, 500, 12, "Le bureau se prononce en mars.")]
FILLED: list[Run] = [(200, 700, 12, "Durand"), (200, 676, 12, "Ulm"), (200, 652, 12, "4 mars")]


@pytest.mark.parametrize("runs", [[*LABELS, *REST, *FILLED], [*FILLED, *REST, *LABELS]])
def test_values_that_are_filled_in_stand_behind_their_labels(
    tmp_path: Path, runs: list[Run]
) -> None:
    found, _ = lines(tmp_path, runs)
    assert sorted(found) == [
        "Fait le ..... | 4 mars", "Le bureau se prononce en mars.", "Nom : | Durand",
        "Ville : | Ulm",
    ]  # fmt: skip


def test_a_second_column_of_prose_stays_whole_beside_a_line_with_a_colon(tmp_path: Path) -> None:
    left: list[Run] = [(60, 700, 12, "Les tarifs sont les suivants :")]
    left += [(60, 700 - 14 * i, 12, f"gauche {i} de la colonne") for i in range(1, 5)]
    right: list[Run] = [(320, 700 - 14 * i, 12, f"droite {i} de la colonne") for i in range(5)]
    text = " ".join(lines(tmp_path, [*left, *right])[0])
    assert "suivants : gauche 1" in text and "droite 0 de la colonne droite 1" in text


def test_a_letterhead_names_nothing_below_it(tmp_path: Path) -> None:
    runs: list[Run] = [
        (60, 700, 12, "SARL Dubois"), (300, 700, 12, "*FACTURE N. 14"),
        (60, 685, 12, "12 rue Haute"), (300, 685, 12, "Date : 04/03/2025"),
        (60, 670, 12, "57000 Metz"), (300, 670, 12, "Terme : 03/04/2025"),
        (60, 645, 12, "Client : mairie"), (60, 630, 12, "Siret : 123"),
    ]  # fmt: skip
    assert lines(tmp_path, runs)[0] == [
        "SARL Dubois | FACTURE N. 14", "12 rue Haute | Date : 04/03/2025",
        "57000 Metz | Terme : 03/04/2025", "Client : mairie Siret : 123",
    ]  # fmt: skip


def ruled(xs: Sequence[float], ys: Sequence[float]) -> list[Stroke]:
    across = [(xs[0], y, xs[-1], y) for y in ys]
    return [*across, *((x, ys[-1], x, ys[0]) for x in xs)]


def test_two_tables_whose_lines_nearly_meet_stay_two(tmp_path: Path) -> None:
    strokes = ruled([50, 148, 250, 350], [720, 700, 680]) + ruled([50, 149.9, 300], [650, 630, 610])
    runs: list[Run] = [
        (55, 705, 12, "*Service"), (155, 705, 12, "*Reste"), (255, 705, 12, "*Part"),
        (55, 685, 12, "Voirie"), (155, 685, 12, "100 F"), (255, 685, 12, "90 F"),
        (55, 635, 12, "Montant"), (155, 635, 12, "12 F"),
        (55, 615, 12, "Date"), (155, 615, 12, "4 mars 2025"),
    ]  # fmt: skip
    assert lines(tmp_path, runs, strokes=strokes)[0] == [
        "Service: Voirie | Reste: 100 F | Part: 90 F", "Montant | 12 F", "Date | 4 mars 2025",
    ]  # fmt: skip


def test_a_smaller_line_of_a_cell_stays_below_the_first(tmp_path: Path) -> None:
    strokes = ruled([50, 200, 300], [720, 690, 660])
    runs: list[Run] = [
        (55, 705, 12, "Objet"), (205, 705, 12, "Prix"),
        (55, 677, 12, "Chaises"), (205, 671, 12, "250 F"), (55, 665, 9, "bleues"),
    ]  # fmt: skip
    assert lines(tmp_path, runs, strokes=strokes)[0][-1].startswith("Objet: Chaises bleues | ")
