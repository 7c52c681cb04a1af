"""The two sides that a question puts beside each other, by its grammar."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from askdossier import text
from askdossier.lang.labels import NOUNS
from askdossier.lang.parse import Word, parsed

_OUTSIDE = frozenset(("case", "cc", "mark", "punct", "predet"))
"""Relations of words that join a side to the rest of the sentence."""


def sides(question: str) -> tuple[str, str] | None:
    """The first two nouns that one conjunction joins, with what belongs to each.

    None where there are none, or one of them is a pronoun, which needs the other's noun.
    """
    words = parsed(question, text.answer_language(question))
    if words is None:
        return None
    for at, word in enumerate(words):
        head = word.head
        if head < at and word.relation == "conj" and {word.part, words[head].part} <= NOUNS:
            other = _below(words, at, ())
            one = [i for i in _below(words, head, other) if i < at]
            return _said(question, words, one), _said(question, words, other)
    return None


def _below(words: Sequence[Word], root: int, without: Collection[int]) -> list[int]:
    """A word and those that depend on it, in order; of its own, none that joins it to others."""
    found = {root}
    grows = True
    while grows:
        more = {
            i
            for i, word in enumerate(words)
            if word.head in found
            and i not in found
            and i not in without
            and not (word.head == root and word.relation in _OUTSIDE)
        }
        found |= more
        grows = bool(more)
    return sorted(found)


def _said(question: str, words: Sequence[Word], at: Sequence[int]) -> str:
    return question[words[at[0]].span.start : words[at[-1]].span.end]
