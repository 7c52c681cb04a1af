"""Numbers of a spreadsheet as its cells show them: dates, amounts, percentages."""

from __future__ import annotations

import datetime
import math
import operator
import re
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache

from askdossier import lang

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)'
    r"|\[\$(?P<currency>[^\[\]-]*+)[^\[\]]*+\]|\[(?P<bracket>[^\[\]]*+)\]"
    r"|[_*].|(?P<general>General|Standard|E[+-])|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_SECTION = re.compile(r'(?:^|;)((?:"[^"]*"|\\.|\[[^\[\]]*+\]|[^;])*+)', re.DOTALL)
_SIGNS = re.compile(r"[\s()+\-−–—]+")
"""What says of a number only whether it is negative, or that it is none."""
_CONDITION = re.compile(r"\[(?P<sign><>|[<>]=?|=)(?P<limit>-?\d+(?:\.\d+)?)\]")
_HOLDS = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "=": operator.eq,
    "<>": operator.ne,
}  # fmt: skip
_THIN = "\u202f"
_LONGEST = 500
"""Characters of a format that are looked at."""
_EXACT = Context(prec=400, rounding=ROUND_HALF_UP)
"""Spreadsheets round halves up, in the decimal digits of a number: 1.005 is 1.01."""


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
    elapsed: bool = False
    """True for a length of time, which may have more hours than a day."""
    scale: int = 0
    """How many times a thousand is left out of the number."""
    words: bool = False
    """True where the words stand for the number, of which nothing is shown."""
    between: tuple[tuple[int, str], ...] = ()
    """Characters among the digits before the point, with the number of digits behind them."""


@lru_cache(maxsize=1000)
def parsed(code: str) -> Format:
    """The first section of a format code such as ``#,##0.00 "€"``."""
    before, after, digits, letters = "", "", "", ""
    percent = plain = elapsed = False
    last = 0  # where the last letter of a date ended
    among: list[tuple[int, str]] = []  # how many digits stand before each literal
    for token in _TOKEN.finditer(code[:_LONGEST]):
        other = token["other"]
        literal = token["quoted"] or token["escaped"] or token["currency"] or ""
        if token["general"]:
            plain = True
        elif token["bracket"] and token["bracket"].lower() in {"h", "hh", "m", "mm", "s", "ss"}:
            letters += token["bracket"].lower()[0]
            elapsed = True
        elif other == ";":
            break
        elif other and other.lower() in "ymdhs":
            apart = other in "dD" and letters[-1:] == "d" and token.start() > last
            letters += " d" if apart else other.lower()
            last = token.end()
        elif other and other in "0#?.,":
            digits += other
            if after and not plain and "." not in digits and "," not in digits:
                among.append((len(digits) - 1, after))
                after = ""
        elif other == "@" or (other == "/" and digits):
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
        return Format(date=letters, elapsed=elapsed)
    whole, _, fraction = digits.partition(".")
    decimals = sum(fraction.count(digit) for digit in "0#?") if digits and not plain else None
    # Commas behind the last digit are no separators: each leaves out a thousand.
    scale = len(whole) - len(whole.rstrip(",")) + fraction.count(",")
    grouped = "," in whole.rstrip(",")
    if plain or grouped:
        after, among = "".join(literal for _, literal in among) + after, []
    places = whole.replace(",", "")
    return Format(
        before, after, decimals, len(places[places.find("0") :]) if "0" in places else 0,
        grouped, percent, scale=scale,
        words=bool(before) and not (digits or plain or percent),
        between=tuple((len(places) - at, literal) for at, literal in among),
    )  # fmt: skip


@lru_cache(maxsize=1000)
def _sections(code: str) -> tuple[str, ...]:
    return tuple(_SECTION.findall(code[:_LONGEST]))


def _chosen(code: str, value: float) -> tuple[Format, bool]:
    """The section of a format code that holds for a number, and whether its sign stands there.

    By conditions such as ``[>=1000]0.0," k€"``; without, the second is that of negative numbers
    and the third that of zero. One that only looks different (red, in brackets, a dash for zero)
    is left for the first, so that the figure and its sign stay.
    """
    sections = _sections(code)
    if any(map(_CONDITION.search, sections)):
        for section in sections:
            condition = _CONDITION.search(section)
            if condition is None or _HOLDS[condition["sign"]](value, float(condition["limit"])):
                return parsed(section), True
        return parsed("General"), True
    first = parsed(sections[0])
    at = 1 if value < 0 else 2 if value == 0 else 0
    if at == 0 or at >= len(sections) or not sections[at]:
        return first, True
    own = parsed(sections[at])
    said = _said(own)
    if said == _said(first) or (not said and (own.words or at == 2)):
        return first, True
    return (own, False) if said else (replace(own, before="", after=""), True)


