"""Whose words they are: "Nom : …", « … », dit Nom, selon Nom."""

from __future__ import annotations

from collections.abc import Iterator

from askdossier.lang.labels import NOUNS
from askdossier.verify.belonging.roles import roles
from askdossier.verify.belonging.stretch import Stretch


def misattributed(claim: Stretch, source: Stretch, cited: int) -> str | None:
    """Who says it in the source, where the claim lets somebody else say it.

    ``cited`` is the sentence of the source that says the most of the claim; the others stand round
    it.
    """
    told = frozenset[str]().union(*(_names(claim, one) for one in said_by(claim)))
    # Behind a label, a sentence may name whom it reports itself.
    theirs = [one for one in (_label(source, cited), *_speaking(source, cited)) if one]
    if not told or not theirs or any(told & _names(source, one) for one in theirs):
        return None
    return source.said(theirs[0])


def _speaking(source: Stretch, sentence: int) -> list[frozenset[int]]:
    """Who is named as saying something in one sentence."""
    return [
        one
        for one in said_by(source)
        if _names(source, one) and any(source.sentences[i] == sentence for i in one)
    ]


def said_by(stretch: Stretch, *, wanting: bool = False) -> Iterator[frozenset[int]]:
    """Who says something: subjects of verbs of saying, and whom "selon" names.

    With ``wanting``, of verbs by which somebody asks for something or refuses it, too.
    """
    words = stretch.grammar.standing
    verbs = words.telling | words.reporting
    if wanting:
        verbs |= words.planning | words.denying
    for one in roles(stretch):
        if one.doers and stretch.words[one.verb].lemma in verbs:
            yield one.doers
    for i in sorted(stretch.attributing):
        head = stretch.heads[i]
        if stretch.words[head].part in NOUNS:
            under = (head, *stretch.children[head])
            yield frozenset(j for j in under if stretch.words[j].part in NOUNS)
        for j in stretch.children[i]:
            yield frozenset((j, *stretch.children[j]))


def _label(source: Stretch, sentence: int) -> frozenset[int]:
    """The label above a sentence: its own, or that of the nearest one before."""
    for at in range(sentence, -1, -1):
        if source.speakers[at]:
            return source.speakers[at]
    return frozenset()


def _names(stretch: Stretch, words: frozenset[int]) -> frozenset[str]:
    """The forms of all names that the words are part of."""
    return frozenset(
        stretch.words[i].form
        for mention in stretch.names
        if mention.words & words
        for i in mention.words
    )
