"""The facts of a sentence that must agree to the letter: figures, names, negation.

A fuzzy score can never tell 1 600 from 1 500 or "est" from "n'est pas"; these are therefore read
out of the text and compared as values. French and English; the module knows nothing of evidence
or citations.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from askdossier.records import Span
from askdossier.text import fold

_SPACES = " \u00a0\u202f\u2009"
_NUMBER = re.compile(
    rf"(?<![\w.,])[+-]?(?:\d{{1,3}}(?:[{_SPACES}]\d{{3}})+|\d+)(?:[.,]\d+)*"
    rf"(?:(?:er|re|e|è?me|nd|nde|st|rd|th|ᵉ|ᵉʳ)\b)?"
)
_SCALES = {
    "mille": 3, "millier": 3, "milliers": 3, "thousand": 3, "k": 3,
    "million": 6, "millions": 6, "m": 6, "mn": 6,
    "milliard": 9, "milliards": 9, "md": 9, "mds": 9, "billion": 9, "billions": 9, "bn": 9,
    "billion(fr)": 12,
}  # fmt: skip
_WORDS = {
    "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "huit": 8, "neuf": 9,
    "dix": 10, "onze": 11, "douze": 12, "treize": 13, "quatorze": 14, "quinze": 15, "seize": 16,
    "dix-sept": 17, "dix-huit": 18, "dix-neuf": 19, "vingt": 20, "trente": 30, "quarante": 40,
    "cinquante": 50, "soixante": 60, "soixante-dix": 70, "quatre-vingt": 80, "quatre-vingts": 80,
    "quatre-vingt-dix": 90, "cent": 100, "mille": 1000,
    "two": 2, "three": 3, "four": 4, "five": 5, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40,
    "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
    "hundred": 100, "thousand": 1000,
    "million": 10**6, "millions": 10**6, "milliard": 10**9, "milliards": 10**9,
    "billion": 10**9, "billions": 10**9,
    "douzaine": 12, "dozen": 12, "vingtaine": 20, "trentaine": 30, "quarantaine": 40,
    "cinquantaine": 50, "centaine": 100, "centaines": 100, "millier": 1000, "milliers": 1000,
}  # fmt: skip
_UNITS = {
    "%": "%", "pour cent": "%", "percent": "%", "per cent": "%",
    "€": "euro", "euro": "euro", "euros": "euro", "eur": "euro",
    "$": "dollar", "dollar": "dollar", "dollars": "dollar", "usd": "dollar",
    "£": "livre", "livres sterling": "livre", "pounds": "livre",
    "an": "year", "ans": "year", "annee": "year", "annees": "year", "year": "year",
    "years": "year", "mois": "month", "month": "month", "months": "month",
    "semaine": "week", "semaines": "week", "week": "week", "weeks": "week",
    "jour": "day", "jours": "day", "day": "day", "days": "day",
    "heure": "hour", "heures": "hour", "hour": "hour", "hours": "hour", "h": "hour",
    "minute": "minute", "minutes": "minute", "seconde": "second", "secondes": "second",
    "seconds": "second", "km": "km", "kilometres": "km", "kilometers": "km",
    "m": "metre", "metres": "metre", "meters": "metre", "kg": "kg", "watts": "watt", "w": "watt",
}  # fmt: skip
_UNIT = re.compile(
    rf"[{_SPACES}]?(?:d'|de[{_SPACES}])?("
    + "|".join(sorted((re.escape(unit) for unit in _UNITS), key=len, reverse=True))
    + r")(?!\w)"
)
_SCALE = re.compile(
    rf"[{_SPACES}]?("
    + "|".join(sorted((s for s in _SCALES if "(" not in s), key=len, reverse=True))
    + r")(?![\w])"
)
_MONEY_SIGN = re.compile(rf"([€$£])[{_SPACES}]?$")
_WORD_NUMBER = re.compile(
    r"(?<![\w-])(?:"
    + "|".join(sorted((re.escape(word) for word in _WORDS), key=len, reverse=True))
    + r")(?![\w-])"
)

_BOUNDS = {
    "more": ("plus de", "plus d'", "au moins", "au-dela de", "superieur a", "superieure a",
             "more than", "over", "at least", "above"),
    "less": ("moins de", "moins d'", "au plus", "inferieur a", "inferieure a", "less than",
             "fewer than", "under", "at most", "below", "up to", "jusqu'a", "pouvant atteindre"),
    "about": ("environ", "pres de", "quelque", "autour de", "a peu pres", "about", "around",
              "roughly", "nearly", "almost", "some", "approximately"),
}  # fmt: skip
_BOUND = re.compile(
    r"(?<![\w-])("
    + "|".join(
        sorted(
            (re.escape(word) for words in _BOUNDS.values() for word in words),
            key=len,
            reverse=True,
        )
    )
    + rf")[{_SPACES}]*(?:les |the |[€$£])?$"
)
_BOUND_OF = {word: bound for bound, words in _BOUNDS.items() for word in words}


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of the text, as value rather than as spelling."""

    values: frozenset[Decimal]
    """What it may mean: ``1,600`` is 1600 in English and 1.6 in French."""
    unit: str
    """``%``, ``euro``, ``year``…; empty when no known unit follows."""
    bound: str
    """``more``, ``less`` or ``about``; empty for a bare number."""
    span: Span
    text: str

    def agrees(self, other: Figure) -> bool:
        """Same value, and no contradiction between the units when both are known."""
        if not self.values & other.values:
            return False
        return not (self.unit and other.unit and self.unit != other.unit)


