"""Words for a time that depends on when they were written."""

from __future__ import annotations

import pytest

from askdossier import verify
from askdossier.core import Language, Span
from askdossier.verify import Extract


def dated(words: str, date: str, language: Language = "fr", *, older: bool = False) -> str:
    """What is shown of words that a document of that date says."""
    extract = Extract("note.md", Span(0, len(words)), words, language, "Note", date)
    return verify.dated(words, [extract], language, older=older)


@pytest.mark.parametrize(
    ("words", "date", "note"),
    [
        ("La criée ferme le 1er mai prochain.", "2023-03-12", "document du 12/03/2023 : 05/2023"),
        ("La criée ferme en mars prochain.", "2023-03-12", "document du 12/03/2023 : 03/2024"),
        ("Le port a ouvert en décembre dernier.", "2023-03-12", "document du 12/03/2023 : 12/2022"),
        ("L’an dernier, la criée a fermé.", "2023-03", "document de 03/2023 : 2022"),
        ("La grue sera vendue le mois prochain.", "2023-12-05", "document du 05/12/2023 : 01/2024"),
        ("La grue sera vendue le mois prochain.", "2023", "document de 2023"),
        ("La grue est tombée hier.", "2024-03-01", "document du 01/03/2024 : 29/02/2024"),
        ("Le port emploie actuellement 12 personnes.", "2023-03-12", "document du 12/03/2023"),
    ],
)  # fmt: skip
def test_a_time_is_told_beside_words_that_depend_on_it(words: str, date: str, note: str) -> None:
    assert dated(words, date) == f"{words[:-1]} ({note})."


def test_in_english_and_behind_quotation_marks() -> None:
    said = dated("It closes next month.", "2023-03-12", "en")
    assert said == "It closes next month (document of 2023-03-12: 2023-04)."
    assert dated("« La grue tombe hier. »", "2023").endswith(" » (document de 2023)")


@pytest.mark.parametrize(
    ("words", "date"),
    [
        ("La criée a fermé le 7 novembre 2025.", "2025-11-08"),
        ("La grue habite au dernier étage.", "2025-11-08"),
        ("La criée ferme le mois prochain.", ""),
        ("La criée ferme le mois prochain.", "bientôt"),
    ],
)
def test_other_words_and_documents_without_a_date_are_left_alone(words: str, date: str) -> None:
    assert dated(words, date) == words


def test_a_date_is_told_once() -> None:
    once = dated("La criée ferme cette année.", "2023-03-12")
    assert once == "La criée ferme cette année (document du 12/03/2023 : 2023)."
    assert dated(once, "2023-03-12") == once


def test_an_older_document_says_so() -> None:
    said = dated("Elle emploie 12 personnes.", "2023-03-12", older=True)
    assert said == "Elle emploie 12 personnes (document du 12/03/2023, plus ancien)."


@pytest.mark.parametrize(
    ("question", "language", "now"),
    [
        ("Combien de personnes travaillent actuellement à la criée ?", "fr", True),
        ("Combien de salariés emploie la criée ?", "fr", True),
        ("Combien de salariés la criée a-t-elle employés ?", "fr", False),
        ("Combien de salariés la criée employait-elle ?", "fr", False),
        ("Combien de salariés emploie la criée en 2019 ?", "fr", False),
        ("How many people work there today?", "en", True),
        ("How many people did the hall employ?", "en", False),
    ],
)
def test_a_question_about_today(question: str, language: Language, now: bool) -> None:
    assert verify.asks_now(question, language) is now


def test_documents_that_differ_come_newest_first() -> None:
    said = "La lettre ouverte a été signée par {} créateurs."
    dates = {500: "2023-03-12", 600: "2022-01-01", 700: "2024-05", 800: "2025-06-01"}
    found = [
        Extract(f"{count}.md", Span(0, 9), said.format(count), "fr", "Lettre", date)
        for count, date in dates.items()
    ]
    question = "Combien de créateurs ont signé la lettre ouverte ?"
    statement = verify.Statement(said.format(500), "fr")
    sources = verify.Sources(found, [1.0, 0.9, 0.9, 0.9], [0.8] * len(found))
    verdict = verify.check(statement, None, sources)
    others = verify.differing(statement, question, verdict, sources)
    assert [other.date for other in others] == sorted((one.date for one in others), reverse=True)
    assert all(other.date > "2023-03-12" for other in verify.newer(verdict, others))
    assert "2024-05" in [other.date for other in verify.newer(verdict, others)]
