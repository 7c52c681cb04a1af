"""Questions for what something is or means, or who somebody is: "qu'est-ce que X ?"."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from askdossier import lang, survey, text, verify
from askdossier.ask import defining
from askdossier.ask.asked import Asked, asked, behind, called, quoted
from askdossier.ask.kinds.whole import Told
from askdossier.core import Document, Evidence, Language, Span
from askdossier.index import Index
from askdossier.lang.forms import Forms
from askdossier.lang.labels import VERBS
from askdossier.lang.parse import parsed

SURE = 0.6
"""Confidence from which another answer is given where no document defines it."""
_MOST = 2
"""Definitions that are quoted, of different documents."""
_READ = 200
"""Sentences that are read for them, those at the beginning of their documents first."""
_NEAREST = 3
_PARTICLE = 3
"""Characters of "de", "van"."""
_MOST_WORDS = 5
"""Words of a term; what has more is a question for something else."""


_Place = tuple[Document, Span]


@dataclass(frozen=True, slots=True)
class Definition:
    """Asks what a term means."""

    term: str
    """As the question writes it."""
    surely: bool
    """Nothing else may be asked for; "what is the price of bread" has the same form."""


def matches(question: str) -> Definition | None:
    """Tell by its form; None for any other question."""
    folded = text.fold(question)
    if found := _WHO.match(folded):
        name = question[slice(*found.span("term"))].strip(" .\u00a0\u202f")
        return Definition(name, surely=False) if _is_name(name) else None
    found = _FORM.match(folded)
    if found is None:
        return None
    # Folding keeps the length, so the term can be cut from what the person wrote.
    term = question[slice(*found.span("term"))].strip()
    if len(term.split()) > _MOST_WORDS or _says_more(term, question):
        return None
    return Definition(term, surely=_LOOSE.match(folded) is None)


def loosely(question: str) -> Definition | None:
    """The one term that it quotes, else its one acronym, else what it names; None for no term."""
    found = {span.of(question) for span in quoted(question)}
    found = found or {one.group() for one in text.ACRONYM.finditer(question)}
    if len(found) != 1:
        found = {term for term in [_named(asked(question))] if 0 < len(term.split()) <= _MOST_WORDS}
    return Definition(found.pop(), surely=False) if found else None


def _named(read: Asked) -> str:
    """What comes behind "le terme", or behind "entendre par", else what it names last."""
    asking = lang.of(read.language).asking
    told = (one for one in (behind(read, named, asking.terms) for named in read.named) if one)
    able = [one for one in read.named if not called(one, asking.terms)]
    by = [one.bare for one in able if one.preposition in asking.meaning_by]
    bare = [one.bare for one in able if not (one.preposition or one.wanted)]
    return next(told, "") or next(iter([*by, *reversed(bare)]), "")


def answer(
    asked: Definition, index: Index, names: Collection[str], language: Language
) -> Told | None:
    """Quote where the documents define it, or say that none does; None where that is not sure."""
    mentioned = _mentioned(asked.term, index, names)
    numbers = verify.Numbering()
    claims = tuple(
        numbers.spoken(document, span, language)
        for document, span in islice(_best(asked.term, mentioned), _MOST)
    )
    if claims:
        return Told(claims, "")
    if not asked.surely or not mentioned:
        return None
    phrase = text.in_quotes(asked.term, language)
    said = lang.of(language).sayings.none_defines.format(phrase=phrase)
    nearest = (
        Evidence(document.id, span, span.of(document.text), 1.0, "")
        for document, span in mentioned[:_NEAREST]
    )
    return Told((), said, True, tuple(nearest))


def _best(term: str, mentioned: Sequence[_Place]) -> Iterator[_Place]:
    """The sentences that define a term in the best way that any does, one a document."""
    found = sorted(_found(term, mentioned), key=lambda one: (one[0], one[2].start))
    told: set[str] = set()
    for rank, document, span in found:
        quote = text.fold(span.of(document.text))
        if rank == found[0][0] and told.isdisjoint((quote, document.id)):
            told |= {quote, document.id}
            yield document, span


def _found(
    term: str, mentioned: Sequence[_Place]
) -> Iterator[tuple[tuple[bool, int], Document, Span]]:
    """The sentences that define a term, and how: what somebody says of it comes last."""
    for document, span in mentioned[:_READ]:
        quote = span.of(document.text)
        language = document.language
        if language in lang.LEXICONS:
            language = text.question_language(quote, language)
        way = defining.way(quote, term, language)
        if way is not None:
            whose = verify.speaker(document, span)
            theirs = whose is not None and not whose.vouched
            yield (theirs, defining.WAYS.index(way)), document, span


def _mentioned(term: str, index: Index, names: Collection[str]) -> list[_Place]:
    """The sentences that hold a term, those at the beginning of their documents first."""
    places = [
        (mention.document, span)
        for mention in survey.mentions(index, term, literal=False)
        if mention.document.id in names
        for span in mention.spans
        if all(heading.span != span for heading in mention.document.headings)
    ]
    return sorted(places, key=lambda place: place[1].start)


def _is_name(said: str) -> bool:
    """Whether words can name a person: at least two, with capitals but for short ones between."""
    words = said.split()
    ends = len(words) > 1 and words[0][0].isupper() and words[-1][0].isupper()
    return ends and all(word[0].isupper() or len(word) <= _PARTICLE for word in words)


def _says_more(term: str, question: str) -> bool:
    """Whether a term holds a verb: "qu'est-ce que le maire a promis ?" asks for no definition."""
    words = parsed(term, text.answer_language(question)) or ()
    finite = (word.part in VERBS and "VerbForm=Fin" in word.features for word in words)
    return len(words) > 1 and any(finite)


_FORM = Forms(lambda known: known.questions.definition)
_LOOSE = Forms(lambda known: known.questions.loose_definition)
_WHO = Forms(lambda known: known.questions.who)
