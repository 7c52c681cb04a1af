"""Words for lexical search: folded, elided, stemmed, with numbers kept whole."""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Callable, Collection, Iterator
from functools import lru_cache

import Stemmer

from askdossier import lang
from askdossier.lang.forms import Forms, union

_WITHOUT_LEXICON = {
    "de": "german", "es": "spanish", "it": "italian", "pt": "portuguese", "nl": "dutch",
}  # fmt: skip
"""Snowball stemmers of languages in which the program says nothing, but finds words."""


_SPACE = "[ \u00a0\u2009\u202f]"
_NUMBER = rf"(?<![\w.,])\d{{1,3}}(?:{_SPACE}\d{{3}})+(?!\w)(?:,\d+)?|\d+(?:[.,]\d+)*"
# 900 000 · 1,600 · 1.234.567 · 3,5 · 82 % · 1er · 24h
_QUANTITY = re.compile(rf"(?P<number>{_NUMBER})(?:(?P<percent>{_SPACE}?%)|(?P<unit>[^\W\d_]\w*))?")
# S.N.C.F. · U.S.
_ACRONYM = re.compile(r"(?<!\w)[^\W\d_]\.(?:-?[^\W\d_]\.)+")
# Words with what binds their parts: l’IA · Gordon-Levitt · tuto.com · R&D · C++
_COMPOUND = re.compile(r"[^\W_]+(?:['’ʼ.@&/_\-‐‑][^\W_]+)*(?:\+\+|#)?")
_TOKEN = re.compile(
    "|".join(
        re.sub(r"\(\?P<\w+>", "(?:", pattern.pattern)
        for pattern in (_QUANTITY, _ACRONYM, _COMPOUND)
    )
)
_THOUSANDS = re.compile(rf"\d{{1,3}}(?:(?:{_SPACE}\d{{3}})+|(?:,\d{{3}})+|(?:\.\d{{3}}){{2,}})")
_ELISION = re.compile(rf"^(?:{'|'.join(union(lambda known: known.spelling.elided))})'")
_CLITICS = tuple(Forms(lambda known: known.spelling.clitics))  # once, for each word
_BINDERS = re.compile(r"['.@&/_-]")
_STRAIGHT = str.maketrans({"’": "'", "ʼ": "'", "‐": "-", "‑": "-"})
_UNDIVIDED = union(lambda known: known.spelling.undivided)
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "đ": "d", "ł": "l"})


def search_tokens(text: str, languages: Collection[str]) -> list[str]:
    """Tokens of ``text`` for BM25, in order of appearance.

    ``languages`` names the Snowball stemmers to apply (``fr``, ``en``…; others are ignored); each
    word gives one token per different stem. Case and accents do not matter, elided articles and
    stop words of these languages are left out, numbers are canonical (``900 000`` and ``900,000``
    give ``900000``, ``3,5`` gives ``3.5``, ``82 %`` gives ``82`` and ``82%``), a compound gives
    itself, joined, and its parts.
    """
    known = _WITHOUT_LEXICON.keys() | lang.LEXICONS.keys()
    tokens_of = _analysis(tuple(sorted(known & set(languages))))
    tokens: list[str] = []
    for piece in _TOKEN.findall(text):
        tokens += tokens_of(piece)
    return tokens


def stems(words: str) -> frozenset[str]:
    """The search tokens of words of which the language does not matter."""
    return frozenset(search_tokens(words, lang.LEXICONS))


@lru_cache(maxsize=8)
def _analysis(languages: tuple[str, ...]) -> Callable[[str], tuple[str, ...]]:
    """The function from a piece of text to its tokens; it remembers, since words recur."""
    lexicons = {code: lang.LEXICONS[code] for code in languages if code in lang.LEXICONS}
    named = _WITHOUT_LEXICON | {code: lexicon.stemmer for code, lexicon in lexicons.items()}
    stemmers = [Stemmer.Stemmer(named[code]) for code in languages]
    stop = frozenset[str]().union(*(lexicon.stop_words for lexicon in lexicons.values()))
    lock = threading.Lock()  # a Snowball stemmer works in a buffer of its own

    def stems(word: str) -> Iterator[str]:
        folded = _unaccented(word)
        with lock:
            found = [stemmer.stemWord(folded) for stemmer in stemmers] or [folded]
        yield from dict.fromkeys(found)

    @lru_cache(maxsize=100_000)
    def tokens_of(piece: str) -> tuple[str, ...]:
        if quantity := _QUANTITY.fullmatch(piece):
            return tuple(_number_tokens(quantity))
        if _ACRONYM.fullmatch(piece):
            return (_unaccented(piece.lower().replace(".", "").replace("-", "")),)
        words = [word for word in _words(piece.lower()) if word not in stop]
        return tuple(stem for word in words for stem in stems(word))

    return tokens_of


def _number_tokens(match: re.Match[str]) -> Iterator[str]:
    number = match["number"]
    whole, comma, fraction = number.partition(",")
    if _THOUSANDS.fullmatch(number):
        number = re.sub(r"\D", "", number)
    elif comma and "," not in fraction and _THOUSANDS.fullmatch(whole):
        number = re.sub(r"\D", "", whole) + "." + fraction
    elif number.count(",") == 1 and "." not in number:
        number = number.replace(",", ".")
    if match["unit"]:
        yield _unaccented(number + match["unit"].lower())
        return
    yield number
    if match["percent"]:
        yield number + "%"


def _words(compound: str) -> Iterator[str]:
    """The words in a lower-cased compound: ``l’anti-ia`` gives ``antiia``, ``anti``, ``ia``."""
    compound = compound.translate(_STRAIGHT)
    if compound not in _UNDIVIDED:
        compound = _ELISION.sub("", compound)
    if compound in _UNDIVIDED:
        yield compound.replace("'", "")
        return
    for clitic in _CLITICS:
        compound = clitic.sub("", compound)
    parts = [part for part in _BINDERS.split(compound) if part]
    if len(parts) > 1:
        yield "".join(parts)
    if len(parts) == 1 or any(len(part) > 1 for part in parts):  # not U.R.S.S
        yield from parts


def _unaccented(word: str) -> str:
    if word.isascii():
        return word
    decomposed = unicodedata.normalize("NFKD", word.translate(_LIGATURES))
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()
