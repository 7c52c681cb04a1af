"""The scoring of the benchmarks: a figure that flatters is worth less than none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askdossier.records import Answer, Citation, Claim, Document, Evidence, Source, Span
from scoring import (
    Gold,
    Question,
    holds_answer,
    located,
    lost_gold,
    read_questions,
    score,
    stands,
    totals,
)

TEXT = "L’atelier\u00a0compte 34 salariés.\nIl a été fondé en\n1998, à Douarnenez."
DOCUMENTS = {"a.md": Document("a.md", "A", TEXT, "fr", Source("a.md", "0"))}
QUESTION = Question(
    "q1",
    "Combien de salariés ?",
    "fr",
    "fact",
    True,
    ("34",),
    (Gold("a.md", "L'atelier compte 34 salariés"),),
)
NOT_THERE = Question("q2", "Capitale ?", "fr", "no-answer", False, (), ())


def citation(words: str, document: str = "a.md") -> Citation:
    start = TEXT.index(words)
    return Citation(1, document, Span(start, start + len(words)), words)


def answer(*claims: Claim, abstained: bool = False) -> Answer:
    return Answer(
        "?",
        "fr",
        claims,
        abstained,
        "Le dossier ne répond pas à la question 34." if abstained else "",
        (),
        {"evidence": 0.1, "total": 3.0},
    )


@pytest.mark.parametrize(
    ("said", "wanted", "right"),
    [
        ("Il s’agit de l’ATELIER Corneboise.", "l'atelier corneboise", True),
        ("Un salaire de 900\u202f000 $.", "900 000", True),
        ("Un salaire de 900000 $.", "900 000", False),
        ("Ils sont plus de 500.", "500", True),
        ("Une hausse de 82\u00a0%.", "82 %", True),
        ("entre 20 et 70 mille euros", "70", True),
        ("between $10,000 and $70,000", "10", True),
        ("Ils sont 1 500.", "500", False),
        ("Ils sont 1,500.", "500", False),
        ("Ils sont 2500.", "500", False),
        ("Ils sont 5000.", "500", False),
        ("En 2010.", "10", False),
        ("La pièce « Artefact ».", "artefact", True),
        ("Les créateurs", "createurs", False),
        ("", "34", False),
    ],
)
def test_an_answer_is_found_whatever_its_typography(said: str, wanted: str, right: bool) -> None:
    assert holds_answer(said, [wanted]) is right


def test_any_answer_will_do_and_none_is_never_right() -> None:
    assert holds_answer("Sept cents.", ["700", "sept cents"])
    assert not holds_answer("Sept cents.", [])


def test_the_gold_is_located_across_spaces_and_apostrophes() -> None:
    (span,) = located(TEXT, "l'atelier compte  34 salariés")
    assert span.of(TEXT) == "L’atelier\u00a0compte 34 salariés"
    (span,) = located(TEXT, "fondé en 1998")
    assert span.of(TEXT) == "fondé en\n1998"
    assert located(TEXT, "fondé en 1997") == ()
    assert located(TEXT, " ") == ()


@given(
    words=st.lists(st.text("aàbcçd’'.(*", min_size=1, max_size=5), min_size=1, max_size=6),
    before=st.text("xyz ", max_size=8),
    spaces=st.lists(st.sampled_from([" ", "\n", "\u00a0", "\u202f ", "\t\n"]), min_size=6),
)
def test_whatever_is_written_is_located(words: list[str], before: str, spaces: list[str]) -> None:
    written = "".join(word + space for word, space in zip(words, spaces, strict=False)).rstrip()
    spans = located(f"{before} {written} z", " ".join(words).replace("’", "'"))
    assert Span(len(before) + 1, len(before) + 1 + len(written)) in spans


def test_a_citation_stands_only_to_the_character() -> None:
    good = citation("34 salariés")
    assert stands(good, DOCUMENTS)
    shifted = Citation(1, "a.md", good.span.shifted(1), good.quote)
    assert not stands(shifted, DOCUMENTS)
    assert not stands(Citation(1, "a.md", good.span, "34 salaries"), DOCUMENTS)
    assert not stands(Citation(1, "b.md", good.span, good.quote), DOCUMENTS)
    assert not stands(Citation(1, "a.md", Span(3, 3), ""), DOCUMENTS)


def test_a_right_answer_with_its_citation() -> None:
    claim = Claim("Ils sont 34.", "supported", (citation("34 salariés"),))
    found = score(QUESTION, answer(claim), DOCUMENTS, 250)
    assert (found.right, found.valid, found.cites_gold, found.citations) == (True, True, True, 1)
    assert (found.evidence, found.first_sentence, found.total) == (0.1, 3.0, 3.0)
    assert found.prompt_tokens == 250


def test_the_marks_are_no_part_of_the_answer() -> None:
    claim = Claim("Beaucoup.", "supported", (Citation(34, "a.md", Span(0, 3), "L’a"),))
    found = score(QUESTION, answer(claim), DOCUMENTS)
    assert "[34]" in found.answer
    assert not found.right


def test_a_citation_beside_the_gold_does_not_cite_it() -> None:
    claim = Claim("Ils sont 34.", "supported", (citation("Douarnenez"),))
    found = score(QUESTION, answer(claim), DOCUMENTS)
    assert found.valid
    assert not found.cites_gold


def test_an_abstention_is_never_right() -> None:
    found = score(QUESTION, answer(abstained=True), DOCUMENTS)
    assert not found.right
    assert found.valid  # nothing is cited, so nothing is cited wrongly


def test_evidence_on_the_gold_is_counted() -> None:
    gold = located(TEXT, "L'atelier compte 34 salariés")[0]
    evidence = Evidence("a.md", gold, gold.of(TEXT), 0.9, "p")
    found = score(QUESTION, Answer("?", "fr", (), True, "Rien.", (evidence,), {}), DOCUMENTS)
    assert found.evidence_gold
    assert not found.cites_gold


def test_totals_keep_the_two_kinds_apart() -> None:
    right = Claim("Ils sont 34.", "supported", (citation("34 salariés"),))
    broken = Claim("Ils sont 34.", "supported", (Citation(1, "a.md", Span(0, 2), "34"),))
    bare = Claim("Ils sont 12.", "supported", ())
    found = totals(
        [
            score(QUESTION, answer(right), DOCUMENTS, 200),
            score(QUESTION, answer(broken), DOCUMENTS, 300),
            score(QUESTION, answer(bare), DOCUMENTS, 340),
            score(QUESTION, answer(abstained=True), DOCUMENTS),
            score(NOT_THERE, answer(abstained=True), DOCUMENTS),
            score(NOT_THERE, answer(bare), DOCUMENTS),
        ]
    )
    assert (found.answerable, found.right, found.cites_gold) == (4, 2, 2)
    assert (found.wrongly_abstained, found.unanswerable, found.rightly_abstained) == (1, 2, 1)
    assert (found.citations, found.invalid, found.uncited) == (2, 1, 2)
    assert (found.total, found.prompt_tokens) == (3.0, 300)


def test_nothing_adds_up_to_nothing() -> None:
    assert totals([]).right == 0


def test_a_lost_gold_quote_is_told() -> None:
    lost = Question("q3", "?", "fr", "fact", True, ("x",), (Gold("a.md", "jamais écrit"),))
    elsewhere = Question("q4", "?", "fr", "fact", True, ("x",), (Gold("z.md", "34"),))
    assert lost_gold([QUESTION, lost, elsewhere, NOT_THERE], DOCUMENTS) == ["q3", "q4"]


def test_a_question_file_is_read(tmp_path: Path) -> None:
    line = {
        "id": "q1",
        "question": "Combien de salariés ?",
        "lang": "fr",
        "kind": "fact",
        "answerable": True,
        "answers": ["34"],
        "evidence": [{"document": "a.md", "quote": "L'atelier compte 34 salariés"}],
    }
    file = tmp_path / "questions.jsonl"
    file.write_text(json.dumps(line, ensure_ascii=False) + "\n", encoding="utf-8")
    assert read_questions(file) == (QUESTION,)
