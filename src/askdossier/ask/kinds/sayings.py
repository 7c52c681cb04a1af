"""Questions for what somebody says: "que dit X de T ?", "quel est l'avis de X sur T ?"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from askdossier import lang, text
from askdossier.ask.asked import Asked, asked, called, inner, owner, places
from askdossier.ask.case import Case
from askdossier.ask.kinds import reasons, topic
from askdossier.ask.kinds.several import Part, groups, sought_where
from askdossier.ask.pieces.choose import MOST
from askdossier.ask.speaking import Speaker
from askdossier.core import Evidence, Form
from askdossier.index import Index
from askdossier.lang.forms import Forms, union
from askdossier.lang.lexicon import Asking
from askdossier.verify import facts

form: Form = "prose"


@dataclass(frozen=True, slots=True)
class Sayings:
    """Asks what somebody says, as the question names them."""

    who: str
    surely: bool = True
    """The question's form says that it is they."""
    certain: bool = False
    """That form is no other kind's: it names somebody, and asks for what they say or think."""
    how: bool = False
    """Asks how they took it, which may be no words of theirs."""
    year: str = ""
    """In which they said it; empty for any."""


def matches(question: str) -> Sayings | None:
    """Tell by its form who is asked about; None for any other question."""
    question, year = _without_year(question)
    found = groups(_FORM, question)
    if found is None:
        return None
    who = found["who"]
    if "of" in found and not any(letter.isupper() for letter in who):
        # "le président de l'institut": a role goes on where a name would be whole.
        who = question[question.index(who) :].rstrip(" ?!.\u00a0\u202f")
        return Sayings(who, year=year)
    how = "how" in found
    name = _NAME.match(who)
    # An acronym may be that of a law.
    named = name is not None and any(map(str.islower, name.group()))
    whole = name is not None and _ends(who[name.end() :])
    tells = how or not {"tells", "told"}.isdisjoint(found)
    return Sayings(
        name.group() if name and whole else who,
        surely=not how,
        certain=how or (named and whole and tells),
        how=how,
        year=year,
    )


def _without_year(question: str) -> tuple[str, str]:
    """A question without the words for when it was said, and the year: "en 2024, qu'a dit…"."""
    # Folding keeps the length.
    when = _DURING.search(text.fold(question))
    if when is None:
        return question, ""
    joint = " " if when.start() and when.end() < len(question) else ""
    return question[: when.start()] + joint + question[when.end() :].lstrip(), when["year"]


def _ends(rest: str) -> bool:
    """Whether a name ends before these words: "Ewen Le Goff sur la criée"."""
    return not rest or (rest[0] == " " and text.fold(rest.split(maxsplit=1)[0]) in _EMPTY)


def loosely(question: str) -> Sayings | None:
    """Whoever it names as saying something; None where it names nobody."""
    read = asked(question)
    asking = lang.of(read.language).asking
    who = _attributed(read, asking) or _viewing(read, asking) or _subject(read, asking)
    return Sayings(who, surely=False, year=_without_year(question)[1]) if who else None


def _attributed(read: Asked, asking: Asking) -> str:
    """Behind "selon"."""
    ends = [place.end for place in places(read, asking.attributing)]
    behind = (one for end in ends for one in read.named if one.span.start >= end)
    return next((one.text for one in behind), "")


def _viewing(read: Asked, asking: Asking) -> str:
    """Whose view is asked for: "l'avis de X", "X's opinion", "comments by X"."""
    for at, one in enumerate(read.named):
        if whose := owner(read, one, asking.views):
            return whose
        if called(one, asking.views):
            if len(one.links) > 1:
                return inner(one).text
            by = [new for new in read.named[at + 1 :] if new.preposition in asking.voiced_by]
            if by:
                return by[0].text
    return ""


def _subject(read: Asked, asking: Asking) -> str:
    """The first that it names without a preposition: "que pense X de…", "how did X react…".

    Empty where that is the documents, which are no one speaker.
    """
    able = (
        one
        for one in read.named
        if not (one.preposition or one.wanted or one.links[0].time or called(one, asking.views))
    )
    first = next(able, None)
    return "" if first is None or called(first, asking.documents) else first.text


def parts(asked: Sayings, case: Case, documents: frozenset[str] | None) -> Iterator[Part]:
    """One, of what they say; what only names them does not count.

    Where nothing is theirs, and they are only likely meant, all that speaks of the question.
    """
    words = lang.of(case.language).several
    who = text.in_quotes(asked.who, case.language)
    found, said = _found(asked, case, documents), ""
    if asked.year and found:
        then = _found(asked, case, documents, asked.year)
        said = "" if then else words.not_then.format(who=who, year=asked.year)
        found = then or found
    if not found and not asked.surely:
        other = reasons if asked.how else topic
        yield from other.parts(case.query.text, case, documents)
        return
    yield Part("", case, found, said=said, lacking=words.not_said.format(who=who))


def _found(
    asked: Sayings, case: Case, documents: frozenset[str] | None, year: str = ""
) -> tuple[Evidence, ...]:
    """What they say, best first; of a year if that is given."""
    speaker = Speaker(case.index, asked.who)

    def belongs(item: Evidence) -> bool:
        return (not year or _may_be_of(case.index, item, year)) and speaker.says(item)

    theirs = speaker.documents(case.index.documents if documents is None else documents)
    found = sought_where(case, documents, belongs)
    if theirs:
        found += sought_where(case, theirs, belongs)
    ranked = sorted(dict.fromkeys(found), key=lambda item: -item.score)
    return tuple(ranked[:MOST])


def _may_be_of(index: Index, item: Evidence, year: str) -> bool:
    """Whether a sentence names a year or its document is of it; an undated one may be of any."""
    years = {str(one.year) for one in facts.moments(item.quote) if one.year}
    written = (index.header(item.document).source.date or "")[:4]
    return year in years or written == year or not (years or written)


_DURING = Forms(lambda known: known.several.during)
_NAME = re.compile(
    r"[A-ZÀ-ÖØ-Þ][\w’'.-]*"
    r"(?: (?:(?:d[eu]|des|l[ae]|von|van) |d[’'])?[A-ZÀ-ÖØ-Þ][\w’'.-]*)*"
)
"""A name without an article."""
_EMPTY = frozenset(map(text.fold, union(lambda known: known.stop_words)))
_FORM = Forms(lambda known: known.several.sayings)
