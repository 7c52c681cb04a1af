"""Whether a name stands in other words: to the letter, capitals included.

A name is looked for among capitalised words only: *le monde* is not *Le Monde*, nor is *un* the UN.
Two things may differ. A token all in capitals may be spelled out there (``IA``: intelligence
artificielle), or stand under its acronym in the other language (``IA``: AI). And a surname is
enough where the full name is known and nobody else bears it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from askdossier.core import Language
from askdossier.lang import LEXICONS
from askdossier.lang.forms import Forms, union
from askdossier.text import fold
from askdossier.verify.facts.names import ACRONYM, Name, names

_BETWEEN = 3
"""Words that may stand between two words of a name: particles, or other capitalised words."""
_PARTICLES = union(lambda known: known.names.particles | known.names.elided_particles)
_TOKEN = re.compile(r"[^\W_]+")
_JOINS = frozenset({" ", "-", "'", " & ", "&", "_"})
"""Folded: what may stand between the words of one name."""
_BEHIND_INITIAL = frozenset({".", ". ", ".-"})

_ELIDED_BEFORE_NOUNS = union(lambda known: known.names.elided_articles)
"""L'AI is an article and a name, J'AI a verb."""

_HYPHENED = re.compile(r"(?<!\w)(\w)\w*-\Z")
_LOOKED_BACK = 40
_LONG = 6
"""Characters of each word that a two-letter acronym may stand for: chance makes many others."""
_SHORTEST = 3
"""Characters of the longest word that an acronym leaves out."""
_MOST_LETTERS = 6

_INHABITANTS = Forms(lambda known: known.names.inhabitants)
"""Folded, in the plural: "les Russes", "les Parisiens"."""


@dataclass(frozen=True, slots=True)
class _Token:
    word: str
    """Folded."""
    capital: bool
    """It has a capital or a digit; all have where everything is in capitals."""
    acronym: bool
    """All of it is in capitals, among words that are not."""
    gap: str
    """What stands before it, folded."""
    begins: bool
    """A sentence begins with it, so that its capital proves nothing of a common word."""


def stands_in(name: Name, words: str, language: Language, known: Collection[Name] = ()) -> bool:
    """Whether ``words``, of that language, hold a name; see the module.

    ``known`` are the names of all that the words stand among: a surname alone is somebody's whose
    full name is there.
    """
    tokens = _tokens(words)
    return (
        _stands_as_it_is(name, words)
        or _found(name, tokens)
        or _as_acronym(name, tokens, language)
        or _as_many(name, tokens)
        or _by_surname(name, words, tokens, known)
    )


@lru_cache(maxsize=4096)  # the same sentences are compared again and again
def _tokens(words: str) -> tuple[_Token, ...]:
    joined = ACRONYM.sub(lambda match: match[0].replace(".", ""), words)
    loud = joined.isupper() and " " in joined.strip()
    found: list[_Token] = []
    end = 0
    for match in _TOKEN.finditer(joined):
        gap = re.sub(r"\s+", " ", fold(joined[end : match.start()]))
        capital = loud or any(c.isupper() or c.isdigit() for c in match[0])
        acronym = not loud and len(match[0]) > 1 and match[0].isupper()
        begins = not found or any(mark in gap for mark in ".!?:…")
        found.append(_Token(fold(match[0]), capital, acronym, gap, begins))
        end = match.end()
    return tuple(found)


def _stands_as_it_is(name: Name, words: str) -> bool:
    """Character for character, and not cut out of a longer one: Jean, of Jean-Paul."""
    if name.text not in words:
        return False
    for match in re.finditer(rf"(?<!\w){re.escape(name.text)}(?!\w)", words):
        before = _HYPHENED.search(words, max(0, match.start() - _LOOKED_BACK), match.start())
        behind = words[match.end() : match.end() + 2]
        if not (before and before[1].isupper()) and not (
            behind[:1] == "-" and behind[1:].isupper()
        ):
            return True
    return False


def _found(name: Name, tokens: Sequence[_Token]) -> bool:
    """All words of the name stand together there, at least one as a name; none cut out of one."""
    wanted, lead = name.words, _lead(name)
    own = frozenset(map(fold, _TOKEN.findall(name.text)))
    for i, token in enumerate(tokens):
        if token.word not in wanted:
            continue
        end = _run(tokens, i, wanted)
        if end is None or _is_cut(tokens, i, end, own):
            continue
        if any(one.capital for one in tokens[i:end] if one.word in wanted):
            return True
        before = tokens[i - 1] if i else None  # "le Premier ministre"
        if before and before.word == lead and before.capital and not before.begins:
            return True
    return False


def _lead(name: Name) -> str:
    """The word before those of the name that belongs to it: Le Monde, Premier Ministre."""
    words = [fold(word) for word in _TOKEN.findall(name.text)]
    first = next((i for i, word in enumerate(words) if word in name.words), 0)
    return words[first - 1] if first else ""


def _run(tokens: Sequence[_Token], start: int, wanted: Collection[str]) -> int | None:
    """Where the words of a name end that begin at ``start``; None when they are not all there."""
    left, between = set(wanted), 0
    for i in range(start, len(tokens)):
        token = tokens[i]
        initial = token.gap in _BEHIND_INITIAL and len(tokens[i - 1].word) == 1
        if i > start and token.gap not in _JOINS and not initial:
            return None
        if token.word in left:
            left.discard(token.word)
            between = 0
            if not left:
                return i + 1
        else:
            between += 1
            belongs = token.capital or token.gap in "-'" or token.word in _PARTICLES
            if between > _BETWEEN or not belongs:
                return None
    return None


def _is_cut(tokens: Sequence[_Token], start: int, end: int, own: Collection[str]) -> bool:
    """Whether a hyphen joins the words found to a further part of the name: Jean, of Jean-Paul."""
    first, after = tokens[start], tokens[end] if end < len(tokens) else None
    before = tokens[start - 1] if start else None
    return any(
        gap == "-"
        and other is not None
        and other.capital
        and not other.word.isdigit()
        and other.word not in own
        for gap, other in ((first.gap, before), (after.gap if after else "", after))
    )


def _as_acronym(name: Name, tokens: Sequence[_Token], language: Language) -> bool:
    """Whether an acronym stands under another one there, or its words do."""
    if not name.text.isupper() or len(name.words) > 1:
        return False
    (acronym,) = name.words
    if len(acronym) < 2 or not acronym.isalpha():
        return False
    things = {
        thing
        for known in LEXICONS.values()
        for thing, written in known.names.acronyms.items()
        if acronym in written
    }
    same = union(lambda known: _of_any(things, known.names.acronyms))
    if language in LEXICONS:
        same -= LEXICONS[language].names.not_acronyms
    spelled = {
        known.names.spelled_out[thing]
        for known in LEXICONS.values()
        for thing in things & known.names.spelled_out.keys()
    }
    elided = _ELIDED_BEFORE_NOUNS
    there = {
        token.word
        for before, token in pairwise([None, *tokens])
        if token and token.acronym and (token.gap != "'" or (before and before.word in elided))
    }
    pairs = {f"{a.word} {b.word}" for a, b in pairwise(tokens) if a.capital and b.capital}
    return (
        not there.isdisjoint(same)
        or not pairs.isdisjoint(spelled)
        or acronym in _initials(tokens, len(acronym))
    )


def _of_any(things: Collection[str], acronyms: Mapping[str, frozenset[str]]) -> frozenset[str]:
    return frozenset(word for thing in things for word in acronyms.get(thing, ()))


def _initials(tokens: Sequence[_Token], length: int) -> Iterator[str]:
    """The acronyms of that length that words in a row would make."""
    if not 2 <= length <= _MOST_LETTERS:
        return
    row: list[str] = []
    for token in tokens:
        if token.gap.strip() not in {"", "'", "-"}:
            row = []
        if len(token.word) > _SHORTEST:
            row = [*row[1 - length :], token.word]
            if len(row) == length and (length > 2 or min(map(len, row)) >= _LONG):
                yield "".join(word[0] for word in row)


def _as_many(name: Name, tokens: Sequence[_Token]) -> bool:
    """Whether one of several is called so there: "les Yakuzas", "le Yakuza".

    And people by their adjective: "les Russes", "un équipage russe".
    """
    if len(name.words) > 1 or not name.plural:
        return False
    (many,) = name.words
    one, people = many.removesuffix("s"), _INHABITANTS.fullmatch(many) is not None
    return any(
        token.word.removesuffix("s") == one and (token.capital or people) for token in tokens
    )


def _by_surname(name: Name, words: str, tokens: Sequence[_Token], known: Collection[Name]) -> bool:
    """Whether somebody known by the full name is called by the last one there."""
    if len(name.words) == 1:
        return False
    last = name.text.split()[-1]
    surname = frozenset(map(fold, _TOKEN.findall(last))) & name.words
    if not surname or not _found(Name(last, surname, opens=False), tokens):
        return False
    if any(surname & other.words and not other.words <= name.words for other in names(words)):
        return False
    bearers = [other.words for other in known if surname < other.words]
    return any(name.words <= other for other in bearers) and all(
        name.words <= other or other <= name.words for other in bearers
    )
