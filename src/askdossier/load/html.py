"""Saved web pages: the main text, its headings, lists, tables and reader comments."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence, Set
from pathlib import Path
from typing import Any

from askdossier import lang
from askdossier.core import Block, Removal, UnreadableDocument
from askdossier.load import html_table
from askdossier.load.controls import write_controls
from askdossier.load.decode import decode
from askdossier.load.folded import is_folded, unfold
from askdossier.load.frame import without_frame
from askdossier.load.looks import NUMBERED, write_looks
from askdossier.load.mathml import write_out
from askdossier.load.metadata import Metadata, iso_date, plain
from askdossier.load.numbering import formatted, lowered, raised
from askdossier.load.page_date import shown_date
from askdossier.load.reader import Content, bounded
from askdossier.load.struck import without_struck
from askdossier.load.svg import write_pictures
from askdossier.text import heads_comments, language, normalise

Node = Any
"""An element of lxml, which has no type information."""
Blocks = tuple[Block, ...]

SUFFIXES = (".html", ".htm", ".xhtml")

_MOST_COMPARED = 1000
"""Lines of a frame that are looked for inside those kept."""
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_MARKER = re.compile(r"^(?:-|\w{1,6}\.) ")
_LONGEST_POWER = re.compile(r"(?:\D*\d{1,3}(?!\d))+\D*")
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
    try:
        tree = _parsed(source)
    except ValueError as error:
        raise UnreadableDocument(
            f"{name} is not a web page ({error}). Save the page again as 'web page, complete'."
        ) from error
    metadata = _metadata(tree, source)
    lost = _readied(tree, name)
    everything = tuple(bounded(_visible(tree, frame=True), name))
    _head_comments(tree)
    outside = _comments(tree)
    main = without_frame(tree)
    blocks = tuple(bounded(_visible(main), name))
    if main is not tree:
        blocks += tuple(bounded(_comments_outside(outside, main), name))
    if not blocks:  # all of it looks like a frame: better that than nothing
        blocks = everything
    blocks = _with_title(blocks, metadata.title)
    return Content(blocks, metadata, lost=(*lost, *_left_out(everything, blocks)), web=True)


def visible(source: str, name: str = "a page", *, quotes: bool = False) -> Content:
    """Every visible line of a page that is known to be all text: a chapter, a message.

    With ``quotes``, the lines of what a message answers to are marked ``>``.
    """
    try:
        tree = _parsed(source)
    except ValueError:
        return Content(())
    lost = _readied(tree, name)
    blocks = tuple(bounded(_visible(tree, quotes=quotes), name))
    everything = tuple(bounded(_visible(tree, frame=True, quotes=quotes), name))
    return Content(blocks, lost=(*lost, *_left_out(everything, blocks)))


def _parsed(source: str) -> Node:
    """The tree of a page. Raises ValueError for what is none."""
    from lxml import etree
    from lxml import html as lxml_html

    try:
        return lxml_html.document_fromstring(_DECLARATION.sub("", source.translate(_NO_MARKS)))
    except etree.ParserError as error:
        raise ValueError(str(error)) from error


def _left_out(everything: Blocks, kept: Blocks) -> Iterator[Removal]:
    """The lines of the page that are not among those kept."""
    lines = {_bare(block.text) for block in kept}
    missing = dict.fromkeys(_bare(block.text) for block in everything)
    text = "\n".join(lines)
    for i, line in enumerate(line for line in missing if line not in lines):
        if i >= _MOST_COMPARED or line not in text:
            yield Removal(line, "page frame")


def _bare(text: str) -> str:
    return " ".join(_MARKER.sub("", text).split())


def _readied(tree: Node, name: str) -> tuple[Removal, ...]:
    """Make the tree hold the text alone that a reader goes through; gives what was taken out."""
    struck = without_struck(tree)
    prompts = write_controls(tree)
    unfold(tree)
    write_out(tree)
    write_pictures(tree)
    write_looks(tree)
    marks = _unmark(tree)
    html_table.settle(tree, _shown, name)
    return (*struck, *prompts.removals, *marks)


def _unmark(tree: Node) -> list[Removal]:
    """Take out the marks of a wiki and links to footnotes and back; gives them.

    Other figures are raised, so that 10³ is not read 103.
    What is raised or lowered else ("1er", "CO2") becomes plain text, which no reader takes apart.
    """
    found = []
    for node in tree.xpath("//sup[contains(@class, 'reference')] | //*[@class='mw-editsection']"):
        reason = "footnote mark" if node.tag == "sup" else "edit mark"
        found.append(Removal(_text(node).strip(), reason))
        node.drop_tree()
    for node in [*tree.iter("sup"), *tree.iter("sub"), *tree.iter("a")]:
        text = _text(node).strip(" []()")
        if node.getparent() is None:
            continue
        links = [*node.iter("a"), *node.iterancestors("a")]
        to_here = any((link.get("href") or "").rpartition("#")[1] for link in links)
        names = " ".join(node.get(key) or "" for key in ("epub:type", "role", "class")).split()
        is_raised = node.tag == "sup" or not _NOTE_LINKS.isdisjoint(names)
        number = text.isdecimal() and len(text) <= 3
        if to_here and (_BACK.fullmatch(text) or (is_raised and number)):
            found.append(Removal(text, "footnote mark"))
            node.drop_tree()
        elif node.tag != "a":
            if node.tag == "sup" and node.text and _LONGEST_POWER.fullmatch(node.text):
                node.text = raised(node.text)
            elif node.tag == "sub" and node.text:
                node.text = lowered(node.text, _before(node))
            node.drop_tag()
    return [removal for removal in found if removal.text]


def _before(node: Node) -> str:
    """The text right before an element."""
    previous = node.getprevious()
    return (node.getparent().text if previous is None else previous.tail) or ""


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


# --- lines of a part -----------------------------------------------------------------------------


def _lines(node: Node) -> Iterator[Block]:
    for line in _text(node, breaks=True).split("\n"):
        if line.strip():
            yield Block(line.strip())


def _text(node: Node, *, breaks: bool = False) -> str:
    parts: list[str] = []

    def walk(element: Node) -> None:
        if element.tag == "br":
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

_EDGE = "\x01"
"""Stands at the edges of elements within a line, until the line is whole; no page has it."""
_EDGES = re.compile("\x01+")
_NO_MARKS = dict.fromkeys(map(ord, "\x00\x01"))
_ORDINALS = frozenset({"ième", "ieme", "èmes"})
_NO_TEXT = frozenset("script style noscript template svg math head iframe object canvas".split())
_INVISIBLE = _NO_TEXT | frozenset("select option button textarea datalist nav".split())
_BLOCKS = frozenset(
    "address article aside blockquote body center dd details dialog div dl dt fieldset figcaption "
    "figure footer form h1 h2 h3 h4 h5 h6 header hr legend li main ol p pre section summary table "
    "tbody td tfoot th thead tr ul html".split()
)


_UNNUMBERED = re.compile(
    r"comment|unstyled|list-none|no-?bullet|list-style(?:-type)?:\s*none", re.I
)
"""What is a numbered list in the source only."""
_COUNTED = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_APART = frozenset({"navigation", "search", "menu", "dialog", "alertdialog"})
"""Roles of what is no part of the text."""
_COMMENTS = re.compile(r"(?:^|[\s_-])(?:comments?|commentaires?|discussion)(?:$|[\s_-])", re.I)


_READERS = re.compile(
    r"(?:[a-z]+[-_])?(?:comments|commentaires|reactions|disqus_thread"
    r"|(?:comment|commentaire|reaction)s?[-_](?:list|area|section|wrapper|container|thread|block))",
    re.I,
)
"""What pages call the part where readers comment."""
_REMARK = 15
"""Characters from which a line with an end is something that somebody says."""
_TOP = 3
"""Lines of such a part among which its heading stands."""


def _comments(tree: Node) -> list[Node]:
    """The parts that hold what readers say."""
    return [
        node
        for node in tree.iter("div", "section", "ol", "ul")
        if _COMMENTS.search(f"{node.get('id')} {node.get('class')}")
    ]


def _head_comments(tree: Node) -> None:
    """Put a heading above readers' comments that have none, so that they are told from the page."""
    for node in tree.iter("div", "section", "ol", "ul", "aside"):
        names = f"{node.get('id') or ''} {node.get('class') or ''}".split()
        own = any(_READERS.fullmatch(name) for name in names)
        around = own or any("Comment" in (child.get("itemtype") or "") for child in node)
        if not around or next(node.iter("h1"), None) is not None:
            continue
        lines = _shown(node).split("\n")
        if not any(len(line) > _REMARK and line[-1] in ".!?…»" for line in lines):
            continue
        before = node.getprevious()
        near = [*lines[:_TOP], *(_shown(before).split("\n")[-1:] if before is not None else ())]
        if not any(map(heads_comments, near)):
            heading = tree.makeelement("h2")
            heading.text = lang.of(language("\n".join(lines))).speech.comments_heading
            if node.tag in {"ol", "ul"}:
                node.addprevious(heading)
            else:
                node.insert(0, heading)
        return


