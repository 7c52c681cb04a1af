"""Questions for what an acronym stands for: "que signifie le sigle X ?"."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import islice

from askdossier import lang, survey, text, verify
from askdossier.ask.kinds.whole import Told
from askdossier.core import Document, Evidence, Language, Span
from askdossier.index import Index
from askdossier.lang.forms import Forms, union

_MOST = 3
"""Documents that are quoted for what it stands for, or that use it."""


@dataclass(frozen=True, slots=True)
class Acronym:
    """Asks what it stands for."""

    letters: str
    """As the question writes it."""


def matches(message: str) -> Acronym | None:
    """Tell by its form, and by its capitals; None for any other question."""
    found = _FORM.match(text.fold(message))
    if found is None:
        return None
    # Folding keeps the length, so the term can be cut from what the person wrote.
    term = message[slice(*found.span("term"))].strip()
    return Acronym(term) if text.ACRONYM.fullmatch(term) else None


def answer(asked: Acronym, index: Index, names: Collection[str], language: Language) -> Told:
    """Quote where the documents spell it out, each spelling once, or say that none does."""
    used = [place for place in _places(index, asked.letters) if place[0].id in names]
    minor = frozenset(map(text.fold, union(lambda known: known.stop_words)))
    spelled: dict[str, tuple[Document, Span]] = {}
    for document, span in used:
        sentence = span.of(document.text)
        made_of = text.expansion(asked.letters, sentence, minor)
        if made_of is not None:
            said = " ".join(text.fold(made_of.of(sentence)).split())
            spelled.setdefault(said, (document, span))
    numbers = verify.Numbering()
    claims = tuple(
        numbers.quote(document, span, language)
        for document, span in islice(spelled.values(), _MOST)
    )
    if claims:
        return Told(claims, "")
    words = lang.of(language).sayings
    phrase = text.in_quotes(asked.letters, language)
    nearest = tuple(
        Evidence(document.id, span, span.of(document.text), 1.0, "")
        for document, span in used[:_MOST]
    )
    return Told((), words.none_spells.format(phrase=phrase, total=len(names)), True, nearest)


def _places(index: Index, letters: str) -> Iterator[tuple[Document, Span]]:
    """Every sentence with these capitals."""
    for mention in survey.mentions(index, letters, literal=True):
        for span in mention.spans:
            if letters in span.of(mention.document.text):
                yield mention.document, span


_FORM = Forms(lambda known: known.questions.definition)
