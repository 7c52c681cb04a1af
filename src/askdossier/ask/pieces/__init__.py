"""Answers of several pieces: choose the evidence first, then put each group of it into words.

Slobodkin et al. 2024, "Attribute First, then Generate" (arXiv:2403.17104). ``seek`` finds sentences
over all documents, ``choose`` keeps those that belong to the answer (``numbers`` asks for them
where nobody can look into the writer), ``items`` completes lists, ``announced`` finds what a
sentence announces, ``continued`` completes explanations, ``group`` puts those together that say the
same, ``tell`` makes a claim of each group.
"""

from askdossier.ask.pieces.announced import choosing_items, followed, listed
from askdossier.ask.pieces.choose import chosen, explaining
from askdossier.ask.pieces.continued import beside_chosen, continued
from askdossier.ask.pieces.group import Group, parted
from askdossier.ask.pieces.numbers import numbered
from askdossier.ask.pieces.seek import (
    Further,
    like_chosen,
    next_best,
    ranked,
    remark,
    sought,
    what_of,
)
from askdossier.ask.pieces.tell import Telling
from askdossier.ask.pieces.vectors import vector

__all__ = [
    "Further",
    "Group",
    "Telling",
    "beside_chosen",
    "choosing_items",
    "chosen",
    "continued",
    "explaining",
    "followed",
    "like_chosen",
    "listed",
    "next_best",
    "numbered",
    "parted",
    "ranked",
    "remark",
    "sought",
    "vector",
    "what_of",
]
