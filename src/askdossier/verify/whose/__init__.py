"""Whose words a sentence of a document is: told by somebody, quoted, spoken, commented.

The outermost counts: what a reader quotes in a comment is the reader's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from askdossier import lang, text
from askdossier.core import Document, Language, Span
from askdossier.lang.parse import parsed
from askdossier.verify.whose import layout
from askdossier.verify.whose.quotes import quotations
from askdossier.verify.whose.saying import Sayer, people_name, sayers

How = Literal["reported", "label", "quotation", "author", "comment"]
"""By a verb of saying in the sentence itself; by a label before the line, or as the one
interviewed; by the sentence round the quotation that it stands in; as the author of an opinion or a
letter; as a reader who comments."""

_WORD = re.compile(r"[\w-]+")
_BEFORE = 3
"""Sentences in which he is looked for whom a pronoun stands for."""
_AROUND = 1200
"""Characters on both sides that are cut into sentences."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """Whose words a sentence is."""

    name: str
    """As written; empty where somebody's words they are, and nobody is named for sure."""
    how: How
    vouched: bool = False
    """The document tells it with a verb that vouches for it ("annoncer"), as it would a fact."""

    def before(self, quote: str, language: Language) -> str:
        """What names him before a quote; empty where the quote does that itself."""
        words = lang.of(language).speech
        if self.how == "comment":
            return words.named_reader.format(self.name) if self.name else words.reader
        if self.how == "author":
            return self.name or words.author
        if self.how == "label":
            return "" if quote.lstrip(" *—–-").startswith(self.name) else self.name
        return "" if _mentions(quote, self.name) else self.name

    def named(self, said: str, quote: str, language: Language) -> str:
        """Quoted words behind his name, where these do not name him themselves.

        Behind a colon where they are his; in brackets where the document says in them what he says,
        and leaves his name to a pronoun.
        """
        name = self.before(quote, language)
        if not name:
            return said
        bracketed = self.how == "reported"
        return f"({name}) {said}" if bracketed else text.after_colon(name, said, language)

    def is_told(self, said: str, language: Language) -> bool:
        """Whether a sentence tells by a verb of saying, or "selon", that they are his words."""
        if self.vouched:
            return True
        quoted = quotations(said, Span(0, len(said)))
        named = [one.name for one in sayers(said, language, quoted)]
        if self.how == "comment" and not self.name:
            return any(_is_reader(one, language) for one in named)
        return bool(self.name) and any(_mentions(self.name, one) for one in named if one)


def speaker(document: Document, span: Span) -> Speaker | None:
    """Tell whose words a sentence of a document is; None of its own.

    Nobody is found in a language without a grammar, but for readers who comment.
    """
    quote = span.of(document.text)
    language = document.language
    if language in lang.LEXICONS:
        language = text.question_language(quote, language)
    commenter = layout.commenter(document, span)
    if commenter is not None:
        return Speaker(commenter, "comment")
    if parsed("", language) is None:
        return None
    turn = layout.turn(document, span, language)
    if turn is not None:
        return Speaker(turn, "label") if turn or not text.asks(quote) else None
    own = _Sentences(document, span, language)
    if layout.is_opinion(document):
        return Speaker(layout.author(document, language), "author")
    said = own.reported() or own.quotation()
    if said is not None:
        return said
    himself = not text.asks(quote) and layout.speaks_of_himself(quote, language)
    if himself and (name := layout.author(document, language)):
        return Speaker(name, "author")
    return None


class _Sentences:
    """A sentence with those round it."""

    def __init__(self, document: Document, span: Span, language: Language) -> None:
        self._body, self._span, self._language = document.text, span, language
        near = Span(max(0, span.start - _AROUND), min(len(self._body), span.end + _AROUND))
        self._round = text.sentences(self._body, near)

    def reported(self) -> Speaker | None:
        """Who says it in the sentence itself."""
        return self._one_of(self._sayers(self._span), self._span, "reported")

    def quotation(self) -> Speaker | None:
        """Who says it in the sentences round the quotation that it stands in."""
        around = next(
            (one for one in quotations(self._body, self._span) if self._is_inside(one)), None
        )
        if around is None:
            return None
        for host in self._hosts(around):
            if found := self._one_of(self._sayers(host), host, "quotation"):
                return found
        return Speaker("", "quotation")

    def _is_inside(self, around: Span) -> bool:
        """Whether nothing of the sentence stands outside a quotation."""
        own = self._span
        before = self._body[own.start : max(own.start, around.start)]
        after = self._body[min(own.end, around.end) : own.end]
        return not any(map(str.isalnum, before + after))

    def _hosts(self, around: Span) -> Iterator[Span]:
        """Where he may be named: round the end, round the beginning, right before, right behind."""
        last = [one for one in self._round if one.start < around.end <= one.end]
        first = [one for one in self._round if one.start <= around.start < one.end]
        yield from (*last, *first)
        before = [one for one in self._round if one.end <= around.start]
        yield from reversed(before[-1:])
        behind = [one for one in self._round if one.start >= around.end]
        yield from behind[:1]

    def _sayers(self, sentence: Span) -> Sequence[Sayer]:
        quoted = (
            Span(max(one.start, sentence.start), min(one.end, sentence.end))
            for one in quotations(self._body, sentence)
        )
        within = [one.shifted(-sentence.start) for one in quoted]
        return sayers(sentence.of(self._body), self._language, within)

    def _one_of(self, found: Sequence[Sayer], sentence: Span, how: How) -> Speaker | None:
        if not found:
            return None
        if len(found) > 1:  # who says which part is not told apart
            return Speaker("", how, all(one.vouched for one in found))
        (one,) = found
        return Speaker(one.name or self._meant(sentence), how, one.vouched)

    def _meant(self, sentence: Span) -> str:
        """Whom a pronoun stands for: the only one named in the nearest sentence that names any.

        Nobody for sure where the pronoun's own sentence names somebody.
        """
        if any(self._people(sentence)):
            return ""
        before = [one for one in self._round if one.end <= sentence.start]
        for one in reversed(before[-_BEFORE:]):
            named = [sayer.name for sayer in self._sayers(one) if sayer.name]
            named = named or list(self._people(one))
            if named:
                return named[0] if len(set(named)) == 1 else ""
        return ""

    def _people(self, sentence: Span) -> Iterator[str]:
        body = sentence.of(self._body)
        words = parsed(body, self._language) or ()
        first = None
        for i, word in enumerate(words):
            is_person = word.entity == "PER"
            if is_person and first is None:
                first = i
            if first is not None and (not is_person or i == len(words) - 1):
                yield people_name(body, words, range(first, i + is_person))
                first = None


def _mentions(words: str, name: str) -> bool:
    """Whether words hold the last word of a name, by which people are called."""
    own = [one for one in _words(name) if len(one) > 2]
    return bool(own) and own[-1] in _words(words)


def _words(said: str) -> list[str]:
    return _WORD.findall(text.fold(said))


def _is_reader(name: str, language: Language) -> bool:
    readers = lang.of(language).speech.readers
    return any(one.lemma in readers for one in parsed(name, language) or ())
