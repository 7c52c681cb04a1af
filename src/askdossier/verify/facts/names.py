"""The proper names of a sentence, as far as capitals tell them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from askdossier.lang import LEXICONS
from askdossier.lang.forms import Forms, union
from askdossier.text import fold

_SPACES = " \u00a0\u202f\u2009"
_CAPITAL = "[" + "".join(chr(c) for c in range(0x530) if chr(c).isupper()) + "]"
"""Of the Latin, Greek and Cyrillic alphabets; `re` has no class of capitals."""
ACRONYM = re.compile(rf"(?:{_CAPITAL}\.)+{_CAPITAL}(?:\.|(?!\w))")
_WORD = rf"(?:{_CAPITAL}(?:[\w&’'.-]*\w)?|[^\W_]+{_CAPITAL}\w*)"
_PARTICLE = (
    rf"(?:(?:{'|'.join(union(lambda known: known.names.particles))}|&)[{_SPACES}]"
    rf"|(?:{'|'.join(union(lambda known: known.names.elided_particles))})[’'])"
)
_ELIDED = "|".join(known.names.elided for known in LEXICONS.values() if known.names.elided)
_NAME = re.compile(
    rf"(?<!\w)(?:(?:{_ELIDED})[’'])?"
    rf"(?P<name>{_WORD}(?:[{_SPACES}-]{_PARTICLE}{{0,3}}{_WORD}|[{_SPACES}]\d+(?!\w))*)"
)
_PARTICLE_WORDS = re.compile(rf"[{_SPACES}-]{_PARTICLE}{{1,3}}")
_ROMAN_ORDINAL = re.compile(r"[IVX]+(?:er|re|e|ème)")
_NOT_A_BEGINNING = " \u00a0\u202f«“\"'(—–-•*"
_LOOKED_BACK = 12
"""Characters before a name: quotes, dashes and brackets may stand between it and a full stop."""
_HONORIFIC = re.compile(rf"(?<!\w)(?:{'|'.join(union(lambda known: known.names.honorifics))})\.$")
_PLURAL_ARTICLE = re.compile(
    rf"(?:\A|\W)(?:{'|'.join(union(lambda known: known.names.plural_articles))}) \Z"
)
_OPENING = re.compile(rf"(?P<word>\w+)(?:['’][\w'’]*)?(?:[{_SPACES}]+|\Z)")
"""A first word that no hyphen or sign joins to the next."""
_ADVERB = Forms(lambda known: known.names.adverbs)
_OPENERS = union(lambda known: known.names.openers)


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
