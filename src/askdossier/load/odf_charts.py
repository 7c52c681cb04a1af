"""Charts of OpenDocument: what they are called, and the table of values that each holds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from askdossier.load.archive import Node
from askdossier.load.grid import Grid

CHART = "{urn:oasis:names:tc:opendocument:xmlns:chart:1.0}"
_POINT = re.compile(r"-?\d+\.\d+")
_NO_VALUE = frozenset({"NaN", "1.#NAN"})
_TITLES = (f"{CHART}title", f"{CHART}subtitle", f"{CHART}footer")


def titles(chart: Node) -> Iterator[str]:
    """What a chart and its axes are called."""
    for node in chart.iter(*_TITLES):
        if text := " ".join("".join(node.itertext()).split()):
            yield text


def rows(table: Grid, *, french: bool) -> Grid:
    """The values as a chart shows them; its table has them as programs write numbers."""
    return Grid(tuple(
        replace(cell, text=_shown(cell.text, french)) for cell in table.cells
        if cell.text.strip() not in _NO_VALUE
    ))  # fmt: skip


def _shown(text: str, french: bool) -> str:
    return text.replace(".", ",") if french and _POINT.fullmatch(text.strip()) else text
