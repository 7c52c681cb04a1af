"""What PDFs of offices have: running lines, turned pages, tables, forms, odd fonts."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from askdossier.clean import clean
from askdossier.core import RawDocument, UnreadableDocument
from askdossier.load import read, recognition
from askdossier.load.pdf.heads import _roman
from askdossier.load.pdf.legible import is_legible
from pdf_writer import Run, column, write_pdf


def load(path: Path) -> RawDocument:
    return read(path, path.name)


def text_of(path: Path) -> str:
    return "\n".join(block.text for block in load(path).blocks)


def removed(path: Path) -> list[tuple[str, str]]:
    return [(removal.text, removal.reason) for removal in load(path).lost]


PROSE = [
    "La commune a publié le compte rendu des travaux de la digue, qui ont duré",
    "plus longtemps que prévu. Le conseil en a débattu pendant deux heures avant",
    "de passer au vote, et la presse locale a rapporté les échanges le lendemain.",
]


def prose(page: int, top: float = 700) -> list[Run]:
    """Lines that no other page has."""
    lines = [f"{line} {'abcdefgh'[page] * 3}" for line in PROSE * 4]
    return column(60, top, lines)


# --- running lines --------------------------------------------------------------------------------


def payslip(month: str, hours: str, net: str) -> list[Run]:
    return [
        (60, 800, 11, "Employeur : Coopérative du Grand Pré"),
        (60, 786, 11, "Salariée : Joséphine Aubrac"),
        (60, 740, 14, f"*Bulletin de paie, {month}"),
        (60, 700, 11, f"Heures : {hours}"),
        (60, 680, 11, "Taux horaire : 14,20 euros"),
        (60, 80, 11, f"Net à payer : {net} euros"),
        (60, 60, 11, "Congés restants : 12"),
    ]


def test_what_copies_of_a_form_say_alike_stays_on_each(tmp_path: Path) -> None:
    months = ["janvier", "février", "mars", "avril", "mai"]
    pages = [
        payslip(month, "151", "1 720,00" if month != "mai" else "1 900,00") for month in months
    ]
    path = write_pdf(tmp_path / "a.pdf", pages)
    text = text_of(path)
    for words, times in [("Coopérative du Grand Pré", 5), ("1 720,00", 4), ("1 900,00", 1),
                         ("Joséphine Aubrac", 5), ("Congés restants : 12", 5)]:  # fmt: skip
        assert text.count(words) == times
    assert removed(path) == []


def test_one_copy_of_a_running_head_stays_and_the_others_are_named(tmp_path: Path) -> None:
    head, foot = "Syndicat des eaux du Vidourlet", "12 place du Marché, 30000 Vidourlet"
    pages = [
        [(60, 810, 9, head), *prose(n), (60, 40, 8, foot), (500, 40, 8, f"Page {n} / 4")]
        for n in range(1, 5)
    ]
    path = write_pdf(tmp_path / "a.pdf", pages)
    text = text_of(path)
    assert text.startswith(head)
    assert text.endswith(foot)  # not between two halves of a sentence
    assert Counter(reason for _, reason in removed(path)) == {"running head": 6, "page number": 4}
    assert (text + str(removed(path))).count(head) == 4


@pytest.mark.parametrize(
    "own",
    [
        ["Bilan 2021", "Bilan 2022", "Bilan 2023", "Bilan 2024"],  # grows with the pages
        ["2021", "2022", "2023", "2024"],
        ["Civil", "mil", "Vil", "Dix"],
        ["350", "1942", "72", "18"],
        ["Total : 702,00 euros"] * 3 + ["Total : 715,00 euros"],
        ["Locataire : Nadia Ferrand"] * 3 + ["Locataire : Luc Maurin"],
        ["Reste dû : 48 €"] * 4,
        ["Lot n° 1", "Lot n° 2", "Lot n° 3", "Lot n° 4"],
    ],
)  # fmt: skip
@pytest.mark.parametrize("height", [810, 40])
def test_what_is_a_pages_own_stays_at_its_edge(
    tmp_path: Path, own: list[str], height: float
) -> None:
    pages = [[(60, height, 11, words), *prose(n)] for n, words in enumerate(own)]
    path = write_pdf(tmp_path / "a.pdf", pages)
    text = text_of(path)
    assert [text.count(words) for words in own] == [own.count(words) for words in own]
    assert removed(path) == []


@pytest.mark.parametrize(
    "numbers",
    [
        ["1", "2", "3", "4"], ["- 7 -", "- 8 -", "- 9 -", "- 10 -"], ["i", "ii", "iii", "iv"],
        ["Page 1 sur 4", "Page 2 sur 4", "Page 3 sur 4", "Page 4 sur 4"],
        ["p. 238", "p. 239", "p. 240", "p. 241"],
    ],
)  # fmt: skip
def test_numbers_of_pages_go_where_they_count_the_pages(tmp_path: Path, numbers: list[str]) -> None:
    pages = [
        [*prose(n), (60 if n % 2 else 500, 40, 9, words)] for n, words in enumerate(numbers)
    ]  # fmt: skip
    path = write_pdf(tmp_path / "a.pdf", pages)
    assert removed(path) == [(words, "page number") for words in numbers]


def test_the_same_line_in_another_place_or_size_is_no_running_head(tmp_path: Path) -> None:
    places = [(810, 9), (780, 9), (810, 14), (740, 9)]
    pages = [
        [(60, height, size, "Avis de passage"), *prose(n)]
        for n, (height, size) in enumerate(places)
    ]
    path = write_pdf(tmp_path / "a.pdf", pages)
    assert text_of(path).count("Avis de passage") == 4


def test_titles_of_chapters_run_and_the_chapters_keep_theirs(tmp_path: Path) -> None:
    pages = []
    for n in range(8):
        chapter = "La digue" if n < 4 else "Le canal"
        begins = [(60.0, 730.0, 18.0, f"*{chapter}")] if n in (0, 4) else []
        pages.append([(60.0, 810.0, 9.0, chapter), *begins, *prose(n)])
    path = write_pdf(tmp_path / "a.pdf", pages)
    assert Counter(text for text, _ in removed(path)) == {"La digue": 3, "Le canal": 3}
    assert {block.text for block in load(path).blocks if block.level} == {"La digue", "Le canal"}


def test_the_names_of_a_tables_columns_are_no_running_head(tmp_path: Path) -> None:
    pages = []
    for n in range(3):
        rows = [[f"{i + 1:02}/0{n + 3}", f"{label} {'abc'[n]}", f"{n}{i},50"]
                for i, label in enumerate(["Virement", "Chèque", "Carte", "Retrait"])]  # fmt: skip
        names = [(60, 780, 10, "*Date"), (150, 780, 10, "*Libellé"), (240, 780, 10, "*Débit")]
        pages.append([(60, 815, 9, "Banque du Val"), (480, 815, 9, f"Page {n + 1} / 3"),
                      *names, *table(60, 760, rows)])  # fmt: skip
    path = write_pdf(tmp_path / "a.pdf", pages)
    text = text_of(path)
    assert text.count("Débit: ") == 12
    assert text.count("Banque du Val") == 1
    assert "Page" not in text


@pytest.mark.parametrize(
    ("word", "value"),
    [("i", 1), ("iv", 4), ("xii", 12), ("xcix", 99), ("civil", 0), ("mil", 0), ("vil", 0)],
)  # fmt: skip
def test_only_roman_numerals_are_numbers(word: str, value: int) -> None:
    assert (_roman(word) if set(word) <= set("ivxlc") else 0) == value


# --- turned and skewed ----------------------------------------------------------------------------

TABLE = [["Village", "2023", "2024", "Repas"], ["Orvanne", "112", "98", "74"],
         ["Lussan", "340", "351", "260"], ["Pont-Haut", "57", "61", "45"]]  # fmt: skip


def table(left: float, top: float, rows: list[list[str]], width: float = 90) -> list[Run]:
    return [
        (left + width * c, top - 20 * r, 10, cell)
        for r, row in enumerate(rows) for c, cell in enumerate(row) if cell
    ]  # fmt: skip


@pytest.mark.parametrize("turn", [0, 90, 180, 270, 0.3, -0.5, 1.0, 90.5])
@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_a_page_that_is_turned_or_askew_reads_like_an_upright_one(
    tmp_path: Path, turn: float, rotate: int
) -> None:
    page = [
        (120, 640, 15, "*Effectifs des cantines du val"),
        (120, 610, 10, "Le prix est de 7 480 euros pour 10"), (272.6, 614, 6, "3"),
        (278.7, 610, 10, "repas."),
        *table(120, 560, TABLE),
    ]  # fmt: skip
    path = write_pdf(tmp_path / "a.pdf", [page], turn=turn, rotate=rotate)
    document = load(path)
    assert document.blocks[0].level == 1
    texts = [block.text for block in document.blocks]
    assert texts[0] == "Effectifs des cantines du val"
    assert "7 480 euros" in texts[1] and "10³ repas" in texts[1]
    assert texts[2:] == [" | ".join(row) for row in TABLE]


def test_words_that_step_down_a_line_are_on_it(tmp_path: Path) -> None:
    """The text layer of a scan that is askew: each word upright, a little lower than the last."""
    words = "La facture de 1 254 euros du 18 mars 2024 est payée en trois fois sans frais".split()
    page = []
    for row in range(6):
        left = 60.0
        words = [*words[row:], *words[:row]]
        for word in words:
            page.append((left, 700 - 14 * row - 0.009 * left, 10.0, f"{word} "))
            left += 5.2 * len(word) + 3
    text = text_of(write_pdf(tmp_path / "a.pdf", [page]))
    assert "|" not in text
    assert text.count("1 254 euros du 18 mars 2024 est payée") >= 3


def test_figures_are_raised_only_where_they_are_small_and_high(tmp_path: Path) -> None:
    page = [
        (60, 700, 10, "Surface de 25 m"), (131, 704, 6, "2"), (136, 700, 10, "environ"),
        (60, 680, 10, "Le prix est de"), (130, 684, 10, "15 euros"),  # of the same size
        (60, 660, 10, "Référence"), (115, 660, 6, "2024"),  # small, on the line
        (60, 640, 6, "18 500 euros"), (110, 636, 10, "net"),  # most of the line
    ]  # fmt: skip
    text = text_of(write_pdf(tmp_path / "a.pdf", [page]))
    assert "25 m²" in text
    for figure in ("15 euros", "2024", "18 500 euros"):
        assert figure in text


# --- letters --------------------------------------------------------------------------------------


def test_accents_beside_their_letters_join_them(tmp_path: Path) -> None:
    # Each accent over the left part of the letter that follows or precedes it.
    page = [(60, 700, 10, "Zo"), (71.7, 700, 10, "´"), (72, 700, 10, "e est arriv"),
            (117.6, 700, 10, "e"), (118.2, 700, 10, "´"), (123.2, 700, 10, "e.")]  # fmt: skip
    assert text_of(write_pdf(tmp_path / "a.pdf", [page])).replace(" ", "") == "Zoéestarrivée."


def test_an_accent_that_stands_alone_is_itself(tmp_path: Path) -> None:
    page = [(60, 700, 10, "La touche ^ et la touche ` du clavier")]
    assert "^ et la touche `" in text_of(write_pdf(tmp_path / "a.pdf", [page]))


SHIFTED = "".join(chr(ord(c) - 29) if "A" <= c <= "z" else c for c in " ".join(PROSE * 3))


def test_letters_that_stand_for_others_are_no_text() -> None:
    assert not is_legible([SHIFTED])
    assert not is_legible(["\ue012\ue034\ue056 " * 20])
    assert not is_legible([*PROSE, SHIFTED[:60], SHIFTED[60:120]])  # one of two fonts
    for text in (
        *PROSE, "TEL 04 76 12 33 IBAN FR76 3000 BIC BNPAFRPP", "12 450,00 € | 18 500,00 € " * 9,
        "Die Gemeinde hat am Dienstag beschlossen, das alte Schulhaus zu renovieren.",
        "Rada miasta zdecydowała wczoraj o budowie nowej szkoły w dzielnicy za dwa miliony.",
        "Городской совет вчера принял решение о строительстве новой школы в районе.",
        "Sommaire . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . 3",
    ):  # fmt: skip
        assert is_legible([text])
    assert is_legible([*PROSE * 3, "Clé : MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAuVbx"])


def test_a_text_layer_that_is_no_text_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recognition, "recogniser", lambda: None)
    garbled = column(60, 700, [SHIFTED[i : i + 60] for i in range(0, len(SHIFTED), 60)])
    with pytest.raises(UnreadableDocument, match=r"text layer that is no text.*tesseract"):
        load(write_pdf(tmp_path / "a.pdf", [garbled]))
    path = write_pdf(tmp_path / "b.pdf", [prose(1), garbled])
    assert removed(path) == [("p. 2", "unreadable text layer")]
    assert "compte rendu" in text_of(path)
    assert SHIFTED[:5] not in text_of(path)
    half = [*prose(2), *column(60, 400, [SHIFTED[i : i + 60] for i in range(0, 360, 60)])]
    path = write_pdf(tmp_path / "c.pdf", [prose(1), half])
    assert removed(path) == [("p. 2", "unreadable text layer")]
    assert "ccc" in text_of(path)  # what can be read stays


# --- tables ---------------------------------------------------------------------------------------


def grid(xs: list[float], ys: list[float]) -> list[tuple[float, float, float, float]]:
    return [*((xs[0], y, xs[-1], y) for y in ys), *((x, ys[-1], x, ys[0]) for x in xs)]


def test_wrapped_cells_between_drawn_lines_are_one_row_with_its_columns(tmp_path: Path) -> None:
    page = [
        (60, 700, 10, "Poste"), (200, 700, 10, "Titulaire"), (300, 700, 10, "2024"),
        (400, 700, 10, "2025"),
        (60, 680, 10, "Entretien des"), (60, 668, 10, "chemins du haut"), (200, 680, 10, "Odile"),
        (200, 668, 10, "Brissac"), (300, 674, 10, "14 000 €"), (400, 674, 10, "15 500 €"),
        (60, 650, 10, "Lavoir"), (200, 650, 10, "Luc Maurin"), (400, 650, 10, "900 €"),
    ]  # fmt: skip
    strokes = grid([55, 195, 295, 395, 480], [712, 692, 662, 644])
    texts = [block.text for block in load(
        write_pdf(tmp_path / "a.pdf", [page], strokes=strokes)).blocks]  # fmt: skip
    whole = "\n".join(texts)
    row = r"Entretien des chemins du haut.*Odile Brissac.*2024: 14 000 €.*2025: 15 500 €"
    assert re.search(row, whole)
    assert re.search(r"Lavoir.*Luc Maurin.*2025: 900 €", whole)
    assert "2024: 900" not in whole


def test_two_rows_of_names_between_drawn_lines_both_name_their_columns(tmp_path: Path) -> None:
    page = [
        (160, 700, 10, "Filles"), (300, 700, 10, "Garçons"), (60, 684, 10, "École"),
        (130, 684, 10, "2023"), (200, 684, 10, "2024"), (270, 684, 10, "2023"),
        (340, 684, 10, "2024"),
        (60, 664, 10, "Orvanne"), (130, 664, 10, "31"), (200, 664, 10, "32"),
        (270, 664, 10, "33"), (340, 664, 10, "34"),
    ]  # fmt: skip
    strokes = [
        *((55, y, 400, y) for y in (712, 676, 656)), (125, 694, 400, 694),
        *((x, 656, x, 712) for x in (55, 125, 265, 400)),
        *((x, 656, x, 694) for x in (195, 335)),
    ]  # fmt: skip
    text = text_of(write_pdf(tmp_path / "a.pdf", [page], strokes=strokes))
    assert "Garçons › 2023: 33" in text
    assert "Filles › 2024: 32" in text


def test_wrapped_cells_without_drawn_lines_are_one_row(tmp_path: Path) -> None:
    page = [
        (60, 700, 10, "*Service"), (220, 700, 10, "*Budget 2024"), (360, 700, 10, "*Budget 2025"),
        (60, 676, 10, "Voirie et espaces"), (60, 664, 10, "verts du centre"),
        (220, 676, 10, "176 000"), (360, 676, 10, "184 500"),
        (60, 640, 10, "Éclairage et feux"), (60, 628, 10, "de la rocade"),
        (220, 640, 10, "92 300"), (360, 640, 10, "88 700"),
    ]  # fmt: skip
    text = text_of(write_pdf(tmp_path / "a.pdf", [page]))
    assert re.search("Voirie et espaces verts du centre.*Budget 2024: 176 000.*2025: 184 500", text)
    assert re.search("Éclairage et feux de la rocade.*Budget 2024: 92 300.*2025: 88 700", text)


def test_stretched_lines_are_no_cells_wherever_their_words_stand(tmp_path: Path) -> None:
    page = [
        *column(60, 700, ["La convention collective nationale de la branche s'applique"]),
        (60, 688, 10, "nationale,"), (136, 688, 10, "en"), (180, 688, 10, "application"),
        (262, 688, 10, "des"), (309, 688, 10, "articles"),
        *column(60, 676, ["trois et quatre de la loi, sans préjudice des accords locaux."]),
    ]  # fmt: skip
    text = text_of(write_pdf(tmp_path / "a.pdf", [page]))
    assert "nationale, en application des articles trois" in text
    assert "|" not in text


SYLLABLES = ["ba", "de", "li", "mo", "nu", "pa", "re", "si", "to", "ve"]
PLACES = st.tuples(
    st.sampled_from([60, 64, 150, 152, 240, 330, 420]), st.integers(5, 66),
    st.sampled_from([7, 10, 10, 10, 14]), st.integers(1, 5),
)  # fmt: skip


def is_upon(run: Run, other: Run) -> bool:
    """True for words printed on others, which nobody can read: PDFium takes equal letters of both
    for one that is printed twice to look bold."""
    (left, base, size, text), (other_left, other_base, other_size, other_text) = run, other
    return base == other_base and (
        left < other_left + 0.6 * other_size * len(other_text)
        and other_left < left + 0.6 * size * len(text)
    )


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    pages=st.lists(st.lists(PLACES, min_size=1, max_size=25), min_size=1, max_size=3),
    drawn=st.booleans(), turn=st.sampled_from([0, 90, 0.5]),
)  # fmt: skip
@example(pages=[[(60, 5, 7, 1), (64, 5, 10, 1)]], drawn=False, turn=0)
def test_every_word_of_a_page_is_in_the_text_or_named_as_left_out(
    tmp_path: Path, pages: list[list[tuple[int, int, int, int]]], drawn: bool, turn: float
) -> None:
    """Whatever stands where: no step from characters to paragraphs loses or doubles a word."""
    count = 0
    written: list[list[Run]] = []
    for page in pages:
        written.append([])
        for left, row, size, words in page:
            names = []
            for _ in range(words):
                count += 1
                names.append("m" + "".join(SYLLABLES[int(digit)] for digit in f"{count:03}"))
            run = (left, 12 * row, size, " ".join(names))
            if not any(is_upon(run, other) for other in written[-1]):
                written[-1].append(run)
    strokes = grid([55, 145, 235, 325, 500], [700, 600, 500, 400, 300]) if drawn else []
    path = write_pdf(tmp_path / "a.pdf", written, turn=turn, strokes=strokes)
    raw = load(path)
    found = " ".join([*(block.text for block in raw.blocks), *(r.text for r in raw.lost)])
    letters = "".join(c for c in found if c.isalpha())
    for *_, text in itertools.chain.from_iterable(written):
        for word in text.split():
            assert word in letters


# --- forms and comments ---------------------------------------------------------------------------


def test_values_of_a_form_stand_behind_their_labels_and_comments_at_the_end(tmp_path: Path) -> None:
    page = [(60, 700, 10, "Nom :"), (60, 680, 10, "Quotient familial :"),
            (90, 660, 10, "Demi-pension"), (60, 640, 10, "Fin du formulaire.")]  # fmt: skip
    fields = [
        "/Subtype /Widget /FT /Tx /T (n) /V (Sidonie Arlot) /Rect [100 696 250 712]",
        "/Subtype /Widget /FT /Tx /T (q) /V (742) /Rect [150 676 250 692]",
        "/Subtype /Widget /FT /Btn /T (d) /V /On /AS /On /Rect [70 658 82 670] "
        "/AP << /N << /On 3 0 R /Off 3 0 R >> >>",
    ]
    notes = ["/Subtype /Text /Contents (Pièce manquante) /T (Anne Morel) /Rect [400 600 420 620]",
             "/Subtype /Link /Contents (lien) /Rect [0 0 9 9]"]  # fmt: skip
    path = write_pdf(tmp_path / "a.pdf", [page], annotations=notes, fields=fields)
    text = text_of(path)
    assert "Nom : Sidonie Arlot" in text
    assert "Quotient familial : 742" in text
    assert text.endswith("Anne Morel : Pièce manquante")
    assert "lien" not in text
    assert "☒ Demi-pension" in text


# --- slides ---------------------------------------------------------------------------------------


def test_slides_keep_their_titles_and_figures_their_captions(tmp_path: Path) -> None:
    slides = [
        [(60, 420, 30, "*Le club en chiffres"), (60, 370, 18, "Assemblée du 3 mars")],
        [(60, 420, 24, "*Membres à jour"), (300, 250, 80, "350"), (60, 60, 16, "au 31 décembre")],
        [(60, 420, 24, "*Trois chantiers"), (60, 300, 18, "Repeindre la salle commune du club"),
         (60, 260, 18, "Refaire le site et la lettre aux membres"),
         (60, 220, 18, "Recruter deux entraîneurs pour les jeunes"), (400, 150, 60, "12 %"),
         (380, 110, 16, "de hausse des cotisations")],
    ]  # fmt: skip
    document = load(write_pdf(tmp_path / "a.pdf", slides, box=(720, 540)))
    texts = [(block.text, block.level) for block in document.blocks]
    assert texts[0] == ("Le club en chiffres", 1)
    assert ("Membres à jour | 350 | au 31 décembre", 0) in texts
    assert ("Trois chantiers", 2) in texts
    assert ("12 % | de hausse des cotisations", 0) in texts


def test_two_lines_on_a_wide_page_are_text_and_no_row(tmp_path: Path) -> None:
    pages = [
        [(60, 420, 24, "La barque du passeur"), (60, 380, 16, "Elle est réparée depuis mardi.")],
        [(60, 420, 16, "Le péage reste à deux euros pour"), (60, 396, 16, "Ploumel et Brissac.")],
    ]
    document = load(write_pdf(tmp_path / "a.pdf", pages, box=(720, 540)))
    assert document.blocks[-1].text == "Le péage reste à deux euros pour Ploumel et Brissac."
    assert document.blocks[-1].level == 0


# --- titles ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "name", "title"),
    [
        ("ENTRE LES SOUSSIGNÉS :", "bail-rue-des-lilas.pdf", "bail rue des lilas"),
        ("Paris, le 16 novembre 2020", "circulaire_cantines_2020.pdf", "circulaire cantines 2020"),
        ("et de la mise en place du dispositif.", "note de service.pdf", "note de service"),
        ("Règlement de la salle commune", "a.pdf", "Règlement de la salle commune"),
    ],
)
def test_titles_are_no_first_lines_of_letters(
    tmp_path: Path, first: str, name: str, title: str
) -> None:
    path = write_pdf(tmp_path / name, [[(60, 780, 10, first), *prose(1, 720)]])
    assert clean(load(path))[0].title == title
