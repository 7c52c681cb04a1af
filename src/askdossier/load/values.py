"""What a cell of a table says: an amount, a date, where somebody is reached, or words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

_NUMBER = re.compile(
    r"[-–−+<>~≈]?\s?\d+(?:[\s\u00a0\u202f’']\d{3})*(?:[.,]\d+)*"
    r"\s?(?P<unit>%|€|\$|£|h|km|kg|m|ha|k€|m€|euros?|ans?)?",
    re.IGNORECASE,
)
_DATE = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}(?:[ T]\d{1,2}:\d{2}(?::\d{2})?)?")
_LONG_DATE = re.compile(r"(?:[^\W\d]+ )?\d{1,2}(?:er)? [^\W\d]+\.? \d{4}")
_REACHED = re.compile(r"\S[^\s@]*+@\S[^\s.]*+\.\S++|(?:\+?\d[ .]?){9,15}")
_SMALL = re.compile(r"\d{1,2}")
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")


def is_value(text: str) -> bool:
    """True for what never names a column: an amount, a date, an address of mail, a telephone.

    Years and small whole numbers do ("2024", "1").
    """
    text = text.strip()
    return kind(text) != "" and not (
        _SMALL.fullmatch(text) or _YEAR.fullmatch(text) or _LONG_DATE.fullmatch(text)
    )


def kind(text: str) -> str:
    """What sort of value a text is, amounts by their unit; empty for words."""
    text = text.strip()
    if _DATE.fullmatch(text) or _LONG_DATE.fullmatch(text):
        return "date"
    if _REACHED.fullmatch(text):
        return "reached"
    number = _NUMBER.fullmatch(text)
    return f"amount {(number['unit'] or '').lower()}" if number else ""


def has_digit(text: str) -> bool:
    """True for a text with a figure in it."""
    return any(character.isdigit() for character in text)


def is_year(text: str) -> bool:
    """True for a year, which may name a column or stand in one."""
    return _YEAR.fullmatch(text.strip()) is not None


def counts(texts: Sequence[str]) -> bool:
    """True where the small numbers among the texts name columns: 1, 2, 3; one alone is a value."""
    numbers = [int(text) for text in map(str.strip, texts) if _SMALL.fullmatch(text)]
    steps = {after - before for before, after in pairwise(numbers)}
    return not numbers or (len(steps) == 1 and min(steps) > 0)
