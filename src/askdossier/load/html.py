"""Saved web pages: the main text, its headings, lists, tables and reader comments."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from askdossier.load.decode import decode
from askdossier.load.metadata import Metadata, iso_date, plain
from askdossier.load.reader import Content, bounded
from askdossier.load.rows import table_blocks
from askdossier.records import Block, UnreadableDocument
from askdossier.text import normalise

Node = Any
"""An element of lxml, which has no type information."""
Blocks = tuple[Block, ...]
Row = list[tuple[str, bool]]
"""Cells, each with whether the page marks it as a header."""

SUFFIXES = (".html", ".htm", ".xhtml")

_LARGEST_TREE = 60_000
"""Elements. Telling text from frame takes 0.2 ms each; beyond, all visible text is taken."""
_LONGEST_CELL = 500
"""Characters; a longer cell means a table used for layout."""
_ENOUGH = 0.5
"""Share of the page's prose: what the main part of a page holds, and its extraction must hold."""
_PROSE = 80
"""Characters of a line that is rather a sentence than a link."""
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_NOTE_LINKS = frozenset({"noteref", "doc-noteref", "footnote-ref", "footnote"})
_BACK = re.compile(r"[↩↑^⤴←][\ufe0e\ufe0f]?")
"""What leads from a footnote back to the text."""
_CHARSET = re.compile(
    rb"<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*[\"']?([\w-]+)", re.I
)


def read(path: Path) -> Content:
    """Read a saved page."""
    return from_text(source_text(path.read_bytes(), path.name), path.name)


def source_text(data: bytes, name: str, declared: str | None = None) -> str:
    """The source of a page from its bytes; the label around it goes before the one inside."""
    inside = _CHARSET.search(data[:4096])
    if declared is None and inside:
        declared = inside[1].decode("ascii")
    return decode(data, name, declared)


def from_text(source: str, name: str) -> Content:
    """The content of a page's source."""
    from lxml import etree
    from lxml import html as lxml_html

    source = re.sub(r"^\s*<\?xml[^>]*\?>", "", source.replace("\x00", ""))
    try:
        tree = lxml_html.document_fromstring(source)
    except (etree.ParserError, ValueError) as error:
        raise UnreadableDocument(
            f"{name} is not a web page ({error}). Save the page again as 'web page, complete'."
        ) from error
    metadata = _metadata(tree, source)
    for node in tree.xpath("//sup[contains(@class, 'reference')] | //*[@class='mw-editsection']"):
        node.drop_tree()
    _unmark(tree)
    whole = tuple(bounded(_visible(tree), name))
    main = _main_text(tree, whole)
    frame = {block.text for block in whole} - {block.text for block in main}
    small = sum(1 for _ in tree.iter()) <= _LARGEST_TREE
    extracted = tuple(bounded(_extracted(tree), name)) if small else ()
    extracted = tuple(block for block in extracted if block.text not in frame)
    blocks = extracted if _is_credible(extracted, main) else main
    return Content(_with_title(blocks, metadata.title), metadata, web=True)


def visible_blocks(source: str, name: str = "a page") -> Blocks:
    """Every visible line of a page that is known to be all text: a chapter, a message."""
    from lxml import etree
    from lxml import html as lxml_html

    source = re.sub(r"^\s*<\?xml[^>]*\?>", "", source.replace("\x00", ""))
    try:
        tree = lxml_html.document_fromstring(source)
    except (etree.ParserError, ValueError):
        return ()
    _unmark(tree)
    return tuple(bounded(_visible(tree), name))


def _unmark(tree: Node) -> None:
    """Take out links to footnotes and back; raise other figures, so that 10³ is not read 103.

    What is raised or lowered else ("1er", "CO2") becomes plain text, which no reader takes apart.
    """
    for node in [*tree.iter("sup"), *tree.iter("sub"), *tree.iter("a")]:
        text = _text(node).strip(" []()")
        if node.getparent() is None:
            continue
        links = [*node.iter("a"), *node.iterancestors("a")]
        to_here = any((link.get("href") or "").rpartition("#")[1] for link in links)
        names = " ".join(node.get(key) or "" for key in ("epub:type", "role", "class")).split()
        raised = node.tag == "sup" or not _NOTE_LINKS.isdisjoint(names)
        number = text.isdecimal() and len(text) <= 3
        if to_here and (_BACK.fullmatch(text) or (raised and number)):
            node.drop_tree()
        elif node.tag != "a":
            if node.tag == "sup" and number and node.text:
                node.text = node.text.translate(_SUPERSCRIPTS)
            node.drop_tag()


