"""Pure functions on strings: normal form, sentence spans, search tokens, language.

Knows nothing of files, documents or indexes. All offsets are counted in Python characters.
"""

from askdossier.text.acronyms import ACRONYM, expansion
from askdossier.text.comments import heads_comments
from askdossier.text.language import (
    answer_language,
    foreign_language,
    language,
    other_language,
    question_language,
)
from askdossier.text.likeness import fingerprints, says_the_same
from askdossier.text.normal import fold, normalise
from askdossier.text.quotation import (
    CLOSING_MARKS,
    OPENING_MARKS,
    QUOTATION_MARKS,
    after_colon,
    in_quotes,
    opens_quotation,
    unquoted,
)
from askdossier.text.sentences import asks, pieces, sentences
from askdossier.text.tokens import search_tokens, stems

__all__ = [
    "ACRONYM",
    "CLOSING_MARKS",
    "OPENING_MARKS",
    "QUOTATION_MARKS",
    "after_colon",
    "answer_language",
    "asks",
    "expansion",
    "fingerprints",
    "fold",
    "foreign_language",
    "heads_comments",
    "in_quotes",
    "language",
    "normalise",
    "opens_quotation",
    "other_language",
    "pieces",
    "question_language",
    "says_the_same",
    "search_tokens",
    "sentences",
    "stems",
    "unquoted",
]
