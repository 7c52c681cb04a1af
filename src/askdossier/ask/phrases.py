"""Noun phrases of a question or an answer: what a follow-up may mean by "elle" or "celui de".

Found by the parts of speech of a parse and by articles; how words depend on one another is not
asked, since parsers of declarative sentences go wrong on questions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from askdossier import lang, text
from askdossier.core import Language, Span
from askdossier.lang import LEXICONS
from askdossier.lang.labels import NOUNS
from askdossier.lang.parse import Word, parsed

_INSIDE = NOUNS | {"ADJ", "NUM"}
_JOINING = frozenset(("PART", "PUNCT"))
"""Inside a name: Open Shelf's model, Main-d'Encre."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun with what goes with it: "l'appel de Montfaugères"."""

    text: str
    """As it would stand as a subject: with its article out of "du"."""
    span: Span
    """In the sentence, the preposition before it included where that holds the article."""
    preposition: str = ""
    """Before it, in lower case and not elided."""
    article: str = ""
    """Folded; empty for none."""
    head: str = ""
    """Its first noun, folded."""
    gender: str = ""
    """m or f; empty where its words do not tell."""
    number: str = ""
    """s or p, as the gender."""
    named: bool = False
    title: bool = False
    """A name that begins with its article: "Le Sel des cabanes"."""
    person: bool = False
    """May be one: a first name and a last one, no article."""
    time: bool = False
    """A year or a month."""

    @property
    def definite(self) -> bool:
        """Whether it speaks of something in particular."""
        return self.article in _definite_articles() or (self.named and not self.article)


def phrases(sentence: str, language: Language, *, wide: bool = False) -> tuple[Phrase, ...]:
    """The noun phrases of a sentence without what hangs on them by a preposition.

    ``wide``: those too that leave their noun out ("l'ancien"), and adjectives before a first noun.
    """
    words = [word for word in parsed(sentence, language) or () if word.text.strip()]
    known = lang.of(language).followups
    found, at = [], 0
    while at < len(words):
        end = _end(words, at, wide)
        if end is None:
            at += 1
            continue
        found.append(_phrase(sentence, words, at, end, known.contracted))
        at = end
    return tuple(found)


def whole(found: Sequence[Phrase], at: int, sentence: str, language: Language) -> Phrase:
    """A phrase with those that "of" joins to it."""
    of = lang.of(language).followups.of
    last = at
    while (
        not found[at].person
        and last + 1 < len(found)
        and found[last + 1].preposition == of
        and found[last + 1].span.start - found[last].span.end <= len(of) + 2
    ):
        last += 1
    if last == at:
        return found[at]
    joined = sentence[found[at].span.end : found[last].span.end]
    return replace(
        found[at],
        text=found[at].text + joined,
        span=Span(found[at].span.start, found[last].span.end),
        named=any(one.named for one in found[at : last + 1]),
        person=False,
    )


def outermost(sentence: str, language: Language) -> Iterator[Phrase]:
    """Whole phrases that are definite, none inside another, but for what is asked for.

    "Quel est le nombre de signataires de l'appel ?" speaks of the appeal.
    """
    found = phrases(sentence, language)
    asked = re.match(_expression(language), text.fold(sentence))
    end = 0
    for at, one in enumerate(found):
        if one.span.start < end or not one.definite:
            continue
        if asked and one.span.start <= asked.end() and at + 1 < len(found) and not one.named:
            asked = None
            continue
        full = whole(found, at, sentence, language)
        end = full.span.end
        yield full


def _expression(language: Language) -> str:
    return lang.of(language).followups.attribute or r"(?!)"


def _definite_articles() -> frozenset[str]:
    return frozenset().union(*(one.followups.definite_articles for one in LEXICONS.values()))


