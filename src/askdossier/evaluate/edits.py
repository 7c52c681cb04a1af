"""Change one fact of a sentence by script, French or English: what a judge must not let through."""

from __future__ import annotations

import re
from collections.abc import Callable

from askdossier.verify import facts

Edit = Callable[[str, str], str | None]
"""Takes a sentence and another one to borrow from; None when it has nothing to change."""

_YEAR = re.compile(r"(?<!\w)(?:1\d|20)\d\d(?!\w)")
_MONTHS = {"janvier": "octobre", "mars": "juin", "avril": "août", "mai": "juillet"}
_MONTHS |= {new: old for old, new in _MONTHS.items()} | {"septembre": "mai", "novembre": "avril"}
_MONTHS |= {
    "January": "October",
    "February": "July",
    "March": "June",
    "April": "August",
    "June": "March",
    "July": "February",
    "August": "April",
    "September": "May",
    "October": "January",
    "November": "April",
    "December": "May",
}
_MONTH = re.compile(rf"(?<= )(?:{'|'.join(_MONTHS)})(?!\w)")
_VERB = re.compile(r" (est|sont|était|étaient|a|ont|fut|avait|peut|peuvent|doit|fait|permet) ")
_NEGATED = re.compile(r"\b(?:ne |n['’])(\w+) (?:pas|plus|jamais) ")
_ENGLISH_VERB = re.compile(r" (is|are|was|were|has|have|had|can|could|will|would|must|may) (?!not)")
_ENGLISH_NEGATED = re.compile(r" (is|are|was|were|has|have|had|can|could|will|would|must|may) not ")


def changed_figure(sentence: str, other: str) -> str | None:
    """Seven more than the first number that is no year."""
    del other
    for figure in facts.figures(sentence):
        digits = re.match(r"\d[\d \u00a0\u202f]*", figure.text)
        if digits and not _YEAR.fullmatch(digits[0].strip()):
            value = int(re.sub(r"\D", "", digits[0])) + 7
            rest = figure.text[len(digits[0].rstrip()) :]
            return sentence[: figure.span.start] + str(value) + rest + sentence[figure.span.end :]
    return None


def changed_date(sentence: str, other: str) -> str | None:
    """Another year, or else another month."""
    del other
    edited = _YEAR.sub(lambda year: str(int(year[0]) - 3), sentence, count=1)
    if edited == sentence:
        edited = _MONTH.sub(lambda month: _MONTHS[month[0]], sentence, count=1)
    return edited if edited != sentence else None


def changed_name(sentence: str, other: str) -> str | None:
    """The first name that does not open the sentence becomes one of another sentence."""
    mine = [name for name in facts.names(sentence) if not name.opens]
    new = [name for name in facts.names(other) if not name.opens]
    if not mine or not new or mine[0].words & new[0].words:
        return None
    return sentence.replace(mine[0].text, new[0].text, 1)


def changed_negation(sentence: str, other: str) -> str | None:
    """The negation taken out; where there is none, the first common verb negated."""
    del other

    def negate(match: re.Match[str]) -> str:
        return f" n'{match[1]} pas " if match[1][0] in "aeéo" else f" ne {match[1]} pas "

    for edited in (
        _NEGATED.sub(r"\1 ", sentence, count=1),
        _ENGLISH_NEGATED.sub(r" \1 ", sentence, count=1),
        _VERB.sub(negate, sentence, count=1),
        _ENGLISH_VERB.sub(r" \1 not ", sentence, count=1),
    ):
        if edited != sentence:
            return edited
    return None


EDITS: dict[str, Edit] = {
    "figure": changed_figure,
    "date": changed_date,
    "name": changed_name,
    "negation": changed_negation,
}
