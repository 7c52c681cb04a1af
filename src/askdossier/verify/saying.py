"""Who is told to say what a sentence says, by its grammar."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from askdossier import text
from askdossier.core import Language
from askdossier.lang import parse
from askdossier.lang.labels import NOUNS
from askdossier.verify.belonging.reading import stretch
from askdossier.verify.belonging.roles import roles
from askdossier.verify.belonging.speakers import said_by
from askdossier.verify.belonging.stretch import Stretch

_STOPS = (".", "!", "?", "…")
_CLOSING = " »”\"')]\u00a0\u202f"
_FINITE = "VerbForm=Fin"

Sayer = Literal["they", "another", "nobody"]


def sayer(stems: frozenset[str], sentences: Sequence[str], language: Language) -> Sayer:
    """Whether the last of the sentences tells what somebody says whose name has all these stems.

    Subjects of verbs of saying and of asking for something, and whom "selon" names; a pronoun
    stands for whoever the sentence before it tells something of. "nobody" where no noun is told to
    say it, and without a grammar of the language.
    """
    source = stretch(tuple(sentences), language)
    if source is None:
        return "nobody"
    last = len(sentences) - 1
    for words in said_by(source, wanting=True):
        pronoun = all(source.words[i].part == "PRON" for i in words)
        if _stands_in(source, words, last) and (
            stems <= text.stems(source.said(words)) or (pronoun and _told_of(source, stems, last))
        ):
            return "they"
    # Something may have to be done without anybody who says so.
    others = (words for words in said_by(source) if _stands_in(source, words, last))
    named = any(source.words[i].part in NOUNS for words in others for i in words)
    return "another" if named else "nobody"


def _stands_in(source: Stretch, words: frozenset[int], sentence: int) -> bool:
    return any(source.sentences[i] == sentence for i in words)


def tells(sentence: str, language: Language) -> bool:
    """Whether words end as a sentence does or have a finite verb, as a byline has not.

    Assumed without a grammar.
    """
    if sentence.rstrip(_CLOSING).endswith(_STOPS):
        return True
    words = parse.parsed(sentence, language)
    return words is None or any(_FINITE in word.features for word in words)


def _told_of(source: Stretch, stems: frozenset[str], last: int) -> bool:
    """Whether the sentence before tells what they do."""
    return any(
        stems <= text.stems(source.said(one.doers))
        for one in roles(source)
        if source.sentences[one.verb] == last - 1 and one.doers
    )
