"""Tables of all formats as one grid of cells, its rows as lines that can be quoted by themselves.

A reader says where each cell stands and how far it reaches; the grid finds the names of the columns
and gives lines in which every value stands beside its own labels:
``Bâtiment: Aubépine | Étage: 2 | Loyer › 2025: 655``.

On the way: ``cells`` placed by their file or by ``placing``, the ``rows`` that they cover, how many
of these are titles and ``header``, what the ``columns`` are called, which rows are ``sections`` and
notes, the lines of each row (``rendering``); a ``form`` has neither header nor columns. ``reading``
goes from top to bottom.
"""

from __future__ import annotations

from askdossier.load.grid.cells import Cell, Grid
from askdossier.load.grid.placing import laid_out, texts
from askdossier.load.grid.reading import blocks_of, lines_of, numbered

__all__ = ["Cell", "Grid", "blocks_of", "laid_out", "lines_of", "numbered", "texts"]
