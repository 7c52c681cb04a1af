"""What a question names, in order, whatever its form: the nouns with what "of" joins to them.

By the parts of speech of its parse (``ask.phrases``) and the words between; how words depend on
one another is not asked, since parsers of declarative sentences go wrong on questions.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from askdossier import lang, text
from askdossier.ask.phrases import Phrase, phrases
from askdossier.core import Language, Span
from askdossier.lang.labels import NOUNS
from askdossier.lang.parse import Word, parsed


@dataclass(frozen=True, slots=True)
class Named:
    """Something that a question names."""

    text: str
    """With its article, as it would stand as a subject; without a pronoun before "of"."""
    links: tuple[Phrase, ...]
    """Its noun, then what "of" joins to it."""
    span: Span
    """In the question."""
    before: tuple[str, ...]
    """Forms of the words between it and what is named before."""
    wanted: bool = False
    """It is asked for: "quel pont", "combien de lits"."""
    same: bool = False
    """A pronoun stands for its noun: "celui de Sorgues"."""
    lacks: bool = False
    """Its noun is left out: "the curator's", "l'ancien"."""

    noun: str = ""
    """Without what goes with it; empty for a name."""

    @property
    def preposition(self) -> str:
        """Before it; empty for none."""
        return self.links[0].preposition

    @property
    def bare(self) -> str:
        """Without its article."""
        return self.text if self.same else self.text[len(self.links[0].article) :].strip()


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, by what it names."""

    question: str
    language: Language
    words: tuple[Word, ...]
    named: tuple[Named, ...] = ()

    def between(self, start: int, end: int) -> tuple[str, ...]:
        """Forms of the words from one place to another."""
        return tuple(w.form for w in self.words if start <= w.span.start and w.span.end <= end)


@lru_cache(maxsize=16)
def asked(question: str) -> Asked:
    """Read a question. Nothing is named in a language without a grammar."""
    language = text.answer_language(question)
    clear = question
    for start, end in _spans(question, lang.of(language).asking.against):
        # "Orange face à Free": the words of a preposition are none of the nouns.
        clear = clear[:start] + ";".ljust(end - start) + clear[end:]
    words = parsed(clear, language) or ()
    read = Asked(question, language, tuple(word for word in words if word.text.strip(_BLANK)))
    of = lang.of(language).followups.of
    joins = _of(read)
    found: list[Named] = []
    for one in _phrases(read, phrases(clear, language, wide=True)):
        before = read.between(found[-1].span.end if found else 0, one.span.start)
        if found and one.preposition == of and _goes_on(found[-1], before, joins):
            last = found[-1]
            said = last.text + question[last.span.end : one.span.end]
            span = Span(last.span.start, one.span.end)
            found[-1] = replace(last, text=said, links=(*last.links, one), span=span)
        else:
            found.append(_named(read, one, before))
    return replace(read, named=tuple(found))


def quoted(question: str) -> tuple[Span, ...]:
    """What it puts in quotation marks, without these."""
    found = (match.span("said") for match in _QUOTED.finditer(question))
    return tuple(
        Span(start, start + len(question[start:end].rstrip()))
        for start, end in found
        if question[start:end].strip()
    )


def places(read: Asked, among: Collection[str]) -> tuple[Span, ...]:
    """Where one of these folded phrases stands."""
    return tuple(Span(*place) for place in _spans(read.question, among))


def called(one: Named, words: frozenset[str]) -> bool:
    """Whether its noun is among these, in any inflection."""
    return not text.stems(one.links[0].head).isdisjoint(_stems(words))


def inner(one: Named) -> Named:
    """What "of" joins to its noun; it itself where that is nothing."""
    if len(one.links) == 1:
        return one
    first = one.links[1]
    said = first.text + one.text[len(one.text) - (one.span.end - first.span.end) :]
    return replace(
        one,
        text=said if one.span.end > first.span.end else first.text,
        links=one.links[1:],
        span=Span(first.span.start, one.span.end),
    )


def owner(read: Asked, one: Named, of: frozenset[str]) -> str:
    """Whose it is, where one of these nouns ends a phrase: "the mayor's opinion", "staff views"."""
    words = [word for word in _words(read, one.links[0]) if word.part != "PART"]
    nouns = [word for word in words if word.part in NOUNS]
    if len(nouns) < 2 or not _is_one_of(words[-1], of):
        return ""
    return read.question[one.span.start : words[-2].span.end]


def behind(read: Asked, one: Named, of: frozenset[str]) -> str:
    """What comes behind one of these nouns: "le sens de X", "the term X"; empty for nothing."""
    if not called(one, of):
        return ""
    if len(one.links) > 1:
        further = inner(one)
        return behind(read, further, of) or further.bare
    ends = (word.span.end for word in _words(read, one.links[0]) if word.part in NOUNS)
    return read.question[next(ends, one.span.end) : one.span.end].strip(_BLANK)


def holds(read: Asked, words: frozenset[str]) -> bool:
    """Whether it has one of these words, in any inflection."""
    return any(_is_one_of(word, words) for word in read.words)


