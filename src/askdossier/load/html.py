"""Saved web pages: the main text, its headings, lists, tables and reader comments."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from askdossier.core import Block, Removal, UnreadableDocument
from askdossier.load import html_table
from askdossier.load.controls import write_controls
from askdossier.load.decode import decode
from askdossier.load.folded import unfold
from askdossier.load.frame import without_frame
from askdossier.load.html_comments import comments, comments_outside, head_comments
from askdossier.load.html_metadata import metadata
from askdossier.load.html_text import shown, text_of, visible_blocks
from askdossier.load.looks import write_looks
from askdossier.load.mathml import write_out
from askdossier.load.numbering import lowered, raised
from askdossier.load.reader import Content, bounded
from askdossier.load.struck import without_struck
from askdossier.load.svg import write_pictures

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
    about = metadata(tree, source)
    lost = _readied(tree, name)
    everything = tuple(bounded(visible_blocks(tree, frame=True), name))
    head_comments(tree)
    outside = comments(tree)
    main = without_frame(tree)
    blocks = tuple(bounded(visible_blocks(main), name))
    if main is not tree:
        blocks += tuple(bounded(comments_outside(outside, main), name))
    if not blocks:  # all of it looks like a frame: better that than nothing
        blocks = everything
    blocks = _with_title(blocks, about.title)
    return Content(blocks, about, lost=(*lost, *_left_out(everything, blocks)), web=True)


def visible(source: str, name: str = "a page", *, quotes: bool = False) -> Content:
    """Every visible line of a page that is known to be all text: a chapter, a message.

    With ``quotes``, the lines of what a message answers to are marked ``>``.
    """
    try:
        tree = _parsed(source)
    except ValueError:
        return Content(())
    lost = _readied(tree, name)
    blocks = tuple(bounded(visible_blocks(tree, quotes=quotes), name))
    everything = tuple(bounded(visible_blocks(tree, frame=True, quotes=quotes), name))
    return Content(blocks, lost=(*lost, *_left_out(everything, blocks)))


def _parsed(source: str) -> Node:
    """The tree of a page. Raises ValueError for what is none."""
    from lxml import etree
    from lxml import html as lxml_html

    try:
        return lxml_html.document_fromstring(_DECLARATION.sub("", _of_text(source)))
    except etree.ParserError as error:
        raise ValueError(str(error)) from error


def _of_text(source: str) -> str:
    """A page without the characters that no text has, written out or by their numbers.

    lxml reads them, but takes none; one marks the edges of elements (``html_text``).
    """

    def kept(found: re.Match[str]) -> str:
        code = int(found["hex"], 16) if found["hex"] else int(found["number"])
        return "" if code in _NO_TEXT else found[0]

    return _REFERENCE.sub(kept, source.translate(_NO_TEXT))


_NO_TEXT = dict.fromkeys(
    (
        *(code for code in range(32) if chr(code) not in "\t\n\f\r"),
        *range(0xD800, 0xE000),
        0xFFFE,
        0xFFFF,
    )
) | {ord("\f"): " "}
_REFERENCE = re.compile(
    r"&#(?:[xX]0*+(?P<hex>[0-9a-fA-F]{1,4})(?![0-9a-fA-F])|0*+(?P<number>\d{1,5})(?!\d));?"
)


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
    html_table.settle(tree, shown, name)
    return (*struck, *prompts.removals, *marks)


def _unmark(tree: Node) -> list[Removal]:
    """Take out the marks of a wiki and links to footnotes and back; gives them.

    Other figures are raised, so that 10³ is not read 103.
    What is raised or lowered else ("1er", "CO2") becomes plain text, which no reader takes apart.
    """
    found = []
    for node in tree.xpath("//sup[contains(@class, 'reference')] | //*[@class='mw-editsection']"):
        reason = "footnote mark" if node.tag == "sup" else "edit mark"
        found.append(Removal(text_of(node).strip(), reason))
        node.drop_tree()
    for node in [*tree.iter("sup"), *tree.iter("sub"), *tree.iter("a")]:
        text = text_of(node).strip(" []()")
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
                node.text = lowered(node.text, _before(node), node.tail or "")
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
