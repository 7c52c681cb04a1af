"""Attribute each sentence of a draft to exact words of the dossier, and check their support.

``facts`` reads figures, names and negation out of a sentence; ``check`` compares a sentence with
the sentences it may cite. This package knows nothing about models: cosines are handed in.
"""

from askdossier.cite.agreement import corroborated, differing
from askdossier.cite.check import (
    MOST_EXTRACTS,
    Extract,
    Verdict,
    check,
    extracts,
    premise,
    reconsidered,
    unbroken,
    verbatim,
)
from askdossier.cite.intention import answers_in_kind, holds_what_it_adds, intended
from askdossier.cite.number import Numbering, quoted

__all__ = [
    "MOST_EXTRACTS",
    "Extract",
    "Numbering",
    "Verdict",
    "answers_in_kind",
    "check",
    "corroborated",
    "differing",
    "extracts",
    "holds_what_it_adds",
    "intended",
    "premise",
    "quoted",
    "reconsidered",
    "unbroken",
    "verbatim",
]
