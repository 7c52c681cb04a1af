"""The source panel: a document with the words of a citation marked, and those of the others."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from askdossier.core import Box, Document, PageImage, Passage, Removal, Span
from askdossier.web.render.library import removals
from askdossier.web.render.words import (
    button,
    byline,
    close,
    colon,
    lang,
    notice,
    place,
    prose,
    safe_link,
    text,
)
from askdossier.web.texts import Texts

_AROUND = 20_000
"""Characters of a document shown on each side of a passage; most documents are shown whole."""


@dataclass(frozen=True, slots=True)
class Cited:
    """Words that an answer of the conversation cites."""

    document: str
    span: Span
    number: int
    """As in the answer that cites them."""


@dataclass(frozen=True, slots=True)
class Steps:
    """Where a citation stands among all of the conversation, in the order they were given."""

    position: int
    """From 1; 0 when what is shown is not cited."""
    total: int
    previous: Cited | None
    next: Cited | None


NO_STEPS = Steps(0, 0, None, None)


def source(
    document: Document,
    span: Span,
    passage: Passage | None,
    texts: Texts,
    number: int = 0,
    *,
    others: Sequence[Cited] = (),
    steps: Steps = NO_STEPS,
    note: str = "",
    removed: Sequence[Removal] = (),
) -> str:
    """A document with exactly the characters of ``span`` marked, its passage set apart.

    ``others`` are further citations in this document, marked less strongly. An empty ``span``
    marks nothing and shows the document from its beginning. ``note`` is said above the text, and
    what cleaning has ``removed`` is listed there.
    """
    kicker = texts.citation(number) if number else texts.source
    locator = document.locator(span.start) if len(span) else None
    if locator is not None:
        kicker += f" · {texts.locator(locator)}"
    headings = passage.heading.split(" › ") if passage is not None and passage.heading else []
    below = " › ".join(heading for heading in headings if heading != document.title)
    trail = f'<p class="ad-trail" dir="auto">{prose(below)}</p>' if below else ""
    warning = f'<p class="ad-changed" role="note">{prose(note)}</p>' if note else ""
    return (
        '<header class="ad-side-top">'
        f'<button type="button" class="ad-plain ad-back" data-do="back">'
        f'<span aria-hidden="true">←</span> {text(texts.back)}</button>'
        f"{_steps(steps, texts)}{close(texts)}</header>"
        f'<header class="ad-origin"><p class="ad-kicker">{text(kicker)}</p>'
        f'<h2 tabindex="-1"{lang(document)} dir="auto">{prose(document.title)}</h2>'
        f"{byline(document, texts)}{_provenance(document, texts)}"
        f"{_as_image(document, span, texts) if locator else ''}{trail}{warning}"
        f"{removals(document, removed, texts)}</header>"
        f'<article class="ad-text" tabindex="0"{lang(document)} dir="auto"'
        f' aria-label="{text(document.title)}">'
        f"{_reading(document, span, passage, others)}</article>"
    )


def _as_image(document: Document, span: Span, texts: Texts) -> str:
    """The button that shows the page as it looks: of a PDF or a picture, no sheet or slide."""
    if any(start.kind != "page" for start in document.pages[:1]):
        return ""
    where = f'data-document="{text(document.id)}" data-start="{span.start}" data-end="{span.end}"'
    return button(
        texts.as_image,
        "as-image",
        style="ad-plain ad-as-image",
        data=f'{where} aria-pressed="false"',
    )


def page_image(image: PageImage, texts: Texts) -> str:
    """A page as it looks, with the words of a citation marked."""
    name = texts.page_image(image.number)
    data = base64.b64encode(image.webp).decode()
    boxes = "".join(map(_box, image.boxes))
    missing = "" if image.boxes else f"<figcaption>{text(texts.no_boxes)}</figcaption>"
    return (
        f'<figure class="ad-page-image" tabindex="0" aria-label="{text(name)}">{missing}'
        f'<div><img alt="{text(name)}" width="{image.width}" height="{image.height}"'
        f' src="data:image/webp;base64,{data}">{boxes}</div></figure>'
    )


def _box(box: Box) -> str:
    sides = {
        "left": box.left,
        "top": box.top,
        "width": box.right - box.left,
        "height": box.bottom - box.top,
    }
    style = ";".join(f"{name}:{100 * share:.3f}%" for name, share in sides.items())
    return f'<span class="ad-box" style="{style}" aria-hidden="true"></span>'


def lost_source(document: Document, quote: str, texts: Texts) -> str:
    """What is still known of a citation whose words are no longer in the dossier."""
    return (
        '<header class="ad-side-top">'
        f'<button type="button" class="ad-plain ad-back" data-do="back">'
        f'<span aria-hidden="true">←</span> {text(texts.back)}</button>{close(texts)}</header>'
        f'<header class="ad-origin"><h2 tabindex="-1"{lang(document)} dir="auto">'
        f"{prose(document.title)}</h2>{byline(document, texts)}{_provenance(document, texts)}"
        f"</header>{notice(texts.source_lost, texts.source_lost_advice)}"
        f'<blockquote class="ad-lost"{lang(document)} dir="auto">{prose(quote)}</blockquote>'
    )


def _steps(steps: Steps, texts: Texts) -> str:
    if steps.total < 2:
        return ""
    where = texts.step(steps.position, steps.total) if steps.position else ""
    return (
        '<nav class="ad-steps">'
        f"{_step(steps.previous, texts.previous, 'ad-previous', '‹')}"
        f'<span class="ad-step">{text(where)}</span>'
        f"{_step(steps.next, texts.next, 'ad-next', '›')}</nav>"
    )


def _step(to: Cited | None, name: str, style: str, sign: str) -> str:
    target = place(to.document, to.span, to.number) if to else "disabled"
    return (
        f'<button type="button" class="ad-plain {style}" aria-label="{text(name)}"'
        f' title="{text(name)}" {target}>{sign}</button>'
    )


def _provenance(document: Document, texts: Texts) -> str:
    entries = []
    link = safe_link(document.source.url)
    if link is not None:
        entries.append(
            f'<a href="{text(link)}" target="_blank" rel="noopener noreferrer">'
            f'{text(texts.original)}<span aria-hidden="true"> ↗</span></a>'
        )
    if document.source.licence:
        entries.append(
            f"<span>{text(texts.licence)}{colon(texts)}{text(document.source.licence)}</span>"
        )
    if document.source.recognised:
        entries.append(f"<span>{text(texts.recognised)}</span>")
    entries.append(f"<span>{text(texts.file)}{colon(texts)}{text(document.source.path)}</span>")
    return f'<p class="ad-provenance">{"".join(entries)}</p>'


def _reading(
    document: Document, quote: Span, passage: Passage | None, others: Sequence[Cited]
) -> str:
    words = document.text
    near = quote
    if passage is not None and passage.span.contains(quote):
        near = passage.span
    start = _snap(words, max(0, near.start - _AROUND), near.start)
    end = min(len(words), near.end + _AROUND)
    shown = near if len(quote) else Span(start, end)
    levels = {
        heading.span.start: heading.level
        for heading in document.headings
        if start <= heading.span.start < end
    }
    lines = []
    if start:
        lines.append('<p class="ad-cut" aria-hidden="true">[…]</p>')
    for line in _lines(words, Span(start, end)):
        level = next((level for at, level in levels.items() if line.start <= at < line.end), 0)
        runs = "".join(_runs(words, line, shown, quote, others))
        if level:
            lines.append(
                f'<p class="ad-heading" role="heading" aria-level="{min(6, level + 2)}">{runs}</p>'
            )
        else:
            lines.append(f"<p>{runs}</p>")
    if end < len(words):
        lines.append('<p class="ad-cut" aria-hidden="true">[…]</p>')
    return "".join(lines)


def _snap(words: str, at: int, before: int) -> int:
    """The first beginning of a line, or else of a word, from ``at`` to ``before``."""
    if at == 0:
        return 0
    for border in ("\n", " "):
        found = words.find(border, at, before)
        if found >= 0:
            return found + 1
    return at


def _lines(words: str, span: Span) -> Iterable[Span]:
    """The lines inside ``span`` that are not blank, without their line breaks."""
    for match in re.finditer(r"[^\n]+", words[span.start : span.end]):
        if not match[0].isspace():
            yield Span(span.start + match.start(), span.start + match.end())


def _runs(
    words: str, line: Span, passage: Span, quote: Span, others: Sequence[Cited]
) -> Iterable[str]:
    """The characters of ``line``, each once, in elements that say where they stand."""
    also = [other for other in others if other.span.overlaps(line)]
    cuts = {line.start, line.end}
    for span in (passage, quote, *(other.span for other in also)):
        cuts.update(border for border in (span.start, span.end) if line.start < border < line.end)
    for start, end in pairwise(sorted(cuts)):
        run = Span(start, end)
        shown = prose(run.of(words))
        cited = next((other for other in also if other.span.contains(run)), None)
        if quote.contains(run):
            yield f'<mark class="ad-here">{shown}</mark>'
        elif cited is not None:
            target = place(cited.document, cited.span, cited.number)
            yield f'<mark class="ad-also" {target}>{shown}</mark>'
        elif passage.contains(run):
            yield shown
        else:
            yield f'<span class="ad-around">{shown}</span>'
