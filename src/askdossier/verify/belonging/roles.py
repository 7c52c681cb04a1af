"""Who does, says or has what: the parts that words play beside a verb.

Passives are turned round, relative pronouns replaced by what they stand for, and joined verbs have
the subject that they share.
"""

from __future__ import annotations

from dataclasses import dataclass

from askdossier.lang.labels import (
    NOUNS,
    OBJECTS,
    PASSIVE_AUXILIARIES,
    PASSIVE_SUBJECTS,
    RELATIVE_CLAUSES,
    VERBS,
)
from askdossier.lang.parse import Word
from askdossier.verify.belonging.contrast import more_or_less
from askdossier.verify.belonging.stretch import Stretch

_PREDICATES = VERBS | {"ADJ", "NOUN"}
_SUBJECT = "nsubj"
_AGENT = "obl:agent"
_DOES = frozenset((_SUBJECT, _AGENT))
_BY = "agent"
"""Of the preposition before an agent, in ClearNLP's terms."""
_UNDERGOES = OBJECTS | PASSIVE_SUBJECTS | {"iobj", "dative"}
_SHARED = frozenset(("conj", "xcomp"))
_ATTRIBUTE = "acl"
"""Of a participle or an infinitive to its noun."""
_IS = "attr"
"""Of a noun behind "to be", in ClearNLP's terms, to that verb."""
_BESIDE = "appos"
_CASE = "case"
_MEANT = frozenset("xcomp ccomp".split())
_AFTER_QUOTE = frozenset(',»”"?!')
"""What stands between the words somebody says and the verb that says so."""
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


def exchanged(claim: Stretch, source: Stretch, around: Stretch) -> Exchange | None:
    """A verb beside which the claim puts one where the source puts another.

    ``around`` is the source and the sentences round it, where the one of the claim may be told of.

    Who says what a label stands before is compared by itself: see ``speakers``.
    """
    saying = claim.grammar.standing.telling | claim.grammar.standing.reporting
    theirs = roles(source)
    for mine in roles(claim):
        if any(source.speakers) and claim.words[mine.verb].lemma in saying:
            continue
        if _is_modal(claim, mine.verb):
            continue  # its infinitive has the same subject
        if mine.verb in more_or_less(claim) and more_or_less(source):
            continue  # "A pays more than B" is "B pays less than A": see ``contrast``
        alike = [one for one in theirs if claim.stems[mine.verb] & source.stems[one.verb]]
        if claim.words[mine.verb].part == "NOUN" and len(alike) < len(
            source.places(claim.stems[mine.verb])
        ):
            continue  # of somebody else too, in words that are not understood
        problems = [
            _differ(claim, source, around, mine, one)
            or _another_does(claim, source, around, mine, one)
            for one in alike
            if not _left_out(claim, source, mine, one)
        ]
        if problems and all(problems):
            return problems[0]
    return None


def _left_out(claim: Stretch, source: Stretch, mine: Roles, theirs: Roles) -> bool:
    """Whether the doer of the claim has the verb in a joined clause that leaves it out.

    "Le moulin a coûté 30 000 euros et la halle 40 000": what stands behind it there must be the
    claim's figure or name.
    """
    figures, names = [one.words for one in claim.figures], [one.words for one in claim.names]
    told = claim.stems_of(_NONE.union(*figures, *names)) - claim.stems_of(mine.doers)
    inside = source.of_sentence(source.sentences[theirs.verb])
    for i in source.places(claim.stems_of(mine.doers)):
        if i not in inside or i <= theirs.verb or not source.is_joined(i):
            continue
        behind = []
        for j in inside:
            if j > i:
                if source.words[j].part in {"PUNCT", "CCONJ"}:
                    break
                behind.append(j)
        verbs = any(source.words[j].part in VERBS | {"AUX"} for j in behind)
        verbs |= any(source.words[j].part in VERBS for j in range(theirs.verb + 1, i))
        if not verbs and told & source.stems_of(behind):
            return True
    return False


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
    doers = _all(stretch, [i for i in children if stretch.words[i].relation in _DOES])
    doers |= _all(
        stretch,
        [j for i in children if stretch.words[i].relation == _BY for j in stretch.children[i]],
    )
    others = _all(stretch, [i for i in children if stretch.words[i].relation in _UNDERGOES])
    if any(stretch.words[i].relation in PASSIVE_AUXILIARIES for i in children):
        passive = _all(stretch, [i for i in children if stretch.words[i].relation == _SUBJECT])
        doers, others = doers - passive, others | passive
    inverting = [i for i in children if _inverts(stretch, stretch.words[i])]
    if not doers and (inverting or _says_behind(stretch, verb)):
        before = _all(stretch, inverting)  # "la pièce que joue la compagnie"
        doers, others = others - before, before
    if stretch.words[verb].part not in VERBS:
        return doers | _is_it(stretch, verb), others
    inherited, undergoes = _inherited(stretch, verb, bool(doers))
    return (doers, others | inherited) if undergoes else (doers | inherited, others)