def _said(known: Format) -> str:
    """The words and units of a format, without what tells the sign."""
    return _SIGNS.sub("", known.before + known.after)


def shown(value: float, code: str, *, french: bool, from_1904: bool = False) -> str:
    """A number as its cell shows it; in French with a comma, thin spaces and days first."""
    if not math.isfinite(value):
        return f"{value:.12g}"
    known, signed = _chosen(code, value)
    if known.words:
        return known.before.strip()
    if known.date and known.elapsed:
        return _length(value, known.date)
    if known.date:
        return _moment(value, known.date, french, from_1904)
    # Of more than 15 digits the last is what is left of a calculation.
    exact = Decimal(f"{abs(value):.15g}" if abs(value) < 1e15 else repr(abs(value)))
    text = _figures(exact.scaleb(2 * known.percent - 3 * known.scale), known, french)
    sign = "-" if signed and value < 0 and re.search("[1-9]", text) else ""
    before = known.before.lstrip()
    return f"{before.replace('+', '') if sign else before}{sign}{text}{known.after.rstrip()}"


def _figures(number: Decimal, known: Format, french: bool) -> str:
    """The digits of a number that is not negative, and what stands between them."""
    if known.decimals is None:
        value = float(number)
        text = f"{value:.12g}" if value < 1e12 else f"{value:.0f}"
        text = f"{value:.10f}".rstrip("0") if "e" in text else text
    else:
        decimals = min(known.decimals, 15)
        number = number.quantize(Decimal(1).scaleb(-decimals), context=_EXACT)
        text = f"{number:{',' if known.grouped else ''}.{decimals}f}"
    whole, point, fraction = text.partition(".")
    if known.decimals is not None and not known.grouped:
        whole = whole.zfill(known.digits)
    for behind, literal in known.between:
        if (at := len(whole) - behind) > 0:
            whole = whole[:at] + literal + whole[at:]
    if french:
        whole, point = whole.replace(",", _THIN), "," if point else ""
    return whole + point + fraction


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
    if set(letters) == {"m"}:  # beside hours or seconds these are minutes
        return lang.of("fr" if french else "en").several.months[moment.month - 1]
    if set(letters) <= {"d", " "}:
        return _day_alone(moment, letters, french)
    if "y" not in letters and "d" not in letters:
        return time
    if "d" in letters:
        named = "ddd" in letters  # the day of the week is no part of a date in figures
        date = f"{_day_alone(moment, 'ddd', french)} " * named + _day(moment, french)
    elif "m" in letters:
        date = f"{moment:%m/%Y}" if french else f"{moment:%Y-%m}"
    else:
        date = f"{moment:%Y}"
    return f"{date} {time}" if "h" in letters else date


def _day_alone(moment: datetime.date, letters: str, french: bool) -> str:
    """The name of a day (``ddd``, ``dddd``), its number (``d``, ``dd``), or both."""
    name = lang.of("fr" if french else "en").weekdays[moment.weekday()]
    name = name if french else name.capitalize()
    numbers = {1: str(moment.day), 2: f"{moment.day:02d}"}
    return " ".join(numbers.get(len(part), name) for part in letters.split())


def _length(value: float, letters: str) -> str:
    """A length of time, given in days."""
    seconds = round(abs(value) * 86_400)
    minutes = seconds // 60
    text = str(minutes if "m" in letters else seconds)
    if "h" in letters:
        text = f"{minutes // 60}:{minutes % 60:02d}" if "m" in letters else str(minutes // 60)
    if "s" in letters and letters != "s":
        text += f":{seconds % 60:02d}"
    return f"-{text}" if value < 0 else text


def _day(moment: datetime.date, french: bool) -> str:
    return f"{moment:%d/%m/%Y}" if french else f"{moment:%Y-%m-%d}"