def _comments_outside(sections: Sequence[Node], main: Node) -> Iterator[Block]:
    shown = set(main.iter())
    for node in sections:
        if node not in shown and main not in set(node.iter()):
            shown.update(node.iter())
            yield from _visible(node)


def _visible(tree: Node, *, frame: bool = False, quotes: bool = False) -> Iterator[Block]:
    """Every visible line of the page, without the parts that are never text.

    With ``frame``, menus, buttons and what is hidden are among them. See `visible` for ``quotes``.
    """
    unseen = _NO_TEXT if frame else _INVISIBLE
    body = tree.find("body")
    parts: list[str] = []
    level = 0
    marker = ""
    quoted = 0
    numbers: dict[Node, int] = {}

    def flush() -> Iterator[Block]:
        nonlocal marker
        text = re.sub(r"[ \t\n\r\f]+", " ", _EDGES.sub(_gap, "".join(parts)))
        parts.clear()
        for line in normalise(text.replace("\x00", "\n")).split("\n"):
            if line.strip() and quoted:
                yield Block(f"{'>' * quoted} {marker}{line.strip()}")
            elif line.strip():
                yield Block(marker + line.strip(), level)
            marker = marker if not line.strip() else ""

    stack: list[tuple[Any, bool]] = [(body if body is not None else tree, False)]
    while stack:
        node, closing = stack.pop()
        tag = node.tag if isinstance(node.tag, str) else None
        if closing:
            if tag in _BLOCKS:
                yield from flush()
                level = 0
                quoted -= quotes and _is_quoted(node)
            if tag == "li":
                marker = ""
            if tag in {"td", "th"} or (tag == "a" and not node.tail):
                parts.append(" ")  # links side by side are apart on the screen
            if tag not in _BLOCKS and tag != "wbr":
                parts.append(_EDGE)
            parts.append(node.tail or "")
            continue
        hidden = tag is None or tag in unseen or (not frame and _is_hidden(node))
        if hidden:
            parts.append(node.tail or "")
            continue
        if tag in _BLOCKS:
            yield from flush()
            level = int(tag[1]) if re.fullmatch(r"h[1-6]", tag) else 0
            quoted += quotes and _is_quoted(node)
            if tag == "li":
                marker = _item_marker(node, numbers)
        if tag == "br":
            parts.append("\x00")
        if tag not in _BLOCKS and tag != "wbr":
            parts.append(_EDGE)
        parts.append(node.text or "")
        stack.append((node, True))
        stack.extend((child, False) for child in reversed(node))
    yield from flush()


