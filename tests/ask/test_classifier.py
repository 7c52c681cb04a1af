"""Which kind a question likely is, by its words and its vector."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from askdossier.ask import kinds
from askdossier.ask.kinds import classifier
from askdossier.ask.kinds.classifier import UNKNOWN, Likely
from askdossier.core import Embedder

ASKED = Path(__file__).parents[2] / "benchmarks" / "kinds"


def test_what_a_question_is_about_is_masked() -> None:
    known = {"qui", "a", "le", "de", "?"}
    assert classifier.runs("Qui a signé le bail de 2019 ?", known) >= {
        "^ qui a", "a W le", "W de 0", "de 0 ?", "0 ? $"
    }  # fmt: skip
    assert "N" in classifier.runs("qui a vu Anne Roy", known)


@given(st.text(max_size=60), st.frozensets(st.sampled_from(["qui", "the", "de"])))
def test_runs_hold_at_most_three_words(question: str, known: frozenset[str]) -> None:
    found = classifier.runs(question, known)
    assert {"^", "$"} <= found
    assert all(1 <= len(run.split(" ")) <= 3 for run in found)


def test_vectors_of_another_embedder_tell_nothing() -> None:
    vector = np.ones(384, np.float32) / np.sqrt(384, dtype=np.float32)
    assert classifier.likely("Qui a signé ?", vector, "another") == UNKNOWN


def test_a_form_of_one_kind_alone_is_believed_before_the_classifier() -> None:
    question = "Quelle est la différence entre un bail et un prêt ?"
    assert kinds.told(question, Likely("fact", 0.99)) == "difference"


def test_a_form_that_others_share_is_not() -> None:
    question = "Quelles informations avons-nous sur la mairie ?"
    assert kinds.told(question) == "listing"
    assert kinds.told(question, Likely("topic", 0.8)) == "topic"


def test_what_cannot_be_told_apart_is_answered_by_all_that_speaks_of_it() -> None:
    assert kinds.told("la loi, en regard ?", Likely("comparison", 0.8)) == "topic"


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Le maire a-t-il démissionné ?", "yes_or_no"),
        ("Qu'est-ce que la jachère mellifère ?", "definition"),
        ("Combien de conseillers ont voté contre ?", "counting"),
    ],
)
def test_a_form_holds_where_the_classifier_is_in_doubt(question: str, kind: str) -> None:
    assert kinds.told(question, Likely("listing", 0.31)) == kind
    assert kinds.told(question, Likely("overview", 0.9)) == kind


def test_an_order_in_the_form_of_a_polar_question_is_a_list() -> None:
    question = "Peux-tu recenser, pour moi, ce qui reste à faire ?"
    assert kinds.told(question, Likely("listing", 0.8)) == "listing"


@pytest.mark.models
def test_questions_by_others_are_told_by_their_kind(embedder: Embedder) -> None:
    lines = (ASKED / "held.jsonl").read_text("utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    vectors = embedder.embed_questions([row["question"] for row in rows])
    right = sum(
        kinds.told(row["question"], kinds.likely(row["question"], vector, embedder.name))
        == row["kind"]
        for row, vector in zip(rows, vectors, strict=True)
    )
    assert right >= 0.74 * len(rows)
