"""Who is what, where several people are named with what they are: "A, directeur de B, et C".

Parsers fail at such lists, whose order tells: what stands behind a name between commas or in
brackets is told of that name, and so is what stands right before it ("l'actrice A"), or before it
and a comma where the list begins with it ("le président, A, le trésorier, B").
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from askdossier.lang.labels import VERBS
from askdossier.verify.belonging.roles import Exchange
from askdossier.verify.belonging.stretch import Stretch

_PERSON = "PER"
_PLURAL = "Number=Plur"
_OPENING, _CLOSING, _COMMA = "(", ")", ","
_IS = "is"
_AND = "and"
_END = "end"
_SHORTEST = 3
"""Letters of a word by which somebody is told from others: no particle, no initial."""


@dataclass(slots=True)
class _Part:
    """What stands between two marks: a name, nouns, or both."""

    before: str
    """The mark before it: a comma, "and", a bracket, a copula; empty where something else is."""
    nouns: list[int] = field(default_factory=list)
    person: list[int] = field(default_factory=list)
    direct: list[int] = field(default_factory=list)
    """Nouns right before the name."""
    several: bool = False
    """Whether the first noun is a plural, of which a list behind it tells who they are."""
    article: bool = False
    """Whether it begins with one: "le président, A"; a bare noun is of who stands before it."""
    led: str = ""
    """The preposition that it begins with."""
    after: str = ""

    @property
    def is_name(self) -> bool:
        return bool(self.person) and not self.nouns

    @property
    def is_office(self) -> bool:
        return bool(self.nouns) and not self.person


Told = dict[int, frozenset[str]]
"""Of nouns by which somebody is told of, the forms of his name."""


def other_office(claim: Stretch, source: Stretch) -> Exchange | None:
    """What the claim says that somebody is, where the source says it of others alone."""
    theirs = _told(source)
    for noun, mine in _told(claim).items():
        own = _keys(claim, noun)
        there = [
            i for i in range(len(source.words)) if _is_noun(source, i) and own & _keys(source, i)
        ]
        said = [theirs.get(i, frozenset[str]()) for i in there]
        if not said or not all(said) or any(one & mine for one in said):
            continue
        if any(word.form in mine for word in source.words):
            name = " ".join(w.text for w in claim.words if w.form in mine)
            other = " ".join(dict.fromkeys(w.text for w in source.words if w.form in said[0]))
            return Exchange(claim.words[noun].text, name, other)
    return None


def _keys(stretch: Stretch, i: int) -> frozenset[str]:
    """A noun in the masculine, by its lemma and as it is written."""
    return frozenset(
        _masculine(stretch, one) for one in (stretch.words[i].lemma, stretch.words[i].form)
    )


def _masculine(stretch: Stretch, word: str) -> str:
    for feminine, masculine in stretch.grammar.referents.feminines:
        if word.endswith(feminine):
            return word.removesuffix(feminine) + masculine
    return word


# --- who is told to be what -----------------------------------------------------------------------


def _told(stretch: Stretch) -> Told:
    """Each noun of an office, with whose it is."""
    found: Told = {}
    for sentence in range(len(stretch.speakers)):
        for run in _runs(stretch, stretch.of_sentence(sentence)):
            for part, person in _bound(run):
                name = frozenset(
                    stretch.words[i].form for i in person if len(stretch.words[i].form) >= _SHORTEST
                )
                # "directeur de l'école": the director is meant.
                tops = (i for i in part if stretch.heads[i] == i or stretch.heads[i] not in part)
                single = (i for i in tops if _PLURAL not in stretch.words[i].features)
                found.update((i, name) for i in single if name)
    return found


def _bound(run: Sequence[_Part]) -> Iterator[tuple[list[int], list[int]]]:
    """Nouns and the name that they are told of, in a run of parts that marks alone hold apart."""
    at = 0
    last: list[int] = []  # the name of the office before
    while at < len(run):
        one, next_ = run[at], run[at + 1] if at + 1 < len(run) else None
        bound, step = last if one.before == _AND else [], 1
        if one.direct and one.person:
            yield one.direct, one.person
            bound = []
        elif one.several:
            bound = []
        elif next_ and one.is_office and next_.is_name and _stands_ahead(one, next_):
            if not bound:
                yield one.nouns, next_.person
            step, bound = 2, next_.person
        elif next_ and one.is_name and next_.is_office and _stands_behind(one, next_):
            yield next_.nouns, one.person
            step, bound = 2, one.person
        elif bound and one.is_office:
            yield one.nouns, bound
        else:
            bound = []
        last, at = bound, at + step


def _stands_ahead(office: _Part, name: _Part) -> bool:
    return name.before == _IS or (name.before == _COMMA and office.article)


def _stands_behind(name: _Part, office: _Part) -> bool:
    if office.before in (_OPENING, _IS):
        return True
    closed = office.after in (_COMMA, _CLOSING, _AND, _END)
    return office.before == _COMMA and closed and not office.led and not name.led


# --- parts between marks --------------------------------------------------------------------------


def _runs(stretch: Stretch, sentence: Sequence[int]) -> Iterator[list[_Part]]:
    """The parts of a sentence, in runs that a verb or another word ends."""
    run: list[_Part] = []
    part = _Part("")
    for i in sentence:
        mark = _mark(stretch, i)
        if mark is None:
            _add(stretch, part, i)
            continue
        if part.nouns or part.person:
            part.after = mark
            run.append(part)
            part = _Part(mark)
        elif part.before != _OPENING or mark != _COMMA:
            part = _Part(_AND if _AND in (part.before, mark) else mark)
        if mark in ("", _END) and run:
            yield run
            run = []
    if part.nouns or part.person:
        part.after = _END
        run.append(part)
    if run:
        yield run


def _mark(stretch: Stretch, i: int) -> str | None:
    """What a word is that ends a part: a mark, "and", a copula, or empty; None of any other."""
    word = stretch.words[i]
    if word.form in (_COMMA, _OPENING, _CLOSING):
        return word.form
    if word.part == "CCONJ":
        return _AND
    if word.part in VERBS:
        return _IS if word.lemma in stretch.grammar.defining.copulas else ""
    if word.part == "PUNCT":
        return _END
    return "" if word.part in ("PRON", "SCONJ", "ADV") else None


def _add(stretch: Stretch, part: _Part, i: int) -> None:
    word = stretch.words[i]
    if word.part == "DET" and not part.nouns and not part.person:
        part.article = True
    if word.part == "ADP":
        if not part.nouns and not part.person:
            part.led = "" if word.form in stretch.grammar.of else word.form
        part.direct = []
    if word.entity == _PERSON and word.part == "PROPN":
        behind = i and stretch.words[i - 1].part in ("ADP", "DET")
        if part.nouns and not part.direct and not part.person and behind:
            return  # "l'avocate de A"
        if part.nouns and not part.direct and not part.person:
            part.nouns.clear()  # "le directeur du musée A": whose it is, nobody can tell
        part.person.append(i)
    elif _is_noun(stretch, i) or (part.before == _IS and _is_adjective(stretch, i)):
        part.several |= not part.nouns and _PLURAL in word.features
        part.nouns.append(i)
        if not part.person:
            part.direct = [*part.direct, i]


def _is_adjective(stretch: Stretch, i: int) -> bool:
    """Whether a parser takes it for one: "A est paysagiste"."""
    return stretch.words[i].part == "ADJ" and bool(stretch.stems[i])


def _is_noun(stretch: Stretch, i: int) -> bool:
    word = stretch.words[i]
    return (
        word.part == "NOUN" and word.form not in stretch.grammar.titles and bool(stretch.stems[i])
    )
