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
from itertools import groupby
from typing import TYPE_CHECKING, Any

from askdossier import wire
from askdossier.core import Citation, Claim, Document
from askdossier.lang import notes
from askdossier.web import sections
from askdossier.web.conversations import Conversation, Exchange
from askdossier.web.sections import Section, line
from askdossier.web.texts import Texts, date_in_words

if TYPE_CHECKING:
    import docx.document
    import docx.table

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
        line(title), answered, texts
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
    return line(", ".join(filter(None, parts))) + "."


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
            f"{opening}{line(citation.quote)}{closing}",
            reference(exchange.sources[citation.document], citation, exchange.asked, texts),
        )
        for citation in exchange.citations
        if citation.document in exchange.sources
    ]


def _remarks(exchange: Exchange) -> tuple[str, ...]:
    """What a reader must know of the writer, one line each."""
    answer = exchange.turn.answer
    return tuple(map(line, notes.behind(answer))) if answer is not None else ()


def _file_name(title: str) -> str:
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain)[:60].strip("-") or "askdossier"


# --- the formats ----------------------------------------------------------------------------------


def _text(title: str, exchanges: Sequence[Exchange], texts: Texts) -> bytes:
    blocks = [] if len(exchanges) == 1 else [title]
    for exchange in exchanges:
        blocks.append(line(exchange.turn.question))
        blocks.append(sections.plain(sections.everything(exchange, texts)))
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
    level = "##" if several else "#"
    for exchange in exchanges:
        blocks.append(f"{level} {_escaped(line(exchange.turn.question))}")
        for section in sections.everything(exchange, texts):
            if section.heading:
                blocks.append(f"{level}# {_escaped(section.heading)}")
            sentences = [_escaped(said + marks) for said, marks in section.sentences]
            if section.items:
                blocks.append("\n".join(f"- {sentence}" for sentence in sentences))
            else:
                blocks.append(" ".join(sentences))
        quotes = _notes(exchange, texts)
        if quotes:
            blocks.append(f"{level}# {texts.references}")
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
        document.add_heading(line(exchange.turn.question), 1)
        _write_sections(document, sections.everything(exchange, texts))
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


def _write_sections(document: docx.document.Document, written: Iterable[Section]) -> None:
    """One under the other, but those side by side as the columns of a table."""
    for beside, group in groupby(written, lambda section: section.beside):
        if beside:
            columns = tuple(group)
            table = document.add_table(rows=2, cols=len(columns), style="Table Grid")
            for column, section in enumerate(columns):
                heading, cell = (table.cell(row, column) for row in (0, 1))
                heading.paragraphs[0].add_run(section.heading).bold = True
                cell.paragraphs[0]._element.getparent().remove(cell.paragraphs[0]._element)
                _write_sentences(cell, section)
            continue
        for section in group:
            if section.heading:
                document.add_heading(section.heading, 2)
            _write_sentences(document, section)


def _write_sentences(where: docx.document.Document | docx.table._Cell, section: Section) -> None:
    paragraph = None
    for said, marks in section.sentences:
        if section.items:
            paragraph = where.add_paragraph(style="List Bullet")
        elif paragraph is None:
            paragraph = where.add_paragraph()
        paragraph.add_run(said)
        paragraph.add_run(marks + " ")


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
        "answer": sections.plain(sections.answer(exchange, texts)),
        "abstained": turn.answer is not None and turn.answer.abstained,
        "writer": wire.dump_profile(turn.answer.writer) if turn.answer is not None else None,
        "remarks": list(_remarks(exchange)),
        "form": turn.form,
        "claims": _plain_claims(turn.claims),
        "remark": turn.answer.remark if turn.answer is not None else "",
        "doubtful": _plain_claims(turn.doubtful),
        "sources": [
            _plain_source(citation, exchange.sources[citation.document], exchange.asked, texts)
            for citation in exchange.citations
            if citation.document in exchange.sources
        ],
    }


def _plain_claims(claims: Sequence[Claim]) -> list[dict[str, Any]]:
    """As on the wire, with the numbers of the ``sources`` in place of these."""
    return [
        {**wire.dump_claim(claim), "citations": [citation.number for citation in claim.citations]}
        for claim in claims
    ]


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
