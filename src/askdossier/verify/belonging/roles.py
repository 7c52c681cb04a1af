"""Who does, says or has what: the parts that words play beside a verb.

Passives are turned round, relative pronouns replaced by what they stand for, and joined verbs have
the subject that they share.
"""

from __future__ import annotations

from dataclasses import dataclass

from askdossier.lang.labels import (
    OBJECTS,
    PASSIVE_AUXILIARIES,
    PASSIVE_SUBJECTS,
    RELATIVE_CLAUSES,
    VERBS,
)
from askdossier.lang.parse import Word
from askdossier.verify.belonging.stretch import Stretch

_PREDICATES = VERBS | {"ADJ", "NOUN"}
_SUBJECT = "nsubj"
_AGENT = "obl:agent"
_BY = "agent"
"""Of the preposition before an agent, in ClearNLP's terms."""
_UNDERGOES = OBJECTS | PASSIVE_SUBJECTS | {"iobj", "dative"}
_SHARED = frozenset(("conj", "xcomp"))
_ATTRIBUTE = "acl"
"""Of a participle or an infinitive to its noun."""
_PAST_PARTICIPLE = frozenset(("VerbForm=Part", "Tense=Past"))
_NAMES_FURTHER = frozenset("flat:name flat:foreign flat appos compound amod poss".split())

Words = frozenset[int]
"""Indices of words of a stretch."""
_NONE: Words = frozenset()


@dataclass(frozen=True, slots=True)
class Roles:
    """What stands beside a verb."""

    verb: int
    doers: Words
    others: Words
    """Who or what undergoes it."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """A part of the claim that another plays in the source."""

    verb: str
    claimed: str
    found: str


def exchanged(claim: Stretch, source: Stretch) -> Exchange | None:
    """A verb beside which the claim puts one where the source puts another.

    Who says what a label stands before is compared by itself: see ``speakers``.
    """
    saying = claim.grammar.standing.telling | claim.grammar.standing.reporting
    theirs = roles(source)
    for mine in roles(claim):
        if any(source.speakers) and claim.words[mine.verb].lemma in saying:
            continue
        alike = [one for one in theirs if claim.stems[mine.verb] & source.stems[one.verb]]
        problems = [_differ(claim, source, mine, one) for one in alike]
        if problems and all(problems):
            return problems[0]
    return None


def roles(stretch: Stretch) -> list[Roles]:
    """Give the roles beside each verb that has any, and beside nouns and adjectives used as one."""
    found = []
    for verb, word in enumerate(stretch.words):
        if word.part in _PREDICATES:
            doers, others = _beside(stretch, verb)
            if doers or others:
                found.append(Roles(verb, doers, others))
    return found


def _beside(stretch: Stretch, verb: int) -> tuple[Words, Words]:
    """Who does it, and who or what undergoes it."""
    children = stretch.children[verb]
    doers = _all(stretch, [i for i in children if stretch.words[i].relation in (_SUBJECT, _AGENT)])
    doers |= _all(
        stretch,
        [j for i in children if stretch.words[i].relation == _BY for j in stretch.children[i]],
    )
    others = _all(stretch, [i for i in children if stretch.words[i].relation in _UNDERGOES])
    if not doers and any(stretch.words[i].form in stretch.grammar.inverting for i in children):
        doers, others = others, _NONE
    if stretch.words[verb].part not in VERBS:
        return doers, others
    inherited, undergoes = _inherited(stretch, verb, bool(doers))
    return (doers, others | inherited) if undergoes else (doers | inherited, others)


def _inherited(stretch: Stretch, verb: int, has_doers: bool) -> tuple[Words, bool]:
    """Who stands beside what a verb depends on, and whether they undergo it."""
    word, head = stretch.words[verb], stretch.heads[verb]
    if word.relation in _SHARED and not has_doers and stretch.words[head].part in _PREDICATES:
        passive = any(
            stretch.words[i].relation in PASSIVE_AUXILIARIES for i in stretch.children[verb]
        )
        return _beside(stretch, head)[0], passive and "VerbForm=Part" in word.features
    if word.relation == _ATTRIBUTE:
        return _whole(stretch, head, through=verb), word.features >= _PAST_PARTICIPLE
    return _NONE, False


def _all(stretch: Stretch, heads: list[int]) -> Words:
    return _NONE.union(*(_whole(stretch, head) for head in heads))


def _whole(stretch: Stretch, head: int, through: int | None = None) -> Words:
    """A name or noun with what only names it further, but for what hangs from ``through``.

    Of a relative pronoun, what it stands for.
    """
    word = stretch.words[head]
    if _is_relative(stretch, word):
        for at in stretch.above(head):
            if stretch.words[at].relation in RELATIVE_CLAUSES:
                return _whole(stretch, stretch.heads[at], through=at)
        return _NONE
    found = _NONE.union(
        *(
            _whole(stretch, child, through)
            for child in stretch.children[head]
            if child != through and _names_further(stretch.words[child])
        )
    )
    return found | {head, stretch.heads[head]} if word.relation == "appos" else found | {head}


def _is_relative(stretch: Stretch, word: Word) -> bool:
    relative = word.part == "PRON" and "PronType=Rel" in word.features
    return relative or word.form in stretch.grammar.relatives


def _names_further(word: Word) -> bool:
    """Whether a word names that which it depends on, or another beside it."""
    if word.relation == "conj":
        return word.part not in VERBS
    if word.relation == "nmod":
        return word.part == "PROPN"
    return word.relation in _NAMES_FURTHER


def _differ(claim: Stretch, source: Stretch, mine: Roles, theirs: Roles) -> Exchange | None:
    """What the two put otherwise beside a verb."""
    verb = claim.words[mine.verb].text
    doers, others = claim.stems_of(mine.doers), claim.stems_of(mine.others)
    real_doers, real_others = source.stems_of(theirs.doers), source.stems_of(theirs.others)
    if _is_certain(source, theirs) and ((doers and others) or (real_doers and real_others)):
        if doers & real_others and not doers & real_doers:
            found = theirs.doers or theirs.others
            return Exchange(verb, claim.said(mine.doers), source.said(found))
        if others & real_doers and not others & real_others:
            found = theirs.others or theirs.doers
            return Exchange(verb, claim.said(mine.others), source.said(found))
    # Somebody else does it: both are names, and stand in the source, so that neither is the other's
    # acronym.
    named, really = _named(claim, mine.doers), _named(source, theirs.doers)
    if source.places(named) and really and not named & really and not doers & real_doers:
        return Exchange(verb, claim.said(mine.doers), source.said(theirs.doers))
    return None


def _is_certain(source: Stretch, theirs: Roles) -> bool:
    """Whether the source says who does it, or that it is a passive."""
    passive = any(source.words[i].relation in PASSIVE_SUBJECTS for i in theirs.others)
    return passive or bool(source.stems_of(theirs.doers))


def _named(stretch: Stretch, words: Words) -> frozenset[str]:
    """Stems of all names that the words are part of."""
    names = (one.words for one in stretch.names if one.words & words)
    return stretch.stems_of(_NONE.union(*names))