def figures(text: str) -> tuple[Figure, ...]:
    """All numbers of ``text`` in order: digits, scales (``3 millions``), and number words.

    Ordinals count (``1er``), numbers inside words do not (``GPT4``, ``4o``).
    """
    folded = fold(text)
    found: list[Figure] = []
    taken = 0
    for match in _NUMBER.finditer(folded):
        if match.start() < taken:
            continue
        values, end = _values(match.group()), match.end()
        if not values:
            continue
        scale = _SCALE.match(folded, end)
        # a bare "m" or "k" glued to a unit letter is not a scale ("5 m de long")
        if scale and (len(scale.group(1)) > 1 or _scaled_money(folded, scale.end(), match.start())):
            factor = Decimal(10) ** _SCALES[scale.group(1)]
            values, end = frozenset(value * factor for value in values), scale.end()
        unit, end = _unit(folded, match.start(), end)
        found.append(_figure(text, folded, match.start(), end, values, unit))
        taken = end
    digits = [figure.span for figure in found]
    words = list(_WORD_NUMBER.finditer(folded))
    i = 0
    while i < len(words):
        first = last = words[i]
        if any(span.start <= first.start() < span.end for span in digits):
            i += 1
            continue
        value, group = _WORDS[first.group()], [first.group()]
        while i + 1 < len(words) and re.fullmatch(
            rf"[{_SPACES}-](?:et[{_SPACES}-]|and[{_SPACES}-])?",
            folded[last.end() : words[i + 1].start()],
        ):
            i += 1
            last = words[i]
            group.append(last.group())
        value = _spoken(group)
        i += 1
        # "un million" is a figure, "des millions de" and a lone "mille" idiom are too vague
        if len(group) == 1 and group[0] in {"millions", "milliards", "billions", "milliers"}:
            continue
        unit, end = _unit(folded, first.start(), last.end())
        found.append(_figure(text, folded, first.start(), end, frozenset({Decimal(value)}), unit))
    return tuple(sorted(found, key=lambda figure: figure.span))


def _figure(
    text: str, folded: str, start: int, end: int, values: frozenset[Decimal], unit: str
) -> Figure:
    bound = _BOUND.search(folded[max(0, start - 24) : start])
    return Figure(
        values,
        unit,
        _BOUND_OF[bound.group(1)] if bound else "",
        Span(start, end),
        text[start:end].strip(),
    )


def _scaled_money(folded: str, end: int, start: int) -> bool:
    """Whether the one-letter scale ending at ``end`` stands with a currency (``3 M€``, ``$3m``)."""
    return folded[end : end + 1] in {"€", "$", "£"} or bool(
        _MONEY_SIGN.search(folded[max(0, start - 2) : start])
    )


def _unit(folded: str, start: int, end: int) -> tuple[str, int]:
    unit = _UNIT.match(folded, end)
    if unit:
        return _UNITS[unit.group(1)], unit.end()
    sign = _MONEY_SIGN.search(folded[max(0, start - 2) : start])
    return (_UNITS[sign.group(1)] if sign else ""), end


def _values(number: str) -> frozenset[Decimal]:
    """The values a spelled number may have in French or English."""
    digits = re.match(rf"[+-]?[\d.,{_SPACES}]+", number)
    if digits is None:
        return frozenset()
    bare = re.sub(f"[{_SPACES}]", "", digits.group()).rstrip(".,")
    parts = re.split(r"[.,]", bare)
    if len(parts) == 1:
        return frozenset({Decimal(bare)})
    separators = re.findall(r"[.,]", bare)
    values: set[Decimal] = set()
    groups = all(len(part) == 3 for part in parts[1:]) and 1 <= len(parts[0].lstrip("+-")) <= 3
    if groups and len(set(separators)) == 1:  # 1,600 or 1.600.000
        values.add(Decimal("".join(parts)))
    if len(parts) == 2:  # 3,5 or 3.5
        values.add(Decimal(".".join(parts)))
    elif len(set(separators)) == 2 and separators[-1] not in separators[:-1]:  # 1,600.50
        values.add(Decimal("".join(parts[:-1]) + "." + parts[-1]))
    return frozenset(value.normalize() for value in values)


def _spoken(group: list[str]) -> int:
    """``deux cent mille`` → 200000."""
    total = current = 0
    for word in group:
        value = _WORDS[word]
        if value >= 1000:
            total += max(current, 1) * value
            current = 0
        elif value == 100:
            current = max(current, 1) * 100
        else:
            current += value
    return total + current


