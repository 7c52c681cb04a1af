"""Numbers written in words: ``deux cent mille``, ``twenty-one``.

Each token is looked at a bounded number of times: linear on any input.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from askdossier.lang import LEXICONS
from askdossier.lang.forms import table, union

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


_ONES = union(lambda known: known.numbers.ones)
_SINGLE = _ONES | union(lambda known: known.numbers.articles)
_NOT_BEFORE_PARTS = union(lambda known: known.numbers.not_before_parts)
_UNITS = table(lambda known: known.numbers.units)
_TEENS = table(lambda known: known.numbers.teens)
_TENS = table(lambda known: known.numbers.tens)
_SCORE = union(lambda known: known.numbers.score)
_HUNDREDS = union(lambda known: known.numbers.hundreds)
_COUNTED_HUNDREDS = union(lambda known: known.numbers.counted_hundreds)
_MULTIPLIERS = table(lambda known: known.numbers.multipliers)
_COLLECTIVES = table(lambda known: known.numbers.collectives)
_EXACT = union(lambda known: known.numbers.exact)
_OF = union(lambda known: known.numbers.of)
_LARGE = table(lambda known: known.numbers.large)
_VAGUE = union(lambda known: known.numbers.vague)
_VAGUE_BEHIND = union(lambda known: known.numbers.vague_behind)
_ORDINALS = table(lambda known: known.numbers.ordinals)
_PARTS = table(lambda known: known.numbers.parts)
_HALVES = table(lambda known: known.numbers.halves)
_HALF_BEFORE = table(lambda known: known.numbers.half_before)
_JOINS_ONE = table(lambda known: known.numbers.joins_one)
_JOINS_REST = table(lambda known: known.numbers.joins_rest)
_SHORTEST = 2
"""Characters of the longest word that is nothing to count."""
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
            word in _HALF_BEFORE
            and self._word(first + 1) == _HALF_BEFORE[word]
            and self._word(first + 2) in _MULTIPLIERS
        ):
            half = Decimal(_MULTIPLIERS[self._word(first + 2)]) / 2
            return self._made(half, first + 3, "exact"), first + 3
        if word in _HALVES:
            if _HALVES[word] and self._word(first + 1) not in _HALVES[word]:
                return None, first + 1
            return self._made(Decimal(50), first + 1, "fraction"), first + 1
        if word in _SINGLE and not self._opens_number(first):
            return None, first + 1
        value, after, kind = self._value()
        if value is None:
            return None, after
        if kind == "exact" and self._word(after) in _PARTS and value <= 3:
            parts = Decimal(value * 100) / _PARTS[self._word(after)]
            return self._made(parts, after + 1, "fraction"), after + 1
        single = after == first + 1
        vague = single and word in _VAGUE
        if vague or before in _VAGUE_BEHIND or (single and not self._counts(word, before)):
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
            or following in _PARTS
            or following in _COUNTED_HUNDREDS
        ) and not (self._tokens[one].word in _NOT_BEFORE_PARTS and following in _PARTS)

    def _counts(self, word: str, before: str) -> bool:
        """Whether a word alone is a number and not another word spelled alike."""
        following = self._word(self._first + 1)
        alike = [
            known.numbers.homographs[word]
            for known in LEXICONS.values()
            if word in known.numbers.homographs
        ]
        return not alike or any(
            (not one.behind or before in one.behind)
            and before not in one.not_behind
            and following not in one.not_before
            and (not one.counts or len(following) > _SHORTEST)
            for one in alike
        )

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
            if not starting and self._joins(i, current):
                joined = True
                i += 1
                continue
            if word in _SINGLE:
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
                exact = word in _EXACT
                if self._word(i + 1) in _OF and self._word(i + 2) in _LARGE:
                    value, i = value * _LARGE[self._word(i + 2)], i + 2
                return value, i + 1, "exact" if exact else "about"
            elif word in _SCORE and current % 100 == 4:
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
        return self._tokens[i].word in _ONES and (
            joined or hyphen or before in _HUNDREDS or before in _MULTIPLIERS
        )

    def _joins(self, i: int, current: int) -> bool:
        """``vingt et un``, ``soixante et onze``, ``two hundred and five``."""
        word, before, following = self._tokens[i].word, self._tokens[i - 1].word, self._word(i + 1)
        if following in _JOINS_ONE.get(word, ()):
            return current % 100 in {20, 30, 40, 50, 60}
        return before in _JOINS_REST.get(word, ()) and any(
            following in numbers for numbers in (_UNITS, _TEENS, _TENS, _ONES)
        )


def _takes(current: int, value: int) -> bool:
    """Whether a number below a thousand can go on with one more word."""
    rest = current % 100
    if value < 10:
        return rest % 10 == 0 and (rest != 10 or value >= 7)
    if value < 20:
        return rest in {0, 60, 80}
    return rest == 0
