"""Answers as files: plain text, Markdown, DOCX and JSON, with numbered quotes and references.

A reference reads as French bibliographies set one: author, « title », publisher, date, page,
address, consulted on the day of the question. The English one has the same parts.
"""

from __future__ import annotations

import io
import json
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from askdossier import wire
from askdossier.core import Citation, Document
from askdossier.lang import notes, what_is_unknown
from askdossier.web.conversations import Conversation, Exchange
from askdossier.web.texts import Texts, date_in_words

MEDIA_TYPES = {
    "text": "text/plain",
    "markdown": "text/markdown",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "json": "application/json",
}
_ENDINGS = {"text": "txt", "markdown": "md", "docx": "docx", "json": "json"}


@dataclass(frozen=True, slots=True)
class Exported:
    """A file for the browser to save."""

    name: str
    media_type: str
    content: bytes


def export(title: str, exchanges: Sequence[Exchange], format_: str, texts: Texts) -> Exported:
    """Exchanges as a file; those that were not answered are left out.

    Raises:
        KeyError: the format is none of ``MEDIA_TYPES``.
    """
    media_type = MEDIA_TYPES[format_]
    answered = [
        exchange for exchange in exchanges if exchange.turn.claims or exchange.turn.state == "done"
    ]
    content = {"text": _text, "markdown": _markdown, "docx": _docx, "json": _json}[format_](
        _line(title), answered, texts
    )
    return Exported(f"{_file_name(title)}.{_ENDINGS[format_]}", media_type, content)


def export_conversation(conversation: Conversation, format_: str, texts: Texts) -> Exported:
    """A whole conversation as a file. Raises KeyError for an unknown format."""
    return export(conversation.title, conversation.exchanges, format_, texts)


# --- references -----------------------------------------------------------------------------------


def reference(
    document: Document, citation: Citation | None, consulted: datetime, texts: Texts
) -> str:
    """The bibliographic reference of a document, with the page of ``citation`` when it has one."""
    source = document.source
    opening, closing = texts.quotes
    parts = [source.author or "", f"{opening}{document.title}{closing}"]
    if source.publisher and source.publisher != source.author:
        parts.append(source.publisher)
    if source.date:
        parts.append(date_in_words(source.date, texts))
    if citation is not None and citation.locator is not None:
        parts.append(texts.locator(citation.locator))
    if source.url:
        day = date_in_words(consulted.astimezone().date().isoformat(), texts)
        parts += [source.url, f"{texts.accessed} {day}"]
    else:
        parts.append(source.path)
    return _line(", ".join(filter(None, parts))) + "."


@dataclass(frozen=True, slots=True)
class _Note:
    number: int
    quote: str
    reference: str


def _notes(exchange: Exchange, texts: Texts) -> list[_Note]:
    opening, closing = texts.quotes
    return [
        _Note(
            citation.number,
            f"{opening}{_line(citation.quote)}{closing}",
            reference(exchange.sources[citation.document], citation, exchange.asked, texts),
        )
        for citation in exchange.citations
        if citation.document in exchange.sources
    ]


def _sentences(exchange: Exchange, texts: Texts) -> Iterable[tuple[str, str]]:
    """Each sentence with its marks and what is wrong with it; an abstention is one sentence."""
    answer = exchange.turn.answer
    if answer is not None and answer.message:
        yield _line(answer.message), ""
    for claim in exchange.turn.claims:
        marks = "".join(f" [{citation.number}]" for citation in claim.citations)
        note = f" ({texts.because} {_line(claim.reason)})" if claim.reason else ""
        yield _line(claim.text), marks + note
    if answer is not None and (
        unknown := what_is_unknown(answer.asked_in, answer.cited_in, texts.language)
    ):
        yield unknown, ""


def _remarks(exchange: Exchange) -> tuple[str, ...]:
    """What a reader must know of the writer, one line each."""
    answer = exchange.turn.answer
    return tuple(map(_line, notes.behind(answer))) if answer is not None else ()


def _line(words: str) -> str:
    """On one line, without characters that no file of text should hold."""
    kept = "".join(
        "\N{REPLACEMENT CHARACTER}"
        if unicodedata.category(c) in ("Cc", "Cs") and c not in "\t\n\r"
        else c
        for c in words
    )
    return re.sub(r"[\t\n\r\u2028\u2029 ]+", " ", kept).strip()


def _file_name(title: str) -> str:
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain)[:60].strip("-") or "askdossier"


# --- the formats ----------------------------------------------------------------------------------