def _turns(stretch: Stretch, verb: int) -> bool:
    """Whether what undergoes it may be its subject too: "le parc ferme"."""
    return stretch.words[verb].lemma in stretch.grammar.turning


def _is_modal(stretch: Stretch, verb: int) -> bool:
    """Whether a verb only says how another is meant: "pourrait fermer"."""
    return stretch.words[verb].lemma in stretch.grammar.standing.supposing_verbs and any(
        stretch.words[i].relation in _MEANT for i in stretch.children[verb]
    )


def _inverts(stretch: Stretch, word: Word) -> bool:
    """Whether it is a pronoun behind which a subject may follow its verb, and no conjunction."""
    return word.form in stretch.grammar.inverting and word.relation != "mark"


def _says_behind(stretch: Stretch, verb: int) -> bool:
    """Whether it is a verb of saying behind the words said: "« … », assure le maire"."""
    words = stretch.grammar.standing
    says = stretch.words[verb].lemma in words.telling | words.reporting
    first = verb
    while first and stretch.words[first - 1].part == "AUX":
        first -= 1
    return says and first > 0 and stretch.words[first - 1].text in _AFTER_QUOTE


def _is_it(stretch: Stretch, noun: int) -> Words:
    """Who is what a noun says: "Anne Roy, maire", "le maire Anne Roy", "Anne Roy is the mayor"."""
    word, head = stretch.words[noun], stretch.heads[noun]
    if word.part != "NOUN":
        return _NONE
    found = [i for i in stretch.children[noun] if stretch.words[i].relation == _BESIDE]
    if word.relation == _BESIDE:
        found.append(head)
    wholes = [_whole(stretch, i, through=noun) - {noun} for i in found]
    named = _NONE.union(*(one for one in wholes if any(map(stretch.is_name, one))))
    if word.relation == _IS:
        named |= _beside(stretch, head)[0]
    return named


def _inherited(stretch: Stretch, verb: int, has_doers: bool) -> tuple[Words, bool]:
    """Who stands beside what a verb depends on, and whether they undergo it."""
    word, head = stretch.words[verb], stretch.heads[verb]
    if word.relation in _SHARED and not has_doers and stretch.words[head].part in _PREDICATES:
        passive = any(
            stretch.words[i].relation in PASSIVE_AUXILIARIES for i in stretch.children[verb]
        )
        return _beside(stretch, head)[0], passive and "VerbForm=Part" in word.features
    if word.relation == _ATTRIBUTE:
        return _whole(stretch, head, through=verb), _is_participle(stretch, word)
    return _NONE, False


def _is_participle(stretch: Stretch, word: Word) -> bool:
    """Whether it is a past participle, and is spelled as one: "le bailleur rembourse" is none."""
    return word.features >= _PAST_PARTICIPLE and all(
        mark in word.form
        for verbs, mark in stretch.grammar.participles
        if word.lemma.endswith(verbs)
    )


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
            if child != through
            and _names_further(stretch.words[child])
            and not _is_addressed(stretch, child)
        )
    )
    return found | {head, stretch.heads[head]} if word.relation == "appos" else found | {head}


def _is_relative(stretch: Stretch, word: Word) -> bool:
    relative = word.part == "PRON" and "PronType=Rel" in word.features
    return relative or word.form in stretch.grammar.relatives


def _is_addressed(stretch: Stretch, i: int) -> bool:
    """Whether somebody is spoken to, as if it were one name: "dit Anne Roy à Jean Viel"."""
    return stretch.words[i].relation == "nmod" and any(
        stretch.words[j].relation == _CASE and stretch.words[j].form in stretch.grammar.towards
        for j in stretch.children[i]
    )


