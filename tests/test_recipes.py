"""What CONTRIBUTING.md says to name is named: what is forgotten there would go unnoticed."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Collection
from pathlib import Path
from types import ModuleType

import pytest

from askdossier import lang, load
from askdossier.ask import kinds
from askdossier.evaluate.metrics import METRICS
from askdossier.evaluate.texts import WORDS
from askdossier.lang import LEXICONS
from askdossier.load.formats import _READERS
from askdossier.models import writers
from askdossier.verify import checks

DOCS = Path(__file__).parents[1] / "docs"


def with_names(package: ModuleType, *names: str) -> set[object]:
    """The modules of a package that have all these names."""
    inside = (f"{package.__name__}.{one.name}" for one in pkgutil.iter_modules(package.__path__))
    return {
        module
        for module in map(importlib.import_module, inside)
        if all(hasattr(module, name) for name in names)
    }


@pytest.mark.parametrize(
    ("package", "names", "named"),
    [
        (
            kinds,
            ("matches", "answer"),
            (
                *kinds.ABOUT_DOSSIER,
                *kinds.FROM_EVIDENCE,
                kinds.counting,
                kinds.definition,
                kinds.small_talk,
            ),
        ),
        (kinds, ("matches", "parts"), (*kinds.OF_SEVERAL, *kinds.POLAR)),
        (load, ("SUFFIXES", "read"), _READERS),
        (writers, ("PREFIX", "load"), writers.BACKENDS),
    ],
)
def test_every_module_of_its_sort_is_named(
    package: ModuleType, names: tuple[str, ...], named: Collection[object]
) -> None:
    assert with_names(package, *names) == set(named)


def test_every_check_is_made() -> None:
    made = {importlib.import_module(check.__module__) for check in checks.CHECKS}
    assert with_names(checks, "check") == made


def test_every_ending_has_one_reader_and_stands_in_the_docs() -> None:
    endings = [ending for reader in _READERS for ending in reader.SUFFIXES]
    assert sorted(endings) == sorted(load.SUFFIXES)
    rows = [
        line.split("|")[2]
        for line in (DOCS / "formats.md").read_text("utf-8").splitlines()
        if line.startswith("|")
    ]
    assert set(re.findall(r"`(\.\w+)`", "".join(rows))) == load.SUFFIXES


@pytest.mark.parametrize(
    "place",
    [
        "docs/writers.md",
        "README.md",
        "CHANGELOG.md",
        "src/askdossier/cli/terminal.py",
        "src/askdossier/settings.py",
        "src/askdossier/models/offered.py",
        "src/askdossier/web/texts/english.py",
        "src/askdossier/web/texts/french.py",
        "src/askdossier/web/texts/french_errors.py",
    ],
)
def test_every_server_of_writers_is_written_where_a_user_looks(place: str) -> None:
    text = (DOCS.parent / place).read_text("utf-8")
    prefixes = [one.PREFIX for one in writers.BACKENDS if one.PREFIX]
    assert [prefix for prefix in prefixes if not re.search(rf"\b{prefix}\S", text)] == []


def test_every_metric_is_explained() -> None:
    told = (DOCS / "evaluation.md").read_text("utf-8")
    assert [one.name for one in METRICS.values() if f"`{one.score}" not in told] == []
    for words in WORDS.values():
        assert words.metrics.keys() == METRICS.keys()


def test_every_language_is_named() -> None:
    codes = {one.name for one in pkgutil.iter_modules(lang.__path__) if len(one.name) == 2}
    assert codes == LEXICONS.keys()
