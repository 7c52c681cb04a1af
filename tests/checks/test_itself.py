"""A sentence says what it says: whatever compares grammar finds nothing wrong with a quote."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from askdossier import load, text
from askdossier.verify.checks import Check, belonging, extent, standing
from verify_cases import problem

CORPUS = Path(__file__).parents[2] / "corpus"


@cache
def sentences() -> list[str]:
    found: list[str] = []
    for path in sorted(CORPUS.iterdir()):
        if load.supported(path):
            for block in load.read(path, path.name).blocks:
                found += (span.of(block.text) for span in text.sentences(block.text))
    return found


@pytest.mark.parametrize("check", [belonging.check, standing.check, extent.check])
@settings(max_examples=60)
@given(data=st.data())
def test_a_sentence_stands_beside_itself(check: Check, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(sentences()) - 1))
    sentence, *others = (sentences() * 2)[at : at + 3]
    assume(not text.asks(sentence))  # a question supports nothing, not even itself
    assert problem(check, sentence, [sentence]) is None
    assert problem(check, sentence, [sentence, *(f"+{other}" for other in others)]) is None
