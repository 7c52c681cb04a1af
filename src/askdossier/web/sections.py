"""What an exported answer holds, in which order, before it takes any format."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from askdossier.core import Claim, by_part
from askdossier.lang import what_is_unknown
from askdossier.web.conversations import Exchange
from askdossier.web.texts import Texts

_NO_XML = "\ufffe\uffff"
"""What DOCX cannot hold beside control characters and lone surrogates."""


@dataclass(frozen=True, slots=True)
class Section:
    """What stands under one heading, or under none."""

    heading: str
    sentences: tuple[tuple[str, str], ...]
    """Each sentence with its marks and what is wrong with it."""
    items: bool = False
    """They are a list, not one paragraph."""
    beside: bool = False
    """It stands beside those that are so as well, where a file can show that."""


def answer(exchange: Exchange, texts: Texts) -> Iterator[Section]:
    """An answer with what the program says before and behind it; an abstention is one sentence."""
    turn, said = exchange.turn, exchange.turn.answer
    before = [_said(turn.message)] if turn.message else []
    behind = []
    if said is not None:
        unknown = what_is_unknown(said.asked_in, said.cited_in, texts.language)
        behind = [_said(words) for words in (unknown, said.remark) if words]
    if turn.form == "prose" and not any(claim.about for claim in turn.claims):
        together = (*before, *(_marked(claim, texts) for claim in turn.claims), *behind)
        yield Section("", together)
        return
    yield Section("", tuple(before))
    for part in by_part(turn.claims):
        sentences = tuple(_marked(claim, texts) for claim in part.claims)
        beside = turn.form == "table" and part.about != ""
        yield Section(line(part.about), sentences, turn.form != "prose", beside)
    yield Section("", tuple(behind))


def everything(exchange: Exchange, texts: Texts) -> Iterator[Section]:
    """The answer, then what was left out of it, each with the heading it would have stood under."""
    yield from answer(exchange, texts)
    if claims := exchange.turn.doubtful:
        sentences = (_marked(claim, texts, under=claim.about) for claim in claims)
        yield Section(texts.doubtful(len(claims)), tuple(sentences), items=True)


def plain(sections: Iterable[Section]) -> str:
    """Sections as plain text, a blank line between them."""
    return "\n\n".join(filter(None, map(_plain, sections)))


def _said(words: str) -> tuple[str, str]:
    return line(words), ""


def _marked(claim: Claim, texts: Texts, under: str = "") -> tuple[str, str]:
    marks = "".join(f" [{citation.number}]" for citation in claim.citations)
    note = f" ({texts.because} {line(claim.reason)})" if claim.reason else ""
    filed = f" — {line(under)}" if under else ""
    return line(claim.text), marks + note + filed


def _plain(section: Section) -> str:
    sentences = [said + marks for said, marks in section.sentences]
    if section.items:
        body = "\n".join(f"- {sentence}" for sentence in sentences)
    else:
        body = " ".join(sentences)
    return "\n".join(filter(None, (section.heading, body)))


def line(words: str) -> str:
    """On one line, without characters that no file of text should hold."""
    kept = "".join(
        "\N{REPLACEMENT CHARACTER}"
        if (unicodedata.category(c) in ("Cc", "Cs") and c not in "\t\n\r") or c in _NO_XML
        else c
        for c in words
    )
    return re.sub(r"[\t\n\r\u2028\u2029 ]+", " ", kept).strip()
