"""Read sentences into a stretch: parse them, and find their facts, cells and speakers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain

from askdossier import lang, text
from askdossier.core import Language, Span
from askdossier.lang.parse import Word, parsed
from askdossier.verify import facts
from askdossier.verify.belonging.stretch import Mention, Stretch
from askdossier.verify.facts import Figure, Name

_BORDER = re.compile(r"\s\|\s")
"""Between two cells of a row."""
_LABEL = re.compile(r"\s*(?P<name>[^:|«»]{2,60}?)\s?:\s")
"""Before what somebody says: "Anne Roy : …"."""
_TELLING = frozenset("NOUN VERB ADJ PROPN NUM ADV X".split())
"""Parts of speech that say something by themselves."""


@lru_cache(maxsize=256)  # three checks read the same ones
def stretch(sentences: tuple[str, ...], language: Language) -> Stretch | None:
    """Parse sentences and number their words through; None without a grammar of their language."""
    grammar = lang.of(language).grammar
    parses = [parsed(sentence, language) for sentence in sentences]
    known = [words for words in parses if words is not None]
    if grammar is None or len(known) < len(sentences):
        return None
    reads, first = [], 0
    for sentence, words in zip(sentences, known, strict=True):
        reads.append(_Sentence(sentence, words, first))
        first += len(words)
    return Stretch(
        grammar,
        tuple(chain.from_iterable(known)),
        tuple(_stems(word, language) for words in known for word in words),
        tuple(one.first + word.head for one in reads for word in one.words),
        tuple(number for number, words in enumerate(known) for _ in words),
        tuple(chain.from_iterable(one.cells() for one in reads)),
        tuple(chain.from_iterable(one.figures() for one in reads)),
        tuple(chain.from_iterable(one.names() for one in reads)),
        tuple(one.speaker() for one in reads),
    )


def _stems(word: Word, language: Language) -> frozenset[str]:
    """Those of the lemma too: "conseillère" and "conseiller" have different ones."""
    if word.part not in _TELLING:
        return frozenset()
    said = word.text if word.lemma == word.text.lower() else f"{word.text} {word.lemma}"
    return frozenset(text.search_tokens(said, {language}))


class _Sentence:
    """One sentence, whose words are numbered from ``first``."""

    def __init__(self, sentence: str, words: Sequence[Word], first: int) -> None:
        self.words = words
        self.first = first
        self._text = sentence
        self._borders = [match.start() for match in _BORDER.finditer(sentence)]

    def cells(self) -> Iterator[int]:
        for word in self.words:
            before = sum(border < word.span.start for border in self._borders)
            yield 1 + before if self._borders else 0

    def figures(self) -> Iterator[Mention[Figure]]:
        for figure in facts.figures(self._text):
            if words := self._at(figure.span):
                yield Mention(figure, words)

    def names(self) -> Iterator[Mention[Name]]:
        reached = 0
        for name in facts.names(self._text):
            start = self._text.find(name.text, reached)
            reached = start + len(name.text)
            words = self._at(Span(start, reached))
            if words := frozenset(i for i in words if not self._word(i).text[:1].isdigit()):
                yield Mention(name, words)

    def speaker(self) -> frozenset[int]:
        """The words of a label that names somebody."""
        label = None if self._borders else _LABEL.match(self._text)
        if label is None:
            return frozenset()
        said = self._at(Span(*label.span("name")))
        named = frozenset[int]().union(*(one.words for one in self.names()))
        return said if any(self._word(i).part == "PROPN" for i in named & said) else frozenset()

    def _at(self, span: Span) -> frozenset[int]:
        """The words that a span of characters touches."""
        return frozenset(
            i for i, word in enumerate(self.words, self.first) if word.span.overlaps(span)
        )

    def _word(self, i: int) -> Word:
        return self.words[i - self.first]
