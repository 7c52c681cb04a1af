"""The library: what the dossier holds, and what was taken out of each document."""

from __future__ import annotations

from collections.abc import Sequence

from askdossier.core import (
    Document,
    Pending,
    Removal,
    Span,
    told_together,
)
from askdossier.web.library import Listing, Row
from askdossier.web.render.answer import menu
from askdossier.web.render.words import button, byline, date, lang, place, prose, text
from askdossier.web.texts import Texts

_MOST_REMOVALS = 200
_MOST_PLACES = 3


def controls(texts: Texts) -> str:
    """What stands above the list: looking for documents, limiting questions, adding files."""
    return (
        f"{search('ad-wanted', texts.search)}{drop(texts)}"
        f'<details class="ad-scope"><summary>{text(texts.scope)}</summary>'
        f'<p class="ad-explained">{text(texts.scope_how)}</p>'
        f'<div class="ad-dates"><label>{text(texts.after)}<input type="date" name="after"></label>'
        f'<label>{text(texts.before)}<input type="date" name="before"></label></div></details>'
        '<div id="ad-list"></div>'
    )


def search(name: str, words: str) -> str:
    """A field to look for something; ``words`` say what."""
    return (
        '<form class="ad-search" role="search">'
        f'<input type="search" id="{name}" aria-label="{text(words)}"'
        f' placeholder="{text(words)}" autocomplete="off"></form>'
    )


def drop(texts: Texts) -> str:
    """The place to drop files on, which also opens the list of files."""
    return (
        f'<label class="ad-drop"><span class="ad-drop-do">{text(texts.add)}</span> '
        f"{text(texts.add_how)}"
        '<input type="file" class="ad-hidden" multiple></label>'
    )


def library(listing: Listing, texts: Texts) -> str:
    """The documents, each opening at its beginning, and the files that could not be indexed."""
    changed = pending(listing.pending, texts)
    if not listing.rows and not listing.failures:
        return f'{changed}<p class="ad-nothing">{text(texts.nothing_here)}</p>'
    rows = "".join(_row(row, texts) for row in listing.rows)
    more = ""
    if listing.found > len(listing.rows):
        left = texts.more_documents(listing.found - len(listing.rows))
        more = f'<p class="ad-nothing">{text(left)}</p>'
    failures = _failures(listing, texts)
    return f'{changed}<ul class="ad-documents">{rows}</ul>{more}{failures}'


def pending(changes: Pending, texts: Texts) -> str:
    """A notice that the files are no longer as they were indexed; nothing when they are."""
    if not changes:
        return ""
    return (
        f'<div class="ad-pending" role="note"><p>{text(texts.pending(changes))}</p>'
        f"{button(texts.reindex, 'sync')}</div>"
    )


def _row(row: Row, texts: Texts) -> str:
    document = row.document
    only = texts.only(document.title)
    about = [
        text(texts.languages.get(document.language, document.language)),
        text(texts.passages(row.passages)),
    ]
    if row.within:
        about.append(text(texts.within_file(row.within)))
    if row.indexed is not None:
        day = row.indexed.astimezone().date().isoformat()
        about.append(f"{text(texts.indexed)} {date(day, texts)}")
    state = texts.states.get(row.state, "")
    if state:
        about.append(f'<strong class="ad-state">{text(state)}</strong>')
    described = () if row.within else (button(texts.describe, "describe"),)
    actions = (*described, button(texts.take_out, "take-out"))
    places = "".join(
        f'<li><button type="button" class="ad-place" {place(document.id, span)}'
        f'{lang(document)} dir="auto">{prose(words)}</button></li>'
        for span, words in row.places[:_MOST_PLACES]
    )
    return (
        f'<li class="ad-entry" data-document="{text(document.id)}" data-key="{text(document.id)}"'
        f' data-within="{text(row.within)}">'
        f'<input type="checkbox" class="ad-pick" aria-label="{text(only)}" title="{text(only)}">'
        f'<button type="button" class="ad-document" {place(document.id, Span(0, 0))}>'
        f'<span class="ad-document-title"{lang(document)} dir="auto">{text(document.title)}</span>'
        f"{byline(document, texts)}"
        f'<span class="ad-byline">{" · ".join(about)}</span></button>'
        f"{menu(texts.more, *actions, sign='⋯')}"
        f"{f'<ul>{places}</ul>' if places else ''}</li>"
    )


def _failures(listing: Listing, texts: Texts) -> str:
    failures = listing.failures
    if not failures:
        return ""
    alone, together = told_together(failures)
    items = "".join(
        f'<li class="ad-entry" data-document="{text(failure.path)}"'
        f' data-within="{text(listing.within.get(failure.path, ""))}"><p class="ad-failure">'
        f'<span class="ad-document-title">{text(failure.path)}</span>'
        f'<span class="ad-byline">{text(_reason(failure.reason, texts))}</span>'
        "</p>"
        f"{menu(texts.more, button(texts.take_out, 'take-out'), sign='⋯')}</li>"
        for failure in alone[:_MOST_REMOVALS]
    )
    items += "".join(
        f'<li class="ad-entry"><p class="ad-failure">'
        f'<span class="ad-document-title">{text(names)}</span>'
        f'<span class="ad-byline">{text(_reason(reason, texts))}</span></p></li>'
        for names, reason in together
    )
    return (
        f'<section class="ad-failures"><h3>{text(texts.not_indexed(len(failures)))}</h3>'
        f'<ul class="ad-documents">{items}</ul></section>'
    )


def _reason(reason: str, texts: Texts) -> str:
    return texts.reasons.get(reason) or texts.said(reason)


def removals(document: Document, removed: Sequence[Removal], texts: Texts) -> str:
    """What cleaning took out of a document, folded."""
    if not removed:
        return ""
    items = "".join(
        f"<li><span>{text(texts.reasons.get(one.reason, one.reason))}</span> "
        f"<q{lang(document)}>{prose(one.text[:300])}</q></li>"
        for one in removed[:_MOST_REMOVALS]
    )
    return (
        f'<details class="ad-removals"><summary>{text(texts.removed(len(removed)))}</summary>'
        f"<ul>{items}</ul></details>"
    )
