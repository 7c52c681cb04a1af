"""Filters written in a question."""

from __future__ import annotations

import time
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askdossier import scope
from askdossier.core import Filter, InvalidFilter


@pytest.mark.parametrize(
    ("question", "rest", "within"),
    [
        ("Qui a signé ? auteur:Dupont", "Qui a signé ?", Filter(author="Dupont")),
        ("auteur:«Anna Le Goff» Qui ?", "Qui ?", Filter(author="Anna Le Goff")),
        ('author:"Anna Le Goff" Who?', "Who?", Filter(author="Anna Le Goff")),
        ("author:“Le Goff” Who?", "Who?", Filter(author="Le Goff")),
        ("Quoi avant:2025-06 ?", "Quoi ?", Filter(before="2025-06")),
        ("Quoi avant:2025?", "Quoi ?", Filter(before="2025")),
        (
            "Quoi, apres:06/2025 avant:1/7/2025",
            "Quoi,",
            Filter(after="2025-06", before="2025-07-01"),
        ),
        ("Après:2024 before:2025-12-31 ?", "?", Filter(after="2024", before="2025-12-31")),
        ("doc:a.md doc:b.md ?", "?", Filter(documents=frozenset({"a.md", "b.md"}))),
        ("éditeur:Courrier langue:anglais ?", "?", Filter(publisher="Courrier", language="en")),
        ("publisher:Courrier language:FR ?", "?", Filter(publisher="Courrier", language="fr")),
        ("Quel auteur : Hugo ou Sand ?", "Quel auteur : Hugo ou Sand ?", Filter()),
        ("Voir https://doc:80/x ?", "Voir https://doc:80/x ?", Filter()),
        ("Que veut dire coauteur:Dupont ?", "Que veut dire coauteur:Dupont ?", Filter()),
        ("Et auteur:, alors ?", "Et auteur:, alors ?", Filter()),
        ("  rien   à  filtrer ", "rien à filtrer", Filter()),
    ],
)
def test_what_is_understood(question: str, rest: str, within: Filter) -> None:
    found, read = scope.parse(question)
    assert read == within
    assert found == rest


@pytest.mark.parametrize(
    "question", ["avant:hier ?", "apres:2025-13 ?", "avant:32/01/2025 ?", "langue:klingon ?"]
)
def test_what_is_not_understood_is_told(question: str) -> None:
    with pytest.raises(InvalidFilter, match="is not a"):
        scope.parse(question)


@given(st.text(alphabet=st.characters(exclude_characters=":"), max_size=80))
def test_a_question_without_colons_stays_as_it_is(question: str) -> None:
    assert scope.parse(question) == (" ".join(question.split()), Filter())


@given(st.text(max_size=80))
def test_anything_is_read_or_refused(question: str) -> None:
    try:
        rest, _ = scope.parse(question)
    except InvalidFilter:
        return
    assert rest == " ".join(rest.split())


@pytest.mark.parametrize("date", ["2025-02-30", "2025-13", "yesterday", "31/02/2025"])
def test_a_date_that_is_none_is_told_wherever_it_comes_from(date: str) -> None:
    for limits in Filter(after=date), Filter(before=date):
        with pytest.raises(InvalidFilter, match="is not a date"):
            scope.both(limits, Filter())


def test_the_question_has_the_last_word() -> None:
    given = Filter(author="Dupont", before="2025")
    assert scope.both(given, Filter(author="Martin")) == Filter(author="Martin", before="2025")
    assert scope.both(given, Filter()) == given
    assert scope.both(None, given) == given


@pytest.mark.parametrize("opening", ["auteur:« ", "doc:“ ", 'author:" ', "auteur:", "avant:«"])
@pytest.mark.parametrize("filler", [" ", "a", "« ", "auteur:« ", "\t"])
def test_no_question_takes_long_to_read(opening: str, filler: str) -> None:
    """A cubic expression would take minutes for a few thousand spaces."""
    begun = time.thread_time()
    with suppress(InvalidFilter):
        scope.parse(opening + filler * 100_000)
    assert time.thread_time() - begun < 2
