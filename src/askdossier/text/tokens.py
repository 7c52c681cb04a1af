"""Words for lexical search: folded, elided, stemmed, with numbers kept whole."""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Callable, Collection, Iterator
from functools import lru_cache

import Stemmer

_SNOWBALL = {
    "fr": "french", "en": "english", "de": "german", "es": "spanish", "it": "italian",
    "pt": "portuguese", "nl": "dutch",
}  # fmt: skip

_FRENCH = frozenset(
    "à a ai ainsi alors as au aucun aucune aux avaient avais avait avec avez avons ayant c car ce "
    "ceci cela celle celles celui ces cet cette ceux chez ci comme d dans de des dont du elle "
    "elles en es est et étaient était étant êtes être eu eut eux fut furent il ils j je l la là le "
    "les leur leurs lors lui m ma mais me même mêmes mes moi mon n ne ni nos notre nous on ont ou "
    "où par pas pendant peu peut plus pour pourquoi puis qu quand que quel quelle quelles quels "
    "qui quoi s sa sans se sera serait seront ses si soit son sont sous sur t ta te tes toi ton "
    "tous tout toute toutes très tu un une vos votre vous y ça etaient etait etant etes etre meme "
    "memes tres lequel laquelle lesquels lesquelles duquel auquel desquels combien comment sommes "
    "suis ceux-ci".split()
)
_ENGLISH = frozenset(
    "a an and are as at be been being but by can could did do does doing for from had has have "
    "having he her here hers him his how i if in into is it its just me more most my no nor not of "
    "off on once only or other our ours out over own same she should so some such than that the "
    "their theirs them then there these they this those through to too under until up very was we "
    "were what when where which while who whom whose why will with would you your yours ca "
    "wo".split()
)
_STOP = {"fr": _FRENCH, "en": _ENGLISH}

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
_ELISION = re.compile(r"^(?:[ldjmtsnc]|qu|jusqu|lorsqu|puisqu|quoiqu)'")
_CONTRACTION = re.compile(r"n't$|'(?:s|re|ve|ll|d|m)?$")
_INVERSION = re.compile(
    r"(?:-t)?-(?:je|tu|il|elle|on|nous|vous|ils|elles|ce|moi|toi|lui|leur|y|en|ci|là|la)$"
)
_BINDERS = re.compile(r"['.@&/_-]")
_STRAIGHT = str.maketrans({"’": "'", "ʼ": "'", "‐": "-", "‑": "-"})
_UNDIVIDED = frozenset("aujourd'hui quelqu'un presqu'île prud'hommes prud'homme".split())
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "đ": "d", "ł": "l"})


def search_tokens(text: str, languages: Collection[str]) -> list[str]:
    """Tokens of ``text`` for BM25, in order of appearance.

    ``languages`` names the Snowball stemmers to apply (``fr``, ``en``…; others are ignored); each
    word gives one token per different stem. Case and accents do not matter, elided articles and
    stop words of these languages are left out, numbers are canonical (``900 000`` and ``900,000``
    give ``900000``, ``3,5`` gives ``3.5``, ``82 %`` gives ``82`` and ``82%``), a compound gives
    itself, joined, and its parts.
    """
    tokens_of = _analysis(tuple(sorted(set(languages) & _SNOWBALL.keys())))
    tokens: list[str] = []
    for piece in _TOKEN.findall(text):
        tokens += tokens_of(piece)
    return tokens


@lru_cache(maxsize=8)
def _analysis(languages: tuple[str, ...]) -> Callable[[str], tuple[str, ...]]:
    """The function from a piece of text to its tokens; it remembers, since words recur."""
    stemmers = [Stemmer.Stemmer(_SNOWBALL[code]) for code in languages]
    stop = frozenset[str]().union(*(_STOP.get(code, frozenset()) for code in languages))
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
    compound = _INVERSION.sub("", _CONTRACTION.sub("", compound))
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
