"""Whether the text layer of a page is text: a font with a wrong table of characters gives none.

"Le moulin" is read as "/H PRXOLQ" where each character stands for another. Letters follow one
another in few ways in the languages of Europe, and in any way in such a layer.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from askdossier.text import fold

_USUAL = frozenset(
    "ab ac ad af ag ai ak al am an ap ar as at au av ay ba be bi bl bo br bs by ca cc ce ch ci ck "
    "cl co cr ct cu da dd de di do dr ds du ea ec ed ee ef eg ei el em en ep er es et eu ev ex fa "
    "fe ff fi fo fr ft ga ge gh gi gn go gr gu ha he hi ho ht ia ic id ie if ig il im in io iq ir "
    "is it iv ix je jo ju ke ks la ld le li ll lo ls lu ly ma mb me mi mm mo mp na nb nc nd ne ng "
    "ni nl nn no ns nt nu nv ob oc od of og oi ok ol om on oo op or os ot ou ov ow pa pe ph pi pl "
    "po pp pr ps pt pu py qu ra rc rd re rg ri rm rn ro rr rs rt ru ry sa sc se sh si sk so sp ss "
    "st su sw ta te th ti tl to tr ts tt tu tw ty ua ub uc ud ue ui ul um un uo up ur us ut uv ux "
    "va ve vi vo vr wa we wh wi wn wo wr xt ye ys".split()
)
"""The pairs that make 96 % of those in French and English words, four in five of those in Dutch
ones, two in three in Polish ones, and a quarter to a half where letters are exchanged."""
_ENOUGH = 40
"""Pairs of letters by which a page is judged."""
_LEAST_USUAL = 0.56
_SURE = 0.92
"""Where more of the pairs are usual no part of the page can be odd."""
_FEW = 10
"""Pairs of letters by which a line is judged."""
_ODD = 0.5
"""Of the pairs of a line: where fewer are usual its letters stand for others."""
_MOST_ODD = 0.2
"""Of the pairs of a page in odd lines: where more are, one of its fonts has a wrong table."""
_MOST_STRANGE = 0.3
"""Of the characters of a page: signs that are neither letters nor figures nor usual in a text."""
_SIGNS = frozenset(".,;:!?'’‘\"“”«»()[]/-–—_…%€$£°•|·*+=&@<>×")
_WORD = re.compile(r"[a-z]{2,}")


def is_legible(lines: Sequence[str]) -> bool:
    """False for a page whose text, or a good part of it, is none in a language of Latin letters.

    True where too little is said to tell.
    """
    text = " ".join(lines)
    shown = {c: times for c, times in Counter(text).items() if not c.isspace()}
    strange = sum(times for c, times in shown.items() if not c.isalnum() and c not in _SIGNS)
    if sum(shown.values()) >= _ENOUGH and strange > _MOST_STRANGE * sum(shown.values()):
        return False
    pairs, usual = _pairs(text)
    if pairs < _ENOUGH:
        return True
    if usual < _LEAST_USUAL * pairs:
        return False
    if usual > _SURE * pairs:
        return True
    odd = sum(_pairs(line)[0] for line in lines if is_odd(line))
    return odd < max(_ENOUGH, _MOST_ODD * pairs)


def is_odd(line: str) -> bool:
    """True for a line of letters in unusual pairs: on a page that is not legible it goes."""
    pairs, usual = _pairs(line)
    return pairs >= _FEW and usual < _ODD * pairs


def _pairs(text: str) -> tuple[int, int]:
    """How many pairs of letters there are, and how many of them are usual."""
    words = _WORD.findall(fold(text))
    pairs = [word[i : i + 2] for word in words for i in range(len(word) - 1)]
    return len(pairs), sum(pair in _USUAL for pair in pairs)
