"""Questions for what somebody says: "que dit X de T ?", "quel est l'avis de X sur T ?"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from askdossier import lang, text
from askdossier.ask.asked import Asked, asked, called, inner, owner, places
from askdossier.ask.case import Case
from askdossier.ask.kinds import topic
from askdossier.ask.kinds.several import Part, groups, sought_where
from askdossier.ask.pieces.choose import MOST
from askdossier.ask.speaking import Speaker
from askdossier.core import Form
from askdossier.lang.forms import Forms
from askdossier.lang.lexicon import Asking

form: Form = "prose"


@dataclass(frozen=True, slots=True)
class Sayings:
    """Asks what somebody says, as the question names them."""

    who: str
    surely: bool = True
    """The question's form says that it is they."""


def matches(question: str) -> Sayings | None:
    """Tell by its form who is asked about; None for any other question."""
    found = groups(_FORM, question)
    if found is None:
        return None
    who = found["who"]
    if "of" in found and not any(letter.isupper() for letter in who):
        # "le président de l'institut": a role goes on where a name would be whole.
        return Sayings(question[question.index(who) :].rstrip(" ?!.\u00a0\u202f"))
    return Sayings(who)


def loosely(question: str) -> Sayings | None:
    """Whoever it names as saying something; None where it names nobody."""
    read = asked(question)
    asking = lang.of(read.language).asking
    who = _attributed(read, asking) or _viewing(read, asking) or _subject(read, asking)
    return Sayings(who, surely=False) if who else None


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
    speaker = Speaker(case.index, asked.who)
    words = lang.of(case.language).several
    theirs = speaker.documents(case.index.documents if documents is None else documents)
    found = sought_where(case, documents, speaker.says)
    if theirs:
        found += sought_where(case, theirs, speaker.says)
    if not found and not asked.surely:
        yield from topic.parts(case.query.text, case, documents)
        return
    lacking = words.not_said.format(who=text.in_quotes(asked.who, case.language))
    ranked = sorted(dict.fromkeys(found), key=lambda item: -item.score)
    yield Part("", case, tuple(ranked[:MOST]), lacking=lacking)


_FORM = Forms(lambda known: known.several.sayings)
