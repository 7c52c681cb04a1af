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


@pytest.mark.parametrize(
    ("text", "lines"),
    [
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
