"""Whom a pronoun of the source stands for, where the claim names somebody in its place.

Somebody of the other gender ("Mme Roque … M. Fabry. Elle …") is not meant. Where that tells
nothing, a subject most likely goes on with the subject of the sentence before (Grosz, Joshi and
Weinstein 1995, "Centering").
"""

from __future__ import annotations

from askdossier.lang.labels import PASSIVE_SUBJECTS
from askdossier.verify.belonging.roles import Exchange, roles
from askdossier.verify.belonging.stretch import Mention, Stretch
from askdossier.verify.facts import Name

_GENDERS = ("Gender=Masc", "Gender=Fem")
_PERSON = "PER"
_SUBJECTS = PASSIVE_SUBJECTS | {"nsubj"}


def other_referent(claim: Stretch, source: Stretch) -> Exchange | None:
    """Somebody who does what a pronoun does in the source, and for whom it does not stand."""
    for mine in roles(claim):
        named = _forms(claim, mine.doers)
        theirs = [i for i in source.places(claim.stems[mine.verb]) if _subject(source, i)]
        wrong = [_other(source, i, named) for i in theirs]
        if named and wrong and all(wrong):
            return Exchange(claim.words[mine.verb].text, claim.said(mine.doers), wrong[0])
    return None


def _subject(source: Stretch, verb: int) -> list[int]:
    return [i for i in source.children[verb] if source.words[i].relation in _SUBJECTS]


def _other(source: Stretch, verb: int, named: frozenset[str]) -> str:
    """For whom the pronoun before a verb stands, if for somebody else; else empty."""
    subjects = _subject(source, verb)
    pronoun = subjects[0]
    latter = _is_latter(source, pronoun)
    if len(subjects) > 1 or not (latter or source.words[pronoun].form in source.grammar.anaphors):
        return ""
    before = source.sentences[pronoun] - 1
    people = [one for one in source.names if _stands(source, one, before)]
    mine = [one for one in people if named & _forms(source, one.words)]
    if not mine or len(people) < 2 or any(_stands(source, one, before + 1) for one in people):
        return ""
    gender = next((g for g in _GENDERS if g in source.words[pronoun].features), "")
    fit = [one for one in people if not gender or source.titled(one.words) in ("", gender)]
    if latter:
        fit = fit[-1:]
    elif len(fit) > 1:
        fit = [one for one in fit if _is_subject(source, one)] if _opens(source, pronoun) else []
    if len(fit) != 1 or fit[0] in mine:
        return ""
    return fit[0].fact.text


def _stands(source: Stretch, one: Mention[Name], sentence: int) -> bool:
    """Whether it is somebody whom a sentence names."""
    return any(
        source.sentences[i] == sentence and source.words[i].entity == _PERSON for i in one.words
    )


def _is_latter(source: Stretch, i: int) -> bool:
    return any(i in at for phrase in source.grammar.latter for at in source.occurrences(phrase))


def _opens(source: Stretch, i: int) -> bool:
    return i == 0 or source.sentences[i - 1] != source.sentences[i]


def _is_subject(source: Stretch, one: Mention[Name]) -> bool:
    return any(source.words[i].relation in _SUBJECTS for i in one.words)


def _forms(stretch: Stretch, words: frozenset[int]) -> frozenset[str]:
    """Those of all names that the words are part of, without titles."""
    return frozenset(
        stretch.words[i].form
        for mention in stretch.names
        if mention.words & words
        for i in mention.words
        if stretch.words[i].form not in stretch.grammar.titles
    )
