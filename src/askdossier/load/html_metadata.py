"""What a web page says about itself: in its head, in JSON-LD, and where it shows it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence, Set
from typing import Any

from askdossier.load.html_text import text_of
from askdossier.load.metadata import Metadata, iso_date, plain
from askdossier.load.page_date import shown_date

Node = Any
"""An element of lxml, which has no type information."""

_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d+\)(\S+)")
_SINGLE_FILE = re.compile(r"<!--\s*Page saved with SingleFile\s+url:\s*(\S+)")
_ARTICLE_TYPES = re.compile(r"Article|Posting|Report|WebPage|Book|Thesis|Dataset|CreativeWork")


def metadata(tree: Node, source: str) -> Metadata:
    """Title, author, publisher, date, address and licence, as far as they are told."""
    meta: dict[str, str] = {}
    for node in tree.iter("meta"):
        key = (node.get("property") or node.get("name") or node.get("itemprop") or "").lower()
        value = plain(node.get("content"))
        if key and value:
            meta.setdefault(key, value)

    def first(*keys: str) -> str | None:
        return next((meta[key] for key in keys if key in meta), None)

    def attribute(path: str) -> str | None:
        return next((plain(value) for value in tree.xpath(path) if plain(value)), None)

    head = source[:5000]
    saved = _SAVED_FROM.search(head) or _SINGLE_FILE.search(head)
    url = attribute("//link[@rel='canonical']/@href") or first("og:url") or (saved and saved[1])
    author = first("citation_author", "author", "dc.creator", "dcterms.creator", "parsely-author",
                   "sailthru.author", "article:author")  # fmt: skip
    date = first("article:published_time", "datepublished", "citation_publication_date",
                 "citation_date", "dc.date.issued", "dcterms.issued", "dc.date", "dcterms.date",
                 "date", "pubdate", "og:article:published_time")  # fmt: skip
    own = Metadata(
        title=first("og:title", "citation_title", "dc.title", "dcterms.title", "twitter:title"),
        author=author if author and not author.startswith("http") else None,
        publisher=first("og:site_name", "citation_journal_title", "dc.publisher",
                        "dcterms.publisher", "publisher", "application-name"),
        date=iso_date(date) if date else None,
        url=url if url and url.startswith(("http://", "https://")) else None,
        licence=first("dc.rights", "dcterms.rights", "dcterms.license", "copyright")
        or attribute("//link[@rel='license']/@href | //a[contains(@rel, 'license')]/@href"),
    )  # fmt: skip
    shown = Metadata(
        title=_shown_title(tree),
        author=attribute("//*[@rel='author']/text()")
        or attribute("//*[@itemprop='author']//*[@itemprop='name']/text()"),
        date=shown_date(tree),
    )
    named = frozenset(filter(None, (own.url, own.title, shown.title)))
    return own.over(_json_ld(tree, named)).over(shown)


def _shown_title(tree: Node) -> str | None:
    title = next((plain(text) for text in tree.xpath("//title[not(ancestor::svg)]/text()")), None)
    headings = [plain(text_of(node)) for node in tree.iter("h1")]
    for heading in headings:
        if heading and (title is None or heading in title or len(headings) == 1):
            return heading
    if title is None:
        return None
    # "Article title | Site": the longest part is the title.
    return max(re.split(r"\s[|–—·-]\s", title), key=len)


def _json_ld(tree: Node, named: Set[str]) -> Metadata:
    """What the page says of itself for search engines, not of other articles that it names.

    ``named`` holds its address and its titles.
    """
    found: list[tuple[bool, Metadata]] = []
    for node in tree.xpath("//script[@type='application/ld+json']"):
        try:
            data = json.loads(node.text or "")
        except (json.JSONDecodeError, RecursionError):
            continue
        for item in _items(data):
            kind = str(item.get("@type", ""))
            if _ARTICLE_TYPES.search(kind):
                found.append(("WebPage" in kind, _of_item(item)))
    articles = [about for is_page, about in found if not is_page]
    if len(articles) > 1:
        articles = [about for about in articles if not named.isdisjoint({about.url, about.title})]
    return _all_of([*articles, *(about for is_page, about in found if is_page)])


def _all_of(statements: Sequence[Metadata]) -> Metadata:
    """The first statements, completed by those behind them."""
    result = Metadata()
    for about in statements:
        result = result.over(about)
    return result


def _of_item(item: dict[str, Any]) -> Metadata:
    url = item.get("url") or item.get("mainEntityOfPage")
    url = url.get("@id") if isinstance(url, dict) else url
    return Metadata(
        title=plain(item.get("headline") or item.get("name")),
        author=plain(item.get("author")),
        publisher=plain(item.get("publisher")),
        date=iso_date(plain(item.get("datePublished")) or ""),
        url=plain(url),
        licence=plain(item.get("license")),
    )


def _items(data: object) -> Iterator[dict[str, Any]]:
    if isinstance(data, list):
        for part in data:
            yield from _items(part)
    elif isinstance(data, dict):
        yield data
        yield from _items(data.get("@graph", []))
