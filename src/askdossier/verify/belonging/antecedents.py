"""For which thing a pronoun of the source stands, where the claim puts another in its place.

"Le collectif a publié la tribune. Elle réunit 300 signatures": gender and number tell that it is
the "tribune". That a noun is the subject tells less of things than of people ("Le conseil a adopté
le règlement. Il entrera en vigueur …"); for whom of two people it stands: see ``pronouns``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from askdossier.lang.labels import NOUNS, OBJECTS, PASSIVE_SUBJECTS, VERBS
from askdossier.verify.belonging.stretch import Stretch

_GENDERS = frozenset(("Gender=Masc", "Gender=Fem"))
_NUMBERS = frozenset(("Number=Sing", "Number=Plur"))
_PLURAL = "Number=Plur"
_SUBJECTS = PASSIVE_SUBJECTS | {"nsubj"}
_AGENT = "obl:agent"
_BY, _OF_BY = "agent", "pobj"
"""Of the preposition before an agent, and of its noun to it, in ClearNLP's terms."""
_PERSON = "PER"
_FULL_NAME = 2
"""Words of a name from which it is surely somebody's: a company may be called by a surname."""
_CALLED = frozenset("appos flat flat:name flat:foreign compound".split())
"""Relations of a name to the noun that it names, or the other way round."""
_SAME = _CALLED | {"cop"}


@dataclass(frozen=True, slots=True)
class Antecedent:
    """Of whom the claim says what the source says of a pronoun, and what that stands for there."""

    pronoun: str
    claimed: str
    found: str
    """All for which it may stand."""


def other_antecedent(claim: Stretch, source: Stretch) -> Antecedent | None:
    """Something that is what a pronoun is in the source, and for which it does not stand."""
    for verb in range(len(claim.words)):
        for passive, noun in _doers(claim, verb):
            wrong = [_other(claim, noun, source, at, passive) for at in alike(claim, verb, source)]
            found = [one for one in wrong if one is not None]
            if found and len(found) == len(wrong):
                return found[0]
    return None


# --- what is said of it ---------------------------------------------------------------------------


def _doers(stretch: Stretch, verb: int) -> Iterator[tuple[bool, int]]:
    """The nouns that are subject or object of a verb, and whether they undergo it."""
    undergoes = _is_passive(stretch, verb)
    for i in stretch.children[verb]:
        relation = stretch.words[i].relation
        if relation in _SUBJECTS:
            found = [(undergoes, i)]
        elif relation in OBJECTS:
            found = [(True, i)]
        elif relation == _AGENT:
            found = [(False, i)]
        elif relation == _BY:
            inner = stretch.children[i]
            found = [(False, j) for j in inner if stretch.words[j].relation == _OF_BY]
        else:
            found = []
        yield from (one for one in found if _is_single(stretch, one[1]))


def _is_passive(stretch: Stretch, verb: int) -> bool:
    return any(stretch.words[i].relation in PASSIVE_SUBJECTS for i in stretch.children[verb])


def _is_single(stretch: Stretch, noun: int) -> bool:
    """Whether a noun or a name, and nothing beside it, is meant."""
    joined = any(stretch.words[i].relation == "conj" for i in stretch.children[noun])
    return stretch.words[noun].part in NOUNS and not joined


def alike(claim: Stretch, verb: int, source: Stretch) -> list[int]:
    """Where the source says the same: the verb, with something else that the claim says of it."""
    said = _told(claim, verb)
    found = []
    for i, word in enumerate(source.words):
        same = claim.stems[verb] & source.stems[i]
        empty = not claim.stems[verb] and word.lemma == claim.words[verb].lemma
        if word.part not in VERBS and not same:
            continue
        there = _told(source, i)
        if (same and (not said or said & there)) or (empty and said & there):
            found.append(i)
    return found