def _is_credible(extracted: Blocks, visible: Blocks) -> bool:
    """Whether the extraction holds most of the page's prose and has kept its paragraphs apart."""
    if not extracted:
        return False
    size = sum(len(block.text) for block in extracted)
    longest = max((len(block.text) for block in visible), default=0)
    in_one_lump = max(len(block.text) for block in extracted) > longest + 20
    return size >= _ENOUGH * _prose(visible) and not in_one_lump


def _prose(blocks: Blocks) -> int:
    return sum(len(block.text) for block in blocks if len(block.text) > _PROSE)


def _with_title(blocks: Blocks, title: str | None) -> Blocks:
    """The title stands first as a heading, once."""
    if not title:
        return blocks
    if any(block.text == title for block in blocks[:5]):
        return tuple(
            Block(title, 1) if block.text == title and i < 5 else block
            for i, block in enumerate(blocks)
        )
    return (Block(title, 1), *blocks)


# --- main text ------------------------------------------------------------------------------------


def _extracted(tree: Node) -> Iterator[Block]:
    """Main text and comments as trafilatura sees them."""
    from copy import deepcopy

    from trafilatura import bare_extraction

    found = bare_extraction(
        deepcopy(tree), favor_recall=True, include_comments=True, include_tables=True,
        include_formatting=False, with_metadata=False,
    )  # fmt: skip
    if found is None:
        return
    for part in (found.body, found.commentsbody):  # type: ignore[union-attr]
        if part is not None:
            yield from _tei_blocks(part)


def _tei_blocks(node: Node) -> Iterator[Block]:
    """Blocks of trafilatura's own tree: head, p, list/item, table/row/cell, quote, code."""
    for child in node:
        match child.tag:
            case "head":
                yield from _lines(child, level=int((child.get("rend") or "h2")[-1]))
            case "list":
                for item in child.iter("item"):
                    yield from _lines(item, marker="- ")
            case "table":
                yield from _table(
                    [(_text(cell), cell.get("role") == "head") for cell in row.iter("cell")]
                    for row in child.iter("row")
                )
            case "p" | "quote" | "code" | "item" | "ab" | "hi" | "ref":
                if any(True for _ in child.iter("list", "table")):
                    yield from _lines_before_children(child)
                    yield from _tei_blocks(child)
                else:
                    yield from _lines(child)
            case _:
                yield from _tei_blocks(child)


def _lines_before_children(node: Node) -> Iterator[Block]:
    text = normalise(node.text or "").strip()
    if text:
        yield Block(text)


def _lines(node: Node, level: int = 0, marker: str = "") -> Iterator[Block]:
    for line in _text(node, breaks=True).split("\n"):
        if line.strip():
            yield Block(marker + line.strip(), min(level, 6))
            marker = ""


def _text(node: Node, *, breaks: bool = False) -> str:
    parts: list[str] = []

    def walk(element: Node) -> None:
        if element.tag in {"lb", "br"}:
            parts.append("\x00")
        elif isinstance(element.tag, str):
            parts.append(element.text or "")
            for child in element:
                walk(child)
        if element is not node:
            parts.append(element.tail or "")

    walk(node)
    text = re.sub(r"[ \t\n\r\f]+", " ", "".join(parts))
    return normalise(text.replace("\x00", "\n" if breaks else " "))


# --- all visible text -----------------------------------------------------------------------------

_INVISIBLE = frozenset(
    "script style noscript template svg math head iframe object canvas select option button "
    "textarea datalist nav".split()
)
_BLOCKS = frozenset(
    "address article aside blockquote body center dd details dialog div dl dt fieldset figcaption "
    "figure footer form h1 h2 h3 h4 h5 h6 header hr legend li main ol p pre section summary table "
    "tbody td tfoot th thead tr ul html".split()
)


_NAVIGATION = re.compile(
    r"(?:(?:main|site|top|nav|mega|footer|side)?[-_]?(?:menu|nav|navbar|navigation)|breadcrumbs?|"
    r"(?:cookie|consent|gdpr|rgpd)[\w-]*|skip-?links?|social-?(?:share|links|icons)|share-buttons)"
)


_MAIN = ("//main", "//*[@role='main']", "//article", "//*[@id='content']")
_COMMENTS = re.compile(r"(?:^|[\s_-])comments?(?:$|[\s_-])", re.IGNORECASE)


