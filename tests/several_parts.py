"""Answers of several parts in every form, made by hypothesis over the documents of ``web_fake``."""

from __future__ import annotations

from collections import Counter

from hypothesis import strategies as st

from askdossier.core import Answer, Claim, Form
from askdossier.web.turn import Turn
from web_fake import EVIDENCE, Prepared, cite

FORMS: tuple[Form, ...] = ("prose", "list", "table")
_said = st.tuples(
    st.sampled_from(["", "La mairie", "Le <b>syndicat</b>"]),
    st.text(alphabet="ab <&é", min_size=1, max_size=12),
    st.lists(st.sampled_from(range(len(EVIDENCE))), min_size=1, max_size=3, unique=True),
)


def _numbered(said: list[tuple[str, str, list[int]]], left_out: int, form: Form) -> Prepared:
    """An answer that cites ``EVIDENCE`` by place, the last ``left_out`` of it doubtful."""
    numbers: dict[int, int] = {}
    claims = []
    for about, words, places in said:
        cited = []
        for place in places:
            number = numbers.setdefault(place, len(numbers) + 1)
            cited.append(cite(number, EVIDENCE[place].document, EVIDENCE[place].quote))
        claims.append(Claim(words, "supported", tuple(cited), about=about))
    kept = len(claims) - left_out
    return Prepared(tuple(claims[:kept]), form, "", "Tout est lu.", tuple(claims[kept:]))


several_parts = st.builds(
    _numbered,
    st.lists(_said, min_size=4, max_size=8),
    st.integers(0, 3),
    st.sampled_from(FORMS),
)
"""Answers in every form, with claims left out."""


def cited_in(prepared: Prepared) -> Counter[int]:
    """How often each number is cited."""
    claims = (*prepared.claims, *prepared.doubtful)
    return Counter(citation.number for claim in claims for citation in claim.citations)


def turn_of(prepared: Prepared, question: str = "Quand ?") -> Turn:
    """The turn that a prepared answer ends."""
    answer = Answer(
        question,
        "fr",
        prepared.claims,
        False,
        prepared.message,
        EVIDENCE,
        {"total": 6.24},
        form=prepared.form,
        remark=prepared.remark,
        doubtful=prepared.doubtful,
    )
    claims, form, message = answer.claims, answer.form, answer.message
    return Turn(question, "done", EVIDENCE, claims, answer=answer, form=form, message=message)
