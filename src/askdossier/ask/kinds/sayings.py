"""Questions for what somebody says: "que dit X de T ?", "quel est l'avis de X sur T ?"."""

from __future__ import annotations

from collections.abc import Iterator

from askdossier import lang, text
from askdossier.ask.case import Case
from askdossier.ask.kinds.several import Part, groups, sought_where
from askdossier.ask.pieces.choose import MOST
from askdossier.ask.speaking import Speaker
from askdossier.core import Form
from askdossier.lang.forms import Forms
from askdossier.verify import facts

form: Form = "prose"


def matches(question: str) -> str | None:
    """Tell by its form who is asked about; None for any other question."""
    found = groups(_FORM, question)
    if found is None:
        return None
    who = found["who"]
    if "of" in found and not any(letter.isupper() for letter in who):
        # "le président de l'institut": a role goes on where a name would be whole.
        return question[question.index(who) :].rstrip(" ?!.\u00a0\u202f")
    return who


def loosely(question: str) -> str | None:
    """The one name in it; None where it names nobody, or several."""
    found = facts.names(question)
    return found[0].text if len(found) == 1 else None


def parts(asked: str, case: Case, documents: frozenset[str] | None) -> Iterator[Part]:
    """One, of what they say; what only names them does not count."""
    speaker = Speaker(case.index, asked)
    words = lang.of(case.language).several
    lacking = words.not_said.format(who=text.in_quotes(asked, case.language))
    theirs = speaker.documents(case.index.documents if documents is None else documents)
    found = sought_where(case, documents, speaker.says)
    if theirs:
        found += sought_where(case, theirs, speaker.says)
    ranked = sorted(dict.fromkeys(found), key=lambda item: -item.score)
    yield Part("", case, tuple(ranked[:MOST]), lacking=lacking)


_FORM = Forms(lambda known: known.several.sayings)