def _text(title: str, exchanges: Sequence[Exchange], texts: Texts) -> bytes:
    blocks = [] if len(exchanges) == 1 else [title]
    for exchange in exchanges:
        blocks.append(_line(exchange.turn.question))
        blocks.append(" ".join(said + marks for said, marks in _sentences(exchange, texts)))
        blocks.append(
            "\n".join(
                f"[{note.number}] {note.quote} — {note.reference}"
                for note in _notes(exchange, texts)
            )
        )
        blocks.append("\n".join(_remarks(exchange)))
    return ("\n\n".join(filter(None, blocks)) + "\n").encode()


def _escaped(words: str) -> str:
    """``words`` so that Markdown shows exactly these characters."""
    escaped = re.sub(r"([\\`*_\[\]<>#|~&!$])", r"\\\1", words)
    # An address would become a link by itself, whatever it leads to.
    escaped = re.sub(r"(?i)\b(https?|ftp|mailto)(:)|\b(www)(\.)", r"\1\3\\\2\4", escaped)
    # At the beginning of a paragraph these would make a list or a heading.
    return re.sub(r"^(\d*)([.)+=-])", r"\1\\\2", escaped)


def _markdown(title: str, exchanges: Sequence[Exchange], texts: Texts) -> bytes:
    several = len(exchanges) != 1
    blocks = [f"# {_escaped(title)}"] if several else []
    for exchange in exchanges:
        blocks.append(f"{'##' if several else '#'} {_escaped(_line(exchange.turn.question))}")
        blocks.append(
            " ".join(_escaped(said + marks) for said, marks in _sentences(exchange, texts))
        )
        quotes = _notes(exchange, texts)
        if quotes:
            blocks.append(f"{'###' if several else '##'} {texts.references}")
            # Numbers of our own: Markdown would count a list for itself.
            blocks += [
                f"\\[{note.number}\\] {_escaped(note.quote)} — {_escaped(note.reference)}"
                for note in quotes
            ]
        blocks += [_escaped(remark) for remark in _remarks(exchange)]
    return ("\n\n".join(filter(None, blocks)) + "\n").encode()


def _docx(title: str, exchanges: Sequence[Exchange], texts: Texts) -> bytes:
    import docx
    from docx.oxml.ns import qn

    document = docx.Document()
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "fr-FR" if texts.language == "fr" else "en-GB")
    document.core_properties.title = title[:255]
    document.core_properties.author = "askdossier"
    document.core_properties.comments = ""
    several = len(exchanges) != 1
    if several:
        document.add_heading(title, 0)
    for exchange in exchanges:
        document.add_heading(_line(exchange.turn.question), 1)
        paragraph = document.add_paragraph()
        for said, marks in _sentences(exchange, texts):
            paragraph.add_run(said)
            paragraph.add_run(marks + " ")
        quotes = _notes(exchange, texts)
        if quotes:
            document.add_heading(texts.references, 2)
        for note in quotes:
            paragraph = document.add_paragraph(f"[{note.number}] ")
            paragraph.add_run(note.quote).italic = True
            paragraph.add_run(f" — {note.reference}")
        for remark in _remarks(exchange):
            document.add_paragraph(remark)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _json(title: str, exchanges: Sequence[Exchange], texts: Texts) -> bytes:
    plain = {"title": title, "exchanges": [plain_answer(exchange, texts) for exchange in exchanges]}
    return json.dumps(plain, ensure_ascii=False, indent=2).encode()


def plain_answer(exchange: Exchange, texts: Texts) -> dict[str, Any]:
    """A question and its answer as the JSON object that is exported."""
    turn = exchange.turn
    return {
        "question": turn.question,
        "standalone": turn.standalone,
        "asked": exchange.asked.isoformat(timespec="seconds"),
        "answer": " ".join(said + marks for said, marks in _sentences(exchange, texts)),
        "abstained": turn.answer is not None and turn.answer.abstained,
        "writer": wire.dump_profile(turn.answer.writer) if turn.answer is not None else None,
        "remarks": list(_remarks(exchange)),
        "claims": [
            {
                **wire.dump_claim(claim),
                "citations": [citation.number for citation in claim.citations],
            }
            for claim in turn.claims
        ],
        "sources": [
            _plain_source(citation, exchange.sources[citation.document], exchange.asked, texts)
            for citation in exchange.citations
            if citation.document in exchange.sources
        ],
    }


def _plain_source(
    citation: Citation, document: Document, consulted: datetime, texts: Texts
) -> dict[str, Any]:
    return {
        **wire.dump_citation(citation),
        "title": document.title,
        "author": document.source.author,
        "publisher": document.source.publisher,
        "date": document.source.date,
        "url": document.source.url,
        "accessed": consulted.astimezone().date().isoformat(),
        "reference": reference(document, citation, consulted, texts),
    }
