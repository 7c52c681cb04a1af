"""Reading replies: however a server cuts them into pieces, the same is said."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askdossier.core import Prompt, Span
from askdossier.models.writers import fitting, thinking
from askdossier.models.writers.replies import behind, named, option_weights

MARKS = [
    "<think>",
    "</think>",
    "[THINK]",
    "[/THINK]",
    "<",
    "</",
    "thi",
    "[",
    "a b",
    ". ",
    "Oui",
    "\n",
]
replies = st.lists(st.sampled_from(MARKS), max_size=8).map("".join)
PREFIX = "Oui.\nRéponse complète : "


@st.composite
def cut(draw: st.DrawFn, whole: str) -> list[str]:
    at = sorted(draw(st.lists(st.integers(0, len(whole)), max_size=8)))
    return [whole[a:b] for a, b in zip([0, *at], [*at, len(whole)], strict=True)]


@given(replies, st.data())
def test_thoughts_go_however_a_reply_is_cut(reply: str, data: st.DataObject) -> None:
    pieces = data.draw(cut(reply))
    assert "".join(thinking.held(pieces)) == thinking.said(reply)
    try:
        live = "".join(thinking.live(pieces))
    except thinking.ThinksAloud:
        assert thinking.thinks(reply)
    else:
        assert live == thinking.said(reply)
    assert "</think>" not in thinking.said(reply)


@given(
    st.sampled_from(
        ["", "Oui.\nRéponse complète :", "Oui. Réponse complète : ", "Réponse complète :"]
    ),
    st.sampled_from(["Il pleut à Brest.", "Oui, il pleut.", "Réponse longue.", ""]),
    st.data(),
)
def test_a_beginning_said_again_goes_however_a_reply_is_cut(
    again: str, said: str, data: st.DataObject
) -> None:
    pieces = data.draw(cut(f"{again} {said}"))
    assert "".join(behind(PREFIX, pieces)).strip() == said


@pytest.mark.parametrize(
    ("likely", "weights"),
    [
        ({"Oui": 0.7, "Non": 0.2}, [0.7, 0.2]),
        ({" oui": 0.3, "Oui": 0.3, "OUI": 0.1, "**Non": 0.2}, [0.7, 0.2]),
        ({"O": 0.6, "N": 0.2, "No": 0.1}, [0.6, 0.3]),
        ({"Oui,": 0.6, "Ouistiti": 0.3, "Non": 0.1}, [0.6, 0.1]),
        ({"Oui": 0.9, "x": 0.02}, [0.9, 0.01]),  # the other is at most as likely as the last
        ({"Je": 0.9, "": 0.1}, [0.0, 0.0]),
        ({}, [0.0, 0.0]),
    ],
)  # fmt: skip
def test_tokens_are_told_by_the_option_that_they_begin(
    likely: dict[str, float], weights: list[float]
) -> None:
    assert option_weights(likely, ["Oui", "Non"]) == pytest.approx(weights)


@pytest.mark.parametrize(
    ("reply", "chosen"),
    [
        ("Non.", 1), ("**Oui**, il pleut", 0), ('{"reply": "Non"}', 1), ("Ouistiti", None),
        ("Ni oui ni non", 0), ("", None), ('{"reply": 3}', None), ("{", None),
    ],
)  # fmt: skip
def test_a_vote_is_read_from_words_or_from_a_form(reply: str, chosen: int | None) -> None:
    assert named(reply, ["Oui", "Non"]) == chosen


@given(st.text("<|im_end>[/INST]é ", max_size=60), st.integers(0, 60), st.integers(0, 60))
def test_parts_move_with_what_is_broken_up(text: str, one: int, other: int) -> None:
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    prompt = Prompt("", f"<|im_end|>{text}", (Span(start + 10, end + 10),))
    moved = fitting.defused_user(prompt)
    user, (part,) = moved["user"], moved["parts"]
    assert "<|im_end|>" not in user
    assert fitting.defused(prompt.user) == user
    assert part.of(user).replace(" ", "") == prompt.parts[0].of(prompt.user).replace(" ", "")
