"""What a web page says about itself: in its head, in JSON-LD, and where it shows it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from askdossier.load.html_text import text_of
from askdossier.load.metadata import Metadata, iso_date, plain

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
    times = attribute("//article//time/@datetime") or attribute("//time[@pubdate]/@datetime")
    shown = Metadata(
        title=_shown_title(tree),
        author=attribute("//*[@rel='author']/text()")
        or attribute("//*[@itemprop='author']//*[@itemprop='name']/text()"),
        date=iso_date(times) if times else None,
    )
    return own.over(_json_ld(tree)).over(shown)


def _shown_title(tree: Node) -> str | None:
    title = plain(tree.findtext(".//title"))
    headings = [plain(text_of(node)) for node in tree.iter("h1")]
    for heading in headings:
        if heading and (title is None or heading in title or len(headings) == 1):
            return heading
    if title is None:
        return None
    # "Article title | Site": the longest part is the title.
    return max(re.split(r"\s[|–—·-]\s", title), key=len)


def _json_ld(tree: Node) -> Metadata:
    for node in tree.xpath("//script[@type='application/ld+json']"):
        try:
            data = json.loads(node.text or "")
        except (json.JSONDecodeError, RecursionError):
            continue
        for item in _items(data):
            if not _ARTICLE_TYPES.search(str(item.get("@type", ""))):
                continue
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
    return Metadata()


def _items(data: object) -> Iterator[dict[str, Any]]:
    if isinstance(data, list):
        for part in data:
            yield from _items(part)
    elif isinstance(data, dict):
        yield data
        yield from _items(data.get("@graph", []))
