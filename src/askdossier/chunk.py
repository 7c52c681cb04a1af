"""Packs whole sentences under their headings into passages that fit the embedder's window."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from askdossier.core import HEADING_SEPARATOR, Document, Language, Passage, Span
from askdossier.lang import LEXICONS
from askdossier.text import pieces, question_language, sentences

TARGET = 180
"""Tokens a passage aims at: long enough to be understood by itself, short enough for a small
embedder to represent it."""

_MARGIN = 8
"""Tokens kept free, since joined sentences may count a little more than their sum."""
_LONGEST_TITLE = 120
_LONGEST_HEADING = 160

CountTokens = Callable[[Sequence[str]], list[int]]


@dataclass(frozen=True, slots=True)
class _Section:
    """The text between two headings."""

    span: Span
    heading: str


@dataclass(frozen=True, slots=True)
class _Sentence:
    span: Span
    tokens: int


def passages(document: Document, count_tokens: CountTokens, max_tokens: int) -> tuple[Passage, ...]:
    """The passages of a document, in reading order.

    ``count_tokens`` is `Embedder.count_tokens` and ``max_tokens`` its `max_tokens`; `context` and
    the passage's text together never count more. Every sentence of the body stands in exactly one
    passage; headings stand in none, they are told by `Passage.heading`. Ids are the same for the
    same document.
    """
    sections = [
        (section, sentences(document.text, section.span)) for section in _sections(document)
    ]
    sections = [(section, spans) for section, spans in sections if spans]
    contexts = list(dict.fromkeys(_context(document, section.heading) for section, _ in sections))
    flat = [span for _, spans in sections for span in spans]
    counts = count_tokens([*contexts, *(span.of(document.text) for span in flat)])
    context_tokens = dict(zip(contexts, counts, strict=False))
    sentence_tokens = iter(counts[len(contexts) :])
    found: list[Passage] = []
    for section, spans in sections:
        room = max_tokens - context_tokens[_context(document, section.heading)] - _MARGIN
        room = max(room, max_tokens // 4)
        whole = [_Sentence(span, next(sentence_tokens)) for span in spans]
        fitting = [
            part
            for sentence in whole
            for part in _fitted(document.text, sentence, room, count_tokens)
        ]
        for group in _groups(document.text, fitting, min(TARGET, room)):
            span = Span(group[0].span.start, group[-1].span.end)
            found.append(
                Passage(
                    id=f"{document.id}#{span.start}-{span.end}",
                    document=document.id,
                    span=span,
                    heading=section.heading,
                    sentences=tuple(sentence.span for sentence in group),
                    language=_language(document, span),
                )
            )
    return tuple(found)


def _language(document: Document, span: Span) -> Language:
    """English paragraphs in French pages, and the other way round, are common.

    Languages with a lexicon are told from each other by a few sentences.
    """
    if document.language not in LEXICONS:
        return document.language
    return question_language(span.of(document.text))


def context(document: Document, passage: Passage) -> str:
    """The line put before the passage's text when it is embedded: title and headings."""
    return _context(document, passage.heading)


def _context(document: Document, heading: str) -> str:
    title = _shortened(document.title, _LONGEST_TITLE)
    path = [part for part in heading.split(HEADING_SEPARATOR) if part and part != document.title]
    inner = HEADING_SEPARATOR.join(path)
    if len(inner) > _LONGEST_HEADING and path:
        inner = _shortened(path[-1], _LONGEST_HEADING)  # the innermost heading says most
    return f"{title}{HEADING_SEPARATOR}{inner}" if inner else title


def _shortened(text: str, longest: int) -> str:
    if len(text) <= longest:
        return text
    return text[: longest - 1].rsplit(" ", 1)[0] + "…"


def _sections(document: Document) -> Iterator[_Section]:
    """The body between the headings, each part with the path of headings above it.

    What the document came with stands above them all.
    """
    start = 0
    within = document.source.within
    path = [(0, within)] if within else []
    for heading in document.headings:
        if heading.span.start > start:
            yield _Section(Span(start, heading.span.start), _path(path))
        while path and path[-1][0] >= heading.level:
            path.pop()
        path.append((heading.level, " ".join(heading.span.of(document.text).split())))
        start = heading.span.end
    if start < len(document.text):
        yield _Section(Span(start, len(document.text)), _path(path))


def _path(path: Sequence[tuple[int, str]]) -> str:
    return HEADING_SEPARATOR.join(text for _, text in path)


def _fitted(
    text: str, sentence: _Sentence, room: int, count_tokens: CountTokens
) -> Iterator[_Sentence]:
    """The sentence, or its clauses when it alone is longer than the window."""
    if sentence.tokens <= room:
        yield sentence
        return
    length = len(sentence.span)
    if length <= 1:
        yield sentence  # nothing left to cut
        return
    longest = max(1, min(length - 1, length * room // (sentence.tokens + 1)))
    parts = list(pieces(text, sentence.span, longest))
    for part, tokens in zip(parts, count_tokens([part.of(text) for part in parts]), strict=True):
        yield from _fitted(text, _Sentence(part, tokens), room, count_tokens)


def _groups(text: str, whole: Sequence[_Sentence], target: int) -> Iterator[list[_Sentence]]:
    """Neighbours packed to about equal sizes, none above ``target`` unless one sentence alone is.

    Equal sizes leave no last passage of three words. A paragraph's end is preferred as a border
    once a passage is two thirds full.
    """
    total = sum(sentence.tokens for sentence in whole)
    parts = max(1, -(-total // target))
    aim = -(-total // parts)
    group: list[_Sentence] = []
    size = 0
    for sentence in whole:
        if group:
            between = text[group[-1].span.end : sentence.span.start]
            over = size + sentence.tokens > target
            reached = size + sentence.tokens / 2 > aim
            paragraph = "\n\n" in between and size >= 2 * aim / 3
            if over or reached or paragraph:
                yield group
                group, size = [], 0
        group.append(sentence)
        size += sentence.tokens
    if group:
        yield group
