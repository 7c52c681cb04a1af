"""Files of real programs (tests/data/real): what a person sees stands in the text, in its place."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from askdossier import load
from askdossier.clean import clean
from askdossier.core import Failure
from askdossier.load import legacy
from askdossier.text import normalise

HERE = Path(__file__).parent / "data" / "real"
SEEN: dict[str, Any] = json.loads((HERE / "seen.json").read_text("utf-8"))
TOLD = re.compile(r"\d+(?:[.,:/]\d+)*|[A-ZÀ-ÝŒ][\w’-]*|[€$£%]")
"""Figures, dates, amounts and capitalised words."""
PICTURES = {".png", ".jpg", ".webp", ".tiff", ".heic"}
MISREAD = 0.2
"""Of these words of a picture, which recognition may take for others ("ler" for "1er")."""
CONVERTED = {".doc", ".ppt"}


def told(text: str) -> list[str]:
    """What must not be lost of a text, in its order."""
    plain = re.sub(r"(?<=\d)\s(?=\d{3}\b)", "", normalise(text).replace("'", "’"))
    return TOLD.findall(plain)


def lines_of(name: str, folder: Path) -> tuple[list[str], list[str]]:
    """The lines of all documents of a file, and those that are reported as left out."""
    shown: list[str] = []
    lost: list[str] = []
    path = HERE / name
    if not path.exists():  # PPT is large, and packed
        path = folder / name
        path.write_bytes(gzip.decompress((HERE / f"{name}.gz").read_bytes()))
    for one in load.documents(path, name):
        assert not isinstance(one, Failure), one
        document, removals = clean(one)
        shown += document.title.split("\n") + document.text.split("\n")
        lost += [removal.text for removal in removals]
    return shown, lost


def missing(wanted: Sequence[str], text: Sequence[str]) -> list[str]:
    """The words that do not follow in this order in the text."""
    place = 0
    gone = []
    for word in wanted:
        if word in text[place:]:
            place = text.index(word, place) + 1
        else:
            gone.append(word)
    return gone


def stands(cell: Sequence[str], lines: Sequence[str]) -> bool:
    """Whether a value stands beside the names of its row and column, or in their row and column."""
    row, column, value = (squeezed(part) for part in cell)
    for line in lines:
        named = dict(part.rsplit(": ", 1) for part in line.split(" | ") if ": " in part)
        if named.get(column) == value and row in named.values():
            return True
    return any(
        line.split(" | ")[0] == row and dict(zip(head, line.split(" | "), strict=False)).get(
            column) == value
        for head in (line.split(" | ") for line in lines if column in line.split(" | "))
        for line in lines
    )  # fmt: skip


def squeezed(text: str) -> str:
    return " ".join(normalise(text).replace("'", "’").split())


def left_out(name: str, folder: Path) -> Iterator[str]:
    """All that a person sees in a file and that is neither in its text nor reported."""
    shown, lost = lines_of(name, folder)
    seen = SEEN[name]
    text = told("\n".join(shown))
    known = told("\n".join([*shown, *lost]))
    wanted = [word for line in seen["lines"] for word in told(line)]
    gone = missing(wanted, text)
    if Path(name).suffix not in PICTURES or len(gone) > MISREAD * len(wanted):
        yield from gone
    yield from (word for note in seen["notes"] for word in told(note) if word not in known)
    squeezed_lines = [squeezed(line) for line in shown]
    yield from (" · ".join(cell) for cell in seen["cells"] if not stands(cell, squeezed_lines))


@pytest.mark.parametrize("name", sorted(SEEN))
def test_what_a_person_sees_stands_in_its_place(name: str, tmp_path: Path) -> None:
    suffix = Path(name).suffix
    if suffix in PICTURES and "fra" not in load.conditions():
        pytest.skip("needs Tesseract with its French data")
    if suffix in CONVERTED and legacy.converter() is None:
        pytest.skip("needs LibreOffice")
    assert list(left_out(name, tmp_path)) == []


def test_there_are_three_files_of_each_kind() -> None:
    files = {path.name for path in HERE.iterdir()} - {"make_files.py", "seen.json"}
    assert {name.removesuffix(".gz") for name in files - {"__pycache__"}} == set(SEEN)
    kinds = [Path(name).suffix for name in SEEN]
    assert len(files) >= 60
    assert all(kinds.count(kind) >= 3 for kind in set(kinds))
    assert sum((HERE / name).stat().st_size for name in files) < 1_500_000
