"""Numbers of a spreadsheet as its cells show them: dates, amounts, percentages."""

from __future__ import annotations

import datetime
import operator
import re
from dataclasses import dataclass
from functools import lru_cache

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)'
    r"|\[\$(?P<currency>[^\[\]-]*+)[^\[\]]*+\]|\[(?P<bracket>[^\[\]]*+)\]"
    r"|[_*].|(?P<general>General|Standard|E[+-])|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_SECTION = re.compile(r'(?:"[^"]*"|\\.|\[[^\]]*+\]|[^;])++', re.DOTALL)
_CONDITION = re.compile(r"\[(?P<sign><>|[<>]=?|=)(?P<limit>-?\d+(?:\.\d+)?)\]")
_HOLDS = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "=": operator.eq,
    "<>": operator.ne,
}  # fmt: skip
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
    elapsed: bool = False
    """True for a length of time, which may have more hours than a day."""
    scale: int = 0
    """How many times a thousand is left out of the number."""
    words: bool = False
    """True where the words stand for the number, of which nothing is shown."""


@lru_cache(maxsize=1000)
def parsed(code: str) -> Format:
    """The first section of a format code such as ``#,##0.00 "€"``."""
    before, after, digits, letters = "", "", "", ""
    percent = plain = elapsed = False
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
            letters += other.lower()
        elif other and other in "0#?.,":
            digits += other
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
    return Format(
        before, after, decimals, whole.count("0"), "," in whole.rstrip(","), percent, scale=scale,
        words=bool(before) and not (digits or plain or percent),
    )  # fmt: skip


def _section(code: str, value: float) -> str:
    """The section of a format code whose condition holds, such as ``[>=1000]0.0," k€"``.

    Without conditions the first: negative numbers get their sign here.
    """
    if not _CONDITION.search(code[:_LONGEST]):
        return code
    sections = _SECTION.findall(code[:_LONGEST])
    for section in sections:
        condition = _CONDITION.search(section)
        if condition is None or _HOLDS[condition["sign"]](value, float(condition["limit"])):
            return str(section)
    return "General"


def shown(value: float, code: str, *, french: bool, from_1904: bool = False) -> str:
    """A number as its cell shows it; in French with a comma, thin spaces and days first."""
    known = parsed(_section(code, value))
    if known.words:
        return known.before.strip()
    if known.date and known.elapsed:
        return _length(value, known.date)
    if known.date:
        return _moment(value, known.date, french, from_1904)
    value = (value * 100 if known.percent else value) / 1000**known.scale
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
    before = known.before.lstrip()
    return f"{before.replace('+', '') if sign else before}{sign}{text}{known.after.rstrip()}"


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
