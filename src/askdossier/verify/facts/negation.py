"""What a sentence denies."""

from __future__ import annotations

import re
from collections.abc import Sequence

from askdossier.lang import LEXICONS
from askdossier.text import fold, search_tokens

_WORD = re.compile(r"non(?=-)|[^\W_]+(?:-[^\W_]+)*'?|[^\w\s'\"]")
_FORCLUSIVE = frozenset(
    "pas plus jamais rien aucun aucune aucunement personne guere ni nullement nulle".split()
)
"""The second half of "ne … pas"."""
_SUBJECTS = frozenset({"personne", "rien"})
"""Before "ne", they deny without a second half."""
_ALONE = frozenset(
    "ni aucun aucune aucunement jamais sans nul nulle nullement non "
    "not never no without neither nor cannot none nobody nothing hardly".split()
)
_PARTITIVE = frozenset("de d' du des un une encore le la les".split())
_LOOKED_AT = 6
"""Words between "ne" and "pas" at most."""
_CONTENT = 3
"""Words that count, behind a negation, as denied by it."""
_REACH = 8
_AUXILIARIES = frozenset("avoir etre faire".split())
_BORDERS = frozenset(".,;:!?…()")
_TURNS = frozenset("mais but que qu' car donc because".split())
# Followed by these a negation denies nothing: "pas seulement", "pas moins de 500", "sans doute".
_AFFIRMING = {
    "pas": frozenset("seulement uniquement moins plus".split()),
    "plus": frozenset("que qu'".split()),
    "rien": frozenset("que qu' moins".split()),
    "non": frozenset("seulement plus".split()),
    "sans": frozenset("doute cesse compter".split()),
    "nul": frozenset("doute".split()),
    "aucun": frozenset("doute".split()),
    "not": frozenset("only just merely less more fewer".split()),
    "no": frozenset("doubt less more fewer".split()),
    "without": frozenset("doubt".split()),
}
_NEGATIVE_VERBS = re.compile(
    r"(?<![\w-])(?:refus\w+|rejet\w+|interdi\w+|exclu(?!siv)\w*|dement\w*|nie|nient|refuse\w*|"
    r"reject\w*|den(?:y|ies|ied)|forbid\w*|ban(?:s|ned)?|cess(?:e|er|ent|ait|era|ant)|empech\w+|"
    r"echou\w+|renonc\w+|fail(?:s|ed)?|prevent\w*|stop(?:s|ped)?)(?![\w-])"
)


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
    if word in {"ne", "n'"}:
        if following in {"saurait", "sauraient"}:
            return i + 1
        for j in range(i + 1, min(i + 1 + _LOOKED_AT, len(words))):
            if words[j] in {"que", "qu'", "ne", "n'"} or words[j] in _BORDERS:
                break
            if words[j] in _FORCLUSIVE:
                after = words[j + 1] if j + 1 < len(words) else ""
                return None if after in _AFFIRMING.get(words[j], ()) else j + 1
        return i + 1 if i and words[i - 1] in _SUBJECTS else None
    if word.endswith("n'") and len(word) > 2 and following == "t":
        after = words[i + 2] if i + 2 < len(words) else ""
        return None if after in _AFFIRMING["not"] else i + 2
    if word in _ALONE and following not in _AFFIRMING.get(word, ()):
        return i + 1
    if word == "pas" and following in _PARTITIVE:
        return i + 1
    return None


def _behind(words: Sequence[str], start: int) -> list[str]:
    """The next few words that mean something, within the clause."""
    reach: list[str] = []
    counted = 0
    for word in words[start : start + _REACH]:
        if word in _BORDERS or word in _TURNS:
            break
        reach.append(word)
        counted += word not in _AUXILIARIES and bool(search_tokens(word, LEXICONS))
        if counted == _CONTENT:
            break
    return reach
