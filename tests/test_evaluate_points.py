"""Answers of several points: the metrics by hand, question files, and our own questions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from askdossier.core import Answer, Citation, Claim, Evidence, Place, Span, Support
from askdossier.dossier import Dossier
from askdossier.evaluate import (
    Gold,
    InvalidQuestions,
    Point,
    Question,
    Report,
    evaluate,
    html,
    propose,
    read_questions,
    table,
)
from askdossier.evaluate.gold import Located, LocatedPoint, locate
from askdossier.evaluate.points import beyond, missed, points_scores
from askdossier.evaluate.questions import write_questions
from askdossier.evaluate.texts import WORDS
from askdossier.settings import Settings
from fakes import FakeEmbedder, FakeWriter
from test_evaluate_judging import Asking
from test_evaluate_questions import LINE, complaint, file_of
from test_evaluate_run import QUESTIONS, dossier_of, settings

__all__ = ["settings"]  # fixture

ROOT = Path(__file__).parents[1]

# --- metrics by hand ------------------------------------------------------------------------------
# A document of ten stretches of ten characters: point n has the words of stretch n.


def place(number: int) -> Place:
    return Place("a.md", Span(10 * number, 10 * number + 10))


def point(*numbers: int, speaker: str = "") -> LocatedPoint:
    return LocatedPoint(tuple(Located("a.md", (place(n).span,)) for n in numbers), speaker)


def claim(said: str, *numbers: int, quoted: bool = False) -> Claim:
    cited = tuple(Citation(n + 1, "a.md", place(n).span, "x" * 10) for n in numbers)
    return Claim(said, "quoted" if quoted else "supported", cited)


def answer(*claims: Claim, read: Sequence[int] = (), language: str = "fr") -> Answer:
    evidence = tuple(Evidence("a.md", place(n).span, "x" * 10, 1.0, "p") for n in read)
    return Answer("?", language, claims, not claims, "", evidence)


def test_points_are_covered_by_any_of_their_quotes() -> None:
    points = [point(0), point(1, 5), point(2), point(3)]
    found = points_scores(points, answer(claim("A", 0), claim("B", 5, 9), read=(0, 1, 2)))
    assert found["points_covered"] == 2 / 4
    assert found["points_read"] == 3 / 4
    assert found["on_point"] == 2 / 3
    assert found["redundant"] == 0
    assert "speakers_kept" not in found
    assert missed(points, answer(claim("A", 0), claim("B", 5, 9))) == (2, 3)


def test_an_abstention_covers_nothing() -> None:
    found = points_scores([point(0)], answer(read=[0]))
    assert found == {"points_covered": 0.0, "points_read": 1.0}
    assert beyond([point(0)], answer()) == 0


def test_a_citation_made_twice_counts_once_and_a_copy_counts_as_cited() -> None:
    twice = answer(claim("A", 0), claim("B", 0), claim("C", 9))
    assert points_scores([point(0)], twice)["on_point"] == 1 / 2
    other = Citation(1, "b.md", Span(0, 5), "xxxxx", also=(place(0),))
    copied = answer(Claim("A", "supported", (other,)))
    assert points_scores([point(0)], copied)["points_covered"] == 1


@pytest.mark.parametrize(
    ("cited", "redundant"),
    [
        ([(0,), (1,), (2,)], 0),
        ([(0,), (0,), (1,)], 1 / 3),
        ([(0,), (0, 1), (1,)], 1 / 3),  # the second says something new, the third does not
        ([(0, 1), (0,), (1,)], 2 / 3),
        ([(9,), (9,)], 0),  # beside the points is another fault
        ([(0,), (9,), (0, 9)], 1 / 3),
        ([(0,), ()], 0),
    ],
)
def test_a_claim_is_redundant_when_all_its_points_were_shown(
    cited: list[tuple[int, ...]], redundant: float
) -> None:
    given_claims = [claim(str(n), *numbers) for n, numbers in enumerate(cited)]
    found = points_scores([point(0), point(1), point(2)], answer(*given_claims))
    assert found["redundant"] == pytest.approx(redundant)


@pytest.mark.parametrize(
    ("speaker", "said", "kept"),
    [
        ("Solène Kerharo", "Pour Solène Kerharo, il faut demander.", True),
        ("Solène Kerharo", "Mme Kerharo veut qu’on demande.", True),  # by surname
        ("Solène Kerharo", "Solène veut qu’on demande.", False),
        ("Solène Kerharo", "Il faut demander.", False),
        ("Solène Kerharo", "Selon Jean-Solène Kerharo-Petit, il faut demander.", False),
        ("Main-d’Encre", "Main-d'Encre veut qu’on demande.", True),
        ("mamie_zapette", "Selon mamie_zapette, on n’entend rien.", True),
        ("mamie_zapette", "Selon mamie, on n’entend rien.", False),
        ("Vf_ou_rien", "Vf_ou_rien boycotte Kinorama.", True),
    ],
)
def test_a_speaker_is_kept_where_the_claim_names_him(speaker: str, said: str, kept: bool) -> None:
    found = points_scores([point(0, speaker=speaker), point(1)], answer(claim(said, 0, 1)))
    assert found["speakers_kept"] == kept


def test_only_speakers_of_covered_points_count_and_the_claim_must_cite_the_point() -> None:
    points = [point(0, speaker="Ana Bel"), point(1, speaker="Léo Cid"), point(2, speaker="Zoé Dao")]
    given_answer = answer(claim("Ana Bel le dit.", 0), claim("Sans nom.", 1), claim("Léo Cid.", 9))
    assert points_scores(points, given_answer)["speakers_kept"] == 1 / 2
    again = answer(claim("Sans nom.", 0), claim("Ana Bel le dit.", 0))
    assert points_scores(points, again)["speakers_kept"] == 1  # one claim that says so is enough


def test_a_heading_names_the_speaker_of_a_quote_only() -> None:
    points = [point(0, speaker="Ana Bel")]
    cited = claim("", 0).citations
    kinds: tuple[tuple[Support, int], ...] = (("quoted", 1), ("supported", 0))
    for support, kept in kinds:
        filed = Claim("« Non. »", support, cited, about="Ana Bel")
        assert points_scores(points, answer(filed))["speakers_kept"] == kept


def test_what_is_said_beyond_the_points() -> None:
    points = [point(0)]
    assert beyond(points, answer(claim("A", 0))) == 0
    assert beyond(points, answer(claim("A", 0), claim("B", 9), claim("C"))) == 2 / 3


_NUMBERS = st.lists(st.integers(0, 9), max_size=3)


@hypothesis_settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    points=st.lists(st.lists(st.integers(0, 9), min_size=1, max_size=3), min_size=1, max_size=5),
    cited=st.lists(_NUMBERS, max_size=5),
    read=_NUMBERS,
)
def test_shares_stay_between_0_and_1(
    points: list[list[int]], cited: list[list[int]], read: list[int]
) -> None:
    wanted = [point(*numbers, speaker="Ana Bel") for numbers in points]
    claims = [claim("Ana Bel" if n % 2 else "Non", *numbers) for n, numbers in enumerate(cited)]
    given_answer = answer(*claims, read=read)
    scores = points_scores(wanted, given_answer)
    assert all(0 <= score <= 1 for score in scores.values())
    assert 0 <= beyond(wanted, given_answer) <= 1
    left = missed(wanted, given_answer)
    assert scores["points_covered"] == pytest.approx(1 - len(left) / len(wanted))
    assert (scores["points_covered"] > 0) == (scores.get("on_point", 0) > 0)
    # A point is shown by what is cited, so reading all of it covers no less.
    everything = answer(*claims, read=[n for numbers in cited for n in numbers])
    assert points_scores(wanted, everything)["points_read"] >= scores["points_covered"]
    # Saying more never covers less.
    fewer = points_scores(wanted, answer(*claims[:-1]))
    assert fewer["points_covered"] <= scores["points_covered"]


# --- question files -------------------------------------------------------------------------------

POINT: dict[str, Any] = {
    "name": "34 people",
    "quotes": [{"document": "a.md", "quote": "34 salariés"}],
    "speaker": "Ana Bel",
}


def test_points_are_read_and_written(tmp_path: Path) -> None:
    bare = {key: value for key, value in POINT.items() if key != "speaker"} | {"name": "b"}
    line = LINE | {"points": [POINT, bare], "lacking": ["their age"]}
    (found,) = read_questions(file_of(tmp_path, line))
    quotes = (Gold("a.md", "34 salariés"),)
    assert found.points == (Point("34 people", quotes, "Ana Bel"), Point("b", quotes))
    assert found.lacking == ("their age",)
    write_questions(tmp_path / "again.jsonl", [found])
    assert read_questions(tmp_path / "again.jsonl") == (found,)


def test_every_bad_point_is_named(tmp_path: Path) -> None:
    said = complaint(
        file_of(
            tmp_path,
            LINE | {"id": "1", "points": [{"name": "a"}]},
            LINE | {"id": "2", "points": [POINT | {"quotes": []}]},
            LINE | {"id": "3", "points": [POINT, POINT]},
            LINE | {"id": "4", "points": [POINT | {"saying": "x"}]},
            LINE | {"id": "5", "lacking": ["x"]},
            {"id": "6", "question": "Où ?", "answerable": False, "points": [POINT]},
        )
    )
    for line in (
        "line 1: points.0.quotes: field required",
        "line 2: points.0.quotes: tuple should have at least 1 item",
        "line 3: points: the name “34 people” occurs 2 times",
        "line 4: points.0.saying: is not a key",
        "line 5: lacking is given without points",
        "line 6: answerable is false, yet answers, evidence or points",
    ):
        assert line in said


def test_a_quote_that_is_not_verbatim_is_told(settings: Settings) -> None:
    lost = Point("lost", (Gold("atelier.md", "34 salariés"), Gold("atelier.md", "35 salariés")))
    gone = Point("gone", (Gold("parti.md", "34"),))
    with pytest.raises(InvalidQuestions) as raised:
        locate([replace(QUESTIONS[0], points=(lost, gone))], dossier_of(settings).documents)
    assert "q1: atelier.md does not hold “35 salariés”" in str(raised.value)
    assert "q1: parti.md is not in the dossier" in str(raised.value)


# --- a run ----------------------------------------------------------------------------------------


def asked() -> tuple[Question, ...]:
    """The same questions: the first has a point that is missed, and lacks something."""
    staff = Point("34 salariés", (Gold("atelier.md", "emploie 34 salariés"),), "Maëlle Guivarc’h")
    founded = Point("fondé en 1998", (Gold("atelier.md", "fondé en 1998"),))
    first = replace(
        QUESTIONS[0], gold=(), answers=(), points=(staff, founded), lacking=("leur âge",)
    )
    return (first, *QUESTIONS[1:])


def figures(report: Report) -> dict[str, float]:
    return {figure.metric: figure.value for figure in report.figures()}


def test_a_run_with_points(settings: Settings, tmp_path: Path) -> None:
    report = evaluate(dossier_of(settings), asked())
    found = figures(report)
    assert found["points_covered"] == 1 / 2
    assert found["points_read"] == 1
    assert (found["on_point"], found["redundant"], found["beyond"]) == (1, 0, 0)
    assert found["speakers_kept"] == 0
    first = report.results[0]
    assert first.missed == ("fondé en 1998",)
    assert first.faults == ("speaker_lost", "point_missed")
    assert any(p.mark == "gold" and "1998" in p.text for s in first.shown for p in s.pieces)
    report.save(tmp_path / "report.json")
    assert Report.load(tmp_path) == report
    assert all(change.difference.mean == 0 for change in report.changes(report))


def test_points_are_compared_with_an_earlier_run(settings: Settings) -> None:
    everything = [
        replace(one, points=tuple(Point(gold.quote, (gold,)) for gold in one.gold))
        for one in QUESTIONS
    ]
    report = evaluate(dossier_of(settings), everything)
    worse = replace(
        report,
        results=tuple(
            replace(r, scores={**r.scores, "points_covered": 0.0}) for r in report.results[:3]
        ),
    )
    changes = {change.metric: change for change in report.changes(worse)}
    assert (changes["points_covered"].before, changes["points_covered"].after) == (0, 1)


def test_the_page_and_the_table_show_points(settings: Settings) -> None:
    report = evaluate(dossier_of(settings), asked())
    for language in ("fr", "en"):
        words = WORDS[language]
        page = html.page(report, words, report, "itself")
        assert "fondé en 1998 <small>" + words["missed_point"] in page
        assert "(Maëlle Guivarc’h)" in page
        assert words["lacking"].format("leur âge") in page
        assert words.metrics["points_covered"][0] in page
        assert words.groups["points"] in page
    assert table.slices(report, lambda r: r.question.kind, table.BRIEFLY)["fact"]["points_covered"]


def test_a_passage_is_proposed_with_its_sentences_as_points(tmp_path: Path) -> None:
    folder = Settings(tmp_path / "corpus", tmp_path / "index", strictness=0.15)
    folder.corpus.mkdir()
    for i in range(6):
        (folder.corpus / f"{i}.md").write_text(
            f"# Le quai {i}\n\nLe quai numéro {i} de Kerlann compte {i + 20} places pour les "
            f"bateaux. Il a été bâti en pierre de taille en 19{i + 20} par la commune. "
            f"La criée voisine y vend encore {i + 30} caisses de poisson par jour.\n",
            encoding="utf-8",
        )
    dossier = Dossier(folder, embedder=FakeEmbedder(), writer=Asking())
    dossier.sync()
    found = list(propose.from_documents(dossier, 5, seed=1))
    assert [one.kind for one in found] == ["fact", "fact", "several", "fact", "no-answer"]
    several = found[2]
    assert len(several.points) == 3
    assert not several.answers
    assert not several.gold
    locate(found, dossier.documents)


# --- the questions on the sample dossier ----------------------------------------------------------


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Dossier:
    """The sample dossier; its texts do not depend on the models."""
    folders = Settings(ROOT / "corpus", tmp_path_factory.mktemp("several"))
    dossier = Dossier(folders, embedder=FakeEmbedder(), writer=FakeWriter())
    dossier.sync()
    return dossier


@pytest.mark.parametrize("part", ["dev", "test"])
def test_the_questions_of_several_points(part: str, sample: Dossier) -> None:
    questions = read_questions(ROOT / "questions" / f"several_{part}.jsonl")
    assert len(locate(questions, sample.documents)) == len(questions)
    assert len(questions) >= 32
    kinds = {question.kind for question in questions}
    assert kinds == set(
        "list definition why how difference comparison summary overview disagreement arithmetic "
        "time".split()
    )
    open_ones = [q for q in questions if q.lacking or not q.answerable]
    assert len(open_ones) >= len(questions) / 5
    french = sum(question.language == "fr" for question in questions)
    assert 1.5 <= french / (len(questions) - french) <= 2.5
    for question in questions:
        assert question.answerable == bool(question.points), question.id
