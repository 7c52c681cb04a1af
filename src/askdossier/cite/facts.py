"""The facts of a sentence that must agree to the letter: figures, names, negation.

A fuzzy score can never tell 1 600 from 1 500 or "est" from "n'est pas"; these are therefore read
out of the text and compared as values. French and English; nothing here knows of evidence or
citations, and nothing raises, whatever the text.
"""

from askdossier.cite.figures import Figure, figures
from askdossier.cite.names import Name, names
from askdossier.cite.negation import denied, negative_verbs

__all__ = ["Figure", "Name", "denied", "figures", "names", "negative_verbs"]
