"""The facts of a sentence that must agree to the letter: figures, names, negation.

A fuzzy score can never tell 1 600 from 1 500 or "est" from "n'est pas"; these are therefore read
out of the text and compared as values. French and English; nothing here knows of evidence or
citations, and nothing raises, whatever the text.
"""

from askdossier.verify.facts.figures import Figure, figures, ranges
from askdossier.verify.facts.moments import Moment, moments
from askdossier.verify.facts.names import Name, names
from askdossier.verify.facts.negation import denied, negative_verbs
from askdossier.verify.facts.same_name import stands_in

__all__ = [
    "Figure",
    "Moment",
    "Name",
    "denied",
    "figures",
    "moments",
    "names",
    "negative_verbs",
    "ranges",
    "stands_in",
]
