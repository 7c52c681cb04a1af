"""Numbers of a spreadsheet as its cells show them: dates, amounts, percentages."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from functools import lru_cache

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)'
    r"|\[\$(?P<currency>[^\[\]-]*+)[^\[\]]*+\]|\[(?P<bracket>[^\[\]]*+)\]"
    r"|[_*].|(?P<general>General|Standard)|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_THIN = "\u202f"
_LONGEST = 500
"""Characters of a format that are looked at."""


@dataclass(frozen=True, slots=True)
class Format:
    """What a format code of a spreadsheet does with a number."""

    before: str = ""
    after: str = ""
    decimals: int | None = None
    """Digits behind the point; None for as many as there are."""
    digits: int = 1
    """Digits before the point at least."""
    grouped: bool = False
    percent: bool = False
    date: str = ""
    """The letters of its parts (``y``, ``m``, ``d``, ``h``, ``s``); empty for a number."""


@lru_cache(maxsize=1000)
def parsed(code: str) -> Format:
    """The format of positive numbers in a format code such as ``#,##0.00 "€"``."""
    before, after, digits, letters = "", "", "", ""
    percent = plain = False
    for token in _TOKEN.finditer(code[:_LONGEST]):
        other = token["other"]
        literal = token["quoted"] or token["escaped"] or token["currency"] or ""
        if token["general"]:
            plain = True
        elif token["bracket"] and token["bracket"].lower() in {"h", "hh", "m", "mm", "s", "ss"}:
            letters += token["bracket"].lower()[0]
        elif other == ";":
            break
        elif other and other.lower() in "ymdhs":
            letters += other.lower()
        elif other and other in "0#?.,":
            digits += other
        elif other in {"E", "e", "@"} or (other == "/" and digits):
            plain = True
        else:
            if other == "%":
                percent = True
            literal = literal or other or ""
            if digits or plain:
                after += literal
            else:
                before += literal
    if letters:
        return Format(date=letters)
    whole, _, fraction = digits.partition(".")
    decimals = sum(fraction.count(digit) for digit in "0#?") if digits and not plain else None
    return Format(before, after, decimals, whole.count("0"), "," in whole, percent)


def shown(value: float, code: str, *, french: bool, from_1904: bool = False) -> str:
    """A number as its cell shows it; in French with a comma, thin spaces and days first."""
    known = parsed(code)
    if known.date:
        return _moment(value, known.date, french, from_1904)
    value = value * 100 if known.percent else value
    if known.decimals is None:
        text = f"{abs(value):.12g}" if abs(value) < 1e12 else f"{abs(value):.0f}"
        text = f"{abs(value):.10f}".rstrip("0") if "e" in text else text
    else:
        decimals = min(known.decimals, 15)
        wide = known.digits + (decimals + 1 if decimals else 0)
        grouped = "," if known.grouped else f"0{wide}"
        text = f"{abs(value):{grouped}.{decimals}f}"
    if french:
        text = text.replace(",", _THIN).replace(".", ",")
    sign = "-" if value < 0 and text.strip("0,.") else ""
    return f"{known.before.lstrip()}{sign}{text}{known.after.rstrip()}"


def truth(value: bool, *, french: bool) -> str:
    """A truth value as a cell shows it."""
    return (("FAUX", "VRAI") if french else ("FALSE", "TRUE"))[value]


def _moment(value: float, letters: str, french: bool, from_1904: bool) -> str:
    start = datetime.datetime(1904, 1, 1) if from_1904 else datetime.datetime(1899, 12, 30)
    try:
        moment = start + datetime.timedelta(seconds=round(value * 86_400))
    except OverflowError:
        return f"{value:.12g}"
    time = f"{moment:%H:%M:%S}" if "s" in letters else f"{moment:%H:%M}"
    if "y" not in letters and "d" not in letters:
        return time
    if "d" in letters:
        date = _day(moment, french)
    elif "m" in letters:
        date = f"{moment:%m/%Y}" if french else f"{moment:%Y-%m}"
    else:
        date = f"{moment:%Y}"
    return f"{date} {time}" if "h" in letters else date


def _day(moment: datetime.date, french: bool) -> str:
    return f"{moment:%d/%m/%Y}" if french else f"{moment:%Y-%m-%d}"
