"""Hold each sentence of a text against exact words of the dossier, and say how well they agree.

``attribution`` finds what a sentence cites, ``checks`` says what is wrong with it, one after the
other, and ``verdict`` makes one word of that. ``facts`` reads figures, names and negation out of a
sentence; ``belonging`` compares the grammar of two; ``whose`` tells whose words a sentence of a
document is. This package knows nothing about models:
cosines are handed in.
"""

from askdossier.verify.agreement import corroborated, differing, newer
from askdossier.verify.attribution import MOST_EXTRACTS
from askdossier.verify.beginnings import Beginning, beginnings, begins
from askdossier.verify.checks.kind import answers_in_kind
from askdossier.verify.facts import Figure
from askdossier.verify.intention import intended
from askdossier.verify.measuring import measures
from askdossier.verify.numbering import Numbering
from askdossier.verify.quotation import quoted, unbroken, verbatim
from askdossier.verify.records import (
    Asked,
    Extract,
    Problem,
    Sources,
    Statement,
    Verdict,
    extracts,
)
from askdossier.verify.saying import Sayer, sayer, tells
from askdossier.verify.times import asks_now, dated
from askdossier.verify.verdict import check, premise, reconsidered
from askdossier.verify.whose import Speaker, speaker

__all__ = [
    "MOST_EXTRACTS",
    "Asked",
    "Beginning",
    "Extract",
    "Figure",
    "Numbering",
    "Problem",
    "Sayer",
    "Sources",
    "Speaker",
    "Statement",
    "Verdict",
    "answers_in_kind",
    "asks_now",
    "beginnings",
    "begins",
    "check",
    "corroborated",
    "dated",
    "differing",
    "extracts",
    "intended",
    "measures",
    "newer",
    "premise",
    "quoted",
    "reconsidered",
    "sayer",
    "speaker",
    "tells",
    "unbroken",
    "verbatim",
]
