"""Marks inside lines that are no part of the text: edit links, footnote numbers, back links."""

from __future__ import annotations

import re
from collections.abc import Sequence

from askdossier.records import Block, Removal
from askdossier.text import fold

_EDIT = re.compile(
    r"[ \u00a0]?\[\s*(?:modifier|edit)(?: (?:le |la )?(?:code|wikicode|source))?"
    r"(?:\s*\|\s*[^\]\n]{1,40})?\s*\]"
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


def without_marks(blocks: Sequence[Block]) -> tuple[list[Block], list[Removal]]:
    """The blocks without such marks, and the marks.

    Footnote numbers go only from a text that has a list of references, and only where they hang
    on a word: "as in [3]" and "[1] Author, title" are text.
    """
    removals: list[Removal] = []
    with_references = any(map(_is_reference, blocks))
    cleaned: list[Block] = []
    for block in blocks:
        text = block.text
        if "[" in text:
            text = _strip(text, _EDIT, "edit mark", removals)
            text = _strip(text, _REQUEST, "edit mark", removals)
            if with_references:
                text = _strip(text, _FOOTNOTES, "footnote mark", removals, hanging=True)
        if with_references and (back := _BACK_LINK.match(text)):
            text = (back["marker"] or "") + text[back.end() :]
        if link := _RETURN_LINK.match(text):
            removals.append(Removal(link[0].strip(), "menu"))
            text = text[link.end() :]
        cleaned.append(Block(text, block.level))
    return cleaned, removals


def _is_reference(block: Block) -> bool:
    if block.text.lstrip("-*• ").startswith(("↑", "^")):
        return True
    return len(block.text) < 60 and bool(
        _REFERENCES.fullmatch(fold(_EDIT.sub("", block.text)).strip(" :"))
    )


def _strip(
    text: str, mark: re.Pattern[str], reason: str, removals: list[Removal], *, hanging: bool = False
) -> str:
    parts: list[str] = []
    last = 0
    for match in mark.finditer(text):
        start = match.start()
        if hanging and (start == 0 or text[start - 1].isspace()):
            continue
        parts.append(text[last:start])
        last = match.end()
        removals.append(Removal(match[0].strip(), reason))
    parts.append(text[last:])
    return "".join(parts)
