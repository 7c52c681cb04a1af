"""What a sentence denies."""

from __future__ import annotations

import re
from collections.abc import Sequence

from askdossier.lang import LEXICONS
from askdossier.lang.forms import table, union
from askdossier.text import fold, search_tokens

_WORD = re.compile(r"non(?=-)|[^\W_]+(?:-[^\W_]+)*'?|[^\w\s'\"]")
_OPENING = union(lambda known: known.negation.opening)
_CLOSING = union(lambda known: known.negation.closing)
_RESTRICTING = union(lambda known: known.negation.restricting)
_SUBJECTS = union(lambda known: known.negation.subjects)
_VERBS = union(lambda known: known.negation.verbs)
_ALONE = union(lambda known: known.negation.alone)
_CONTRACTED = {
    known.negation.contracted: known.negation.contracted_as
    for known in LEXICONS.values()
    if known.negation.contracted
}
_BEFORE_PARTITIVE = {
    known.negation.before_partitive: known.negation.partitives for known in LEXICONS.values()
}
_AFFIRMING = table(lambda known: known.negation.affirming)
_AUXILIARIES = union(lambda known: known.negation.auxiliaries)
_TURNS = union(lambda known: known.negation.turns)
_BORDERS = frozenset(".,;:!?…()")
_ENDING = _RESTRICTING | _OPENING | _BORDERS
"""Behind the first half, what ends the search for the second."""
_NEGATIVE_VERBS = re.compile(
    r"(?<![\w-])(?:"
    + "|".join(filter(None, (known.negation.negative_verbs for known in LEXICONS.values())))
    + r")(?![\w-])"
)
_LOOKED_AT = 6
"""Words between "ne" and "pas" at most."""
_CONTENT = 3
"""Words that count, behind a negation, as denied by it."""
_REACH = 8


def denied(text: str) -> tuple[str, ...]:
    """The words in the reach of each negation: its verb, and the words that follow it.

    "Ne … que" restricts and denies nothing, nor does "pas seulement"; "plus de 500" is no negation.
    """
    words = [match[0] for match in _WORD.finditer(fold(text))]
    found: list[str] = []
    i = 0
    while i < len(words):
        end = _negation(words, i)
        if end is None:
            i += 1
            continue
        verb = words[i + 1 : end - 1]
        found.append(" ".join([*verb, *_behind(words, end)]))
        i = end
    return tuple(found)


def negative_verbs(text: str) -> bool:
    """Whether a verb that denies or refuses stands in the text, which may stand for a negation."""
    return _NEGATIVE_VERBS.search(fold(text)) is not None


def _negation(words: Sequence[str], i: int) -> int | None:
    """The index after the negation that begins at word ``i``, if one does."""
    word = words[i]
    following = words[i + 1] if i + 1 < len(words) else ""
    if word in _OPENING:
        if following in _VERBS:
            return i + 1
        for j in range(i + 1, min(i + 1 + _LOOKED_AT, len(words))):
            if words[j] in _ENDING:
                break
            if words[j] in _CLOSING:
                after = words[j + 1] if j + 1 < len(words) else ""
                return None if after in _AFFIRMING.get(words[j], ()) else j + 1
        return i + 1 if i and words[i - 1] in _SUBJECTS else None
    if word.endswith("n'") and len(word) > 2 and following in _CONTRACTED:
        after = words[i + 2] if i + 2 < len(words) else ""
        return None if after in _AFFIRMING.get(_CONTRACTED[following], ()) else i + 2
    if word in _ALONE and following not in _AFFIRMING.get(word, ()):
        return i + 1
    if following in _BEFORE_PARTITIVE.get(word, ()):
        return i + 1
    return None


def _behind(words: Sequence[str], start: int) -> list[str]:
    """The next few words that mean something, within the clause."""
    reach: list[str] = []
    counted = 0
    for word in words[start : start + _REACH]:
        if word in _BORDERS or word in _TURNS:
            break
        if word in _AUXILIARIES:
            continue  # "sans être placé" denies what "n'a pas été placé" does
        reach.append(word)
        counted += bool(search_tokens(word, LEXICONS))
        if counted == _CONTENT:
            break
    return reach
