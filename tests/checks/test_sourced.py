"""A sentence needs something that it could cite."""

from __future__ import annotations

import pytest

from askdossier.verify.checks import sourced
from verify_cases import problem

OPEN = "Le musée est ouvert."


@pytest.mark.parametrize(
    ("sources", "sentence", "reason"),
    [
        ((), OPEN, "aucune source"),
        ((), "The museum is open.", "no source"),
        (("Le musée est-il ouvert ?",), OPEN, "aucune source"),
        ((OPEN,), OPEN, ""),
        (("Le vent souffle.",), OPEN, ""),
    ],
)
def test_something_must_be_told(sources: tuple[str, ...], sentence: str, reason: str) -> None:
    found = problem(sourced.check, sentence, sources)
    assert (found.reason if found else "") == reason
    assert found is None or found.gravity == "unsupported"
