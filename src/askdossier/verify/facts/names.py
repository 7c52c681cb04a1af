"""The proper names of a sentence, as far as capitals tell them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from askdossier.text import fold

_SPACES = " \u00a0\u202f\u2009"
_CAPITAL = "[" + "".join(chr(c) for c in range(0x530) if chr(c).isupper()) + "]"
"""Of the Latin, Greek and Cyrillic alphabets; `re` has no class of capitals."""
ACRONYM = re.compile(rf"(?:{_CAPITAL}\.)+{_CAPITAL}(?:\.|(?!\w))")
_WORD = rf"(?:{_CAPITAL}(?:[\w&’'.-]*\w)?|[^\W_]+{_CAPITAL}\w*)"
_PARTICLE = (
    r"(?:(?:de|du|des|del|della|dos|da|di|der|den|la|le|les|von|van|zu|ten|al|el|bin|ibn|ben|of|the|"
    rf"&|sur|sous|en)[{_SPACES}]|[dl][’'])"
)
_NAME = re.compile(
    rf"(?<!\w)(?:(?:[DdLlNnSsCcJjMmTt]|[Qq]u|[Jj]usqu|[Ll]orsqu|[Pp]uisqu)[’'])?"
    rf"(?P<name>{_WORD}(?:[{_SPACES}-]{_PARTICLE}{{0,3}}{_WORD}|[{_SPACES}]\d+(?!\w))*)"
)
_PARTICLE_WORDS = re.compile(rf"[{_SPACES}-]{_PARTICLE}{{1,3}}")
_ROMAN_ORDINAL = re.compile(r"[IVX]+(?:er|re|e|ème)")
_NOT_A_BEGINNING = " \u00a0\u202f«“\"'(—–-•*"
_LOOKED_BACK = 12
"""Characters before a name: quotes, dashes and brackets may stand between it and a full stop."""
_HONORIFIC = re.compile(r"(?<!\w)(?:M|MM|Mr|Mrs|Ms|Dr|Pr|Prof|Me|Mgr|St)\.$")
_PLURAL_ARTICLE = re.compile(r"(?:\A|\W)(?:les|des|aux|ces|nos|vos|the|these|some) \Z")
_OPENING = re.compile(rf"(?P<word>\w+)(?:['’][\w'’]*)?(?:[{_SPACES}]+|\Z)")
"""A first word that no hyphen or sign joins to the next."""
_ADVERB = re.compile(r"\w{4,}(?:ement|amment|emment|[ae]lly|ently|ously|ively|edly|ately)")
# Words that open a sentence with a capital without being names.
_OPENERS = frozenset(
    fold(word)
    for word in (
        "le la les l un une des du de d au aux ce cet cette ces il elle ils elles on nous vous "
        "je tu son sa ses leur leurs mon ma mes notre nos votre vos qui que quoi dont où quand "
        "comment pourquoi combien quel quelle quels quelles et ou mais donc or ni car si selon "
        "dans en par pour sur sous avec sans chez vers entre depuis pendant avant après lors "
        "outre parmi plus moins très tout tous toute toutes oui non ainsi aussi alors enfin "
        "puis ensuite cependant toutefois néanmoins pourtant certains certaines plusieurs aucun "
        "aucune chaque c s n j m t qu jusqu lorsqu puisqu environ près quelque quelques comme "
        "même malgré grâce voici voilà the a an this that these those he she it they we you i "
        "his her its their our your my who what which when where why how and but so if "
        "according in at by for with without from to of as since during before after while "
        "about more less than yes no not some many several each every there here then however "
        "also thus nearly around monsieur madame mme janvier février mars avril mai juin "
        "juillet août septembre octobre novembre décembre january february march april may june "
        "july august september october november december lundi mardi mercredi jeudi vendredi "
        "samedi dimanche monday tuesday wednesday thursday friday saturday sunday aujourd "
        "quelqu presqu hier demain ici là ceci cela ça actuellement récemment seulement "
        "finalement jamais rien personne mieux bref bien notamment surtout désormais parfois "
        "souvent jadis autrefois bientôt maintenant déjà encore toujours celui celle ceux "
        "celles autre autres deux trois quatre cinq six sept huit neuf dix onze douze quinze "
        "vingt trente cent mille premier première deuxième finally only lastly today yesterday "
        "recently now still even never nothing nobody both all most one two three four five "
        "seven eight nine ten first second third dr mr mrs ms mlle mm mgr"
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
    plural: bool = False
    """A plural article stands before it: "les Russes"."""


@lru_cache(maxsize=2048)  # a claim is compared with the same sentences again and again
def names(text: str) -> tuple[Name, ...]:
    """Proper names in order; honorifics, openers, months and particles left out.

    None for a text all in capitals, where they tell nothing.
    """
    if text.isupper() and " " in text.strip():
        return ()
    found: list[Name] = []
    for match in _NAME.finditer(text):
        start = match.start("name")
        opens = match.start() == start and _begins(text, start)
        name = match["name"]
        opener = _OPENING.match(name)
        if opens and opener and _is_opener(opener["word"]):  # but Notre-Dame, AT&T
            name, opens = name[opener.end() :], False
        for part, begins in _parts(name, opens):
            capitals = frozenset(fold(word) for word in _words(part) if _is_capital(word))
            if capitals and not all(len(word) == 1 for word in capitals):
                before = fold(text[: text.index(part, match.start())])
                plural = _PLURAL_ARTICLE.search(before) is not None
                found.append(Name(part, capitals, begins, plural))
    return tuple(found)


def _begins(text: str, start: int) -> bool:
    """Whether a sentence, or what is quoted after a colon, begins there."""
    floor = max(0, start - _LOOKED_BACK)
    before = text[floor:start].rstrip(_NOT_A_BEGINNING)
    if not before:
        return floor == 0
    return before[-1] in ".!?…:;\n" and not _HONORIFIC.search(before)


def _parts(name: str, opens: bool) -> Iterator[tuple[str, bool]]:
    """Divide "Proposition de Daniel Kwan" at the head of a sentence: its first word may be none."""
    particle = _PARTICLE_WORDS.search(name) if opens else None
    if particle is None or len(_words(name[: particle.start()])) > 1:
        yield name, opens
    else:
        yield name[: particle.start()], True
        yield name[particle.end() :], False


def _words(name: str) -> list[str]:
    joined = ACRONYM.sub(lambda match: match[0].replace(".", "") + " ", name)
    return [word for word in re.split(r"[\W_]+", joined) if word]


def _is_capital(word: str) -> bool:
    """It has a capital or a digit, and is no opener, month or Roman ordinal."""
    return (
        fold(word) not in _OPENERS
        and not _ROMAN_ORDINAL.fullmatch(word)
        and not word.isdigit()
        and any(character.isupper() or character.isdigit() for character in word)
    )


def _is_opener(word: str) -> bool:
    folded = fold(word)
    return folded in _OPENERS or (len(word) >= 8 and _ADVERB.fullmatch(folded) is not None)
