"""Questions for what somebody says: "que dit X de T ?", "quel est l'avis de X sur T ?"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from askdossier import lang, text
from askdossier.ask.case import Case
from askdossier.ask.kinds import topic
from askdossier.ask.kinds.several import Part, groups, sought_where
from askdossier.ask.pieces.choose import MOST
from askdossier.ask.speaking import Speaker
from askdossier.core import Form
from askdossier.lang.forms import Forms
from askdossier.lang.parse import parsed
from askdossier.verify import facts

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
    """The one person or organisation in it; None where it names nobody, or several."""
    words = parsed(question, text.answer_language(question)) or ()
    people = [
        name.text
        for name in facts.names(question)
        if not name.opens
        and any(word.entity in _WHO and word.text in name.text.split() for word in words)
    ]
    return Sayings(people[0], surely=False) if len(people) == 1 else None


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


_WHO = frozenset(("PER", "ORG"))
_FORM = Forms(lambda known: known.several.sayings)