def _main_text(tree: Node, whole: Blocks) -> Blocks:
    """The visible text of the page's main part and its comments; all of it without such a part."""
    enough = _ENOUGH * _prose(whole)
    for path in _MAIN:
        for root in tree.xpath(path):
            blocks = tuple(_visible(root))
            if blocks and _prose(blocks) >= enough:
                return (*blocks, *_comments_outside(tree, root))
    return whole


def _comments_outside(tree: Node, root: Node) -> Iterator[Block]:
    inside = set(root.iter())
    for node in tree.iter("div", "section", "ol", "ul"):
        if node not in inside and _COMMENTS.search(f"{node.get('id')} {node.get('class')}"):
            inside.update(node.iter())
            yield from _visible(node)


def _visible(tree: Node) -> Iterator[Block]:
    """Every visible line of the page, without the parts that are never text."""
    body = tree.find("body")
    parts: list[str] = []
    level = 0
    marker = ""

    def flush() -> Iterator[Block]:
        nonlocal marker
        text = re.sub(r"[ \t\n\r\f]+", " ", "".join(parts))
        parts.clear()
        for line in normalise(text.replace("\x00", "\n")).split("\n"):
            if line.strip():
                yield Block(marker + line.strip(), level)
                marker = ""

    stack: list[tuple[Any, bool]] = [(body if body is not None else tree, False)]
    while stack:
        node, closing = stack.pop()
        tag = node.tag if isinstance(node.tag, str) else None
        if closing:
            if tag in _BLOCKS:
                yield from flush()
                level = 0
            if tag == "li":
                marker = ""
            if tag in {"td", "th"} or (tag == "a" and not node.tail):
                parts.append(" ")  # links side by side are apart on the screen
            parts.append(node.tail or "")
            continue
        hidden = tag is None or tag in _INVISIBLE or _is_hidden(node)
        if hidden:
            parts.append(node.tail or "")
            continue
        if tag == "table" and (rows := _data_rows(node)):
            yield from flush()
            for caption in node.iter("caption"):
                yield from _lines(caption)
            yield from _table(rows)
            parts.append(node.tail or "")
            continue
        if tag in _BLOCKS:
            yield from flush()
            level = int(tag[1]) if re.fullmatch(r"h[1-6]", tag) else 0
            if tag == "li":
                marker = "- "
        if tag == "br":
            parts.append("\x00")
        parts.append(node.text or "")
        stack.append((node, True))
        stack.extend((child, False) for child in reversed(node))
    yield from flush()


def _data_rows(table: Node) -> list[Row]:
    """The cells of a table; nothing for a table that only lays out the page."""
    if table.xpath(".//table"):
        return []
    rows = [
        [(_text(cell), cell.tag == "th") for cell in row.xpath("./td|./th")]
        for row in table.iter("tr")
    ]
    longest = max((len(text) for row in rows for text, _ in row), default=0)
    return rows if longest <= _LONGEST_CELL else []


def _table(rows: Iterable[Row]) -> Iterator[Block]:
    """Rows under a header row, or names in the first column, or whatever the cells look like."""
    rows = [row for row in rows if any(text.strip() for text, _ in row)]
    texts = [[text for text, _ in row] for row in rows]
    heads = [[head for _, head in row] for row in rows]
    if heads and len(heads[0]) > 1 and all(heads[0]):
        yield from table_blocks(texts, has_header=True)
    elif any(row[0] and not any(row[1:]) and len(row) > 1 for row in heads):
        for name, *values in texts:
            shown = " | ".join(" ".join(value.split()) for value in values if value.strip())
            yield Block(": ".join(filter(None, (" ".join(name.split()), shown))))
    else:
        yield from table_blocks(texts)


def _is_hidden(node: Node) -> bool:
    style = (node.get("style") or "").replace(" ", "").lower()
    names = f"{node.get('class') or ''} {node.get('id') or ''}".lower().split()
    return (
        any(_NAVIGATION.fullmatch(name) for name in names)
        or node.get("role") in {"navigation", "search", "menu", "dialog", "alertdialog"}
        or node.get("hidden") is not None
        or node.get("aria-hidden") == "true"
        or "display:none" in style
        or "visibility:hidden" in style
    )


# --- metadata -------------------------------------------------------------------------------------

_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d+\)(\S+)")
_SINGLE_FILE = re.compile(r"<!--\s*Page saved with SingleFile\s+url:\s*(\S+)")
_ARTICLE_TYPES = re.compile(r"Article|Posting|Report|WebPage|Book|Thesis|Dataset|CreativeWork")


def _metadata(tree: Node, source: str) -> Metadata:
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
    headings = [plain(_text(node)) for node in tree.iter("h1")]
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
