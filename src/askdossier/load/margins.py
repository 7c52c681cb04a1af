"""Heads and feet of pages that a file keeps apart from its text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from askdossier import lang
from askdossier.core import Block
from askdossier.text.language import language

_SAMPLE = 20_000
"""Characters from which the language of a document is told."""
_PAGE_COUNT = re.compile(r"[\W\d]*(?:(?:page|p|sur|of|von|de)\b[\W\d]*){0,3}", re.IGNORECASE)
"""What is left of a line that only counts pages."""


def margins(blocks: Iterable[Block]) -> Iterator[Block]:
    """Each line once, as running text, without those that only number the pages."""
    seen = set[str]()
    for block in blocks:
        if block.text not in seen and not _PAGE_COUNT.fullmatch(block.text):
            seen.add(block.text)
            yield Block(block.text)


def watermarks(words: Iterable[str], blocks: Sequence[Block]) -> Iterator[Block]:
    """The words that are drawn across the pages of a document of these blocks, told to be such."""
    sample = " ".join(block.text for block in blocks[:200])[:_SAMPLE]
    told = lang.of(language(sample)).speech.watermark
    yield from (Block(told.format(drawn)) for drawn in words)
