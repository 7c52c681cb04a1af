"""The lines of a page in reading order, its tables as lines that name what stands in them.

A table is told by the lines drawn between its cells (``framed``), or by columns that several rows
keep to (``aligned``). What stands side by side without being a table is joined (``beside``): words
of a justified line with a space, what is set far apart in one line as cells; two columns of prose
are read one after the other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from askdossier.load.pdf.aligned import with_aligned
from askdossier.load.pdf.beside import rows_joined
from askdossier.load.pdf.framed import with_framed
from askdossier.load.pdf.glyphs import main_turn
from askdossier.load.pdf.labels import beside_labels
from askdossier.load.pdf.line import Line
from askdossier.load.pdf.rulings import Rulings, frames

_JUMP = 8.0
"""Character sizes upwards to the next column; a table's next cell is nearer."""


def laid_out(lines: Sequence[Line], drawn: Rulings) -> list[Line]:
    """The lines of a page in reading order, rows of tables as one line each."""
    rest = beside_labels(lines)
    turn = main_turn(lines)
    for frame in frames(drawn):
        rest = with_framed(rest, frame, turn)
    return [line for flow in _flows(rest) for line in rows_joined(with_aligned(flow, drawn))]


def _flows(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """The lines from each jump up to the next: columns of the page, read one after the other."""
    flow: list[Line] = []
    for line in lines:
        if flow and line.bottom - flow[-1].bottom > _JUMP * line.size:
            yield flow
            flow = []
        flow.append(line)
    yield flow