def _end(words: Sequence[Word], at: int, wide: bool) -> int | None:
    """The index behind a phrase that begins at ``at``; None if none does."""
    known = {form for one in LEXICONS.values() for form in one.followups.contracted}
    first = words[at]
    if _is_year(first):
        return at + 1
    begins = first.part == "DET" or first.form in known
    end = at + 1 if begins else at
    nouns = False
    while end < len(words):
        word = words[end]
        inside = word.part in _INSIDE or (nouns and _joins(words, end))
        # A verb taken for a noun: "When did the grant start?"
        inside = inside and not (nouns and word.relation == "ROOT" and word.text.islower())
        opens = begins or word.part in NOUNS or (wide and word.part == "ADJ")
        if not inside or not (nouns or opens):
            break
        nouns = nouns or word.part in NOUNS
        end += 1
    return end if nouns or (wide and begins and end > at + 1) else None


def _is_year(word: Word) -> bool:
    return word.part == "NUM" and re.fullmatch(r"[12]\d{3}", word.text) is not None


def _joins(words: Sequence[Word], at: int) -> bool:
    """Whether a sign or a short word stands inside a name, with no space round it."""
    if at + 1 >= len(words):
        return False
    here, before, behind = words[at], words[at - 1], words[at + 1]
    if here.part == "PART":
        return behind.part in _INSIDE
    tight = before.span.end == here.span.start and here.span.end == behind.span.start
    return tight and here.text in {"-", "d'", "d’", "_"}


def _phrase(
    sentence: str,
    words: Sequence[Word],
    at: int,
    end: int,
    contracted: Mapping[str, tuple[str, str]],
) -> Phrase:
    first = words[at]
    begins = first.part == "DET" or first.form in contracted
    nouns = [word for word in words[at + begins : end] if word.part in NOUNS]
    capitals = _capitals(words, at + begins, end)
    if not begins and capitals and capitals[0] is not words[at]:
        # A verb taken for a noun: "Que demande Solène Kerharo ?"
        at = words.index(capitals[0])
        first, nouns = words[at], [word for word in words[at:end] if word.part in NOUNS]
    span = Span(first.span.start, words[end - 1].span.end)
    said = sentence[span.start : span.end]
    preposition, article = "", first.form if begins else ""
    if first.form in contracted and first.part != "DET":
        preposition, article = contracted[first.form]
        said = f"{article} {sentence[words[at + 1].span.start : span.end]}"
    elif at and words[at - 1].part == "ADP":
        preposition = _unelided(words[at - 1].form, contracted)
    head = nouns[0] if nouns else words[end - 1]
    gender, number = _agreement(first if begins else None, head)
    return Phrase(
        said,
        span,
        preposition,
        text.fold(article),
        text.fold(head.text),
        gender,
        number,
        bool(capitals) or any(any(c.isdigit() for c in w.text) for w in words[at:end]),
        begins and first.text[:1].isupper() and first.span.start > 0,
        len(capitals) > 1 and not begins,
        _is_year(head) or text.fold(head.text) in _months(),
    )


def _months() -> frozenset[str]:
    return frozenset(month for one in LEXICONS.values() for month in one.months)


def _capitals(words: Sequence[Word], start: int, end: int) -> list[Word]:
    """Words of a name; the first of a sentence is one where another follows, or by its part."""
    found = [word for word in words[start:end] if word.text[:1].isupper()]
    if found and not found[0].span.start and len(found) == 1 and found[0].part != "PROPN":
        return []
    return found


def _unelided(form: str, contracted: Mapping[str, tuple[str, str]]) -> str:
    """A preposition as it stands before a consonant: d' is de."""
    if form.endswith("'"):
        return next((of for of, _ in contracted.values() if of.startswith(form[:-1])), form)
    return form


def _agreement(article: Word | None, head: Word) -> tuple[str, str]:
    """Gender and number: of the article first, then of a noun. A parser only guesses at names."""
    told = [*(article.features if article else ())]
    if head.part == "NOUN":
        told += head.features
    gender = next((g for f, g in _GENDERS.items() if f in told), "")
    number = next((n for f, n in _NUMBERS.items() if f in told), "")
    return gender, number or "s"


_GENDERS = {"Gender=Masc": "m", "Gender=Fem": "f"}
_NUMBERS = {"Number=Sing": "s", "Number=Plur": "p"}
