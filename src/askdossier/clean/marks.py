"""Marks inside lines that are no part of the text: edit links, footnote numbers, back links."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from askdossier.core import Block, Removal, Span
from askdossier.text import fold

_EDIT = re.compile(
    r"[ \u00a0]?\[\s*(?:modifier|edit)(?: (?:le |la )?(?:code|wikicode|source))?"
    r"(?:\s*+\|\s*+[^\]\s][^\]\n]{0,39})?\s*+\]"
)
_REQUEST = re.compile(
    r"[ \u00a0]?\[\s*(?:réf(?:érence)?\.? (?:nécessaire|souhaitée|insuffisante|incomplète)|"
    r"citation needed|source insuffisante|pas clair|clarification needed|(?:when|who|quand|qui)"
    r"\s?\?)\s*\]"
)
_NUMBER = r"\[(?:\d{1,3}|note \d{1,3}|[a-z]|N \d{1,2})\]"
_FOOTNOTES = re.compile(rf"{_NUMBER}(?:,?\s?{_NUMBER}){{0,7}}(?![\w(={{])")
_BACK_LINK = re.compile(r"(?P<marker>(?:[-*•]|\d{1,3}[.)])\s+)?(?:↑|\^)\s*(?:\d+[.,]\d+\s*)*")
_RETURN_LINK = re.compile(
    r"[←‹«<]\s*(?:Retour|Back)(?:\s+(?:à|au|aux|vers|to)\b(?: [^A-ZÉÈÀ]*)?)?\s*(?::\s*)?"
)
_REFERENCES = re.compile(
    r"references?|notes?(?: et references?)?|notes and references|sources?|bibliographie|footnotes"
)


def is_edited(text: str) -> bool:
    """Whether a line has the link with which the readers of a wiki edit it."""
    return "[" in text and _EDIT.search(text) is not None


def without_marks(blocks: Sequence[Block]) -> tuple[list[Block], list[Removal]]:
    """The blocks without such marks, and the marks.

    Footnote numbers go only from a text that has a list of references, and only where they hang
    on a word: "as in [3]" and "[1] Author, title" are text.
    """
    removals: list[Removal] = []
    with_references = any(map(_is_reference, blocks))
    cleaned: list[Block] = []
    for original in blocks:
        block = original
        if "[" in block.text:
            block = _strip(block, _EDIT, "edit mark", removals)
            block = _strip(block, _REQUEST, "edit mark", removals)
            if with_references:
                block = _strip(block, _FOOTNOTES, "footnote mark", removals, hanging=True)
        if with_references and (back := _BACK_LINK.match(block.text)):
            link_back = Span(len(back["marker"] or ""), back.end())
            removals.append(Removal(link_back.of(block.text).strip(), "footnote mark"))
            block = _without(block, [link_back])
        if link := _RETURN_LINK.match(block.text):
            removals.append(Removal(link[0].strip(), "menu"))
            block = _without(block, [Span(0, link.end())])
        cleaned.append(block)
    return cleaned, removals


def _is_reference(block: Block) -> bool:
    if block.text.lstrip("-*• ").startswith(("↑", "^")):
        return True
    return len(block.text) < 60 and bool(
        _REFERENCES.fullmatch(fold(_EDIT.sub("", block.text)).strip(" :"))
    )


def _strip(
    block: Block,
    mark: re.Pattern[str],
    reason: str,
    removals: list[Removal],
    *,
    hanging: bool = False,
) -> Block:
    text = block.text
    found = [
        match
        for match in mark.finditer(text)
        if not (hanging and (match.start() == 0 or text[match.start() - 1].isspace()))
    ]
    removals += [Removal(match[0].strip(), reason) for match in found]
    return _without(block, [Span(*match.span()) for match in found])


def _without(block: Block, spans: Sequence[Span]) -> Block:
    """The block without some of its characters; its pages begin where they began."""
    if not spans:
        return block
    starts = (0, *(span.end for span in spans))
    ends = (*(span.start for span in spans), len(block.text))
    kept = [block.text[start:end] for start, end in zip(starts, ends, strict=True)]
    pages = []
    for page in block.pages:
        before = sum(min(page.offset, s.end) - s.start for s in spans if s.start < page.offset)
        pages.append(replace(page, offset=page.offset - before))
    return Block("".join(kept), block.level, tuple(pages))
