"""Question files: what is read, and what is told of the lines that cannot be."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from askdossier.evaluate import Gold, InvalidQuestions, Question, read_questions
from askdossier.evaluate.questions import schema, write_questions

ROOT = Path(__file__).parents[1]
SCHEMA = ROOT / "docs" / "questions.schema.json"
LINE: dict[str, Any] = {
    "id": "q1",
    "question": "Combien de salariés ?",
    "lang": "fr",
    "kind": "fact",
    "answerable": True,
    "answers": ["34"],
    "evidence": [{"document": "a.md", "quote": "L'atelier compte 34 salariés"}],
}
QUESTION = Question(
    "q1",
    "Combien de salariés ?",
    True,
    "fr",
    "fact",
    ("34",),
    (Gold("a.md", "L'atelier compte 34 salariés"),),
)


def file_of(folder: Path, *lines: object, name: str = "questions.jsonl") -> Path:
    file = folder / name
    spelled = [x if isinstance(x, str) else json.dumps(x, ensure_ascii=False) for x in lines]
    file.write_text("\n".join(spelled) + "\n", encoding="utf-8")
    return file


def complaint(file: Path) -> str:
    with pytest.raises(InvalidQuestions) as raised:
        read_questions(file)
    return str(raised.value)


def test_a_file_is_read(tmp_path: Path) -> None:
    assert read_questions(file_of(tmp_path, LINE)) == (QUESTION,)


def test_the_least_that_a_question_needs(tmp_path: Path) -> None:
    line = {"id": "1", "question": "Where is the harbour?", "answerable": False}
    (found,) = read_questions(file_of(tmp_path, "", line))
    assert found == Question("1", "Where is the harbour?", False, "en")


def test_every_bad_line_is_named(tmp_path: Path) -> None:
    said = complaint(
        file_of(
            tmp_path,
            LINE,
            "{not json",
            "[]",
            LINE | {"id": "q4", "answers": "34"},
            {key: value for key, value in LINE.items() if key != "question"} | {"id": "q5"},
            LINE | {"id": "q6", "anwser": ["34"]},
            LINE,
            LINE | {"id": "q8", "answerable": False},
            LINE | {"id": "q9", "proposed": True},
            LINE | {"id": "q10", "evidence": [{"document": "a.md"}]},
        )
    )
    for line in (
        "line 2: not JSON",
        "line 3: not a JSON object",
        "line 4: answers",
        "line 5: question: field required",
        "line 6: anwser: is not a key",
        "line 1: the id q1 occurs 2 times",
        "line 7: the id q1 occurs 2 times",
        "line 8: answerable is false",
        "line 9: still a proposal",
        "line 10: evidence.0.quote",
    ):
        assert line in said


def test_a_file_that_is_none(tmp_path: Path) -> None:
    assert "cannot be read" in complaint(tmp_path / "missing.jsonl")
    assert "no question" in complaint(file_of(tmp_path, ""))
    latin = tmp_path / "latin.jsonl"
    latin.write_bytes('{"question": "été"}'.encode("latin-1"))
    assert "not UTF-8" in complaint(latin)


def test_a_thousand_bad_lines_are_not_all_told(tmp_path: Path) -> None:
    said = complaint(file_of(tmp_path, *["nonsense"] * 1000))
    assert "and 980 more" in said


@pytest.mark.parametrize("separator", [",", ";"])
def test_csv_says_the_same(tmp_path: Path, separator: str) -> None:
    rows = [
        ["id", "question", "lang", "kind", "answerable", "answers", "document", "quote"],
        [
            "q1",
            LINE["question"],
            "fr",
            "fact",
            "oui",
            "34",
            "a.md",
            '"L\'atelier compte 34 salariés"',
        ],
        ["q2", "Où ?", "", "", "FALSE", "", "", ""],
        ["q3", "Qui ?", "", "", "true", "Ana | Bob", "a.md | b.md", "Ana dit|Bob dit"],
        ["q4", "Qui ?", "", "", "1", "", "a.md", "Ana dit|Bob dit"],
    ]
    file = file_of(tmp_path, *(separator.join(row) for row in rows), name="questions.csv")
    first, second, third, fourth = read_questions(file)
    assert first == QUESTION
    assert second == Question("q2", "Où ?", False, "fr")
    assert third.answers == ("Ana", "Bob")
    assert third.gold == (Gold("a.md", "Ana dit"), Gold("b.md", "Bob dit"))
    assert fourth.gold == (Gold("a.md", "Ana dit"), Gold("a.md", "Bob dit"))


def test_bad_csv_names_its_line(tmp_path: Path) -> None:
    file = file_of(
        tmp_path,
        "id,question,answerable,document,quote",
        "q1,Qui ?,peut-être,,",
        "q2,Qui ?,true,a|b,x|y|z",
        name="questions.csv",
    )
    said = complaint(file)
    assert "line 2: answerable" in said
    assert "line 3: 2 documents for 3 quotes" in said
    assert "unknown columns réponse" in complaint(
        file_of(tmp_path, "id,question,réponse", "1,2,3", name="b.csv")
    )


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    text=st.text(min_size=1, max_size=40).filter(str.strip),
    answers=st.lists(st.text(min_size=1, max_size=10), max_size=3),
    kind=st.text(max_size=10),
)
def test_what_is_written_is_read(
    tmp_path_factory: pytest.TempPathFactory, text: str, answers: list[str], kind: str
) -> None:
    question = Question("q", text, True, "fr", kind, tuple(answers))
    file = tmp_path_factory.mktemp("questions") / "q.jsonl"
    write_questions(file, [question])
    assert read_questions(file) == (question,)


# --- the documented format, and the sample --------------------------------------------------------


def test_the_documented_schema_is_the_one_in_force() -> None:
    assert json.loads(SCHEMA.read_text(encoding="utf-8")) == schema()
    Draft202012Validator.check_schema(schema())
    Draft202012Validator(schema()).validate(LINE)
    assert not Draft202012Validator(schema()).is_valid(LINE | {"anwser": 1})


def test_the_questions_on_the_sample_dossier() -> None:
    questions = read_questions(ROOT / "questions" / "sample.jsonl")
    assert len(questions) >= 40
    assert sum(not question.answerable for question in questions) >= len(questions) / 5
    assert {"fact", "why", "several-sources", "no-answer"} <= {q.kind for q in questions}
    assert {question.language for question in questions} == {"fr", "en"}
    for question in questions:
        assert question.answerable == bool(question.answers) == bool(question.gold), question.id


def test_the_development_questions_are_read(shared_folder: Path) -> None:
    assert len(read_questions(shared_folder / "eval" / "dossier_dev.jsonl")) == 25
