"""Tables of plain text that a rule of dashes shows."""

from __future__ import annotations

import pytest

from askdossier.load.plain import from_text

PANDOC = """Les tarifs de la halte :

  Bateau         Nuit      Mois
  -------------- --------- -------
  Moins de 6 m   7,20 €    150 €
  Plus de 12 m             345 €

Ils valent pour 2025."""
PSQL = """ quai | longueur
------+----------
 A    |       26
 B    |       31"""
REST = """=====  =====  =======
Quai   Été    Hiver
=====  =====  =======
A      26     
B      31     12
=====  =====  =======
Fin."""  # noqa: W291

BORDERS = """+------+-----------+
| Quai | Usage     |
+======+===========+
| A    | Bateaux   |
|      | de pêche  |
+------+-----------+
| B    | Visiteurs |
+------+-----------+"""
MYSQL = BORDERS.replace("|      | de pêche  |\n+------+-----------+\n", "") + "\n2 rows in set"


BILL = """Réf.   Désignation            Qté    P.U. HT     Total HT
---------------------------------------------------------
F12    Fenêtre chêne            3     450,00     1 350,00
P01    Pose                     1     600,00       600,00
       Remise 5 %                                   -97,50
---------------------------------------------------------
                              Total HT           1 852,50
                              TVA 10 %             185,25"""
CROSSED = """Réf.   Désignation            Qté    P.U. HT     Total HT
F12    Fenêtre chêne            3     450,00     1 350,00
P01    Pose                     1     600,00       600,00
                              Total HT           1 950,00"""


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        pytest.param(
            BILL,
            ["Réf.: F12 | Désignation: Fenêtre chêne | Qté: 3 | P.U. HT: 450,00 | "
             "Total HT: 1 350,00",
             "Réf.: P01 | Désignation: Pose | Qté: 1 | P.U. HT: 600,00 | Total HT: 600,00",
             "Désignation: Remise 5 % | Total HT: -97,50",
             "Total HT | 1 852,50", "TVA 10 % | 185,25"],
            id="sums below a line that leave the columns",
        ),
        pytest.param(
            CROSSED,
            ["Réf. | Désignation | Qté / P.U. HT | Total HT",
             "F12 | Fenêtre chêne | 3 / 450,00 | 1 350,00", "P01 | Pose | 1 / 600,00 | 600,00",
             "Total HT | 1 950,00"],
            id="figures of two columns are never one",
        ),
        pytest.param(
            "Point     Pour   Contre\nBudget       4        1\nHalle        3        0",
            ["Point: Budget | Pour: 4 | Contre: 1", "Point: Halle | Pour: 3 | Contre: 0"],
            id="small numbers are figures as well",
        ),
        (PANDOC, ["Les tarifs de la halte :", "Bateau: Moins de 6 m | Nuit: 7,20 € | Mois: 150 €",
                  "Bateau: Plus de 12 m | Mois: 345 €", "Ils valent pour 2025."]),
        (PSQL, ["quai: A | longueur: 26", "quai: B | longueur: 31"]),
        (REST, ["Quai: A | Été: 26", "Quai: B | Été: 31 | Hiver: 12", "Fin."]),
        ("-----  -----\nA      26\nB      31\n-----  -----", ["A | 26", "B | 31"]),
        (BORDERS, ["Quai: A | Usage: Bateaux de pêche", "Quai: B | Usage: Visiteurs"]),
        (MYSQL, ["Quai: A | Usage: Bateaux", "Quai: B | Usage: Visiteurs", "2 rows in set"]),
        ("--- ---\n\0 fin", ["--- ---", "fin"]),
        ("Titre\n=====\n\nTexte.\n-- --\n\nFin.", ["Titre", "Texte.", "-- --", "Fin."]),
        ("Le pont est fermé\n--- ---\nUn mot en travers", ["Le pont est fermé", "--- ---",
                                                          "Un mot en travers"]),
    ],
)  # fmt: skip
def test_a_rule_of_dashes_shows_the_columns(text: str, lines: list[str]) -> None:
    assert [block.text for block in from_text(text).blocks] == lines
