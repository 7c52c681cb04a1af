"""Questions for what one document says: "résume l'entretien avec X", "summarise lease.pdf"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from askdossier import lang, text
from askdossier.ask.case import Case
from askdossier.ask.central import central
from askdossier.ask.kinds.several import Part, asking, groups, taken
from askdossier.ask.naming import meant
from askdossier.core import Form
from askdossier.lang.forms import Forms
from askdossier.verify import facts

form: Form = "prose"


@dataclass(frozen=True, slots=True)
class OneDocument:
    """Asks for a summary of one document."""

    named: str
    """What the question calls it."""
    kind: str
    """The words of that which say what kind of document it is, if any."""


def matches(question: str) -> OneDocument | None:
    """Tell by its form; None for any other question."""
    found = groups(_FORM, question)
    return OneDocument(found["named"], found.get("kind", "")) if found else None


def loosely(question: str) -> OneDocument | None:
    """From the first name or the word that says the kind of document; None without the latter."""
    found = _KIND.search(text.fold(question))
    if found is None:
        return None
    named = [question.find(one.text) for one in facts.names(question) if not one.opens]
    start = min([found.start("kind"), *named])
    return OneDocument(question[start:].strip(" ?!.\u00a0\u202f"), found["kind"])


def parts(asked: OneDocument, case: Case, documents: frozenset[str] | None) -> Iterator[Part]:
    """One, of the sentences that sum it up; none where two documents may be meant."""
    words = lang.of(case.language).several
    own = asking(case, asked.named)
    found = meant(case.index, asked.named, asked.kind, own.query.vector, documents)
    titles = [
        text.in_quotes(case.index.header(name).title, case.language) for name in found.likeliest
    ]
    if not found.clear:
        yield Part("", own, (), taken, said=words.which.format(titles=", ".join(titles)))
        return
    chosen = central(case.index, found.likeliest[0])
    yield Part(
        "",
        own,
        chosen.sentences,
        taken,
        said=words.taken.format(title=titles[0]),
        verbatim=True,
        remark=words.central.format(count=len(chosen.sentences), total=chosen.total),
    )


_FORM = Forms(lambda known: known.several.document)
_KIND = Forms(lambda known: known.several.kind_of_document)