def _told(stretch: Stretch, verb: int) -> frozenset[str]:
    """Stems of what hangs from a verb, but for its subject."""
    own = [i for i in stretch.children[verb] if stretch.words[i].relation in _SUBJECTS]
    subjects = frozenset[int]().union(*(stretch.under(i) for i in own))
    return stretch.stems_of(stretch.under(verb) - subjects - {verb})


# --- what it stands for ---------------------------------------------------------------------------


def _other(
    claim: Stretch, noun: int, source: Stretch, verb: int, passive: bool
) -> Antecedent | None:
    """For what the pronoun before a verb stands, if it cannot for what the claim names."""
    subjects = _subjects(source, verb)
    if len(subjects) != 1 or _is_passive(source, verb) != passive:
        return None
    (pronoun,) = subjects
    if source.words[pronoun].form not in source.grammar.anaphors:
        return None
    before = _before(source, pronoun)
    mine = [i for i in before if _is_meant(claim, noun, source, i)]
    fit = [i for i in before if _fits(source, i, source.words[pronoun].features)]
    if not mine or not fit or any(_is_same(source, i, mine) for i in fit):
        return None
    leads = any(source.words[i].relation in _SUBJECTS for i in fit)
    if all(_differs(claim, noun, source, i, pronoun, leads=leads) for i in mine):
        found = " / ".join(dict.fromkeys(source.words[i].text for i in fit))
        return Antecedent(source.words[pronoun].text, claim.words[noun].text, found)
    return None


def _subjects(source: Stretch, verb: int) -> list[int]:
    """Those of a verb, or of the one that it is joined to where it has none."""
    found = [i for i in source.children[verb] if source.words[i].relation in _SUBJECTS]
    if not found and source.words[verb].relation == "conj":
        return _subjects(source, source.heads[verb])
    return found


def _before(source: Stretch, pronoun: int) -> list[int]:
    """The nouns of the sentence before, and of its own ahead of it; names with what they name."""
    sentence = source.sentences[pronoun]
    return [
        i
        for i in range(pronoun)
        if source.sentences[i] in (sentence - 1, sentence)
        and source.words[i].part in NOUNS
        and (source.stems[i] or source.is_name(i))
        and _head(source, i) == i
    ]


def _head(source: Stretch, i: int) -> int:
    """The noun that a name stands behind: "la société" of "la société Borel"."""
    while True:
        word, head = source.words[i], source.heads[i]
        bare = not any(source.words[j].part == "ADP" for j in source.children[i])
        calls = word.relation in _CALLED or (word.relation == "nmod" and bare)
        named = calls and head != i and source.words[head].part in NOUNS
        if word.part != "PROPN" or not named:
            return i
        i = head


def _is_meant(claim: Stretch, noun: int, source: Stretch, i: int) -> bool:
    """Whether a noun of the source, or a name behind it, is that of the claim."""
    own = claim.stems[noun] or {claim.words[noun].form}
    if own & (source.stems[i] | {source.words[i].form}):
        return True
    called = (j for j in source.under(i) if _head(source, j) == i)
    return claim.words[noun].part == "PROPN" and any(
        own & (source.stems[j] | {source.words[j].form}) for j in called
    )


def _fits(source: Stretch, i: int, pronoun: frozenset[str]) -> bool:
    """Whether a pronoun may stand for a noun, so far as its features are known."""
    features = source.words[i].features
    if source.words[i].part != "NOUN" and not features & (_GENDERS | _NUMBERS):
        return False
    for kind in (_GENDERS, _NUMBERS):
        told = features & kind
        if told and pronoun & kind and told != pronoun & kind:
            return False
    return not (_is_thing(pronoun) and _is_person(source, i))


def _differs(
    claim: Stretch, noun: int, source: Stretch, i: int, pronoun: int, *, leads: bool
) -> bool:
    """Whether a pronoun cannot stand for what the claim names.

    ``leads``: another for which it may is a subject before it. Else a plural may be several people
    who are told of as one.
    """
    words = source.grammar.referents
    mine, features = source.words[i], source.words[pronoun].features
    if _is_thing(features):
        return _is_person(source, i)
    number = mine.features & _NUMBERS
    if number and features & _NUMBERS and number != features & _NUMBERS:
        gathers = mine.lemma in words.gathering or not words.gendered or mine.part == "PROPN"
        return (leads and mine.relation not in _SUBJECTS) or not (_PLURAL in features and gathers)
    gender = _gender(claim, noun, source, i)
    both = gender and features & _GENDERS
    return bool(both) and gender != features & _GENDERS