# --- names ----------------------------------------------------------------------------------------

_NAME_WORD = r"(?:[A-ZÀ-ÖØ-Þ][\w&’'.-]*\w|[A-ZÀ-ÖØ-Þ]\b\.?|\w+[A-ZÀ-ÖØ-Þ]\w*)"
_NAME = re.compile(
    rf"(?<![\w’'])(?:[dlDL][’'])?(?P<name>{_NAME_WORD}"
    rf"(?:[{_SPACES}-](?:(?:de|du|des|d’|d'|la|le|von|van|of|the|and|et|&)[{_SPACES}])*{_NAME_WORD}"
    rf"|[{_SPACES}]\d+)*)"
)
# Words that open a sentence with a capital without being names.
_OPENERS = frozenset(
    fold(word)
    for word in (
        "le la les l un une des du de d au aux ce cet cette ces il elle ils elles on nous vous je "
        "tu son sa ses leur leurs mon ma mes notre nos votre vos qui que quoi dont où quand comment "
        "pourquoi combien quel quelle quels quelles et ou mais donc or ni car si selon dans en par "
        "pour sur sous avec sans chez vers entre depuis pendant avant après lors outre parmi plus "
        "moins très tout tous toute toutes oui non ainsi aussi alors enfin puis ensuite cependant "
        "toutefois néanmoins pourtant certains certaines plusieurs aucun aucune chaque c s n j m t "
        "qu jusqu lorsqu puisqu environ près quelque quelques comme même malgré grâce voici voilà "
        "the a an this that these those he she it they we you i his her its their our your my who "
        "what which when where why how and or but so if according in on at by for with without "
        "from to of as since during before after while about more less than yes no not some many "
        "several each every there here then however also thus nearly around monsieur madame m mme "
        "janvier février mars avril mai juin juillet août septembre octobre novembre décembre "
        "january february march april may june july august september october november december "
        "lundi mardi mercredi jeudi vendredi samedi dimanche monday tuesday wednesday thursday "
        "friday saturday sunday"
    ).split()
)


@dataclass(frozen=True, slots=True)
class Name:
    """A run of capitalised words."""

    text: str
    words: frozenset[str]
    """Its words, folded, without particles."""
    opens: bool
    """It stands at the beginning of the sentence, where a capital proves nothing."""


def names(text: str) -> tuple[Name, ...]:
    """Proper names as far as capitals tell them, in order; honorifics and openers left out."""
    found: list[Name] = []
    for match in _NAME.finditer(text):
        words = [word for word in re.split(r"[^\w]+", match.group("name")) if word]
        start = match.start("name")
        before = text[:start].rstrip(" \u00a0\u202f«“\"'(—–-•*")
        opens = not before or before[-1] in ".!?…:;\n"
        if opens and fold(words[0]) in _OPENERS:
            words, opens = words[1:], False
        kept = [
            word
            for word in words
            if fold(word) not in _OPENERS
            and (len(word) > 1 or word.isupper())
            and word[0].isalnum()
        ]
        capitals = [word for word in kept if any(c.isupper() for c in word)]
        if not capitals or all(len(word) == 1 for word in capitals):
            continue
        found.append(Name(match.group("name"), frozenset(fold(word) for word in capitals), opens))
    return tuple(found)


# --- negation -------------------------------------------------------------------------------------

_WORD = r"[\w'-]+"
_NEGATION = re.compile(
    r"(?<![\w-])(?:"
    # ne … pas: the verb stands between, what it denies behind; "ne … que" only restricts
    rf"n(?:e |')(?P<between>(?:(?!que\b|qu'){_WORD} ){{0,3}}?(?:(?!que\b|qu'){_WORD} )?)"
    r"(?:pas|plus|jamais|rien|aucune?|personne|guere|ni)"
    r"|ni|aucune?|jamais|sans|nulle?|pas (?:de|d'|encore|du|un|une)"
    r"|not|never|no|without|neither|nor|cannot|\w+n't|none|nobody|nothing"
    rf")(?![\w-])(?P<behind>(?: {_WORD}){{0,3}})"
)
_NEGATIVE_VERBS = re.compile(
    r"(?<![\w-])(?:refus\w+|rejet\w+|interdi\w+|exclu\w*|dement\w*|nie|nient|refuse\w*|reject\w*|"
    r"den(?:y|ies|ied)|forbid\w*|ban(?:s|ned)?)(?![\w-])"
)


def denied(text: str) -> tuple[str, ...]:
    """The words in the reach of each negation: its verb and the three words that follow.

    ``ne … que`` restricts and denies nothing.
    """
    folded = re.sub(rf"[{_SPACES}\n]+", " ", fold(text))
    return tuple(
        f"{match.group('between') or ''} {match.group('behind')}"
        for match in _NEGATION.finditer(folded)
    )


def negative_verbs(text: str) -> bool:
    """Whether a verb that denies or refuses stands in the text, which may stand for a negation."""
    return _NEGATIVE_VERBS.search(fold(text)) is not None
