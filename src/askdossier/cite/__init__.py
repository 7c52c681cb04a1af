"""Attribute each sentence of a draft to exact words of the dossier, and check their support.

``facts`` reads figures, names and negation out of a sentence; ``check`` compares a sentence with
the sentences it may cite. This package knows nothing about models: cosines are handed in.
"""

from askdossier.cite.agreement import corroborated, differing
from askdossier.cite.check import (
    MOST_EXTRACTS,
    Extract,
    Verdict,
    asks,
    check,
    extracts,
    unbroken,
    verbatim,
)
from askdossier.cite.intention import added, anchored, gives_figure, held, intended, wants_figure
from askdossier.cite.number import Numbering, quoted

__all__ = [
    "MOST_EXTRACTS",
    "Extract",
    "Numbering",
    "Verdict",
    "added",
    "anchored",
    "asks",
    "check",
    "corroborated",
    "differing",
    "extracts",
    "gives_figure",
    "held",
    "intended",
    "quoted",
    "unbroken",
    "verbatim",
    "wants_figure",
]
