"""Questions about the dossier as a whole, answered by looking through all of it.

Where a ranking would give the best few, these are complete: every document, every sentence.
Knows nothing of models.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from askdossier import text
from askdossier.core import HEADING_SEPARATOR, Document, Passage, Span
from askdossier.index import Index
from askdossier.lang import LEXICONS
from askdossier.lang.forms import Forms

_LEADS = 40
"""Sentences at the beginning of a document among which the one that sums it up is looked for."""
_LEAD_LENGTH = range(50, 320)
"""Characters of a sentence that can stand for a document."""
_EARLY = 0.05
"""Cosine that the beginning is worth: what a text is about, most say first."""
_FIRST = 3
"""Sentences after which that has halved."""
_WHOLE = re.compile(r"[.!…][\s»”\")]*\Z")
_ITEM = re.compile(r"\s*+(?:[-–—•*◦▪]|\(?\d{1,3}[.)°]|[A-Z]:)\s")
_LONG = 6
"""Characters from which a word says what a question is about."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A document that speaks of something, and the headings and sentences where it does."""

    document: Document
    spans: tuple[Span, ...]


def mentions(index: Index, phrase: str, *, literal: bool) -> tuple[Mention, ...]:
    """Find every sentence and heading of the dossier that holds a phrase; most of them first.

    A literal phrase must stand there word for word, whatever its case and accents; else all its
    words must stand in one sentence, in any order and inflection.
    """
    holds = _literal(phrase) if literal else _stems(phrase)
    by_document: dict[str, list[Span]] = {}
    for passage in _passages_holding(index, phrase):
        body = index.documents[passage.document].text
        found = [span for span in passage.sentences if holds(span.of(body))]
        by_document.setdefault(passage.document, []).extend(found)
    result = []
    for name, spans in by_document.items():
        document = index.documents[name]
        headings = (heading.span for heading in document.headings)
        found = [*spans, *(span for span in headings if holds(span.of(document.text)))]
        if found:
            result.append(Mention(document, tuple(sorted(found))))
    return tuple(sorted(result, key=lambda mention: -len(mention.spans)))


def leads(index: Index) -> Iterator[tuple[Document, Span]]:
    """For each document, by id, the sentence of its beginning that is nearest to the whole of it.

    The mean of sentence vectors stands for the whole, as in centroid-based summarization
    (Radev et al., 2000). Readers' comments are none of it. A document without sentences is left
    out.
    """
    for name in index.documents:
        rows: Sequence[int] = index.rows_of(name)
        rows = [row for row in rows if not _is_commented(index.passages[row])] or rows
        spans = [span for row in rows for span in index.passages[row].sentences]
        if not spans:
            continue
        vectors = np.concatenate([index.sentence_vectors(row) for row in rows])
        nearness = vectors[:_LEADS] @ vectors.mean(axis=0)
        document = index.documents[name]
        first = spans[:_LEADS]
        early = _EARLY * 0.5 ** (np.arange(len(first)) / _FIRST)
        alone = np.array([_stands_alone(span, document.text) for span in first])
        yield document, first[int((nearness + early + alone).argmax())]


def _stands_alone(span: Span, body: str) -> bool:
    """Whether a sentence can stand for a document: whole, no item, row, turn or question."""
    said = span.of(body)
    return (
        len(span) in _LEAD_LENGTH
        and _WHOLE.search(said) is not None
        and _ITEM.match(said) is None
        and " | " not in said
        and not text.asks(said)
    )


def _is_commented(passage: Passage) -> bool:
    return any(map(text.heads_comments, passage.heading.split(HEADING_SEPARATOR)))


def unknown_words(index: Index, question: str, *, names_only: bool) -> tuple[str, ...]:
    """Names and long words of a question that no document uses, in any inflection, as written.

    Not a verb before its subject. Names only where the documents may say the rest in the words of
    another language.
    """
    words = dict.fromkeys(re.findall(r"[^\W\d_][\w-]{2,}", question)[1:])  # first: Who, Que, …
    long = len(question) if names_only else _LONG
    telling = (word for word in words if word[0].isupper() or len(word) >= long)
    return tuple(
        word for word in telling if _CLITICS.search(word) is None and _unknown(index, word)
    )


_CLITICS = Forms(lambda known: known.spelling.clitics)
"""What makes a word a verb before its subject, among others: "conseille-t-elle"."""


def _unknown(index: Index, word: str) -> bool:
    stems = [text.search_tokens(word, {language}) for language in LEXICONS]
    return all(stems) and not any(len(index.holding(tokens[-1:])) for tokens in stems)


def _passages_holding(index: Index, phrase: str) -> Iterator[Passage]:
    """The passages that hold all words of the phrase, under the stemmer of either language."""
    tokens = [text.search_tokens(phrase, {language}) for language in LEXICONS]
    rows = np.unique(np.concatenate([index.holding(stems) for stems in tokens]))
    yield from (index.passages[int(row)] for row in rows)


def _literal(phrase: str) -> Callable[[str], bool]:
    words = r"\s+".join(re.escape(word) for word in text.fold(phrase).split())
    pattern = re.compile(rf"(?<!\w){words}(?!\w)")
    return lambda sentence: pattern.search(text.fold(sentence)) is not None


def _stems(phrase: str) -> Callable[[str], bool]:
    wanted = [set(text.search_tokens(phrase, {language})) for language in LEXICONS]

    def holds(sentence: str) -> bool:
        return any(
            stems and stems <= set(text.search_tokens(sentence, {language}))
            for stems, language in zip(wanted, LEXICONS, strict=True)
        )

    return holds