def telling(read: Asked, without: Sequence[Span], empty: frozenset[str]) -> str:
    """The words outside these places that say something, but for those that are ``empty``."""
    return " ".join(
        word.text
        for word in read.words
        if word.part in _TELLING
        and text.fold(word.text) not in lang.of(read.language).asking.which
        and not any(word.span.overlaps(span) for span in without)
        and text.stems(word.text)
        and not _is_one_of(word, empty)
    )


def _spans(question: str, among: Collection[str]) -> Iterator[tuple[int, int]]:
    # Folding keeps the length.
    return (found.span() for found in _any_of(frozenset(among)).finditer(text.fold(question)))


@cache
def _any_of(phrases: frozenset[str]) -> re.Pattern[str]:
    longest_first = sorted(map(re.escape, phrases), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(longest_first)})(?!\w)" if phrases else r"(?!)")


@cache
def _stems(words: frozenset[str]) -> frozenset[str]:
    return text.stems(" ".join(words))


def _phrases(read: Asked, found: Sequence[Phrase]) -> list[Phrase]:
    """Noun phrases, with what is quoted as one, and without a word for what is done with them."""
    quotes = quoted(read.question)
    free = [_trimmed(read, one) for one in found if not any(map(one.span.overlaps, quotes))]
    for quote in quotes:
        said = quote.of(read.question)
        before = [one for one in free if one.span.end <= quote.start]
        if not before or read.question[before[-1].span.end : quote.start].strip(_BLANK):
            free.append(Phrase(said, quote, head=text.fold(said)))
        else:  # "le contrat « confort »"
            last = before[-1]
            said = last.text + read.question[last.span.end : quote.end]
            whole = replace(last, text=said, span=Span(last.span.start, quote.end))
            free[free.index(last)] = whole
        free.sort(key=lambda one: one.span.start)
    return free


def _trimmed(read: Asked, one: Phrase) -> Phrase:
    """Without a first noun that has no article and names nothing: "différence bail / prêt"."""
    asking = lang.of(read.language).asking
    words = _words(read, one)
    if one.article or len(words) < 2 or not _is_one_of(words[0], asking.weighing | asking.terms):
        return one
    start = words[1].span.start
    return replace(
        one,
        text=read.question[start : one.span.end],
        span=Span(start, one.span.end),
        head=text.fold(words[1].text),
    )


def _words(read: Asked, one: Phrase) -> list[Word]:
    return [word for word in read.words if one.span.contains(word.span)]


def _is_one_of(word: Word, among: frozenset[str]) -> bool:
    return not text.stems(f"{word.text} {word.lemma}").isdisjoint(_stems(among))


def _goes_on(last: Named, before: Sequence[str], joins: frozenset[str]) -> bool:
    """Whether "of" goes on with it: not with a name ("que dit Solène de la taxe ?")."""
    first = last.links[0]
    name = first.named and not first.article and len(last.links) == 1 and not last.same
    return joins.issuperset(before) and not (first.time or name or last.lacks)


def _of(read: Asked) -> frozenset[str]:
    grammar = lang.of(read.language).grammar
    return grammar.of if grammar else frozenset()


def _named(read: Asked, one: Phrase, before: tuple[str, ...]) -> Named:
    asking = lang.of(read.language).asking
    words = [word for word in _words(read, one) if word.form not in asking.same]
    nouns = [word.text for word in words if word.part == "NOUN"]
    contracted = one.span.of(read.question) != one.text
    ahead = before if contracted or not one.preposition else before[:-1]  # of its preposition
    counts = {*ahead[-1:], *(word.form for word in words[:1])}
    counted = not one.definite and not counts.isdisjoint(asking.quantities)
    wanted = counted or one.article in asking.which
    new = Named(one.text, (one,), one.span, before, wanted, noun=nouns[-1] if nouns else "")
    if one.preposition and not asking.same.isdisjoint(ahead[-1:]):
        start = _last(read, ahead[-1], one.span.start)
        return replace(new, text=read.question[start : one.span.end].strip(), same=True)
    mark = _possessive(read, one.span.end)
    if mark is not None:
        span = Span(one.span.start, mark.span.end)
        return replace(new, text=one.text + mark.text, span=span, lacks=True)
    if not any(word.part in NOUNS for word in words) and not one.time:
        end = max((word.span.end for word in words), default=one.span.end)
        said = one.text[: len(one.text) + end - one.span.end]
        return replace(new, text=said.strip(), lacks=one.definite or end < one.span.end)
    return new


def _last(read: Asked, form: str, before: int) -> int:
    """Where a word ends that stands before a place, the last of that form."""
    return max(w.span.end for w in read.words if w.span.end <= before and w.form == form)


def _possessive(read: Asked, end: int) -> Word | None:
    """The mark of one that leaves its noun out: "the curator's"."""
    behind = [word for word in read.words if word.span.start >= end][:2]
    marks = bool(behind) and behind[0].span.start == end and behind[0].part == "PART"
    return behind[0] if marks and not any(w.part in NOUNS for w in behind[1:]) else None


_BLANK = f" \t\n\u00a0\u202f{text.QUOTATION_MARKS}"
_QUOTED = re.compile(
    rf"[{text.OPENING_MARKS}]\s*+(?P<said>[^{text.QUOTATION_MARKS}]{{2,60}})[{text.CLOSING_MARKS}]"
)
_TELLING = NOUNS | {"VERB", "ADJ", "NUM"}
