"""Numbers of sentences, asked for and read in a reply."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askdossier.ask import policy, prompts
from askdossier.ask.pieces.choose import NEVER, Choosing, Piece
from askdossier.ask.pieces.numbers import read
from askdossier.ask.policy import Discerning
from askdossier.ask.policy.probed import trained
from askdossier.core import Evidence, Span

FOUND = [
    Evidence("a.txt", Span(0, 20), "Le bac  part\nà midi.", 0.9, ""),
    Evidence("b.txt", Span(5, 30), "Oui, en laisse.", 0.8, "", asked="Et les chiens ?"),
]


@pytest.mark.parametrize(
    ("reply", "numbers"),
    [
        ("2, 5, 7", {2, 5, 7}),
        ("2,5,7", {2, 5, 7}),
        ("- 2\n- 5", {2, 5}),
        ("Les phrases 2, 5 et 7.", {2, 5, 7}),
        ("**Numbers:** 3-5", {3, 4, 5}),
        ('{"reply": [1, 4]}', {1, 4}),
        ('{"reply": [1, 4, 4, 4', {1, 4}),
        ("2, 99", {2}),
        ("0", set()),
        ('{"reply": []}', set()),
        ("Aucune.", set()),
        ("None of them.", set()),
        ("None of the 7 sentences answer.", set()),
        ("Aucune phrase ne répond à la question 1.", set()),
        ("", None),
        ("99", None),
        ("Anne Roy.", None),
        ("Le collectif demande 2 bus de plus devant l’école, et 5 passages le samedi.", None),
    ],
)
def test_numbers_are_read_in_a_form_or_out_of_it(reply: str, numbers: set[int] | None) -> None:
    assert read(reply, 8) == (None if numbers is None else frozenset(numbers))


@given(st.text(), st.integers(1, 30))
def test_whatever_is_replied_nothing_out_of_range_is_read(reply: str, count: int) -> None:
    assert (read(reply, count) or set()) <= set(range(1, count + 1))


def test_the_sentences_are_numbered_and_its_parts() -> None:
    prompt = prompts.numbering("Qui {a} ?", FOUND, "fr")
    assert "1. Le bac part à midi.\n2. Et les chiens ? Oui, en laisse." in prompt.user
    assert [part.of(prompt.user) for part in prompt.parts] == [
        "Le bac part à midi.",
        "Et les chiens ? Oui, en laisse.",
    ]
    assert prompt.user.endswith("Qui {a} ?")
    again = prompts.numbering("Qui {a} ?", FOUND, "fr", again=True)
    assert again.user.startswith(prompt.user) and again.user != prompt.user
    assert "Question:" in prompts.numbering("Who?", FOUND, "en").user


def test_only_a_writer_into_which_can_be_looked_is_not_asked_for_them() -> None:
    assert isinstance(policy.of(trained().writer), Discerning)
    assert not isinstance(policy.of("another"), Discerning)


def test_none_belongs_where_the_writer_names_none() -> None:
    none = Choosing(tuple(Piece(item, NEVER) for item in FOUND), 0.9, by="words")
    assert none.answers(0.4) and not none.sure and not none.doubtful
    one = Choosing((Piece(FOUND[0], 0.0),), 0.8, by="words")
    assert one.joined(none).sure == one.pieces
