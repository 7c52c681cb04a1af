"""The smallest pieces of HTML: text that can only be text, links, dates, places in a document."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from askdossier.core import Document, Span
from askdossier.web.texts import Texts, date_in_words

_UNBROKEN = re.compile(r"« \S{1,20}(?: [»?!:;])*|\S{1,20}(?: [»?!:;])+")
"""French sets a space inside guillemets and before double signs; no line may begin with these."""


def text(words: str) -> str:
    """``words`` as HTML that shows exactly these characters, in an element or an attribute."""
    return html.escape(words, quote=True)


def prose(words: str) -> str:
    """``words`` as HTML, characters unchanged, French punctuation kept with its word."""
    parts = []
    at = 0
    for match in _UNBROKEN.finditer(words):
        kept = f'<span class="ad-unbroken">{text(match[0])}</span>'
        parts += [text(words[at : match.start()]), kept]
        at = match.end()
    return "".join([*parts, text(words[at:])])


def lang(document: Document | None) -> str:
    """A ``lang`` attribute, for the right hyphens, quotation marks and spoken voice."""
    if document is None or not re.fullmatch(r"[a-z]{2,3}", document.language):
        return ""
    return f' lang="{document.language}"'


def colon(texts: Texts) -> str:
    """A colon as the language of the interface sets it."""
    return "\N{NO-BREAK SPACE}: " if texts.language == "fr" else ": "


def safe_link(url: str | None) -> str | None:
    """The address when it is a plain http or https one, else None."""
    if url is None or re.search(r"[\s\x00-\x1f\x7f\\]", url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.hostname else None


def button(words: str, do: str, *, style: str = "ad-plain", name: str = "", data: str = "") -> str:
    """A button of the page; ``do`` is what the script does, ``name`` its full name when told."""
    spoken = f' aria-label="{text(name)}"' if name else ""
    more = f" {data}" if data else ""
    return (
        f'<button type="button" class="{style}" data-do="{do}"{more}{spoken}>{text(words)}</button>'
    )


def close(texts: Texts) -> str:
    """The cross that closes the side panel."""
    return button("×", "close", style="ad-plain ad-close", name=texts.close)


def place(document: str, span: Span, number: int = 0) -> str:
    """Attributes that tell the script which words of which document to open."""
    return (
        f'data-do="source" data-document="{text(document)}" data-start="{span.start}"'
        f' data-end="{span.end}" data-number="{number}"'
    )


def title(document: str, documents: Mapping[str, Document]) -> str:
    """A document's title, or its id when it is not known."""
    return documents[document].title if document in documents else document


def date(iso: str, texts: Texts) -> str:
    """A date in words, on one line; what is no date as it stands."""
    words = date_in_words(iso, texts)
    return text(iso[:40]) if words == iso else f'<span class="ad-unbroken">{text(words)}</span>'


def byline(document: Document, texts: Texts) -> str:
    """Author, publisher and date, as far as they are known."""
    source = document.source
    people = dict.fromkeys(name for name in (source.author, source.publisher) if name)
    parts = [text(name) for name in people]
    if source.date:
        parts.append(date(source.date, texts))
    return f'<span class="ad-byline">{" · ".join(parts)}</span>' if parts else ""


def notice(heading: str, advice: str, detail: str = "") -> str:
    """A calm message: what happened, what to do, and the details for whoever mends it."""
    body = f'<p dir="auto">{prose(advice)}</p>' if advice else ""
    if detail:
        body += f'<p class="ad-detail" dir="auto">{prose(detail)}</p>'
    return (
        f'<section class="ad-notice ad-failed" data-key="notice" role="alert">'
        f"<h3>{text(heading)}</h3>{body}</section>"
    )
