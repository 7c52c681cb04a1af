"""Numbers written in words, in French and in English: ``deux cent mille``, ``twenty-one``.

Each token is looked at a bounded number of times: linear on any input.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Kind = Literal["exact", "about", "ordinal", "fraction"]


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number in words, as offsets in the folded text it was read from."""

    value: Decimal
    """In percent for a fraction (``la moitié`` is 50)."""
    start: int
    end: int
    kind: Kind
    scale: int = 1
    """Of its last word: 1000 for ``deux cent mille``."""


_UNITS = {
    "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "huit": 8, "neuf": 9,
    "two": 2, "three": 3, "four": 4, "five": 5, "seven": 7, "eight": 8, "nine": 9,
}  # fmt: skip
_ONES = frozenset({"un", "une", "one", "a", "an"})
_TEENS = {
    "dix": 10, "onze": 11, "douze": 12, "treize": 13, "quatorze": 14, "quinze": 15, "seize": 16,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15,
    "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
_TENS = {
    "vingt": 20, "vingts": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60,
    "septante": 70, "huitante": 80, "octante": 80, "nonante": 90,
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80,
    "ninety": 90,
}  # fmt: skip
_HUNDREDS = frozenset({"cent", "cents", "hundred"})
_MULTIPLIERS = {
    "mille": 10**3, "thousand": 10**3, "million": 10**6, "millions": 10**6,
    "milliard": 10**9, "milliards": 10**9, "billion": 10**9, "billions": 10**9,
    "trillion": 10**12, "trillions": 10**12,
}  # fmt: skip
_COLLECTIVES = {
    "dizaine": 10, "douzaine": 12, "quinzaine": 15, "vingtaine": 20, "trentaine": 30,
    "quarantaine": 40, "cinquantaine": 50, "soixantaine": 60, "centaine": 100, "millier": 1000,
    "dozen": 12, "dizaines": 10, "douzaines": 12, "centaines": 100, "milliers": 1000,
}  # fmt: skip
_VAGUE_ALONE = frozenset(
    "millions milliards billions trillions dizaines douzaines centaines milliers".split()
)
_VAGUE_AFTER = frozenset("quelques plusieurs several few many".split())
_LARGE = {"milliers": 10**3, "millions": 10**6, "milliards": 10**9}
_ORDINALS = {
    "premier": 1, "premiere": 1, "unieme": 1, "deuxieme": 2, "troisieme": 3, "quatrieme": 4,
    "cinquieme": 5, "sixieme": 6, "septieme": 7, "huitieme": 8, "neuvieme": 9, "dixieme": 10,
    "onzieme": 11, "douzieme": 12, "treizieme": 13, "quatorzieme": 14, "quinzieme": 15,
    "seizieme": 16, "vingtieme": 20, "trentieme": 30, "quarantieme": 40, "cinquantieme": 50,
    "soixantieme": 60, "centieme": 100, "millieme": 1000,
    "first": 1, "second": 2, "seconde": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6,
    "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10, "eleventh": 11, "twelfth": 12,
    "thirteenth": 13, "fourteenth": 14, "fifteenth": 15, "sixteenth": 16, "seventeenth": 17,
    "eighteenth": 18, "nineteenth": 19, "twentieth": 20, "thirtieth": 30, "hundredth": 100,
}  # fmt: skip
# What follows "premier" or "first" in an expression that counts nothing.
_NOT_COUNTED = frozenset(
    "ministre ministres lieu temps abord plan venu minister lady of and".split()
)
_FRACTIONS = {
    "tiers": 3, "quart": 4, "quarts": 4, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4,
}  # fmt: skip
_HALVES = frozenset({"moitie", "half"})
_NEW = frozenset("a remis tout toute tous flambant quoi de est".split())
"""Before ``neuf`` in the sense of new."""
_BETWEEN = frozenset({" ", "-"})
_TOKEN = re.compile(r"(?<!\w)[a-z]+(?!\w)")


@dataclass(frozen=True, slots=True)
class _Token:
    word: str
    start: int
    end: int


def numerals(folded: str) -> Iterator[Numeral]:
    """The numbers in words of a folded text, in order.

    Left out, because they say no number: ``un`` and ``one`` alone, ``des millions``, ``quelques
    milliers``, ``Premier ministre``.
    """
    tokens = [_Token(match[0], match.start(), match.end()) for match in _TOKEN.finditer(folded)]
    i = 0
    while i < len(tokens):
        numeral, after = _Reading(folded, tokens, i).numeral()
        if numeral:
            yield numeral
        i = max(after, i + 1)


class _Reading:
    """Reads one number from a token on."""

    def __init__(self, folded: str, tokens: list[_Token], first: int) -> None:
        self._folded, self._tokens, self._first = folded, tokens, first

    def numeral(self) -> tuple[Numeral | None, int]:
        """The number that begins at the first token, if any, and the token to go on from."""
        first = self._first
        word, before = self._tokens[first].word, self._word(first - 1)
        if (
            word == "half"
            and self._word(first + 1) == "a"
            and self._word(first + 2) in _MULTIPLIERS
        ):
            half = Decimal(_MULTIPLIERS[self._word(first + 2)]) / 2
            return self._made(half, first + 3, "exact"), first + 3
        if word in _HALVES:
            if word == "half" and self._word(first + 1) not in {"of", "the", "its", "their"}:
                return None, first + 1
            return self._made(Decimal(50), first + 1, "fraction"), first + 1
        if word in _ONES and not self._opens_number(first):
            return None, first + 1
        value, after, kind = self._value()
        if value is None:
            return None, after
        if kind == "exact" and self._word(after) in _FRACTIONS and value <= 3:
            parts = Decimal(value * 100) / _FRACTIONS[self._word(after)]
            return self._made(parts, after + 1, "fraction"), after + 1
        single = after == first + 1
        vague = single and word in _VAGUE_ALONE
        if vague or before in _VAGUE_AFTER or (single and not self._counts(word, before)):
            return None, after
        return self._made(Decimal(value), after, kind), after

    def _made(self, value: Decimal, after: int, kind: Kind) -> Numeral:
        start, end = self._tokens[self._first].start, self._tokens[after - 1].end
        scale = _MULTIPLIERS.get(self._tokens[after - 1].word, 1)
        return Numeral(value, start, end, kind, scale)

    def _word(self, i: int) -> str:
        """The word of a token; empty when more than a space parts it from the one before."""
        if not 0 <= i < len(self._tokens):
            return ""
        near = i + 1 if i < self._first else i - 1
        left, right = sorted((i, near))
        if left != right and not self._adjacent(left):
            return ""
        return self._tokens[i].word

    def _adjacent(self, left: int) -> bool:
        """Only a space or a hyphen stands between a token and the next."""
        gap = slice(self._tokens[left].end, self._tokens[left + 1].start)
        return self._folded[gap] in _BETWEEN

    def _opens_number(self, one: int) -> bool:
        following = self._word(one + 1)
        return (
            following in _MULTIPLIERS
            or following in _COLLECTIVES
            or following in _FRACTIONS
            or following == "hundred"
        ) and not (self._tokens[one].word in {"une", "an"} and following in _FRACTIONS)

    def _counts(self, word: str, before: str) -> bool:
        """Whether a word alone is a number and not another word spelled alike."""
        following = self._word(self._first + 1)
        if word == "neuf":
            return bool(following) and len(following) > 2 and before not in _NEW
        if word in {"second", "seconde"}:
            return before in {"le", "la", "the"}
        if word in {"premier", "premiere", "first"}:
            return following not in _NOT_COUNTED and before != "at"
        return True

    def _value(self) -> tuple[int | None, int, Kind]:
        total = current = 0
        least, joined, i = 10**15, False, self._first
        while i < len(self._tokens) and (i == self._first or self._adjacent(i - 1)):
            word, starting = self._tokens[i].word, i == self._first
            if word in _ORDINALS:
                value = _ORDINALS[word]
                if not starting and not (_takes(current, value) and value < 100):
                    break
                return total + current + value, i + 1, "ordinal"
            if word in {"et", "and"} and not starting and self._joins(i, current):
                joined = True
                i += 1
                continue
            if word in _ONES:
                if not starting and not (_takes(current, 1) and self._adds_one(i, joined)):
                    break
                current += 1
            elif word in _HUNDREDS:
                if current >= 100:
                    break
                current = max(current, 1) * 100
            elif word in _MULTIPLIERS:
                multiplier = _MULTIPLIERS[word]
                if multiplier >= least:
                    break
                total, current, least = total + max(current, 1) * multiplier, 0, multiplier
            elif word in _COLLECTIVES:
                if total:
                    break
                value = max(current, 1) * _COLLECTIVES[word]
                exact = word in {"dozen", "douzaine", "douzaines"}
                if self._word(i + 1) in {"de", "d"} and self._word(i + 2) in _LARGE:
                    value, i = value * _LARGE[self._word(i + 2)], i + 2
                return value, i + 1, "exact" if exact else "about"
            elif word in {"vingt", "vingts"} and current % 100 == 4:
                current += 76
            else:
                value = _UNITS.get(word, 0) or _TEENS.get(word, 0) or _TENS.get(word, 0)
                if not value or not _takes(current, value):
                    break
                current += value
            joined = False
            i += 1
        return (total + current if i > self._first else None), i, "exact"

    def _adds_one(self, i: int, joined: bool) -> bool:
        """``vingt et un``, ``quatre-vingt-un``, ``cent un``; ``un`` is mostly an article."""
        hyphen = self._folded[self._tokens[i].start - 1] == "-"
        before = self._tokens[i - 1].word
        return self._tokens[i].word in {"un", "une", "one"} and (
            joined or hyphen or before in _HUNDREDS or before in _MULTIPLIERS
        )

    def _joins(self, i: int, current: int) -> bool:
        """``vingt et un``, ``soixante et onze``, ``two hundred and five``."""
        following = self._word(i + 1)
        if self._tokens[i].word == "et":
            return current % 100 in {20, 30, 40, 50, 60} and following in {
                "un", "une", "onze", "unieme",
            }  # fmt: skip
        before = self._tokens[i - 1].word
        return (before == "hundred" or before in {"thousand", "million"}) and (
            following in _UNITS or following in _TEENS or following in _TENS or following == "one"
        )


def _takes(current: int, value: int) -> bool:
    """Whether a number below a thousand can go on with one more word."""
    rest = current % 100
    if value < 10:
        return rest % 10 == 0 and (rest != 10 or value >= 7)
    if value < 20:
        return rest in {0, 60, 80}
    return rest == 0