def _gender(claim: Stretch, noun: int, source: Stretch, i: int) -> frozenset[str]:
    """That of a noun, as its determiner or both texts have it; empty where it tells nothing."""
    words, mine = source.grammar.referents, source.words[i]
    if not words.gendered:
        return frozenset()
    if told := _titled(source, i):
        return frozenset((told,))
    if mine.part != "NOUN" or mine.lemma in words.epicene or _is_of_person(source, i):
        # "la chanteuse" tells it, "le maire" doesn't.
        formed = mine.part == "NOUN" and mine.lemma != mine.form and "Gender=Fem" in mine.features
        named = claim.words[noun].part == "PROPN"
        told_so = _agreeing(claim, noun) if named else frozenset[str]()
        return frozenset(("Gender=Fem",)) if formed else told_so
    before = [source.words[j] for j in source.children[i] if source.words[j].part in ("DET", "ADP")]
    articles = frozenset[str]().union(*(word.features & _GENDERS for word in before))
    if articles:
        return articles if articles == mine.features & _GENDERS else frozenset()
    both = claim.words[noun].features & mine.features & _GENDERS
    return both if claim.words[noun].lemma == mine.lemma else frozenset()


def _is_of_person(source: Stretch, i: int) -> bool:
    """Whether a noun stands before somebody's name, and is not that of a firm called so."""
    called = (j for j in source.under(i) if j != i and _head(source, j) == i)
    person = any(source.words[j].entity == _PERSON for j in called)
    return person and source.words[i].lemma not in source.grammar.referents.gathering


def _agreeing(claim: Stretch, noun: int) -> frozenset[str]:
    """The gender that a participle of the claim gives to its subject, by its spelling."""
    verb = claim.words[claim.heads[noun]]
    passive = claim.words[noun].relation in PASSIVE_SUBJECTS and "VerbForm=Part" in verb.features
    spelled = verb.form.rstrip("s").endswith("e") == ("Gender=Fem" in verb.features)
    return verb.features & _GENDERS if passive and spelled else frozenset()


def _is_thing(pronoun: frozenset[str]) -> bool:
    return "Gender=Neut" in pronoun


def _is_person(source: Stretch, i: int) -> bool:
    """Whether it is somebody, by a title or a name of several words."""
    if source.words[i].part != "PROPN":
        return False
    mine = [one.words for one in source.names if i in one.words]
    long = mine and source.words[i].entity == _PERSON and len(mine[0]) >= _FULL_NAME
    return bool(long) or bool(_titled(source, i))


def _titled(source: Stretch, i: int) -> str:
    """The gender that a title of the name tells in which a word stands; else empty."""
    mine = (one.words for one in source.names if i in one.words)
    return source.titled(next(mine, frozenset((i,))))


def _is_same(source: Stretch, i: int, mine: list[int]) -> bool:
    """Whether two nouns are of one thing: "le navire, une frégate", "le navire est une frégate"."""
    if i in mine:
        return True
    for one in mine:
        for a, b in ((i, one), (one, i)):
            called = _head(source, source.heads[a]) == b
            if called and source.words[a].relation in _SAME:
                return True
            copula = any(source.words[j].relation == "cop" for j in source.children[b])
            if source.heads[a] == b and source.words[a].relation in _SUBJECTS and copula:
                return True
            # Two subjects of one verb are one: a parser takes what stands beside it for another.
            beside = source.words[a].relation == "attr" or (
                source.words[a].relation in _SUBJECTS and source.words[b].relation in _SUBJECTS
            )
            if beside and source.heads[a] == source.heads[b]:
                return True
    return False