def _names_further(word: Word) -> bool:
    """Whether a word names that which it depends on, or another beside it."""
    if word.relation == "conj":
        return word.part not in VERBS
    if word.relation == "nmod":
        return word.part == "PROPN" or word.entity == "PER"
    return word.relation in _NAMES_FURTHER


def _differ(
    claim: Stretch, source: Stretch, around: Stretch, mine: Roles, theirs: Roles
) -> Exchange | None:
    """What the two put otherwise beside a verb."""
    verb = claim.words[mine.verb].text
    doers, others = claim.stems_of(mine.doers), claim.stems_of(mine.others)
    real_doers, real_others = source.stems_of(theirs.doers), source.stems_of(theirs.others)
    if _is_certain(source, theirs) and ((doers and others) or (real_doers and real_others)):
        turns = not others and _turns(claim, mine.verb)
        if doers & real_others and not doers & real_doers and not turns:
            found = theirs.doers or theirs.others
            return Exchange(verb, claim.said(mine.doers), source.said(found))
        if others & real_doers and not others & real_others:
            found = theirs.others or theirs.doers
            return Exchange(verb, claim.said(mine.others), source.said(found))
    # Somebody else does it: both are names, and stand in the source, so that neither is the other's
    # acronym.
    named, really = _named(claim, mine.doers), _named(source, theirs.doers)
    if around.places(named) and really and not named & really and not doers & real_doers:
        return Exchange(verb, claim.said(mine.doers), source.said(theirs.doers))
    return None


def _another_does(
    claim: Stretch, source: Stretch, around: Stretch, mine: Roles, theirs: Roles
) -> Exchange | None:
    """What does it in the source, which tells elsewhere of the one that does in the claim.

    Something else of what the claim says of it must stand beside the verb: many do the same.
    """
    quotes = _says_behind(source, theirs.verb)
    direct = quotes or _is_told(source, theirs)
    if claim.words[mine.verb].part not in VERBS or _turns(claim, mine.verb) or not direct:
        return None
    doing = [i for i in mine.doers if claim.stems[i]]
    said = claim.stems_of(claim.under(mine.verb) - {mine.verb, *mine.doers})
    joined = source.words[theirs.verb].relation == "conj"
    at = source.heads[theirs.verb] if joined else theirs.verb
    there = source.stems_of((source.under(at) | theirs.others) - {at, theirs.verb, *theirs.doers})
    if quotes:
        there |= source.stems_of(source.of_sentence(source.sentences[theirs.verb]))
    near = source.stems_of(_NONE.union(*(_all_under(source, i) for i in theirs.doers)))
    elsewhere = all(around.places(claim.stems[i]) and not claim.stems[i] & near for i in doing)
    if doing and said & there and elsewhere:
        return Exchange(
            claim.words[mine.verb].text, claim.said(mine.doers), source.said(theirs.doers)
        )
    return None


def _is_told(source: Stretch, theirs: Roles) -> bool:
    """Whether who does it stands beside the verb, or a relative pronoun that stands for it."""
    for i in source.children[theirs.verb]:
        word = source.words[i]
        relative = _is_relative(source, word) and bool(source.stems_of(theirs.doers))
        turned_round = _inverts(source, word) and bool(source.stems_of(theirs.doers))
        does = word.relation in _DOES and (word.part in NOUNS or relative)
        if word.relation == _BY or does or turned_round:
            return True
    return False


def _all_under(source: Stretch, i: int) -> Words:
    """A word and all that hangs from it, but for whoever is spoken to."""
    addressed = (source.under(j) for j in source.children[i] if _is_addressed(source, j))
    return source.under(i) - _NONE.union(*addressed)


def _is_certain(source: Stretch, theirs: Roles) -> bool:
    """Whether the source says who does it, or that it is a passive."""
    passive = any(source.words[i].relation in PASSIVE_SUBJECTS for i in theirs.others)
    return passive or bool(source.stems_of(theirs.doers))


def _named(stretch: Stretch, words: Words) -> frozenset[str]:
    """Stems of all names that the words are part of."""
    names = (one.words for one in stretch.names if one.words & words)
    return stretch.stems_of(_NONE.union(*names))
