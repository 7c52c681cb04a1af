"""Damaged and hostile files: read, or refused with a reason, soon and within bounds.

``benchmarks/fuzz_readers.py`` gives 2,000 damaged files to the readers; a sample of them is read
here (all of them with ``ASKDOSSIER_FUZZ=2000``).
"""

from __future__ import annotations

import os

from fuzz_readers import cases, outcomes

FILES = int(os.environ.get("ASKDOSSIER_FUZZ", "300"))


def test_damaged_files_are_read_or_refused() -> None:
    found = list(outcomes(cases(FILES, seed=2)))
    assert [outcome for outcome in found if outcome.fault] == []
    results = {outcome.result for outcome in found}
    assert results == {"read", "refused"}
    assert all(outcome.detail for outcome in found if outcome.result == "refused")


def test_the_same_seed_gives_the_same_files() -> None:
    assert list(cases(20, seed=2)) == list(cases(20, seed=2))
    assert list(cases(20, seed=2)) != list(cases(20, seed=3))
