"""Records to HTML: pure functions, and the only place where the chat makes markup.

Whatever comes from a document, a question or an answer goes through ``_text``, so that it can
only ever be text; links are followed to http and https alone. Nothing is read as Markdown.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from urllib.parse import urlsplit

from askdossier.records import Citation, Claim, Document, Passage, Place, Span, Support
from askdossier.web.texts import Texts, date_in_words, seconds_in_words, told
from askdossier.web.turn import Turn

_AROUND = 20_000
"""Characters of a document shown on each side of a passage; most documents are shown whole."""

_SIGNS: Mapping[Support, str] = {
    "supported": "✓",
    "quoted": "«\N{NO-BREAK SPACE}»",
    "partly": "~",
    "unsupported": "✗",
}


def _text(text: str) -> str:
    """``text`` as HTML that shows exactly these characters, in an element or an attribute."""
    return html.escape(text, quote=True)


_UNBROKEN = re.compile(r"« \S{1,20}(?: [»?!:;])*|\S{1,20}(?: [»?!:;])+")
"""French sets a space inside guillemets and before double signs; no line may begin with these."""


def _prose(text: str) -> str:
    """``text`` as HTML, its characters unchanged, its French punctuation kept with its word."""
    parts = []
    at = 0
    for match in _UNBROKEN.finditer(text):
        kept = f'<span class="ad-unbroken">{_text(match[0])}</span>'
        parts += [_text(text[at : match.start()]), kept]
        at = match.end()
    return "".join([*parts, _text(text[at:])])


def _lang(document: Document | None) -> str:
    """A ``lang`` attribute, for the right hyphens, quotation marks and spoken voice."""
    if document is None or not re.fullmatch(r"[a-z]{2,3}", document.language):
        return ""
    return f' lang="{document.language}"'


def safe_link(url: str | None) -> str | None:
    """The address when it is a plain http or https one, else None."""
    if url is None or re.search(r"[\s\x00-\x1f\x7f\\]", url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.hostname else None


# --- the page -------------------------------------------------------------------------------------


def shell(documents: Mapping[str, Document], texts: Texts) -> str:
    """The whole page before the first question: heading, conversation, composer, side panel."""
    welcome = _welcome(texts) if documents else _empty(texts)
    disabled = "" if documents else " disabled"
    return (
        f'<div class="ad-page" lang="{texts.language}">'
        '<header class="ad-top"><div class="ad-top-in">'
        '<h1 class="ad-name"><span>ask</span>dossier</h1>'
        f'<p class="ad-tagline">{_text(texts.tagline)}</p>'
        f'<button type="button" class="ad-plain ad-library-open" data-do="library">'
        f"{_text(texts.documents(len(documents)))}"
        "</button></div></header>"
        f'<div class="ad-main"><div class="ad-thread" role="log" aria-live="polite"'
        f' tabindex="-1">{welcome}</div>'
        '<div class="ad-foot"><p class="ad-note" role="status" hidden></p>'
        f'<form class="ad-composer" data-lost="{_text(texts.disconnected)}"'
        f' data-stopping="{_text(texts.stopping)}">'
        f'<label class="ad-hidden" for="ad-question">{_text(texts.placeholder)}</label>'
        f'<textarea id="ad-question" rows="1" enterkeyhint="send" autocomplete="off"'
        f' placeholder="{_text(texts.placeholder)}" aria-describedby="ad-hint"{disabled}>'
        "</textarea>"
        f'<button type="submit" class="ad-ask"{disabled}><span>{_text(texts.ask)}</span></button>'
        f'<button type="button" class="ad-stop" data-do="stop" hidden>'
        f"<span>{_text(texts.stop)}</span></button>"
        f'</form><p class="ad-hint" id="ad-hint">{_text(texts.hint)}</p></div></div>'
        f'<aside class="ad-side" aria-label="{_text(texts.panel)}" tabindex="-1">'
        f'<div class="ad-library">{library(documents, texts)}</div>'
        '<div class="ad-source" hidden></div></aside>'
        '<div class="ad-preview" id="ad-preview" role="tooltip" hidden>'
        '<q class="ad-preview-quote"></q><span class="ad-preview-from"></span></div></div>'
    )


def _welcome(texts: Texts) -> str:
    return (
        f'<section class="ad-welcome"><h2>{_text(texts.welcome)}</h2>'
        f"<p>{_text(texts.promise)}</p></section>"
    )


def _empty(texts: Texts) -> str:
    steps = "".join(f"<li>{_text(step)}</li>" for step in texts.empty_steps)
    return (
        f'<section class="ad-welcome ad-empty"><h2>{_text(texts.empty_title)}</h2>'
        f"<ol>{steps}</ol></section>"
    )


def library(documents: Mapping[str, Document], texts: Texts) -> str:
    """The list of documents, each opening at its beginning."""
    items = "".join(
        f'<li><button type="button" class="ad-document" {_place(document.id, Span(0, 0))}>'
        f'<span class="ad-document-title"{_lang(document)} dir="auto">'
        f"{_text(document.title)}</span>{_byline(document, texts)}</button></li>"
        for document in sorted(documents.values(), key=lambda d: (d.title.casefold(), d.id))
    )
    return (
        f'<header class="ad-side-top"><h2>{_text(texts.library)}</h2>'
        f"{_close(texts)}</header>"
        f'<ul class="ad-documents">{items}</ul>'
    )


def _close(texts: Texts) -> str:
    return (
        f'<button type="button" class="ad-plain ad-close" data-do="close"'
        f' aria-label="{_text(texts.close)}">×</button>'
    )


def _place(document: str, span: Span, number: int = 0) -> str:
    """Attributes that tell the script which words of which document to open."""
    return (
        f'data-do="source" data-document="{_text(document)}" data-start="{span.start}"'
        f' data-end="{span.end}" data-number="{number}"'
    )


def _byline(document: Document, texts: Texts) -> str:
    source = document.source
    people = dict.fromkeys(name for name in (source.author, source.publisher) if name)
    parts = [_text(name) for name in people]
    if source.date:
        parts.append(_date(source.date, texts))
    return f'<span class="ad-byline">{" · ".join(parts)}</span>' if parts else ""


def _date(iso: str, texts: Texts) -> str:
    return f'<span class="ad-unbroken">{_text(date_in_words(iso, texts)[:40])}</span>'


# --- a question and its answer --------------------------------------------------------------------


def turn(turn: Turn, documents: Mapping[str, Document], texts: Texts) -> str:
    """A question with what is known of its answer so far."""
    answered = turn.answer is not None and not turn.answer.abstained
    parts = [
        f'<h2 class="ad-question" data-key="question" dir="auto">'
        f'<span class="ad-hidden">{_text(texts.question)}{_colon(texts)}</span>'
        f"{_prose(turn.question)}</h2>"
    ]
    if turn.standalone:
        parts.append(f'<p class="ad-standalone" data-key="asked">{_prose(turn.standalone)}</p>')
    if turn.answer is not None and answered and turn.answer.message:
        parts.append(f'<p class="ad-said" data-key="said">{_prose(turn.answer.message)}</p>')
    if turn.claims:
        parts.append(_claims(turn.claims, documents, texts))
    if turn.state == "done" and not answered:
        parts.append(_abstention(turn, texts))
    if turn.state == "failed":
        parts.append(notice(*told(turn.error, texts)))
    parts.append(_status(turn, texts))
    parts.append(_sources(turn, documents, texts))
    return "".join(parts)


def _colon(texts: Texts) -> str:
    return "\N{NO-BREAK SPACE}: " if texts.language == "fr" else ": "


def _status(turn: Turn, texts: Texts) -> str:
    words = {
        "searching": texts.searching,
        "waiting": texts.waiting(turn.ahead),
        "writing": texts.writing,
        "stopped": texts.stopped,
        "failed": "",
        "done": "",
    }[turn.state]
    if turn.answer is not None and (total := turn.answer.timings.get("total")) is not None:
        words = texts.done(seconds_in_words(total, texts))
    if not words:
        return ""
    legend = _legend(turn.claims, texts) if turn.state in ("done", "stopped") else ""
    running = " ad-running" if turn.running else ""
    return (
        f'<div class="ad-status{running}" data-key="status">'
        f"<span>{_text(words)}</span>{legend}</div>"
    )


def _legend(claims: Sequence[Claim], texts: Texts) -> str:
    """What the signs in the margin mean, for those that occur."""
    used = {claim.support for claim in claims}
    entries = "".join(
        f'<li><span class="ad-sign ad-{support}" aria-hidden="true">{sign}</span>'
        f"{_text(texts.support[support])}</li>"
        for support, sign in _SIGNS.items()
        if support in used
    )
    return (
        f'<ul class="ad-legend" aria-label="{_text(texts.legend)}">{entries}</ul>' if used else ""
    )


def _claims(claims: Sequence[Claim], documents: Mapping[str, Document], texts: Texts) -> str:
    rows = "".join(
        _claim(position, claim, documents, texts) for position, claim in enumerate(claims)
    )
    return (
        f'<section class="ad-answer" data-key="answer" aria-label="{_text(texts.answer)}">'
        f"{rows}</section>"
    )


def _claim(position: int, claim: Claim, documents: Mapping[str, Document], texts: Texts) -> str:
    marks = "".join(_mark(citation, documents, texts) for citation in claim.citations)
    marks = f'<span class="ad-marks">{marks}</span>' if marks else ""
    sentence = f'<span class="ad-sentence" dir="auto">{_prose(claim.text)}</span>'
    if claim.citations:
        first = claim.citations[0]
        sentence = (
            f'<span class="ad-sentence" dir="auto" role="button" tabindex="0"'
            f" {_place(first.document, first.span, first.number)}>{_prose(claim.text)}</span>"
        )
    reason = (
        f'<span class="ad-reason">{_text(texts.because)} {_prose(claim.reason)}</span>'
        if claim.reason
        else ""
    )
    status = texts.support[claim.support]
    return (
        f'<p class="ad-claim ad-{claim.support}" data-key="claim-{position}"'
        f' data-support="{claim.support}">'
        f'<span class="ad-sign ad-{claim.support}" role="img" aria-label="{_text(status)}"'
        f' title="{_text(status)}">{_SIGNS[claim.support]}</span>'
        f'<span class="ad-said">{sentence}{marks}{reason}</span></p>'
    )


def _mark(citation: Citation, documents: Mapping[str, Document], texts: Texts) -> str:
    """A ``[n]`` that opens the source, and shows the quote when pointed at."""
    title = _title(citation.document, documents)
    label = f"{texts.citation(citation.number)}{_colon(texts)}{citation.quote} — {title}"
    return (
        f'<button type="button" class="ad-mark"'
        f" {_place(citation.document, citation.span, citation.number)}"
        f' data-quote="{_text(citation.quote)}" data-from="{_text(title)}"'
        f' aria-label="{_text(label)}">[{citation.number}]</button>'
    )


def _title(document: str, documents: Mapping[str, Document]) -> str:
    return documents[document].title if document in documents else document


def _abstention(turn: Turn, texts: Texts) -> str:
    message = turn.answer.message if turn.answer else ""
    body = f'<p dir="auto">{_prose(message)}</p>' if message else ""
    nothing = "" if turn.evidence else f"<p>{_text(texts.nothing_found)}</p>"
    return (
        f'<section class="ad-notice ad-abstained" data-key="notice">'
        f"<h3>{_text(texts.abstained)}</h3>{body}{nothing}</section>"
    )


def notice(heading: str, advice: str, detail: str = "") -> str:
    """A calm message: what happened, what to do, and the details for whoever mends it."""
    body = f'<p dir="auto">{_prose(advice)}</p>' if advice else ""
    if detail:
        body += f'<p class="ad-detail" dir="auto">{_prose(detail)}</p>'
    return (
        f'<section class="ad-notice ad-failed" data-key="notice" role="alert">'
        f"<h3>{_text(heading)}</h3>{body}</section>"
    )


def _sources(turn: Turn, documents: Mapping[str, Document], texts: Texts) -> str:
    """The quotes that the answer cites, numbered; then the other evidence, folded once answered."""
    cited: dict[int, Citation] = {}
    for claim in turn.claims:
        for citation in claim.citations:
            cited.setdefault(citation.number, citation)
    others = [
        evidence
        for evidence in turn.evidence
        if not any(
            evidence.document == citation.document and evidence.span.overlaps(citation.span)
            for citation in cited.values()
        )
    ]
    parts = []
    if cited:
        cards = "".join(
            _card(
                citation.document,
                citation.span,
                citation.quote,
                documents,
                texts,
                number=number,
                also=citation.also,
            )
            for number, citation in sorted(cited.items())
        )
        parts.append(_cards("references", texts.references, cards))
    if others:
        cards = "".join(
            _card(
                evidence.document,
                evidence.span,
                evidence.quote,
                documents,
                texts,
                also=evidence.also,
            )
            for evidence in others
        )
        if turn.claims and not turn.running:
            parts.append(
                f'<details class="ad-cards ad-others" data-key="others">'
                f"<summary>{_text(texts.consulted(len(others)))}</summary><ol>{cards}</ol></details>"
            )
        else:
            abstained = turn.state == "done"
            heading = texts.nearest if abstained else texts.found(len(others))
            parts.append(_cards("found", heading, cards))
    return "".join(parts)


def _cards(key: str, heading: str, cards: str) -> str:
    return (
        f'<section class="ad-cards ad-{key}" data-key="{key}"><h3>{_text(heading)}</h3>'
        f"<ol>{cards}</ol></section>"
    )


def _card(
    document: str,
    span: Span,
    quote: str,
    documents: Mapping[str, Document],
    texts: Texts,
    *,
    number: int = 0,
    also: Sequence[Place] = (),
) -> str:
    known = documents.get(document)
    badge = f'<span class="ad-number">{number}</span>' if number else ""
    origin = [f'<span class="ad-card-title">{_text(_title(document, documents))}</span>']
    if known is not None:
        if known.source.publisher:
            origin.append(f"<span>{_text(known.source.publisher)}</span>")
        if known.source.date:
            origin.append(_date(known.source.date, texts))
        if page := known.page(span.start):
            origin.append(_page(page))
    others = dict.fromkeys(_title(place.document, documents) for place in also)
    if others:
        origin.append(f"<span>{_text(texts.also)}{_colon(texts)}{_text(', '.join(others))}</span>")
    return (
        f'<li class="ad-card" data-key="{_text(document)}-{span.start}-{span.end}">'
        f'<button type="button" {_place(document, span, number)}>{badge}'
        f'<span class="ad-card-quote"{_lang(known)} dir="auto">{_prose(quote)}</span>'
        f'<span class="ad-card-from">{" · ".join(origin)}</span></button></li>'
    )


# --- the source panel -----------------------------------------------------------------------------


def source(
    document: Document, span: Span, passage: Passage | None, texts: Texts, number: int = 0
) -> str:
    """A document with exactly the characters of ``span`` marked, its passage set apart.

    An empty ``span`` marks nothing and shows the document from its beginning.
    """
    kicker = texts.citation(number) if number else texts.source
    headings = passage.heading.split(" › ") if passage is not None and passage.heading else []
    below = " › ".join(heading for heading in headings if heading != document.title)
    trail = f'<p class="ad-trail" dir="auto">{_prose(below)}</p>' if below else ""
    return (
        '<header class="ad-side-top">'
        f'<button type="button" class="ad-plain ad-back" data-do="library">'
        f'<span aria-hidden="true">←</span> {_text(texts.back)}</button>{_close(texts)}</header>'
        f'<header class="ad-origin"><p class="ad-kicker">{_text(kicker)}</p>'
        f'<h2 tabindex="-1"{_lang(document)} dir="auto">{_prose(document.title)}</h2>'
        f"{_byline(document, texts)}{_provenance(document, span, texts)}{trail}</header>"
        f'<article class="ad-text" tabindex="0"{_lang(document)} dir="auto">'
        f"{_reading(document, span, passage)}</article>"
    )


def _page(number: int) -> str:
    return f'<span class="ad-unbroken">p. {number}</span>'


def _provenance(document: Document, quote: Span, texts: Texts) -> str:
    entries = []
    link = safe_link(document.source.url)
    if link is not None:
        entries.append(
            f'<a href="{_text(link)}" target="_blank" rel="noopener noreferrer">'
            f'{_text(texts.original)}<span aria-hidden="true"> ↗</span></a>'
        )
    if document.source.licence:
        entries.append(
            f"<span>{_text(texts.licence)}{_colon(texts)}{_text(document.source.licence)}</span>"
        )
    entries.append(f"<span>{_text(texts.file)}{_colon(texts)}{_text(document.source.path)}</span>")
    if page := document.page(quote.start):
        entries.append(_page(page))
    return f'<p class="ad-provenance">{"".join(entries)}</p>'


def _reading(document: Document, quote: Span, passage: Passage | None) -> str:
    text = document.text
    near = quote
    if passage is not None and passage.span.contains(quote):
        near = passage.span
    start = _snap(text, max(0, near.start - _AROUND), near.start)
    end = min(len(text), near.end + _AROUND)
    shown = near if len(quote) else Span(start, end)
    levels = {
        heading.span.start: heading.level
        for heading in document.headings
        if start <= heading.span.start < end
    }
    lines = []
    if start:
        lines.append('<p class="ad-cut" aria-hidden="true">[…]</p>')
    for line in _lines(text, Span(start, end)):
        level = next((level for at, level in levels.items() if line.start <= at < line.end), 0)
        runs = "".join(_runs(text, line, shown, quote))
        if level:
            lines.append(
                f'<p class="ad-heading" role="heading" aria-level="{min(6, level + 2)}">{runs}</p>'
            )
        else:
            lines.append(f"<p>{runs}</p>")
    if end < len(text):
        lines.append('<p class="ad-cut" aria-hidden="true">[…]</p>')
    return "".join(lines)


def _snap(text: str, at: int, before: int) -> int:
    """The first beginning of a line, or else of a word, from ``at`` to ``before``."""
    if at == 0:
        return 0
    for border in ("\n", " "):
        found = text.find(border, at, before)
        if found >= 0:
            return found + 1
    return at


def _lines(text: str, span: Span) -> Iterable[Span]:
    """The lines inside ``span`` that are not blank, without their line breaks."""
    for match in re.finditer(r"[^\n]+", text[span.start : span.end]):
        if not match[0].isspace():
            yield Span(span.start + match.start(), span.start + match.end())


def _runs(text: str, line: Span, passage: Span, quote: Span) -> Iterable[str]:
    """The characters of ``line``, each once, in elements that say where they stand."""
    cuts = {line.start, line.end}
    for border in (passage.start, passage.end, quote.start, quote.end):
        if line.start < border < line.end:
            cuts.add(border)
    ordered = sorted(cuts)
    for start, end in pairwise(ordered):
        words = _prose(text[start:end])
        if quote.start <= start and end <= quote.end:
            yield f"<mark>{words}</mark>"
        elif passage.start <= start and end <= passage.end:
            yield words
        else:
            yield f'<span class="ad-around">{words}</span>'