def _gap(edges: re.Match[str]) -> str:
    """A space where styles alone set apart what meets at the edge of an element.

    A word and a figure ("Bus" and "2,50 €"), a figure and a word, and between two elements two
    words ("Roux" and "Diaz"); not "1" and "er", "CO" and "2", "You" and "Tube" in one word.
    """
    before = edges.string[max(0, edges.start() - 3) : edges.start()]
    after = edges.string[edges.end() : edges.end() + 4]
    word = before.isalpha() and len(before) == 3 and before[-1].islower()
    apart = (
        (word and after[:1].isdecimal())
        or (before[-1:].isdecimal() and after.isalpha() and len(after) == 4
            and after.lower() not in _ORDINALS)
        or (before[-1:] in {"€", "%", "$", "£"} and after[:1].isalpha())
        or (len(edges[0]) > 1 and word and after[:1].isupper() and after[1:2].islower())
    )  # fmt: skip
    return " " if apart else ""


def _is_quoted(node: Node) -> bool:
    """True for what a mail program quotes; others only set a paragraph in."""
    return node.tag == "blockquote" and (
        node.get("type") == "cite" or node.get("cite") is not None
        or "quote" in (node.get("class") or "").lower()
    )  # fmt: skip


def _item_marker(item: Node, numbers: dict[Node, int]) -> str:
    """The number of an item of a numbered list, or a dash; ``numbers`` holds the last of each."""
    items = item.getparent()
    if items is None or items.tag != "ol":
        return "- "
    looks = f"{items.get('class') or ''} {items.get('style') or ''}"
    if _UNNUMBERED.search(looks):
        return "- "
    step = -1 if items.get("reversed") is not None else 1
    try:
        if items not in numbers:
            first = items.get("start") or (1 if step > 0 else len(items.findall("li")))
            numbers[items] = int(first) - step
        number = int(item.get("value") or numbers[items] + step)
    except ValueError:
        return "- "
    numbers[items] = number
    how = items.get(NUMBERED) or _COUNTED.get(items.get("type") or "", "decimal")
    return f"{formatted(number, how)}. "


def _shown(node: Node) -> str:
    """The visible text of a part of the page, its blocks one a line."""
    return "\n".join(block.text for block in _visible(node))


def _is_hidden(node: Node) -> bool:
    return node.get("role") in _APART or is_folded(node)


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
    headings = [plain(_text(node)) for node in tree.iter("h1")]
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
