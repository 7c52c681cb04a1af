"""Names and noun phrases in each other's place: who, whom, by whom, where."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Span

from swaps.passages import (
    TYPES,
    Made,
    Maker,
    Read,
    alike,
    bare,
    edited,
    lowered,
    one,
    plain,
    said_too,
    share_words,
    verb_of,
)

_JOINS = {"entre", "avec", "et", "ou", "between", "with", "and", "or", "comme", "as", "like"}


def names_exchanged(read: Read) -> Iterator[Made]:
    """Subject and another name of the same clause, each in the other's place."""
    for sentence in read.sentences:
        held = [n for n in read.names if sentence.start <= n.start and n.end <= sentence.end]
        for a in held:
            verb = a.root.head
            if a.root.dep_ not in read.grammar.subjects or verb.pos_ != "VERB":
                continue
            if verb.lemma_ in read.grammar.symmetric or bare(a) != "":
                continue
            for b in held:
                if (
                    a.start != b.start
                    and TYPES[a.label_] == TYPES[b.label_]
                    and not share_words(a.text, b.text)
                    and verb_of(b.root.head) == verb
                    and b.root.i not in {t.i for t in a.root.subtree}
                    and b.root.dep_ not in {"appos", "conj", "flat:name"}
                    and bare(b) not in {"le", "la", "les", "l'", "du", "des", "au", "the"}
                    and not any(t.text.lower() in _JOINS for t in read.doc[a.end : b.start])
                    and not list(b.root.conjuncts)
                    and not list(a.root.conjuncts)
                ):
                    yield Made(
                        "subject and other name",
                        edited(
                            sentence,
                            (a.start_char, a.end_char, b.text),
                            (b.start_char, b.end_char, a.text),
                        ),
                        supported=False,
                    )
                    return


def other_subject(read: Read) -> Iterator[Made]:
    """The name of another sentence as the subject."""
    for sentence in read.sentences:
        for a in read.names:
            if not (sentence.start <= a.start and a.end <= sentence.end):
                continue
            if a.root.dep_ not in read.grammar.subjects or bare(a) or list(a.root.conjuncts):
                continue
            if any(t.dep_ in {"appos", "acl:relcl", "relcl"} for t in a.root.subtree):
                continue
            others = [
                b
                for b in read.names
                if b.sent.start != sentence.start
                and TYPES[b.label_] == TYPES[a.label_]
                and b.text not in sentence.text
                and not share_words(b.text, sentence.text)
                and (bare(b) == "" or TYPES[b.label_] == "PER")
                and not said_too(read, b.text, verb_of(a.root.head), sentence)
            ]
            for b in one(read, others):
                yield Made(
                    "subject of another sentence",
                    edited(sentence, (a.start_char, a.end_char, b.text)),
                    supported=False,
                )
                return


_WHERE = {"à", "in", "at"}


def other_place(read: Read) -> Iterator[Made]:
    """The place of another event."""
    for sentence in read.sentences:
        for a in read.names:
            if not (sentence.start <= a.start and a.end <= sentence.end):
                continue
            if TYPES[a.label_] != "LOC" or bare(a) not in _WHERE or list(a.root.conjuncts):
                continue
            if not a.root.dep_.startswith(("obl", "nmod", "pobj")):
                continue
            others = [
                b
                for b in read.names
                if b.sent.start != sentence.start
                and TYPES[b.label_] == "LOC"
                and bare(b) == bare(a)
                and read.text.count(b.text) == 1  # not the whole that the other is a part of
                and b.text not in sentence.text
                and not share_words(b.text, sentence.text)
                and not said_too(read, b.text, verb_of(a.root), sentence)
            ]
            for b in one(read, others):
                yield Made(
                    "place of another event",
                    edited(sentence, (a.start_char, a.end_char, b.text)),
                    supported=False,
                )
                return


_SUPPORTS = frozenset(
    "prendre jouer perdre faire laisser poser porter tenir mettre donner connaître constituer voir "
    "trouver subir take play lose make leave hold give know see find do get suffer".split()
)
_HOLDS = frozenset("que qu' qui dont où de d' du des that who which of whose".split())


def vague(found: Span) -> bool:
    """Of a noun without a name or a definite determiner."""
    return found[0].text.lower() in {"un", "une", "des", "de", "d'", "a", "an", "some"}


def roles(read: Read) -> Iterator[Made]:
    """Subject and object, or subject and agent of a passive, exchanged."""
    for sentence in read.sentences:
        for verb in sentence:
            if verb.pos_ != "VERB" or verb.lemma_ in read.grammar.symmetric:
                continue
            subjects = [c for c in verb.children if c.dep_ in read.grammar.subjects]
            others = [
                c for c in verb.children if c.dep_ in read.grammar.objects | read.grammar.agent
            ]
            if len(subjects) != 1 or len(others) != 1 or subjects[0].pos_ == "PRON":
                continue
            a, b = subjects[0], others[0]
            passive = b.dep_ in read.grammar.agent
            if passive != (a.dep_ in read.grammar.passive):
                continue
            if passive and read.lang == "en":
                b = next((c for c in b.children if c.dep_ == "pobj"), b)
            first, second = plain(a), plain(b)
            if not first or not second or first.end > second.start or not alike(a, b):
                continue
            if any(list(w.conjuncts) for w in (a, b)) or share_words(first.text, second.text):
                continue
            if any(c.dep_ in {"expl:comp", "expl:subj", "iobj"} for c in verb.children):
                continue
            start = second.start_char
            new_first = lowered(second)
            if passive and second[0].pos_ == "ADP":  # par, stays where it is
                start = second[1].idx
                new_first = second[1:].text
            elif second[0].pos_ not in {"DET", "PROPN"}:
                continue
            if first[0].pos_ not in {"DET", "PROPN"} or new_first[:1] in {"d", "D"}:
                continue
            if not passive and (a.pos_ != b.pos_ or vague(second) or verb.lemma_ in _SUPPORTS):
                continue
            if any(
                n.end < len(read.doc) and read.doc[n.end].text.lower() in _HOLDS
                for n in (first, second)
            ):
                continue
            yield Made(
                "agent of a passive" if passive else "subject and object",
                edited(
                    sentence,
                    (first.start_char, first.end_char, new_first),
                    (start, second.end_char, lowered(first)),
                ),
                supported=False,
            )
            return


MAKERS: tuple[Maker, ...] = (
    names_exchanged,
    other_subject,
    other_place,
    roles,
)
