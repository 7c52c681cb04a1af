"""What is filled into a form: values that the file draws apart from the labels on their left."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from askdossier.load.pdf.line import Line, rows

_LABEL = re.compile(r".{1,60}(?::|[._…]{3})\s*", re.DOTALL)
"""A line that something belongs behind: "Nom :", "Né le ......"."""
_MOSTLY = 0.6
"""Of the lines that a file draws in one go: these stand beside labels."""


def beside_labels(lines: Sequence[Line]) -> list[Line]:
    """The lines, each value that is drawn later, or earlier, right behind its label.

    Two columns of prose stay: few lines of the second stand beside a label.
    """
    place = {id(line): i for i, line in enumerate(lines)}
    label = {
        id(value): line
        for row in rows(lines)
        for line, value in pairwise(row)
        if _LABEL.fullmatch(line.text) and not _LABEL.fullmatch(value.text)
        and value.left > line.right - line.size and place[id(value)] != place[id(line)] + 1
    }  # fmt: skip
    values: dict[int, Line] = {}
    for run in _runs(lines):
        beside = [line for line in run if id(line) in label]
        if len(beside) >= max(1.0, _MOSTLY * len(run)):
            values |= {id(label[id(line)]): line for line in beside}
    moved = set(map(id, values.values()))
    result: list[Line] = []
    for line in lines:
        if id(line) not in moved:
            result.append(line)
            result += [values[id(line)]] if id(line) in values else []
    return result


def _runs(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """The lines from each step upwards to the next."""
    run: list[Line] = []
    for line in lines:
        if run and line.bottom > run[-1].bottom + 0.5 * line.size:
            yield run
            run = []
        run.append(line)
    yield run
